"""Files to articles: :func:`read` opens what the user names and yields one article after another.

A format is one module with one reader, named in :data:`READERS`; it turns a source into drafts, and what all
formats share (ids, dates that the text or the name of the file gives, the fallback of the user) is done here once.
"""

from __future__ import annotations

import datetime as dt
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from conflict_dedup.errors import ConflictDedupError, UnreadableInput, raised
from conflict_dedup.ingest.csv_table import read_csv
from conflict_dedup.ingest.dates import calendar_date, date_in_name, latest_before, year_in_name
from conflict_dedup.ingest.fields import Draft
from conflict_dedup.ingest.head import Opening, read_opening
from conflict_dedup.ingest.html_page import read_html
from conflict_dedup.ingest.ids import Ids
from conflict_dedup.ingest.json_document import read_json
from conflict_dedup.ingest.json_lines import read_json_lines
from conflict_dedup.ingest.markdown import read_markdown
from conflict_dedup.ingest.plain_text import read_text
from conflict_dedup.ingest.records import read_records
from conflict_dedup.ingest.repeats import each_once
from conflict_dedup.ingest.sniffing import sniffed
from conflict_dedup.ingest.sources import OnProblem, Source, find_sources, problem_of
from conflict_dedup.model import Article

__all__ = ["READERS", "each_once", "read", "read_records"]

Reader = Callable[[Source, OnProblem], Iterator[Draft]]

READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_csv,
    ".tsv": read_csv,
}
"""Suffix -> reader; each also with .gz behind it."""


def _ignore(note: str) -> None:
    """Notes tell of nothing lost."""


def read(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    published: dt.date | None = None,
    stdin: BinaryIO | None = None,
    on_problem: OnProblem = raised,
    on_note: Callable[[str], None] = _ignore,
) -> Iterator[Article]:
    """Read articles, one at a time, from files, folders, globs and ``-``.

    Args:
        paths: what to read; ``-`` is ``stdin``.
        published: the day of publication of articles that tell none.
        stdin: the stream that ``-`` stands for; its format is told by its first line.
        on_problem: called with each file, line or row that cannot be read; reading goes on. Raises it by default.
        on_note: called with what is worth knowing but cost no article.

    Raises:
        ConflictDedupError: the first problem, when ``on_problem`` is left out.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    ids = Ids()
    for source in find_sources(paths, suffixes=READERS, stdin=stdin, on_problem=on_problem, on_note=on_note):
        for draft in _drafts(source, on_problem):
            if draft.bad_date:
                on_problem(
                    UnreadableInput(
                        f"{f'record {draft.record}: ' if draft.record else ''}its date is none: {draft.bad_date}",
                        hint="the article is kept without it; write dates as 2019-11-03",
                        path=source.name,
                        line=draft.line,
                    )
                )
            article = _article(draft, source, ids, published)
            if draft.id and article.id != draft.id:
                on_note(f"{article.origin}: the id {draft.id} is taken: this article is called {article.id}")
            yield article


def _drafts(source: Source, on_problem: OnProblem) -> Iterator[Draft]:
    """The drafts of one source; what makes it unreadable is reported, not raised."""
    try:
        if not source.suffix:
            source = sniffed(source)
        yield from READERS[source.suffix](source, on_problem)
    except ConflictDedupError as problem:
        on_problem(problem)
    except (OSError, EOFError, zlib.error) as error:
        on_problem(problem_of(error, path=source.name))


def _article(draft: Draft, source: Source, ids: Ids, fallback: dt.date | None) -> Article:
    told = draft.published is not None and draft.source is not None
    opening = Opening() if told else read_opening(draft.text)  # of which nothing else is asked
    date = draft.published or opening.published
    if date is None:
        # the name of a file with many articles tells the day of a download rather than that of each article
        name = "/".join(Path(source.name).parts[-4:]) if draft.fallback_id == source.stem else ""
        date = date_in_name(name) or date_in_name(draft.url or "")
    if date is None and opening.month_day:
        date = _with_year(opening.month_day, year_in_name(Path(source.name).name), fallback)
    origin = source.name if draft.line is None else f"{source.name}:{draft.line}"
    return Article(
        id=ids.own(draft.id) if draft.id else ids.made(draft.fallback_id, source.name),
        text=draft.text,
        title=draft.title,
        published=date or fallback,
        source=draft.source or opening.agency,
        url=draft.url,
        lang=draft.lang,
        origin=origin,
    )


def _with_year(month_day: tuple[int, int], year: int | None, fallback: dt.date | None) -> dt.date | None:
    """A dateline's date, of the year in the file's name, else the last such day before the fallback."""
    if year is not None:
        return calendar_date(year, *month_day)
    return latest_before(*month_day, fallback) if fallback else None
