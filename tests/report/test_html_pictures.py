"""The map and the course of a toll as pictures: what stands on them, and that nothing of an article gets out."""

from __future__ import annotations

import datetime as dt
import struct
import sys
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from conflict_dedup.errors import MissingExtra, UnknownId
from conflict_dedup.model import Incident, Place, Report
from conflict_dedup.report import PUBLISHERS, TOLL_PICTURES
from conflict_dedup.report.drawing.course import course_of
from conflict_dedup.report.drawing.frame import frame_of, longitudes
from conflict_dedup.report.drawing.incident_map import MAX_RADIUS, MIN_RADIUS, draw_parts, picture_of_map, radius
from conflict_dedup.report.drawing.marks import compacted, marks_of
from conflict_dedup.report.drawing.outlines import outlines

from .conftest import make_figure, make_incident

KABUL = Place(name="Kabul", country="AF", lat=34.5, lon=69.2)
MALI = Place(name="Mali", country="ML", lat=17.6, lon=-4.0, precision=6)


def several() -> list[Incident]:
    return [
        make_incident(),
        make_incident(id="b", place=KABUL, killed=None),
        make_incident(id="c", place=MALI),
        make_incident(id="d", place=None),
        make_incident(id="e", place=Place(name="Nowhere")),
    ]


def parts(incidents: list[Incident]) -> Any:
    return draw_parts(incidents, width=1200, height=900, top=150, bottom=750)


def words(root: ET.Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))


def test_a_circle_for_each_incident_that_has_a_position() -> None:
    drawn = parts(several())
    assert {circle.spot.number for circle in drawn.circles} == {0, 1, 2}
    assert all(0 < circle.x < 1200 and 150 < circle.y < 750 for circle in drawn.circles)
    by_number = {circle.spot.number: circle for circle in drawn.circles}
    assert by_number[0].x < by_number[1].x, "Mali is west of Kabul"
    assert by_number[0].best == by_number[0].high > by_number[1].high == MIN_RADIUS
    assert by_number[2].spot.vague
    assert {label.name for label in drawn.labels} >= {"Mali", "Afghanistan"}
    root = picture_of_map(several())
    assert len(marks_of(root, 3)) == len(marks_of(root, 4)) == 3
    assert "5 incidents, 1 Nov 2019" in words(root)
    assert "2 without a position." in words(root)
    assert "without" not in words(picture_of_map([make_incident()]))


def test_no_incident_at_all_is_a_map_of_the_world() -> None:
    assert not parts([]).circles
    assert len(parts([]).land) > 10_000
    root = picture_of_map([])
    assert "No incidents" in words(root)
    assert "Disc" not in words(root), "there is none to explain"
    across = {label.name: label.x for label in parts([]).labels}
    assert across["Brazil"] < across["Mali"] < across["Sudan"] < across["China"] < across["Australia"]


def test_the_same_incidents_make_the_same_picture() -> None:
    assert PUBLISHERS["svg"](several(), {}) == PUBLISHERS["svg"](several(), {})


def test_a_png_is_a_png() -> None:
    content = PUBLISHERS["png"](several(), {})
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width > 2000 > height > 1000


def test_areas_grow_with_the_dead() -> None:
    assert (radius(0, 400), radius(400, 400)) == (MIN_RADIUS, MAX_RADIUS)
    step = radius(200, 400) ** 2 - radius(100, 400) ** 2
    assert step == pytest.approx(radius(400, 400) ** 2 - radius(300, 400) ** 2)


@pytest.mark.parametrize(
    ("lons", "west", "across"),
    [([10.0], 10.0, 0.0), ([-10.0, 30.0], -10.0, 40.0), ([170.0, -170.0, 175.0], 170.0, 20.0)],
)
def test_the_narrowest_stretch(lons: list[float], west: float, across: float) -> None:
    assert longitudes(lons) == pytest.approx((west, across))


def test_a_region_is_shown_from_near_and_the_world_from_far() -> None:
    def frame(*positions: tuple[float, float]) -> Any:
        return frame_of(positions, width=1000, height=600, top=0, bottom=600)

    near, far = frame((1.0, 16.0), (2.0, 15.0)), frame((-70.0, 4.0), (120.0, 15.0))
    assert (near.projection["type"], near.detailed) == ("azimuthalEqualArea", True)
    assert (far.projection["type"], far.detailed) == ("equalEarth", False)
    assert near.units_per_degree > 10 * far.units_per_degree


def test_paths_in_fewer_bytes_are_the_same_paths() -> None:
    assert compacted("M10,10L20.04,10.01L20,30.5Z") == "M10 10l 10 0 0 20.5z"
    assert compacted("M10,10L10.05,10L10.1,10.02L9.5,10") == "M10 10l-.5 0", "what no eye can tell apart is one point"
    assert compacted("") == ""


def test_the_outlines_are_those_of_the_world() -> None:
    names = {name.name: name for name in outlines().names}
    assert len(names) > 200
    assert (round(names["Russia"].lon), round(names["Russia"].lat)) == (100, 62), "over the date line"
    assert {"Mali", "Ukraine", "DR Congo", "South Sudan", "Israel", "Palestine"} <= set(names)


# --- the course of a toll ---


def told() -> Incident:
    reports = (
        Report(article="late", source="Later News", published=dt.date(2019, 11, 9)),
        Report(article="a1", source="Radio <b>Tamba</b>\x1b[31m", published=dt.date(2019, 11, 3)),
        Report(article="copy", source="Reprint", published=dt.date(2019, 11, 3), copy_of="a1"),
        Report(article="undated", source="Someone"),
    )
    figures = (
        make_figure(category="total"),
        make_figure(category="total", start=0, end=len(make_figure().quote)),
        make_figure(category="children", value=10, low=10, high=10, bound="exact", subset=True),
        make_figure(article="copy", category="total"),
        make_figure(article="late", category="total", value=40, low=40, high=40, bound="exact", superseded=True),
        make_figure(article="late", category="total", value=41, low=30, high=45, bound="range"),
        make_figure(article="undated", effect="injured", category="total"),
    )
    return make_incident(reports=reports, figures=figures)


def test_a_column_for_each_report_and_a_mark_for_each_thing_it_says() -> None:
    course = course_of(told(), "killed")
    assert course is not None
    assert [column.article for column in course.columns] == ["a1", "late"], "by date, without the reprint"
    assert [(p.column, p.value, p.whole, p.standing, p.figures) for p in course.points] == [
        (0, 53, True, True, (0, 1)),
        (0, 10, False, True, (2,)),
        (1, 40, True, False, (4,)),
        (1, 41, True, True, (5,)),
    ]
    assert [p.aside for p in course.points] == [0, 0, 0, 1], "40 and 41 would hide one another"
    assert course.top == 54
    assert course_of(told(), "missing") is None


def test_a_toll_as_a_picture() -> None:
    content = TOLL_PICTURES["svg"](told())
    text = words(ET.fromstring(content))  # well-formed, whatever the names of the sources hold
    assert "Indelimane, Ménaka, Mali, 1 Nov 2019" in text
    assert "killed 40-54+, rising" in text
    assert all(part in text for part in ("highest 54+", "lowest 40", "3 Nov 2019", "Later News", "at least"))
    assert TOLL_PICTURES["png"](told()).startswith(b"\x89PNG")


def test_many_reports_are_not_all_named() -> None:
    reports = tuple(Report(article=f"r{n}", source=f"Outlet {n}", published=dt.date(2019, 11, 3)) for n in range(60))
    figures = tuple(make_figure(article=report.article, category="total") for report in reports)
    text = words(ET.fromstring(TOLL_PICTURES["svg"](make_incident(reports=reports, figures=figures))))
    assert 8 <= text.count("Outlet") <= 12


def test_where_nothing_is_known_there_is_nothing_to_draw() -> None:
    with pytest.raises(UnknownId, match="no source gives a figure"):
        TOLL_PICTURES["svg"](make_incident(killed=None))


@pytest.mark.parametrize("library", ["altair", "vl_convert"])
def test_a_missing_library_is_named_with_a_way_out(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    for make in (lambda: PUBLISHERS["svg"](several(), {}), lambda: TOLL_PICTURES["png"](told())):
        with pytest.raises(MissingExtra, match=r"pip install 'conflict-dedup\[report\]'"):
            make()
