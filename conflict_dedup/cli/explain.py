"""`explain`: why reports are one incident, or two."""

from __future__ import annotations

import datetime as dt

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import Session, opened, paths_or_stdin, terminal_width, wants_colour


@click.command(
    short_help="Why reports are one incident, or two.",
    epilog=options.examples(
        "conflict-dedup explain indelimane samples/",
        "conflict-dedup explain indelimane menaka samples/",
        "conflict-dedup extract samples/ > candidates.jsonl",
        "conflict-dedup explain indelimane candidates.jsonl samples/",
    ),
)
@click.argument("arguments", nargs=-1, required=True, metavar="ID [ID] [PATHS]...", shell_complete=options.file_names)
@options.output
@options.colour
@options.best_anew
@options.published
@options.jobs
@options.talkative
def explain(
    *,
    arguments: tuple[str, ...],
    output: str | None,
    colour: str,
    policy: str | None,
    published: dt.datetime | None,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """Say why reports are one incident, or, given two ids, why they are two.

    For one ID: each figure with its quotation in context, and each pair of reports with what was compared, in bits for
    or against. For two: their best pair, and the constraint that keeps them apart, if one does.

    An ID is that of an incident, or a part that only one has; of two, also that of a candidate. PATHS are articles, or
    candidates (JSONL), or both.
    """
    from conflict_dedup.cli.inputs import load, split_ids  # noqa: PLC0415 - not for --help
    from conflict_dedup.report.explain import write_comparison, write_explanation  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    ids, paths = split_ids(arguments, most=2)
    inputs = load(paths_or_stdin(paths), session, published=published, policy=policy, jobs=jobs)
    width, styled = terminal_width(), wants_colour(colour, output)
    if len(ids) == 2:
        left, right, pairs = inputs.compared(*ids)
        with opened(output) as stream:
            write_comparison(left, right, pairs, stream, names=(ids[0], ids[1]), width=width, colour=styled)
    else:
        incident, candidates, pairs = inputs.explained(ids[0])
        with opened(output) as stream:
            write_explanation(incident, candidates, pairs, inputs.articles, stream, width=width, colour=styled)
    return session.exit_code
