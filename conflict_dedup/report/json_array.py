"""JSON: one array of incidents, written as they come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from conflict_dedup.model import Incident


def write_json(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a JSON array, indented, of the same objects that the lines of JSONL hold."""
    encode = msgspec.json.Encoder().encode
    before = "[\n"
    for incident in incidents:
        stream.write(before + msgspec.json.format(encode(incident), indent=2).decode("utf-8"))
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")
