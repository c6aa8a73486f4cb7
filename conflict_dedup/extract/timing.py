"""Which date of an article is the day of its main incident.

Each mention of a date is an option, and so is none; an option scores the sum of its features' weights, mentions of one
day share their probability. Weights are fitted by ``tools/fit_timing.py``.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left

import msgspec

from conflict_dedup.extract.cues import NO_CUES, cues
from conflict_dedup.extract.dates import When
from conflict_dedup.extract.document import EVENTS, Document
from conflict_dedup.extract.features import bucket
from conflict_dedup.extract.scoring import UNIT, Clue, Scorer, features_of
from conflict_dedup.extract.segment import Ground, Told
from conflict_dedup.lexicon.language import POSSESSIVE

EVENT_REACH = 3
"""An event's noun so many tokens from a date dates it: "Friday's attack", "the attack on Friday"."""
NEAR_FIGURES = 4


class Reading(msgspec.Struct, frozen=True, gc=False):
    """One date of the text as the day of the main incident (None: no date tells it), with its clues."""

    when: When | None
    clues: list[Clue]

    @property
    def features(self) -> list[str]:
        """The names of its features, as they are fitted."""
        return features_of(self.clues)


def age(doc: Document, w: When) -> str:
    """How many days before publication a date begins, coarsely."""
    published = doc.article.published
    if w.window is None or published is None:
        return f"w{w.weekday is not None}" if w.anchor == "article" else "?"
    days = (published - w.window.start).days
    return AGES[bisect_left(AGE_TOPS, days)]


AGE_TOPS = (-1, 0, 1, 2, 3, 7, 31, 366)
AGES = (*map(str, AGE_TOPS), "old")


def event_words(doc: Document) -> frozenset[int]:
    """The tokens at which an event's noun or verb, or a way to speak of the main incident, begins."""
    return doc.starts_of(EVENT_GROUPS)


EVENT_GROUPS = (*EVENTS, "sign.main_ref")


def readings(doc: Document, mine: list[Told], others: Ground) -> list[Reading]:
    """Every reading of the main incident's day; ``others`` is what others have for themselves."""
    published = doc.article.published
    options = [w for w in doc.dates if not w.since and doc.sentence_of[w.start] not in others.sentences]
    options = [w for w in options if w.anchor != "event" or w.first == w.last == 0]
    if published is not None:
        options = without_recalling(doc, options, published)
    told: dict[int, list[int]] = {}
    for t in mine:
        told.setdefault(t.sentence, []).append(t.decision.quantity.start)
    earliest = min((w.window.start for w in options if w.window is not None and w.kind == "day"), default=None)
    any_day = any(w.kind == "day" and not w.reporting for w in options)
    events = event_words(doc)
    given = {t.when.start for t in mine if t.listed and t.when}
    found = [Reading(None, [(no_date, bool(options), any_day, published is not None, min(len(options), 4))])]
    for w in options:
        number = doc.sentence_of[w.start]
        s = doc.sentences[number]
        here = cues(doc).get(number, NO_CUES)
        said = "said" if w.reporting else "plain"
        old = age(doc, w)
        gap = min([abs(number - k) for k in told], default=9)
        after = min(w.end + EVENT_REACH, s.end)
        before = max(w.start - EVENT_REACH - 1, s.start)
        possessive = w.end < s.end and doc.low[w.end] == POSSESSIVE
        clues: list[Clue] = [
            (date_kind, said, w.kind, w.anchor, old, w.weekday is not None),
            (date_gap, min(gap, NEAR_FIGURES), said, old, min(number, 6)),
            (date_event, number in doc.event_counts, said, not events.isdisjoint(range(w.end, after)), possessive),
            (date_beside, not events.isdisjoint(range(before, w.start)), doc.classes[w.start - 1], doc.classes[w.end]),
            (date_word, doc.language.code, doc.low[w.start - 1] if w.start else ""),
            (date_sentence, "sign.toll_verb" in here, "sign.lookback" in here, "sign.main_ref" in here, old, said),
        ]
        if w.window is not None:
            clues.append((date_first, w.window.start == earliest, said))
        if number in told:
            distance = min([abs(w.start - q) for q in told[number]])
            clues.append((date_near, bucket(distance), w.start < min(told[number]), said))
            if w.start in given or w.start in others.dates:
                clues.append((date_listed, w.start in given))
        found.append(Reading(w, clues))
    return found


def without_recalling(doc: Document, options: list[When], published: dt.date) -> list[When]:
    """The dates without the days on which it is said, beside a date long ago, what happened then.

    "A court on Wednesday sentenced four men over an attack in 2015".
    """
    past = {
        doc.sentence_of[w.start]
        for w in options
        if not w.reporting and w.window is not None and (published - w.window.end).days > LONG_AGO
    }
    return [w for w in options if not (w.reporting and doc.sentence_of[w.start] in past)]


LONG_AGO = 300
"""Days."""


def no_date(any_date: bool, any_day: bool, published: bool, count: int) -> list[str]:
    """That no date of the text tells the day."""
    return ["none", f"none|any|{any_date}|{any_day}", f"none|dated|{published}", f"none|n|{count}"]


def date_kind(said: str, kind: str, anchor: str, old: str, weekday: bool) -> list[str]:
    """What kind of date it is, and how old."""
    return [
        "date",
        f"{said}|{kind}",
        f"{said}|{anchor}|{kind}",
        f"age|{old}",
        f"age|{old}|{said}",
        f"age|{old}|{anchor}",
        f"weekday|{weekday}|{old}",
    ]


def date_gap(gap: int, said: str, old: str, sentence: int) -> list[str]:
    """Where it stands, and how many sentences from a figure of the incident."""
    return [f"gap|{gap}|{said}", f"gap|{gap}|{old}", f"at|{sentence}", f"at|{sentence}|{old}"]


def date_event(event: bool, said: str, follows: bool, possessive: bool) -> list[str]:
    """An event in its sentence, or right after it."""
    return [f"event|{event}|{said}", f"next|{follows}|{possessive}"]


def date_beside(event: bool, before: str, after: str) -> list[str]:
    """What stands beside it, an event right before it."""
    return [f"prev|{event}", f"b|{before}", f"a|{after}"]


def date_word(code: str, word: str) -> list[str]:
    """The word before it."""
    return [f"lex|{code}|{word}"]


def date_sentence(toll: bool, past: bool, main: bool, old: str, said: str) -> list[str]:
    """The cues of its sentence."""
    return [f"toll|{toll}|{old}", f"past|{past}|{old}", f"main|{main}|{said}"]


def date_first(first: bool, said: str) -> list[str]:
    """Whether it is the earliest day of the article."""
    return [f"first|{first}|{said}"]


def date_near(distance: str, before: bool, said: str) -> list[str]:
    """How near a figure of the incident it stands, and on which side."""
    return [f"near|{distance}|{said}", f"side|{before}|{said}"]


def date_listed(mine: bool) -> list[str]:
    """A list gives it to a figure of the incident, or to one of another."""
    return [f"listed|{mine}"]


def choose(offered: list[Reading], scorer: Scorer) -> When | None:
    """The date whose mentions together are the most probable, None for none."""
    scores = [scorer.total(r.clues) / UNIT for r in offered]
    top = max(scores)
    mass: dict[tuple[object, ...], float] = {}
    first: dict[tuple[object, ...], When | None] = {}
    for reading, score in zip(offered, scores, strict=True):
        key = identity(reading.when)
        if key in mass:
            mass[key] += math.exp(score - top)
        else:
            mass[key] = math.exp(score - top)
            first[key] = reading.when
    return first[max(mass, key=mass.__getitem__)]


def identity(w: When | None) -> tuple[object, ...]:
    """What two mentions of one date share."""
    if w is None:
        return ()
    return (w.window.start, w.window.end) if w.window is not None else (w.first, w.last, w.weekday, w.partial)
