"""The options that choose and order incidents, for each command that prints them; they hold for every format."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from conflict_dedup.errors import UnknownName

if TYPE_CHECKING:
    from conflict_dedup.cli.session import Session
    from conflict_dedup.lexicon.entries import Entry
    from conflict_dedup.model import Incident, Status
    from conflict_dedup.report.filters import Filter

Function = TypeVar("Function", bound=Callable[..., Any])

ORDER_NAMES = ("date", "killed", "place", "reports")
GROUP_NAMES = ("country",)
STATUS_NAMES = ("agreed", "rising", "revised_down", "disputed")
# Written out as in options.py; a test holds them together with what they name.

WITHIN_KM = 50.0
"""How far --near reaches without --within: what is still called "near" a town in reports."""

KM_PER_MILE = 1.609344

_DAY = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)\s*(km|mi|)", re.IGNORECASE)


class _Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since Click 8.2
    """A day, or the first or last day of a month or a year."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self.last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read ``2019-11-03``, ``2019-11`` or ``2019``."""
        if isinstance(value, dt.date):
            return value
        day = self._read(str(value).strip())
        if day is None:
            self.fail(f"{value!r} is no date; write 2019-11-03, 2019-11 or 2019.", param, ctx)
        return day

    def _read(self, text: str) -> dt.date | None:
        parts = _DAY.fullmatch(text)
        if parts is None:
            return None
        try:
            year, month = int(parts[1]), int(parts[2] or (12 if self.last else 1))
            last_day = calendar.monthrange(year, month)[1]
            return dt.date(year, month, int(parts[3] or (last_day if self.last else 1)))
        except ValueError:  # the thirteenth month, the 30th of February
            return None


class _Country(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since Click 8.2
    """A country, by its name or code; the value is the code."""

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Look it up."""
        from conflict_dedup.lexicon.naming import country_named  # noqa: PLC0415 - not for --help

        try:
            return country_named(str(value))
        except UnknownName as error:
            self.fail(f"{error}.", param, ctx)


class _Place(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since Click 8.2
    """A place of the gazetteer, or a point."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Entry:
        """Look it up."""
        from conflict_dedup.lexicon.entries import Entry  # noqa: PLC0415 - not for --help
        from conflict_dedup.lexicon.naming import place_named  # noqa: PLC0415

        if isinstance(value, Entry):
            return value
        try:
            return place_named(str(value))
        except UnknownName as error:
            self.fail(f"{error}.", param, ctx)


class _Distance(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since Click 8.2
    """A distance in kilometres."""

    name = "distance"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read ``100km``, ``100`` or ``60mi``."""
        parts = _DISTANCE.fullmatch(str(value).strip())
        if parts is None or float(parts[1]) == 0:
            self.fail(f"{value!r} is no distance; write 100km or 60mi.", param, ctx)
        return float(parts[1]) * (KM_PER_MILE if parts[2].lower() == "mi" else 1)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which incidents are printed, in which order."""

    since: dt.date | None
    until: dt.date | None
    countries: tuple[str, ...]
    near: Entry | None
    within_km: float | None
    min_killed: int | None
    statuses: tuple[Status, ...]
    min_sources: int | None
    sort: str | None
    reverse: bool
    group: str | None

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise click.UsageError(f"--until {self.until} lies before --since {self.since}")
        if self.within_km is not None and self.near is None:
            raise click.UsageError("--within says how far from --near: name a place, --near 'Gao, Mali'")

    def filters(self) -> list[Filter]:
        """The filters that were asked for."""
        from conflict_dedup.report import filters  # noqa: PLC0415 - not for --help

        found = []
        if self.since:
            found.append(filters.Filter("--since", filters.since(self.since)))
        if self.until:
            found.append(filters.Filter("--until", filters.until(self.until)))
        if self.countries:
            found.append(filters.Filter("--country", filters.in_countries(self.countries)))
        if self.near:
            at, km = self.near, self.within_km or WITHIN_KM
            division = (at.country, at.admin1) if at.country and at.admin1 else None
            near = filters.near(at.lat, at.lon, within_km=km, division=division)
            found.append(filters.Filter("--near", near))
        if self.min_killed is not None:
            found.append(filters.Filter("--min-killed", filters.killed_at_least(self.min_killed)))
        if self.statuses:
            found.append(filters.Filter("--status", filters.has_status(self.statuses)))
        if self.min_sources is not None:
            found.append(filters.Filter("--min-sources", filters.has_sources(self.min_sources)))
        return found

    def of(self, incidents: Iterable[Incident], session: Session) -> Iterable[Incident]:
        """The incidents that were asked for, in the order that was asked for; one by one if that is how they come."""
        from conflict_dedup.report.ordering import ordered  # noqa: PLC0415 - not for --help

        if self.near:
            from conflict_dedup.lexicon.naming import described  # noqa: PLC0415 - not for --help

            session.detail(f"--near is {described(self.near)} ({self.near.lat:.2f}, {self.near.lon:.2f})")
        wanted = self.filters()
        left = _told(incidents, wanted, session) if wanted else incidents
        return ordered(left, by=self.sort, reverse=self.reverse, group=self.group)


def _told(incidents: Iterable[Incident], wanted: list[Filter], session: Session) -> Iterator[Incident]:
    """Choose, and say at the end what could not be told and whether nothing was left."""
    from conflict_dedup.report.filters import chosen  # noqa: PLC0415 - not for --help

    seen = kept = 0
    unknown: Counter[str] = Counter()

    def counted() -> Iterator[Incident]:
        nonlocal seen
        for incident in incidents:
            seen += 1
            yield incident

    for incident in chosen(counted(), wanted, on_unknown=lambda name: unknown.update([name])):
        kept += 1
        yield incident
    for name, count in unknown.items():
        session.note(f"{name} cannot tell about {count} incident{'s' * (count != 1)}, left out: {_LACKS[name]}")
    if seen and not kept:
        session.note(f"none of {seen} incident{'s' * (seen != 1)} is left by {', '.join(name for name, _ in wanted)}")


_LACKS = {
    "--since": "no date is known",
    "--until": "no date is known",
    "--country": "no country is known",
    "--near": "no place is known, or no more than its country",
    "--min-killed": "no source gives any killed",
    "--status": "no source gives a figure",
}

_OPTIONS = (
    click.option(
        "--since",
        type=_Day(last=False),
        metavar="DATE",
        help="Only what may have happened on DATE (2019-11-03, 2019-11, 2019) or later.",
    ),
    click.option(
        "--until", type=_Day(last=True), metavar="DATE", help="Only what may have happened on DATE or earlier."
    ),
    click.option(
        "--country",
        "countries",
        type=_Country(),
        multiple=True,
        metavar="COUNTRY",
        help="Only there: a name or a two-letter code; may be given several times.",
    ),
    click.option(
        "--near",
        type=_Place(),
        metavar="PLACE",
        help="Only near PLACE: 'Gao, Mali', or '16.27,-0.04' (latitude, longitude).",
    ),
    click.option(
        "--within",
        "within_km",
        type=_Distance(),
        metavar="DISTANCE",
        help=f"How far from --near: 100km, 60mi.  [default: {WITHIN_KM:.0f}km]",
    ),
    click.option(
        "--min-killed",
        type=click.IntRange(min=0),
        metavar="N",
        help="Only what killed N or more, by the best figure.",
    ),
    click.option(
        "--status",
        "statuses",
        type=click.Choice(STATUS_NAMES),
        multiple=True,
        help="Only of this status; may be given several times.",
    ),
    click.option(
        "--min-sources",
        type=click.IntRange(min=1),
        metavar="N",
        help="Only what N or more independent sources tell of.",
    ),
    click.option(
        "--sort",
        type=click.Choice(ORDER_NAMES),
        help="Earliest, most killed, by country and place, or most reported first.  [default: by date, as they come]",
    ),
    click.option("--reverse", is_flag=True, help="The other way round; what is not known stays last."),
    click.option("--group", type=click.Choice(GROUP_NAMES), help="Put together what happened in one country."),
)

_NAMES = tuple(Choice.__dataclass_fields__)


def choosing(function: Function) -> Function:
    """The options of this module, handed to a command as one value: ``choice``."""

    @functools.wraps(function)
    def command(**values: Any) -> Any:
        choice = Choice(**{name: values.pop(name) for name in _NAMES})
        return function(choice=choice, **values)

    wrapped: Any = command
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[no-any-return]
