"""What the formats with rows share: cells that a spreadsheet shows and does not run, and how values become cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TextIO, TypeAlias

from conflict_dedup.model import Incident
from conflict_dedup.report.plain import harmless, one_line

Cell: TypeAlias = str | int | float | None
"""A bool is written as true or false, None as nothing."""

Columns: TypeAlias = Mapping[str, Callable[[Incident], Cell]]
"""Heading -> what stands under it."""

# A cell that begins so is run as a formula by Excel, LibreOffice and Google Sheets (OWASP, "CSV Injection"), the
# full-width forms too; an apostrophe before it makes it text. Numbers are never given one.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# Where the decimal mark is a comma, a spreadsheet splits lines at ";", and takes no quotation mark for one that stands
# within a cell: what follows a ";", a tab or a line break begins a cell there.
_LATER_START = re.compile(r"([;\t\n]\s*)(?=[=+\-@＝＋－＠])")


def safe_cell(cell: Cell) -> Cell:
    """The cell as a spreadsheet will show, not run, it."""
    if not isinstance(cell, str):
        return cell
    text = _LATER_START.sub(r"\1'", harmless(cell))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS) else text


def joined(values: Iterable[str | None]) -> str | None:
    """Several values in one cell, each once; None when there is none."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None


def flag(value: bool) -> str:
    """True and false as JSON has them."""
    return "true" if value else "false"


def _comma_cell(cell: Cell) -> Cell:
    return flag(cell) if isinstance(cell, bool) else safe_cell(cell)


def _tab_cell(cell: Cell) -> Cell:
    """As above, on one line and without a tab, so that `cut` and `awk` find the columns."""
    cell = _comma_cell(cell)
    return one_line(cell) if isinstance(cell, str) else cell


_CELL: dict[str, Callable[[Cell], Cell]] = {",": _comma_cell, "\t": _tab_cell}


class Rows:
    """Rows of cells on a stream."""

    def __init__(self, stream: TextIO, headings: Iterable[str], *, separator: Literal[",", "\t"] = ",") -> None:
        self._rows = csv.writer(stream, delimiter=separator, lineterminator="\n")
        self._cell = _CELL[separator]
        self._rows.writerow(headings)

    def write(self, cells: Iterable[Cell]) -> None:
        """Print one row."""
        self._rows.writerow([self._cell(cell) for cell in cells])


def write_rows(
    incidents: Iterable[Incident], columns: Columns, stream: TextIO, *, separator: Literal[",", "\t"] = ","
) -> None:
    """Print a line of headings and a row for each incident, as they come."""
    rows = Rows(stream, columns, separator=separator)
    for incident in incidents:
        rows.write(cell(incident) for cell in columns.values())
