"""Which incident a figure joins: groups are weighed beside one another, and beside a new one."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from conflict_dedup.extract import extract, quantities
from conflict_dedup.extract.decide import Decision
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.joining import ASKED, MEMBERS, Joiner, group, nearest_of
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.scoring import Scorer, features_of, scorer
from conflict_dedup.extract.segment import Told, tell
from conflict_dedup.model import Article

TWO = (
    "Gunmen killed nine people in Gao on Monday. Four people were wounded.\n\n"
    "In Kidal a mine killed three soldiers on 4 March. Seven people were wounded."
)
NOTHING = Scorer({})


def figures(text: str, title: str = "", doubtful: tuple[int, ...] = ()) -> tuple[Document, list[Told]]:
    """The figures of a text, every number being one of those killed; some of them doubtful, by their number."""
    article = Article(id="a", text=text, title=title, lang="en", published=dt.date(2024, 5, 2))
    doc = prepare(article)
    decisions = [
        Decision(q, "killed", -1, 1.0, doubtful=q.value in doubtful) for q in quantities.find(doc) if q.kind == "person"
    ]
    assert doc.geography is not None
    return doc, tell(doc, decisions, doc.geography)


def grouped(doc: Document, told: list[Told], joining: dict[str, float]) -> list[list[int]]:
    """The groups as lists of numbers."""
    return [[told[i].decision.quantity.value for i in g] for g in group(doc, told, NOTHING, Scorer(joining))]


def test_each_figure_is_weighed_against_a_new_incident() -> None:
    doc, told = figures(TWO)
    assert grouped(doc, told, {}) == [[9], [4], [3], [7]]  # a tie opens a group
    assert grouped(doc, told, {"new": -1.0}) == [[9, 4, 3, 7]]
    assert grouped(doc, told, {"new|first|True|wp": 2.0, "new": -1.0, "near|1|True": 1.0}) == [[9, 4], [3, 7]]


def test_groups_are_weighed_beside_one_another() -> None:
    doc, told = figures(TWO)
    base = {"new": -1.0, "new|first|True|wp": 9.0}
    assert grouped(doc, told, base | {"turn|True|False": 3.0}) == [[9, 4], [3, 7]]  # the one told last
    assert grouped(doc, told, base | {"turn|False|True": 3.0}) == [[9, 4, 7], [3]]  # the first, which is the main one


def test_a_day_that_is_another_can_keep_a_figure_out() -> None:
    doc, told = figures("Gunmen killed nine people in Gao on Monday. On 4 March a mine killed three soldiers in Gao.")
    joiner = Joiner(doc, told, NOTHING)
    joiner.add(0, -1)
    _, clues = joiner.options(1)
    named = set(features_of(clues[1]))
    assert {"apart|True|same", "place|same", "main|True|wp|year"} <= named
    assert grouped(doc, told, {"new": -1.0, "apart|True|same": -2.0}) == [[9], [3]]


def test_a_doubtful_figure_joins_last_and_opens_nothing() -> None:
    doc, told = figures(TWO, doubtful=(9,))
    assert grouped(doc, told, {}) == [[4], [3], [7]]
    assert grouped(doc, told, {"new": -1.0}) == [[9, 4, 3, 7]]


def test_the_headline_s_incident_is_known() -> None:
    doc, told = figures("Nine people were killed in Gao.", title="Nine people killed")
    joiner = Joiner(doc, told, NOTHING)
    joiner.add(0, -1)
    assert joiner.groups[0].titled
    assert {"same|True|True", "title|True|-p|1"} & set(features_of(joiner.options(1)[1][1]))


def test_only_the_latest_members_are_asked() -> None:
    text = " ".join(f"On {n % 28 + 1} March in Gao {n} people were killed." for n in range(20, 20 + 3 * MEMBERS))
    doc, told = figures(text)
    last = len(told) - 1
    scores = []
    for first in (0, last - MEMBERS, last - MEMBERS + 1):
        joiner = Joiner(doc, told, scorer("links"))
        for j in range(first, last):
            joiner.add(j, 0 if joiner.groups else -1)
        scores.append(joiner.linked(joiner.groups[0], last))
    assert scores[0] == scores[1]  # by the same twelve
    assert scores[1] != scores[2]  # one fewer


@pytest.mark.parametrize(("found", "name"), [(set(), "-"), ({"years", "same"}, "same"), ({"mixed"}, "mixed")])
def test_the_nearest_relation_counts(found: set[str], name: str) -> None:
    assert nearest_of(found, ("same", "years", "mixed")) == name


@pytest.mark.parametrize(
    ("start", "word"),
    [
        ("On Friday gunmen", "on"),
        ("The army", "the"),
        ("Taliban gunmen", ""),
        ("Kabul police", ""),
        ("Nine gunmen", ""),
    ],
)
def test_a_sentence_s_first_word_counts_if_it_is_of_grammar(start: str, word: str) -> None:
    doc, told = figures(f"In Gao 30 people were killed. {start} killed 12 people.")
    joiner = Joiner(doc, told, NOTHING)
    joiner.add(0, -1)
    named = features_of(joiner.options(len(told) - 1)[1][0])
    assert f"new|en|{word}" in named


def test_groups_share_out_the_figures_of_an_article() -> None:
    article = Article(id="a", text=TWO, lang="en", published=dt.date(2024, 5, 2))
    found = extract(article)
    values = sorted(f.value for c in found for f in c.figures)
    assert values == [3, 4, 7, 9]
    assert msgspec.json.encode(found) == msgspec.json.encode(extract(article))


def test_a_chronicle_s_figures_ask_the_main_group_and_those_told_last() -> None:
    doc, told = figures(" ".join(f"Gunmen killed {n + 2} people in Gao." for n in range(ASKED + 20)))
    joiner = Joiner(doc, told, NOTHING)
    for j in range(ASKED + 10):
        joiner.add(j, -1)
    joiner.add(ASKED + 10, 3)
    asked = joiner.asked()
    assert len(asked) == ASKED
    assert asked[:2] == [0, 3]
    assert asked[2:] == list(range(12, ASKED + 10))
    assert len(joiner.options(ASKED + 11)[0]) == ASKED + 1
