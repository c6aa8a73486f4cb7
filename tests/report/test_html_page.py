"""The page without a browser: what is in the file, that nothing of an article can run, and how large it gets."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import html
import json
import re
import sys
import time
import zlib
from html.parser import HTMLParser
from typing import Any

import pytest

from conflict_dedup.errors import MissingExtra
from conflict_dedup.model import Article, Figure, Incident, Place, Report, Window
from conflict_dedup.report import PUBLISHERS
from conflict_dedup.report.web.facts import summary_of
from conflict_dedup.report.web.snippets import quotations

from .conftest import QUOTE, TEXT, make_figure, make_incident

EVIL = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)> </script> \u2028 {{ 7 * 7 }} \x1b[31m"


def page_of(incidents: list[Incident], articles: dict[str, Article] | None = None) -> str:
    return PUBLISHERS["html"](incidents, articles or {}).decode("utf-8")


def data_in(page: str) -> list[dict[str, Any]]:
    block = re.search(r'<script type="application/json" id="data">([A-Za-z0-9+/=]*)</script>', page)
    assert block is not None
    found: list[dict[str, Any]] = json.loads(zlib.decompress(base64.b64decode(block[1])))
    return found


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_policy_allows_the_one_style_and_the_one_script() -> None:
    page = page_of([make_incident()])
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for kind, pattern in (("style", r"<style>(.*?)</style>"), ("script", r"<script>(.*?)</script>")):
        (content,) = re.findall(pattern, page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_nothing_is_fetched_and_nothing_is_styled_in_place() -> None:
    tags = Tags(page_of([make_incident()])).tags
    assert not [tag for tag, _ in tags if tag in {"link", "img", "iframe", "object", "embed", "base"}]
    assert not [(tag, name) for tag, attributes in tags for name in attributes if name in {"src", "style"}]
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    assert [attributes["href"] for _, attributes in tags if "href" in attributes] == ["#table"]


def test_what_articles_say_is_text() -> None:
    reports = (
        Report(article="a1", source=EVIL, title=EVIL, url="javascript:alert(1)"),
        Report(article="a2", source=EVIL, title=EVIL, url="https://news.example/a?b=1"),
    )
    place = Place(name=EVIL, admin1=EVIL, country="ML", lat=1.0, lon=1.0)
    page = page_of([make_incident(reports=reports, place=place)])
    assert [tag for tag, _ in Tags(page).tags].count("script") == 2
    assert "alert(1)" not in page.replace(html.escape("<script>alert(1)"), "").replace("onerror=alert(1)", "")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    (incident,) = data_in(page)
    assert [report["url"] for report in incident["reports"]] == [None, "https://news.example/a?b=1"]
    assert incident["reports"][0]["title"].startswith("<script>alert(1)</script>")
    assert "\x1b" not in page + json.dumps(incident, ensure_ascii=False)


def test_a_row_and_the_data_of_each_incident(articles: dict[str, Article]) -> None:
    incidents = [make_incident(), make_incident(id="b", date=None, place=None, killed=None, figures=(), reports=())]
    page = page_of(incidents, articles)
    assert page.count("<tr data-number=") == 2
    assert page.count('<circle class="disc" r="') == 1 + 2, "one on the map, two in the legend"
    first, second = data_in(page)
    assert first["killed"] == [40, 54, 54, 1]
    assert (second["killed"], second["date"], second["country"]) == (None, None, "")
    (toll,) = first["tolls"]
    assert (toll["span"], toll["status"], toll["columns"]) == ("40–54+", "rising", [["Radio Tamba", "3 Nov 2019"]])
    number, words, snippet, start, end = first["reports"][0]["figures"][0]
    assert (number, words) == (0, "killed at least 53 (soldiers), says army")
    assert first["snippets"][snippet][start:end] == QUOTE
    assert not first["context"], "the second article was not at hand"


def test_the_same_incidents_make_the_same_page() -> None:
    assert page_of([make_incident()]) == page_of([make_incident()])


def test_no_incidents_are_a_page_too() -> None:
    page = page_of([])
    assert "0 incidents" in page
    assert data_in(page) == []


@pytest.mark.parametrize("library", ["altair", "jinja2", "vl_convert"])
def test_a_missing_library_is_named_with_a_way_out(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"needs .*pip install 'conflict-dedup\[report\]'"):
        page_of([make_incident()])


# --- the sums ---


def test_sums_add_the_lowest_to_the_lowest_and_the_highest_to_the_highest() -> None:
    summary = summary_of([make_incident(), make_incident(id="b"), make_incident(id="c", killed=None)])
    assert summary.killed is not None
    assert (summary.killed.low, summary.killed.high, summary.killed.incidents) == (80, 108, 2)
    assert summary.killed.words == "80–108+"
    assert summary.injured is None
    assert summary.countries == (("Mali", 3),)
    assert dict(summary.statuses) == {"rising": 2, "no figure": 1}


@pytest.mark.parametrize(("days", "unit"), [(1, "day"), (100, "week"), (900, "month"), (9000, "year")])
def test_the_time_of_a_bar_is_such_that_they_are_few(days: int, unit: str) -> None:
    first = dt.date(2001, 1, 1)
    dates = (first, first + dt.timedelta(days=days))
    summary = summary_of([make_incident(id=str(day), date=Window(start=day, end=day)) for day in dates])
    assert (summary.bar_unit, len(summary.bars), summary.peak) == (unit, 2, 54)
    assert all(bar.x >= 0 and bar.x + bar.width <= 100 and bar.low < bar.high == 100 for bar in summary.bars)


# --- passages ---


def figure_in(text: str, quote: str, **changes: Any) -> Figure:
    start = text.index(quote)
    return make_figure(quote=quote, start=start, end=start + len(quote), **changes)


def test_figures_of_one_sentence_share_its_passage() -> None:
    text = "First paragraph.\n\n" + "x " * 200 + "killed 5 soldiers and 2 civilians" + " y" * 200 + "\n\nLast: 9 dead."
    figures = [figure_in(text, "5 soldiers"), figure_in(text, "2 civilians"), figure_in(text, "9 dead")]
    snippets, found = quotations(figures, {"a1": Article(id="a1", text=text)})
    assert len(snippets) == 2
    for figure in figures:
        snippet, start, end = found[figure]
        assert snippets[snippet][start:end] == figure.quote
    assert snippets[0].startswith("…x")
    assert snippets[0].endswith("y…")
    assert snippets[1].endswith("Last: 9 dead."), "a passage ends with its paragraph"
    assert "y" not in snippets[1]


def test_offsets_are_those_of_browsers() -> None:
    text = "\U0001f525\u200f At\x07 dawn\n12 killed \U0001f525"
    figure = figure_in(text, "12 killed")
    (snippet,), found = quotations([figure], {"a1": Article(id="a1", text=text)})
    _, start, end = found[figure]
    units = snippet.encode("utf-16-le")
    assert units[2 * start : 2 * end].decode("utf-16-le") == "12 killed"
    assert "\x07" not in snippet
    assert "\u200f" not in snippet


def test_without_its_article_a_quotation_stands_alone() -> None:
    figures = [make_figure(), make_figure(derived=True, quote="", start=0, end=0)]
    for articles in ({}, {"a1": Article(id="a1", text="Another text.")}):
        assert quotations(figures, articles) == ((QUOTE,), {figures[0]: (0, 0, len(QUOTE))})
    assert QUOTE in TEXT


# --- size ---


def many(count: int) -> tuple[list[Incident], dict[str, Article]]:
    incidents: list[Incident] = []
    articles: dict[str, Article] = {}
    for number in range(count):
        reports: list[Report] = []
        figures: list[Figure] = []
        for outlet in range(3):
            name = f"article-{number}-{outlet}"
            text = f"Report {number} of outlet {outlet}. " * 8 + TEXT
            start = text.index(QUOTE)
            articles[name] = Article(id=name, text=text)
            day, title = dt.date(2020, 1, 2 + outlet), f"Dozens dead in raid {number}"
            reports.append(Report(article=name, source=f"Outlet {outlet}", published=day, title=title))
            figures += [
                make_figure(article=name, start=start, end=start + len(QUOTE), value=value, low=value)
                for value in (53, 54 + outlet)
            ]
        place = Place(name=f"Town {number}", country="ML", lat=number % 140 - 60.0, lon=number * 7 % 360 - 180.0)
        incidents.append(make_incident(id=f"i{number}", place=place, reports=tuple(reports), figures=tuple(figures)))
    return incidents, articles


def test_two_thousand_incidents_in_time_and_in_bounds() -> None:
    incidents, articles = many(2000)
    began = time.perf_counter()
    content = PUBLISHERS["html"](incidents, articles)
    assert time.perf_counter() - began < 15
    assert len(content) < 8_000_000
    assert content.count(b'class="spot ') == content.count(b"<tr data-number=") == 2000
