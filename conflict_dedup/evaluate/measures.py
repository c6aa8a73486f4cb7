"""How well incidents agree with a gold set. Each measure is explained, with its source, in docs/evaluation.md.

The unit is a claim: (article, effect, value). It is found or not; and it is grouped with other claims rightly or not.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import asin, cos, fsum, radians, sin, sqrt
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from conflict_dedup.evaluate.assignment import align
from conflict_dedup.evaluate.gold import Gold, GoldArticle, GoldIncident
from conflict_dedup.model import Figure, Incident, Place, Window

Key = tuple[str, str, int]
Mention = tuple[str, str, int, int]
"""A claim and its number among equal claims of several incidents."""

NEAR_KM = 30.0
SIMILAR_NAME = 0.7
WIDEST_DAYS = 31
CONTEXT_CHARACTERS = 60
"""How much of an article is shown before and behind a quotation."""
WIDEST_PASSING_DAYS = 366
"""A window this wide still dates an incident that one article alone mentions: "in 2017" is all that it may say."""


class Scores(NamedTuple):
    """The measures, each 0 to 1 except the counts and ``best_error``, the mean absolute error of best in people."""

    articles: int
    gold_claims: int
    claims_p: float
    claims_r: float
    claims: float
    false: float
    b3: float
    ceaf: float
    muc: float
    conll: float
    pairwise: float
    pairs: float
    detect: float
    range: float
    covered: float
    best_error: float
    date: float
    place: float


class Words(NamedTuple):
    """A quotation and the words of its article around it, "…" where they are cut.

    The quotation stands alone where the article lacks it.
    """

    before: str
    quote: str
    after: str


class Error(NamedTuple):
    """One thing that is wrong: its kind, what it is about, and the words of the articles that show it."""

    kind: str
    about: str
    words: tuple[Words, ...]


class Evaluation(NamedTuple):
    """Scores and the errors behind them."""

    scores: Scores
    errors: tuple[Error, ...]


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def number(
    gold: Iterable[tuple[Key, str]], system: Iterable[tuple[Key, str]]
) -> tuple[dict[Mention, str], dict[Mention, str]]:
    """Numbers equal claims of several incidents, so that counterparts agree: those sharing most claims come first."""
    left: dict[Key, list[str]] = defaultdict(list)
    right: dict[Key, list[str]] = defaultdict(list)
    for key, incident in sorted(set(gold)):
        left[key].append(incident)
    for key, incident in sorted(set(system)):
        right[key].append(incident)
    shared: Counter[tuple[str, str]] = Counter()
    for key in left.keys() & right.keys():
        share = 1 / (len(left[key]) * len(right[key]))
        for a in left[key]:
            for b in right[key]:
                shared[a, b] += share  # type: ignore[assignment]
    gold_of: dict[Mention, str] = {}
    system_of: dict[Mention, str] = {}
    for key in sorted(left.keys() | right.keys()):
        ours, theirs = list(left.get(key, ())), list(right.get(key, ()))
        rank = 0
        for a, b in sorted(((a, b) for a in ours for b in theirs), key=lambda p: (-shared[p], p)):
            if a in ours and b in theirs:
                mention = (*key, rank)
                gold_of[mention], system_of[mention] = a, b
                ours.remove(a)
                theirs.remove(b)
                rank += 1
        for extra, a in enumerate(ours):
            unmatched: Mention = (*key, rank + extra)
            gold_of[unmatched] = a
        for extra, b in enumerate(theirs):
            invented: Mention = (*key, rank + extra)
            system_of[invented] = b
    return gold_of, system_of


def groups(of: dict[Mention, str]) -> dict[str, set[Mention]]:
    """The mentions of each incident."""
    found: dict[str, set[Mention]] = defaultdict(set)
    for mention, incident in of.items():
        found[incident].add(mention)
    return dict(found)


def b_cubed(gold: dict[Mention, str], system: dict[Mention, str]) -> float:
    """B-cubed F1 over predicted mentions (Bagga and Baldwin 1998; Cai and Strube 2010)."""
    by_gold, by_system = groups(gold), groups(system)
    both = gold.keys() & system.keys()
    common = {m: len(by_gold[gold[m]] & by_system[system[m]]) for m in both}
    # exact sums: those of a set come in another order in each process
    recall = fsum(common[m] / len(by_gold[gold[m]]) for m in both) / max(1, len(gold))
    precision = fsum(common[m] / len(by_system[system[m]]) for m in both) / max(1, len(system))
    return f1(precision, recall)


def muc(gold: dict[Mention, str], system: dict[Mention, str]) -> float:
    """The link-based F1 of Vilain et al. (1995): how many links are missing to hold each group together."""

    def kept(of: dict[Mention, str], by: dict[Mention, str]) -> float:
        links = total = 0
        for members in groups(of).values():
            parts = {by[m] for m in members if m in by}
            alone = sum(m not in by for m in members)
            links += len(members) - (len(parts) + alone)
            total += len(members) - 1
        return links / total if total else 0.0

    return f1(kept(system, gold), kept(gold, system))


def pairwise(gold: dict[Mention, str], system: dict[Mention, str]) -> float:
    """F1 of the pairs of mentions that are put together."""

    def joined(of: Iterable[str]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(of).values())

    both = gold.keys() & system.keys()
    hits = sum(n * (n - 1) // 2 for n in Counter((gold[m], system[m]) for m in both).values())
    return f1(hits / max(1, joined(system.values())), hits / max(1, joined(gold.values())))


def overlaps(gold: dict[Mention, str], system: dict[Mention, str]) -> Counter[tuple[str, str]]:
    """How many mentions each gold and each system incident share."""
    return Counter((gold[m], system[m]) for m in gold.keys() & system.keys())


def ceaf_e(gold: dict[Mention, str], system: dict[Mention, str]) -> float:
    """Entity-based CEAF with phi4 (Luo 2005)."""
    by_gold, by_system = groups(gold), groups(system)
    phi4 = {(a, b): 2 * n / (len(by_gold[a]) + len(by_system[b])) for (a, b), n in overlaps(gold, system).items()}
    total = fsum(phi4[pair] for pair in align(phi4).items())
    return f1(total / max(1, len(by_system)), total / max(1, len(by_gold)))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance of two points in degrees."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, h)))


def folded(name: str) -> str:
    """A name as letters and digits alone."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if c.isalnum()).casefold()


def placed(place: Place | None, gold: GoldIncident) -> bool:
    """The right country, and by name (one in the other, or alike) or within 30 km."""
    if place is None or place.country != gold.country:
        return False
    ours, theirs = folded(place.name), folded(gold.place)
    if (
        ours
        and theirs
        and (ours in theirs or theirs in ours or Levenshtein.normalized_similarity(ours, theirs) >= SIMILAR_NAME)
    ):
        return True
    if place.lat is None or place.lon is None or gold.lat is None or gold.lon is None:
        return False
    return kilometres((place.lat, place.lon), (gold.lat, gold.lon)) <= NEAR_KM


def dated(window: Window | None, gold: GoldIncident, widest: int) -> bool:
    """The start is within a day, or the window holds the true day and is no wider than ``widest`` days."""
    if window is None:
        return False
    day = dt.timedelta(days=1)
    near = abs(window.start - gold.date_start) <= day
    return near or (window.start - day <= gold.date_start <= window.end + day and window.days <= widest)


def mean(values: Sequence[float]) -> float:
    """The mean, not a number for none."""
    return sum(values) / len(values) if values else float("nan")


def evaluate(gold: Gold, incidents: Iterable[Incident], *, lang: str | None = None) -> Evaluation:
    """Scores incidents against a gold set.

    Args:
        gold: the set.
        incidents: what the program printed for its articles.
        lang: count only the articles in this language (ranges are then not scored: other languages widen them).
    """
    articles = {a.id: a for a in gold.articles if lang is None or a.lang == lang}
    printed = {i.id: i for i in incidents}
    claims = [c for c in gold.claims if c.article in articles]
    figures = [(f, i.id) for i in printed.values() for f in i.figures if f.article in articles and not f.derived]
    gold_of, system_of = number(
        (((c.article, c.effect, c.value), c.incident) for c in claims),
        (((f.article, f.effect, f.value), i) for f, i in figures),
    )
    both = gold_of.keys() & system_of.keys()
    precision, recall = len(both) / max(1, len(system_of)), len(both) / max(1, len(gold_of))
    b3, ceaf, links = b_cubed(gold_of, system_of), ceaf_e(gold_of, system_of), muc(gold_of, system_of)
    shared = overlaps(gold_of, system_of)
    aligned = align(shared)
    by_gold, by_system = groups(gold_of), groups(system_of)
    told_gold = {(m[0], i) for m, i in gold_of.items()}
    told_system = {(m[0], i) for m, i in system_of.items()}
    hits = sum(i in aligned and (a, aligned[i]) in told_system for a, i in told_gold)
    errors: list[Error] = []
    texts = {name: f"{article.title or ''}\n{article.text}" for name, article in articles.items()}
    claimed: dict[tuple[Key, str], Words] = {
        ((c.article, c.effect, c.value), c.incident): _within(texts[c.article], c.quote) for c in claims
    }
    read: dict[tuple[Key, str], Words] = {
        ((f.article, f.effect, f.value), i): _figure_within(articles[f.article], f) for f, i in figures
    }
    missed, invented = sorted(gold_of.keys() - system_of.keys()), sorted(system_of.keys() - gold_of.keys())
    errors += [Error("missed", _told(m), (claimed[m[:3], gold_of[m]],)) for m in missed]
    errors += [Error("invented", _told(m), (read[m[:3], system_of[m]],)) for m in invented]
    exact, covered, best, dates, places = [], [], [], [], []
    truth = {i.id: i for i in gold.incidents}
    for name in sorted(by_gold):
        g = truth[name]
        ours = printed.get(aligned.get(name, ""))
        low, high = (ours.killed.low, ours.killed.high) if ours is not None and ours.killed is not None else (0, 0)
        wanted = (g.killed_low or 0, g.killed_high or 0)
        right = ours is not None and (low, high) == wanted
        exact.append(right)
        covered.append(ours is not None and low <= wanted[0] and high >= wanted[1])
        if ours is not None and ours.killed is not None and g.killed_best is not None:
            best.append(abs(ours.killed.best - g.killed_best))
        if not right:
            told = f"printed {low}-{high}" if ours is not None and ours.killed is not None else "printed none"
            shown = tuple(claimed[m[:3], name] for m in sorted(by_gold[name]) if m[1] == "killed")
            errors.append(Error("range", f"{name} ({g.place}): {wanted[0]}-{wanted[1]}, {told}", shown))
        alone = len({m[0] for m in by_gold[name]}) == 1
        dates.append(dated(ours.date if ours else None, g, WIDEST_PASSING_DAYS if alone else WIDEST_DAYS))
        places.append(placed(ours.place if ours else None, g))
        parts = {system_of[m] for m in by_gold[name] if m in system_of}
        if len(parts) > 1:
            shown = _one_each(by_gold[name], system_of, claimed, name)
            errors.append(Error("split", f"{name} into {', '.join(sorted(parts))}", shown))
    for name, members in sorted(by_system.items()):
        whole = {gold_of[m] for m in members if m in gold_of}
        if len(whole) > 1:
            shown = _one_each(members, gold_of, read, name)
            errors.append(Error("merged", f"{name} of {', '.join(sorted(whole))}", shown))
    traps = [t for t in gold.traps if t.article in articles]
    by_article: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for f, _ in figures:
        by_article[f.article].append((f.quote, f.value))
    fallen = []
    for trap in traps:
        text = texts[trap.article]
        fallen.append(trapped(trap.quote, text, by_article[trap.article]))
        if fallen[-1]:
            errors.append(Error("trap", f"{trap.article} ({trap.reason})", (_within(text, trap.quote),)))
    unknown = float("nan")
    return Evaluation(
        Scores(
            articles=len(articles),
            gold_claims=len(gold_of),
            claims_p=precision,
            claims_r=recall,
            claims=f1(precision, recall),
            false=mean(fallen),
            b3=b3,
            ceaf=ceaf,
            muc=links,
            conll=(b3 + ceaf + links) / 3,
            pairwise=pairwise(gold_of, system_of),
            pairs=f1(hits / max(1, len(told_system)), hits / max(1, len(told_gold))),
            detect=f1(len(aligned) / max(1, len(by_system)), len(aligned) / max(1, len(by_gold))),
            range=mean(exact) if lang is None else unknown,
            covered=mean(covered) if lang is None else unknown,
            best_error=mean(best) if lang is None else unknown,
            date=mean(dates),
            place=mean(places),
        ),
        tuple(errors),
    )


def _told(mention: Mention) -> str:
    article, effect, value, _ = mention
    return f"{article}: {effect} {value}"


def _within(text: str, quote: str, at: int | None = None) -> Words:
    """A quotation in its context: at its first place, unless ``at`` tells another."""
    start = text.find(quote) if at is None else at
    if not quote or start < 0 or not text.startswith(quote, start):
        return Words("", quote, "")
    end = start + len(quote)
    before, after = text[:start], text[end:]
    if len(before) > CONTEXT_CHARACTERS:
        before = "… " + before[-CONTEXT_CHARACTERS:].partition(" ")[2]
    if len(after) > CONTEXT_CHARACTERS:
        after = after[:CONTEXT_CHARACTERS].rpartition(" ")[0] + " …"
    return Words(before, quote, after)


def _figure_within(article: GoldArticle, figure: Figure) -> Words:
    field = (article.title or "") if figure.field == "title" else article.text
    return _within(field, figure.quote, figure.start)


def _one_each(
    members: Iterable[Mention], parts: dict[Mention, str], words: dict[tuple[Key, str], Words], name: str
) -> tuple[Words, ...]:
    """A quotation of each part that the members of a group fall into."""
    first: dict[str, Words] = {}
    for m in sorted(members):
        if m in parts:
            first.setdefault(parts[m], words[m[:3], name])
    return tuple(first[part] for part in sorted(first))


def trapped(quote: str, text: str, figures: Sequence[tuple[str, int]]) -> bool:
    """Whether a figure has the trap's number and its quotation overlaps the trap's."""
    numbers = {int(re.sub(r"\D", "", n)) for n in re.findall(r"\d[\d,. ]*\d|\d", quote)}
    spots = [m.span() for m in re.finditer(re.escape(quote), text)]
    for words, value in figures:
        if not words or (numbers and value not in numbers):
            continue
        for m in re.finditer(re.escape(words), text):
            if any(m.start() < end and start < m.end() for start, end in spots):
                return True
    return False
