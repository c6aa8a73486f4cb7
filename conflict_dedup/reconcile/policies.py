"""How one number is chosen from a range: what each project that codes conflict deaths publishes of its rules.

A policy picks ``best``; it never changes the evidence, so ``low``, ``high``, ``current`` and ``status`` are the same
under each. Every policy is a function of the totals that the reports give, the oldest first, and is listed in
:data:`POLICIES`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import TypeAlias, cast

from conflict_dedup.errors import ConflictDedupError
from conflict_dedup.reconcile.totals import Total

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

Policy: TypeAlias = Callable[[Sequence[Total]], int]

_RANKS = ("official", "medical", "monitors", "witnesses")
_UNATTRIBUTED = len(_RANKS)
_CLAIMED = _UNATTRIBUTED + 1

_ACLED_WORDS = {20: 10, 24: 12, 200: 100, 2_000: 1_000, 20_000: 10_000, 200_000: 100_000}
"""Vague words are stored at two of what they name ("dozens" 24, "hundreds" 200); ACLED codes one: 10 for "tens", 12 for
"dozens", 100 for "hundreds" (ACLED, "Fatalities: uses and limitations of ACLED data", 2024)."""


@cache
def _attributions() -> dict[str, list[str]]:
    """The words of attributions.toml, read once."""
    text = resources.files(__package__).joinpath("attributions.toml").read_text(encoding="utf-8")
    return cast("dict[str, list[str]]", tomllib.loads(text))


@cache
def attribution_rank(attribution: str | None) -> int:
    """How well a figure is attributed: 0 an official count, the higher the worse, a belligerent's claim last.

    The words, and the reason for their order, are in attributions.toml.
    """
    if not attribution:
        return _UNATTRIBUTED
    said = attribution.casefold()
    words = set(said.split())
    for rank, kind in enumerate(_RANKS):
        if any(name in words or (len(name) > 3 and name in said) for name in _attributions()[kind]):
            return rank
    claimed = any(name in said for name in _attributions()["claimants"])
    return _CLAIMED if claimed else _UNATTRIBUTED


def latest(totals: Sequence[Total]) -> int:
    """The newest standing figure; on one day the better attributed, then the exact before the floor, then the higher.

    The default, since tolls are corrected with time and a reader wants the last word. Figures that their own article
    calls earlier or withdrawn do not stand.

    Source: ours.
    """
    standing = _standing(totals)
    newest = max((t.published for t in standing if t.published is not None), default=None)
    last = [t for t in standing if t.published == newest]
    return min(last, key=lambda t: (t.copied, attribution_rank(t.attribution), t.floor, -t.value)).value


def ucdp(totals: Sequence[Total]) -> int:
    """The best attributed standing figure, then the newest of these, then the lower.

    The Uppsala Conflict Data Program takes the most reliable source's number and, where sources cannot be told apart,
    the lower one. It publishes no formula for reliability: attribution and then date is our reading of it.

    Source: UCDP, Definitions, "Best estimate"; UCDP GED Codebook 24.1, "Fatality estimates".
    """
    standing = _standing(totals)
    rank = min(attribution_rank(t.attribution) for t in standing)
    trusted = [t for t in standing if attribution_rank(t.attribution) == rank]
    newest = max((t.published for t in trusted if t.published is not None), default=None)
    return min(t.value for t in trusted if t.published == newest)


def acled(totals: Sequence[Total]) -> int:
    """The lowest standing figure; "tens" is 10, "dozens" 12, "hundreds" 100.

    Where reports differ or are vague, ACLED codes the most conservative figure, and revises it up or down as better
    information appears. So superseded figures are out, each source speaks with its newest, and of these the lowest is
    taken. "Several" is 3; the 10 that ACLED codes for it in an active war needs to know where there is one, which
    articles do not say.

    Source: ACLED, "Fatalities: uses and limitations of ACLED data" (2024).
    """
    standing = current_totals(totals)
    return min(_ACLED_WORDS.get(t.value, t.value) if t.vague else t.low for t in standing)


def ibc(totals: Sequence[Total]) -> int:
    """The minimum of the standing range.

    Iraq Body Count publishes the minimum and the maximum and no point between them: its answer is `current`, the range
    itself. Where a single number must stand, the minimum is the deaths that no source disputes.

    Source: Iraq Body Count, "Methods", part 3 (iraqbodycount.org/about/methods); Hicks et al. 2009.
    """
    return min(t.low for t in current_totals(totals))


def gtd(totals: Sequence[Total]) -> int:
    """The number that most independent sources give; without a majority the lowest.

    The Global Terrorism Database takes the figure of the majority of the most recent sources and, where there is
    none, the lowest. Copies of one text are one source. GTD counts attackers who died too, and leaves a toll that is
    told in vague words alone blank; here the attackers stand apart and the word's number is kept.

    Source: START, GTD Codebook, "Total number of fatalities" (nkill).
    """
    standing = [t for t in current_totals(totals) if not t.copied] or current_totals(totals)
    votes: Counter[int] = Counter()
    for value, _ in {(t.value, t.source) for t in standing}:
        votes[value] += 1
    value, count = min(votes.items(), key=lambda item: (-item[1], item[0]))
    return value if 2 * count > sum(votes.values()) else min(votes)


def highest(totals: Sequence[Total]) -> int:
    """The highest figure that any report gives, withdrawn ones included: the upper end of the range.

    For those who must not undercount: a list of the missing, a plan for relief.

    Source: ours.
    """
    return max(t.high for t in totals)


POLICIES: dict[str, Policy] = {
    "latest": latest,
    "ucdp": ucdp,
    "acled": acled,
    "ibc": ibc,
    "gtd": gtd,
    "max": highest,
}


def policy_named(name: str) -> Policy:
    """The policy of that name.

    Raises:
        ConflictDedupError: there is none; the hint lists those that there are.
    """
    if name not in POLICIES:
        raise ConflictDedupError(f"no policy is called {name!r}", hint=f"one of {', '.join(POLICIES)}")
    return POLICIES[name]


def current_totals(totals: Sequence[Total]) -> list[Total]:
    """What is not superseded, each source's newest day alone."""
    standing = _standing(totals)
    newest: dict[str, Total] = {}
    for total in standing:
        held = newest.get(total.source)
        if held is None or _day(total) > _day(held):
            newest[total.source] = total
    return [t for t in standing if _day(t) == _day(newest[t.source])]


def _day(total: Total) -> int:
    """The ordinal of the day of publication, 0 when unknown."""
    return total.published.toordinal() if total.published else 0


def _standing(totals: Sequence[Total]) -> list[Total]:
    """What no report calls earlier or withdrawn; all of it where nothing else is left."""
    return [t for t in totals if not t.superseded] or list(totals)
