"""`match`: candidates in, incidents out."""

from __future__ import annotations

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.printing import check_tools, print_incidents
from conflict_dedup.cli.session import (
    Session,
    format_of,
    opened,
    paths_or_stdin,
    stdin,
    wants_colour,
)


@click.command(
    short_help="Candidates (JSONL) to incidents.",
    epilog=options.examples(
        "conflict-dedup extract samples/ | conflict-dedup match > incidents.jsonl",
        "conflict-dedup extract samples/ | conflict-dedup match --best ucdp --format table",
    ),
)
@options.paths
@options.printing
@options.best
@options.talkative
def match(
    *,
    paths: tuple[str, ...],
    output: str | None,
    format_: str | None,
    fields: tuple[str, ...] | None,
    colour: str,
    fail_if_empty: bool,
    policy: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read candidates (JSONL, as `extract` prints them) and print the incidents that they tell of."""
    from conflict_dedup import pipeline  # noqa: PLC0415 - not for --help
    from conflict_dedup.ingest import each_once, read_records  # noqa: PLC0415
    from conflict_dedup.model import Candidate  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    name = format_of(format_, output, fields=fields)
    check_tools(name, output)
    found = read_records(paths_or_stdin(paths), Candidate, stdin=stdin(), on_problem=session.problem_of_records)
    candidates = each_once(found, on_note=session.note)
    with opened(output) as stream:
        incidents = pipeline.incidents_of(candidates, policy=policy)
        printed = print_incidents(incidents, {}, stream, name=name, colour=wants_colour(colour, output), fields=fields)
    session.summary(incidents)
    return session.exit_code_for(printed, fail_if_empty=fail_if_empty)
