"""Incidents to text: a format is one module with one writer, named in :data:`FORMATS`.

A writer takes incidents one at a time and writes each as it comes; none of them opens a file. What needs all of them
at once, a page or a picture, is a publisher (:data:`PUBLISHERS`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import BinaryIO, Protocol, TextIO

from conflict_dedup.model import Article, Incident
from conflict_dedup.report.acled_events import write_acled
from conflict_dedup.report.csv_figures import write_csv_figures
from conflict_dedup.report.csv_rows import write_csv
from conflict_dedup.report.geojson import write_geojson
from conflict_dedup.report.json_array import write_json
from conflict_dedup.report.jsonl import write_jsonl, write_lines
from conflict_dedup.report.markdown import write_markdown
from conflict_dedup.report.parquet_file import require_pyarrow, write_parquet
from conflict_dedup.report.pictures import html_page, map_png, map_svg, require_tools, toll_png, toll_svg
from conflict_dedup.report.selection import write_selected_csv, write_selected_jsonl, write_selected_tsv
from conflict_dedup.report.table import write_table
from conflict_dedup.report.tsv_rows import write_tsv
from conflict_dedup.report.ucdp_ged import write_ucdp

__all__ = [
    "BINARY_FORMATS",
    "FORMATS",
    "PUBLISHERS",
    "SELECTING",
    "TOLL_PICTURES",
    "Publisher",
    "Writer",
    "require_pyarrow",
    "require_tools",
    "write_lines",
    "writer",
]


class Writer(Protocol):
    """What every format provides."""

    def __call__(self, incidents: Iterable[Incident], stream: TextIO, *, width: int, colour: bool) -> None:
        """Write the incidents; ``width`` in columns and ``colour`` are for those that show them to a person."""


FORMATS: dict[str, Writer] = {
    "table": write_table,
    "jsonl": write_jsonl,
    "json": write_json,
    "csv": write_csv,
    "tsv": write_tsv,
    "csv-figures": write_csv_figures,
    "geojson": write_geojson,
    "ucdp": write_ucdp,
    "acled": write_acled,
    "md": write_markdown,
}
"""Name -> writer."""

BINARY_FORMATS: dict[str, Callable[[Iterable[Incident], BinaryIO], None]] = {"parquet": write_parquet}
"""Name -> writer of what is no text; it too takes incidents as they come."""

SELECTING: dict[str, Callable[[Iterable[Incident], tuple[str, ...], TextIO], None]] = {
    "tsv": write_selected_tsv,
    "csv": write_selected_csv,
    "jsonl": write_selected_jsonl,
}
"""Name -> what writes the fields of a selection alone, as they come."""


def writer(name: str, *, group: str | None = None) -> Writer:
    """The writer of a format; ``group`` (one of ``ordering.GROUPS``) is for those that have headings."""
    return partial(write_table, group=group) if name == "table" else FORMATS[name]


class Publisher(Protocol):
    """What every format provides that is made as a whole."""

    def __call__(self, incidents: Sequence[Incident], articles: Mapping[str, Article]) -> bytes:
        """The file; ``articles`` by id, as far as they are at hand, give quotations their context.

        Raises:
            MissingExtra: a library that it needs is not installed.
        """


PUBLISHERS: dict[str, Publisher] = {
    "html": html_page,
    "svg": map_svg,
    "png": map_png,
}
"""Name -> publisher."""

TOLL_PICTURES: dict[str, Callable[[Incident], bytes]] = {"svg": toll_svg, "png": toll_png}
"""Name -> what draws the course of one incident's toll."""
