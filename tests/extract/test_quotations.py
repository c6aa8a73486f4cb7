"""Every figure can be shown: its quotation stands in the article where it is said to, and holds the number."""

from __future__ import annotations

import datetime as dt

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.model import Article, Figure

LEAD = "Gunmen killed 53 soldiers on Friday in an attack on a base in Gao, Mali."


def quoted(text: str, *, title: str = "", lang: str = "en") -> list[Figure]:
    """The figures of an article, after each was found where it says that it is."""
    article = Article(id="a", title=title, text=text, published=dt.date(2019, 11, 3), lang=lang)
    found = [f for candidate in extract(article) for f in candidate.figures]
    for f in found:
        source = {"title": article.title, "text": article.text}[f.field]
        assert source[f.start : f.end] == f.quote
        assert f.quote == f.quote.strip()
    return found


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (LEAD, {"killed 53 soldiers"}),
        (
            "An attack in Gao, Mali, left at least 53 soldiers and one civilian dead on Friday.",
            {"at least 53 soldiers and one civilian dead", "one civilian dead"},
        ),
        ("A bomb in Gao, Mali, killed more than 40 people on Friday.", {"killed more than 40 people"}),
    ],
)
def test_the_quotation_holds_bound_number_noun_and_effect(text: str, quotes: set[str]) -> None:
    assert quotes <= {f.quote for f in quoted(text)}


@pytest.mark.parametrize(
    "before",
    [
        "",
        "   ",
        "\n\n\t",
        "İstanbul’da. ",  # the lower case of İ is two characters
        "🕊🕊 ",
        "e\u0301te\u0301. ",
        "العربية. ",
        "ﬀ ß ŉ. ",  # their upper case is longer
        "“‘«»’”—… ",
        "\ufeff",
        "\r\n\r\n",
        "a\u00a0b\u202fc. ",
    ],
)
def test_whatever_stands_before_shifts_no_quotation(before: str) -> None:
    plain, shifted = quoted(LEAD), quoted(before + LEAD)
    assert [f.quote for f in plain] == [f.quote for f in shifted] == ["killed 53 soldiers"]
    assert shifted[0].start == plain[0].start + len(before)


@pytest.mark.parametrize("title", ["Gunmen kill 53 soldiers in Gao", "İ: gunmen kill 53 soldiers in Gao 🕊"])
def test_title_and_text_count_from_their_own_beginnings(title: str) -> None:
    found = quoted(LEAD, title=title)
    assert {(f.field, f.value) for f in found} == {("title", 53), ("text", 53)}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Vendredi, l’attaque d’une base à Gao, au Mali, a fait 1 200 morts, dont « 53 soldats »."),
        ("es", "El viernes, un ataque en Gao, Malí, dejó al menos 21 muertos y 68 heridos."),
        ("pt", "Na sexta-feira, um ataque em Gao, no Mali, deixou sete mortos e doze feridos."),
        ("en", "GAO, MALI: GUNMEN KILLED 53 SOLDIERS ON FRIDAY IN AN ATTACK ON A BASE IN GAO, THE ARMY SAID."),
    ],
)
def test_other_languages_and_capitals_are_quoted_as_written(lang: str, text: str) -> None:
    assert quoted(text, lang=lang)
