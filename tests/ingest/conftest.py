from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conflict_dedup.errors import ConflictDedupError
from conflict_dedup.ingest import read
from conflict_dedup.model import Article


@dataclass
class Reading:
    """What came of reading: the articles, and everything that was said about the rest."""

    articles: list[Article] = field(default_factory=list)
    problems: list[ConflictDedupError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def only(self) -> Article:
        assert not self.problems, [str(problem) for problem in self.problems]
        assert len(self.articles) == 1
        return self.articles[0]

    @property
    def why(self) -> str:
        assert len(self.problems) == 1, [str(problem) for problem in self.problems]
        assert self.problems[0].hint, f"no way out is told: {self.problems[0]}"
        return str(self.problems[0])


def reading_of(*paths: object, stdin: bytes | None = None, **options: object) -> Reading:
    reading = Reading()
    stream = None if stdin is None else io.BytesIO(stdin)
    for article in read(
        [str(path) for path in paths],
        stdin=stream,
        on_problem=reading.problems.append,
        on_note=reading.notes.append,
        **options,  # type: ignore[arg-type]
    ):
        reading.articles.append(article)
    return reading


@pytest.fixture
def read_all() -> Callable[..., Reading]:
    return reading_of


@pytest.fixture
def read_file(tmp_path: Path) -> Callable[..., Reading]:
    def read_content(name: str, content: str | bytes, **options: object) -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return reading_of(path, **options)

    return read_content
