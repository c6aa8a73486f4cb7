"""CSV: one article a row under a line of headings, read row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from conflict_dedup.errors import UnreadableInput
from conflict_dedup.ingest.decoding import LineDecoder
from conflict_dedup.ingest.fields import Draft, draft_of, known_fields
from conflict_dedup.ingest.sources import MAX_LINE_BYTES, OnProblem, Source

csv.field_size_limit(MAX_LINE_BYTES)  # 128 kB a cell, the default, is less than some articles have

DELIMITERS = (",", ";", "\t", "|")
"""What may stand between cells; the one that makes the most headings known is taken."""


def delimiter_of(header: str) -> str:
    """The delimiter of a table with this line of headings."""

    def known(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return len(known_fields(cells)), len(cells)

    return max(DELIMITERS, key=known)


def is_header(line: str) -> bool:
    """Whether a line is the headings of a table of articles: a column of text and another known one."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter_of(line)), [])
    except csv.Error:
        return False
    fields = known_fields(cells)
    return "text" in fields and len(fields) >= 2


def read_csv(source: Source, on_problem: OnProblem) -> Iterator[Draft]:
    """The articles of a table."""
    feed = _Feed(source, on_problem)
    header = next((line for line in feed if line.strip()), None)
    if header is None:
        if feed.broken:
            return
        raise UnreadableInput("has only blank lines", hint="nothing to read in it", path=source.name)
    try:
        delimiter = delimiter_of(header)
        names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    except csv.Error as error:
        hint = "end lines with a line feed: those of old Macs end with a carriage return alone"
        raise UnreadableInput(f"broken CSV: {error}", hint=hint, path=source.name, line=feed.line) from None
    if "text" not in known_fields(names):
        raise UnreadableInput(
            "no column of text",
            hint=f"name one text, body or content; its headings are: {', '.join(names)}"[:200],
            path=source.name,
            line=feed.line,
        )
    rows = csv.reader(feed, delimiter=delimiter)
    while True:
        line = feed.line + 1  # where the row begins: it may go over several lines
        try:
            row = next(rows, None)
            if row is None or feed.broken:
                return
            if any(cell.strip() for cell in row) or feed.ended:
                record = _record(row, names, whole=not feed.ended, path=source.name, line=line)
                yield draft_of(record, path=source.name, line=line, fallback_id=f"{source.stem}:{line}")
        except csv.Error as error:
            on_problem(
                UnreadableInput(
                    f"broken CSV: {error}", hint="is a quotation mark left open?", path=source.name, line=line
                )
            )
        except UnreadableInput as problem:
            on_problem(problem)


def _record(row: list[str], names: list[str], *, whole: bool, path: str, line: int) -> dict[str, object]:
    """The cells of a row by their headings.

    Raises:
        UnreadableInput: a quotation mark swallowed the rest of the table, or there are more cells than headings.
    """
    if not whole:
        raise UnreadableInput(
            "a quotation mark is never closed",
            hint="is the file cut off? close it, or double quotation marks inside a cell",
            path=path,
            line=line,
        )
    if len(row) > len(names):
        raise UnreadableInput(
            f"{len(row)} cells under {len(names)} headings",
            hint="put cells that hold a comma or a line end in quotation marks",
            path=path,
            line=line,
        )
    return dict(zip(names, row, strict=False))


class _Feed:
    """The decoded lines of a table for the csv module, and where it stands in them.

    ``ended`` is true once it has asked for a line after the last: a row that it hands over then was never finished.
    """

    def __init__(self, source: Source, on_problem: OnProblem) -> None:
        self.line = 0
        self.ended = False
        self.broken = False
        self._lines = source.lines()
        self._decoder = LineDecoder(source.name)
        self._on_problem = on_problem

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            self.line, raw = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        except UnreadableInput as problem:
            self.ended = self.broken = True
            self._on_problem(problem)
            raise StopIteration from None
        try:
            return self._decoder(raw, self.line)
        except UnreadableInput as problem:
            self._on_problem(problem)
            return raw.decode("latin-1")  # the row keeps its shape
