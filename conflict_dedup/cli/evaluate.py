"""`evaluate`: how well the program does on a gold set of the user's."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import Session, format_of, opened, stdin, terminal_width, wants_colour


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
@click.argument("incidents", required=False, shell_complete=options.file_names)
@click.option("--lang", metavar="CODE", help="Only the articles in this language.")
@click.option(
    "--errors",
    "shown",
    type=click.IntRange(0),
    is_flag=False,
    flag_value=sys.maxsize,
    default=0,
    metavar="[N]",
    help="List the errors of each kind, at most N of each, with the words of the articles.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@options.output
@options.colour
@options.talkative
def evaluate(
    *,
    gold: Path,
    incidents: str | None,
    lang: str | None,
    shown: int,
    as_json: bool,
    output: str | None,
    colour: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Score INCIDENTS (JSONL, - for standard input) against the folder GOLD.

    Without INCIDENTS the program is run on the articles of GOLD first. The measures are printed as a table on a
    terminal, else a line each. docs/evaluation.md explains the folder and each measure.
    """
    from conflict_dedup import pipeline  # noqa: PLC0415 - not for --help
    from conflict_dedup.errors import ConflictDedupError  # noqa: PLC0415
    from conflict_dedup.evaluate import evaluate as score  # noqa: PLC0415
    from conflict_dedup.evaluate import load, misquoted  # noqa: PLC0415
    from conflict_dedup.ingest import read_records  # noqa: PLC0415
    from conflict_dedup.model import Article, Incident  # noqa: PLC0415
    from conflict_dedup.report.evaluation import as_lines, as_object, write_scores  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    try:
        wanted = load(gold)
    except ConflictDedupError as problem:
        session.problem(problem)
        return session.exit_code
    if wrong := misquoted(wanted):
        first = f"{wrong[0].quote[:60]!r} of {wrong[0].article}"
        session.note(f"{gold}: quotations that are not in their articles: {len(wrong)}, the first {first}")
    codes = sorted({a.lang for a in wanted.articles if a.lang})
    if lang is not None and lang not in codes:
        known = ", ".join(codes) or "none with a language"
        raise click.BadParameter(f"no article of {gold} is in {lang!r} (it has {known})", param_hint="'--lang'")
    if incidents is None:
        articles = (
            Article(id=a.id, text=a.text, title=a.title or "", published=a.published, source=a.source, lang=a.lang)
            for a in wanted.articles
        )
        found = list(pipeline.run(articles, on_problem=session.problem))
    else:
        found = list(read_records((incidents,), Incident, stdin=stdin(), on_problem=session.problem_of_records))
    result = score(wanted, found, lang=lang)
    with opened(output) as stream:
        if as_json:
            stream.write(as_object(result.scores, result.errors, shown))
        elif format_of(None, output) == "table":
            wide, styled = terminal_width(), wants_colour(colour, output)
            write_scores(result.scores, result.errors, shown, stream, width=wide, colour=styled)
        else:
            stream.write(as_lines(result.scores, result.errors, shown))
    return session.exit_code
