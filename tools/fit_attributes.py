"""Fits the two decisions on a figure's standing (subset, superseded) from gold folders; prints F1 on articles held out.

python tools/fit_attributes.py GOLD_DIR … [--test GOLD_DIR …] [--write]
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import sys

from fit_extraction import GoldDecider, articles, label, written
from fit_links import fit

from conflict_dedup.extract import quantities
from conflict_dedup.extract.attributes import attribute_clues
from conflict_dedup.extract.decide import walk
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.scoring import Scorer, features_of, scorer
from conflict_dedup.extract.segment import tell

POSITIVE = {"subset": 1.0, "superseded": 1.5}
"""What a miss costs against a false alarm: few figures are withdrawn."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path)
    parser.add_argument("--test", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--lang")
    parser.add_argument("--l2", type=float, default=3.0)
    parser.add_argument("--no-cross-validation", action="store_true", help="fit alone, without the five folds")
    parser.add_argument("--write", action="store_true")
    a = parser.parse_args()

    def items(folders):
        out = []
        for folder in folders:
            for article, lang, claims in articles(folder):
                if a.lang and lang != a.lang:
                    continue
                doc = prepare(article)
                found = quantities.find(doc)
                labels, behind, _ = label(doc, found, claims)
                told = tell(doc, walk(doc, found, GoldDecider(labels, scorer("figures"))), doc.geography)
                gold = [c for c in behind if c]
                groups = collections.defaultdict(list)
                for i, c in enumerate(gold):
                    groups[c["incident"]].append(i)
                rows = []
                for members in groups.values():
                    for n, i in enumerate(members):
                        rows.append(
                            (
                                attribute_clues(doc, told, members, n),
                                bool(gold[i]["subset"]),
                                bool(gold[i]["superseded"]),
                            )
                        )
                out.append((folder.name, rows))
        return out

    def measure(rows, w, which):
        scored = Scorer(w)
        said = [scored.score(r[0]) > 0 for r in rows]
        tp = sum(r[which] and yes for r, yes in zip(rows, said))
        s = sum(said)
        g = sum(r[which] for r in rows)
        return tp, s, g

    def f1(t):
        return f"F1 {2 * t[0] / max(1, t[1] + t[2]):.3f} ({t[2]} of them)"

    train = items(a.gold)
    for which, name in ((1, "subset"), (2, "superseded")):
        as_rows = lambda xs: [
            (features_of(r[0]), r[which], POSITIVE[name] if r[which] else 1.0) for x in xs for r in x[1]
        ]
        total = [0, 0, 0]
        for k in range(0 if a.no_cross_validation else 5):
            w = fit(as_rows([x for i, x in enumerate(train) if i % 5 != k]), a.l2)
            t = measure([r for i, x in enumerate(train) if i % 5 == k for r in x[1]], w, which)
            total = [x + y for x, y in zip(total, t)]
        if not a.no_cross_validation:
            print(f"five folds  {name:12} {f1(total)}")
        w = fit(as_rows(train), a.l2)
        print(f"fitted      {name:12} {f1(measure([r for x in train for r in x[1]], w, which))} {len(w)} weights")
        for folder in a.test:
            print(f"test        {name:12} {f1(measure([r for x in items([folder]) for r in x[1]], w, which))}")
        if a.write:
            written(name, w, f"{len(train)} articles")


if __name__ == "__main__":
    sys.exit(main())
