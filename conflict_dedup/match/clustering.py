"""From scored pairs to clusters that hold together as a whole.

Average linkage: the two clusters are joined whose members agree best on the average over *all* pairs between them, as
long as that average speaks for it and no pair between them is forbidden. So one strong bridge does not chain two
attacks on the same town: every member of one is held against every member of the other.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from conflict_dedup.match.features import Features
from conflict_dedup.match.scoring import FORBIDDEN, probability

LARGEST_FULL_COMPONENT = 250
"""In a connected component up to this size every pair is scored; in a larger one only the blocked pairs are."""

UNSCORED_BITS = -4.0
"""What a pair counts that blocking never brought together, in a component too large to score in full."""

REMEMBERED_BITS = -6.0
"""Weaker scores are not kept: should their component need them, they are worked out again."""

Score = Callable[[Features, Features], float]


def cluster(
    features: Sequence[Features],
    scored: Iterable[tuple[Features, Features, float]],
    score: Score,
    joining_bits: float,
) -> list[tuple[list[Features], float]]:
    """Group the candidates.

    Args:
        features: All candidates, in an order that depends on their content alone.
        scored: The blocked pairs with their scores.
        score: Scores any other pair of one component.
        joining_bits: The least average score at which two clusters are one incident.

    Returns:
        The members of each cluster in the order of ``features``, and its confidence: the mean over its members of the
        probability that the member belongs with the rest, for a candidate alone the probability that it belongs with
        none.
    """
    known: dict[tuple[int, int], float] = {}
    parent = list(range(len(features)))
    rejected: dict[int, float] = {}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for left, right, bits in scored:
        a, b = left.index, right.index
        if bits >= joining_bits:
            # No average reaches the threshold unless some pair does, so these alone connect.
            ra, rb = root(a), root(b)
            if ra != rb:
                parent[max(ra, rb)] = min(ra, rb)
        if bits > REMEMBERED_BITS or bits == FORBIDDEN:
            known[a, b] = bits
        if bits > rejected.get(a, FORBIDDEN):
            rejected[a] = bits
        if bits > rejected.get(b, FORBIDDEN):
            rejected[b] = bits
    components: dict[int, list[int]] = defaultdict(list)
    for i in range(len(features)):
        components[root(i)].append(i)
    inside: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, bits in known.items():
        if (r := root(pair[0])) == root(pair[1]):
            inside[r][pair] = bits
    clusters: list[tuple[list[Features], float]] = []
    for first, members in components.items():
        if len(members) == 1:
            i = members[0]
            clusters.append(([features[i]], 1.0 - probability(rejected.get(i, FORBIDDEN))))
            continue
        table = _score_component(features, members, inside[first], score)
        best = _best_partners(table)
        clusters += [
            ([features[i] for i in group], _confidence(group, table, best))
            for group in _agglomerate(members, table, joining_bits)
        ]
    clusters.sort(key=lambda c: c[0][0].index)
    return clusters


def _score_component(
    features: Sequence[Features], members: list[int], known: dict[tuple[int, int], float], score: Score
) -> dict[tuple[int, int], float]:
    """The score of every pair of one component, or of the known ones where it is too large."""
    if len(members) > LARGEST_FULL_COMPONENT:
        return known
    table: dict[tuple[int, int], float] = {}
    for n, a in enumerate(members):
        for b in members[n + 1 :]:
            bits = known.get((a, b))
            table[a, b] = score(features[a], features[b]) if bits is None else bits
    return table


def _agglomerate(members: list[int], table: dict[tuple[int, int], float], joining_bits: float) -> list[list[int]]:
    """Join the best pair of clusters again and again, the lower indices first among equals."""
    groups: dict[int, list[int]] = {i: [i] for i in members}
    sums: dict[int, dict[int, float]] = {i: {} for i in members}
    pairs: dict[int, dict[int, int]] = {i: {} for i in members}
    heap: list[tuple[float, int, int, int, int]] = []
    version = dict.fromkeys(members, 0)

    def average(a: int, b: int) -> float:
        every = len(groups[a]) * len(groups[b])
        return (sums[a][b] + UNSCORED_BITS * (every - pairs[a][b])) / every

    for (a, b), bits in table.items():
        sums[a][b] = sums[b][a] = bits
        pairs[a][b] = pairs[b][a] = 1
        if bits >= joining_bits:
            heap.append((-round(bits, 9), a, b, 0, 0))
    heapq.heapify(heap)
    while heap:
        _, a, b, version_a, version_b = heapq.heappop(heap)
        if a not in groups or b not in groups or version[a] != version_a or version[b] != version_b:
            continue
        groups[a] = sorted(groups[a] + groups.pop(b))
        version[a] += 1
        others, counts = sums.pop(b), pairs.pop(b)
        for c, total in others.items():
            del sums[c][b], pairs[c][b]
            if c != a:
                sums[a][c] = sums[c][a] = sums[a].get(c, 0.0) + total
                pairs[a][c] = pairs[c][a] = pairs[a].get(c, 0) + counts[c]
        for c in sums[a]:
            if sums[a][c] > FORBIDDEN and (mean := average(a, c)) >= joining_bits:
                first, second = (a, c) if a < c else (c, a)
                heapq.heappush(heap, (-round(mean, 9), first, second, version[first], version[second]))
    return sorted(groups.values())


def _best_partners(table: dict[tuple[int, int], float]) -> dict[int, float]:
    """The best score that each candidate has with any other."""
    best: dict[int, float] = {}
    for pair, bits in table.items():
        for i in pair:
            if bits > best.get(i, FORBIDDEN):
                best[i] = bits
    return best


def _confidence(group: list[int], table: dict[tuple[int, int], float], best: dict[int, float]) -> float:
    """The mean over the members of the probability that each belongs where it is."""
    if len(group) == 1:
        return 1.0 - probability(best.get(group[0], FORBIDDEN))
    sums = dict.fromkeys(group, 0.0)
    for n, a in enumerate(group):
        for b in group[n + 1 :]:
            bits = table.get((a, b), UNSCORED_BITS)
            sums[a] += bits
            sums[b] += bits
    return sum(probability(total / (len(group) - 1)) for total in sums.values()) / len(group)
