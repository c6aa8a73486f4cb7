"""Victims told of one by one: "a French Army officer", "the bomber", "another civilian", "Inspector Flores died".

With their kin: "a woman and her two children" counts three.
"""

from __future__ import annotations

from conflict_dedup.extract.document import NOWHERE, Document, Mark
from conflict_dedup.extract.numerals import Quantity, is_number, shape_after, value_at
from conflict_dedup.lexicon.gazetteer import gazetteer
from conflict_dedup.lexicon.language import EFFECT_GROUPS, POSSESSIVE
from conflict_dedup.lexicon.name_words import name_words

MODIFIERS_ONE = 5
VAGUE_UNTIL = 40


def single(doc: Document, i: int, width: int, sign: str, before: Quantity | None = None) -> Quantity | None:
    """The one victim whose determiner begins at token ``i``, ``width`` tokens long; ``before`` is the quantity before.

    "a French Army officer", "a 12-year-old girl", "the bomber"; without a noun, "a third"; and where the lexicon does
    not know the noun, one that stands where victims do: "a sarpanch was killed", "injured a nurse and a tapper".
    """
    sentence = doc.sentences[doc.sentence_of[i]]
    units = doc.at.get("unit", {})
    if i in units and units[i].tag.sign == "crowd":
        return None  # "la policía" is an institution
    after = i + width
    if (
        sign == "ordinal"
        and ends_with_effect(doc, after, sentence.end)
        and stands_alone(doc, i, after, sign, sentence.end)
    ):
        return one(doc, i, after, after, sign, kind="bare")
    noun, end = noun_of_one(doc, after, sentence.end)
    if noun is not None:
        return None if is_source(doc, i, noun) or is_owner(doc, i) else one_person(doc, i, after, noun, sign)
    if end > after and sign != "definite" and is_victim(doc, i, end, before):
        return one(doc, i, after, end, sign + "?", head=end - 1)
    if end < after or not stands_alone(doc, i, after, sign, sentence.end):
        return None
    return one(doc, i, after, after, sign, kind="bare")


def ends_with_effect(doc: Document, k: int, stop: int) -> bool:
    """Whether a word of an effect stands there, and no noun after it: "and a third wounded."."""
    mark = doc.effect_at.get(k)
    if mark is None or not doc.language.past_participle or "amb" not in doc.effect_roles[k]:
        return False
    after = doc.low[mark.end] if mark.end < stop else "."
    return not after[0].isalnum() or after in doc.language.phrase_ends


def is_source(doc: Document, i: int, noun: Mark) -> bool:
    """Whether the person from token ``i`` on gives the figures: "according to a policeman, 19 people died"."""
    sentence = doc.sentences[doc.sentence_of[i]]
    k = noun.end
    while k < min(sentence.end, noun.end + SOURCE_TOKENS) and doc.low[k].isalpha() and k not in doc.effect_at:
        k += 1
    if k < sentence.end and doc.low[k] not in (",", "."):
        return False
    verbs = doc.at.get("sign.attribution_verb", NOWHERE)
    first = sentence.start
    return any(
        k in verbs and verbs[k].end == i and doc.low[i - 1] in doc.language.sets["preposition"]
        for k in range(max(first, i - SOURCE_TOKENS), i)
    )


SOURCE_TOKENS = 4
"""What makes somebody a source has so many tokens at most ("according to"), and so has what tells whose man it is."""


def is_owner(doc: Document, i: int) -> bool:
    """Whether a person is told of after "of the" in one word, and after no word of dying: "le chef du village"."""
    if doc.low[i] not in doc.language.sets["of_the"]:
        return False
    triggers = doc.triggers.get(doc.sentence_of[i], ())
    return not any(t.start < i <= t.end + 1 for t in triggers)


def noun_of_one(doc: Document, k: int, stop: int) -> tuple[Mark | None, int]:
    """The person whom the noun phrase from token ``k`` on names, and where it ends.

    None and the end for a noun that the lexicon does not know; None and -1 for one that is no single person.
    """
    low, sets = doc.low, doc.language.sets
    at = doc.at
    person, people = at.get("person", NOWHERE), at.get("people", NOWHERE)
    units, det = at.get("unit", NOWHERE), at.get("det", NOWHERE)
    adjective_first, attributive = doc.language.adjective_first, sets["attributive"]
    phrase_ends = doc.language.phrase_ends
    first = k
    limit = min(stop, k + MODIFIERS_ONE)
    known = False
    while k < limit:
        token = low[k]
        if k in det and det[k].tag.sign == "article":
            break
        mark = person.get(k)
        if mark is not None:
            if not adjective_first and k > first and (k - first > 1 or not_a_modifier(doc, k - 1)):
                return None, -1  # "un camp militaire": the noun stands first, and is no person
            return mark, mark.end
        if k in people and adjective_first and token not in attributive:
            return None, -1
        if token[0].isdecimal() or token == "-" or (k in units and units[k].tag.sign == "time"):
            k += 1
            known = True
            limit = min(stop, limit + 1)
            continue
        if not token[0].isalnum() or token in phrase_ends:
            break
        effect = doc.effect_at.get(k)
        if effect is not None and "adj" not in doc.effect_roles[k]:
            break
        known = known or k in units or not_a_modifier(doc, k)
        k += 1
    return None, -1 if known and k > first else k


def one_person(doc: Document, start: int, number_end: int, noun: Mark, sign: str) -> Quantity:
    """A quantity of one for the person whom a noun names.

    Of "a student leader" the last noun is the head, and the first tells the category where it is the narrower.
    """
    head = doc.at["person"].get(noun.end, noun)
    category = noun.tag.sign if head.tag.sign == "total" else head.tag.sign
    return one(doc, start, number_end, head.end, sign, head=head.start, category=category)


def is_victim(doc: Document, start: int, end: int, before: Quantity | None) -> bool:
    """Whether a noun phrase of no known person stands where victims do.

    That is before a participle in the passive ("a sarpanch was hacked to death"), right after a verb that has an
    object ("injured a tapper"), or joined to another victim ("a nurse and a tapper").
    """
    low, sets = doc.low, doc.language.sets
    if end - start > UNKNOWN_TOKENS or not low[end - 1].isalpha():
        return False
    stop = doc.sentences[doc.sentence_of[start]].end
    k = end + (end < stop and low[end] in sets["relative"])
    passive = False
    while k < stop:
        roles = doc.effect_roles.get(k, ())
        if "pas" in roles or (passive and "amb" in roles):
            return True
        if low[k] not in sets["aux"] and low[k] not in sets["aux_one"]:
            break
        passive = passive or low[k] in sets["aux_one"]
        k += 1
    ends = (start, start - 1) if low[start - 1] in sets["of"] or low[start - 1] in sets["object"] else (start,)
    verbs = doc.triggers.get(doc.sentence_of[start], ())
    if any(t.end in ends and ("act" in t.roles or "amb" in t.roles) for t in verbs):
        return True
    joined = low[start - 1] == "," or low[start - 1] in sets["conjunction"]
    return joined and before is not None and before.end == start - 1 and before.kind in ("one", "person")


UNKNOWN_TOKENS = 5
"""A victim whom the lexicon does not know is named in at most so many tokens: "a rubber tapper"."""


def stands_alone(doc: Document, start: int, end: int, sign: str, stop: int) -> bool:
    """Whether a determiner stands for a person: "wounded a third", "another was hurt", "uno de los heridos murió"."""
    if sign == "definite":
        return False
    low, sets = doc.low, doc.language.sets
    of, partitive = sets["of"], sets["partitive"]  # a determiner that ends with one speaks of several: "un des blessés"
    after = low[end] if end < stop else "."
    if after in of or after in partitive or low[end - 1] in partitive:
        k = end + (low[end - 1] not in partitive)
        while k < stop and (low[k] in sets["definite"] or low[k] in of):
            k += 1
        return k < stop and (low[k] in sets["pronoun"] or k in doc.at.get("people", {}))
    if end in doc.effect_at or after in sets["aux"] or after in sets["aux_one"]:
        over = doc.effect_at[end].end if end in doc.effect_at and "pas" not in doc.effect_roles[end] else stop
        if over < stop and is_number(doc, over):
            return False  # of two attacks "the second killed three"
        return sign == "ordinal" or low[end - 1] in sets["one"]
    if sign != "ordinal" or end - start == 1:
        return False
    return not after[0].isalnum() or after in sets["conjunction"] or after in sets["preposition"]


def with_names(doc: Document, found: list[Quantity]) -> list[Quantity]:
    """Adds victims without a determiner: "Inspector Flores died", "the murder of Hamid Noor", "Soldier killed"."""
    taken = {k for q in found for k in range(q.start, q.end)}
    named: list[Quantity] = []
    person = doc.at.get("person", {})
    of, to = doc.language.sets["of"], doc.language.sets["object"]
    for group in EFFECT_GROUPS:
        for mark in doc.marks.get(group, ()):
            q = None
            if mark.tag.sign in ("pas", "amb"):
                q = subjects(doc, mark) or subject(doc, mark)
            elif mark.tag.sign == "act" and mark.end < len(doc.low):
                last = doc.low[mark.end - 1]
                if last in of or last in to:
                    q = named_at(doc, mark.end)
                if q is None and mark.end in person:
                    q = ranked(doc, person[mark.end])
            if q is not None and not any(k in taken for k in range(q.start, q.end)):
                for o in [o for o in found if o.value == 1 and q.end < o.start and o.end <= mark.start]:
                    # "Hamid Noor, a shopkeeper, was shot dead": one man
                    q.end, q.category, q.shape = o.end, o.category, o.shape
                    found.remove(o)
                taken.update(range(q.start, q.end))
                named.append(q)
    if doc.text_offset:
        named += in_headline(doc, {q.end: q for q in [*found, *named]}, taken)
    return sorted([*found, *named], key=lambda q: q.start) if named else found


def ranked(doc: Document, noun: Mark) -> Quantity | None:
    """The one person named after a rank or a trade, which follows a verb: "killing constable Gul Nawaz"."""
    stop = doc.sentences[doc.sentence_of[noun.start]].end
    k = name_end(doc, noun.end, stop, NO_MARKS)
    if k == noun.end:
        return None
    return one(doc, noun.start, noun.start, k, "rank", head=noun.start, category=noun.tag.sign)


def in_headline(doc: Document, ending: dict[int, Quantity], taken: set[int]) -> list[Quantity]:
    """The victims in a title, which has no articles: "Soldier shot dead", "Blast kills photographer", "Third man dies".

    ``ending`` has the quantities found so far by where they end; ``taken`` are their tokens.
    """
    found: list[Quantity] = []
    for noun in doc.marks.get("person", ()):
        if doc.begin[noun.start] >= doc.text_offset:
            break
        number = doc.sentence_of[noun.start]
        start = headline_start(doc, noun)
        if number not in doc.effect_sentences or not taken.isdisjoint(range(start, noun.end)):
            continue
        sign = "ordinal" if doc.low[start] in doc.language.ordinals else "headline"
        q = one_person(doc, start, noun.end, noun, sign)
        joined = ending.get(start - 1)
        verbs = doc.triggers[number]
        if (
            any(t.end == start for t in verbs)
            or ("pas" in doc.effect_roles.get(q.end, ()) or "amb" in doc.effect_roles.get(q.end, ()))
            or is_victim(doc, start, q.end, joined)
        ):
            ending[q.end] = q
            taken.update(range(q.start, q.end))
            found.append(q)
    return found


def headline_start(doc: Document, noun: Mark) -> int:
    """Where the noun phrase of a person begins that has no article."""
    start = noun.start
    first = doc.sentences[doc.sentence_of[start]].start
    det, numbers = doc.at.get("det", {}), doc.language.numbers
    while start > first and noun.start - start < HEADLINE_WORDS:
        token = doc.low[start - 1]
        if not token.isalpha() or start - 1 in doc.effect_at or token in doc.language.phrase_ends:
            break
        start -= 1
        if start in det or token in numbers:
            break
    return start


HEADLINE_WORDS = 3
"""So many words may stand before a person in a title: "Third Malian army officer"."""


NAME_WORDS = 7
NO_MARKS: frozenset[str] = frozenset()
NAME_MARKS = frozenset(("-", "."))
WITHIN_NAMES = name_words().within_person | {"-", "'"}
"""What stands within the name of a person besides words with a capital."""


def subject(doc: Document, mark: Mark) -> Quantity | None:
    """The one person named right before a verb in the singular."""
    low, words = doc.low, doc.words
    sentence = doc.sentences[doc.sentence_of[mark.start]]
    sets = doc.language.sets
    k = mark.start - 1
    singular = False
    while k >= sentence.start and (low[k] in sets["aux"] or low[k] in sets["aux_one"]):
        singular = singular or low[k] in sets["aux_one"]
        k -= 1
    if mark.tag.sign == "amb" and not singular:
        return None
    if k < sentence.start:
        return None
    if low[k] in sets["pronoun_one"]:
        return named_one(doc, k, k + 1, "pronoun")
    if low[k] in sets["relative"]:
        k -= 1
    # an apposition: ", 24," or ", a Dutch reporter,"
    if k > sentence.start and low[k] == ",":
        back = k - 1
        while back > sentence.start and low[back] != "," and k - back < 12:
            back -= 1
        if low[back] != ",":
            return None
        k = back - 1
    end = k + 1
    while (
        k >= sentence.start
        and (words[k][0].isupper() or low[k] in WITHIN_NAMES)
        and end - k <= NAME_WORDS
        and not is_ordinary(doc, k)
    ):
        k -= 1
    start = k + 1
    while start < end and not words[start][0].isupper():
        start += 1
    if end - start < 2 or low[start] in sets["several"]:
        return None
    return named_one(doc, start, end, "name")


def subjects(doc: Document, mark: Mark) -> Quantity | None:
    """The people named right before a verb in the plural: "Musa Ibrahim, Sani Bello and Luis, 34, were shot dead"."""
    low, sets = doc.low, doc.language.sets
    first = doc.sentences[doc.sentence_of[mark.start]].start
    k = mark.start - 1
    while k >= first and low[k] in sets["aux"] and low[k] not in sets["aux_one"]:
        k -= 1
    if doc.upper or doc.begin[mark.start] < doc.text_offset or (mark.tag.sign == "amb" and k == mark.start - 1):
        return None
    end = k + 1
    count, start = 0, end
    while k >= first:
        begin = name_before(doc, k, first)
        if begin < 0:
            break
        count, start = count + 1, begin
        k = begin - 1
        if k >= first and low[k] in sets["conjunction"]:
            k -= 1
            k -= k > first and low[k] == "," and not is_aged(doc, k)
        elif k > first and low[k] == ",":
            k -= not is_aged(doc, k)
        else:
            break
    if count < 2:
        return None
    shape = shape_after(doc, end, doc.sentences[doc.sentence_of[start]].end)
    return Quantity(start, start, end, end, count, count, count, "exact", "fixed", "person", "total", shape=shape)


def is_aged(doc: Document, k: int) -> int:
    """How many tokens an age before a comma or bracket has: "Luis, 34,", "Luis (34 ans)", "Luis, de 34,"; else 0."""
    low = doc.low
    if low[k] not in (",", ")"):
        return 0
    j = k - 1
    j -= low[j] in doc.language.date_units
    if j < 1 or not low[j].isdecimal() or len(low[j]) > AGE_DIGITS:
        return 0
    j -= 1
    j -= low[j] in doc.language.sets["of_age"]
    return k - j if low[j] in (",", "(") else 0


AGE_DIGITS = 2


def name_before(doc: Document, k: int, first: int) -> int:
    """Where the name of a person begins that ends at token ``k``, with an age after it or not; -1 where none does.

    One without an age has two words at least, and is no place and no armed group.
    """
    aged = is_aged(doc, k)
    end = k - aged if aged else k + 1
    start = end
    while start > first and end - start < NAME_WORDS:
        word = doc.words[start - 1]
        if not (word[0].isupper() or (start < end and doc.low[start - 1] in WITHIN_NAMES)):
            break
        start -= 1
    while start < end and not doc.words[start][0].isupper():
        start += 1
    if end - start < (1 if aged else 2) or (not aged and doc.low[start] in doc.language.not_place):
        return -1
    if any(one.start < end and start < one.end for one in doc.named):
        return -1
    calendar = (doc.language.months, doc.language.weekdays)
    if any(doc.low[j] in days for j in range(start, end) for days in calendar):
        return -1
    return -1 if not aged and gazetteer().lookup(doc.surface(start, end)) else start


def with_possessor(doc: Document, q: Quantity, before: Quantity | None) -> Quantity:
    """Adds the victim whose kin a quantity counts and who stands before it: "Luis López, 45, his wife and their baby".

    ``before`` is the quantity before it, which has counted its own kin.
    """
    low, sets = doc.low, doc.language.sets
    k = q.start - 1
    first = doc.sentences[doc.sentence_of[q.start]].start
    if low[q.start] not in sets["possessive"] or low[q.start] == POSSESSIVE or k <= first or q.value > FAMILY:
        return q
    if low[k] != "," and low[k] not in sets["conjunction"]:
        return q
    if (before is not None and before.end >= k) or q.value < 2:
        return q
    start = name_before(doc, k if is_aged(doc, k) else k - 1, first)
    if start < 0:
        return q
    if start > first and (low[start - 1] in sets["preposition"] or low[start - 1] == POSSESSIVE):
        return q
    q.start = q.number = start
    q.value += 1
    q.low = q.high = q.value
    return q


def is_ordinary(doc: Document, k: int) -> bool:
    """In a text of capitals every word looks like a name: those that the lexicon knows are none."""
    if not doc.upper:
        return False
    return (
        any(k in doc.at.get(g, {}) for g in ("people", "unit", "det", "place.kind", "when"))
        or doc.low[k] in doc.language.not_place
        or k in doc.effect_at
    )


def name_end(doc: Document, i: int, stop: int, within: frozenset[str]) -> int:
    """Where the name of a person ends that may begin at token ``i``: ``i`` itself where none does.

    ``within`` may stand in it besides words with a capital.
    """
    end = j = i
    while j < stop and (doc.words[j][0].isupper() or doc.low[j] in within) and not is_ordinary(doc, j):
        j += 1
        if doc.words[j - 1][0].isupper():
            end = j
    return end


def named_at(doc: Document, i: int) -> Quantity | None:
    """The person named at token ``i``, after "the murder of"."""
    j = name_end(doc, i, min(doc.sentences[doc.sentence_of[i]].end, i + NAME_WORDS), NAME_MARKS)
    if j - i < 2 or i in doc.at.get("det", {}):
        return None
    return named_one(doc, i, j, "named")


def one(
    doc: Document,
    start: int,
    number_end: int,
    end: int,
    sign: str,
    *,
    head: int = -1,
    category: str = "total",
    kind: str = "one",
) -> Quantity:
    """A quantity of one for the person at tokens ``[start, end)``."""
    return Quantity(
        start,
        start,
        number_end,
        end,
        1,
        1,
        1,
        "exact",
        "one",
        kind,
        category,
        determiner=sign,
        head=head,
        shape=shape_after(doc, end, doc.sentences[doc.sentence_of[start]].end),
    )


def named_one(doc: Document, start: int, end: int, sign: str) -> Quantity:
    """A quantity of one for the person named at tokens ``[start, end)``."""
    person = doc.at.get("person", {})
    category = next((person[k].tag.sign for k in range(start, end) if k in person), "total")
    return one(doc, start, end, end, sign, head=end - 1, category=category)


NOUN_GROUPS = ("unit", "place.kind", "event.bombing", "event.armed_attack", "event.shelling", "event.battle", "people")


def not_a_modifier(doc: Document, k: int) -> bool:
    """Whether a token is a noun of its own, so that what follows only describes it."""
    return k in doc.starts_of(NOUN_GROUPS) or doc.low[k] in doc.language.not_place


def past_name(doc: Document, k: int, stop: int) -> int:
    """Past what follows one victim before the next: "the mayor of Gao and", "a shopkeeper, Hamid Noor, 34, and"."""
    j = k
    if j + 1 < stop and doc.low[j] in doc.language.sets["of"] and doc.words[j + 1][0].isupper():
        named = name_end(doc, j + 1, stop, WITHIN_NAMES)
        if named + 1 < stop and doc.low[named] in doc.language.sets["conjunction"]:
            return named
    if j + 2 < stop and doc.low[j] == "," and doc.words[j + 1][0].isupper():
        j = name_end(doc, j + 1, stop, WITHIN_NAMES)
        if j + 1 < stop and doc.low[j] == "," and doc.low[j + 1].isdecimal():
            j += 2
        while j < stop and doc.low[j] in doc.language.date_units:
            j += 1
        if j + 1 < stop and (doc.low[j] == "," or doc.low[j] in doc.language.sets["conjunction"]):
            return j
    return k


def is_of_theirs(doc: Document, start: int, end: int) -> bool:
    """Whether a number stands after "and" and before "of his"."""
    low, sets = doc.low, doc.language.sets
    joined = low[start - 1] in sets["conjunction"] or low[start - 1] in sets["object"]
    return joined and low[end] in sets["of"] and low[end + 1] in sets["possessive"]


AGE_TOKENS = 7
"""An age and the word for the child have so many tokens: "four-year-old son"."""
FAMILY = 12
"""So many kin at most are told with the kin of theirs."""


def with_kin(doc: Document, q: Quantity) -> Quantity:
    """Adds the kin named with a single victim: "a woman and her two children" counts three.

    After kin a number needs no possessive: "his wife and five children", "a man, his wife and five of their children".
    So it is with several kin: "two brothers and their father", "a couple and their son".
    """
    low = doc.low
    sets = doc.language.sets
    kin, kin1 = doc.at.get("kin", NOWHERE), doc.at.get("kin1", NOWHERE)
    several = q.bound == "exact" and 1 < q.value <= FAMILY and (q.style == "fixed" or q.head in kin) and not q.of_them
    if not several and (q.style != "one" or q.head < 0):
        return q
    end = q.end
    value = q.value
    after_kin = q.head in kin1 and low[q.start] in sets["possessive"]
    stop = doc.sentences[doc.sentence_of[q.start]].end
    while end + 1 < stop:
        k = past_name(doc, end, stop)
        if low[k] == "," and k + 1 < stop:
            k += 1
        if low[k] in sets["conjunction"]:
            k += 1
            k += k < stop and low[k] in sets["object"]  # "y a su escolta"
        if k == end or k >= stop:
            break
        k += low[k] in sets["definite_article"] and k + 1 < stop and low[k + 1] in sets["possessive"]  # "e o seu filho"
        extra = 1
        part = value_at(doc, k)
        if part and part.plain and part.end + 1 < stop and is_of_theirs(doc, k, part.end):
            extra, k = part.value, part.end + 2  # "and two of his guards"
        elif low[k] in sets["possessive"] and low[k] != POSSESSIVE:
            k += 1
        elif not (after_kin and is_number(doc, k)):
            break
        if k < stop and k not in kin and k not in kin1:
            number = value_at(doc, k)
            aged = number is not None and low[number.end : number.end + 1] == ["-"]  # "their four-year-old son"
            if aged:
                k = next((j for j in range(k, min(stop, k + AGE_TOKENS)) if j in kin1), k)
            elif number and number.plain and 0 < number.value < VAGUE_UNTIL:
                extra, k = number.value, number.end
            elif k + 1 < stop and (k + 1 in kin or k + 1 in kin1):
                k += 1
        first = k
        while (
            k < stop
            and k not in kin
            and k not in kin1
            and low[k].isalpha()
            and low[k] not in sets["conjunction"]
            and k - end < 7
        ):
            k += 1
        mark = kin.get(k) if extra > 1 else kin1.get(k) or kin.get(k)
        if not mark and after_kin and extra <= FAMILY:
            near = [m for m in doc.within("people", first, first + 2) if m.start not in doc.effect_at]
            mark = next((m for m in near if m.tag.sign == "civilians"), None)  # "her husband and two neighbours"
        if not mark:
            break
        value += extra
        end = mark.end
        after_kin = True
    if value > q.value:
        q.value = value
        q.low = q.high = value
        q.end = end
        q.number_end = end
        q.kind = "person"
        q.category = "total" if q.category in ("women", "children", "total") else q.category
        q.shape = shape_after(doc, end, stop)
    return q
