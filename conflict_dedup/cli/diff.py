"""`diff`: what is new, gone, moved, merged or split between two outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import Session, opened, stdin, tabular_format, terminal_width, wants_colour
from conflict_dedup.errors import ConflictDedupError, EmptyInput

if TYPE_CHECKING:
    from conflict_dedup.model import Incident

DIFFERENT, TROUBLE = 1, 2
"""Exit codes of ``--exit-code``, as diff(1) has them."""


@click.command(
    short_help="What changed between two outputs.",
    epilog=options.examples(
        "conflict-dedup run samples/ > today.jsonl",
        "conflict-dedup run samples/2019-11-03-*.txt | conflict-dedup diff - today.jsonl",
        "conflict-dedup diff today.jsonl today.jsonl --exit-code && echo the same",
    ),
)
@click.argument("old", shell_complete=options.file_names)
@click.argument("new", shell_complete=options.file_names)
@click.option("--all", "everything", is_flag=True, help="List the unchanged too.")
@click.option(
    "--exit-code", "tell", is_flag=True, help="Exit with 1 when they differ, with 2 when not all is readable."
)
@options.output
@options.tabular
@options.colour
@options.talkative
def diff(
    *,
    old: str,
    new: str,
    everything: bool,
    tell: bool,
    output: str | None,
    format_: str | None,
    colour: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Say what became of the incidents of OLD in NEW: new, moved, merged, split, gone.

    OLD and NEW are incidents (JSONL, as `run` prints them), or one of them - for standard input. Incidents are matched
    by their id and reports, then by the figures that they share. Exit code: 0, or 1 when a line could not be read.
    """
    from conflict_dedup.changes import changes  # noqa: PLC0415 - not for --help
    from conflict_dedup.report import changes as report  # noqa: PLC0415

    if old == new == "-":
        raise click.UsageError("only one of the two can be standard input")
    session = Session(quiet=quiet, verbose=verbose)
    sides = [_incidents(path, session) for path in (old, new)]
    trouble = TROUBLE if tell else DIFFERENT
    if sides[0] is None or sides[1] is None:  # against nothing, all would be new
        return trouble
    found = changes(sides[0], sides[1])
    moved = [change for change in found if change.kind != "unchanged"]
    shown = found if everything else moved
    with opened(output) as stream:
        if (chosen := tabular_format(format_, output)) == "table":
            unchanged = len(found) - len(moved)
            width, styled = terminal_width(), wants_colour(colour, output)
            report.write_table(shown, unchanged, stream, width=width, colour=styled)
        else:
            report.WRITERS[chosen](shown, stream)
    session.summary()
    if session.problems:
        return trouble
    return DIFFERENT if tell and moved else 0


def _incidents(path: str, session: Session) -> list[Incident] | None:
    """The incidents of one file, None when none of it can be read."""
    from conflict_dedup.ingest import read_records  # noqa: PLC0415
    from conflict_dedup.model import Incident  # noqa: PLC0415

    usable, before = True, session.problems

    def problem(found: ConflictDedupError) -> None:
        nonlocal usable
        usable = usable and (found.line is not None or isinstance(found, EmptyInput))
        session.problem_of_records(found)

    incidents = list(read_records((path,), Incident, stdin=stdin(), on_problem=problem))
    return incidents if usable and (incidents or session.problems == before) else None
