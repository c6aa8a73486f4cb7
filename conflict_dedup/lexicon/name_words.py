"""Words of names in articles of any language: the Arabic article, particles, streets (``name_words.toml``)."""

from __future__ import annotations

import sys
from functools import cache
from importlib import resources
from typing import NamedTuple

from conflict_dedup.lexicon.language import phrases

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11


class NameWords(NamedTuple):
    """Single words in lower case; the file says beside each list what it is for."""

    article: frozenset[str]
    lower_case: frozenset[str]
    opening: frozenset[str]
    first_half: frozenset[str]
    joining: frozenset[str]
    particle: frozenset[str]
    within_person: frozenset[str]
    way: frozenset[str]
    shortened: frozenset[str]


@cache
def name_words() -> NameWords:
    """The lists of the file."""
    text = resources.files(__package__).joinpath("name_words.toml").read_text(encoding="utf-8")
    return NameWords(**{name: frozenset(phrases(listed)) for name, listed in tomllib.loads(text).items()})
