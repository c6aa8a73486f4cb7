"""The course of one incident's toll as a picture for slides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from xml.etree import ElementTree as ET

from conflict_dedup.errors import UnknownId
from conflict_dedup.model import EFFECTS, Incident
from conflict_dedup.report import plain
from conflict_dedup.report.drawing import palette
from conflict_dedup.report.drawing.course import Column, Course, course_of
from conflict_dedup.report.drawing.engine import drawing_tools, drawn
from conflict_dedup.report.drawing.incident_map import status_of

if TYPE_CHECKING:
    import altair as alt

BOUNDS = {
    "exactly": "circle",
    "at least": "triangle-up",
    "at most": "triangle-down",
    "about": "diamond",
    "a range": "square",
    "a vague word": "cross",
}
"""What a figure says of its number -> the mark that shows it."""

WORDS = {
    "exact": "exactly",
    "at_least": "at least",
    "more_than": "at least",
    "at_most": "at most",
    "fewer_than": "at most",
    "about": "about",
    "range": "a range",
    "vague": "a vague word",
}
"""The bounds of the schema, as many as can be told apart by a mark."""

MIN_WIDTH, COLUMN_WIDTH, MAX_WIDTH, HEIGHT = 460, 96, 1180, 380
"""Units of the picture: one column for each report, as far as there is room."""
ASIDE = 0.16
"""Of a column's width: how far a mark stands beside one that it would hide."""
NAME_LENGTH = 16
"""Letters of a source's name under its column; longer ones are cut, or they would run into one another."""


def picture_of_toll(incident: Incident) -> ET.Element:
    """The course of the gravest effect of which anything is known.

    Raises:
        MissingExtra: the drawing libraries are not installed.
        UnknownId: no source gives any figure for the incident, and so there is nothing to draw.
    """
    courses = [course for effect in EFFECTS if (course := course_of(incident, effect))]
    if not courses:
        raise UnknownId(f"no source gives a figure for {incident.id!r}", hint="there is no toll to draw")
    course = courses[0]
    with drawing_tools("a chart"):
        chart = _chart(course, incident)
    every = -(-len(course.columns) * COLUMN_WIDTH // MAX_WIDTH)  # with more columns than fit, not every one is named
    columns = [
        {"column": place, "name": _name(course.columns[place])} for place in range(0, len(course.columns), every)
    ]
    return drawn(chart, {"points": _rows(course), "columns": columns, "range": [_band(course)]})


def _name(column: Column) -> str:
    cut = len(column.source) > NAME_LENGTH
    return f"{column.source[: NAME_LENGTH - 1].rstrip() + '…' if cut else column.source}\n{column.day}"


def _rows(course: Course) -> list[dict[str, object]]:
    return [
        {
            "column": point.column + point.aside * ASIDE,
            "value": point.value,
            "low": point.value if None in {point.low, point.high} else point.low,
            "high": point.value if None in {point.low, point.high} else point.high,
            "bound": WORDS[point.bound],
            "whole": point.whole,
            "stands": point.standing,
            "number": f"{point.value:,}" if point.whole and not point.aside else "",
            "crowded": any(other.column == point.column and other.aside for other in course.points),
        }
        for point in course.points
    ]


def _band(course: Course) -> dict[str, object]:
    estimate = course.estimate
    return {
        "low": estimate.low,
        "high": estimate.high,
        "best": estimate.best,
        "left": -0.5,
        "right": max(len(course.columns), 1) - 0.5,
        "high_words": f"highest {estimate.high:,}{'+' if estimate.open else ''}",
        "low_words": f"lowest {estimate.low:,}" if estimate.low != estimate.high else "",
        "best_words": f"best {estimate.best:,}" if estimate.low < estimate.best < estimate.high else "",
    }


def _chart(course: Course, incident: Incident) -> alt.LayerChart:
    import altair as alt  # noqa: PLC0415 - an extra, and 0.3 s

    count = max(len(course.columns), 1)
    width = min(MAX_WIDTH, max(MIN_WIDTH, COLUMN_WIDTH * count))
    across = alt.Scale(domain=[-0.5, count - 0.5], nice=False, zero=False)
    x = alt.X("column:Q", axis=None, scale=across)
    y = alt.Scale(domain=[0, course.top * 1.08], nice=True)
    axis = alt.Axis(format=",d", tickMinStep=1, tickCount=6, gridColor="#e6eaed", domain=False, ticks=False)
    colour = palette.STATUS_COLOURS[status_of(incident)]
    band = alt.Chart(alt.NamedData(name="range")).encode(x=alt.X("left:Q", axis=None, scale=across), x2="right:Q")
    span = band.mark_rect(color=colour, opacity=0.14).encode(
        y=alt.Y("low:Q", scale=y, axis=axis, title=plain.word(course.effect)), y2="high:Q"
    )
    edges = [band.mark_rule(color=colour, opacity=0.55).encode(y=alt.Y(f"{end}:Q", scale=y)) for end in ("low", "high")]
    best = band.mark_rule(color=colour, strokeWidth=2, strokeDash=[6, 4]).encode(y=alt.Y("best:Q", scale=y))
    ends: tuple[tuple[str, Literal["bottom", "middle", "top"]], ...]
    ends = (("high", "bottom"), ("best", "middle"), ("low", "top"))
    words = [
        alt.Chart(alt.NamedData(name="range"))
        .mark_text(align="left", dx=8, color=palette.INK, fontSize=13, baseline=baseline)
        .encode(x=alt.X("right:Q", axis=None, scale=across), y=alt.Y(f"{end}:Q", scale=y), text=f"{end}_words:N")
        for end, baseline in ends
    ]
    figures = alt.Chart(alt.NamedData(name="points")).encode(x=x)
    here = {WORDS[point.bound] for point in course.points}
    used = [bound for bound in BOUNDS if bound in here]
    shape = alt.Shape(
        "bound:N",
        title="The source says",
        scale=alt.Scale(domain=used, range=[BOUNDS[bound] for bound in used]),
        legend=alt.Legend(
            orient="bottom",
            direction="horizontal",
            symbolFillColor=palette.INK,
            symbolStrokeColor=palette.INK,
            symbolSize=90,
            symbolOpacity=1,
        ),
    )
    spans = figures.mark_rule(color=palette.INK, strokeWidth=2).encode(y=alt.Y("low:Q", scale=y), y2="high:Q")
    encoded: dict[str, Any] = {
        "y": alt.Y("value:Q", scale=y),
        "shape": shape,
        "size": alt.condition("datum.whole", alt.value(110), alt.value(55)),
        "opacity": alt.condition("datum.whole", alt.value(1), alt.value(0.4)),
    }
    standing = figures.transform_filter("datum.stands").mark_point(color=palette.INK, filled=True).encode(**encoded)
    withdrawn = (
        figures.transform_filter("!datum.stands")
        .mark_point(color=palette.INK, filled=False, fill="#ffffff", strokeWidth=1.5)
        .encode(**encoded)
    )
    numbers = [
        figures.transform_filter(f"{'' if crowded else '!'}datum.crowded")
        .mark_text(dx=-9 if crowded else 9, dy=-9, align="right" if crowded else "left", color=palette.INK, fontSize=12)
        .encode(y=alt.Y("value:Q", scale=y), text="number:N")
        for crowded in (False, True)
    ]
    names = (
        alt.Chart(alt.NamedData(name="columns"))
        .mark_text(baseline="top", lineBreak="\n", lineHeight=16, color=palette.FAINT, fontSize=12)
        .encode(x=x, y=alt.value(HEIGHT + 14), text="name:N")
    )
    where = plain.place(incident.place) if incident.place else "place unknown"
    when = plain.window(incident.date) if incident.date else "date unknown"
    chart: alt.LayerChart = (
        alt.layer(span, *edges, best, spans, standing, withdrawn, *numbers, *words, names)
        .properties(
            width=width,
            height=HEIGHT,
            title=alt.TitleParams(
                f"{where}, {when}",
                subtitle=f"{course.effect} {plain.span(course.estimate)}, {plain.word(course.estimate.status)}. "
                "Small marks count a part of the victims, hollow ones are withdrawn.",
                anchor="start",
                frame="bounds",
                offset=18,
                fontSize=20,
                subtitleFontSize=13,
                subtitleColor=palette.FAINT,
                subtitlePadding=6,
            ),
        )
        .configure(padding=24, background="#ffffff", font=palette.FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=palette.FAINT,
            titleColor=palette.FAINT,
            labelFontSize=12,
            titleFontSize=13,
            titleFontWeight="normal",
        )
        .configure_title(color=palette.INK)
        .configure_legend(
            offset=64,
            symbolStrokeColor=palette.INK,
            labelFontSize=12,
            titleFontSize=12,
            labelColor=palette.INK,
            columnPadding=16,
        )
    )
    return chart
