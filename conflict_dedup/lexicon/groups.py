"""Armed groups by name, from ``groups.toml``, and what else tells of a country, from ``country_signs.toml``.

Both are found in tokens of any language.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from conflict_dedup.lexicon.language import END, Node, words

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11

EXACT_LETTERS = 5
"""A name of so many letters at most, two of them capitals, counts only as written: "IS", "LeT" are no words."""


class Named(msgspec.Struct, frozen=True, gc=False):
    """A stretch of tokens that names an armed group, or (``name`` is empty) something else of a country's own."""

    start: int
    end: int
    name: str
    countries: tuple[str, ...]


class Alias(msgspec.Struct, frozen=True, gc=False):
    """Whom or what a spelling names, the countries for which that speaks, and how it must be written if it matters."""

    name: str
    countries: tuple[str, ...]
    exact: str


def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return table


@cache
def _groups() -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = _table("groups.toml")["group"]
    return groups


@cache
def group_names(kind: str = "group") -> frozenset[str]:
    """The names of all groups of a kind, as they are printed: group, criminal, coalition or state."""
    return frozenset(group["name"] for group in _groups() if group.get("kind", "group") == kind)


def spellings() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every spelling with the group that it names (empty: it is another sign), and the countries that it speaks for."""
    for codes, signs in _table("country_signs.toml")["signs"].items():
        for sign in signs:
            yield sign, "", tuple(codes.split())
    for group in _groups():
        for alias in (group["name"], *group.get("aliases", ())):
            yield alias, group["name"], tuple(group.get("countries", ()))


@cache
def _trie() -> Node:
    root: Node = {}
    for alias, name, countries in spellings():
        node = root
        for token in words(alias):
            node = node.setdefault(token, {})
        exact = len(alias) <= EXACT_LETTERS and sum(map(str.isupper, alias)) > 1
        node[END] = Alias(name, countries, alias if exact else "")
    return root


def first_words() -> frozenset[str]:
    """The words, in lower case, with which the names begin."""
    return frozenset(_trie())


def named(low: list[str], written: list[str], starts: Iterable[int]) -> list[Named]:
    """What is named in a text, the longest reading of each.

    Args:
        low: the lower-cased tokens.
        written: the tokens as written.
        starts: the tokens with which a name may begin, at least those that are ``first_words``.
    """
    trie = _trie()
    found: list[Named] = []
    reach = 0
    for i in starts:
        node = trie.get(low[i])
        if node is None or i < reach:
            continue
        j = i + 1
        best: Named | None = None
        while True:
            alias: Alias | None = node.get(END)
            if alias is not None and (not alias.exact or "".join(written[i:j]) == alias.exact):
                best = Named(i, j, alias.name, alias.countries)
            if j >= len(low) or low[j] not in node:
                break
            node = node[low[j]]
            j += 1
        if best is not None:
            found.append(best)
            reach = best.end
    return found
