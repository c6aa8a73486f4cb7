"""From scored pairs to clusters that hold together as a whole.

Average linkage: the two clusters are joined whose members agree best on the average over *all* pairs between them, as
long as that average speaks for it and no pair between them is forbidden. So one strong bridge does not chain two
attacks on the same town: every member of one is held against every member of the other.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from conflict_dedup.match.features import Features
from conflict_dedup.match.scoring import FORBIDDEN, probability

LARGEST_COMPONENT = 120
STRICTER_BITS = 2.0
STRICTEST_BITS = 10.0
"""Every pair of a connected component is scored. A larger one is first cut at its weaker links, two bits stricter each
time, until its pieces are small enough or only links of ten bits are left (an incident that hundreds of articles
tell)."""

LEAST_PIECE = 8
"""A component that was cut is joined again where the cut left a piece of at least so many candidates."""

LARGEST_STORY = 1000
"""So many candidates are scored in full at most (half a million pairs, some three seconds). An incident that more
articles tell comes out in pieces of this size."""

LEAST_PAIR_BITS = 0.0
"""Two candidates alone are joined, and components connected, from even odds on. Clusters of several may be joined at a
somewhat lower average (``joining_bits``): the average of many pairs is spread less widely than one."""

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
    rejected: dict[int, float] = {}
    for left, right, bits in scored:
        a, b = left.index, right.index
        if bits > REMEMBERED_BITS or bits == FORBIDDEN:
            known[a, b] = bits
        if bits > rejected.get(a, FORBIDDEN):
            rejected[a] = bits
        if bits > rejected.get(b, FORBIDDEN):
            rejected[b] = bits
    clusters: list[tuple[list[Features], float]] = []
    cut: set[int] = set()
    for members, inside, least_bits in _components(range(len(features)), known, LEAST_PAIR_BITS):
        if least_bits > LEAST_PAIR_BITS:
            cut.update(members)
        if len(members) == 1:
            i = members[0]
            clusters.append(([features[i]], 1.0 - probability(rejected.get(i, FORBIDDEN))))
            continue
        table = _score_component(features, members, inside, score)
        best = _best_partners(table)
        clusters += [
            ([features[i] for i in group], _confidence(group, table, best))
            for group in _agglomerate(members, table, joining_bits)
        ]
    clusters = _rejoin(clusters, cut, features, known, score, joining_bits)
    clusters.sort(key=lambda c: c[0][0].index)
    return clusters


def _rejoin(
    clusters: list[tuple[list[Features], float]],
    cut: set[int],
    features: Sequence[Features],
    known: dict[tuple[int, int], float],
    score: Score,
    joining_bits: float,
) -> list[tuple[list[Features], float]]:
    """Join the pieces of a great incident that was cut at its weaker links, every pair between them scored."""
    owner = {f.index: n for n, (members, _) in enumerate(clusters) for f in members if f.index in cut}
    linked: set[tuple[int, int]] = set()
    for (a, b), bits in known.items():
        if bits < LEAST_PAIR_BITS or a not in cut or b not in cut:
            continue
        if owner[a] != owner[b]:
            linked.add((min(owner[a], owner[b]), max(owner[a], owner[b])))
    if not linked:
        return clusters
    joined: list[tuple[list[Features], float]] = []
    taken: set[int] = set()
    uncut = dict.fromkeys(sorted(linked), STRICTEST_BITS)  # links that are not cut again, however many pieces there are
    for pieces, _, _ in _components(sorted({n for pair in linked for n in pair}), uncut, STRICTEST_BITS):
        sizes = [len(clusters[n][0]) for n in pieces]
        if sum(sizes) > LARGEST_STORY or max(sizes) < LEAST_PIECE:
            continue
        table: dict[tuple[int, int], float] = {}
        for k, m in enumerate(pieces):
            for n in pieces[k + 1 :]:
                scores = [score(*_in_order(f, g)) for f in clusters[m][0] for g in clusters[n][0]]
                table[m, n] = sum(scores) / len(scores)
        weight = {n: len(clusters[n][0]) for n in pieces}
        for group in _agglomerate(pieces, table, joining_bits):
            indices = sorted(f.index for n in group for f in clusters[n][0])
            confidence = sum(weight[n] * clusters[n][1] for n in group) / sum(weight[n] for n in group)
            joined.append(([features[i] for i in indices], confidence))
        taken.update(pieces)
    return joined + [c for n, c in enumerate(clusters) if n not in taken]


def _in_order(left: Features, right: Features) -> tuple[Features, Features]:
    """The two with the lower index first, as they are always scored."""
    return (left, right) if left.index < right.index else (right, left)


def _components(
    members: Sequence[int], known: dict[tuple[int, int], float], least_bits: float
) -> Iterator[tuple[list[int], dict[tuple[int, int], float], float]]:
    """The components that pairs of so many bits connect, each with the known pairs inside and the bits of its cut."""
    parent = {i: i for i in members}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for (a, b), bits in known.items():
        if bits >= least_bits:
            ra, rb = root(a), root(b)
            if ra != rb:
                parent[max(ra, rb)] = min(ra, rb)
    pieces: dict[int, list[int]] = defaultdict(list)
    for i in members:
        pieces[root(i)].append(i)
    inside: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for pair, bits in known.items():
        if (r := root(pair[0])) == root(pair[1]):
            inside[r][pair] = bits
    for first, piece in pieces.items():
        if len(piece) > LARGEST_COMPONENT and least_bits < STRICTEST_BITS:
            yield from _components(piece, inside[first], least_bits + STRICTER_BITS)
        else:
            for at in range(0, len(piece), LARGEST_STORY):
                yield piece[at : at + LARGEST_STORY], inside[first], least_bits


def _score_component(
    features: Sequence[Features], members: list[int], known: dict[tuple[int, int], float], score: Score
) -> dict[tuple[int, int], float]:
    """The score of every pair of one component."""
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
    heap: list[tuple[float, int, int, int, int]] = []
    version = dict.fromkeys(members, 0)

    for (a, b), bits in table.items():
        sums[a][b] = sums[b][a] = bits
        if bits >= LEAST_PAIR_BITS:
            heap.append((-round(bits, 9), a, b, 0, 0))
    heapq.heapify(heap)
    while heap:
        _, a, b, version_a, version_b = heapq.heappop(heap)
        if a not in groups or b not in groups or version[a] != version_a or version[b] != version_b:
            continue
        groups[a] = sorted(groups[a] + groups.pop(b))
        version[a] += 1
        others = sums.pop(b)
        for c, total in others.items():
            del sums[c][b]
            if c != a:
                sums[a][c] = sums[c][a] = sums[a][c] + total
        for c in sums[a]:
            if sums[a][c] > FORBIDDEN and (mean := sums[a][c] / (len(groups[a]) * len(groups[c]))) >= joining_bits:
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
            bits = table[a, b]
            sums[a] += bits
            sums[b] += bits
    return sum(probability(total / (len(group) - 1)) for total in sums.values()) / len(group)
