"""Dates in text, as windows of days relative to the day of publication: "on Friday", "a month ago", "14 October 2017".

A weekday is the latest one that is not after the article's day: reporters write of what has happened. A date that
says when somebody spoke ("the government said on Saturday") is marked as reporting. Where the article has no date,
what is relative stays relative (``Floating``) until matching ties the article to a dated report.
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from contextlib import suppress

import msgspec
from dateutil.easter import easter

from conflict_dedup.extract.document import EVENTS, NOWHERE, Document, Mark
from conflict_dedup.extract.numerals import value_at
from conflict_dedup.lexicon.language import POSSESSIVE
from conflict_dedup.model import Floating, Window, month_window, precision_of

ISO = re.compile(r"^(\d{4})$")
DAY_NUMBER = re.compile(r"^(\d{1,2})[^\W\d_]*$")  # 3, and 3rd, which is one token
YEARS = range(1900, 2100)
AGO_REACH = 7
"""The unit of "a little over two weeks ago" stands at most so many tokens on."""
WEEKEND = frozenset((5, 6))
REPORTING_REACH = 4
"""A reporting verb at most so many tokens before a date makes it the day of speaking."""


class When(msgspec.Struct):
    """A date in the text. ``first``/``last`` are days relative to the anchor where ``anchor`` is article or event.

    ``kind``: day, near (two to six days), week, month, year; ``since`` marks the opening of a span and no event's date.
    """

    start: int
    end: int
    kind: str
    anchor: str  # absolute, article, event
    window: Window | None = None
    first: int = 0
    last: int = 0
    weekday: int | None = None
    reporting: bool = False
    since: bool = False
    weekend: bool = False
    partial: tuple[int, int] | None = None  # month and day (0: none) without a year

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week that it can be: one, Saturday and Sunday for a weekend, none told."""
        if self.weekday is not None:
            return frozenset((self.weekday,))
        return WEEKEND if self.weekend else frozenset()

    @property
    def span_kind(self) -> str:
        """The feature name of this date."""
        if self.since:
            return "since"
        return ("said." if self.reporting else "") + self.kind + (".event" if self.anchor == "event" else "")


def window(start: dt.date, end: dt.date, *, inferred: bool = False) -> Window:
    """A window with the precision of its length."""
    return Window(start=start, end=end, precision=precision_of((end - start).days), inferred=inferred)


def kind_of(days: int) -> str:
    """The kind of a window so many days long."""
    return ("day", "near", "week", "month", "year")[precision_of(days) - 1]


def year_window(year: int) -> Window:
    """The whole of a year, precision 5."""
    return Window(start=dt.date(year, 1, 1), end=dt.date(year, 12, 31), precision=5)


def find(doc: Document) -> list[When]:
    """Every date of the document, in order; overlapping readings resolved in favour of the longer."""
    published = doc.article.published
    found: list[When] = []
    low = doc.low
    language = doc.language
    months, weekdays, since = language.months, language.weekdays, language.sets["date.since"]
    whens = doc.at.get("when", {})
    near_unit = {k for u in doc.time_units for k in range(u - AGO_REACH + 1, u)}
    reached = 0
    for i in sorted({*doc.numerals, *doc.calendar_words, *whens, *near_unit.intersection(doc.date_starts)}):
        if i < reached:
            continue
        token = low[i]
        w: When | None = None
        if i in whens and whens[i].tag.sign == "easter":  # "vendredi saint" is no weekday
            w = easter_based(doc, whens[i], published)
        elif token in months and plausible_month(doc, i):
            w = month_based(doc, i, published)
        elif token in weekdays and plausible_weekday(doc, i):
            w = weekday_based(doc, i, published)
        elif token[0].isdecimal():
            w = number_based(doc, i, published) or day_alone(doc, i, published, found)
        elif i in whens:
            w = phrase_based(doc, i, published)
        if w is None and i in near_unit:
            w = ago(doc, i, published)
        if w is not None:
            while found and found[-1].end > w.start:  # "du 10" of "du 10 au 16 juillet"
                found.pop()
            merge(doc, found, w)
            reached = w.end
    for w in found:
        w.reporting = w.reporting or speaks(doc, w) or heads(doc, w, published)
        if w.start and low[w.start - 1] in since and not opens_clause(doc, w.end):
            w.since = True
    for n, w in enumerate(found):
        if w.anchor == "event" and w.first == w.last < 0:
            from_statement(doc, found, n)
    return found


def opens_clause(doc: Document, i: int) -> bool:
    """Whether it is told what happened on a day: "since March 23, 2019, when 160 people were killed"."""
    low = doc.low
    i += i < len(low) and low[i] == ","
    return i < len(low) and low[i] in doc.language.sets["date.when"]


def from_statement(doc: Document, found: list[When], n: int) -> None:
    """Counts "two days earlier" from the day on which somebody spoke of it: "said on Thursday that, two days earlier".

    So it is in one sentence; in the next one where the article gives no other day. Weeks and more are told from
    anything: "fewer than a year earlier".
    """
    w = found[n]
    said = next((p for p in reversed(found[:n]) if p.reporting and p.kind == "day" and p.window), None)
    if said is None or said.window is None:
        return
    sentences = doc.sentence_of[w.start] - doc.sentence_of[said.start]
    if any(p.kind == "day" and not p.reporting and p.anchor != "event" for p in (found if sentences else found[:n])):
        return
    if sentences <= 1:
        w.anchor = "absolute"
        w.window = window(shifted(said.window.start, w.first), shifted(said.window.end, w.last))


def plausible_month(doc: Document, i: int) -> bool:
    """Whether it is a month: "mar" is only beside a number, "May" after a preposition too."""
    low, language = doc.low, doc.language
    token, sets = low[i], language.sets
    if not language.calendar_capitals and is_forename(doc, i):
        return False
    written_out = token in sets["date.month_words"]
    if not written_out and token not in sets["date.month_doubtful"]:
        return True
    after = i + 2 if low[i + 1 : i + 2] == ["."] and doc.finish[i] == doc.begin[i + 1] else i + 1
    before = i - 1 - (low[i - 1] in sets["date.ordinal_marks"])  # "1er mars"
    near = [low[k] for k in (before, after, before - 1, after + 1) if 0 <= k < len(low)]
    if any(DAY_NUMBER.match(t) for t in near[:2]) or any(ISO.match(t) for t in near):
        return True
    if before >= 0 and low[before] in language.numbers and not language.day_after_month:
        return True
    return (
        written_out
        and i > 0
        and (not language.calendar_capitals or doc.words[i][0].isupper())
        and (low[i - 1] in sets["date.in"] or low[i - 1] in sets["date.last"])
    )


def is_forename(doc: Document, i: int) -> bool:
    """Where months are written small, whether one with a capital stands before a name: "el general Julio Mora"."""
    words, first = doc.words, doc.sentences[doc.sentence_of[i]].start
    if doc.upper or i == first or doc.begin[i] < doc.text_offset or not words[i][0].isupper() or i + 1 >= len(words):
        return False
    return words[i + 1][0].isupper() and words[i + 1].isalpha()


def plausible_weekday(doc: Document, i: int) -> bool:
    """Short forms ("sun", "sat") are weekdays only before a number or comma, ordinals only where no noun follows."""
    low, language = doc.low, doc.language
    token = low[i]
    if token in language.sets["date.ordinal_weekdays"]:
        return i + 1 >= len(low) or not low[i + 1].isalpha() or goes_on(doc, i + 1)
    if len(token) > 4:
        return True
    if language.calendar_capitals and not doc.words[i][0].isupper():
        return False
    after = low[i + 1] if i + 1 < len(low) else ""
    return after[:1].isdecimal() or (
        after in (",", ".", "(") and i + 2 < len(low) and (low[i + 2][0].isdecimal() or low[i + 2] in language.months)
    )


NO_NOUNS = ("conjunction", "preposition", "relative")
"""The closed classes with a word of which an ordinal's noun cannot begin."""


def goes_on(doc: Document, i: int) -> bool:
    """Whether a word goes on after a date, so that the ordinal before it is a day and counts no noun."""
    token, sets = doc.low[i], doc.language.sets
    return (
        any(token in sets[name] for name in NO_NOUNS) or token in sets["date.last"] or token in doc.language.date_units
    )


def merge(doc: Document, found: list[When], w: When) -> None:
    """Appends a date; "Friday, 4 June" and "Monday night" are one, and "30 September and 1 October" one window."""
    if found:
        p = found[-1]
        gap = doc.low[p.end : w.start]
        if len(gap) <= 2 and doc.sentence_of[p.start] == doc.sentence_of[w.start]:
            glue = [t for t in gap if t not in (",", "(", ")") and t not in doc.language.sets["date.before_date"]]
            if (
                not glue
                and p.weekday is not None
                and w.anchor == "absolute"
                and p.anchor != "absolute"
                and w.kind == "day"
            ):
                w.start = p.start
                w.weekday = p.weekday
                if w.window is None and w.partial is None:
                    w.window = p.window
                found[-1] = w
                return
            if (
                not glue
                and w.weekday is not None
                and p.kind == "day"
                and p.anchor == "absolute"
                and w.anchor == "article"
            ):
                p.end = w.end
                return
            if two_days(doc, p, w, gap):
                return
            if (
                gap
                and gap[0] in doc.language.sets["range_join"]
                and (len(gap) == 1 or gap[1] in doc.language.sets["definite"])
                and p.window
                and w.window
                and p.kind == w.kind == "day"
                and p.weekday is None
            ):
                days = (w.window.start - p.window.end).days
                if 0 < days <= 6:
                    p.window = window(p.window.start, w.window.end)
                    p.kind = kind_of(p.window.days)
                    p.end = w.end
                    return
    found.append(w)


def two_days(doc: Document, p: When, w: When, gap: list[str]) -> bool:
    """Joins "the night from Friday to Saturday", "Friday and Saturday", "between Friday and Monday" into ``p``."""
    if p.weekday is None or w.weekday is None or w.window is None or not gap or p.anchor != "article":
        return False
    sets = doc.language.sets
    joined = gap[0] in sets["range_join"] or gap[0] in sets["date.to"]
    if not joined or (len(gap) > 1 and gap[1] not in sets["definite"]):
        return False
    days = (w.weekday - p.weekday) % 7
    opened = p.start > 0 and doc.low[p.start - 1] in sets["range_open"]
    if not days or (days > 1 and not opened):
        return False
    p.window = window(shifted(w.window.start, -days), w.window.end)
    p.kind, p.weekday, p.end = kind_of(days), None, w.end
    return True


def speaks(doc: Document, w: When) -> bool:
    """Whether a verb of speaking stands right before the date, or right after a day that has no preposition."""
    language = doc.language
    reporting, recalling = language.sets["date.reporting"], language.sets["date.recalling"]
    start = doc.sentences[doc.sentence_of[w.start]].start
    for k in range(w.start - 1, max(start, w.start - REPORTING_REACH) - 1, -1):
        token = doc.low[k]
        if token in reporting or token in recalling:
            return True
        if not token[0].isalnum() or k in doc.effect_at:
            return False
    nxt = w.end
    if nxt < len(doc.low) and language.day_before_verb and doc.low[nxt] in recalling:
        return w.kind == "day" and nxt > start + 1  # "a court on Wednesday sentenced four men over"
    return (
        nxt < len(doc.low)
        and doc.low[nxt] in reporting
        and w.kind == "day"
        and language.day_before_verb
        and nxt > start + 1
        and doc.low[w.start - 1] not in language.sets["preposition"]
    )


HEAD_CHARACTERS = 90
DATELINE_DAYS = 2
"""A day of publication stands at the head of a text; an event that near to it is dated elsewhere as well."""


def heads(doc: Document, w: When, published: dt.date | None) -> bool:
    """Whether a date belongs to the head of the text: "BAMAKO, Oct 2 (Reuters) -", "3 August 2015 A Syrian …"."""
    begin = doc.begin[w.start] - doc.text_offset
    if not 0 <= begin <= HEAD_CHARACTERS or w.anchor != "absolute" or w.kind != "day":
        return False
    if w.window is not None and published is not None and not 0 <= (published - w.window.start).days <= DATELINE_DAYS:
        return False
    if begin <= 1:
        return True
    tail = doc.low[w.end : w.end + 8]
    dash = "-" in tail or "(" in tail[:2] or ")" in tail[:1] or "." in tail[:1]
    before = doc.low[w.start - 1]
    return (dash and before not in doc.language.sets["date.on"] and before not in doc.language.sets["date.in"]) or (
        before not in doc.language.sets["preposition"] and w.window is not None and w.window.start == published
    )


def relative(w: When, published: dt.date | None) -> When:
    """Resolves a date relative to the article where the article has one."""
    if w.anchor == "article" and published is not None:
        first = shifted(published, w.first)
        w.window = window(first, first if w.last == w.first else shifted(published, w.last))
    return w


def shifted(day: dt.date, days: int) -> dt.date:
    """A day so many days later, within the calendar."""
    return dt.date.fromordinal(min(max(day.toordinal() + days, 1), LAST_DAY))


LAST_DAY = dt.date.max.toordinal()


def weekday_based(doc: Document, i: int, published: dt.date | None) -> When | None:
    """Reads "Friday", "last Friday", "Friday's", "Monday night": the latest such day not after publication."""
    low, language = doc.low, doc.language
    day = language.weekdays[low[i]]
    last, coming, ending = (language.sets[name] for name in ("date.last", "date.next", "date.weekday_ending"))
    start, end = i, i + 1
    previous = False
    if ending:
        while end < len(low) and (low[end] == "-" or low[end] in ending):
            end += 1
    if i and low[i - 1] in coming:
        return None
    if i and low[i - 1] in last:
        start, previous = i - 1, True
    if end < len(low) and low[end] in last and not language.adjective_first:
        end, previous = end + 1, True
    if end < len(low) and low[end] in coming:
        return None
    w = When(start, end, "day", "article", weekday=day)
    if published is None:
        w.first, w.last = -6, 0
        return w
    back = (published.weekday() - day) % 7
    if back == 0 and previous:
        back = 7
    w.first = w.last = -back
    return numbered(doc, w, published) or relative(w, published)


def numbered(doc: Document, w: When, published: dt.date) -> When | None:
    """Reads "Dimanche 20", "Fri 17", "segunda-feira (9)": the latest such weekday with that number."""
    low, sets = doc.low, doc.language.sets
    k = w.end
    bracket = low[k : k + 1] == ["("]
    while k < len(low) and (low[k] in ("(", ",") or any(low[k] in sets[name] for name in BEFORE_NUMBER)):
        k += 1
    day = day_number(doc, k)
    if not day or not low[k][0].isdecimal() or doc.sentence_of[k] != doc.sentence_of[w.start]:
        return None
    after = low[k + 1] if k + 1 < len(low) else ""
    if (bracket and after != ")") or after in doc.language.months or (k + 1) in doc.at.get("people", NOWHERE):
        return None
    if (k + 1) in doc.effect_at or after in sets["aux"] or after in sets["more"] or after == "/":
        return None  # "On Monday, 22 died"; "Friday 01/08/2025"
    if after in sets["of"] or after in sets["partitive"]:
        return None  # "on Sunday, 27 of them Druze"
    for found in days_numbered(day, months_before(published)):
        if found.weekday() == w.weekday and found <= shifted(published, 1):
            end = k + 1 + bracket
            return When(w.start, end, "day", "absolute", window=window(found, found), weekday=w.weekday)
    return None


BEFORE_NUMBER = ("date.before_date", "date.before_day")
"""The lists of what may stand between a weekday and its number."""
MONTHS = 4
"""A day without its month is looked for in so many, that of publication the first."""


def months_before(published: dt.date) -> list[dt.date]:
    """The first days of the month of publication and of those before it, the latest first."""
    months = [published.replace(day=1)]
    while len(months) < MONTHS:
        months.append(shifted(months[-1], -1).replace(day=1))
    return months


def days_numbered(day: int, months: list[dt.date]) -> list[dt.date]:
    """The days of that number in those of the months, given by their first days, that have it."""
    return [month.replace(day=day) for month in months if day <= monthrange(month.year, month.month)[1]]


DAY_JOINS = ("range_join", "date.to", "conjunction")
"""The lists of what may stand between the first and the last day of a span."""


def month_based(doc: Document, i: int, published: dt.date | None) -> When | None:
    """Reads "October 14, 2017", "14 October", "le 1er décembre", "in August 2011", "last March"."""
    low, language = doc.low, doc.language
    sets, people = language.sets, doc.at.get("people", NOWHERE)
    of, range_join = sets["of"], sets["range_join"]
    month = language.months[low[i]]
    start, end = i, i + 1
    if end < len(low) and low[end] == "." and doc.finish[i] == doc.begin[end] and len(low[i]) <= 4:
        end += 1
    day = 0
    k = i - 1
    while k >= 0 and low[k] in of:
        k -= 1
    before = second = 0
    if k >= 0:
        in_words = low[k] in language.numbers and not language.day_after_month
        before, k = day_in_words(doc, k) if in_words else (day_number(doc, k), k)
    if before:
        k -= low[k] in sets["date.ordinal_marks"]
        day, start = before, k
        # "29 and 30 September", "2-3 August", "del 10 al 16 de julio"
        if (
            k >= 2
            and (low[k - 1] == "/" or any(low[k - 1] in sets[name] for name in DAY_JOINS))
            and (first := day_number(doc, k - 2))
            and first < day
        ):
            second, day, start = day, first, k - 2
    elif (
        (language.day_after_month or in_dateline(doc, i))
        and end < len(low)
        and (after := day_number(doc, end + is_before_ordinal(doc, end)))
        and not counts_or_clock(doc, end + 1)
        # "On Jan. 22 gunmen killed five" has a day; "in January 22 people were killed" counts the people
        and ((end + 1) not in people or (low[i - 1] in sets["date.on"] and low[i - 1] not in sets["date.since"]))
        and not (low[end + 1 : end + 2] == ["-"] and end + 2 < len(low) and low[end + 2] in language.date_units)
    ):
        day, end = after, end + 1 + is_before_ordinal(doc, end)
        if (
            end + 1 < len(low)
            and low[end] in range_join
            and (later := day_number(doc, end + 1))
            and later > day
            and (end + 2) not in people
        ):
            second, end = later, end + 2
    year = 0
    k = end
    while k < len(low) and (low[k] in (",", ".") or low[k] in of):
        if low[k] == "." and doc.sentence_of[k] != doc.sentence_of[min(k + 1, len(low) - 1)]:
            break
        k += 1
    if k - end <= 2 and (told := year_at(doc, k)):
        year, end = told, k + 1
    elif published is not None and (ending := year_before(doc, end, k)):
        year, end = published.year - 1, ending
    elif k < len(low) and doc.upper and re.match(r"^\d\d$", low[k]) and day:
        year, end = 1900 + int(low[k]), k + 1
    prefix = low[start - 1] if start else ""
    previous = prefix in sets["date.last"] or (end < len(low) and low[end] in sets["date.last"])
    if prefix in sets["date.next"]:
        return None
    if (
        language.calendar_capitals  # a month by itself may be a name
        and not (day or year or previous or part_of_month(doc, start))
        and not any(prefix in sets[name] for name in BEFORE_MONTH)
        and doc.sentences[doc.sentence_of[i]].start != start
    ):
        return None
    kind = "day" if day else "month"
    w = When(start, end, kind, "absolute")
    part = None if day else part_of_month(doc, start)
    if part is not None:
        w.start = part[0]
    try:
        if day and second:
            w.kind = "near"
        if year:
            w.window = (
                month_window(year, month)
                if not day
                else window(dt.date(year, month, day), dt.date(year, month, second or day))
            )
        elif published is not None:
            w.window = latest(published, month, day, second)
        else:
            w.partial = (month, day)
    except ValueError:
        return None
    if part is not None and w.window is not None:
        w.window = within_month(w.window, part[1], published)
    return w


def is_before_ordinal(doc: Document, k: int) -> bool:
    """Whether an article stands there before a day: "February the 10th"."""
    return (
        k + 1 < len(doc.low)
        and doc.low[k] in doc.language.sets["definite_article"]
        and doc.low[k + 1][0].isdecimal()
        and not doc.low[k + 1].isdecimal()
    )


def part_of_month(doc: Document, start: int) -> tuple[int, str] | None:
    """Where "early" or "mid-" begins that stands before a month, and which part it tells."""
    low, sets = doc.low, doc.language.sets
    k = start
    while k > 0 and (low[k - 1] == "-" or low[k - 1] in sets["of"] or low[k - 1] in sets["definite"]):
        k -= 1
    for name in PARTS:
        for n in range(1, PART_WORDS + 1):
            if k >= n and " ".join(low[k - n : k]) in sets[f"date.month_{name}"]:
                k -= n
                return k - (k > 0 and low[k - 1] in sets["definite"]), name  # "depuis le début août"
    return None


PARTS = {"early": (1, 15), "mid": (8, 23), "late": (16, 31)}
"""The days of a month that its beginning, its middle and its end may mean: reporters use them for half of it."""
PART_WORDS = 3
"""The longest phrase for a part of a month has so many words."""


def within_month(month: Window, part: str, published: dt.date | None) -> Window:
    """A part of a month, that of a later one up to the day of publication."""
    first, last = (min(day, month.end.day) for day in PARTS[part])
    start, end = month.start.replace(day=first), month.start.replace(day=last)
    if published is not None and start <= published:
        end = min(end, published)
    return window(start, end)


def year_before(doc: Document, *starts: int) -> int:
    """Where "last year" ends that stands at one of some tokens, or after an article there; 0 for none."""
    whens = doc.at.get("when", NOWHERE)
    for k in starts:
        for begin in (k, k + 1):
            mark = whens.get(begin)
            if mark is not None and mark.tag.sign == "year" and doc.sentence_of[begin] == doc.sentence_of[k - 1]:
                return mark.end
    return 0


BEFORE_MONTH = ("date.in", "date.on", "date.before_month")


def latest(published: dt.date, month: int, day: int, second: int = 0) -> Window:
    """The latest such day or month that is not after publication (a day of grace for time zones)."""
    year, tomorrow = published.year, shifted(published, 1)
    for y in (year + 1, year, year - 1):
        if not dt.MINYEAR <= y <= dt.MAXYEAR:
            continue
        try:
            start = dt.date(y, month, day or 1)
            if start <= tomorrow:
                return window(start, dt.date(y, month, second) if second else start) if day else month_window(y, month)
        except ValueError:
            continue
    raise ValueError(f"no such day: {month}-{day}")


def day_number(doc: Document, i: int) -> int:
    """The day of the month that a token says, 0 for none."""
    if i >= len(doc.low):
        return 0
    token = doc.low[i]
    m = DAY_NUMBER.match(token)
    if m:
        n = int(m.group(1))
        return n if 1 <= n <= 31 else 0
    sets = doc.language.sets
    if i and token in sets["date.ordinal_marks"]:
        return day_number(doc, i - 1)
    return int(token in sets["date.first_day"])


def day_in_words(doc: Document, i: int) -> tuple[int, int]:
    """The day of the month in words that ends with a token, and its first one: "vingt-quatre (mars)"; else 0."""
    first = doc.sentences[doc.sentence_of[i]].start
    for k in range(max(first, i - DAY_WORDS + 1), i + 1):
        value = value_at(doc, k) if doc.low[k] in doc.language.numbers else None
        if value is not None and value.end == i + 1 and value.plain and value.style == "words":
            return (value.value, k) if 1 <= value.value <= LAST_OF_MONTH else (0, i)
    return 0, i


DAY_WORDS = 3
"""A day of the month in words has so many tokens: "treinta y uno"."""
LAST_OF_MONTH = 31


NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b|(\d{4})-(\d{2})-(\d{2})\b")


def number_based(doc: Document, i: int, published: dt.date | None) -> When | None:
    """ISO dates, 3/4/2020, and a year on its own after a preposition ("in 2017")."""
    token = doc.low[i]
    after = doc.low[i + 1] if i + 1 < len(doc.low) else ""
    m = NUMERIC.match(doc.stream, doc.begin[i]) if "." in token or after in ("/", "-") else None
    if m and (i == 0 or doc.low[i - 1] not in ("-", "/")):
        end = i + 1
        while end < len(doc.low) and doc.begin[end] < m.end():
            end += 1
        try:
            if m.group(5):
                day = dt.date(int(m.group(5)), int(m.group(6)), int(m.group(7)))
            else:
                a, b, year = int(m.group(1)), int(m.group(3)), int(m.group(4))
                year += 2000 if year < 50 else 1900 if year < 100 else 0
                first, second = (a, b) if (doc.language.day_first and b <= 12) or a > 12 else (b, a)
                day = dt.date(year, second, first)
        except ValueError:
            return None
        return When(i, end, "day", "absolute", window=window(day, day))
    if after == "/" and (w := day_and_month(doc, i, published)):
        return w
    if len(token) != 4 or not token.isdecimal() or int(token) not in YEARS or i == 0:
        return None
    year = int(token)
    before = doc.low[i - 1]
    sets = doc.language.sets
    if published is not None and year > published.year:
        return None
    opened = before in sets["date.in"]  # "In 2014 gunmen killed five"
    if not opened and (i + 1) in doc.at.get("people", NOWHERE):
        return None
    if names_event(doc, i):
        since = i > 1 and doc.low[i - 2] in sets["date.since"]
        return When(i, i + 1, "year", "absolute", window=year_window(year), since=since)
    if opened or before in sets["date.last"] or before in sets["date.before_year"] or before in ("-", "("):
        start, since = i - (before in sets["in"]), before in sets["date.since"]
        return When(start, i + 1, "year", "absolute", window=year_window(year), since=since)
    if i + 1 < len(doc.low) and after in (",", ")", ".") and doc.sentences[doc.sentence_of[i]].start == i:
        return When(i, i + 1, "year", "absolute", window=year_window(year))
    return None


EVENT_REACH = 5
"""So many words after its year an event is named at the latest: "the 2015 Garissa University attack"."""


def names_event(doc: Document, i: int) -> bool:
    """Whether a year stands before what happened in it: "the 2004 bombing of a ferry", "al-Shabab's 2015 attack"."""
    language = doc.language
    before = doc.low[i - 1]
    determiner = before in language.sets["definite"] or before in language.sets["article"] or before == POSSESSIVE
    if not (language.adjective_first and determiner) or (i + 1) in doc.effect_at:
        return False
    last = min(doc.sentences[doc.sentence_of[i]].end, i + 1 + EVENT_REACH)
    return any(doc.has(group, i + 1, last) for group in EVENTS)


SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?![\d/])")
NO_DATES = frozenset((("9", "11"), ("24", "7")))
"""What is written like a day and a month and is none, or names an event."""


def day_and_month(doc: Document, i: int, published: dt.date | None) -> When | None:
    """Reads "(24/02)", "09/10, Maré": in brackets, at the head of a line, or after "on"; the latest day it can be."""
    m = SLASHED.match(doc.stream, doc.begin[i])
    low, sets = doc.low, doc.language.sets
    if m is None or published is None or m.groups() in NO_DATES or i + 2 >= len(low):
        return None
    first = doc.sentences[doc.sentence_of[i]].start
    heads_line = not any(token[0].isalnum() for token in low[first:i])
    if not (heads_line or low[i - 1] == "(" or low[i - 1] in sets["date.on"] or low[i - 1] in sets["date.before_day"]):
        return None
    if (i + 3) in doc.at.get("people", NOWHERE):
        return None
    a, b = int(m[1]), int(m[2])
    read: list[Window] = []
    for day, month in ((a, b),) if doc.language.day_first else ((a, b), (b, a)):
        if day:
            with suppress(ValueError):  # 31/02
                read.append(latest(published, month, day))
    if not read:
        return None
    return When(i, i + 3, "day", "absolute", window=max(read, key=lambda one: one.start))


CALENDAR = ("month", "year")
"""Phrases that mean the whole month or year before that of publication, where it is known."""


def day_alone(doc: Document, i: int, published: dt.date | None, told: list[When]) -> When | None:
    """A day of the month without its month: "el día 17", "dia 3", "on the 17th", "l'attentat du 17".

    The month is that of the date ``told`` right before ("in late February, on the 27th"), else the latest one.
    """
    low, language = doc.low, doc.language
    sets = language.sets
    before_day = sets["date.before_day"]
    if published is None or not i:
        return None
    if i > 1 and f"{low[i - 2]} {low[i - 1]}" in before_day:
        start = i - 2
        if low[i].isdecimal() and low[i - 1] in sets["definite"]:
            return None  # "of the 12 dead"
    elif low[i - 1] in before_day:
        start = i - 1
    else:
        return None
    day = day_number(doc, i)
    if not day:
        return None
    k = i + 1
    if k < len(low):
        if low[k] in ("%", "-") or doc.has("unit", k, k + 1):
            return None  # "el 20 por ciento", "el 11-M"
        sure = low[i].isdecimal() and low[i - 1] not in sets["definite"] and low[i - 1] not in sets["preposition"]
        sure = sure or low[k] in sets["date.current"]  # "le 9 courant"
        if not sure and low[k][0].isalnum() and (low[k] in language.date_units or not goes_on(doc, k)):
            return None  # "on the 17th floor", "le 20 heures"
        k += low[k] in sets["of"]
    if k < len(low) and low[k] in language.months:
        return None  # read from its month
    last = told[-1].window if told and doc.sentence_of[i] - doc.sentence_of[told[-1].start] <= 1 else None
    months = [last.start.replace(day=1)] if last is not None and last.days <= MONTH_DAYS else []
    for found in days_numbered(day, months + months_before(published)):
        if found <= published:
            return When(start, i + 1, "day", "absolute", window=window(found, found))
    return None


MONTH_DAYS = 31


def year_at(doc: Document, k: int) -> int:
    """The year that a token of four digits may be, else 0."""
    token = doc.low[k] if k < len(doc.low) else ""
    return int(token) if ISO.match(token) and int(token) in YEARS else 0


def counts_or_clock(doc: Document, k: int) -> bool:
    """Whether what follows a number tells that it is no day: "May 5%", "Nov 5:30", but not "Nov. 5: Police said"."""
    low = doc.low
    if k >= len(low) or low[k] not in (":", "%"):
        return False
    return low[k] == "%" or (k + 1 < len(low) and low[k + 1][0].isdecimal() and doc.begin[k + 1] == doc.finish[k])


def in_dateline(doc: Document, i: int) -> bool:
    """Whether a month stands in a dateline with its day after it: "SAN SALVADOR, mayo 9 (AC) -"."""
    after = doc.low[i + 2] if i + 2 < len(doc.low) else ""
    return i > 0 and doc.low[i - 1] == "," and after in DATELINE_MARKS


DATELINE_MARKS = frozenset("(-–—/.:")


def phrase_based(doc: Document, i: int, published: dt.date | None) -> When | None:
    """A phrase of the language's table: "yesterday", "over the weekend", "the same day", "Christmas Eve"."""
    mark = doc.at["when"][i]
    tag = mark.tag
    if tag.sign == "holiday":
        w = When(i, mark.end, "day", "absolute")
        told = year_at(doc, mark.end)
        if told and (mark.end + 1) not in doc.at.get("people", NOWHERE):
            w.end = mark.end + 1
            w.window = window(*(dt.date(told, tag.value, tag.last),) * 2)
        elif published:
            w.window = latest(published, tag.value, tag.last)
        else:
            w.partial = (tag.value, tag.last)
        return w
    anchor = "event" if tag.sign == "event" else "article"
    w = When(i, mark.end, kind_of(tag.last - tag.value), anchor, first=tag.value, last=tag.last)
    if tag.sign in CALENDAR and published is not None:
        w.kind = tag.sign
        if tag.sign == "year":
            w.window = year_window(published.year - 1)
        else:
            before = published.replace(day=1) - dt.timedelta(days=1)
            w.window = month_window(before.year, before.month)
            if part := part_of_month(doc, i):  # "late last month"
                w.start, w.window = part[0], within_month(w.window, part[1], published)
        return w
    if tag.sign in PERIODS and published is not None:
        first = published.replace(day=1, month=1 if tag.sign == "this_year" else published.month)
        last = shifted(published, max(tag.last, (first - published).days))
        w.window = window(first, last)
        w.kind = kind_of(w.window.days)
        return w
    if tag.sign in WEEKS and published is not None:
        w.window = of_week(tag.sign, tag.last, published)
        w.kind = kind_of(w.window.days)
        return w
    if tag.sign == "weekend":
        w.weekend = True
        if published is not None:
            saturday = shifted(published, -((published.weekday() - 5) % 7))
            if tag.last < 0 and published.weekday() in WEEKEND:  # "last weekend", said on a Sunday
                saturday = shifted(saturday, -7)
            w.window = window(saturday, min(published, shifted(saturday, 1)))
            w.kind = kind_of(w.window.days)
            return w
    return relative(w, published)


PERIODS = frozenset(("this_month", "this_year"))
"""Phrases of a time that begins with its month or year: "earlier this month" is not three weeks ago on the tenth."""


WEEKS = frozenset(("last_week", "this_week"))
"""Phrases of a week of the calendar, which begins on Sunday or on Monday: "last week", "earlier this week"."""


def of_week(sign: str, last: int, published: dt.date) -> Window:
    """The week before that of publication, or what has passed of that one up to ``last`` days before."""
    sunday = shifted(published, -published.weekday() - 1)
    if sign == "this_week":
        return window(sunday, max(sunday, shifted(published, last)))
    return window(shifted(sunday, -7), sunday if published.weekday() < max(WEEKEND) else shifted(published, -1))


def easter_based(doc: Document, mark: Mark, published: dt.date | None) -> When | None:
    """Easter and the days that move with it, in the year that follows or the latest one."""
    w = When(mark.start, mark.end, "day", "absolute")
    k = mark.end
    k += k < len(doc.low) and (doc.low[k] == "," or doc.low[k] in doc.language.sets["of"])
    if told := year_at(doc, k):
        day = shifted(easter(told), mark.tag.value)
        w.end = k + 1
    elif published is not None and published.year > dt.MINYEAR:
        day = shifted(easter(published.year), mark.tag.value)
        if day > published:
            day = shifted(easter(published.year - 1), mark.tag.value)
    else:
        return None
    w.window = window(day, day)
    return w


def ago(doc: Document, i: int, published: dt.date | None) -> When | None:
    """Reads "three days ago", "a month earlier", "a month after" (the earlier event follows), "il y a deux mois"."""
    low = doc.low
    sets = doc.language.sets
    start = i
    fronted = doc.at.get("ago", NOWHERE).get(i)
    k = fronted.end if fronted else i
    if k >= len(low):
        return None
    if fronted:
        bound = doc.at.get("bound", {}).get(k)
        if bound:
            k = bound.end
            if k >= len(low):
                return None
    mark = doc.at.get("det", {}).get(k)
    number = value_at(doc, k)
    if number and number.plain and 0 < number.value < 1000:
        n, k = number.value, number.end
        vague = number.style == "vague"
    elif mark and mark.tag.sign == "article":
        n, k, vague = 1, mark.end, False
    else:
        return None
    if k < len(low) and low[k] in sets["date.full"]:
        k += 1
    if k >= len(low) or low[k] not in doc.language.date_units:
        return None
    unit = doc.language.date_units[low[k]]
    k += 1
    follower = low[k] if k < len(low) else ""
    pair = " ".join(low[k : k + 2])
    if pair in sets["date.ago"] or pair in sets["date.later"] or pair in sets["date.later_event"]:
        follower, k = pair, k + 1
    days = n * unit
    slack = 0 if unit <= 1 and not vague else max(3, days // 6) if unit < 365 else min(400, days // 6 + 120)
    if vague:
        slack = max(2, days // 2)
    if fronted:
        anchor = "article"
        end = k
    elif follower in sets["date.ago"] and follower not in sets["date.ago_event"]:
        anchor, end = "article", k + 1
    elif follower in sets["date.ago_event"]:
        anchor, end = "event", k + 1
    elif in_title(doc, start) and (follower in sets["date.later"] or follower in sets["date.headline"]):
        anchor, end = "article", k + 1  # "Four months after", "One year on": what the article looks back on
    elif follower in sets["date.later_event"]:
        anchor, end = "event", k + 1
    elif follower in sets["date.later"]:
        return When(start, k + 1, kind_of(2 * slack), "event", first=days - slack, last=days + slack)
    else:
        return None
    return relative(
        When(start, end, kind_of(2 * slack), anchor, first=-days - slack, last=min(0, -days + slack)), published
    )


def in_title(doc: Document, i: int) -> bool:
    """Whether a token stands in the headline."""
    return doc.begin[i] < doc.text_offset


HALF_YEAR = 182


def floating(w: When) -> Floating | None:
    """What an undated article says of the day, relative to its own: "Friday", "a month ago", "on 16 December"."""
    if w.partial is not None:
        month, day = w.partial
        return Floating(offset_days=-HALF_YEAR, slack_days=HALF_YEAR + 1, month=month, day=day or None)
    if w.anchor != "article" or w.window is not None:
        return None
    middle = (w.first + w.last) // 2
    return Floating(offset_days=middle, slack_days=max(abs(w.last - middle), abs(w.first - middle)), weekday=w.weekday)
