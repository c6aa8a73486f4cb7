"""Which place of an article is the scene of an incident.

Each mention of a place is an option, and so is none (then the country is all that is known). An option scores the sum
of its features' weights; the mentions of one place share their probability. The main incident's scene is chosen first,
since one told in passing may have happened there too. Weights are fitted by ``tools/fit_locating.py``.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from math import exp
from typing import NamedTuple

import msgspec

from conflict_dedup.extract.cues import NO_CUES, cues
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import bucket
from conflict_dedup.extract.place_mentions import SCENE_CONTEXTS, Geography, Mention, in_apposition
from conflict_dedup.extract.scoring import UNIT, Clue, Scorer, features_of
from conflict_dedup.extract.segment import NO_GROUND, Ground, Told, is_dateline
from conflict_dedup.extract.timing import event_words

FAR = 1_000_000
REACH = 2
"""A place named so many sentences before the figures of an incident may be its scene."""
EVENT_REACH = 4
"""An event's noun so many tokens before a place puts it there: "the attack in Gao"."""
SAYING_REACH = 3
SCENE_CUES = (("ref", "sign.main_ref"), ("past", "sign.lookback"))
"""The cues of a sentence that tell of its places."""


class Scene(msgspec.Struct, frozen=True, gc=False):
    """One mention as the scene of an incident (None: no place of the text is it), with its key and its clues.

    The article's country has the key of none: either way it is all that is known.
    """

    mention: Mention | None
    key: str
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
        given, left: the first tokens of places that a list gives to its figures, and to those of other incidents.
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
    given: frozenset[int]
    left: frozenset[int]
    scene: str | None
    there: bool
    past: bool
    apart: bool


def incident(
    doc: Document, mine: list[Told], others: Ground = NO_GROUND, scene: Mention | None = None, *, main: bool
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
        others=others.sentences,
        given=frozenset([t.where.start for t in mine if t.listed and t.where]),
        left=others.places,
        scene=scene.key if scene is not None else None,
        there=not doc.sentences_with("sign.there").isdisjoint(starts),
        past=any("lookback" in t.cues for t in mine),
        apart=any("separate" in t.cues for t in mine),
    )


class Spot(msgspec.Struct, frozen=True, gc=False):
    """A mention with what it says of itself, whichever incident is asked about.

    Attributes:
        number, paragraph: its sentence and that one's paragraph.
        level, context, key: the mention's; ``kind``: its entry's, with how many live there.
        position: where in the article it stands; ``eventful``: shortly after an event's noun.
        dateline: it is the text's dateline.
        fixed: the clues that hold for any incident.
        signs: more clues that hold for the incidents of a role, without their role.
        cues: the cues of its sentence.
    """

    mention: Mention
    number: int
    paragraph: int
    level: int
    context: str
    key: str
    kind: str
    position: str
    eventful: bool
    dateline: bool
    abroad: str
    fixed: list[Clue]
    signs: list[Clue]
    cues: list[str]


class Spots(msgspec.Struct, frozen=True, gc=False):
    """The places of a document in the order of the text, and by paragraph and by key which of them they are."""

    every: list[Spot]
    by_paragraph: dict[int, list[int]]
    by_key: dict[str, list[int]]


def spots(doc: Document, geography: Geography) -> Spots:
    """The places of a document, worked out once."""
    found = doc.spots
    if found is None:
        home = geography.country
        events = event_words(doc)
        every = [spot(doc, m, home, events) for m in geography.mentions if not m.demonym]
        for finer, s in pairwise(every):
            if (
                s.level < finer.level
                and s.number == finer.number
                and in_apposition(doc, finer.mention.end, s.mention.start)
            ):
                s.signs.append((scene_holds, s.level))
        found = doc.spots = Spots(every, {}, {})
        for n, s in enumerate(every):
            found.by_paragraph.setdefault(s.paragraph, []).append(n)
            found.by_key.setdefault(s.key, []).append(n)
    return found


def around(doc: Document, found: Spots, about: Incident, heads: list[Mention]) -> list[Spot]:
    """The places among which all are that ``eligible`` lets pass: a chronicle has a thousand, of which few are near."""
    if about.role == "m":
        return found.every
    paragraphs = about.paragraphs.union([s.paragraph for s in doc.sentences[max(0, about.first - REACH) : about.first]])
    keys = {h.key for h in heads}
    if about.scene is not None:
        keys.add(about.scene)
    numbers = {n for p in paragraphs for n in found.by_paragraph.get(p, ())}
    numbers.update([n for key in keys for n in found.by_key.get(key, ())])
    return [found.every[n] for n in sorted(numbers)]


def spot(doc: Document, m: Mention, home: str | None, events: frozenset[int]) -> Spot:
    """What a mention says of itself; ``home`` is the article's country, ``events`` are the tokens of events."""
    level, country, start = m.level, m.country, m.start
    number = doc.sentence_of[start]
    s = doc.sentences[number]
    here = cues(doc).get(number, NO_CUES)
    low, code = doc.low, doc.language.code
    fixed: list[Clue] = [(scene_beside, doc.classes[start - 1], doc.classes[m.end], level)]
    if start > s.start:
        word = low[start - 1]
        fixed.append((scene_word, code, word))
        if start > s.start + 1:
            fixed.append((scene_word, code, f"{low[start - 2]} {word}"))
    signs: list[Clue] = []
    if "sign.attribution_verb" in here:
        if doc.has("sign.attribution_verb", m.end, min(m.end + SAYING_REACH, s.end)):
            signs.append((scene_says, "after"))
        if doc.has("sign.attribution_verb", max(s.start, start - SAYING_REACH - 1), start):
            signs.append((scene_says, "before"))
    return Spot(
        m,
        number,
        s.paragraph,
        level,
        m.context,
        m.key,
        kind_of(m),
        "title" if s.paragraph == 0 and doc.text_offset else POSITIONS[min(number, len(POSITIONS) - 1)],
        not events.isdisjoint(range(max(s.start, start - EVENT_REACH), start)),
        is_dateline(doc, m),
        "?" if country is None or home is None else str(country != home),
        fixed,
        signs,
        [name for name, group in SCENE_CUES if group in here] if here else [],
    )


def kind_of(m: Mention) -> str:
    """The kind of a mention's entry; towns by size, as offices, hospitals and those who speak are in the large ones."""
    entry = m.entry
    if entry is None:
        return "unknown"
    return f"town{bisect_left(TOWN_SIZES, entry.population)}" if entry.kind == "town" else entry.kind


TOWN_SIZES = (1, 5_000, 20_000, 100_000, 500_000)
"""The people that tell a village from a town and a town from a city; nought are those that nobody counted."""

POSITIONS = ("lead", "lead", "lead", "early", "early", "late")
"""Where a sentence stands, by its number."""


def scenes(doc: Document, geography: Geography, about: Incident) -> list[Scene]:
    """Every reading of where an incident happened, none first."""
    places: dict[int, str] = {}
    heads = [geography.heads[p] for p in about.paragraphs if p in geography.heads]
    role, starts, others = about.role, about.starts, about.others
    lines = sorted(starts)
    near = around(doc, spots(doc, geography), about, heads)
    offered = [s for s in near if s.number in starts or eligible(geography, s, about, heads)]
    own = max([s.level for s in offered if s.number in starts], default=-1)
    finest = max([s.level for s in offered], default=-1)
    counts: dict[str, int] = {}
    for s in offered:
        counts[s.key] = counts.get(s.key, 0) + 1
    found = [Scene(None, "", [(no_scene, role, own, finest, about.there, about.past, about.apart)])]
    for s in offered:
        number, level, key, mention, context = s.number, s.level, s.key, s.mention, s.context
        here = number in starts
        where = places.get(number)
        if where is None:
            where = places[number] = standing(s, about, lines)
        clues = [
            *s.fixed,
            (scene_kind, role, context, level, s.kind, s.position, s.eventful),
            (scene_where, role, where, level, context, s.abroad),
            (scene_rivals, role, level, counts[key], finest, own, here),
        ]
        if s.signs:
            clues += [(name, role, *values) for name, *values in s.signs]
        head = bool(heads) and any(h is mention for h in heads)
        if head or s.dateline or number in others:
            clues.append((scene_standing, role, level, s.dateline, number in others, head))
        if s.cues:
            clues += [(scene_cue, role, cue, where) for cue in s.cues]
        if here:
            start = mention.start
            gap = min([k - start for k in starts[number]], key=abs)
            clues.append((scene_near, role, "L" if gap > 0 else "R", bucket(abs(gap)), context))
            if start in about.given or start in about.left:
                clues.append((scene_listed, role, start in about.given, level))
        if role == "p":
            same = key == about.scene
            clues.append((scene_main, same, level, own, about.there, about.past, about.apart, where))
        home = level == 0 and s.abroad == "False"
        found.append(Scene(mention, "" if home else key, clues))
    return found


def eligible(geography: Geography, s: Spot, about: Incident, heads: list[Mention]) -> bool:
    """Whether a mention outside the figures' sentences may be the scene.

    That is: near them, the head of their paragraph, the main incident's scene; for the main incident the lead and what
    other incidents leave over as well. ``heads`` are the places that head the incident's paragraphs.
    """
    if heads and any(h is s.mention for h in heads):
        return True
    if geography.heads and geography.heads.get(s.paragraph) is s.mention:
        return False
    if about.role == "m":
        return s.number not in about.others
    if s.key == about.scene:
        return True
    return (
        s.paragraph in about.paragraphs and s.number not in about.others
    ) or about.first - REACH <= s.number < about.first


def standing(s: Spot, about: Incident, lines: list[int]) -> str:
    """Where a sentence stands to the incident's figures, which stand in ``lines``: with them, or before or after."""
    number = s.number
    if not lines:
        return "none"
    at = bisect_left(lines, number)
    after = lines[at] - number if at < len(lines) else FAR
    if not after:
        return "same"
    before = number - lines[at - 1] if at else FAR
    side = f"after{min(before, 3)}" if before <= after else f"before{min(after, 3)}"
    return f"{side}{s.paragraph in about.paragraphs}"


def no_scene(role: str, own: int, finest: int, there: bool, past: bool, apart: bool) -> list[str]:
    """That no place of the text is the scene."""
    return [
        "none",
        f"none|{role}|own|{own}",
        f"none|{role}|finest|{finest}|{there}",
        f"none|{role}|past|{past}|{own}",
        f"none|{role}|apart|{apart}|{own}",
    ]


def scene_kind(role: str, context: str, level: int, kind: str, position: str, eventful: bool) -> list[str]:
    """What kind of place it is, what stands before it, and where in the article; an event's noun shortly before it."""
    telling = context in SCENE_CONTEXTS
    f = [
        "place",
        f"{role}|ctx|{context}|{level}",
        f"{role}|kind|{kind}|{telling}",
        f"{role}|pos|{position}|{telling}",
        f"{role}|pos|{position}|{level}",
    ]
    if eventful:
        f.append(f"{role}|event|{telling}|{level}")
    return f


def scene_where(role: str, where: str, level: int, context: str, abroad: str) -> list[str]:
    """Where it stands to the figures, and whether it is in the country that the article is about."""
    return [
        f"{role}|where|{where}",
        f"{role}|where|{where}|{level}",
        f"{role}|where|{where}|{context}",
        f"{role}|abroad|{abroad}|{level}",
        f"{role}|abroad|{abroad}|{where == 'same'}",
    ]


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


def scene_holds(role: str, level: int) -> list[str]:
    """It is named right after a finer place, which it holds."""
    return [f"{role}|holds|{level}"]


def scene_word(code: str, words: str) -> list[str]:
    """The word or the two words before it."""
    return [f"lex|{code}|{words}"]


def scene_says(role: str, side: str) -> list[str]:
    """A verb of saying after or before it."""
    return [f"{role}|says|{side}"]


def scene_cue(role: str, cue: str, where: str) -> list[str]:
    """A cue in its sentence."""
    return [f"{role}|{cue}|{where}"]


def scene_near(role: str, side: str, distance: str, context: str) -> list[str]:
    """How near a figure it stands, and on which side."""
    return [f"{role}|near|{side}|{distance}", f"near|{side}|{context}"]


def scene_listed(role: str, mine: bool, level: int) -> list[str]:
    """A list gives it to a figure of the incident, or to one of another."""
    return [f"listed|{mine}", f"listed|{mine}|{level}", f"listed|{role}|{mine}"]


def scene_rivals(role: str, level: int, count: int, finest: int, own: int, here: bool) -> list[str]:
    """How often it is named, and how fine the other places are."""
    return [
        f"{role}|count|{min(count, 4)}|{level}",
        f"{role}|finest|{finest}|{level}",
        f"{role}|own|{own}|{level}|{here}",
    ]


def scene_main(same: bool, level: int, own: int, there: bool, past: bool, apart: bool, where: str) -> list[str]:
    """Of an incident told in passing: whether it is the main incident's scene, from which the text may set it apart."""
    return [
        f"p|main|{same}|{level}|{own}",
        f"p|main|{same}|{there}|{own}",
        f"p|main|{same}|past|{past}|{own}",
        f"p|main|{same}|apart|{apart}|{own}",
        f"p|apart|{apart}|{where}",
    ]


def choose(offered: list[Scene], scorer: Scorer) -> Mention | None:
    """The mention that speaks most for the place whose mentions together are the most probable; None for none."""
    scores = [scorer.total(s.clues) for s in offered]
    top = max(scores) / UNIT
    mass: dict[str, float] = {}
    best: dict[str, int] = {}
    named: dict[str, Mention | None] = {}
    for scene, score in zip(offered, scores, strict=True):
        key = scene.key
        if key not in mass:
            mass[key] = exp(score / UNIT - top)
        else:
            mass[key] += exp(score / UNIT - top)
            if score <= best[key]:
                continue
        best[key], named[key] = score, scene.mention
    return named[max(mass, key=mass.__getitem__)]
