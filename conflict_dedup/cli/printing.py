"""Incidents to the output, in whichever format: as they come, or all at once where a page or a picture is made."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from conflict_dedup.cli.session import terminal_width

if TYPE_CHECKING:
    from conflict_dedup.model import Article, Incident


def shows_context(name: str) -> bool:
    """Whether a format quotes from the articles, so that they must be kept."""
    return name == "html"


def check_tools(name: str, output: str | None) -> None:
    """Find out before the work, not after it, that a format cannot be made or shown.

    Raises:
        MissingExtra: what it needs is not installed.
        click.UsageError: it is no text and would go to a terminal.
    """
    from conflict_dedup.report import BINARY_FORMATS, PUBLISHERS, require_pyarrow, require_tools  # noqa: PLC0415

    if name not in PUBLISHERS and name not in BINARY_FORMATS:
        return
    if output in {None, "-"}:
        _refuse_terminal(sys.stdout)
    if name in PUBLISHERS:
        require_tools(name)
    else:
        require_pyarrow()


def _refuse_terminal(stream: TextIO) -> None:
    if stream.isatty():
        raise click.UsageError("a page, a picture or Parquet is nothing for a terminal: name a file with -o")


def kept(articles: Iterable[Article], by_id: dict[str, Article]) -> Iterator[Article]:
    """The articles as they come, each remembered in ``by_id``."""
    for article in articles:
        by_id[article.id] = article
        yield article


def print_incidents(
    incidents: Iterable[Incident],
    articles: Mapping[str, Article],
    stream: TextIO,
    *,
    name: str,
    colour: bool,
    fields: tuple[str, ...] | None = None,
    group: str | None = None,
) -> int:
    """Write incidents in the format of this name, or ``fields`` of them, and return how many there were.

    ``articles`` by id are for formats that quote from them.
    """
    from conflict_dedup.report import BINARY_FORMATS, PUBLISHERS, SELECTING, writer  # noqa: PLC0415 - not for --help

    counter = Counter(incidents)
    if fields is not None:
        SELECTING[name](counter, fields, stream)
    elif name in PUBLISHERS:
        write_bytes(PUBLISHERS[name](list(counter), articles), stream)
    elif name in BINARY_FORMATS:
        BINARY_FORMATS[name](counter, bytes_of(stream))
    else:
        writer(name, group=group)(counter, stream, width=terminal_width(), colour=colour)
    return counter.count


class Counter:
    """Incidents as they come, counted as they go by."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._incidents = incidents
        self.count = 0

    def __iter__(self) -> Iterator[Incident]:
        for incident in self._incidents:
            self.count += 1
            yield incident


def write_bytes(content: bytes, stream: TextIO) -> None:
    """Write what is no text to a stream that was opened for text.

    Raises:
        click.UsageError: it would go to a terminal, which cannot show it.
    """
    if isinstance(stream, io.TextIOWrapper):
        bytes_of(stream).write(content)
    else:
        stream.write(content.decode("utf-8"))


def bytes_of(stream: TextIO) -> BinaryIO:
    """What is below a stream that was opened for text.

    Raises:
        click.UsageError: that is a terminal, which cannot show it.
    """
    _refuse_terminal(stream)
    stream.flush()
    return stream.buffer
