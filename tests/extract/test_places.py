"""Places in text, as tests/cases/places.toml lists them, and where candidates are said to be."""

from __future__ import annotations

from typing import Any

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.extract.places import as_place
from conflict_dedup.lexicon.gazetteer import distance_km, gazetteer
from conflict_dedup.model import Article, Place

from .reading import SUNDAY, read
from .tables import parameters


@pytest.mark.parametrize("case", parameters("places"))
def test_place(case: dict[str, Any]) -> None:
    geography = read(case["text"], lang=case["lang"]).geography
    assert geography is not None
    mentions = [m for m in geography.mentions if not m.demonym]
    assert [f"{m.entry.name if m.entry else m.name} {m.country}" for m in mentions] == case["found"]


def scene(text: str) -> Place:
    (one,) = extract(Article(id="a", text=text, published=SUNDAY, lang="en"))
    assert one.place is not None
    return one.place


def test_a_village_that_no_gazetteer_has_lies_where_its_region_does() -> None:
    assert not gazetteer().lookup("Tangara-Koro")
    place = scene("Gunmen killed 12 people on Friday in Tangara-Koro, a village in the Gao region of Mali.")
    (gao,) = [e for e in gazetteer().lookup("Gao") if e.country == "ML" and e.kind == "admin1"]
    assert (place.name, place.admin1, place.country, place.precision) == ("Tangara-Koro", "Gao", "ML", 4)
    assert place.lat is not None
    assert place.lon is not None
    assert distance_km(place.lat, place.lon, gao.lat, gao.lon) < 1


def test_a_quarter_that_no_gazetteer_has_lies_where_its_town_does() -> None:
    geography = read("A car bomb killed 12 people in Tangarabad, a district of Karachi, in Pakistan.").geography
    assert geography is not None
    place = as_place(next(m for m in geography.mentions if m.name == "Tangarabad"), geography)
    (karachi,) = [e for e in gazetteer().lookup("Karachi") if e.country == "PK" and e.kind == "town"]
    assert (place.name, place.country, place.precision) == ("Tangarabad", "PK", 2)
    assert place.lat is not None
    assert place.lon is not None
    assert distance_km(place.lat, place.lon, karachi.lat, karachi.lon) < 1


def test_a_namesake_in_a_country_that_the_paragraph_does_not_name_is_a_stranger() -> None:
    assert {e.country for e in gazetteer().lookup("Alek")} == {"IR"}
    text = (
        "KENYA: Four herders were killed near Mandera.\n\nSOMALIA: A mine killed two soldiers near Dhusamareb.\n\n"
        "SOUTH SUDAN: Gunmen killed six people in Alek on Monday, in Warrap State."
    )
    geography = read(text).geography
    assert geography is not None
    assert next(m.country for m in geography.mentions if m.name == "Alek") == "SS"


def test_a_town_is_exact() -> None:
    place = scene("A car bomb killed 12 people on Friday in Baidoa, Somalia.")
    assert (place.name, place.country, place.precision) == ("Baidoa", "SO", 1)


def test_only_a_country_is_a_country() -> None:
    place = scene("Jihadists killed 12 soldiers on Friday in Mali.")
    assert (place.name, place.country, place.precision) == ("Mali", "ML", 6)


def test_the_dateline_is_not_the_scene() -> None:
    place = scene("BAMAKO (Reuters) - Gunmen killed 12 soldiers on Friday in an attack on the town of Gao, in Mali.")
    assert place.name == "Gao"


def test_a_demonym_says_which_country_it_is_about() -> None:
    geography = read("Malian troops were killed on Friday, the Malian army said.").geography
    assert geography is not None
    assert geography.country == "ML"
    assert all(m.demonym for m in geography.mentions)


def test_a_name_that_is_a_stranger_once_is_one_wherever_it_stands() -> None:
    """There is an Ojiya in Japan alone; the village of the text, in Mali, makes that of the first sentence its own."""
    text = (
        "Ojiya: nine dead. Malian soldiers said on Friday that gunmen had come from Gao, in northern Mali. "
        "They killed nine people in Ojiya, a Malian army spokesman in Bamako said. Mali has sent troops to Mopti."
    )
    geography = read(text).geography
    assert geography is not None
    named = [m for m in geography.mentions if m.name == "Ojiya"]
    assert [m.entry for m in named] == [None, None]
    assert {m.country for m in named} == {"ML"}
    assert geography.countries.get("JP", 0.0) == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("lang", "text", "name", "precision"),
    [
        ("en", "Gunmen killed four people in the town of Gao on Monday.", "Gao", 1),
        ("en", "Gunmen killed four people in the Gao region on Monday.", "Gao", 4),
        ("en", "Shelling killed two people in the city of Kherson.", "Kherson", 1),
        ("en", "Shelling killed two people in Kherson region.", "Kherson", 4),
        ("en", "A bomb killed two soldiers in Kandahar city.", "Kandahar", 1),
        ("en", "A bomb killed two soldiers in Kandahar province.", "Kandahar", 4),
        ("en", "A mine killed two people in the capital of Kandahar province.", "Kandahar", 1),
        ("en", "A bomb killed two soldiers near Kandahar.", "Kandahar", 2),
        ("en", "Two rockets killed four people in downtown Kharkiv, Ukraine.", "Kharkiv", 1),
        ("en", "A missile killed nine people in Kharkiv on Monday.", "Kharkiv", 1),
        ("en", "KHARKIV, Ukraine (AP) — A strike on a market in the city killed four people.", "Kharkiv", 1),
        ("en", "A strike killed four people in Idlib.", "Idlib", 4),
        ("en", "A strike killed four people in Idlib. The city has been hit before: Idlib city.", "Idlib", 1),
        ("fr", "Quatre civils ont été tués dans la ville de Ménaka.", "Ménaka", 1),
        ("fr", "Quatre civils ont été tués dans la région de Ménaka.", "Ménaka", 4),
        ("es", "Cuatro personas murieron baleadas en la ciudad de Arauca.", "Arauca", 1),
        ("es", "Cuatro personas murieron baleadas en el departamento de Arauca.", "Arauca", 4),
    ],
)
def test_a_town_and_the_division_named_after_it(lang: str, text: str, name: str, precision: int) -> None:
    (one,) = extract(Article(id="a", text=text, published=SUNDAY, lang=lang))
    assert one.place is not None
    assert (one.place.name, one.place.precision) == (name, precision)
