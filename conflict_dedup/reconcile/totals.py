"""What each report says in all: its own total, or the sum of the parts that it lists.

The rules, each with its reason:

* A *subset* ("including 10 children") is part of another figure and is never added.
* A printed total wins over the parts of the same article; without one, the disjoint parts are summed
  ("53 soldiers and one civilian": 54), and the sum is *derived*. Parts told apart are not: the same victims often come
  back under another name.
* A total far above all that the article has told before is the toll of a longer time.
* A part larger than the printed total is no part of it, but what somebody else says; and one told before it is a toll
  of its own unless it is small.
* What rebels claim to have killed and what the state admits stand both, however far apart ("58 soldiers"; "seven").
* Figures of one category in one article are restatements ("40 soldiers … the 41 soldiers") and give the lowest and the
  highest reading, unless they are coordinated ("four U.S. troops and at least four Nigerien soldiers"), which is seen
  by how close together they stand.
* The attackers' own dead are no victims: they are left out, and taken off a printed total that includes them. In a
  battle the total with them stands as well, since both sides' dead count there and "attacker" only says who began.
* An earlier or withdrawn figure is a total of its own, marked superseded.
* "more than 40" is 40; "between 30 and 40" is 30 to 40; a vague word ("dozens") counts only where no report has a
  number.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

import msgspec

from conflict_dedup.model import Candidate, Category, Effect, EventType, Figure

FLOORS = frozenset({"at_least", "more_than", "vague"})
"""Bounds whose number is a floor: the true figure may be higher."""

PARTIAL_SHARE = 0.35
"""A standing figure below this share of another in the same article is one victim, one place or one hospital that
was not marked as a part; nobody restates twenty as two. Two fifths of those from a quarter to this share lie in the
incident's range."""

MANY_TIMES, LATER_CHARS = 3, 200
"""A total so many times as high as all that has been told before, so many characters after it, is the toll of a month
or of a war that was not taken for one."""

SUM_TIMES = 2
"""A sum that no report prints is left out where it is so many times as high as any total that another report prints:
one in five of them lies in the incident's range."""

LEAST_LATER = 0.9
"""From this share of the printed total on a figure of one category is a toll of its own, told after it; told before it,
from ``PARTIAL_SHARE`` on."""

TOGETHER_CHARS = 70
"""Parts of several categories at most so many characters apart are told in one breath and add up. Where they stand in
several sentences, their sum lies in the incident's range in 37 % of articles, the largest alone in 59 %; in one
sentence 72 % and 24 %."""

REBELS = frozenset({"militants"})
STATE = frozenset({"army", "police", "government", "security_sources"})
"""Who gives the figures of either side (see ``Figure.attribution``)."""
CLAIMED = frozenset({"soldiers", "police", "total"})
"""Of whom rebels claim to have killed many, and the state admits few."""

COORDINATED_CHARS = 8
"""Two figures of one category at most so many characters apart are joined by "and" or a comma, and so are disjoint."""


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """One total of one effect (or of one category of it) that one report gives.

    ``low`` and ``high`` are equal unless the report prints an interval or two readings. ``floor`` is true of "at least"
    and "more than". ``derived`` is true of a sum that the report does not print. ``ceiling`` is the highest number
    that it allows, None when open.
    """

    article: str
    source: str
    published: dt.date | None
    value: int
    low: int
    high: int
    ceiling: int | None
    floor: bool = False
    vague: bool = False
    superseded: bool = False
    derived: bool = False
    attribution: str | None = None
    copied: bool = False


def effect_totals(candidates: Sequence[Candidate], effect: Effect, event_type: EventType) -> list[Total]:
    """Every report's totals of one effect, the oldest report first, undated reports before all.

    A vague word is dropped where any report has a number, a sum where it is far above what other reports print.

    Args:
        candidates: The candidates of one incident.
        effect: The effect to total.
        event_type: The incident's type; a battle counts both sides (see the module).
    """
    found: list[Total] = []
    for candidate in candidates:
        figures = [f for f in candidate.figures if f.effect == effect and not f.derived]
        found += _report_totals(candidate, figures, both_sides=event_type == "battle")
    return _chronological(_without_vague(_without_unlikely_sums(found)))


def category_totals(candidates: Sequence[Candidate], effect: Effect, category: Category) -> list[Total]:
    """Every report's figures for one category of victims, subsets included, the oldest report first."""
    found: list[Total] = []
    for candidate in candidates:
        figures = [f for f in candidate.figures if f.effect == effect and f.category == category and not f.derived]
        standing = [f for f in figures if not f.superseded]
        found += [_total(candidate, [f]) for f in figures if f.superseded]
        if whole := [f for f in standing if not f.subset]:
            found += _category_readings(candidate, whole)
        else:
            found += [_total(candidate, [f]) for f in standing]
    return _chronological(_without_vague(found))


def derived_figures(candidates: Sequence[Candidate], effect: Effect, totals: Iterable[Total]) -> list[Figure]:
    """The sums that no source printed, as figures without a quotation, one for each value.

    A sum is left out when any article prints that number as a total, since there is then a quotation to show.
    """
    printed = {f.value for c in candidates for f in c.figures if f.effect == effect and f.category == "total"}
    found: dict[int, Figure] = {}
    for total in totals:
        if total.derived and total.value not in printed and total.value not in found:
            found[total.value] = Figure(
                article=total.article,
                effect=effect,
                value=total.value,
                bound="at_least" if total.floor else "exact",
                low=total.low,
                high=total.ceiling,
                category="total",
                field="text",
                start=0,
                end=0,
                quote="",
                derived=True,
                superseded=total.superseded,
                attribution=total.attribution,
            )
    return [found[value] for value in sorted(found)]


def _report_totals(candidate: Candidate, figures: list[Figure], *, both_sides: bool) -> list[Total]:
    """The totals of one candidate for one effect."""
    attackers = [f for f in figures if f.category == "attackers" and f.value > 0]
    whole = [f for f in figures if f.category == "total" and not f.subset]
    parts = [f for f in figures if f.category not in {"total", "attackers"} and not f.subset]
    whole = _without_partial(_without_sums_of_many(whole, parts))
    totals = [_total(candidate, [f]) for f in whole]
    inside = [f for f in attackers if f.subset]
    if inside and whole:
        totals = _without_attackers(totals, whole, inside, both_sides=both_sides)
    standing = _standing(whole)
    if standing:
        totals += [_total(candidate, [f]) for f in _rivals(standing, parts)]
    else:
        totals += _corrected(totals, figures) or _sums(candidate, parts)
    if not totals:
        # Only subsets are left: the widest of each category is the most that the article says of this incident.
        rest = [f for f in figures if f.category != "attackers"]
        if rest:
            totals = [_total(candidate, [max(rest, key=lambda f: (f.value, -f.start))])]
    return totals


def _rivals(whole: list[Figure], parts: list[Figure]) -> list[Figure]:
    """The figures of one category that are no part of the printed totals of their article, but tolls beside them.

    "The army put the dead at 15. The rebels said they had killed 27 soldiers": no part is larger than its whole. And
    what is told first ("Nine policemen killed", says the headline) is a toll, unless it is a small one. What is many
    times the total is neither.
    """
    first = min(map(_reading_order, whole))
    largest = max(f.value for f in whole)
    found = []
    for part in _standing(parts):
        least = PARTIAL_SHARE if _reading_order(part) < first else LEAST_LATER
        near = least <= part.value / max(1, largest) <= MANY_TIMES
        if part.value != largest and (near or _opposed(part, whole)):
            found.append(part)
    return found


def _standing(figures: list[Figure]) -> list[Figure]:
    """The figures that are numbers and no earlier ones."""
    return [f for f in figures if not f.superseded and f.bound != "vague"]


def _reading_order(figure: Figure) -> tuple[bool, int]:
    """The title first, then the text."""
    return figure.field != "title", figure.start


def _corrected(totals: list[Total], figures: list[Figure]) -> list[Total]:
    """An earlier total of which one part was corrected: "57 killed, 53 of them gendarmes", now "54 gendarmes": 58."""
    found = []
    for total in totals:
        earlier: dict[Category, int] = {
            f.category: f.value for f in figures if f.subset and f.superseded and f.category != "total"
        }
        now = [f for f in figures if not f.subset and not f.superseded and f.category in earlier]
        if total.superseded and len(now) == 1:
            change = now[0].value - earlier[now[0].category]
            if total.low + change < now[0].value:  # the "part" was larger than the whole: no correction of it
                continue
            found.append(
                msgspec.structs.replace(
                    total,
                    value=total.value + change,
                    low=total.low + change,
                    high=total.high + change,
                    ceiling=None if total.ceiling is None else total.ceiling + change,
                    superseded=False,
                    derived=True,
                    attribution=now[0].attribution,
                )
            )
    return found


def _without_sums_of_many(whole: list[Figure], parts: list[Figure]) -> list[Figure]:
    """The totals without those that come late in the text and exceed by far all that has been told by then."""
    standing = _standing(whole + parts)
    found = []
    for figure in whole:
        before = [f for f in standing if f.field != figure.field or figure.start - f.end > LATER_CHARS]
        told = _most_told(before) if figure.field == "text" and not figure.superseded else 0
        if not told or figure.value <= MANY_TIMES * told or _opposed(figure, before):
            found.append(figure)
    return found


def _most_told(figures: list[Figure]) -> int:
    """The largest total among some figures, or what their parts come to where each category is told once."""
    largest: dict[Category, int] = {}
    for figure in figures:
        largest[figure.category] = max(figure.value, largest.get(figure.category, 0))
    return max(largest.pop("total", 0), sum(largest.values()))


def _without_partial(figures: list[Figure]) -> list[Figure]:
    """The figures without the standing ones that are too small to restate the largest standing one."""
    largest = max((f.value for f in _standing(figures)), default=0)
    top = [f for f in figures if f.value == largest]
    return [
        f
        for f in figures
        if f.superseded or f.bound == "vague" or f.value >= PARTIAL_SHARE * largest or _opposed(f, top)
    ]


def _opposed(figure: Figure, others: list[Figure]) -> bool:
    """Whether a figure and all the others are what rebels claim to have killed and what the state admits.

    What the state says is the lower: rebels who give the lower one may tell of their own dead.
    """
    if not others or not all(f.category in CLAIMED for f in (figure, *others)):
        return False
    if figure.attribution in REBELS:
        return all(f.attribution in STATE and f.value < figure.value for f in others)
    return figure.attribution in STATE and all(f.attribution in REBELS and f.value > figure.value for f in others)


def _sums(candidate: Candidate, parts: list[Figure]) -> list[Total]:
    """The lowest and the highest sum of the parts that are told together, and superseded figures of one category.

    Parts told apart are seldom to be added: of several groups the one with the highest sum stands.
    """
    standing = _standing(parts) or [f for f in parts if not f.superseded]
    earlier = [f for f in parts if f.superseded]
    if not standing:
        return [_total(candidate, [f]) for f in earlier]
    categories = _told_once(standing)
    groups = [_sums_of(candidate, group) for group in _together(categories)]
    found = max(groups, key=lambda sums: max(t.value for t in sums))
    if len(categories) == 1:
        found = found + [_total(candidate, [f]) for f in earlier if f.category in categories]
    return found


def _told_once(figures: list[Figure]) -> dict[Category, list[Figure]]:
    """The figures by category, without the categories that tell the number of another one again elsewhere."""
    by_category: dict[Category, list[Figure]] = {}
    for figure in figures:
        by_category.setdefault(figure.category, []).append(figure)
    kept: dict[Category, list[Figure]] = {}
    for category, own in by_category.items():
        same = [(f, g) for f in own for others in kept.values() for g in others if f.value == g.value]
        if not same or any(_distance(f, g) <= TOGETHER_CHARS for f, g in same):
            kept[category] = own
    return kept


def _together(by_category: dict[Category, list[Figure]]) -> list[list[list[Figure]]]:
    """The categories in groups: those of which two figures stand together, directly or by way of a third."""
    groups: list[list[list[Figure]]] = []
    for own in by_category.values():
        near = [
            group
            for group in groups
            if any(_distance(f, g) <= TOGETHER_CHARS for f in own for others in group for g in others)
        ]
        groups = [g for g in groups if g not in near] + [[*(others for group in near for others in group), own]]
    return groups


def _distance(one: Figure, other: Figure) -> float:
    """The characters between two figures; those of the title and those of the text are infinitely far apart."""
    if one.field != other.field:
        return math.inf
    return max(one.start, other.start) - min(one.end, other.end)


def _sums_of(candidate: Candidate, categories: list[list[Figure]]) -> list[Total]:
    """The readings of one category, or the lowest and the highest sum of several."""
    readings = [_category_readings(candidate, figures) for figures in categories]
    if len(readings) == 1:
        return readings[0]
    lowest = [min(r, key=lambda t: t.value) for r in readings]
    highest = [max(r, key=lambda t: t.value) for r in readings]
    return [_added(each) for each in ([lowest] if lowest == highest else [lowest, highest])]


def _category_readings(candidate: Candidate, figures: list[Figure]) -> list[Total]:
    """The readings of one category: coordinated figures are added up, the others restate each other."""
    ordered = sorted(figures, key=_reading_order)
    groups: list[list[Figure]] = []
    for figure in ordered:
        last = groups[-1][-1] if groups else None
        if last is not None and _coordinated(last, figure) and last.superseded == figure.superseded:
            groups[-1].append(figure)
        else:
            groups.append([figure])
    readings = [(_total(candidate, group), group) for group in groups]
    largest, top = max(readings, key=lambda r: r[0].value)
    return [t for t, group in readings if t.value >= PARTIAL_SHARE * largest.value or _opposed(group[0], top)]


def _coordinated(one: Figure, other: Figure) -> bool:
    """Whether a figure of the same category follows another one in one phrase.

    They stand side by side, or the same verb ends the quotations of both: "a driver and six farmers were killed".
    """
    return one.field == other.field and (
        0 <= other.start - one.end <= COORDINATED_CHARS or (one.start < other.start and one.end == other.end)
    )


def _without_attackers(
    totals: list[Total], whole: list[Figure], inside: list[Figure], *, both_sides: bool
) -> list[Total]:
    """Take attackers counted inside a printed total off the nearest one (and off its restatements)."""
    adjusted = list(totals)
    taken: dict[int, dict[tuple[str, int], int]] = {}
    for attackers in inside:
        nearest = min(whole, key=lambda f: (f.field != attackers.field, abs(f.start - attackers.start), f.start))
        if attackers.value < nearest.value:
            taken.setdefault(nearest.value, {})[attackers.field, attackers.start] = attackers.value
    extra: list[Total] = []
    for i, total in enumerate(adjusted):
        if total.value in taken:
            # The title and the text may both say "two of them gunmen": each distinct number once.
            off = min(sum(set(taken[total.value].values())), total.value)
            less = msgspec.structs.replace(
                total,
                value=total.value - off,
                low=max(0, total.low - off),
                high=max(0, total.high - off),
                ceiling=None if total.ceiling is None else max(0, total.ceiling - off),
                derived=True,
            )
            if both_sides:
                extra.append(less)
            else:
                adjusted[i] = less
    return extra + adjusted


def _total(candidate: Candidate, figures: list[Figure]) -> Total:
    """The total of figures that add up, a single one as it stands."""
    lows, highs, ceilings = zip(*(_interval(f) for f in figures), strict=True)
    first = figures[0]
    return Total(
        article=candidate.article,
        source=candidate.report.source or candidate.article,
        published=candidate.report.published,
        value=sum(f.value for f in figures),
        low=sum(lows),
        high=sum(highs),
        ceiling=None if None in ceilings else sum(c for c in ceilings if c is not None),
        floor=any(f.bound in FLOORS for f in figures),
        vague=any(f.bound == "vague" for f in figures),
        superseded=any(f.superseded for f in figures),
        derived=len(figures) > 1,
        attribution=next((f.attribution for f in figures if f.attribution), first.attribution),
        copied=candidate.report.copy_of is not None,
    )


def _added(totals: list[Total]) -> Total:
    """The sum of disjoint parts."""
    ceilings = [t.ceiling for t in totals]
    largest = max(totals, key=lambda t: t.value)
    return msgspec.structs.replace(
        largest,
        value=sum(t.value for t in totals),
        low=sum(t.low for t in totals),
        high=sum(t.high for t in totals),
        ceiling=None if None in ceilings else sum(c for c in ceilings if c is not None),
        floor=any(t.floor for t in totals),
        vague=any(t.vague for t in totals),
        superseded=any(t.superseded for t in totals),
        derived=True,
    )


def _interval(figure: Figure) -> tuple[int, int, int | None]:
    """The low, the high and the ceiling that a figure stands for.

    Only a standing "between 30 and 40" spans two numbers; a superseded or disputed one counts as its number alone.
    "At most 60" and "about 60" name 60, so 60 is what they count as.
    """
    if figure.bound == "range" and not figure.superseded:
        low = figure.value if figure.low is None else figure.low
        high = figure.value if figure.high is None else figure.high
        return min(low, figure.value), max(high, figure.value), max(high, figure.value)
    if figure.bound in FLOORS:
        return figure.value, figure.value, None
    ceiling = figure.value if figure.high is None else max(figure.high, figure.value)
    return figure.value, figure.value, ceiling


def _without_unlikely_sums(totals: list[Total]) -> list[Total]:
    """Drop the sums of parts that are far above what other reports print."""
    highest: dict[str, int] = {}  # by article, what it prints; the two highest show any article that of the others
    for t in totals:
        if not t.derived:
            highest[t.article] = max(t.high, highest.get(t.article, 0))
    two = sorted(highest, key=lambda article: (-highest[article], article))[:2]
    kept = []
    for total in totals:
        others = [highest[article] for article in two if article != total.article]
        if not (total.derived and others and total.value > SUM_TIMES * others[0]):
            kept.append(total)
    return kept or totals


def _without_vague(totals: list[Total]) -> list[Total]:
    """Drop "dozens" where there is a number."""
    return [t for t in totals if not t.vague] or totals


def _chronological(totals: list[Total]) -> list[Total]:
    """The oldest report first; a report that does not say its date cannot claim to be the newest."""
    return sorted(
        totals, key=lambda t: (t.published or dt.date.min, t.article, not t.superseded, t.value, t.high, t.derived)
    )
