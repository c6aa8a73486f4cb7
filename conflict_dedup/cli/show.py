"""`show`: one incident on a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.printing import write_bytes
from conflict_dedup.cli.session import Session, opened, paths_or_stdin, terminal_width, wants_colour

FORMAT_NAMES = ("text", "html", "svg", "png")


@click.command(
    short_help="One incident on a page.",
    epilog=options.examples(
        "conflict-dedup show indelimane samples/",
        "conflict-dedup run samples/ > incidents.jsonl",
        "conflict-dedup show indelimane incidents.jsonl samples/",
        "conflict-dedup show indelimane samples/ -o toll.svg",
    ),
)
@click.argument("id_", metavar="ID")
@options.paths
@options.output
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMAT_NAMES),
    help="text, a page (html), or a picture of its toll's course.  [default: by the suffix of -o, else text]",
)
@options.colour
@options.best_anew
@options.published
@options.jobs
@options.talkative
def show(
    *,
    id_: str,
    paths: tuple[str, ...],
    output: str | None,
    format_: str | None,
    colour: str,
    policy: str | None,
    published: dt.datetime | None,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """Print one incident: its range, who said what when, and the reports that it rests on.

    ID is the id of an incident, or a part that only one has. PATHS are incidents (JSONL), articles, or both: articles
    give each quotation its context.
    """
    from conflict_dedup.cli.inputs import load  # noqa: PLC0415 - not for --help
    from conflict_dedup.pipeline import pick  # noqa: PLC0415
    from conflict_dedup.report import PUBLISHERS, TOLL_PICTURES  # noqa: PLC0415
    from conflict_dedup.report.show import write_incident  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    inputs = load(paths_or_stdin(paths), session, published=published, policy=policy, jobs=jobs)
    incident = pick(inputs.known, id_)
    suffix = Path(output or "").suffix.casefold().removeprefix(".")
    name = format_ or (suffix if suffix in FORMAT_NAMES else "text")
    styled = wants_colour(colour, output)
    with opened(output) as stream:
        if name in TOLL_PICTURES:
            write_bytes(TOLL_PICTURES[name](incident), stream)
        elif name in PUBLISHERS:
            write_bytes(PUBLISHERS[name]([incident], inputs.articles), stream)
        else:
            write_incident(
                incident,
                inputs.articles,
                stream,
                width=terminal_width(),
                colour=styled,
                candidates=inputs.made_of(incident),
            )
    return session.exit_code
