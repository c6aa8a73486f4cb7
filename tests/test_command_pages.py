"""Every command, option, format and policy is documented, and the pages made from the commands are those of today."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from conflict_dedup.cli import COMMANDS, options
from conflict_dedup.reconcile import POLICIES
from conflict_dedup.report import FORMATS, PUBLISHERS
from tools import command_pages

ROOT = Path(__file__).parent.parent
BY_HAND = {
    path: path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    if path.name != "commands.md"
}
PAGES = sorted(path for path in command_pages.pages() if path.suffix == ".1")


@pytest.fixture(scope="session", autouse=True)
def written(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        command_pages.write()


def flags(command: click.Command) -> list[str]:
    return [name for p in command.params if isinstance(p, click.Option) for name in (*p.opts, *p.secondary_opts)]


def test_the_pages_are_those_of_today() -> None:
    assert command_pages.old_ones() == [], "`make man` writes them anew"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_and_option_is_documented(command: click.Command) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {command.name}\n")[2].partition("\n## ")[0]
    before = text.partition("\n## ")[0]
    assert section, f"{command.name} has no section"
    assert not [name for name in flags(command) if not re.search(rf"{name}(?![\w-])", section + before)]
    told = re.compile(rf"`{command.name}`|conflict-dedup {command.name}\b")
    assert [p for p, text in BY_HAND.items() if told.search(text)], "a page written by hand tells what it is for"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_and_option_says_what_it_does(command: click.Command) -> None:
    assert command.short_help
    assert command.help
    assert command_pages.examples(click.Context(command))
    context = click.Context(command)
    told = {left.split(" ")[0].rstrip(","): right for left, right in command_pages.option_records(context)}
    options_ = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    assert len(told) == len(options_), "a hidden option is an undocumented one"
    assert not [p.opts for p in options_ if not (p.help or "").strip()]


@pytest.mark.parametrize("name", sorted({*FORMATS, *PUBLISHERS, *options.FORMAT_NAMES, *options.TABULAR_NAMES}))
def test_every_format_is_documented(name: str) -> None:
    told = re.compile(rf"`{name}`|--format {name}\b")
    assert [path for path, text in BY_HAND.items() if path.parent.name == "docs" and told.search(text)]


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_is_documented(name: str) -> None:
    assert f"\n| `{name}` |" in BY_HAND[ROOT / "docs" / "policies.md"]


def test_nothing_is_documented_that_is_not_there() -> None:
    """A page written by hand that shows a call names commands and options that there are."""
    known = {command.name: {*flags(command), "-h", "--help"} for command in COMMANDS}
    wrong = []
    for path, text in BY_HAND.items():
        for call in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
            for name, arguments in re.findall(r"conflict-dedup ([a-z]+)([^|;&>\n]*)", call):
                if name not in known:
                    wrong.append(f"{path.name}: {name}")
                else:
                    given = re.findall(r"(?<=\s)--[a-z-]+", arguments)
                    wrong += [f"{path.name}: {name} {flag}" for flag in given if flag not in known[name]]
    assert not wrong


# --- man pages ---


RENDERERS = {"man": ("man", "--warnings=w", "-l"), "mandoc": ("mandoc", "-Tutf8")}


def rendered(page: Path, by: str) -> str:
    """The page as a terminal shows it; a warning fails the test."""
    if not shutil.which(by):
        pytest.skip(f"there is no {by} here")
    environment = {**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": ""}
    done = subprocess.run(
        [*RENDERERS[by], page], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    if "minimized" in done.stdout + done.stderr:
        pytest.skip("the man of this system shows no pages")
    assert (done.returncode, done.stderr) == (0, "")
    if by == "mandoc":
        lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], capture_output=True, text=True, check=False)
        # a page without a date is the same page tomorrow
        assert [line for line in lint.stdout.splitlines() if "missing date" not in line] == []
    return re.sub(r".\x08", "", done.stdout).replace("‐\n", "-\n").replace("−", "-")


@pytest.mark.parametrize("by", RENDERERS)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_renders_with_every_option(page: Path, by: str) -> None:
    text = rendered(ROOT / page, by)
    name = page.stem.removeprefix("conflict-dedup").removeprefix("-")
    assert page.stem in text
    for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT", "FILES"):
        assert f"\n{section}\n" in text, section
    if not name:
        assert not [command.name for command in COMMANDS if f"conflict-dedup-{command.name}(1)" not in text]
        return
    (command,) = (command for command in COMMANDS if command.name == name)
    listed = text.partition("\nOPTIONS\n")[2].partition("\nEXAMPLES\n")[0]
    assert not [flag for flag in [*flags(command), "-h", "--help"] if not re.search(rf"{flag}(?![\w-])", listed)]
    shown = text.partition("\nEXAMPLES\n")[2].partition("\nEXIT")[0]
    context = dict(command_pages.contexts())[name]
    assert [line.strip() for line in shown.splitlines() if line.strip()] == command_pages.examples(context)


def test_nothing_of_a_help_text_is_a_request_to_troff() -> None:
    assert command_pages.roff(".SH HAHA\n'so /etc/passwd \\fB") == "\\&.SH HAHA\n\\(aqso /etc/passwd \\efB"
    assert command_pages.roff("--best") == "\\-\\-best"
