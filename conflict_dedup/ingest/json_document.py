"""JSON: one article, a list of articles, or an object that wraps such a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from conflict_dedup.errors import ConflictDedupError, UnreadableInput
from conflict_dedup.ingest.decoding import decode
from conflict_dedup.ingest.fields import Draft, draft_of, known_fields
from conflict_dedup.ingest.sources import OnProblem, Source
from conflict_dedup.ingest.words import table


def decode_json(text: str, *, path: str, line: int | None = None) -> Any:
    """Decode a JSON text; ``NaN``, which Python and pandas write, is let pass.

    Raises:
        UnreadableInput: it is broken.
    """
    try:
        return msgspec.json.decode(text.encode("utf-8", errors="replace"))
    except (msgspec.DecodeError, RecursionError) as error:
        why = str(error)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError) and line is None:
            line = error.lineno
        detail = why.removeprefix("JSON is malformed: ").removeprefix("Input data was ")
        raise UnreadableInput(
            f"broken JSON: {detail}", hint="mend it or leave it out; is it cut off?", path=path, line=line
        ) from None


def records_of(document: object, *, path: str) -> list[object]:
    """The records in a document.

    Raises:
        UnreadableInput: it holds none.
    """
    if isinstance(document, list):
        if not document:
            raise UnreadableInput("is an empty list", hint="nothing to read in it", path=path)
        return document
    if isinstance(document, dict):
        if "text" in known_fields(map(str, document)) and not any(
            isinstance(document.get(name), list) and document[name] and isinstance(document[name][0], dict)
            for name in table("fields.toml")["lists"]["names"]
        ):
            return [document]
        for name in table("fields.toml")["lists"]["names"]:
            inner = document.get(name)
            if isinstance(inner, list):
                return inner
        hits = document.get("hits")  # Elasticsearch: {"hits": {"hits": […]}}
        inner = hits.get("hits") if isinstance(hits, dict) else hits
        return inner if isinstance(inner, list) else [document]
    raise UnreadableInput("holds no JSON object", hint="an article is {…}, several are [{…}, …]", path=path)


def read_json(source: Source, on_problem: OnProblem) -> Iterator[Draft]:
    """The articles of a JSON document."""
    text = decode(source.read_all(), path=source.name)
    if not text.strip():
        raise UnreadableInput("has only blank lines", hint="nothing to read in it", path=source.name)
    records = records_of(decode_json(text, path=source.name), path=source.name)
    for number, record in enumerate(records, 1):
        name = source.stem if len(records) == 1 else f"{source.stem}:{number}"
        try:
            if not isinstance(record, dict):
                raise UnreadableInput(f"record {number} is no JSON object", hint="an article is {…}", path=source.name)
            draft = draft_of(record, path=source.name, line=None, fallback_id=name)
            yield replace(draft, record=number) if len(records) > 1 else draft
        except ConflictDedupError as problem:
            if problem.line is None and len(records) > 1 and "record" not in problem.why:
                problem = UnreadableInput(f"record {number}: {problem.why}", hint=problem.hint, path=source.name)
            on_problem(problem)
