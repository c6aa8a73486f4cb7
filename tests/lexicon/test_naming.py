from __future__ import annotations

import pytest

from conflict_dedup.errors import UnknownName
from conflict_dedup.lexicon.naming import country_named, place_named


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ML", "ML"), ("ml", "ML"), ("Mali", "ML"), ("côte d'ivoire", "CI"), ("Cote d'Ivoire", "CI"),
        ("Ivory Coast", "CI"), ("Syrie", "SY"), ("DR Congo", "CD"), ("Ucrania", "UA"),
    ],
)  # fmt: skip
def test_countries(name: str, code: str) -> None:
    assert country_named(name) == code


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Congo", "'Congo' is the name of several countries (one of CD (DR Congo); CG (Republic of the Congo))"),
        ("Malli", "no country is named 'Malli' (did you mean ML (Mali)"),
        ("Xyzzy", "no country is named 'Xyzzy' (give its name or its two-letter code, such as ML)"),
        ("", "no country is named ''"),
    ],
)
def test_countries_that_cannot_be_told(name: str, why: str) -> None:
    with pytest.raises(UnknownName) as error:
        country_named(name)
    assert str(error.value).startswith(why)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Gao, Mali", "Gao", "ML"),
        ("gao,ml", "Gao", "ML"),
        ("Gao, BF", "Gao", "BF"),
        ("Paris", "Paris", "FR"),  # thirty times as many people as the next
        ("Paris, Texas", "Paris", "US"),
        ("Tripoli, Lebanon", "Tripoli", "LB"),
        ("Boulikessi", "Boulikessi", "ML"),
    ],
)
def test_places(text: str, name: str, country: str) -> None:
    entry = place_named(text)
    assert (entry.name, entry.country) == (name, country)
    assert entry.kind not in {"admin1", "country", "region"}


@pytest.mark.parametrize("text", ["16.27,-0.04", " 16.27 , -0.04 ", "16.27 -0.04"])
def test_points(text: str) -> None:
    assert (place_named(text).lat, place_named(text).lon) == (16.27, -0.04)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Gao", "'Gao' may be one of 2 places (one of Gao, ML; Gao, Centre-Ouest, BF)"),
        ("Tripoli", "'Tripoli' may be one of"),
        ("Springfield", "'Springfield' may be one of"),
        ("Gao, Niger", "no place 'Gao, Niger' is known (did you mean Gao, ML; Gao, Centre-Ouest, BF?)"),
        ("Bulikesi, Mali", "no place 'Bulikesi, Mali' is known (did you mean Boulikessi, Mopti, ML?)"),
        ("Mali", "'Mali' is a country: too wide to measure from (or did you mean Mali, "),
        ("Sahel", "'Sahel' is a region: too wide to measure from"),
        ("Xyzzyville", "no place 'Xyzzyville' is known (write a town and its country"),
        ("99,1", "'99,1' lies off the globe"),
        ("", "no place '' is known"),
        (",", "no place ',' is known"),
    ],
)
def test_places_that_cannot_be_told(text: str, why: str) -> None:
    with pytest.raises(UnknownName) as error:
        place_named(text)
    assert str(error.value).startswith(why)


def test_long_lists_are_cut() -> None:
    with pytest.raises(UnknownName, match=r"or one of \d+ more\)$"):
        place_named("Springfield")
