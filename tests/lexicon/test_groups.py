"""Armed groups and other signs of a country, by name."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.lexicon import groups
from conflict_dedup.lexicon.gazetteer import gazetteer
from conflict_dedup.lexicon.language import words
from conflict_dedup.model import Article
from conflict_dedup.report.sides import Kind, kind_of

KINDS = ("group", "criminal", "coalition", "state")


def found_in(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    written = re.findall(r"\w+|[^\w\s]", text)
    low = [token.lower() for token in written]
    return [
        (" ".join(written[one.start : one.end]), one.name, one.countries)
        for one in groups.named(low, written, range(len(low)))
    ]


@pytest.mark.parametrize(
    ("text", "spelling", "name", "countries"),
    [
        ("the Tamil Tigers shelled a camp", "Tamil Tigers", "LTTE", ("LK",)),
        ("the tamil tigers shelled a camp", "tamil tigers", "LTTE", ("LK",)),
        ("claimed by IS on Friday", "IS", "Islamic State", ()),
        ("claimed by LeT on Friday", "LeT", "Lashkar-e-Taiba", ("IN", "PK")),
        ("la Coalition des patriotes pour le changement", "Coalition des patriotes pour le changement", "CPC", ("CF",)),
        ("un CRPF jawan", "CRPF", "", ("IN",)),
        ("a Civilian JTF member", "Civilian JTF", "", ("NG",)),
    ],
)  # fmt: skip
def test_groups_and_signs_are_found(text: str, spelling: str, name: str, countries: tuple[str, ...]) -> None:
    assert (spelling, name, countries) in found_in(text)


@pytest.mark.parametrize(
    "text", ["it is said", "It Is said", "let them go", "Let them go", "ana and eta", "the ira of God"]
)
def test_what_is_short_counts_only_as_it_is_written(text: str) -> None:
    assert found_in(text) == []


def test_the_longest_name_counts() -> None:
    assert [name for _, name, _ in found_in("Islamic State Khorasan Province said")] == ["Islamic State Khorasan"]


def test_each_spelling_stands_once() -> None:
    spelt = [words(alias) for alias, _, _ in groups.spellings()]
    assert [" ".join(tokens) for tokens, times in Counter(spelt).items() if times > 1] == []


def test_countries_and_kinds_are_known() -> None:
    for alias, _, countries in groups.spellings():
        assert set(countries) <= set(gazetteer().countries), alias
    names = [name for kind in KINDS for name in groups.group_names(kind)]
    assert len(names) == len(set(names)) == len({name for _, name, _ in groups.spellings() if name})
    assert kind_of("Sinaloa Cartel", None) is kind_of("LTTE", None) is Kind.GROUP
    assert kind_of("Saudi-led coalition", None) is Kind.OTHER
    assert kind_of("Revolutionary Guards", None) is Kind.STATE


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Six passengers died when a mine exploded near Trincomalee. The LTTE's London office had no comment.", "LK"),
        ("Six LTTE cadres were killed at Kalmunaikudal, the army said.", "LK"),
        ("Five barangay officials were shot dead in Santa Cruz on Monday.", "PH"),
    ],
)  # fmt: skip
def test_a_group_tells_of_its_country(text: str, country: str) -> None:
    (one,) = extract(Article(id="a", text=text, lang="en"))
    assert one.place is not None
    assert one.place.country == country
