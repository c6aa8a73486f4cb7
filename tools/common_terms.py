"""Counts which words stand near the figures of many incidents, and writes conflict_dedup/match/common_terms.json.

    python tools/common_terms.py GOLD_DIR … [--write]

Matching weighs the words that two candidates share by how rare they are (``match.features``). A run of a few articles
does not tell that "village" and "morning" are said of many attacks; this list does: each word with the share of the
candidates of its language that have it, where that is at least ``LEAST_SHARE`` and they come from ``LEAST_SETS`` gold
folders or more. Of a word of several languages the largest share. What is mostly written with a capital is a name, of a
place that the folders happen to tell of, and is left out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from conflict_dedup.extract import extract
from conflict_dedup.match.features import fold

sys.path.insert(0, str(Path(__file__).parent))
from fit_extraction import articles

LEAST_SHARE = 0.005
LEAST_SETS = 8
LEAST_CANDIDATES = 1000
"""Of a language with fewer candidates a word's share is that among so many."""
WORD = re.compile(r"[^\W\d_]+")
TARGET = Path(__file__).parent.parent / "conflict_dedup" / "match" / "common_terms.json"


def shares(folders: list[Path]) -> dict[str, float]:
    """The common words, each with its share."""
    told: Counter[str] = Counter()
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    holders: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    small: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for folder in folders:
        for article, code, _ in articles(folder):
            for word in WORD.findall(article.text):
                every[fold(word)] += 1
                small[fold(word)] += word.islower()
            for candidate in extract(article):
                told[code] += 1
                counts[code].update(candidate.terms)
                for term in candidate.terms:
                    holders[code, term].add(folder.name)
    found: dict[str, float] = {}
    for code, terms in counts.items():
        for term, n in terms.items():
            share = n / max(told[code], LEAST_CANDIDATES)
            is_name = 2 * small[term] < every[term]
            if share >= LEAST_SHARE and len(holders[code, term]) >= LEAST_SETS and not is_name:
                found[term] = max(share, found.get(term, 0.0))
    return found


def main() -> None:
    """Prints how many words there are and the most common ones, and writes them with --write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = shares(options.gold)
    most = sorted(found, key=lambda term: -found[term])
    print(f"{len(found)} words, the most common: {', '.join(most[:20])}")
    if options.write:
        lines = ",\n".join(f"{json.dumps(term)}: {found[term]:.3f}" for term in sorted(found))
        TARGET.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
