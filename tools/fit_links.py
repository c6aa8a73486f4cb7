"""Fits what pairs of figures of one article tell of their incidents; prints B-cubed of articles held out.

    python tools/fit_links.py GOLD_DIR … [--test GOLD_DIR …] [--only PREFIX] [--write]

Trained on the gold figures that the quantity grammar finds; five folds by article.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import sys

import numpy as np
from fit_extraction import GoldDecider, Named, articles, fit_only, label, repeated, written
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from conflict_dedup.extract import quantities
from conflict_dedup.extract.decide import walk
from conflict_dedup.extract.joining import group
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.scoring import Scorer, features_of, scorer
from conflict_dedup.extract.segment import pair_clues, tell

MIN_COUNT = 4


def fit(rows, l2, only=None):
    if only:
        pairs = [([Named("one", r), Named("two", [])], {"one" if same else "two"}, cost) for r, same, cost in rows]
        return fit_only(only, "links", pairs, l2, MIN_COUNT)
    counts = collections.Counter(f for r, _, _ in rows for f in r)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= MIN_COUNT))}
    indptr, indices = [0], []
    for r, _, _ in rows:
        indices.extend(index[f] for f in r if f in index)
        indptr.append(len(indices))
    X = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(rows), len(index)))
    y = np.array([1.0 if g else -1.0 for _, g, _ in rows])
    weight = np.array([c for _, _, c in rows])
    w = logistic(X, y, weight, np.full(len(index), l2))
    return {f: float(w[i]) for f, i in index.items() if abs(w[i]) > 0.005}


def logistic(x, y, weight, penalty):
    """The weights of a logistic regression: rows, their signs and weights, and by column the penalty of its square."""

    def loss(w):
        z = y * (x @ w)
        p = 1 / (1 + np.exp(np.clip(z, -30, 30)))
        return (
            float(np.sum(weight * np.logaddexp(0, -z)) + 0.5 * penalty @ (w * w)),
            x.T @ (-y * p * weight) + penalty * w,
        )

    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


NONE = Scorer({})
"""B-cubed is of what the pairs tell alone; ``fit_joining`` prints what the groups add."""


def incident(decision, quoted, claims):
    """The incident of a figure: its own claim's, or that of the only one it can be said again of; else none."""
    q = decision.quantity
    if q.start in quoted:
        return quoted[q.start]
    said = {c["incident"] for c in claims if c["value"] == q.value and c["effect"] == decision.effect}
    return said.pop() if len(said) == 1 else ""


def bcubed(doc, told, gold, pairs, joining):
    """The sums of B-cubed precision and recall over the figures whose incident is known, and how many these are."""
    groups = group(doc, told, pairs, joining)
    of = {i: n for n, g in enumerate(groups) for i in g if gold[i]}
    p = r = 0.0
    for i in of:
        mine = [j for j in of if of[j] == of[i]]
        his = [j for j in of if gold[j] == gold[i]]
        both = len(set(mine) & set(his))
        p += both / len(mine)
        r += both / len(his)
    return p, r, len(of)


def figures_of(folder, lang=None):
    """Of each article of a folder the document, its gold figures, and the incident of each, empty where unknown."""
    for article, code, claims in articles(folder):
        if lang and code != lang:
            continue
        doc = prepare(article)
        found = quantities.find(doc)
        labels, behind, _ = label(doc, found, claims)
        again = repeated(doc, found, labels)
        decisions = walk(doc, found, GoldDecider(labels, scorer("figures"), again))
        told = tell(doc, decisions, doc.geography)
        quoted = {q.start: c["incident"] for q, c in zip(found, behind, strict=True) if c}
        yield doc, told, [incident(t.decision, quoted, claims) for t in told]


def pairs_of(doc, told, gold):
    """The pairs of an article's figures whose incidents are known: features, whether they are one, what it counts."""
    cost = 1.0 / max(1.0, (len(told) / 4))
    return [
        (features_of(pair_clues(doc, told[i], told[j], j - i - 1, len(told))), gold[i] == gold[j], cost)
        for j in range(len(told))
        for i in range(j)
        if gold[i] and gold[j]
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path)
    parser.add_argument("--test", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--lang")
    parser.add_argument("--l2", type=float, default=1.0)
    parser.add_argument("--only", help="fit features whose names begin so, beside the shipped weights of the others")
    parser.add_argument("--no-cross-validation", action="store_true", help="fit alone, without the five folds")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()

    def items(folders):
        return [
            (folder.name, doc, told, gold, pairs_of(doc, told, gold))
            for folder in folders
            for doc, told, gold in figures_of(folder, a.lang)
        ]

    train = items(a.gold)
    total = collections.defaultdict(lambda: [0.0, 0.0, 0])
    for k in range(0 if a.no_cross_validation else 5):
        w = fit([r for i, x in enumerate(train) if i % 5 != k for r in x[4]], a.l2, a.only)
        for i, x in enumerate(train):
            if i % 5 == k:
                t = bcubed(x[1], x[2], x[3], Scorer(w), NONE)
                for key in (x[0], "all, held out", "lang " + x[1].language.code):
                    for j in range(3):
                        total[key][j] += t[j]
    show = lambda t: (
        f"P {t[0] / max(1, t[2]):.3f} R {t[1] / max(1, t[2]):.3f} "
        f"F {2 * t[0] * t[1] / max(1e-9, (t[0] + t[1]) * t[2]):.3f}"
    )
    for key, t in sorted(total.items()):
        print(f"five folds  {key:16} {show(t)}")
    w = fit([r for x in train for r in x[4]], a.l2, a.only)
    t = [sum(v) for v in zip(*(bcubed(x[1], x[2], x[3], Scorer(w), NONE) for x in train))]
    print(f"fitted      {'all':16} {show(t)} {len(w)} weights")
    for folder in a.test:
        t = [sum(v) for v in zip(*(bcubed(x[1], x[2], x[3], Scorer(w), NONE) for x in items([folder])))]
        print(f"test        {folder.name:16} {show(t)}")
    if a.write:
        written("links", w, f"{len(train)} articles")


if __name__ == "__main__":
    sys.exit(main())
