"""JSONL: one article a line, read line by line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

import msgspec

from conflict_dedup.errors import ConflictDedupError, UnreadableInput
from conflict_dedup.ingest.decoding import LineDecoder
from conflict_dedup.ingest.fields import Draft, draft_of
from conflict_dedup.ingest.json_document import decode_json
from conflict_dedup.ingest.sources import OnProblem, Source


def read_json_lines(source: Source, on_problem: OnProblem) -> Iterator[Draft]:
    """The articles of a JSONL file; blank lines are passed over, broken ones are reported."""
    decoder = LineDecoder(source.name)
    fast = msgspec.json.Decoder()
    empty = True
    for line, raw in source.lines():
        if not raw.removeprefix(codecs.BOM_UTF8).strip():
            continue
        empty = False
        try:
            try:
                record = fast.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                record = decode_json(decoder(raw, line), path=source.name, line=line)
            if not isinstance(record, dict):
                raise UnreadableInput("is no JSON object", hint="one {…} a line is read", path=source.name, line=line)
            yield draft_of(record, path=source.name, line=line, fallback_id=f"{source.stem}:{line}")
        except ConflictDedupError as problem:
            on_problem(problem)
    if empty:
        raise UnreadableInput("has only blank lines", hint="nothing to read in it", path=source.name)
