"""Every command that the README shows runs, and the output that it shows is the program's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line[2:].split("  #")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]
INSTALLS = {"make demo", "make test", "pipx install ."}
"""What makes environments; `make demo` and `make test` are the gate's own calls."""


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    tools = folder / "bin"
    tools.mkdir()
    for name, target in (("conflict-dedup", "-m conflict_dedup"), ("python", "")):
        script = tools / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {target} "$@"\n')
        script.chmod(0o755)
    (folder / "samples").symlink_to(ROOT / "samples")
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "COLUMNS": "100", "NO_COLOR": "1"}
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith(tuple(INSTALLS))])
def test_command_runs(command: str, tmp_path: Path) -> None:
    done = shell(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout or " -o " in command


def test_the_readme_names_what_installs() -> None:
    assert {c.split("#")[0].strip() for c in COMMANDS} >= INSTALLS
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"\n{target}:" in makefile for target in ("demo", "test", "lint", "bench"))


def test_the_output_shown_is_the_programs(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    blocks = re.findall(r"<!-- output: (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)
    assert blocks
    printed = {}
    for number, (command, _) in enumerate(blocks):
        (tmp_path / str(number)).mkdir()
        done = shell(command, tmp_path / str(number))
        assert done.returncode == 0, done.stderr
        printed[command] = "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())
    if pytestconfig.getoption("--update-golden"):
        text = README
        for command, shown in blocks:
            text = text.replace(f"{command} -->\n```text\n{shown}```", f"{command} -->\n```text\n{printed[command]}```")
        (ROOT / "README.md").write_text(text, encoding="utf-8")
    else:
        assert dict(blocks) == printed


def test_the_library_example_runs(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    done = subprocess.run(
        [sys.executable, "-c", code[1]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "ml-indelimane-2019-11-01" in done.stdout


def test_linked_documents_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
