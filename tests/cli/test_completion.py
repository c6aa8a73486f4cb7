"""Completion as a shell does it: the script is loaded and its function called with what was typed."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conflict_dedup.cli import COMMANDS
from conflict_dedup.cli.completion import SHELLS
from conflict_dedup.cli.options import POLICY_NAMES

from .conftest import SECONDS, Run, environment

BASH = """
eval "$(conflict-dedup completion bash)"
COMP_WORDS=({words}) COMP_CWORD={last}
compopt() {{ printf 'compopt %s %s\\n' "$1" "$2"; }}  # outside of a real completion it may not be called
_conflict_dedup_completion conflict-dedup
printf '%s\\n' "${{COMPREPLY[@]}}"
complete -p conflict-dedup
"""


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "conflict-dedup"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m conflict_dedup "$@"\n')
    script.chmod(0o755)
    return folder


def completed(tools: Path, *words: str) -> list[str]:
    """What bash offers for the last word."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash here")
    quoted = " ".join(f"'{word}'" for word in ("conflict-dedup", *words))
    path = f"{tools}:{environment().get('PATH', '')}"
    done = subprocess.run(
        [bash, "--norc", "-c", BASH.format(words=quoted, last=len(words))],
        env=environment(PATH=path), cwd=tools.parent, capture_output=True, text=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    *offered, bound = done.stdout.splitlines()
    assert "-F _conflict_dedup_completion conflict-dedup" in bound
    return offered


def test_a_command(tools: Path) -> None:
    assert completed(tools, "ru") == ["run"]
    assert set(completed(tools, "")) >= {command.name for command in COMMANDS}


def test_an_option(tools: Path) -> None:
    assert completed(tools, "run", "--be") == ["--best"]


def test_a_value(tools: Path) -> None:
    assert completed(tools, "run", "--best", "") == list(POLICY_NAMES)
    assert completed(tools, "run", "--best", "a") == ["acled"]
    assert completed(tools, "completion", "f") == ["fish"]
    assert completed(tools, "config", "pol") == ["policies"]


@pytest.mark.parametrize(
    "before", [("run",), ("run", "-o"), ("--config",), ("show", "x"), ("explain", "x"), ("policies",)]
)
def test_files_are_left_to_the_shell(tools: Path, before: tuple[str, ...]) -> None:
    assert "compopt -o default" in completed(tools, *before, "")


def test_with_a_tab_at_a_terminal(tools: Path) -> None:
    """A command, an option and a value, each completed by bash itself, and the line that they make run."""
    bash = shutil.which("bash")
    pty = pytest.importorskip("pty", reason="no terminals here")
    if bash is None:
        pytest.skip("there is no bash here")
    leader, follower = pty.openpty()
    path = f"{tools}:{environment().get('PATH', '')}"
    shell = subprocess.Popen(
        [bash, "--norc", "--noprofile", "-i"],
        stdin=follower, stdout=follower, stderr=follower, start_new_session=True, cwd=tools.parent,
        env=environment(PATH=path, PS1="", HISTFILE="", TERM="dumb", INPUTRC="/dev/null"),
    )  # fmt: skip
    os.close(follower)
    seen = b""

    def until(word: bytes) -> None:
        nonlocal seen
        deadline = time.monotonic() + SECONDS
        while word not in seen:
            assert time.monotonic() < deadline, seen
            if select.select([leader], [], [], 1)[0]:
                seen += os.read(leader, 4096)

    try:
        os.write(leader, b'eval "$(conflict-dedup completion bash)"; echo rea""dy\n')
        until(b"ready")
        for typed, full in ((b"conflict-dedup poli", b"cies"), (b"--form", b"at"), (b"js", b"onl")):
            os.write(leader, typed + b"\t")
            until(typed + full + b" ")
        os.write(leader, b"| head -n 1\n")
        until(b'{"name":"latest"')
    finally:
        shell.kill()
        shell.wait()
        os.close(leader)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_that_shells(program: Run, shell: str) -> None:
    done = program("completion", shell)
    assert done.returncode == 0
    assert f"_CONFLICT_DEDUP_COMPLETE={shell}_complete" in done.stdout
    if path := shutil.which(shell):
        subprocess.run([path, "-n", "-c", done.stdout], check=True, timeout=SECONDS)


def test_zsh_and_fish_are_answered(program: Run) -> None:
    """Their scripts ask as bash's does, with the same variable."""
    asked = {"COMP_WORDS": "conflict-dedup run --best ac", "COMP_CWORD": "3"}
    zsh = program(env={"_CONFLICT_DEDUP_COMPLETE": "zsh_complete"} | asked).stdout
    assert zsh.split() == ["plain", "acled", "_"]
    fish = program(env={"_CONFLICT_DEDUP_COMPLETE": "fish_complete"} | asked | {"COMP_CWORD": "ac"}).stdout
    assert fish.split()[-1].endswith("acled")


def test_a_broken_settings_file_breaks_no_completion(tools: Path) -> None:
    (tools.parent / "conflict-dedup.toml").write_text("best == 3")
    assert completed(tools, "run", "--be") == ["--best"]


def test_an_unknown_shell_is_a_matter_of_usage(program: Run) -> None:
    done = program("completion", "tcsh")
    assert done.returncode == 2
    assert "'bash', 'zsh', 'fish'" in done.stderr
