"""`evaluate`: how well the program does on a gold set of the user's."""

from __future__ import annotations

from pathlib import Path

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import Session, opened, stdin


@click.command(
    short_help="Score incidents against a gold folder.",
    epilog=options.examples(
        "conflict-dedup evaluate tests/gold/bulletins",
        "conflict-dedup evaluate tests/gold/sahel --lang fr --errors 10",
        "conflict-dedup run tests/gold/asia/articles.jsonl -o out.jsonl",
        "conflict-dedup evaluate tests/gold/asia out.jsonl --json",
    ),
)
@click.argument("gold", type=click.Path(path_type=Path))
@click.argument("incidents", required=False)
@click.option("--lang", metavar="CODE", help="Only the articles in this language.")
@click.option("--errors", "shown", type=click.IntRange(0), default=0, metavar="N", help="List N errors of each kind.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to a file instead of standard output.")
@options.talkative
def evaluate(
    *,
    gold: Path,
    incidents: str | None,
    lang: str | None,
    shown: int,
    as_json: bool,
    output: str | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Score INCIDENTS (JSONL, - for standard input) against the folder GOLD.

    Without INCIDENTS the program is run on the articles of GOLD first. docs/evaluation.md
    explains the folder and each measure.
    """
    from conflict_dedup import pipeline  # noqa: PLC0415 - not for --help
    from conflict_dedup.errors import ConflictDedupError  # noqa: PLC0415
    from conflict_dedup.evaluate import evaluate as score  # noqa: PLC0415
    from conflict_dedup.evaluate import load  # noqa: PLC0415
    from conflict_dedup.ingest import read_records  # noqa: PLC0415
    from conflict_dedup.model import Article, Incident  # noqa: PLC0415
    from conflict_dedup.report.evaluation import as_lines, as_object  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    try:
        wanted = load(gold)
    except ConflictDedupError as problem:
        session.problem(problem)
        return session.exit_code
    if incidents is None:
        articles = (
            Article(id=a.id, text=a.text, title=a.title or "", published=a.published, source=a.source, lang=a.lang)
            for a in wanted.articles
        )
        found = list(pipeline.run(articles))
    else:
        found = list(read_records((incidents,), Incident, stdin=stdin(), on_problem=session.problem))
    result = score(wanted, found, lang=lang)
    with opened(output) as stream:
        render = as_object if as_json else as_lines
        stream.write(render(result.scores, result.errors, shown))
    return session.exit_code
