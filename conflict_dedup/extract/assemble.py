"""From grouped figures to candidates: window, place, type, actors and quotations of each incident."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from conflict_dedup.extract import dates
from conflict_dedup.extract.actors import actors, event_type
from conflict_dedup.extract.attributes import attribute_features, attribution, probable, speakers
from conflict_dedup.extract.dates import When
from conflict_dedup.extract.decide import Decision, weights
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.places import Geography, Mention, as_place, country_entry
from conflict_dedup.extract.segment import Told, is_dateline
from conflict_dedup.extract.sketch import sketch
from conflict_dedup.extract.timing import choose, readings
from conflict_dedup.lexicon.gazetteer import fold
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
)

LEAD_SENTENCES = 4
"""So many sentences, the title among them, may date and place the main incident without a figure in them."""
RECENT_DAYS = 5
"""An undated main incident is taken to have happened in so many days up to publication."""
SAID_DAYS = 3
"""Where only the day of speaking is told, the incident is taken to lie in so many days before it."""
PASSING_DAYS = 366
"""One told in passing without a date, in as many (the widest the contract's precision 5 stands for)."""
HEAD_WORTH = 4.0
"""What the place that heads a paragraph weighs against those named in it (a village with "in" weighs 4.5)."""
TERMS = 40
QUOTE_REACH = 3
"""A trigger at most so many tokens away belongs to the quotation."""
VIOLENT_EVENTS: frozenset[EventType] = frozenset(("armed_attack", "bombing", "massacre", "hostage_taking"))


@dataclass(slots=True)
class Dated:
    """What is known of an incident's day."""

    window: Window | None = None
    floating: Floating | None = None


def candidates(doc: Document, geography: Geography, told: list[Told], groups: list[list[int]]) -> list[Candidate]:
    """One candidate for each group of figures, the main one first marked."""
    article = doc.article
    main = main_group(doc, told, groups)
    doc.speakers = speakers(doc)
    mine = [told[i] for i in groups[main]]
    others = frozenset(told[i].sentence for n, g in enumerate(groups) if n != main for i in g) - {
        t.sentence for t in mine
    }
    main_dated = date_main(doc, mine, others)
    main_place = place_main(doc, geography, mine, others)
    text_sketch = sketch(doc.low)
    report = Report(
        article=article.id, source=article.source, published=article.published, title=article.title, url=article.url
    )
    found: list[Candidate] = []
    for n, members in enumerate(groups):
        mine = [told[i] for i in members]
        sentences = sorted({t.sentence for t in mine})
        if n == main:
            sentences = sorted(set(sentences) | set(range(min(2, len(doc.sentences)))))
            dated, place = main_dated, main_place
        else:
            dated = date_passing(doc, mine, main_dated)
            place = place_passing(doc, geography, mine, main_place)
        kind = event_type(doc, sentences, lead=n == main)
        figures = tuple(
            sorted(
                (figure(doc, told, members, k, kind) for k in range(len(members))),
                key=lambda f: (f.field != "title", f.start, f.effect),
            )
        )
        passages = tuple(
            Span(*doc.locate(doc.begin[s.start], doc.finish[s.end - 1])) for s in (doc.sentences[k] for k in sentences)
        )
        found.append(
            Candidate(
                id=f"{article.id}#{n + 1}",
                report=report,
                figures=figures,
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
    kind = event_type(doc, lead, lead=True)
    if kind == "other" or len(doc.marks.get("sign.nonconflict", ())) > len(doc.marks.get("sign.violent", ())):
        return None
    place = place_main(doc, geography, [])
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
        sketch=sketch(doc.low),
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
    features = attribute_features(doc, told, members, k)
    subset = probable(features, weights("subset"))
    superseded = probable(features, weights("superseded"))
    start, end = quoted(doc, t.decision, t.sentence)
    field, a, b = doc.locate(doc.begin[start], doc.finish[end - 1])
    source = doc.article.title if field == "title" else doc.article.text
    return Figure(
        article=doc.article.id,
        effect=_effect(t.decision.effect),
        value=q.value,
        bound=q.bound,
        low=q.low,
        high=q.high,
        category=category(told, members, k, kind),
        field=field,
        start=a,
        end=b,
        quote=source[a:b],
        subset=subset,
        superseded=superseded,
        attribution=attribution(doc, t),
    )


def _effect(name: str) -> Effect:
    known: dict[str, Effect] = {"killed": "killed", "injured": "injured", "missing": "missing", "abducted": "abducted"}
    return known[name]


def category(told: list[Told], members: list[int], k: int, kind: EventType) -> Category:
    """Who is counted. Militants killed in an attack that killed others are the attackers' own dead."""
    q = told[members[k]].decision.quantity
    named: Category = q.category  # type: ignore[assignment]
    if named == "militants" and kind in VIOLENT_EVENTS:
        others = {told[i].decision.quantity.category for i in members if i != members[k]}
        if others & {"soldiers", "police", "civilians", "children", "women", "journalists", "aid_workers"}:
            return "attackers"
    return named


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


def as_dated(w: When) -> Dated:
    """A date of the text as window or floating."""
    if w.window is not None:
        return Dated(window=w.window)
    return Dated(floating=dates.floating(w))


def date_main(doc: Document, mine: list[Told], others: frozenset[int] = frozenset()) -> Dated:
    """The day of the main incident: the date that ``timing`` finds the most probable, else the days before publication.

    The sentences of the article's other incidents (``others``) have no say.
    """
    published = doc.article.published
    found = doc.dates
    chosen = choose(readings(doc, mine, others), weights("timing"))
    if chosen is not None:
        dated = as_dated(chosen)
        if dated.window is not None or dated.floating is not None:
            return dated
        partial, guess = chosen.partial, year_of(doc)
        if partial and guess:
            try:
                day = dt.date(guess, partial[0], partial[1] or 1)
            except ValueError:
                return Dated()
            return Dated(window=Window(start=day, end=day) if partial[1] else dates.month_window(guess, partial[0]))
    said = [w for w in found if w.reporting and w.window is not None and w.kind == "day"]
    spoken = said[0].window if said else None
    if spoken is not None:
        return Dated(window=dates.window(spoken.start - dt.timedelta(days=SAID_DAYS), spoken.end, inferred=True))
    if published is not None:
        return Dated(window=dates.window(published - dt.timedelta(days=RECENT_DAYS), published, inferred=True))
    return Dated(floating=Floating(offset_days=-2, slack_days=4))


def year_of(doc: Document) -> int | None:
    """The year that an undated article names, when it is one."""
    found = doc.dates
    years = {w.window.start.year for w in found if w.anchor == "absolute" and w.window is not None}
    return years.pop() if len(years) == 1 else None


def date_passing(doc: Document, mine: list[Told], main: Dated) -> Dated:
    """The day of an incident told in passing: its own dates, counted from the main incident where the text does so."""
    published = doc.article.published
    options = [(t, t.when) for t in mine if t.when is not None]
    if options:
        rank = {"day": 0, "near": 1, "week": 2, "month": 3, "year": 4}
        _, w = min(options, key=lambda o: (not o[0].own_when, o[1].anchor == "event", rank[o[1].kind]))
        if w.anchor == "event":
            if main.window is not None:
                start = main.window.start + dt.timedelta(days=w.first)
                end = main.window.end + dt.timedelta(days=w.last)
                return Dated(window=dates.window(min(start, end), max(start, end)))
            if main.floating is not None:
                middle = (w.first + w.last) // 2
                return Dated(
                    floating=Floating(
                        offset_days=main.floating.offset_days + middle,
                        slack_days=main.floating.slack_days + max(abs(w.first - middle), abs(w.last - middle)),
                    )
                )
        dated = as_dated(w)
        if dated.window is not None or dated.floating is not None:
            return dated
        if w.partial:
            guess = year_of(doc)
            if guess and not w.partial[1]:
                return Dated(window=dates.month_window(guess, w.partial[0]))
    numbers = {t.sentence for t in mine}
    back = any("lookback" in t.cues for t in mine)
    if not back and main.window is not None and main.window.days <= 6:
        early = min(numbers)
        if any("separate" in t.cues for t in mine) or early <= LEAD_SENTENCES:
            return Dated(
                window=dates.window(main.window.start - dt.timedelta(days=1), main.window.end + dt.timedelta(days=1))
            )
    if published is not None:
        days = PASSING_DAYS if back else 31
        return Dated(window=dates.window(published - dt.timedelta(days=days), published, inferred=True))
    return main if not back else Dated(floating=Floating(offset_days=-180, slack_days=180))


# --- places --------------------------------------------------------------------------------------------------------


def weigh_mentions(doc: Document, geography: Geography, numbers: dict[int, float]) -> dict[str, tuple[float, Mention]]:
    """The worth of each place named in some sentences (with their weights) as the scene, by key."""
    worth: dict[str, tuple[float, Mention]] = {}
    for m in geography.mentions:
        number = doc.sentence_of[m.start]
        if m.demonym or number not in numbers or m.context == "border":
            continue
        base = numbers[number] * {
            "in": 3.0,
            "kind": 2.6,
            "near": 2.4,
            "start": 1.6,
            "comma": 1.2,
            "and": 1.2,
            "of": 0.8,
            "from": 0.5,
        }.get(m.context, 0.6)
        if is_dateline(doc, m):
            base *= 0.15
        base *= (0.35, 0.8, 1.1, 1.5)[m.level]
        if m.entry is None and m.context == "start":
            base *= 0.5
        if geography.country and m.country and m.country != geography.country:
            base *= 0.6
        if m.key in worth:
            old, first = worth[m.key]
            worth[m.key] = (
                old + base,
                first if (first.context in ("in", "kind", "near")) or m.context not in ("in", "kind", "near") else m,
            )
        else:
            worth[m.key] = (base, m)
    return worth


def refine(best: Mention, worth: dict[str, tuple[float, Mention]]) -> Mention:
    """A town rather than the division that holds it, where both are named."""
    if best.level >= 2:
        return best
    inside = [
        (w, m)
        for w, m in worth.values()
        if m.level > best.level
        and m.context in ("in", "near", "kind", "comma", "start")
        and (
            best.level == 0
            or m.entry is None
            or (m.entry.admin1 or "") == (best.entry.admin1 if best.entry else "")
            or (best.entry is not None and m.entry.admin1 == best.entry.name)
        )
        and (m.country is None or best.country is None or m.country == best.country)
    ]
    return max(inside, key=lambda p: p[0])[1] if inside else best


def place_main(
    doc: Document, geography: Geography, mine: list[Told], others: frozenset[int] = frozenset()
) -> Place | None:
    """The scene of the main incident: title, lead and the figures' sentences speak for a place, the dateline hardly."""
    numbers: dict[int, float] = {}
    for t in mine:
        numbers[t.sentence] = max(numbers.get(t.sentence, 0.0), 1.5 if t.sentence <= 3 else 0.8)
    for k in range(min(LEAD_SENTENCES, len(doc.sentences))):
        numbers[k] = max(numbers.get(k, 0.0), 1.6 if k <= 1 else 1.0)
    for m in doc.marks.get("sign.main_ref", ()):
        number = doc.sentence_of[m.start]
        numbers.setdefault(number, 0.5)
    for k in others:
        numbers.pop(k, None)
    worth = weigh_mentions(doc, geography, numbers)
    if not worth:
        return country_place(geography)
    best = max(worth.values(), key=lambda p: (p[0], -p[1].start))[1]
    return as_place(refine(best, worth), geography)


def place_passing(doc: Document, geography: Geography, mine: list[Told], main: Place | None) -> Place | None:
    """The scene of an incident told in passing: only its own sentences speak; else the country."""
    numbers = {t.sentence: 1.0 for t in mine}
    worth = weigh_mentions(doc, geography, numbers)
    for paragraph in {t.paragraph for t in mine}:
        head = geography.heads.get(paragraph)
        if head is not None:
            worth[head.key] = (worth.get(head.key, (0.0, head))[0] + HEAD_WORTH, head)
    own = [t.where for t in mine if t.where is not None]
    if worth:
        best = max(worth.values(), key=lambda p: (p[0], -p[1].start))[1]
        if best.level >= 1 or not own:
            return as_place(refine(best, worth), geography)
    if own:
        best = max(own, key=lambda m: m.level)
        return as_place(best, geography)
    country = (main.country if main else None) or geography.country
    return _country(country) or country_place(geography)


def country_place(geography: Geography) -> Place | None:
    """The country alone, precision 6."""
    return _country(geography.country)


def _country(code: str | None) -> Place | None:
    entry = country_entry(code) if code else None
    if entry is None:
        return None
    return Place(name=entry.name, country=code, lat=round(entry.lat, 4), lon=round(entry.lon, 4), precision=6)


# --- words ---------------------------------------------------------------------------------------------------------


def terms(doc: Document, sentences: list[int]) -> tuple[str, ...]:
    """The names and long words of some sentences, folded, for the comparison of rare shared words."""
    found: dict[str, None] = {}
    function = doc.language.not_place
    for number in sentences:
        s = doc.sentences[number]
        for k in range(s.start, s.end):
            word = doc.low[k]
            if (
                (len(word) >= 6 or (doc.words[k][0].isupper() and len(word) >= 4))
                and word not in function
                and word.isalpha()
            ):
                found[word if word.isascii() else fold(word)] = None
        if len(found) >= TERMS:
            break
    return tuple(sorted(list(found)[:TERMS]))
