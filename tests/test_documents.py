"""What the documents point to is there, and every document can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conflict_dedup.lexicon.language import language

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
MANY = ("many", "beaucoup", "muchos", "muitos")
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def links(page: Path) -> list[str]:
    """The files that a page links to, as they are written."""
    return re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert not [target for target in links(page) if not (page.parent / target).exists()]


def test_the_index_lists_every_document() -> None:
    listed = {(DOCS / target).resolve() for target in links(DOCS / "README.md")}
    assert not [page for page in DOCS.rglob("*.md") if page.resolve() not in listed and page.name != "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"(?<![\w/.])((?:conflict_dedup|docs|tests|tools|samples|benchmarks)/[\w./-]+\.\w+)", text)
    assert not [name for name in named if not (ROOT / name).exists()]


def test_tools_have_the_options_that_are_shown() -> None:
    calls = [
        call
        for page in PAGES
        for call in re.findall(r"python (tools/\w+\.py)([^\n`]*)", page.read_text(encoding="utf-8"))
    ]
    assert calls
    for tool, arguments in calls:
        source = (ROOT / tool).read_text(encoding="utf-8")
        assert not [option for option in re.findall(r"--[\w-]+", arguments) if f'"{option}"' not in source], tool


def test_vague_words_are_worth_what_the_schema_says() -> None:
    text = (DOCS / "schema.md").read_text(encoding="utf-8")
    table = text.split("### Vague words")[1].split("##")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line.startswith("| ")
    ]
    assert rows[0] == ["value", "English", "French", "Spanish", "Portuguese"]
    known = {code: language(code).source["number"]["vague"] for code in ("en", "fr", "es", "pt")}
    for value, *cells in rows[2:]:
        for code, cell in zip(known, cells, strict=True):
            assert {phrase: known[code].get(phrase) for phrase in cell.split(", ")} == dict.fromkeys(
                cell.split(", "), int(value)
            )
    assert [values[word] for values, word in zip(known.values(), MANY, strict=True)] == [0] * len(MANY)
