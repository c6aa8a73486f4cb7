from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from rich.cells import cell_len

from conflict_dedup.model import Article, Comparison, Pair, Report
from conflict_dedup.report import plain
from conflict_dedup.report.explain import write_comparison, write_explanation
from conflict_dedup.report.page import byline, in_context, number_of
from conflict_dedup.report.show import write_incident

from .conftest import QUOTE, TEXT, make_candidate, make_figure, make_incident

Page = Callable[..., str]
MARKED = QUOTE.replace("53", "[53]")
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
    assert "\nplace: exact, 15.9, -1.5\n" in text
    flat = squeezed(text)
    assert "killed 40-54+, best 54, rising, now 49-54; soldiers 40-53, civilians 1" in flat
    assert "killed at least 53 (soldiers), says army" in flat
    assert number_of(make_figure(attribution="security_sources")).endswith(", says security sources")
    assert f"Gunmen came at dawn. They left >>{MARKED}<< dead in Indelimane on Friday, the army said." in flat
    assert "More text" not in flat  # another paragraph
    assert "2 reports, 1 independent source" in flat
    assert "reprinted: 4 Nov 2019, Meridian Wire (a2)" in flat


def test_without_the_articles_the_quotation_stands_alone(page: Page) -> None:
    text = page(write_incident, make_incident(), {})
    assert f">>{MARKED}<<" in text
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
    assert f">>{MARKED}<<" in flat
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


def later(**changes: object) -> Report:
    values: dict[str, object] = {"article": "a2", "source": "Meridian Wire", "published": dt.date(2019, 11, 4)}
    return Report(**(values | changes))  # type: ignore[arg-type]


def test_the_course_of_a_toll(page: Page) -> None:
    first = Report(article="a1", source="Radio Tamba", published=dt.date(2019, 11, 3))
    figures = (
        make_figure(category="total"),
        make_figure(article="a2", value=40, low=41, high=None, bound="more_than", category="total"),
        make_figure(article="a2", value=54, low=54, high=54, bound="exact", superseded=True, category="total"),
        make_figure(article="a2", value=9, low=9, high=9, bound="exact", subset=True, category="children"),
    )
    incident = make_incident(figures=figures, reports=(later(), first))
    lines = page(write_incident, incident, {}, width=100).partition("The course of killed\n")[2].splitlines()
    scale, tamba, withdrawn, then, total = lines[:5]
    assert scale.split() == ["0", "27", "54"]
    assert tamba.split() == ["3", "Nov", "2019", "at", "least", "53", "●►", "Radio", "Tamba"]
    assert then.split() == ["4", "Nov", "2019", "more", "than", "40", "●►", "Meridian", "Wire"]
    assert withdrawn.split() == ["4", "Nov", "2019", "54", "○", "Meridian", "Wire"]
    assert total.split()[:2] == ["range", "40-54+"]
    assert total.index("├") == then.index("●"), "forty, on the same scale"
    assert "children" not in "".join(lines[:5])


def test_one_figure_has_no_course(page: Page) -> None:
    assert "The course of" not in page(write_incident, make_incident(), {})


def test_a_narrow_page_leaves_the_drawing_out(page: Page) -> None:
    reports = (Report(article="a1", source="A source with a rather long name of its own"), later())
    incident = make_incident(figures=(make_figure(), make_figure(article="a2", value=49, low=49)), reports=reports)
    text = page(write_incident, incident, {}, width=60)
    assert "The course of killed" in text
    assert "●" not in text
    assert max(map(len, text.splitlines())) <= 60


def test_reprints_are_folded(page: Page) -> None:
    same = make_figure(article="a2")
    text = page(write_incident, make_incident(figures=(make_figure(), same)), {})
    assert "4 Nov 2019, Meridian Wire (a2), a reprint of a1: the same figures" in text
    assert text.count(">>") == 1
    other = make_figure(article="a2", value=49, low=49)
    text = page(write_incident, make_incident(figures=(make_figure(), same, other)), {})
    assert "a reprint of a1: otherwise:" in text
    assert "killed at least 49" in text
    assert text.count(">>") == 2


def test_candidates_tell_where_each_report_puts_it(page: Page) -> None:
    text = page(write_incident, make_incident(), {}, candidates=(make_candidate(), make_candidate("a9#1")))
    assert text.count("tells of 1 Nov 2019, Indelimane, Mali, other") == 1


ARABIC = "قُتل 53 جنديا على الأقل في إنديليمان يوم الجمعة، حسبما أعلن الجيش."
CYRILLIC = "В результате атаки погибли 53 военных, сообщили власти в пятницу."
CHINESE = "马里东北部一处军营星期五遭到袭击，造成53名士兵死亡，军方表示。" * 12
LONG = "word" * 900 + " 53 soldiers died " + "word" * 900


@pytest.mark.parametrize("text", [ARABIC, CYRILLIC, CHINESE, LONG], ids=["arabic", "cyrillic", "chinese", "long"])
@pytest.mark.parametrize("width", [80, 120])
def test_other_scripts_and_long_texts_stay_legible(page: Page, text: str, width: int) -> None:
    start = text.index("53")
    figure = make_figure(start=start, end=start + 2, quote="53", attribution=None)
    source = text[:3] if text.isascii() else text[:12]
    incident = make_incident(figures=(figure,), reports=(Report(article="a1", source=source, title=text * 5),))
    shown = page(write_incident, incident, {"a1": Article(id="a1", text=text)}, width=width)
    assert max(map(cell_len, shown.splitlines())) <= width
    joined = "".join(shown.split())
    before, after = "".join(text[start - 20 : start].split()), "".join(text[start + 2 : start + 12].split())
    assert f"{before}>>53<<{after}" in joined
    assert len(shown) < 3000


def test_names_from_right_to_left_stand_last() -> None:
    assert byline(Report(article="12", source="الجزيرة", published=dt.date(2019, 11, 3))) == "3 Nov 2019 (12), الجزيرة"
    assert byline(Report(article="12", source="Новости")) == "undated, Новости (12)"


def test_colour_only_adds_to_a_page(page: Page, articles: dict[str, Article]) -> None:
    incident = make_incident(figures=(make_figure(), make_figure(article="a3", value=49, low=49)), reports=(
        Report(article="a1", source="Radio Tamba"), Report(article="a3", source="Faro")))  # fmt: skip
    coloured = page(write_incident, incident, articles, colour=True)
    assert "\x1b[" in coloured
    assert plain.harmless(coloured) == page(write_incident, incident, articles)


def test_hostile_texts_do_not_reach_the_terminal(page: Page) -> None:
    evil = "\x1b]0;t\x07\x1b[2J[red]12[/red]\u202e 53 \x9b"
    start = evil.index("53")
    figure = make_figure(article=evil, start=start, end=start + 2, quote="53", attribution=evil)
    reports = (Report(article=evil, source=evil, title=evil, url=evil), later(copy_of=evil))
    incident = make_incident(id=evil, figures=(figure, make_figure(article="a2", value=9)), reports=reports)
    text = page(write_incident, incident, {evil: Article(id=evil, text=evil, title=evil)})
    assert not set(text) & set("\x1b\x07\x9b\u202e")
    assert "[red]12[/red]" in text
    assert ">>53<<" in text
