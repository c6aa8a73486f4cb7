"""Fits the weights by which a figure joins one of the incidents before it in its article, or opens a new one.

    python tools/fit_joining.py GOLD_DIR … [--test GOLD_DIR …] [--write]

The folders are dealt into three; what pairs of figures weigh (``fit_links``) is fitted on two thirds for the last one,
as those fitted on an article are surer of it than of what users bring. Prints B-cubed of the third in turn, both fitted
on the others; ``--test`` takes the pairs as they are shipped. Needs numpy and scipy (the dependency group ``fit``).
"""

from __future__ import annotations

import argparse
import pathlib
import sys
from typing import Any, NamedTuple

from fit_extraction import THIRDS, Example, Named, dealt, fit, written
from fit_links import NONE, bcubed, figures_of, pairs_of
from fit_links import fit as fit_pairs

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.joining import Joiner
from conflict_dedup.extract.scoring import Scorer, features_of, scorer
from conflict_dedup.extract.segment import Told

L2 = 5.0
PAIRS_L2 = 1.0
MIN_COUNT = 4
OPENING = 0.2
"""How much more than fitted a new incident weighs: two that are taken for one lose a day, a place and a toll. Chosen on
sets left out of the fit."""
FIGURES = 4
"""An article of more figures counts as one of so many."""


class Item(NamedTuple):
    """An article, its figures and the incident of each (empty where unknown), how often it counts, and its third."""

    doc: Document
    told: list[Told]
    gold: list[str]
    times: int
    third: int


def items(folder: pathlib.Path, times: int = 1, third: int = 0) -> list[Item]:
    return [Item(doc, told, gold, times, third) for doc, told, gold in figures_of(folder)]


def examples(item: Item, pairs: Scorer) -> list[Example]:
    """What each figure but the first may join, the incidents before it being as in gold."""
    joiner = Joiner(item.doc, item.told, pairs)
    opened: list[str] = []
    kept: list[Example] = []
    for j, incident in enumerate(item.gold):
        if not incident:
            continue
        k = opened.index(incident) if incident in opened else -1
        if opened:
            scores, clues = joiner.options(j)
            rows = zip([-1, *joiner.asked()], clues, scores, strict=True)
            offered = [Named(str(n), features_of(c), score) for n, c, score in rows]
            kept.append((offered, {str(k)}, 1.0))
        joiner.add(j, k)
        if k < 0:
            opened.append(incident)
    cost = 1.0 / max(1.0, len(kept) / FIGURES)
    return [(offered, golds, cost) for offered, golds, _ in kept] * item.times


def fitted(rows: list[Example]) -> dict[str, float]:
    weights = fit(rows, L2, MIN_COUNT)
    weights["new"] = weights.get("new", 0.0) + OPENING
    return weights


def shown(rows: list[tuple[float, float, int]]) -> str:
    p, r, n = (sum(values) for values in zip(*rows, strict=True))
    return f"P {p / n:.3f} R {r / n:.3f} F {2 * p * r / (p + r) / n:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path, help="one that is named twice counts twice")
    parser.add_argument("--test", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--no-cross-validation", action="store_true", help="fit alone, without the thirds' figures")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()

    everything = [item for folder, times, third in dealt(a.gold) for item in items(folder, times, third)]
    pair_rows: list[list[Any]] = [pairs_of(x.doc, x.told, x.gold) * x.times for x in everything]
    pairs = []
    for k in range(THIRDS):
        rows = [r for x, kept in zip(everything, pair_rows, strict=True) if x.third != k for r in kept]
        pairs.append(Scorer(fit_pairs(rows, PAIRS_L2)))
    kept = [examples(item, pairs[item.third]) for item in everything]
    alone, scores = [], []
    for k in range(0 if a.no_cross_validation else THIRDS):
        rows = [r for item, own in zip(everything, kept, strict=True) if item.third != k for r in own]
        joining = Scorer(fitted(rows))
        alone += [bcubed(x.doc, x.told, x.gold, pairs[k], NONE) for x in everything if x.third == k]
        scores += [bcubed(x.doc, x.told, x.gold, pairs[k], joining) for x in everything if x.third == k]
    if scores:
        print(f"thirds      pairs alone      {shown(alone)}")
        print(f"thirds      joining          {shown(scores)}")
    weights = fitted([r for own in kept for r in own])
    joining = Scorer(weights)
    print(f"fitted      {shown([bcubed(x.doc, x.told, x.gold, scorer('links'), joining) for x in everything])}")
    for folder in a.test:
        rows = [bcubed(x.doc, x.told, x.gold, scorer("links"), joining) for x in items(folder)]
        print(f"test        {folder.name:16} {shown(rows)}")
    if a.write:
        written("joining", weights, f"{len(everything)} articles, {sum(len(x.told) for x in everything)} figures")


if __name__ == "__main__":
    sys.exit(main())
