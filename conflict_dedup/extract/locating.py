"""Which place of an article is the scene of an incident.

Each mention of a place is an option, and so is none (then the country is all that is known). An option scores the sum
of its features' weights; the mentions of one place share their probability. The main incident's scene is chosen first,
since one told in passing may have happened there too. Weights are fitted by ``tools/fit_locating.py``.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import msgspec

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import bucket
from conflict_dedup.extract.places import Geography, Mention
from conflict_dedup.extract.scoring import Clue, Scorer, features_of
from conflict_dedup.extract.segment import Told, is_dateline
from conflict_dedup.extract.timing import eventful

REACH = 2
"""A place named so many sentences before the figures of an incident may be its scene."""
EVENT_REACH = 4
"""An event's noun so many tokens before a place puts it there: "the attack in Gao"."""
SAYING_REACH = 3
TELLING = frozenset(("in", "near", "kind"))
ROLES = ("m", "p")
"""An incident is the article's main one, or told in passing."""
CUES = (("ref", "sign.main_ref"), ("past", "sign.lookback"))
"""The cues of a sentence that tell of its places."""


class Scene(msgspec.Struct, frozen=True):
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
        there=not doc.sentences_with("sign.there").isdisjoint(starts),
        past=any("lookback" in t.cues for t in mine),
        apart=any("separate" in t.cues for t in mine),
    )


class Spot(msgspec.Struct, frozen=True):
    """A mention with what it says of itself, whichever incident is asked about.

    Attributes:
        number, paragraph: its sentence and that one's paragraph.
        level, key: the mention's.
        dateline: it is the text's dateline.
        fixed: the clues that hold for any incident.
        signs: the clues that hold for the main incident, and those for one told in passing.
        cues: the cues of its sentence.
    """

    mention: Mention
    number: int
    paragraph: int
    level: int
    key: str
    dateline: bool
    abroad: str
    fixed: list[Clue]
    signs: dict[str, list[Clue]]
    cues: list[str]


def spots(doc: Document, geography: Geography) -> list[Spot]:
    """The places of a document, worked out once."""
    if doc.spots is None:
        home = geography.country
        doc.spots = [spot(doc, m, home) for m in geography.mentions if not m.demonym]
    return doc.spots


def spot(doc: Document, m: Mention, home: str | None) -> Spot:
    """What a mention says of itself; ``home`` is the country that the article is about."""
    level, country = m.level, m.country
    number = doc.sentence_of[m.start]
    s = doc.sentences[number]
    telling = m.context in TELLING
    title = s.paragraph == 0 and doc.text_offset > 0
    position = "title" if title else "lead" if number <= 2 else "early" if number <= 4 else "late"
    code = doc.language.code
    fixed: list[Clue] = [(scene_beside, doc.classes[m.start - 1], doc.classes[m.end], level)]
    if m.start > s.start:
        fixed.append((scene_word, code, doc.low[m.start - 1]))
        if m.start > s.start + 1:
            fixed.append((scene_word, code, f"{doc.low[m.start - 2]} {doc.low[m.start - 1]}"))
    kind = m.entry.kind if m.entry is not None else "unknown"
    signs: dict[str, list[Clue]] = {
        role: [(scene_kind, role, m.context, level, kind, telling), (scene_position, role, position, telling, level)]
        for role in ROLES
    }
    beside: list[Clue] = []
    if eventful(doc, max(s.start, m.start - EVENT_REACH), m.start):
        beside.append((scene_event, telling, level))
    if doc.has("sign.attribution_verb", m.end, min(m.end + SAYING_REACH, s.end)):
        beside.append((scene_says, "after"))
    if doc.has("sign.attribution_verb", max(s.start, m.start - SAYING_REACH - 1), m.start):
        beside.append((scene_says, "before"))
    for name, *values in beside:
        for role in ROLES:
            signs[role].append((name, role, *values))
    return Spot(
        mention=m,
        number=number,
        paragraph=s.paragraph,
        level=level,
        key=m.key,
        dateline=is_dateline(doc, m),
        abroad="?" if country is None or home is None else str(country != home),
        fixed=fixed,
        signs=signs,
        cues=[name for name, group in CUES if number in doc.sentences_with(group)],
    )


def scenes(doc: Document, geography: Geography, about: Incident) -> list[Scene]:
    """Every reading of where an incident happened, none first."""
    places: dict[int, str] = {}
    heads = [geography.heads[p] for p in about.paragraphs if p in geography.heads]
    offered = [s for s in spots(doc, geography) if eligible(geography, s, about, heads)]
    own = max((s.level for s in offered if s.number in about.starts), default=-1)
    finest = max((s.level for s in offered), default=-1)
    counts = Counter(s.key for s in offered)
    role = about.role
    found = [Scene(None, [(no_scene, role, own, finest, about.there, about.past, about.apart)])]
    for s in offered:
        here = s.number in about.starts
        where = places.get(s.number)
        if where is None:
            where = places[s.number] = standing(s, about)
        head = bool(heads) and any(h is s.mention for h in heads)
        clues = [
            *s.fixed,
            *s.signs[role],
            (scene_where, role, where, s.level, s.mention.context, s.abroad),
            (scene_standing, role, s.level, s.dateline, s.number in about.others, head),
            (scene_rivals, role, s.level, counts[s.key], finest, own, here),
        ]
        clues += [(scene_cue, role, cue, where) for cue in s.cues]
        if here:
            start = s.mention.start
            nearest = min(about.starts[s.number], key=lambda k: abs(k - start))
            side = "L" if start < nearest else "R"
            clues.append((scene_near, role, side, bucket(abs(start - nearest)), s.mention.context))
        if role == "p":
            same = s.key == about.scene
            clues.append((scene_main, same, s.level, own, about.there, about.past))
            clues.append((scene_apart, same, about.apart, own, where))
        found.append(Scene(s.mention, clues))
    return found


def eligible(geography: Geography, s: Spot, about: Incident, heads: list[Mention]) -> bool:
    """Whether a mention may be the scene: near the figures, the head of their paragraph, the main incident's scene.

    For the main incident the lead and what other incidents leave over count as well. ``heads`` are the places that
    head the incident's paragraphs.
    """
    if s.number in about.starts:
        return True
    if heads and any(h is s.mention for h in heads):
        return True
    if geography.heads.get(s.paragraph) is s.mention:
        return False
    if about.role == "m":
        return s.number not in about.others
    if s.key == about.scene:
        return True
    return (
        s.paragraph in about.paragraphs and s.number not in about.others
    ) or about.first - REACH <= s.number < about.first


def standing(s: Spot, about: Incident) -> str:
    """Where a sentence stands to the incident's figures: with them, or how far before or after."""
    number = s.number
    if number in about.starts:
        return "same"
    if not about.starts:
        return "none"
    nearest = min(about.starts, key=lambda k: (abs(k - number), k))
    side = "before" if nearest > number else "after"
    return f"{side}{min(abs(nearest - number), 3)}{s.paragraph in about.paragraphs}"


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
    return [
        f"{role}|count|{min(count, 4)}|{level}",
        f"{role}|finest|{finest}|{level}",
        f"{role}|own|{own}|{level}|{here}",
    ]


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
