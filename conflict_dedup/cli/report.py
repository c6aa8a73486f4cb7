"""`report`: incidents in, the same incidents in another format out."""

from __future__ import annotations

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import (
    Session,
    format_of,
    opened,
    paths_or_stdin,
    stdin,
    terminal_width,
    wants_colour,
)


@click.command(
    short_help="Incidents (JSONL) to a table, JSON or CSV.",
    epilog=options.examples(
        "conflict-dedup run samples/ | conflict-dedup report --format table",
        "conflict-dedup run samples/ | conflict-dedup report --format csv -o incidents.csv",
    ),
)
@options.paths
@options.printing
@options.talkative
def report(
    *, paths: tuple[str, ...], output: str | None, format_: str | None, colour: str, quiet: bool, verbose: bool
) -> int:
    """Read incidents (JSONL, as `run` and `match` print them) and print them in another format."""
    from conflict_dedup.ingest import read_records  # noqa: PLC0415 - not for --help
    from conflict_dedup.model import Incident  # noqa: PLC0415
    from conflict_dedup.report import FORMATS  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    incidents = read_records(paths_or_stdin(paths), Incident, stdin=stdin(), on_problem=session.problem)
    with opened(output) as stream:
        write = FORMATS[format_of(format_, output)]
        write(incidents, stream, width=terminal_width(), colour=wants_colour(colour, output))
    session.summary()
    return session.exit_code
