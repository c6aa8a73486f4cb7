from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Run, candidate_lines, make_candidate


@pytest.fixture
def days(program: Run, tmp_path: Path, two_reports: str) -> tuple[Path, Path]:
    """Two days' outputs: on the second the toll of one incident fell, one is new, and one is gone."""
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_text(program("match", stdin=two_reports).stdout)
    later = candidate_lines(make_candidate("a", 53), make_candidate("b", 53), make_candidate("d", 40))
    elsewhere = {"id": "e#1", "terms": ("gao", "mine")}
    gao = make_candidate("e", 2, **elsewhere)
    gao_line = candidate_lines(gao).replace('"Indelimane"', '"Labbezanga"').replace("2019-11-01", "2019-11-28")
    new.write_text(program("match", stdin=later + gao_line).stdout)
    return old, new


def test_jsonl_in_a_pipe(program: Run, days: tuple[Path, Path]) -> None:
    done = program("diff", *days)
    assert (done.returncode, done.stderr) == (0, "")
    new, moved, gone = (json.loads(line) for line in done.stdout.splitlines())
    assert [r["change"] for r in (new, moved, gone)] == ["new", "moved", "gone"]
    assert new["old"] == gone["new"] == []
    assert moved["fields"] == ["killed"]
    assert (moved["old"][0]["killed"]["low"], moved["new"][0]["killed"]["low"]) == (53, 40)
    assert (moved["old"][0]["reports"], moved["new"][0]["reports"]) == (2, 3)


def test_a_table_for_people(program: Run, days: tuple[Path, Path]) -> None:
    lines = program("diff", *days, "--format", "table").stdout.splitlines()
    assert lines[-1] == "1 new, 1 moved, 0 merged, 0 split, 1 gone, 0 unchanged"
    (moved,) = [line for line in lines if line.startswith("moved")]
    assert "killed 53 → 40-53" in moved
    assert "agreed → disputed" in moved
    assert "reports 2 → 3" in moved
    same = program("diff", days[0], days[0], "--format", "table").stdout
    assert same == "0 new, 0 moved, 0 merged, 0 split, 0 gone, 2 unchanged\n"


def test_columns(program: Run, days: tuple[Path, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(program("diff", *days, "--format", "tsv").stdout), dialect="excel-tab"))
    assert [row["change"] for row in rows] == ["new", "moved", "gone"]
    assert (rows[1]["old_killed_best"], rows[2]["new_id"]) == ("53", "")


@pytest.mark.parametrize(("flags", "same", "differ", "broken"), [((), 0, 0, 1), (("--exit-code",), 0, 1, 2)])
def test_exit_codes(
    program: Run, days: tuple[Path, Path], flags: tuple[str, ...], same: int, differ: int, broken: int
) -> None:
    old, new = days
    assert program("diff", old, old, *flags).returncode == same
    assert program("diff", old, new, *flags).returncode == differ
    with old.open("a") as stream:
        stream.write('{"schema": "conflict-dedup/incident/1", "id"\n')
    done = program("diff", old, new, *flags)
    assert done.returncode == broken
    assert f"{old}:3: a broken line" in done.stderr
    assert len(done.stdout.splitlines()) == 3, "the rest is compared"


def test_standard_input_for_one(program: Run, days: tuple[Path, Path]) -> None:
    old, new = days
    assert program("diff", "-", new, stdin=old.read_text()).stdout == program("diff", old, new).stdout
    assert program("diff", old, "-", stdin=new.read_text()).stdout == program("diff", old, new).stdout
    both = program("diff", "-", "-", stdin=old.read_text())
    assert both.returncode == 2
    assert "only one of the two" in both.stderr


def test_against_what_cannot_be_read_nothing_is_new(program: Run, days: tuple[Path, Path], samples: Path) -> None:
    missing = program("diff", days[0].with_name("none.jsonl"), days[1])
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "none.jsonl: no such file" in missing.stderr
    articles = days[0].with_name("articles.jsonl")
    articles.write_text('{"text": "Nothing happened."}\n')
    wrong = program("diff", articles, days[1], "--exit-code")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert f"{articles}:1: an article, not an incident" in wrong.stderr


def test_an_empty_output_is_one(program: Run, days: tuple[Path, Path]) -> None:
    changes = program("diff", "-", days[0], stdin="").stdout.splitlines()
    assert [json.loads(line)["change"] for line in changes] == ["new", "new"]


def test_all_lists_the_unchanged(program: Run, days: tuple[Path, Path]) -> None:
    changes = program("diff", days[0], days[0], "--all").stdout.splitlines()
    assert [json.loads(line)["change"] for line in changes] == ["unchanged", "unchanged"]
