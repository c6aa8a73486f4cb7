"""When, where, what and by whom: the most precise reading that enough of the reports share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import JaroWinkler

from conflict_dedup.lexicon.gazetteer import distance_km, fold, gazetteer
from conflict_dedup.model import Actors, Candidate, EventType, Place, PlacePrecision, Precision, Window
from conflict_dedup.reconcile.ids import UNKNOWN, slug

MAIN_WEIGHT = 2.0
"""The article that is about an incident dates and places it better than one that mentions it in passing."""

INFERRED_WEIGHT = 0.25
"""A window that was itself inferred from other reports hardly counts as one more voice."""

SAME_NAME = 0.9
"""Jaro-Winkler similarity of folded names from which two spellings are one place (Boulikessi, Boulkessy: 0.94)."""

WORTH = {1: 1.0, 2: 1.2, 3: 1.2, 4: 0.9, 5: 0.4, 6: 0.6, 7: 0.4}
"""What a vote weighs by the precision of its place: a division may be all that is known, a sea or a region seldom is.
Precision 6 is a village that no gazetteer has here; the country by its own name counts ``COUNTRY_WORTH``."""
COUNTRY_WORTH = 0.2
CITY_WORTH, CITY_POPULATION = 0.45, 500_000
"""A capital or a city of so many is where those who speak are, and the hospitals; reports that name another place mean
that."""
SAME_CITY_KM = 20.0
"""A place is the city of its name if it lies so near: districts of cities do, namesakes do not."""


def agreed_window(candidates: Sequence[Candidate]) -> Window | None:
    """The narrowest window that most reports support.

    Each report votes for the days of its window, the more the narrower it is; of the windows that hold the winning
    day the narrowest is taken, so that "on Friday" decides what "this week" leaves open. Inferred only if every
    window is.

    Returns:
        None when no report has a date.
    """
    votes: dict[tuple[int, int], float] = defaultdict(float)
    stated: dict[tuple[int, int], bool] = {}
    for c in candidates:
        if c.window is None:
            continue
        span = (c.window.start.toordinal(), c.window.end.toordinal())
        weight = (MAIN_WEIGHT if c.main else 1.0) * (INFERRED_WEIGHT if c.window.inferred else 1.0)
        votes[span] += weight / (1 + c.window.days)
        stated[span] = stated.get(span, False) or not c.window.inferred
    if not votes:
        return None
    days = {day for span in votes for day in span}
    score = {day: sum(w for (start, end), w in votes.items() if start <= day <= end) for day in days}
    best_day = min(days, key=lambda day: (-round(score[day], 9), day))
    holding = [span for span in votes if span[0] <= best_day <= span[1]]
    best = min(holding, key=lambda span: (not stated[span], span[1] - span[0], -round(votes[span], 9), span))
    windows = [c.window for c in candidates if c.window is not None]
    chosen = [w for w in windows if (w.start.toordinal(), w.end.toordinal()) == best]
    precision: Precision = min(w.precision for w in chosen)
    return Window(
        start=chosen[0].start, end=chosen[0].end, precision=precision, inferred=all(w.inferred for w in chosen)
    )


def agreed_place(candidates: Sequence[Candidate]) -> Place | None:
    """The place that most reports name, in the spelling that most use, with the best coordinates.

    A city has fewer votes than a village, a vague place fewer than a precise one (``WORTH``, ``CITY_WORTH``).

    The country is that of the majority; places elsewhere are then set aside.

    Returns:
        None when no report has a place.
    """
    placed = [(c.place, MAIN_WEIGHT if c.main else 1.0) for c in candidates if c.place is not None]
    if not placed:
        return None
    countries: defaultdict[str, float] = defaultdict(float)
    for place, weight in placed:
        if place.country:
            # A country read off a village is better evidence than a country that was merely mentioned.
            countries[place.country] += weight * (2 if place.precision <= 4 else 1)
    country = min(countries, key=lambda k: (-countries[k], k)) if countries else None
    inside = [(p, w) for p, w in placed if p.country in {country, None}]
    groups: list[list[tuple[Place, float]]] = []
    for place, weight in sorted(inside, key=lambda pw: (pw[0].precision, slug(pw[0].name), pw[0].name)):
        for group in groups:
            if _same_place(group[0][0], place):
                group.append((place, weight))
                break
        else:
            groups.append([(place, weight)])
    best = groups[0]
    if len(groups) > 1:
        best = min(groups, key=_preference)
    names: defaultdict[str, float] = defaultdict(float)
    for place, weight in best:
        names[place.name] += weight
    name = min(names, key=lambda n: (-names[n], n))
    admins = Counter(p.admin1 for p, _ in best if p.admin1)
    located = sorted((p for p, _ in best if p.lat is not None and p.lon is not None), key=_by_precision)
    precision: PlacePrecision = min(p.precision for p, _ in best)
    return Place(
        name=name,
        admin1=min(admins, key=lambda a: (-admins[a], a)) if admins else None,
        country=country,
        lat=located[0].lat if located else None,
        lon=located[0].lon if located else None,
        precision=precision,
    )


def agreed_event_type(candidates: Sequence[Candidate]) -> EventType:
    """The type that most reports give; "other" only when none gives a better one."""
    votes: Counter[EventType] = Counter()
    for c in candidates:
        if c.event_type != "other":
            votes[c.event_type] += 2 if c.main else 1
    return min(votes, key=lambda t: (-votes[t], t)) if votes else "other"


def united_actors(candidates: Sequence[Candidate]) -> Actors:
    """Every actor that any report names, the most often named first."""

    def ordered(field: str) -> tuple[str, ...]:
        counts: Counter[str] = Counter()
        for c in candidates:
            counts.update(getattr(c.actors, field))
        return tuple(sorted(counts, key=lambda name: (-counts[name], name)))

    return Actors(perpetrators=ordered("perpetrators"), targets=ordered("targets"), claimed_by=ordered("claimed_by"))


def _preference(group: list[tuple[Place, float]]) -> tuple[float, int, str]:
    """The group with the weightiest votes first, then the most precise, then by name."""
    place = group[0][0]
    return -round(_worth(place) * sum(weight for _, weight in group), 9), place.precision, slug(place.name)


def _worth(place: Place) -> float:
    """What a vote for a place weighs."""
    name = fold(place.name)
    if place.precision == 6 and gazetteer().country_by_name(name):
        return COUNTRY_WORTH
    worth = WORTH[place.precision]
    if place.lat is None or place.lon is None:
        return worth
    for entry in gazetteer().lookup(name):
        large = entry.kind == "capital" or (entry.kind == "town" and entry.population >= CITY_POPULATION)
        if large and distance_km(entry.lat, entry.lon, place.lat, place.lon) < SAME_CITY_KM:
            return CITY_WORTH * worth
    return worth


def _by_precision(place: Place) -> tuple[int, str, float, float]:
    """The most precise first, then by name and position, so that the choice is the same whatever the order."""
    return place.precision, place.name, place.lat or 0.0, place.lon or 0.0


def _same_place(left: Place, right: Place) -> bool:
    """Whether two names are spellings of one place; those of other scripts are only where they are alike."""
    if UNKNOWN in (slug(left.name), slug(right.name)):
        return left.name == right.name
    a, b = slug(left.name).replace("-", ""), slug(right.name).replace("-", "")
    return a == b or JaroWinkler.similarity(a, b) >= SAME_NAME
