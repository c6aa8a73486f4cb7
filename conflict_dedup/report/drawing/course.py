"""The course of a toll, laid out: which figures stand in which column, before anybody draws it."""

from __future__ import annotations

from dataclasses import dataclass

from conflict_dedup.model import Bound, Effect, Estimate, Figure, Incident, Report
from conflict_dedup.report import plain

NEAR = 0.035
"""Marks of one column that are nearer than this part of the whole height would hide one another."""


@dataclass(frozen=True, slots=True)
class Column:
    """One report: columns stand in the order of publication, reports without a date last."""

    article: str
    source: str
    day: str


@dataclass(frozen=True, slots=True)
class Point:
    """What one report says, once, however often it says so.

    ``column`` counts from 0; ``aside`` says how many marks of the column it must make way for. ``whole`` is false for a
    part of the toll (soldiers, children). ``figures`` are the places of its figures in ``incident.figures``.
    """

    column: int
    aside: int
    value: int
    low: int | None
    high: int | None
    bound: Bound
    category: str
    whole: bool
    standing: bool
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The toll of one effect: its range and every figure that the range rests on. ``top`` is the largest number."""

    effect: Effect
    estimate: Estimate
    columns: tuple[Column, ...]
    points: tuple[Point, ...]
    top: int


def _order(report: Report) -> tuple[bool, str, str]:
    return (report.published is None, report.published.isoformat() if report.published else "", report.article)


def reports_in_order(incident: Incident) -> list[Report]:
    """The oldest first, undated ones last."""
    return sorted(incident.reports, key=_order)


def is_whole(figure: Figure) -> bool:
    """Whether a figure counts everybody: a total, or a sum of parts."""
    return figure.derived or (figure.category == "total" and not figure.subset)


def course_of(incident: Incident, effect: Effect) -> Course | None:
    """The course of the toll of an effect; None when no source gives any.

    Reprints say nothing new and get no column, unless what they reprint is missing.
    """
    estimate = incident.effect(effect)
    if estimate is None:
        return None
    known = {report.article for report in incident.reports}
    said: dict[str, dict[tuple[object, ...], list[int]]] = {}
    for place, figure in enumerate(incident.figures):
        if figure.effect == effect:
            same = (figure.value, figure.low, figure.high, figure.bound, figure.category, is_whole(figure),
                    figure.superseded)  # fmt: skip
            said.setdefault(figure.article, {}).setdefault(same, []).append(place)
    firsts = [figure for figure in incident.figures if figure.effect == effect]
    numbers = [number for one in firsts for number in (one.value, one.low, one.high) if number is not None]
    top = max(1, estimate.high, *numbers)
    columns: list[Column] = []
    points: list[Point] = []
    for report in reports_in_order(incident):
        if report.article not in said or report.copy_of in known:
            continue
        taken: list[int] = []
        for places in said[report.article].values():
            figure = incident.figures[places[0]]
            aside = sum(abs(value - figure.value) < top * NEAR for value in taken)
            taken.append(figure.value)
            points.append(
                Point(
                    column=len(columns),
                    aside=aside,
                    value=figure.value,
                    low=figure.low,
                    high=figure.high,
                    bound=figure.bound,
                    category=figure.category,
                    whole=is_whole(figure),
                    standing=not figure.superseded,
                    figures=tuple(places),
                )
            )
        columns.append(
            Column(
                article=report.article,
                source=plain.one_line(report.source or report.article),
                day=plain.day(report.published) if report.published else "undated",
            )
        )
    return Course(effect=effect, estimate=estimate, columns=tuple(columns), points=tuple(points), top=top)
