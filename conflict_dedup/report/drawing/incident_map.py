"""The map: a circle for each incident that has a position, over the outlines of the countries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from conflict_dedup.model import Incident
from conflict_dedup.report import plain
from conflict_dedup.report.drawing import palette
from conflict_dedup.report.drawing.engine import drawing_tools, drawn
from conflict_dedup.report.drawing.frame import Frame, frame_of
from conflict_dedup.report.drawing.marks import compacted, marks_of, position_of
from conflict_dedup.report.drawing.outlines import outlines

if TYPE_CHECKING:
    import altair as alt

MIN_RADIUS, MAX_RADIUS = 3.5, 32.0
"""Units of the picture. Areas grow evenly with the number of dead; nobody dead is the smallest circle."""
SCALE_AT_LEAST = 100
"""The number of dead of the largest circle, unless an incident has more: two dead shall not look like a massacre."""
VAGUE_PRECISION = 4
"""From this place precision on (a division, a region, a country), a circle says "somewhere here": it is dashed."""
NAME_SIZE = 12
"""Height of the letters of a country's name."""
LETTER = 0.56
"""Width of a letter for its height, in the mean over the names."""
NAME_OVERHANG = 1.6
"""A name may be so many times as wide as its country before it is left out."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One incident on the map. ``number`` is its place in the list that was given."""

    number: int
    lon: float
    lat: float
    best: int
    high: int
    status: str
    vague: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """A spot where the projection puts it, with the radii of its best and its highest figure."""

    spot: Spot
    x: float
    y: float
    best: float
    high: float


@dataclass(frozen=True, slots=True)
class Label:
    """A country's name where the projection puts it, and from how much enlargement on the country has room for it."""

    x: float
    y: float
    name: str
    zoom: float


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map in parts: two paths, names (the largest country's first) and circles (the largest first)."""

    width: int
    height: int
    land: str
    borders: str
    labels: tuple[Label, ...]
    circles: tuple[Circle, ...]


def status_of(incident: Incident) -> str:
    """The status in words of the gravest effect of which anything is known."""
    known = incident.killed or incident.injured or incident.missing or incident.abducted
    return plain.word(known.status) if known else "no figure"


def spots_of(incidents: Iterable[Incident]) -> list[Spot]:
    """Those that have a position, the largest first, so that no circle hides a smaller one."""
    spots = [
        Spot(
            number=number,
            lon=incident.place.lon,
            lat=incident.place.lat,
            best=incident.killed.best if incident.killed else 0,
            high=incident.killed.high if incident.killed else 0,
            status=status_of(incident),
            vague=incident.place.precision >= VAGUE_PRECISION,
        )
        for number, incident in enumerate(incidents)
        if incident.place and incident.place.lat is not None and incident.place.lon is not None
    ]
    return sorted(spots, key=lambda spot: (-spot.high, -spot.best, spot.number))


def radius(dead: int, largest: int) -> float:
    """The radius of a circle for so many dead, when ``largest`` is the number of the largest circle."""
    least, most = MIN_RADIUS**2, MAX_RADIUS**2
    return float((least + (most - least) * dead / largest) ** 0.5)


def largest_of(spots: Sequence[Spot]) -> int:
    """The number of dead that the largest circle stands for."""
    return max([SCALE_AT_LEAST, *(spot.high for spot in spots)])


def _shapes(feature: str) -> alt.Chart:
    import altair as alt  # noqa: PLC0415 - an extra, and 0.3 s

    return alt.Chart(alt.NamedData(name=feature, format=alt.TopoDataFormat(feature=feature, type="topojson")))


def base_layers() -> list[alt.Chart]:
    """Land, borders and names, with the colours of :mod:`palette`."""
    import altair as alt  # noqa: PLC0415

    return [
        _shapes("land").mark_geoshape(fill=palette.LAND, stroke=palette.BORDER, strokeWidth=0.7),
        _shapes("borders").mark_geoshape(filled=False, stroke=palette.BORDER, strokeWidth=0.7),
        alt.Chart(alt.NamedData(name="names"))
        .mark_text(clip=True, font=palette.FONT, fontSize=NAME_SIZE, color=palette.FAINT)
        .encode(longitude="lon:Q", latitude="lat:Q", text="name:N"),
    ]


def datasets_of(frame: Frame) -> dict[str, object]:
    """What :func:`base_layers` refers to."""
    found = outlines()
    topology = found.topology(detailed=frame.detailed)
    return {
        "land": topology,
        "borders": topology,
        "names": [{"name": name.name, "lon": name.lon, "lat": name.lat} for name in found.names],
    }


def draw_parts(incidents: Sequence[Incident], *, width: int, height: int, top: int, bottom: int) -> DrawnMap:
    """A map in parts, for a page that styles and moves them itself; the incidents between ``top`` and ``bottom``.

    Raises:
        MissingExtra: the drawing libraries are not installed.
    """
    spots = spots_of(incidents)
    frame = frame_of([(s.lon, s.lat) for s in spots], width=width, height=height, top=top, bottom=bottom, bleed=4)
    with drawing_tools("a map"):
        import altair as alt  # noqa: PLC0415

        places = alt.Chart(alt.NamedData(name="spots")).mark_point().encode(longitude="lon:Q", latitude="lat:Q")
        chart = alt.layer(*base_layers(), places).properties(
            width=width, height=height, projection=alt.Projection(**frame.projection)
        )
    root = drawn(chart, {**datasets_of(frame), "spots": [{"lon": s.lon, "lat": s.lat} for s in spots]})
    land, borders, names, points = (marks_of(root, layer) for layer in range(4))
    largest = largest_of(spots)
    return DrawnMap(
        width=width,
        height=height,
        land=compacted(land[0].get("d", "")),
        borders=compacted(borders[0].get("d", "")),
        labels=tuple(_labels(names, frame, width, height)),
        circles=tuple(
            Circle(spot, *at, best=radius(spot.best, largest), high=radius(spot.high, largest))
            for spot, mark in zip(spots, points, strict=True)
            if (at := position_of(mark))
        ),
    )


def _labels(marks: Sequence[ET.Element], frame: Frame, width: int, height: int) -> Iterable[Label]:
    for name, mark in zip(outlines().names, marks, strict=True):
        at = position_of(mark)
        wide = len(name.name) * NAME_SIZE * LETTER
        if at and wide / 2 <= at[0] <= width - wide / 2 and NAME_SIZE <= at[1] <= height - NAME_SIZE:
            room = max(name.area, 0.01) ** 0.5 * frame.units_per_degree * NAME_OVERHANG
            yield Label(*at, name.name, zoom=round(wide / room, 2))


def apart(labels: Iterable[Label]) -> list[Label]:
    """Those that have room in their country and do not overlap one before them."""
    kept: list[Label] = []
    for label in labels:
        if label.zoom <= 1 and not any(
            abs(label.x - other.x) < (len(label.name) + len(other.name) + 2) * NAME_SIZE * LETTER / 2
            and abs(label.y - other.y) < NAME_SIZE * 1.6
            for other in kept
        ):
            kept.append(label)
    return kept


def _headline(incidents: Sequence[Incident]) -> str:
    if not incidents:
        return "No incidents"
    count = f"{len(incidents):,} incident{'s' * (len(incidents) != 1)}"
    days = [incident.date for incident in incidents if incident.date]
    if not days:
        return count
    first, last = plain.day(min(day.start for day in days)), plain.day(max(day.end for day in days))
    return f"{count}, {first}" if first == last else f"{count}, {first} to {last}"


def _titles(incidents: Sequence[Incident], spots: Sequence[Spot]) -> tuple[str, str]:
    """What stands above the map: how many and when, and how to read it."""
    nowhere = len(incidents) - len(spots)
    missing = f"{nowhere:,} without a position. " if nowhere else ""
    key = "Disc: best figure of the dead. Ring: highest. Dashed: only the region is known. " if spots else ""
    return _headline(incidents), f"{key}{missing}Outlines: Natural Earth."


def _legend_values(largest: int) -> list[int]:
    """Round numbers whose circles differ at a glance, the largest first to be read from the top."""
    unit = 10 ** (len(str(largest)) - 1)
    top = largest // unit * unit
    return sorted({max(1, round(top / 10)), max(1, round(top / 3 / (unit / 10)) * unit // 10), top})


def picture_of_map(incidents: Sequence[Incident], *, width: int = 1280, height: int = 640) -> ET.Element:
    """The map as one picture with its legends, for slides.

    Raises:
        MissingExtra: the drawing libraries are not installed.
    """
    spots = spots_of(incidents)
    frame = frame_of([(s.lon, s.lat) for s in spots], width=width, height=height, top=0, bottom=height)
    largest = largest_of(spots)
    with drawing_tools("a map"):
        chart = _picture(frame, spots, largest, _titles(incidents, spots), width, height)
    rows = [
        {
            "lon": spot.lon,
            "lat": spot.lat,
            "best": spot.best,
            "high": spot.high,
            "status": spot.status,
            "where": "somewhere in the region" if spot.vague else "at the place",
        }
        for spot in spots
    ]
    root = drawn(chart, {**datasets_of(frame), "spots": rows})
    names = marks_of(root, 2)
    stay = {(label.x, label.y) for label in apart(_labels(names, frame, width, height))}
    for mark in names:
        if position_of(mark) not in stay:
            mark.set("display", "none")
    return root


def _picture(
    frame: Frame, spots: Sequence[Spot], largest: int, titles: tuple[str, str], width: int, height: int
) -> alt.LayerChart:
    import altair as alt  # noqa: PLC0415 - an extra, and 0.3 s

    here = {spot.status for spot in spots}
    statuses = [status for status in palette.STATUS_COLOURS if status in here]
    colour = alt.Color(
        "status:N",
        title="Status",
        scale=alt.Scale(domain=statuses, range=[palette.STATUS_COLOURS[status] for status in statuses]),
        legend=alt.Legend(orient="bottom", direction="horizontal", symbolType="circle", symbolSize=160)
        if statuses
        else None,
    )

    def size(field: str, legend: alt.Legend | None) -> alt.Size:
        areas = [(2 * MIN_RADIUS) ** 2, (2 * MAX_RADIUS) ** 2]
        return alt.Size(f"{field}:Q", scale=alt.Scale(domain=[0, largest], range=areas), legend=legend, title="Killed")

    scale = (
        alt.Legend(
            orient="bottom",
            direction="horizontal",
            values=_legend_values(largest),
            symbolStrokeColor=palette.INK,
            symbolFillColor="transparent",
        )
        if spots
        else None
    )
    dashes = alt.StrokeDash(
        "where:N",
        scale=alt.Scale(domain=["at the place", "somewhere in the region"], range=[[1, 0], [3, 3]]),
        legend=None,
    )
    places = alt.Chart(alt.NamedData(name="spots")).encode(longitude="lon:Q", latitude="lat:Q", color=colour)
    rings = places.mark_point(shape="circle", filled=False, strokeWidth=1.4, opacity=1).encode(
        size=size("high", scale), strokeDash=dashes
    )
    discs = places.mark_circle(opacity=0.55).encode(size=size("best", None))
    chart: alt.LayerChart = (
        alt.layer(*base_layers(), discs, rings)
        .resolve_scale(size="independent", color="shared")
        .properties(
            width=width,
            height=height,
            view=alt.ViewBackground(fill=palette.SEA, stroke=palette.BORDER),
            projection=alt.Projection(**frame.projection),
            title=alt.TitleParams(
                titles[0],
                subtitle=titles[1],
                anchor="start",
                offset=12,
                fontSize=20,
                subtitleFontSize=13,
                subtitleColor=palette.FAINT,
                subtitlePadding=6,
                font=palette.FONT,
                subtitleFont=palette.FONT,
                color=palette.INK,
            ),
        )
        .configure(padding=24, background="#ffffff", font=palette.FONT)
        .configure_legend(
            offset=16,
            columnPadding=24,
            labelFontSize=13,
            titleFontSize=13,
            labelColor=palette.INK,
            titleColor=palette.INK,
        )
    )
    return chart
