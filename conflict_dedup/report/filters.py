"""Which incidents are shown: each filter is a pure function of one incident.

A filter answers True, False, or None where the incident does not tell. What cannot be known is left out, and counted,
so that whoever asked can be told how much that was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from conflict_dedup.lexicon.gazetteer import distance_km
from conflict_dedup.model import Estimate, Incident, Status

Holds = Callable[[Incident], bool | None]

WIDEST_PRECISION = 4
"""The widest place (UCDP GED where_prec) that a distance is measured to: a first-level division. The point of a country
or of a vague region says nothing about nearness."""


class Filter(NamedTuple):
    """A filter and the name that it is asked for by."""

    name: str
    holds: Holds


def chosen(
    incidents: Iterable[Incident],
    filters: Collection[Filter],
    *,
    on_unknown: Callable[[str], None] | None = None,
) -> Iterator[Incident]:
    """The incidents that every filter lets pass, as they come.

    Args:
        incidents: read one by one.
        filters: none lets everything pass.
        on_unknown: called with the name of a filter for each incident that it alone cannot tell about.
    """
    for incident in incidents:
        answers = {name: holds(incident) for name, holds in filters}
        if all(answers.values()):
            yield incident
        elif on_unknown and False not in answers.values():
            on_unknown(next(name for name, answer in answers.items() if answer is None))


def since(day: dt.date) -> Holds:
    """What may have happened on that day or after it; of an undated incident nothing is known."""
    return lambda incident: None if incident.date is None else incident.date.end >= day


def until(day: dt.date) -> Holds:
    """What may have happened on that day or before it."""
    return lambda incident: None if incident.date is None else incident.date.start <= day


def in_countries(codes: Collection[str]) -> Holds:
    """What happened in one of these countries (ISO 3166 alpha-2)."""

    def holds(incident: Incident) -> bool | None:
        if incident.place is None or incident.place.country is None:
            return None
        return incident.place.country in codes

    return holds


def near(lat: float, lon: float, *, within_km: float, division: tuple[str, str] | None = None) -> Holds:
    """What happened at most so far (great circle) from a point in degrees.

    A place that is known to its division only has the point of that division, far from most of its towns; it is near
    too when the point asked for lies in the same ``division`` (country and first-level division).
    """

    def holds(incident: Incident) -> bool | None:
        place = incident.place
        if place is None or place.lat is None or place.lon is None or place.precision > WIDEST_PRECISION:
            return None
        if place.precision == WIDEST_PRECISION and division == (place.country, place.admin1):
            return True
        return distance_km(lat, lon, place.lat, place.lon) <= within_km

    return holds


def killed_at_least(number: int) -> Holds:
    """What killed so many by its best figure; where no source gives any killed, nothing is known."""
    return lambda incident: None if incident.killed is None else incident.killed.best >= number


def has_status(statuses: Collection[Status]) -> Holds:
    """What has one of these statuses, that of its gravest effect."""

    def holds(incident: Incident) -> bool | None:
        estimate = gravest(incident)
        return None if estimate is None else estimate.status in statuses

    return holds


def has_sources(number: int) -> Holds:
    """What so many independent sources tell of."""
    return lambda incident: incident.independent_sources >= number


def gravest(incident: Incident) -> Estimate | None:
    """The range of the gravest effect of which anything is known: killed before injured, missing and abducted."""
    return incident.killed or incident.injured or incident.missing or incident.abducted
