"""Sentences that give each figure a place, or a day, of its own: "12 in Bokkos, nine in Mangu and four in Jos".

Counted in words, "nine" is as far from the place before it as from its own. What tells is the list: figures and places
take turns, and a comma, a colon, a semicolon or a conjunction stands between one member and the next, but not within.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

import msgspec

from conflict_dedup.extract.document import Document

BREAKS = frozenset((",", ";", ":"))
"""Signs between the members of a list; the conjunctions of its language are others."""


class Phrase(Protocol):
    """What stands at tokens ``[start, end)``: a figure, a place or a date."""

    start: int
    end: int


class Counted(msgspec.Struct, gc=False):
    """A figure at tokens ``[start, end)`` and its effect."""

    start: int
    end: int
    effect: str


A = TypeVar("A", bound=Phrase)
B = TypeVar("B", bound=Phrase)


def of_each(doc: Document, figures: Sequence[Counted], marks: Sequence[B]) -> dict[int, list[B]]:
    """By a figure's first token, the places (or dates) that a list gives it; empty for a sentence that lists nothing.

    All members of a list have their figures before their places ("12 in Bokkos") or all after ("in Bokkos 12"). Of two
    figures of one effect before a place the first may count all: "21 died, nine in Mangu". Figures and places come in
    the order of the text.
    """
    if len(figures) < 2 or len(marks) < 2:
        return {}
    before = turns(figures, marks)
    if before[-1][1] and is_list(doc, before):
        return {f.start: places for found, places in before for f in {f.effect: f for f in found}.values()}
    if figures[0].start < marks[0].start:
        return {}
    after = turns(marks, figures)
    if not after[-1][1]:  # "..., the army said in Jos"
        after.pop()
    return {f.start: places for places, found in after for f in found} if is_list(doc, after) else {}


def turns(first: Sequence[A], second: Sequence[B]) -> list[tuple[list[A], list[B]]]:
    """Phrases of one kind and those of the other that follow: a turn begins with each of the first kind after these.

    What stands before all of the first kind is in no turn; those that follow the last may be none.
    """
    found: list[tuple[list[A], list[B]]] = []
    k = 0
    for phrase in first:
        follow: list[B] = []
        while k < len(second) and second[k].start < phrase.start:
            follow.append(second[k])
            k += 1
        if follow and found:
            found[-1][1].extend(follow)
        if follow or not found:
            found.append(([], []))
        found[-1][0].append(phrase)
    found[-1][1].extend(second[k:])
    return found


def is_list(doc: Document, members: list[tuple[list[A], list[B]]]) -> bool:
    """Whether something parts each member from the next, and nothing the two halves of one.

    But a comma or a colon may stand right after the first half: "in Gao, 12 died; in Kidal, nine".
    """
    return (
        len(members) > 1
        and not any(parted(doc, past_comma(doc, left[-1].end), right[0].start) for left, right in members)
        and all(parted(doc, one[1][-1].end, other[0][0].start) for one, other in pairwise(members))
    )


def past_comma(doc: Document, i: int) -> int:
    """The token after a comma or a colon, or the token itself where it is none."""
    return i + 1 if doc.low[i] in (",", ":") else i


def parted(doc: Document, start: int, end: int) -> bool:
    """Whether something that parts the members of a list stands in ``[start, end)``."""
    conjunctions = doc.language.sets["conjunction"]
    return any(word in BREAKS or word in conjunctions for word in doc.low[start:end])
