r"""Where places are: countries, divisions, regions, towns and sites, read from one compact file.

The file (``data/gazetteer.bin``) is made by ``tools/build_gazetteer.py`` from GeoNames data and from the TOML files
beside this module. It is mapped into memory, never parsed as a whole: opening costs about a millisecond, a first
look-up some microseconds.

Layout, all numbers little-endian: eight bytes of magic, the length of the header, the header (JSON: counts, digests
of the sources, where each section lies), the sections. A record has a fixed size (``RECORD``). Names are found by a
hash: ``crc32(key) % buckets`` leads to a short stretch of ``\xff key \xfe postings``; neither byte occurs in UTF-8,
and postings are written in base 253, so that a plain ``bytes.find`` is exact.
"""

from __future__ import annotations

import functools
import math
import mmap
import re
import struct
import unicodedata
import zlib
from pathlib import Path
from typing import Any, Literal

import msgspec

from conflict_dedup.lexicon.entries import KINDS, Entry

Lang = Literal["en", "fr", "es", "pt"]

MAGIC = b"cdgaz\x00\x01\n"
RECORD = struct.Struct("<iiIIHHB")
"""lat and lon in 1e-4 degree (11 m), population, offset of the name, group of countries, admin1, kind + 8 *
precision."""

KEY_START, KEY_END, COMMON_MARK, POSTING_BASE = 0xFF, 0xFE, 0xFD, 253
POSTING_BYTES = 3
HEAD_SLOTS = 1 << 19
"""Slots of the table behind ``starts``: two a byte. Some 60,000 first words fill it by a ninth."""

FUZZY_FIRST_CUTOFF = 65.0
"""Least plain similarity (0-100, rapidfuzz's ratio) of two folded names that are compared any further."""
FUZZY_CUTOFF, FUZZY_SHORT_CUTOFF, FUZZY_SHORT = 85.0, 92.0, 5
"""Least similarity (0-100) of two names after ``skeleton``, the second for skeletons of at most ``FUZZY_SHORT``
letters.

Admits one differing letter in seven; none in a short name. Chosen on pairs that outlets do print: Boulikessi/Boulkessy,
Aribinda/Arbinda, Barsalogho/Barsaloko and Qamishli/Qamishlu pass; Djibo/Djibasso, Bamba/Banamba and Tessit/Tessalit do
not."""
FUZZY_LIMIT = 5
"""The most names that ``fuzzy`` returns the entries of."""

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

_ARTICLE = re.compile(r"(?:^|(?<= ))(?:[aeu]l|[aeiou](sh|th|dh|[dnrstz])(?= \1)) (?=\S)")
ARTICLE = re.compile(r"[aeiou](?:l|sh|th|dh|[dnrstz])")
"""The Arabic article as a folded word by itself, which ``fold`` may write as ``FOLDED_ARTICLE``."""
FOLDED_ARTICLE = "al"
_INITIALS = re.compile(r"\b((?:[^\W\d_]\.)+[^\W\d_])\.?(?![^\W\d_])")
_SPACES = re.compile(r"[\s\-‐‑‒–—/_]+")
_DROPPED = str.maketrans(dict.fromkeys("'’‘ʼʻʿʾ`´ʹʺ\"“”«»,()[];:!?", None))
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e",
                          "ŋ": "n", "ħ": "h", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "ŧ": "t"})  # fmt: skip


def fold(name: str) -> str:
    """The form in which names are compared: ``Al-Hawl`` and ``el Hawl`` alike, ``Ménaka`` and ``MENAKA`` alike.

    Casefolds, strips diacritics, apostrophes and stray punctuation, turns hyphens into spaces, writes the Arabic
    article (al, el, and ad-, an-, ar-, as-, ash-, at-, ez- … before their own letter) as ``al``. Initials keep their
    full stops, so that ``U.S.`` (``u.s.``) is not the pronoun.
    """
    folded = name.casefold()
    if folded.isascii():
        if folded.isalpha():
            return folded  # most words
        parts = folded.split(" ")
        if all(map(str.isalpha, parts)):
            return _ARTICLE.sub("al ", folded)  # most names of several
    else:
        folded = folded.translate(_LETTERS)
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c)).casefold()
    folded = folded.translate(_DROPPED)
    if "." in folded:
        folded = _INITIALS.sub(lambda m: m[1].replace(".", "\0") + "\0", folded).replace(".", " ").replace("\0", ".")
    folded = _SPACES.sub(" ", folded).strip()
    if " " in folded:
        folded = _ARTICLE.sub("al ", folded)
    return folded


_SKELETON = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"^al ", ""),  # the article comes and goes
        (r" ", ""),  # In Delimane, Indelimane
        (r"tch|tsh", "c"),
        (r"dj|dzh|zh", "j"),
        (r"ph", "f"),
        (r"(?:sch|sh|ch)", "s"),  # Shirqat, Chirqat
        (r"(?:kh|gh|q|c|ck|x)", "k"),  # Qamishli, Kamishli; Khaldiya, Ghaldiya
        (r"(?:oo|ou|w)", "u"),  # Boulkessi, Bulkessi; Wagadugu, Ouagadougou
        (r"(?:ee|ie|ei|y|ey)", "i"),  # Tillabery, Tillabéri
        (r"h", ""),  # Barsalogho, Barsalogo
        (r"v", "b"),
        (r"z", "s"),
        (r"(.)\1+", r"\1"),  # Muhammadiyya, Mohamadiya
        (r"e$", ""),
    )
)


def skeleton(folded: str) -> str:
    """What remains of a folded name when the habits of transcribers (French, English, Arabic) are taken off."""
    for pattern, by in _SKELETON:
        folded = pattern.sub(by, folded)
    return folded


_FIRST_LETTERS = {
    "a": "aeiouh", "b": "bpvm", "c": "ckqgxh", "d": "djtz", "e": "eiaouyh", "f": "fpv", "g": "gkqjhr",
    "h": "haeioukgj", "i": "iyeah", "j": "jdgyzh", "k": "ckqgxh", "l": "l", "m": "mnb", "n": "nm", "o": "ouawe",
    "p": "pbf", "q": "ckqgxh", "r": "rg", "s": "szctx", "t": "tdsc", "u": "uowaeiy", "v": "vbfw", "w": "wuovq",
    "x": "xskh", "y": "yijea", "z": "zsjdt",
}  # fmt: skip
"""Which first letters a name may also be met with under another transcription."""


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A country or territory: ``names`` and ``demonyms`` as printed, by language, the usual one first."""

    code: str
    name: str
    capital: str
    lat: float
    lon: float
    names: dict[Lang, tuple[str, ...]]
    demonyms: dict[Lang, tuple[str, ...]]


class _Header(msgspec.Struct, frozen=True):
    """What stands at the head of the file."""

    sources: dict[str, str]
    counts: dict[str, int]
    longest: int
    buckets: int
    sections: dict[str, tuple[int, int]]


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """The great-circle distance in kilometres between two points in degrees (haversine)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_lat, half_lon = (phi_b - phi_a) / 2, math.radians(lon_b - lon_a) / 2
    h = math.sin(half_lat) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


class Gazetteer:
    """The places of the world by name, by country and by nearness. Read-only; safe to share between threads.

    Args:
        path: the compact file.

    Raises:
        ValueError: the file is no gazetteer of this version.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(MAGIC)] != MAGIC:
            raise ValueError(f"{path} is no gazetteer of this version; run tools/build_gazetteer.py")
        start = len(MAGIC) + 4
        (length,) = struct.unpack_from("<I", self._map, len(MAGIC))
        self._header = msgspec.json.decode(self._map[start : start + length], type=_Header)
        begin = start + length
        sections = {name: (begin + offset, size) for name, (offset, size) in self._header.sections.items()}
        self._sections = sections
        self._records = sections["records"][0]
        self._names = sections["names"][0]
        self._keys = sections["keys"][0]
        self._key_index = sections["key_index"][0]
        self._buckets = self._header.buckets
        self._heads = sections["heads"][0]
        self._admin1: list[str] = self._json("admin1")
        self._groups: list[tuple[str, ...]] = [tuple(group) for group in self._json("groups")]
        self._fuzzy_names: dict[tuple[str, str], list[str]] = {}
        self.longest: int = self._header.longest
        """The largest number of words of any name."""

    @property
    def sources(self) -> dict[str, str]:
        """The SHA-256 digests of the TOML files that the file was built from, by file name."""
        return self._header.sources

    @property
    def counts(self) -> dict[str, int]:
        """How many entries of each kind, names and so on the file holds."""
        return self._header.counts

    def _json(self, section: str) -> Any:
        start, size = self._sections[section]
        return msgspec.json.decode(self._map[start : start + size])

    def _entry(self, index: int, key: str | None, common: bool) -> Entry:
        lat, lon, population, at, group, admin1, code = RECORD.unpack_from(
            self._map, self._records + index * RECORD.size
        )
        at += self._names
        name = self._map[at : self._map.find(b"\n", at)].decode()
        countries = self._groups[group]
        return Entry(
            name=name,
            kind=KINDS[code & 7],
            country=countries[0] if len(countries) == 1 else None,
            admin1=self._admin1[admin1] or None,
            lat=lat / 10_000,
            lon=lon / 10_000,
            population=population,
            alias=key is not None and fold(name) != key,
            common=common,
            precision=code >> 3,
            countries=countries,
        )

    def _find(self, key: str) -> tuple[tuple[int, ...], bool]:
        """The records that bear a folded name, and whether it is an everyday word."""
        raw = key.encode()
        at = self._key_index + 4 * (zlib.crc32(raw) % self._buckets)
        first, last = struct.unpack_from("<II", self._map, at)
        bucket = self._map[self._keys + first : self._keys + last]
        at = bucket.find(b"\xff" + raw + b"\xfe")
        if at < 0:
            return (), False
        at += len(raw) + 2
        common = at < len(bucket) and bucket[at] == COMMON_MARK
        at += common
        end = bucket.find(b"\xff", at)
        postings = bucket[at : len(bucket) if end < 0 else end]
        return tuple(
            (postings[i] * POSTING_BASE + postings[i + 1]) * POSTING_BASE + postings[i + 2]
            for i in range(0, len(postings), POSTING_BYTES)
        ), common

    @functools.lru_cache(maxsize=65536)  # noqa: B019 - one gazetteer lives as long as the process
    def lookup(self, name: str) -> tuple[Entry, ...]:
        """The places of that name (exact once folded); () when there is none.

        Countries come first, then the country that holds the most populous bearer of the name. Within one country a
        town goes before the division that it gives its name to ("in Gao" means the town), the more populous before
        the less; regions and sites of our own lists, whose population nobody counted, go before villages.
        """
        key = fold(name)
        if not key:
            return ()
        postings, common = self._find(key)
        return tuple(self._entry(index, key, common) for index in postings)

    def starts(self, first_folded_word: str) -> int:
        """How many words the longest name has that begins with this folded word and goes on; 0 when none does.

        A prefilter for callers that try n-grams: never too small, in one case of ten too large.
        """
        slot = zlib.crc32(first_folded_word.encode()) & (HEAD_SLOTS - 1)
        pair: int = self._map[self._heads + (slot >> 1)]
        return pair >> 4 if slot & 1 else pair & 15

    @functools.lru_cache(maxsize=8192)  # noqa: B019 - one gazetteer lives as long as the process
    def fuzzy(self, name: str, country: str) -> tuple[Entry, ...]:
        """The places of one country whose names are spelling variants of this one, the most alike first.

        Tolerates another first letter only where transcriptions differ (``_FIRST_LETTERS``). Names of fewer than four
        letters have no variants. The cut-offs are ``FUZZY_FIRST_CUTOFF``, ``FUZZY_CUTOFF`` and
        ``FUZZY_SHORT_CUTOFF``. Exact matches are among the results.
        """
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - rarely needed, and it costs 20 ms

        key = fold(name)
        bare = key.removeprefix("al ")
        if len(bare) < 4 or country not in self._fuzzy_index:
            return ()
        wanted = skeleton(key)
        cutoff = FUZZY_SHORT_CUTOFF if len(wanted) <= FUZZY_SHORT else FUZZY_CUTOFF
        slack = max(2, len(bare) // 3)
        scored: dict[str, float] = {}
        for letter in _FIRST_LETTERS.get(bare[0], bare[0]):
            names = self._names_of(country, letter)
            for other, _, _ in process.extract(
                bare, names, scorer=fuzz.ratio, score_cutoff=FUZZY_FIRST_CUTOFF, limit=30
            ):
                if abs(len(other) - len(key)) <= slack + 3:
                    score = fuzz.ratio(wanted, skeleton(other))
                    if score >= cutoff:
                        scored[other] = score
        found: dict[int, Entry] = {}
        for other in sorted(scored, key=lambda one: (-scored[one], one))[:FUZZY_LIMIT]:
            postings, common = self._find(other)
            if not postings:
                postings, common = self._find("al " + other)
            for index in postings:
                if index not in found:
                    entry = self._entry(index, key, common)
                    if country in entry.countries and entry.kind != "country":
                        found[index] = entry
        return tuple(found.values())

    @functools.cached_property
    def _fuzzy_index(self) -> dict[str, tuple[int, int]]:
        return {code: (start, end) for code, (start, end) in self._json("fuzzy_index").items()}

    def _names_of(self, country: str, letter: str) -> list[str]:
        """The folded names of a country (articles off) that begin with a letter."""
        cached = self._fuzzy_names.get((country, letter))
        if cached is None:
            start, end = self._fuzzy_index[country]
            base = self._sections["fuzzy"][0]
            whole = self._map[base + start : base + end]
            at = whole.find(b"\n" + letter.encode() + b"\x00")
            cached = []
            if at >= 0:
                at += len(letter.encode()) + 2
                cached = whole[at : whole.find(b"\n", at)].decode().split("\t")
            self._fuzzy_names[country, letter] = cached
        return cached

    @functools.cached_property
    def countries(self) -> dict[str, Country]:
        """All countries and territories by ISO 3166 alpha-2 code."""
        start, size = self._sections["countries"]
        decoded = msgspec.json.decode(self._map[start : start + size], type=list[Country])
        return {country.code: country for country in decoded}

    def country(self, code: str) -> Country:
        """The country of an ISO 3166 alpha-2 code.

        Raises:
            KeyError: there is no such code.
        """
        return self.countries[code]

    @functools.cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        merged: dict[str, dict[str, None]] = {}
        for country in self.countries.values():
            for names in country.names.values():
                for name in names:
                    merged.setdefault(fold(name), {})[country.code] = None
        return {name: tuple(codes) for name, codes in merged.items()}

    @functools.cached_property
    def _by_demonym(self) -> dict[str, dict[str, frozenset[str]]]:
        merged: dict[str, dict[str, set[str]]] = {}
        for country in self.countries.values():
            for lang, words in country.demonyms.items():
                for word in words:
                    merged.setdefault(fold(word), {}).setdefault(country.code, set()).add(lang)
        return {word: {code: frozenset(langs) for code, langs in codes.items()} for word, codes in merged.items()}

    @functools.cached_property
    def country_words(self) -> frozenset[str]:
        """Every folded name and demonym of a country: what ``country_by_name`` or ``country_by_demonym`` knows."""
        return frozenset(self._by_name) | frozenset(self._by_demonym)

    def country_by_name(self, folded: str) -> tuple[str, ...]:
        """The codes of the countries that a folded name means in any of the four languages; two for ``congo``."""
        return self._by_name.get(folded, ())

    def country_by_demonym(self, folded: str, lang: str | None = None) -> tuple[str, ...]:
        """The codes of the countries that a folded adjective or noun of nationality means.

        Args:
            folded: as ``fold`` gives it ("malian", "maliens").
            lang: only as a word of that language; None for any.
        """
        codes = self._by_demonym.get(folded)
        if codes is None:
            return ()
        return tuple(code for code, langs in codes.items() if lang is None or lang in langs)


DATA = Path(__file__).parent / "data" / "gazetteer.bin"


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer that the package carries, opened at the first call."""
    return Gazetteer(DATA)
