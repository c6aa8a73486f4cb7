"""Made-up articles of about two thousand characters, as full of numbers as ordinary news, or as dense as a digest.

Each is put together as a story is: headline, dateline and lead; what others say of the toll; details and voices;
another incident; in dense ones also what the conflict has cost and who is in the area. Every part is drawn from several
(articles.toml) and filled with names, places, days and numbers, so that two articles seldom share a paragraph and
nothing is fast because it was seen before. The same seed gives the same articles.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from functools import cache
from pathlib import Path
from typing import Any

from conflict_dedup.model import Article

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CHARACTERS = 1_900
"""An article ends with the paragraph that takes it beyond so many characters; the mean is then about 2,000."""

ORDERS = {
    "ordinary": ("leads", "voices", "colour", "details", "colour", "voices", "colour", "others"),
    "dense": ("leads", "tolls", "voices", "details", "others", "colour", "costs", "forces"),
}
"""What the paragraphs are drawn from; when that is not enough, quotations and colour follow.

Counting ages, days and hours, ordinary ones hold 13 numbers, as 2,000 characters of the press's reports of a war do on
the average (FA-KES: 12.8); dense ones hold 19.
"""


@cache
def parts() -> dict[str, Any]:
    """The lists of articles.toml."""
    lists: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return lists


def article(number: int, chance: random.Random, density: str) -> Article:
    """One article; the same number, state of ``chance`` and density give the same text."""
    story = _Story(chance)
    published = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randint(0, 300))
    source = f"Outlet {number % 40}"
    paragraphs: list[str] = []
    kinds = [*ORDERS[density], *("voices", "colour") * 8]
    while sum(map(len, paragraphs)) < CHARACTERS:
        paragraphs.append(story.tell(kinds.pop(0)))
    paragraphs[0] = f"{story.fixed['town'].upper()}, {published:%B} {published.day} ({source}) - {paragraphs[0]}"
    return Article(
        id=f"b{number}",
        title=story.tell("headlines"),
        text="\n\n".join(paragraphs),
        published=published,
        source=source,
        lang="en",
    )


class _Story:
    """What one article tells: its places, days and toll stay; persons and small numbers change with every part."""

    def __init__(self, chance: random.Random) -> None:
        lists = parts()
        self.chance = chance
        self.decks: dict[str, list[str]] = {}
        town, near, division, country, people = chance.choice(lists["places"])
        day, later, other = chance.sample(lists["days"], 3)
        killed = int(min(90, 2 + chance.paretovariate(1.1) * 3))  # most attacks kill few
        self.fixed: dict[str, Any] = {
            "town": town,
            "near": near,
            "division": division,
            "country": country,
            "people": people,
            "village": self._village(),
            "village2": self._village(),
            "day": day,
            "later": later,
            "other": other,
            "killed": killed,
            "risen": killed + chance.randint(1, 9),
            "fewer": max(1, killed - chance.randint(1, 5)),
            "injured": chance.randint(3, 90),
            "victims": chance.choice(lists["victims"]),
            "doers": chance.choice(lists["doers"]),
            "official": chance.choice(lists["officials"]),
            "year": chance.randint(2009, 2020),
        }

    def tell(self, kind: str) -> str:
        """A part of this kind, each once before any comes again."""
        if not self.decks.get(kind):
            self.decks[kind] = self.chance.sample(parts()[kind], len(parts()[kind]))
        text = self.decks[kind].pop().format(**self.fixed, **self._drawn())
        return text[0].upper() + text[1:]

    def _drawn(self) -> dict[str, Any]:
        chance, lists = self.chance, parts()
        return {
            "few": chance.choice(lists["few"]),
            "small": chance.choice(lists["small"]),
            "source": chance.choice(lists["sources"]),
            "name": f"{chance.choice(lists['people'])} {chance.choice(lists['families'])}",
            "age": chance.randint(18, 79),
            "young": chance.randint(8, 17),
            "far": chance.randint(12, 70),
            "hour": chance.randint(2, 11),
            "month": chance.choice(lists["months"]),
            "earlier": chance.randint(3, 60),
            "victims2": chance.choice(lists["victims"]),
            "thousands": chance.randint(2, 40),
            "hundreds": chance.randint(110, 980),
        }

    def _village(self) -> str:
        """A name that is in no gazetteer, or hardly."""
        return str(self.chance.choice(parts()["starts"])) + str(self.chance.choice(parts()["ends"]))


def articles(count: int, seed: int = 1, density: str = "dense") -> list[Article]:
    """So many articles, reproducibly; ``density`` is one of ``ORDERS``."""
    chance = random.Random(seed)
    return [article(n, chance, density) for n in range(count)]
