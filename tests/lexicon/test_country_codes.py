from __future__ import annotations

from pathlib import Path

import pytest

import conflict_dedup.lexicon
from conflict_dedup.lexicon.country_codes import country_codes, tomllib

COUNTRIES = Path(conflict_dedup.lexicon.__file__).with_name("countries.toml")


def test_every_country_has_codes_and_none_has_another_s() -> None:
    codes = country_codes()
    assert set(codes) == set(tomllib.loads(COUNTRIES.read_text(encoding="utf-8")))
    for numbers in ([c.iso for c in codes.values()], [c.gw for c in codes.values()]):
        known = [number for number in numbers if number is not None]
        assert len(known) == len(set(known))


@pytest.mark.parametrize(
    ("country", "iso", "gw", "region", "acled"),
    [
        ("ML", 466, 432, "Africa", "Western Africa"),
        ("EG", 818, 651, "Middle East", "Northern Africa"),
        ("YE", 887, 678, "Middle East", "Middle East"),
        ("UA", 804, 369, "Europe", "Europe"),
        ("AF", 4, 700, "Asia", "Caucasus and Central Asia"),
        ("CO", 170, 100, "Americas", "South America"),
        ("PS", 275, None, "Middle East", "Middle East"),
        ("FJ", 242, 950, "Asia", "Oceania"),
        ("MX", 484, 70, "Americas", None),
    ],
)
def test_codes(country: str, iso: int, gw: int | None, region: str, acled: str | None) -> None:
    codes = country_codes()[country]
    assert (codes.iso, codes.gw, codes.region_of_ucdp(), codes.acled) == (iso, gw, region, acled)


def test_a_number_holds_from_the_year_on_in_which_the_state_was_there() -> None:
    sudan = country_codes()["SS"]
    assert (sudan.gw_in(2010), sudan.gw_in(2012)) == (None, 626)
    assert country_codes()["ML"].gw_in(1990) == 432


def test_every_region_of_ucdp_follows() -> None:
    regions = {codes.region_of_ucdp() for codes in country_codes().values()}
    assert regions == {"Africa", "Americas", "Asia", "Europe", "Middle East", None}
