"""Syndicated copies: one agency text printed by several outlets is one source.

Articles are held against one another by their bottom-k sketches: the k smallest hashes of their shingles. The
share of the k smallest of both together that both have is an unbiased estimate of the share of common shingles
(Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from conflict_dedup.model import Candidate, Place, Report

COPY_RESEMBLANCE = 0.5
"""From this resemblance on one article is a copy of the other. Outlets that each write up one press statement share
quotations, which stays below it; a reprint with a new headline and a cut last paragraph stays above."""

KEY_HASHES = 8
"""Articles meet if they share one of so many smallest hashes. At a resemblance of one half 98 of 100 copies do."""

SKETCH_HEAD = 16
"""Two texts of which none of so many smallest hashes is common share too little to be looked at more closely: at a
resemblance of 0.3 that happens to one pair in a hundred."""

LEAST_SHINGLES = 24
"""Shorter texts are copies only where they are the same: "Gunmen killed four people in X on Monday" is a formula."""

LARGEST_BLOCK = 50
"""A hash that more articles share is boilerplate (a legal notice): only its neighbours in time are compared."""


def resemblance(left: Sequence[int], right: Sequence[int]) -> float:
    """The estimated share, 0 to 1, of the shingles of either text that are in both; 0 without a sketch."""
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    ours, theirs = set(left), set(right)
    smallest = sorted(ours | theirs)[: min(len(ours), len(theirs))]
    return len((ours & theirs).intersection(smallest)) / len(smallest)


def likeness(left: Sequence[int], right: Sequence[int]) -> float:
    """The resemblance; 0 of different texts of which one is so short that it may be a formula."""
    if left != right and min(len(left), len(right)) < LEAST_SHINGLES:
        return 0.0
    return resemblance(left, right)


def _elsewhere(left: Place | None, right: Place | None) -> bool:
    """Whether two articles tell of different places, known by name: bulletins repeat formulas, not towns."""
    if left is None or right is None or max(left.precision, right.precision) > NAMED_PRECISION:
        return False
    return left.name != right.name and (left.lat, left.lon) != (right.lat, right.lon)


NAMED_PRECISION = 3
"""Places as wide as a region hold those of other names."""


def repeated_hashes(candidates: Iterable[Candidate]) -> set[int]:
    """Those among the smallest hashes of an article that another has as well: nearly all are of one text alone."""
    seen: set[int] = set()
    repeated: set[int] = set()
    articles: set[str] = set()
    for candidate in candidates:
        if candidate.sketch and candidate.article not in articles:
            articles.add(candidate.article)
            head = candidate.sketch[:SKETCH_HEAD]
            if not seen.isdisjoint(head):
                repeated |= seen.intersection(head)
            seen.update(head)
    return repeated


def fold_copies(candidates: Sequence[Candidate], repeated: set[int] | None = None) -> list[Candidate]:
    """The candidates, in the order given, each reprint's report naming its original in ``copy_of``.

    The original is the earliest article of a group, then the longest (a smaller k-th hash means more shingles); undated
    articles come after dated ones. A ``copy_of`` that is already set is kept.

    Args:
        candidates: All candidates of a run.
        repeated: Their ``repeated_hashes``, where these are known.
    """
    if repeated is None:
        repeated = repeated_hashes(candidates)
    articles: dict[str, Candidate] = {}
    for candidate in candidates:
        if not candidate.sketch or repeated.isdisjoint(candidate.sketch[:KEY_HASHES]):
            continue
        if candidate.main or candidate.article not in articles:
            articles[candidate.article] = candidate
    copies = _originals(sorted(articles.values(), key=_seniority), repeated)
    if not copies:
        return list(candidates)
    reports: dict[str, Report] = {}
    out = []
    for candidate in candidates:
        original = copies.get(candidate.article)
        if original is None or candidate.report.copy_of is not None:
            out.append(candidate)
            continue
        report = reports.get(candidate.article)
        if report is None:
            report = reports[candidate.article] = msgspec.structs.replace(candidate.report, copy_of=original)
        out.append(msgspec.structs.replace(candidate, report=report))
    return out


def _originals(ordered: Sequence[Candidate], repeated: set[int]) -> dict[str, str]:
    """Each copy's original, of articles in the order of their seniority.

    Exact copies are one text, of which the first is held against the others: however many there are, they are copies.
    """
    texts: dict[tuple[int, ...], Candidate] = {}
    exact: dict[str, str] = {}
    for candidate in ordered:
        first = texts.setdefault(candidate.sketch, candidate)
        if first is not candidate:
            exact[candidate.article] = first.article
    different = list(texts.values())
    copies: dict[str, str] = {}
    for i, k in _meeting(different, repeated):
        later, earlier = different[i], different[k]
        if later.article in copies or earlier.article in copies:
            continue
        if likeness(later.sketch, earlier.sketch) >= COPY_RESEMBLANCE and not _elsewhere(later.place, earlier.place):
            copies[later.article] = earlier.article
    return copies | {article: copies.get(first, first) for article, first in exact.items()}


def _meeting(ordered: Sequence[Candidate], repeated: set[int]) -> list[tuple[int, int]]:
    """Each pair of articles that share a hash, the later first, once; by their places, which are in order."""
    blocks: dict[int, list[int]] = defaultdict(list)
    for place, candidate in enumerate(ordered):
        for key in repeated.intersection(candidate.sketch[:KEY_HASHES]):
            blocks[key].append(place)
    pairs: set[tuple[int, int]] = set()
    for block in set(map(tuple, blocks.values())):  # copies share most of their hashes
        for i, later in enumerate(block):
            pairs.update([(later, earlier) for earlier in block[max(0, i - LARGEST_BLOCK) : i]])
    return sorted(pairs)


def _seniority(candidate: Candidate) -> tuple[bool, str, int, str]:
    """Earlier first, then longer, then by id."""
    published = candidate.report.published
    return (
        published is None,
        published.isoformat() if published else "",
        candidate.sketch[-1] if candidate.sketch else 0,
        candidate.article,
    )
