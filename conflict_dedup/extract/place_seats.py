"""Whether a name means a town or the division that is named after it: "in Kharkiv", "in Ghazni province"."""

from __future__ import annotations

from functools import lru_cache

from conflict_dedup.extract.document import NOWHERE, Document
from conflict_dedup.extract.place_mentions import DIVISIONS, SCENE_CONTEXTS, Mention, folded, in_apposition
from conflict_dedup.lexicon.entries import Entry
from conflict_dedup.lexicon.gazetteer import distance_km

SEAT_SHARE = 0.4
METROPOLIS = 700_000
"""Where so many live in a town, and this share of the people of the division that is named after it, the town is meant:
"in Kharkiv". "In Ghazni" may be either."""
SEAT, DIVISION = "seat of it", "division of it"
SEAT_HOPS = 3
"""So many articles, directions and "of" at most stand between a name and the noun that says what it names."""


def tell_seats(doc: Document, mentions: list[Mention]) -> None:
    """Tells towns from the divisions that are named after them: "the town of Gao", "the Gao region", "Gao".

    What stands beside the name says it; elsewhere in the article it means what was said, or else a great city.
    """
    double = {n: pair for n, m in enumerate(mentions) if (pair := seat_and_division(m)) is not None}
    if not double:
        return
    said = {n: seat_said(doc, mentions, n) for n in double}
    of_name: dict[str, set[str]] = {}
    for n, what in said.items():
        if what:
            of_name.setdefault(folded(mentions[n].name), set()).add(what)
    for n, (seat, division) in double.items():
        m = mentions[n]
        what = said[n]
        if not what and m.context != "border":
            elsewhere = of_name.get(folded(m.name), set())
            if len(elsewhere) == 1:
                (what,) = elsewhere
            elif m.context in SCENE_CONTEXTS and seat.population >= max(METROPOLIS, SEAT_SHARE * division.population):
                what = SEAT
        if what:
            m.entry = seat if what == SEAT else division
            m.precision = m.entry.precision


def seat_and_division(m: Mention) -> tuple[Entry, Entry] | None:
    """The town and the division around it of which either is meant by a mention that names one of them."""
    meant = m.entry
    if meant is None or len(m.entries) < 2 or m.demonym or meant.kind not in SEATS | DIVISIONS:
        return None
    seats = [meant] if meant.kind in SEATS else [e for e in m.entries if e.kind in SEATS and is_seat(e, meant)]
    divisions = (
        [meant] if meant.kind in DIVISIONS else [e for e in m.entries if e.kind in DIVISIONS and is_seat(meant, e)]
    )
    if not seats or not divisions:
        return None
    seat, division = seats[0], divisions[0]
    if seat.name != division.name and folded(seat.name) == folded(division.name):
        seat = called(seat, division.name)  # one name for the two: Kandahār, Kandahar
    return seat, division


@lru_cache(maxsize=512)
def called(town: Entry, name: str) -> Entry:
    """The entry of a town under another spelling of its name."""
    return Entry(
        name=name,
        kind=town.kind,
        country=town.country,
        admin1=town.admin1,
        lat=town.lat,
        lon=town.lon,
        population=town.population,
        alias=town.alias,
        common=town.common,
        precision=town.precision,
        countries=town.countries,
    )


SEATS = frozenset(("town", "capital"))
SEAT_KM = 100.0
"""The middle of a division lies so near to the town that it is named after."""


def is_seat(town: Entry, division: Entry) -> bool:
    """Whether a town lies in the division that has its name."""
    if town.country != division.country or town.alias or division.alias:
        return False
    if division.kind == "admin1":
        return town.admin1 == division.name
    return distance_km(town.lat, town.lon, division.lat, division.lon) <= SEAT_KM


def seat_said(doc: Document, mentions: list[Mention], n: int) -> str:
    """Whether the words beside a name say that it is a town's or a division's; "" if neither."""
    m = mentions[n]
    low, sets = doc.low, doc.language.sets
    towns, admin = sets["place.town"], sets["place.admin"]
    s = doc.sentences[doc.sentence_of[m.start]]
    after = low[m.end] if m.end < s.end else ""
    if after in towns:
        return SEAT
    k = m.start - 1
    through_of = False
    for _ in range(SEAT_HOPS):
        if k < s.start or not (
            low[k] in sets["definite_article"] or low[k] in sets["of"] or k in doc.at.get("place.direction", NOWHERE)
        ):
            break
        through_of = through_of or low[k] in sets["of"]
        k -= 1
    if k >= s.start:
        if low[k] in admin or (through_of and low[k] in sets["place.capital"] and after not in admin):
            return DIVISION  # "the capital of Gao"
        if low[k] in towns:
            return SEAT  # "the town of Gao", "the capital of Gao province"
    if after in admin:
        return DIVISION
    if m.context == "near":
        return SEAT
    if m.context == "start" and doc.words[m.start].isupper() and not (doc.upper or after.isalpha()):
        return SEAT  # "KHARKIV, Ukraine (AP) - "; bulletins head their paragraphs by divisions too: "Donetsk. Lyman: …"
    before = mentions[n - 1] if n else None
    if before is not None and before.fine and doc.sentence_of[before.start] == doc.sentence_of[m.start]:
        return DIVISION if in_apposition(doc, before.end, m.start) else ""
    return ""
