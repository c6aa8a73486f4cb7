"""The scores of an evaluation, as a table, as lines or as one JSON object, and the errors behind them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import Protocol, TextIO

from conflict_dedup.report.plain import one_line

MEANINGS = {
    "articles": "articles of the gold set",
    "gold_claims": "figures of the gold set",
    "claims_p": "figures printed that the gold has too",
    "claims_r": "figures of the gold that were printed",
    "claims": "F1 of the two",
    "false": "share of traps taken for casualties: less is better",
    "b3": "figures grouped into incidents: B-cubed F1",
    "ceaf": "the same, by aligned incidents: CEAF-e F1",
    "muc": "the same, by missing links: MUC F1",
    "conll": "mean of b3, ceaf and muc",
    "pairwise": "F1 of pairs of figures put together",
    "pairs": "F1 of (article, incident) memberships",
    "detect": "F1 of incidents with a counterpart",
    "range": "killed: lowest and highest both exact",
    "covered": "killed: the range holds the gold's",
    "best_error": "killed: people that best is off, on average",
    "date": "dated right",
    "place": "placed right",
}
"""What each measure says in a few words, for the table; docs/evaluation.md says it in full."""

TABLE_WIDTH = 60
"""The columns that the table needs; narrower terminals wrap."""


class ScoreLike(Protocol):
    """A tuple of named numbers."""

    def _asdict(self) -> dict[str, float]: ...


class WordsLike(Protocol):
    """A quotation and what stands around it."""

    @property
    def before(self) -> str: ...  # noqa: D102
    @property
    def quote(self) -> str: ...  # noqa: D102
    @property
    def after(self) -> str: ...  # noqa: D102


class ErrorLike(Protocol):
    """One error: its kind, what it is about, and the words of the articles."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def about(self) -> str: ...  # noqa: D102
    @property
    def words(self) -> Sequence[WordsLike]: ...  # noqa: D102


def as_object(scores: ScoreLike, errors: Sequence[ErrorLike], shown: int) -> str:
    """One line of JSON; measures that do not apply are null."""
    row: dict[str, object] = {name: None if math.isnan(value) else value for name, value in scores._asdict().items()}
    if shown:
        row["errors"] = [
            {
                "kind": error.kind,
                "about": error.about,
                "words": [{"before": w.before, "quote": w.quote, "after": w.after} for w in error.words],
            }
            for error in first(errors, shown)
        ]
    return json.dumps(row, ensure_ascii=False) + "\n"


def as_lines(scores: ScoreLike, errors: Sequence[ErrorLike], shown: int) -> str:
    """A line for each measure, then the errors by kind."""
    lines = [f"{name:<12} {value}" for name, value in _values(scores)]
    return "\n".join([*lines, *_told(errors, shown)]) + "\n"


def write_scores(
    scores: ScoreLike, errors: Sequence[ErrorLike], shown: int, stream: TextIO, *, width: int, colour: bool
) -> None:
    """The table for a terminal: each measure, its value and what it says; then the errors by kind."""
    from rich.console import Console  # noqa: PLC0415 - 25 ms that lines and JSON need not pay
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(
        file=stream,
        width=max(width, TABLE_WIDTH),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Measure")
    table.add_column("Value", justify="right")
    table.add_column("What it is")
    for name, value in _values(scores):
        table.add_row(name, value, Text(MEANINGS[name], style="dim"))
    console.print(table)
    for line in _told(errors, shown):
        console.print(Text(line, style="bold" if line.endswith(":") and not line.startswith(" ") else ""))


def first(errors: Sequence[ErrorLike], shown: int) -> list[ErrorLike]:
    """The first so many errors of each kind."""
    counts: dict[str, int] = {}
    kept = []
    for error in errors:
        counts[error.kind] = counts.get(error.kind, 0) + 1
        if counts[error.kind] <= shown:
            kept.append(error)
    return sorted(kept, key=lambda e: e.kind)


def _values(scores: ScoreLike) -> Iterator[tuple[str, str]]:
    for name, value in scores._asdict().items():
        if not math.isnan(value):
            yield name, str(value) if isinstance(value, int) else f"{value:.3f}"


def _told(errors: Sequence[ErrorLike], shown: int) -> Iterator[str]:
    kind = ""
    for error in first(errors, shown):
        if error.kind != kind:
            kind = error.kind
            yield ""
            yield f"{kind}:"
        yield f"  {one_line(error.about)}"
        for words in error.words:
            yield f"    {_in_context(words)}"


def _in_context(words: WordsLike) -> str:
    """The words around «the quotation», on one line."""
    return one_line(f"{words.before}«{words.quote}»{words.after}")
