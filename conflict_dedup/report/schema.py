"""The JSON Schema of what is printed, made from the structs that print it."""

from __future__ import annotations

from typing import Any

import msgspec

from conflict_dedup.model import CANDIDATE_SCHEMA, INCIDENT_SCHEMA, Candidate, Floating, Incident

DIALECT = "https://json-schema.org/draft/2020-12/schema"

KINDS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "incident": (Incident, INCIDENT_SCHEMA),
    "candidate": (Candidate, CANDIDATE_SCHEMA),
}
"""Name -> the struct of one line, and what its ``schema`` says."""

_MAY_LACK = {Floating.__name__}
"""Structs whose defaults are left out when they are printed."""


def json_schema(kind: str) -> dict[str, Any]:
    """The schema of one line of JSONL (2020-12).

    Every field that is printed is required. Fields that a later program adds are let pass, as readers should.

    Args:
        kind: one of :data:`KINDS`.
    """
    struct, name = KINDS[kind]
    schema: dict[str, Any] = msgspec.json.schema(struct)
    parts: dict[str, dict[str, Any]] = schema["$defs"]
    for title, part in parts.items():
        part["description"] = " ".join(part.get("description", "").replace("``", "").split())
        for field in part["properties"].values():
            field.pop("default", None)
        if title not in _MAY_LACK:
            part["required"] = list(part["properties"])
    parts[struct.__name__]["properties"]["schema"] = {"const": name}
    return {"$schema": DIALECT, "title": name, "$ref": schema["$ref"], "$defs": parts}


def schema_text(kind: str) -> str:
    """The schema as a file."""
    return msgspec.json.format(msgspec.json.encode(json_schema(kind)), indent=2).decode("utf-8") + "\n"
