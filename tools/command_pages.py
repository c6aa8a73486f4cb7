"""Writes docs/commands.md and the man pages from the commands themselves: `make man`.

Both are checked in, so that the wheel can carry the pages without building anything; a test tells when they are old.
What click-man makes of the same commands lacks the examples, the exit codes and the variables.

    python tools/command_pages.py          write docs/commands.md and man/*.1
    python tools/command_pages.py --check  say which of them are old; exit code 1 if any is
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from conflict_dedup import __version__
from conflict_dedup.cli import program, settings

ROOT = Path(__file__).parent.parent
NAME = "conflict-dedup"
PURPOSE = "one record for each incident that news on armed conflict tells of"

EXIT_CODES = {
    "0": "all was read",
    "1": "something could not be read, or extraction failed on an article, and the rest was done; the output could not "
    "be written; or there was nothing to print, and --fail-if-empty was given; standard error says which",
    "2": "the call or a file of settings is wrong, or a file of -o cannot be made",
    "130": "interrupted",
    "129, 143": "ended by SIGHUP or SIGTERM",
}
OF_DIFF = "With --exit-code, as diff(1): 0 the same, 1 they differ, 2 not all could be read."

SHARED = ("config", "no-config", "help")
"""Options that every command takes; docs/commands.md tells of them once."""

SETTABLE = (
    "All of them take `-h`; all that have options of their own take `--config FILE` and `--no-config`, and what an "
    "option is when it is not given can be set ([configuration.md](configuration.md))."
)

Record = tuple[str, str]


def root() -> click.Context:
    return click.Context(program, info_name=NAME, **program.context_settings)


def contexts() -> Iterator[tuple[str, click.Context]]:
    """Each command with its context, in the order of the help."""
    top = root()
    for name, command in program.commands.items():
        yield name, click.Context(command, info_name=name, parent=top)


def option_records(context: click.Context, *, shared: bool = True) -> list[Record]:
    """The options as the help shows them: ("-o, --output FILE", what it does)."""
    return [
        record
        for parameter in context.command.get_params(context)
        if isinstance(parameter, click.Option)
        and (shared or settings.option_name(parameter) not in SHARED)
        and (record := parameter.get_help_record(context)) is not None
    ]


def usage(context: click.Context) -> str:
    return " ".join([context.command_path, *context.command.collect_usage_pieces(context)])


def paragraphs(context: click.Context) -> list[str]:
    """The help of a command, a paragraph each, on one line."""
    text = textwrap.dedent(context.command.help or "").partition("\f")[0]
    return [" ".join(part.split()) for part in text.strip().split("\n\n")]


def examples(context: click.Context) -> list[str]:
    found = (context.command.epilog or "").partition("Examples:\n")[2].partition("\n\n")[0]
    return [line.strip() for line in found.splitlines()]


# --- Markdown ---


def markdown() -> str:
    """docs/commands.md."""
    parts = [
        "# The commands\n",
        "Made from the program's own help by `make man`, as are the man pages; change the help, not this file.\n",
        "\n".join(f"- [`{name}`](#{name}): {short(context)}" for name, context in contexts()) + "\n",
        f"{SETTABLE}\n",
        "Exit codes: " + "; ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + ".\n",
    ]
    for name, context in contexts():
        parts += [f"## {name}\n", f"`{usage(context)}`\n"]
        parts += [f"{escaped(text)}\n" for text in paragraphs(context)]
        if records := option_records(context, shared=False):
            parts.append("\n".join(f"- `{left}`: {escaped(' '.join(right.split()))}" for left, right in records) + "\n")
        parts.append("```console\n" + "\n".join(f"$ {line}" for line in examples(context)) + "\n```\n")
    return "\n".join(parts)


def escaped(text: str) -> str:
    """Text whose angles and stars Markdown lets stand; what is code already stays."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(p if p.startswith("`") else re.sub(r"([<*])", r"\\\1", p) for p in pieces)


def short(context: click.Context) -> str:
    return context.command.get_short_help_str(limit=200)


# --- man(7) ---


def roff(text: str) -> str:
    """Text as troff takes it literally: backslashes, hyphens, and no request at the start of a line."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq")
    return re.sub(r"^\.", r"\\&.", text, flags=re.MULTILINE)


def heading(page: str, purpose: str) -> list[str]:
    title = f'.TH "{page.upper()}" "1" "" "{NAME} {__version__}" "{NAME}"'
    return [title, ".SH NAME", f"{roff(page)} \\- {roff(purpose)}"]


def options(records: list[Record]) -> list[str]:
    lines = [".SH OPTIONS"]
    for left, right in records:
        lines += [".TP", f"\\fB{roff(left)}\\fR", roff(" ".join(right.split()))]
    return lines


def closing(name: str, *others: str) -> list[str]:
    """Exit codes, variables, files and what else there is to read."""
    lines = [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES.items():
        lines += [".TP", f"\\fB{code}\\fR", roff(meaning)]
    if name == "diff":
        lines += [".PP", roff(OF_DIFF)]
    variable = settings.variable_of("OPTION", name or "COMMAND")
    lines += [
        ".SH ENVIRONMENT",
        ".TP",
        f"\\fB{variable}\\fR, \\fB{settings.variable_of('OPTION')}\\fR",
        roff("what an option is when it is not given, for this command or for all that have it: "
             f"{settings.variable_of('best', 'run')}=acled"),
        ".TP",
        "\\fBNO_COLOR\\fR",
        "no styles",
        ".SH FILES",
        ".TP",
        f"\\fI{roff(settings.FOLDER_FILE)}\\fR",
        "settings, in the working folder",
        ".TP",
        f"\\fI$XDG_CONFIG_HOME/{roff(str(settings.USER_FILE))}\\fR",
        roff(f"the user's settings; ~/.config/{settings.USER_FILE} where the variable is not set"),
        ".SH SEE ALSO",
        ", ".join(f"\\fB{roff(other)}\\fR(1)" for other in others),
    ]  # fmt: skip
    return lines


def example_lines(lines: list[str]) -> list[str]:
    return [".SH EXAMPLES", ".nf", *(roff(line) for line in lines), ".fi"]


def overview() -> str:
    """conflict-dedup(1)."""
    context = root()
    lines = heading(NAME, PURPOSE)
    lines += [".SH SYNOPSIS", f"\\fB{roff(NAME)}\\fR {roff('[OPTIONS] COMMAND [ARGS]...')}", ".SH DESCRIPTION"]
    lines += [roff(text) for text in paragraphs(context)]
    lines += [*options(option_records(context)), ".SH COMMANDS"]
    for name, inner in contexts():
        lines += [".TP", f"\\fB{roff(f'{NAME}-{name}')}\\fR(1)", roff(short(inner))]
    lines += example_lines(examples(context))
    lines += closing("", *(f"{NAME}-{name}" for name, _ in contexts()))
    return "\n".join(lines) + "\n"


def page(name: str, context: click.Context) -> str:
    """The page of one command."""
    path, _, arguments = usage(context).partition(name)
    lines = heading(f"{NAME}-{name}", short(context).rstrip("."))
    lines += [".SH SYNOPSIS", f"\\fB{roff(path + name)}\\fR{roff(arguments)}", ".SH DESCRIPTION"]
    for number, text in enumerate(paragraphs(context)):
        lines += [".PP"] * (number > 0) + [roff(text)]
    lines += options(option_records(context)) + example_lines(examples(context))
    return "\n".join(lines + closing(name, NAME)) + "\n"


def pages() -> dict[Path, str]:
    """Every file that is made here, from its place in the project to its text."""
    found = {Path("docs", "commands.md"): markdown(), Path("man", f"{NAME}.1"): overview()}
    return found | {Path("man", f"{NAME}-{name}.1"): page(name, context) for name, context in contexts()}


def old_ones() -> list[Path]:
    """The files that are not what they should be, those of commands that are gone included."""
    wanted = pages()
    stray = [p.relative_to(ROOT) for p in (ROOT / "man").glob("*.1") if p.relative_to(ROOT) not in wanted]
    differing = [
        path
        for path, text in wanted.items()
        if not (ROOT / path).exists() or (ROOT / path).read_text(encoding="utf-8") != text
    ]
    return differing + stray


def write() -> None:
    """Write those that are old, and remove those of commands that are gone."""
    wanted = pages()
    for path in old_ones():
        if path in wanted:
            (ROOT / path).parent.mkdir(exist_ok=True)
            (ROOT / path).write_text(wanted[path], encoding="utf-8")
        else:
            (ROOT / path).unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; name the files that are old")
    if not parser.parse_args().check:
        write()
        return 0
    old = old_ones()
    for path in old:
        print(f"{path} is old: `make man` writes it anew")
    return 1 if old else 0


if __name__ == "__main__":
    sys.exit(main())
