"""The table for a terminal: one incident a row, as wide as the terminal and no wider.

Killed are also drawn: a bar from the lowest to the highest total with the best figure marked, on one logarithmic scale
for all rows, whose marks are the heading of the column.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from conflict_dedup.model import Effect, Estimate, Incident
from conflict_dedup.report import plain
from conflict_dedup.report.filters import gravest
from conflict_dedup.report.ordering import GROUPS

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod
    from rich.table import Table
    from rich.text import Text

PAGE_ROWS = 200
"""Rows laid out at once: the table is printed page by page and never held whole. The first page sets the widths."""

MIN_WIDTH = 60
"""Columns below which rows are no longer legible; narrower terminals wrap."""

ROOMY_WIDTH = 110
"""Terminals from this width on have room for whole dates and for the bar."""

DIVISIONS_WIDTH = 120
"""Terminals from this width on name the divisions of countries."""

LATER_NUMBERS = 8
"""Columns that numbers are given when there may be larger ones on later pages: "120,000+"."""

GAP = 2
"""Columns between two columns."""

STYLES = {"agreed": "green", "rising": "yellow", "revised down": "cyan", "disputed": "bold red"}
# Colour repeats what the words say; nothing is told by it alone.

DECADES = 3
"""The scale of the bar ends at 10 ** DECADES: single incidents that killed more than 1,000 are drawn beyond its end."""

LEAST_CELLS, MOST_CELLS = 4, 10
"""How many cells of the bar a factor of ten takes, by the room that the other columns leave."""

BEST, LINE, LOW, HIGH, OPEN = "●", "─", "├", "┤", "►"
"""What a bar is drawn with; OPEN ends one whose highest figure is a floor, or lies beyond the scale."""


# --- the bar ---


def bar(estimate: Estimate | None, cells: int) -> tuple[str, int]:
    """A range on the scale: the drawing, and the cell of the best figure (-1 for none).

    Args:
        estimate: the range; None draws nothing.
        cells: how many cells a factor of ten takes.

    Returns:
        A text of ``DECADES * cells + 2`` cells at most; the last is only reached by what lies beyond the scale.
    """
    if estimate is None:
        return "", -1
    low, best, high = (_cell(number, cells) for number in (estimate.low, estimate.best, estimate.high))
    beyond = estimate.open or estimate.high > 10**DECADES
    # a range is never drawn as a point, however narrow it is on this scale
    low -= low == best and estimate.low < estimate.best
    high += high == best and estimate.best < estimate.high and not beyond
    drawn = [" "] * low + [LINE] * (high - low + 1)
    drawn[low], drawn[high] = LOW, HIGH
    if beyond:
        drawn.append(OPEN)
        drawn[high] = LINE if high > low else drawn[high]
    drawn[best] = BEST
    return "".join(drawn), best


def _cell(number: int, cells: int) -> int:
    """log10(1 + n), so that zero has a place too."""
    return min(round(math.log10(1 + number) * cells), DECADES * cells)


def scale(cells: int) -> str:
    """The marks of the scale: "0   10   100  1k"."""
    marks = [" "] * (DECADES * cells + 2)
    for number, mark in ((0, "0"), *((10**decade, _mark(10**decade)) for decade in range(1, DECADES + 1))):
        at = _cell(number, cells)
        marks[at : at + len(mark)] = mark
    return "".join(marks[: DECADES * cells + 2])


def _mark(number: int) -> str:
    return f"{number // 1000}k" if number >= 1000 else str(number)


# --- the columns ---


class _Cell(NamedTuple):
    """What stands in a cell, and how it is styled."""

    text: str
    style: str = ""
    marked: int = -1


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its widest and narrowest, and the terminals (in columns) that have it."""

    heading: str
    cell: Callable[[Incident], _Cell]
    most: int
    least: int
    from_width: int = MIN_WIDTH
    right: bool = False


def _number(effect: Effect) -> Callable[[Incident], _Cell]:
    return lambda incident: _Cell(plain.span(incident.effect(effect)))


def _reports(incident: Incident) -> _Cell:
    return _Cell(f"{len(incident.reports)}/{incident.independent_sources}")


def _status(incident: Incident) -> _Cell:
    estimate = gravest(incident)
    word = plain.word(estimate.status) if estimate else plain.NOTHING
    return _Cell(word, STYLES.get(word, ""))


def _bar(cells: int) -> Callable[[Incident], _Cell]:
    def cell(incident: Incident) -> _Cell:
        drawn, best = bar(incident.killed, cells)
        return _Cell(drawn, STYLES.get(_status(incident).text, ""), best)

    return cell


def _columns(width: int, cells: int = LEAST_CELLS) -> list[_Column]:
    """Those of a terminal of so many columns, with so many cells of the bar to a factor of ten."""
    roomy = width >= ROOMY_WIDTH
    place = plain.place if width >= DIVISIONS_WIDTH else plain.short_place
    columns = (
        _Column("Date", lambda incident: _Cell(plain.window(incident.date)), 26 if roomy else 12, 10),
        _Column("Place", lambda incident: _Cell(place(incident.place)), 60, 14),
        _Column("Type", lambda incident: _Cell(plain.word(incident.event_type)), 14 if roomy else 12, 8),
        _Column("Killed", _number("killed"), 15 if roomy else 8, 6, right=True),
        _Column(scale(cells), _bar(cells), DECADES * cells + 2, DECADES * cells + 2, from_width=ROOMY_WIDTH),
        _Column("Injured", _number("injured"), 11, 7, from_width=76, right=True),
        _Column("Rep/ind", _reports, 9, 7, from_width=76, right=True),
        _Column("Status", _status, 12 if roomy else 8, 8),
        _Column("Id", lambda incident: _Cell(plain.one_line(incident.id)), 48, 12, from_width=150),
    )
    return [column for column in columns if width >= column.from_width]


def _widths(columns: Sequence[_Column], rows: Iterable[Sequence[_Cell]], width: int) -> list[int]:
    """As wide as what the first page holds, within bounds; what is lacking is taken from places, then from ids."""
    from rich.cells import cell_len  # noqa: PLC0415 - see write_table

    needed = [max(cell_len(column.heading.rstrip()), column.least) for column in columns]
    for number, row in enumerate(rows, start=1):
        if number == PAGE_ROWS:  # pages may follow: theirs shall find room for any number too
            needed = [max(n, LATER_NUMBERS) if column.right else n for n, column in zip(needed, columns, strict=True)]
        for at, cell in enumerate(row):
            needed[at] = max(needed[at], min(cell_len(cell.text), columns[at].most))
    for heading in ("Place", "Id", "Date", "Type"):
        excess = sum(needed) + GAP * (len(columns) - 1) - width
        for at, column in enumerate(columns):
            if column.heading == heading and excess > 0:
                needed[at] = max(column.least, needed[at] - excess)
    return needed


def _layout(columns: Sequence[_Column], widths: Sequence[int], *, headings: bool) -> Table:
    from rich.table import Table  # noqa: PLC0415 - see write_table
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=headings, header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.right else "left"
        table.add_column(Text(column.heading), width=width, overflow="fold", justify=justify)
    return table


def _text(cell: _Cell, column: _Column, width: int) -> Text:
    from rich.text import Text  # noqa: PLC0415 - see write_table

    if column.right and len(cell.text) > width:
        return Text(cell.text.replace("-", "-\n"))  # a range is broken behind its hyphen, not within a number
    if cell.marked < 0:
        return Text(cell.text, style=cell.style)
    # the bar keeps its leading blanks; of it, the best figure alone has the full colour
    return Text.assemble(
        (cell.text[: cell.marked], "dim"), (BEST, cell.style), (cell.text[cell.marked + 1 :], "dim"), no_wrap=True
    )


# --- totals ---


@dataclass(slots=True)
class _Sum:
    """Ranges added end by end: what the whole may be at least and at most, by what the reports give."""

    low: int = 0
    high: int = 0
    open: bool = False
    incidents: int = 0

    def add(self, estimate: Estimate | None) -> None:
        if estimate is not None:
            self.low, self.high = self.low + estimate.low, self.high + estimate.high
            self.open = self.open or estimate.open
            self.incidents += 1

    def __str__(self) -> str:
        return plain.numbers(self.low, self.high) + "+" * self.open


@dataclass(slots=True)
class Totals:
    """What stands below a table: lows added to lows and highs to highs, never one number for what is disputed."""

    incidents: int = 0
    articles: set[str] = field(default_factory=set)  # one may tell of several incidents
    killed: _Sum = field(default_factory=_Sum)
    injured: _Sum = field(default_factory=_Sum)
    statuses: Counter[str] = field(default_factory=Counter)

    def add(self, incident: Incident) -> None:
        """Count one incident."""
        self.incidents += 1
        self.articles.update(report.article for report in incident.reports)
        self.killed.add(incident.killed)
        self.injured.add(incident.injured)
        self.statuses[_status(incident).text] += 1

    def words(self) -> str:
        """In one line: "8 incidents, 11 articles: killed 60-80+ in 7, injured 30-36 in 6"."""
        counted = [
            f"{effect} {total} in {total.incidents}"
            for effect, total in (("killed", self.killed), ("injured", self.injured))
            if total.incidents
        ]
        head = f"{_count(self.incidents, 'incident')}, {_count(len(self.articles), 'article')}"
        return f"{head}: {', '.join(counted)}" if counted else head

    def by_status(self) -> list[tuple[str, int]]:
        """How many incidents have each status, in the order of the legend."""
        return [(status, self.statuses[status]) for status in STYLES if self.statuses[status]]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _footer(console: Console, totals: Totals, *, with_bar: bool) -> None:
    from rich.text import Text  # noqa: PLC0415 - see write_table

    several = totals.killed.incidents > 1 or totals.injured.incidents > 1
    how = " (lowest figures added up, highest added up)" if several else ""
    statuses = Text(", ").join(
        Text.assemble((f"{status} {number}", STYLES[status])) for status, number in totals.by_status()
    )
    bars = f"Bar: {LOW} lowest {BEST} best {HIGH} highest {OPEN} or more; logarithmic." if with_bar else ""
    console.print()
    console.print(Text.assemble((totals.words(), "bold"), (f"{how}.", "dim")))
    console.print(Text.assemble(statuses, "." if statuses else "", (f" {bars}" if bars else "", "dim")))


# --- the table ---


def _pages(incidents: Iterable[Incident]) -> Iterator[list[Incident]]:
    remaining = iter(incidents)
    while page := list(islice(remaining, PAGE_ROWS)):
        yield page


class _Writer:
    """The state of one table: its columns, fixed by the first page, and its totals."""

    def __init__(self, console: Console, first: Sequence[Incident]) -> None:
        self.console = console
        self._fit(first, LEAST_CELLS)
        spare = console.width - sum(self.widths) - GAP * (len(self.widths) - 1)
        self._fit(first, min(MOST_CELLS, LEAST_CELLS + max(0, spare) // DECADES))
        self.totals = Totals()
        self.headings = True

    def _fit(self, first: Sequence[Incident], cells: int) -> None:
        self.columns = _columns(self.console.width, cells)
        self.widths = _widths(self.columns, map(self._row, first), self.console.width)

    def _row(self, incident: Incident) -> list[_Cell]:
        return [column.cell(incident) for column in self.columns]

    def rows(self, incidents: Iterable[Incident]) -> None:
        """Print rows, below the headings if they are the first."""
        table = _layout(self.columns, self.widths, headings=self.headings)
        self.headings = False
        for incident in incidents:
            self.totals.add(incident)
            table.add_row(*map(_text, self._row(incident), self.columns, self.widths))
        self.console.print(table)

    def group(self, name: str, incidents: Sequence[Incident]) -> None:
        """Print the rows of one group below its name and totals."""
        from rich.text import Text  # noqa: PLC0415 - see write_table

        totals = Totals()
        for incident in incidents:
            totals.add(incident)
        if self.headings:
            self.console.print(_layout(self.columns, self.widths, headings=True))
            self.headings = False
        self.console.print()
        self.console.print(Text.assemble((plain.one_line(name), "bold"), (f"  {totals.words()}", "dim")))
        for page in _pages(incidents):
            self.rows(page)


def write_table(
    incidents: Iterable[Incident], stream: TextIO, *, width: int, colour: bool, group: str | None = None
) -> None:
    """Print the table, and its totals below it.

    "Rep/ind" is the number of reports and of independent sources among them; "+" behind a number says that it is a
    floor, "~" before a date that it is inferred. The bar's scale is logarithmic, log10(1 + killed).

    Args:
        incidents: in the order to be shown; with ``group``, those of one group together.
        stream: where to print.
        width: in columns.
        colour: whether to style the text.
        group: one of ``ordering.GROUPS``: a heading for each group, with its totals.
    """
    from rich.console import Console  # noqa: PLC0415 - 25 ms that the other formats need not pay

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
    writer = _Writer(console, first)
    if group is None:
        for page in chain([first], pages):
            writer.rows(page)
    else:
        heading = GROUPS[group]
        for name, members in groupby(chain(first, chain.from_iterable(pages)), key=heading):
            writer.group(name or f"{group.capitalize()} unknown", list(members))
    _footer(console, writer.totals, with_bar=console.width >= ROOMY_WIDTH)
