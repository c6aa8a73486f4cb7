"""Which figures of an article are one incident, and when and where it was."""

from __future__ import annotations

import datetime as dt

from conflict_dedup.extract import extract
from conflict_dedup.model import Article, Candidate


def candidates(text: str, *, title: str = "", published: dt.date | None = dt.date(2019, 11, 3)) -> list[Candidate]:
    return extract(Article(id="a", title=title, text=text, published=published, lang="en"))


def values(candidate: Candidate) -> set[int]:
    return {f.value for f in candidate.figures}


def test_a_separate_incident_is_one_of_its_own() -> None:
    found = candidates(
        "Gunmen killed 53 soldiers on Friday in an attack on a base in Gao, Mali.\n\n"
        "In a separate incident, two policemen were killed by a roadside bomb near Mopti on Saturday."
    )
    assert [values(c) for c in found] == [{53}, {2}]
    assert found[0].main
    assert [c.place.name for c in found if c.place] == ["Gao", "Mopti"]


def test_an_attack_a_month_earlier_is_another() -> None:
    found = candidates(
        "Gunmen killed 53 soldiers on Friday in an attack on a base in Gao, Mali.\n\n"
        "A month earlier 41 soldiers were killed in an ambush near Mopti."
    )
    assert [values(c) for c in found] == [{53}, {41}]
    first, second = found
    assert first.window is not None
    assert second.window is not None
    assert 20 <= (first.window.start - second.window.start).days <= 45


def test_headline_and_lead_speak_of_one_incident() -> None:
    (one,) = candidates(
        "At least seven people were killed and 15 wounded when a car bomb exploded in Baidoa, Somalia, on Friday.",
        title="Car bomb kills seven in Baidoa",
    )
    assert one.place is not None
    assert one.place.name == "Baidoa"
    assert one.event_type == "bombing"
    assert one.window is not None
    assert str(one.window.start) == "2019-11-01"


def test_a_bulletin_is_read_by_paragraph() -> None:
    found = candidates(
        "Baidoa. A roadside bomb killed two soldiers on Saturday.\n\n"
        "Kismayo. Gunmen shot dead a teacher on Saturday.\n\n"
        "Galkayo. A grenade wounded four traders on Friday.",
        title="Security incidents in Somalia, 3 November",
    )
    assert [(c.place.name if c.place else None, values(c)) for c in found] == [
        ("Baidoa", {2}),
        ("Kismayo", {1}),
        ("Galkayo", {4}),
    ]


def test_an_undated_article_floats() -> None:
    (one,) = candidates("Gunmen killed 53 soldiers on Friday in an attack on a base in Gao, Mali.", published=None)
    assert one.window is None
    assert one.floating is not None
    assert one.floating.weekday == 4


def test_a_flood_is_no_incident() -> None:
    assert not [
        c
        for c in candidates(
            "At least 38 people have died in floods in the Rift Valley since Monday, the Red Cross said."
        )
        if c.figures
    ]


def test_a_village_that_no_gazetteer_has_is_located_by_its_region() -> None:
    (one,) = candidates("Gunmen killed 12 people on Friday in Tangara-Koro, a village in the Gao region of Mali.")
    assert one.place is not None
    assert (one.place.name, one.place.country) == ("Tangara-Koro", "ML")
    assert one.place.precision == 4
    assert one.place.admin1 == "Gao"
