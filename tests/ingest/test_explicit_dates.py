from __future__ import annotations

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_dedup.ingest.dates import NotADateError, date_in_name, latest_before, parse_date, year_in_name

THIRD = dt.date(2019, 11, 3)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@pytest.mark.parametrize(
    "written",
    [
        "2019-11-03",
        "2019-11-03T23:30:00-05:00",
        "2019-11-03T00:30:00+09:00",
        "2019-11-03 10:00:00+00:00",
        "2019-11-03T10:00:00.000Z",
        "2019/11/3",
        "20191103",
        "20191103T101500Z",
        "20191103T10",
        "2019-W44-7",
        "2019-307",
        "03/11/2019",
        "3.11.2019",
        "3/11/19",
        "3 November 2019",
        "3rd of November 2019",
        "Nov. 3, 2019",
        "NOV 3, 2019",
        "3 Nov 19",
        "3-Nov-2019",
        "Sun, 03 Nov 2019 10:00:00 GMT",
        "November 3, 2019 10:15 PM EST",
        "Sunday 3 November 2019 - 14:00",
        "3 novembre 2019",
        "3 de noviembre de 2019",
        "3 de novembro de 2019",
        1572739200,
        "1572739200000",
        {"$date": "2019-11-03T00:00:00Z"},
    ],
)
def test_reads_the_day_as_it_is_written(written: object) -> None:
    assert parse_date(written) == THIRD


def test_the_day_stands_first_unless_it_cannot() -> None:
    assert parse_date("04/05/2019") == dt.date(2019, 5, 4)
    assert parse_date("11/25/2019") == dt.date(2019, 11, 25)


def test_two_digits_of_a_year_turn_at_fifty() -> None:
    assert parse_date("3 JAN 90") == dt.date(1990, 1, 3)
    assert parse_date("3 JAN 49") == dt.date(2049, 1, 3)
    assert parse_date("3 JAN 50") == dt.date(1950, 1, 3)


@pytest.mark.parametrize("nothing", [None, "", "  ", "None", "null", "NaT", "nan", "n/a", "-", False])
def test_empty_fields_are_no_date(nothing: object) -> None:
    assert parse_date(nothing) is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2019-13-45", "no such day"),
        ("31/02/2019", "no such day"),
        ("29 February 2019", "no such day"),
        ("0001-01-01", "no such day"),
        ("2019-11", "names no day"),
        ("2019", "names no day"),
        ("November 2019", "not a date"),
        ("yesterday", "not a date"),
        ("Friday", "not a date"),
        ("Sept. 30, 38 soldiers", "not a date"),
        ("10:30", "not a date"),
        ("May 5, 2020 - updated May 6, 2020", "more than one"),
        (True, "not a date"),
    ],
)
def test_says_what_is_wrong(written: object, why: str) -> None:
    with pytest.raises(NotADateError, match=why):
        parse_date(written)


@given(st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_every_day_survives_being_written(day: dt.date) -> None:
    month = MONTHS[day.month - 1]
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day} {month} {day.year}") == day
    assert parse_date(f"{month[:3]} {day.day}, {day.year}") == day
    assert parse_date(f"{day.day:02}/{day.month:02}/{day.year}") == day


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    with suppress(NotADateError):
        assert parse_date(text) is None or isinstance(parse_date(text), dt.date)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-11-05-afp.txt", dt.date(2019, 11, 5)),
        ("20191105_afp.txt", dt.date(2019, 11, 5)),
        ("afp_2019_11_05.txt", dt.date(2019, 11, 5)),
        ("https://example.org/2019/11/05/attack", dt.date(2019, 11, 5)),
        ("attack-2019-11-5.html", dt.date(2019, 11, 5)),
        ("000_2776441886b845ea.txt", None),
        ("id-201911054711", None),
        ("2019-13-05.txt", None),
        ("2019-02-30.txt", None),
        ("a2019-11-05", None),
        ("12019-11-05", None),
    ],
)
def test_date_in_a_name(name: str, day: dt.date | None) -> None:
    assert date_in_name(name) == day


def test_year_in_a_name() -> None:
    assert year_in_name("mali-2019.txt") == 2019
    assert year_in_name("2018-2019.txt") is None
    assert year_in_name("report-12019.txt") is None


def test_a_dateline_without_year_lies_before_the_fallback() -> None:
    assert latest_before(11, 2, dt.date(2019, 11, 5)) == dt.date(2019, 11, 2)
    assert latest_before(12, 30, dt.date(2020, 1, 2)) == dt.date(2019, 12, 30)
    assert latest_before(11, 6, dt.date(2019, 11, 5)) == dt.date(2019, 11, 6)
    assert latest_before(2, 29, dt.date(2019, 3, 1)) == dt.date(2016, 2, 29)
    assert latest_before(2, 30, dt.date(2019, 3, 1)) is None
