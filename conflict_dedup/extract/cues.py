"""The cues of an article by sentence: what the features of its figures, dates and places ask for most."""

from __future__ import annotations

from conflict_dedup.extract.document import Document, Mark

SIGNS = (
    "sign.released",
    "sign.judicial",
    "sign.cumulative",
    "sign.hypothetical",
    "sign.nonconflict",
    "sign.subset",
    "sign.superseded",
    "sign.toll_verb",
    "sign.negated",
    "sign.lookback",
    "sign.violent",
)
"""The cues that tell whether a number of their sentence is a figure."""
CUES = (
    *SIGNS,
    "sign.addition",
    "sign.attribution_verb",
    "sign.main_ref",
    "sign.separate",
)

Cues = dict[str, list[Mark]]
NO_CUES: Cues = {}


def cues(doc: Document) -> dict[int, Cues]:
    """By sentence, its cues by group and in order; worked out once."""
    found = doc.cues
    if found is None:
        found = doc.cues = {}
        sentence_of = doc.sentence_of
        for group in CUES:
            for m in doc.marks.get(group, ()):
                number = sentence_of[m.start]
                here = found.get(number)
                if here is None:
                    found[number] = {group: [m]}
                elif group in here:
                    here[group].append(m)
                else:
                    here[group] = [m]
    return found
