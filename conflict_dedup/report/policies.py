"""What the policies for the best figure do, and what each makes of the same incidents."""

from __future__ import annotations

import csv
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TextIO

import msgspec

from conflict_dedup.model import Effect, Incident
from conflict_dedup.report import plain
from conflict_dedup.report.cells import safe_cell
from conflict_dedup.report.page import Page
from conflict_dedup.report.table import MIN_WIDTH

OUTSIDE = "*"
"""Behind a number that a policy's own rule puts outside the range; `best` is then the nearer end of the range."""


class Row(NamedTuple):
    """One incident and what each policy makes of one effect of it: name -> its own number, then within the range."""

    incident: Incident
    effect: Effect
    choices: Mapping[str, tuple[int, int]]


class Described(NamedTuple):
    """A policy in words, from its docstring: the rule in a line, the reason, where it is published."""

    name: str
    rule: str
    reason: str
    source: str


def described(policies: Mapping[str, Callable[..., int]]) -> list[Described]:
    """The policies in words."""
    found = []
    for name, policy in policies.items():
        text = inspect.getdoc(policy) or ""
        body, _, source = text.partition("\nSource:")
        rule, _, reason = body.partition("\n")
        found.append(Described(name, *(re.sub(r"\s+", " ", part).strip() for part in (rule, reason, source))))
    return found


def write_descriptions(policies: Iterable[Described], stream: TextIO, *, width: int, colour: bool) -> None:
    """A paragraph for each policy, the first being the default."""
    page = Page(stream, width=width, colour=colour)
    for number, policy in enumerate(policies):
        page.parts((policy.name, "bold"), ("  (default)" if number == 0 else "", "dim"))
        for text in (policy.rule, policy.reason):
            page.line(text, indent=2)
        page.line(f"Source: {policy.source}", "dim", indent=2)
        page.line()
    page.line("The range, the status and the figures are the same under each; --best NAME chooses.")


def write_description_lines(policies: Iterable[Described], stream: TextIO) -> None:
    """The same as JSON, one policy a line."""
    stream.writelines(msgspec.json.encode(policy._asdict()).decode() + "\n" for policy in policies)


def write_description_cells(policies: Iterable[Described], stream: TextIO) -> None:
    """The same as tab-separated values."""
    rows = csv.writer(stream, dialect="excel-tab", lineterminator="\n")
    rows.writerow(Described._fields)
    rows.writerows(policies)


def write_choices(rows: Iterable[Row], names: tuple[str, ...], stream: TextIO, *, width: int, colour: bool) -> None:
    """The policies side by side, an incident a row, the sums below; where they differ is in bold."""
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
    known = list(rows)
    if not any(row.choices for row in known):
        console.print("No incident has such a figure." if known else "No incidents found.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("Incident", overflow="fold", ratio=1)
    for heading in ("Range", *names):
        table.add_column(heading, justify="right", no_wrap=True)
    sums = dict.fromkeys(names, 0)
    low = high = 0
    floor = marked = False
    for row in known:
        estimate = row.incident.effect(row.effect)
        if estimate is None or not row.choices:
            continue
        low, high, floor = low + estimate.low, high + estimate.high, floor or estimate.open
        differ = len({own for own, _ in row.choices.values()}) > 1
        cells = []
        for name in names:
            own, best = row.choices[name]
            sums[name] += best
            marked = marked or own != best
            cells.append(Text(f"{own:,}" + OUTSIDE * (own != best), style="bold" if differ else ""))
        table.add_row(Text(plain.one_line(row.incident.id)), Text(plain.span(estimate)), *cells)
    total = Text(plain.numbers(low, high) + "+" * floor, style="dim")
    table.add_row(Text("all", style="dim"), total, *(Text(f"{sums[name]:,}", style="dim") for name in names))
    console.print(table)
    if marked:
        console.print(
            Text(f"{OUTSIDE} the rule's own number for a vague word; `best` stays in the range, and so does the sum.")
        )


def write_choice_lines(rows: Iterable[Row], names: tuple[str, ...], stream: TextIO) -> None:
    """One incident a line, as JSON: ``best`` by policy, and ``own`` where a rule's number lies outside the range."""
    for row in rows:
        estimate = row.incident.effect(row.effect)
        if estimate is None or not row.choices:
            continue
        record = {
            "id": row.incident.id,
            "effect": row.effect,
            "low": estimate.low,
            "high": estimate.high,
            "open": estimate.open,
            "best": {name: row.choices[name][1] for name in names},
            "own": {name: row.choices[name][0] for name in names if row.choices[name][0] != row.choices[name][1]},
        }
        stream.write(msgspec.json.encode(record).decode() + "\n")


def write_choice_cells(rows: Iterable[Row], names: tuple[str, ...], stream: TextIO) -> None:
    """One incident a row, tab-separated, a column for each policy's ``best``."""
    table = csv.writer(stream, dialect="excel-tab", lineterminator="\n")
    table.writerow(("id", "effect", "low", "high", "open", *names))
    for row in rows:
        estimate = row.incident.effect(row.effect)
        if estimate is not None and row.choices:
            flag = "true" if estimate.open else "false"
            best = (row.choices[name][1] for name in names)
            table.writerow((safe_cell(row.incident.id), row.effect, estimate.low, estimate.high, flag, *best))
