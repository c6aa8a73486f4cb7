"""From the paths that a user names to open files: folders, globs, compression, standard input."""

from __future__ import annotations

import errno
import glob
import gzip
import io
import os
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from conflict_dedup.errors import ConflictDedupError, EmptyInput, UnreadableInput
from conflict_dedup.ingest.decoding import HEAD_BYTES, byte_order_mark, refuse_binary

OnProblem = Callable[[ConflictDedupError], None]

MAX_LINE_BYTES = 64 * 1024 * 1024
"""A longer line is no article but a file without line ends, and would be held in memory whole."""

STDIN = "standard input"

_GZIP = b"\x1f\x8b"
_GLOB = frozenset("*?[")


class _Chained(io.RawIOBase):
    """What has been read of a stream already, then the rest of it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        # read1 hands over what has come so far: a reader at the end of a live pipe need not wait for a full buffer
        reader = getattr(self._rest, "read1", self._rest.read)
        content: bytes = reader(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._rest.close()
        super().close()


def peek(stream: BinaryIO, size: int) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, ``size`` at most, and a stream that still begins with them."""
    reader = getattr(stream, "read1", stream.read)
    head = b""
    while len(head) < 8:  # a pipe may hand over less than a signature at a time
        more: bytes = reader(size)
        if not more:
            break
        head += more
    return head, rejoined(head, stream)


def rejoined(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream that begins with bytes already taken from it."""
    return io.BufferedReader(_Chained(head, stream), buffer_size=65536)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input, that may hold articles.

    ``name`` is how messages call it, ``stem`` its name without folder and suffixes, ``suffix`` what tells its format
    (".jsonl"; "" when its content has to tell).
    """

    name: str
    stem: str
    suffix: str
    path: Path | None = None
    stream: BinaryIO | None = None

    def open(self) -> BinaryIO:
        """Its bytes, unpacked.

        Raises:
            UnreadableInput: the file is empty or binary.
            OSError: it cannot be opened.
        """
        raw: BinaryIO
        if self.path is not None:
            raw = self.path.open("rb")
        elif self.stream is not None:
            raw = self.stream
        else:
            raise UnreadableInput("nothing is connected to standard input", hint="name a file", path=self.name)
        try:
            return self._checked(raw)
        except BaseException:
            if self.path is not None:
                raw.close()
            raise

    def _checked(self, raw: BinaryIO) -> BinaryIO:
        """The unpacked bytes, when they are text."""
        head, content = peek(raw, HEAD_BYTES)
        if head.startswith(_GZIP):
            head, content = peek(cast("BinaryIO", gzip.GzipFile(fileobj=content)), HEAD_BYTES)
        elif self.path is not None and self.name.casefold().endswith(".gz") and head:
            raise UnreadableInput("is no gzip file", hint="name it without .gz, or pack it with gzip", path=self.name)
        if not head:
            raise EmptyInput("is empty", hint="nothing to read in it", path=self.name)
        refuse_binary(head, path=self.name)
        return content

    def read_all(self) -> bytes:
        """The whole content, for formats that come as one document."""
        with self.open() as content:
            return content.read()

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Its lines with their numbers from 1, one at a time; UTF-16 comes out as UTF-8.

        Raises:
            UnreadableInput: naming the line at which reading broke off.
        """
        number = 0
        try:
            with self.open() as content:
                for raw in _lines(content):
                    number += 1
                    if len(raw) < MAX_LINE_BYTES:
                        yield number, raw
                        continue
                    break
                else:
                    return
        except (OSError, EOFError, zlib.error, UnicodeError) as error:
            raise problem_of(error, path=self.name, line=number + 1) from error
        raise UnreadableInput(
            f"the line is longer than {MAX_LINE_BYTES // 1024 // 1024} MB",
            hint="one article a line is read; is it a .json document?",
            path=self.name,
            line=number,
        )


def _lines(content: BinaryIO) -> Iterator[bytes]:
    head = content.peek(4) if isinstance(content, io.BufferedReader) else b""
    encoding = byte_order_mark(head)
    if encoding in {"utf-16", "utf-32"}:
        for text in io.TextIOWrapper(content, encoding=encoding, newline=""):
            yield text.encode("utf-8", errors="surrogatepass")
    else:
        while raw := content.readline(MAX_LINE_BYTES):
            yield raw


def problem_of(error: Exception, *, path: str, line: int | None = None) -> UnreadableInput:
    """What an error of the system or of unpacking means to the user."""
    if isinstance(error, EOFError):
        why, hint = "the .gz breaks off before its end", "fetch or pack it again; what stood before the break was read"
    elif isinstance(error, (gzip.BadGzipFile, zlib.error)):
        why, hint = "the .gz is damaged", "fetch or pack it again; what stood before the damage was read"
    elif isinstance(error, UnicodeError):
        why, hint = f"its encoding breaks: {error.__class__.__name__}", "save it as UTF-8"
    elif isinstance(error, OSError):
        hint = {
            errno.ENOENT: "check the spelling",
            errno.EACCES: "you may not read it: check its permissions",
            errno.EPERM: "you may not read it: check its permissions",
            errno.ELOOP: "its link leads to itself",
        }.get(error.errno or 0, "")
        why = {
            errno.ENOENT: "no such file or folder",
            errno.EACCES: "permission denied",
        }.get(error.errno or 0, error.strerror or str(error))
        line = None if line == 1 else line
    else:
        why, hint = str(error), ""
    return UnreadableInput(why, hint=hint, path=path, line=line)


def split_name(name: str, known: Iterable[str]) -> tuple[str, str]:
    """A file's name as stem and suffix: "a.jsonl.gz" is ("a", ".jsonl"); the suffix is "" when it is not known."""
    bare = name[:-3] if name.casefold().endswith(".gz") else name
    suffix = Path(bare).suffix
    return (bare[: -len(suffix)], suffix.casefold()) if suffix.casefold() in known else (bare, "")


def find_sources(
    paths: Iterable[str | os.PathLike[str]],
    *,
    suffixes: Iterable[str],
    stdin: BinaryIO | None,
    on_problem: OnProblem,
    on_note: Callable[[str], None],
) -> Iterator[Source]:
    """The files that paths, folders and globs name, each once, folders in sorted order.

    A folder gives its files with a known suffix, whatever their depth; hidden ones and other kinds are passed over.
    """
    known = frozenset(suffixes)
    seen: set[str] = set()
    for given in paths:
        name = os.fspath(given)
        if name == "-":
            if STDIN not in seen:
                seen.add(STDIN)
                yield Source(name=STDIN, stem="stdin", suffix="", stream=stdin)
            continue
        for path in _expand(name, known, on_problem, on_note):
            real = os.path.realpath(path)
            if real in seen:
                continue
            seen.add(real)
            stem, suffix = split_name(Path(path).name, known)
            yield Source(name=path, stem=stem, suffix=suffix, path=Path(path))


def _expand(name: str, known: frozenset[str], on_problem: OnProblem, on_note: Callable[[str], None]) -> Iterator[str]:
    if Path(name).is_dir():
        yield from _walk(name, known, on_problem, on_note)
    elif os.path.lexists(name) or not _GLOB & set(name):
        yield name
    else:
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not matches:
            on_problem(UnreadableInput("no file matches", hint="check the pattern and the folder", path=name))
        for match in matches:
            if Path(match).is_dir():
                if "**" not in name:  # which lists the files of folders itself
                    yield from _walk(match, known, on_problem, on_note)
            else:
                yield match


def _is_special(path: Path) -> bool:
    """Whether it is a named pipe, a socket or a device, at which reading may wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # what is wrong with it is said when it is read
    return not stat.S_ISREG(mode)


def _walk(folder: str, known: frozenset[str], on_problem: OnProblem, on_note: Callable[[str], None]) -> Iterator[str]:
    found, others, refused = 0, 0, 0

    def refuse(error: OSError) -> None:
        nonlocal refused
        refused += 1
        on_problem(problem_of(error, path=error.filename or folder))

    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = Path(root) / name
            if split_name(name, known)[1] and not _is_special(path):
                found += 1
                yield str(path)
            else:
                others += 1
    if others and found:
        on_note(f"{folder}: {others} file{'s' * (others > 1)} of other kinds passed over")
    if not found and not refused:
        what = f"only files of other kinds ({others})" if others else "an empty folder"
        on_problem(
            UnreadableInput(f"{what}: no article to read", hint="it reads " + " ".join(sorted(known)), path=folder)
        )
