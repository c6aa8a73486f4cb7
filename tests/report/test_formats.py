from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_dedup.model import INCIDENT_SCHEMA, Incident, Place, Report, Window
from conflict_dedup.report import FORMATS, plain
from conflict_dedup.report.cells import safe_cell
from conflict_dedup.report.csv_rows import COLUMNS

from .conftest import make_incident, render

EVIL = "[red]x[/red] [link=http://e]\x1b[31mRED\x1b]0;title\x07 \x9b2J \u202e12\u202c ok"


def test_jsonl_is_one_object_a_line_that_reads_back() -> None:
    incidents = [make_incident(), make_incident(id="b", date=None, place=None, killed=None)]
    lines = render("jsonl", incidents).splitlines()
    assert [msgspec.json.decode(line, type=Incident) for line in lines] == incidents
    first = json.loads(lines[0])
    assert next(iter(first)) == "schema"
    assert first["schema"] == INCIDENT_SCHEMA
    assert first["injured"] is None
    assert first["place"]["name"] == "Indelimane"


def test_json_is_the_same_objects_in_an_array() -> None:
    for incidents in ([], [make_incident()], [make_incident(), make_incident(id="b")]):
        lines = render("jsonl", incidents).splitlines()
        assert json.loads(render("json", incidents)) == [json.loads(line) for line in lines]


def test_csv_is_one_row_an_incident() -> None:
    text = render("csv", [make_incident(), make_incident(id="b", date=None, place=None, killed=None)])
    first, second = csv.DictReader(io.StringIO(text))
    assert list(first) == list(COLUMNS)
    assert first["id"] == "ml-indelimane-2019-11-01"
    assert (first["killed_low"], first["killed_best"], first["killed_high"], first["killed_open"]) == (
        "40",
        "54",
        "54",
        "true",
    )
    assert first["killed_by_category"] == "civilians 1-1; soldiers 40-53"
    assert first["lon"] == "-1.5"
    assert first["sources"] == "Radio Tamba; Meridian Wire"
    assert second["date_start"] == second["place"] == second["killed_low"] == ""


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        " =1",
        "\x00=1",
        '=HYPERLINK("http://e")',
        "\x1b[31m=1",
    ],
)
def test_cells_are_not_run_by_a_spreadsheet(cell: str) -> None:
    safe = safe_cell(cell)
    assert isinstance(safe, str)
    assert safe.startswith("'")
    row = next(csv.DictReader(io.StringIO(render("csv", [make_incident(place=Place(name=cell))]))))
    assert row["place"].startswith("'")


@pytest.mark.parametrize("cell", ["Gao", "a=b", "3-4", -1.5, 0, None, ""])
def test_other_cells_stay(cell: str | float | None) -> None:
    assert safe_cell(cell) == cell


@pytest.mark.parametrize("name", ["table", "csv"])
def test_text_of_articles_is_neither_markup_nor_escape(name: str) -> None:
    incident = make_incident(
        id=EVIL, place=Place(name=EVIL, admin1=EVIL), reports=(Report(article=EVIL, source=EVIL, title=EVIL, url=EVIL),)
    )
    text = render(name, [incident], width=600)
    assert not set(text) & set("\x1b\x07\x9b\u202e\u202c")
    assert "[red]x[/red]" in text
    assert "RED" in text


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_writers_take_incidents_one_at_a_time(name: str) -> None:
    """What was written when the thousandth incident is asked for: no writer waits for the last."""
    stream = io.StringIO()
    written_before_the_end = 0

    def many() -> Iterator[Incident]:
        nonlocal written_before_the_end
        for number in range(1000):
            yield make_incident(id=f"i{number}")
        written_before_the_end = stream.tell()

    FORMATS[name](many(), stream, width=120, colour=False)
    assert written_before_the_end > 0.7 * stream.tell()
    assert stream.getvalue().count("Indelimane") >= 1000


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2019-11-01", "2019-11-01", "1 Nov 2019"),
        ("2019-11-01", "2019-11-03", "1-3 Nov 2019"),
        ("2019-09-30", "2019-10-01", "30 Sep-1 Oct 2019"),
        ("2019-12-31", "2020-01-01", "31 Dec 2019-1 Jan 2020"),
        ("2019-10-01", "2019-10-31", "Oct 2019"),
        ("2020-02-01", "2020-02-29", "Feb 2020"),
        ("2019-10-01", "2019-11-30", "Oct-Nov 2019"),
        ("2019-12-01", "2020-01-31", "Dec 2019-Jan 2020"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2018-01-01", "2019-12-31", "2018-2019"),
        ("2016-11-30", "2017-11-30", "Nov 2016-Nov 2017"),
    ],
)
def test_windows_in_words(start: str, end: str, text: str) -> None:
    window = Window(start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end))
    assert plain.window(window) == text
    assert plain.window(msgspec.structs.replace(window, inferred=True)) == f"~{text}"


def test_places_in_words() -> None:
    assert plain.place(Place(name="Mali", country="ML", precision=6)) == "Mali"
    assert plain.place(Place(name="Gao", admin1="Gao", country="ML")) == "Gao, Mali"
    assert plain.place(Place(name="Atlantis", country="ZZ")) == "Atlantis, ZZ"
    assert plain.place(None) == plain.NOTHING


@given(st.text())
def test_nothing_that_moves_a_cursor_gets_through(text: str) -> None:
    for line in (plain.harmless(text), plain.one_line(text)):
        assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in line)
    assert "\n" not in plain.one_line(text)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cs"))))
def test_harmless_text_stays(text: str) -> None:
    assert plain.harmless(text) == text
