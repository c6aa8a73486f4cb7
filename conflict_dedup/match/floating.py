"""Undated articles: placed in time by the dated reports of what they tell.

"Friday" in an article without a date may be any Friday. The incident that it is about is looked up among the dated
candidates by place, figures and words, every one of which votes, as strongly as it matches, for its own day. If one
day wins clearly, the article was published that long after it, and "a month ago" elsewhere in it becomes a window too.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from conflict_dedup.match.features import Corpus, Features, skeleton
from conflict_dedup.match.scoring import FORBIDDEN, Scorer, probability
from conflict_dedup.model import Floating, Precision, Window

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


class _Publication(NamedTuple):
    """The days between which an undated article came out, as ordinals, both included."""

    first: int
    last: int


def resolve_floating(corpus: Corpus, scorer: Scorer) -> None:
    """Fill in the windows of undated articles where the dated candidates of the corpus allow it.

    Resolved windows say ``inferred``. What cannot be placed keeps ``window`` None.
    """
    undated = [f for f in corpus.features if not f.start]
    if not undated or len(undated) == len(corpus.features):
        return
    index = _index_dated(corpus, undated)
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
                windows[f.index] = _window(*span)
                publications[article] = _publication(f.candidate.floating, *span)
                break
    for f in undated:
        window = windows.get(f.index)
        published = publications.get(f.candidate.article)
        if window is None and published is not None and f.candidate.floating is not None:
            window = _resolved(f.candidate.floating, published)
        if window is not None:
            f.read_window(msgspec.structs.replace(f.candidate, window=window))


def _keys(f: Features) -> list[object]:
    """What candidates are looked up by: place, telling numbers, rare words, wording, and place and number together."""
    keys: list[object] = []
    numbers = [n for n in f.numbers if n >= RARE_NUMBER]
    keys += numbers
    if f.place is not None:
        country = f.place.country
        keys += [(country, -1, n) for n in numbers]
        if f.place.precision < 6:
            for token in f.place.tokens:
                key = country, skeleton(token)
                keys.append(key)
                keys += [(*key, n) for n in f.numbers]
    keys += [(rank,) for rank in f.rarest]
    if f.main:
        keys += [-value for value in f.sketch[:SKETCH_KEYS]]
    return keys


def _index_dated(corpus: Corpus, undated: Sequence[Features]) -> dict[object, list[Features]]:
    """The dated candidates under those keys that some undated candidate asks for; crowded keys hold none."""
    index: dict[object, list[Features]] = {key: [] for f in undated for key in _keys(f)}
    for f in corpus.features:
        if f.start:
            for key in _keys(f):
                block = index.get(key)
                if block is not None:
                    block.append(f)
    return {key: block for key, block in index.items() if len(block) <= LARGEST_BLOCK}


def _placed(f: Features, index: dict[object, list[Features]], scorer: Scorer) -> tuple[int, int] | None:
    """The window of the incident by the votes of the dated candidates that match it, None without a clear winner."""
    hits: Counter[int] = Counter()
    for key in _keys(f):
        hits.update([other.index for other in index.get(key, ())])
    features = scorer.corpus.features
    looked_at = sorted(hits, key=lambda i: (-hits[i], abs(features[i].toll - f.toll), i))[:MOST_LOOKED_AT]
    voters: list[tuple[float, Features]] = []
    for i in looked_at:
        bits = scorer.bits(f, features[i])
        if bits > FORBIDDEN and (p := probability(bits)) > 0.05:
            voters.append((p, features[i]))
    if not voters:
        return None
    # A candidate that only knows the year votes for no day; it would agree with all of them.
    narrow = [(p, v) for p, v in voters if v.width <= LAG_DAYS] or voters
    best: tuple[float, Features] | None = None
    for _, v in sorted(narrow, key=lambda pv: (pv[1].width, pv[1].start, pv[1].index)):
        support = sum(p for p, o in narrow if _same_event(v, o))
        if best is None or support > best[0] + 1e-9:
            best = (support, v)
    if best is None or best[0] < LEAST_VOTES:
        return None
    support, winner = best
    against = sum(p for p, o in narrow if not _same_event(winner, o))
    if support < LEAD * against:
        return None
    return winner.start, winner.end


def _same_event(a: Features, b: Features) -> bool:
    """Whether two dated candidates vote for one day."""
    return max(a.start, b.start) - min(a.end, b.end) <= SAME_EVENT_DAYS


def _publication(floating: Floating | None, start: int, end: int) -> _Publication:
    """When the article came out, from when its incident was and what it says of that."""
    if floating is None:
        return _Publication(start, end + LAG_DAYS)
    first = start - floating.offset_days - floating.slack_days
    last = end - floating.offset_days + floating.slack_days
    return _Publication(max(first, start), max(last, start))


def _resolved(floating: Floating, published: _Publication) -> Window:
    """The window of something told relative to the day of publication."""
    first = published.first + floating.offset_days - floating.slack_days
    last = published.last + floating.offset_days + floating.slack_days
    if floating.weekday is not None:
        days = [day for day in range(first, last + 1) if dt.date.fromordinal(day).weekday() == floating.weekday]
        if days:
            first, last = days[0], days[-1]
    return _window(first, last)


def _window(first: int, last: int) -> Window:
    """An inferred window, its precision by its width (UCDP GED date_prec)."""
    days = last - first
    precision: Precision = 1 if days == 0 else 2 if days <= 6 else 3 if days <= 10 else 4 if days <= 31 else 5
    return Window(start=dt.date.fromordinal(first), end=dt.date.fromordinal(last), precision=precision, inferred=True)
