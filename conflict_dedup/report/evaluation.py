"""The scores of an evaluation, as lines or as one JSON object, and the errors behind them."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Protocol

from conflict_dedup.report.plain import one_line


class ScoreLike(Protocol):
    """A tuple of named numbers."""

    def _asdict(self) -> dict[str, float]: ...


class ErrorLike(Protocol):
    """One error: its kind, what it is about, and the words of the article."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def about(self) -> str: ...  # noqa: D102
    @property
    def words(self) -> str: ...  # noqa: D102


def as_object(scores: ScoreLike, errors: Sequence[ErrorLike], shown: int) -> str:
    """One line of JSON; measures that do not apply are null."""
    row: dict[str, object] = {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in scores._asdict().items()
    }
    if shown:
        row["errors"] = [{"kind": e.kind, "about": e.about, "words": e.words} for e in first(errors, shown)]
    return json.dumps(row, ensure_ascii=False) + "\n"


def as_lines(scores: ScoreLike, errors: Sequence[ErrorLike], shown: int) -> str:
    """A line for each measure, then the errors by kind."""
    lines = []
    for name, value in scores._asdict().items():
        if isinstance(value, float) and math.isnan(value):
            continue
        lines.append(f"{name:<12} {value}" if isinstance(value, int) else f"{name:<12} {value:.3f}")
    kind = ""
    for error in first(errors, shown):
        if error.kind != kind:
            kind = error.kind
            lines += ["", f"{kind}:"]
        lines.append(f"  {one_line(error.about)}  «{one_line(error.words)}»")
    return "\n".join(lines) + "\n"


def first(errors: Sequence[ErrorLike], shown: int) -> list[ErrorLike]:
    """The first so many errors of each kind."""
    counts: dict[str, int] = {}
    kept = []
    for error in errors:
        counts[error.kind] = counts.get(error.kind, 0) + 1
        if counts[error.kind] <= shown:
            kept.append(error)
    return sorted(kept, key=lambda e: e.kind)
