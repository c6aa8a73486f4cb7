from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from conflict_dedup.model import Article, Comparison, Pair, Report
from conflict_dedup.report.explain import write_comparison, write_explanation
from conflict_dedup.report.page import in_context
from conflict_dedup.report.show import write_incident

from .conftest import QUOTE, TEXT, make_candidate, make_figure, make_incident

Page = Callable[..., str]
PAIR = Pair(
    left="a1#1",
    right="a2#1",
    bits=9.2,
    comparisons=(
        Comparison(name="shared_words", level="few", bits=-0.5),
        Comparison(name="injured", level="missing", bits=0.0),
        Comparison(name="place", level="same_name", bits=9.7, note="Indelimane / Indelimané"),
    ),
)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_show_gives_range_quotation_and_reports(page: Page, articles: dict[str, Article]) -> None:
    text = page(write_incident, make_incident(), articles)
    assert text.startswith("ml-indelimane-2019-11-01\n1 Nov 2019 - Indelimane, Ménaka, Mali - armed attack\n")
    flat = squeezed(text)
    assert "killed 40-54+, best 54, rising, now 49-54; soldiers 40-53, civilians 1" in flat
    assert "killed at least 53 (soldiers), says army" in flat
    assert f"Gunmen came at dawn. They left >>{QUOTE}<< dead in Indelimane on Friday, the army said." in flat
    assert "More text" not in flat  # another paragraph
    assert "2 reports, 1 independent source" in flat
    assert "reprinted: 4 Nov 2019, Meridian Wire (a2)" in flat


def test_without_the_articles_the_quotation_stands_alone(page: Page) -> None:
    text = page(write_incident, make_incident(), {})
    assert f">>{QUOTE}<<" in text
    assert "Gunmen came" not in text


def test_another_article_of_that_id_gives_no_context() -> None:
    other = Article(id="a1", text="Quite another text, long enough for the offsets of the figure. " * 3)
    assert in_context(make_figure(), other) == ("", QUOTE, "")


@pytest.mark.parametrize("field", ["title", "text"])
def test_context_is_cut_at_words(field: str) -> None:
    long = "word " * 60 + "killing 12 people " + "more " * 60
    start = long.index("12 people")
    article = Article(id="a1", text=long if field == "text" else "x", title=long if field == "title" else "")
    figure = make_figure(field=field, start=start, end=start + 9, quote="12 people")
    before, quote, after = in_context(figure, article)
    assert quote == "12 people"
    assert before.startswith("…word ")
    assert before.endswith("killing ")
    assert after.startswith(" more ")
    assert after.endswith("more…")


def test_figures_stand_in_the_order_of_publication(page: Page) -> None:
    incident = make_incident(
        figures=(make_figure(article="late"), make_figure(article="none"), make_figure(article="early")),
        reports=(
            Report(article="late", published=dt.date(2019, 11, 9)),
            Report(article="none"),
            Report(article="early", published=dt.date(2019, 11, 2)),
        ),
    )
    text = page(write_incident, incident, {}).partition("Figures")[2]
    assert text.index("(early)") < text.index("(late)") < text.index("(none)")


def test_marks_of_figures(page: Page) -> None:
    sum_ = make_figure(value=54, low=54, start=0, end=0, quote="", derived=True, category="total", attribution=None)
    incident = make_incident(figures=(make_figure(subset=True, superseded=True, bound="vague", value=24), sum_))
    text = squeezed(page(write_incident, incident, {}))
    assert "killed a vague number, taken as 24 (soldiers), part of another figure, superseded, says army" in text
    assert "killed at least 54, a sum that no source printed" in text
    assert ">><<" not in text


def test_explain_gives_every_comparison_in_bits(page: Page, articles: dict[str, Article]) -> None:
    candidates = (make_candidate("a1#1"), make_candidate("a2#1"))
    text = page(write_explanation, make_incident(), candidates, [PAIR], articles)
    flat = squeezed(text)
    assert f">>{QUOTE}<<" in flat
    assert "+9.2 bits for one incident" in flat
    assert "+9.7 place: same name (Indelimane / Indelimané)" in flat
    assert "0.0 not told by both: injured" in flat
    assert flat.index("+9.7 place") < flat.index("-0.5 shared words: few")
    assert "a2#1: 3 Nov 2019, Radio Tamba (a2) tells of 1 Nov 2019, Indelimane, Mali" in flat
    assert "nothing to compare" in page(write_explanation, make_incident(), candidates[:1], [], articles)
    assert "give the articles" in page(write_explanation, make_incident(), (), [], {})


def test_explain_two_names_the_best_pair_and_every_constraint(page: Page) -> None:
    left, right = (make_candidate("a1#1"), make_candidate("a1#2")), (make_candidate("a2#1"),)
    other = Pair(left="a1#2", right="a2#1", bits=-30.0, comparisons=(), forbidden="two countries")
    text = squeezed(page(write_comparison, left, right, [other, PAIR], names=("one", "two")))
    assert text.startswith("one and two")
    assert "2 pairs compared, 1 of them forbidden" in text
    assert "+9.2 bits" in text
    assert "kept apart whatever its bits: two countries" in text
    alone = squeezed(page(write_comparison, left, right, [other], names=("one", "two")))
    assert "kept apart whatever the bits: two countries" in alone


def test_pages_let_neither_markup_nor_escapes_through(page: Page) -> None:
    evil = "[bold]x[/bold]\x1b[31m\x1b]0;t\x07\x9b2J"
    incident = make_incident(
        figures=(make_figure(quote=QUOTE, attribution=evil),),
        reports=(Report(article="a1", source=evil, title=evil, url=evil),),
    )
    article = Article(id="a1", text=TEXT.replace("Gunmen came", "[blink]\x1b[5m "[:11]), title=evil)
    text = page(write_incident, incident, {"a1": article}, colour=False)
    assert not set(text) & set("\x1b\x07\x9b")
    assert "[bold]x[/bold]" in text


@pytest.mark.parametrize("width", [60, 80, 132])
def test_pages_fit_the_width(page: Page, articles: dict[str, Article], width: int) -> None:
    candidates = (make_candidate("a1#1"), make_candidate("a2#1"))
    text = page(write_explanation, make_incident(), candidates, [PAIR], articles, width=width)
    assert max(map(len, text.splitlines())) <= width
