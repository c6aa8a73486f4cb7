"""Every command that the README and the guides show runs; what they need besides the program is said."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def blocks(page: Path, kind: str) -> list[str]:
    """What stands in the blocks of one kind on a page."""
    return re.findall(rf"```{kind}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def commands(page: Path) -> list[str]:
    """The commands of a page, in their order."""
    return [
        line[2:].split("  #")[0].strip()
        for block in blocks(page, "console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]


README = ROOT / "README.md"
COMMANDS = commands(README)
GUIDES = [ROOT / "docs" / name for name in ("tutorial.md", "recipes.md")]
NEEDED = ("jq", "trafilatura", "sqlite-utils")
"""Other people's tools: what needs one that is not there is left out."""

SAVED_PAGE = """<!DOCTYPE html><html><head><title>Bomb kills seven in Kabul</title>
<meta property="article:published_time" content="2019-11-10"></head><body><article><h1>Bomb kills seven in Kabul</h1>
<p>A car bomb killed seven people and injured 12 in Kabul, Afghanistan, on Sunday, police said. It exploded at a
crossing in the morning, when many were on their way to work, and broke the windows of the houses around.</p>
<p>No group has said that it was behind the attack. A spokesman of the ministry said that the wounded had been brought
to three hospitals of the capital, and that most of them would be released within the week.</p></article></body></html>
"""


INSTALLS = {"make demo", "make test", "pipx install ."}
"""What makes environments; `make demo` and `make test` are the gate's own calls."""


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command where `samples/`, `articles/` and a saved page lie."""
    tools = folder / "bin"
    if not tools.exists():
        tools.mkdir()
        for name, target in (("conflict-dedup", "-m conflict_dedup"), ("python", "")):
            script = tools / name
            script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {target} "$@"\n')
            script.chmod(0o755)
        for name in ("samples", "articles"):
            (folder / name).symlink_to(ROOT / "samples")
        (folder / "page.html").write_text(SAVED_PAGE)
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "HOME": str(folder)}
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def is_there(tool: str) -> bool:
    return shutil.which(tool) is not None or (Path(sys.executable).parent / tool).exists()


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith(tuple(INSTALLS))])
def test_command_runs(command: str, tmp_path: Path) -> None:
    done = shell(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout or " -o " in command


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_the_commands_of_a_guide_run_one_after_the_other(page: Path, tmp_path: Path) -> None:
    shown = commands(page)
    assert len(shown) > 5
    for command in shown:
        if all(is_there(tool) for tool in NEEDED if f"{tool} " in command):
            done = shell(command, tmp_path)
            assert (done.returncode, done.stderr) == (0, ""), command
            assert done.stdout or " -o " in command or "sqlite-utils insert" in command, command


def test_what_the_tutorial_says_of_the_samples(tmp_path: Path) -> None:
    text = " ".join(GUIDES[0].read_text(encoding="utf-8").split())
    assert "Eight incidents come out of twelve articles" in text
    assert len(shell("conflict-dedup run samples/", tmp_path).stdout.splitlines()) == 8
    shown = shell("conflict-dedup show baidoa samples/", tmp_path).stdout
    assert "killed 7-12, best 11, revised down" in shown
    assert "a reprint of" in shown
    assert "ml-indelimane-2019-11-01" in shell("conflict-dedup run samples/ --status disputed", tmp_path).stdout


def test_the_script_for_cron_tells_what_changed(tmp_path: Path) -> None:
    (script,) = blocks(GUIDES[1], "sh")
    folder = tmp_path / "conflict"
    folder.mkdir()
    (folder / "articles").mkdir()
    samples = sorted((ROOT / "samples").iterdir())
    printed = []
    for some in (samples[:2], samples[2:], []):
        for sample in some:
            shutil.copy(sample, folder / "articles")
        done = shell(script, tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        printed.append(done.stdout)
    assert printed[0] == ""
    assert "baidoa" in printed[1]
    assert "baidoa" not in printed[2]
    assert len((folder / "incidents.jsonl").read_text().splitlines()) == 8


def test_the_script_for_cron_outlives_an_article_that_cannot_be_read(tmp_path: Path) -> None:
    (script,) = blocks(GUIDES[1], "sh")
    folder = tmp_path / "conflict"
    shutil.copytree(ROOT / "samples", folder / "articles")
    (folder / "articles" / "broken.json").write_text('{"text": "Five')
    (folder / "incidents.jsonl").write_text("")
    done = shell(script, tmp_path)
    assert done.returncode == 0
    assert "broken.json" in done.stderr
    assert "baidoa" in done.stdout
    assert len((folder / "incidents.jsonl").read_text().splitlines()) == 8


def test_the_readme_names_what_installs() -> None:
    assert {c.split("#")[0].strip() for c in COMMANDS} >= INSTALLS
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in ("demo", "test", "lint", "bench"))


def test_the_library_example_runs(tmp_path: Path) -> None:
    (code,) = blocks(README, "python")
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "ml-indelimane-2019-11-01" in done.stdout


def test_linked_documents_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
