"""What part of the world a map shows, and by which projection: chosen by where the incidents are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MIN_SPAN_DEGREES = 9.0
"""A single village is shown with some thousand kilometres around it: enough to recognise the country."""
WIDE_DEGREES = 100.0
"""From this span on, a plane that touches the globe in one point bends the rest too much, and the world is shown."""
FINE_DEGREES = 140.0
"""Up to this span the finer outlines are drawn."""
MARGIN = 0.06
"""The part of the picture that stays free of incidents at each side."""

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A projection as Vega-Lite takes it, whether fine outlines are worth their bytes, and units to a degree, about."""

    projection: dict[str, Any]
    detailed: bool
    units_per_degree: float


def longitudes(lons: Sequence[float]) -> tuple[float, float]:
    """The western end and the width in degrees of the narrowest stretch that holds all, over the date line too."""
    ordered = sorted({(lon + 180) % 360 - 180 for lon in lons})
    gaps = [(after - before) % 360 or 360.0 for before, after in zip(ordered, ordered[1:] + ordered[:1], strict=True)]
    widest = max(range(len(gaps)), key=lambda place: gaps[place])
    return ordered[(widest + 1) % len(ordered)], 360.0 - gaps[widest]


def frame_of(positions: Sequence[Position], *, width: int, height: int, top: int, bottom: int, bleed: int = 0) -> Frame:
    """The frame that shows all positions (longitude, latitude), in a picture of ``width`` by ``height``.

    They keep between ``top`` and ``bottom``; what lies above and below is drawn, and shown where there is room.
    Outlines go ``bleed`` beyond the picture's edge before they are cut off, so that the cut is not seen. No positions
    at all: all continents, Europe and Africa in the middle.
    """
    if not positions:
        positions = [(lon, lat) for lon in (-130.0, -60.0, 10.0, 80.0, 150.0) for lat in (-45.0, 65.0)]
    west, across = longitudes([lon for lon, _ in positions])
    south, north = min(lat for _, lat in positions), max(lat for _, lat in positions)
    middle_lon, middle_lat = (west + across / 2 + 180) % 360 - 180, (south + north) / 2
    half = max(north - south, MIN_SPAN_DEGREES) / 2
    corners = [(middle_lon, min(89.0, middle_lat + half)), (middle_lon, max(-89.0, middle_lat - half))]
    wide = across > WIDE_DEGREES or north - south > WIDE_DEGREES
    side, ends = width * MARGIN, (bottom - top) * MARGIN
    projection: dict[str, Any] = {
        "type": "equalEarth" if wide else "azimuthalEqualArea",
        "rotate": [-middle_lon, 0 if wide else -middle_lat, 0],
        "fit": {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "MultiPoint", "coordinates": [list(place) for place in (*positions, *corners)]},
        },
        "extent": [[side, top + ends], [width - side, bottom - ends]],
        "clipExtent": [[-bleed, -bleed], [width + bleed, height + bleed]],
        "precision": 0.3,
    }
    scale = min((width - 2 * side) / max(across, 1.0), (bottom - top - 2 * ends) / (2 * half))
    return Frame(projection, detailed=across <= FINE_DEGREES, units_per_degree=scale)
