"""Syndicated copies: one agency text printed by several outlets is one source.

Articles are held against one another by their bottom-k sketches: the k smallest 64-bit hashes of their shingles. The
share of the k smallest of both together that both have is an unbiased estimate of the share of common shingles
(Broder 1997, "On the resemblance and containment of documents").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from conflict_dedup.model import Candidate, Report

COPY_RESEMBLANCE = 0.5
"""From this resemblance on one article is a copy of the other. Outlets that each write up one press statement share
quotations, which stays below it; a reprint with a new headline and a cut last paragraph stays above."""

KEY_HASHES = 8
"""Articles meet if they share one of so many smallest hashes. At a resemblance of one half 98 of 100 copies do."""

LARGEST_BLOCK = 50
"""A hash that more articles share is boilerplate (a legal notice): only its neighbours in time are compared."""


def resemblance(left: Sequence[int], right: Sequence[int]) -> float:
    """The estimated share, 0 to 1, of the shingles of either text that are in both; 0 without a sketch."""
    if not left or not right:
        return 0.0
    ours, theirs = set(left), set(right)
    smallest = sorted(ours | theirs)[: min(len(ours), len(theirs))]
    return sum(1 for h in smallest if h in ours and h in theirs) / len(smallest)


def fold_copies(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, in the order given, each reprint's report naming its original in ``copy_of``.

    The original is the earliest article of a group, then the longest (a smaller k-th hash means more shingles); undated
    articles come after dated ones. A ``copy_of`` that is already set is kept.
    """
    articles: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.sketch:
            articles.setdefault(candidate.article, candidate)
    copies = _originals(articles)
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


def _originals(articles: dict[str, Candidate]) -> dict[str, str]:
    """Each copy's original."""
    ordered = sorted(articles.values(), key=_seniority)
    # Nearly every hash is of one article alone, so a list is made only when a second one has it.
    first: dict[int, Candidate] = {}
    blocks: dict[int, list[Candidate]] = {}
    for candidate in ordered:
        for key in candidate.sketch[:KEY_HASHES]:
            held = first.setdefault(key, candidate)
            if held is not candidate:
                blocks.setdefault(key, [held]).append(candidate)
    copies: dict[str, str] = {}
    for later, earlier in sorted(_meeting(blocks.values()), key=lambda p: (_seniority(p[0]), _seniority(p[1]))):
        if later.article in copies or earlier.article in copies:
            continue
        if resemblance(later.sketch, earlier.sketch) >= COPY_RESEMBLANCE:
            copies[later.article] = earlier.article
    return copies


def _meeting(blocks: Iterable[list[Candidate]]) -> list[tuple[Candidate, Candidate]]:
    """Each pair of articles that share a block, the later first, once."""
    pairs: dict[tuple[str, str], tuple[Candidate, Candidate]] = {}
    for block in blocks:
        for i, later in enumerate(block):
            for earlier in block[max(0, i - LARGEST_BLOCK) : i]:
                pairs.setdefault((later.article, earlier.article), (later, earlier))
    return list(pairs.values())


def _seniority(candidate: Candidate) -> tuple[bool, str, int, str]:
    """Earlier first, then longer, then by id."""
    published = candidate.report.published
    return (
        published is None,
        published.isoformat() if published else "",
        candidate.sketch[-1] if candidate.sketch else 0,
        candidate.article,
    )
