"""The course of a toll, laid out: which figures stand in which column, before anybody draws it."""

from __future__ import annotations

from collections.abc import Iterable
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


def wholes(figures: Iterable[Figure]) -> set[Figure]:
    """Those of one report and effect that count everybody: totals and sums; where it has none, all that it adds up."""
    own = [figure for figure in figures if not figure.subset]
    totals = {figure for figure in own if figure.derived or figure.category == "total"}
    return totals or set(own)


def course_of(incident: Incident, effect: Effect) -> Course | None:
    """The course of the toll of an effect; None when no source gives any.

    Reprints say nothing new and get no column, unless what they reprint is missing.
    """
    estimate = incident.effect(effect)
    if estimate is None:
        return None
    known = {report.article for report in incident.reports}
    of_article: dict[str, list[tuple[int, Figure]]] = {}
    for place, figure in enumerate(incident.figures):
        if figure.effect == effect:
            of_article.setdefault(figure.article, []).append((place, figure))
    every = [figure for figures in of_article.values() for _, figure in figures]
    top = max(1, estimate.high, *(n for one in every for n in (one.value, one.low, one.high) if n is not None))
    columns: list[Column] = []
    points: list[Point] = []
    for report in reports_in_order(incident):
        if report.article not in of_article or report.copy_of in known:
            continue
        points += _points(of_article[report.article], len(columns), apart=top * NEAR)
        columns.append(
            Column(
                article=report.article,
                source=plain.one_line(report.source or report.article),
                day=plain.day(report.published) if report.published else "undated",
            )
        )
    return Course(effect=effect, estimate=estimate, columns=tuple(columns), points=tuple(points), top=top)


def _points(figures: list[tuple[int, Figure]], column: int, *, apart: float) -> list[Point]:
    counting = wholes(figure for _, figure in figures)
    said: dict[tuple[object, ...], list[int]] = {}
    of_place = dict(figures)
    for place, figure in sorted(figures, key=lambda one: one[1] not in counting):  # parts make way for the whole
        said.setdefault((figure.value, figure.low, figure.high, figure.bound, figure.category, figure in counting,
                         figure.superseded), []).append(place)  # fmt: skip
    points: list[Point] = []
    for places in said.values():
        figure = of_place[places[0]]
        points.append(
            Point(
                column=column,
                aside=sum(abs(other.value - figure.value) < apart for other in points),
                value=figure.value,
                low=figure.low,
                high=figure.high,
                bound=figure.bound,
                category=figure.category,
                whole=figure in counting,
                standing=not figure.superseded,
                figures=tuple(places),
            )
        )
    return points
