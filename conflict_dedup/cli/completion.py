"""`completion`: the script that lets a shell complete our commands, options and their values."""

from __future__ import annotations

import click

from conflict_dedup.cli import options

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "conflict-dedup"
VARIABLE = "_CONFLICT_DEDUP_COMPLETE"
"""The script calls the program with this variable; `__main__` then answers with completions."""


@click.command(
    short_help="A script for completion in bash, zsh or fish.",
    epilog=options.examples(
        "conflict-dedup completion bash > conflict-dedup.bash",
        'eval "$(conflict-dedup completion bash)"',
        "conflict-dedup completion fish > conflict-dedup.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(context: click.Context, *, shell: str) -> int:
    """Print the script that completes commands, options, their values and file names in SHELL.

    To have it in every shell: bash, `eval "$(conflict-dedup completion bash)"` in ~/.bashrc; zsh, the same with zsh in
    ~/.zshrc, after compinit; fish, save it as ~/.config/fish/completions/conflict-dedup.fish.
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415 - not for --help

    script = get_completion_class(shell)
    assert script is not None  # noqa: S101 - Click knows these three
    click.echo(script(context.find_root().command, {}, PROGRAM, VARIABLE).source())
    return 0
