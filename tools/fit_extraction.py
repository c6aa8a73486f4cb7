"""Fits the weights of the decision over quantities from gold folders, and says how well they do on articles held out.

    python tools/fit_extraction.py GOLD_DIR … [--test GOLD_DIR …] [--write]

A gold folder holds articles.jsonl and claims.jsonl (see tests/gold/README.md); a file of tools/phrases may stand
for one. Cross-validation is by article,
five folds.
Needs numpy and scipy (the dependency group ``fit``).
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import json
import pathlib
import re
import sys
from typing import Any

import numpy as np
import tomllib
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from conflict_dedup.extract import quantities
from conflict_dedup.extract.decide import Decider, Decision, choose, walk
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.extract.scoring import Scorer
from conflict_dedup.extract.scoring import weights as shipped
from conflict_dedup.model import Article

WEIGHTS = pathlib.Path(__file__).parent.parent / "conflict_dedup" / "lexicon" / "weights"


def load(path: pathlib.Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


TRAPS: dict[str, list[str]] = collections.defaultdict(list)
TRAP_WEIGHT = 3.0
"""What taking a trap for a casualty figure costs, against missing a figure."""


LEANING = 0.4
"""How much less than fitted the reading as none weighs. A figure missed loses its incident a day, a place and often the
toll as well; one too many costs a wrong number. Chosen on sets left out of the fit."""
PHRASES_DAY = dt.date(2024, 6, 14)


SETTINGS = {
    "en": ("News in brief", "The authorities have not commented."),
    "fr": ("En bref", "Les autorités n'ont pas réagi."),
    "es": ("En breve", "Las autoridades no se han pronunciado."),
    "pt": ("Em resumo", "As autoridades não comentaram."),
}
"""A headline, and for every second phrase a lead, so that phrases stand where sentences of articles do."""


def phrases(path: pathlib.Path) -> list[tuple[Article, str, list[dict[str, Any]]]]:
    """The phrases of a file tools/phrases/CODE.toml, each in a short article of its own (``SETTINGS``).

    A figure is written "effect value bound category [subset|superseded]"; no value stands twice in a phrase.
    """
    found = []
    for n, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["cases"]):
        claims = []
        for told in case["figures"]:
            effect, value, bound, category, *more = told.split()
            low = int(value.split("-")[0])
            claims.append(
                {
                    "effect": effect,
                    "value": low,
                    "bound": bound,
                    "category": category,
                    "subset": "subset" in more,
                    "superseded": "superseded" in more,
                    "incident": "told",
                    "quote": case["text"],
                }
            )
        title, lead = SETTINGS[path.stem]
        text = case["text"] if n % 2 else f"{lead}\n\n{case['text']}"
        article = Article(id=f"{path.stem}-{n}", title=title, text=text, lang=path.stem, published=PHRASES_DAY)
        found.append((article, path.stem, claims))
    return found


def articles(folder: pathlib.Path) -> list[tuple[Article, str, list[dict[str, Any]]]]:
    if folder.suffix == ".toml":
        return phrases(folder)
    for t in load(folder / "non_incidents.jsonl"):
        TRAPS[t["article"]].append(t["quote"])
    claims = collections.defaultdict(list)
    for c in load(folder / "claims.jsonl"):
        claims[c["article"]].append(c)
    found = []
    for a in load(folder / "articles.jsonl"):
        article = Article(
            id=a["id"],
            text=a["text"],
            title=a.get("title") or "",
            lang=a["lang"],
            source=a.get("source"),
            published=None if not a.get("published") else dt.date.fromisoformat(a["published"]),
        )
        found.append((article, a["lang"], claims[a["id"]]))
    return found


def spans_of(doc: Document, quote: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(re.escape(quote), doc.stream)]


def label(
    doc: Document, found: list[quantities.Quantity], claims: list[dict[str, Any]]
) -> tuple[list[str], list[dict[str, Any] | None], list[dict[str, Any]]]:
    """The gold effect of each quantity, the claim behind it, and the claims that no quantity answers."""
    labels = ["none"] * len(found)
    behind: list[dict[str, Any] | None] = [None] * len(found)
    missed = []
    taken: set[int] = set()
    # the longer quotations first: they are the more telling
    for c in sorted(claims, key=lambda c: -len(c["quote"])):
        spots = spans_of(doc, c["quote"])
        best = None
        for i, q in enumerate(found):
            if i in taken or q.value != c["value"]:
                continue
            end = q.end if q.style == "one" else q.number_end  # a quotation may leave out the article of "the imam"
            b, e = doc.begin[q.start], doc.finish[end - 1]
            for s, t in spots:
                if b < t and s < e:
                    best = i
                    break
            if best is not None:
                break
        if best is None:
            missed.append(c)
        else:
            taken.add(best)
            labels[best] = c["effect"]
            behind[best] = c
    return labels, behind, missed


class Named:
    """An option with the names of its features, as the fit takes it, and what it weighs before they are weighed."""

    def __init__(self, effect: str, features: list[str], offset: float = 0.0) -> None:
        self.effect = effect
        self.features = features
        self.offset = offset


Example = tuple[list[Named], set[str], float]
"""The options of a quantity, the effects that it may have, and what it counts in the fit."""


def named(offered: list[Any]) -> list[Named]:
    return [Named(o.effect, o.features) for o in offered]


class GoldDecider:
    """Answers with the gold effect and, by weights, the trigger that most likely carries it.

    A figure that is said again (``repeated``) counts where the weights take it for that figure.
    """

    def __init__(self, labels: list[str], scorer: Scorer, again: dict[int, set[str]] | None = None) -> None:
        self.labels = iter(labels)
        self.scorer = scorer
        self.again = again or {}

    def __call__(self, q: Any, offered: list[Any]) -> tuple[str, int, float]:
        gold = next(self.labels)
        if q.start in self.again and offered:
            chosen = choose(offered, self.scorer)
            if chosen[0] in self.again[q.start]:
                return chosen
        mine = [o for o in offered if o.effect == gold]
        if gold == "none" or not mine:
            return gold, -1, 0.0
        best = max(mine, key=lambda o: self.scorer.score(o.clues))
        return gold, best.trigger, 0.0


def weight_of(folder: pathlib.Path) -> float:
    """What an article of a folder counts in the fit."""
    return PHRASE_WEIGHT if folder.suffix == ".toml" else BATCH_WEIGHT if folder.name in BATCH else 1.0


class WeakRecorder:
    """For articles whose gold is one count, not spans: a number that equals it is an example, the others are open."""

    def __init__(self, scorer: Scorer, wanted: dict[str, set[int]]) -> None:
        self.scorer = scorer
        self.wanted = wanted
        self.kept: list[Example] = []

    def __call__(self, q: Any, offered: list[Any]) -> tuple[str, int, float]:
        if not offered:
            return "none", -1, 0.0
        for effect, values in self.wanted.items():
            if q.value in values and any(o.effect == effect and o.trigger >= 0 for o in offered):
                self.kept.append((named(offered), {effect}, WEAK_WEIGHT))
                return effect, -1, 0.0
        return choose(offered, self.scorer)


WEAK_WEIGHT = 0.25
BATCH = frozenset(
    (
        "altiplano",
        "andes",
        "andino",
        "archipel",
        "atlas",
        "attentat",
        "baobab",
        "benadir",
        "borno",
        "brefs",
        "broadsheet",
        "bureau",
        "captives",
        "cauca",
        "caucase",
        "ceiba",
        "cordillera",
        "corresponsal",
        "crossing",
        "daghestan",
        "dakdaily",
        "deccan",
        "everyday",
        "feuillets",
        "frontline",
        "furat",
        "gazette",
        "guinea",
        "harmattan",
        "helmand",
        "indus",
        "irrawaddy",
        "ituri",
        "jalisco",
        "kaleido",
        "kivu",
        "ladoga",
        "ledger",
        "levante",
        "longform",
        "maghreb",
        "mashrek",
        "matin",
        "mekong",
        "monitors",
        "monsoon",
        "ngo",
        "orinoco",
        "pregon",
        "provincial",
        "punjab",
        "quarrel",
        "quartet",
        "recueil",
        "retro",
        "sahelien",
        "savane",
        "steppe",
        "stringer",
        "sumario",
        "tchad",
        "tercet",
        "terreno",
        "ticker",
        "tihama",
        "unes",
        "unrest",
        "vigie",
        "visayas",
        "wirecopy",
    )
)
BATCH_WEIGHT = 0.5
"""Nine batches of sets, each written at once, hold three quarters of all figures. At full weight what is usual in them
drowns what is usual in news: of the figures of MUC-4, agency texts that no set resembles, fewer are found."""
PHRASE_WEIGHT = 0.5
"""Phrases teach words, but what is usual in an article of one sentence is not in a real one."""


def weak_items(folder: pathlib.Path, w: dict[str, float]) -> list[tuple[str, Any]]:
    wanted: dict[str, dict[str, set[int]]] = collections.defaultdict(lambda: collections.defaultdict(set))
    for g in load(folder / "gold.jsonl"):
        for effect in ("killed", "injured"):
            low, high = g.get(f"{effect}_min"), g.get(f"{effect}_max")
            if low and high:
                for a in g["articles"]:
                    wanted[a][effect].update({low, high})
    rows = []
    scorer = Scorer(w)
    for a in load(folder / "articles.jsonl"):
        if a["id"] not in wanted:
            continue
        doc = prepare(
            Article(
                id=a["id"],
                text=a["text"],
                title=a.get("title") or "",
                lang="en",
                published=dt.date.fromisoformat(a["date"][:10]) if a.get("date") else None,
            )
        )
        recorder = WeakRecorder(scorer, wanted[a["id"]])
        walk(doc, quantities.find(doc), recorder)  # type: ignore[arg-type]
        rows.append((a["id"], recorder.kept))
    return rows


REPEATED = 6
"""From which number on one that gold quotes elsewhere in the article is the same figure again; "three" is not.

A title's number is, however small.
"""


def repeated(doc: Document, found: list[quantities.Quantity], labels: list[str]) -> dict[int, set[str]]:
    """By its first token, the effects of a quantity that gold leaves out since it quotes the number elsewhere.

    Such a quantity may be read as the figure or as none: gold says each figure of an article once.
    """
    said: dict[int, set[str]] = collections.defaultdict(set)
    for q, effect in zip(found, labels, strict=True):
        if effect != "none":
            said[q.value].add(effect)
    again = {}
    for q, effect in zip(found, labels, strict=True):
        if effect == "none" and q.value in said and q.value > 1 and q.kind != "unit":
            in_title = doc.text_offset and not doc.sentences[doc.sentence_of[q.start]].paragraph
            if q.value >= REPEATED or in_title:
                again[q.start] = said[q.value]
    return again


def answers(
    doc: Document, found: list[quantities.Quantity], labels: list[str], weight: float
) -> list[tuple[set[str], float]]:
    """Of each quantity the effects that it may have, a figure that is said again all that it is, and what it counts."""
    traps = [s for quote in TRAPS.get(doc.article.id, ()) for s in spans_of(doc, quote)]
    again = repeated(doc, found, labels)
    told = []
    for q, gold in zip(found, labels, strict=True):
        b, e = doc.begin[q.start], doc.finish[q.number_end - 1]
        trap = gold == "none" and any(b < t and s < e for s, t in traps)
        golds = {gold} if trap else {gold} | again.get(q.start, set())
        told.append((golds, weight * (TRAP_WEIGHT if trap else 1.0)))
    return told


class Recorder:
    """Answers with the gold and keeps the options."""

    def __init__(self, labels: list[str], told: list[tuple[set[str], float]]) -> None:
        self.labels = iter(labels)
        self.told = iter(told)
        self.kept: list[Example] = []

    def __call__(self, _: Any, offered: list[Any]) -> tuple[str, int, float]:
        gold, (golds, cost) = next(self.labels), next(self.told)
        if offered:
            self.kept.append((named(offered), golds, cost))
        return gold, -1, 0.0


THIRDS = 3


def dealt(folders: list[pathlib.Path]) -> list[tuple[pathlib.Path, int, int]]:
    """Each folder once, how often it is named, and its third, for what is fitted on the answers of another fit."""
    return [(folder, folders.count(folder), n % THIRDS) for n, folder in enumerate(sorted(set(folders)))]


def fit(rows: list[Example], l2: float, min_count: int = 2, leaning: float = LEANING) -> dict[str, float]:
    counts: collections.Counter[str] = collections.Counter()
    for offered, _, _ in rows:
        counts.update({f for o in offered for f in o.features})
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= min_count))}
    indptr, indices, data = [0], [], []
    starts, golds, offsets = [], [], []
    row = 0
    cost = []
    for offered, allowed, weight in rows:
        if not any(o.effect in allowed for o in offered):
            continue
        starts.append(row)
        cost.append(weight)
        for o in offered:
            for f in o.features:
                if f in index:
                    indices.append(index[f])
                    data.append(1.0)
            indptr.append(len(indices))
            golds.append(o.effect in allowed)
            offsets.append(o.offset)
            row += 1
    starts.append(row)
    X = csr_matrix((data, indices, indptr), shape=(row, len(index)))
    y = np.array(golds)
    seg = np.array(starts)
    costs = np.array(cost)
    before = np.array(offsets)
    which = np.repeat(np.arange(len(seg) - 1), np.diff(seg))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = X @ w + before
        m = np.maximum.reduceat(s, seg[:-1])
        e = np.exp(s - m[which])
        z = np.add.reduceat(e, seg[:-1])
        g = np.add.reduceat(np.where(y, e, 0.0), seg[:-1])
        p = e / z[which]
        pg = np.where(y, e / np.maximum(g, 1e-12)[which], 0.0)
        return float(np.sum(costs * (np.log(z) - np.log(np.maximum(g, 1e-12)))) + 0.5 * l2 * w @ w), X.T @ (
            (p - pg) * costs[which]
        ) + l2 * w

    result = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights = {f: float(result.x[i]) for f, i in index.items() if abs(result.x[i]) > 0.005}
    if "none" in weights:
        weights["none"] -= leaning
    return weights


def score(
    doc: Document, claims: list[dict[str, Any]], decided: list[Decision], errors: list[str] | None = None
) -> tuple[int, ...]:
    """Right, found and gold figures of an article, and of its traps those taken and all; errors are told of."""
    traps = TRAPS.get(doc.article.id, ())
    trapped = 0
    want = {(c["effect"], c["value"]) for c in claims}
    got: dict[tuple[str, int], Any] = {}
    for d in decided:
        if d.effect != "none":
            got.setdefault((d.effect, d.quantity.value), d)
    for quote in traps:
        spots = spans_of(doc, quote)
        numbers = {int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d,. ]*\d|\d", quote)}
        hits = [
            d
            for d in decided
            if d.effect != "none"
            and (not numbers or d.quantity.value in numbers)
            and any(doc.begin[d.quantity.start] < t and s < doc.finish[d.quantity.number_end - 1] for s, t in spots)
        ]
        trapped += bool(hits)
        if errors is not None:
            for d in hits:
                b = doc.begin[d.quantity.start]
                context = doc.stream[max(0, b - 110) : b + 110]
                what = f"{d.effect} {d.quantity.value} by {d.margin:.1f}"
                errors.append(f"TRAP {doc.article.id} {what} «{quote}» … {context!r}")
    tp = len(want & set(got))
    if errors is not None:
        for k in sorted(want - set(got)):
            c = next(c for c in claims if (c["effect"], c["value"]) == k)
            at = doc.stream.find(c["quote"])
            seen = any(d.quantity.value == k[1] for d in decided)
            context = doc.stream[max(0, at - 90) : at + 90]
            errors.append(f"MISS{'' if seen else ' UNSEEN'} {doc.article.id} {k} «{c['quote']}» … {context!r}")
        for k in sorted(set(got) - want):
            q = got[k].quantity
            b = doc.begin[q.start]
            context, found_as = doc.stream[max(0, b - 90) : b + 110], doc.surface(q.start, q.end)
            errors.append(f"FALSE {doc.article.id} {k} by {got[k].margin:.1f} «{found_as}» … {context!r}")
    return tp, len(got), len(want), trapped, len(traps)


def evaluate(
    items: list[tuple[Document, list[Any], list[dict[str, Any]]]], w: dict[str, float], errors: list[str] | None = None
) -> tuple[int, ...]:
    """The sums of ``score`` over articles, after the first look with these weights."""
    scorer = Scorer(w)
    rows = [score(doc, claims, walk(doc, found, Decider(scorer)), errors) for doc, found, claims in items]
    return tuple(map(sum, zip(*rows, strict=True)))


def f1(t: tuple[int, ...]) -> str:
    tp, s, g = t[:3]
    p, r = tp / max(1, s), tp / max(1, g)
    f, false = 2 * p * r / max(1e-9, p + r), t[3] / max(1, t[4])
    return f"P {p:.3f} R {r:.3f} F1 {f:.3f} false {false:.3f} ({g} claims, {t[4]} traps)"


def fit_only(prefix: str, decision: str, rows: list[Example], l2: float, min_count: int = 2) -> dict[str, float]:
    """The weights of a decision as shipped, but of features whose names begin with a prefix as fitted beside these."""
    kept = {f: w for f, w in shipped(decision).items() if not f.startswith(prefix)}

    def mine(features: list[str]) -> list[str]:
        return [f for f in features if f.startswith(prefix)]

    fresh = [
        (
            [Named(o.effect, mine(o.features), o.offset + sum(kept.get(f, 0.0) for f in o.features)) for o in offered],
            *rest,
        )
        for offered, *rest in rows
        if any(mine(o.features) for o in offered)
    ]
    return kept | fit(fresh, l2, min_count)


def written(decision: str, w: dict[str, float], fitted_on: str) -> None:
    """Writes the weights of a decision, and what they are fitted on."""
    text = ",\n".join(f"{json.dumps(f, ensure_ascii=False)}: {round(v, 3)}" for f, v in sorted(w.items()))
    (WEIGHTS / f"{decision}.json").write_text(
        f'{{"fitted_on": {json.dumps(fitted_on)}, "weights": {{\n{text}\n}}}}\n', encoding="utf-8"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=pathlib.Path)
    parser.add_argument("--test", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--lang")
    parser.add_argument("--l2", type=float, default=5.0)
    parser.add_argument("--min-count", type=int, default=3)
    parser.add_argument("--no-cross-validation", action="store_true", help="fit alone, without the five folds")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", type=pathlib.Path)
    parser.add_argument("--weak", nargs="*", default=[], type=pathlib.Path, help="corpora with one count an article")
    a = parser.parse_args()

    def items(
        folders: list[pathlib.Path],
    ) -> list[tuple[str, Document, list[Any], list[dict[str, Any]], list[Example]]]:
        out = []
        for folder in folders:
            for article, lang, claims in articles(folder):
                if a.lang and lang != a.lang:
                    continue
                doc = prepare(article)
                found = quantities.find(doc)
                labels, _, _ = label(doc, found, claims)
                recorder = Recorder(labels, answers(doc, found, labels, weight_of(folder)))
                walk(doc, found, recorder)  # type: ignore[arg-type]
                out.append((folder.name, doc, found, claims, recorder.kept))
        return out

    train = items(a.gold)
    weak: list[Any] = []
    if a.weak:
        first = fit([r for x in train for r in x[4]], a.l2, a.min_count)
        weak = [r for folder in a.weak for _, kept in weak_items(folder, first) for r in kept]
        print(f"weak        {len(weak)} figures")
    folds = 5
    total = collections.defaultdict(lambda: [0] * 5)
    errors: list[str] = []
    for k in range(0 if a.no_cross_validation else folds):
        w = fit([r for i, x in enumerate(train) if i % folds != k for r in x[4]] + weak, a.l2, a.min_count)
        for i, (name, doc, found, claims, _) in enumerate(train):
            if i % folds == k:
                t = evaluate([(doc, found, claims)], w, errors)
                for key in (name, "lang " + doc.language.code, "all, held out"):
                    for j in range(5):
                        total[key][j] += t[j]
    for key, t in sorted(total.items()):
        print(f"five folds  {key:16} {f1(tuple(t))}")
    w = fit([r for x in train for r in x[4]] + weak, a.l2, a.min_count)
    print(f"fitted      {'all':16} {f1(evaluate([(x[1], x[2], x[3]) for x in train], w))}  {len(w)} weights")
    test_errors: list[str] = []
    for folder in a.test:
        held = items([folder])
        print(f"test        {folder.name:16} {f1(evaluate([(x[1], x[2], x[3]) for x in held], w, test_errors))}")
    if a.errors:
        a.errors.write_text("\n".join(errors))
    if a.write:
        written("figures", w, f"{len(train)} articles, {sum(len(x[3]) for x in train)} figures")


if __name__ == "__main__":
    sys.exit(main())
