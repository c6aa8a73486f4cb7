"""Numbers that count something: "at least 53 soldiers", "two dozen", "a woman and her two children", "another 20".

The grammar is the same in every language; the words come from the language file.
"""

from __future__ import annotations

import re

from conflict_dedup.extract.document import NOWHERE, Document, Mark
from conflict_dedup.extract.numerals import Quantity, is_number, shape_after, value_at
from conflict_dedup.extract.singles import single, with_kin, with_names, with_possessor
from conflict_dedup.model import Bound

CURRENCY = frozenset("$€£¥₦₹₱₽")
MODIFIERS = 7
"""How many tokens may stand between a number and the noun that it counts ("12 heavily armed Malian army soldiers")."""


def find(doc: Document) -> list[Quantity]:
    """Every quantity of the document, in order, without those that measure, date or pay."""
    found: list[Quantity] = []
    low = doc.low
    # "Barrio 18", "400 Mawozo"
    skip = doc.dated | {k for m in doc.named for k in range(m.start, m.end) if low[k][0].isdecimal()}
    sets = doc.language.sets
    at_det = doc.at.get("det", {})
    sentence_of = doc.sentence_of
    starts = sorted({*doc.numerals, *doc.quantity_starts})
    listing = doc.sentences_with("people").intersection(sentence_of[i] for i in starts if i not in at_det)
    telling = doc.effect_sentences | ((listing | doc.sentences_with("sign.subset")) & doc.sentences_with("person"))
    numbers = doc.language.numbers
    fixed, vague, numeral = (doc.at.get(g, {}) for g in ("fixed", "vague", "number"))
    articles = sets["article"]
    # "claimed the life of 16" speaks of sixteen lives, not of one
    phrased = {
        k
        for here in doc.triggers.values()
        for trigger in here
        if trigger.end - trigger.start > 1 and "noun" not in trigger.roles
        for k in range(trigger.start, trigger.end)
    }
    reached = 0
    for i in starts:
        if i < reached or i in skip:
            continue
        token = low[i]
        first = token[0]
        q: Quantity | None = None
        if first.isdecimal() or token in numbers or i in fixed or i in vague or i in numeral:
            if token not in articles or i in fixed or i in vague:
                q = counted(doc, i)
            elif sentence_of[i] in telling:
                q = single(doc, i, 1, "article", found[-1] if found else None)
        alone = i in at_det and token not in sets["several"]
        if q is None and alone and sentence_of[i] in telling and i not in fixed and i not in phrased:
            mark = at_det[i]
            q = single(doc, i, mark.end - mark.start, mark.tag.sign, found[-1] if found else None)
        if q is not None:
            inside = bool(found) and q.start < found[-1].end  # "three members of one family" counts three
            denied = (q.value == 1 and is_not_one(doc, q.number, q.number_end)) or is_denied(doc, q)
            if q.kind != "skip" and not (inside and q.value == 1) and not denied:
                q = with_possessor(doc, with_kin(doc, q), found[-1] if found else None)
                found.append(q)
            # "por ciento" is no hundred
            reached = max(q.number_end, q.end) if q.kind == "unit" else max(q.number_end, q.whole_end)
    return with_names(doc, found)


def counted(doc: Document, i: int) -> Quantity | None:
    """The quantity whose number begins at ``i``: bound before and after, range, noun phrase."""
    value = value_at(doc, i)
    if value is None:
        return None
    low = doc.low
    sets = doc.language.sets
    sentence_end = doc.sentences[doc.sentence_of[i]].end
    bound: Bound = "exact"
    least: int | None = value.value
    most: int | None = value.value
    end = value.end
    start = i
    style = value.style
    if not value.plain:
        return Quantity(i, i, end, end, 0, None, None, "exact", style, "skip", "other")
    # A range: "30-40", "between 30 and 40", "30 to 40".
    before = low[i - 1] if i else ""
    opened = i > 0 and before in sets["range_open"]
    if end + 1 < sentence_end and low[end] in sets["range_join"] and style in ("digits", "words"):
        second = value_at(doc, end + 1)
        joins = not is_revised(doc, i) and (opened or low[end] not in sets["conjunction"] or low[end] in sets["or"])
        tight = low[end] != "-" or (doc.finish[end - 1] == doc.begin[end]) == (doc.finish[end] == doc.begin[end + 1])
        if (
            second
            and second.plain
            and joins
            and tight
            and value.value < second.value <= 20 * max(value.value, 1)
            and second.style in ("digits", "words")
        ):
            bound, least, most, end = "range", value.value, second.value, second.end
            if opened:
                start = i - 1
    if style == "vague":
        bound, most = "vague", None
        if value.value == 0:
            return None
    elif style == "approximate":
        bound = "about"
    if bound == "exact":
        mark = bound_before(doc, i)
        if mark:
            start = mark.start
            bound, least, most = bounded(mark.tag.sign, value.value)
        else:
            after = doc.at.get("after", {}).get(end)
            if after and (after.start == end):
                bound, least, most = bounded(after.tag.sign, value.value)
                end = after.end
    elif bound in ("vague", "about"):
        mark = bound_before(doc, i)
        if mark:
            start = mark.start
            if style == "approximate" and mark.tag.sign != "exact":
                bound, least, most = bounded(mark.tag.sign, value.value)
    q = Quantity(start, i, end, end, value.value, least, most, bound, style, "bare", "total")
    if (
        (style == "digits" and value.value == 0)  # "5-0"
        or none_of(doc, start)
        or (style == "words" and in_name(doc, i, end))
        or (i and doc.words[i - 1] in CURRENCY)
        or in_code(doc, i, end)
        or is_clock(doc, i)
    ):
        q.kind = "skip"
        return q
    noun_phrase(doc, q, sentence_end)
    if is_left(doc, q) or (q.kind == "bare" and is_age(doc, q)) or (q.kind in NAMELESS and is_name(doc, q)):
        q.kind = "skip"
        return q
    if q.bound == "exact" and q.end > end:
        late = doc.at.get("after", {}).get(q.end)  # "onze personnes au moins"
        if late and late.end <= sentence_end and late.tag.sign != "about":
            q.bound, q.low, q.high = bounded(late.tag.sign, q.value)
            q.end = late.end
            q.shape = shape_after(doc, q.end, sentence_end)
    return q


NO_ROLES: set[str] = set()
PARTICIPLES = frozenset(("amb", "adj"))
"""The roles of what may stand beside a noun: "killed"."""
PHRASE_TOKENS = range(1, 7)
"""What makes the number after it an age, or a count of kin, has so many tokens: "à l'âge d'" has six."""
LEFT_REACH = 6
"""So many tokens before the children that a victim leaves it is said that one does: "leaves a widow and two sons"."""


def is_left(doc: Document, q: Quantity) -> bool:
    """Whether a number counts those whose parent a victim was, or whom one leaves: "a father of five"."""
    language = doc.language
    told = doc.effect_roles.get(q.end, NO_ROLES)
    if q.of_them or not (told.isdisjoint(PARTICIPLES) or doc.low[q.end] in language.sets["aux_one"]):
        return False  # "the mother of two killed soldiers"
    of_kin = q.head in doc.at.get("kin", NOWHERE)
    if (q.kind == "bare" or of_kin) and follows(doc, q.start, language.parents):
        return q.end >= len(doc.low) or doc.low[q.end] not in language.sets["of"]
    if not of_kin:
        return False
    sentence = doc.sentences[doc.sentence_of[q.start]]
    after = range(q.end, sentence.end)
    first = max(sentence.start, q.start - LEFT_REACH)
    return any(
        follows(doc, k, language.survivors) and doc.effect_at.keys().isdisjoint((*range(k, q.start), *after))
        for k in range(q.start, first, -1)
    )


def follows(doc: Document, i: int, phrases: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of some phrases ends right before a token."""
    return any(tuple(doc.low[i - n : i]) in phrases for n in PHRASE_TOKENS if n <= i)


def is_age(doc: Document, q: Quantity) -> bool:
    """Whether a number that counts nothing is an age: "aged 24 and 31", "under 15", "a boy of ten"; or an hour."""
    low, sets = doc.low, doc.language.sets
    if q.value > OLDEST or q.of_them:
        return False
    k, end = q.start, q.end
    while k > 1 and (low[k - 1] == "," or low[k - 1] in sets["conjunction"]) and is_number(doc, k - 2):
        k -= 2
    if any(low[j - 1] in doc.language.aged_ends and follows(doc, j, doc.language.aged) for j in (k, q.number)):
        return True
    stop = doc.sentences[doc.sentence_of[q.start]].end
    while end + 1 < stop and (low[end] == "," or low[end] in sets["conjunction"]) and is_number(doc, end + 1):
        end += 2
    if end < stop and (low[end] in sets["of"] or low[end] in sets["partitive"]):
        return False  # "la madre de dos de ellos"
    several = end > q.end or k < q.start or q.bound == "range"
    closed = end < stop and (low[end] in (",", ")") or end in doc.time_units)
    aside = is_aside(doc, k, several=several) if closed else -1
    if low[k - 1] not in sets["of_age"] and aside < 0:
        return False
    last = aside if aside >= 0 else k - 1
    person, people, kin = (doc.at.get(group, NOWHERE) for group in ("person", "people", "kin"))
    for j in range(max(0, last - 3), last):
        if j in person and person[j].end == last:
            return aside >= 0 or doc.language.adjective_first or person[j].tag.sign in YOUNG
        # "two boys of 15 and 16"; "fighters of 15" is rather said of something else
        if any(j in marks and marks[j].end == last for marks in (people, kin)):
            young = j in people and people[j].tag.sign in YOUNG
            return (several and (aside >= 0 or young or j in kin)) or (young and doc.language.adjective_first)
    return aside >= 0 and low[k - 1] in sets["of_age"] and doc.words[last - 1][0].isupper()  # "Ana, de 29, murió"


def is_aside(doc: Document, k: int, *, several: bool) -> int:
    """Where the comma or bracket stands before a number that may be an age, -1 where none does.

    That is "the mayor, 54," in figures, or ", de 34,"; of several in words too: "two brothers, six and nine,".
    """
    low, sets = doc.low, doc.language.sets
    before = k - 1
    if before > 0 and low[before] in sets["of_age"]:
        before -= 1
    elif not (low[k].isdecimal() or several):
        return -1
    return before if before > 0 and low[before] in (",", "(") else -1


YOUNG = frozenset(("children", "women"))
"""Of several of these it is said how old they are."""
OLDEST = 110
"""Years: no reporter has an older victim."""


def is_name(doc: Document, q: Quantity) -> bool:
    """Whether a number that counts nobody is part of a name: "Station 14", "andén 23"; not before a verb of many.

    In the text what begins with a capital is a name whatever follows: "la Brigada 13 de Infantería".
    """
    k = q.number
    if q.style != "digits" or q.start != k or not k:
        return False
    told = [j for j in (k - 3, k - 2) if j in doc.effect_at and doc.effect_at[j].end == k - 1]
    if any(not doc.effect_roles[j].isdisjoint(COUNTED_ROLES) for j in told):
        return False  # "the wounded number 23"
    shortened = doc.low[k - 1] == "." and k > 1 and doc.sentence_of[k - 2] == doc.sentence_of[k]  # "No. 17"
    label = k - 2 if shortened else k - 1
    if doc.low[label] not in doc.language.sets["label"]:
        return False
    first = doc.sentences[doc.sentence_of[k]].start
    if label > first and doc.words[label][0].isupper() and doc.begin[k] >= doc.text_offset and not doc.upper:
        return True
    if q.kind != "bare":
        return False
    after, sets = doc.low[q.end] if q.end < len(doc.low) else "", doc.language.sets
    return after in sets["aux_one"] or (after not in sets["aux"] and q.end not in doc.effect_at)


NAMELESS = frozenset(("bare", "unknown"))
COUNTED_ROLES = frozenset(("noun", "toll"))
"""The roles of an effect's words that stand for those it happened to."""


def in_name(doc: Document, i: int, end: int) -> bool:
    """Whether a number word is part of a name: "Campo Dos", "Seven Sisters Road"; not among capitals."""
    words, sentence = doc.words, doc.sentences[doc.sentence_of[i]]
    if not words[i][0].isupper() or doc.upper or i == sentence.start or not words[i - 1].isalpha():
        return False
    beside = words[i - 1][0].isupper() or (end < sentence.end and words[end][0].isupper())
    return beside and any(word.islower() and len(word) >= SMALL_WORD for word in words[sentence.start : sentence.end])


SMALL_WORD = 5
"""A word of so many letters is written small where headlines do not give capitals to all."""


def none_of(doc: Document, i: int) -> bool:
    """Whether it is said of none of so many: "none of the four soldiers", "aucun des quatre"."""
    sets = doc.language.sets
    between = sets["definite"] | sets["of"] | sets["partitive"]
    k = i
    while k and doc.low[k - 1] in between:
        k -= 1
    if k == 0 or (k == i and doc.low[i] not in between):
        return False
    return doc.low[k - 1] in sets["none"] or (is_number(doc, k - 1) and is_not_one(doc, k - 1, k))


CLAUSE_REACH = 8
"""So many tokens before "a single soldier" at most stands the verb that denies it: "did not kill a single soldier"."""


def is_not_one(doc: Document, i: int, end: int) -> bool:
    """Whether the number one from token ``i`` to ``end`` is denied: "no one", "not a soldier", "ni un solo herido"."""
    low, denial, sole = doc.low, doc.language.sets["denial"], doc.language.sets["sole"]
    value = value_at(doc, i)
    if low[i] not in doc.language.sets["article"] and (value is None or value.value != 1 or value.style == "digits"):
        return False
    first = doc.sentences[doc.sentence_of[i]].start
    k = i - 1
    while k > first and (low[k] == "-" or low[k] in sole):
        k -= 1
    if k >= first and low[k] in denial:
        return True
    if end >= len(low) or low[end] not in sole:
        return False
    while k >= first and (low[k][0].isalnum() or low[k] == "'") and i - k <= CLAUSE_REACH:
        if low[k] in denial:
            return True
        k -= 1
    return False


DENIED_REACH = 8
"""What is denied stands so many tokens after the denial at most: "denied reports that at least 30 people"."""


def is_denied(doc: Document, q: Quantity) -> bool:
    """Whether it is denied that so many died: "denied reports that 30 people", "a démenti la mort de 30 soldats".

    Not where it is denied that somebody did it: "denied reports that its troops had killed 30".
    """
    first = max(doc.sentences[doc.sentence_of[q.start]].start, q.start - DENIED_REACH - DENIAL_TOKENS)
    denials = [m for m in doc.within("sign.denied", first, q.number) if 0 <= q.number - m.end <= DENIED_REACH]
    if not denials:
        return False
    between = range(denials[-1].end, q.number)
    return doc.effect_at.keys().isdisjoint(between) and not doc.has(
        "sign.attribution_verb", between.start, between.stop
    )


DENIAL_TOKENS = 6
"""The longest phrase of denial has so many tokens."""

CODE = frozenset("{}=<>\\@^")


def in_code(doc: Document, i: int, end: int) -> bool:
    """Whether a number is part of a name ("RN16", "Su-34") or glued to signs of code ("{{7}}", "x=3")."""
    before = doc.stream[doc.begin[i] - 1 : doc.begin[i]]
    if doc.low[i][0].isdecimal() and (before.isalpha() or (before == "-" and i > 1 and hangs_on_word(doc, i))):
        return True
    after = doc.stream[doc.finish[end - 1] : doc.finish[end - 1] + 1]
    return before in CODE or after in CODE or (before in ("[", "]") and after in ("]", ";"))


def is_clock(doc: Document, i: int) -> bool:
    """Whether a number is the hour or the minutes of a time by the clock: "18:31"."""
    low = doc.low
    for colon in (i - 1, i + 1):
        if 0 < colon < len(low) - 1 and low[colon] == ":":
            time = CLOCK.fullmatch(doc.stream, doc.begin[colon - 1], doc.finish[colon + 1])
            if time is not None:
                return True
    return False


CLOCK = re.compile("(?:[01]?[0-9]|2[0-4]):[0-5][0-9]")


def hangs_on_word(doc: Document, i: int) -> bool:
    """Whether a number hangs on a word by a hyphen without blanks: "AK-47", "Su-34", "Covid-19", "mid-2012".

    In a list of counts the word is what is counted: "killed-17, wounded-40".
    """
    name = doc.words[i - 2]
    return (
        doc.finish[i - 2] == doc.begin[i - 1]
        and doc.finish[i - 1] == doc.begin[i]
        and name.isalpha()
        and i - 2 not in doc.effect_at
    )


def near_marks(doc: Document, group: str, i: int) -> list[Mark]:
    """The marks of a group that begin within the six tokens before ``i``."""
    at = doc.at.get(group, {})
    return [at[k] for k in range(max(0, i - 6), i) if k in at]


CHANGE_REACH = 8
"""So many tokens before its first number a toll is said to change: "raised its own figure on Monday from 7 to 14"."""


def is_revised(doc: Document, i: int) -> bool:
    """Whether the number at ``i`` is what a toll was before it was changed to the next: "rose from 17 to 22"."""
    if any(m.end == i and m.end - m.start > 1 for m in near_marks(doc, "sign.superseded", i)):
        return True
    low, sets = doc.low, doc.language.sets
    first = max(doc.sentences[doc.sentence_of[i]].start, i - CHANGE_REACH)
    return i > first and low[i - 1] in sets["change_from"] and not sets["change"].isdisjoint(low[first : i - 1])


def bound_before(doc: Document, i: int) -> Mark | None:
    """The bound phrase that ends right before token ``i`` (a determiner or a number's article may intervene)."""
    bounds = doc.at.get("bound")
    if bounds is None or bounds.keys().isdisjoint(range(i - BOUND_REACH, i)):
        return None
    sets = doc.language.sets
    for j in range(i - 1, i - 1 - BOUND_REACH, -1):
        mark = bounds.get(j)
        if mark is not None and i - 1 <= mark.end <= i and doc.sentence_of[j] == doc.sentence_of[i]:
            before = doc.low[i - 1]
            if mark.end == i or any(before in sets[name] for name in AFTER_BOUND):
                return mark
    return None


BOUND_REACH = 5
"""A bound begins at most so many tokens before its number: "up to", "not less than"."""
AFTER_BOUND = ("definite", "article", "of", "object")
"""The closed classes that may stand between a bound and its number: "cerca de los 20"."""


def bounded(sign: str, value: int) -> tuple[Bound, int | None, int | None]:
    """Bound, low and high of a number after a bound word, as the contract's table has them."""
    if sign == "at_least":
        return "at_least", value, None
    if sign == "more_than":
        return "more_than", value + 1, None
    if sign == "at_most":
        return "at_most", None, value
    if sign == "fewer_than":
        return "fewer_than", None, max(value - 1, 0)
    if sign == "about":
        return "about", value, value
    return "exact", value, value


OWNED = frozenset(("'s", "’s"))


def noun_phrase(doc: Document, q: Quantity, sentence_end: int) -> None:
    """Finds what the number counts: a person noun (with its category), a unit, something unknown, or nothing."""
    low = doc.low
    sets = doc.language.sets
    people, person, units = doc.at.get("people", {}), doc.at.get("person", {}), doc.at.get("unit", {})
    more, pronoun, preposition = sets["more"], sets["pronoun"], sets["preposition"]
    conjunction, relative, aux = sets["conjunction"], sets["relative"], sets["aux"]
    definite, of, partitive = sets["definite"], sets["of"], sets["partitive"]
    adjective_first = doc.language.adjective_first
    j = q.end
    limit = min(sentence_end, j + MODIFIERS)
    unknown = 0
    seen_of = False
    if j < sentence_end and low[j] == "-" and doc.finish[j - 1] == doc.begin[j] and j + 1 < sentence_end:
        mark = units.get(j + 1)
        q.kind, q.unit, q.end = "unit", (mark.tag.sign if mark else "compound"), j + 2
        q.shape = "unit"
        return  # "a 12-year-old girl" is found from its article
    k = j
    while k < limit:
        token = low[k]
        mark = people.get(k) or (person.get(k) if q.value == 1 or not adjective_first else None)
        unit = units.get(k)
        if mark and unit and unit.end > mark.end:
            mark = None
        if unit and adjective_first and unit.tag.sign == "thing" and unit.end in people and unit.end < limit:
            k = unit.end  # "19 bus passengers"
            continue
        if seen_of and (after := next((m.end for m in (mark, unit) if m), k + 1)) < limit and low[after] in OWNED:
            k = after + 1  # "nine of the clinic's 20 beds"
            continue
        if mark:
            # "car bomb" nouns aside, a longer people phrase may begin one token later ("security force members")
            follower = people.get(mark.end)
            if follower and unknown == 0 and follower.end > mark.end and mark.end < limit:
                mark = (
                    follower
                    if mark.tag.sign in ("soldiers", "police", "militants", "children", "women", "foreigners")
                    and follower.tag.sign in ("total", "other")
                    else mark
                )
                q.category = people[k].tag.sign if k in people else mark.tag.sign
            else:
                q.category = mark.tag.sign
            q.kind, q.head, q.end = "person", mark.start, mark.end
            break
        if unit:
            q.kind, q.unit, q.head, q.end = "unit", unit.tag.sign, k, unit.end
            break
        if token in more:
            q.more = True
            q.end = k + 1
            k += 1
            continue
        if token == "'":
            k += 1
            continue
        if token in of or token in partitive or (seen_of and token in definite):
            if token in of and seen_of:
                break
            seen_of = True
            k += 1
            continue
        if token in pronoun and not (seen_of and k + 1 < limit and is_number(doc, k + 1)):  # "two of those 12 soldiers"
            if seen_of:
                q.of_them = True
                q.end = k + 2 if k + 1 < sentence_end and low[k + 1] in pronoun else k + 1
            break
        if not token[0].isalnum():
            if token in ('"', "“", "”", "«", "»", "-"):
                k += 1
                continue
            break
        if token in conjunction:
            if (
                k > j
                and unknown
                and k + 1 < limit
                and any(x in people for x in range(k + 1, min(k + 3, limit)))
                and not low[k + 1][0].isdecimal()
                and low[k + 1] not in doc.language.numbers
            ):
                k += 1
                continue
            break
        if token[0].isdecimal() or token in doc.language.numbers:
            if seen_of and (low[j] in of or low[j] in partitive):
                part_of(doc, q, k, sentence_end)
            break
        if token in preposition or token in relative or token in aux:
            break
        if k in doc.at.get("det", {}) and doc.at["det"][k].tag.sign == "article":
            break
        effect = doc.effect_at.get(k)
        if effect:
            last = low[effect.end - 1]
            if last in relative or last in preposition:  # "Nine killed as shells hit a market"
                break
            if effect.tag.sign in ("adj", "noun") or "adj" in doc.effect_roles[k]:
                k = effect.end
                continue
            break
        unknown += 1
        k += 1
    if q.kind == "bare" and unknown and k > j:
        q.kind = "unknown"
    if q.category == "total" and q.kind in ("bare", "person") and not is_whole(doc, q.start):
        q.category = predicated(doc, q.end, sentence_end, q.of_them)
    q.shape = shape_after(doc, q.end, sentence_end)


def part_of(doc: Document, q: Quantity, i: int, sentence_end: int) -> None:
    """Takes the noun of the number of which a quantity is a part: "seven of the 12 houses" counts houses.

    People only where what befell them is said of the part, as in "six of the 40 passengers were killed": then the whole
    is no figure. In "six of the 40 passengers killed were women" it is one.
    """
    value = value_at(doc, i)
    if value is None or not value.plain:
        return
    whole = Quantity(i, i, value.end, value.end, value.value, None, None, "exact", value.style, "bare", "total")
    noun_phrase(doc, whole, sentence_end)
    counted = whole.unit == "thing"
    if not counted and is_said(doc, whole.number_end, sentence_end):
        q.whole_end = whole.number_end
        counted = whole.kind == "person"
    if counted:
        q.kind, q.category, q.unit, q.head, q.end = whole.kind, whole.category, whole.unit, whole.head, whole.end
    else:
        named = doc.effect_at.get(whole.end)
        q.category = predicated(doc, named.end if named else whole.end, sentence_end)


def is_whole(doc: Document, i: int) -> bool:
    """Whether the number at a token is that of which another is a part: the 12 of "four of the 12 were children"."""
    low, sets = doc.low, doc.language.sets
    k = i - 1
    while k > 1 and (low[k] in sets["definite"] or low[k] in sets["pronoun"]):
        k -= 1
    return k > 0 and (low[k] in sets["of"] or low[k] in sets["partitive"]) and is_number(doc, k - 1)


SUBJECT_TOKENS = 9
"""So many tokens hold people and the verb that is said of them: "(five of the 30) pupils in the room were killed"."""


NOUN_ALONE = frozenset(("noun",))
"""The role of what names people by what befell them, and is no participle: "hostages"."""


def is_said(doc: Document, i: int, sentence_end: int) -> bool:
    """Whether what befell the people named from a token on is said by a verb, not by a noun or a participle."""
    aux, finite = doc.language.sets["aux"], doc.language.sets["aux_finite"]
    relative = doc.language.sets["relative"]
    for k in range(i, min(i + SUBJECT_TOKENS, sentence_end)):
        token = doc.low[k]
        if token in relative or not token[0].isalnum():
            return False
        roles = doc.effect_roles.get(k)
        if roles is not None and not roles <= NOUN_ALONE:  # "died", "were killed", not "wounded" or "reported missing"
            return "pas" in roles and "amb" not in roles and (token in finite or token not in aux)
        if token in finite:
            return any(x in doc.effect_at for x in range(k + 1, min(k + 1 + PREDICATE_TOKENS, sentence_end)))
    return False


PREDICATE_TOKENS = 3
"""What a figure is said to be stands at most so many tokens after the verb."""


def predicated(doc: Document, i: int, sentence_end: int, of_them: bool = False) -> str:
    """Whom a figure counts that is said to be something: "six of the dead were children", "four of them women"."""
    k = i
    sets = doc.language.sets
    while k < sentence_end and doc.low[k] in sets["aux"]:
        if k in doc.effect_at:  # "five were killed when soldiers opened fire"
            return "total"
        k += 1
    if k == i and not of_them:
        return "total"
    people = doc.at.get("people", {})
    for j in range(k, min(k + PREDICATE_TOKENS, sentence_end)):
        mark = people.get(j)
        if mark:
            return mark.tag.sign
        token = doc.low[j]
        if j in doc.effect_at or not token[0].isalnum():
            break
        if token in doc.language.phrase_ends and token not in sets["partitive"]:  # "sont des enfants"
            break
    return "total"
