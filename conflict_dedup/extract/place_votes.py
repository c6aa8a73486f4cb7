"""Which place of several an ambiguous name means: one of the countries that the article's names speak for."""

from __future__ import annotations

import math
from collections.abc import Iterable

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.place_mentions import DIVISIONS, FINE, SCENE_CONTEXTS, Geography, Mention, folded
from conflict_dedup.extract.place_names import capital_entry
from conflict_dedup.lexicon.conflicts import at_war
from conflict_dedup.lexicon.entries import Entry
from conflict_dedup.lexicon.gazetteer import distance_km


def weigh(doc: Document, geography: Geography) -> None:
    """Weighs the countries that the article speaks of: by name, by demonym, by their divisions and towns."""
    votes: dict[str, float] = {}
    own: dict[str, dict[str, float]] = {}
    for m in geography.mentions:
        number = doc.sentence_of[m.start]
        early = 1.6 if number <= 2 else 1.0
        cast, sure = ballot(m)
        key = folded(m.name)
        mine = own.setdefault(key, {})
        for c, weight in cast:
            votes[c] = votes.get(c, 0.0) + early * weight
            mine[c] = mine.get(c, 0.0) + early * weight
        if sure:
            here = geography.local.setdefault(doc.sentences[number].paragraph, {})
            for c, _ in cast:
                here.setdefault(c, set()).add(key)
    for one in doc.named:
        sentence = doc.sentences[doc.sentence_of[one.start]]
        weight = SIGN_VOTE / max(len(one.countries), 1)
        here = geography.local.setdefault(sentence.paragraph, {})
        for c in one.countries:
            votes[c] = votes.get(c, 0.0) + weight
            here.setdefault(c, set()).add(SIGN)
    # A speaker's country ("the US said") is named as well as the scene: places inside a country weigh for it.
    for m in geography.mentions:
        if m.entries and m.entries[0].kind != "country" and m.context in SCENE_CONTEXTS:
            for c in {c for e in m.entries[:4] for c in e.countries}:
                if c in votes:
                    votes[c] += 0.5
                    mine = own[folded(m.name)]
                    mine[c] = mine.get(c, 0.0) + 0.5
    geography.countries = votes
    geography.own = own


SIGN_VOTE = 1.0
"""What an armed group, or another sign of a country (``lexicon.groups``), casts for where it belongs, in all."""
SIGN = " "
"""Stands for these signs among the names that speak for a country."""


def ballot(m: Mention) -> tuple[list[tuple[str, float]], bool]:
    """The countries that a mention speaks for, with weights, and whether it names a country or division by itself."""
    if m.demonym:
        return [(c, 1.0 / len(m.countries)) for c in m.countries], True
    if not m.entries:
        return [], False
    top = m.entries[0]
    if top.kind == "country":
        return [(c, 1.5 if m.context in ("in", "near") else 1.0) for c in top.countries], True
    if top.kind in ("region", "capital"):
        return [(c, 1.5 / len(top.countries)) for c in top.countries], top.kind != "capital"
    if top.kind in ("admin1", "admin2"):
        rivals = [e for e in m.entries[:6] if e.population >= RIVAL * top.population]
        sizes = by_country(rivals)
        total = sum(sizes.values())
        return [(c, 1.5 * s / total) for c, s in sizes.items()], len(sizes) == 1
    codes = {c for e in m.entries[:4] for c in e.countries}
    if len(codes) == 1 and any(e.kind in DIVISIONS for e in m.entries):
        return [(c, 1.5) for c in codes], True  # a division named after its seat
    if len(codes) == 1 or top.population > 300_000:
        return [(c, 1.0 if m.context in ("in", "near", "kind", "start") else 0.5) for c in top.countries], False
    sizes = by_country(m.entries[:6])
    total = sum(sizes.values())
    return [(c, 0.5 * s / total) for c, s in sizes.items()], False


RIVAL = 0.02
"""A division shares its vote with namesakes abroad that have at least this share of its people."""


def by_country(entries: Iterable[Entry]) -> dict[str, float]:
    """The logarithm of the population of the largest place in each country: three small ones are no better."""
    sizes: dict[str, float] = {}
    for e in entries:
        for c in e.countries:
            sizes[c] = max(sizes.get(c, 0.0), math.log(e.population + 50))
    return sizes


STRANGE_CONTEXTS = SCENE_CONTEXTS | {"comma", "from", "of", "and"}
"""What stands before a name that may be a stranger."""
STRANGER_SHARE = 0.1
STRANGER_POPULATION = 200_000
"""A town of so many is known everywhere; a second-level division of as many is not."""
ENOUGH_VOTES = 3.0


def shares(m: Mention, geography: Geography) -> dict[str, float]:
    """The countries' shares of the article's votes, those that the name itself cast left out.

    Of fewer than ``ENOUGH_VOTES`` none has the whole: a nation named once in passing is not where all happened.
    """
    key = folded(m.name)
    found = geography.shares.get(key)
    if found is not None:
        return found
    mine = geography.own.get(key, {})
    rest = {c: v - mine.get(c, 0.0) for c, v in geography.countries.items()}
    total = max(sum(rest.values()), ENOUGH_VOTES)
    found = geography.shares[key] = {c: v / total for c, v in rest.items()}
    return found


def held_by(e: Entry, holder: Mention | None) -> float:
    """How well a place lies in what is named to hold it: 0 not, 1 in that country, 2 in that division."""
    if holder is None:
        return 0.0
    best = 0.0
    for h in holder.entries[:4]:
        if not any(c in h.countries for c in e.countries):
            continue
        inside = h.kind == "admin1" and h.name == e.admin1 and e is not h
        best = max(best, 2.0 if inside else 1.0 if h.kind in ("country", "region", "admin1") else 0.0)
    return best


def named_beside(m: Mention, geography: Geography, paragraph: int) -> frozenset[str]:
    """The countries for which another name of the paragraph speaks."""
    here = geography.local.get(paragraph)
    if not here:
        return NOBODY
    key = folded(m.name)
    return frozenset([c for c, names in here.items() if len(names) > 1 or key not in names])


NOBODY = frozenset[str]()
SURE_KINDS = frozenset(("country", "capital", "region"))


FAR_KM = 2000.0
"""A place so far from the capital of the country that is named to hold it does not lie there, be borders disputed."""


def elsewhere(m: Mention, meant: Entry, holder: Mention) -> bool:
    """Whether no place of that name lies in the country that is surely said to hold it: "Santa Cruz, Nigeria"."""
    if any(e.kind == "country" or held_by(e, holder) for e in m.entries):
        return False
    seats = [seat for code in holder.entries[0].countries if (seat := capital_entry(code)) is not None]
    return bool(seats) and all(distance_km(meant.lat, meant.lon, seat.lat, seat.lon) > FAR_KM for seat in seats)


def stranger(m: Mention, meant: Entry, geography: Geography, beside: frozenset[str], holder: Mention | None) -> bool:
    """Whether every place of that name lies in countries the article hardly speaks of, and the one ``meant`` is small.

    Then it is more likely a village of the article's country that no gazetteer has. ``beside`` are the countries for
    which other names of its paragraph speak.
    """
    if m.context not in STRANGE_CONTEXTS or (meant.population >= STRANGER_POPULATION and meant.kind != "admin2"):
        return False
    for e in m.entries:
        if e.kind in SURE_KINDS or not beside.isdisjoint(e.countries) or held_by(e, holder):
            return False
    share = shares(m, geography)
    if not beside and max(share.values(), default=0.0) <= 0.4:
        return False
    if max((share.get(c, 0.0) for e in m.entries for c in e.countries), default=0.0) >= STRANGER_SHARE:
        return False
    return far_from_all(m, geography)


NEIGHBOUR_KM = 60.0
"""A town so near to another that the article names is no stranger, be it across a border."""
NEIGHBOUR_DEGREES = NEIGHBOUR_KM / 111.0
"""More degrees of latitude are further: a degree is 111.2 km."""


def far_from_all(m: Mention, geography: Geography) -> bool:
    """Whether the article names other towns or divisions, and none is a neighbour of any place of that name.

    Where it names none, nothing tells that the place is another. Namesakes of the others count only in countries that
    the article speaks of: there is a Santa Ana near to everything.
    """
    key = folded(m.name)
    share = shares(m, geography).get
    others = [
        e
        for o in geography.mentions
        if o.entries and (o.entries[0].kind in FINE or o.entries[0].kind == "admin1") and folded(o.name) != key
        for e in o.entries
        if any(share(c, 0.0) >= STRANGER_SHARE for c in e.countries)
    ]
    return bool(others) and not any(are_neighbours(e, other) for e in m.entries for other in others)


def are_neighbours(one: Entry, other: Entry) -> bool:
    """Whether two places are less than ``NEIGHBOUR_KM`` apart; most are told by their latitude alone."""
    return (
        abs(one.lat - other.lat) < NEIGHBOUR_DEGREES
        and distance_km(one.lat, one.lon, other.lat, other.lon) < NEIGHBOUR_KM
    )


KIND_WORTH = {"country": 1.6, "capital": 1.2, "admin1": 0.15, "region": 0.35, "admin2": 0.1, "site": 0.25}


def resolve(m: Mention, geography: Geography, beside: frozenset[str], holder: Mention | None) -> Entry:
    """The entry meant: in what is named to hold it, in the country of its paragraph or article, the most populous."""
    if len(m.entries) == 1:
        return m.entries[0]
    share = shares(m, geography).get
    kindred = 0.1 if m.context == "kind" else 0.0
    most = DWARFED * max([e.population for e in m.entries])
    best, best_worth = m.entries[0], -math.inf
    for e in m.entries:
        held = held_by(e, holder) if holder is not None else 0.0
        population, countries = e.population, e.countries
        if e.alias and 0 < population < most and not held:
            continue
        country = share(e.country, 0.0) if e.country else max([share(c, 0.0) for c in countries], default=0.0)
        size = math.log10(population + 10) / 6
        kind = KIND_WORTH.get(e.kind, 0.0)
        if kindred and e.kind in DIVISIONS:
            kind += kindred
        near = 0.0 if beside.isdisjoint(countries) else 0.8
        prior = at_war(e.country) if e.country else max([at_war(c) for c in countries], default=0.0)
        worth = 2.5 * country + near + held + size + kind + RECORD * prior - (0.5 if e.alias else 0.0)
        if worth > best_worth:
            best, best_worth = e, worth
    return best


RECORD = 1.5
"""What a country's record of conflict (``at_war``) weighs, beside the people of a place and what the article names."""
DWARFED = 0.01
"""A place with less than this share of a namesake's people is not meant by a spelling other than its own (Cabool)."""
