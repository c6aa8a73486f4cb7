"""Candidates made from a gold folder, so that matching can be fitted and measured apart from extraction.

Each article's candidate for a gold incident carries the gold figures, found in the text by their quotation. When,
where and what are degraded as an extractor would leave them: a day known or known to within three, a month or a year
for what is told in passing, a place by the name that the article uses or the country alone, the words of the
sentences around the figures. The noise is drawn from a hash of the ids, so that the candidates are the same at every
run.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import hashlib
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

from conflict_dedup.model import (
    Actors,
    Candidate,
    Cluster,
    Figure,
    Floating,
    Place,
    Report,
    Span,
    Window,
)

WORD = re.compile(r"[^\W\d_]{4,}")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
SKETCH_SIZE = 64
SHINGLE_WORDS = 4

# Words too common to tell incidents apart; an extractor has lists by language.
COMMON_WORDS = """
about after again against also although among another around attack attacked attacks because been before being
between both could days dead died during early else ever every from have having here into just killed killing
kills last least left like made many members more most much near news officials only other others over people
police president reported said saying says several since some still such than that their them then there these
they this those three through time told took under until very were what when where which while will with
without would year years wounded injured injuring wounding soldiers civilians government military army forces
militants dans avec pour plus morts tués leur sont après cette selon dont était entre depuis deux trois
attaque aussi según para como pero desde hasta sobre muertos entre personas este esta
"""
COMMON = frozenset(COMMON_WORDS.split())


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


def chance(*parts: str) -> float:
    """A number in [0, 1) that depends on the words alone."""
    digest = hashlib.blake2b("|".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def sketch_of(text: str) -> tuple[int, ...]:
    words = re.findall(r"\w+", fold(text))
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))}
    hashes = sorted(int.from_bytes(hashlib.blake2b(s.encode(), digest_size=8).digest(), "big") for s in shingles)
    return tuple(hashes[:SKETCH_SIZE])


def figures_of(article: dict[str, Any], claims: list[dict[str, Any]]) -> list[Figure]:
    """The gold figures with their offsets; the n-th claim with one quotation stands at its n-th occurrence."""
    seen: dict[str, int] = defaultdict(int)
    figures = []
    for c in claims:
        whole = article["title"] + "\n" + article["text"]
        at = -1
        for _ in range(seen[c["quote"]] + 1):
            following = whole.find(c["quote"], at + 1)
            if following < 0:
                break
            at = following
        seen[c["quote"]] += 1
        in_title = at + len(c["quote"]) <= len(article["title"])
        start = at if in_title else at - len(article["title"]) - 1
        low, high = c["min"], c["max"]
        figures.append(
            Figure(
                article=article["id"],
                effect=c["effect"],
                value=c["value"],
                bound=c["bound"],
                low=low if low is None or high is None or low <= high else high,
                high=high,
                category=c["category"],
                field="title" if in_title else "text",
                start=max(0, start),
                end=max(0, start) + len(c["quote"]),
                quote=c["quote"],
                subset=bool(c.get("subset")),
                superseded=bool(c.get("superseded")),
                attribution=c.get("attribution"),
            )
        )
    return figures


def window_of(incident: dict[str, Any], published: dt.date, *, main: bool, key: str) -> Window:
    start, end = dt.date.fromisoformat(incident["date_start"]), dt.date.fromisoformat(incident["date_end"])
    lag = (published - start).days
    draw = chance("window", key)
    if -1 <= lag <= 6:
        if draw < 0.65:
            return Window(start=start, end=end, precision=1 if start == end else 2)
        if draw < 0.75 and main:
            return Window(start=published, end=published)
        return Window(start=min(start, published - dt.timedelta(days=3)), end=max(end, published), precision=2)
    if draw < 0.45:
        return Window(start=start, end=end, precision=1 if start == end else 2)
    if draw < 0.8 and lag < 400:
        last = calendar.monthrange(start.year, start.month)[1]
        return Window(start=start.replace(day=1), end=start.replace(day=last), precision=4)
    if draw < 0.95:
        return Window(start=dt.date(start.year, 1, 1), end=dt.date(start.year, 12, 31), precision=5)
    return Window(start=published - dt.timedelta(days=3), end=published, precision=2)


def place_of(incident: dict[str, Any], article: dict[str, Any], key: str) -> Place:
    """The name in the article's own spelling, or the country."""
    words = {fold(w): w for w in WORD.findall(article["title"] + " " + article["text"])}
    draw = chance("place", key)
    name = None
    for token in sorted(WORD.findall(incident["place"]), key=len, reverse=True):
        hits = [w for f, w in words.items() if f[:4] == fold(token)[:4] and abs(len(f) - len(token)) <= 2]
        if hits:
            name = min(hits)
            break
    if name is None or draw < 0.2:
        region = incident["admin1"]
        if region and fold(region) in fold(article["text"]) and draw < 0.6:
            return Place(name=region, admin1=region, country=incident["country"], precision=4)
        return Place(name=incident["country"], country=incident["country"], precision=6)
    located = incident["lat"] is not None and chance("located", key) < 0.6
    return Place(
        name=name,
        admin1=incident["admin1"] if chance("admin", key) < 0.7 else None,
        country=incident["country"],
        lat=incident["lat"] if located else None,
        lon=incident["lon"] if located else None,
        precision=1,
    )


def terms_of(article: dict[str, Any], figures: list[Figure]) -> tuple[str, ...]:
    sentences = [*SENTENCE.split(article["text"]), article["title"]]
    near = [s for s in sentences if any(f.quote in s for f in figures)]
    return tuple(sorted({fold(w) for s in near for w in WORD.findall(s)} - COMMON))


def oracle(folder: Path, *, dropped: float = 0.05) -> tuple[list[Candidate], dict[str, str]]:
    """The candidates of a gold folder and the gold incident of each.

    Args:
        folder: A folder with articles.jsonl, incidents.jsonl and claims.jsonl.
        dropped: The share of figures that an extractor would have missed.
    """
    articles = {a["id"]: a for a in load(folder / "articles.jsonl")}
    incidents = {i["id"]: i for i in load(folder / "incidents.jsonl")}
    claims: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for c in load(folder / "claims.jsonl"):
        claims[c["article"]][c["incident"]].append(c)
    candidates, truth = [], {}
    for article_id, by_incident in claims.items():
        article = articles[article_id]
        published = dt.date.fromisoformat(article["published"]) if article["published"] else None
        report = Report(
            article=article_id, source=article["source"], published=published, title=article["title"], url=None
        )
        told = {i: figures_of(article, cs) for i, cs in by_incident.items()}
        first = min(told, key=lambda i: min((f.field != "title", f.start) for f in told[i]))
        for n, (incident_id, figures) in enumerate(told.items()):
            incident, key = incidents[incident_id], f"{article_id}/{incident_id}"
            kept = [f for f in figures if chance("figure", key, f.quote) >= dropped] or figures[:1]
            main = incident_id == first
            start = dt.date.fromisoformat(incident["date_start"])
            floating = None
            if published is None:
                floating = Floating(offset_days=-1, slack_days=2) if main else None
                window = (
                    None
                    if main or chance("dated", key) < 0.5
                    else Window(start=dt.date(start.year, 1, 1), end=dt.date(start.year, 12, 31), precision=5)
                )
            else:
                window = window_of(incident, published, main=main, key=key)
            candidates.append(
                Candidate(
                    id=f"{article_id}#{n}",
                    report=report,
                    figures=tuple(kept),
                    window=window,
                    floating=floating,
                    place=place_of(incident, article, key),
                    event_type=incident["event_type"] if chance("type", key) < 0.7 else "armed_attack",
                    actors=Actors(),
                    passages=tuple(Span(field=f.field, start=f.start, end=f.end) for f in kept[:1]),
                    main=main,
                    terms=terms_of(article, figures),
                    sketch=sketch_of(article["text"]),
                )
            )
            truth[f"{article_id}#{n}"] = incident_id
    return candidates, truth


def gold_clusters(candidates: list[Candidate], truth: dict[str, str]) -> list[Cluster]:
    """The clusters that a perfect matching would find."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for c in candidates:
        groups[truth[c.id]].append(c)
    return [Cluster(candidates=tuple(g), confidence=1.0) for g in groups.values()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--clusters", choices=("gold", "match"), default="match", help="who groups the candidates")
    parser.add_argument("--candidates", action="store_true", help="print the candidates, not the incidents")
    parser.add_argument("--dropped", type=float, default=0.05)
    args = parser.parse_args()
    candidates, truth = oracle(args.gold, dropped=args.dropped)
    if args.candidates:
        for c in candidates:
            sys.stdout.write(msgspec.json.encode(c).decode() + "\n")
        return
    from conflict_dedup.match import match
    from conflict_dedup.reconcile import reconcile

    clusters = gold_clusters(candidates, truth) if args.clusters == "gold" else match(candidates)
    for incident in reconcile(clusters):
        sys.stdout.write(msgspec.json.encode(incident).decode() + "\n")


if __name__ == "__main__":
    main()
