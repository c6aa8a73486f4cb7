"""Where a village lies that no gazetteer has: in what the text says contains it, or near what stands beside it."""

from __future__ import annotations

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.place_mentions import DIVISIONS, TOWNS, Geography, Mention, folded, in_apposition
from conflict_dedup.extract.place_names import country_entry
from conflict_dedup.extract.place_votes import ENOUGH_VOTES
from conflict_dedup.lexicon.conflicts import at_war
from conflict_dedup.lexicon.entries import Entry
from conflict_dedup.lexicon.gazetteer import distance_km, gazetteer

SPELLING_LETTERS = 3
"""Spellings of one name differ by at most so many letters in length."""
CONTAIN_KM = 400.0
"""A town belongs to a first-level division named in the same article only when that near."""


def holder_of(doc: Document, mentions: list[Mention], n: int) -> Mention | None:
    """The country or division named right after a place, only commas, prepositions and directions between."""
    m = mentions[n]
    if n + 1 >= len(mentions):
        return None
    o = mentions[n + 1]
    if o.demonym or o.start == m.end or doc.sentence_of[o.start] != doc.sentence_of[m.start]:
        return None
    if not any(e.kind in ("country", "admin1", "region") for e in o.entries[:3]):
        return None
    return o if in_apposition(doc, m.end, o.start) else None


def holds(doc: Document, m: Mention, holder: Mention) -> bool:
    """Whether it is surely said where a place lies: "Kingston, Uganda, on", "in Kingston in Uganda's north"."""
    sets = doc.language.sets
    if holder.entries[0].kind != "country":
        return False
    if any(doc.low[k] in sets["in"] for k in range(m.end, holder.start)):
        return True
    after = doc.low[holder.end] if holder.end < len(doc.low) else "."
    return after in (",", ".", ")", ";") or after in sets["preposition"]


def locate(doc: Document, geography: Geography) -> None:
    """Gives a village that no gazetteer has its spelling variant, else the division or country that contains it."""
    unknown = [m for m in geography.mentions if not m.demonym and m.entry is None]
    if not unknown:
        return
    paragraphs = {m.start: doc.sentences[doc.sentence_of[m.start]].paragraph for m in unknown}
    named = named_in(doc, geography, set(paragraphs.values()))
    countries = {paragraph: country_around(geography, here) for paragraph, here in named.items()}
    containers: dict[str, Entry] = {}
    holders: dict[str, str] = {}  # by name, the country that surely holds it
    for n, m in enumerate(geography.mentions):
        if m.entry is None and not m.demonym:
            holder = holder_of(doc, geography.mentions, n)
            if holder is not None and holds(doc, m, holder) and holder.entries[0].country:
                holders.setdefault(folded(m.name), holder.entries[0].country)
    towns = towns_beside(doc, geography.mentions)
    for m in unknown:
        container = towns.get(m.start) or contained(doc, geography, m)
        if container is not None and holders.get(folded(m.name), container.country) == container.country:
            containers.setdefault(folded(m.name), container)
    for m in unknown:
        container = containers.get(folded(m.name))
        country = holders.get(folded(m.name)) or countries[paragraphs[m.start]]
        if container is None:
            divisions = [
                o.entry
                for o in geography.mentions
                if o.entry and o.entry.kind in DIVISIONS and o.entry.country == country
            ]
            container = divisions[0] if len({e.name for e in divisions}) == 1 else None
        where = (container.country if container else None) or country
        if where:
            m.countries = (where,)
            variants = gazetteer().fuzzy(m.name, where) if len(m.name) > 5 else ()
            near = [
                e
                for e in variants[:3]
                if abs(len(e.name) - len(m.name)) <= SPELLING_LETTERS
                and e.kind in ("town", "site", "admin2", "capital")
                and (container is None or distance_km(e.lat, e.lon, container.lat, container.lon) < CONTAIN_KM)
            ]
            if near:
                m.entry = near[0]
                m.precision = 1
                continue
        m.container = container or (country_entry(where) if where else None)


NAMED, NAMED_PEOPLE, NAMED_BORDER, NAMED_TOWN = 1.0, 0.4, 0.3, 0.3
"""What it adds to a country that a paragraph names it or one of its divisions, a people ("US drones"), a border, a town
("Bamako - A mine at Goundaka")."""
ARTICLE_SHARE = 2.0
"""What a country's share of the article's votes weighs beside that."""


def named_in(doc: Document, geography: Geography, paragraphs: set[int]) -> dict[int, dict[str, float]]:
    """By paragraph, the countries that it names, with the weight of the strongest naming."""
    found: dict[int, dict[str, float]] = {paragraph: {} for paragraph in paragraphs}
    for m in geography.mentions:
        here = found.get(doc.sentences[doc.sentence_of[m.start]].paragraph)
        if here is None:
            continue
        e = m.entry
        if m.demonym:
            weight, codes = NAMED_PEOPLE, m.countries
        elif e is None:
            continue
        elif e.kind != "country" and e.kind not in DIVISIONS:
            weight, codes = NAMED_TOWN, e.countries
        else:  # a country's name without a preposition stands for its people or its state: "US aircraft"
            people = e.kind == "country" and m.context == "none"
            weight = NAMED_PEOPLE if people else NAMED_BORDER if m.context == "border" else NAMED
            codes = e.countries
        for c in codes:
            here[c] = max(here.get(c, 0.0), weight / len(codes))
    for one in doc.named:
        here = found.get(doc.sentences[doc.sentence_of[one.start]].paragraph)
        if here is not None:
            for c in one.countries:
                here[c] = max(here.get(c, 0.0), NAMED_PEOPLE / len(one.countries))
    return found


def country_around(geography: Geography, here: dict[str, float]) -> str | None:
    """The country of a place that no gazetteer has: what its paragraph names, and what the article is about."""
    votes = geography.countries
    total = max(sum(votes.values()), ENOUGH_VOTES)
    worth = {c: here.get(c, 0.0) + ARTICLE_SHARE * votes.get(c, 0.0) / total + at_war(c) for c in here.keys() | votes}
    return max(worth, key=lambda c: (worth[c], c)) if worth else None


def towns_beside(doc: Document, mentions: list[Mention]) -> dict[int, Entry]:
    """By its first token, the town or site that a name no gazetteer has is a part of, or lies near.

    "Liaquatabad, Karachi", "the Rawda district of Taiz", "Karachi's Liaquatabad".
    """
    found: dict[int, Entry] = {}
    for n, m in enumerate(mentions):
        if m.demonym or m.entry is not None:
            continue
        after = mentions[n + 1] if n + 1 < len(mentions) else None
        before = mentions[n - 1] if n else None
        town = town_of(after)
        if after is not None and town is not None and doc.sentence_of[after.start] == doc.sentence_of[m.start]:
            if in_apposition(doc, m.end, after.start):
                found[m.start] = town
            continue
        town = town_of(before)
        if before is not None and town is not None and "".join(doc.low[before.end : m.start]) in BETWEEN:
            found[m.start] = town
    return found


BETWEEN = ("", "'s", "’s")
"""What stands between a town and its quarter."""


def town_of(m: Mention | None) -> Entry | None:
    """The town or site that a mention names, where the gazetteer has it."""
    return m.entry if m is not None and m.entry is not None and m.entry.kind in TOWNS else None


def contained(doc: Document, geography: Geography, m: Mention) -> Entry | None:
    """The division named in a mention's sentence, rather after it than before."""
    number = doc.sentence_of[m.start]
    around = [
        o
        for o in geography.mentions
        if o.entry is not None and o.entry.kind in DIVISIONS and doc.sentence_of[o.start] == number
    ]
    after = [o for o in around if o.start > m.start]
    chosen = after or around
    return chosen[0].entry if chosen else None
