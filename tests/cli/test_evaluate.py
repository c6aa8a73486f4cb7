from __future__ import annotations

import json
import os
import pty
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
