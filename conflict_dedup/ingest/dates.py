"""Explicit dates: those that name a day, a month and a year, and nothing else.

No word here is relative and no clock is read. A date with its time is the local date as it is written:
"2019-11-03T23:30-05:00" is 3 November. Of numbers alone the year may stand first ("2019-11-03", "2019/11/3"); else
the day does ("03/11/2019" is 3 November) unless that is no date and the other order is ("11/25/2019" is 25 November).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from conflict_dedup.ingest.words import empty_values, fold, months, table

FIRST_YEAR, LAST_YEAR = 1800, 2100
"""Years outside are typing errors and the placeholders of databases (0001-01-01), not dates of news."""

PIVOT = 50
"""A year of two digits from 50 on is 19xx, below it 20xx: fixed, since the library reads no clock."""

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d.:/-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])((?:18|19|20)\d{2})(?:([-_./])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![0-9A-Za-z]))"
)
_YEAR_IN_NAME = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d{2})(?![0-9A-Za-z])")


class NotADateError(ValueError):
    """Words where a date should stand that are none; the message says what is wrong with them."""


def calendar_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None when the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def whole_year(digits: str) -> int:
    """The year that two or four digits mean."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= PIVOT else 2000)


@cache
def month_pattern() -> str:
    """An alternation of all names of months, to be matched against folded text."""
    return "|".join(sorted(map(re.escape, months()), key=len, reverse=True))


@cache
def weekday_pattern() -> str:
    """An alternation of all names of weekdays, to be matched against folded text."""
    return "|".join(sorted(map(re.escape, table("head.toml")["weekdays"]["names"]), key=len, reverse=True))


@cache
def worded_date() -> re.Pattern[str]:
    """A date whose month is a word, on folded text: "3 November 2019", "Nov 3, 2019", "3 de marzo de 2019", "3 JAN 90".

    Groups day1 month1 year1 or month2 day2 year2. "Jul 012016", which pages that lose a comma print, is 1 July 2016.
    """
    month = month_pattern()
    return re.compile(
        rf"(?<![\w-])(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th|er|o|º|°)?[\s.-]*(?:of\s+|de\s+)?(?P<month1>{month})\b\.?,?[\s-]*"
        rf"(?:de[l]?\s+)?'?(?P<year1>\d{{4}}|\d{{2}})(?![\d:])"
        rf"|(?P<month2>{month})\b\.?[\s-]*(?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*,\s*|[\s-]+)(?P<year2>\d{{4}})"
        rf"|(?P<day3>\d{{2}})(?P<year3>\d{{4}}))(?!\d))"
    )


def worded(match: re.Match[str]) -> dt.date | None:
    """The date of a match of :func:`worded_date`, None when the calendar has no such day."""
    day = match["day1"] or match["day2"] or match["day3"]
    month = months()[match["month1"] or match["month2"]]
    return calendar_date(whole_year(match["year1"] or match["year2"] or match["year3"]), month, int(day))


def _from_numbers(first: int, second: int, year: int) -> dt.date | None:
    return calendar_date(year, second, first) or calendar_date(year, first, second)


def _dates_in(text: str) -> Iterator[dt.date | None]:
    folded = fold(text)
    for match in _YEAR_FIRST.finditer(folded):
        yield calendar_date(*map(int, match.groups()))
    for match in worded_date().finditer(folded):
        yield worded(match)
    for match in _NUMBERS.finditer(folded):
        yield _from_numbers(int(match[1]), int(match[3]), whole_year(match[4]))


def parse_date(value: object) -> dt.date | None:
    """Read the date in a field that should hold one.

    Args:
        value: text, or what a JSON document has in its place: None, seconds (or milliseconds) since 1970 in UTC.

    Returns:
        The local date as written; None when the field is empty.

    Raises:
        NotADateError: it holds something else, several dates, a day that the calendar lacks, or a month or year alone.
    """
    if value is None or value is False:
        return None
    if isinstance(value, dict):  # {"$date": …}: MongoDB exports
        return parse_date(value.get("$date"))
    text = str(value).strip()
    if fold(text) in empty_values():
        return None
    if iso := _ISO.fullmatch(text):  # most dates; one that the calendar lacks is told of below
        day = calendar_date(int(iso[1]), int(iso[2]), int(iso[3]))
        if day is not None:
            return day
    if _COMPACT.fullmatch(text):
        compact = calendar_date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        if compact:
            return compact
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", text):
        number = float(text)
        moment = dt.datetime.fromtimestamp(number / 1000 if number > 1e11 else number, tz=dt.timezone.utc)
        return moment.date()
    found = set(_dates_in(text))
    if len(found) == 1:
        (only,) = found
        if only is not None:
            return only
        raise NotADateError(f"the calendar has no such day: {text[:40]!r}")
    if found:
        raise NotADateError(f"more than one date: {text[:40]!r}")
    return _parse_other(text)


def _parse_other(text: str) -> dt.date:
    # ISO 8601 in its rarer shapes (2019-W44-5, 20191103T1015). dateutil fills what is missing: a week or a month
    # without a day would come out as its first day.
    from dateutil.parser import isoparse  # noqa: PLC0415 - 20 ms, for shapes that few files have

    if re.fullmatch(r"\d{4}-?W\d{2}-?\d(?:T.*)?|\d{8}T.*|\d{4}-?\d{3}", text):
        try:
            date = isoparse(text).date()
        except ValueError:
            date = None
        if date is not None and FIRST_YEAR <= date.year <= LAST_YEAR:
            return date
    if re.fullmatch(r"\d{4}(?:-\d{1,2})?", text):
        raise NotADateError(f"names no day: {text!r}")
    raise NotADateError(f"not a date: {text[:40]!r}")


def date_in_name(name: str) -> dt.date | None:
    """The date in a name or an address ("2019-11-05-afp.txt", "20191105.html", "/2019/11/05/"), if it has one."""
    for match in _IN_NAME.finditer(name):
        date = calendar_date(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6]))
        if date:
            return date
    return None


def year_in_name(name: str) -> int | None:
    """The only year in a file's name, for datelines without one; None when there is none or there are several."""
    years = {int(year) for year in _YEAR_IN_NAME.findall(name)}
    return years.pop() if len(years) == 1 else None


def latest_before(month: int, day: int, limit: dt.date) -> dt.date | None:
    """The last such day of the year up to a day after ``limit`` (papers print tomorrow's date): a dateline's year."""
    for year in range(limit.year + 1, limit.year - 5, -1):  # 29 February may be four years back
        date = calendar_date(year, month, day)
        if date and date <= limit + dt.timedelta(days=1):
            return date
    return None
