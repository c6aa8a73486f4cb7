"""What the tokens of a document are, coarsely and in any language: what features say of a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_dedup.extract.tokens import TO_ALL, Tokens
from conflict_dedup.lexicon.language import EFFECT_GROUPS

if TYPE_CHECKING:
    from collections.abc import Collection

    from conflict_dedup.extract.document import Mark

SIGN_CLASSES = (
    "sign.released",
    "sign.attribution_verb",
    "sign.superseded",
    "sign.toll_verb",
    "sign.subset",
    "sign.cumulative",
)
BEYOND = ("^", "^", "^")
"""What stands beyond either end of the text: a list ends with it, and counts from there below nought."""


def token_classes(read: Tokens, marks: dict[str, Collection[Mark]]) -> list[str]:
    """The class of each token by its number; ``^`` for up to three beyond either end.

    A closed class of the language, the lexicon's group (effects before numbers before people, units and cues), or the
    token's look: ``num``, ``Cap``, ``w``, the mark itself or ``mark``.
    """
    tokens = read.tokens
    found = [token.kind for token in tokens]
    found.extend(BEYOND)
    for group in reversed(SIGN_CLASSES):
        if group in marks:
            name = group[5:]
            for m in marks[group]:
                if tokens[m.start].open == TO_ALL:
                    found[m.start] = name
    for m in marks.get("unit", ()):
        if tokens[m.start].open == TO_ALL:
            found[m.start] = m.tag.sign
    for name, group in (("people", "person"), ("people", "people"), ("det", "det")):
        for m in marks.get(group, ()):
            if tokens[m.start].open == TO_ALL:
                found[m.start] = name
    for group in reversed(EFFECT_GROUPS):
        for m in marks.get(group, ()):
            if tokens[m.start].open:
                found[m.start] = f"{group[0]}.{m.tag.sign}"
    return found
