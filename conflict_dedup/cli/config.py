"""`config`: what each option is when it is not given, and who said so."""

from __future__ import annotations

import click

from conflict_dedup.cli import options, settings
from conflict_dedup.cli.session import Session, opened, tabular_format, terminal_width, wants_colour


@click.command(
    short_help="Each option's value, and where it comes from.",
    epilog=options.examples(
        "conflict-dedup config",
        "conflict-dedup config run --changed",
        "CONFLICT_DEDUP_BEST=acled conflict-dedup config run --format tsv",
    ),
)
@click.argument("command", required=False, shell_complete=options.command_names)
@click.option("--changed", is_flag=True, help="Only what is not the default.")
@options.output
@options.tabular
@options.colour
@options.talkative
@click.pass_context
def config(
    context: click.Context,
    *,
    command: str | None,
    changed: bool,
    output: str | None,
    format_: str | None,
    colour: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Print what each option of each command, or of COMMAND, is when it is not given, and where that comes from.

    A flag wins over the environment, this over ./conflict-dedup.toml, this over the user's config.toml, this over the
    default. docs/configuration.md shows the files.
    """
    from conflict_dedup.report import settings as report  # noqa: PLC0415 - not for --help

    session = Session(quiet=quiet, verbose=verbose)
    group = context.find_root().command
    assert isinstance(group, click.Group)  # noqa: S101 - the root is `program`
    if command is not None and command not in group.commands:
        raise click.BadParameter(f"there is no command {command!r}", param_hint="COMMAND")
    for variable in settings.unknown_variables(group):
        session.note(f"{variable} in the environment is no option's")
    layers = settings.sources(context)
    found = (
        report.Row(s.command, s.option, s.value, s.origin, s.variable)
        for s in settings.settings(group, layers, only=command)
        if not changed or s.origin != "default"
    )
    with opened(output) as stream:
        if (chosen := tabular_format(format_, output)) == "table":
            read = [layer.name for layer in layers if layer.name]
            report.write_table(found, read, stream, width=terminal_width(), colour=wants_colour(colour, output))
        else:
            report.WRITERS[chosen](found, stream)
    return session.exit_code
