"""What a person means who names a country or a place: one answer, or the ones to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from conflict_dedup.errors import UnknownName
from conflict_dedup.lexicon.entries import Entry
from conflict_dedup.lexicon.gazetteer import distance_km, fold, gazetteer

CLEARLY_LARGER = 10
"""A place that has so many times the people of the next of its name is meant without saying so: Paris is the one in
France, while Tripoli (Libya, or Lebanon with a sixth of its people) has to be told."""

SAME_PLACE_KM = 30.0
"""Entries of one name and country so near to one another are one place to a person: a town and its camp or suburb."""

LISTED = 6
"""The most candidates that a message lists."""

_DIVISIONS = frozenset({"admin1", "admin2"})
_TOO_WIDE = frozenset({"country", "region"})
_COORDINATES = re.compile(r"\s*([+-]?\d+(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d+(?:\.\d+)?)\s*")


def country_named(text: str) -> str:
    """The ISO 3166 alpha-2 code of a country, given as that code or by its name in any language that is read.

    Raises:
        UnknownName: no country has that name, or several have; the hint lists some.
    """
    known = gazetteer()
    if text.strip().upper() in known.countries:
        return text.strip().upper()
    codes = known.country_by_name(fold(text))
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise UnknownName(f"{text!r} is the name of several countries", hint=_choice(map(_country, codes)))
    raise UnknownName(f"no country is named {text!r}", hint=_near_countries(text))


def _country(code: str) -> str:
    return f"{code} ({gazetteer().country(code).name})"


def _near_countries(text: str) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - only for the hint

    names = {fold(country.name): code for code, country in gazetteer().countries.items()}
    near = [names[name] for name, _, _ in process.extract(fold(text), names.keys(), limit=3, score_cutoff=60)]
    return _choice(map(_country, near), "did you mean ") if near else "give its name or its two-letter code, such as ML"


def place_named(text: str) -> Entry:
    """The place of a name, with its country or division behind a comma where the name alone does not tell.

    Coordinates in degrees, ``16.27,-0.04``, are a place too.

    Raises:
        UnknownName: there is no such place, there are several, or it is too wide to measure from; the hint lists
            candidates.
    """
    point = _COORDINATES.fullmatch(text)
    if point:
        return _point(text, float(point[1]), float(point[2]))
    name, *within = (part.strip() for part in text.split(","))
    everywhere = gazetteer().lookup(name)
    found = [entry for entry in everywhere if all(_lies_in(entry, part) for part in within)]
    if found and found[0].kind in _TOO_WIDE:
        hint = _choice(map(described, _apart([e for e in found if e.kind not in _TOO_WIDE])), "or did you mean ")
        raise UnknownName(f"{name!r} is a {found[0].kind}: too wide to measure from", hint=hint or "name a town")
    places = _apart([entry for entry in found if entry.kind not in _TOO_WIDE])
    if not places:
        raise UnknownName(f"no place {text!r} is known", hint=_way_out(everywhere, name, within))
    first, *others = sorted(places, key=lambda entry: -entry.population)
    if others and first.population < CLEARLY_LARGER * max(1, others[0].population):
        raise UnknownName(
            f"{text!r} may be one of {len(places)} places", hint=_choice(map(described, (first, *others)))
        )
    return first


def described(entry: Entry) -> str:
    """A place as one would have to name it: "Gao, Gao, ML", or only as far as its parts differ."""
    parts = (entry.name, entry.admin1, entry.country)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _point(text: str, lat: float, lon: float) -> Entry:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise UnknownName(f"{text!r} lies off the globe", hint="latitude first, then longitude, in degrees")
    return Entry(text.strip(), "site", None, None, lat, lon, 0, alias=False, common=False, precision=1, countries=())


def _lies_in(entry: Entry, part: str) -> bool:
    folded = fold(part)
    codes = {part.upper(), *gazetteer().country_by_name(folded)}
    return bool(codes & set(entry.countries)) or fold(entry.admin1 or "") == folded


def _apart(entries: list[Entry]) -> list[Entry]:
    """One entry for each place: a division goes when a town of the country gave it its name, and so does a suburb."""
    towns = [entry for entry in entries if entry.kind not in _DIVISIONS]
    named_for = {entry.country for entry in towns}
    kept: list[Entry] = []
    for entry in (*towns, *(e for e in entries if e.kind in _DIVISIONS and e.country not in named_for)):
        if not any(
            entry.country == other.country and distance_km(entry.lat, entry.lon, other.lat, other.lon) < SAME_PLACE_KM
            for other in kept
        ):
            kept.append(entry)
    return kept


def _way_out(everywhere: tuple[Entry, ...], name: str, within: list[str]) -> str:
    elsewhere = _apart([entry for entry in everywhere if entry.kind not in _TOO_WIDE])
    if elsewhere:
        return _choice(map(described, sorted(elsewhere, key=lambda entry: -entry.population)), "did you mean ")
    codes = {code for part in within for code in (part.upper(), *gazetteer().country_by_name(fold(part)))}
    near = [entry for code in sorted(codes) for entry in gazetteer().fuzzy(name, code) if entry.kind not in _TOO_WIDE]
    if near:
        return _choice(map(described, near), "did you mean ")
    return "write a town and its country, 'Gao, Mali', or coordinates, '16.27,-0.04'"


def _choice(names: Iterable[str], lead: str = "") -> str:
    """What a message lists, as a question after a lead; empty when there is nothing to choose."""
    listed = list(dict.fromkeys(names))
    if not listed:
        return ""
    more = f" or one of {len(listed) - LISTED} more" if len(listed) > LISTED else ""
    text = "; ".join(listed[:LISTED]) + more
    if lead:
        return f"{lead}{text}?"
    return f"one of {text}"
