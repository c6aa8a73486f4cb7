"""Who did it, to whom, and who claimed it; and what kind of event it was."""

from __future__ import annotations

from collections import defaultdict

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.segment import Told
from conflict_dedup.model import EVENT_TYPES, Actors, EventType

SPECIFIC: dict[str, float] = {
    "bombing": 1.5,
    "air_strike": 2.2,
    "shelling": 1.8,
    "battle": 1.4,
    "massacre": 1.3,
    "hostage_taking": 1.0,
    "armed_attack": 0.8,
}
"""How much one word for each type counts: "attack" is said of every type, "air strike" of one."""

ACTORS = tuple([(f"actor.{kind}", kind) for kind in ("militants", "gunmen", "gangs", "militia", "army", "police")])
TARGET = {
    "soldiers": "army",
    "police": "police",
    "civilians": "civilians",
    "children": "civilians",
    "women": "civilians",
    "journalists": "journalists",
    "aid_workers": "aid workers",
    "militants": "militants",
}
ACT_REACH = 6


def event_type(doc: Document, sentences: list[int], told: list[Told], *, lead: bool) -> EventType:
    """The type that most words of the incident's sentences speak for; the title and the lead count for the main one.

    Where its own sentences name none, those beside them do ("Gunmen came at dusk. Four herders died."), for the main
    incident any of the article; people who were only abducted were taken hostage.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    for rank, number in enumerate(sentences):
        counts = doc.event_counts.get(number)
        if counts:
            factor = 2.0 if lead and number <= 1 else 1.0 if rank < 4 else 0.5
            for kind, count in counts.items():
                votes[kind] += factor * SPECIFIC[kind] * min(count, 3)
    if not votes and told and all(t.decision.effect == "abducted" for t in told):
        return "hostage_taking"
    if not votes:
        for number in beside(doc, sentences):
            for kind, count in doc.event_counts.get(number, {}).items():
                votes[kind] += SPECIFIC[kind] * min(count, 3)
    if not votes and lead:
        for counts in doc.event_counts.values():
            for kind, count in counts.items():
                votes[kind] += SPECIFIC[kind] * min(count, 3)
    if not votes:
        return "other"
    return max(EVENT_TYPES, key=lambda e: votes.get(e, 0.0))


def beside(doc: Document, sentences: list[int]) -> list[int]:
    """The sentences right before and after some, of the same paragraphs."""
    found = {k for number in sentences for k in (number - 1, number + 1)} - set(sentences)
    paragraphs = {doc.sentences[number].paragraph for number in sentences}
    return [k for k in sorted(found) if 0 <= k < len(doc.sentences) and doc.sentences[k].paragraph in paragraphs]


def actors(doc: Document, sentences: list[int], told: list[Told]) -> Actors:
    """Perpetrators, targets and claimants in the incident's sentences, each in order of appearance."""
    perpetrators: list[str] = []
    claimed: list[str] = []
    names = [one for one in doc.named if one.name]
    by = doc.language.sets["by"]
    present = [(kind, doc.marks[group]) for group, kind in ACTORS if group in doc.marks]
    for number in sentences:
        s = doc.sentences[number]
        for one in names:
            if not s.start <= one.start < s.end:
                continue
            if doc.has("actor.claim", s.start, s.end):
                claimed.append(one.name)
            elif (one.start and doc.low[one.start - 1] in by) or acts(doc, one.end, s.end):
                perpetrators.append(one.name)
        for kind, marks in present:
            for m in marks:
                if not s.start <= m.start < s.end:
                    continue
                agent = m.start > 0 and doc.low[m.start - 1] in by
                if agent or acts(doc, m.end, s.end):
                    perpetrators.append(kind)
    targets = [TARGET[t.decision.quantity.category] for t in told if t.decision.quantity.category in TARGET]
    return Actors(_unique(perpetrators), _unique(targets), _unique(claimed))


def acts(doc: Document, start: int, end: int) -> bool:
    """Whether a verb of attack or an active verb of killing follows within a few tokens."""
    language = doc.language
    auxiliaries, perfect = language.sets["aux"], language.sets["perfect"]
    for k in range(start, min(end, start + ACT_REACH)):
        token = doc.low[k]
        if token in auxiliaries and token not in perfect:
            return False
        if not token[0].isalnum():
            return False
        for group in ("killed", "injured", "abducted"):
            mark = doc.at.get(group, {}).get(k)
            if mark and mark.tag.sign in ("act", "amb"):
                return True
        mark = doc.at.get("event.armed_attack", {}).get(k)
        if mark and token.endswith(language.verb_endings):
            return True
    return False


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
