"""The accuracy gate: the project's own gold sets, with floors that may only be raised (tests/gold/floors.toml)."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

from conflict_dedup import pipeline
from conflict_dedup.evaluate import evaluate, load
from conflict_dedup.model import Article

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "gold"
FLOORS = tomllib.loads((FOLDER / "floors.toml").read_text(encoding="utf-8"))


MEASURED = frozenset({"claims", "b3", "ceaf", "pairs", "detect", "range", "date", "place", "false_at_most"})


@cache
def scores_of(name: str) -> dict[str, float]:
    gold = load(FOLDER / name)
    articles = [
        Article(id=a.id, text=a.text, title=a.title or "", published=a.published, source=a.source, lang=a.lang)
        for a in gold.articles
    ]
    return evaluate(gold, pipeline.run(articles)).scores._asdict()


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_measure_falls_below_its_floor(name: str) -> None:
    scores = scores_of(name)
    floors = dict(FLOORS[name])
    assert scores["false"] <= floors.pop("false_at_most")
    low = {measure: (round(scores[measure], 3), floor) for measure, floor in floors.items() if scores[measure] < floor}
    assert not low


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_measures_are_shares(name: str) -> None:
    shares = {m: v for m, v in scores_of(name).items() if m not in {"articles", "gold_claims", "best_error"}}
    assert not {measure: value for measure, value in shares.items() if not 0 <= value <= 1}
    assert shares["covered"] >= shares["range"]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floors_hold_each_measure_up(name: str) -> None:
    assert set(FLOORS[name]) == MEASURED
    assert all(0 < floor < 1 for floor in FLOORS[name].values())


def test_every_set_has_floors() -> None:
    assert set(FLOORS) == {p.name for p in FOLDER.iterdir() if p.is_dir()}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_gold_itself_is_sound(name: str) -> None:
    gold = load(FOLDER / name)
    texts = {a.id: f"{a.title or ''}\n{a.text}" for a in gold.articles}
    incidents = {i.id for i in gold.incidents}
    assert all(c.quote in texts[c.article] and c.incident in incidents for c in gold.claims)
    assert all(t.quote in texts[t.article] for t in gold.traps)
    assert {c.incident for c in gold.claims} == incidents
