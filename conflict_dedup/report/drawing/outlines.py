"""The outlines that maps are drawn on: land, borders and names of Natural Earth, from one file of the package."""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources

import msgspec


class Name(msgspec.Struct, frozen=True):
    """A country's name, the middle of its largest part (degrees), and that part's size (square degrees)."""

    name: str
    lon: float
    lat: float
    area: float


class Outlines(msgspec.Struct, frozen=True):
    """TopoJSON with the objects ``land`` and ``borders``, for the world (1:110 million) and for a region (1:50)."""

    world: msgspec.Raw
    region: msgspec.Raw
    names: tuple[Name, ...]

    def topology(self, *, detailed: bool) -> object:
        """The finer or the coarser of the two."""
        return msgspec.json.decode(self.region if detailed else self.world)


@cache
def outlines() -> Outlines:
    """The outlines; made by tools/build_outlines.py."""
    content = resources.files(__package__).joinpath("outlines.json.gz").read_bytes()
    return msgspec.json.decode(gzip.decompress(content), type=Outlines)
