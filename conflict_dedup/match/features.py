"""What a candidate is compared by, worked out once: folded names, days as integers, numbers as sets.

Comparing a hundred thousand candidates means a million pairs, so nothing here may be computed twice for a pair.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from conflict_dedup.lexicon.gazetteer import gazetteer
from conflict_dedup.model import Candidate, Figure, Place

NO_DAY = 0
"""Stands for an unknown day; real days are proleptic ordinals, all above 600,000."""

BACKGROUND_CANDIDATES = 300
"""The idf of a word is taken as if the run held so many candidates more, each with words of its own: in a run of two
articles every word is rare, and that must not make every shared word telling."""

MAX_IDF_BITS = 9.0
"""No single shared word weighs more: a misspelling that one agency reprints is rarer than it is telling."""

COMMON_PLACE_MONTHS = 4
"""A place with incidents in so many different months of one run is one where attacks recur: sharing it says less."""

MONTH_DAYS = 30

RAREST_WORDS = 6
"""Each candidate is looked up under at most so many of its rarest words."""

SKETCH_HEAD = 16
"""Two texts of which none of so many smallest hashes is common share too little to be looked at more closely: at a
resemblance of 0.3 that happens to one pair in a hundred."""

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

    __slots__ = ("admin1", "common", "country", "index", "joined", "lat", "lon", "name", "precision", "tokens")

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


class Features:
    """One candidate, ready to be compared. Days are ordinals, :data:`NO_DAY` when unknown."""

    __slots__ = (
        "_countries",
        "actors",
        "article",
        "attackers",
        "candidate",
        "end",
        "event_type",
        "floor",
        "index",
        "inferred",
        "injured",
        "kinds",
        "main",
        "numbers",
        "place",
        "published",
        "rarest",
        "sketch",
        "sketch_head",
        "start",
        "targets",
        "terms",
        "title",
        "toll",
        "toll_low",
        "width",
    )

    def __init__(self, index: int, candidate: Candidate, article: int, place: PlaceFeatures | None) -> None:
        self.index = index
        self.candidate = candidate
        self.article = article
        self.place = place
        window = candidate.window
        self.start = window.start.toordinal() if window else NO_DAY
        self.end = window.end.toordinal() if window else NO_DAY
        self.width = self.end - self.start
        self.inferred = window is not None and window.inferred
        published = candidate.report.published
        self.published = published.toordinal() if published else NO_DAY
        self.main = candidate.main
        self.event_type = candidate.event_type
        self.actors = frozenset(map(fold, candidate.actors.perpetrators + candidate.actors.claimed_by))
        self.targets = frozenset(map(fold, candidate.actors.targets))
        self.terms = frozenset(candidate.terms)
        self.title = frozenset(w for w in _LETTERS.findall(fold(candidate.report.title)) if len(w) > 3)
        self._countries: frozenset[str] | None = None
        self.rarest: tuple[str, ...] = ()
        self.sketch = candidate.sketch
        self.sketch_head = frozenset(candidate.sketch[:SKETCH_HEAD])
        self._read_figures(candidate.figures)

    @property
    def countries_named(self) -> frozenset[str]:
        """The countries that the headline or the words around the figures name, by name or demonym.

        A place that was found by its own name may be a namesake in another country; a country that is named is not.
        """
        if self._countries is None:
            named: set[str] = set()
            for word in self.terms | self.title:
                named.update(_countries_of(word))
            self._countries = frozenset(named)
        return self._countries

    def _read_figures(self, figures: Iterable[Figure]) -> None:
        """The numbers, the toll and the kinds of victims.

        The toll is the largest standing number, or the sum over the categories where no total is printed.
        """
        numbers: set[int] = set()
        injured: set[int] = set()
        kinds: set[str] = set()
        attackers: set[int] = set()
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
            if f.effect != "killed":
                continue
            if f.category == "attackers":
                attackers.add(f.value)
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
        self.numbers = frozenset(numbers)
        self.injured = frozenset(injured)
        self.kinds = frozenset(kinds)
        self.attackers = frozenset(attackers)
        self.floor = floor
        if totals:
            self.toll = max(f.value for f in totals)
            self.toll_low = min(f.value for f in totals)
        elif parts:
            self.toll = sum(parts.values())
            self.toll_low = self.toll
        else:
            self.toll = self.toll_low = max(numbers, default=0)


class Corpus:
    """The candidates of one run and what the run as a whole says: which words and places are common in it."""

    __slots__ = ("features", "idf_bits", "place_levels", "places")

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        counts: Counter[str] = Counter()
        for candidate in candidates:
            counts.update(candidate.terms)
        population = len(candidates) + BACKGROUND_CANDIDATES
        cache: dict[int, float] = {}
        self.idf_bits: dict[str, float] = {}
        for term, count in counts.items():
            if count > 1:
                bits = cache.get(count)
                if bits is None:
                    bits = cache[count] = max(0.0, min(MAX_IDF_BITS, math.log2(population / (2 * count))))
                self.idf_bits[term] = bits
        articles: dict[str, int] = {}
        self.places: dict[tuple[object, ...], PlaceFeatures] = {}
        self.place_levels: dict[tuple[int, int], str] = {}
        self.features: list[Features] = []
        for i, candidate in enumerate(candidates):
            number = articles.setdefault(candidate.report.article, len(articles))
            made = Features(i, candidate, number, self._place(candidate))
            made.rarest = self._rarest(candidate.terms)
            self.features.append(made)
        self._mark_common_places()

    def replace(self, index: int, candidate: Candidate) -> None:
        """Put another version of a candidate in its place: the same but for its window."""
        old = self.features[index]
        self.features[index] = Features(index, candidate, old.article, old.place)
        self.features[index].rarest = old.rarest

    def _rarest(self, terms: Iterable[str]) -> tuple[str, ...]:
        """The rarest words of a candidate that at least one other has, the rarest first."""
        idf = self.idf_bits
        shared = [(-idf[t], t) for t in terms if t in idf]
        shared.sort()
        return tuple([t for _, t in shared[:RAREST_WORDS]])

    def _place(self, candidate: Candidate) -> PlaceFeatures | None:
        """The place's features, made once for all candidates that state the same place."""
        place = candidate.place
        if place is None:
            return None
        key = (place.name, place.admin1, place.country, place.lat, place.lon, place.precision)
        found = self.places.get(key)
        if found is None:
            found = self.places[key] = PlaceFeatures(len(self.places), place)
        return found

    def _mark_common_places(self) -> None:
        """Mark the places where the run tells of incidents in several months."""
        months: dict[tuple[str, str], set[int]] = {}
        for f in self.features:
            if f.place is not None and f.start and f.width <= MONTH_DAYS:
                months.setdefault((f.place.country, f.place.joined), set()).add(f.start // MONTH_DAYS)
        for place in self.places.values():
            place.common = len(months.get((place.country, place.joined), ())) >= COMMON_PLACE_MONTHS
