"""Which figures of one article speak of the same incident.

Each pair of figures has a score for standing together (same day, same place, same sentence) or apart (another year,
"in a separate incident", another town); the figures are then grouped in reading order. Weights are fitted by
``tools/fit_links.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from conflict_dedup.extract.dates import When
from conflict_dedup.extract.decide import NOUGHTS, Decision, Weights
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.places import Geography, Mention

NEAREST, ALL, VETO = 0.5, 0.3, 0.2
"""What the last three members of a group, all of them, and the one most against it weigh when a figure asks to join."""
MEMBERS = 12
"""At most so many members of a group, the latest, are asked: a long digest has hundreds of figures."""
CARRY_SENTENCES = 2
"""A date or a place holds for so many sentences of its paragraph after its own."""


@dataclass(slots=True)
class Told:
    """One decided figure with what its surroundings say of day, place and cues."""

    decision: Decision
    sentence: int
    paragraph: int
    when: When | None = None
    own_when: bool = False
    where: Mention | None = None
    own_where: bool = False
    cues: frozenset[str] = field(default_factory=frozenset)
    age: int | None = None  # days from publication back to the middle of the date, None when unknown
    events: frozenset[str] = field(default_factory=frozenset)


EVENT_GROUPS = (
    "event.bombing",
    "event.air_strike",
    "event.shelling",
    "event.battle",
    "event.armed_attack",
    "event.massacre",
)


class Sentences(NamedTuple):
    """Dates, places and cues by sentence."""

    dates: dict[int, list[When]]
    places: dict[int, list[Mention]]
    cues: dict[int, frozenset[str]]
    events: dict[int, frozenset[str]]


CUES = (
    "sign.separate",
    "sign.lookback",
    "sign.main_ref",
    "sign.superseded",
    "sign.cumulative",
    "sign.subset",
    "sign.toll_verb",
)


def by_sentence(doc: Document, geography: Geography) -> Sentences:
    """Groups dates, places and cues by the sentence that they stand in."""
    dates: dict[int, list[When]] = {}
    for w in doc.dates:
        if not w.since:
            dates.setdefault(doc.sentence_of[w.start], []).append(w)
    places: dict[int, list[Mention]] = {}
    for m in geography.mentions:
        if not m.demonym:
            places.setdefault(doc.sentence_of[m.start], []).append(m)
    cues: dict[int, set[str]] = {}
    for name in CUES:
        for mark in doc.marks.get(name, ()):
            cues.setdefault(doc.sentence_of[mark.start], set()).add(name[5:])
    return Sentences(
        dates,
        places,
        {k: frozenset(v) for k, v in cues.items()},
        {k: frozenset(v) for k, v in doc.event_counts.items()},
    )


def date_rank(w: When, at: int) -> tuple[int, int]:
    """Which date of a sentence is a figure's: one that is no day of speaking, the nearest before or after."""
    distance = abs((w.start + w.end) // 2 - at)
    return (1 if w.reporting else 0, distance)


def place_rank(m: Mention, at: int) -> tuple[int, int]:
    """Which place of a sentence is a figure's: with a preposition of place, a town not a country, the nearest."""
    strength = {"in": 0, "near": 0, "kind": 0, "comma": 1, "start": 1, "and": 1}.get(m.context, 2)
    coarse = 0 if m.level >= 2 else 2 if m.level == 1 else 4
    distance = abs(m.start - at)
    return (strength + coarse, distance)


def tell(doc: Document, decisions: list[Decision], geography: Geography) -> list[Told]:
    """The decided figures with their surroundings."""
    s = by_sentence(doc, geography)
    told: list[Told] = []
    published = doc.article.published
    for d in decisions:
        if d.effect == "none":
            continue
        number = doc.sentence_of[d.quantity.start]
        sentence = doc.sentences[number]
        at = d.quantity.start
        t = Told(
            d,
            number,
            sentence.paragraph,
            cues=s.cues.get(number, frozenset()),
            events=s.events.get(number, frozenset()),
        )
        here = [w for w in s.dates.get(number, ()) if not w.reporting]
        if here:
            t.when, t.own_when = min(here, key=lambda w: date_rank(w, at)), True
        else:
            for back in range(1, CARRY_SENTENCES + 1):
                k = number - back
                if k < 0 or doc.sentences[k].paragraph != sentence.paragraph:
                    break
                carried = [w for w in s.dates.get(k, ()) if not w.reporting]
                if carried:
                    t.when = carried[-1]
                    break
        fine = [
            m
            for m in s.places.get(number, ())
            if m.level >= 1 and m.context not in ("from", "none", "of", "border") and not is_dateline(doc, m)
        ]
        head = geography.heads.get(sentence.paragraph)
        if fine and (head is None or any(m.context in ("in", "near", "kind") for m in fine)):
            t.where, t.own_where = min(fine, key=lambda m: place_rank(m, at)), True
        elif head is not None:
            t.where, t.own_where = head, True
        else:
            for back in range(1, CARRY_SENTENCES + 1):
                k = number - back
                if k < 0 or doc.sentences[k].paragraph != sentence.paragraph:
                    break
                carried_places = [
                    m
                    for m in s.places.get(k, ())
                    if m.level >= 2 and m.context in ("in", "near", "kind") and not is_dateline(doc, m)
                ]
                if carried_places:
                    t.where = carried_places[-1]
                    break
        if t.when is not None and published is not None:
            if t.when.window is not None:
                middle = t.when.window.start.toordinal() + (t.when.window.end - t.when.window.start).days // 2
                t.age = published.toordinal() - middle
            elif t.when.anchor == "event":
                t.age = 1 - (t.when.first + t.when.last) // 2
        elif t.when is not None:
            t.age = -(t.when.first + t.when.last) // 2 if t.when.anchor != "absolute" else None
        told.append(t)
    return told


def is_dateline(doc: Document, m: Mention) -> bool:
    """Whether a mention is the dateline: the first words of the text, before a dash, a bracket or a date."""
    if doc.begin[m.start] < doc.text_offset or doc.begin[m.start] > doc.text_offset + 60:
        return False
    window = doc.low[m.end : m.end + 14]
    written = doc.words[m.start]
    tail = "-" in window or "(" in window[:6]
    capitals = written.isupper() and len(written) > 3 and not doc.upper
    return (capitals or (tail and doc.begin[m.start] == doc.text_offset)) and doc.begin[m.start] <= doc.text_offset + 30


def age_bucket(days: int | None) -> str:
    """How long ago, coarsely."""
    if days is None:
        return "?"
    for top, name in ((3, "now"), (8, "week"), (45, "month"), (400, "year")):
        if days <= top:
            return name
    return "old"


def date_relation(a: When | None, b: When | None) -> str:
    """Whether two dates can be one day: same, within, apart by days or by more, or unknown."""
    if a is None or b is None:
        return "none" if a is None and b is None else "one"
    if a is b:
        return "shared"
    if a.window and b.window:
        overlap = a.window.start <= b.window.end and b.window.start <= a.window.end
        if overlap:
            return "same" if a.window == b.window else "within"
        gap = max((a.window.start - b.window.end).days, (b.window.start - a.window.end).days)
        return "day" if gap <= 1 else "days" if gap <= 6 else "weeks" if gap <= 45 else "years"
    if a.anchor == b.anchor == "article":
        if a.weekdays and b.weekdays:
            return "same" if a.weekdays & b.weekdays else "days"
        return "within" if a.first <= b.last and b.first <= a.last else "weeks"
    if "event" in (a.anchor, b.anchor):
        e = a if a.anchor == "event" else b
        return "event0" if e.last == e.first == 0 else "event"
    return "mixed"


def place_relation(a: Mention | None, b: Mention | None) -> str:
    """Whether two places are one, one in the other, or different."""
    if a is None or b is None:
        return "none" if a is None and b is None else "one"
    if a is b or a.key == b.key:
        return "same"
    if a.country and b.country and a.country != b.country:
        return "abroad"
    if a.level != b.level:
        fine, coarse = (a, b) if a.level > b.level else (b, a)
        division = fine.entry.admin1 if fine.entry else fine.container.name if fine.container else None
        if coarse.level == 0:
            return "within"
        if division and coarse.entry and coarse.level == 1:
            return "within" if division == coarse.entry.name or coarse.entry.kind == "region" else "outside"
        return "levels"
    return "other"


def pair_features(doc: Document, a: Told, b: Told, n_between: int, total: int) -> list[str]:
    """The signs that two figures (``a`` before ``b``) tell of one incident, or of two."""
    qa, qb = a.decision.quantity, b.decision.quantity
    gap = b.sentence - a.sentence
    sentences = (
        "0" if gap == 0 else "1" if gap == 1 else "2" if gap == 2 else "4" if gap <= 4 else "8" if gap <= 8 else "far"
    )
    paragraphs = b.paragraph - a.paragraph
    para = "0" if paragraphs == 0 else "1" if paragraphs == 1 else "2" if paragraphs <= 3 else "far"
    dr = date_relation(a.when, b.when)
    pr = place_relation(a.where, b.where)
    own = f"{'o' if a.own_when else 'c' if a.when else '-'}{'o' if b.own_when else 'c' if b.when else '-'}"
    owp = f"{'o' if a.own_where else 'c' if a.where else '-'}{'o' if b.own_where else 'c' if b.where else '-'}"
    aa, ab = age_bucket(a.age), age_bucket(b.age)
    title = a.paragraph == 0 and doc.text_offset > 0
    f = [
        "bias",
        f"s|{sentences}",
        f"p|{para}",
        f"d|{dr}",
        f"d|{dr}|{own}",
        f"d|{dr}|{sentences}",
        f"w|{pr}",
        f"w|{pr}|{owp}",
        f"w|{pr}|{sentences}",
        f"dw|{dr}|{pr}",
        f"age|{aa}|{ab}",
        f"eff|{a.decision.effect}|{b.decision.effect}",
        f"n|{min(n_between, 4)}|{sentences}",
        f"size|{min(total, 12) // 3}",
        f"title|{title}|{dr}|{pr}",
    ]
    if a.decision.effect == b.decision.effect:
        if qa.value == qb.value and qa.value > 1:
            f.append(f"val|same|{'big' if qa.value > 5 else 'small'}")
            f.append(f"val|same|{dr}")
        else:
            f.append(f"val|{'more' if qb.value > qa.value else 'less'}|{sentences}")
        f.append(f"cat|{qa.category == qb.category}")
    for cue in sorted(b.cues):
        f.append(f"cue|{cue}|{sentences}")
        f.append(f"cue|{cue}|{dr}")
        f.append(f"cue|{cue}|{ab}")
    f.extend(f"acue|{cue}|{sentences}" for cue in sorted(a.cues - b.cues))
    if qb.of_them or qb.more:
        f.append(f"b|{'of' if qb.of_them else 'more'}|{sentences}")
    f.append(f"kind|{qb.kind}|{sentences}")
    if gap == 0 and a.decision.trigger >= 0 and a.decision.trigger == b.decision.trigger:
        f.append("trigger")
        f.append(f"trigger|{dr}|{pr}")
    if gap == 0 and a.decision.effect == b.decision.effect:
        ta, tb = a.decision.trigger, b.decision.trigger
        relation = "ctx" if ta < 0 or tb < 0 else "one" if ta == tb else "two"
        subset = doc.has("sign.subset", qa.end, qb.start) or qb.of_them
        also = doc.has("sign.addition", qa.end, min(qb.end + 3, len(doc.low)))
        f.append(f"in|{relation}|{subset}|{also}")
        if relation == "two":
            found = doc.triggers.get(a.sentence, [])
            if max(ta, tb) < len(found):
                inner = qa.end <= found[ta].start < qb.start and found[tb].start >= qb.end
                own_event = any(doc.has(g, qa.end, qb.start) for g in EVENT_GROUPS)
                f.append(f"in|clauses|{inner}|{also}")
                f.append(f"in|clauses|{inner}|{own_event}|{qb.kind}")
        f.append(f"in|{relation}|{qb.kind}|{'more' if qb.value > qa.value else 'less'}")
        f.append(f"in|{relation}|{subset}|{qa.category == qb.category}")
    shared = a.events & b.events
    if a.events and b.events:
        f.append(f"ev|{bool(shared)}|{sentences}")
    if gap and b.own_when and b.age is not None:
        f.append(f"new|{ab}|{sentences}|{b.own_where}")
    if not b.own_when and not b.own_where:
        f.append(f"bare|{sentences}")
        f.append(f"bare|{a.paragraph == b.paragraph}")
    return f


def group(doc: Document, told: list[Told], w: Weights) -> list[list[int]]:
    """Groups figures (indices into ``told``) in order: each joins the group that wants it most, or opens one."""
    groups: list[list[int]] = []
    n = len(told)
    for j in range(n):
        best, best_score = -1, 0.0
        for g, members in enumerate(groups):
            scores = [score(pair_features(doc, told[i], told[j], j - i - 1, n), w) for i in members[-MEMBERS:]]
            # The nearest members know most; a strong veto by any counts.
            near = scores[-3:]
            s = NEAREST * sum(near) / len(near) + ALL * sum(scores) / len(scores) + VETO * min(scores)
            if s > best_score:
                best, best_score = g, s
        if best >= 0:
            groups[best].append(j)
        else:
            groups.append([j])
    return groups


def score(features: list[str], w: Weights) -> float:
    """The log-odds that a pair stands together."""
    get = w.get
    return sum(map(get, features, NOUGHTS))
