"""The head of a text: what stands above it and at its beginning and says what it is, when and by whom it was printed.

In this order, each of them optional: YAML front matter; ``Key: value`` lines; a leading ``date 2019-11-03``; a headline
with a blank line after it; a line that is only a date. They are taken off. What the text itself begins with stays, as
quotations count from there: a dateline ("BAMAKO, Nov 2 (Reuters) -"), a date before the first sentence ("3 August
2015 A Syrian …").
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache

from conflict_dedup.ingest.dates import (
    NotADateError,
    calendar_date,
    month_pattern,
    parse_date,
    weekday_pattern,
    whole_year,
    worded,
    worded_date,
)
from conflict_dedup.ingest.words import field_of, fold, fold_aligned, fold_key, months, table

MAX_HEADLINE_CHARACTERS = 200
"""A longer first line is a paragraph. The longest headlines of agencies and tabloids have some 150 characters."""

_HEAD_CHARACTERS = 160
# How far into a text its date may begin: agency, place and cue words come before it.

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY_LINE = re.compile(r"(?P<key>[A-Za-zÀ-ÿ][\wÀ-ÿ -]{0,24}?)[ \t]*:[ \t]*(?P<value>.*)")
_LEADING_DATE = re.compile(r"\s*date:?[ \t]+(?P<date>\d{4}-\d{2}-\d{2})(?=\s|\Z)[ \t]*", re.IGNORECASE)
_DASHES = ("-", "–", "—")
"""Every dateline ends with one."""
_SENTENCE_END = re.compile(r"(?<!\.\.)[.:;,][\"'”’»)]*\Z")
_TIME = r"(?:[\s,|•·–—-]*(?:at\s+|a\s+las\s+)?\d{1,2}(?:[:.h]\d{2})(?::\d{2})?[^\n]{0,30})?"


@dataclass(slots=True)
class Head:
    """What was found above a text. ``fields`` holds the values of keys as they stand, ``body`` what is left."""

    body: str
    title: str = ""
    published: dt.date | None = None
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first words of a text say: a whole date, or a month and a day without a year, and the agency."""

    published: dt.date | None = None
    month_day: tuple[int, int] | None = None
    agency: str | None = None


def read_head(text: str) -> Head:
    """Take the head off a text."""
    head = Head(body=text)
    _take_front_matter(head)
    while _take_key_lines(head) or _take_leading_date(head) or _take_headline(head) or _take_date_line(head):
        pass
    head.body = head.body.strip("\n").rstrip()
    return head


def _take_front_matter(head: Head) -> None:
    match = _FRONT_MATTER.match(head.body.lstrip("\n"))
    if not match:
        return
    for line in match["body"].splitlines():
        key = _KEY_LINE.match(line)
        if key:
            _keep(head, key["key"], key["value"].strip().strip("\"'"))
    head.body = head.body.lstrip("\n")[match.end() :]


def _keep(head: Head, key: str, value: str) -> None:
    name = field_of().get(fold_key(key))
    if name and value:
        head.fields.setdefault(fold_key(key), value)
        if name == "title" and not head.title:
            head.title = " ".join(value.split())


def _take_key_lines(head: Head) -> bool:
    """Lines of known keys, up to the first line that is none."""
    known = field_of()
    ignored = table("fields.toml")["head"]["ignored"]
    rest = head.body.lstrip("\n")
    taken = False
    while rest:
        line, _, after = rest.partition("\n")
        match = _KEY_LINE.fullmatch(line.strip())
        key = fold_key(match["key"]) if match else ""
        name = known.get(key)
        if match is None or (name is None and not (taken and key in ignored)):
            break
        if name == "text":
            # "Text:" or "Body:" opens the text itself
            rest = f"{match['value']}\n{after}"
            taken = True
            break
        if not match["value"] and name is not None:
            break
        _keep(head, match["key"], match["value"].strip())
        rest = after
        taken = True
        if not rest.partition("\n")[0].strip():
            break  # the blank line after the block
    if taken:
        head.body = rest.lstrip("\n")
    return taken


def _take_leading_date(head: Head) -> bool:
    match = _LEADING_DATE.match(head.body)
    if not match or head.published:
        return False
    try:
        head.published = parse_date(match["date"])
    except NotADateError:
        return False
    head.body = head.body[match.end() :].lstrip("\n")
    return True


def _take_headline(head: Head) -> bool:
    """The first line, when a blank line (or a dateline, or a date) follows it and it is no sentence."""
    line, _, rest = head.body.lstrip("\n").partition("\n")
    headline = line.strip()
    if head.title:
        if " ".join(headline.split()) != head.title or not rest.strip():
            return False
        head.body = rest.lstrip("\n")  # said twice, as front matter and as heading
        return True
    following = rest.partition("\n")[0].strip()
    if (
        not headline
        or len(headline) > MAX_HEADLINE_CHARACTERS
        or not rest.strip()
        or _SENTENCE_END.search(headline)
        or _only_date(headline)
        or (following and not _only_date(following) and not _find_dateline(following))
    ):
        return False
    if _find_dateline(headline):
        return False  # the text has begun
    head.title = " ".join(headline.split())
    head.body = rest.lstrip("\n")
    return True


def _take_date_line(head: Head) -> bool:
    if head.published:
        return False
    line, _, rest = head.body.lstrip("\n").partition("\n")
    date = _only_date(line.strip())
    if not date or not rest.strip():
        return False
    head.published = date
    head.body = rest.lstrip("\n")
    return True


def _folded(text: str) -> str:
    return fold_aligned(text[:_HEAD_CHARACTERS])


@cache
def _cues() -> str:
    cues = "|".join(sorted(map(re.escape, map(fold, table("head.toml")["cues"]["names"])), key=len, reverse=True))
    return rf"(?:(?:{cues})\b[\s:|-]*)?(?:(?:{weekday_pattern()})\b\.?[\s,]*)?"


@cache
def _before_date() -> re.Pattern[str]:
    return re.compile(rf"\s*{_cues()}")


def _only_date(line: str) -> dt.date | None:
    """The date of a line that holds nothing else (but a cue, a weekday, a time)."""
    if not line or len(line) > 80:
        return None
    folded = _folded(line)
    start = _before_date().match(folded)
    rest = folded[start.end() :] if start else folded
    match = worded_date().match(rest) or re.match(r"(?P<iso>\d{4}-\d{2}-\d{2})(?:t(?=\d))?", rest)
    if not match or not re.fullmatch(_TIME + r"[\s.|–—-]*", rest[match.end() :]):
        return None
    if "iso" in match.groupdict():
        return calendar_date(*map(int, match["iso"].split("-")))
    return worded(match)


@cache
def _dateline() -> re.Pattern[str]:
    """A dateline, on folded text.

    "BAMAKO, Nov 2 (Reuters) -", "SAN SALVADOR, 3 JAN 90 (DPA) --", "Bogotá, 12 mar (EFE).-", "BAGHDAD (AP) —".
    """
    month = month_pattern()
    city = r"[a-z][\w .'’/-]{1,40}?(?:\s*[,(]\s*[a-z][\w .'’-]{1,30}?\)?)??"
    agencies = "|".join(
        sorted((re.escape(fold(name)) for name in table("head.toml")["agencies"]["names"]), key=len)[::-1]
    )
    return re.compile(
        rf"\s*(?:\((?P<alone>{agencies})\)|(?P<city>{city})"
        rf"(?P<gap>\s*,\s*|\s+)(?:"
        rf"(?:{weekday_pattern()}|le|el)?[\s,]*(?:(?P<day1>\d{{1,2}})(?:er|º)?[\s.]+(?:de\s+)?(?P<month1>{month})\b"
        rf"|(?P<month2>{month})\b\.?\s+(?P<day2>\d{{1,2}}))\.?,?(?:\s+(?:de\s+)?(?P<year>\d{{4}}|\d{{2}})(?!\d))?"
        rf"\s*,?\s*(?:[(/](?P<agency>[^()/\n]{{2,30}})[)/])?"
        rf"|\((?P<known>{agencies})\)"
        rf"))\s*[.:]?\s*(?:[–—-]|--)"
    )


def _find_dateline(text: str) -> re.Match[str] | None:
    """The dateline that a text begins with: its place has capitals, and a comma behind it unless all are capitals."""
    folded = _folded(text)
    if not any(dash in folded for dash in _DASHES):
        return None  # told sooner than the pattern finds none
    match = _dateline().match(folded)
    if match is None or match["alone"]:
        return match
    city = text[match.start("city") : match.end("city")]
    named = all(word[0].isupper() or len(word) <= 3 for word in re.findall(r"[^\W\d_][\w'’.-]*", city))
    return match if named and ("," in match["gap"] or match["known"] or city.isupper()) else None


def read_opening(text: str) -> Opening:
    """What the first words of a text say of its date and agency; they stay where they are."""
    match = _find_dateline(text)
    if match is None:
        return Opening(published=_opening_date(text, _folded(text)))
    name = next((name for name in ("agency", "known", "alone") if match[name]), None)
    agency = text[match.start(name) : match.end(name)].strip() if name else None
    if not (match["month1"] or match["month2"]):
        return Opening(agency=agency)
    month = months()[match["month1"] or match["month2"]]
    day = int(match["day1"] or match["day2"])
    if match["year"]:
        return Opening(published=calendar_date(whole_year(match["year"]), month, day), agency=agency)
    return Opening(month_day=(month, day), agency=agency)


def _opening_date(text: str, folded: str) -> dt.date | None:
    """A whole date before the first sentence: "3 August 2015 A Syrian military aircraft crashed".

    A date that is the subject of the sentence ("14 October 2017 was the deadliest day") is followed by a small letter.
    """
    start = _before_date().match(folded)
    at = start.end() if start else 0
    match = worded_date().match(folded, at)
    date = worded(match) if match else None
    if match is None:
        iso = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)").match(folded, at)
        if iso:
            date = calendar_date(*map(int, iso[0].split("-")))
            match = iso
    if match is None or date is None:
        return None
    after = text[match.end() :].lstrip(" \t")
    return date if not after or after[0] in '\n-–—|:(["“' or after[0].isupper() or after[0].isdigit() else None
