"""The order that incidents are shown in. Whatever the direction, what is not known stands last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from conflict_dedup.lexicon.gazetteer import fold
from conflict_dedup.model import Incident
from conflict_dedup.report import plain

Key = Callable[[Incident], Any]
"""What an incident is sorted by; None when it is not known."""


def country_of(incident: Incident) -> str | None:
    """The English name of the country that it happened in."""
    place = incident.place
    return None if place is None or place.country is None else plain.country_name(place.country)


def _date(incident: Incident) -> Any:
    return None if incident.date is None else (incident.date.start, incident.date.end)


def _killed(incident: Incident) -> Any:
    if incident.killed is None:
        return None
    return (-incident.killed.best, -incident.killed.high, -incident.killed.low)


def _place(incident: Incident) -> Any:
    if incident.place is None:
        return None
    return (fold(country_of(incident) or "\U0010ffff"), fold(incident.place.name), fold(incident.place.admin1 or ""))


def _reports(incident: Incident) -> Any:
    return (-len(incident.reports), -incident.independent_sources)


ORDERS: dict[str, Key] = {"date": _date, "killed": _killed, "place": _place, "reports": _reports}
"""Name -> key: earliest first, most killed first (by the best figure), by country and place, most reports first."""

GROUPS: dict[str, Callable[[Incident], str | None]] = {"country": country_of}
"""Name -> the heading that an incident stands under, None when it has none."""


def ordered(
    incidents: Iterable[Incident], *, by: str | None = None, reverse: bool = False, group: str | None = None
) -> Iterable[Incident]:
    """The incidents in another order; without ``by``, ``reverse`` and ``group`` they pass one by one as they come.

    Args:
        incidents: in any order; equal ones follow the order of their dates, then of their ids, whatever that was.
        by: one of :data:`ORDERS`; None for the order in which they come.
        reverse: the other way round; what is not known still stands last.
        group: one of :data:`GROUPS`, by alphabet, those without one last; within, as ``by`` says.
    """
    if by is None and not reverse and group is None:
        return incidents
    known = list(incidents)
    if by is None and reverse:
        known.reverse()
    elif by is not None:
        known.sort(key=lambda incident: (incident.date is None, _date(incident) or (), incident.id))
        known.sort(key=lambda incident: ORDERS[by](incident) or (), reverse=reverse)
        known.sort(key=lambda incident: ORDERS[by](incident) is None)
    if group is not None:
        heading = GROUPS[group]
        known.sort(key=lambda incident: (heading(incident) is None, fold(heading(incident) or "")))
    return known
