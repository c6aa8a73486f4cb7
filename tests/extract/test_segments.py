"""Which figures of an article are one incident, and when and where it was."""

from __future__ import annotations

import datetime as dt

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.model import Article, Candidate

from .reading import SUNDAY

LEAD = "Gunmen killed 53 soldiers on Friday in an attack on a base in Gao, Mali."


def candidates(text: str, *, title: str = "", published: dt.date | None = SUNDAY, lang: str = "en") -> list[Candidate]:
    return extract(Article(id="a", title=title, text=text, published=published, lang=lang))


def values(candidate: Candidate) -> set[int]:
    return {f.value for f in candidate.figures}


def told(found: list[Candidate]) -> list[tuple[str | None, set[int]]]:
    return [(c.place.name if c.place else None, values(c)) for c in found]


@pytest.mark.parametrize(
    ("other", "value", "place"),
    [
        ("In a separate incident, two policemen were killed by a roadside bomb near Mopti on Saturday.", 2, "Mopti"),
        ("In another attack on Saturday, gunmen killed six villagers in Douentza.", 6, "Douentza"),
        ("Separately, a car bomb killed nine people in Timbuktu on Saturday.", 9, "Timbuktu"),
        ("A month earlier 41 soldiers were killed in an ambush near Mopti.", 41, "Mopti"),
        ("In March 2019, 23 soldiers were killed in an attack on a base at Dioura.", 23, "Dioura"),
    ],
)
def test_another_incident_is_one_of_its_own(other: str, value: int, place: str) -> None:
    found = candidates(f"{LEAD}\n\n{other}")
    assert told(found) == [("Gao", {53}), (place, {value})]
    assert [c.main for c in found] == [True, False]


def test_an_attack_a_month_earlier_is_dated_from_the_main_one() -> None:
    first, second = candidates(f"{LEAD}\n\nA month earlier 41 soldiers were killed in an ambush near Mopti.")
    assert first.window is not None
    assert second.window is not None
    assert 20 <= (first.window.start - second.window.start).days <= 45


@pytest.mark.parametrize(
    "more",
    [
        "Twenty others were wounded in the attack, the army said.",
        "The attackers killed 53 soldiers, the government confirmed.",
        "One civilian was also killed in the attack.",
    ],
)
def test_more_of_the_same_attack_stays_with_it(more: str) -> None:
    (one,) = candidates(f"{LEAD}\n\n{more}")
    assert len(one.figures) == 2


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
    assert {f.field for f in one.figures} == {"title", "text"}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Gunmen attacked villages on Friday, killing 12 people in Bokkos, nine in Mangu and four in Barkin Ladi.",
            {"Bokkos": {12}, "Mangu": {9}, "Barkin Ladi": {4}},
        ),
        (
            "es",
            "Hombres armados mataron el viernes a 12 personas en Cali, a nueve en Neiva y a cuatro en Popayán.",
            {"Cali": {12}, "Neiva": {9}, "Popayán": {4}},
        ),
    ],
)
def test_a_list_of_places_gives_each_its_own_figure(lang: str, text: str, expected: dict[str, set[int]]) -> None:
    assert dict(told(candidates(text, lang=lang))) == expected


def test_a_list_of_places_and_days_gives_each_its_own() -> None:
    found = candidates("Gunmen killed 12 people in Bokkos on Friday and nine in Mangu on Saturday, police said.")
    assert [(c.place and c.place.name, c.window and str(c.window.start)) for c in found] == [
        ("Bokkos", "2019-11-01"),
        ("Mangu", "2019-11-02"),
    ]


def test_a_bulletin_is_read_by_paragraph() -> None:
    found = candidates(
        "Baidoa. A roadside bomb killed two soldiers on Saturday.\n\n"
        "Kismayo. Gunmen shot dead a teacher on Saturday.\n\n"
        "Galkayo. A grenade wounded four traders on Friday.",
        title="Security incidents in Somalia, 3 November",
    )
    assert told(found) == [("Baidoa", {2}), ("Kismayo", {1}), ("Galkayo", {4})]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "fr",
            (
                "Des hommes armés ont tué 53 soldats vendredi dans l'attaque d'une base à Gao, au Mali.\n\n"
                "Par ailleurs, deux policiers ont été tués samedi par l'explosion d'une mine près de Mopti."
            ),
            [("Gao", {53}), ("Mopti", {2})],
        ),
        (
            "es",
            (
                "Hombres armados mataron a 53 soldados el viernes en un ataque a una base en Gao, Malí.\n\n"
                "Por otra parte, dos policías murieron el sábado por la explosión de una mina cerca de Mopti."
            ),
            [("Gao", {53}), ("Mopti", {2})],
        ),
        (
            "pt",
            (
                "Homens armados mataram 53 soldados na sexta-feira num ataque a uma base em Gao, no Mali.\n\n"
                "Em outro ataque, dois policiais morreram no sábado na explosão de uma mina perto de Mopti."
            ),
            [("Gao", {53}), ("Mopti", {2})],
        ),
    ],
)
def test_other_languages_keep_two_incidents_apart(
    lang: str, text: str, expected: list[tuple[str | None, set[int]]]
) -> None:
    assert told(candidates(text, lang=lang)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "At least 38 people have died in floods in the Rift Valley since Monday, the Red Cross said.",
        "The foreign minister met his counterpart in Bamako on Friday to talk about trade.",
        "More than 4,000 people have been killed in Mali since 2012, according to the United Nations.",
        "In the annual drill on Friday, rescuers in Gao treated 40 volunteers who played the wounded.",
        "A bus crash killed 12 people near Gao on Friday, police said.",
    ],
)
def test_what_is_no_attack_has_no_figures(text: str) -> None:
    assert not [f for c in candidates(text) for f in c.figures]


@pytest.mark.parametrize("residue", ["{{7}}", "{7*8}", "<7>", "x=7", "[7]", "]7;", "\\7"])
def test_numbers_in_residue_of_code_are_no_figures(residue: str) -> None:
    found = candidates(f"{LEAD} The attack killed {residue} people.")
    assert 7 not in {value for c in found for value in values(c)}


def test_background_of_a_war_is_no_second_incident() -> None:
    (one,) = candidates(f"{LEAD}\n\nMore than 4,000 people have been killed in the country since 2012.")
    assert values(one) == {53}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A car bomb killed 12 people in Baidoa, Somalia, on Friday.", "bombing"),
        ("An air strike killed 12 people in Idlib, Syria, on Friday.", "air_strike"),
        ("Shelling killed 12 people in Kherson, Ukraine, on Friday.", "shelling"),
        ("Gunmen killed 12 people in Gao, Mali, on Friday.", "armed_attack"),
        ("Gunmen kidnapped 12 people in Gao, Mali, on Friday.", "hostage_taking"),
        ("Clashes between the army and rebels killed 12 fighters in Goma, Congo, on Friday.", "battle"),
    ],
)
def test_what_kind_of_event_it_is(text: str, kind: str) -> None:
    (one,) = candidates(text)
    assert one.event_type == kind


def test_candidates_are_numbered_and_name_their_article() -> None:
    found = candidates(f"{LEAD}\n\nSeparately, a car bomb killed nine people in Timbuktu on Saturday.")
    assert [c.id for c in found] == ["a#1", "a#2"]
    assert {c.article for c in found} == {"a"}
    assert {f.article for c in found for f in c.figures} == {"a"}


def test_passages_hold_the_figures() -> None:
    for c in candidates(f"{LEAD} It left 20 wounded.", title="Attack in Gao kills 53"):
        for f in c.figures:
            assert any(p.field == f.field and p.start <= f.start and f.end <= p.end for p in c.passages)
