"""The figures of single phrases, each in a short report, as tests/cases/figures.toml lists them."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.model import Article, Figure

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = tomllib.loads((Path(__file__).parent.parent / "cases" / "figures.toml").read_text(encoding="utf-8"))
HEADS = {
    "en": ("Attack in Gao", "Gunmen attacked the town of Gao, in northern Mali, on Friday."),
    "fr": ("Attaque à Gao", "Des hommes armés ont attaqué vendredi la ville de Gao, dans le nord du Mali."),
    "es": ("Ataque en Gao", "Hombres armados atacaron el viernes la ciudad de Gao, en el norte de Malí."),
    "pt": ("Ataque em Gao", "Homens armados atacaram na sexta-feira a cidade de Gao, no norte do Mali."),
}
CASES = [
    pytest.param(
        code, case, id=case["text"][:60], marks=[pytest.mark.xfail(reason=case["known"])] if "known" in case else []
    )
    for code, table in TABLE.items()
    for case in table["cases"]
]


def report(code: str, phrase: str) -> Article:
    title, lead = HEADS[code]
    return Article(id="a", title=title, text=f"{lead} {phrase}", published=dt.date(2024, 5, 12), lang=code)


def brief(f: Figure) -> tuple[Any, ...]:
    marks = (("sub",) if f.subset else ()) + (("old",) if f.superseded else ())
    return (f.effect, f.value, f.bound, f.category, *marks)


@pytest.mark.parametrize(("code", "case"), CASES)
def test_figures_of_a_phrase(code: str, case: dict[str, Any]) -> None:
    article = report(code, case["text"])
    found = [f for candidate in extract(article) for f in candidate.figures]
    assert sorted(map(brief, found)) == sorted(map(tuple, case["figures"]))
    for f in found:
        assert getattr(article, f.field)[f.start : f.end] == f.quote
