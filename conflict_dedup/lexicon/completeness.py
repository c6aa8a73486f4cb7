"""What a language file lacks, or has in vain, beside English: ``python -m conflict_dedup.lexicon.completeness fr``.

The file is read as it is: one with a table too few is no language yet, and what it lacks is what has to be told.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import resources
from typing import Any

from conflict_dedup.lexicon.language import LANGUAGES, phrases

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11

FEW = 0.25
"""A list with fewer than this share of the English phrases is worth a look."""
VOCABULARIES = ("number.", "date.")
"""Where the keys of a table are words, so that another language has others."""
SMALL = 8
"""English lists so short say nothing about the length of another language's."""
OPTIONAL = frozenset(("date.before_month", "grammar.of_age", "grammar.attributive"))
"""Lists for ways of English that another language need not have."""
NOT_ENGLISH = frozenset(
    (
        "number.approximate",
        "date.before_ago",
        "date.first_day",
        "date.ordinal_marks",
        "date.ordinal_weekdays",
        "date.weekday_ending",
        "grammar.object",
        "grammar.of_the",
        "grammar.partitive",
    )
)
"""Lists for ways of other languages that English has not, and rules read."""
GRAVE = ("missing", "empty", "no table", "no list", "not in English", "not in LANGUAGES")
"""What keeps a language from being read, or a rule from ever holding in it."""


def lacks(code: str) -> list[str]:
    """What the file of a language lacks: tables and keys that English has, empty lists, very short ones.

    What it has and no rule reads is named too: mostly a slip of the pen.

    Args:
        code: an ISO 639-1 code that has a file, whether or not it is in ``LANGUAGES`` yet.

    Raises:
        FileNotFoundError: no file has that code.
        tomllib.TOMLDecodeError: the file is no TOML.
    """
    found = lacking(_source(LANGUAGES[0]), _source(code))
    if code not in LANGUAGES:
        found.append(f"{code}: not in LANGUAGES (conflict_dedup/lexicon/language.py)")
    return found


def lacking(model: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    """What one parsed language file lacks, and what of it no rule reads, held against another, one line each."""
    return [*_missing(model, ours, ""), *_unread(model, ours, "")]


def is_grave(line: str) -> bool:
    """Whether a line of ``lacks`` names more than a short list."""
    return line.partition(": ")[2].startswith(GRAVE)


def _source(code: str) -> dict[str, Any]:
    """The file of a language, parsed."""
    file = resources.files(__package__).joinpath("lang").joinpath(f"{code}.toml")
    source: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return source


def _missing(model: dict[str, Any], ours: dict[str, Any], path: str) -> Iterator[str]:
    for key, value in model.items():
        name = f"{path}{key}"
        if key not in ours:
            if name not in OPTIONAL:
                yield f"{name}: missing"
        elif isinstance(value, dict):
            yield from _table(value, ours[key], name, vocabulary=path in VOCABULARIES)
        elif isinstance(value, str) and path != "language.":
            yield from _list(value, ours[key], name)


def _unread(model: dict[str, Any], ours: dict[str, Any], path: str) -> Iterator[str]:
    """The keys that neither English nor ``NOT_ENGLISH`` has."""
    for key, value in ours.items():
        name = f"{path}{key}"
        if key not in model and name not in NOT_ENGLISH:
            yield f"{name}: not in English, and read by no rule"
        elif isinstance(value, dict) and isinstance(model.get(key), dict) and path not in VOCABULARIES:
            yield from _unread(model[key], value, f"{name}.")


def _table(model: dict[str, Any], ours: Any, name: str, *, vocabulary: bool) -> Iterator[str]:
    if not isinstance(ours, dict):
        yield f"{name}: no table, English has one"
    elif not vocabulary:
        yield from _missing(model, ours, f"{name}.")
    elif len(model) > SMALL and len(ours) < FEW * len(model):  # "hundred" is a word apart in English, not in Spanish
        yield f"{name}: {f'{len(ours)} entries' if ours else 'empty'}, English has {len(model)}"


def _list(model: str, ours: Any, name: str) -> Iterator[str]:
    if not isinstance(ours, str):
        yield f"{name}: no list, English has one"
        return
    there, here = len(phrases(model)), len(phrases(ours))
    if there and not here:
        yield f"{name}: empty, English has {there} phrases"
    elif there > SMALL and here < FEW * there:
        yield f"{name}: {here} phrases, English has {there}"


def main(codes: list[str]) -> int:
    """Prints what each language lacks; 1 when more than a short list, 2 when there is no such file."""
    grave = False
    for code in codes or list(LANGUAGES[1:]):
        try:
            found = lacks(code)
        except FileNotFoundError:
            sys.stderr.write(f"{code}: no file conflict_dedup/lexicon/lang/{code}.toml; copy en.toml to begin one\n")
            return 2
        except tomllib.TOMLDecodeError as why:
            sys.stderr.write(f"{code}: lang/{code}.toml is no TOML: {why}\n")
            return 2
        grave = grave or any(map(is_grave, found))
        sys.stdout.write("".join(f"{code}  {line}\n" for line in found) or f"{code}  complete\n")
    return int(grave)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
