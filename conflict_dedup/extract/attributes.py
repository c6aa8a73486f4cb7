"""What a decided figure is beyond its number: part of another, withdrawn, according to whom."""

from __future__ import annotations

import math

from conflict_dedup.extract.actors import HEDGES, is_agent
from conflict_dedup.extract.cues import NO_CUES, cues
from conflict_dedup.extract.document import EVENTS, NOWHERE, Document, Mark
from conflict_dedup.extract.numerals import Quantity
from conflict_dedup.extract.quantities import COUNTED_ROLES
from conflict_dedup.extract.scoring import Clue, plain
from conflict_dedup.extract.segment import Told
from conflict_dedup.extract.speakers import ATTRIBUTION_ORDER, NOBODY, speakers
from conflict_dedup.lexicon.language import Tag

CUE_REACH = 12
SPEAKER_REACH = 6
"""A verb of saying stands at most so many tokens from its speaker."""


REBELS = ATTRIBUTION_ORDER.index("militants")
"""An armed group called by its name speaks for itself."""
NO_TAG = Tag("", "")


def against(value: int, other: int) -> str:
    """How a number stands to another, 0 meaning that there is none."""
    return "none" if not other else "below" if value < other else "same" if value == other else "above"


def attribute_clues(doc: Document, told: list[Told], members: list[int], n: int) -> list[Clue]:
    """The signs that figure ``members[n]`` is part of another of its incident, or an earlier toll."""
    t = told[members[n]]
    q, effect, number = t.decision.quantity, t.decision.effect, t.sentence
    kind = f"one.{q.determiner}" if q.style == "one" else q.kind
    before: list[Told] = []  # the figures of its effect before it, those of them in its sentence, and those after it
    here: list[Told] = []
    after: list[Told] = []
    run: list[int] = []  # the numbers of its effect in its sentence
    top_before = top = 0
    for k, i in enumerate(members):
        o = told[i]
        d = o.decision
        if d.effect != effect:
            continue
        other = d.quantity
        value = other.value
        if k != n:
            (before if k < n else after).append(o)
            top = max(top, value)
        else:
            top_before = top
        if o.sentence == number:
            if other.style != "vague":
                run.append(value)
            if k < n:
                here.append(o)
    part = q.category != "total"
    share = ""
    if q.value < top:
        ratio = q.value / top
        share = "tenth" if ratio < 0.1 else "quarter" if ratio < 0.25 else "half" if ratio < 0.5 else "most"
    clues: list[Clue] = [
        (figure_self, kind, q.shape, q.bound, effect, n == 0),
        (figure_victims, q.category, q.of_them, q.more, against(q.value, top), share),
        (figure_rank, against(q.value, top_before), min(len(here), 3)),
    ]
    if here:
        clues += after_figure(doc, t, here)
    else:
        clues.append((plain, "prev|none"))
        recent = [o for o in before if 0 < number - o.sentence <= 2]
        if recent:
            clues.append((figure_recent, recent[-1].decision.quantity.value > q.value, part, kind, q.of_them))
        elif before:
            clues.append((figure_past, top_before > q.value, part))
    if q.start > doc.sentences[number].start:
        told_course = "sign.toll_verb" in cues(doc).get(number, NO_CUES)
        clues.append((figure_before, doc.language.code, doc.low[q.start - 1], told_course))
    if here or after:
        clues += course(doc, t, here, after)
    if len(run) > 1:  # do the figures of this sentence add up to another one?
        total = sum(run)
        told_so = any(o.decision.quantity.value == total for one in (before, after) for o in one)
        clues.append((figure_sums, told_so, total == 2 * max(run)))
    clues += cues_around(doc, t)
    if t.paragraph == 0 and doc.text_offset:
        clues.append((plain, "title"))
    if before and not here:
        clues.append((figure_drop, q.value < before[0].decision.quantity.value, not part, q.kind))
    return clues


def after_figure(doc: Document, t: Told, here: list[Told]) -> list[Clue]:
    """How a figure follows the others of its effect in its sentence."""
    q, p = t.decision.quantity, here[-1].decision.quantity
    larger = p.value > q.value
    gap = doc.low[p.end : q.start]
    subset = doc.has("sign.subset", p.end, q.start) or any(
        m.end > q.start for m in doc.within("sign.subset", q.start, q.end)
    )
    words = [g for g in gap if g[0].isalnum()]
    conj = bool(words) and all(w in doc.language.sets["conjunction"] for w in words)
    same_trigger = here[-1].decision.trigger == t.decision.trigger >= 0
    clues: list[Clue] = [
        (figure_previous, larger, p.category == "total", q.category == "total", same_trigger),
        (figure_gap, larger, subset, "conj" if conj else "some" if words else "none", "(" in gap, ":" in gap),
    ]
    clues += [
        (figure_between, doc.language.code, name, " ".join(doc.low[m.start : m.end]), larger)
        for name in ("superseded", "toll_verb", "addition")
        for m in doc.within(f"sign.{name}", p.end, q.start)
    ]
    if conj or not words:
        start = doc.sentences[t.sentence].start
        earlier = doc.has("sign.subset", max(start, p.start - 4), p.start)
        total = any(o.decision.quantity.value >= p.value + q.value for o in here[:-1])
        clues.append((figure_chain, earlier, total))
    return clues


SEQUENCE_WORDS = 2
"""Two figures with at most so many words between them may be a toll's course: "rose from 12 to 19"."""


def course(doc: Document, t: Told, here: list[Told], after: list[Told]) -> list[Clue]:
    """Whether a figure is the first or second of two that may tell a toll's course: the words before and between."""
    q = t.decision.quantity
    clues: list[Clue] = []
    if here:
        clues += course_of(doc, here[-1].decision.quantity, q, "second")
    if after and after[0].sentence == t.sentence:
        clues += course_of(doc, q, after[0].decision.quantity, "first")
    return clues


def course_of(doc: Document, first: Quantity, second: Quantity, which: str) -> list[Clue]:
    """The clue of two figures in order, where few words part them."""
    gap = doc.low[first.end : second.start]
    if sum(g[0].isalnum() for g in gap) > SEQUENCE_WORDS:
        return []
    before = doc.low[first.start - 1] if first.start else ""
    return [(figure_course, doc.language.code, which, before, " ".join(gap), second.value > first.value)]


TELLING = {
    f"sign.{name}": name
    for name in ("subset", "superseded", "toll_verb", "addition", "lookback", "attribution_verb", "main_ref")
}
"""The cues that tell of a figure's standing."""


def cues_around(doc: Document, t: Told) -> list[Clue]:
    """The nearest cue of each kind on either side of a figure."""
    clues: list[Clue] = []
    q = t.decision.quantity
    sentence = doc.sentences[t.sentence]
    near, far = max(sentence.start, q.start - CUE_REACH), min(sentence.end, q.end + CUE_REACH)
    start, end = q.start, q.end
    for group, marks in cues(doc).get(t.sentence, NO_CUES).items():
        name = TELLING.get(group)
        if name is None:
            continue
        left: Mark | None = None
        for m in marks:
            if m.start >= end:
                if m.start < far:
                    clues.append((figure_cue, name, "right", reach(m.start - end)))
                break
            if near <= m.start < start:
                left = m
        if left is not None:
            distance = start - left.end
            clues.append((figure_cue, name, "left", reach(distance)))
            if name in ("superseded", "subset"):
                phrase = " ".join(doc.low[left.start : left.end])
                clues.append((figure_phrase, doc.language.code, name, phrase, distance <= 1))
    return clues


def reach(distance: int) -> str:
    """How far a cue is, coarsely."""
    return "at" if distance <= 1 else "near" if distance <= 5 else "far"


def figure_self(kind: str, shape: str, bound: str, effect: str, first: bool) -> list[str]:
    """The figure's own look."""
    return ["bias", f"kind|{kind}", f"shape|{shape}", f"bound|{bound}", f"eff|{effect}", f"first|{first}"]


def figure_victims(category: str, of_them: bool, more: bool, top: str, share: str) -> list[str]:
    """Whom it counts, and how it stands to the largest figure of its incident: what part of that, where smaller."""
    part = category != "total"
    f = [f"cat|{category}", f"of|{of_them}", f"more|{more}", f"top|{top}", f"top|{part}|{top}"]
    if share:
        f += [f"ratio|{share}", f"ratio|{share}|{part}"]
    return f


def figure_rank(top_before: str, here: int) -> list[str]:
    """How it stands to the largest before it, and how many there are before it in its sentence."""
    return [f"topb|{top_before}", f"here|{here}"]


def figure_previous(larger: bool, previous_total: bool, total: bool, same_trigger: bool) -> list[str]:
    """The figure before it in its sentence."""
    return [f"prev|{larger}|{previous_total}|{total}", f"prev|trigger|{same_trigger}|{larger}"]


def figure_gap(larger: bool, subset: bool, words: str, bracket: bool, colon: bool) -> list[str]:
    """What stands between the two."""
    f = [f"gap|subset|{subset}|{larger}", f"gap|{words}|{larger}"]
    if bracket:
        f.append(f"gap|paren|{larger}")
    if colon:
        f.append(f"gap|colon|{larger}")
    return f


def figure_between(code: str, name: str, phrase: str, larger: bool) -> list[str]:
    """A cue between a figure and the one before it: "at 11, revised down from 12"."""
    return [f"between|{name}|{larger}", f"between|{code}|{phrase}|{larger}"]


def figure_chain(subset: bool, total: bool) -> list[str]:
    """A list of figures: does a subset open it, and is one of it the sum?"""
    return [f"chain|subset|{subset}", f"chain|total|{total}"]


def figure_before(code: str, word: str, toll: bool) -> list[str]:
    """The word right before it: the toll went "to 19", "from 12"."""
    return [f"before|{code}|{word}", f"before|{code}|{word}|{toll}"]


def figure_course(code: str, which: str, before: str, gap: str, rising: bool) -> list[str]:
    """The words of a toll's course: "from 12 to 19", "to 49 from 101"."""
    return [f"course|{code}|{which}|{before}|{gap}", f"course|{code}|{which}|{before}|{gap}|{rising}"]


def figure_recent(larger: bool, part: bool, kind: str, of_them: bool) -> list[str]:
    """A figure one or two sentences before."""
    return [f"recent|{larger}|{part}|{kind}", f"recent|of|{of_them}|{larger}"]


def figure_past(larger: bool, part: bool) -> list[str]:
    """Figures further back."""
    return [f"past|{larger}|{part}"]


def figure_sums(told: bool, halves: bool) -> list[str]:
    """Whether the figures of its sentence add up."""
    return [f"sums|{told}|{halves}"]


def figure_cue(name: str, side: str, distance: str) -> list[str]:
    """A cue beside it."""
    return [f"cue|{name}|{side}|{distance}"]


def figure_phrase(code: str, name: str, phrase: str, at: bool) -> list[str]:
    """The cue's own words."""
    return [f"lex|{code}|{name}|{phrase}", f"lex|{code}|{name}|{phrase}|{'at' if at else 'off'}"]


def figure_drop(lower: bool, total: bool, kind: str) -> list[str]:
    """How it stands to the first figure of the incident."""
    return [f"drop|{lower}|{total}|{kind}"]


def attribution(doc: Document, t: Told) -> str | None:
    """Who gives the figure: the nearest speaker of its sentence, else of the sentence before."""
    q = t.decision.quantity
    number = t.sentence
    told_by = speakers(doc)
    for k in (number, number - 1):
        if k < 0 or (k != number and doc.sentences[k].paragraph != doc.sentences[number].paragraph):
            break
        verbs, listed = told_by.get(k, NOBODY)
        verbs = [v for v in verbs if v.start not in doc.at.get("actor.claim", NOWHERE)]  # "claimed responsibility"
        found = []
        s = doc.sentences[k]
        groups = [(REBELS, Mark(g.start, g.end, NO_TAG)) for g in doc.named if g.name and s.start <= g.start < s.end]
        for rank, m in (*listed, *groups):
            if (m.start >= q.start and m.end <= q.end) or is_doer(doc, m, verbs):
                continue
            verb = min([spoken(doc, v, m) for v in verbs], default=math.inf)
            if verb <= SPEAKER_REACH:
                found.append((verb + 0.25 * abs(m.start - q.start), rank))
        if found:
            return ATTRIBUTION_ORDER[min(found)[1]]
    return None


def spoken(doc: Document, verb: Mark, speaker: Mark) -> float:
    """How many tokens stand between a speaker and a verb of saying; "by" has its speaker right after it."""
    after = speaker.start - verb.end
    if doc.low[verb.start] in doc.language.sets["by"] and not 0 <= after < HEDGES:
        return math.inf
    return after if after >= 0 else abs(verb.start - speaker.end)


def is_doer(doc: Document, speaker: Mark, verbs: list[Mark]) -> bool:
    """Whether those who might speak are who did it: "killed by police", not "killed, a toll given by police"."""
    first = doc.sentences[doc.sentence_of[speaker.start]].start
    if not is_agent(doc, speaker.start, first):
        return False
    by = doc.language.sets["by"]
    happened = doc.starts_of(EVENTS)
    deed = max([k for k in (*doc.effect_at, *happened) if first <= k < speaker.start], default=first)
    told = deed not in happened and doc.effect_roles.get(deed, COUNTED_ROLES) <= COUNTED_ROLES
    between = range(deed, speaker.start)
    return not told and not any(v.start in between and doc.low[v.start] not in by for v in verbs)
