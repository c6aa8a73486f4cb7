"""Twins: candidates of different articles that say the same, as those of exact copies do.

All comparisons of one are those of the other, so that twins are scored, and join others, as one candidate that counts
as often as there are twins. An article that is in a folder a thousand times costs no half million pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from conflict_dedup.match.features import Features

FOLDED_FROM = 30
"""Fewer candidates are scored in full: 435 pairs take some three milliseconds."""

Score = Callable[[Features, Features], float]


def fold_twins(members: Sequence[Features], score: Score, least_bits: float) -> list[list[Features]]:
    """The candidates, twins together; most stand alone.

    Twins are put together where average linkage would join them before anything else: where they score at least
    ``least_bits`` with one another, and none of them scores better with any other candidate.

    Args:
        members: Candidates of one component, in their order.
        score: Scores a pair, in bits.
        least_bits: The least score at which two candidates alone are joined.

    Returns:
        Each candidate once, no two of one article together, in the order of the first of each list.
    """
    if len(members) < FOLDED_FROM:
        return [[f] for f in members]
    alike: dict[object, list[Features]] = defaultdict(list)
    for f in members:
        alike[f.content()].append(f)
    if len(alike) == len(members):
        return [[f] for f in members]
    folded: list[list[Features]] = []
    for twins in alike.values():
        own = next((score(twins[0], f) for f in twins if f.article != twins[0].article), least_bits - 1)
        if own >= least_bits and all(score(twins[0], f[0]) <= own for f in alike.values() if f is not twins):
            folded += _one_an_article(twins)
        else:
            folded += [[f] for f in twins]
    folded.sort(key=lambda twins: twins[0].index)
    return folded


def _one_an_article(twins: list[Features]) -> list[list[Features]]:
    """Twins in as many lists as one article has of them at most: the first of each article, then the second."""
    lists: list[list[Features]] = []
    told: dict[int, int] = defaultdict(int)
    for f in twins:
        n = told[f.article]
        told[f.article] += 1
        if n == len(lists):
            lists.append([])
        lists[n].append(f)
    return lists
