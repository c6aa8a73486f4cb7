from __future__ import annotations

import csv
import io
import json

import pytest

from conflict_dedup.errors import UnknownField
from conflict_dedup.model import Incident, Place, Report
from conflict_dedup.report import SELECTING
from conflict_dedup.report.selection import checked, field_names, value_of

from .conftest import make_incident

FIELDS = (
    "id", "date.start", "place.lon", "killed.best", "killed.open", "killed.by_category.soldiers.best",
    "injured.best", "actors.perpetrators", "reports.source", "reports.published", "figures.value", "killed.current",
)  # fmt: skip


def selected(name: str, incident: Incident, fields: tuple[str, ...] = FIELDS) -> str:
    stream = io.StringIO()
    SELECTING[name]([incident], fields, stream)
    return stream.getvalue()


def test_dotted_names_as_columns() -> None:
    (row,) = csv.DictReader(io.StringIO(selected("tsv", make_incident())), delimiter="\t")
    assert row == {
        "id": "ml-indelimane-2019-11-01",
        "date.start": "2019-11-01",
        "place.lon": "-1.5",
        "killed.best": "54",
        "killed.open": "true",
        "killed.by_category.soldiers.best": "53",
        "injured.best": "",
        "actors.perpetrators": "Islamic State",
        "reports.source": "Radio Tamba; Meridian Wire",
        "reports.published": "2019-11-03; 2019-11-04",
        "figures.value": "53",
        "killed.current": '{"low":49,"high":54}',
    }
    assert list(csv.DictReader(io.StringIO(selected("csv", make_incident())))) == [row]


def test_dotted_names_as_keys() -> None:
    found = json.loads(selected("jsonl", make_incident()))
    assert list(found) == list(FIELDS)
    assert found["killed.best"] == 54
    assert found["injured.best"] is None
    assert found["reports.source"] == ["Radio Tamba", "Meridian Wire"]
    assert found["killed.current"] == {"low": 49, "high": 54}


def test_a_line_of_tsv_is_one_line_and_is_not_run() -> None:
    evil = make_incident(place=Place(name="=1+1"), reports=(Report(article="a", title="one\ttwo\nthree", url="+1"),))
    lines = selected("tsv", evil, ("place.name", "reports.title", "reports.url")).splitlines()
    assert lines == ["place.name\treports.title\treports.url", "'=1+1\tone two three\t'+1"]


@pytest.mark.parametrize("name", field_names())
def test_every_field_has_a_value_of_every_incident(name: str) -> None:
    empty = make_incident(date=None, place=None, killed=None, figures=(), reports=())
    for incident in (make_incident(), empty):
        value_of(incident, name)
        for form in SELECTING:
            assert len(selected(form, incident, (name,)).splitlines()) == (1 if form == "jsonl" else 2)


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("killed_best", "killed.best"),
        ("Place.Name", "place.name"),
        ("kiled.best", "killed.best"),
        ("lon", "place.lon"),
        ("best", "killed.best or injured.best"),
        ("killed.by_category.soldier.best", "killed.by_category.soldiers.best"),
        ("nonsense", "one of schema, id, date"),
    ],
)
def test_a_field_that_is_none_is_told_what_comes_near(asked: str, hint: str) -> None:
    with pytest.raises(UnknownField, match=asked) as raised:
        checked(["id", asked])
    assert hint in raised.value.hint


def test_names_are_trimmed_and_counted_once() -> None:
    assert checked([" id", "killed.best ", "", "id"]) == ("id", "killed.best")
    with pytest.raises(UnknownField):
        checked([" ", ""])
