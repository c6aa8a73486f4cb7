"""Where in a few words a number stands that is already known, to point at it. Reads the tables of numbers alone."""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import Any, NamedTuple

from conflict_dedup.lexicon.language import LANGUAGES, number_tables

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11

_DIGITS = re.compile(r"\d+(?:[.,'’ \u00a0\u2009\u202f]\d{3})*(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_ONLY = re.compile(r"\D")


class _Words(NamedTuple):
    """The numbers of one language: ``kinds`` by word, ``phrases`` of a value of their own, the longest first.

    ``token`` finds words, and those of the numerals that are several ("quatre-vingt") as one.
    """

    token: re.Pattern[str]
    kinds: dict[str, tuple[str, int]]
    phrases: tuple[tuple[str, int], ...]
    joiners: frozenset[str]
    articles: frozenset[str]


@cache
def _words(code: str) -> _Words:
    table: dict[str, Any] = tomllib.loads(number_tables(code))["number"]
    kinds = {
        word.lower(): (kind, value)
        for kind in ("units", "tens", "hundreds", "multipliers", "collective")
        for word, value in table.get(kind, {}).items()
    }
    phrases = {**table["vague"], **table["fixed"], **table.get("approximate", {})}
    several = sorted((word for word in kinds if not word.isalpha()), key=len, reverse=True)
    return _Words(
        token=re.compile("|".join([*(rf"\b{re.escape(word)}\b" for word in several), _WORD.pattern])),
        kinds=kinds,
        phrases=tuple(sorted(phrases.items(), key=lambda one: (-len(one[0]), one[0]))),
        joiners=frozenset(_listed(table["joiners"])),
        articles=frozenset(_listed(table["article"])),
    )


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


def number_in(text: str, value: int) -> tuple[int, int] | None:
    """Where ``text`` says ``value``, in digits or in words of any language that is read; None when it does not.

    Digits first, then numerals, then phrases ("two dozen", "a dozen", "des dizaines"), at last the article as one.
    """
    for found in _DIGITS.finditer(text):
        if int(_LETTERS_ONLY.sub("", found.group())) == value:
            return found.span()
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that has no small form of one character; offsets would not hold
        return None
    for look in (_numeral, _phrase, _article):
        for code in LANGUAGES:
            span = look(lowered, value, _words(code))
            if span is not None:
                return span
    return None


def _numeral(text: str, value: int, words: _Words) -> tuple[int, int] | None:
    """The longest run of numerals, joined by "and" or hyphens, that comes to the value."""
    tokens = list(words.token.finditer(text))
    for first, token in enumerate(tokens):
        if token.group() not in words.kinds:
            continue
        run: list[tuple[str, int]] = []
        best: tuple[int, int] | None = None
        for token_ in tokens[first:]:
            kind = words.kinds.get(token_.group())
            if kind is None and token_.group() not in words.joiners:
                break
            if kind is not None:
                run.append(kind)
                if _sum(run) == value:
                    best = (token.start(), token_.end())
        if best is not None:
            return best
    return None


def _sum(run: list[tuple[str, int]]) -> int:
    total = current = 0
    for kind, value in run:
        if kind == "multipliers":
            total, current = total + max(current, 1) * value, 0
        elif kind == "collective" or (kind == "hundreds" and 0 < current < 10):
            current = max(current, 1) * value
        else:
            current += value
    return total + current


def _phrase(text: str, value: int, words: _Words) -> tuple[int, int] | None:
    for phrase, worth in words.phrases:
        if worth == value:
            found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)
            if found:
                return found.span()
    return None


def _article(text: str, value: int, words: _Words) -> tuple[int, int] | None:
    if value != 1:
        return None
    found = next((token for token in _WORD.finditer(text) if token.group() in words.articles), None)
    return found.span() if found else None
