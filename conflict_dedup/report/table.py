"""The table for a terminal: one incident a row, as wide as the terminal and no wider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

from conflict_dedup.model import Incident
from conflict_dedup.report import plain

if TYPE_CHECKING:
    from rich.table import Table

PAGE_ROWS = 200
"""Rows laid out at once: the table is printed page by page and never held whole."""

MIN_WIDTH = 60
"""Columns below which rows are no longer legible; narrower terminals wrap."""

ID_WIDTH = 110
"""Terminals from this width on have room for the column of ids."""

_STYLES = {"agreed": "green", "rising": "yellow", "revised down": "yellow", "disputed": "red"}
# Colour repeats what the words say; nothing is told by it alone.


def _row(incident: Incident) -> tuple[str, ...]:
    killed = incident.killed or incident.injured or incident.missing or incident.abducted
    return (
        plain.window(incident.date),
        plain.place(incident.place),
        plain.word(incident.event_type),
        plain.span(incident.killed),
        plain.span(incident.injured),
        f"{len(incident.reports)}/{incident.independent_sources}",
        plain.word(killed.status) if killed else plain.NOTHING,
        plain.one_line(incident.id),
    )


def _layout(width: int, *, headings: bool) -> Table:
    from rich.table import Table  # noqa: PLC0415 - 25 ms that the other formats need not pay

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=headings, width=width, header_style="bold")
    # widths are fixed, so that every page has the same columns; the place takes what is left
    table.add_column("Date", width=12, overflow="fold")
    table.add_column("Place", ratio=1, min_width=12, overflow="fold")
    table.add_column("Type", width=14 if width >= 100 else 8, overflow="fold")
    table.add_column("Killed", width=9 if width >= 100 else 8, overflow="fold", justify="right")
    table.add_column("Injured", width=9 if width >= 100 else 7, overflow="fold", justify="right")
    table.add_column("Rep/ind", width=7, overflow="fold", justify="right")
    table.add_column("Status", width=12 if width >= 100 else 8, overflow="fold")
    if width >= ID_WIDTH:
        table.add_column("Id", width=max(30, width // 4), overflow="fold", style="dim")
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
    for number, page in enumerate(chain([first], pages)):
        table = _layout(console.width, headings=number == 0)
        for incident in page:
            cells = _row(incident)[: len(table.columns)]
            table.add_row(*(Text(cell, style=_STYLES.get(cell, "")) for cell in cells))
        console.print(table)
