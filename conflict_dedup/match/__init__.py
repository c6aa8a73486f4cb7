"""Candidates to clusters: which candidates of different articles tell of the same incident."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from conflict_dedup.match.blocking import candidate_pairs
from conflict_dedup.match.clustering import cluster
from conflict_dedup.match.confidence import calibrated
from conflict_dedup.match.copies import fold_copies, repeated_hashes
from conflict_dedup.match.corroboration import corroborate
from conflict_dedup.match.features import Corpus, Features
from conflict_dedup.match.floating import resolve_floating
from conflict_dedup.match.scoring import Scorer, Weights, compare, shipped_weights
from conflict_dedup.model import Candidate, Cluster

__all__ = ["compare", "match"]


def match(candidates: Iterable[Candidate], *, weights: Weights | None = None) -> list[Cluster]:
    """Group the candidates into incidents; the same whatever their order.

    Reprints are marked, undated articles are placed by the dated ones, pairs that share a key are scored, and what
    agrees as a whole is joined. Two candidates of one article are never joined.

    Args:
        candidates: The candidates of all articles; ids tell them apart.
        weights: Other weights than those shipped, for fitting.

    Returns:
        The clusters in the order of their first candidate's id; each candidate stands in exactly one.
    """
    weights = weights or shipped_weights()
    ordered = sorted(candidates, key=lambda c: (c.id, c.article))
    with _collector_paused():
        repeated = repeated_hashes(ordered)
        corpus = Corpus(fold_copies(ordered, repeated), repeated)
        scorer = Scorer(corpus, weights)
        resolve_floating(corpus, scorer)
        score = scorer.bits
        scored = ((left, right, score(left, right)) for left, right in candidate_pairs(corpus))
        return [
            corroborate(Cluster(candidates=tuple([f.candidate for f in members]), confidence=told(members, confidence)))
            for members, confidence in cluster(corpus.features, scored, score, weights.joining_bits)
        ]


def told(members: Sequence[Features], posterior: float) -> float:
    """The confidence that is printed: calibrated where several reports were joined."""
    return round(calibrated(posterior) if len({f.candidate.article for f in members}) > 1 else posterior, 4)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cycle collector.

    Matching makes millions of small tuples and no cycles, and looking for some takes half its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
