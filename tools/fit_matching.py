"""Fit the weights of matching from gold folders, and write conflict_dedup/match/weights.toml.

    python tools/fit_matching.py GOLD... [--candidates extract] [--write]

The first look: for every comparison and level, m is its share among the pairs of one incident, u its share among the
pairs of two incidents that blocking brings together and no constraint forbids; pairs without the evidence are left out
of that comparison. An incident told by n articles has n(n-1)/2 pairs, which would let a few big attacks decide; its
pairs share a weight of n-1. In the news of one war every candidate is compared with dozens of others: the pairs of two
incidents weigh at most OTHERS for each candidate of their set. Shares are smoothed towards the pooled share with
SMOOTHING pairs, so that a level never seen weighs nothing.

The second look (company.py): a logistic regression on the first one's bits, all levels and what surrounds a pair. The
first looks that it is fitted to come from folders that these were not fitted on (three thirds of the folders).

What is printed is held out by folder: each fifth of the folders is judged with weights fitted on the others. Candidates
come from the extractor, from the gold claims (tools/oracle.py), or from files: FOLDER/SET.jsonl, as ``conflict-dedup
extract`` prints them. An extractor that was fitted on the set makes fewer mistakes in it than it will make for users,
and so would teach to trust days and places too much; the files are for one that was not. Needs numpy and scipy (the
dependency group ``fit``).
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

import msgspec
import numpy as np
from scipy.sparse import csr_matrix

from conflict_dedup.match import Run, match
from conflict_dedup.match.blocking import candidate_pairs
from conflict_dedup.match.company import CLEAR_BITS, CONTEXT, LEAST_RUN, OPEN_BITS
from conflict_dedup.match.comparisons import COMPARISONS, LEVELS, MISSING
from conflict_dedup.match.copies import fold_copies
from conflict_dedup.match.features import Corpus
from conflict_dedup.match.floating import resolve_floating
from conflict_dedup.match.scoring import Scorer, Weights, forbidden, probability
from conflict_dedup.model import Candidate

sys.path.insert(0, str(Path(__file__).parent))
from fit_extraction import THIRDS
from fit_links import logistic
from oracle import load, oracle

FOLDS = 5
SECOND_L2 = 10.0
SCALE = 5.0
"""The first look's bits count by so many, for the penalty's sake."""
LEANING = 1.0
"""Bits that the second look's score is raised by: the pairs of one incident share a weight. Chosen on sets left out."""
SMOOTHING = 3.0
TEMPERS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
THRESHOLDS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
# No threshold below -1.5: from there on one bridge pair outweighs several that speak against it.
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


class Again(NamedTuple):
    """One pair as the second look sees it: the first one's bits, all levels, whether it is of one incident, weight."""

    first: float
    levels: tuple[tuple[str, str], ...]
    same: bool
    weight: float


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


def b_cubed(gold: Gold, weights: Weights) -> tuple[float, float, int]:
    """Summed precision and recall over the candidates, and their number."""
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
        common = len(group[i] & truth[name])
        precision += common / len(group[i])
        recall += common / len(truth[name])
        count += 1
    return precision, recall, count


def f1(precision: float, recall: float, count: int) -> float:
    p, r = precision / max(1, count), recall / max(1, count)
    return 2 * p * r / (p + r) if p + r else 0.0


def first_of(samples: Sequence[Sample]) -> dict[str, Any]:
    """The weights of the first look; the temper is that of least log loss."""
    table = table_of(samples)
    # The temper must not be chosen on pairs whose weights were fitted on themselves: a fold is held out.
    losses = dict.fromkeys(TEMPERS, 0.0)
    for fold in range(FOLDS):
        rest, out = [s for s in samples if fold not in s.folds], [s for s in samples if fold in s.folds]
        if any(s.same for s in rest) and out:
            inner = table_of(rest)
            for temper in TEMPERS:
                losses[temper] += log_loss(out, inner, temper)
    table["model"]["temper"] = min(TEMPERS, key=lambda t: (losses[t], t))
    return table


def joined_from(table: dict[str, Any], golds: Sequence[Gold]) -> float:
    """The score from which clusters are best joined."""
    means: dict[float, float] = {}
    for threshold in THRESHOLDS:
        table["model"]["joining_bits"] = threshold
        weights = Weights(table)
        means[threshold] = sum(f1(*b_cubed(gold, weights)) for gold in golds) / len(golds)
    print("by threshold", {t: round(m, 4) for t, m in means.items()})
    # Of what is as good the laxest is taken: a figure or a place that extraction misreads, as it does in articles that
    # its weights have not seen, speaks against reports that belong together; chance is for ``population`` to weigh.
    return min(t for t, mean in means.items() if mean >= max(means.values()) - INDIFFERENT)


def fit(golds: Sequence[Gold]) -> dict[str, Any]:
    """All weights: those of the first look, those of the second, and the score from which clusters are joined."""
    samples = [samples_of(g, None) for g in golds]
    # Undated articles are placed with the first weights, and their pairs then counted with their windows.
    first = Weights(table_of([s for own in samples for s in own]))
    samples = [samples_of(g, first) for g in golds]
    table = first_of([s for own in samples for s in own])
    if len(golds) >= THIRDS:
        table["second"] = second_of(stacked(golds, samples, table["model"]["temper"]))
    table["model"]["joining_bits"] = joined_from(table, golds)
    return table


def extracted(folder: Path, languages: frozenset[str]) -> Gold:
    """Candidates of the extractor, labelled."""
    from conflict_dedup.extract import extract
    from conflict_dedup.model import Article

    found: list[Candidate] = []
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
        found += extract(article)
    return labelled(folder, found)


def from_file(folder: Path, candidates: Path) -> Gold:
    """The candidates of a set as a file has them, labelled."""
    lines = (candidates / f"{folder.name}.jsonl").read_bytes().splitlines()
    return labelled(folder, [msgspec.json.decode(line, type=Candidate) for line in lines if line.strip()])


def labelled(folder: Path, candidates: list[Candidate]) -> Gold:
    """Candidates, each with the gold incident with which it shares most figures."""
    claims: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for claim in load(folder / "claims.jsonl"):
        claims[claim["article"], claim["effect"], int(claim["value"])].add(claim["incident"])
    votes: dict[str, dict[tuple[str, str], float]] = defaultdict(lambda: defaultdict(float))
    for c in candidates:
        for f in c.figures:
            told = claims[f.article, f.effect, f.value]
            for incident in told:
                votes[c.article][c.id, incident] += 1 / len(told)
    truth: dict[str, str] = {}
    for own in votes.values():
        taken: set[str] = set()
        for (candidate, incident), _ in sorted(own.items(), key=lambda kv: (-kv[1], kv[0])):
            if candidate not in truth and incident not in taken:
                truth[candidate] = incident
                taken.add(incident)
    for c in candidates:
        truth.setdefault(c.id, f"none/{c.id}")
    return Gold(folder.name, candidates, truth)


def again_of(gold: Gold, table: dict[str, Any]) -> list[Again]:
    """The pairs that are looked at again, with the first look's weights of a table."""
    if len(gold.candidates) < LEAST_RUN:
        return []
    run = Run(gold.candidates, weights=Weights(table))
    size: dict[str, int] = defaultdict(int)
    for name in gold.truth.values():
        size[name] += 1
    rows = []
    apart = 0
    for left, right, first, _ in run.scored:
        if forbidden(left, right):
            continue
        label = gold.truth[left.candidate.id]
        same = label == gold.truth[right.candidate.id]
        apart += not same
        if first > OPEN_BITS:
            levels = [(rule.name, rule.level(left, right, run.corpus)) for rule in COMPARISONS]
            levels = [(name, level) for name, level in levels if level != MISSING]
            levels += run.company.levels(left, right, first).items()
            rows.append(Again(first, tuple(levels), same, 2 / size[label] if same else 1.0))
    most = OTHERS * len(gold.candidates) / max(1, apart)
    return [r if r.same or most >= 1 else r._replace(weight=most) for r in rows]


def stacked(golds: Sequence[Gold], samples: Sequence[Sequence[Sample]], temper: float) -> list[Again]:
    """The pairs of every third of the folders, the first look fitted on the other two."""
    rows: list[Again] = []
    for k in range(THIRDS):
        table = table_of([s for n, own in enumerate(samples) if n % THIRDS != k for s in own])
        table["model"]["temper"] = temper
        for n, gold in enumerate(golds):
            if n % THIRDS == k:
                rows += again_of(gold, table)
    return rows


def second_of(rows: Sequence[Again]) -> dict[str, Any]:
    """The weights of the second look, in bits: logistic regression on the first look's bits and all levels."""
    names = [(name, level) for name, levels in {**LEVELS, **CONTEXT}.items() for level in levels]
    column = {name: n + 3 for n, name in enumerate(names)}
    at, to, values = [], [], []
    for i, r in enumerate(rows):
        at += [i, i, i]
        to += [0, 1, 2]
        values += [1.0, max(r.first, 0.0) / SCALE, min(r.first, 0.0) / SCALE]
        for level in r.levels:
            at.append(i)
            to.append(column[level])
            values.append(1.0)
    x = csr_matrix((values, (at, to)), shape=(len(rows), len(names) + 3))
    sign = np.array([1.0 if r.same else -1.0 for r in rows])
    weight = np.array([r.weight for r in rows])
    penalty = np.full(x.shape[1], SECOND_L2)
    penalty[0] = 0.0
    w = logistic(x, sign, weight, penalty) / math.log(2)
    clear = np.array([r.first > CLEAR_BITS for r in rows])
    shared = x @ w - x[:, 1] @ w[1:2]  # all but what the first look's bits weigh
    second: dict[str, Any] = {
        "intercept": float(w[0]) + LEANING,
        "slope_for": float(w[1]) / SCALE,
        "slope_against": float(w[2]) / SCALE,
        "clear": float(np.average(shared[clear], weights=weight[clear])) + LEANING,
    }
    for name, level in names:
        second.setdefault(name, {})[level] = float(w[column[name, level]])
    return second


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
    if "second" in table:
        lines += ["", "[second]", "# The second look (company.py): what the first one's bits weigh in it, and levels."]
        lines += [f"{name} = {value:.3f}" for name, value in table["second"].items() if not isinstance(value, dict)]
        for name, levels in table["second"].items():
            if isinstance(levels, dict):
                lines += ["", f"[second.{name}]", *(f"{level} = {bits:.2f}" for level, bits in levels.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def shown(kind: str, golds: Sequence[Gold], tables: Sequence[dict[str, Any]]) -> None:
    """Prints B-cubed of each set, with the weights that are meant for it."""
    total = 0.0
    for gold, table in zip(golds, tables, strict=True):
        p, r, n = b_cubed(gold, Weights(table))
        total += f1(p, r, n)
        print(f"{kind:9} {gold.name:12} b3 {f1(p, r, n):.3f}  precision {p / n:.3f}  recall {r / n:.3f}")
    print(f"{kind:9} mean of {len(golds):4} b3 {total / len(golds):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--candidates",
        default="both",
        metavar="extract|oracle|both|FOLDER",
        help="from the extractor, from the gold claims (marked *), from both, or from FOLDER/SET.jsonl",
    )
    parser.add_argument("--lang", action="append", default=[], help="extract only articles in this language")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    parser.add_argument("--no-cross-validation", action="store_true")
    args = parser.parse_args()
    kind = args.candidates
    if kind in ("extract", "oracle", "both"):
        golds = [extracted(p, frozenset(args.lang)) for p in args.gold if kind != "oracle"]
        golds += [Gold(f"{p.name}*", *oracle(p)) for p in args.gold if kind != "extract"]
    else:
        golds = [from_file(p, Path(kind)) for p in args.gold]
    if not args.no_cross_validation and len(golds) > 1:
        tables = [fit([g for n, g in enumerate(golds) if n % FOLDS != k]) for k in range(min(FOLDS, len(golds)))]
        chosen = [tables[n % FOLDS] for n in range(len(golds))]
        shown("one look", golds, [{name: rows for name, rows in t.items() if name != "second"} for t in chosen])
        shown("held out", golds, chosen)
    table = fit(golds)
    shown("fitted", golds, [table] * len(golds))
    print("temper", table["model"]["temper"], "joining", table["model"]["joining_bits"])
    if args.write:
        write(table, golds, TARGET)


if __name__ == "__main__":
    main()
