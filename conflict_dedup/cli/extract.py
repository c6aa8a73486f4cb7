"""`extract`: articles in, candidates out, as they come."""

from __future__ import annotations

import datetime as dt

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import Session, check_suffix, is_awaited, opened, paths_or_stdin, stdin


@click.command(
    short_help="Articles to candidates (JSONL), as they come.",
    epilog=options.examples(
        "conflict-dedup extract samples/ > candidates.jsonl",
        "conflict-dedup extract samples/ | conflict-dedup match | conflict-dedup report --format table",
    ),
)
@options.paths
@options.output
@options.published
@options.jobs
@options.talkative
def extract(
    *,
    paths: tuple[str, ...],
    output: str | None,
    published: dt.datetime | None,
    jobs: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read articles and print the incidents that each tells of, one candidate a line (JSONL).

    Candidates are printed as articles are read (with --jobs, some hundreds of articles later), so any number of
    articles fits into memory.
    """
    from conflict_dedup.ingest import read  # noqa: PLC0415 - not for --help
    from conflict_dedup.pipeline import candidates_of  # noqa: PLC0415
    from conflict_dedup.report import write_lines  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    check_suffix(output, "jsonl")
    day = published.date() if published else None
    articles = read(
        paths_or_stdin(paths), published=day, stdin=stdin(), on_problem=session.problem, on_note=session.note
    )
    with opened(output) as stream, session.progress(streaming=output is None):
        awaited = is_awaited(stream)

        def done(count: int) -> None:
            session.advance(count)
            if awaited:
                stream.flush()

        write_lines(candidates_of(articles, jobs=jobs, on_article=done, on_problem=session.problem), stream)
    session.summary()
    return session.exit_code
