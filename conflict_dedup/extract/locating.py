"""Which place of an article is the scene of an incident.

Each mention of a place is an option, and so is none (then the country is all that is known). An option scores the sum
of its features' weights; the mentions of one place share their probability. The main incident's scene is chosen first,
since one told in passing may have happened there too. Weights are fitted by ``tools/fit_locating.py``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import bucket, token_class
from conflict_dedup.extract.places import Geography, Mention
from conflict_dedup.extract.scoring import Clue, Scorer, features_of
from conflict_dedup.extract.segment import Told, is_dateline
from conflict_dedup.extract.timing import EVENT_GROUPS

REACH = 2
"""A place named so many sentences before the figures of an incident may be its scene."""
EVENT_REACH = 4
"""An event's noun so many tokens before a place puts it there: "the attack in Gao"."""
SAYING_REACH = 3
TELLING = frozenset(("in", "near", "kind"))


class Scene(NamedTuple):
    """One mention as the scene of an incident (None: no place of the text is it), with its clues."""

    mention: Mention | None
    clues: list[Clue]

    @property
    def features(self) -> list[str]:
        """The names of its features, as they are fitted."""
        return features_of(self.clues)


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
    found = [Scene(None, [(no_scene, role, own, finest, about.there, about.past, about.apart)])]
    for m in offered:
        clues = scene_clues(doc, geography, m, about)
        here = doc.sentence_of[m.start] in about.starts
        clues.append((scene_rivals, role, m.level, min(counts[m.key], 4), finest, own, here))
        if role == "p":
            where = standing(doc, doc.sentence_of[m.start], about)
            clues.append((scene_main, m.key == about.scene, m.level, own, about.there, about.past))
            clues.append((scene_apart, m.key == about.scene, about.apart, own, where))
        found.append(Scene(m, clues))
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


def scene_clues(doc: Document, geography: Geography, m: Mention, about: Incident) -> list[Clue]:
    """The signs that a mention names the scene."""
    role, level, context = about.role, m.level, m.context
    number = doc.sentence_of[m.start]
    s = doc.sentences[number]
    where = standing(doc, number, about)
    telling = context in TELLING
    home, country = geography.country, m.country
    abroad = "?" if country is None or home is None else str(country != home)
    title = s.paragraph == 0 and doc.text_offset > 0
    position = "title" if title else "lead" if number <= 2 else "early" if number <= 4 else "late"
    code = doc.language.code
    head = any(geography.heads.get(p) is m for p in about.paragraphs)
    clues: list[Clue] = [
        (scene_kind, role, context, level, m.entry.kind if m.entry is not None else "unknown", telling),
        (scene_where, role, where, level, context, abroad),
        (scene_position, role, position, telling, level),
        (scene_beside, token_class(doc, m.start - 1), token_class(doc, m.end), level),
        (scene_standing, role, level, is_dateline(doc, m), number in about.others, head),
    ]
    if m.start > s.start:
        clues.append((scene_word, code, doc.low[m.start - 1]))
        if m.start > s.start + 1:
            clues.append((scene_word, code, f"{doc.low[m.start - 2]} {doc.low[m.start - 1]}"))
    if any(doc.has(g, max(s.start, m.start - EVENT_REACH), m.start) for g in EVENT_GROUPS):
        clues.append((scene_event, role, telling, level))
    if doc.has("sign.attribution_verb", m.end, min(m.end + SAYING_REACH, s.end)):
        clues.append((scene_says, role, "after"))
    if doc.has("sign.attribution_verb", max(s.start, m.start - SAYING_REACH - 1), m.start):
        clues.append((scene_says, role, "before"))
    if doc.has("sign.main_ref", s.start, s.end):
        clues.append((scene_cue, role, "ref", where))
    if doc.has("sign.lookback", s.start, s.end):
        clues.append((scene_cue, role, "past", where))
    if where == "same":
        nearest = min(about.starts[number], key=lambda k: abs(k - m.start))
        side = "L" if m.start < nearest else "R"
        clues.append((scene_near, role, side, bucket(abs(m.start - nearest)), context))
    return clues


def no_scene(role: str, own: int, finest: int, there: bool, past: bool, apart: bool) -> list[str]:
    """That no place of the text is the scene."""
    return [
        "none",
        f"none|{role}|own|{own}",
        f"none|{role}|finest|{finest}|{there}",
        f"none|{role}|past|{past}|{own}",
        f"none|{role}|apart|{apart}|{own}",
    ]


def scene_kind(role: str, context: str, level: int, kind: str, telling: bool) -> list[str]:
    """What kind of place it is, and what stands before it."""
    return ["place", f"{role}|ctx|{context}|{level}", f"{role}|kind|{kind}|{telling}"]


def scene_where(role: str, where: str, level: int, context: str, abroad: str) -> list[str]:
    """Where it stands to the figures, and whether it is in the country that the article is about."""
    return [
        f"{role}|where|{where}",
        f"{role}|where|{where}|{level}",
        f"{role}|where|{where}|{context}",
        f"{role}|abroad|{abroad}|{level}",
        f"{role}|abroad|{abroad}|{where == 'same'}",
    ]


def scene_position(role: str, position: str, telling: bool, level: int) -> list[str]:
    """Where in the article it stands."""
    return [f"{role}|pos|{position}|{telling}", f"{role}|pos|{position}|{level}"]


def scene_beside(before: str, after: str, level: int) -> list[str]:
    """The tokens beside it."""
    return [f"b|{before}|{level}", f"a|{after}|{level}"]


def scene_standing(role: str, level: int, dateline: bool, others: bool, head: bool) -> list[str]:
    """Whether it is the dateline, in another incident's sentence, or heads a paragraph of this one."""
    f = [f"{role}|dateline|{level}"] if dateline else []
    if others:
        f.append(f"{role}|others")
    if head:
        f.append(f"{role}|head|{level}")
    return f


def scene_word(code: str, words: str) -> list[str]:
    """The word or the two words before it."""
    return [f"lex|{code}|{words}"]


def scene_event(role: str, telling: bool, level: int) -> list[str]:
    """An event's noun shortly before it."""
    return [f"{role}|event|{telling}|{level}"]


def scene_says(role: str, side: str) -> list[str]:
    """A verb of saying after or before it."""
    return [f"{role}|says|{side}"]


def scene_cue(role: str, cue: str, where: str) -> list[str]:
    """A cue in its sentence."""
    return [f"{role}|{cue}|{where}"]


def scene_near(role: str, side: str, distance: str, context: str) -> list[str]:
    """How near a figure it stands, and on which side."""
    return [f"{role}|near|{side}|{distance}", f"near|{side}|{context}"]


def scene_rivals(role: str, level: int, count: int, finest: int, own: int, here: bool) -> list[str]:
    """How often it is named, and how fine the other places are."""
    return [f"{role}|count|{count}|{level}", f"{role}|finest|{finest}|{level}", f"{role}|own|{own}|{level}|{here}"]


def scene_main(same: bool, level: int, own: int, there: bool, past: bool) -> list[str]:
    """Of an incident told in passing: whether it is the main incident's scene."""
    return [f"p|main|{same}|{level}|{own}", f"p|main|{same}|{there}|{own}", f"p|main|{same}|past|{past}|{own}"]


def scene_apart(same: bool, apart: bool, own: int, where: str) -> list[str]:
    """Of an incident told in passing: whether the text sets it apart from the main one."""
    return [f"p|main|{same}|apart|{apart}|{own}", f"p|apart|{apart}|{where}"]


def choose(offered: list[Scene], scorer: Scorer) -> Mention | None:
    """The mention that speaks most for the place whose mentions together are the most probable; None for none."""
    scores = [scorer.score(s.clues) for s in offered]
    top = max(scores)
    mass: dict[str, float] = {}
    best: dict[str, tuple[float, Mention | None]] = {}
    for scene, score in zip(offered, scores, strict=True):
        key = scene.mention.key if scene.mention is not None else ""
        mass[key] = mass.get(key, 0.0) + math.exp(score - top)
        if key not in best or score > best[key][0]:
            best[key] = (score, scene.mention)
    return best[max(mass, key=lambda k: mass[k])][1]
