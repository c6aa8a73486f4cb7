"""The columns and codes of the Armed Conflict Location & Event Data Project (ACLED), as CSV.

Source: ACLED, "Codebook" (2024), https://acleddata.com/methodology/acled-codebook. ACLED gives one number of
fatalities, and the lowest: print with ``--best acled``. What an incident does not tell stays empty. docs/formats.md
says where each column comes from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple, TextIO

from conflict_dedup.lexicon.country_codes import CountryCodes, country_codes
from conflict_dedup.model import EventType, Incident, Place
from conflict_dedup.report import plain
from conflict_dedup.report.cells import Cell, Columns, joined, write_rows
from conflict_dedup.report.sides import Kind, kind_of, kinds_of, of_kind, perpetrators_of

BATTLES, REMOTE, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"

_TYPES: dict[EventType, tuple[str, str]] = {
    "bombing": (REMOTE, "Remote explosive/landmine/IED"),
    "air_strike": (REMOTE, "Air/drone strike"),
    "shelling": (REMOTE, "Shelling/artillery/missile attack"),
    "battle": (BATTLES, "Armed clash"),
    "massacre": (CIVILIANS, "Attack"),
    "hostage_taking": (CIVILIANS, "Abduction/forced disappearance"),
}

TIME_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3}
"""Ours -> ACLED's: 1 a day, 2 a week or less, 3 a month. ACLED records nothing that is known by the year alone."""

GEO_PRECISION = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 7: 3}
"""Ours -> ACLED's: 1 a town, 2 near it or a small area, 3 a larger region. By the country alone it records nothing."""

_UNIDENTIFIED = {"gangs": "Unidentified Gang"}
_QUOTATIONS = 3
"""So many quotations stand in the notes."""


class Actor(NamedTuple):
    """One of the two columns of an actor, those that go with it, and its type."""

    name: str | None = None
    associated: str | None = None
    inter: str | None = None


def types_of(incident: Incident) -> tuple[str, str] | None:
    """The event type and the sub-event type.

    An attack on soldiers or police is an armed clash; on civilians alone, violence against civilians. A bombing whose
    bomber died is a suicide bomb. Who was abducted and killed was attacked (it stands higher in ACLED's order).
    """
    killed = incident.killed
    if incident.event_type == "armed_attack":
        to = kinds_of(incident.actors.targets, _day(incident))
        if Kind.STATE in to:
            return BATTLES, "Armed clash"
        return (CIVILIANS, "Attack") if to == {Kind.CIVILIANS} else None
    if incident.event_type == "bombing" and killed and "attackers" in killed.by_category:
        return REMOTE, "Suicide bomb"
    if incident.event_type == "hostage_taking" and killed and killed.best:
        return CIVILIANS, "Attack"
    return _TYPES.get(incident.event_type)


def actor_1(incident: Incident) -> Actor:
    """Who did it."""
    names = [_named(name, incident) for name in perpetrators_of(incident.actors)]
    return (
        Actor(names[0], joined(names[1:]), _inter(perpetrators_of(incident.actors)[0], incident)) if names else Actor()
    )


def actor_2(incident: Incident) -> Actor:
    """To whom it was done: the armed first; civilians beside them stand as associated, but not in battles."""
    day, types = _day(incident), types_of(incident)
    civilians = of_kind(incident.actors.targets, day, Kind.CIVILIANS)
    armed = [name for name in incident.actors.targets if name not in civilians]
    if not armed and civilians:
        others = [_named(name, incident) for name in civilians if name != "civilians"]
        return Actor(_in_country("Civilians", incident), joined(others), "Civilians")
    if not armed:
        return Actor()
    beside = armed[1:] + (civilians if types is None or types[0] != BATTLES else [])
    associated = joined(_named(name, incident) for name in beside)
    return Actor(_named(armed[0], incident), associated, _inter(armed[0], incident))


def _named(name: str, incident: Incident) -> str:
    """The name as ACLED has it. Whose army or police it was is not known, so that these keep ours."""
    kind = kind_of(name, _day(incident))
    if kind is Kind.UNNAMED:
        return _in_country(_UNIDENTIFIED.get(name, "Unidentified Armed Group"), incident)
    if kind is Kind.CIVILIANS:
        return _in_country(name.title(), incident)
    return name


def _in_country(name: str, incident: Incident) -> str:
    country = _country(incident)
    return f"{name} ({country})" if country else name


def _inter(name: str, incident: Incident) -> str | None:
    """The type of an actor. A named group may be rebels or a militia, an army the country's own or another's."""
    kind = kind_of(name, _day(incident))
    return {Kind.UNNAMED: "Political militia", Kind.CIVILIANS: "Civilians"}.get(kind)


def _interaction(incident: Incident) -> str | None:
    first, second = actor_1(incident), actor_2(incident)
    if first.inter is None or (second.name is not None and second.inter is None):
        return None
    return f"{first.inter}-{second.inter}" if second.inter else f"{first.inter} only"


def _targets_civilians(incident: Incident) -> str | None:
    types = types_of(incident)
    only = kinds_of(incident.actors.targets, _day(incident)) == {Kind.CIVILIANS}
    return "Civilian targeting" if only and types and types[0] in {CIVILIANS, REMOTE} else None


def _day(incident: Incident) -> dt.date | None:
    return incident.date.start if incident.date else None


def event_date(incident: Incident) -> dt.date | None:
    """The day, or the middle of the window, which is ACLED's reference date of a week or a month."""
    date = incident.date
    return None if date is None else date.start + dt.timedelta(days=date.days // 2)


def _time_precision(incident: Incident) -> int | None:
    return TIME_PRECISION.get(incident.date.precision) if incident.date else None


def _codes(incident: Incident) -> CountryCodes | None:
    return country_codes().get(incident.place.country or "") if incident.place else None


def _country(incident: Incident) -> str | None:
    if incident.place is None or incident.place.country is None:
        return None
    codes = _codes(incident)
    return (codes.acled_name if codes else None) or plain.country_name(incident.place.country)


def _notes(incident: Incident) -> str:
    """What the reports say: the ranges, then the first quotations."""
    ranges = [
        f"{effect} {plain.span(estimate)}"
        for effect in ("killed", "injured", "missing", "abducted")
        if (estimate := getattr(incident, effect)) is not None
    ]
    quotes = dict.fromkeys(plain.one_line(figure.quote) for figure in incident.figures if figure.quote)
    quoted = "; ".join(f'"{quote}"' for quote in list(quotes)[:_QUOTATIONS])
    return ". ".join(part for part in ("Reported: " + ", ".join(ranges) if ranges else "", quoted) if part)


def _nothing(_incident: Incident) -> Cell:
    return None


def _of_place(value: Callable[[Place], Cell]) -> Callable[[Incident], Cell]:
    return lambda incident: None if incident.place is None else value(incident.place)


def _of_types(position: int) -> Callable[[Incident], Cell]:
    def cell(incident: Incident) -> Cell:
        types = types_of(incident)
        return types[position] if types else None

    return cell


def _of_event_date(value: Callable[[dt.date], Cell]) -> Callable[[Incident], Cell]:
    def cell(incident: Incident) -> Cell:
        day = event_date(incident)
        return None if day is None else value(day)

    return cell


def _of_codes(value: Callable[[CountryCodes], Cell]) -> Callable[[Incident], Cell]:
    def cell(incident: Incident) -> Cell:
        codes = _codes(incident)
        return None if codes is None else value(codes)

    return cell


COLUMNS: Columns = {
    "event_id_cnty": lambda incident: incident.id,
    "event_date": _of_event_date(dt.date.isoformat),
    "year": _of_event_date(lambda day: day.year),
    "time_precision": _time_precision,
    "disorder_type": lambda incident: "Political violence" if types_of(incident) else None,
    "event_type": _of_types(0),
    "sub_event_type": _of_types(1),
    "actor1": lambda incident: actor_1(incident).name,
    "assoc_actor_1": lambda incident: actor_1(incident).associated,
    "inter1": lambda incident: actor_1(incident).inter,
    "actor2": lambda incident: actor_2(incident).name,
    "assoc_actor_2": lambda incident: actor_2(incident).associated,
    "inter2": lambda incident: actor_2(incident).inter,
    "interaction": _interaction,
    "civilian_targeting": _targets_civilians,
    "iso": _of_codes(lambda codes: codes.iso),
    "region": _of_codes(lambda codes: codes.acled),
    "country": _country,
    "admin1": _of_place(lambda place: place.admin1),
    "admin2": _nothing,
    "admin3": _nothing,
    "location": _of_place(lambda place: place.name),
    "latitude": _of_place(lambda place: place.lat),
    "longitude": _of_place(lambda place: place.lon),
    "geo_precision": _of_place(lambda place: GEO_PRECISION.get(place.precision)),
    "source": lambda incident: joined(report.source for report in incident.reports),
    "source_scale": _nothing,
    "notes": _notes,
    "fatalities": lambda incident: incident.killed.best if incident.killed else 0,
    "tags": _nothing,
    "timestamp": _nothing,
}
"""The columns of ACLED in its order -> what stands under them."""


def write_acled(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a line of headings and a row for each incident."""
    write_rows(incidents, COLUMNS, stream)
