"""Fits the weights by which a place of the text is taken for the scene of an incident; prints how often it is right.

    python tools/fit_locating.py GOLD_DIR … [--test GOLD_DIR …] [--only PREFIX] [--write]

Right is a place in the gold's country whose name is like the gold's or that lies within 30 km of it. Five folds by
article. Needs numpy and scipy (the dependency group ``fit``).
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import sys

import fit_extraction
from fit_extraction import GoldDecider, Named, articles, label, load, written
from rapidfuzz.distance import Levenshtein

from conflict_dedup.extract import locating, quantities
from conflict_dedup.extract.assemble import main_group
from conflict_dedup.extract.decide import walk
from conflict_dedup.extract.places import as_place
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.scoring import Scorer, scorer
from conflict_dedup.extract.segment import ground, tell
from conflict_dedup.lexicon.gazetteer import distance_km, fold

NEAR_KM = 30.0
ALIKE = 0.7
MIN_COUNT = 3


def right(m, geography, truth):
    if m is None:
        return False
    place = as_place(m, geography)
    if place.country != truth["country"]:
        return False
    mine, gold = fold(place.name), fold(truth["place"])
    if mine in gold or gold in mine or Levenshtein.normalized_similarity(mine, gold) >= ALIKE:
        return True
    if None in (place.lat, truth.get("lat")):
        return False
    return distance_km(place.lat, place.lon, truth["lat"], truth["lon"]) <= NEAR_KM


def items(folders):
    """Per incident of an article: folder, role, options, which are right."""
    out = []
    for folder in folders:
        incidents = {i["id"]: i for i in load(folder / "incidents.jsonl")}
        for number, (article, _, claims) in enumerate(articles(folder)):
            doc = prepare(article)
            found = quantities.find(doc)
            labels, behind, _ = label(doc, found, claims)
            geography = doc.geography
            told = tell(doc, walk(doc, found, GoldDecider(labels, scorer("figures"))), geography)
            gold = [c["incident"] for c in behind if c]
            if not told or len(gold) != len(told):
                continue
            groups = collections.defaultdict(list)
            for i, g in enumerate(gold):
                groups[g].append(i)
            listed = list(groups.values())
            main = main_group(doc, told, listed)
            scene = None
            for n in sorted(range(len(listed)), key=lambda n: n != main):
                mine = [told[i] for i in listed[n]]
                about = locating.incident(doc, mine, ground(told).without(mine), scene, main=n == main)
                offered = locating.scenes(doc, geography, about)
                good = [right(s.mention, geography, incidents[gold[listed[n][0]]]) for s in offered]
                if n == main:
                    scene = next((s.mention for s, g in zip(offered, good) if g), None)
                possible = any(good)
                if not possible:
                    good[0] = True
                out.append((folder.name, number, n == main, offered, good, possible))
    return out


def fit(rows, l2, only=None):
    examples = [
        ([Named("y" if g else "n", s.features) for s, g in zip(o, good)], "y", 1.0) for _, _, _, o, good, _ in rows
    ]
    if only:
        return fit_extraction.fit_only(only, "locating", examples, l2, MIN_COUNT)
    return fit_extraction.fit(examples, l2, MIN_COUNT)


def hits(rows, w):
    """Right scenes, by role and in all."""
    total = collections.Counter()
    scored = Scorer(w)
    for _, _, main, offered, good, possible in rows:
        scene = locating.choose(offered, scored)
        ok = possible and scene is not None and any(g for s, g in zip(offered, good) if s.mention is scene)
        role = "main" if main else "passing"
        total[role] += ok
        total[role + " n"] += 1
        total[role + " possible"] += possible
    return total


def said(total):
    return ", ".join(
        f"{role} {total[role] / max(1, total[role + ' n']):.3f} of {total[role + ' n']} "
        f"({total[role + ' possible'] / max(1, total[role + ' n']):.3f} named)"
        for role in ("main", "passing")
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path)
    parser.add_argument("--test", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--l2", type=float, default=8.0)
    parser.add_argument("--no-cross-validation", action="store_true", help="fit alone, without the five folds")
    parser.add_argument("--only", help="fit features whose names begin so, beside the shipped weights of the others")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()
    train = items(a.gold)
    held = collections.Counter()
    for k in range(0 if a.no_cross_validation else 5):
        w = fit([x for x in train if x[1] % 5 != k], a.l2, a.only)
        held += hits([x for x in train if x[1] % 5 == k], w)
    w = fit(train, a.l2, a.only)
    if not a.no_cross_validation:
        print(f"five folds  {said(held)}")
    print(f"fitted      {said(hits(train, w))}  {len(w)} weights")
    for folder in a.test:
        print(f"test        {folder.name} {said(hits(items([folder]), w))}")
    if a.write:
        written("locating", w, f"{len(train)} incidents in articles")


if __name__ == "__main__":
    sys.exit(main())
