"""One incident on a page: its range, who said what when, and the reports that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from conflict_dedup.model import EFFECTS, Article, Estimate, Incident
from conflict_dedup.report import plain
from conflict_dedup.report.page import Page, byline, print_figures


def print_heading(page: Page, incident: Incident) -> None:
    """What, where, when, and the range of each effect."""
    page.line(plain.one_line(incident.id), "bold")
    date = plain.window(incident.date) if incident.date else "date unknown"
    where = plain.place(incident.place) if incident.place else "place unknown"
    page.line(f"{date} - {where} - {plain.word(incident.event_type)}")
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
            page.line(f"{effect} {_range(estimate)}")
    page.line(f"confidence {incident.confidence:.2f} that these reports tell of one incident")


def _range(estimate: Estimate) -> str:
    text = f"{plain.span(estimate)}, best {estimate.best:,}, {plain.word(estimate.status)}"
    current = plain.numbers(estimate.current.low, estimate.current.high)
    if current != plain.numbers(estimate.low, estimate.high):
        text += f", now {current}"
    if estimate.by_category:
        text += f"; {plain.categories(estimate.by_category)}"
    return text


def print_reports(page: Page, incident: Incident) -> None:
    """The reports, each copy under the text that it reprints."""
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
            page.line(plain.one_line(report.title), indent=4)
        if report.url:
            page.line(plain.one_line(report.url), "dim", indent=4)
        for copy in copies.pop(report.article, ()):
            page.line(f"reprinted: {copy}", "dim", indent=4)
    for original, reprints in copies.items():
        for copy in reprints:
            page.line(f"{copy}, a reprint of {plain.one_line(original)}", indent=2)


def write_incident(
    incident: Incident, articles: Mapping[str, Article], stream: TextIO, *, width: int, colour: bool
) -> None:
    """Print one incident; ``articles`` by id give the figures their context, as far as they are at hand."""
    page = Page(stream, width=width, colour=colour)
    print_heading(page, incident)
    page.line()
    page.line("Figures", "bold")
    print_figures(page, incident.figures, incident.reports, articles)
    page.line()
    print_reports(page, incident)
