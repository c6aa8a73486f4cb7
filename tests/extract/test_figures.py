"""The figures of single phrases, each in a short report, as tests/cases/figures_<code>.toml list them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.lexicon.language import LANGUAGES
from conflict_dedup.model import Article, Figure

from .tables import parameters, table

HEADS = {
    "en": ("Attack in Gao", "Gunmen attacked the town of Gao, in northern Mali, on Friday."),
    "fr": ("Attaque à Gao", "Des hommes armés ont attaqué vendredi la ville de Gao, dans le nord du Mali."),
    "es": ("Ataque en Gao", "Hombres armados atacaron el viernes la ciudad de Gao, en el norte de Malí."),
    "pt": ("Ataque em Gao", "Homens armados atacaram na sexta-feira a cidade de Gao, no norte do Mali."),
}
CASES = [p for code in LANGUAGES for p in parameters(f"figures_{code}", code)]
FEWEST = {"en": 60, "fr": 30, "es": 30, "pt": 12}


def report(code: str, phrase: str) -> Article:
    title, lead = HEADS[code]
    return Article(id="a", title=title, text=f"{lead} {phrase}", published=dt.date(2024, 5, 12), lang=code)


def told(f: Figure) -> str:
    """A figure as the tables write it."""
    number = f"{f.low}-{f.high}" if f.bound == "range" else str(f.value)
    marks = (["subset"] if f.subset else []) + (["superseded"] if f.superseded else [])
    return " ".join([f.effect, number, f.bound, f.category, *marks])


def interval(f: Figure) -> tuple[int | None, int | None]:
    """The interval that a bound asserts, as docs/schema.md has it; a range and a vague word bring their own."""
    return {
        "exact": (f.value, f.value),
        "about": (f.value, f.value),
        "at_least": (f.value, None),
        "more_than": (f.value + 1, None),
        "at_most": (None, f.value),
        "fewer_than": (None, f.value - 1),
        "range": (f.value, f.high),
        "vague": (f.value, None),
    }[f.bound]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_figures_of_a_phrase(code: str, case: dict[str, Any]) -> None:
    article = report(code, case["text"])
    found = [f for candidate in extract(article) for f in candidate.figures]
    assert sorted(map(told, found)) == sorted(case["figures"])
    for f in found:
        assert getattr(article, f.field)[f.start : f.end] == f.quote
        assert (f.low, f.high) == interval(f)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_phrases_and_counter_examples(code: str) -> None:
    cases = table(f"figures_{code}")["cases"]
    texts = [case["text"] for case in cases]
    assert len(cases) >= FEWEST.get(code, 12)
    assert len(set(texts)) == len(texts)
    assert sum(not case["figures"] for case in cases) >= 5


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("Police, who arrived late, said 19 people were killed in Goma.", "police"),
        ("Gunmen killed 23 people in Kukawa, the state emergency agency said.", "civil_defence"),
        ("Islamic State said it killed five soldiers in Menaka.", "militants"),
        ("The JNIM group claimed to have killed 70 soldiers in Djibo.", "militants"),
    ],
)
def test_who_a_figure_is_from(text: str, attribution: str) -> None:
    (candidate,) = extract(Article(id="a", text=text, lang="en", published=dt.date(2024, 3, 12)))
    assert [f.attribution for f in candidate.figures] == [attribution]
