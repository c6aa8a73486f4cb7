"""Parquet: one file, a row an incident, nested as JSONL is. pyarrow is an extra and imported only here."""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Union

import msgspec

from conflict_dedup.errors import MissingExtra
from conflict_dedup.model import INCIDENT_SCHEMA, Incident

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 1_000
"""Incidents in a row group: what is held in memory, and what a reader may skip or fetch at once."""


class _Sink:
    """What pyarrow writes to: it asks where it is, which a pipe cannot tell, and closes what is not its own."""

    closed = False

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._written = 0

    def write(self, content: Any) -> int:
        self._stream.write(content)
        self._written += len(content)
        return len(content)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        """Leave it open: whoever opened the stream closes it."""


def schema_of(struct: type[msgspec.Struct]) -> pa.Schema:
    """The columns of a struct: structs within it stay structs, tuples are lists, dictionaries maps, days date32."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, and 0.3 s

    return pa.schema(_fields(struct), metadata={"schema": INCIDENT_SCHEMA})


def _fields(struct: type[msgspec.Struct]) -> list[pa.Field]:
    import pyarrow as pa  # noqa: PLC0415 - see schema_of

    hints = typing.get_type_hints(struct)
    found = []
    for name in struct.__struct_fields__:
        hint, nullable = _without_none(hints[name])
        found.append(pa.field(name, _type_of(hint), nullable=nullable))
    return found


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in {Union, types.UnionType}:
        return hint, False
    (rest,) = (part for part in typing.get_args(hint) if part is not type(None))
    return rest, True


def _type_of(hint: Any) -> pa.DataType:
    import pyarrow as pa  # noqa: PLC0415 - see schema_of

    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return pa.struct(_fields(hint))
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return pa.list_(pa.field("element", _type_of(arguments[0]), nullable=False))
    if origin is dict:
        return pa.map_(pa.string(), pa.field("value", _type_of(arguments[1]), nullable=False))
    if origin is typing.Literal:
        return _type_of(type(arguments[0]))
    plain = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32()}
    return plain[hint]


def _row(incident: Incident) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(incident, builtin_types=(dt.date,))
    for effect in ("killed", "injured", "missing", "abducted"):
        if row[effect] is not None:
            row[effect]["by_category"] = list(row[effect]["by_category"].items())
    return row


def _groups(incidents: Iterable[Incident]) -> Iterator[list[dict[str, Any]]]:
    remaining = iter(incidents)
    while group := [_row(incident) for incident in islice(remaining, GROUP_ROWS)]:
        yield group


def require_pyarrow() -> None:
    """Make sure that pyarrow is installed.

    Raises:
        MissingExtra: it is not.
    """
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - see schema_of
    except ImportError as error:
        raise MissingExtra(
            f"--format parquet needs {error.name or 'pyarrow'}", hint="pip install 'conflict-dedup[parquet]'"
        ) from error


def write_parquet(incidents: Iterable[Incident], stream: BinaryIO) -> None:
    """Write the file, a row group at a time.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    require_pyarrow()
    import pyarrow as pa  # noqa: PLC0415 - see schema_of
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = schema_of(Incident)
    with pq.ParquetWriter(pa.PythonFile(_Sink(stream), mode="w"), schema, compression="zstd") as writer:
        for group in _groups(incidents):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
