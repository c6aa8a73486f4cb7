"""What the gazetteer tells of a place; a module of its own, to be compiled, since entries are read all the time."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["country", "admin1", "admin2", "region", "town", "capital", "site"]

KINDS: tuple[Kind, ...] = ("country", "admin1", "admin2", "region", "town", "capital", "site")
"""In the order of their codes in the file; only ever appended to."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place under one name.

    ``alias`` is true when the name looked up is not the main one (``name``); ``common`` when the name looked up is
    also an everyday word or a person's name, so that a caller should ask for context. ``country`` is an ISO 3166
    alpha-2 code, None for a region of several ``countries``. ``population`` is 0 when unknown; of a division it is
    the sum over its towns. ``precision`` is the UCDP GED where_prec that naming this place warrants (1 exact … 6
    country).
    """

    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    population: int
    alias: bool
    common: bool
    precision: int
    countries: tuple[str, ...]
