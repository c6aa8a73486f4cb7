"""How much the comparisons of a pair weigh together: Fellegi and Sunter's sum of log-likelihood ratios.

A level's weight is log2(m/u): m the share of the pairs of one incident that show the level, u that of the pairs of two
incidents which blocking brings together (Fellegi and Sunter 1969, "A theory for record linkage"). The prior is the
log-odds that a blocked pair is of one incident. The comparisons are not independent as the theory has it (a shared
number comes with shared words), so the sum says too much; ``temper`` shrinks it to the log-odds that held on held-out
incidents.
"""

from __future__ import annotations

import math
import sys
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from conflict_dedup.match.comparisons import (
    COMPARISONS,
    MISSING,
    compare_event_types,
    compare_injured,
    compare_killed,
    compare_perpetrators,
    compare_places,
    compare_publication,
    compare_stories,
    compare_targets,
    compare_titles,
    compare_victims,
    compare_wording,
    compare_words,
    date_level,
    days_apart,
)
from conflict_dedup.match.features import Corpus, Features
from conflict_dedup.model import Candidate, Comparison, Pair

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

if TYPE_CHECKING:
    from mypy_extensions import i64  # where matching is compiled, whole numbers of C

FORBIDDEN = float("-inf")
"""The score of a pair that must not be joined, whatever speaks for it."""

MOST_BITS = 14.0
"""The score of one pair is held within this many bits either way, so that one pair cannot outvote a cluster."""

LEAST_BITS = -14.0

TOLERANCE_DAYS = 10
"""Windows that lie farther apart are of two incidents. Outlets date one attack up to a few days apart (the night, the
day of the announcement, the day of the report); ten days leaves room for a misread "last week", no more."""


_ABROAD = frozenset({"other_country", "country_alone"})


class SecondLook(NamedTuple):
    """The weights of the second look (``company``).

    Attributes:
        slope_for, slope_against: of the first look's bits, above and below 0.
        clear: takes the place of all but the first look's bits where these leave nothing open.
        bits: of the levels of all comparisons and of what surrounds a pair, by name and level.
    """

    intercept: float
    slope_for: float
    slope_against: float
    clear: float
    bits: dict[str, dict[str, float]]


class Weights:
    """The weights of ``weights.toml``: bits and u by comparison and level, and the model's own constants.

    ``second`` is None where there is no second look.
    """

    __slots__ = ("bits", "joining_bits", "prior_bits", "second", "table", "temper", "u")

    bits: dict[str, dict[str, float]]
    u: dict[str, dict[str, float]]
    second: SecondLook | None

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        model = table["model"]
        self.prior_bits = float(model["prior_bits"])
        self.temper = float(model["temper"])
        self.joining_bits = float(model["joining_bits"])
        self.bits = {}
        self.u = {}
        for rule in COMPARISONS:
            levels = {level: float(row["bits"]) for level, row in table[rule.name].items()}
            levels[MISSING] = 0.0
            self.bits[rule.name] = levels
            self.u[rule.name] = {level: float(row["u"]) for level, row in table[rule.name].items()}
        again = table.get("second")
        self.second = None
        if again is not None:
            self.second = SecondLook(
                float(again["intercept"]),
                float(again["slope_for"]),
                float(again["slope_against"]),
                float(again["clear"]),
                {name: levels for name, levels in again.items() if isinstance(levels, dict)},
            )

    def replaced(self, bits: dict[str, dict[str, float]]) -> Weights:
        """These weights with other bits for the levels of some comparisons."""
        other = Weights(self.table)
        other.bits = {name: levels | bits.get(name, {}) for name, levels in self.bits.items()}
        return other


@cache
def shipped_weights() -> Weights:
    """The weights that the package ships, read once."""
    text = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    return Weights(tomllib.loads(text))


GUESS_DAYS = 400
"""What an article tells without a day is taken to be news; it may be a look back on something up to so many days
older, or, placed by other reports, have been placed wrongly."""


def tolerance(left: Features, right: Features) -> int:
    """How many days apart the windows of one incident may lie."""
    return GUESS_DAYS if left.inferred or right.inferred else TOLERANCE_DAYS


def forbidden(left: Features, right: Features) -> str | None:
    """Why two candidates must stay apart, None when they may be joined."""
    if left.article == right.article:
        return "one article tells them apart"
    if left.start and right.start:
        gap = days_apart(left, right)
        if gap > tolerance(left, right):
            return f"their dates are {gap} days apart"
    a, b = left.place, right.place
    if a is not None and b is not None and a.country and b.country and a.country != b.country:
        ours, theirs = left.countries_named, right.countries_named
        # Who names both countries tells of a border, and may have put the place on either side of it.
        if a.country in ours and b.country in theirs and a.country not in theirs and b.country not in ours:
            return f"{a.country} and {b.country} are different countries"
    return None


UNIT = 1000
"""A bit, as sums of weights are counted: in thousandths, for whole numbers make one sum in whatever order."""

LOOK = 32
HALF = 1 << (LOOK - 1)
"""The weight of a level for both looks is one number, the first look's shifted by so many binary digits plus the
second's: one sum makes both, since the second one's stays within ``HALF`` either way."""

LEAST_FIRST = (int(LEAST_BITS) * UNIT << LOOK) - HALF
"""A sum for both looks is below this where the first look's share is below ``LEAST_BITS``."""

Table: TypeAlias = dict[str, int]
"""What each level of one comparison weighs in both looks."""

FIRST = frozenset(("prior", "date", "place", "killed", "publication"))
"""What is held against one another first: where these alone speak so much against, no other is asked."""


class Scorer:
    """Scores pairs of one corpus with one set of weights."""

    __slots__ = ("_prior", "_tables", "_temper", "corpus", "weights")

    def __init__(self, corpus: Corpus, weights: Weights | None = None) -> None:
        self.weights = weights or shipped_weights()
        self.corpus = corpus
        self._prior = round(UNIT * self.weights.prior_bits) << LOOK
        self._temper = self.weights.temper
        self._tables: tuple[Table, ...] = tuple([self._both(rule.name) for rule in COMPARISONS])

    def _both(self, name: str) -> Table:
        """What the levels of a comparison weigh in both looks."""
        second = self.weights.second.bits[name] if self.weights.second is not None else {}
        return {
            level: (round(UNIT * bits) << LOOK) + round(UNIT * second.get(level, 0.0))
            for level, bits in self.weights.bits[name].items()
        }

    def bits(self, left: Features, right: Features) -> float:
        """The log-odds, in bits, that two candidates tell of one incident; :data:`FORBIDDEN` if they must not."""
        return self.looks(left, right)[0]

    def looks(self, left: Features, right: Features) -> tuple[float, float]:
        """The same, and what the levels of all comparisons weigh in the second look.

        The comparisons are written out, the cheapest first, rather than looped over: this runs a million times. Where
        the first ones speak so much against that the others are not asked, nothing is said of the second look.
        """
        if left.article == right.article:
            return FORBIDDEN, 0.0
        when = MISSING
        if left.start and right.start:
            gap = days_apart(left, right)
            if gap > TOLERANCE_DAYS and gap > tolerance(left, right):
                return FORBIDDEN, 0.0
            when = date_level(left, right, gap)
        corpus = self.corpus
        (
            date,
            place,
            killed,
            publication,
            event_type,
            victims,
            injured,
            words,
            title,
            wording,
            story,
            actors,
            targets,
        ) = self._tables
        where = compare_places(left, right, corpus)
        if where in _ABROAD and forbidden(left, right):
            return FORBIDDEN, 0.0
        total: i64 = self._prior
        total += place[where]
        total += date[when] + killed[compare_killed(left, right)]
        total += publication[compare_publication(left, right)]
        if total < LEAST_FIRST:
            return LEAST_BITS, 0.0
        total += event_type[compare_event_types(left, right)]
        total += words[compare_words(left, right, corpus)]
        if left.kinds and right.kinds:
            total += victims[compare_victims(left, right)]
        if left.injured and right.injured:
            total += injured[compare_injured(left, right)]
        if left.main and right.main:
            total += title[compare_titles(left, right)] + wording[compare_wording(left, right)]
        elif left.lead is not None and right.lead is not None:
            total += story[compare_stories(left, right, corpus)]
        if left.actors and right.actors:
            total += actors[compare_perpetrators(left, right)]
        if left.targets and right.targets:
            total += targets[compare_targets(left, right)]
        first: i64 = (total + HALF) >> LOOK
        second: i64 = total - (first << LOOK)
        bits = self._temper * float(first) / UNIT
        return max(LEAST_BITS, min(MOST_BITS, bits)), float(second) / UNIT

    def pair(self, left: Features, right: Features) -> Pair:
        """The same sum, with every comparison's level, weight and note."""
        comparisons = [
            Comparison(name="prior", level="prior", bits=round(self.weights.prior_bits, 2), note="before any evidence")
        ]
        for rule in COMPARISONS:
            level = rule.level(left, right, self.corpus)
            note = "" if level == MISSING else rule.note(left, right, self.corpus)
            comparisons.append(
                Comparison(name=rule.name, level=level, bits=self.weights.bits[rule.name][level], note=note)
            )
        total = sum(c.bits for c in comparisons) * self.weights.temper
        if sum(c.bits for c in comparisons if c.name in FIRST) < LEAST_BITS:
            total = LEAST_BITS
        return Pair(
            left=left.candidate.id,
            right=right.candidate.id,
            bits=round(min(MOST_BITS, max(LEAST_BITS, total)), 3),
            comparisons=tuple(comparisons),
            forbidden=forbidden(left, right),
        )


def probability(bits: float) -> float:
    """Log-odds in bits to a probability."""
    return 1.0 / (1.0 + math.pow(2.0, -max(-60.0, min(60.0, bits))))


def compare(left: Candidate, right: Candidate) -> Pair:
    """Hold two candidates against one another, and say what speaks for and against their being one incident.

    With the shipped weights, and words weighed by the two alone; ``match.Run.compare`` weighs them as their run does.

    Returns:
        The pair, its comparisons in bits and, if they must stay apart, the reason in ``forbidden``.
    """
    corpus = Corpus([left, right])
    return Scorer(corpus).pair(corpus.features[0], corpus.features[1])
