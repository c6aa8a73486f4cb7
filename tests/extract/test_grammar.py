"""Quantities, dates and places of single phrases, as tests/cases/grammar.toml lists them."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

from conflict_dedup.extract import quantities
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.model import Article

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = tomllib.loads((Path(__file__).parent.parent / "cases" / "grammar.toml").read_text(encoding="utf-8"))


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["text"][:50]) for c in TABLE[name]["cases"]]


def read(case: dict[str, Any]) -> Document:
    return prepare(Article(id="a", text=case["text"], published=dt.date(2019, 11, 3), lang=case.get("lang", "en")))


@pytest.mark.parametrize("case", cases("quantities"))
def test_quantity(case: dict[str, Any]) -> None:
    found = [q for q in quantities.find(read(case)) if q.kind not in ("unit", "skip")]
    told = [[q.value, q.bound, *(-1 if n is None else n for n in (q.low, q.high))] for q in found]
    assert told == case["found"]


@pytest.mark.parametrize("case", cases("dates"))
def test_date(case: dict[str, Any]) -> None:
    windows = [w.window for w in read(case).dates]
    assert [[str(w.start), str(w.end)] for w in windows if w is not None] == case["found"]
    assert None not in windows


@pytest.mark.parametrize("case", cases("places"))
def test_place(case: dict[str, Any]) -> None:
    geography = read(case).geography
    assert geography is not None
    mentions = [m for m in geography.mentions if not m.demonym]
    assert [[m.entry.name if m.entry else m.name, m.country] for m in mentions] == case["found"]


def test_a_weekday_is_never_in_the_future() -> None:
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        for offset in range(7):
            published = dt.date(2024, 5, 6) + dt.timedelta(days=offset)
            (when,) = prepare(Article(id="a", text=f"It happened on {day}.", published=published, lang="en")).dates
            assert when.window is not None
            assert 0 <= (published - when.window.start).days <= 6


def test_relative_dates_of_an_undated_article_float() -> None:
    (when,) = prepare(Article(id="a", text="It happened on Friday.", lang="en")).dates
    assert when.window is None
    assert (when.weekday, when.first, when.last) == (4, -6, 0)


def test_the_day_of_speaking_is_told_from_the_day_of_the_event() -> None:
    text = "Gunmen attacked a base on Friday, the government said on Saturday."
    friday, saturday = prepare(Article(id="a", text=text, published=dt.date(2019, 11, 3), lang="en")).dates
    assert (friday.reporting, saturday.reporting) == (False, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The army said that at least ten people had been killed in the attack.", "en"),
        ("Selon l'armée, au moins dix personnes ont été tuées dans l'attaque par des hommes armés.", "fr"),
        ("Según el ejército, al menos diez personas murieron en el ataque de hombres armados.", "es"),
        ("Segundo o exército, pelo menos dez pessoas foram mortas no ataque de homens armados.", "pt"),
    ],
)
def test_language_is_detected(text: str, code: str) -> None:
    assert prepare(Article(id="a", text=text)).language.code == code
    assert prepare(Article(id="a", text=text, lang="en")).language.code == "en", "a stated language wins"


def test_sentences_end_where_they_end() -> None:
    text = (
        "Gen. A. Diallo of the U.S. Army said 1.5 million fled. Two died on Nov. 3 in St. Paul! “All is calm.” It is."
    )
    doc = prepare(Article(id="a", text=text, lang="en"))
    told = [doc.surface(s.start, s.end) for s in doc.sentences]
    assert told == [
        "Gen. A. Diallo of the U.S. Army said 1.5 million fled.",
        "Two died on Nov. 3 in St. Paul!",
        "“All is calm.”",
        "It is.",
    ]
