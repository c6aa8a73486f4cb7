"""`run`: articles in, incidents out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.choosing import Choice, choosing
from conflict_dedup.cli.printing import check_tools, kept, print_incidents, shows_context
from conflict_dedup.cli.session import (
    Session,
    format_of,
    opened,
    paths_or_stdin,
    stdin,
    wants_colour,
)

if TYPE_CHECKING:
    from conflict_dedup.model import Article


@click.command(
    short_help="Articles to incidents: all stages at once.",
    epilog=options.examples(
        "conflict-dedup run samples/",
        "conflict-dedup run samples/ --format csv -o incidents.csv",
        "conflict-dedup run 'samples/*.txt' --published 2019-11-05 --format table",
    ),
)
@options.paths
@options.printing
@choosing
@options.best
@options.published
@options.jobs
@options.talkative
def run(
    *,
    choice: Choice,
    paths: tuple[str, ...],
    output: str | None,
    format_: str | None,
    fields: tuple[str, ...] | None,
    colour: str,
    fail_if_empty: bool,
    policy: str,
    published: dt.datetime | None,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read articles and print each real incident once, with the range that its sources report.

    PATHS are files (.txt .md .html .json .jsonl .csv, each also .gz), folders, patterns, or - for standard input.
    """
    from conflict_dedup import pipeline  # noqa: PLC0415 - not for --help
    from conflict_dedup.ingest import read  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    name = format_of(format_, output, fields=fields)
    check_tools(name, output)
    day = published.date() if published else None
    articles = read(
        paths_or_stdin(paths), published=day, stdin=stdin(), on_problem=session.problem, on_note=session.note
    )
    by_id: dict[str, Article] = {}
    if shows_context(name):
        articles = kept(articles, by_id)
    with opened(output) as stream:
        with session.progress():
            incidents = pipeline.run(
                articles, policy=policy, jobs=jobs, on_article=session.advance, on_problem=session.problem
            )
        printed = print_incidents(
            choice.of(incidents, session),
            by_id,
            stream,
            name=name,
            colour=wants_colour(colour, output),
            fields=fields,
            group=choice.group,
        )
    session.summary(incidents)
    return session.exit_code_for(printed, fail_if_empty=fail_if_empty)
