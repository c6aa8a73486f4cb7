"""The values that pass between the stages: frozen, validated when made, without I/O.

``None`` has one meaning throughout: not stated. Dates are ``datetime.date``; spans are half-open
character offsets into ``title`` or ``text`` of an article.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from typing import Literal

import msgspec

INCIDENT_SCHEMA = "conflict-dedup/incident/1"
CANDIDATE_SCHEMA = "conflict-dedup/candidate/1"

Effect = Literal["killed", "injured", "missing", "abducted"]
EFFECTS: tuple[Effect, ...] = ("killed", "injured", "missing", "abducted")

Bound = Literal["exact", "at_least", "more_than", "at_most", "fewer_than", "about", "range", "vague"]

Category = Literal[
    "total",
    "soldiers",
    "police",
    "civilians",
    "militants",
    "attackers",
    "children",
    "women",
    "foreigners",
    "journalists",
    "aid_workers",
    "other",
]
CATEGORIES: tuple[Category, ...] = (
    "total",
    "soldiers",
    "police",
    "civilians",
    "militants",
    "attackers",
    "children",
    "women",
    "foreigners",
    "journalists",
    "aid_workers",
    "other",
)

EventType = Literal[
    "armed_attack", "bombing", "air_strike", "shelling", "battle", "massacre", "hostage_taking", "other"
]
EVENT_TYPES: tuple[EventType, ...] = (
    "armed_attack",
    "bombing",
    "air_strike",
    "shelling",
    "battle",
    "massacre",
    "hostage_taking",
    "other",
)

ChangeKind = Literal["new", "moved", "merged", "split", "gone", "unchanged"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("new", "moved", "merged", "split", "gone", "unchanged")

Field = Literal["title", "text"]
Status = Literal["agreed", "rising", "revised_down", "disputed"]
Precision = Literal[1, 2, 3, 4, 5]
PlacePrecision = Literal[1, 2, 3, 4, 5, 6, 7]


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article as it was read.

    ``origin`` is the file (and line) that it came from, for messages; it is no part of its identity.
    """

    id: str
    text: str
    title: str = ""
    published: dt.date | None = None
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    origin: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an article needs an id")


class Span(msgspec.Struct, frozen=True):
    """A half-open stretch ``[start, end)`` of one field of an article."""

    field: Field
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The days within which something happened, both included.

    ``precision`` is the UCDP GED date_prec: 1 day, 2 two to six days, 3 week, 4 month, 5 year or wider
    (UCDP GED Codebook 24.1). ``inferred`` is true when no word of the article dates it, but the cluster does.
    """

    start: dt.date
    end: dt.date
    precision: Precision = 1
    inferred: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a window cannot end before it starts: {self.start}..{self.end}")

    @property
    def days(self) -> int:
        """The number of days between start and end (0 for one day)."""
        return (self.end - self.start).days


def precision_of(days: int) -> Precision:
    """The UCDP GED date_prec of a window so many days long (0 for one day)."""
    if days == 0:
        return 1
    if days <= 6:
        return 2
    if days <= 9:
        return 3
    return 4 if days <= 62 else 5


def month_window(year: int, month: int) -> Window:
    """The whole of a month, precision 4."""
    first = dt.date(year, month, 1)
    return Window(start=first, end=first.replace(day=monthrange(year, month)[1]), precision=4)


class Floating(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The date of an incident told by an undated article, relative to that article.

    ``offset_days`` is counted from the (unknown) day of publication, backwards negative, give or take
    ``slack_days``; ``weekday`` (Monday 0) narrows it: "Friday" is weekday 4, offset -3, slack 3. So do ``month`` and
    ``day``, where the article tells them without a year: "on 16 December".
    """

    offset_days: int
    slack_days: int = 0
    weekday: int | None = None
    month: int | None = None
    day: int | None = None

    def in_year(self, year: int) -> Window | None:
        """The month or day told, in a year; None where none is told, or the year has no such day."""
        if self.month is None:
            return None
        try:
            first = dt.date(year, self.month, self.day or 1)
        except ValueError:  # 29 February, or a year that the calendar does not reach
            return None
        return month_window(year, self.month) if self.day is None else Window(start=first, end=first)


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something happened. ``precision`` is the UCDP GED where_prec.

    1 exact, 2 near, 3 second-level division, 4 first-level division, 5 larger or vague, 6 country, 7 water or air.
    ``country`` is an ISO 3166 alpha-2 code.
    """

    name: str
    admin1: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = 1


class Actors(msgspec.Struct, frozen=True):
    """Who did it, to whom, and who said that it was theirs: names as the lexicon spells them."""

    perpetrators: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    claimed_by: tuple[str, ...] = ()


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number of one effect in one article, with its quotation (see docs/schema.md)."""

    article: str
    effect: Effect
    value: int
    bound: Bound
    low: int | None
    high: int | None
    category: Category
    field: Field
    start: int
    end: int
    quote: str
    subset: bool = False
    superseded: bool = False
    derived: bool = False
    attribution: str | None = None

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("a figure is never negative")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"not an interval: {self.low}-{self.high}")
        if not self.derived and self.end - self.start != len(self.quote):
            raise ValueError("the quotation and its offsets disagree")


def in_order(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures of one article as they stand in it, the title's first."""
    return tuple(sorted(figures, key=lambda f: (f.field != "title", f.start, f.effect)))


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The article that a candidate stands in, as far as a reader needs it."""

    article: str
    source: str | None = None
    published: dt.date | None = None
    title: str = ""
    url: str | None = None
    copy_of: str | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as one article tells it.

    ``main`` marks the incident that the article is about. ``terms`` are the folded content words and names near its
    figures, for the comparison of rare shared words. ``sketch`` is a bottom-k sketch of the article's shingles, for
    folding reprints. ``window`` is None when the article has no date of its own; ``floating`` then says what is known
    relative to that unknown date. ``doubtful`` are numbers that the article's own words leave open: they count where
    another report of the incident prints the same number, and then stand among ``figures`` as well.
    """

    id: str
    report: Report
    figures: tuple[Figure, ...] = ()
    doubtful: tuple[Figure, ...] = ()
    window: Window | None = None
    floating: Floating | None = None
    place: Place | None = None
    event_type: EventType = "other"
    actors: Actors = Actors()
    passages: tuple[Span, ...] = ()
    main: bool = False
    terms: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()
    schema: str = CANDIDATE_SCHEMA

    @property
    def article(self) -> str:
        """The id of the article that tells it."""
        return self.report.article


class Interval(msgspec.Struct, frozen=True):
    """The lowest and the highest number that stand."""

    low: int
    high: int


class CategoryEstimate(msgspec.Struct, frozen=True):
    """The range for one category of victims; ``best`` by the chosen policy."""

    low: int
    best: int
    high: int


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """The reconciled range of one effect."""

    low: int
    best: int
    high: int
    open: bool
    status: Status
    current: Interval
    by_category: dict[str, CategoryEstimate] = {}

    def __post_init__(self) -> None:
        if not self.low <= self.best <= self.high:
            raise ValueError(f"best lies outside the range: {self.low} {self.best} {self.high}")


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One real incident: every report of it, every figure, and the range that they leave."""

    schema: str = INCIDENT_SCHEMA
    id: str
    date: Window | None
    place: Place | None
    event_type: EventType
    actors: Actors
    killed: Estimate | None
    injured: Estimate | None
    missing: Estimate | None
    abducted: Estimate | None
    figures: tuple[Figure, ...]
    reports: tuple[Report, ...]
    independent_sources: int
    confidence: float

    def effect(self, effect: Effect) -> Estimate | None:
        """The range of one effect, None when no source gives any."""
        estimate: Estimate | None = getattr(self, effect)
        return estimate


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What one comparison of two candidates found: how much it weighs, in bits, and why."""

    name: str
    level: str
    bits: float
    note: str = ""


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two candidates held against one another. ``forbidden`` names the constraint that keeps them apart, if any."""

    left: str
    right: str
    bits: float
    comparisons: tuple[Comparison, ...]
    forbidden: str | None = None


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """The candidates of one real incident.

    Their windows are resolved (undated reports placed by the dated ones); ``report.copy_of`` is set on reprints.
    ``confidence`` is the probability, 0 to 1, that they tell of one incident.
    """

    candidates: tuple[Candidate, ...]
    confidence: float


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What became of incidents between two outputs.

    ``new`` has no ``old``, ``gone`` no ``new``, ``merged`` several ``old``, ``split`` several ``new``; ``fields`` names
    what moved.
    """

    kind: ChangeKind
    old: tuple[Incident, ...]
    new: tuple[Incident, ...]
    fields: tuple[str, ...] = ()
