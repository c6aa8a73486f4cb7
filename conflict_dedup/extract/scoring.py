"""Log-linear scores: sums of the weights of named features, without putting the names together each time.

A *clue* is a tuple: a function that names features, then the values that it makes the names of. It stands for those
features: ``(none_category, "soldiers", True)`` for ``none|cat|soldiers`` and ``none|cat|soldiers|True``. What a clue
weighs is worked out when it is first met and then remembered, since articles repeat their clues by the thousand; the
fitting scripts (``tools/fit_*.py``) ask for the names.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from mypy_extensions import i64  # where extraction is compiled, whole numbers of C

Clue = tuple[Any, ...]
Weights = dict[str, float]
UNIT = 1000
"""A weight of one, as scorers count: in thousandths."""
REMEMBERED = 120_000
"""Clues that a scorer remembers before it forgets them all: some 30 MB.

With half as many remembered, weighing and forgetting them took a tenth of the time, before words were clues.
"""


def features_of(clues: Iterable[Clue]) -> list[str]:
    """The names of the features that clues stand for."""
    return [name for function, *values in clues for name in function(*values)]


def plain(name: str) -> list[str]:
    """A feature without values."""
    return [name]


class Scorer:
    """What each clue weighs, in thousandths, by the weights of its features; those without a weight count nothing.

    Whole numbers, as the weights are shipped with three decimals: the order of clues changes no sum, and a tie is one.

    Attributes:
        known: the clues that are remembered.
    """

    def __init__(self, weights: Weights, remembered: int = REMEMBERED) -> None:
        """Takes the weights of features by name, and how many clues to remember."""
        self.weights = {name: round(UNIT * weight) for name, weight in weights.items()}
        self.remembered = remembered
        self.known: dict[Clue, int] = {}

    def weigh(self, clue: Clue) -> int:
        """Weighs a clue that is not remembered."""
        if len(self.known) >= self.remembered:
            self.known.clear()
        weights = self.weights
        weight = 0
        for name in clue[0](*clue[1:]):
            if name in weights:
                weight += weights[name]
        self.known[clue] = weight
        return weight

    def total(self, clues: list[Clue]) -> int:
        """The sum of what clues weigh."""
        known = self.known
        total: i64 = 0
        for clue in clues:
            weight = known.get(clue)
            total += self.weigh(clue) if weight is None else weight
        return total

    def score(self, clues: list[Clue]) -> float:
        """The sum of what clues weigh, in the unit of the weights."""
        return self.total(clues) / UNIT


TWIN = 1 << 32
"""What one of a twin scorer's first weights counts: no sum of its second ones comes near."""


class TwinScorer(Scorer):
    """Two yes-or-no decisions on the same clues: a clue is looked up once, and weighs the sum of both its weights."""

    def __init__(self, first: Weights, second: Weights) -> None:
        """Takes the weights of features by name in either decision."""
        super().__init__(second)
        for name, weight in first.items():
            self.weights[name] = TWIN * round(UNIT * weight) + self.weights.get(name, 0)

    def decide(self, clues: list[Clue]) -> tuple[bool, bool]:
        """Whether the clues speak for the one, and for the other."""
        first, second = divmod(self.total(clues) + TWIN // 2, TWIN)
        return first > 0, second > TWIN // 2


@cache
def twin_scorer(first: str, second: str) -> TwinScorer:
    """The scorer with the shipped weights of two decisions that look at the same clues: subset and superseded."""
    return TwinScorer(weights(first), weights(second))


@cache
def scorer(decision: str) -> Scorer:
    """The scorer with the shipped weights of one decision: figures, links, locating or timing."""
    return Scorer(weights(decision))


def weights(decision: str) -> Weights:
    """The shipped weights of one decision, by the name of the feature."""
    path = resources.files("conflict_dedup.lexicon").joinpath("weights").joinpath(f"{decision}.json")
    loaded: Weights = msgspec.json.decode(path.read_bytes())["weights"]
    return loaded
