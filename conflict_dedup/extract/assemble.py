"""From grouped figures to candidates: window, place, type, actors and quotations of each incident."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

from conflict_dedup.extract import dates
from conflict_dedup.extract.actors import ACTORS, actors, event_type
from conflict_dedup.extract.attributes import attribute_clues, attribution
from conflict_dedup.extract.dates import When
from conflict_dedup.extract.decide import Decision
from conflict_dedup.extract.document import EVENTS, NOWHERE, Document
from conflict_dedup.extract.locating import Incident, incident, scenes
from conflict_dedup.extract.locating import choose as choose_scene
from conflict_dedup.extract.place_mentions import Geography, Mention
from conflict_dedup.extract.place_names import country_entry
from conflict_dedup.extract.places import as_place
from conflict_dedup.extract.scoring import scorer, twin_scorer
from conflict_dedup.extract.segment import NO_GROUND, Ground, Told, ground
from conflict_dedup.extract.sketch import sketch
from conflict_dedup.extract.timing import choose, readings
from conflict_dedup.lexicon.language import EFFECT_GROUPS
from conflict_dedup.model import (
    Candidate,
    Category,
    Effect,
    EventType,
    Figure,
    Floating,
    Place,
    Report,
    Span,
    Window,
    in_order,
)

LEAD_SENTENCES = 4
"""An incident told in so many sentences from the start happened about the day of the main one."""
RECENT_DAYS = 5
"""An undated main incident is taken to have happened in so many days up to publication."""
SAID_DAYS = 3
"""Where only the day of speaking is told, the incident is taken to lie in so many days before it."""
PASSING_DAYS = 366
"""One told in passing without a date, in as many (the widest the contract's precision 5 stands for)."""
TERMS = 40
FORMULAS = (
    *EFFECT_GROUPS,
    *EVENTS,
    *(group for group, _ in ACTORS),
    *("people", "person", "sign.attribution_verb", "sign.toll_verb"),
)
"""The groups of words that every report of an attack has some of."""
QUOTE_REACH = 3
"""A trigger at most so many tokens away belongs to the quotation."""
ELLIPSIS_TOKENS = 4
"""A number without a noun stands so near to the figure whose noun it shares."""
VIOLENT_EVENTS: frozenset[EventType] = frozenset(("armed_attack", "bombing", "massacre", "hostage_taking"))


@dataclass(slots=True)
class Dated:
    """What is known of an incident's day."""

    window: Window | None = None
    floating: Floating | None = None


def candidates(doc: Document, geography: Geography, told: list[Told], groups: list[list[int]]) -> list[Candidate]:
    """One candidate for each group of figures, the main one first marked."""
    article = doc.article
    firm = [[i for i in members if not told[i].decision.doubtful] for members in groups]
    main = main_group(doc, told, firm)
    whole = ground([t for t in told if not t.decision.doubtful])
    mine = [told[i] for i in firm[main]]
    others = whole.without(mine)
    main_dated = date_main(doc, mine, others)
    scene = locate(doc, geography, incident(doc, mine, others, main=True))
    main_place = scene_place(scene, geography)
    text_sketch = sketch(list(compress(doc.low, doc.spoken)))
    report = Report(
        article=article.id, source=article.source, published=article.published, title=article.title, url=article.url
    )
    found: list[Candidate] = []
    for n, members in enumerate(groups):
        mine = [told[i] for i in firm[n]]
        sentences = sorted({t.sentence for t in mine})
        if n == main:
            sentences = sorted(set(sentences) | set(range(min(2, len(doc.sentences)))))
            dated, place = main_dated, main_place
        else:
            dated = date_passing(doc, mine, main_dated)
            passing = locate(doc, geography, incident(doc, mine, whole.without(mine), scene, main=False))
            place = scene_place(passing, geography, main_place)
        kind = event_type(doc, sentences, mine, lead=n == main)
        passages = tuple(
            Span(*doc.locate(doc.begin[s.start], doc.finish[s.end - 1])) for s in (doc.sentences[k] for k in sentences)
        )
        found.append(
            Candidate(
                id=f"{article.id}#{n + 1}",
                report=report,
                figures=in_order(figure(doc, told, firm[n], k, kind) for k in range(len(firm[n]))),
                doubtful=in_order(
                    figure(doc, told, members, k, kind) for k, i in enumerate(members) if told[i].decision.doubtful
                )
                if len(members) > len(firm[n])
                else (),
                window=dated.window,
                floating=dated.floating,
                place=place,
                event_type=kind,
                actors=actors(doc, sentences, mine),
                passages=passages,
                main=n == main,
                terms=terms(doc, sentences),
                sketch=text_sketch,
            )
        )
    return found


def bare_candidate(doc: Document, geography: Geography) -> Candidate | None:
    """The candidate of an article without a figure: its lead must name the event and a place."""
    article = doc.article
    lead = list(range(min(2, len(doc.sentences))))
    kind = event_type(doc, lead, [], lead=True)
    accidents = len(doc.marks.get("sign.nonconflict", ()))
    if kind == "other" or (accidents and accidents >= len(doc.marks.get("sign.violent", ()))):
        return None
    place = scene_place(locate(doc, geography, incident(doc, [], main=True)), geography)
    if place is None or place.precision > 4:
        return None
    dated = date_main(doc, [])
    if dated.window is None and dated.floating is None:
        return None
    return Candidate(
        id=f"{article.id}#1",
        report=Report(
            article=article.id, source=article.source, published=article.published, title=article.title, url=article.url
        ),
        window=dated.window,
        floating=dated.floating,
        place=place,
        event_type=kind,
        actors=actors(doc, lead, []),
        passages=tuple(
            Span(*doc.locate(doc.begin[s.start], doc.finish[s.end - 1])) for s in (doc.sentences[k] for k in lead)
        ),
        main=True,
        terms=terms(doc, lead),
        sketch=sketch(list(compress(doc.low, doc.spoken))),
    )


def main_group(doc: Document, told: list[Told], groups: list[list[int]]) -> int:
    """The group that the article is about: the title's, else the one that is told earliest and most."""
    best, best_worth = 0, -1.0
    for n, members in enumerate(groups):
        worth = 0.0
        for i in members:
            t = told[i]
            worth += 1.0 + (4.0 if t.paragraph == 0 and doc.text_offset else 2.0 if t.sentence <= 2 else 0.0)
            if t.age is not None and t.age > 30:
                worth -= 0.8
        if worth > best_worth:
            best, best_worth = n, worth
    return best


def figure(doc: Document, told: list[Told], members: list[int], k: int, kind: EventType) -> Figure:
    """The figure of a decision, with its attributes and the shortest quotation that holds number, effect and noun."""
    t = told[members[k]]
    q = t.decision.quantity
    subset, superseded = standing(doc, told, members, k)
    start, end = quoted(doc, t.decision, t.sentence)
    field, a, b = doc.locate(doc.begin[start], doc.finish[end - 1])
    source = doc.article.title if field == "title" else doc.article.text
    return Figure(
        article=doc.article.id,
        effect=EFFECTS[t.decision.effect],
        value=q.value,
        bound=q.bound,
        low=q.low,
        high=q.high,
        category=category(doc, told, members, k, kind),
        field=field,
        start=a,
        end=b,
        quote=source[a:b],
        subset=subset,
        superseded=superseded,
        attribution=attribution(doc, t),
    )


def standing(doc: Document, told: list[Told], members: list[int], k: int) -> tuple[bool, bool]:
    """Whether a figure is part of another, and whether it is an earlier toll.

    What "and" joins stands as what it is joined to: "53 soldiers and one civilian", "including 3 men and 2 women".
    """
    subset, superseded = twin_scorer("subset", "superseded").decide(attribute_clues(doc, told, members, k))
    if k and subset:
        t, before = told[members[k]], told[members[k - 1]]
        q, p = t.decision.quantity, before.decision.quantity
        gap = doc.low[p.end : q.start]
        sets = doc.language.sets
        joined = len(gap) == 1 and gap[0] in sets["conjunction"] and gap[0] not in sets["with"]
        alike = before.decision.effect == t.decision.effect and "total" not in (p.category, q.category)
        if joined and alike and not (q.of_them or q.more):
            subset = standing(doc, told, members, k - 1)[0]
    return subset and not is_apart(doc, told, members, k), superseded


def is_apart(doc: Document, told: list[Told], members: list[int], k: int) -> bool:
    """Whether all larger figures count others than a figure does: no soldiers are a part of 12 civilians.

    Not where a word says that it is a part.
    """
    t = told[members[k]]
    q = t.decision.quantity
    if q.category not in APART or q.of_them:
        return False
    start = max(doc.sentences[t.sentence].start, q.start - PART_REACH)
    additions = doc.at.get("sign.addition", NOWHERE)  # "three policemen as well as a civilian"
    if any(m.start not in additions for m in doc.within("sign.subset", start, q.end)):
        return False
    larger = [
        p.category
        for p in (told[i].decision.quantity for i in members if told[i].decision.effect == t.decision.effect)
        if p.value > q.value
    ]
    return bool(larger) and all(other in APART and other != q.category for other in larger)


APART = frozenset(("civilians", "soldiers", "police", "militants"))
"""Nobody is of two of these categories."""
PART_REACH = 6
"""So many tokens before a part it is said to be one at most: "among them were at least two soldiers"."""


def is_common(doc: Document, i: int) -> bool:
    """Whether a word is no name, and tells of no effect."""
    return doc.words[i][0].islower() and i not in doc.effect_at


EFFECTS: dict[str, Effect] = {"killed": "killed", "injured": "injured", "missing": "missing", "abducted": "abducted"}
"""By its name, the effect that a decision names."""


def category(doc: Document, told: list[Told], members: list[int], k: int, kind: EventType) -> Category:
    """Who is counted. Militants killed in an attack that killed others are the attackers' own dead.

    A number without a noun takes that of the figure before it: "three soldiers were killed and five wounded".
    """
    t = told[members[k]]
    q = t.decision.quantity
    named: Category = q.category  # type: ignore[assignment]
    if named == "militants" and kind in VIOLENT_EVENTS:
        others = {told[i].decision.quantity.category for i in members if i != members[k]}
        if others & VICTIMS or others_beside(doc, told, members, k):
            return "attackers"
    if named == "total" and q.kind == "unknown" and q.end < doc.sentences[t.sentence].end and is_common(doc, q.end):
        return "civilians"  # a noun that no list has is somebody's trade: "sixteen travellers"; not "five Afghans"
    if named == "total" and q.kind == "person" and listed(doc, told, members, k):
        return "other"  # "eight men and three women": the men are a part too
    if named == "total" and q.kind == "bare" and not (q.more or q.of_them) and k:
        before = told[members[k - 1]]
        p = before.decision.quantity
        if before.sentence == t.sentence and before.decision.effect != t.decision.effect:
            gap = doc.low[p.end : q.start]
            if gap and gap[-1] in doc.language.sets["conjunction"] and len(gap) <= ELLIPSIS_TOKENS:
                return category(doc, told, members, k - 1, kind)
    return named


VICTIMS = frozenset(("soldiers", "police", "civilians", "journalists", "aid_workers"))
ANYBODY = frozenset(("women", "children"))
"""Victims, or a part of the militants: "31 rebels, 11 women among them"."""


def others_beside(doc: Document, told: list[Told], members: list[int], k: int) -> bool:
    """Whether women or children are counted beside the figure ``members[k]`` who are no part of it."""
    whole = any(told[i].decision.quantity.category == "total" for i in members)
    return any(
        told[members[n]].decision.quantity.category in ANYBODY and (whole or not standing(doc, told, members, n)[0])
        for n in range(len(members))
        if n != k
    )


def listed(doc: Document, told: list[Told], members: list[int], k: int) -> bool:
    """Whether a figure is one of a list with a figure of other victims beside it: only "and" or a comma parts them."""
    t = told[members[k]]
    for other in members[max(0, k - 1) : k] + members[k + 1 : k + 2]:
        o = told[other]
        if o.decision.effect != t.decision.effect or o.decision.quantity.category in ("total", "attackers"):
            continue
        first, second = sorted((t.decision.quantity, o.decision.quantity), key=lambda q: q.start)
        gap = doc.low[first.end : second.start]
        if gap and len(gap) <= 2 and all(g == "," or g in doc.language.sets["conjunction"] for g in gap):
            return True
    return False


def quoted(doc: Document, d: Decision, number: int) -> tuple[int, int]:
    """The tokens of the quotation: the quantity, and its trigger where that stands beside it."""
    q = d.quantity
    start, end = q.start, max(q.end, q.number_end)
    sentence = doc.sentences[number]
    if d.trigger >= 0:
        found = doc.triggers.get(number, [])
        if d.trigger < len(found):
            trigger = found[d.trigger]
            if trigger.start >= end and trigger.start - end <= QUOTE_REACH:
                end = trigger.end
            elif trigger.end <= start and start - trigger.end <= QUOTE_REACH - 1:
                start = trigger.start
    return max(start, sentence.start), min(end, sentence.end)


# --- dates ---------------------------------------------------------------------------------------------------------


def as_dated(doc: Document, w: When) -> Dated:
    """A date of the text as window or floating. One without a year is of the year that the article names last."""
    if w.window is not None:
        return Dated(window=w.window)
    floating = dates.floating(w)
    year = latest_year(doc) if w.partial is not None else None
    window = floating.in_year(year) if floating is not None and year is not None else None
    return Dated(window=window) if window is not None else Dated(floating=floating)


def latest_year(doc: Document) -> int | None:
    """The latest year of a date that the article gives with its month or day, None if there is none.

    "Since 2012" and "the 2015 attack" are of the background: of undated articles that tell a day without its year, it
    was that year in 2 of 33. Of such a date it was in 39 of 45.
    """
    full = [w.window for w in doc.dates if w.anchor == "absolute" and w.kind in IN_FULL and w.window is not None]
    return max([window.start.year for window in full], default=None)


IN_FULL = frozenset(("day", "near", "week", "month"))
"""The kinds of dates that are no bare year."""


def date_main(doc: Document, mine: list[Told], others: Ground = NO_GROUND) -> Dated:
    """The day of the main incident: the date that ``timing`` finds the most probable, else the days before publication.

    What the article's other incidents have for themselves (``others``) has no say.
    """
    published = doc.article.published
    found = doc.dates
    chosen = choose(readings(doc, mine, others), scorer("timing"))
    if chosen is not None:
        dated = as_dated(doc, chosen)
        if dated.window is not None or dated.floating is not None:
            return dated
    said = [w for w in found if w.reporting and w.window is not None and w.kind == "day"]
    spoken = said[0].window if said else None
    if spoken is not None:
        return Dated(window=dates.window(dates.shifted(spoken.start, -SAID_DAYS), spoken.end, inferred=True))
    if published is not None:
        return Dated(window=dates.window(dates.shifted(published, -RECENT_DAYS), published, inferred=True))
    return Dated(floating=Floating(offset_days=-2, slack_days=4))


def date_passing(doc: Document, mine: list[Told], main: Dated) -> Dated:
    """The day of an incident told in passing: its own dates, counted from the main incident where the text does so."""
    published = doc.article.published
    options = [(t, t.when) for t in mine if t.when is not None]
    if options:
        rank = {"day": 0, "near": 1, "week": 2, "month": 3, "year": 4}
        _, w = min(options, key=lambda o: (not o[0].own_when, o[1].anchor == "event", rank[o[1].kind]))
        if w.anchor == "event":
            if main.window is not None:
                start = dates.shifted(main.window.start, w.first)
                end = dates.shifted(main.window.end, w.last)
                return Dated(window=dates.window(min(start, end), max(start, end)))
            if main.floating is not None:
                middle = (w.first + w.last) // 2
                return Dated(
                    floating=Floating(
                        offset_days=main.floating.offset_days + middle,
                        slack_days=main.floating.slack_days + max(abs(w.first - middle), abs(w.last - middle)),
                    )
                )
        dated = as_dated(doc, w)
        if dated.window is not None or dated.floating is not None:
            return dated
    back = any("lookback" in t.cues for t in mine)
    beside = any("separate" in t.cues for t in mine) or min(t.sentence for t in mine) <= LEAD_SENTENCES
    if not back and beside and main.window is not None and main.window.days <= 6:
        return Dated(window=dates.window(dates.shifted(main.window.start, -1), dates.shifted(main.window.end, 1)))
    if published is not None:
        days = PASSING_DAYS if back else 31
        return Dated(window=dates.window(dates.shifted(published, -days), published, inferred=True))
    return main if not back else Dated(floating=Floating(offset_days=-180, slack_days=180))


# --- places --------------------------------------------------------------------------------------------------------


def locate(doc: Document, geography: Geography, about: Incident) -> Mention | None:
    """The mention that names an incident's scene."""
    return choose_scene(scenes(doc, geography, about), scorer("locating"))


def scene_place(scene: Mention | None, geography: Geography, main: Place | None = None) -> Place | None:
    """The place of a scene; where none is named, the country of the main incident or of the article, precision 6."""
    if scene is not None:
        return as_place(scene, geography)
    return _country((main.country if main else None) or geography.country)


def _country(code: str | None) -> Place | None:
    entry = country_entry(code) if code else None
    if entry is None:
        return None
    return Place(name=entry.name, country=code, lat=round(entry.lat, 4), lon=round(entry.lon, 4), precision=6)


# --- words ---------------------------------------------------------------------------------------------------------


def terms(doc: Document, sentences: list[int]) -> tuple[str, ...]:
    """The names and long words of some sentences, folded, for the comparison of rare shared words.

    Not the words of every attack: who did what to whom, and who said so, is compared for itself.
    """
    found: dict[str, None] = {}
    formula = doc.covered(FORMULAS)
    for number in sentences:
        s = doc.sentences[number]
        for k, token in enumerate(doc.tokens[s.start : s.end], s.start):
            if token.term and k not in formula:
                found[token.term] = None
        if len(found) >= TERMS:
            break
    return tuple(sorted(list(found)[:TERMS]))
