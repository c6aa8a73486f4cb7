"""Builds conflict_dedup/report/drawing/outlines.json.gz: the land, the borders and the names that maps are drawn on.

Input, not needed at run time: the npm package world-atlas (``npm pack world-atlas`` and unpack it; ``--world-atlas``
names the unpacked folder), which holds Natural Earth's countries as TopoJSON. What is done to them:

- positions are rounded to a hundredth of a degree (a kilometre: less than the lines' own error at 1:50 million);
- only land and the borders between two countries are kept, so that no line is drawn twice;
- each country's name gets a place to stand, the middle of its largest part, and its size.

The same input gives the same bytes.

    python tools/build_outlines.py --world-atlas ./package
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "conflict_dedup" / "report" / "drawing" / "outlines.json.gz"
STEP = 0.01
"""Degrees between two positions."""
SCALES = {"world": "110m", "region": "50m"}
"""Our name -> Natural Earth's scale, 1:110 million and 1:50 million."""

NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Macedonia": "North Macedonia",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
}
"""Written out where Natural Earth shortens them."""
UNNAMED = {"Antarctica", "Siachen Glacier"}
"""The one has no middle on a flat map, the other is no country."""

HALF_TURN = 180 / STEP

Point = tuple[int, int]


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """Arcs as positions in steps of STEP degrees, none twice in a row."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = (round((x * scale_x + left) / STEP), round((y * scale_y + bottom) / STEP))
            if not points or points[-1] != point:
                points.append(point)
        arcs.append(points if len(points) > 1 else points * 2)
    return arcs


def encoded(points: list[Point]) -> list[list[int]]:
    """Positions as TopoJSON wants them: the first, then differences."""
    return [list(points[0]), *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(points))]


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Lists of rings, whatever the geometry is."""
    if geometry["type"] == "GeometryCollection":
        return [polygon for part in geometry["geometries"] for polygon in polygons(part)]
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]] if "arcs" in geometry else []


def ring_points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring's positions; ``~n`` is arc n backwards. One that crosses the date line goes on beyond 180 degrees."""
    points: list[Point] = []
    turns = 0
    for number in ring:
        for x, y in arcs[number] if number >= 0 else reversed(arcs[~number]):
            if points:
                step = x + turns - points[-1][0]
                turns -= round(2 * HALF_TURN) * ((step > HALF_TURN) - (step < -HALF_TURN))
            points.append((x + turns, y))
    return points


def middle(points: list[Point]) -> tuple[float, float, float]:
    """Area (square degrees at the equator's scale) and centroid of a ring, by the shoelace formula."""
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        cross = ax * by - bx * ay
        twice, x, y = twice + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if not twice:
        return 0.0, points[0][0] * STEP, points[0][1] * STEP
    lon, lat = x / (3 * twice) * STEP, y / (3 * twice) * STEP
    return abs(twice) / 2 * STEP * STEP * math.cos(math.radians(lat)), lon, lat


def names(topology: dict[str, Any], arcs: list[list[Point]]) -> list[dict[str, Any]]:
    """Each country's name, where it stands, and how large its largest part is; the largest first."""
    found = []
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        if name in UNNAMED:
            continue
        parts = [middle(ring_points(polygon[0], arcs)) for polygon in polygons(country)]
        if parts:
            area, lon, lat = max(parts)
            lon = (lon + 180) % 360 - 180
            found.append(
                {"name": NAMES.get(name, name), "lon": round(lon, 2), "lat": round(lat, 2), "area": round(area, 2)}
            )
    return sorted(found, key=lambda name: (-name["area"], name["name"]))


def compact(topology: dict[str, Any]) -> dict[str, Any]:
    """Land and inner borders, with the arcs that they are made of and no others."""
    arcs = decoded(topology)
    uses = Counter(
        max(number, ~number)
        for country in topology["objects"]["countries"]["geometries"]
        for polygon in polygons(country)
        for ring in polygon
        for number in ring
    )
    land = polygons(topology["objects"]["land"])
    borders = sorted(number for number, count in uses.items() if count > 1)
    kept = sorted({max(n, ~n) for polygon in land for ring in polygon for n in ring} | set(borders))
    new = {old: position for position, old in enumerate(kept)}
    new |= {~old: ~position for old, position in new.items()}
    return {
        "type": "Topology",
        "transform": {"scale": [STEP, STEP], "translate": [0, 0]},
        "objects": {
            "land": {
                "type": "MultiPolygon",
                "arcs": [[[new[n] for n in ring] for ring in polygon] for polygon in land],
            },
            "borders": {"type": "MultiLineString", "arcs": [[new[n]] for n in borders]},
        },
        "arcs": [encoded(arcs[old]) for old in kept],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--world-atlas", type=Path, required=True, help="the unpacked npm package world-atlas")
    folder = parser.parse_args().world_atlas
    outlines: dict[str, Any] = {}
    for name, scale in SCALES.items():
        topology = json.loads((folder / f"countries-{scale}.json").read_text(encoding="utf-8"))
        outlines[name] = compact(topology)
        outlines["names"] = names(topology, decoded(topology))  # of the finer scale, which comes last
    content = json.dumps(outlines, ensure_ascii=False, separators=(",", ":"))
    TARGET.write_bytes(gzip.compress(content.encode("utf-8"), 9, mtime=0))
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes, {len(outlines['names'])} names")


if __name__ == "__main__":
    main()
