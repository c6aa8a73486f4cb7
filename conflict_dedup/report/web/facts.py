"""Incidents as the page needs them: what the table and the summary show, and the data that the rest is drawn from."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from conflict_dedup.model import EFFECTS, Article, Effect, Estimate, Figure, Incident, Report
from conflict_dedup.report import plain
from conflict_dedup.report.drawing.course import Course, course_of, reports_in_order
from conflict_dedup.report.drawing.incident_map import status_of
from conflict_dedup.report.page import number_of
from conflict_dedup.report.web.snippets import Quotation, quotations

_WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
# Of an address in an article, only one that leads to a page becomes a link: "javascript:" would run.

MAX_BARS = 60
"""Bars of the chart over time; when there would be more, each is given a longer time."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, in words. ``bar`` is where low, best and high stand, 0 to 100, or None."""

    number: int
    id: str
    date: str
    name: str
    around: str
    type: str
    killed: str
    bar: tuple[float, float, float] | None
    injured: str
    reports: int
    sources: int
    status: str


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over the incidents of which a source tells: of the lowest and of the highest figures."""

    low: int
    high: int
    open: bool
    incidents: int

    @property
    def words(self) -> str:
        """The range: "120-154+"."""
        return _dashed(plain.numbers(self.low, self.high)) + "+" * self.open


@dataclass(frozen=True, slots=True)
class Bar:
    """The dead of one stretch of time; heights 0 to 100."""

    x: float
    width: float
    low: float
    high: float
    title: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What all incidents come to."""

    incidents: int
    period: str
    countries: tuple[tuple[str, int], ...]
    killed: Total | None
    injured: Total | None
    articles: int
    statuses: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    bar_unit: str
    first: str
    last: str
    peak: int


def _dashed(words: str) -> str:
    """Ranges as they are printed: "40–54", where a terminal has "40-54"."""
    return words.replace("-", "–")


def rows_of(incidents: Sequence[Incident]) -> list[Row]:
    """The lines of the table, in the order of the incidents."""
    top = max((incident.killed.high for incident in incidents if incident.killed), default=0) or 1
    return [_row(number, incident, top) for number, incident in enumerate(incidents)]


def _row(number: int, incident: Incident, top: int) -> Row:
    name, _, around = plain.place(incident.place).partition(", ") if incident.place else ("place unknown", "", "")
    killed = incident.killed
    return Row(
        number=number,
        id=incident.id,
        date=_dashed(plain.window(incident.date)) if incident.date else "date unknown",
        name=name,
        around=around,
        type=plain.word(incident.event_type),
        killed=_dashed(plain.span(killed)),
        bar=tuple(round(100 * (n / top) ** 0.5, 1) for n in (killed.low, killed.best, killed.high)) if killed else None,
        injured=_dashed(plain.span(incident.injured)),
        reports=len(incident.reports),
        sources=incident.independent_sources,
        status=status_of(incident),
    )


def total_of(incidents: Iterable[Incident], effect: Effect) -> Total | None:
    """The sum of the lowest and of the highest figures; None when no incident has any."""
    known = [estimate for incident in incidents if (estimate := incident.effect(effect))]
    if not known:
        return None
    return Total(
        low=sum(estimate.low for estimate in known),
        high=sum(estimate.high for estimate in known),
        open=any(estimate.open for estimate in known),
        incidents=len(known),
    )


def country_of(incident: Incident) -> str:
    """The country's name, or "" when it is not known."""
    return plain.country_name(incident.place.country) if incident.place and incident.place.country else ""


def summary_of(incidents: Sequence[Incident]) -> Summary:
    """What all incidents come to, and the dead over time."""
    dates = [incident.date for incident in incidents if incident.date]
    first, last = min((d.start for d in dates), default=None), max((d.end for d in dates), default=None)
    period = "" if first is None or last is None else plain.day(first)
    if first and last and first != last:
        period = f"{plain.day(first)} to {plain.day(last)}"
    bars, unit, peak = _bars(incidents)
    statuses = Counter(status_of(incident) for incident in incidents)
    return Summary(
        incidents=len(incidents),
        period=period,
        countries=tuple(Counter(name for i in incidents if (name := country_of(i))).most_common()),
        killed=total_of(incidents, "killed"),
        injured=total_of(incidents, "injured"),
        articles=len({report.article for incident in incidents for report in incident.reports}),
        statuses=tuple(sorted(statuses.items(), key=lambda pair: (-pair[1], pair[0]))),
        bars=bars,
        bar_unit=unit,
        first=plain.day(first) if first else "",
        last=plain.day(last) if last else "",
        peak=peak,
    )


def _bars(incidents: Sequence[Incident]) -> tuple[tuple[Bar, ...], str, int]:
    """The dead by day, week, month or year of the middle of their window, whichever gives few enough bars."""
    middles = [
        (incident.date.start + dt.timedelta(days=incident.date.days // 2), incident.killed)
        for incident in incidents
        if incident.date and incident.killed
    ]
    if not middles:
        return (), "", 0
    first, last = min(day for day, _ in middles), max(day for day, _ in middles)
    units = (("day", 1.0), ("week", 7.0), ("month", 30.44), ("year", 365.25))
    unit = next((unit for unit, days in units if (last - first).days / days < MAX_BARS), "year")
    places = {day: _bucket(day, unit) for day, _ in middles}
    start = min(places.values())
    count = max(places.values()) - start + 1
    low: Counter[int] = Counter()
    high: Counter[int] = Counter()
    for day, killed in middles:
        low[places[day]] += killed.low
        high[places[day]] += killed.high
    peak = max(high.values()) or 1
    return (
        tuple(
            Bar(
                x=round(100 * (place - start) / count, 3),
                width=round(80 / count, 3),
                low=round(100 * low[place] / peak, 1),
                high=round(100 * high[place] / peak, 1),
                title=f"{_bucket_name(place, unit)}: killed {_dashed(plain.numbers(low[place], high[place]))}",
            )
            for place in sorted(high)
        ),
        unit,
        peak,
    )


def _bucket(day: dt.date, unit: str) -> int:
    if unit == "year":
        return day.year
    return day.year * 12 + day.month - 1 if unit == "month" else day.toordinal() // (7 if unit == "week" else 1)


def _bucket_name(place: int, unit: str) -> str:
    if unit == "year":
        return str(place)
    if unit == "month":
        return f"{plain.MONTHS[place % 12]} {place // 12}"
    return plain.day(dt.date.fromordinal(place)) if unit == "day" else f"week of {plain.day(_week_start(place))}"


def _week_start(place: int) -> dt.date:
    return dt.date.fromordinal(max(1, place * 7))


def data_of(incidents: Sequence[Incident], articles: Mapping[str, Article]) -> list[dict[str, object]]:
    """The data of each incident that page.js sorts, filters and draws by; its keys are explained there."""
    return [_data(incident, articles) for incident in incidents]


def _data(incident: Incident, articles: Mapping[str, Article]) -> dict[str, object]:
    snippets, found = quotations(incident.figures, articles)
    return {
        "id": incident.id,
        "date": [incident.date.start.isoformat(), incident.date.end.isoformat()] if incident.date else None,
        "country": country_of(incident),
        "type": plain.word(incident.event_type),
        "status": status_of(incident),
        "killed": _range(incident.killed),
        "injured": _range(incident.injured),
        "sources": incident.independent_sources,
        "facts": _facts(incident),
        "tolls": [_toll(course) for effect in EFFECTS if (course := course_of(incident, effect))],
        "reports": _reports(incident, found),
        "snippets": snippets,
        "context": all(report.article in articles for report in incident.reports),
    }


def _range(estimate: Estimate | None) -> list[int] | None:
    return [estimate.low, estimate.best, estimate.high, int(estimate.open)] if estimate else None


def _facts(incident: Incident) -> list[tuple[str, str]]:
    named = (
        ("by", incident.actors.perpetrators),
        ("against", incident.actors.targets),
        ("claimed by", incident.actors.claimed_by),
    )
    return [
        *((label, plain.one_line(", ".join(names))) for label, names in named if names),
        ("confidence", f"{incident.confidence:.0%} that these reports tell of one incident"),
    ]


def _toll(course: Course) -> dict[str, object]:
    estimate = course.estimate
    current = plain.numbers(estimate.current.low, estimate.current.high)
    words = f"best {estimate.best:,}, {plain.word(estimate.status)}"
    if current != plain.numbers(estimate.low, estimate.high):
        words += f", now {current}"
    if estimate.by_category:
        words += f"; {plain.categories(estimate.by_category)}"
    words = _dashed(words)
    return {
        "effect": course.effect,
        "span": _dashed(plain.span(estimate)),
        "words": words,
        "range": [estimate.low, estimate.best, estimate.high, int(estimate.open)],
        "status": plain.word(estimate.status),
        "top": course.top,
        "columns": [[column.source, column.day] for column in course.columns],
        "points": [
            [
                point.column,
                point.aside,
                point.value,
                [point.low, point.high] if None not in {point.low, point.high} and point.low != point.high else None,
                point.bound,
                int(point.whole),
                int(point.standing),
                list(point.figures),
            ]
            for point in course.points
        ],
    }


def _reports(incident: Incident, found: Mapping[Figure, Quotation]) -> list[dict[str, object]]:
    figures: dict[str, list[tuple[int, Figure]]] = {}
    for number, figure in enumerate(incident.figures):
        figures.setdefault(figure.article, []).append((number, figure))
    return [
        _report(
            report,
            sorted(figures.get(report.article, ()), key=lambda one: (one[1].field != "title", one[1].start)),
            found,
        )
        for report in reports_in_order(incident)
    ]


def _report(report: Report, figures: list[tuple[int, Figure]], found: Mapping[Figure, Quotation]) -> dict[str, object]:
    link = report.url if report.url and _WEB_ADDRESS.fullmatch(report.url) else None
    return {
        "day": plain.day(report.published) if report.published else "undated",
        "source": plain.one_line(report.source or ""),
        "article": plain.one_line(report.article),
        "title": plain.one_line(report.title),
        "url": link,
        "copy": plain.one_line(report.copy_of) if report.copy_of else None,
        "figures": [[number, number_of(figure), *found.get(figure, ())] for number, figure in figures],
    }
