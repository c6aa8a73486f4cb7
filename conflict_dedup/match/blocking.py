"""Which pairs are worth comparing, found in near-linear time.

Two candidates meet when they share a *key* and are close in time: a place (a consonant skeleton of a word of its
name, a cell of the map, its first-level division), a number of dead, a rare word, a hash of the article's wording.
Each key's candidates are sorted by date and toll and each is held against the next few that its window reaches (a
sorted neighbourhood, Hernández and Stolfo 1995), so that a capital in a bad year costs no more than its size times a
constant.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter

from conflict_dedup.match.features import Corpus, Features, PlaceFeatures, skeleton
from conflict_dedup.match.scoring import GUESS_DAYS

SMALL_RUN = 300
"""A run of at most so many candidates is compared in full: 45,000 pairs take a quarter of a second."""

REACH_DAYS = 4
"""Narrow windows at most so far apart are compared."""

LEAST_NUMBER = 6
"""Smaller tolls agree by chance too often to bring two candidates together."""

LEAST_NUMBER_ANYWHERE = 31
"""From this toll on the number alone brings candidates together, whatever the country: places are misread, and some
have none."""

LEAST_NUMBER_GUESSED = 11
"""From this toll on it brings together candidates of which one is dated by a guess alone."""

RAREST_WORDS = 4
"""Each candidate is looked up under so many of its rarest words."""

LARGEST_WORD_BLOCK = 20
"""A word that more candidates have is not rare."""

GUESS_NEIGHBOURS = 3
"""A candidate whose window is only guessed is held against so many earlier ones of each block, whatever their day."""

CELLS_PER_DEGREE = 2
"""Cells of half a degree, some 55 km at the equator; two grids half a cell apart, so that neighbours share one."""

NEIGHBOURS = {"place": 12, "cell": 8, "region": 5, "number": 6, "word": 6, "sketch": 4, "country": 6}
"""How many later candidates of a block each is held against, by kind of key."""

SKETCH_KEYS = 3

EVER = dt.date.max.toordinal()

_BY_DATE = attrgetter("start", "toll", "index")


def candidate_pairs(corpus: Corpus) -> Iterator[tuple[Features, Features]]:
    """Each pair worth comparing once, in a fixed order; the first has the lower index."""
    features = corpus.features
    count = len(features)
    if count <= SMALL_RUN:
        for i, left in enumerate(features):
            for right in features[i + 1 :]:
                if left.article != right.article and (not left.start or not right.start or _in_reach(left, right)):
                    yield left, right
        return
    ordered = sorted(features, key=_BY_DATE)
    seen: set[int] = set()
    for a, b in chain(_neighbours(ordered, _blocks(ordered)), _vague_places(ordered)):
        seen.add(a * count + b if a < b else b * count + a)
    for code in sorted(seen):
        a, b = divmod(code, count)
        yield features[a], features[b]


def _blocks(ordered: Sequence[Features]) -> Iterator[tuple[str, Iterable[list[int]]]]:
    """The blocks by kind of key: of the candidates their places in the order, ascending."""
    at_place: dict[PlaceFeatures, list[int]] = defaultdict(list)
    by_number: dict[object, list[int]] = defaultdict(list)
    by_word: dict[int, list[int]] = defaultdict(list)
    by_sketch: dict[int, list[int]] = defaultdict(list)
    for n, f in enumerate(ordered):
        if f.place is not None:
            at_place[f.place].append(n)
        for number in f.numbers:
            if number >= LEAST_NUMBER:
                country = f.place.country if f.place is not None else ""
                by_number[country, number].append(n)
                if number >= LEAST_NUMBER_ANYWHERE and country:
                    by_number["", number].append(n)
        for rank in f.rarest[:RAREST_WORDS]:
            by_word[rank].append(n)
        if f.main and f.sketch_head:
            for value in f.sketch[:SKETCH_KEYS]:
                if value in f.sketch_head:
                    by_sketch[value].append(n)
    yield "place", _by_keys(at_place, _name_keys)
    yield "cell", _by_keys(at_place, _cell_keys)
    yield "number", by_number.values()
    yield "word", [block for block in by_word.values() if len(block) <= LARGEST_WORD_BLOCK]
    yield "sketch", by_sketch.values()


def _by_keys(
    at_place: dict[PlaceFeatures, list[int]], keys: Callable[[PlaceFeatures], Iterable[tuple[object, ...]]]
) -> Iterable[list[int]]:
    """The candidates of all places that have a key in common, one block a key."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, members in at_place.items():
        for key in keys(place):
            blocks[key] += members
    for block in blocks.values():
        block.sort()
    return blocks.values()


def _name_keys(place: PlaceFeatures) -> Iterator[tuple[object, ...]]:
    """The country with the skeleton of each word of the name; none for a country alone."""
    if place.precision < 6:
        for token in place.tokens:
            yield place.country, skeleton(token)


def _cell_keys(place: PlaceFeatures) -> Iterator[tuple[object, ...]]:
    """The cells of the map, for places precise enough to have one."""
    if place.lat is None or place.lon is None or place.precision > 3:
        return
    x, y = place.lat * CELLS_PER_DEGREE, place.lon * CELLS_PER_DEGREE
    yield 0, int(x // 1), int(y // 1)
    yield 1, int((x + 0.5) // 1), int((y + 0.5) // 1)


def _vague_places(ordered: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Candidates with a region or a country alone, each with those nearest in time and toll around it."""
    by_region: dict[object, list[Features]] = defaultdict(list)
    by_country: dict[object, list[Features]] = defaultdict(list)
    for f in ordered:
        place = f.place
        if place is not None and place.country:
            by_country[place.country].append(f)
            if place.admin1:
                by_region[place.country, place.admin1].append(f)
    for kind, blocks, least in (("region", by_region, 3), ("country", by_country, 6)):
        for block in blocks.values():
            days = [f.start for f in block]
            for f in block:
                if f.place is not None and f.place.precision >= least and f.start:
                    for other in _nearest(f, block, days, NEIGHBOURS[kind]):
                        yield f.index, other.index


def _nearest(f: Features, block: list[Features], days: list[int], count: int) -> list[Features]:
    """The candidates within reach of a window, those with the nearest toll first.

    Where many stand within reach, these are the last before the window's first day and the first from then on.
    """
    at = bisect_left(days, f.start)
    since = max(bisect_left(days, f.start - REACH_DAYS), at - 5 * count)
    reach = f.end + REACH_DAYS
    near = []
    for other in block[since : at + 10 * count]:
        if other.start > reach:
            break
        if other.article != f.article:
            near.append((abs(other.toll - f.toll), other.index, other))
    near.sort()
    return [other for _, _, other in near[:count]]


def _neighbours(
    ordered: Sequence[Features], kinds: Iterable[tuple[str, Iterable[list[int]]]]
) -> Iterator[tuple[int, int]]:
    """Each candidate with the next few of its block that its window reaches; undated ones with the first of all."""
    starts = [f.start for f in ordered]
    ends = [f.end for f in ordered]
    articles = [f.article for f in ordered]
    indices = [f.index for f in ordered]
    for kind, blocks in kinds:
        cap = NEIGHBOURS[kind]
        for block in blocks:
            size = len(block)
            if size == 2:
                a, b = block
                if articles[a] != articles[b] and (not starts[a] or _in_reach(ordered[a], ordered[b])):
                    yield indices[a], indices[b]
                continue
            for n, a in enumerate(block):
                article = articles[a]
                reach = ends[a] + REACH_DAYS if starts[a] else EVER
                taken = 0
                for m in range(n + 1, size):
                    b = block[m]
                    if starts[b] > reach:
                        break
                    if articles[b] != article:
                        yield indices[a], indices[b]
                        taken += 1
                        if taken == cap:
                            break
                if ordered[a].inferred:
                    for b in block[max(0, n - GUESS_NEIGHBOURS) : n]:
                        if articles[b] != article and _in_reach(ordered[b], ordered[a]):
                            yield indices[b], indices[a]


def _in_reach(a: Features, b: Features) -> bool:
    """Whether two windows overlap or nearly do. One that is only guessed may be far off, if both print one toll."""
    gap = max(a.start, b.start) - min(a.end, b.end)
    if gap <= REACH_DAYS:
        return True
    if not (a.inferred or b.inferred) or gap > GUESS_DAYS:
        return False
    return max(a.numbers & b.numbers, default=0) >= LEAST_NUMBER_GUESSED
