"""What a candidate is compared by, worked out once: folded names, days as integers, numbers as sets.

Comparing a hundred thousand candidates means a million pairs, so nothing here may be computed twice for a pair. Words
are numbered by how rare they are, and equal sets are one object, so that comparing them reads little memory.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from sys import intern
from typing import Any, TypeVar

import msgspec

from conflict_dedup.lexicon.gazetteer import gazetteer
from conflict_dedup.match.copies import SKETCH_HEAD, repeated_hashes
from conflict_dedup.model import Candidate, Figure, Place

T = TypeVar("T")

NO_DAY = 0
"""Stands for an unknown day; real days are proleptic ordinals, all above 600,000."""

BACKGROUND_CANDIDATES = 300
"""The idf of a word is taken as if the run held so many candidates more, with words of their own and those that many
reports have (``common_terms.json``): in a run of two articles every word is rare, and that must not make every shared
word telling."""

MAX_IDF_BITS = 9.0
"""No single shared word weighs more: a misspelling that one agency reprints is rarer than it is telling."""

COMMON_PLACE_MONTHS = 4
"""A place with incidents in so many different months of one run is one where attacks recur: sharing it says less."""

MONTH_DAYS = 30

RAREST_WORDS = 6
"""Each candidate is looked up under at most so many of its rarest words."""

_LETTERS = re.compile(r"[^\W\d_]+")
_GENERIC = frozenset(
    {"al", "el", "de", "the", "of", "near", "la", "les", "village", "town", "city", "province", "region", "district"}
)
_FORCES = frozenset({"soldiers", "police"})
_MILITANTS = frozenset({"militants"})
_CIVILIANS = frozenset({"civilians", "children", "women", "journalists", "aid_workers"})


def fold(text: str) -> str:
    """Lower case, without accents and marks: "Ménaka" and "menaka" are one."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def name_tokens(name: str) -> tuple[str, ...]:
    """The folded words of a place's name, without articles and words such as "village"."""
    words = _LETTERS.findall(fold(name))
    return tuple(w for w in words if w not in _GENERIC and len(w) > 1) or tuple(words)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The first five consonants of a folded word, doubled letters once: boulikessi and boulkessy are both "blks".

    Spellings from other scripts differ in their vowels first, so blocks are made by what is left without them. A word
    without two consonants stands for itself.
    """
    kept: list[str] = []
    for letter in word.replace("ph", "f").replace("q", "k").replace("c", "k").replace("dj", "j"):
        if letter not in "aeiouyhw'" and (not kept or kept[-1] != letter):
            kept.append(letter)
    return "".join(kept[:5]) if len(kept) > 1 else word


@lru_cache(maxsize=65536)
def _countries_of(word: str) -> tuple[str, ...]:
    """The countries that a folded word names or whose people it names."""
    known = gazetteer()
    return known.country_by_name(word) or known.country_by_demonym(word)


class PlaceFeatures:
    """One place, shared by all candidates that state the same."""

    __slots__ = (
        "admin1",
        "common",
        "country",
        "index",
        "joined",
        "lat",
        "levels",
        "lon",
        "name",
        "precision",
        "tokens",
    )

    def __init__(self, index: int, place: Place) -> None:
        self.index = index
        self.name = place.name
        self.tokens = name_tokens(place.name)
        self.joined = "".join(self.tokens)
        self.admin1 = "".join(name_tokens(place.admin1)) if place.admin1 else ""
        self.country = place.country or ""
        self.lat = place.lat
        self.lon = place.lon
        self.precision = place.precision
        self.common = False
        self.levels: dict[int, str] = {}
        """By the index of another place, the level of the two (``compare_places``), as far as it has been asked for."""


class Features:
    """One candidate, ready to be compared. Days are ordinals, :data:`NO_DAY` when unknown."""

    __slots__ = (
        "_countries",
        "actors",
        "article",
        "candidate",
        "end",
        "event_type",
        "floor",
        "index",
        "inferred",
        "injured",
        "kinds",
        "lead",
        "main",
        "numbers",
        "place",
        "published",
        "sketch",
        "sketch_head",
        "start",
        "targets",
        "term_count",
        "terms",
        "title",
        "toll",
        "toll_low",
        "width",
    )

    def __init__(
        self, index: int, candidate: Candidate, article: int, place: PlaceFeatures | None, corpus: Corpus
    ) -> None:
        self.index = index
        self.article = article
        self.place = place
        self.read_window(candidate)
        published = candidate.report.published
        self.published = published.toordinal() if published else NO_DAY
        self.main = candidate.main
        self.lead: Features | None = None
        """Of one told in passing, what its article is about."""
        self.event_type = candidate.event_type
        self.actors = corpus.folded(candidate.actors.perpetrators + candidate.actors.claimed_by)
        self.targets = corpus.folded(candidate.actors.targets)
        self.title = corpus.title_words(candidate.report.title)
        self.terms = corpus.ranks(candidate.terms)
        self.term_count = len(candidate.terms)
        self._countries: frozenset[str] | None = None
        self.sketch = candidate.sketch
        self.sketch_head = corpus.head(candidate.sketch)
        self._read_figures(candidate.figures, corpus)

    def read_window(self, candidate: Candidate) -> None:
        """Take over a version of the candidate that differs in its window alone."""
        self.candidate = candidate
        window = candidate.window
        self.start = window.start.toordinal() if window else NO_DAY
        self.end = window.end.toordinal() if window else NO_DAY
        self.width = self.end - self.start
        self.inferred = window is not None and window.inferred

    @property
    def rarest(self) -> list[int]:
        """The ranks of the rarest words that at least one other candidate has, the rarest first."""
        return sorted(self.terms)[:RAREST_WORDS]

    @property
    def countries_named(self) -> frozenset[str]:
        """The countries that the headline or the words around the figures name, by name or demonym.

        A place that was found by its own name may be a namesake in another country; a country that is named is not.
        """
        if self._countries is None:
            known = gazetteer().country_words
            words = known.intersection(self.candidate.terms) | (known & self.title)
            self._countries = frozenset([code for word in words for code in _countries_of(word)])
        return self._countries

    def content(self) -> tuple[object, ...]:
        """All that comparisons read. Two candidates of equal content score alike with any third of another article."""
        return (
            self.start,
            self.end,
            self.inferred,
            self.published,
            self.place,
            self.event_type,
            self.numbers,
            self.toll,
            self.toll_low,
            self.floor,
            self.injured,
            self.kinds,
            self.main,
            (self.lead.place, self.lead.start, self.lead.end) if self.lead is not None else None,
            self.actors,
            self.targets,
            self.title,
            self.terms,
            self.term_count,
            self.countries_named,
            self.sketch,
        )

    def _read_figures(self, figures: Iterable[Figure], corpus: Corpus) -> None:
        """The numbers, the toll and the kinds of victims.

        The toll is the largest standing number, or the sum over the categories where no total is printed.
        """
        numbers: set[int] = set()
        injured: set[int] = set()
        kinds: set[str] = set()
        totals: list[Figure] = []
        parts: dict[str, int] = {}
        floor = False
        for f in figures:
            if f.value < 1 or f.derived:
                continue
            if f.effect == "injured":
                if f.bound != "vague":
                    injured.add(f.value)
                continue
            if f.effect != "killed" or f.category == "attackers":
                continue
            if f.category in _FORCES:
                kinds.add("forces")
            elif f.category in _CIVILIANS:
                kinds.add("civilians")
            elif f.category in _MILITANTS:
                kinds.add("militants")
            if f.bound == "vague":
                continue
            numbers.add(f.value)
            if f.subset or f.superseded:
                continue
            if f.bound in {"at_least", "more_than"}:
                floor = True
            if f.category == "total":
                totals.append(f)
            else:
                parts[f.category] = max(parts.get(f.category, 0), f.value)
        self.numbers = corpus.held(numbers)
        self.injured = corpus.held(injured)
        self.kinds = corpus.held(kinds)
        self.floor = floor
        if totals:
            self.toll = max(f.value for f in totals)
            self.toll_low = min(f.value for f in totals)
        elif parts:
            self.toll = sum(parts.values())
            self.toll_low = self.toll
        else:
            self.toll = self.toll_low = max(numbers, default=0)


@cache
def _common_terms() -> dict[str, float]:
    """The words that stand near the figures of many incidents, with the share of these; read once."""
    text = resources.files(__package__).joinpath("common_terms.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, float])


def _idf(population: int, count: float) -> float:
    """The inverse document frequency in bits of a word that so many of a population have, two of which are compared."""
    return max(0.0, min(MAX_IDF_BITS, math.log2(population / (2 * count))))


def _weighed_words(candidates: Iterable[Candidate]) -> tuple[list[str], list[float]]:
    """The words that at least two candidates have, the rarest first, and the idf of each in bits."""
    counts: Counter[str] = Counter()
    population = BACKGROUND_CANDIDATES
    for candidate in candidates:
        counts.update(candidate.terms)
        population += 1
    bits = {n: _idf(population, n) for n in set(counts.values())}
    common = _common_terms()
    named = gazetteer().country_words
    weighed = sorted(
        [
            (-(_idf(population, n + BACKGROUND_CANDIDATES * common[word]) if word in common else bits[n]), word)
            for word, n in counts.items()
            if n > 1 and word not in named
        ]
    )
    return [word for _, word in weighed], [-negative for negative, _ in weighed]


class Corpus:
    """The candidates of one run and what the run as a whole says: which words and places are common in it.

    A word that at least two candidates have is known by its rank, 0 for the rarest; ``words`` and ``idf_bits`` give the
    word and its weight.

    Args:
        candidates: All candidates of the run.
        repeated: Their ``repeated_hashes``, where these are known.
    """

    __slots__ = ("_folded", "_held", "_rank", "_repeated", "_titles", "features", "idf_bits", "places", "words")

    def __init__(self, candidates: Sequence[Candidate], repeated: set[int] | None = None) -> None:
        self.words, self.idf_bits = _weighed_words(candidates)
        self._rank = {word: rank for rank, word in enumerate(self.words)}
        self._folded: dict[tuple[str, ...], frozenset[str]] = {}
        self._held: dict[frozenset[Any], frozenset[Any]] = {}
        self._titles: dict[str, frozenset[str]] = {}
        self._repeated = repeated_hashes(candidates) if repeated is None else repeated
        articles: dict[str, int] = {}
        self.places: dict[Place, PlaceFeatures] = {}
        self.features: list[Features] = []
        for i, candidate in enumerate(candidates):
            number = articles.setdefault(candidate.report.article, len(articles))
            self.features.append(Features(i, candidate, number, self._place(candidate.place), self))
        mains = {f.article: f for f in self.features if f.main}
        for f in self.features:
            if not f.main:
                f.lead = mains.get(f.article)
        self._mark_common_places()

    def ranks(self, terms: Iterable[str]) -> frozenset[int]:
        """The ranks of those words that at least two candidates have; no names of countries."""
        found = [rank for rank in map(self._rank.get, terms) if rank is not None]
        return frozenset(dict.fromkeys(found))  # of a dictionary it takes half the memory that it takes of a list

    def title_words(self, title: str) -> frozenset[str]:
        """The folded words of a headline, short ones left out."""
        found = self._titles.get(title)
        if found is None:
            found = self._titles[title] = frozenset({intern(w) for w in _LETTERS.findall(fold(title)) if len(w) > 3})
        return found

    def head(self, sketch: Sequence[int]) -> frozenset[int]:
        """Those of the smallest hashes of a text that another article has as well."""
        return self.held(self._repeated.intersection(sketch[:SKETCH_HEAD]))

    def folded(self, names: tuple[str, ...]) -> frozenset[str]:
        """The names, folded."""
        found = self._folded.get(names)
        if found is None:
            found = self._folded[names] = frozenset(map(fold, names))
        return found

    def held(self, values: Iterable[T]) -> frozenset[T]:
        """The set of the values, one object for all sets that are equal."""
        found = frozenset(values)
        return self._held.setdefault(found, found)

    def _place(self, place: Place | None) -> PlaceFeatures | None:
        """The place's features, made once for all candidates that state the same place."""
        if place is None:
            return None
        found = self.places.get(place)
        if found is None:
            found = self.places[place] = PlaceFeatures(len(self.places), place)
        return found

    def _mark_common_places(self) -> None:
        """Mark the places where the run tells of incidents in several months."""
        months: dict[tuple[str, str], set[int]] = {}
        for f in self.features:
            if f.place is not None and f.start and f.width <= MONTH_DAYS:
                months.setdefault((f.place.country, f.place.joined), set()).add(f.start // MONTH_DAYS)
        for place in self.places.values():
            place.common = len(months.get((place.country, place.joined), ())) >= COMMON_PLACE_MONTHS
