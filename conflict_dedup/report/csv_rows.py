"""CSV: one row an incident, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TextIO

from conflict_dedup.model import EFFECTS, Effect, Estimate, Incident, Place, Window
from conflict_dedup.report.cells import Cell, Columns, joined, write_rows


def _of_date(value: Callable[[Window], Cell]) -> Callable[[Incident], Cell]:
    return lambda incident: None if incident.date is None else value(incident.date)


def _of_place(value: Callable[[Place], Cell]) -> Callable[[Incident], Cell]:
    return lambda incident: None if incident.place is None else value(incident.place)


def _by_effect(effect: Effect) -> dict[str, Callable[[Incident], Cell]]:
    def of(value: Callable[[Estimate], Cell]) -> Callable[[Incident], Cell]:
        def cell(incident: Incident) -> Cell:
            estimate = incident.effect(effect)
            return None if estimate is None else value(estimate)

        return cell

    return {
        f"{effect}_low": of(lambda estimate: estimate.low),
        f"{effect}_best": of(lambda estimate: estimate.best),
        f"{effect}_high": of(lambda estimate: estimate.high),
        f"{effect}_open": of(lambda estimate: estimate.open),
        f"{effect}_status": of(lambda estimate: estimate.status),
        f"{effect}_current_low": of(lambda estimate: estimate.current.low),
        f"{effect}_current_high": of(lambda estimate: estimate.current.high),
        f"{effect}_by_category": of(
            lambda estimate: joined(
                f"{name} {part.low}-{part.high}" for name, part in sorted(estimate.by_category.items())
            )
        ),
    }


COLUMNS: Columns = {
    "id": lambda incident: incident.id,
    "date_start": _of_date(lambda date: date.start.isoformat()),
    "date_end": _of_date(lambda date: date.end.isoformat()),
    "date_precision": _of_date(lambda date: date.precision),
    "date_inferred": _of_date(lambda date: date.inferred),
    "place": _of_place(lambda place: place.name),
    "admin1": _of_place(lambda place: place.admin1),
    "country": _of_place(lambda place: place.country),
    "lat": _of_place(lambda place: place.lat),
    "lon": _of_place(lambda place: place.lon),
    "place_precision": _of_place(lambda place: place.precision),
    "event_type": lambda incident: incident.event_type,
    "perpetrators": lambda incident: joined(incident.actors.perpetrators),
    "targets": lambda incident: joined(incident.actors.targets),
    "claimed_by": lambda incident: joined(incident.actors.claimed_by),
    **{name: cell for effect in EFFECTS for name, cell in _by_effect(effect).items()},
    "reports": lambda incident: len(incident.reports),
    "independent_sources": lambda incident: incident.independent_sources,
    "sources": lambda incident: joined(report.source for report in incident.reports),
    "articles": lambda incident: joined(report.article for report in incident.reports),
    "urls": lambda incident: joined(report.url for report in incident.reports),
    "confidence": lambda incident: incident.confidence,
}
"""Heading -> what stands under it; an empty cell is null in JSONL."""


def write_csv(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a line of headings and a row for each incident."""
    write_rows(incidents, COLUMNS, stream)
