"""What an article's own words leave open, decided by the other reports of the incident.

"The hospital's list has 21" may count the dead or the beds. Where another report of the same incident prints 21 dead,
it is the dead: two reports seldom hold the same number of one incident by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from conflict_dedup.model import Candidate, Cluster, Figure, in_order


def corroborate(cluster: Cluster) -> Cluster:
    """A cluster with the doubtful figures that another of its articles bears out among the figures."""
    if not any(c.doubtful for c in cluster.candidates):
        return cluster
    return msgspec.structs.replace(
        cluster, candidates=tuple([_settled(c, cluster.candidates) for c in cluster.candidates])
    )


def _settled(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """A candidate with those of its doubtful figures among its figures that another article prints."""
    borne_out = [f for f in candidate.doubtful if f not in candidate.figures and _is_borne_out(f, candidates)]
    if not borne_out:
        return candidate
    return msgspec.structs.replace(candidate, figures=in_order((*candidate.figures, *borne_out)))


def _is_borne_out(figure: Figure, candidates: Sequence[Candidate]) -> bool:
    """Whether another article prints the number of a doubtful figure, for the same effect."""
    return any(
        f.article != figure.article
        and (f.effect, f.value) == (figure.effect, figure.value)
        and f.bound != "vague"
        and f not in c.doubtful
        for c in candidates
        for f in c.figures
    )
