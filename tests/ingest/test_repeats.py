"""Candidates that stand there twice are taken once, and no two articles keep the same id."""

from __future__ import annotations

import datetime as dt

from conflict_dedup.extract import extract
from conflict_dedup.ingest import each_once
from conflict_dedup.model import Article, Candidate
from conflict_dedup.pipeline import incidents_of

DAY = dt.date(2024, 5, 12)


def told(name: str, text: str) -> list[Candidate]:
    return extract(Article(id=name, text=text, published=DAY, lang="en"))


ONE = told("one", "Gunmen killed three farmers in Jos on Friday.")
TWO = told("two", "A bomb in Kano killed nine people on Friday. Two people were shot dead in Gusau on Thursday.")
OTHER = told("one", "Soldiers killed five people in Maiduguri on Friday.")


def test_outputs_that_overlap_are_as_one() -> None:
    notes: list[str] = []
    assert list(each_once([*ONE, *TWO, *TWO, *ONE], on_note=notes.append)) == [*ONE, *TWO]
    assert notes == [f"{len(ONE) + len(TWO)} candidates were there already"]


def test_what_is_left_of_an_article_joins_it() -> None:
    assert len(TWO) > 1
    notes: list[str] = []
    assert list(each_once([TWO[0], *ONE, *TWO], on_note=notes.append)) == [TWO[0], *ONE, *TWO[1:]]
    assert notes == ["1 candidate was there already"]


def test_another_article_of_the_same_id_is_called_otherwise() -> None:
    notes: list[str] = []
    kept = list(each_once([*ONE, *OTHER, *OTHER, *ONE], on_note=notes.append))
    assert [c.article for c in kept] == ["one", "one-2"]
    assert {f.article for c in kept[1:2] for f in c.figures} == {"one-2"}
    assert kept[1].id == "one-2#1"
    assert notes == [
        "the id one is taken: the other article that has it is called one-2",
        "2 candidates were there already",
    ]
    assert len(incidents_of(kept)) == len(kept)
