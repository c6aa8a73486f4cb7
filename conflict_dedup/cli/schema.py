"""`schema`: the JSON Schema of what is printed."""

from __future__ import annotations

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import opened

KIND_NAMES = ("incident", "candidate")


@click.command(
    short_help="The JSON Schema of incidents and candidates.",
    epilog=options.examples(
        "conflict-dedup schema > incident.schema.json",
        "conflict-dedup schema candidate -o candidate.schema.json",
    ),
)
@click.argument("kind", type=click.Choice(KIND_NAMES), default="incident", metavar="[incident|candidate]")
@options.output
def schema(*, kind: str, output: str | None) -> int:
    """Print the JSON Schema (2020-12) of one line of JSONL: an incident, or a candidate as `extract` prints it."""
    from conflict_dedup.report.schema import schema_text  # noqa: PLC0415 - not for --help

    with opened(output) as stream:
        stream.write(schema_text(kind))
    return 0
