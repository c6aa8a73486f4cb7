"""Days in text, as tests/cases/dates.toml lists them, and what holds of each weekday."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.extract.dates import When
from conflict_dedup.model import Article, precision_of

from .reading import SUNDAY, read
from .tables import parameters

WEEKDAYS = {
    "en": ("on {}", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")),
    "fr": ("{} matin", ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")),
    "es": ("el {}", ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")),
    "pt": (
        "na manhã de {}",
        ("segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"),
    ),
}
BASE = "Gunmen killed 53 soldiers {} in an attack on a base in Gao, Mali."


def written(when: When) -> str:
    """A date as the table writes it."""
    assert when.window is not None
    start, end = when.window.start, when.window.end
    return str(start) if start == end else f"{start}..{end}"


@pytest.mark.parametrize("case", parameters("dates"))
def test_date(case: dict[str, Any]) -> None:
    found = read(case["text"], lang=case["lang"]).dates
    assert [written(w) for w in found] == case["found"]


@pytest.mark.parametrize("code", WEEKDAYS)
def test_a_weekday_is_the_latest_one_up_to_publication(code: str) -> None:
    phrase, names = WEEKDAYS[code]
    for number, name in enumerate(names):
        for offset in range(7):
            published = dt.date(2024, 5, 6) + dt.timedelta(days=offset)
            (when,) = read(phrase.format(name), lang=code, published=published).dates
            assert when.window is not None
            assert when.window.start.weekday() == number
            assert 0 <= (published - when.window.start).days <= 6


@pytest.mark.parametrize(("days", "code"), [(0, 1), (1, 2), (6, 2), (7, 3), (30, 4), (31, 4), (364, 5)])
def test_precision_follows_the_length(days: int, code: int) -> None:
    assert precision_of(days) == code


def test_relative_dates_of_an_undated_article_float() -> None:
    (when,) = read("It happened on Friday.", published=None).dates
    assert when.window is None
    assert (when.weekday, when.first, when.last) == (4, -6, 0)


def test_calendar_dates_of_an_undated_article_stand() -> None:
    (when,) = read("It happened on 14 October 2017.", published=None).dates
    assert written(when) == "2017-10-14"


def test_the_day_of_speaking_is_told_from_the_day_of_the_event() -> None:
    friday, saturday = read("Gunmen attacked a base on Friday, the government said on Saturday.").dates
    assert (friday.reporting, saturday.reporting) == (False, True)


@pytest.mark.parametrize(
    ("phrase", "weekday"),
    [("on Friday", 4), ("late on Monday", 0), ("on Sunday morning", 6)],
)
def test_an_incident_of_an_undated_article_floats_on_its_weekday(phrase: str, weekday: int) -> None:
    (one,) = extract(Article(id="a", text=BASE.format(phrase), lang="en"))
    assert one.window is None
    assert one.floating is not None
    assert one.floating.weekday == weekday
    assert one.floating.offset_days - one.floating.slack_days >= -6
    assert one.floating.offset_days + one.floating.slack_days <= 0


def test_an_incident_of_an_undated_article_floats_back_by_what_the_text_says() -> None:
    (one,) = extract(Article(id="a", text=BASE.format("a month ago"), lang="en"))
    assert one.window is None
    assert one.floating is not None
    assert 25 <= -one.floating.offset_days <= 35


@pytest.mark.parametrize(
    ("phrase", "month", "day"),
    [
        ("on 16 December", 12, 16),
        ("on Friday, 16 December", 12, 16),
        ("in August", 8, None),
        ("on Christmas Day", 12, 25),
    ],
)
@pytest.mark.parametrize("background", ["", " The war has lasted since 2012.", " A 2015 attack there killed nine."])
def test_an_incident_of_an_undated_article_floats_on_a_day_without_its_year(
    phrase: str, month: int, day: int | None, background: str
) -> None:
    one = extract(Article(id="a", text=BASE.format(phrase) + background, lang="en"))[0]
    assert one.window is None
    assert one.floating is not None
    assert (one.floating.month, one.floating.day) == (month, day)


def test_a_day_without_its_year_is_of_the_year_of_a_full_date() -> None:
    text = BASE.format("on 16 December") + " The hospital closed on 20 December 2019."
    one = extract(Article(id="a", text=text, lang="en"))[0]
    assert one.window is not None
    assert one.window.start == dt.date(2019, 12, 16)


def test_a_calendar_date_needs_no_day_of_publication() -> None:
    (one,) = extract(Article(id="a", text=BASE.format("on 14 October 2017"), lang="en"))
    assert one.window is not None
    assert (one.window.start, one.window.end) == (dt.date(2017, 10, 14), dt.date(2017, 10, 14))
    assert one.floating is None


@pytest.mark.parametrize(
    ("lang", "text", "year"),
    [
        (
            "en",
            "A court in Gao on Thursday sentenced four men over an attack on a hotel in 2015 in which 38 died.",
            2015,
        ),
        (
            "es",
            "Un tribunal de Lima condenó el jueves a dos hombres por el atentado que dejó 25 muertos en 1992.",
            1992,
        ),
        (
            "fr",
            "Des proches des quatre personnes tuées dans l'attentat à Paris en 1996 se sont recueillis vendredi.",
            1996,
        ),
        ("en", "Gunmen killed 38 people in Gao on Thursday, near a hotel attacked in 2015.", 2019),
    ],
)
def test_the_day_of_a_trial_or_a_vigil_is_not_that_of_the_attack(lang: str, text: str, year: int) -> None:
    (candidate,) = extract(Article(id="a", text=text, published=SUNDAY, lang=lang))
    assert candidate.window is not None
    assert candidate.window.start.year == year
