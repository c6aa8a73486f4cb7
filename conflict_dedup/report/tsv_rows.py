"""TSV: the columns of CSV, one line an incident, for `cut`, `sort` and `awk`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from conflict_dedup.model import Incident
from conflict_dedup.report.cells import write_rows
from conflict_dedup.report.csv_rows import COLUMNS


def write_tsv(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a line of headings and a line for each incident."""
    write_rows(incidents, COLUMNS, stream, separator="\t")
