"""The second look: what the other numbers of an article say of one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_dedup.extract import quantities
from conflict_dedup.extract.decide import Decider, Weighed, walk
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.revising import (
    DECIDED,
    Share,
    Survey,
    Top,
    clues_of,
    leading,
    ratio,
    revise,
    share_of,
    sureness,
    undecided,
)
from conflict_dedup.extract.scoring import UNIT, Scorer, features_of, weights
from conflict_dedup.model import Article

WAR = "Gunmen killed five people in Gao on Monday. The war has killed 10,000 people."
CRASH = "A bus crash near Gao killed nine people. Officials said 30 people were wounded. Four people died of it later."


def first_look(text: str, lead: float) -> tuple[Document, list[Weighed]]:
    """What is weighed where none leads every other reading by so many log-odds."""
    doc = prepare(Article(id="a", text=text, lang="en", published=dt.date(2024, 5, 2)))
    decider = Decider(Scorer({"none": lead}))
    walk(doc, quantities.find(doc), decider)
    return doc, decider.weighed


def told(doc: Document, weighed: list[Weighed], second: dict[str, float]) -> dict[int, str]:
    return {d.quantity.value: d.effect for d in revise(doc, weighed, Scorer(second))[0]}


def features(doc: Document, weighed: list[Weighed], value: int) -> dict[str, set[str]]:
    survey = Survey(doc, weighed)
    [n] = [n for n, w in enumerate(weighed) if w.decision.quantity.value == value]
    return {effect: set(features_of(clues)) for effect, clues in clues_of(survey, n).items()}


def test_a_toll_far_above_the_article_s_others_can_be_told_from_them() -> None:
    doc, weighed = first_look(WAR, -2.0)
    assert told(doc, weighed, {}) == {5: "killed", 10_000: "killed"}
    far_above = f"none|top|{ratio(10_000, 5)}"
    assert told(doc, weighed, {far_above: 3.0}) == {5: "killed", 10_000: "none"}
    assert far_above in features(doc, weighed, 10_000)["none"]
    assert far_above not in features(doc, weighed, 5)["none"]


def test_what_leads_by_enough_is_not_looked_at_again() -> None:
    doc, weighed = first_look(WAR, -DECIDED / UNIT - 0.5)
    survey = Survey(doc, weighed)
    assert not any(undecided(survey, look) for look in survey.looks)
    assert told(doc, weighed, {"none": 100.0}) == {5: "killed", 10_000: "killed"}


def test_one_sentence_has_nothing_that_the_first_look_did_not_see() -> None:
    doc, weighed = first_look("Gunmen killed five people and wounded 30 in Gao on Monday.", -2.0)
    assert told(doc, weighed, {"none": 100.0}) == {5: "killed", 30: told(doc, weighed, {})[30]}
    doc, weighed = first_look(WAR, -2.0)
    assert told(doc, weighed, {"none": 100.0}) == {5: "none", 10_000: "none"}


def test_the_numbers_before_and_after_are_seen_even_in_other_sentences() -> None:
    doc, weighed = first_look(CRASH, 1.0)
    middle = features(doc, weighed, 30)["none"]
    assert {"none|prev|True|1|person", "none|next|True|1|person"} <= middle
    assert "none|-1|sign.nonconflict" in middle  # the crash, a sentence before
    assert "none|prev|False|-1|False" in features(doc, weighed, 9)["none"]  # the first has none before it


def test_the_share_of_figures_leaves_the_number_itself_out() -> None:
    doc, weighed = first_look("Gunmen killed five people in Gao on Monday.", -4.0)
    assert {"none|share|sentence|-", "none|share|article|-"} <= features(doc, weighed, 5)["none"]
    doc, weighed = first_look(WAR, -4.0)
    assert {"none|share|sentence|-", "none|share|article|4", "none|share|beside|4"} <= features(doc, weighed, 5)["none"]


def test_the_same_number_elsewhere_is_told_of() -> None:
    text = "Gunmen killed five people in Gao. Five people died in all."
    doc, weighed = first_look(text, -2.0)
    survey = Survey(doc, weighed)
    for n in (0, 1):
        found = {effect: set(features_of(clues)) for effect, clues in clues_of(survey, n).items()}
        assert "none|same|1|0" in found["none"]
        assert "same|True" in found["killed"]
    alone = features(*first_look(WAR, -2.0), 5)
    assert "none|same|0|0" in alone["none"]
    assert "same|False" in alone["killed"]


@pytest.mark.parametrize(
    ("value", "other", "name"),
    [(3, 0, "-"), (3, 3, "="), (1, 10, "0"), (3, 10, "1"), (8, 10, "2"), (11, 10, "3"), (30, 10, "4"), (150, 10, "5")],
)
def test_ratios_are_coarse(value: int, other: int, name: str) -> None:
    assert ratio(value, other) == name


def test_sureness_rises_with_the_lead() -> None:
    names = [sureness(lead) for lead in range(-7 * UNIT, 7 * UNIT, UNIT // 4)]
    assert names == sorted(names)
    assert len(set(names)) == 8


def test_the_lead_is_that_of_the_best_effect_over_none() -> None:
    assert leading({"none": 100, "killed": 50, "injured": 400}) == 300
    assert leading({"none": 100, "killed": -50}) == -150


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 4))))
def test_the_largest_number_outside_a_sentence(numbers: list[tuple[int, int]]) -> None:
    top = Top(0, -1, 0)
    for value, sentence in numbers:
        top.add(value, sentence)
    for sentence in range(-1, 6):
        assert top.outside(sentence) == max([v for v, s in numbers if s != sentence], default=0)


@given(st.lists(st.floats(0, 1)), st.lists(st.floats(0, 1)))
def test_shares_are_of_those_that_are_left(here: list[float], there: list[float]) -> None:
    shares: list[Share | None] = [None]
    for likely in (here, there):
        share = Share(0.0, 0)
        for x in likely:
            share.add(x)
        shares.append(share)
    every = here + there
    for without in (-1.0, *every):
        left = every.copy()
        if without >= 0:
            left.remove(without)
        name = share_of(shares, without)
        assert (name == "-") == (not left)
        if left:
            assert abs(int(name) - min(4, 5 * sum(left) / len(left))) <= 1.0 + 1e-6


def test_shipped_weights_are_of_features_that_are_made() -> None:
    known = ("none", "sure|", "same|", "prev|", "next|")
    shipped = weights("revision")
    assert len(shipped) > 500
    assert all(name.startswith(known) for name in shipped)
    doc, weighed = first_look(WAR + " " + CRASH, -1.0)
    survey = Survey(doc, weighed)
    made = {f for n in range(len(weighed)) for clues in clues_of(survey, n).values() for f in features_of(clues)}
    assert len(made & shipped.keys()) > len(made) / 2
