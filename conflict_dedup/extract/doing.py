"""Who does what a verb of killing says: "rebels killed 12", "two men on a motorbike gunned down a policeman"."""

from __future__ import annotations

from conflict_dedup.extract.document import EVENTS, NOWHERE, Document, Trigger
from conflict_dedup.extract.numerals import Quantity

ACT_REACH = 6
"""In so many tokens after the doer the verb follows: "militants from the group killed"."""
ATTACKS = tuple([group for group in EVENTS if group != "event.battle"])
DOING_REACH = 12
"""In so many tokens after a number of doers: "three gunmen in a car without number plates shot"."""
VICTIMS_REACH = 3
"""Within so many tokens after the verb stand the people: "killed 12 young herders"."""


def acts(doc: Document, start: int, end: int) -> bool:
    """Whether a verb of attack or an active verb of killing follows within a few tokens.

    What may be active and passive ("killed") is active after an auxiliary of the perfect, or where an object follows.
    """
    language = doc.language
    auxiliaries, perfect = language.sets["aux"], language.sets["perfect"]
    before_noun = language.sets["definite"] | language.sets["article"]
    for k in range(start, min(end, start + ACT_REACH)):
        token = doc.low[k]
        if token in auxiliaries and token not in perfect:
            return False
        if not token[0].isalnum():
            return False
        for group in ("killed", "injured", "abducted"):
            mark = doc.at.get(group, NOWHERE).get(k)
            if mark is None:
                continue
            roles = doc.effect_roles[k]
            if doc.low[k - 1] in before_noun:
                return False  # "a démenti la mort de 30 soldats"
            if "act" in roles and roles.isdisjoint(("pas", "amb")):  # "murieron" is said of those before and after it
                return True
            return "amb" in roles and (doc.low[k - 1] in perfect or has_object(doc, mark.end, end))
        if token.endswith(language.verb_endings) and any(k in doc.at.get(group, NOWHERE) for group in ATTACKS):
            return doc.low[k - 1] not in before_noun and doc.low[k - 1] not in language.sets["preposition"]
    return False


def has_object(doc: Document, k: int, end: int) -> bool:
    """Whether a noun phrase begins at a token: no preposition, conjunction, auxiliary, date or sign of punctuation."""
    return (
        k < end
        and doc.low[k][0].isalnum()
        and doc.low[k] not in doc.language.phrase_ends
        and doc.low[k] not in doc.language.sets["breaker"]
        and doc.low[k] not in doc.language.weekdays
        and k not in doc.at.get("when", NOWHERE)
    )


def is_doer(doc: Document, q: Quantity, t: Trigger) -> bool:
    """Whether those whom a quantity counts do to people what the trigger after them says: they are none of its victims.

    What may be active and passive is active after an auxiliary of the perfect and, where past and participle look
    alike, after people: "two men killed a guard", but "two men killed the day before".
    """
    low, language = doc.low, doc.language
    sets = language.sets
    verb = t.start
    if verb - q.end > DOING_REACH or q.kind == "unit":
        return False
    before = low[verb - 1]
    perfect = before in sets["perfect"]
    if "amb" in t.roles:
        if not perfect and not (language.past_participle and q.kind == "person"):
            return False
    elif t.roles != "act":
        return False
    last = low[t.end - 1]
    joined = last not in sets["object"] and (last in sets["by"] or last in sets["preposition"])
    if joined or not has_victims(doc, t.end):
        return False  # "seized by rebels", "injuries to 121"
    if perfect:
        before = low[verb - 2]
    if before in sets["conjunction"] or (verb > q.end and (before in sets["definite"] or before in sets["pronoun"])):
        return False  # "killed 26 people and injured 30", "12 paysans, ils les ont tués"
    for token in low[q.end : verb]:
        if not token[0].isalnum() or token in sets["relative"] or token in sets["by"]:
            return False
        if token in sets["aux"] and token not in sets["perfect"]:
            return False
    return True


def has_victims(doc: Document, k: int) -> bool:
    """Whether people stand at a token or within a few: "a young herder", "12 villagers", "a un policía"."""
    low, sets = doc.low, doc.language.sets
    stop = doc.sentences[doc.sentence_of[k - 1]].end
    if k < stop and low[k] in sets["object"]:
        k += 1
    people, person = doc.at.get("people", NOWHERE), doc.at.get("person", NOWHERE)
    for j in range(k, min(stop, k + VICTIMS_REACH)):
        word = low[j]
        ended = word in doc.language.phrase_ends or word in sets["breaker"] or word in sets["by"]
        if ended or not word.isalnum() or j in doc.effect_at:
            return False
        mark = people.get(j) or person.get(j)
        if mark is not None:
            return mark.end not in doc.effect_at  # "20 people killed 30 others injured"
    return False
