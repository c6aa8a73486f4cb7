"""The weights of the run at hand: u probabilities counted among its own pairs.

How often two incidents look alike depends on what is read. In a year's news of the world two attacks in one country are
a coincidence; in a month of one war all are in one country, by the same groups, on the same days, and that must say
little. The shipped u probabilities are those of the gold sets. Here they are counted anew over the pairs of the run
that are of two incidents beyond doubt; the m probabilities stay. (Estimating u from the run's own pairs is usual in
record linkage, for most pairs are of two; see Winkler 2002, "Methods for record linkage and Bayesian networks".) The
shipped shares count as much as ``SHIPPED_PAIRS`` pairs, so that a short run keeps nearly what is shipped.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator

from conflict_dedup.match.blocking import REACH_DAYS, SMALL_RUN, candidate_pairs
from conflict_dedup.match.comparisons import COMPARISONS, LEVELS, MISSING
from conflict_dedup.match.features import Corpus, Features
from conflict_dedup.match.scoring import Weights, forbidden, probability

SHIPPED_PAIRS = 100.0
"""What the shipped shares weigh, in pairs. Over 44 gold sets, each with weights that had not seen it, the mean F1 of
articles and incidents was .817 with the shipped shares alone and is .826; of the one that is unaltered news of one war
.715 and .778."""

LEAST_SHARE = 0.005
"""A level that hardly any pair of two shows is taken to be this common, or one pair of the run would outweigh it."""

MOST_GAIN_BITS = 2.0
"""A level that is rarer here gains at most so much, and none that speaks against comes to speak for: the pairs that
show what tells most are seldom beyond doubt, and so are not counted."""

SURE = 0.9
"""A pair is counted if the shipped weights hold it for two with more than this probability."""

SAMPLE = 5000
"""About so many pairs are looked at."""


def weights_of_run(corpus: Corpus, weights: Weights) -> Weights:
    """The weights with the u probabilities of the corpus; one comparison with one level alone keeps its bits."""
    counts = {rule.name: dict.fromkeys(LEVELS[rule.name], 0.0) for rule in COMPARISONS}
    for left, right in _sampled(corpus):
        if forbidden(left, right):
            continue
        levels = [(rule.name, rule.level(left, right, corpus)) for rule in COMPARISONS]
        bits = weights.prior_bits + sum([weights.bits[name][level] for name, level in levels])
        if probability(weights.temper * bits) < 1.0 - SURE:
            for name, level in levels:
                if level != MISSING:
                    counts[name][level] += 1.0
    told = {name: levels for name, levels in counts.items() if len(levels) > 1 and any(levels.values())}
    return weights.replaced({name: _bits(weights, name, levels) for name, levels in told.items()})


def _bits(weights: Weights, name: str, counts: dict[str, float]) -> dict[str, float]:
    """The bits of one comparison's levels, each less by how much more often pairs of two show it here.

    They need not stand in the order of the shipped ones.
    """
    total = sum(counts.values())
    found = {}
    for level, count in counts.items():
        bits = weights.bits[name][level]
        shipped = max(LEAST_SHARE, weights.u[name][level])
        here = (count + SHIPPED_PAIRS * shipped) / (total + SHIPPED_PAIRS)
        moved = bits + min(MOST_GAIN_BITS, math.log2(shipped / here))
        found[level] = round(moved if bits > 0 else min(0.0, moved), 2)
    return found


def _sampled(corpus: Corpus) -> Iterator[tuple[Features, Features]]:
    """Pairs near in time, evenly spread over the run; of a small run those that are compared."""
    if len(corpus.features) <= SMALL_RUN:
        pairs = list(candidate_pairs(corpus))
        yield from pairs[:: max(1, -(-len(pairs) // SAMPLE))]
        return
    dated = sorted([f for f in corpus.features if f.start], key=lambda f: (f.start, f.index))
    starts = [f.start for f in dated]
    each = max(1, SAMPLE // max(1, len(dated)))
    for n in range(0, len(dated), max(1, -(-len(dated) // SAMPLE))):
        left = dated[n]
        reach = bisect_right(starts, left.end + REACH_DAYS)
        step = max(1, (reach - n - 1) // each)
        for right in dated[n + 1 + n % step : reach : step]:
            yield left, right
