"""Who speaks in a sentence: what the attribution of a figure is read from, and a sign of what its number counts."""

from __future__ import annotations

from conflict_dedup.extract.document import NOWHERE, Document, Mark

ATTRIBUTION_ORDER = (
    "UN",
    "monitor",
    "hospital",
    "civil_defence",
    "army",
    "police",
    "militants",
    "security_sources",
    "local_official",
    "witness",
    "media",
    "government",
)
SPEAKERS = tuple([f"attribution.{name}" for name in ATTRIBUTION_ORDER])
ACRONYM = "acronym"
"""A speaker that no list has, whose name is its initials: mostly a body that keeps count ("RSF said")."""
ACRONYM_LETTERS = range(3, 7)
NOBODY: tuple[list[Mark], list[tuple[int, Mark]]] = ([], [])


def speakers(doc: Document) -> dict[int, tuple[list[Mark], list[tuple[int, Mark]]]]:
    """By sentence, its verbs of saying and those who may speak, with their rank in ``ATTRIBUTION_ORDER``."""
    found = doc.speakers
    if found is not None:
        return found
    found = doc.speakers = {}
    for m in doc.marks.get("sign.attribution_verb", ()):
        found.setdefault(doc.sentence_of[m.start], ([], []))[0].append(m)
    listed = [(rank, m) for rank, group in enumerate(SPEAKERS) for m in doc.marks.get(group, ())]
    longest: dict[int, int] = {}  # by its last token, where the longest of them begins
    for _, m in listed:
        longest[m.end] = min(m.start, longest.get(m.end, m.start))
    for rank, m in listed:
        if longest[m.end] == m.start:  # "a MONUSCO spokesman" is no government's
            found.setdefault(doc.sentence_of[m.start], ([], []))[1].append((rank, m))
    return found


def speaking(doc: Document) -> dict[int, tuple[str, ...]]:
    """By sentence with a verb of saying, the kinds of those who may speak, each once and in order."""
    found = {
        number: {ATTRIBUTION_ORDER[rank] for rank, _ in listed}
        for number, (verbs, listed) in speakers(doc).items()
        if verbs
    }
    verbs = doc.at.get("sign.attribution_verb", NOWHERE)
    if verbs and not doc.upper:
        words, last = doc.words, len(doc.words)
        for m in verbs.values():
            for k in (m.start - 1, m.end, m.end + 1):  # "according to the ICRC"
                if 0 <= k < last and len(words[k]) in ACRONYM_LETTERS and words[k].isalpha() and words[k].isupper():
                    here = found.get(doc.sentence_of[k])
                    if here is not None:
                        here.add(ACRONYM)
    return {number: tuple(sorted(kinds)) for number, kinds in found.items() if kinds}
