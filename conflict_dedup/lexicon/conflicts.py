"""Where armed conflict has been fought: which of two places of one name is the likelier scene."""

from __future__ import annotations

import sys
from functools import cache
from importlib import resources

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11

WARS, VIOLENCE = 0.4, 0.2
"""In votes of the article's names (place_votes.weigh): as much as half a mention, or a quarter."""


def at_war(country: str) -> float:
    """What a country's record of conflict adds to its weight as the scene: 0 where it has none."""
    return weights().get(country, 0.0)


@cache
def weights() -> dict[str, float]:
    """The countries of conflicts.toml with their weight."""
    text = resources.files(__package__).joinpath("conflicts.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    listed = {code.strip(): VIOLENCE for code in table["violence"].split(",")}
    return listed | {code.strip(): WARS for code in table["wars"].split(",")}
