"""Fields of incidents by dotted names, such as ``killed.best``, for quick columns."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Literal, TextIO, Union

import msgspec

from conflict_dedup.errors import UnknownField
from conflict_dedup.model import CATEGORIES, Incident
from conflict_dedup.report.cells import Cell, joined, write_rows

HINTS = 5
"""How many names an error offers."""


@cache
def field_names() -> tuple[str, ...]:
    """Every name that may be selected, in the order of docs/schema.md; a name that others begin with holds them all."""
    return tuple(_names(Incident))


def _names(struct: type[msgspec.Struct], prefix: str = "") -> Iterator[str]:
    hints = typing.get_type_hints(struct)
    for name in struct.__struct_fields__:
        yield prefix + name
        inner = _inner_struct(hints[name])
        if inner is not None:
            yield from _names(inner, f"{prefix}{name}.")
        elif name == "by_category":
            for category in CATEGORIES:
                yield f"{prefix}{name}.{category}"
                yield from _names(typing.get_args(hints[name])[1], f"{prefix}{name}.{category}.")


def _inner_struct(hint: Any) -> type[msgspec.Struct] | None:
    """The struct in ``Struct``, ``Struct | None`` and ``tuple[Struct, ...]``."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint
    if typing.get_origin(hint) in {Union, types.UnionType, tuple}:
        return next(filter(None, map(_inner_struct, typing.get_args(hint))), None)
    return None


def checked(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once.

    Raises:
        UnknownField: one of them is no field, or there is none; the hint names those that come near.
    """
    wanted = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not wanted:
        raise UnknownField("no field is named", hint="such as id,killed.best,place.name")
    for name in wanted:
        if name not in field_names():
            raise UnknownField(f"no field {name!r}", hint=_near(name))
    return wanted


def _near(name: str) -> str:
    """What may have been meant: a like name, a like last part ("best"), else the first parts that there are."""
    asked = name.casefold().replace("_", ".")
    near = difflib.get_close_matches(asked, field_names(), n=3, cutoff=0.75)
    same_end = [field for field in field_names() if field.count(".") == 1 and field.endswith(f".{asked}")]
    found = list(dict.fromkeys([*near, *same_end]))[:HINTS]
    if found:
        return f"did you mean {' or '.join(found)}?"
    return "one of " + ", ".join(field for field in field_names() if "." not in field)


def value_of(incident: Incident, name: str) -> Any:
    """What stands in a field; a list where the name leads through one (``reports.source``)."""
    return _followed(incident, name.split("."))


def _followed(value: Any, path: list[str]) -> Any:
    if value is None or not path:
        return value
    if isinstance(value, tuple):
        return [_followed(item, path) for item in value]
    if isinstance(value, dict):
        return _followed(value.get(path[0]), path[1:])
    return _followed(getattr(value, path[0]), path[1:])


def _cell(value: Any) -> Cell:
    """One cell: numbers as they are, lists of plain values joined, what has parts as JSON."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    plain = msgspec.to_builtins(value)
    if isinstance(plain, str):
        return plain
    if isinstance(plain, (list, tuple)):
        if all(isinstance(item, str) or item is None for item in plain):
            return joined(plain)
        if not any(isinstance(item, (list, tuple, dict)) for item in plain):
            return "; ".join("" if item is None else msgspec.json.encode(item).decode() for item in plain)
    return msgspec.json.encode(plain).decode()


def _column(name: str) -> Callable[[Incident], Cell]:
    return lambda incident: _cell(value_of(incident, name))


def write_selected_csv(incidents: Iterable[Incident], fields: tuple[str, ...], stream: TextIO) -> None:
    """Print the fields as comma-separated values."""
    _write_cells(incidents, fields, stream, separator=",")


def write_selected_tsv(incidents: Iterable[Incident], fields: tuple[str, ...], stream: TextIO) -> None:
    """Print the fields as tab-separated values."""
    _write_cells(incidents, fields, stream, separator="\t")


def _write_cells(
    incidents: Iterable[Incident], fields: tuple[str, ...], stream: TextIO, *, separator: Literal[",", "\t"]
) -> None:
    write_rows(incidents, {name: _column(name) for name in fields}, stream, separator=separator)


def write_selected_jsonl(incidents: Iterable[Incident], fields: tuple[str, ...], stream: TextIO) -> None:
    """Print an object a line, whose keys are the names as they were given."""
    encode = msgspec.json.Encoder().encode
    stream.writelines(
        encode({name: value_of(incident, name) for name in fields}).decode("utf-8") + "\n" for incident in incidents
    )
