"""The words that reading knows: names of fields, months, cues and agencies, from the TOML files beside this module."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]


def fold(word: str) -> str:
    """Lower case without accents: how words are compared here."""
    if word.isascii():
        return word.lower().strip()  # nearly always, and all that is left to do
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character)).strip()


def fold_aligned(text: str) -> str:
    """``text`` folded character by character, so that offsets into it are offsets into ``text``."""
    if text.isascii():
        return text.lower()
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character


@lru_cache(maxsize=1024)
def fold_key(key: str) -> str:
    """The name of a field as names are compared: lower case, spaces and hyphens as underscores."""
    return key.strip().lstrip("\ufeff").casefold().replace("-", "_").replace(" ", "_")


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file ``name`` of this package."""
    content: Mapping[str, Any] = tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return content


@cache
def field_names() -> Mapping[str, tuple[str, ...]]:
    """Field of an article -> the names that it goes by, the surest first."""
    return {field: tuple(names) for field, names in table("fields.toml")["fields"].items()}


@cache
def field_of() -> Mapping[str, str]:
    """Folded name -> field of an article."""
    return {name: field for field, names in field_names().items() for name in names}


@cache
def months() -> Mapping[str, int]:
    """Folded name of a month -> its number."""
    return {name: int(number) for number, names in table("head.toml")["months"].items() for name in names}


@cache
def empty_values() -> frozenset[str]:
    """What tools write for "nothing"."""
    return frozenset(table("fields.toml")["empty"]["values"])
