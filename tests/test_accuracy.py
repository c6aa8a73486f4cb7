"""The accuracy gate: the project's own gold sets, with floors that may only be raised (tests/gold/floors.toml)."""

from __future__ import annotations

import sys
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


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_measure_falls_below_its_floor(name: str) -> None:
    gold = load(FOLDER / name)
    articles = [
        Article(id=a.id, text=a.text, title=a.title or "", published=a.published, source=a.source, lang=a.lang)
        for a in gold.articles
    ]
    scores = evaluate(gold, pipeline.run(articles)).scores._asdict()
    floors = dict(FLOORS[name])
    assert scores["false"] <= floors.pop("false_at_most")
    low = {measure: (round(scores[measure], 3), floor) for measure, floor in floors.items() if scores[measure] < floor}
    assert not low


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
