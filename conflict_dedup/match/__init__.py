"""Candidates to clusters: which candidates of different articles tell of the same incident."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from conflict_dedup.match.blocking import candidate_pairs
from conflict_dedup.match.clustering import cluster
from conflict_dedup.match.company import Company
from conflict_dedup.match.confidence import calibrated
from conflict_dedup.match.copies import fold_copies, repeated_hashes
from conflict_dedup.match.corroboration import corroborate
from conflict_dedup.match.features import Corpus, Features
from conflict_dedup.match.floating import resolve_floating
from conflict_dedup.match.population import weights_of_run
from conflict_dedup.match.scoring import Scorer, Weights, compare, shipped_weights
from conflict_dedup.model import Candidate, Cluster, Pair

__all__ = ["Run", "compare", "match"]


class Run:
    """The candidates of one run, held against one another with the run's own weights, and once more beside the others.

    Reprints are marked and undated articles placed by the dated ones; how telling a word, a place or a day is depends
    on what else is in the run (``features.Corpus``, ``population``).

    Attributes:
        corpus: the candidates as they are compared.
        scored: the pairs that were compared, with what ``scorer.looks`` says of them.
        company: the second look.
    """

    def __init__(self, candidates: Iterable[Candidate], *, weights: Weights | None = None) -> None:
        """Prepares all candidates; what comes of it is the same whatever their order.

        Args:
            candidates: The candidates of all articles; ids tell them apart.
            weights: Other weights than those shipped, for fitting.
        """
        weights = weights or shipped_weights()
        ordered = sorted(candidates, key=lambda c: (c.id, c.article))
        with _collector_paused():
            repeated = repeated_hashes(ordered)
            self.corpus = Corpus(fold_copies(ordered, repeated), repeated)
            resolve_floating(self.corpus, Scorer(self.corpus, weights))
            self.scorer = Scorer(self.corpus, weights_of_run(self.corpus, weights))
            looks = self.scorer.looks
            self.scored = [(left, right, *looks(left, right)) for left, right in candidate_pairs(self.corpus)]
            self.company = Company(self.corpus, self.scorer, self.scored)

    def clusters(self) -> list[Cluster]:
        """The incidents: pairs that share a key are scored, and what agrees as a whole is joined.

        Two candidates of one article are never joined.

        Returns:
            The clusters in the order of their first candidate's id; each candidate stands in exactly one.
        """
        again = self.company.again
        looked_again = self.company.second is not None
        with _collector_paused():
            scored = ((left, right, again(left, right, first, levels)) for left, right, first, levels in self.scored)
            return [
                corroborate(
                    Cluster(
                        candidates=tuple([f.candidate for f in members]),
                        confidence=told(members, confidence, again=looked_again),
                    )
                )
                for members, confidence in cluster(
                    self.corpus.features, scored, self.company.bits, self.scorer.weights.joining_bits
                )
            ]

    def compare(self, pairs: Iterable[tuple[str, str]]) -> list[Pair]:
        """Each of the pairs of candidates, told by their ids, as the run scores it, with all that was compared.

        Raises:
            KeyError: the run has no candidate of an id.
        """
        known = {f.candidate.id: f for f in self.corpus.features}
        return [self.company.pair(known[left], known[right]) for left, right in pairs]


def match(candidates: Iterable[Candidate], *, weights: Weights | None = None) -> list[Cluster]:
    """Group the candidates into incidents; the same whatever their order.

    Args:
        candidates: The candidates of all articles; ids tell them apart.
        weights: Other weights than those shipped, for fitting.

    Returns:
        The clusters of :meth:`Run.clusters`.
    """
    return Run(candidates, weights=weights).clusters()


def told(members: Sequence[Features], posterior: float, *, again: bool) -> float:
    """The confidence that is printed: calibrated where several reports were joined."""
    several = len({f.candidate.article for f in members}) > 1
    return round(calibrated(posterior, again=again) if several else posterior, 4)


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
