"""Doubtful readings: what none wins by a little is kept beside the figures, the larger the number the longer."""

from __future__ import annotations

import datetime as dt

import pytest

from conflict_dedup.extract import extract, quantities
from conflict_dedup.extract.decide import Decider, Decision, walk
from conflict_dedup.extract.features import content_words
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.revising import revise, with_doubts
from conflict_dedup.extract.scoring import Scorer
from conflict_dedup.model import Article


def doubts(text: str, lead: float) -> list[tuple[str, int, bool]]:
    """The decisions over a text where none leads every other reading by so many log-odds."""
    doc = prepare(Article(id="a", text=text, lang="en", published=dt.date(2024, 5, 2)))
    decider = Decider(Scorer({"none": lead}))
    decided = walk(doc, quantities.find(doc), decider)
    assert {d.effect for d in decided} <= {"none"}
    again, open_ = revise(doc, decider.weighed, Scorer({}))
    assert [d.effect for d in again] == [d.effect for d in decided]
    return [(d.effect, d.quantity.value, d.doubtful) for d in with_doubts(again, open_)]


@pytest.mark.parametrize(
    ("lead", "open_"),
    [(0.5, {1, 3, 12, 60}), (1.0, {12, 60}), (2.0, {60}), (4.0, set())],
)
def test_the_larger_a_number_the_longer_it_stays_open(lead: float, open_: set[int]) -> None:
    told = doubts(
        "In Gao 60 people were wounded. In Kidal 12 people were wounded. In Menaka 3 people were wounded. "
        "In Ber 1 soldier was wounded.",
        lead,
    )
    assert {value for _, value, doubtful in told if doubtful} == open_
    assert {effect for effect, _, doubtful in told if doubtful} <= {"injured", "killed"}
    assert all(effect == "none" for effect, _, doubtful in told if not doubtful)


def test_what_the_article_says_elsewhere_is_not_doubtful() -> None:
    doc = prepare(Article(id="a", text="Gunmen killed 60 people. The list has 60 names.", lang="en"))
    first, second = quantities.find(doc)
    decided = [Decision(first, "killed", 0, 3.0), Decision(second, "none", -1, 0.2)]
    assert with_doubts(decided, [Decision(second, "killed", -1, -0.2, doubtful=True)]) == decided


def test_an_article_without_a_firm_figure_has_no_doubtful_one() -> None:
    text = "GAO, Mali - Gunmen attacked the market of Gao on Monday. The hospital's list has 21."
    for candidate in extract(Article(id="a", text=text, lang="en", published=dt.date(2024, 5, 2))):
        assert candidate.figures or not candidate.doubtful


def test_content_words_are_what_a_sentence_is_about() -> None:
    text = "In Likuangole, where 12 were shot, Snakebites and snakebites have claimed five lives since Monday."
    doc = prepare(Article(id="a", text=text, lang="en"))
    assert content_words(doc, 0) == ["shot", "snakebites", "claimed", "lives"]
