"""From scored pairs to clusters that hold together as a whole.

Average linkage: the two clusters are joined whose members agree best on the average over *all* pairs between them, as
long as that average speaks for it and no pair between them is forbidden. So one strong bridge does not chain two
attacks on the same town: every member of one is held against every member of the other.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TypeAlias

from conflict_dedup.match.features import Features
from conflict_dedup.match.scoring import FORBIDDEN, probability
from conflict_dedup.match.twins import Score, fold_twins

LARGEST_COMPONENT = 120
STRICTER_BITS = 1.0
STRICTEST_BITS = 4.0
"""Every pair of a connected component is scored. A larger one is first cut at its weaker links, one bit stricter each
time, until its pieces are small enough or only links of four bits are left (an incident that hundreds of articles
tell)."""

LEAST_PIECE = 8
"""A component that was cut is joined again where the cut left a piece of at least so many candidates."""

LARGEST_STORY = 1000
"""So many candidates are scored in full at most (half a million pairs, some three seconds), twins counted once. An
incident that more articles tell comes out in pieces of this size."""

LEAST_PAIR_BITS = 0.0
"""Two candidates alone are joined, and components connected, from even odds on. Clusters of several may be joined at a
somewhat lower average (``joining_bits``): the average of many pairs is spread less widely than one."""

UNKNOWN = float("inf")
"""Stands in a table for a score that is yet to be worked out."""

TICK = 1e9
"""Averages are ranked by whole ticks, so many a bit: sums in another order differ by less, and rank as equals."""

GONE = -1
"""The version of a cluster that was joined to another."""

Link: TypeAlias = tuple[int, int, float]
"""The indices of two candidates, the lower first, and their score in bits."""

Table: TypeAlias = list[list[float]]
"""The score of each with each, by their places in one list; that of each with itself is FORBIDDEN."""


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
    links: list[Link] = [(left.index, right.index, bits) for left, right, bits in scored]
    clusters: list[tuple[list[Features], float]] = []
    alone: dict[int, int] = {}
    cut: set[int] = set()
    for members, inside, least_bits in _components(range(len(features)), links, LEAST_PAIR_BITS):
        if least_bits > LEAST_PAIR_BITS:
            cut.update(members)
        if len(members) == 1:
            alone[members[0]] = len(clusters)
            clusters.append(([features[members[0]]], 1.0))
            continue
        folded = fold_twins([features[i] for i in members], score, LEAST_PAIR_BITS)
        for at in range(0, len(folded), LARGEST_STORY):
            clusters += _cluster_component(folded[at : at + LARGEST_STORY], inside, score, joining_bits)
    for i, bits in _best_links(alone, links).items():
        clusters[alone[i]] = ([features[i]], 1.0 - probability(bits))
    clusters = _rejoin(clusters, cut, features, links, score, joining_bits)
    clusters.sort(key=lambda c: c[0][0].index)
    return clusters


def _cluster_component(
    folded: Sequence[list[Features]], inside: Iterable[Link], score: Score, joining_bits: float
) -> Iterator[tuple[list[Features], float]]:
    """The clusters of one component, whose candidates are given with their twins."""
    table = _score_component(folded, inside, score)
    weights = [len(twins) for twins in folded]
    own = [score(twins[0], twins[1]) if len(twins) > 1 else FORBIDDEN for twins in folded]
    for group in _agglomerate(table, weights, joining_bits):
        members = [f for n in group for f in folded[n]]
        members.sort(key=attrgetter("index"))
        yield members, _confidence(group, table, weights, own)


def _rejoin(
    clusters: list[tuple[list[Features], float]],
    cut: set[int],
    features: Sequence[Features],
    links: Iterable[Link],
    score: Score,
    joining_bits: float,
) -> list[tuple[list[Features], float]]:
    """Join the pieces of a great incident that was cut at its weaker links, every pair between them scored."""
    owner = {f.index: n for n, (members, _) in enumerate(clusters) for f in members if f.index in cut}
    linked: set[tuple[int, int]] = set()
    for a, b, bits in links:
        if bits < LEAST_PAIR_BITS or a not in cut or b not in cut:
            continue
        if owner[a] != owner[b]:
            linked.add((min(owner[a], owner[b]), max(owner[a], owner[b])))
    if not linked:
        return clusters
    joined: list[tuple[list[Features], float]] = []
    taken: set[int] = set()
    # Links of the strictest bits are not cut again, however many pieces there are.
    uncut = [(m, n, STRICTEST_BITS) for m, n in sorted(linked)]
    for pieces, _, _ in _components(sorted({n for pair in linked for n in pair}), uncut, STRICTEST_BITS):
        sizes = [len(clusters[n][0]) for n in pieces]
        if sum(sizes) > LARGEST_STORY or max(sizes) < LEAST_PIECE:
            continue
        table = [[FORBIDDEN] * len(pieces) for _ in pieces]
        for k, m in enumerate(pieces):
            for j, n in enumerate(pieces[:k]):
                table[j][k] = table[k][j] = _mean_score(clusters[n][0], clusters[m][0], score)
        for found in _agglomerate(table, [1] * len(pieces), joining_bits):
            group = [pieces[k] for k in found]
            indices = sorted(f.index for n in group for f in clusters[n][0])
            confidence = sum(len(clusters[n][0]) * clusters[n][1] for n in group) / len(indices)
            joined.append(([features[i] for i in indices], confidence))
        taken.update(pieces)
    return joined + [c for n, c in enumerate(clusters) if n not in taken]


def _mean_score(ours: Sequence[Features], theirs: Sequence[Features], score: Score) -> float:
    """The mean over all pairs between two clusters."""
    scores = [score(f, g) if f.index < g.index else score(g, f) for f in ours for g in theirs]
    return sum(scores) / len(scores)


def _components(
    members: Sequence[int], links: Sequence[Link], least_bits: float
) -> Iterator[tuple[list[int], list[Link], float]]:
    """The components that links of so many bits connect, each with the links inside and the bits of its cut.

    Members are given, and come out, in ascending order.
    """
    parent = {i: i for i in members}  # none is above its own index

    for a, b, bits in links:
        if bits >= least_bits:
            ra, rb = parent[a], parent[b]
            while parent[ra] != ra:
                ra = parent[ra] = parent[parent[ra]]
            while parent[rb] != rb:
                rb = parent[rb] = parent[parent[rb]]
            if ra < rb:
                parent[rb] = ra
            elif rb < ra:
                parent[ra] = rb
    pieces: dict[int, list[int]] = defaultdict(list)
    for i in members:
        parent[i] = parent[parent[i]]
        pieces[parent[i]].append(i)
    inside: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        first = parent[link[0]]
        if first == parent[link[1]]:
            inside[first].append(link)
    for first, piece in pieces.items():
        if len(piece) > LARGEST_COMPONENT and least_bits < STRICTEST_BITS:
            yield from _components(piece, inside[first], least_bits + STRICTER_BITS)
        else:
            yield piece, inside[first], least_bits


def _score_component(folded: Sequence[list[Features]], inside: Iterable[Link], score: Score) -> Table:
    """The score of each candidate of one component with each; twins stand for one another.

    Those of one article are forbidden together, and so are two lists of twins that one article has a part in.
    """
    place = {f.index: n for n, twins in enumerate(folded) for f in twins}
    table = [[UNKNOWN] * len(folded) for _ in folded]
    for a, b, bits in inside:
        if a in place and b in place:
            table[place[a]][place[b]] = table[place[b]][place[a]] = bits
    firsts = [twins[0] for twins in folded]
    for n, row in enumerate(table):
        row[n] = FORBIDDEN
        left = firsts[n]
        for m in range(n + 1, len(row)):
            if row[m] == UNKNOWN:
                row[m] = score(left, firsts[m])
            table[m][n] = row[m]
    for n, twins in enumerate(folded):
        if len(twins) > 1:
            articles = {f.article for f in twins}
            for m, others in enumerate(folded):
                if any(f.article in articles for f in others):
                    table[n][m] = table[m][n] = FORBIDDEN
    return table


def _best_links(members: Collection[int], links: Iterable[Link]) -> dict[int, float]:
    """The best score of each member with any other candidate that it was held against."""
    best = dict.fromkeys(members, FORBIDDEN)
    for a, b, bits in links:
        if a in best and bits > best[a]:
            best[a] = bits
        if b in best and bits > best[b]:
            best[b] = bits
    return best


def _agglomerate(table: Table, weights: Sequence[int], joining_bits: float) -> list[list[int]]:
    """Join the best pair of clusters again and again, the first in the table among equals.

    Each counts by its weight. Two of weight one are joined from LEAST_PAIR_BITS on, others from ``joining_bits`` on.
    """
    groups = {n: [n] for n in range(len(table))}
    sizes = list(weights)
    sums = [row.copy() for row in table]
    for n, size in enumerate(sizes):
        if size > 1:
            for m in groups:
                sums[n][m] *= size
                sums[m][n] *= size
    version = [0] * len(table)
    heap = [
        (int(-TICK * bits), a, b, 0, 0)
        for a, row in enumerate(table)
        for b, bits in enumerate(row[a + 1 :], a + 1)
        if bits >= (LEAST_PAIR_BITS if sizes[a] + sizes[b] == 2 else joining_bits)
    ]
    heapq.heapify(heap)
    while heap:
        _, a, b, version_a, version_b = heapq.heappop(heap)
        if version[a] != version_a or version[b] != version_b:
            continue
        groups[a] += groups.pop(b)
        version[a] += 1
        version[b] = GONE
        sizes[a] += sizes[b]
        ours, theirs = sums[a], sums[b]
        for c in groups:
            if c != a:
                total = ours[c] = sums[c][a] = ours[c] + theirs[c]
                if (mean := total / (sizes[a] * sizes[c])) >= joining_bits:
                    first, second = (a, c) if a < c else (c, a)
                    heapq.heappush(heap, (int(-TICK * mean), first, second, version[first], version[second]))
    return sorted([sorted(group) for group in groups.values()])


def _confidence(group: list[int], table: Table, weights: Sequence[int], own: Sequence[float]) -> float:
    """The mean over the members of the probability that each belongs where it is.

    Args:
        group: The cluster, by the places of its members in the table; each may stand for several.
        table: The scores.
        weights: How many candidates each stands for.
        own: The score of those that stand together with one another.
    """
    size = sum([weights[n] for n in group])
    if size == 1:
        return 1.0 - probability(max(table[group[0]]))
    together = 0.0
    for n in group:
        row = table[n]
        total = sum([row[m] * weights[m] for m in group if m != n])
        if weights[n] > 1:
            total += own[n] * (weights[n] - 1)
        together += probability(total / (size - 1)) * weights[n]
    return together / size
