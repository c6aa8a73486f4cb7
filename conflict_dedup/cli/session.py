"""What the commands share while they run: messages on stderr, the count of problems, the output, progress."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from conflict_dedup.cli.options import SELECTING_NAMES
from conflict_dedup.errors import ConflictDedupError, EmptyInput

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

FORMAT_SUFFIXES = frozenset({"json", "jsonl", "csv", "tsv", "geojson", "parquet", "md", "html", "svg", "png"})
"""Suffixes of a file that are the name of its format too."""

OTHER_SUFFIXES = frozenset((
    *("xlsx", "xls", "ods", "xml", "yaml", "yml", "toml", "pdf", "doc", "docx", "odt", "rtf", "db", "sqlite"),
    *("sqlite3", "feather", "arrow", "avro", "orc", "kml", "kmz", "shp", "gpkg", "jpg", "jpeg", "gif", "webp"),
    *("zip", "bz2", "xz", "zst", "tar", "tgz"),
))  # fmt: skip
"""Suffixes of what the program does not write: a file that is called so would not be what its name says."""

PIPE_WIDTH = 100
"""Columns of a table that goes to no terminal and finds no COLUMNS in the environment."""


class Session:
    """One run of one command: what it says on stderr, and whether all could be read."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose
        self.problems = 0
        self._articles = 0
        self._started = time.monotonic()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    @property
    def exit_code(self) -> int:
        """0 when all was read, else 1."""
        return 1 if self.problems else 0

    def exit_code_for(self, printed: int, *, fail_if_empty: bool) -> int:
        """The same, and 1 when nothing was printed although something had to be."""
        if printed or not fail_if_empty:
            return self.exit_code
        self._say("no incident was found, and --fail-if-empty is set")
        return 1

    def problem(self, problem: ConflictDedupError) -> None:
        """Name something that could not be read; the work goes on."""
        self.problems += 1
        self._say(str(problem))

    def problem_of_records(self, problem: ConflictDedupError) -> None:
        """The same for candidates and incidents, of which an earlier stage may have found none: that is only noted."""
        if isinstance(problem, EmptyInput):
            self.note(f"{problem.path}: is empty: an earlier step found nothing, or did not get so far")
        else:
            self.problem(problem)

    def note(self, text: str) -> None:
        """Say what cost nothing but may matter."""
        self._say(f"note: {text}")

    def detail(self, text: str) -> None:
        """Say what only -v asks for."""
        if self.verbose:
            self._say(text)

    def summary(self, incidents: Sequence[object] | None = None) -> None:
        """With -v: how much was read and found, in how many seconds."""
        parts = [_counted(self._articles, "article")] if self._articles else []
        if incidents is not None:
            parts.append(_counted(len(incidents), "incident"))
        parts.append(_counted(self.problems, "problem"))
        self.detail(f"{', '.join(parts)} in {time.monotonic() - self._started:.1f} s")

    def _say(self, text: str) -> None:
        if self.quiet:
            return
        from conflict_dedup.report.plain import one_line  # noqa: PLC0415 - most runs have nothing to say

        line = one_line(text)  # a file's name may hold escapes too
        if self._progress is not None:
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(line, err=True)

    @contextmanager
    def progress(self, *, streaming: bool = False) -> Iterator[None]:
        """Show on stderr how many articles are done, when that is a terminal and nothing is printed meanwhile on it."""
        if self.quiet or not sys.stderr.isatty() or (streaming and sys.stdout.isatty()):
            yield
            return
        from rich.console import Console  # noqa: PLC0415 - only for a terminal
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (SpinnerColumn(), TextColumn("{task.completed} articles"), TimeElapsedColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        with self._progress:
            self._task = self._progress.add_task("", total=None)
            try:
                yield
            finally:
                self._progress.stop()
                self._progress = None

    def advance(self, count: int) -> None:
        """Count articles as done."""
        self._articles += count
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, count)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def stdin() -> BinaryIO:
    """Standard input as bytes."""
    return sys.stdin.buffer


def paths_or_stdin(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths given, or ``-`` when there are none and something is piped in.

    Raises:
        click.UsageError: nothing is piped in either.
    """
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError("name files or folders to read, or pipe something in")
    return ("-",)


def terminal_width() -> int:
    """Columns to fill: those of the terminal, or COLUMNS, or :data:`PIPE_WIDTH`."""
    return shutil.get_terminal_size(fallback=(PIPE_WIDTH, 24)).columns


def wants_colour(choice: str, output: str | None) -> bool:
    """Whether to style the output: by ``--color``, else NO_COLOR (https://no-color.org), else if it is a terminal."""
    if choice != "auto":
        return choice == "always"
    return (
        not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and output in {None, "-"}
        and sys.stdout.isatty()
    )


def format_of(chosen: str | None, output: str | None, *, fields: tuple[str, ...] | None = None) -> str:
    """The format asked for, or that of the output's suffix; else a table for a terminal and JSONL for all else.

    Selected ``fields`` are TSV unless something else is asked for.

    Raises:
        click.UsageError: fields are selected, and the format takes no selection; the suffix is that of another format.
    """
    of_file = output not in {None, "-"}
    suffix = suffix_of(output) if of_file else ""
    if suffix in OTHER_SUFFIXES:
        raise click.UsageError(f"-o {output}: .{suffix} is not written; one of .{', .'.join(sorted(FORMAT_SUFFIXES))}")
    known = suffix if suffix in FORMAT_SUFFIXES else None
    if fields is not None:
        name = chosen or known or "tsv"
        if name not in SELECTING_NAMES:
            raise click.UsageError(f"--select is for {', '.join(SELECTING_NAMES)}, not for {name}")
        return name
    if chosen or known:
        return chosen or known or ""
    return "table" if not of_file and sys.stdout.isatty() else "jsonl"


def suffix_of(output: str | None) -> str:
    """What tells the format of a file: "csv" for "a.csv" and "a.csv.gz"."""
    return Path((output or "").casefold().removesuffix(".gz")).suffix.removeprefix(".")


def tabular_format(chosen: str | None, output: str | None) -> str:
    """The same for what is a table, JSONL or TSV and no list of incidents.

    Raises:
        click.UsageError: the suffix is that of another format.
    """
    if chosen:
        return chosen
    if output not in {None, "-"}:
        check_suffix(output, "jsonl", "tsv")
        return "tsv" if suffix_of(output) == "tsv" else "jsonl"
    return "table" if sys.stdout.isatty() else "jsonl"


def check_suffix(output: str | None, *written: str) -> None:
    """Refuses a file whose suffix says that it is of a format that is not written: a.csv for JSONL.

    Raises:
        click.UsageError: it does.
    """
    suffix = suffix_of(output) if output not in {None, "-"} else ""
    if suffix in (FORMAT_SUFFIXES | OTHER_SUFFIXES) - set(written):
        raise click.UsageError(f"-o {output}: .{suffix} is not written here; .{' or .'.join(written)}")


def is_awaited(stream: TextIO) -> bool:
    """Whether somebody may wait for what is written: at a terminal, or at the other end of a pipe."""
    try:
        mode = os.fstat(stream.fileno()).st_mode
    except (OSError, ValueError):  # no stream of the system's
        return True
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or stream.isatty()


@contextmanager
def opened(output: str | None) -> Iterator[TextIO]:
    """The stream to write to: standard output, or a file that appears whole or not at all, packed if it ends in .gz.

    Raises:
        click.BadParameter: the file cannot be written.
    """
    if output in {None, "-"}:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # UTF-8 whatever the locale says: it is what JSON is; a terminal that cannot show a letter shows another
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(output or "")
    try:
        mode = target.stat().st_mode if target.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            direct = target.open("w", encoding="utf-8", newline="\n")  # a device or a named pipe cannot be replaced
        else:
            target = Path(os.path.realpath(target))  # what a link points to is replaced, not the link
            handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise click.BadParameter(f"cannot write {output}: {error.strerror}", param_hint="'-o'") from error
    if mode is not None and not stat.S_ISREG(mode):
        with direct:
            yield direct
        return
    try:
        with _writing(handle, packed=target.suffix.casefold() == ".gz") as stream:
            yield stream
        Path(temporary).chmod(stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


@contextmanager
def _writing(handle: int, *, packed: bool) -> Iterator[TextIO]:
    """A text stream to an open file."""
    if not packed:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    import gzip  # noqa: PLC0415 - few outputs are packed

    with (
        open(handle, "wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as content,
        io.TextIOWrapper(content, encoding="utf-8", newline="\n") as stream,
    ):
        yield stream


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
