"""Numbers as they are written, in figures and in words: 1,200, 4.4 million, "fifty-three", "two dozen".

And what becomes of them: the quantity, which has a bound and counts something (see ``quantities`` and ``singles``).
"""

from __future__ import annotations

import re

import msgspec

from conflict_dedup.extract.document import Document
from conflict_dedup.model import Bound

LARGEST = 1e15
"""What is larger counts nothing: "1,000,000,000,000,000,000"."""
SPACES = frozenset(" \u00a0\u202f\u2009")


class Value(msgspec.Struct, frozen=True):
    """A number read from tokens ``[start, end)``: what it says and how it is written."""

    start: int
    end: int
    value: int
    style: str  # digits, words, vague, fixed, approximate, one
    plain: bool = True  # False for 1.5 or 3rd, which count nothing


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
        if grouped and (len(parts) > 2 or token[len(parts[0])] in language.thousands):
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
    if end == i + 1 and end + 1 < len(low) and low[end] == "-":  # "4-million"
        word = language.numbers.get(low[end + 1])
        if word is not None and word.kind == "multiplier" and len(low[end + 1]) > 1 and number <= LARGEST:
            return Value(i, end + 1, int(number * word.value), "digits")
    number *= factor
    if not plain or number > LARGEST or number != int(number):
        return Value(i, end, 0, "digits", plain=False)
    return Value(i, end, int(number), "digits")


def words_at(doc: Document, i: int) -> Value | None:
    """A number in words: "fifty-three", "two hundred and twelve", "two dozen", "quatre-vingt-dix-huit"."""
    low = doc.low
    numbers = doc.language.numbers
    phrases = doc.at.get("number", {})
    joiners = doc.language.sets["joiners"]
    stop = doc.sentences[doc.sentence_of[i]].end
    total = current = 0
    end = i
    kinds: list[str] = []
    while end < stop:
        mark = phrases.get(end)
        if mark:
            kind, value, after = mark.tag.sign, mark.tag.value, mark.end
        elif low[end] in numbers:
            (kind, value), after = numbers[low[end]], end + 1
        else:
            if not kinds or low[end] not in joiners or end + 1 >= stop:
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
    if kinds == ["multiplier"] or (kinds == ["hundred"] and not doc.language.hundred_alone):
        return None
    return Value(i, end, total + current, "words")


def is_number(doc: Document, i: int) -> bool:
    """Whether a token is a number in figures or a number word."""
    return doc.low[i][0].isdecimal() or doc.low[i] in doc.language.numbers


class Quantity(msgspec.Struct):
    """A number with its bound and the noun that it counts. Token offsets; ``end`` is the end of the noun phrase.

    ``whole_end`` is the end of the number of which it is a part, where that counts nobody: "six of the 40 passengers
    were killed".
    """

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
    whole_end: int = 0


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
