"""Fits the weights by which a date of the text is taken for the day of the main incident; prints how often it is right.

    python tools/fit_timing.py GOLD_DIR … [--test GOLD_DIR …] [--only PREFIX] [--write]

Right is a start within a day of the gold, or a window of at most 31 days that holds it. Five folds by article.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import pathlib
import sys

import fit_extraction
from fit_extraction import GoldDecider, Named, articles, label, load, written

from conflict_dedup.extract import quantities, timing
from conflict_dedup.extract.assemble import main_group
from conflict_dedup.extract.decide import walk
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.scoring import Scorer, scorer
from conflict_dedup.extract.segment import ground, tell

DAY = dt.timedelta(days=1)
MIN_COUNT = 3


def right(w, start, end):
    if w is None or w.window is None:
        return False
    a, b = w.window.start, w.window.end
    return abs(a - start) <= DAY or (a - DAY <= start <= end + DAY and end <= b + DAY and (b - a).days <= 31)


def items(folders):
    out = []
    for folder in folders:
        incidents = {i["id"]: i for i in load(folder / "incidents.jsonl")}
        for article, _, claims in articles(folder):
            if article.published is None:
                continue
            doc = prepare(article)
            found = quantities.find(doc)
            labels, behind, _ = label(doc, found, claims)
            told = tell(doc, walk(doc, found, GoldDecider(labels, scorer("figures"))), doc.geography)
            gold = [c["incident"] for c in behind if c]
            if not told or len(gold) != len(told):
                continue
            groups = collections.defaultdict(list)
            for i, g in enumerate(gold):
                groups[g].append(i)
            listed = list(groups.values())
            main = listed[main_group(doc, told, listed)]
            mine = [told[i] for i in main]
            truth = incidents[gold[main[0]]]
            start, end = (dt.date.fromisoformat(truth[k]) for k in ("date_start", "date_end"))
            offered = timing.readings(doc, mine, ground(told).without(mine))
            good = [right(r.when, start, end) for r in offered]
            if not any(good):
                good[0] = True
            out.append((folder.name, article.id, offered, good, (start, end)))
    return out


def fit(rows, l2, only=None):
    examples = [
        ([Named("y" if g else "n", r.features) for r, g in zip(o, good)], "y", 1.0) for _, _, o, good, _ in rows
    ]
    if only:
        return fit_extraction.fit_only(only, "timing", examples, l2, MIN_COUNT)
    return fit_extraction.fit(examples, l2, MIN_COUNT)


def hits(rows, w):
    total = 0
    scored = Scorer(w)
    for _, _, offered, good, truth in rows:
        chosen = timing.choose(offered, scored)
        total += good[0] if chosen is None else right(chosen, *truth)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path)
    parser.add_argument("--test", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--l2", type=float, default=25.0)
    parser.add_argument("--no-cross-validation", action="store_true", help="fit alone, without the five folds")
    parser.add_argument("--only", help="fit features whose names begin so, beside the shipped weights of the others")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    train = items(a.gold)
    held = 0
    for k in range(0 if a.no_cross_validation else 5):
        w = fit([x for i, x in enumerate(train) if i % 5 != k], a.l2, a.only)
        held += hits([x for i, x in enumerate(train) if i % 5 == k], w)
    w = fit(train, a.l2, a.only)
    n = len(train)
    if not a.no_cross_validation:
        print(f"five folds  main date {held / n:.3f} of {n} articles")
    print(f"fitted      main date {hits(train, w) / n:.3f} of {n} articles")
    for folder in a.test:
        rows = items([folder])
        print(f"test        {folder.name} {hits(rows, w) / len(rows):.3f} of {len(rows)}")
    if a.write:
        written("timing", w, f"{len(train)} articles")


if __name__ == "__main__":
    sys.exit(main())
