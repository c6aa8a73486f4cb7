"""`report`: incidents in, the same incidents in another format out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.choosing import Choice, choosing
from conflict_dedup.cli.printing import check_tools, print_incidents, shows_context, write_bytes
from conflict_dedup.cli.session import (
    Session,
    format_of,
    opened,
    paths_or_stdin,
    stdin,
    wants_colour,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conflict_dedup.model import Article, Incident


@click.command(
    short_help="Incidents (JSONL) to a table, JSON, CSV, a page or a picture.",
    epilog=options.examples(
        "conflict-dedup run samples/ | conflict-dedup report --format table",
        "conflict-dedup run samples/ | conflict-dedup report --format csv -o incidents.csv",
        "conflict-dedup run samples/ | conflict-dedup report --incident indelimane -o toll.svg",
    ),
)
@options.paths
@options.printing
@choosing
@options.best_anew
@click.option(
    "--incident",
    "wanted",
    metavar="ID",
    help="Only this incident (its id, or a part that only one has); svg and png show the course of its toll.",
)
@options.talkative
def report(
    *,
    choice: Choice,
    paths: tuple[str, ...],
    output: str | None,
    format_: str | None,
    fields: tuple[str, ...] | None,
    colour: str,
    fail_if_empty: bool,
    policy: str | None,
    wanted: str | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read incidents (JSONL, as `run` and `match` print them) and print them in another format.

    For html, PATHS may hold articles too: they give each quotation its context.
    """
    from conflict_dedup.pipeline import pick  # noqa: PLC0415 - not for --help
    from conflict_dedup.reconcile import with_policy  # noqa: PLC0415
    from conflict_dedup.report import TOLL_PICTURES  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    name = format_of(format_, output, fields=fields)
    check_tools(name, output)
    incidents, articles = _inputs(paths_or_stdin(paths), session, with_articles=shows_context(name))
    if policy is not None:
        incidents = (with_policy(incident, policy) for incident in incidents)
    if wanted is not None:
        incidents = [pick(incidents, wanted)]
    with opened(output) as stream:
        if wanted is not None and name in TOLL_PICTURES:
            kept = list(choice.of(incidents, session))
            for incident in kept:
                write_bytes(TOLL_PICTURES[name](incident), stream)
            printed = len(kept)
        else:
            printed = print_incidents(
                choice.of(incidents, session),
                articles,
                stream,
                name=name,
                colour=wants_colour(colour, output),
                fields=fields,
                group=choice.group,
            )
    session.summary()
    return session.exit_code_for(printed, fail_if_empty=fail_if_empty)


def _inputs(
    paths: tuple[str, ...], session: Session, *, with_articles: bool
) -> tuple[Iterable[Incident], dict[str, Article]]:
    from conflict_dedup.ingest import read, read_records  # noqa: PLC0415 - not for --help
    from conflict_dedup.ingest.records import sorted_out  # noqa: PLC0415
    from conflict_dedup.model import Incident  # noqa: PLC0415

    if not with_articles:
        return read_records(paths, Incident, stdin=stdin(), on_problem=session.problem_of_records), {}
    kinds, stream = sorted_out(paths, stdin=stdin(), empty="incident")
    found = read(kinds["article"], stdin=stream, on_problem=session.problem, on_note=session.note)
    articles = {article.id: article for article in found}
    if articles and not kinds["incident"] and not kinds["candidate"]:
        raise click.UsageError("articles, and no incidents of theirs (turn articles into incidents with `run`)")
    incidents = read_records(
        [*kinds["incident"], *kinds["candidate"]], Incident, stdin=stream, on_problem=session.problem_of_records
    )
    return incidents, articles
