"""Prints how often incidents of a given confidence are pure, over gold folders: the reliability of ``confidence``.

    python tools/reliability.py GOLD_DIR … [--fit]

An incident with figures of two or more reports is pure when all its figures that the gold knows are of one gold
incident.
"""

from __future__ import annotations

import math
import pathlib
import sys
from itertools import pairwise

from conflict_dedup import pipeline
from conflict_dedup.evaluate import load
from conflict_dedup.evaluate.measures import number
from conflict_dedup.match import confidence
from conflict_dedup.model import Article

BINS = (0.0, 0.8, 0.9, 0.95, 1.01)


def fit(seen: list[tuple[float, bool]]) -> None:
    """Prints the slope and the intercept with the least log loss on a grid."""
    x = [confidence.logit(confidence.posterior(c)) for c, _ in seen]

    def loss(a: float, b: float) -> float:
        return sum(math.log1p(math.exp(-(a * v + b) if p else a * v + b)) for v, (_, p) in zip(x, seen, strict=True))

    a, b = min(((i / 50, j / 20) for i in range(1, 76) for j in range(-40, 61)), key=lambda ab: loss(*ab))
    print(f"SLOPE = {a:.2f}\nINTERCEPT = {b:.2f}  # on {len(seen)} clusters")


def main(folders: list[str]) -> None:
    seen: list[tuple[float, bool]] = []
    for name in (f for f in folders if f != "--fit"):
        folder = pathlib.Path(name)
        if not (folder / "claims.jsonl").exists():
            continue
        gold = load(folder)
        articles = [
            Article(id=a.id, text=a.text, title=a.title or "", published=a.published, source=a.source, lang=a.lang)
            for a in gold.articles
        ]
        incidents = list(pipeline.run(articles))
        gold_of, system_of = number(
            (((c.article, c.effect, c.value), c.incident) for c in gold.claims),
            (((f.article, f.effect, f.value), i.id) for i in incidents for f in i.figures if not f.derived),
        )
        truth: dict[str, dict[str, set[str]]] = {}
        for mention, incident in system_of.items():
            if mention in gold_of:
                truth.setdefault(incident, {}).setdefault(gold_of[mention], set()).add(mention[0])
        for incident in incidents:
            told = truth.get(incident.id, {})
            if len({a for articles_of in told.values() for a in articles_of}) >= 2:
                seen.append((incident.confidence, len(told) == 1))
    if "--fit" in folders:
        fit(seen)
        return
    print("| confidence | incidents | pure | mean confidence |")
    print("| --- | --- | --- | --- |")
    for low, high in pairwise(BINS):
        inside = [(c, p) for c, p in seen if low <= c < high]
        if inside:
            pure = sum(p for _, p in inside) / len(inside)
            mean = sum(c for c, _ in inside) / len(inside)
            print(f"| {low:.3f} to {min(high, 1):.3f} | {len(inside)} | {pure:.2f} | {mean:.3f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
