"""Laws that hold whatever the input: order changes nothing, ids are deterministic, a range holds its figures."""

from __future__ import annotations

import datetime as dt
import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.articles import articles
from conflict_dedup import pipeline
from conflict_dedup.extract import extract
from conflict_dedup.model import Article, Candidate, Incident

SOME = articles(30, seed=7)


def incidents(of: list[Article]) -> list[Incident]:
    return list(pipeline.run(of))


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(chance: random.Random) -> None:
    shuffled = list(SOME)
    chance.shuffle(shuffled)
    assert incidents(shuffled) == incidents(SOME)


def test_every_article_with_a_figure_is_in_exactly_one_incident_for_each_of_its_candidates() -> None:
    told = [c for a in SOME for c in extract(a)]
    figures = sorted((f.article, f.field, f.start, f.effect) for c in told for f in c.figures)
    printed = sorted(
        (f.article, f.field, f.start, f.effect) for i in incidents(SOME) for f in i.figures if not f.derived
    )
    assert printed == figures


def test_ranges_hold() -> None:
    for incident in incidents(SOME):
        for estimate in (incident.killed, incident.injured, incident.missing, incident.abducted):
            if estimate is not None:
                assert estimate.low <= estimate.best <= estimate.high
                assert estimate.low <= estimate.current.low <= estimate.current.high <= estimate.high
        assert 1 <= incident.independent_sources <= len(incident.reports)
        assert 0 <= incident.confidence <= 1


def test_ids_are_unique() -> None:
    ids = [i.id for i in incidents(SOME)]
    assert len(ids) == len(set(ids))


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300),
    st.text(max_size=60),
    st.none() | st.dates(dt.date(1980, 1, 1), dt.date(2030, 1, 1)),
    st.sampled_from([None, "en", "fr", "es", "pt", "xx"]),
)
def test_any_text_is_read(text: str, title: str, published: dt.date | None, lang: str | None) -> None:
    article = Article(id="a", text=text, title=title, published=published, lang=lang)
    for candidate in extract(article):
        for f in candidate.figures:
            assert getattr(article, f.field)[f.start : f.end] == f.quote


# fmt: off
WORDS = st.sampled_from((
    "killed", "12", "people", ",", ".", "soldiers", "and", "including", "3", "children", "in", "Gao", "on",
    "Friday", "wounded", "at", "least", "dozens", "of", "between", "30", "-", "40", "the", "death", "toll",
    "rose", "to", "up", "from", "5", "two", "a", "third", "woman", "her", "1,200", "1.5", "million", "since",
    "2012", "Mali's", "\n\n", "said", "(", ")", ":", "died", "missing", "others", "more", "than", "no", "one",
    "hundred", "was", "were", "12-year-old", "May", "2019", "İ", "’s", "“", "”", "—", "99999999999999", "$", "%",
    "a.m.", "U.S.", "¹", "٣",
))
# fmt: on


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_any_order_of_the_grammars_own_words_is_read(words: list[str]) -> None:
    article = Article(id="a", text=" ".join(words), lang="en", published=dt.date(2024, 5, 12))
    for candidate in extract(article):
        for f in candidate.figures:
            assert article.text[f.start : f.end] == f.quote
            assert f.low is None or f.high is None or f.low <= f.high


def test_records_survive_their_json() -> None:
    for candidate in (c for a in SOME[:8] for c in extract(a)):
        assert msgspec.json.decode(msgspec.json.encode(candidate), type=Candidate) == candidate
    for incident in incidents(SOME):
        assert msgspec.json.decode(msgspec.json.encode(incident), type=Incident) == incident
