"""The course of a toll on a terminal: who gave which number when, on one linear scale from nothing up."""

from __future__ import annotations

from rich.cells import cell_len

from conflict_dedup.model import Incident
from conflict_dedup.report import plain
from conflict_dedup.report.drawing.course import Column, Course, Point, course_of
from conflict_dedup.report.page import BOUND_WORDS, Page
from conflict_dedup.report.table import BEST, HIGH, LINE, LOW, OPEN, STYLES

WITHDRAWN, ABOUT, DOWN = "○", "≈", "◄"
"""What is drawn for a figure that its own article calls earlier or wrong, for one that is "about" and one that is at
most."""

MIN_CELLS, MAX_CELLS = 16, 48
"""How wide the drawing may be; where there is room for less, it is left out."""

LEGEND = f"{BEST} given, {WITHDRAWN} withdrawn or earlier, {OPEN} or more, {DOWN} or fewer, {ABOUT} about"


def print_courses(page: Page, incident: Incident) -> None:
    """The course of each effect that more than one figure was given for: killed first, reprints left out."""
    drawn = False
    for effect in ("killed", "injured", "missing", "abducted"):
        course = course_of(incident, effect)
        if course is not None and len([point for point in course.points if point.whole]) > 1:
            drawn = _print_course(page, course) or drawn
            page.line()
    if drawn:
        page.line(LEGEND, "dim")
        page.line()


def _print_course(page: Page, course: Course) -> bool:
    """One course: a line for each figure of a whole toll, and below it the range that they leave."""
    rows = [
        (course.columns[point.column], point)
        for point in sorted(course.points, key=lambda point: (point.column, point.standing, -point.value))
        if point.whole
    ]
    days = max(cell_len(column.day) for column, _ in rows)
    numbers = max(len(plain.span(course.estimate)), *(cell_len(words_of(point)) for _, point in rows))
    sources = max(cell_len(column.source) for column, _ in rows)
    cells = min(MAX_CELLS, page.width - 2 - days - numbers - 6 - min(sources, page.width // 3))
    shown = cells >= MIN_CELLS
    page.line(f"The course of {course.effect}", "bold")
    if shown:
        page.row((" " * (days + numbers + 4) + scale(course.top, cells), "dim"), indent=2)
    for column, point in rows:
        _print_point(page, column, point, days, numbers, draw(point, course.top, cells) if shown else "", cells)
    style = STYLES[plain.word(course.estimate.status)]
    page.row(
        ("range".rjust(days) + "  ", "bold"),
        (plain.span(course.estimate).rjust(numbers) + "  ", "bold"),
        (draw_range(course, cells) if shown else "", style),
        indent=2,
    )
    return shown


def _print_point(page: Page, column: Column, point: Point, days: int, numbers: int, drawing: str, cells: int) -> None:
    style = "" if point.standing else "dim"
    page.row(
        (_padded(column.day, days) + "  ", ""),
        (words_of(point).rjust(numbers) + "  ", style),
        (drawing.ljust(cells) + "  " if drawing else "", style),
        # the source stands last: a name that is written from right to left cannot turn what comes after it
        (column.source, style),
        indent=2,
    )


def _padded(day: str, days: int) -> str:
    return day.rjust(days) if day[:1].isdigit() else day.ljust(days)


def words_of(point: Point) -> str:
    """What a figure says: "at least 53", with the category when it counts only some."""
    words = "vaguely {value}" if point.bound == "vague" else BOUND_WORDS[point.bound]
    number = words.format(value=f"{point.value:,}", low=point.low, high=point.high)
    return number if point.category == "total" else f"{number} {plain.word(point.category)}"


def draw(point: Point, top: int, cells: int) -> str:
    """A figure on a scale of ``cells``, of which the last is only reached by what has no upper end."""
    at = _cell(point.value, top, cells)
    low = at if point.low is None else _cell(point.low, top, cells)
    high = at if point.high is None else _cell(point.high, top, cells)
    mark = ABOUT if point.bound == "about" else BEST
    drawn = [" "] * (at + 1)
    if point.bound == "range":
        drawn = [" "] * (high + 1)
        drawn[low : high + 1] = [LINE] * (high - low + 1)
        drawn[low], drawn[high] = LOW, HIGH
    else:
        drawn[at] = mark if point.standing else WITHDRAWN
    if point.bound in {"at_least", "more_than", "vague"}:
        drawn.append(OPEN)
    elif point.bound in {"at_most", "fewer_than"} and at:
        drawn[at - 1] = DOWN
    return "".join(drawn)


def draw_range(course: Course, cells: int) -> str:
    """The range and its best figure, as the table draws them."""
    low, best, high = (
        _cell(number, course.top, cells) for number in (course.estimate.low, course.estimate.best, course.estimate.high)
    )
    drawn = [" "] * low + [LINE] * (high - low + 1)
    drawn[low], drawn[high] = LOW, LINE if course.estimate.open else HIGH
    drawn[best] = BEST
    return "".join(drawn) + OPEN * course.estimate.open


def scale(top: int, cells: int) -> str:
    """The marks of the scale: nothing, about the middle, the largest number."""
    middle = top // 2
    marks = [" "] * cells
    for number in dict.fromkeys((0, middle, top) if top > 3 else (0, top)):
        text = f"{number:,}"
        at = min(_cell(number, top, cells), cells - len(text))
        marks[at : at + len(text)] = text
    return "".join(marks)


def _cell(number: int, top: int, cells: int) -> int:
    return min(round(number / top * (cells - 2)), cells - 2)
