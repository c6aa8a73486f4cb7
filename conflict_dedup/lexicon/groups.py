"""Armed groups and forces by name, from ``groups.toml``, found in tokens of any language."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import Any

from conflict_dedup.lexicon.language import END, Node, words

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11


@lru_cache(maxsize=1)
def _groups() -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath("groups.toml").read_text(encoding="utf-8")
    groups: list[dict[str, Any]] = tomllib.loads(text)["group"]
    return groups


def group_names() -> frozenset[str]:
    """The names of all groups, as they are printed."""
    return frozenset(group["name"] for group in _groups())


@lru_cache(maxsize=1)
def _trie() -> Node:
    root: Node = {}
    for group in _groups():
        for alias in (group["name"], *group.get("aliases", ())):
            node = root
            # Acronyms of two or three letters are matched as written, so that "is" is no group.
            for token in words(alias):
                node = node.setdefault(token, {})
            node[END] = (group["name"], len(alias) <= 4 and alias.isupper())
    return root


def first_words() -> frozenset[str]:
    """The words, in lower case, with which the groups' names begin."""
    return frozenset(_trie())


def named_groups(low: list[str], written: list[str], starts: Iterable[int]) -> list[tuple[int, int, str]]:
    """The named groups in a text, ``(start token, end token, name)``, the longest reading of each.

    Args:
        low: the lower-cased tokens.
        written: the tokens as written; short acronyms count only in capitals.
        starts: the tokens with which a name may begin, at least those that are ``first_words``.
    """
    trie = _trie()
    found: list[tuple[int, int, str]] = []
    reach = 0
    for i in starts:
        node = trie.get(low[i])
        if node is None or i < reach:
            continue
        j = i + 1
        best: tuple[int, int, str] | None = None
        while True:
            end = node.get(END)
            if end and (not end[1] or written[i].isupper()):
                best = (i, j, end[0])
            if j >= len(low) or low[j] not in node:
                break
            node = node[low[j]]
            j += 1
        if best:
            found.append(best)
            reach = best[1]
    return found
