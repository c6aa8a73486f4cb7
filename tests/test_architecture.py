"""Imports run one way: errors, model <- lexicon <- the stages <- pipeline <- cli; stages never import one another."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import conflict_dedup

PACKAGE = Path(conflict_dedup.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

STAGES = ("ingest", "extract", "match", "reconcile", "report", "evaluate")
BELOW_STAGES = ("errors", "model", "lexicon")

ALLOWED: dict[str, tuple[str, ...]] = {
    "errors": (),
    "model": (),
    "lexicon": ("errors", "model"),
    **dict.fromkeys(STAGES, BELOW_STAGES),
    "changes": BELOW_STAGES,
    "pipeline": (*BELOW_STAGES, *STAGES),
    "cli": (*BELOW_STAGES, *STAGES, "pipeline", "changes", "__init__"),
    "__main__": ("cli", "errors", "report"),
    "__init__": (*STAGES, "pipeline"),
}
"""Part of the package -> the parts that it may import, besides itself."""

THIRD_PARTY: dict[str, tuple[str, ...]] = {
    "click": ("cli", "__main__"),
    "rich": ("report", "cli"),
    "trafilatura": ("ingest",),
    "charset_normalizer": ("ingest",),
    "altair": ("report",),
    "pyarrow": ("report",),
    "vl_convert": ("report",),
    "jinja2": ("report",),
    "dateutil": ("ingest", "extract", "lexicon"),
}
"""Library -> the parts that may know of it: the rest must work without a terminal and without a file."""


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path, root: Path = PACKAGE) -> Iterator[tuple[str, int]]:
    """Each module that a file imports, wherever in it, with the line."""
    package = ["conflict_dedup", *path.relative_to(root).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            if module == "conflict_dedup":
                yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


def parts_imported(path: Path, root: Path = PACKAGE) -> Iterator[tuple[str, int]]:
    for module, line in imports_of(path, root):
        words = module.split(".")
        if words[0] == "conflict_dedup":
            part = words[1] if len(words) > 1 else "__init__"
            yield (part if part in ALLOWED else "__init__"), line


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(path: Path) -> None:
    part = part_of(path)
    assert part in ALLOWED, f"where does {part} stand?"
    wrong = [f"{path}:{line}: {part} imports {name}" for name, line in parts_imported(path)
             if name != part and name not in ALLOWED[part]]  # fmt: skip
    assert not wrong


@pytest.mark.parametrize("library", THIRD_PARTY)
def test_libraries_stay_where_they_belong(library: str) -> None:
    wrong = [
        f"{path}:{line}"
        for path in MODULES
        for module, line in imports_of(path)
        if module.split(".")[0] == library and part_of(path) not in THIRD_PARTY[library]
    ]
    assert not wrong


def calls_of(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_library_prints_nothing_and_reads_no_clock(path: Path) -> None:
    forbidden = {"print", "input", "breakpoint", "date.today", "dt.date.today", "datetime.now", "dt.datetime.now",
                 "datetime.utcnow", "time.time"}  # fmt: skip
    assert not [f"{path}:{line}: {name}" for name, line in calls_of(path) if name in forbidden]


def test_only_reading_opens_files_that_a_user_names() -> None:
    """The other stages are functions of values; what they load is the data of their own package."""
    for path in MODULES:
        if part_of(path) in {"extract", "match", "reconcile", "report", "evaluate", "changes", "model", "errors"}:
            names = {name for name, _ in calls_of(path)}
            assert not names & {"open", "io.open", "os.walk", "glob.glob"}, path


def test_the_test_sees_what_it_forbids(tmp_path: Path) -> None:
    path = tmp_path / "extract" / "x.py"
    path.parent.mkdir()
    path.write_text(
        "def f():\n    from conflict_dedup.match import match\n"
        "import conflict_dedup.cli.run\n"
        "from conflict_dedup import pipeline\n"
        "from ..reconcile import totals\n"
        "from . import dates\n"
    )
    assert {part for part, _ in parts_imported(path, tmp_path)} == {"match", "cli", "pipeline", "reconcile", "extract"}


def test_verbs_are_found_whatever_was_imported_before() -> None:
    program = """
import {first}
import conflict_dedup
from conflict_dedup.model import Article
assert conflict_dedup.extract.__name__ == "conflict_dedup.extract"
assert conflict_dedup.match([]) == conflict_dedup.reconcile([]) == []
assert conflict_dedup.extract(Article(id="a", text="Nothing happened.")) == []
assert conflict_dedup.run([]) == []
assert list(conflict_dedup.read([])) == []
from conflict_dedup import extract, match, reconcile
from conflict_dedup.extract import extract as function
assert match([]) == [] and reconcile([]) == []
assert extract(Article(id="a", text="")) == function(Article(id="a", text=""))
"""
    for first in ("conflict_dedup", "conflict_dedup.pipeline", "conflict_dedup.extract, conflict_dedup.match"):
        subprocess.run([sys.executable, "-c", program.format(first=first)], check=True, timeout=60)


def test_what_is_no_verb_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'dedupe'"):
        _ = conflict_dedup.dedupe  # type: ignore[attr-defined]
