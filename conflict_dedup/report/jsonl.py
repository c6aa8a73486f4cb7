"""JSONL: one incident a line, as docs/schema.md describes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from conflict_dedup.model import Candidate, Incident


def write_lines(records: Iterable[Incident | Candidate], stream: TextIO) -> None:
    """Print records, one a line."""
    encode = msgspec.json.Encoder().encode
    stream.writelines(encode(record).decode("utf-8") + "\n" for record in records)


def write_jsonl(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print incidents, one a line."""
    write_lines(incidents, stream)
