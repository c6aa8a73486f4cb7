"""The best figure of incidents that are printed already, chosen anew: their figures hold all that a policy needs."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from conflict_dedup.model import (
    CATEGORIES,
    EFFECTS,
    Candidate,
    CategoryEstimate,
    Effect,
    Estimate,
    Incident,
    Report,
)
from conflict_dedup.reconcile.policies import POLICIES, Policy, policy_named
from conflict_dedup.reconcile.totals import Total, category_totals, effect_totals


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What one policy makes of one effect.

    ``number`` is what its rule gives; ``best`` the same within the range that the sources report, as ``--best`` prints
    it. They differ where a rule reads a vague word otherwise than we do (ACLED's "dozens" is 12, here 24).
    """

    number: int
    best: int


def choices(incident: Incident, effect: Effect) -> dict[str, Choice]:
    """What each policy makes of one effect of an incident; empty when no source gives any figure of it."""
    estimate = incident.effect(effect)
    if estimate is None:
        return {}
    totals = effect_totals(_candidates(incident), effect, incident.event_type)
    if not totals:  # a file whose figures another tool has dropped
        return {}
    numbers = {name: choose(totals) for name, choose in POLICIES.items()}
    return {
        name: Choice(number=number, best=min(max(number, estimate.low), estimate.high))
        for name, number in numbers.items()
    }


def with_policy(incident: Incident, policy: str) -> Incident:
    """The same incident, its best figures chosen by another policy; nothing else of it changes.

    Raises:
        ConflictDedupError: no policy has that name.
    """
    choose = policy_named(policy)
    candidates = _candidates(incident)
    changed = {
        effect: _chosen(estimate, candidates, effect, incident, choose)
        for effect in EFFECTS
        if (estimate := incident.effect(effect)) is not None
    }
    return msgspec.structs.replace(incident, **changed)


def _chosen(
    estimate: Estimate, candidates: Sequence[Candidate], effect: Effect, incident: Incident, choose: Policy
) -> Estimate:
    totals = effect_totals(candidates, effect, incident.event_type)
    by_category: dict[str, CategoryEstimate] = {
        category: _part(estimate.by_category[category], category_totals(candidates, effect, category), choose)
        for category in CATEGORIES
        if category in estimate.by_category
    }
    best = min(max(choose(totals), estimate.low), estimate.high) if totals else estimate.best
    return msgspec.structs.replace(estimate, best=best, by_category=by_category)


def _part(part: CategoryEstimate, totals: Sequence[Total], choose: Policy) -> CategoryEstimate:
    best = min(max(choose(totals), part.low), part.high) if totals else part.best
    return msgspec.structs.replace(part, best=best)


def _candidates(incident: Incident) -> list[Candidate]:
    """The reports with their figures, as the candidates were that the incident was made of.

    No two candidates of one article are ever matched, so an article's figures are those of one candidate.
    """
    reports = {report.article: report for report in incident.reports}
    for figure in incident.figures:  # a file written by another tool may lack a report
        reports.setdefault(figure.article, Report(article=figure.article))
    return [
        Candidate(
            id=article,
            report=report,
            figures=tuple(f for f in incident.figures if f.article == article and not f.derived),
            event_type=incident.event_type,
        )
        for article, report in reports.items()
    ]
