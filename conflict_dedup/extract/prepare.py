"""From an article to a document ready for the decisions: its language, its tokens, its dates, its places."""

from __future__ import annotations

from conflict_dedup.extract import dates, places
from conflict_dedup.extract.document import NOWHERE, Document, document
from conflict_dedup.lexicon.detect import detect
from conflict_dedup.lexicon.language import LANGUAGES, language
from conflict_dedup.model import Article


def prepare(article: Article) -> Document:
    """Tokenises, tags, dates and places an article in its language: its ``lang`` if that has a file."""
    stated = (article.lang or "").lower()[:2]
    code = stated if stated in LANGUAGES else detect(f"{article.title} {article.text}")
    doc = document(article, language(code))
    doc.dates = dates.find(doc)
    no_modals(doc)
    no_accidents(doc)
    doc.dated = frozenset(k for w in doc.dates if w.anchor == "absolute" for k in range(w.start, w.end))
    doc.geography = places.find(doc)
    return doc


def no_modals(doc: Document) -> None:
    """Takes months from the cues of what might be: "May" in a date, or with a capital within a sentence of the text.

    In a headline every word may have a capital. The marks of ``doc.marks`` are views of those of ``doc.at``, so that
    both lose it; cues by sentence are asked for later.
    """
    modals = doc.at.get("sign.hypothetical")
    if not modals or not doc.language.calendar_capitals:
        return
    starts = {s.start for s in doc.sentences}
    for k in [k for k in modals if doc.low[k] in doc.language.months]:
        first = k in starts
        in_date = any(w.start <= k < w.end and (first or w.end - w.start > 1) for w in doc.dates)
        capital = not (doc.upper or first or doc.begin[k] < doc.text_offset) and doc.words[k][0].isupper()
        if in_date or capital:
            del modals[k]


def no_accidents(doc: Document) -> None:
    """Takes from the cues of accidents those of what an attack brought about: "fired at the bus, which plunged"."""
    accidents = doc.at.get("sign.nonconflict")
    if not accidents:
        return
    caused: list[int] = []
    for group in ATTACKS:
        for k, mark in doc.at.get(group, NOWHERE).items():
            if k in accidents or not doc.low[k].endswith(doc.language.verb_endings):
                continue
            stop = min(doc.sentences[doc.sentence_of[k]].end, mark.end + CAUSED_REACH)
            for j in range(mark.end, stop):
                if doc.low[j] in (";", ":"):
                    break
                if j in accidents:
                    caused.append(j)
    for k in caused:
        accidents.pop(k, None)


ATTACKS = ("event.armed_attack", "event.air_strike", "event.shelling")
"""What brings about collapses, fires and falls; an explosion may be an accident itself."""
CAUSED_REACH = 12
"""In so many tokens after its verb is told what an attack brought about."""
