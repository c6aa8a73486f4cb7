"""Prints the tables of docs/evaluation.md: what the program reaches on gold folders, fitted on them and not.

    python tools/report_accuracy.py GOLD_DIR … [--held-out GOLD_DIR …] [--left-out] [--fit] [--write]

Each set is scored with the weights as they are. With --left-out each of GOLD_DIR … is also scored with weights that
were fitted without it, all six scripts in the order of CONTRIBUTING.md, in a copy of the package: it is the figure to
believe, for a set tells of its own incidents and its writer's own phrases. The sets are left out a few at a time, every
GROUPS-th together, so that there are as many fits as groups. --fit prints the calibration of
confidence that fits the left-out sets best. --write puts the tables between their marks in docs/evaluation.md.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import msgspec
import reliability

from conflict_dedup.evaluate import evaluate, load
from conflict_dedup.model import Incident

ROOT = pathlib.Path(__file__).parent.parent
PAGE = ROOT / "docs" / "evaluation.md"
SHOWN = ("claims", "b3", "ceaf", "conll", "pairs", "detect", "range", "covered", "date", "place", "false")
PHRASES = tuple(f"tools/phrases/{code}.toml" for code in ("en", "fr", "es", "pt"))
SCRIPTS = (
    ("fit_extraction.py", *PHRASES),
    ("fit_revising.py", "--phrases", *PHRASES),
    ("fit_links.py",),
    ("fit_joining.py",),
    ("fit_attributes.py", *PHRASES),
    ("fit_timing.py",),
    ("fit_locating.py",),
    ("fit_matching.py", "--candidates", "extract"),
)


GROUPS = 3


def program(tree: pathlib.Path, *words: str | pathlib.Path) -> None:
    """Runs Python on the package that lies in ``tree``.

    Raises:
        SystemExit: it failed; with what it said.
    """
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, words))}\n{done.stderr}")


def printed(tree: pathlib.Path, folder: pathlib.Path, scratch: pathlib.Path) -> list[Incident]:
    """What the package in ``tree`` prints for the articles of a gold folder."""
    out = scratch / "out.jsonl"
    program(tree, "-m", "conflict_dedup", "run", folder / "articles.jsonl", "-o", out)
    return [msgspec.json.decode(line, type=Incident) for line in out.read_bytes().splitlines()]


def refitted(scratch: pathlib.Path, golds: list[pathlib.Path]) -> pathlib.Path:
    """A copy of the package with all weights fitted on ``golds``."""
    tree = scratch / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    for part in ("conflict_dedup", "tools"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    for script, *options in SCRIPTS:
        program(tree, tree / "tools" / script, *golds, *options, "--no-cross-validation", "--write")
    return tree


def row(name: str, scores: dict[str, float]) -> str:
    return f"| {name} | " + " | ".join(f"{scores[measure]:.2f}" for measure in SHOWN) + " |"


def heading(first: str) -> list[str]:
    return [f"| {first} | " + " | ".join(SHOWN) + " |", "| --- " * (len(SHOWN) + 1) + "|"]


def put(text: str, name: str, lines: list[str]) -> str:
    """The page with ``lines`` between the marks of ``name``.

    Raises:
        SystemExit: the page lacks the marks.
    """
    begin, end = f"<!-- {name}: written by tools/report_accuracy.py -->", f"<!-- end of {name} -->"
    found = re.compile(f"(?<={re.escape(begin)}\n).*?(?={re.escape(end)})", re.DOTALL)
    if not found.search(text):
        raise SystemExit(f"{PAGE.name} has no marks {begin} … {end}")
    return found.sub(lambda _: "\n".join(["", *lines, "", ""]), text)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path)
    parser.add_argument("--held-out", nargs="*", default=[], type=pathlib.Path, help="sets that nothing is fitted on")
    parser.add_argument("--left-out", action="store_true", help="also score each with weights fitted without it")
    parser.add_argument("--fit", action="store_true", help="print a calibration fitted on the sets left out")
    parser.add_argument("--write", action="store_true", help=f"write the tables into docs/{PAGE.name}")
    a = parser.parse_args()
    held = [folder.resolve() for folder in a.held_out]
    golds = [folder.resolve() for folder in a.gold if folder.resolve() not in held and folder.is_dir()]
    tables: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        sets = heading("set, weights as shipped")
        apart: list[reliability.Joined] = []
        for folder in golds + held:
            gold, incidents = load(folder), printed(ROOT, folder, scratch)
            title = f"{folder.name}, never fitted on" if folder in held else folder.name
            sets.append(row(title, evaluate(gold, incidents).scores._asdict()))
            if folder in held:
                apart += reliability.joined(gold, incidents)
        tables["sets"] = sets
        if held:
            tables["confidence of sets never fitted on"] = reliability.table(apart)
        if a.left_out or a.fit:
            left = heading("set left out of the fit")
            seen: list[reliability.Joined] = []
            every: list[dict[str, float]] = []
            for group in range(min(GROUPS, len(golds))):
                apart_now = golds[group::GROUPS]
                tree = refitted(scratch, [g for g in golds if g not in apart_now])
                for folder in apart_now:
                    gold, incidents = load(folder), printed(tree, folder, scratch)
                    every.append(evaluate(gold, incidents).scores._asdict())
                    left.append(row(folder.name, every[-1]))
                    seen += reliability.joined(gold, incidents)
            left.append(row("mean", {m: sum(scores[m] for scores in every) / len(every) for m in SHOWN}))
            tables["sets left out"] = left
            tables["confidence of sets left out"] = reliability.table(seen)
            if a.fit:
                print(reliability.fit(seen), end="\n\n")
    page = PAGE.read_text(encoding="utf-8")
    for name, lines in tables.items():
        print(f"{name}:", *lines, "", sep="\n")
        if a.write:
            page = put(page, name, lines)
    if a.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
