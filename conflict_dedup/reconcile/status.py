"""Whether the sources agree, or the toll was updated, or they contradict each other."""

from __future__ import annotations

from collections.abc import Sequence

from conflict_dedup.model import Status
from conflict_dedup.reconcile.policies import current_totals
from conflict_dedup.reconcile.totals import Total


def status_of(totals: Sequence[Total]) -> Status:
    """Tell "updated later" from "sources disagree".

    * ``agreed``: one number satisfies every figure ("more than 40" and "53" agree).
    * ``rising``: the figures differ, but from day to day no report goes below the ones before it.
    * ``revised_down``: the newest report is lower than an earlier one, and calls a higher figure superseded.
    * ``disputed``: anything else: figures of one day, or a later and lower one that withdraws nothing, contradict
      each other.

    Args:
        totals: The totals of one effect, the oldest report first; at least one.
    """
    if _one_number_fits(totals):
        return "agreed"
    current = current_totals(totals)
    superseded = [t for t in totals if t.superseded]
    top = max(t.high for t in totals)
    by_day: dict[int, list[Total]] = {}
    for total in totals:
        if not total.superseded:
            by_day.setdefault(total.published.toordinal() if total.published else 0, []).append(total)
    newest = by_day[max(by_day)] if by_day else current
    withdrawn = max((t.high for t in superseded), default=-1)
    if withdrawn > max(t.high for t in newest) and withdrawn == top:
        return "revised_down"
    return "rising" if _never_falls(by_day) else "disputed"


def _one_number_fits(totals: Sequence[Total]) -> bool:
    """Whether some number lies within every total's interval, an open one reaching up without end."""
    floor = max(t.low for t in totals)
    ceilings = [t.high if t.ceiling is None and not t.floor else t.ceiling for t in totals]
    return all(ceiling is None or floor <= ceiling for ceiling in ceilings)


def _never_falls(by_day: dict[int, list[Total]]) -> bool:
    """Whether the days' totals each fit one number, none below the day before; undated reports (day 0) are left out.

    A floor is no fall: "at least 40" after "53" withdraws nothing. So only exact totals can fall.
    """
    reached = 0
    for day in sorted(by_day):
        if not _one_number_fits(by_day[day]):
            return False
        if day == 0:
            continue
        firm = [t.high for t in by_day[day] if not t.floor]
        if firm and max(firm) < reached:
            return False
        reached = max(reached, *(t.high for t in by_day[day]))
    return True
