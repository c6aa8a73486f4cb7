"""Whether two figures of one article speak of the same incident.

Each pair of figures has a score for standing together (same day, same place, same sentence) or apart (another year,
"in a separate incident", another town); ``joining`` groups them by it. Weights are fitted by ``tools/fit_links.py``.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

import msgspec

from conflict_dedup.extract.cues import NO_CUES, cues
from conflict_dedup.extract.dates import When
from conflict_dedup.extract.decide import Decision
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.listing import Counted, of_each
from conflict_dedup.extract.place_mentions import FINE, SCENE_CONTEXTS, Geography, Mention
from conflict_dedup.extract.scoring import Clue
from conflict_dedup.lexicon.gazetteer import distance_km

CARRY_SENTENCES = 2
"""A date or a place holds for so many sentences of its paragraph after its own."""


class Told(msgspec.Struct, gc=False):
    """One decided figure with what its surroundings say of day, place and cues."""

    decision: Decision
    sentence: int
    paragraph: int
    when: When | None = None
    own_when: bool = False
    where: Mention | None = None
    own_where: bool = False
    cues: frozenset[str] = frozenset()
    age: int | None = None  # days from publication back to the middle of the date, None when unknown
    events: frozenset[str] = frozenset()
    aged: str = "?"  # ``age``, coarsely
    sure: str = "--"  # of its day, then of its place: its own sentence's (o), carried from one before (c), none (-)
    listed: bool = False  # its sentence lists figures with a place or day each, and gives it its own


EVENT_GROUPS = (
    "event.bombing",
    "event.air_strike",
    "event.shelling",
    "event.battle",
    "event.armed_attack",
    "event.massacre",
)


RELATING = {
    f"sign.{name}": name
    for name in ("separate", "lookback", "main_ref", "superseded", "cumulative", "subset", "toll_verb")
}
"""The cues that tell whether two figures are of one incident."""


@cache
def cue_names(groups: tuple[str, ...]) -> frozenset[str]:
    """The names of the cues among some groups: one set for the same groups, as the clues of pairs compare it often."""
    return frozenset([RELATING[group] for group in groups if group in RELATING])


def dates_by_sentence(doc: Document) -> dict[int, list[When]]:
    """The dates, those from which something lasts apart, by the sentence that they stand in."""
    found: dict[int, list[When]] = {}
    for w in doc.dates:
        if not w.since:
            found.setdefault(doc.sentence_of[w.start], []).append(w)
    return found


def date_rank(w: When, at: int) -> tuple[int, int]:
    """Which date of a sentence is a figure's: one that is no day of speaking, the nearest before or after."""
    distance = abs((w.start + w.end) // 2 - at)
    return (1 if w.reporting else 0, distance)


STRENGTHS = {"in": 0, "near": 0, "kind": 0, "comma": 1, "start": 1, "and": 1}


def place_rank(m: Mention, at: int) -> tuple[int, int]:
    """Which place of a sentence is a figure's: with a preposition of place, a town not a country, the nearest."""
    strength = STRENGTHS.get(m.context, 2)
    coarse = 0 if m.level >= 2 else 2 if m.level == 1 else 4
    distance = abs(m.start - at)
    return (strength + coarse, distance)


class Setting(NamedTuple):
    """What the figures of one sentence share.

    ``whens`` and ``wheres`` are the days and places of its own that a figure may have: those that a list gives it, by
    its first token (``days``, ``spots``), else the nearest to it; without any, all have ``when`` and ``where``.
    """

    paragraph: int
    cues: frozenset[str]
    events: frozenset[str]
    whens: list[When]
    when: When | None
    wheres: list[Mention]
    where: Mention | None
    own_where: bool
    days: dict[int, list[When]]
    spots: dict[int, list[Mention]]


def setting(
    doc: Document,
    geography: Geography,
    dates: dict[int, list[When]],
    places: dict[int, list[Mention]],
    number: int,
    figures: list[Counted],
) -> Setting:
    """What the figures of a sentence share."""
    paragraph = doc.sentences[number].paragraph
    before = [
        k
        for k in range(number - 1, number - 1 - CARRY_SENTENCES, -1)
        if k >= 0 and doc.sentences[k].paragraph == paragraph
    ]
    whens = [w for w in dates.get(number, ()) if not w.reporting]
    when: When | None = None
    if not whens:
        for k in before:
            carried = [w for w in dates.get(k, ()) if not w.reporting]
            if carried:
                when = carried[-1]
                break
    wheres = [
        m for m in places.get(number, ()) if m.context not in ELSEWHERE and m.level >= 1 and not is_dateline(doc, m)
    ]
    where = geography.heads.get(paragraph)
    own_where = where is not None
    if own_where and not any(m.context in SCENE_CONTEXTS for m in wheres):
        wheres = []
    elif not wheres and not own_where:
        for k in before:
            told = [
                m for m in places.get(k, ()) if m.context in SCENE_CONTEXTS and m.level >= 2 and not is_dateline(doc, m)
            ]
            if told:
                where = told[-1]
                break
    return Setting(
        paragraph,
        cue_names(tuple(cues(doc).get(number, NO_CUES))) | (ANOTHER if of_another(doc, number) else NO_NAMES),
        frozenset(doc.event_counts.get(number, ())),
        whens,
        when,
        wheres,
        where,
        own_where,
        of_each(doc, figures, whens),
        of_each(doc, figures, wheres),
    )


ANOTHER = frozenset(("another",))
NO_NAMES: frozenset[str] = frozenset()


def of_another(doc: Document, number: int) -> bool:
    """Whether a sentence tells of one more attack: "another bomb", "un deuxième attentat", "a second deadly blast"."""
    s = doc.sentences[number]
    another = doc.language.sets["another"]
    happened = doc.starts_of(EVENT_GROUPS)
    return any(
        doc.low[k] in another and (k + 1 in happened or (k + 2 in happened and doc.low[k + 1].isalpha()))
        for k in range(s.start, s.end - 1)
    )


ELSEWHERE = frozenset(("from", "none", "of", "border"))


def tell(doc: Document, decisions: list[Decision], geography: Geography) -> list[Told]:
    """The decided figures with their surroundings."""
    dates, places = dates_by_sentence(doc), geography.lines
    told: list[Told] = []
    figures: dict[int, list[Counted]] = {}
    for d in decisions:
        if d.effect != "none":
            q = d.quantity
            figures.setdefault(doc.sentence_of[q.start], []).append(Counted(q.start, q.end, d.effect))
    settings = {n: setting(doc, geography, dates, places, n, counted) for n, counted in figures.items()}
    for d in decisions:
        if d.effect == "none":
            continue
        at = d.quantity.start
        number = doc.sentence_of[at]
        s = settings[number]
        whens, wheres = s.days.get(at, s.whens), s.spots.get(at, s.wheres)
        when = min(whens, key=lambda w: date_rank(w, at)) if whens else s.when
        where = min(wheres, key=lambda m: place_rank(m, at)) if wheres else s.where
        own_when, own_where = bool(whens), bool(wheres) or s.own_where
        age = None if when is None else age_of(doc, when)
        told.append(
            Told(
                d,
                number,
                s.paragraph,
                when,
                own_when,
                where,
                own_where,
                s.cues,
                age,
                s.events,
                age_bucket(age),
                whose(own_when, when) + whose(own_where, where),
                at in s.days or at in s.spots,
            )
        )
    return told


class Ground(NamedTuple):
    """What some figures of an article have: their sentences, and the first tokens of places and dates from lists."""

    sentences: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()

    def without(self, mine: list[Told]) -> Ground:
        """What is left to other incidents than that of some figures."""
        return Ground(
            self.sentences.difference([t.sentence for t in mine]),
            self.places.difference([t.where.start for t in mine if t.where]),
            self.dates.difference([t.when.start for t in mine if t.when]),
        )


NO_GROUND = Ground()


def ground(told: list[Told]) -> Ground:
    """What all figures of an article have."""
    given = [t for t in told if t.listed]
    return Ground(
        frozenset([t.sentence for t in told]),
        frozenset([t.where.start for t in given if t.where]),
        frozenset([t.when.start for t in given if t.when]),
    )


def age_of(doc: Document, when: When) -> int | None:
    """The days from publication, or the telling, back to the middle of a date; None when unknown."""
    published = doc.article.published
    if published is None:
        return -(when.first + when.last) // 2 if when.anchor != "absolute" else None
    if when.window is not None:
        start = when.window.start.toordinal()
        return published.toordinal() - start - (when.window.end.toordinal() - start) // 2
    return 1 - (when.first + when.last) // 2 if when.anchor == "event" else None


DATELINE_CHARACTERS = 30
"""A dateline's place begins within so many characters of the text."""


def is_dateline(doc: Document, m: Mention) -> bool:
    """Whether a mention is the dateline: the first words of the text, before a dash, a bracket or a date."""
    if not 0 <= doc.begin[m.start] - doc.text_offset <= DATELINE_CHARACTERS:
        return False
    window = doc.low[m.end : m.end + 14]
    written = doc.words[m.start]
    tail = "-" in window or "(" in window[:6]
    capitals = written.isupper() and len(written) > 3 and not doc.upper
    return capitals or (tail and doc.begin[m.start] == doc.text_offset)


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


KM_TOPS = (10, 40, 150)
FAR = ("beside", "near", "off", "far")
"""How far apart two places are that are not one, coarsely."""


def apart(a: Mention | None, b: Mention | None) -> str:
    """How far two different towns of one country are apart, "-" where they are none or it is not known."""
    if a is None or b is None or a.entry is None or b.entry is None or place_relation(a, b) != "other":
        return "-"
    if a.entry.kind not in FINE or b.entry.kind not in FINE:
        return "-"
    return FAR[bisect_left(KM_TOPS, distance_km(a.entry.lat, a.entry.lon, b.entry.lat, b.entry.lon))]


SENTENCE_TOPS = (0, 1, 2, 4, 8)
SENTENCES = (*map(str, SENTENCE_TOPS), "far")
"""How many sentences apart two figures stand, coarsely."""
PARAGRAPHS_FAR = 4


def pair_clues(doc: Document, a: Told, b: Told, n_between: int, total: int) -> list[Clue]:
    """The signs that two figures (``a`` before ``b``) tell of one incident, or of two."""
    qa, qb = a.decision.quantity, b.decision.quantity
    effect_a, effect_b = a.decision.effect, b.decision.effect
    gap = b.sentence - a.sentence
    sentences = SENTENCES[bisect_left(SENTENCE_TOPS, gap)]
    dr = date_relation(a.when, b.when)
    pr = place_relation(a.where, b.where)
    aged = b.aged
    clues: list[Clue] = [
        (pair_setting, dr, pr, a.sure, b.sure, sentences, a.paragraph == 0 and doc.text_offset > 0),
        (pair_order, sentences, min(b.paragraph - a.paragraph, PARAGRAPHS_FAR), min(n_between, 4), min(total, 12) // 3),
        (pair_kinds, effect_a, effect_b, a.aged, aged, qb.kind, sentences),
    ]
    if effect_a == effect_b:
        size = (
            ("big" if qa.value > 5 else "small")
            if qa.value == qb.value and qa.value > 1
            else "more"
            if qb.value > qa.value
            else "less"
        )
        clues.append((pair_values, size, dr, sentences, qa.category == qb.category))
    far = apart(a.where, b.where)
    if far != "-":
        clues.append((pair_far, far, a.sure, b.sure, dr))
    if a.cues or b.cues:
        clues.append((pair_cues, a.cues, b.cues, sentences, dr, aged))
    if qb.of_them or qb.more:
        clues.append((pair_rest, qb.of_them, sentences))
    if gap == 0:
        if a.listed and b.listed:
            clues.append((pair_listed, dr, pr, effect_a == effect_b, "toll_verb" in b.cues, qb.kind))
        ta, tb = a.decision.trigger, b.decision.trigger
        if ta >= 0 and ta == tb:
            clues.append((pair_trigger, dr, pr))
        if effect_a == effect_b:
            relation = "ctx" if ta < 0 or tb < 0 else "one" if ta == tb else "two"
            subset = doc.has("sign.subset", qa.end, qb.start) or qb.of_them
            also = doc.has("sign.addition", qa.end, min(qb.end + 3, len(doc.low)))
            clues.append(
                (pair_clause, relation, subset, also, qb.kind, qb.value > qa.value, qa.category == qb.category)
            )
            if relation == "two":
                found = doc.triggers.get(a.sentence, [])
                if max(ta, tb) < len(found):
                    inner = qa.end <= found[ta].start < qb.start and found[tb].start >= qb.end
                    own_event = not doc.starts_of(EVENT_GROUPS).isdisjoint(range(qa.end, qb.start))
                    clues.append((pair_clauses, inner, also, own_event, qb.kind))
    if a.events and b.events:
        clues.append((pair_events, not a.events.isdisjoint(b.events), sentences))
    if gap and b.own_when and b.age is not None:
        clues.append((pair_new, aged, sentences, b.own_where))
    if not b.own_when and not b.own_where:
        clues.append((pair_bare, sentences, a.paragraph == b.paragraph))
    return clues


def whose(own: bool, value: When | Mention | None) -> str:
    """Whether a figure's day or place is its own sentence's (o), carried from one before (c), or there is none."""
    return "o" if own else "c" if value else "-"


def pair_setting(dates: str, places: str, first: str, second: str, sentences: str, title: bool) -> list[str]:
    """How their dates and places stand to one another, and whose these are (``Told.sure``)."""
    return [
        f"d|{dates}",
        f"d|{dates}|{first[0]}{second[0]}",
        f"d|{dates}|{sentences}",
        f"w|{places}",
        f"w|{places}|{first[1]}{second[1]}",
        f"w|{places}|{sentences}",
        f"dw|{dates}|{places}",
        f"title|{title}|{dates}|{places}",
    ]


def pair_far(far: str, first: str, second: str, dates: str) -> list[str]:
    """How far apart their towns are, and whose these and the days are."""
    return [f"far|{far}|{first[1]}{second[1]}", f"far|{far}|{dates}|{first}|{second}"]


def pair_order(sentences: str, paragraphs: int, between: int, total: int) -> list[str]:
    """How far apart they stand, and how many figures between them and in all."""
    far = "0" if paragraphs == 0 else "1" if paragraphs == 1 else "2" if paragraphs < PARAGRAPHS_FAR else "far"
    return ["bias", f"s|{sentences}", f"p|{far}", f"n|{between}|{sentences}", f"size|{total}"]


def pair_kinds(first: str, second: str, first_age: str, second_age: str, kind: str, sentences: str) -> list[str]:
    """Their effects and ages."""
    return [f"age|{first_age}|{second_age}", f"eff|{first}|{second}", f"kind|{kind}|{sentences}"]


def pair_values(size: str, dates: str, sentences: str, alike: bool) -> list[str]:
    """Two figures of one effect: one number again (big or small), more, or less; of the same victims or others."""
    if size in ("big", "small"):
        return [f"val|same|{size}", f"val|same|{dates}", f"cat|{alike}"]
    return [f"val|{size}|{sentences}", f"cat|{alike}"]


def pair_cues(first: frozenset[str], second: frozenset[str], sentences: str, dates: str, age: str) -> list[str]:
    """The cues in the later one's sentence, and those in the earlier one's alone."""
    f = [f"cue|{cue}|{value}" for cue in sorted(second) for value in (sentences, dates, age)]
    f.extend(f"acue|{cue}|{sentences}" for cue in sorted(first - second))
    return f


def pair_rest(of_them: bool, sentences: str) -> list[str]:
    """The later one counts some of them, or others."""
    return [f"b|{'of' if of_them else 'more'}|{sentences}"]


def pair_trigger(dates: str, places: str) -> list[str]:
    """Both hang on one trigger."""
    return ["trigger", f"trigger|{dates}|{places}"]


def pair_listed(dates: str, places: str, alike: bool, toll: bool, kind: str) -> list[str]:
    """A list gives both a place or a day; ``alike`` is whether they are of one effect."""
    return [f"listed|{dates}|{places}", f"listed|{alike}|{places}", f"listed|{toll}|{places}", f"listed|{kind}|{alike}"]


def pair_clause(relation: str, subset: bool, also: bool, kind: str, more: bool, alike: bool) -> list[str]:
    """Two figures of one effect in one sentence."""
    return [
        f"in|{relation}|{subset}|{also}",
        f"in|{relation}|{kind}|{'more' if more else 'less'}",
        f"in|{relation}|{subset}|{alike}",
    ]


def pair_clauses(inner: bool, also: bool, own_event: bool, kind: str) -> list[str]:
    """Each with a trigger of its own."""
    return [f"in|clauses|{inner}|{also}", f"in|clauses|{inner}|{own_event}|{kind}"]


def pair_events(shared: bool, sentences: str) -> list[str]:
    """Both sentences name an event."""
    return [f"ev|{shared}|{sentences}"]


def pair_new(age: str, sentences: str, placed: bool) -> list[str]:
    """The later one has a day of its own."""
    return [f"new|{age}|{sentences}|{placed}"]


def pair_bare(sentences: str, same_paragraph: bool) -> list[str]:
    """The later one has neither day nor place of its own."""
    return [f"bare|{sentences}", f"bare|{same_paragraph}"]
