"""A place name in a text and the places of an article, as they are found, weighed and resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from conflict_dedup.extract.document import Document
from conflict_dedup.lexicon.conflicts import at_war
from conflict_dedup.lexicon.entries import Entry
from conflict_dedup.lexicon.gazetteer import fold

TOWNS = frozenset(("town", "capital", "site"))
FINE = TOWNS | {"admin2"}
"""The kinds of entries that are the scene of an attack rather than what it lies in."""
DIVISIONS = frozenset(("admin1", "admin2", "region"))
SCENE_CONTEXTS = frozenset(("in", "near", "kind"))
"""What stands before a name where something happens, and makes it a place whether it is known or not."""
LEVELS = {"country": 0, "admin1": 1, "region": 1, "admin2": 2}


class Mention(msgspec.Struct):
    """A place name at tokens ``[start, end)``.

    ``context`` is what stands before it: in, near, from, kind ("the village of"), of, comma, and, start, border, none.
    """

    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    context: str
    entry: Entry | None = None
    countries: tuple[str, ...] = ()
    demonym: bool = False
    precision: int = 1
    container: Entry | None = None

    @property
    def fine(self) -> bool:
        """Whether it names a town, a village or a site rather than a division or a country."""
        if self.demonym:
            return False
        return self.entry is None or self.entry.kind in FINE

    @property
    def level(self) -> int:
        """3 town or unknown village, 2 second-level division, 1 first-level division or region, 0 country."""
        if self.demonym:
            return 0
        if self.entry is None:
            return 3
        return LEVELS.get(self.entry.kind, 3)

    @property
    def key(self) -> str:
        """What two mentions of one place share."""
        return folded(self.entry.name if self.entry else self.name)

    @property
    def country(self) -> str | None:
        """Its country, where it has one."""
        if self.entry is not None:
            return self.entry.country
        if self.container is not None:
            return self.container.country
        return self.countries[0] if self.countries else None


@dataclass(slots=True)
class Geography:
    """The places of an article.

    Attributes:
        mentions: in reading order, resolved.
        countries: the countries that it speaks of, weighted; ``own``: what each name (folded) adds to them.
        local: by paragraph, the countries named in it (by name, demonym or division), with the names that say so.
        heads: the places that head paragraphs; ``lines``: the places, demonyms apart, by sentence.
        shares: what ``shares`` has worked out, by name.
    """

    mentions: list[Mention] = field(default_factory=list)
    countries: dict[str, float] = field(default_factory=dict)
    own: dict[str, dict[str, float]] = field(default_factory=dict)
    local: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    heads: dict[int, Mention] = field(default_factory=dict)
    lines: dict[int, list[Mention]] = field(default_factory=dict)
    shares: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def country(self) -> str | None:
        """The country that the article is about."""
        return max(self.countries, key=lambda c: (self.countries[c] + at_war(c), c)) if self.countries else None


folded = lru_cache(maxsize=65536)(fold)
"""``fold``, remembered: an article repeats its names."""
HOLDER_TOKENS = 8
"""What holds a place is named within so many tokens after it: "Zamora, Mexico", "Palma, in northern Mozambique"."""


def in_apposition(doc: Document, start: int, end: int) -> bool:
    """Whether nothing but what places a place stands between two of them: commas, prepositions, kinds, directions."""
    if end - start > HOLDER_TOKENS:
        return False
    sets = doc.language.sets
    kinds, directions = doc.at.get("place.kind", {}), doc.at.get("place.direction", {})
    return all(
        k in kinds
        or k in directions
        or token in (",", "(", "-", "'")
        or token in sets["preposition"]
        or token in sets["definite"]
        or token in sets["article"]
        for k, token in enumerate(doc.low[start:end], start)
    )
