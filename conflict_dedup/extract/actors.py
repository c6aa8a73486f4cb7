"""Who did it, to whom, and who claimed it; and what kind of event it was."""

from __future__ import annotations

from collections import defaultdict

from conflict_dedup.extract.document import EVENTS, Document, Sentence
from conflict_dedup.extract.doing import acts
from conflict_dedup.extract.segment import Told
from conflict_dedup.model import EVENT_TYPES, Actors, EventType

SPECIFIC: dict[str, float] = {
    "bombing": 1.5,
    "air_strike": 2.2,
    "shelling": 1.8,
    "battle": 1.4,
    "massacre": 1.3,
    "hostage_taking": 1.0,
    "armed_attack": 0.8,
}
"""How much one word for each type counts: "attack" is said of every type, "air strike" of one."""

ACTORS = tuple([(f"actor.{kind}", kind) for kind in ("militants", "gunmen", "gangs", "militia", "army", "police")])
TARGET = {
    "soldiers": "army",
    "police": "police",
    "civilians": "civilians",
    "children": "civilians",
    "women": "civilians",
    "journalists": "journalists",
    "aid_workers": "aid workers",
    "militants": "militants",
}
DEED_REACH = 12
"""What was done stands in so many tokens before its doer: "an ambush on a convoy near Gao by"."""
KINDS = frozenset(kind for _, kind in ACTORS)
FORCES = frozenset(("army", "police"))
HEDGES = 3
"""So many words at most stand between "by" and the doer: "by suspected Boko Haram fighters"."""
OF_GROUP = 2
"""So many words stand between a kind and the group's name: "combattants de la Katiba"."""
DOER_WORDS = 5
"""The longest phrase before the doer has so many words."""
"""The groups of the words for what one side does to the other; a battle is what both do."""


def event_type(doc: Document, sentences: list[int], told: list[Told], *, lead: bool) -> EventType:
    """The type that most words of the incident's sentences speak for; the title and the lead count for the main one.

    Where its own sentences name none, those beside them do ("Gunmen came at dusk. Four herders died."), for the main
    incident any of the article; people who were only abducted were taken hostage.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    for rank, number in enumerate(sentences):
        counts = doc.event_counts.get(number)
        if counts:
            factor = 2.0 if lead and number <= 1 else 1.0 if rank < 4 else 0.5
            for kind, count in counts.items():
                votes[kind] += factor * SPECIFIC[kind] * min(count, 3)
    if not votes and told and all(t.decision.effect == "abducted" for t in told):
        return "hostage_taking"
    if not votes:
        for number in beside(doc, sentences):
            for kind, count in doc.event_counts.get(number, {}).items():
                votes[kind] += SPECIFIC[kind] * min(count, 3)
    if not votes and lead:
        for counts in doc.event_counts.values():
            for kind, count in counts.items():
                votes[kind] += SPECIFIC[kind] * min(count, 3)
    if not votes:
        # "Boko Haram fighters killed 12 villagers" has no word for what they did; soldiers may do it in a battle.
        return (
            "other"
            if FORCES.issuperset([who for number in sentences for who in doers(doc, number)])
            else "armed_attack"
        )
    return max(EVENT_TYPES, key=lambda e: votes.get(e, 0.0))


def beside(doc: Document, sentences: list[int]) -> list[int]:
    """The sentences right before and after some, of the same paragraphs."""
    found = {k for number in sentences for k in (number - 1, number + 1)} - set(sentences)
    paragraphs = {doc.sentences[number].paragraph for number in sentences}
    return [k for k in sorted(found) if 0 <= k < len(doc.sentences) and doc.sentences[k].paragraph in paragraphs]


def actors(doc: Document, sentences: list[int], told: list[Told]) -> Actors:
    """Perpetrators, targets and claimants in the incident's sentences, each in order of appearance."""
    perpetrators: list[str] = []
    claimed: list[str] = []
    for number in sentences:
        s = doc.sentences[number]
        names = doers(doc, number)
        if doc.has("actor.claim", s.start, s.end):
            claimed += [one.name for one in doc.named if one.name and s.start <= one.start < s.end]
            names = [name for name in names if name in KINDS]
        perpetrators += names
    targets = [TARGET[t.decision.quantity.category] for t in told if t.decision.quantity.category in TARGET]
    return Actors(_unique(perpetrators), _unique(targets), _unique(claimed))


def doers(doc: Document, number: int) -> list[str]:
    """Who attacks in a sentence, or by whom something was done: the armed groups by name, then the kinds.

    A kind beside a name is part of it: "Boko Haram fighters", "des combattants du M23".
    """
    s = doc.sentences[number]
    named = [one for one in doc.named if s.start <= one.start < s.end]
    groups = [one for one in named if one.name and does(doc, one.start, one.end, s)]
    found = [one.name for one in groups]
    for group, kind in ACTORS:
        found += [
            kind
            for m in doc.within(group, s.start, s.end)
            if not any(one.start <= m.start < one.end for one in named)
            and not any(0 <= m.start - one.end <= 1 or 0 <= one.start - m.end <= OF_GROUP for one in groups)
            and does(doc, m.start, m.end, s)
        ]
    return found


def does(doc: Document, start: int, end: int, s: Sentence) -> bool:
    """Whether those named from one token to another attack: "killed by rebels", "rebels killed", "a rebel attack"."""
    return is_agent(doc, start, s.start) or has_deed(doc, start, end, s) or acts(doc, end, s.end)


def has_deed(doc: Document, start: int, end: int, s: Sentence) -> bool:
    """Whether an attack is said to be somebody's: "a Taliban suicide bombing", "une embuscade du JNIM"."""
    low, language = doc.low, doc.language
    sets = language.sets
    deeds = sets["deed"]
    if language.adjective_first:
        between = doc.starts_of(EVENTS) | {m.start for group, _ in ACTORS for m in doc.within(group, end, end + HEDGES)}
        for k in range(end, min(s.end, end + HEDGES)):
            if low[k] in deeds:
                return True
            if k not in between:
                return False
        return False
    for k in range(start, max(s.start, start - HEDGES), -1):
        if low[k] in sets["partitive"] or (k < start and low[k] in sets["of"]):
            return low[k - 1] in deeds
        if k < start and (not low[k].isalpha() or (low[k] in language.phrase_ends)):
            return False
    return False


def is_agent(doc: Document, start: int, floor: int) -> bool:
    """Whether "by" or its like stands before the name at ``start``, beside it or before a few words of its phrase.

    What was done stands before that: "rejected as false by police" tells of no attack.
    """
    happened = doc.starts_of(EVENTS)
    language = doc.language
    for end in range(start, max(floor, start - HEDGES - 1), -1):
        if any(tuple(doc.low[end - n : end]) in language.doers for n in range(1, min(DOER_WORDS, end - floor) + 1)):
            return any(k in doc.effect_at or k in happened for k in range(max(floor, end - DEED_REACH), end))
        word = doc.low[end - 1]
        if not word.isalpha() or word in language.phrase_ends:
            return False
    return False


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
