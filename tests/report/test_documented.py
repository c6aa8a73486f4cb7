from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import msgspec
import pytest

from conflict_dedup import model
from conflict_dedup.report import BINARY_FORMATS, FORMATS, PUBLISHERS, acled_events, csv_figures, ucdp_ged
from conflict_dedup.report.csv_rows import COLUMNS

DOCS = (Path(__file__).parents[2] / "docs" / "schema.md").read_text(encoding="utf-8")


FORMATS_PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def section(title: str, page: str = DOCS) -> str:
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    "struct",
    [
        model.Incident,
        model.Window,
        model.Place,
        model.Actors,
        model.Estimate,
        model.Figure,
        model.Report,
        model.Candidate,
    ],
)
def test_every_field_is_documented(struct: type[msgspec.Struct]) -> None:
    text = section(struct.__name__)
    assert text, struct.__name__
    first_cells = " ".join(re.findall(r"^\| (.*?) \|", text, re.MULTILINE))
    missing = [name for name in struct.__struct_fields__ if f"`{name}`" not in first_cells]
    assert not missing


def test_parts_of_fields_are_documented() -> None:
    for struct in (model.Floating, model.Span, model.Interval, model.CategoryEstimate):
        assert not [name for name in struct.__struct_fields__ if f"`{name}`" not in DOCS]


def test_every_value_is_documented() -> None:
    for values in (model.CATEGORIES, model.EFFECTS, model.EVENT_TYPES, model.Status.__args__, model.Bound.__args__):
        assert not [value for value in values if f"`{value}`" not in DOCS]


def columns_documented(title: str) -> set[str]:
    """What the first cells of a section's table name; "likewise injured_…" stands for all that killed_ has."""
    first_cells = " ".join(re.findall(r"^\| (.*?) \|", section(title, FORMATS_PAGE), re.MULTILINE))
    named = set(re.findall(r"`(\w+)`", first_cells))
    of_effects = {name.removeprefix("killed_") for name in named if name.startswith("killed_")}
    return named | {f"{effect}_{part}" for effect in model.EFFECTS for part in of_effects}


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("csv, tsv", COLUMNS),
        ("csv-figures", csv_figures.COLUMNS),
        ("ucdp", ucdp_ged.COLUMNS),
        ("acled", acled_events.COLUMNS),
    ],
)
def test_every_column_is_documented(title: str, columns: Collection[str]) -> None:
    assert not set(columns) - columns_documented(title)


def test_every_format_is_documented() -> None:
    listed = set(re.findall(r"`(\S+?)`", " ".join(re.findall(r"^\| (.*?) \|", FORMATS_PAGE, re.MULTILINE))))
    assert not {*FORMATS, *BINARY_FORMATS, *PUBLISHERS} - listed
