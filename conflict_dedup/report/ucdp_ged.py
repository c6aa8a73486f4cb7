"""The columns and codes of the UCDP Georeferenced Event Dataset (GED), version 24.1 and 25.1, as CSV.

Source: S. Högbladh, "UCDP GED Codebook version 24.1", Uppsala University, 2024. What an incident does not tell stays
empty: UCDP's ids, its names of conflicts and dyads, whose army it was. docs/formats.md says where each column comes
from.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple, TextIO

from conflict_dedup.lexicon.country_codes import CountryCodes, country_codes
from conflict_dedup.model import Estimate, Incident, Place, Report
from conflict_dedup.report import plain
from conflict_dedup.report.cells import Cell, Columns, joined, write_rows
from conflict_dedup.report.sides import CRIMINAL, Kind, kinds_of, of_kind, perpetrators_of

STATE_BASED, ONE_SIDED = 1, 3
"""Types of violence; the third, 2 (between groups), never follows, as no target is known by its group's name."""

CLEAR = 1
"""event_clarity of an event that the sources describe as one of its own."""

_ARMED = frozenset({Kind.GROUP, Kind.UNNAMED})
ORGANISED = frozenset({Kind.GROUP, Kind.STATE})
# In an air raid, a bombardment or a battle civilians die who were not the target.
_AIMED = frozenset({"armed_attack", "bombing", "massacre", "hostage_taking"})


class Sides(NamedTuple):
    """Who stood against whom, as far as it follows; the state is side A, civilians are side B."""

    side_a: str | None = None
    side_b: str | None = None
    violence: int | None = None


class Deaths(NamedTuple):
    """The best estimate by victims; their sum is the best estimate of all, as in GED. None: not known."""

    side_a: int | None = None
    side_b: int | None = None
    civilians: int | None = None
    unknown: int | None = None


def sides_of(incident: Incident) -> Sides:
    """The sides of an incident and the type of violence, where they follow from who did it and to whom."""
    day = incident.date.start if incident.date else None
    doers, targets = perpetrators_of(incident.actors), incident.actors.targets
    by, to = kinds_of(doers, day), kinds_of(targets, day)
    foes = doers if by <= _ARMED else targets if by == {Kind.STATE} else ()
    armed = of_kind(foes, day, *_ARMED) or of_kind(targets, day, *_ARMED)
    states = of_kind(targets if by <= _ARMED else doers, day, Kind.STATE)
    if states and (armed or not by) and Kind.OTHER not in to:
        known = all(kind is Kind.GROUP for kind in kinds_of(armed, day)) and not CRIMINAL.intersection(armed)
        follows = armed and known and (Kind.CIVILIANS not in to or incident.event_type == "battle")
        return Sides(joined(states), joined(armed), STATE_BASED if follows else None)
    if by and to == {Kind.CIVILIANS}:
        follows = by <= ORGANISED and incident.event_type in _AIMED
        return Sides(joined(doers), "Civilians", ONE_SIDED if follows else None)
    return Sides()


def deaths_of(killed: Estimate | None, sides: Sides, incident: Incident) -> Deaths:
    """The dead of each side. Parts that sum to more than the whole tell nothing: then all are unknown."""
    if killed is None:
        return Deaths()

    def best(category: str) -> int:
        part = killed.by_category.get(category)
        return part.best if part else 0

    civilians = best("civilians") or best("journalists") + best("aid_workers")
    state, militants = best("soldiers") + best("police"), best("militants")
    if state + militants + civilians > killed.best:
        return Deaths(unknown=killed.best)
    day = incident.date.start if incident.date else None
    doers = perpetrators_of(incident.actors)
    fought = sides.side_b is None or sides.side_b != "Civilians"
    state_is_a = sides.side_a is not None and fought
    attacking_state = sides.side_a is not None and not fought and kinds_of(doers, day) == {Kind.STATE}
    a = state if state_is_a or attacking_state else 0 if sides.side_a else None
    b = (militants if fought else 0) if sides.side_a else None
    return Deaths(a, b, civilians, killed.best - (a or 0) - (b or 0) - civilians)


def grid_cell(lat: float, lon: float) -> int:
    """The PRIO-GRID cell: of half a degree, counted from the South-West, 720 to a row (Tollefsen et al., 2012)."""
    row = min(math.floor((lat + 90) * 2), 359)
    column = min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _year(incident: Incident) -> int | None:
    """Only when the window lies in one year."""
    date = incident.date
    return date.start.year if date and date.start.year == date.end.year else None


def _codes(incident: Incident) -> CountryCodes | None:
    return country_codes().get(incident.place.country or "") if incident.place else None


def _country(incident: Incident) -> str | None:
    if incident.place is None or incident.place.country is None:
        return None
    codes = _codes(incident)
    return (codes.ucdp_name if codes else None) or plain.country_name(incident.place.country)


def _country_id(incident: Incident) -> int | None:
    codes, date = _codes(incident), incident.date
    return codes.gw_in(date.start.year) if codes and date else None


def _region(incident: Incident) -> str | None:
    codes = _codes(incident)
    return codes.region_of_ucdp() if codes else None


def _clarity(incident: Incident) -> int | None:
    """Clear where the reports tell of one place on one day; of others it cannot be known."""
    date, place = incident.date, incident.place
    known = date is not None and date.precision == 1 and place is not None and place.precision <= 2
    return CLEAR if known else None


def _of_place(value: Callable[[Place], Cell]) -> Callable[[Incident], Cell]:
    return lambda incident: None if incident.place is None else value(incident.place)


def _of_point(value: Callable[[float, float], Cell]) -> Callable[[Incident], Cell]:
    def cell(incident: Incident) -> Cell:
        place = incident.place
        return None if place is None or place.lat is None or place.lon is None else value(place.lat, place.lon)

    return cell


def _of_reports(value: Callable[[Report], str]) -> Callable[[Incident], Cell]:
    """One item for each report, also when it is empty, so that the lists of the source columns go together."""

    def cell(incident: Incident) -> Cell:
        items = [plain.one_line(value(report)).replace(";", ",") for report in incident.reports]
        return ";".join(items) if any(items) else None

    return cell


def _published(report: Report) -> str:
    return report.published.isoformat() if report.published else ""


def _article(report: Report) -> str:
    parts = (report.source or "", _published(report), report.title)
    return '"' + ",".join(part.replace('"', "'") for part in parts) + '"'


def _original(incident: Incident) -> Cell:
    """Whom the figures for the dead come from."""
    return joined(figure.attribution for figure in incident.figures if figure.effect == "killed")


def _nothing(_incident: Incident) -> Cell:
    return None


def _of_sides(value: Callable[[Sides], Cell]) -> Callable[[Incident], Cell]:
    return lambda incident: value(sides_of(incident))


def _of_deaths(value: Callable[[Deaths], Cell]) -> Callable[[Incident], Cell]:
    return lambda incident: value(deaths_of(incident.killed, sides_of(incident), incident))


def _of_killed(value: Callable[[Estimate], Cell]) -> Callable[[Incident], Cell]:
    return lambda incident: None if incident.killed is None else value(incident.killed)


COLUMNS: Columns = {
    "id": lambda incident: incident.id,
    "relid": _nothing,
    "year": _year,
    "active_year": _nothing,
    "code_status": _nothing,
    "type_of_violence": _of_sides(lambda sides: sides.violence),
    "conflict_dset_id": _nothing,
    "conflict_new_id": _nothing,
    "conflict_name": _nothing,
    "dyad_dset_id": _nothing,
    "dyad_new_id": _nothing,
    "dyad_name": _nothing,
    "side_a_dset_id": _nothing,
    "side_a_new_id": _nothing,
    "side_a": _of_sides(lambda sides: sides.side_a),
    "side_b_dset_id": _nothing,
    "side_b_new_id": _nothing,
    "side_b": _of_sides(lambda sides: sides.side_b),
    "number_of_sources": lambda incident: len(incident.reports),
    "source_article": _of_reports(_article),
    "source_office": _of_reports(lambda report: report.source or ""),
    "source_date": _of_reports(_published),
    "source_headline": _of_reports(lambda report: report.title),
    "source_original": _original,
    "where_prec": _of_place(lambda place: place.precision),
    "where_coordinates": _of_place(lambda place: place.name),
    "where_description": _nothing,
    "adm_1": _of_place(lambda place: place.admin1),
    "adm_2": _nothing,
    "latitude": _of_point(lambda lat, _: lat),
    "longitude": _of_point(lambda _, lon: lon),
    "geom_wkt": _of_point(lambda lat, lon: f"POINT ({lon} {lat})"),
    "priogrid_gid": _of_point(grid_cell),
    "country": _country,
    "country_id": _country_id,
    "region": _region,
    "event_clarity": _clarity,
    "date_prec": lambda incident: incident.date.precision if incident.date else None,
    "date_start": lambda incident: incident.date.start.isoformat() if incident.date else None,
    "date_end": lambda incident: incident.date.end.isoformat() if incident.date else None,
    "deaths_a": _of_deaths(lambda deaths: deaths.side_a),
    "deaths_b": _of_deaths(lambda deaths: deaths.side_b),
    "deaths_civilians": _of_deaths(lambda deaths: deaths.civilians),
    "deaths_unknown": _of_deaths(lambda deaths: deaths.unknown),
    "best": _of_killed(lambda killed: killed.best),
    "high": _of_killed(lambda killed: killed.high),
    "low": _of_killed(lambda killed: killed.low),
    "gwnoa": _nothing,
    "gwnob": _nothing,
}
"""The columns of GED in its order -> what stands under them."""


def write_ucdp(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a line of headings and a row for each incident, also for those that killed nobody."""
    write_rows(incidents, COLUMNS, stream)
