from __future__ import annotations

import re
from pathlib import Path

import pytest

from conflict_dedup.ingest import READERS
from conflict_dedup.ingest.words import field_names, fold_key, table

DOCS = (Path(__file__).parents[2] / "docs" / "formats-in.md").read_text(encoding="utf-8")


def row_of(name: str) -> set[str]:
    (row,) = re.findall(rf"^\| `{name}` \| (.*) \|$", DOCS, re.MULTILINE)
    return set(re.findall(r"`([^`]+)`", row))


@pytest.mark.parametrize("field", ["id", "title", "text", "published", "source", "url", "lang"])
def test_every_name_of_a_field_is_documented(field: str) -> None:
    assert set(field_names()[field]) <= row_of(field)


def test_every_format_is_documented() -> None:
    assert set(READERS) <= set(re.findall(r"`(\.\w+)`", DOCS))


def test_names_are_folded_and_mean_one_field_each() -> None:
    names = [name for names in field_names().values() for name in names]
    assert len(names) == len(set(names))
    assert all(name == fold_key(name) for name in names)


def test_months_are_told_apart() -> None:
    months = table("head.toml")["months"]
    names = [name for names in months.values() for name in names]
    assert len(names) == len(set(names))
    assert sorted(map(int, months)) == list(range(1, 13))
