"""Incidents to text: a format is one module with one writer, named in :data:`FORMATS`.

A writer takes incidents one at a time and writes each as it comes; none of them opens a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TextIO

from conflict_dedup.model import Incident
from conflict_dedup.report.csv_rows import write_csv
from conflict_dedup.report.json_array import write_json
from conflict_dedup.report.jsonl import write_jsonl, write_lines
from conflict_dedup.report.table import write_table

__all__ = ["FORMATS", "Writer", "write_lines"]


class Writer(Protocol):
    """What every format provides."""

    def __call__(self, incidents: Iterable[Incident], stream: TextIO, *, width: int, colour: bool) -> None:
        """Write the incidents; ``width`` in columns and ``colour`` are for those that show them to a person."""


FORMATS: dict[str, Writer] = {
    "table": write_table,
    "jsonl": write_jsonl,
    "json": write_json,
    "csv": write_csv,
}
"""Name -> writer."""
