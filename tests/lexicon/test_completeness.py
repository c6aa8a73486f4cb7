from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conflict_dedup.lexicon import completeness
from conflict_dedup.lexicon.language import LANGUAGES, language

ENGLISH: dict[str, Any] = language("en").source


@pytest.fixture
def french() -> dict[str, Any]:
    """The French file, to be spoilt."""
    return copy.deepcopy(language("fr").source)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_language_lacks_a_table_or_a_key(code: str) -> None:
    assert [line for line in completeness.lacks(code) if completeness.is_grave(line)] == []


@pytest.mark.parametrize("table", sorted(ENGLISH))
def test_a_missing_table_is_named_though_no_language_can_be_made_of_the_file(
    table: str, french: dict[str, Any]
) -> None:
    del french[table]
    assert completeness.lacking(ENGLISH, french) == [f"{table}: missing"]


def test_missing_keys_and_roles_are_named(french: dict[str, Any]) -> None:
    del french["killed"]["pas"], french["people"]["soldiers"]["singular"], french["date"]["weekdays"]
    found = completeness.lacking(ENGLISH, french)
    assert set(found) == {"killed.pas: missing", "people.soldiers.singular: missing", "date.weekdays: missing"}
    assert all(map(completeness.is_grave, found))


def test_what_no_rule_reads_is_named(french: dict[str, Any]) -> None:
    french["killed"]["passive"] = "été tués"
    french["people"]["soldiers"]["plurals"] = "soldats"
    french["organ"] = {"noun": "rein"}
    french["date"]["months"]["mai fleuri"] = 5
    found = completeness.lacking(ENGLISH, french)
    named = ("killed.passive", "organ", "people.soldiers.plurals")
    assert sorted(found) == [f"{name}: not in English, and read by no rule" for name in named]
    assert all(map(completeness.is_grave, found))


def test_short_and_empty_lists_are_named(french: dict[str, Any]) -> None:
    french["killed"]["act"] = "tuent"
    french["killed"]["pas"] = " , "
    french["date"]["months"] = {"mai": 5}
    french["date"]["weekdays"] = {}
    french["number"]["hundreds"] = {}
    lines = {line.partition(": ")[0]: line for line in completeness.lacking(ENGLISH, french)}
    assert lines["killed.act"].startswith("killed.act: 1 phrases, English has ")
    assert lines["killed.pas"].startswith("killed.pas: empty, English has ")
    assert lines["date.months"].startswith("date.months: 1 entries, English has ")
    assert lines["date.weekdays"].startswith("date.weekdays: empty, English has ")
    assert "number.hundreds" not in lines, "not every language has a word for it"
    assert not completeness.is_grave(lines["killed.act"])
    assert completeness.is_grave(lines["killed.pas"])


def test_a_list_for_a_table_and_a_table_for_a_list_are_named(french: dict[str, Any]) -> None:
    french["event"] = "bombe"
    french["killed"]["act"] = {"tuer": 1}
    assert set(completeness.lacking(ENGLISH, french)) == {
        "event: no table, English has one",
        "killed.act: no list, English has one",
    }


def test_what_only_english_needs_may_be_missing(french: dict[str, Any]) -> None:
    assert all("attributive" not in source["grammar"] for source in (french, language("es").source))
    assert completeness.lacking(ENGLISH, french | {"grammar": ENGLISH["grammar"] | {"of": ""}})[-1] == (
        "grammar.of: empty, English has 1 phrases"
    )


def test_words_that_are_keys_may_be_others(french: dict[str, Any]) -> None:
    assert "number.units.two: missing" not in completeness.lacking(ENGLISH, french)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert completeness.main(["es"]) == 0
    assert capsys.readouterr().out.startswith("es  ")
    assert completeness.main(["xx"]) == 2
    assert "lang/xx.toml" in capsys.readouterr().err


def test_a_file_that_is_no_language_yet_is_held_against_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = {"en": ENGLISH, "de": {"language": ENGLISH["language"]}}
    monkeypatch.setattr(completeness, "_source", sources.__getitem__)
    assert completeness.main(["de"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert "de  number: missing" in printed
    assert printed[-1].startswith("de  de: not in LANGUAGES")


def test_it_runs_as_a_module() -> None:
    root = Path(__file__).parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "conflict_dedup.lexicon.completeness", "fr", "pt"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.split("  ")[0] for line in done.stdout.splitlines()} == {"fr", "pt"}
