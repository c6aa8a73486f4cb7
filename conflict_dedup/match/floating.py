"""Undated articles: placed in time by the dated reports of what they tell.

"Friday" in an article without a date may be any Friday. The incident that it is about is looked up among the dated
candidates by place, figures and words, every one of which votes, as strongly as it matches, for its own day. If one
day wins clearly, the article was published that long after it, and "a month ago" elsewhere in it becomes a window too.
"16 December" may be of any year: only those vote that know of no other day, and what they vote for is the year.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

import msgspec

from conflict_dedup.match.features import Corpus, Features, skeleton
from conflict_dedup.match.scoring import FORBIDDEN, Scorer, probability
from conflict_dedup.model import Floating, Window, precision_of

LEAST_VOTES = 0.5
"""The summed probability that the winning day needs."""

LEAD = 2.0
"""How many times the votes of the runner-up the winning day needs: two attacks on one town leave the article
undated."""

SAME_EVENT_DAYS = 3
"""Dated candidates at most so far apart vote for one day."""

LAG_DAYS = 6
"""An article that says nothing about when is taken to have come out within so many days of what it is about."""

LARGEST_BLOCK = 25
"""A place, a number or a word that more dated candidates share does not find the one that is meant."""

SKETCH_KEYS = 4

MOST_LOOKED_AT = 10
"""Each undated candidate is held against so many dated ones, those that share most keys."""

RARE_NUMBER = 11

LEAP_YEARS = 8
"""There is a 29 February in any so many years, but for those around 1900."""

LISTED_DAYS = 45
"""Where an article tells the day of what it is about without a year, the other days that it tells so are at most so
much later: a list of incidents begins with the first."""


class _Publication(NamedTuple):
    """The days between which an undated article came out, as ordinals, both included.

    ``listed`` is the last one that a day without a year may be.
    """

    first: int
    last: int
    listed: int


def resolve_floating(corpus: Corpus, scorer: Scorer) -> None:
    """Fill in the windows of undated articles where the dated candidates of the corpus allow it.

    Resolved windows say ``inferred``. What cannot be placed keeps ``window`` None.
    """
    undated = [f for f in corpus.features if not f.start]
    if not undated or len(undated) == len(corpus.features):
        return
    index = _Index(corpus, undated)
    publications: dict[str, _Publication] = {}
    windows: dict[int, Window] = {}
    by_article: dict[str, list[Features]] = defaultdict(list)
    for f in undated:
        by_article[f.candidate.article].append(f)
    for article, told in by_article.items():
        # What the article is about is told in most detail, so it places the article; a passing mention only if that
        # fails.
        for f in sorted(told, key=lambda f: (not f.main, f.index)):
            if not f.main and f.candidate.floating is None:
                continue
            span = _placed(f, index, scorer)
            if span is not None:
                narrowed = _narrowed(f.candidate.floating, *span)
                start, end = narrowed.start.toordinal(), narrowed.end.toordinal()
                windows[f.index], publications[article] = narrowed, _publication(f.candidate.floating, start, end)
                break
    for f in undated:
        window = windows.get(f.index)
        published = publications.get(f.candidate.article)
        if window is None and published is not None and f.candidate.floating is not None:
            window = _resolved(f.candidate.floating, published)
        if window is not None:
            f.read_window(msgspec.structs.replace(f.candidate, window=window))


class _Index:
    """The dated candidates by what they are looked up by; of keys that no undated candidate asks for there is none.

    The keys are places, telling numbers, each of them within a country or at a place, rare words, and wording.
    """

    def __init__(self, corpus: Corpus, undated: Sequence[Features]) -> None:
        self._names = {
            place: [(place.country, skeleton(token)) for token in place.tokens] if place.precision < 6 else []
            for place in corpus.places.values()
        }
        self._blocks: dict[object, list[int]] = {key: [] for f in undated for key in self._keys(f)}
        asked = self._blocks
        for f in corpus.features:
            if f.start:
                for key in self._keys(f):
                    if key in asked:
                        asked[key].append(f.index)

    def _keys(self, f: Features) -> list[object]:
        """What one candidate is looked up by."""
        numbers = [n for n in f.numbers if n >= RARE_NUMBER]
        keys: list[object] = [*numbers, *[(rank,) for rank in f.rarest]]
        place = f.place
        if place is not None:
            keys += [(place.country, -1, n) for n in numbers]
            for name in self._names[place]:
                keys.append(name)
                keys += [(name, n) for n in f.numbers]
        keys += [("day", day, None if place is None else place.country) for day in _days_told(f)]
        if f.main and f.sketch_head:
            keys += [-value for value in f.sketch[:SKETCH_KEYS] if value in f.sketch_head]
        return keys

    def hits(self, f: Features) -> Counter[int]:
        """How many keys each dated candidate shares with one that is not, crowded keys left out."""
        hits: Counter[int] = Counter()
        for key in self._keys(f):
            block = self._blocks[key]
            if len(block) <= LARGEST_BLOCK:
                hits.update(block)
        return hits


def _placed(f: Features, index: _Index, scorer: Scorer) -> tuple[int, int] | None:
    """The window of the incident by the votes of the dated candidates that match it, None without a clear winner."""
    features = scorer.corpus.features
    hits = index.hits(f)
    least = min(sorted(hits.values())[-MOST_LOOKED_AT:], default=0)  # of fewer none is looked at
    looked_at = sorted([(-n, abs(features[i].toll - f.toll), i) for i, n in hits.items() if n >= least])
    voters: list[tuple[float, Features]] = []
    undated = f.candidate
    for _, _, i in looked_at[:MOST_LOOKED_AT]:
        other = features[i]
        if _tells_day(undated.floating):
            window = _in_its_year(undated.floating, other.start, other.end)
            if window is None:
                continue
            f.read_window(msgspec.structs.replace(undated, window=window))
        bits = scorer.bits(f, other)
        if bits > FORBIDDEN and (p := probability(bits)) > 0.05:
            voters.append((p, other))
    f.read_window(undated)
    if not voters:
        return None
    # A candidate that only knows the year votes for no day; it would agree with all of them.
    narrow = [(p, v) for p, v in voters if v.width <= LAG_DAYS] or voters
    best, winner = 0.0, None
    for _, start, end in sorted({(v.width, v.start, v.end) for _, v in narrow}):
        support = sum([p for p, v in narrow if _same_event(v, start, end)])
        if winner is None or support > best + 1e-9:
            best, winner = support, (start, end)
    if winner is None or best < LEAST_VOTES:
        return None
    against = sum([p for p, v in narrow if not _same_event(v, *winner)])
    return None if best < LEAD * against else winner


def _tells_day(floating: Floating | None) -> TypeGuard[Floating]:
    """Whether the article tells a month, or a day of it, without a year."""
    return floating is not None and floating.month is not None


def _days_told(f: Features) -> list[tuple[int, int]]:
    """The days of which a candidate may be looked up, as month and day; none where it knows no day."""
    if f.start:
        near = range(f.start, f.end + 1) if f.width <= SAME_EVENT_DAYS else ()
        days = [dt.date.fromordinal(day) for day in near]
        return [(day.month, day.day) for day in days]
    floating = f.candidate.floating
    return [(floating.month, floating.day)] if floating is not None and floating.month and floating.day else []


def _in_its_year(floating: Floating, start: int, end: int) -> Window | None:
    """The day or month told, in the year that brings it nearest to a window; None where no year brings it near."""
    years = range(dt.date.fromordinal(start).year - 1, dt.date.fromordinal(end).year + 2)
    windows = [window for year in years if (window := _of_year(floating, year)) is not None]
    nearest = min(windows, key=lambda window: _gap(window, start, end), default=None)
    return nearest if nearest is not None and _gap(nearest, start, end) <= SAME_EVENT_DAYS else None


def _gap(window: Window, start: int, end: int) -> int:
    """The days between a window and another, negative where they overlap."""
    return max(start - window.end.toordinal(), window.start.toordinal() - end)


def _of_year(floating: Floating, year: int) -> Window | None:
    """The day or month told, in a year that is inferred; None where the year has no such day."""
    window = floating.in_year(year)
    return None if window is None else msgspec.structs.replace(window, inferred=True)


def _same_event(f: Features, start: int, end: int) -> bool:
    """Whether a dated candidate votes for a window as well."""
    return f.start - end <= SAME_EVENT_DAYS and start - f.end <= SAME_EVENT_DAYS


def _publication(floating: Floating | None, start: int, end: int) -> _Publication:
    """When the article came out, from when its incident was and what it says of that."""
    if floating is None:
        return _Publication(start, end + LAG_DAYS, end + LAG_DAYS)
    if _tells_day(floating):
        return _Publication(start, end + LAG_DAYS, end + LISTED_DAYS)
    first = start - floating.offset_days - floating.slack_days
    last = max(end - floating.offset_days + floating.slack_days, start)
    return _Publication(max(first, start), last, last)


def _resolved(floating: Floating, published: _Publication) -> Window:
    """The window of something told relative to the day of publication, or on a day without its year: the latest one."""
    if _tells_day(floating):
        latest = dt.date.fromordinal(published.listed).year
        for year in range(latest, latest - LEAP_YEARS, -1):
            window = _of_year(floating, year)
            if window is not None and window.start.toordinal() <= published.listed:
                return window
    first = published.first + floating.offset_days - floating.slack_days
    last = published.last + floating.offset_days + floating.slack_days
    if floating.weekday is not None:
        days = [day for day in range(first, last + 1) if dt.date.fromordinal(day).weekday() == floating.weekday]
        if days:
            first, last = days[0], days[-1]
    return _window(first, last)


def _narrowed(floating: Floating | None, first: int, last: int) -> Window:
    """The window that won, no wider than the day or month that the article tells."""
    told = _in_its_year(floating, first, last) if _tells_day(floating) else None
    if told is None:
        return _window(first, last)
    if told.start == told.end:
        return told
    start, end = max(first, told.start.toordinal()), min(last, told.end.toordinal())
    return _window(start, end) if start <= end else told


def _window(first: int, last: int) -> Window:
    """An inferred window, its precision by its width (UCDP GED date_prec)."""
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return Window(start=start, end=end, precision=precision_of(last - first), inferred=True)
