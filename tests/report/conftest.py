from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from conflict_dedup.model import (
    Actors,
    Article,
    Candidate,
    CategoryEstimate,
    Estimate,
    Figure,
    Incident,
    Interval,
    Place,
    Report,
    Window,
)
from conflict_dedup.report import FORMATS

TEXT = "Gunmen came at dawn. They left at least 53 soldiers dead in Indelimane on Friday, the army said.\n\nMore text."
QUOTE = "at least 53 soldiers"


def make_figure(**changes: Any) -> Figure:
    start = TEXT.index(QUOTE)
    values: dict[str, Any] = {
        "article": "a1",
        "effect": "killed",
        "value": 53,
        "bound": "at_least",
        "low": 53,
        "high": None,
        "category": "soldiers",
        "field": "text",
        "start": start,
        "end": start + len(QUOTE),
        "quote": QUOTE,
        "attribution": "army",
    }
    return Figure(**(values | changes))


def make_incident(**changes: Any) -> Incident:
    values: dict[str, Any] = {
        "id": "ml-indelimane-2019-11-01",
        "date": Window(start=dt.date(2019, 11, 1), end=dt.date(2019, 11, 1)),
        "place": Place(name="Indelimane", admin1="Ménaka", country="ML", lat=15.9, lon=-1.5),
        "event_type": "armed_attack",
        "actors": Actors(perpetrators=("Islamic State",), targets=("army of Mali",)),
        "killed": Estimate(
            low=40,
            best=54,
            high=54,
            open=True,
            status="rising",
            current=Interval(49, 54),
            by_category={"soldiers": CategoryEstimate(40, 53, 53), "civilians": CategoryEstimate(1, 1, 1)},
        ),
        "injured": None,
        "missing": None,
        "abducted": None,
        "figures": (make_figure(),),
        "reports": (
            Report(
                article="a1",
                source="Radio Tamba",
                published=dt.date(2019, 11, 3),
                title="Dozens dead",
                url="https://t.example",
            ),
            Report(article="a2", source="Meridian Wire", published=dt.date(2019, 11, 4), copy_of="a1"),
        ),
        "independent_sources": 1,
        "confidence": 0.97,
    }
    return Incident(**(values | changes))


def make_candidate(name: str = "a1#1", **changes: Any) -> Candidate:
    values: dict[str, Any] = {
        "id": name,
        "report": Report(article=name.partition("#")[0], source="Radio Tamba", published=dt.date(2019, 11, 3)),
        "figures": (make_figure(),),
        "window": Window(start=dt.date(2019, 11, 1), end=dt.date(2019, 11, 1)),
        "place": Place(name="Indelimane", country="ML"),
    }
    return Candidate(**(values | changes))


def render(name: str, incidents: Iterable[Incident], *, width: int = 120, colour: bool = False) -> str:
    stream = io.StringIO()
    FORMATS[name](incidents, stream, width=width, colour=colour)
    return stream.getvalue()


@pytest.fixture
def articles() -> dict[str, Article]:
    return {"a1": Article(id="a1", text=TEXT, title="Dozens dead")}


@pytest.fixture
def page() -> Callable[..., str]:
    """Calls a writer of pages on a stream and returns what it wrote."""

    def call(writer: Callable[..., None], *arguments: object, **options: object) -> str:
        stream = io.StringIO()
        writer(*arguments, stream, **({"width": 100, "colour": False} | options))
        return stream.getvalue()

    return call
