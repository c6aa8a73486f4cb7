"""Made-up candidates for timing the matching: as many as asked for, spread over places and days as news is.

Incidents fall on places by Zipf's law (a capital and a few fronts have most), over two years for each ten thousand
candidates at most, and are told by one to thirty articles, most by one or two. Tolls are mostly small. One article in
eight has no date; one candidate in four names the country alone, one in eight a wide window. The same seed gives the
same candidates.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from conflict_dedup.model import Actors, Candidate, EventType, Figure, Floating, Place, Report, Window

COUNTRY_CODES = "ML BF NE NG SO KE ET SD SS CD CF CM TD MZ SY IQ YE AF PK IN MM PH CO MX UA LY EG TR IL LB"
COUNTRIES = COUNTRY_CODES.split()
TYPES: tuple[EventType, ...] = ("armed_attack", "bombing", "air_strike", "shelling", "battle", "massacre")
SYLLABLES = (
    "ka",
    "bo",
    "li",
    "ra",
    "me",
    "ti",
    "so",
    "ne",
    "gu",
    "da",
    "fa",
    "ko",
    "ri",
    "la",
    "ma",
    "to",
    "be",
    "si",
    "du",
    "na",
)
FIRST_DAY = dt.date(2018, 1, 1)
PLACES_PER_COUNTRY = 150
WORDS = 40_000


def make_candidates(count: int, seed: int = 1) -> list[Candidate]:
    """``count`` candidates of a made-up run."""
    rng = random.Random(seed)
    places = [_place(rng, country, n) for country in COUNTRIES for n in range(PLACES_PER_COUNTRY)]
    weights = [1 / (1 + n % PLACES_PER_COUNTRY) for n in range(len(places))]
    cumulative: list[float] = []
    total = 0.0
    for w in weights:
        total += w
        cumulative.append(total)
    days = 730
    out: list[Candidate] = []
    serial = 0
    while len(out) < count:
        place = rng.choices(places, cum_weights=cumulative)[0]
        day = FIRST_DAY + dt.timedelta(days=rng.randrange(days * max(1, count // 20_000)))
        toll = max(1, int(rng.paretovariate(1.1)))
        kind = rng.choice(TYPES)
        words = [_word(rng) for _ in range(12)]
        for _ in range(min(30, int(rng.paretovariate(1.2)))):
            if len(out) == count:
                break
            serial += 1
            out.append(_told(rng, serial, place=place, day=day, toll=toll, kind=kind, words=words))
    return out


def _told(
    rng: random.Random, serial: int, *, place: Place, day: dt.date, toll: int, kind: EventType, words: list[str]
) -> Candidate:
    """One article's candidate of an incident."""
    article = f"a{serial:07d}"
    dated = rng.random() > 0.125
    published = day + dt.timedelta(days=int(rng.expovariate(0.7)))
    draw = rng.random()
    window, floating = None, None
    if not dated:
        floating = Floating(offset_days=-1, slack_days=2)
    elif draw < 0.7:
        window = Window(start=day, end=day)
    elif draw < 0.875:
        window = Window(start=day - dt.timedelta(days=2), end=day + dt.timedelta(days=1), precision=2)
    elif draw < 0.95:
        window = Window(start=day.replace(day=1), end=day.replace(day=28), precision=4)
    else:
        window = Window(start=dt.date(day.year, 1, 1), end=dt.date(day.year, 12, 31), precision=5)
    said = toll + (rng.randrange(1 + toll // 4) if rng.random() < 0.4 else 0)
    quote = f"{said} people killed"
    where: Place | None = place
    if rng.random() < 0.25:
        where = Place(name=place.country or "", country=place.country, precision=6)
    return Candidate(
        id=f"{article}#0",
        report=Report(
            article=article,
            source=f"outlet {rng.randrange(200)}",
            published=published if dated else None,
            title=f"{said} killed in {place.name} {words[0]} {words[1]}",
        ),
        figures=(
            Figure(
                article=article,
                effect="killed",
                value=said,
                bound="at_least" if rng.random() < 0.3 else "exact",
                low=said,
                high=None,
                category=rng.choice(("total", "civilians", "soldiers")),
                field="text",
                start=0,
                end=len(quote),
                quote=quote,
            ),
        ),
        window=window,
        floating=floating,
        place=where,
        event_type=kind,
        actors=Actors(perpetrators=(f"group {rng.randrange(40)}",)) if rng.random() < 0.4 else Actors(),
        main=rng.random() < 0.75,
        terms=tuple(sorted({*rng.sample(words, 6), *(_word(rng) for _ in range(14))})),
        sketch=tuple(sorted(rng.getrandbits(64) for _ in range(64))),
    )


def _place(rng: random.Random, country: str, n: int) -> Place:
    """A made-up village; coordinates within ten degrees of the country's own made-up centre."""
    centre = COUNTRIES.index(country)
    return Place(
        name="".join(rng.choice(SYLLABLES) for _ in range(rng.randrange(2, 5))).capitalize(),
        admin1=f"Region {n % 12}",
        country=country,
        lat=round((centre * 4) % 50 - 10 + rng.random() * 8, 4),
        lon=round((centre * 7) % 120 - 20 + rng.random() * 8, 4),
        precision=1,
    )


def _word(rng: random.Random) -> str:
    """A word by Zipf's law: most draws are of the few common ones."""
    return f"w{int(WORDS ** rng.random()):05d}"


def batches(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> Iterator[list[Candidate]]:
    """The candidates of each size in turn."""
    for size in sizes:
        yield make_candidates(size)
