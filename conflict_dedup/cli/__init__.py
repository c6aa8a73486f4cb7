"""The command line: parse, call, render. A command is one module; they are gathered here."""

from __future__ import annotations

import click

from conflict_dedup.cli import options, settings
from conflict_dedup.cli.completion import completion
from conflict_dedup.cli.config import config
from conflict_dedup.cli.diff import diff
from conflict_dedup.cli.evaluate import evaluate
from conflict_dedup.cli.explain import explain
from conflict_dedup.cli.extract import extract
from conflict_dedup.cli.match import match
from conflict_dedup.cli.policies import policies
from conflict_dedup.cli.report import report
from conflict_dedup.cli.run import run
from conflict_dedup.cli.schema import schema
from conflict_dedup.cli.show import show
from conflict_dedup.cli.version import version_option

COMMANDS: tuple[click.Command, ...] = (
    run,
    extract,
    match,
    report,
    explain,
    show,
    diff,
    policies,
    evaluate,
    schema,
    config,
    completion,
)
"""In the order of `conflict-dedup --help`."""


class _InOrder(click.Group):
    """Lists its commands as they were added, the one that most people want first."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=options.examples(
        "conflict-dedup run samples/",
        "conflict-dedup extract samples/ | conflict-dedup match | conflict-dedup report --format csv",
        "conflict-dedup explain indelimane samples/",
    )
    + "\n\nExit codes: 0, 1 something was left out (unreadable, or not written), 2 usage, 130 interrupted, "
    "129 and 143 ended by SIGHUP or SIGTERM.",
)
@version_option
def program() -> None:
    """Find the incidents in news on armed conflict, match them across sources and reconcile their tolls."""


for command in COMMANDS:
    program.add_command(command)
settings.bind(program)
