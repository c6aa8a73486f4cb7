from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from conflict_dedup.ingest import read

ARTICLES = 20_000
BOUND_MB = 12
"""Far below the 40 MB of the files: what is held is one article, the ids (some 100 bytes each) and buffers."""


def records() -> Iterator[dict[str, str]]:
    text = "Five soldiers were killed near the town on Friday, the army said. " * 30
    for number in range(ARTICLES):
        yield {"id": f"a{number}", "title": "Five dead", "text": text, "published": "2019-11-03"}


@pytest.mark.parametrize("name", ["big.jsonl", "big.jsonl.gz", "big.csv"])
def test_a_large_file_is_never_held_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    opener = gzip.open if name.endswith(".gz") else open
    with opener(path, "wt", encoding="utf-8") as stream:  # type: ignore[operator]
        if "csv" in name:
            stream.write("id,title,published,text\n")
        for record in records():
            row = f'{record["id"]},{record["title"]},{record["published"]},"{record["text"]}"'
            stream.write((row if "csv" in name else json.dumps(record)) + "\n")
    tracemalloc.start()
    try:
        count = sum(1 for _ in read([path]))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == ARTICLES
    assert peak < BOUND_MB * 1024 * 1024


def test_articles_come_before_the_input_ends(tmp_path: Path) -> None:
    """A reader at the end of a live pipe has the first article before the second is written."""
    source, sink = os.pipe()
    with os.fdopen(source, "rb") as stdin:
        articles = read(["-"], stdin=stdin)
        os.write(sink, b'{"id": "a", "text": "Five died."}\n')
        assert next(articles).id == "a"
        os.write(sink, b'{"id": "b", "text": "Six died."}\n')
        assert next(articles).id == "b"
        os.close(sink)
        assert list(articles) == []
