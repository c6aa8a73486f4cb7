"""Fits the weights of the second look at an article's figures, on first looks that were not fitted on the article.

    python tools/fit_revising.py GOLD_DIR … [--phrases FILE …] [--weak CORPUS …] [--test GOLD_DIR …] [--write]

The folders are dealt into three, the phrases one by one. The first look is fitted on two thirds and taken at the last
one, for it is surer of what it was fitted on than of what users bring. The figures printed are of the third in turn,
both looks fitted on the others. ``--test`` takes the first look as it is shipped.
Needs numpy and scipy (the dependency group ``fit``).
"""

from __future__ import annotations

import argparse
import pathlib
import sys
from typing import Any, NamedTuple

from fit_extraction import (
    THIRDS,
    Example,
    Named,
    Recorder,
    answers,
    articles,
    dealt,
    f1,
    fit,
    label,
    score,
    weak_items,
    weight_of,
    written,
)

from conflict_dedup.extract import quantities
from conflict_dedup.extract.decide import Decider, Weighed, walk
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.revising import Survey, clues_of, revise, undecided
from conflict_dedup.extract.scoring import UNIT, Scorer, features_of, scorer

LEANING = 0.7
"""How much less than fitted the reading as none weighs, for the reason that ``fit_extraction`` gives. Chosen on sets
left out of the fit."""
L2 = 40.0
FIRST_L2 = 5.0
MIN_COUNT = 3


class Item(NamedTuple):
    """An article of a gold folder, its quantities and what they may count, how often it counts, and its third."""

    doc: Document
    found: list[Any]
    claims: list[dict[str, Any]]
    labels: list[str]
    told: list[tuple[set[str], float]]
    times: int
    third: int


def items(folder: pathlib.Path, times: int = 1, third: int | None = None) -> list[Item]:
    """The articles of a folder, all in one third; phrases, which have nothing in common, are dealt one by one."""
    rows = []
    for n, (article, _, claims) in enumerate(articles(folder)):
        doc = prepare(article)
        found = quantities.find(doc)
        labels = label(doc, found, claims)[0]
        told = answers(doc, found, labels, weight_of(folder))
        rows.append(Item(doc, found, claims, labels, told, times, n % THIRDS if third is None else third))
    return rows


def first_examples(item: Item) -> list[Example]:
    recorder = Recorder(item.labels, item.told)
    walk(item.doc, item.found, recorder)  # type: ignore[arg-type]
    return recorder.kept


def looked_at(item: Item, first: Scorer) -> list[Weighed]:
    decider = Decider(first)
    walk(item.doc, item.found, decider)
    return decider.weighed


def second_examples(item: Item, weighed: list[Weighed]) -> list[Example]:
    survey = Survey(item.doc, weighed)
    kept: list[Example] = []
    for n, (golds, cost) in enumerate(item.told):
        if undecided(survey, survey.looks[n]):
            scores = weighed[n].scores
            offered = [Named(e, features_of(c), scores[e] / UNIT) for e, c in clues_of(survey, n).items()]
            kept.append((offered, golds, cost))
    return kept


def evaluate(item: Item, weighed: list[Weighed], second: Scorer | None) -> tuple[int, ...]:
    decided = [w.decision for w in weighed] if second is None else revise(item.doc, weighed, second)[0]
    return score(item.doc, item.claims, decided)


def summed(rows: list[tuple[int, ...]]) -> str:
    return f1(tuple(map(sum, zip(*rows, strict=True))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path, help="one that is named twice counts twice")
    parser.add_argument("--phrases", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--weak", nargs="*", default=[], type=pathlib.Path, help="corpora with one count an article")
    parser.add_argument("--test", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--no-cross-validation", action="store_true", help="fit alone, without the thirds' figures")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()

    everything = [item for folder, times, third in dealt(a.gold) for item in items(folder, times, third)]
    for path in a.phrases:
        everything += items(path)
    first_rows = [first_examples(item) * item.times for item in everything]
    weighed: list[list[Weighed]] = [[]] * len(everything)
    for k in range(THIRDS):
        rows = [x for item, kept in zip(everything, first_rows, strict=True) if item.third != k for x in kept]
        if a.weak:
            guess = fit(rows, FIRST_L2, MIN_COUNT)
            rows += [x for corpus in a.weak for _, kept in weak_items(corpus, guess) for x in kept]
        first = Scorer(fit(rows, FIRST_L2, MIN_COUNT))
        for n, item in enumerate(everything):
            if item.third == k:
                weighed[n] = looked_at(item, first)
    second_rows = [second_examples(item, looks) * item.times for item, looks in zip(everything, weighed, strict=True)]
    before: list[tuple[int, ...]] = []
    after: list[tuple[int, ...]] = []
    for k in range(0 if a.no_cross_validation else THIRDS):
        rows = [x for item, kept in zip(everything, second_rows, strict=True) if item.third != k for x in kept]
        second = Scorer(fit(rows, L2, MIN_COUNT, LEANING))
        for item, looks in zip(everything, weighed, strict=True):
            if item.third == k:
                before.append(evaluate(item, looks, None))
                after.append(evaluate(item, looks, second))
    if before:
        print(f"thirds      first look       {summed(before)}")
        print(f"thirds      second look      {summed(after)}")
    weights = fit([x for kept in second_rows for x in kept], L2, MIN_COUNT, LEANING)
    second = Scorer(weights)
    for folder in a.test:
        held = items(folder)
        looks_of = [looked_at(item, scorer("figures")) for item in held]
        rows_before = [evaluate(item, looks, None) for item, looks in zip(held, looks_of, strict=True)]
        rows_after = [evaluate(item, looks, second) for item, looks in zip(held, looks_of, strict=True)]
        print(f"test        {folder.name:16} first {summed(rows_before)}")
        print(f"test        {folder.name:16} second {summed(rows_after)}")
    if a.write:
        written("revision", weights, f"{len(everything)} articles, {sum(len(x.claims) for x in everything)} figures")


if __name__ == "__main__":
    sys.exit(main())
