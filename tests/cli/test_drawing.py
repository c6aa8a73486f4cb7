"""Pages and pictures at the command line: what -o and --format make, and what is refused."""

from __future__ import annotations

import base64
import json
import os
import pty
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from .conftest import PROGRAM, SECONDS, Run, environment

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def incidents(program: Run, samples: Path, tmp_path: Path) -> Path:
    path = tmp_path / "incidents.jsonl"
    path.write_text(program("run", samples).stdout, encoding="utf-8")
    return path


def details(path: Path) -> list[dict[str, object]]:
    block = re.search(r'id="data">([^<]*)<', path.read_text(encoding="utf-8"))
    assert block is not None
    found: list[dict[str, object]] = json.loads(zlib.decompress(base64.b64decode(block[1])))
    return found


@pytest.mark.parametrize("name", ["page.html", "map.svg", "map.png"])
def test_the_suffix_says_what_is_made(program: Run, samples: Path, tmp_path: Path, name: str) -> None:
    done = program("run", samples, "-o", tmp_path / name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    start = (tmp_path / name).read_bytes()[:15]
    assert start.startswith({"html": b"<!doctype html>", "svg": b"<?xml", "png": PNG}[name.partition(".")[2]])


def test_articles_give_quotations_their_context(program: Run, samples: Path, incidents: Path, tmp_path: Path) -> None:
    whole, alone, piped = tmp_path / "whole.html", tmp_path / "alone.html", tmp_path / "piped.html"
    assert program("report", incidents, samples, "-o", whole).returncode == 0
    assert program("report", incidents, "-o", alone).returncode == 0
    assert program("report", "-", samples, "-o", piped, stdin=incidents.read_text()).returncode == 0
    assert program("run", samples, "-o", tmp_path / "run.html").returncode == 0
    assert whole.read_bytes() == piped.read_bytes() == (tmp_path / "run.html").read_bytes()
    assert [incident["context"] for incident in details(whole)] == [True] * 3
    assert [incident["context"] for incident in details(alone)] == [False] * 3


def test_one_incident(program: Run, samples: Path, incidents: Path, tmp_path: Path) -> None:
    shown, reported = tmp_path / "shown.svg", tmp_path / "reported.svg"
    assert program("show", "kabul", samples, "-o", shown).returncode == 0
    assert program("report", incidents, "--incident", "kabul", "-o", reported).returncode == 0
    assert shown.read_bytes() == reported.read_bytes()
    assert b"Kabul" in shown.read_bytes()
    assert program("show", "kabul", samples, "-o", tmp_path / "one.html").returncode == 0
    assert [incident["id"] for incident in details(tmp_path / "one.html")] == ["af-kabul-2019-11-10"]
    assert program("show", "kabul", samples, "-o", tmp_path / "one.txt").returncode == 0
    assert (tmp_path / "one.txt").read_text().startswith("af-kabul-2019-11-10")
    only = program("report", incidents, "--incident", "kabul", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in only.stdout.splitlines()] == ["af-kabul-2019-11-10"]
    left_out = program("report", incidents, "--incident", "kabul", "--since", "2030", "-o", tmp_path / "later.svg")
    assert b"Kabul" not in (tmp_path / "later.svg").read_bytes()
    assert "1 incident" in left_out.stderr
    unknown = program("report", incidents, "--incident", "nowhere", "-o", tmp_path / "no.svg")
    assert unknown.returncode == 1
    assert "did you mean" in unknown.stderr
    assert not (tmp_path / "no.svg").exists()


def test_a_picture_in_a_pipe_is_the_picture(samples: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "run", samples, "--format", "png"],
        capture_output=True,
        env=environment(),
        timeout=SECONDS,
        check=True,
    )
    assert done.stdout.startswith(PNG)


def test_a_picture_is_nothing_for_a_terminal(samples: Path) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, "run", samples, "--format", "png"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=environment(),
        timeout=SECONDS,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"name a file with -o" in done.stderr


def test_without_the_extra_the_way_out_is_named(samples: Path, tmp_path: Path) -> None:
    blocked = "import sys; sys.modules['altair'] = None; from conflict_dedup.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", blocked, "run", samples, "-o", tmp_path / "page.html"],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "conflict-dedup: --format html needs altair (pip install 'conflict-dedup[report]')"
    assert not (tmp_path / "page.html").exists()
