from __future__ import annotations

import pytest

from conflict_dedup.lexicon import completeness, groups
from conflict_dedup.lexicon.language import LANGUAGES, language


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_language_lacks_a_table_or_a_key(code: str) -> None:
    assert [line for line in completeness.lacks(code) if line.endswith(": missing") or ": empty" in line] == []


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    source = {**language("fr").source, "killed": {"act": "tuent"}}
    monkeypatch.setattr(language("fr"), "source", source)
    found = completeness.lacks("fr")
    assert "killed.pas: missing" in found
    assert any(line.startswith("killed.act: 1 phrases, English has") for line in found)


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert completeness.main(["es"]) == 0
    assert capsys.readouterr().out.startswith("es  ")
    assert completeness.main(["xx"]) == 2


def test_short_acronyms_of_groups_count_only_in_capitals() -> None:
    assert groups.named_groups(["it", "is", "said"], ["It", "is", "said"]) == []
    assert [g[2] for g in groups.named_groups(["the", "is", "said"], ["the", "IS", "said"])] == ["Islamic State"]
