"""``--version``: the number, and whether extraction and matching are compiled."""

from __future__ import annotations

from importlib.machinery import PathFinder
from pathlib import Path

import click

from conflict_dedup import __version__

EXTRACT = Path(__file__).parent.parent / "extract"


def is_compiled() -> bool:
    """Whether the modules that would be imported are compiled ones, told by one of them; imports none of them."""
    found = PathFinder.find_spec("conflict_dedup.extract.tokens", [str(EXTRACT)])
    return found is not None and not str(found.origin).endswith(".py")


def _print_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    click.echo(f"conflict-dedup {__version__} ({'compiled' if is_compiled() else 'pure Python'})")
    ctx.exit()


version_option = click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_print_version,
    help="Show the version, and whether extraction and matching are compiled, and exit.",
)
