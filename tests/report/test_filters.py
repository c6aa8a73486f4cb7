from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import permutations

import pytest

from conflict_dedup.model import Estimate, Incident, Interval, Place, Window
from conflict_dedup.report import filters
from conflict_dedup.report.filters import Filter, Holds, chosen
from conflict_dedup.report.ordering import ORDERS, ordered

from .conftest import make_incident

DAY = dt.date(2019, 11, 1)
GAO = (16.2717, -0.0447)
GAO_REGION = Place(name="Gao", admin1="Gao", country="ML", lat=15.06, lon=-0.98, precision=4)


def killed(number: int, *, status: str = "agreed") -> Estimate:
    return Estimate(low=number, best=number, high=number, open=False, status=status, current=Interval(number, number))  # type: ignore[arg-type]


def dated(start: str, end: str) -> Incident:
    return make_incident(date=Window(start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end), precision=4))


UNKNOWN = make_incident(id="u", date=None, place=None, killed=None)


@pytest.mark.parametrize(
    ("holds", "incident", "answer"),
    [
        (filters.since(DAY), dated("2019-10-31", "2019-10-31"), False),
        (filters.since(DAY), dated("2019-10-01", "2019-11-01"), True),  # it may have been then
        (filters.since(DAY), UNKNOWN, None),
        (filters.until(DAY), dated("2019-11-02", "2019-11-02"), False),
        (filters.until(DAY), dated("2019-11-01", "2019-12-31"), True),
        (filters.until(DAY), UNKNOWN, None),
        (filters.in_countries(["ML", "BF"]), make_incident(), True),
        (filters.in_countries(["BF"]), make_incident(), False),
        (filters.in_countries(["BF"]), UNKNOWN, None),
        (filters.in_countries(["BF"]), make_incident(place=Place(name="Sahel")), None),
        (filters.near(*GAO, within_km=100), make_incident(place=Place(name="Gao", lat=16.27, lon=-0.04)), True),
        (filters.near(*GAO, within_km=100), make_incident(place=Place(name="Mopti", lat=14.49, lon=-4.19)), False),
        (filters.near(*GAO, within_km=500), make_incident(place=Place(name="Mopti", lat=14.49, lon=-4.19)), True),
        (
            filters.near(*GAO, within_km=5000),
            make_incident(place=Place(name="Mali", country="ML", lat=17.0, lon=-4.0, precision=6)),
            None,
        ),
        (filters.near(*GAO, within_km=100), make_incident(place=Place(name="X", country="ML")), None),
        (filters.near(*GAO, within_km=100), make_incident(place=GAO_REGION), False),
        (filters.near(*GAO, within_km=100, division=("ML", "Gao")), make_incident(place=GAO_REGION), True),
        (filters.near(*GAO, within_km=100, division=("BF", "Gao")), make_incident(place=GAO_REGION), False),
        (
            filters.near(*GAO, within_km=100, division=("ML", "Gao")),
            make_incident(place=Place(name="Labbezanga", admin1="Gao", country="ML", lat=14.96, lon=0.7)),
            False,
        ),
        (filters.near(*GAO, within_km=100), UNKNOWN, None),
        (filters.killed_at_least(54), make_incident(), True),  # 40-54, best 54
        (filters.killed_at_least(55), make_incident(), False),
        (filters.killed_at_least(0), UNKNOWN, None),
        (filters.has_status(["disputed"]), make_incident(killed=killed(3, status="disputed")), True),
        (filters.has_status(["disputed"]), make_incident(), False),
        (filters.has_status(["disputed"]), make_incident(killed=None, injured=killed(3, status="disputed")), True),
        (filters.has_status(["disputed"]), UNKNOWN, None),
        (filters.has_sources(1), make_incident(), True),
        (filters.has_sources(2), make_incident(), False),
    ],
)
def test_what_a_filter_answers(holds: Holds, incident: Incident, answer: bool | None) -> None:
    assert holds(incident) is answer


def test_all_filters_must_hold_and_what_is_unknown_is_told() -> None:
    told: list[str] = []
    wanted = [Filter("--since", filters.since(DAY)), Filter("--min-sources", filters.has_sources(1))]
    incidents = [make_incident(), UNKNOWN, dated("2019-10-01", "2019-10-02")]
    assert list(chosen(incidents, wanted, on_unknown=told.append)) == [incidents[0]]
    assert told == ["--since"]
    told.clear()
    wanted.append(Filter("--min-sources", filters.has_sources(2)))  # rules all out: nothing is left in doubt
    assert list(chosen(incidents, wanted, on_unknown=told.append)) == []
    assert told == []


def test_what_is_chosen_passes_one_by_one() -> None:
    taken = 0

    def many() -> Iterator[Incident]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield make_incident(id=f"i{number}")

    some = iter(ordered(chosen(many(), [Filter("--min-sources", filters.has_sources(1))])))
    next(some)
    assert taken == 1


def several() -> list[Incident]:
    return [
        make_incident(id="a", date=Window(start=DAY, end=DAY), killed=killed(5)),
        make_incident(id="b", date=Window(start=dt.date(2018, 1, 1), end=dt.date(2018, 1, 1)), killed=killed(50)),
        make_incident(id="c", date=Window(start=dt.date(2020, 1, 1), end=dt.date(2020, 1, 1)), killed=None),
        make_incident(id="d", date=None, killed=killed(500), place=Place(name="Herat", country="AF")),
        make_incident(id="e", date=Window(start=DAY, end=DAY), killed=killed(5), place=None),
    ]


@pytest.mark.parametrize(
    ("by", "reverse", "group", "ids"),
    [
        ("date", False, None, "baecd"),
        ("date", True, None, "caebd"),
        ("killed", False, None, "dbaec"),
        ("killed", True, None, "aebdc"),
        ("place", False, None, "dbace"),
        ("place", True, None, "bacde"),
        (None, False, "country", "dabce"),
        ("killed", False, "country", "dbace"),
        ("killed", True, "country", "dabce"),
    ],
)
def test_orders(by: str | None, reverse: bool, group: str | None, ids: str) -> None:
    incidents = several()
    for given in permutations(incidents) if by else [incidents]:
        assert "".join(i.id for i in ordered(given, by=by, reverse=reverse, group=group)) == ids


def test_reverse_alone_turns_what_comes() -> None:
    assert [i.id for i in ordered(several(), reverse=True)] == ["e", "d", "c", "b", "a"]


def test_most_reported_first() -> None:
    two = make_incident(id="two")
    one = make_incident(id="one", reports=two.reports[:1])
    assert [i.id for i in ordered([one, two], by="reports")] == ["two", "one"]
    assert set(ORDERS) == {"date", "killed", "place", "reports"}
