"""Candidates and incidents that an earlier stage printed: JSONL with a ``schema`` on every line."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from conflict_dedup.errors import ConflictDedupError, EmptyInput, InvalidRecord
from conflict_dedup.ingest.decoding import HEAD_BYTES
from conflict_dedup.ingest.sources import MAX_LINE_BYTES, OnProblem, Source, find_sources, peek, rejoined
from conflict_dedup.model import CANDIDATE_SCHEMA, INCIDENT_SCHEMA, Candidate, Incident

Record = TypeVar("Record", Candidate, Incident)

_SCHEMAS: dict[type, str] = {Candidate: CANDIDATE_SCHEMA, Incident: INCIDENT_SCHEMA}
_SUFFIXES = (".jsonl", ".ndjson")

_HINTS = {
    ("candidate", "incident"): "`match` reads candidates; `report` reads these",
    ("candidate", "article"): "turn articles into candidates with `extract` first, or use `run`",
    ("incident", "candidate"): "turn candidates into incidents with `match` first",
    ("incident", "article"): "turn articles into incidents with `run`",
}


class _Tagged(msgspec.Struct):
    """Any record of ours, as far as its kind goes."""

    schema: str = ""


def kind_of(line: bytes) -> str:
    """What a line of JSONL holds: "candidate", "incident", "article" for any other object, "" for what is no object."""
    try:
        schema = msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=_Tagged).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return next((kind for kind in ("candidate", "incident") if schema.startswith(f"conflict-dedup/{kind}/")), "article")


def sorted_out(
    paths: Iterable[str], *, stdin: BinaryIO | None, empty: str = "article"
) -> tuple[dict[str, list[str]], BinaryIO | None]:
    """Sort paths by what they hold, by their first line; JSONL without a byte, and such an input, are ``empty``.

    Returns:
        "candidate", "incident" and "article" -> paths (all that is no JSONL file of ours is articles, readable or not),
        and the stream to read ``-`` from in place of ``stdin``.
    """
    kinds: dict[str, list[str]] = {"candidate": [], "incident": [], "article": []}
    for path in paths:
        kind = "article"
        if path == "-" and stdin is not None:
            head, content = peek(stdin, HEAD_BYTES)
            try:
                kind, stdin = _first_kind(Source(name="-", stem="-", suffix="", stream=content))
            except EmptyInput:
                kind, stdin = empty, io.BytesIO()
            except (OSError, EOFError, ConflictDedupError):
                stdin = io.BytesIO(head)  # by these bytes the reader of articles says what is wrong with it
        elif path.casefold().removesuffix(".gz").endswith(_SUFFIXES) and Path(path).is_file():
            try:
                for source in find_sources([path], suffixes=_SUFFIXES, stdin=None, on_problem=_pass, on_note=_pass):
                    kind, stream = _first_kind(source)
                    stream.close()
            except EmptyInput:
                kind = empty
            except (OSError, EOFError, ConflictDedupError):
                kind = "article"
        kinds[kind or "article"].append(path)
    return kinds, stdin


def _pass(_: object) -> None:
    """What is wrong with a file is said when it is read."""


def _first_kind(source: Source) -> tuple[str, BinaryIO]:
    content = source.open()
    taken = b""
    while not taken.strip():
        line = content.readline(MAX_LINE_BYTES)
        if not line:
            break
        taken += line
    return kind_of(taken), rejoined(taken, content)


def read_records(
    paths: Iterable[str | os.PathLike[str]],
    kind: type[Record],
    *,
    stdin: BinaryIO | None,
    on_problem: OnProblem,
) -> Iterator[Record]:
    """Read candidates or incidents, line by line, from JSONL files, folders of them, and ``-``.

    Args:
        paths: what to read; ``-`` is ``stdin``.
        kind: :class:`Candidate` or :class:`Incident`.
        stdin: the stream that ``-`` stands for.
        on_problem: called with each file or line that is broken or does not keep to the schema; reading goes on.
    """
    decoder = msgspec.json.Decoder(kind)
    for source in find_sources(paths, suffixes=_SUFFIXES, stdin=stdin, on_problem=on_problem, on_note=_pass):
        strangers: dict[str, list[_OtherKind]] = {}  # of each kind the first is named, the others are counted
        try:
            for line, raw in source.lines():
                if not raw.strip():
                    continue
                try:
                    yield _decode(raw, decoder, kind, source.name, line)
                except _OtherKind as problem:
                    alike = strangers.setdefault(problem.why, [])
                    alike.append(problem)
                    if len(alike) == 1:
                        on_problem(problem)
                except InvalidRecord as problem:
                    on_problem(problem)
        except ConflictDedupError as problem:
            on_problem(problem)
        for why, alike in strangers.items():
            if len(alike) > 1:
                more = f"{why}: so are {len(alike) - 1} more lines"
                on_problem(InvalidRecord(more, hint=alike[0].hint, path=source.name))


class _OtherKind(InvalidRecord):
    """A line that holds a record of another kind, as every line of its file may."""


def _decode(raw: bytes, decoder: msgspec.json.Decoder[Record], kind: type[Record], path: str, line: int) -> Record:
    if line == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    wanted = kind.__name__.casefold()
    try:
        record = decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        found = kind_of(raw)
        if found in {"", wanted}:
            what = "a broken line" if not isinstance(error, msgspec.ValidationError) else f"no {wanted}"
            detail = str(error).removeprefix("JSON is malformed: ")
            raise InvalidRecord(
                f"{what}: {detail}", hint="its fields are in docs/schema.md; is it cut off?", path=path, line=line
            ) from None
        raise _OtherKind(
            f"an {found}, not a {wanted}".replace("a incident", "an incident").replace("an candidate", "a candidate"),
            hint=_HINTS[wanted, found],
            path=path,
            line=line,
        ) from None
    if record.schema != _SCHEMAS[kind]:
        raise InvalidRecord(
            f"its schema is {record.schema[:60]!r}, not {_SCHEMAS[kind]!r}",
            hint="was it printed by another version? print it again with this one",
            path=path,
            line=line,
        )
    return record
