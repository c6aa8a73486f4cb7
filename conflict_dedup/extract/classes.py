"""What the tokens of a document are, coarsely and in any language: what features say of a token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conflict_dedup.lexicon.language import EFFECT_GROUPS, Language

if TYPE_CHECKING:
    from conflict_dedup.extract.document import Mark

PLAIN_MARKS = frozenset(",.;:()-'\"")
SIGN_CLASSES = (
    "sign.released",
    "sign.attribution_verb",
    "sign.superseded",
    "sign.toll_verb",
    "sign.subset",
    "sign.cumulative",
)


class TokenClasses(dict[int, str]):
    """The class of each token by its number, worked out when it is first asked for; ``^`` beyond either end.

    A closed class of the language, the lexicon's group (effects before numbers before people, units and cues), or the
    token's look: ``num``, ``Cap``, ``w``, the mark itself or ``mark``.
    """

    def __init__(self, words: list[str], low: list[str], marks: dict[str, list[Mark]], language: Language) -> None:
        """Takes the tokens as written and in lower case, and their tags."""
        super().__init__()
        self.words = words
        self.low = low
        self.closed = language.closed_class
        self.numbers = language.numbers
        self.effects = {
            m.start: f"{group[0]}.{m.tag.sign}" for group in reversed(EFFECT_GROUPS) for m in marks.get(group, ())
        }
        self.others = {m.start: name[5:] for name in reversed(SIGN_CLASSES) for m in marks.get(name, ())}
        self.others.update((m.start, m.tag.sign) for m in marks.get("unit", ()))
        for name, groups in (("people", ("person", "people")), ("det", ("det",))):
            self.others.update((m.start, name) for group in groups for m in marks.get(group, ()))

    def __missing__(self, k: int) -> str:
        """Classes a token that was not asked for before."""
        if not 0 <= k < len(self.low):
            return "^"
        token = self.low[k]
        if not token[0].isalnum():
            found = token if token in PLAIN_MARKS else "mark"
        else:
            found = self.closed.get(token) or ("num" if token[0].isdecimal() else self.effects.get(k, ""))
            if not found:
                found = "num" if token in self.numbers else self.others.get(k, "")
            if not found:
                found = "Cap" if self.words[k][0].isupper() else "w"
        self[k] = found
        return found
