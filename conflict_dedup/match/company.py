"""A second look at a pair: beside what else either of the two may be joined with.

The first look (``scoring``) weighs two candidates as if there were no others. But one incident of an article is the
other's counterpart, so that a better counterpart in the same article speaks against a pair; and a third report that
goes with both speaks for it, one that goes with the one and not with the other against it. (Collective entity
resolution, Bhattacharya and Getoor 2007; as a stacked model, Kou and Cohen 2007, "Stacked graphical models": the first
look's scores are what the second one sees.) The levels of the comparisons weigh in once more, for the first look sums
them as if they were independent.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from conflict_dedup.match.features import Corpus, Features
from conflict_dedup.match.scoring import LEAST_BITS, MOST_BITS, Scorer, SecondLook
from conflict_dedup.model import Comparison, Pair

OPEN_BITS = -4.0
"""Pairs that the first look scores no higher are not looked at again: one in thirty pairs of one incident."""

CLEAR_BITS = 6.0
"""Pairs that the first look scores higher are not looked at again either: their bits are shortened as those of others
are (``SecondLook.clear``)."""

LEAST_RUN = 30
"""In a run of fewer candidates nothing is looked at again: that a pair has no rival there says nothing."""

STRONGEST = 8
"""Of what a candidate may be joined with, so many count as third reports at most."""

MARGINS = (-8, -4, -2, 0, 2, 4, 8)
MARGIN_LEVELS = ("behind_8", "behind_4", "behind_2", "behind", "ahead", "ahead_2", "ahead_4", "ahead_8")
"""How many bits a pair is ahead of, or behind, the next best."""

THIRDS = (-2, 0, 2, 4, 8)
THIRD_LEVELS = ("against_2", "against", "for", "for_2", "for_4", "for_8")
"""What the weaker of a third report's two scores says."""

DIVIDED_BITS = -3.0
"""A third report goes with one of the two and not with the other if it scores above 0 with the one, below this with
the other."""

COUNTS = ("0", "1", "2", "3")
MOST_COUNTED = 3
TOLD = ("2", "3", "4", "5", "6")
MOST_TOLD = 4

ALONE = "none"

CONTEXT: dict[str, tuple[str, ...]] = {
    "rival": (ALONE, *MARGIN_LEVELS),
    "lesser_rival": (ALONE, *MARGIN_LEVELS),
    "other": (ALONE, *MARGIN_LEVELS),
    "lesser_other": (ALONE, *MARGIN_LEVELS),
    "third": (ALONE, *THIRD_LEVELS),
    "divider": (ALONE, *THIRD_LEVELS),
    "thirds": COUNTS,
    "dividers": COUNTS,
    "told": TOLD,
}
"""What surrounds a pair, with the levels of each.

``rival``: how far the pair is ahead of the best that either may be joined with in the other's article,
``lesser_rival``: of the less good of the two; ``other`` and ``lesser_other``: the same of all articles. ``third``: the
report that goes best with both, ``divider``: the one that goes best with one and not with the other; ``thirds`` and
``dividers``: how many there are. ``told``: how many incidents the two articles tell of.
"""

NOBODY = float("-inf")

Scored: TypeAlias = tuple[Features, Features, float, float]
"""Two candidates with what ``Scorer.looks`` says of them."""


class Company:
    """What each candidate may be joined with, by the first look.

    Attributes:
        scorer: the first look.
        second: the weights of the second look, None where there is none.
    """

    __slots__ = ("_context", "_members", "_ranked", "_scores", "scorer", "second")

    def __init__(self, corpus: Corpus, scorer: Scorer, scored: Iterable[Scored]) -> None:
        """Takes the blocked pairs."""
        self.scorer = scorer
        second = scorer.weights.second if len(corpus.features) >= LEAST_RUN else None
        self.second: SecondLook | None = second
        self._context: list[list[float]] = []
        if second is not None:
            self._context = [[second.bits[name][level] for level in levels] for name, levels in CONTEXT.items()]
        self._scores: list[dict[int, float]] = [{} for _ in corpus.features]
        self._members: dict[int, list[int]] = {}
        for f in corpus.features:
            self._members.setdefault(f.article, []).append(f.index)
        self._ranked: list[list[int]] = [[] for _ in corpus.features]
        if len(corpus.features) < LEAST_RUN:
            return
        for left, right, bits, _ in scored:
            self._scores[left.index][right.index] = bits
            self._scores[right.index][left.index] = bits
            if bits > OPEN_BITS:
                self._ranked[left.index].append(right.index)
                self._ranked[right.index].append(left.index)
        for scores, near in zip(self._scores, self._ranked, strict=True):
            near.sort(key=scores.__getitem__, reverse=True)  # among equals the order of the pairs stays
            del near[STRONGEST:]

    def bits(self, left: Features, right: Features) -> float:
        """The log-odds, in bits, after the second look; ``FORBIDDEN`` if the two must not be joined."""
        return self.again(left, right, *self.scorer.looks(left, right))

    def again(self, left: Features, right: Features, first: float, levels: float) -> float:
        """The same, of a pair with what ``Scorer.looks`` says of it."""
        second = self.second
        if second is None or first <= OPEN_BITS:
            return first
        if first > CLEAR_BITS:
            return second.clear + second.slope_for * first
        total: float = second.intercept + (second.slope_for if first > 0 else second.slope_against) * first
        total += levels + self._weigh_context(left, right, first)
        return max(LEAST_BITS, min(MOST_BITS, total))

    def _weigh_context(self, left: Features, right: Features, first: float) -> float:
        """What its surroundings weigh."""
        total = 0.0
        for weights, n in zip(self._context, self.surroundings(left, right, first), strict=True):
            total += weights[n]
        return total

    def surroundings(self, left: Features, right: Features, first: float) -> tuple[int, ...]:
        """What surrounds a pair with this score: by ``CONTEXT``, the number of the level."""
        rival, lesser_rival, other, lesser_other, third, divider, thirds, dividers = self._beside(left, right)
        told = len(self._members[left.article]) + len(self._members[right.article]) - 2
        return (
            ahead_of(first, rival),
            ahead_of(first, lesser_rival),
            ahead_of(first, other),
            ahead_of(first, lesser_other),
            third_level(third),
            third_level(divider),
            min(thirds, MOST_COUNTED),
            min(dividers, MOST_COUNTED),
            max(0, min(told, MOST_TOLD)),
        )

    def _beside(self, left: Features, right: Features) -> tuple[float, float, float, float, float, float, int, int]:
        """The scores that ``CONTEXT`` speaks of, ``NOBODY`` where there is none, and how many thirds and dividers."""
        a, b = left.index, right.index
        ours, theirs = self._scores[a], self._scores[b]
        one, two = self._best_in(ours, right), self._best_in(theirs, left)
        rival, lesser_rival = (one, two) if one > two else (two, one)
        one, two = self._best_but(a, b), self._best_but(b, a)
        other, lesser_other = (one, two) if one > two else (two, one)
        third = divider = NOBODY
        thirds = dividers = 0
        near = self._ranked[a]
        both = [k for k in near if k in theirs]
        both += [k for k in self._ranked[b] if k in ours and k not in near]
        for k in both:
            x, y = ours[k], theirs[k]
            weaker, stronger = (x, y) if x < y else (y, x)
            third = max(third, weaker)
            if weaker > 0:
                thirds += 1
            elif stronger > 0 and weaker < DIVIDED_BITS:
                dividers += 1
                divider = max(divider, stronger)
        return rival, lesser_rival, other, lesser_other, third, divider, thirds, dividers

    def _note(self, left: Features, right: Features) -> str:
        """What surrounds a pair, in words."""
        rival, _, other, _, _, _, thirds, dividers = self._beside(left, right)
        best = [
            f"{score:+.1f} bits {where}"
            for score, where in ((rival, "in the other's article"), (other, "anywhere"))
            if score != NOBODY
        ]
        matches = "the next best match of either: " + ", ".join(best) if best else "no other match of either"
        return f"{matches}; third reports that go with both: {thirds}, with one alone: {dividers}"

    def levels(self, left: Features, right: Features, first: float) -> dict[str, str]:
        """The levels of ``CONTEXT`` of a pair with this score."""
        numbers = self.surroundings(left, right, first)
        return {name: levels[n] for (name, levels), n in zip(CONTEXT.items(), numbers, strict=True)}

    def pair(self, left: Features, right: Features) -> Pair:
        """The first look's comparisons, and what the second one adds: the company of the pair, and a correction."""
        pair = self.scorer.pair(left, right)
        second = self.second
        first, levels = self.scorer.looks(left, right)
        if second is None or first <= OPEN_BITS:
            return pair
        temper = self.scorer.weights.temper  # the printed bits are multiplied by it
        total = self.again(left, right, first, levels)
        company = 0.0
        rows = pair.comparisons
        summed = sum([c.bits for c in rows])
        if first <= CLEAR_BITS:
            company = self._weigh_context(left, right, first)
            bits = round(company / temper, 2)
            rows += (Comparison(name="company", level="beside_others", bits=bits, note=self._note(left, right)),)
        bits = round((total - company) / temper - summed, 2)
        note = "the comparisons overlap: what they weigh together"
        rows += (Comparison(name="second_look", level="correction", bits=bits, note=note),)
        return msgspec.structs.replace(pair, bits=round(total, 3), comparisons=rows)

    def _best_in(self, scores: dict[int, float], counterpart: Features) -> float:
        """The best score with another candidate of the counterpart's article."""
        best = OPEN_BITS
        for k in self._members[counterpart.article]:
            if k != counterpart.index and k in scores and scores[k] > best:
                best = scores[k]
        return best if best > OPEN_BITS else NOBODY

    def _best_but(self, one: int, counterpart: int) -> float:
        """The best score of a candidate with any other than the counterpart, both by their indices."""
        for k in self._ranked[one]:
            if k != counterpart:
                return self._scores[one][k]
        return NOBODY


def ahead_of(first: float, best: float) -> int:
    """How far a score is ahead of another: the number of the level."""
    return 0 if best == NOBODY else 1 + bisect_right(MARGINS, first - best)


def third_level(bits: float) -> int:
    """What a third report says: the number of the level."""
    return 0 if bits <= OPEN_BITS else 1 + bisect_right(THIRDS, bits)
