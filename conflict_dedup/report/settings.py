"""What the options are when they are not given, as a table, JSONL or tab-separated values."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TextIO

import msgspec

from conflict_dedup.report import plain
from conflict_dedup.report.cells import safe_cell
from conflict_dedup.report.table import MIN_WIDTH

DEFAULT = "default"
"""The origin of what nobody has set."""


class Row(NamedTuple):
    """One option of one command; ``variable`` is that of the environment which sets it."""

    command: str
    option: str
    value: object
    origin: str
    variable: str


def _shown(value: object) -> str:
    if value is None:
        return plain.NOTHING
    if isinstance(value, (list, tuple)):
        return plain.one_line(" ".join(map(str, value)))  # as a variable of the environment has several
    return str(value).lower() if isinstance(value, bool) else plain.one_line(str(value))


def write_table(rows: Iterable[Row], read: Sequence[str], stream: TextIO, *, width: int, colour: bool) -> None:
    """A row for each option, the command named once; what is not the default is in bold. Then the files read."""
    from rich.console import Console  # noqa: PLC0415 - 25 ms that the other formats need not pay
    from rich.table import Table  # noqa: PLC0415
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
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("Command", "Option", "Value", "From"):
        table.add_column(heading, overflow="fold")
    last = ""
    for row in rows:
        style = "dim" if row.origin == DEFAULT else "bold"
        name = row.command if row.command != last else ""
        cells = (f"--{row.option}", _shown(row.value), plain.one_line(row.origin))
        table.add_row(name, *(Text(cell, style=style) for cell in cells))
        last = row.command
    console.print(table if table.row_count else "Every option has its default.")
    names = ", ".join(plain.one_line(name) for name in read) or "none"
    console.print(Text(f"Files read: {names}", style="dim"))


def write_lines(rows: Iterable[Row], stream: TextIO) -> None:
    """As JSON, one option a line."""
    stream.writelines(msgspec.json.encode(_object(row)).decode() + "\n" for row in rows)


def _object(row: Row) -> dict[str, object]:
    value = row.value if isinstance(row.value, (str, int, float, bool, list, type(None))) else str(row.value)
    return {"command": row.command, "option": row.option, "value": value, "from": row.origin, "variable": row.variable}


def write_cells(rows: Iterable[Row], stream: TextIO) -> None:
    """As tab-separated values."""
    table = csv.writer(stream, dialect="excel-tab", lineterminator="\n")
    table.writerow(("command", "option", "value", "from", "variable"))
    for row in rows:
        value = "" if row.value is None else _shown(row.value)
        table.writerow((row.command, row.option, safe_cell(value), safe_cell(row.origin), row.variable))


WRITERS: dict[str, Callable[[Iterable[Row], TextIO], None]] = {"jsonl": write_lines, "tsv": write_cells}
"""Those that need no width and no colour."""
