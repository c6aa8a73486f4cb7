"""One incident on a page: its range, who said what when, and the reports that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from conflict_dedup.model import EFFECTS, Article, Candidate, Estimate, Incident, Place
from conflict_dedup.report import plain
from conflict_dedup.report.page import Page, byline, print_figures
from conflict_dedup.report.table import STYLES
from conflict_dedup.report.timeline import print_courses


def print_heading(page: Page, incident: Incident) -> None:
    """What, where, when, and the range of each effect."""
    page.line(plain.one_line(incident.id), "bold")
    date = plain.window(incident.date) if incident.date else "date unknown"
    where = plain.place(incident.place) if incident.place else "place unknown"
    page.line(f"{date} - {where} - {plain.word(incident.event_type)}")
    if incident.place:
        page.line(_where(incident.place), "dim")
    for label, names in (
        ("by", incident.actors.perpetrators),
        ("against", incident.actors.targets),
        ("claimed by", incident.actors.claimed_by),
    ):
        if names:
            page.line(f"{label}: {plain.one_line(', '.join(names))}")
    for effect in EFFECTS:
        estimate = incident.effect(effect)
        if estimate is not None:
            first, status, rest = _range(estimate)
            page.parts((f"{effect} ", ""), (first, "bold"), (status, STYLES.get(status, "")), (rest, ""))
    page.line(f"confidence {incident.confidence:.2f} that these reports tell of one incident", "dim")


def _where(place: Place) -> str:
    words = plain.PLACE_PRECISION[place.precision]
    return f"place: {words}" if place.lat is None or place.lon is None else f"place: {words}, {place.lat}, {place.lon}"


def _range(estimate: Estimate) -> tuple[str, str, str]:
    """The range with its best figure, the status, and what else is known."""
    rest = ""
    current = plain.numbers(estimate.current.low, estimate.current.high)
    if current != plain.numbers(estimate.low, estimate.high):
        rest += f", now {current}"
    if estimate.by_category:
        rest += f"; {plain.categories(estimate.by_category)}"
    return f"{plain.span(estimate)}, best {estimate.best:,}, ", plain.word(estimate.status), rest


def print_reports(page: Page, incident: Incident, candidates: Sequence[Candidate] = ()) -> None:
    """The reports, each copy under the text that it reprints; ``candidates`` tell where and when each puts it."""
    told: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        told.setdefault(candidate.article, []).append(candidate)
    copies: dict[str, list[str]] = {}
    own = [report for report in incident.reports if report.copy_of is None]
    for report in incident.reports:
        if report.copy_of is not None:
            copies.setdefault(report.copy_of, []).append(byline(report))
    count = len(incident.reports)
    page.line(
        f"{count} report{'s' * (count != 1)}, {incident.independent_sources} independent "
        f"source{'s' * (incident.independent_sources != 1)}",
        "bold",
    )
    for report in own:
        page.line(byline(report), indent=2)
        if report.title:
            page.line(plain.shortened(report.title), indent=4)
        if report.url:
            page.line(plain.one_line(report.url), "dim", indent=4)
        for candidate in told.get(report.article, ()):
            page.line(f"tells of {_told(candidate)}", "dim", indent=4)
        for copy in copies.pop(report.article, ()):
            page.line(f"reprinted: {copy}", "dim", indent=4)
    for original, reprints in copies.items():
        for copy in reprints:
            page.line(f"{copy}, a reprint of {plain.one_line(original)}", indent=2)


def _told(candidate: Candidate) -> str:
    date = plain.window(candidate.window) if candidate.window else "a day that it does not tell"
    where = plain.place(candidate.place) if candidate.place else "a place that it does not name"
    return f"{date}, {where}, {plain.word(candidate.event_type)}"


def write_incident(
    incident: Incident,
    articles: Mapping[str, Article],
    stream: TextIO,
    *,
    width: int,
    colour: bool,
    candidates: Sequence[Candidate] = (),
) -> None:
    """Print one incident.

    Args:
        incident: what came out.
        articles: by id, as far as they are at hand: they give the figures their context.
        stream: where to print.
        width: in columns.
        colour: whether to style the text.
        candidates: what it was made of, as far as they are at hand: they tell where each report puts it.
    """
    page = Page(stream, width=width, colour=colour)
    print_heading(page, incident)
    page.line()
    print_courses(page, incident)
    page.line("Figures", "bold")
    print_figures(page, incident.figures, incident.reports, articles)
    page.line()
    print_reports(page, incident, candidates)
