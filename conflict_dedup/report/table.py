"""The table for a terminal: one incident a row, as wide as the terminal and no wider."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from conflict_dedup.model import Incident
from conflict_dedup.report import plain

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table

PAGE_ROWS = 200
"""Rows laid out at once: the table is printed page by page and never held whole."""

MIN_WIDTH = 60
"""Columns below which rows are no longer legible; narrower terminals wrap."""

ROOMY_WIDTH = 100
"""Terminals from this width on have room for columns whose words need no folding."""


class _Column(NamedTuple):
    """A column: its widths in narrow and in roomy terminals (None: what is left), and the narrowest that has it."""

    heading: str
    cell: Callable[[Incident], str]
    narrow: int | None
    roomy: int | None
    from_width: int = MIN_WIDTH
    justify: JustifyMethod = "left"


def _reports(incident: Incident) -> str:
    return f"{len(incident.reports)}/{incident.independent_sources}"


def _status(incident: Incident) -> str:
    """That of the gravest effect of which anything is known."""
    known = incident.killed or incident.injured or incident.missing or incident.abducted
    return plain.word(known.status) if known else plain.NOTHING


_COLUMNS = (
    _Column("Date", lambda incident: plain.window(incident.date), 12, 12),
    _Column("Place", lambda incident: plain.place(incident.place), None, None),
    _Column("Type", lambda incident: plain.word(incident.event_type), 8, 14),
    _Column("Killed", lambda incident: plain.span(incident.killed), 8, 9, justify="right"),
    _Column("Injured", lambda incident: plain.span(incident.injured), 7, 9, from_width=76, justify="right"),
    _Column("Rep/ind", _reports, 7, 7, from_width=76, justify="right"),
    _Column("Status", _status, 8, 12),
    _Column("Id", lambda incident: plain.one_line(incident.id), 30, 30, from_width=132),
)

_STYLES = {"agreed": "green", "rising": "yellow", "revised down": "yellow", "disputed": "red"}
# Colour repeats what the words say; nothing is told by it alone.


def _layout(columns: Iterable[_Column], width: int, *, headings: bool) -> Table:
    from rich.table import Table  # noqa: PLC0415 - 25 ms that the other formats need not pay

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=headings, width=width, header_style="bold")
    for column in columns:
        # fixed, so that every page has the same columns
        fixed = column.roomy if width >= ROOMY_WIDTH else column.narrow
        table.add_column(
            column.heading,
            width=fixed,
            ratio=None if fixed else 1,
            overflow="fold",
            justify=column.justify,
        )
    return table


def _pages(incidents: Iterable[Incident]) -> Iterator[list[Incident]]:
    remaining = iter(incidents)
    while page := list(islice(remaining, PAGE_ROWS)):
        yield page


def write_table(incidents: Iterable[Incident], stream: TextIO, *, width: int, colour: bool) -> None:
    """Print the table.

    "Rep/ind" is the number of reports and of independent sources among them; "+" behind a number says that it is a
    floor, "~" before a date that it is inferred.
    """
    from rich.console import Console  # noqa: PLC0415 - see _layout
    from rich.text import Text  # noqa: PLC0415

    console = Console(
        file=stream,
        width=max(width, MIN_WIDTH),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    pages = _pages(incidents)
    first = next(pages, None)
    if first is None:
        console.print("No incidents found.")
        return
    columns = [column for column in _COLUMNS if console.width >= column.from_width]
    for number, page in enumerate(chain([first], pages)):
        table = _layout(columns, console.width, headings=number == 0)
        for incident in page:
            cells = [column.cell(incident) for column in columns]
            table.add_row(*(Text(cell, style=_STYLES.get(cell, "")) for cell in cells))
        console.print(table)
