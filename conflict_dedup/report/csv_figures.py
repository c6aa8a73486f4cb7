"""CSV of the evidence: one row a figure, with its quotation and the report that it stands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TextIO

from conflict_dedup.model import Incident, Report
from conflict_dedup.report.cells import Cell, Columns, Rows

_OF_INCIDENT: Columns = {
    "incident": lambda incident: incident.id,
    "date_start": lambda incident: incident.date.start.isoformat() if incident.date else None,
    "place": lambda incident: incident.place.name if incident.place else None,
    "country": lambda incident: incident.place.country if incident.place else None,
}
_OF_FIGURE = ("effect", "value", "bound", "low", "high", "category", "subset", "superseded", "derived", "attribution",
              "quote", "field", "start", "end", "article")  # fmt: skip
_OF_REPORT = ("source", "published", "title", "url", "copy_of")

COLUMNS = (*_OF_INCIDENT, *_OF_FIGURE, *_OF_REPORT)
"""The headings: of the incident, of the figure, of the report that the figure stands in."""


def _cell(value: Cell | dt.date) -> Cell:
    return value.isoformat() if isinstance(value, dt.date) else value


def write_csv_figures(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a line of headings and a row for each figure, in the order of JSONL."""
    rows = Rows(stream, COLUMNS)
    for incident in incidents:
        of_incident = [cell(incident) for cell in _OF_INCIDENT.values()]
        by_article = {report.article: report for report in incident.reports}
        for figure in incident.figures:
            report = by_article.get(figure.article) or Report(article=figure.article)
            of_figure = (getattr(figure, name) for name in _OF_FIGURE)
            of_report = (_cell(getattr(report, name)) for name in _OF_REPORT)
            rows.write((*of_incident, *of_figure, *of_report))
