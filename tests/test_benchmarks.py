"""The benchmarks run, and what they measure on is what they say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from statistics import mean

import pytest

from benchmarks.articles import articles
from conflict_dedup import extract

ROOT = Path(__file__).parent.parent


NUMBER = re.compile(r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")


@pytest.mark.parametrize(("density", "numbers"), [("ordinary", 13), ("dense", 19)])
def test_articles_are_as_full_of_numbers_as_they_say(density: str, numbers: int) -> None:
    made = articles(100, density=density)
    assert mean(len(NUMBER.findall(f"{a.title} {a.text}")) for a in made) == pytest.approx(numbers, abs=1.5)
    assert 1_900 < mean(len(article.text) for article in made) < 2_100


def test_articles_are_like_news() -> None:
    made = articles(100)
    assert made == articles(100)
    assert 1_900 < mean(len(article.text) for article in made) < 2_100
    found = [extract(article) for article in made]
    assert 5 <= mean(sum(len(candidate.figures) for candidate in told) for told in found) <= 9
    assert mean(len(told) for told in found) > 1.5, "most tell of a second incident"
    paragraphs = [paragraph for article in made for paragraph in article.text.split("\n\n")]
    assert len(set(paragraphs)) > 0.8 * len(paragraphs), "little is seen twice"


def test_every_measure_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--articles", "20", "--runs", "1", "--largest", "1000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    for measure in (
        "start-up of --help, pure Python",
        "run on two articles, pure Python",
        "extraction, pure Python, 20 ordinary",
        "extraction, pure Python, 20 dense",
        "compiled: not measured",
        "--jobs 1",
        "--jobs 2",
        "matching, pure Python, 1000 candidates",
    ):
        assert measure in done.stdout
