"""Changes between two outputs, as a table for people, as JSONL and as tab-separated values for programs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO

import msgspec

from conflict_dedup.model import CHANGE_KINDS, EFFECTS, Change, Effect, Incident
from conflict_dedup.report import plain
from conflict_dedup.report.cells import safe_cell
from conflict_dedup.report.table import MIN_WIDTH

ARROW = " → "

_STYLES = {"new": "green", "moved": "yellow", "merged": "cyan", "split": "cyan", "gone": "red", "unchanged": "dim"}
# Colour repeats the word before it.


def write_table(changes: Sequence[Change], unchanged: int, stream: TextIO, *, width: int, colour: bool) -> None:
    """A row for each change, in words, and how many there are of each kind below."""
    from rich.console import Console  # noqa: PLC0415 - 25 ms that the other formats need not pay
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(
        file=stream,
        width=max(width, MIN_WIDTH),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    for _ in range(2):
        table.add_column(overflow="fold", ratio=1)
    for change in changes:
        style = _STYLES[change.kind]
        table.add_row(Text(change.kind, style=style), Text(_ids(change)), Text(in_words(change)))
    if changes:
        console.print(table)
    counts = Counter(change.kind for change in changes)
    counts["unchanged"] = unchanged
    console.print(Text(", ".join(f"{counts[kind]} {kind}" for kind in CHANGE_KINDS), style="bold"))


def _ids(change: Change) -> str:
    old, new = (" + ".join(plain.one_line(i.id) for i in side) for side in (change.old, change.new))
    return old + ARROW + new if old and new and old != new else new or old


def in_words(change: Change) -> str:
    """What changed: "killed 35 → 40-54, agreed → disputed; 2 → 3 reports"."""
    if change.kind in {"moved", "unchanged"}:
        old, new = change.old[0], change.new[0]
        parts = [part for name in change.fields for part in _moved(name, old, new)]
        if len(old.reports) != len(new.reports):
            parts.append(f"reports {len(old.reports)}{ARROW}{len(new.reports)}")
        return "; ".join(parts)
    return ARROW.join(", ".join(_toll(i) for i in side) for side in (change.old, change.new) if side)


def _toll(incident: Incident) -> str:
    """What one incident counts: "killed 40-54+, injured 3"; its reports where it counts nothing."""
    parts = [f"{e} {plain.span(estimate)}" for e in EFFECTS if (estimate := incident.effect(e)) is not None]
    count = len(incident.reports)
    return " ".join(parts) or f"{count} report{'s' * (count != 1)}"


def _moved(name: str, old: Incident, new: Incident) -> Iterator[str]:
    if name == "date":
        yield plain.window(old.date) + ARROW + plain.window(new.date)
    elif name == "place":
        before, after = plain.place(old.place), plain.place(new.place)
        yield before + ARROW + after if before != after else "place (its position)"
    elif name == "event_type":
        yield plain.word(old.event_type) + ARROW + plain.word(new.event_type)
    elif name in EFFECTS:
        yield ", ".join(_estimate(name, old, new))


def _estimate(effect: Effect, old: Incident, new: Incident) -> Iterator[str]:
    before, after = old.effect(effect), new.effect(effect)
    if before is None or after is None or plain.span(before) != plain.span(after):
        yield f"{effect} {plain.span(before)}{ARROW}{plain.span(after)}"
    elif before.best == after.best and before.status == after.status:
        yield f"{effect} {plain.span(after)} (its parts)"
    else:
        yield f"{effect} {plain.span(after)}"
    if before is None or after is None:
        return
    if before.best != after.best:
        yield f"best {before.best:,}{ARROW}{after.best:,}"
    if before.status != after.status:
        yield plain.word(before.status) + ARROW + plain.word(after.status)


def _summary(incident: Incident) -> dict[str, object]:
    """An incident without its figures and quotations, which are in the files that were compared."""
    return {
        "id": incident.id,
        "date": incident.date,
        "place": incident.place,
        "event_type": incident.event_type,
        **{effect: incident.effect(effect) for effect in EFFECTS},
        "reports": len(incident.reports),
    }


def write_lines(changes: Iterable[Change], stream: TextIO) -> None:
    """One change a line, as JSON; docs/comparing.md describes it."""
    for change in changes:
        record = {
            "change": change.kind,
            "fields": change.fields,
            "old": [_summary(incident) for incident in change.old],
            "new": [_summary(incident) for incident in change.new],
        }
        stream.write(msgspec.json.encode(record).decode() + "\n")


def write_cells(changes: Iterable[Change], stream: TextIO) -> None:
    """One change a row, tab-separated; several ids or numbers of one side with "; " between them."""
    table = csv.writer(stream, dialect="excel-tab", lineterminator="\n")
    table.writerow(("change", "old_id", "new_id", "old_killed_best", "new_killed_best", "what"))
    for change in changes:
        sides = (change.old, change.new)
        ids = (safe_cell("; ".join(incident.id for incident in side)) for side in sides)
        best = ("; ".join(str(i.killed.best) if i.killed else "" for i in side) for side in sides)
        table.writerow((change.kind, *ids, *best, safe_cell(in_words(change))))


WRITERS: dict[str, Callable[[Iterable[Change], TextIO], None]] = {"jsonl": write_lines, "tsv": write_cells}
"""Those that need no width and no colour."""
