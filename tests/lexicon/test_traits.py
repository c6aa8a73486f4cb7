"""What the language files say of a language's ways, and the one-word lists that rules ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from conflict_dedup.lexicon.language import DATE_SETS, LANGUAGES, ONE_WORD_SETS, Tag, language

OWN = {
    *("partitive", "object", "of_the", "attributive", "of_age", "before_month"),
    *("first_day", "ordinal_marks", "ordinal_weekdays", "weekday_ending"),
}
"""Lists that not every language has."""


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_list_that_rules_ask_for_is_there(code: str) -> None:
    sets = language(code).sets
    needed = {*ONE_WORD_SETS, *(f"date.{name}" for name in DATE_SETS), "place.after_name", "one"}
    empty = {name.removeprefix("date.") for name in needed if not sets[name]}
    assert empty <= OWN


def lists(table: dict[str, Any]) -> Iterator[str]:
    for value in table.values():
        if isinstance(value, dict):
            yield from lists(value)
        elif isinstance(value, str):
            yield value


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_phrase_is_cut_by_the_end_of_its_line(code: str) -> None:
    """It would be two phrases, and half a phrase is another: "menor que" became a bound "que"."""
    lines = [line.strip() for text in lists(language(code).source) for line in text.strip().split("\n")[:-1]]
    assert [line for line in lines if line and not line.endswith(",")] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_months_that_are_other_words_are_months(code: str) -> None:
    known = language(code)
    assert known.sets["date.month_words"] | known.sets["date.month_doubtful"] <= known.months.keys()
    assert known.sets["date.ordinal_weekdays"] <= known.weekdays.keys()


def test_ways_of_languages() -> None:
    english, french, spanish = language("en"), language("fr"), language("es")
    assert english.adjective_first
    assert not french.adjective_first
    assert english.calendar_capitals
    assert not spanish.calendar_capitals
    assert french.hundred_alone
    assert not english.hundred_alone
    assert "avec" in french.sets["with"]
    assert language("pt").verb_endings == ("aram",)


@pytest.mark.parametrize(("code", "phrase"), [("en", "over the weekend"), ("fr", "ce week-end"), ("es", "este finde")])
def test_a_weekend_is_marked(code: str, phrase: str) -> None:
    first, last, kind = language(code).source["date"]["relative"][phrase]
    assert first <= last
    assert kind == "weekend"


def test_what_stands_before_a_span_is_a_phrase() -> None:
    node = language("fr").trie["il"]["y"]["a"]
    assert Tag("ago", "before") in {tag for _, tags in node[""] for tag in tags}
