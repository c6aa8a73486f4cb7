"""Numbers that count something: "at least 53 soldiers", "two dozen", "a woman and her two children", "another 20".

The grammar is the same in every language; the words come from the language file.
"""

from __future__ import annotations

import re

import msgspec

from conflict_dedup.extract.document import Document, Mark
from conflict_dedup.lexicon.language import EFFECT_GROUPS
from conflict_dedup.model import Bound

DIGITS = re.compile(r"\d")
CURRENCY = frozenset("$€£¥₦₹₱₽")
SPACES = frozenset(" \u00a0\u202f\u2009")
MODIFIERS = 7
"""How many tokens may stand between a number and the noun that it counts ("12 heavily armed Malian army soldiers")."""
MODIFIERS_ONE = 5
VAGUE_UNTIL = 40
MANY = 3_000_000


class Value(msgspec.Struct, frozen=True):
    """A number read from tokens ``[start, end)``: what it says and how it is written."""

    start: int
    end: int
    value: int
    style: str  # digits, words, vague, fixed, approximate, one
    plain: bool = True  # False for 1.5 or 3rd, which count nothing


class Quantity(msgspec.Struct):
    """A number with its bound and the noun that it counts. Token offsets; ``end`` is the end of the noun phrase."""

    start: int
    number: int
    number_end: int
    end: int
    value: int
    low: int | None
    high: int | None
    bound: Bound
    style: str
    kind: str  # person, bare, unknown, unit, one
    category: str
    unit: str = ""
    determiner: str = ""
    more: bool = False
    of_them: bool = False
    head: int = -1
    shape: str = ""  # what stands right after the noun phrase


def find(doc: Document) -> list[Quantity]:
    """Every quantity of the document, in order, without those that measure, date or pay."""
    found: list[Quantity] = []
    low = doc.low
    skip = doc.dated
    sets = doc.language.sets
    at_det = doc.at.get("det", {})
    sentence_of, effect_sentences = doc.sentence_of, doc.effect_sentences
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
    for i in sorted({*doc.numerals, *doc.quantity_starts}):
        if i < reached or i in skip:
            continue
        token = low[i]
        first = token[0]
        q: Quantity | None = None
        if first.isdecimal() or token in numbers or i in fixed or i in vague or i in numeral:
            if token in articles and i not in fixed and i not in vague:
                q = single(doc, i, 1, "article")
            else:
                q = counted(doc, i)
        if q is None and i in at_det and sentence_of[i] in effect_sentences and i not in fixed and i not in phrased:
            mark = at_det[i]
            q = single(doc, i, mark.end - mark.start, mark.tag.sign)
        if q is not None:
            inside = bool(found) and q.start < found[-1].end  # "three members of one family" counts three
            if q.kind != "skip" and not (inside and q.value == 1):
                q = with_kin(doc, q)
                found.append(q)
            reached = q.number_end
    return with_names(doc, found)


def value_at(doc: Document, i: int) -> Value | None:
    """The number that begins at token ``i``, if one does."""
    mark = doc.at.get("fixed", {}).get(i)
    if mark:
        if mark.tag.sign == "about":
            return Value(i, mark.end, mark.tag.value, "approximate")
        got = words_at(doc, i)
        if got and got.end > mark.end:
            return got
        return Value(i, mark.end, mark.tag.value, "fixed")
    mark = doc.at.get("vague", {}).get(i)
    if mark:
        return Value(i, mark.end, mark.tag.value, "vague")
    if doc.low[i][0].isdecimal():
        return digits_at(doc, i)
    return words_at(doc, i)


def digits_at(doc: Document, i: int) -> Value | None:
    """A number in figures: 53, 1,200 or 1.200 or 1 200 by language, 4.4 million, 3 dozen."""
    low = doc.low
    token = low[i]
    if not token[-1].isdecimal():
        return Value(i, i + 1, 0, "digits", plain=False)
    language = doc.language
    end = i + 1
    factor = 1.0
    plain = True
    if "," in token or "." in token:
        parts = re.split(r"[.,]", token)
        grouped = len(parts[0]) <= 3 and parts[0] != "0" and all(len(p) == 3 for p in parts[1:])
        marks = {c for c in token if c in ".,"}
        if (
            grouped
            and (
                marks == {language.thousands} or len(parts) > 2 or (len(marks) == 1 and language.thousands not in ".,")
            )
        ) or (grouped and marks == {","} and language.code != "fr"):
            number = float("".join(parts))
        elif len(parts) == 2:
            number = float(f"{parts[0]}.{parts[1]}")
            plain = False
        else:
            return Value(i, end, 0, "digits", plain=False)
    else:
        number = float(token) if len(token) < 12 else 0.0
        if len(token) <= 3 and token[0] != "0":
            while (
                end < len(low)
                and len(low[end]) == 3
                and low[end].isdecimal()
                and doc.stream[doc.finish[end - 1] : doc.begin[end]] in SPACES
                and doc.finish[end - 1] != doc.begin[end]
            ):
                if language.thousands == "," and doc.stream[doc.finish[end - 1]] == " ":
                    break  # English writes no space between thousands
                number = number * 1000 + float(low[end])
                end += 1
    while end < len(low):
        word = language.numbers.get(low[end])
        if word is None or word.kind not in ("multiplier", "hundred", "collective"):
            break
        if len(low[end]) == 1 and doc.finish[end - 1] != doc.begin[end]:
            break
        factor *= word.value
        plain = True
        end += 1
    if (
        end < len(low)
        and end == i + 1
        and low[end] == "-"
        and end + 1 < len(low)
        and low[end + 1] in ("million", "millones")
    ):
        return Value(i, end + 1, int(number * 1e6), "digits")
    number *= factor
    if not plain or number != int(number):
        return Value(i, end, 0, "digits", plain=False)
    return Value(i, end, int(number), "digits")


def words_at(doc: Document, i: int) -> Value | None:
    """A number in words: "fifty-three", "two hundred and twelve", "two dozen", "quatre-vingt-dix-huit"."""
    low = doc.low
    numbers = doc.language.numbers
    phrases = doc.at.get("number", {})
    joiners = doc.language.sets["joiners"]
    total = current = 0
    end = i
    kinds: list[str] = []
    while end < len(low):
        mark = phrases.get(end)
        if mark:
            kind, value, after = mark.tag.sign, mark.tag.value, mark.end
        elif low[end] in numbers:
            (kind, value), after = numbers[low[end]], end + 1
        else:
            if not kinds or low[end] not in joiners or end + 1 >= len(low):
                break
            follower = phrases.get(end + 1)
            entry = numbers.get(low[end + 1]) if follower is None else None
            next_kind = follower.tag.sign if follower else entry.kind if entry else ""
            if low[end] == "-" and doc.finish[end - 1] != doc.begin[end]:
                break
            if next_kind == "unit" and kinds[-1] in ("ten", "hundred", "multiplier") and current % 10 == 0:
                end += 1
                continue
            if next_kind == "ten" and kinds[-1] in ("hundred", "multiplier"):
                end += 1
                continue
            if next_kind in ("hundred", "multiplier", "collective") and low[end] == "-":
                end += 1
                continue
            break
        if kind == "unit":
            if kinds and (current % 10 != 0 or (0 < current % 100 < 20)):
                break
            if kinds and kinds[-1] == "unit":
                break
            current += value
        elif kind == "ten":
            if current % 100 != 0 or (kinds and kinds[-1] == "unit") or (value >= 100 and current):
                break
            current += value
        elif kind == "hundred":
            if current >= 10:
                break
            current = max(current, 1) * value
        elif kind == "multiplier":
            if len(low[end]) == 1:
                break
            total += max(current, 1) * value
            current = 0
        elif kind == "collective":
            if not kinds:
                break
            current = max(current, 1) * value
            kinds.append(kind)
            end = after
            break
        kinds.append(kind)
        end = after
    if not kinds or end == i:
        return None
    if kinds == ["multiplier"] or (kinds == ["hundred"] and doc.language.code == "en"):
        return None
    return Value(i, end, total + current, "words")


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
        revised = any(m.end == i and m.end - m.start > 1 for m in near_marks(doc, "sign.superseded", i))
        joins = ((low[end] not in sets["conjunction"] or opened) and not revised) or (
            low[end] in ("or", "ou", "o", "u") and not revised
        )
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
    if (i and doc.words[i - 1] in CURRENCY) or in_code(doc, i, end):
        q.kind = "skip"
        return q
    noun_phrase(doc, q, sentence_end)
    if q.kind == "bare" and is_age(doc, q):
        q.kind = "skip"
        return q
    if q.bound == "exact" and q.end > end:
        late = doc.at.get("after", {}).get(q.end)  # "onze personnes au moins"
        if late and late.end <= sentence_end and late.tag.sign != "about":
            q.bound, q.low, q.high = bounded(late.tag.sign, q.value)
            q.end = late.end
            q.shape = shape_after(doc, q.end, sentence_end)
    return q


def is_age(doc: Document, q: Quantity) -> bool:
    """Whether a number that counts nothing is an age: "aged 24 and 31", "under 15", "a boy of ten"; or an hour."""
    low, sets = doc.low, doc.language.sets
    aged = doc.language.aged
    k = q.start
    while k > 1 and (low[k - 1] == "," or low[k - 1] in sets["conjunction"]) and is_number(doc, k - 2):
        k -= 2
    if any(tuple(low[j - n : j]) in aged for j in {k, q.number} for n in (1, 2, 3, 4)):
        return True
    person = doc.at.get("person", {})
    return low[k - 1] == "of" and any(j in person and person[j].end == k - 1 for j in range(max(0, k - 4), k - 1))


def is_number(doc: Document, i: int) -> bool:
    """Whether a token is a number in figures or a number word."""
    return doc.low[i][0].isdecimal() or doc.low[i] in doc.language.numbers


CODE = frozenset("{}=<>\\@^")


def in_code(doc: Document, i: int, end: int) -> bool:
    """Whether a number is part of a name ("RN16", "C-60") or glued to signs of code ("{{7}}", "x=3")."""
    before = doc.stream[doc.begin[i] - 1 : doc.begin[i]]
    if doc.low[i][0].isdecimal() and (before.isalpha() or (before == "-" and i > 1 and is_code_name(doc, i))):
        return True
    after = doc.stream[doc.finish[end - 1] : doc.finish[end - 1] + 1]
    return before in CODE or after in CODE or (before in ("[", "]") and after in ("]", ";"))


CODE_LETTERS = 3


def is_code_name(doc: Document, i: int) -> bool:
    """Whether a number follows a hyphen and one to three capitals without a blank: "AK-47", "C-60"."""
    name = doc.words[i - 2]
    return doc.finish[i - 2] == doc.begin[i - 1] and len(name) <= CODE_LETTERS and name.isalpha() and name.isupper()


def near_marks(doc: Document, group: str, i: int) -> list[Mark]:
    """The marks of a group that begin within the six tokens before ``i``."""
    at = doc.at.get(group, {})
    return [at[k] for k in range(max(0, i - 6), i) if k in at]


def bound_before(doc: Document, i: int) -> Mark | None:
    """The bound phrase that ends right before token ``i`` (a determiner or a number's article may intervene)."""
    bounds = doc.at.get("bound")
    if bounds is None:
        return None
    sets = doc.language.sets
    for j in range(i - 1, i - 1 - BOUND_REACH, -1):
        mark = bounds.get(j)
        if mark is not None and i - 1 <= mark.end <= i and doc.sentence_of[j] == doc.sentence_of[i]:
            before = doc.low[i - 1]
            if mark.end == i or before in sets["definite"] or before in sets["article"] or before in ("de", "a"):
                return mark
    return None


BOUND_REACH = 5
"""A bound begins at most so many tokens before its number: "up to", "not less than"."""


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


def noun_phrase(doc: Document, q: Quantity, sentence_end: int) -> None:
    """Finds what the number counts: a person noun (with its category), a unit, something unknown, or nothing."""
    low = doc.low
    sets = doc.language.sets
    people, person, units = doc.at.get("people", {}), doc.at.get("person", {}), doc.at.get("unit", {})
    more, pronoun, preposition = sets["more"], sets["pronoun"], sets["preposition"]
    conjunction, relative, aux = sets["conjunction"], sets["relative"], sets["aux"]
    j = q.end
    limit = min(sentence_end, j + MODIFIERS)
    unknown = 0
    seen_of = False
    if j < sentence_end and low[j] == "-" and doc.finish[j - 1] == doc.begin[j] and j + 1 < sentence_end:
        mark = units.get(j + 1)
        q.kind, q.unit, q.end = "unit", (mark.tag.sign if mark else "compound"), j + 2
        q.shape = "unit"
        if mark and mark.tag.sign == "time":  # "a 12-year-old girl" is found from its article
            return
        return
    k = j
    while k < limit:
        token = low[k]
        mark = people.get(k) or (person.get(k) if q.value == 1 or doc.language.code != "en" else None)
        unit = units.get(k)
        if mark and unit and unit.end > mark.end:
            mark = None
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
            if q.category == "total" and follower is None:
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
        if token in (
            "of",
            "de",
            "d",
            "des",
            "do",
            "da",
            "dos",
            "das",
            "del",
            "'",
            "os",
            "los",
            "las",
            "as",
            "les",
            "la",
            "o",
            "el",
            "le",
        ) or (token in sets["definite"]):
            if token in ("of", "de", "d", "dos", "das"):
                if seen_of:
                    break
                seen_of = True
            k += 1
            continue
        if token in pronoun:
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
        if (
            token in preposition
            or token in relative
            or token in aux
            or token[0].isdecimal()
            or token in doc.language.numbers
        ):
            break
        if k in doc.at.get("det", {}) and doc.at["det"][k].tag.sign == "article":
            break
        effect = doc.effect_at.get(k)
        if effect:
            if effect.tag.sign in ("adj", "noun") or "adj" in doc.effect_roles[k]:
                k = effect.end
                continue
            break
        unknown += 1
        k += 1
    if q.kind == "bare" and unknown and k > j:
        q.kind = "unknown"
    if q.category == "total" and q.kind in ("bare", "person"):
        q.category = predicated(doc, q, sentence_end)
    q.shape = shape_after(doc, q.end, sentence_end)


PREDICATE_TOKENS = 3
"""What a figure is said to be stands at most so many tokens after the verb."""


def predicated(doc: Document, q: Quantity, sentence_end: int) -> str:
    """Whom a figure counts that is said to be something: "six of the dead were children", "four of them women"."""
    k = q.end
    auxiliaries = doc.language.sets["aux"]
    while k < sentence_end and doc.low[k] in auxiliaries:
        k += 1
    if k == q.end and not q.of_them:
        return "total"
    people = doc.at.get("people", {})
    for j in range(k, min(k + PREDICATE_TOKENS, sentence_end)):
        mark = people.get(j)
        if mark:
            return mark.tag.sign
        if j in doc.effect_at or not doc.low[j][0].isalnum() or doc.low[j] in doc.language.sets["preposition"]:
            break
    return "total"


def shape_after(doc: Document, i: int, sentence_end: int) -> str:
    """The class of the token after a noun phrase, a feature of the decision."""
    if i >= sentence_end:
        return "end"
    token = doc.low[i]
    if i in doc.effect_at:
        return "effect"
    name = doc.language.shapes.get(token)
    if name is not None:
        return name
    if not token[0].isalnum():
        return token if token in (",", ".", ":", ";", "(", ")", "-", "'") else "mark"
    return "word"


def single(doc: Document, i: int, width: int, sign: str) -> Quantity | None:
    """One victim: "a French Army officer", "a 12-year-old girl", "another civilian", "the bomber"."""
    low = doc.low
    number = doc.sentence_of[i]
    if number not in doc.effect_sentences or (sign != "ordinal" and number not in doc.sentences_with("person")):
        return None
    sentence = doc.sentences[number]
    person, units = doc.at.get("person", {}), doc.at.get("unit", {})
    if i in units and units[i].tag.sign == "crowd":
        return None  # "la policía" is an institution
    sets = doc.language.sets
    k = i + width
    limit = min(sentence.end, k + MODIFIERS_ONE)
    noun_first = doc.language.code != "en"
    while k < limit:
        token = low[k]
        if k in doc.at.get("det", {}) and doc.at["det"][k].tag.sign == "article":
            break
        mark = person.get(k)
        if mark and noun_first and k > i + width and (k - i - width > 1 or not_a_modifier(doc, k - 1)):
            break  # "un camp militaire": the noun stands first, and is no person
        if mark:
            nxt = person.get(mark.end)
            category = mark.tag.sign
            if (
                nxt
            ):  # "a student leader": the last noun is the head, the first tells the category where it is the narrower
                mark = nxt
                category = nxt.tag.sign if nxt.tag.sign != "total" else category
            end = mark.end
            return Quantity(
                i,
                i,
                i + width,
                end,
                1,
                1,
                1,
                "exact",
                "one",
                "one",
                category,
                determiner=sign,
                head=mark.start,
                shape=shape_after(doc, end, sentence.end),
            )
        if (
            k in doc.at.get("people", {})
            and doc.language.code == "en"
            and low[k] not in ("police", "military", "army", "security")
        ):
            return None
        if token[0].isdecimal() or token == "-" or (k in units and units[k].tag.sign == "time"):
            k += 1
            limit = min(sentence.end, limit + 1)
            continue
        if (
            not token[0].isalnum()
            or token in sets["conjunction"]
            or token in sets["preposition"]
            or token in sets["aux"]
            or token in sets["relative"]
        ):
            break
        effect = doc.effect_at.get(k)
        if effect and "adj" not in doc.effect_roles[k]:
            break
        k += 1
    if sign == "ordinal" and width > 0:
        # "wounded a third": a bare ordinal that stands for one person
        after = low[i + width] if i + width < sentence.end else "."
        if (
            not after[0].isalnum()
            or after in sets["conjunction"]
            or after in sets["preposition"]
            or after in sets["aux"]
        ) and width > 1:
            return Quantity(
                i,
                i,
                i + width,
                i + width,
                1,
                1,
                1,
                "exact",
                "one",
                "bare",
                "total",
                determiner=sign,
                shape=shape_after(doc, i + width, sentence.end),
            )
    return None


def with_names(doc: Document, found: list[Quantity]) -> list[Quantity]:
    """Adds victims who are named and not counted: "Inspector Flores died", "the murder of Hamid Noor"."""
    taken = {k for q in found for k in range(q.start, q.end)}
    named: list[Quantity] = []
    for group in EFFECT_GROUPS:
        for mark in doc.marks.get(group, ()):
            q = None
            if mark.tag.sign in ("pas", "amb"):
                q = subject(doc, mark)
            elif mark.tag.sign == "act" and doc.low[mark.end - 1] in OF and mark.end < len(doc.low):
                q = named_at(doc, mark.end)
            if q is not None and not any(k in taken for k in range(q.start, q.end)):
                for o in [o for o in found if o.value == 1 and q.end < o.start and o.end <= mark.start]:
                    # "Hamid Noor, a shopkeeper, was shot dead": one man
                    q.end, q.category, q.shape = o.end, o.category, o.shape
                    found.remove(o)
                taken.update(range(q.start, q.end))
                named.append(q)
    return sorted([*found, *named], key=lambda q: q.start) if named else found


OF = frozenset(("of", "de", "d", "du", "del", "do", "da", "a", "'"))
NAME_WORDS = 7


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
        return one(doc, k, k + 1, "pronoun", sentence.end)
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
        and (words[k][0].isupper() or low[k] in ("-", "al", "de", "bin", "'"))
        and end - k <= NAME_WORDS
        and not is_ordinary(doc, k)
    ):
        k -= 1
    start = k + 1
    while start < end and not words[start][0].isupper():
        start += 1
    if end - start < 2:
        return None
    return one(doc, start, end, "name", sentence.end)


def is_ordinary(doc: Document, k: int) -> bool:
    """In a text of capitals every word looks like a name: those that the lexicon knows are none."""
    if not doc.upper:
        return False
    return (
        any(k in doc.at.get(g, {}) for g in ("people", "unit", "det", "place.kind", "when"))
        or doc.low[k] in doc.language.not_place
        or k in doc.effect_at
    )


def named_at(doc: Document, i: int) -> Quantity | None:
    """The person named at token ``i``, after "the murder of"."""
    sentence = doc.sentences[doc.sentence_of[i]]
    j = i
    while (
        j < sentence.end
        and (doc.words[j][0].isupper() or doc.low[j] in ("-", "."))
        and j - i < NAME_WORDS
        and not is_ordinary(doc, j)
    ):
        j += 1
    while j > i and not doc.words[j - 1][0].isalnum():
        j -= 1
    if j - i < 2 or i in doc.at.get("det", {}):
        return None
    return one(doc, i, j, "named", sentence.end)


def one(doc: Document, start: int, end: int, sign: str, sentence_end: int) -> Quantity:
    """A quantity of one for the person at tokens ``[start, end)``."""
    person = [doc.at["person"][k] for k in range(start, end) if k in doc.at.get("person", {})]
    category = person[0].tag.sign if person else "total"
    return Quantity(
        start,
        start,
        end,
        end,
        1,
        1,
        1,
        "exact",
        "one",
        "one",
        category,
        determiner=sign,
        head=end - 1,
        shape=shape_after(doc, end, sentence_end),
    )


NOUN_GROUPS = ("unit", "place.kind", "event.bombing", "event.armed_attack", "event.shelling", "event.battle", "people")


def not_a_modifier(doc: Document, k: int) -> bool:
    """Whether a token is a noun of its own, so that what follows only describes it."""
    return any(k in doc.at.get(group, {}) for group in NOUN_GROUPS) or doc.low[k] in doc.language.not_place


def past_name(doc: Document, k: int, stop: int) -> int:
    """Past a name and an age in apposition: "a shopkeeper, Hamid Noor, 34, and his son"."""
    j = k
    if j + 2 < stop and doc.low[j] == "," and doc.words[j + 1][0].isupper():
        j += 1
        while j < stop and (doc.words[j][0].isupper() or doc.low[j] in ("-", "'", "al", "de", "bin")):
            j += 1
        if j + 1 < stop and doc.low[j] == "," and doc.low[j + 1].isdecimal():
            j += 2
        while j < stop and doc.low[j] in doc.language.date_units:
            j += 1
        if j + 1 < stop and (doc.low[j] == "," or doc.low[j] in doc.language.sets["conjunction"]):
            return j
    return k


def with_kin(doc: Document, q: Quantity) -> Quantity:
    """Adds the kin named with a single victim: "a woman and her two children" counts three."""
    if q.style != "one" or q.head < 0:
        return q
    low = doc.low
    sets = doc.language.sets
    kin, kin1 = doc.at.get("kin", {}), doc.at.get("kin1", {})
    end = q.end
    value = q.value
    stop = doc.sentences[doc.sentence_of[q.start]].end
    while end + 1 < stop:
        k = past_name(doc, end, stop)
        if low[k] == "," and k + 1 < stop:
            k += 1
        if low[k] in sets["conjunction"]:
            k += 1
        if k == end or k >= stop or low[k] not in sets["possessive"] or low[k] == "'s":
            break
        k += 1
        extra = 1
        if k < stop and k not in kin and k not in kin1:
            number = value_at(doc, k)
            if number and number.plain and 0 < number.value < VAGUE_UNTIL:
                extra, k = number.value, number.end
            elif k + 1 < stop and (k + 1 in kin or k + 1 in kin1):
                k += 1
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
        if not mark:
            break
        value += extra
        end = mark.end
    if value > q.value:
        q.value = value
        q.low = q.high = value
        q.end = end
        q.number_end = end
        q.kind = "person"
        q.category = "total" if q.category in ("women", "children", "total") else q.category
        q.shape = shape_after(doc, end, stop)
    return q
