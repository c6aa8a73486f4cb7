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

from conflict_dedup.match.comparisons import COMPARISONS, MISSING
from conflict_dedup.match.features import Corpus, Features
from conflict_dedup.match.scoring import LEAST_BITS, MOST_BITS, Scorer, SecondLook
from conflict_dedup.model import Comparison, Pair

OPEN_BITS = -6.0
"""Pairs that the first look scores no higher are not looked at again: one in sixty pairs of one incident."""

LEAST_RUN = 30
"""In a run of fewer candidates nothing is looked at again: that a pair has no rival there says nothing."""

STRONGEST = 20
"""Of what a candidate may be joined with, so many count as third reports at most."""

MARGINS = (-8.0, -4.0, -2.0, 0.0, 2.0, 4.0, 8.0)
MARGIN_LEVELS = ("behind_8", "behind_4", "behind_2", "behind", "ahead", "ahead_2", "ahead_4", "ahead_8")
"""How many bits a pair is ahead of, or behind, the next best."""

THIRDS = (-4.0, -2.0, 0.0, 2.0, 4.0, 8.0)
THIRD_LEVELS = ("against_4", "against_2", "against", "for", "for_2", "for_4", "for_8")
"""What the weaker of a third report's two scores says."""

DIVIDED_BITS = -3.0
"""A third report goes with one of the two and not with the other if it scores above 0 with the one, below this with
the other."""

COUNTS = ("0", "1", "2", "3")
TOLD = ("2", "3", "4", "5", "6")

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


class Company:
    """What each candidate may be joined with, by the first look.

    Attributes:
        scorer: the first look.
        second: the weights of the second look, None where there is none.
    """

    __slots__ = ("_members", "_ranked", "_scores", "scorer", "second")

    def __init__(self, corpus: Corpus, scorer: Scorer, scored: Iterable[tuple[Features, Features, float]]) -> None:
        """Takes the blocked pairs with what the first look scored."""
        self.scorer = scorer
        self.second: SecondLook | None = scorer.weights.second if len(corpus.features) >= LEAST_RUN else None
        self._scores: list[dict[int, float]] = [{} for _ in corpus.features]
        self._members: dict[int, list[int]] = {}
        for f in corpus.features:
            self._members.setdefault(f.article, []).append(f.index)
        self._ranked: list[list[int]] = [[] for _ in corpus.features]
        if len(corpus.features) < LEAST_RUN:
            return
        for left, right, bits in scored:
            self._scores[left.index][right.index] = bits
            self._scores[right.index][left.index] = bits
            if bits > OPEN_BITS:
                self._ranked[left.index].append(right.index)
                self._ranked[right.index].append(left.index)
        for scores, near in zip(self._scores, self._ranked, strict=True):
            near.sort(key=lambda k, scores=scores: (-scores[k], k))  # type: ignore[misc]
            del near[STRONGEST:]

    def bits(self, left: Features, right: Features) -> float:
        """The log-odds, in bits, after the second look; ``FORBIDDEN`` if the two must not be joined."""
        return self.again(left, right, self.scorer.bits(left, right))

    def again(self, left: Features, right: Features, first: float) -> float:
        """The same, of a pair that the first look has scored."""
        second = self.second
        if second is None or first <= OPEN_BITS:
            return first
        total = second.intercept + (second.slope_for if first > 0 else second.slope_against) * first
        corpus = self.scorer.corpus
        for rule in COMPARISONS:
            level = rule.level(left, right, corpus)
            if level != MISSING:
                total += second.bits[rule.name][level]
        for name, level in self.levels(left, right, first).items():
            total += second.bits[name][level]
        return min(MOST_BITS, max(LEAST_BITS, total))

    def levels(self, left: Features, right: Features, first: float) -> dict[str, str]:
        """The levels of ``CONTEXT`` of a pair with this score."""
        ours, theirs = self._scores[left.index], self._scores[right.index]
        rivals = self._best_in(ours, right), self._best_in(theirs, left)
        others = self._best_but(left, right), self._best_but(right, left)
        third = divider = NOBODY
        thirds = dividers = 0
        for k in dict.fromkeys(self._ranked[left.index] + self._ranked[right.index]):
            if k in (left.index, right.index):
                continue
            if k not in ours or k not in theirs:
                continue  # in a large run not every pair is compared
            a, b = ours[k], theirs[k]
            weaker, stronger = (a, b) if a < b else (b, a)
            third = max(third, weaker)
            if weaker > 0:
                thirds += 1
            elif weaker < DIVIDED_BITS and stronger > 0:
                dividers += 1
                divider = max(divider, stronger)
        told = len(self._members[left.article]) + len(self._members[right.article])
        return {
            "rival": ahead_of(first, max(rivals)),
            "lesser_rival": ahead_of(first, min(rivals)),
            "other": ahead_of(first, max(others)),
            "lesser_other": ahead_of(first, min(others)),
            "third": third_level(third),
            "divider": third_level(divider),
            "thirds": COUNTS[min(thirds, len(COUNTS) - 1)],
            "dividers": COUNTS[min(dividers, len(COUNTS) - 1)],
            "told": TOLD[min(max(told, 2) - 2, len(TOLD) - 1)],
        }

    def pair(self, left: Features, right: Features) -> Pair:
        """The first look's comparisons, and what the second one adds: the company of the pair, and a correction."""
        pair = self.scorer.pair(left, right)
        second = self.second
        first = self.scorer.bits(left, right)
        if second is None or first <= OPEN_BITS:
            return pair
        levels = self.levels(left, right, first)
        total = self.again(left, right, first)
        temper = self.scorer.weights.temper  # the printed bits are multiplied by it
        company = sum([second.bits[name][level] for name, level in levels.items()])
        summed = sum([c.bits for c in pair.comparisons])
        rows = (
            Comparison(
                name="company",
                level="context",
                bits=round(company / temper, 2),
                note=", ".join(f"{name} {level}" for name, level in levels.items()),
            ),
            Comparison(
                name="second_look",
                level="correction",
                bits=round((total - company) / temper - summed, 2),
                note="the comparisons overlap: what they weigh beside one another",
            ),
        )
        return Pair(
            left=pair.left,
            right=pair.right,
            bits=round(total, 3),
            comparisons=(*pair.comparisons, *rows),
            forbidden=pair.forbidden,
        )

    def _best_in(self, scores: dict[int, float], counterpart: Features) -> float:
        """The best score with another candidate of the counterpart's article."""
        best = NOBODY
        for k in self._members[counterpart.article]:
            if k != counterpart.index:
                best = max(best, scores.get(k, NOBODY))
        return best if best > OPEN_BITS else NOBODY

    def _best_but(self, one: Features, counterpart: Features) -> float:
        """The best score with any other candidate than the counterpart."""
        for k in self._ranked[one.index][:2]:
            if k != counterpart.index:
                return self._scores[one.index][k]
        return NOBODY


def ahead_of(first: float, best: float) -> str:
    """How far a score is ahead of another."""
    return ALONE if best == NOBODY else MARGIN_LEVELS[bisect_right(MARGINS, first - best)]


def third_level(bits: float) -> str:
    """What a third report says."""
    return ALONE if bits <= OPEN_BITS else THIRD_LEVELS[bisect_right(THIRDS, bits)]
