"""The options that several commands take, each written once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Function = TypeVar("Function", bound=Callable[..., Any])

FORMAT_NAMES = ("table", "jsonl", "json", "csv", "tsv", "csv-figures", "geojson", "ucdp", "acled", "parquet", "md",
                "html", "svg", "png")  # fmt: skip
SELECTING_NAMES = ("tsv", "csv", "jsonl")
POLICY_NAMES = ("latest", "ucdp", "acled", "ibc", "gtd", "max")
DEFAULT_POLICY = "latest"
TABULAR_NAMES = ("table", "jsonl", "tsv")
# Written out, not imported from where they are kept, so that --help does not load the stages; tests hold them together.


def file_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Have the shell complete the names of files, as it does by itself."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only while a shell completes

    return [CompletionItem(incomplete, type="file")]


def command_names(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete the names of commands."""
    group = context.find_root().command
    return [name for name in getattr(group, "commands", ()) if name.startswith(incomplete)]


paths = click.argument("paths", nargs=-1, metavar="[PATHS]...", shell_complete=file_names)

output = click.option(
    "-o",
    "--output",
    metavar="FILE",
    shell_complete=file_names,
    help="Write to FILE (whole or not at all) instead of standard output.",
)

format_ = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMAT_NAMES),
    help="How incidents are printed; html is a page, svg and png are maps.  [default: by the suffix of -o, else table "
    "on a terminal, else jsonl]",
)


def _selected(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    from conflict_dedup.errors import UnknownField  # noqa: PLC0415 - not for --help
    from conflict_dedup.report.selection import checked  # noqa: PLC0415

    try:
        return checked(value.split(","))
    except UnknownField as error:
        raise click.BadParameter(str(error)) from None


def field_completions(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Complete the last of the names of fields, one part at a time."""
    from conflict_dedup.report.selection import field_names  # noqa: PLC0415 - not for --help

    before, comma, begun = incomplete.rpartition(",")
    dots = begun.count(".") + (begun in field_names())
    found = (name for name in field_names() if name.startswith(begun) and name.count(".") <= dots)
    return [before + comma + name for name in found]


select = click.option(
    "--select",
    "fields",
    metavar="FIELD,...",
    callback=_selected,
    shell_complete=field_completions,
    help="Only these fields, such as id,killed.best,place.name; for tsv (the default then), csv and jsonl.",
)

fail_if_empty = click.option(
    "--fail-if-empty", is_flag=True, help="Say so and exit with 1 when there is no incident to print."
)

tabular = click.option(
    "--format",
    "format_",
    type=click.Choice(TABULAR_NAMES),
    help="How it is printed.  [default: table on a terminal, else jsonl]",
)

best = click.option(
    "--best",
    "policy",
    type=click.Choice(POLICY_NAMES),
    default=DEFAULT_POLICY,
    show_default=True,
    help="The rule that chooses the best figure; the range is the same under each.",
)

best_anew = click.option(
    "--best",
    "policy",
    type=click.Choice(POLICY_NAMES),
    help="The rule that chooses the best figure; the range is the same under each.  "
    "[default: as the incidents that are read have it, else latest]",
)
"""The same where incidents may be given, whose best figures an earlier step has chosen: they stay unless it is said."""

published = click.option(
    "--published",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of publication of articles that tell none.",
)

jobs = click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Processes to extract in."
)

colour = click.option(
    "--color",
    "colour",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Style the output; auto: on a terminal, unless NO_COLOR is set.",
)

quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr; the exit code tells.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Say on stderr what was done.")


def talkative(function: Function) -> Function:
    """-q and -v, which every command takes."""
    return quiet(verbose(function))


def printing(function: Function) -> Function:
    """How and where incidents are printed."""
    return output(format_(select(colour(fail_if_empty(function)))))


def examples(*lines: str) -> str:
    """The end of a command's help: lines to run as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
