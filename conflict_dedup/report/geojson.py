"""GeoJSON (RFC 7946): a collection of features, one an incident, written as they come."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, TextIO

import msgspec

from conflict_dedup.model import Incident, Place
from conflict_dedup.report.csv_rows import COLUMNS

PROPERTIES = {name: cell for name, cell in COLUMNS.items() if name not in {"id", "lat", "lon"}}
"""What a feature says of its incident: the columns of CSV, flat, as GIS programs want them; numbers stay numbers."""


class Box:
    """The box around points, kept as they come in constant memory.

    Longitudes are noted by the degree, so that a box may cross the antimeridian (RFC 7946, 5.2).
    """

    def __init__(self) -> None:
        self._south, self._north = 90.0, -90.0
        self._by_degree: dict[int, tuple[float, float]] = {}

    def add(self, lat: float, lon: float) -> None:
        """Hold another point, in degrees."""
        self._south, self._north = min(self._south, lat), max(self._north, lat)
        west, east = self._by_degree.get(int(lon // 1), (lon, lon))
        self._by_degree[int(lon // 1)] = (min(west, lon), max(east, lon))

    def corners(self) -> list[float] | None:
        """West, south, east, north; None without points.

        West is greater than east when the points lie on both sides of the antimeridian and the box across it
        covers less than half of the globe, the other way round more.
        """
        if not self._by_degree:
            return None
        ranges = [self._by_degree[degree] for degree in sorted(self._by_degree)]
        west, east = ranges[0][0], ranges[-1][1]
        gaps = [(right[0] - left[1], right[0], left[1]) for left, right in pairwise(ranges)]
        widest, after, before = max(gaps, default=(0.0, west, east))
        if east - west > 180 and 360 - widest < 180:
            west, east = after, before
        return [west, self._south, east, self._north]


def _point(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def feature_of(incident: Incident) -> dict[str, Any]:
    """One incident as a feature; its geometry is null when nothing says where it was."""
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": _point(incident.place),
        "properties": {"id": incident.id} | {name: cell(incident) for name, cell in PROPERTIES.items()},
    }


def write_geojson(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a FeatureCollection, a feature a line; its bbox comes last, when all points are known."""
    encode = msgspec.json.Encoder().encode
    box = Box()
    stream.write('{"type":"FeatureCollection","features":[')
    before = "\n"
    for incident in incidents:
        place = incident.place
        if place is not None and place.lat is not None and place.lon is not None:
            box.add(place.lat, place.lon)
        stream.write(before + encode(feature_of(incident)).decode("utf-8"))
        before = ",\n"
    corners = box.corners()
    bbox = "" if corners is None else ',"bbox":' + encode(corners).decode("ascii")
    stream.write(f"\n]{bbox}}}\n")
