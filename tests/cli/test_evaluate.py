from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import PROGRAM, SECONDS, Run, environment

SET = Path(__file__).parent.parent / "gold" / "sahel"


def test_without_incidents_the_program_is_run_first(program: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert program("run", SET / "articles.jsonl", "-o", out).returncode == 0
    one, two = program("evaluate", SET), program("evaluate", SET, out)
    three = program("evaluate", SET, "-", stdin=out.read_text(encoding="utf-8"))
    assert (one.returncode, one.stderr) == (0, "")
    assert one.stdout == two.stdout == three.stdout
    assert one.stdout.startswith("articles     44\n")


def test_json_and_errors(program: Run) -> None:
    scores = json.loads(program("evaluate", SET, "--json").stdout)
    assert scores["articles"] == 44
    assert "errors" not in scores
    some = json.loads(program("evaluate", SET, "--json", "--errors", 2).stdout)["errors"]
    every = json.loads(program("evaluate", SET, "--json", "--errors").stdout)["errors"]
    assert 2 < len(some) < len(every)
    assert all(words["quote"] for error in every for words in error["words"])
    french = json.loads(program("evaluate", SET, "--json", "--lang", "fr").stdout)
    assert 0 < french["articles"] < 44
    assert french["range"] is None


def test_the_output_is_the_same_in_every_process(program: Run) -> None:
    arguments = ("evaluate", SET, "--json", "--errors")
    assert len({program(*arguments, env={"PYTHONHASHSEED": seed}).stdout for seed in "123"}) == 1


def test_a_folder_that_is_no_gold_folder_is_named(program: Run, tmp_path: Path) -> None:
    done = program("evaluate", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "articles.jsonl" in done.stderr
    assert "four files" in done.stderr


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    shutil.copytree(SET, folder)
    return folder


@pytest.mark.parametrize(
    ("name", "line", "why"),
    [
        (
            "claims.jsonl",
            {"article": "nowhere", "incident": "x", "effect": "killed", "value": 1},
            "no article 'nowhere'",
        ),
        ("non_incidents.jsonl", {"article": "nowhere", "quote": "x"}, "no article 'nowhere'"),
    ],
)
def test_what_contradicts_itself_is_named_with_its_line(
    program: Run, tmp_path: Path, name: str, line: dict[str, object], why: str
) -> None:
    path = copied(tmp_path) / name
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "\n" + json.dumps(line) + "\n", encoding="utf-8")
    done = program("evaluate", path.parent)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{path}:{len(before.splitlines()) + 2}: ")
    assert why in done.stderr


def test_quotations_that_stand_nowhere_are_noted(program: Run, tmp_path: Path) -> None:
    path = copied(tmp_path) / "claims.jsonl"
    first, *rest = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([json.dumps(json.loads(first) | {"quote": "said nobody"}), *rest]), encoding="utf-8")
    done = program("evaluate", path.parent)
    assert done.returncode == 0
    assert "quotations that are not in their articles: 1, the first 'said nobody'" in done.stderr
    assert program("evaluate", SET).stderr == ""


def test_a_language_that_no_article_has_is_a_matter_of_usage(program: Run) -> None:
    done = program("evaluate", SET, "--lang", "xx")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no article" in done.stderr


def test_lines_that_are_no_incidents_are_named_and_the_rest_is_scored(program: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    program("run", SET / "articles.jsonl", "-o", out)
    whole = program("evaluate", SET, out).stdout
    with out.open("a", encoding="utf-8") as stream:
        stream.write('{"id": 3}\n')
    done = program("evaluate", SET, out)
    assert (done.returncode, done.stdout) == (1, whole)
    assert f"{out}:" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal")
def test_a_terminal_gets_a_table() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "evaluate", str(SET)], stdout=theirs, env={**environment(), "COLUMNS": "90", "TERM": "xterm"}
    ) as process:
        os.close(theirs)
        read = b""
        try:
            while chunk := os.read(ours, 4096):
                read += chunk
        except OSError:  # Linux's way to say that the other end is closed
            pass
        process.wait(timeout=SECONDS)
    os.close(ours)
    assert b"What it is" in read
    assert "B-cubed" in read.decode()
