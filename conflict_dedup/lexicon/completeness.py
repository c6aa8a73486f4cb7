"""What a language file still lacks, held against English: ``python -m conflict_dedup.lexicon.completeness fr``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from conflict_dedup.lexicon.language import LANGUAGES, language, phrases

FEW = 0.25
"""A list with fewer than this share of the English phrases is worth a look."""
VOCABULARIES = ("number.", "date.")
"""Where the keys of a table are words, so that another language has others."""
SMALL = 8
"""English lists so short say nothing about the length of another language's."""


def lacks(code: str) -> list[str]:
    """What the file of a language lacks: tables and keys that English has, empty lists, very short ones.

    Args:
        code: an ISO 639-1 code that has a file.
    """
    model, ours = language(LANGUAGES[0]).source, language(code).source
    return list(_missing(model, ours, ""))


def _missing(model: dict[str, Any], ours: dict[str, Any], path: str) -> Iterator[str]:
    for key, value in model.items():
        name = f"{path}{key}"
        if key not in ours:
            yield f"{name}: missing"
        elif isinstance(value, dict) and path not in VOCABULARIES:
            yield from _missing(value, ours[key], f"{name}.")
        elif isinstance(value, dict):
            if len(value) > SMALL and len(ours[key]) < FEW * len(value):
                yield f"{name}: {len(ours[key])} entries, English has {len(value)}"
        elif isinstance(value, str) and path != "language.":
            there, here = len(phrases(value)), len(phrases(ours[key]))
            if there and not here:
                yield f"{name}: empty, English has {there} phrases"
            elif there > SMALL and here < FEW * there:
                yield f"{name}: {here} phrases, English has {there}"


def main(codes: list[str]) -> int:
    """Prints what each language lacks; 1 when a key is missing or a list empty."""
    grave = False
    for code in codes or list(LANGUAGES[1:]):
        if code not in LANGUAGES:
            sys.stderr.write(f"{code}: no file lang/{code}.toml, or not in LANGUAGES\n")
            return 2
        found = lacks(code)
        grave = grave or any(line.endswith(": missing") or ": empty" in line for line in found)
        sys.stdout.write("".join(f"{code}  {line}\n" for line in found) or f"{code}  complete\n")
    return int(grave)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
