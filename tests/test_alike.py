"""One-sentence wires: other towns' attacks are told in the same words, and one attack in others."""

from __future__ import annotations

import datetime as dt

import pytest

from conflict_dedup import pipeline
from conflict_dedup.model import Article, Incident

DAY = dt.date(2024, 3, 12)


def told(*texts: str, lang: str = "en") -> list[Incident]:
    return pipeline.run(
        Article(id=f"a{n}", text=text, published=DAY, source=f"Outlet {n}", lang=lang) for n, text in enumerate(texts)
    )


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        (
            "en",
            "Gunmen killed four people in Beni, DR Congo, on Monday.",
            "Gunmen killed nine people in Bunia, DR Congo, on Monday.",
        ),
        (
            "en",
            "A suicide bomber killed at least 12 people and wounded 30 in Kabul on Monday, police said.",
            "A suicide bomber killed at least 14 people and wounded 25 in Quetta on Monday, police said.",
        ),
        (
            "en",
            "Shelling killed two people and wounded five in Kherson on Monday, officials said.",
            "Shelling killed three people and wounded nine in Toretsk on Monday, officials said.",
        ),
        (
            "es",
            "Hombres armados mataron a cuatro personas en Tibú el lunes, informó la Policía.",
            "Hombres armados mataron a tres personas en El Tambo el lunes, informó la Policía.",
        ),
    ],
)
def test_alike_words_of_two_towns_are_two_attacks(lang: str, one: str, other: str) -> None:
    incidents = told(one, other, lang=lang)
    assert len(incidents) == 2
    assert [report.copy_of for incident in incidents for report in incident.reports] == [None, None]


def test_other_words_of_one_town_are_one_attack() -> None:
    (incident,) = told(
        "Gunmen killed four people in Beni, DR Congo, on Monday.",
        "At least four people were killed by armed men in Beni in eastern Congo on Monday, the mayor said.",
    )
    assert len(incident.reports) == 2


def test_a_short_text_is_a_copy_where_it_is_the_same() -> None:
    text = "Gunmen killed four people in Beni, DR Congo, on Monday."
    (incident,) = told(text, text)
    assert sorted(str(report.copy_of) for report in incident.reports) == ["None", "a0"]
