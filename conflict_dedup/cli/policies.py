"""`policies`: what each rule for the best figure does, and what they make of the same incidents."""

from __future__ import annotations

import click

from conflict_dedup.cli import options
from conflict_dedup.cli.session import Session, opened, stdin, tabular_format, terminal_width, wants_colour

EFFECT_NAMES = ("killed", "injured", "missing", "abducted")


@click.command(
    short_help="The rules for the best figure, side by side.",
    epilog=options.examples(
        "conflict-dedup policies",
        "conflict-dedup run samples/ | conflict-dedup policies -",
        "conflict-dedup run samples/ | conflict-dedup policies - --effect injured --format tsv",
    ),
)
@options.paths
@click.option(
    "--effect",
    type=click.Choice(EFFECT_NAMES),
    default="killed",
    show_default=True,
    help="The figures to choose among.",
)
@options.output
@options.tabular
@options.colour
@options.talkative
def policies(
    *,
    paths: tuple[str, ...],
    effect: str,
    output: str | None,
    format_: str | None,
    colour: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Say what each policy for the best figure does, or, given incidents, what each makes of them.

    PATHS are incidents (JSONL, as `run` prints them), or - for standard input. The range is the same under every
    policy; a number with * is a rule's own for a vague word and lies outside of it.
    """
    from conflict_dedup.ingest import read_records  # noqa: PLC0415 - not for --help
    from conflict_dedup.model import EFFECTS, Incident  # noqa: PLC0415
    from conflict_dedup.reconcile import POLICIES, choices  # noqa: PLC0415
    from conflict_dedup.report import policies as report  # noqa: PLC0415

    session = Session(quiet=quiet, verbose=verbose)
    format_, names = tabular_format(format_, output), tuple(POLICIES)
    width, styled = terminal_width(), wants_colour(colour, output)
    if not paths:
        words = report.described(POLICIES)
        with opened(output) as stream:
            if format_ == "table":
                report.write_descriptions(words, stream, width=width, colour=styled)
            else:
                write_words = {"jsonl": report.write_description_lines, "tsv": report.write_description_cells}
                write_words[format_](words, stream)
        return session.exit_code
    wanted = EFFECTS[EFFECT_NAMES.index(effect)]
    incidents = read_records(paths, Incident, stdin=stdin(), on_problem=session.problem_of_records)
    rows = (
        report.Row(incident, wanted, {name: (c.number, c.best) for name, c in choices(incident, wanted).items()})
        for incident in incidents
    )
    with opened(output) as stream:
        if format_ == "table":
            report.write_choices(rows, names, stream, width=width, colour=styled)
        else:
            write = {"jsonl": report.write_choice_lines, "tsv": report.write_choice_cells}
            write[format_](rows, names, stream)
    session.summary()
    return session.exit_code
