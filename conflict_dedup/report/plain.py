"""What may reach a terminal: text of articles without control characters, and how values are put into words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache

import msgspec

from conflict_dedup.model import CategoryEstimate, Estimate, Place, Window

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# strftime("%b") would follow the locale of the machine.

NOTHING = "–"
"""Stands where no source says anything."""

LONG_DAYS = 62
"""Windows of more days are told by their months: the days at their ends say nothing."""

# A headline that holds ESC ] 0 ; … BEL renames the window of whoever lists it. Controls (C0, C1), and the marks that
# turn the direction of writing and so can show another order of digits than is there (Unicode TR 36, 3.2).
_SEQUENCE = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[PX^_][^\x1b]*(?:\x1b\\\\)?|[@-~])?"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


def harmless(text: str) -> str:
    """``text`` without terminal escapes, control characters and marks of direction; newline and tab stay."""
    return _CONTROL.sub("", _SEQUENCE.sub("", text))


def one_line(text: str) -> str:
    """``text`` harmless and on one line."""
    return _SPACE.sub(" ", harmless(text)).strip()


def right_to_left(text: str) -> bool:
    """Whether any letter of a text is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def shortened(text: str, most: int = 240) -> str:
    """A text harmless, on one line and of so many characters at most, cut at a word where there is one."""
    line = one_line(text)
    if len(line) <= most:
        return line
    head = line[: most - 1]
    return (head.rpartition(" ")[0] or head) + "…"


def day(date: dt.date) -> str:
    """ISO dates are for machines: "1 Nov 2019"."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def window(date: Window | None) -> str:
    """The days as one writes them: "1 Nov 2019", "30 Sep-1 Oct 2019", "Oct 2019", "2019"; "~" before inferred ones."""
    if date is None:
        return NOTHING
    start, end = date.start, date.end
    if start == end:
        text = day(start)
    elif (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31):
        text = str(start.year) if start.year == end.year else f"{start.year}-{end.year}"
    elif start.day == 1 and (end + dt.timedelta(days=1)).day == 1:
        last = f"{MONTHS[end.month - 1]} {end.year}"
        if (start.year, start.month) == (end.year, end.month):
            text = last
        else:
            first_year = f" {start.year}" if start.year != end.year else ""
            text = f"{MONTHS[start.month - 1]}{first_year}-{last}"
    elif date.days > LONG_DAYS:
        text = f"{MONTHS[start.month - 1]} {start.year}-{MONTHS[end.month - 1]} {end.year}"
    elif start.year != end.year:
        text = f"{day(start)}-{day(end)}"
    elif start.month != end.month:
        text = f"{start.day} {MONTHS[start.month - 1]}-{day(end)}"
    else:
        text = f"{start.day}-{day(end)}"
    return f"~{text}" if date.inferred else text


@cache
def country_name(code: str) -> str:
    """The English name of a country, or the code when the gazetteer lacks it."""
    from conflict_dedup.lexicon.gazetteer import gazetteer  # noqa: PLC0415 - opens a file; JSONL and CSV need no names

    try:
        return gazetteer().country(code).name
    except (KeyError, LookupError):
        return code


def place(where: Place | None) -> str:
    """The parts of a place, each once: "Indelimane, Ménaka, Mali"."""
    if where is None:
        return NOTHING
    parts = [where.name, where.admin1 or "", country_name(where.country) if where.country else ""]
    return one_line(", ".join(dict.fromkeys(part for part in parts if part)))


def short_place(where: Place | None) -> str:
    """A place without its division, for where there is little room: "Indelimane, Mali"."""
    return place(where and msgspec.structs.replace(where, admin1=None))


PLACE_PRECISION = {
    1: "exact",
    2: "near there",
    3: "known to its second-level division",
    4: "known to its first-level division",
    5: "a region or a vague place",
    6: "known to the country only",
    7: "on water or in the air",
}
"""The UCDP GED where_prec in words."""


def word(name: str) -> str:
    """A value of the schema as words: "air_strike" is "air strike"."""
    return name.replace("_", " ")


def numbers(low: int, high: int) -> str:
    """A range: "40-54", or "54" when both ends are the same."""
    return f"{low:,}" if low == high else f"{low:,}-{high:,}"


def span(estimate: Estimate | None) -> str:
    """The range of an effect: "40-54", with "+" when the highest figure is a floor."""
    return NOTHING if estimate is None else numbers(estimate.low, estimate.high) + "+" * estimate.open


def categories(by_category: dict[str, CategoryEstimate]) -> str:
    """The ranges by category of victims: "soldiers 40-53, civilians 1"."""
    return ", ".join(f"{word(name)} {numbers(part.low, part.high)}" for name, part in by_category.items())
