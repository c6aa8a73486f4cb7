"""Prints how often incidents of a given confidence are pure, over gold folders: the reliability of ``confidence``.

    python tools/reliability.py GOLD_DIR … [--fit]

An incident with figures of two or more reports is *pure* when all its figures that the gold knows are of one gold
incident, and *common* when there is a gold incident of which each of its reports gives a figure. What is common and
not pure was joined rightly, of reports that were themselves run together. ``tools/report_accuracy.py --left-out``
prints the same of sets that nothing was fitted on.
"""

from __future__ import annotations

import argparse
import math
import pathlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from conflict_dedup import pipeline
from conflict_dedup.evaluate import Gold, load
from conflict_dedup.evaluate.measures import number
from conflict_dedup.match import confidence
from conflict_dedup.model import Article, Incident

BINS = (0.0, 0.8, 0.9, 0.95, 1.01)


class Joined(NamedTuple):
    """A printed incident of several reports: what confidence says, and what the gold says."""

    confidence: float
    pure: bool
    common: bool


def joined(gold: Gold, incidents: Iterable[Incident]) -> list[Joined]:
    """The incidents to which two reports or more give a figure that the gold knows."""
    incidents = list(incidents)
    gold_of, system_of = number(
        (((c.article, c.effect, c.value), c.incident) for c in gold.claims),
        (((f.article, f.effect, f.value), i.id) for i in incidents for f in i.figures if not f.derived),
    )
    truth: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention, group in system_of.items():
        if mention in gold_of:
            truth[group][mention[0]].add(gold_of[mention])
    found = []
    for incident in incidents:
        told = truth.get(incident.id, {})
        if len(told) >= 2:
            pure = len(set.union(*told.values())) == 1
            found.append(Joined(incident.confidence, pure, bool(set.intersection(*told.values()))))
    return found


def table(seen: Iterable[Joined]) -> list[str]:
    """The reliability table, in Markdown."""
    seen = list(seen)
    lines = ["| confidence | incidents | mean confidence | pure | common |", "| --- | --- | --- | --- | --- |"]
    for low, high in [*pairwise(BINS), (BINS[0], BINS[-1])]:
        inside = [s for s in seen if low <= s.confidence < high]
        if inside:
            name = "all" if (low, high) == (BINS[0], BINS[-1]) else f"{low:.2f} to {min(high, 1):.2f}"
            shares = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            lines.append(f"| {name} | {len(inside)} | " + " | ".join(f"{share:.2f}" for share in shares) + " |")
    return lines


def fit(seen: Iterable[Joined]) -> str:
    """The slope and the intercept with the least log loss on a grid, as ``match/confidence.py`` writes them."""
    data = [(confidence.logit(confidence.posterior(s.confidence)), s.pure) for s in seen]

    def loss(a: float, b: float) -> float:
        return sum(math.log1p(math.exp(-(a * x + b) if pure else a * x + b)) for x, pure in data)

    a, b = min(((i / 50, j / 20) for i in range(1, 76) for j in range(-40, 61)), key=lambda ab: loss(*ab))
    now = loss(confidence.SLOPE, confidence.INTERCEPT) / len(data)
    return f"SLOPE = {a:.2f}\nINTERCEPT = {b:.2f}  # log loss {loss(a, b) / len(data):.3f}, now {now:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path)
    parser.add_argument("--fit", action="store_true", help="print the slope and the intercept with the least log loss")
    a = parser.parse_args()
    seen: list[Joined] = []
    for folder in a.gold:
        if not (folder / "claims.jsonl").exists():
            continue
        gold = load(folder)
        articles = [
            Article(id=a.id, text=a.text, title=a.title or "", published=a.published, source=a.source, lang=a.lang)
            for a in gold.articles
        ]
        seen += joined(gold, pipeline.run(articles))
    print(fit(seen) if a.fit else "\n".join(table(seen)))


if __name__ == "__main__":
    main()
