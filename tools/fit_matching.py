"""Fit the weights of matching from gold folders, and write conflict_dedup/match/weights.toml.

    python tools/fit_matching.py GOLD... [--candidates both] [--write]

For every comparison and level, m is its share among the pairs of one incident, u its share among the pairs of two
incidents that blocking brings together and no constraint forbids; pairs without the evidence are left out of that
comparison. An incident told by n articles has n(n-1)/2 pairs, which would let a few big attacks decide; its pairs
share a weight of n-1. In the news of one war every candidate is compared with dozens of others: the pairs of two
incidents weigh at most OTHERS for each candidate of their set. Shares are smoothed towards the pooled share with
SMOOTHING pairs, so that a level never seen weighs nothing.

What is printed is held out by incident: each fold's incidents are judged with weights, temper and threshold fitted on
the other folds alone. Candidates come
from the extractor and from the gold claims (tools/oracle.py): the one shows the mistakes that are made today, the
other keeps the weights sound when those are mended.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from conflict_dedup.match import match
from conflict_dedup.match.blocking import candidate_pairs
from conflict_dedup.match.comparisons import COMPARISONS, LEVELS, MISSING
from conflict_dedup.match.copies import fold_copies
from conflict_dedup.match.features import Corpus
from conflict_dedup.match.floating import resolve_floating
from conflict_dedup.match.scoring import Scorer, Weights, forbidden, probability
from conflict_dedup.model import Candidate

sys.path.insert(0, str(Path(__file__).parent))
from oracle import load, oracle

FOLDS = 5
SMOOTHING = 3.0
TEMPERS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
THRESHOLDS = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
# No threshold below -2: from there on one bridge pair outweighs several that speak against it.
ORDERED = frozenset({"date", "place", "event_type", "victims", "injured", "words", "title"})
"""Comparisons whose levels stand in order in LEVELS: a later one never weighs more. Where few pairs say otherwise,
neighbours are pooled until the order holds (isotonic regression by pooling adjacent violators)."""

INDIFFERENT = 0.0005
"""B-cubed F1 differences up to this are none."""

OTHERS = 5
"""The pairs of two incidents of a set count together as so many for each of its candidates, at most."""
TARGET = Path(__file__).parent.parent / "conflict_dedup" / "match" / "weights.toml"


class Gold(NamedTuple):
    """One folder: its candidates and the incident of each; candidates of no gold incident have a label of their own."""

    name: str
    candidates: list[Candidate]
    truth: dict[str, str]


class Sample(NamedTuple):
    """One pair: its levels, whether it is of one incident, its weight, and the folds of its two incidents."""

    levels: tuple[str, ...]
    same: bool
    weight: float
    folds: frozenset[int]


def fold_of(label: str) -> int:
    return hashlib.blake2b(label.encode(), digest_size=2).digest()[0] % FOLDS


def samples_of(gold: Gold, weights: Weights | None) -> list[Sample]:
    ordered = sorted(gold.candidates, key=lambda c: c.id)
    corpus = Corpus(fold_copies(ordered))
    if weights is not None:
        resolve_floating(corpus, Scorer(corpus, weights))
    label = [gold.truth[f.candidate.id] for f in corpus.features]
    size: dict[str, int] = defaultdict(int)
    for name in label:
        size[name] += 1
    wanted = {(a.index, b.index) for a, b in candidate_pairs(corpus)}
    members: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(label):
        members[name].append(i)
    for group in members.values():
        wanted |= {(a, b) for n, a in enumerate(group) for b in group[n + 1 :]}
    samples = []
    for a, b in sorted(wanted):
        left, right = corpus.features[a], corpus.features[b]
        if forbidden(left, right):
            continue
        same = label[a] == label[b]
        samples.append(
            Sample(
                levels=tuple(rule.level(left, right, corpus) for rule in COMPARISONS),
                same=same,
                weight=2 / size[label[a]] if same else 1.0,
                folds=frozenset({fold_of(label[a]), fold_of(label[b])}),
            )
        )
    # In the news of one war every candidate is compared with dozens: one such set would speak for all others.
    most = OTHERS * len(ordered) / max(1, sum(not s.same for s in samples))
    return [s if s.same or most >= 1 else s._replace(weight=most) for s in samples]


def table_of(samples: Sequence[Sample]) -> dict[str, Any]:
    """The whole weights table but for temper and threshold."""
    matches = sum(s.weight for s in samples if s.same)
    others = sum(s.weight for s in samples if not s.same)
    table: dict[str, Any] = {"model": {"prior_bits": math.log2(matches / others), "temper": 1.0, "joining_bits": 0.0}}
    for n, rule in enumerate(COMPARISONS):
        seen = {level: [0.0, 0.0] for level in LEVELS[rule.name]}
        for s in samples:
            if s.levels[n] != MISSING:
                seen[s.levels[n]][0 if s.same else 1] += s.weight
        total_m, total_u = sum(m for m, _ in seen.values()), sum(u for _, u in seen.values())
        table[rule.name] = {}
        for level, (count_m, count_u) in seen.items():
            pooled = (count_m + count_u + 0.5) / (total_m + total_u + 0.5 * len(seen))
            m = (count_m + SMOOTHING * pooled) / (total_m + SMOOTHING)
            u = (count_u + SMOOTHING * pooled) / (total_u + SMOOTHING)
            bits = math.log2(m / u) if len(seen) > 1 else 0.0
            table[rule.name][level] = {"bits": bits, "m": m, "u": u, "matches": count_m, "others": count_u}
        if rule.name in ORDERED:
            pool_violators(table[rule.name])
        if len(seen) == 1:
            # Only a reprint is told apart, so its share is taken of all pairs that were compared.
            level = next(iter(seen))
            count_m, count_u = seen[level]
            m = (count_m + SMOOTHING / 100) / (matches + SMOOTHING)
            u = (count_u + SMOOTHING / 100) / (others + SMOOTHING)
            table[rule.name][level].update(bits=math.log2(m / u), m=m, u=u)
    return table


def pool_violators(rows: dict[str, dict[str, float]]) -> None:
    """Give neighbouring levels that stand in the wrong order one weight, that of their pairs together."""
    blocks: list[tuple[list[str], float, float, float]] = []
    for level, row in rows.items():
        blocks.append(([level], row["m"], row["u"], row["bits"]))
        while len(blocks) > 1 and blocks[-2][3] < blocks[-1][3]:
            later, earlier = blocks.pop(), blocks.pop()
            m, u = earlier[1] + later[1], earlier[2] + later[2]
            blocks.append((earlier[0] + later[0], m, u, math.log2(m / u)))
    for levels, _, _, bits in blocks:
        for level in levels:
            rows[level]["bits"] = bits


def raw_bits(sample: Sample, table: dict[str, Any]) -> float:
    total = table["model"]["prior_bits"]
    for rule, level in zip(COMPARISONS, sample.levels, strict=True):
        if level != MISSING:
            total += table[rule.name][level]["bits"]
    return float(total)


def log_loss(samples: Sequence[Sample], table: dict[str, Any], temper: float) -> float:
    loss = 0.0
    for s in samples:
        p = min(1 - 1e-6, max(1e-6, probability(temper * raw_bits(s, table))))
        loss -= s.weight * math.log(p if s.same else 1 - p)
    return loss / sum(s.weight for s in samples)


def b_cubed(gold: Gold, weights: Weights, fold: int | None) -> tuple[float, float, int]:
    """Summed precision and recall over the candidates of one fold's incidents, and their number."""
    group: dict[str, set[str]] = {}
    for cluster in match(gold.candidates, weights=weights):
        ids = {c.id for c in cluster.candidates}
        group.update(dict.fromkeys(ids, ids))
    truth: dict[str, set[str]] = defaultdict(set)
    for i, name in gold.truth.items():
        truth[name].add(i)
    precision = recall = 0.0
    count = 0
    for i, name in gold.truth.items():
        if fold is None or fold_of(name) == fold:
            common = len(group[i] & truth[name])
            precision += common / len(group[i])
            recall += common / len(truth[name])
            count += 1
    return precision, recall, count


def f1(precision: float, recall: float, count: int) -> float:
    p, r = precision / max(1, count), recall / max(1, count)
    return 2 * p * r / (p + r) if p + r else 0.0


def fit(samples: Sequence[Sample], golds: Sequence[Gold], fold: int | None) -> dict[str, Any]:
    """Weights from the samples of the other folds; temper by their log loss, threshold by their B-cubed F1."""
    train = [s for s in samples if fold is None or fold not in s.folds]
    table = table_of(train)
    # The temper must not be chosen on pairs whose weights were fitted on themselves: an inner fold is held out.
    losses = dict.fromkeys(TEMPERS, 0.0)
    for inner in range(FOLDS):
        if inner == fold:
            continue
        rest, out = [s for s in train if inner not in s.folds], [s for s in train if inner in s.folds]
        if any(s.same for s in rest) and out:
            inner_table = table_of(rest)
            for temper in TEMPERS:
                losses[temper] += log_loss(out, inner_table, temper)
    table["model"]["temper"] = min(TEMPERS, key=lambda t: (losses[t], t))
    means: dict[float, float] = {}
    for threshold in THRESHOLDS:
        table["model"]["joining_bits"] = threshold
        weights = Weights(table)
        scores = []
        for gold in golds:
            kept = {i: n for i, n in gold.truth.items() if fold is None or fold_of(n) != fold}
            scores.append(f1(*b_cubed(gold._replace(truth=kept), weights, None)) if kept else 1.0)
        means[threshold] = sum(scores) / len(scores)
    if fold is None:
        print("by threshold", {t: round(m, 4) for t, m in means.items()})
    # Of what is as good the laxest is taken: a figure or a place that extraction misreads, as it does in articles that
    # its weights have not seen, speaks against reports that belong together; chance is for ``population`` to weigh.
    table["model"]["joining_bits"] = min(t for t, mean in means.items() if mean >= max(means.values()) - INDIFFERENT)
    return table


def extracted(folder: Path, languages: frozenset[str]) -> Gold:
    """Candidates of the extractor, each labelled by the gold incident with which it shares most figures."""
    from conflict_dedup.extract import extract
    from conflict_dedup.model import Article

    claims: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for claim in load(folder / "claims.jsonl"):
        claims[claim["article"], claim["effect"], int(claim["value"])].append(claim["incident"])
    candidates: list[Candidate] = []
    truth: dict[str, str] = {}
    for row in load(folder / "articles.jsonl"):
        if languages and row["lang"] not in languages:
            continue
        article = Article(
            id=row["id"],
            text=row["text"],
            title=row["title"] or "",
            published=dt.date.fromisoformat(row["published"]) if row["published"] else None,
            source=row["source"],
            lang=row["lang"],
        )
        found = list(extract(article))
        votes: dict[tuple[str, str], float] = defaultdict(float)
        for c in found:
            for f in c.figures:
                for incident in set(claims[f.article, f.effect, f.value]):
                    votes[c.id, incident] += 1 / len(set(claims[f.article, f.effect, f.value]))
        taken: set[str] = set()
        for (candidate, incident), _ in sorted(votes.items(), key=lambda kv: (-kv[1], kv[0])):
            if candidate not in truth and incident not in taken:
                truth[candidate] = incident
                taken.add(incident)
        for c in found:
            truth.setdefault(c.id, f"none/{c.id}")
        candidates += found
    return Gold(folder.name, candidates, truth)


def write(table: dict[str, Any], golds: Sequence[Gold], path: Path) -> None:
    lines = [
        "# The weights of matching, fitted by tools/fit_matching.py; do not edit by hand, add gold and fit again.",
        "#",
        "# bits = log2(m / u). m: the share of the level among pairs of one incident, u: among blocked pairs of two.",
        "# matches and others are the (weighted) counts behind them. The comparisons are described in comparisons.py.",
        "# Fitted on " + ", ".join(f"{g.name} ({len(g.candidates)} candidates)" for g in golds) + ".",
        "",
        "[model]",
        "# The log-odds, in bits, that a blocked pair is of one incident, before any evidence.",
        f"prior_bits = {table['model']['prior_bits']:.3f}",
        "# The comparisons overlap, so their sum is shrunk by this factor (least log loss on held-out incidents).",
        f"temper = {table['model']['temper']}",
        "# Clusters are joined from this average score on (the laxest whose B-cubed F1 is as good as the best).",
        f"joining_bits = {table['model']['joining_bits']}",
    ]
    for rule in COMPARISONS:
        lines += ["", f"[{rule.name}]  # {(rule.level.__doc__ or '').splitlines()[0]}"]
        for level, row in table[rule.name].items():
            lines.append(
                f"{level} = {{ bits = {row['bits']:.2f}, m = {row['m']:.4f}, u = {row['u']:.4f}, "
                f"matches = {row['matches']:.1f}, others = {row['others']:.0f} }}"
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--candidates",
        choices=("extract", "oracle", "both"),
        default="both",
        help="from the extractor, from the gold claims (marked *), or from both",
    )
    parser.add_argument("--lang", action="append", default=[], help="extract only articles in this language")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    parser.add_argument("--no-cross-validation", action="store_true")
    args = parser.parse_args()
    golds = [extracted(p, frozenset(args.lang)) for p in args.gold if args.candidates != "oracle"]
    golds += [Gold(f"{p.name}*", *oracle(p)) for p in args.gold if args.candidates != "extract"]
    samples = [s for g in golds for s in samples_of(g, None)]
    # Undated articles are placed with the first weights, and their pairs then counted with their windows.
    first = Weights(table_of(samples))
    samples = [s for g in golds for s in samples_of(g, first)]
    print(f"{len(samples)} pairs, {sum(s.same for s in samples)} of one incident")
    if not args.no_cross_validation:
        held: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        loss = 0.0
        for fold in range(FOLDS):
            table = fit(samples, golds, fold)
            weights = Weights(table)
            loss += log_loss([s for s in samples if fold in s.folds], table, table["model"]["temper"]) / FOLDS
            for gold in golds:
                for n, x in enumerate(b_cubed(gold, weights, fold)):
                    held[gold.name][n] += x
        for name, (p, r, count) in held.items():
            n = int(count)
            print(f"held out  {name:10} b3 {f1(p, r, n):.3f}  precision {p / n:.3f}  recall {r / n:.3f}")
        print(f"held out  log loss {loss:.4f}")
    table = fit(samples, golds, None)
    weights = Weights(table)
    for gold in golds:
        p, r, n = b_cubed(gold, weights, None)
        print(f"fitted    {gold.name:10} b3 {f1(p, r, n):.3f}  precision {p / n:.3f}  recall {r / n:.3f}")
    print("temper", table["model"]["temper"], "joining", table["model"]["joining_bits"])
    if args.write:
        write(table, golds, TARGET)


if __name__ == "__main__":
    main()
