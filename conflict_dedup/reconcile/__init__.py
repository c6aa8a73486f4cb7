"""Clusters to incidents: the range that the reports leave, and when, where, what and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from conflict_dedup.model import (
    CATEGORIES,
    EFFECTS,
    Candidate,
    CategoryEstimate,
    Cluster,
    Effect,
    Estimate,
    Figure,
    Incident,
    Interval,
    Report,
)
from conflict_dedup.reconcile.choosing import Choice, choices, with_policy
from conflict_dedup.reconcile.consensus import agreed_event_type, agreed_place, agreed_window, united_actors
from conflict_dedup.reconcile.ids import with_ids
from conflict_dedup.reconcile.policies import POLICIES, Policy, current_totals, policy_named
from conflict_dedup.reconcile.status import status_of
from conflict_dedup.reconcile.totals import Total, category_totals, derived_figures, effect_totals

__all__ = ["POLICIES", "Choice", "choices", "reconcile", "with_policy"]


def reconcile(clusters: Iterable[Cluster], *, policy: str = "latest") -> list[Incident]:
    """One incident for each cluster, in order of date and place, with deterministic ids.

    Args:
        clusters: The clusters; no candidate may stand in two.
        policy: The name of the rule that chooses ``best``, one of :data:`POLICIES`.

    Raises:
        ConflictDedupError: no policy has that name.
    """
    choose = policy_named(policy)
    return with_ids([_incident(cluster, choose) for cluster in clusters if cluster.candidates])


def _incident(cluster: Cluster, choose: Policy) -> Incident:
    """The incident of one cluster, still without an id."""
    candidates = sorted(cluster.candidates, key=lambda c: (c.report.published or dt.date.max, c.id))
    event_type = agreed_event_type(candidates)
    totals = {effect: effect_totals(candidates, effect, event_type) for effect in EFFECTS}
    estimates = {effect: _estimate(candidates, effect, totals[effect], choose) for effect in EFFECTS}
    reports = _reports(candidates)
    return Incident(
        id="",
        date=agreed_window(candidates),
        place=agreed_place(candidates),
        event_type=event_type,
        actors=united_actors(candidates),
        killed=estimates["killed"],
        injured=estimates["injured"],
        missing=estimates["missing"],
        abducted=estimates["abducted"],
        figures=_figures(candidates, totals),
        reports=reports,
        independent_sources=_independent_sources(reports),
        confidence=cluster.confidence,
    )


def _estimate(candidates: Sequence[Candidate], effect: Effect, totals: list[Total], choose: Policy) -> Estimate | None:
    """The range of one effect, None when no report gives any figure that counts."""
    by_category: dict[str, CategoryEstimate] = {}
    for category in CATEGORIES:
        if category != "total" and (found := category_totals(candidates, effect, category)):
            low, high = min(t.low for t in found), max(t.high for t in found)
            by_category[category] = CategoryEstimate(low=low, best=_within(choose(found), low, high), high=high)
    if not totals:
        return None
    low, high = min(t.low for t in totals), max(t.high for t in totals)
    current = current_totals(totals)
    return Estimate(
        low=low,
        best=_within(choose(totals), low, high),
        high=high,
        open=all(t.floor for t in totals if t.high == high),
        status=status_of(totals),
        current=Interval(min(t.low for t in current), max(t.high for t in current)),
        by_category=by_category,
    )


def _within(value: int, low: int, high: int) -> int:
    """A policy that recodes vague words may leave the range; the range is what the sources say, so it holds."""
    return min(max(value, low), high)


def _figures(candidates: Sequence[Candidate], totals: dict[Effect, list[Total]]) -> tuple[Figure, ...]:
    """Every figure, in order of publication and of the text, then the sums that no source printed."""
    printed = [
        figure
        for candidate in candidates
        for figure in sorted(
            candidate.figures,
            key=lambda f: (f.field != "title", f.start, f.end, EFFECTS.index(f.effect), f.category, f.value),
        )
    ]
    derived = [figure for effect in EFFECTS for figure in derived_figures(candidates, effect, totals[effect])]
    return tuple(printed + derived)


def _reports(candidates: Sequence[Candidate]) -> tuple[Report, ...]:
    """Each article once, the oldest first."""
    return tuple({c.article: c.report for c in candidates}.values())


def _independent_sources(reports: Sequence[Report]) -> int:
    """The number of outlets, a reprint counted with the text that it reprints.

    An article without a named source is a source of its own.
    """
    known = {r.article for r in reports}
    own = [r for r in reports if r.copy_of is None or r.copy_of not in known]
    return len({r.source or r.article for r in own}) or 1
