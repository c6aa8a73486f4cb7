"""Which place of an article is the scene of an incident.

Each mention of a place is an option, and so is none (then the country is all that is known). An option scores the sum
of its features' weights; the mentions of one place share their probability. The main incident's scene is chosen first,
since one told in passing may have happened there too. Weights are fitted by ``tools/fit_locating.py``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from conflict_dedup.extract.decide import NOUGHTS, Weights
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import bucket, token_class
from conflict_dedup.extract.places import Geography, Mention
from conflict_dedup.extract.segment import Told, is_dateline
from conflict_dedup.extract.timing import EVENT_GROUPS

REACH = 2
"""A place named so many sentences before the figures of an incident may be its scene."""
EVENT_REACH = 4
"""An event's noun so many tokens before a place puts it there: "the attack in Gao"."""
SAYING_REACH = 3
TELLING = frozenset(("in", "near", "kind"))


class Scene(NamedTuple):
    """One mention as the scene of an incident (None: no place of the text is it), with its features."""

    mention: Mention | None
    features: list[str]


class Incident(NamedTuple):
    """What is known of an incident before its place is.

    Attributes:
        role: ``m`` for the article's main incident, ``p`` for one told in passing.
        starts: by sentence, the first tokens of its figures.
        others: sentences that hold figures of other incidents only.
        scene: the key of the main incident's scene, where this one is told in passing.
        there: a sentence of it speaks of "the town", "there" or "the same market" without naming it.
        past: a sentence of it looks back.
        apart: a sentence of it says that it is another one: "in a separate incident".
    """

    role: str
    starts: dict[int, list[int]]
    paragraphs: frozenset[int]
    first: int
    others: frozenset[int]
    scene: str | None
    there: bool
    past: bool
    apart: bool


def incident(
    doc: Document, mine: list[Told], others: frozenset[int] = frozenset(), scene: Mention | None = None, *, main: bool
) -> Incident:
    """The incident of some figures; ``scene`` is the main incident's, where this one is told in passing."""
    starts: dict[int, list[int]] = {}
    for t in mine:
        starts.setdefault(t.sentence, []).append(t.decision.quantity.start)
    return Incident(
        role="m" if main else "p",
        starts=starts,
        paragraphs=frozenset(t.paragraph for t in mine),
        first=min(starts, default=0),
        others=others - starts.keys(),
        scene=scene.key if scene is not None else None,
        there=any(doc.has("sign.there", doc.sentences[k].start, doc.sentences[k].end) for k in starts),
        past=any("lookback" in t.cues for t in mine),
        apart=any("separate" in t.cues for t in mine),
    )


def scenes(doc: Document, geography: Geography, about: Incident) -> list[Scene]:
    """Every reading of where an incident happened, none first."""
    offered = [m for m in geography.mentions if not m.demonym and eligible(doc, geography, m, about)]
    own = max((m.level for m in offered if doc.sentence_of[m.start] in about.starts), default=-1)
    finest = max((m.level for m in offered), default=-1)
    counts: dict[str, int] = {}
    for m in offered:
        counts[m.key] = counts.get(m.key, 0) + 1
    role = about.role
    none = [
        "none",
        f"none|{role}|own|{own}",
        f"none|{role}|finest|{finest}|{about.there}",
        f"none|{role}|past|{about.past}|{own}",
        f"none|{role}|apart|{about.apart}|{own}",
    ]
    found = [Scene(None, none)]
    for m in offered:
        f = features(doc, geography, m, about)
        level = m.level
        f.append(f"{role}|count|{min(counts[m.key], 4)}|{level}")
        f.append(f"{role}|finest|{finest}|{level}")
        f.append(f"{role}|own|{own}|{level}|{doc.sentence_of[m.start] in about.starts}")
        if role == "p":
            same = m.key == about.scene
            f.append(f"p|main|{same}|{level}|{own}")
            f.append(f"p|main|{same}|{about.there}|{own}")
            f.append(f"p|main|{same}|past|{about.past}|{own}")
            f.append(f"p|main|{same}|apart|{about.apart}|{own}")
            f.append(f"p|apart|{about.apart}|{standing(doc, doc.sentence_of[m.start], about)}")
        found.append(Scene(m, f))
    return found


def eligible(doc: Document, geography: Geography, m: Mention, about: Incident) -> bool:
    """Whether a mention may be the scene: near the figures, the head of their paragraph, the main incident's scene.

    For the main incident the lead and what other incidents leave over count as well.
    """
    number = doc.sentence_of[m.start]
    if number in about.starts:
        return True
    paragraph = doc.sentences[number].paragraph
    if any(geography.heads.get(p) is m for p in about.paragraphs):
        return True
    if geography.heads.get(paragraph) is m:
        return False
    if about.role == "m":
        return number not in about.others
    if m.key == about.scene:
        return True
    return (paragraph in about.paragraphs and number not in about.others) or about.first - REACH <= number < about.first


def standing(doc: Document, number: int, about: Incident) -> str:
    """Where a sentence stands to the incident's figures: with them, or how far before or after."""
    if number in about.starts:
        return "same"
    if not about.starts:
        return "none"
    nearest = min(about.starts, key=lambda k: (abs(k - number), k))
    side = "before" if nearest > number else "after"
    beside = doc.sentences[number].paragraph in about.paragraphs
    return f"{side}{min(abs(nearest - number), 3)}{beside}"


def features(doc: Document, geography: Geography, m: Mention, about: Incident) -> list[str]:
    """The signs that a mention names the scene."""
    role, level, context = about.role, m.level, m.context
    number = doc.sentence_of[m.start]
    s = doc.sentences[number]
    where = standing(doc, number, about)
    telling = context in TELLING
    home = geography.country
    abroad = "?" if m.country is None or home is None else str(m.country != home)
    title = s.paragraph == 0 and doc.text_offset > 0
    position = "title" if title else "lead" if number <= 2 else "early" if number <= 4 else "late"
    code = doc.language.code
    f = [
        "place",
        f"{role}|ctx|{context}|{level}",
        f"{role}|kind|{m.entry.kind if m.entry is not None else 'unknown'}|{telling}",
        f"{role}|where|{where}",
        f"{role}|where|{where}|{level}",
        f"{role}|where|{where}|{context}",
        f"{role}|pos|{position}|{telling}",
        f"{role}|pos|{position}|{level}",
        f"{role}|abroad|{abroad}|{level}",
        f"{role}|abroad|{abroad}|{where == 'same'}",
        f"b|{token_class(doc, m.start - 1)}|{level}",
        f"a|{token_class(doc, m.end)}|{level}",
    ]
    if m.start > s.start:
        f.append(f"lex|{code}|{doc.low[m.start - 1]}")
        if m.start > s.start + 1:
            f.append(f"lex|{code}|{doc.low[m.start - 2]} {doc.low[m.start - 1]}")
    if is_dateline(doc, m):
        f.append(f"{role}|dateline|{level}")
    if number in about.others:
        f.append(f"{role}|others")
    if any(doc.has(g, max(s.start, m.start - EVENT_REACH), m.start) for g in EVENT_GROUPS):
        f.append(f"{role}|event|{telling}|{level}")
    if doc.has("sign.attribution_verb", m.end, min(m.end + SAYING_REACH, s.end)):
        f.append(f"{role}|says|after")
    if doc.has("sign.attribution_verb", max(s.start, m.start - SAYING_REACH - 1), m.start):
        f.append(f"{role}|says|before")
    if doc.has("sign.main_ref", s.start, s.end):
        f.append(f"{role}|ref|{where}")
    if doc.has("sign.lookback", s.start, s.end):
        f.append(f"{role}|past|{where}")
    if any(geography.heads.get(p) is m for p in about.paragraphs):
        f.append(f"{role}|head|{level}")
    if where == "same":
        starts = about.starts[number]
        nearest = min(starts, key=lambda k: abs(k - m.start))
        side = "L" if m.start < nearest else "R"
        f.append(f"{role}|near|{side}|{bucket(abs(m.start - nearest))}")
        f.append(f"near|{side}|{context}")
    return f


def choose(offered: list[Scene], w: Weights) -> Mention | None:
    """The mention that speaks most for the place whose mentions together are the most probable; None for none."""
    get = w.get
    scores = [sum(map(get, s.features, NOUGHTS)) for s in offered]
    top = max(scores)
    mass: dict[str, float] = {}
    best: dict[str, tuple[float, Mention | None]] = {}
    for scene, score in zip(offered, scores, strict=True):
        key = scene.mention.key if scene.mention is not None else ""
        mass[key] = mass.get(key, 0.0) + math.exp(score - top)
        if key not in best or score > best[key][0]:
            best[key] = (score, scene.mention)
    return best[max(mass, key=lambda k: mass[k])][1]
