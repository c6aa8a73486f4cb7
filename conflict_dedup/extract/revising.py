"""The second look: each decision again, now that it is known what the article's other numbers count.

One accident is told over three sentences, and one of them names it; a toll of ten thousand stands beside an attack
that killed five. The first look goes from left to right and sees what stands before; this one sees both sides, and how
large a number is beside the others (stacked sequential learning: Cohen and Carvalho, *Stacked sequential learning*,
IJCAI 2005). Its weights are added to the scores of the first look; ``tools/fit_revising.py`` fits them to first looks
of articles that the first look was not fitted on.
"""

from __future__ import annotations

import math
from bisect import bisect_right

import msgspec

from conflict_dedup.extract.cues import SIGNS, cues
from conflict_dedup.extract.decide import Decision, Weighed
from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import COUNTED, ratio, size
from conflict_dedup.extract.scoring import UNIT, Clue, Scorer, plain

DOUBTFUL = ((1, 0.6), (6, 1.5), (21, 3.0))
"""From which number on, by how many log-odds at most none may lead for the second reading to be doubtful, not lost.

The larger a number, the less is it chance that another report of the incident prints it. Of such readings in a hundred
sets, each left out of the fit that read it, where another report did, 145 of 252 were right for 1 to 5 (87 of 180 more
with leads from .6 to 1), 77 of 107 for 6 to 20 (10 of 18 with leads from 1.5 to 2), and 84 of 98 above (5 of 8 with
leads from 3 to 4). A wrong reading taken in costs what a right one left out does when about 44 % of them are right:
where the F-measure of all figures is .88, half of that (Lipton, Elkan and Narayanaswamy, ECML 2014).
"""
DECIDED = 6 * UNIT
"""A lead so great no second look undoes: it is not taken."""
SURE_TOPS = (-4 * UNIT, -2 * UNIT, -UNIT, 0, UNIT, 2 * UNIT, 4 * UNIT)


def sureness(lead: int) -> str:
    """By how much the best effect leads none in the first look, coarsely."""
    return str(bisect_right(SURE_TOPS, lead))


def leading(scores: dict[str, int]) -> int:
    """By how much the best effect leads none."""
    return max([score for effect, score in scores.items() if effect != "none"], default=-DECIDED) - scores["none"]


class Top(msgspec.Struct, gc=False):
    """The largest of some numbers, the sentence in which it stands, and the largest outside that."""

    value: int
    sentence: int
    second: int

    def add(self, value: int, sentence: int) -> None:
        """Takes a number in."""
        if sentence == self.sentence:
            self.value = max(value, self.value)
        elif value > self.value:
            self.second, self.value, self.sentence = self.value, value, sentence
        else:
            self.second = max(value, self.second)

    def outside(self, sentence: int) -> int:
        """The largest outside a sentence, 0 where there is none."""
        return self.second if sentence == self.sentence else self.value


class Share(msgspec.Struct, gc=False):
    """How many of some quantities are figures: the sum of their probabilities, and how many they are."""

    total: float
    count: int

    def add(self, share: float) -> None:
        """Takes a quantity in."""
        self.total += share
        self.count += 1


def share_of(found: list[Share | None], without: float) -> str:
    """In which fifth the mean of shares lies without one of their quantities (-1: none of theirs); ``-`` for none."""
    total, count = (-without, -1) if without >= 0 else (0.0, 0)
    for share in found:
        if share is not None:
            total += share.total
            count += share.count
    return str(min(4, int(5 * max(0.0, total) / count))) if count else "-"


class Look(msgspec.Struct, frozen=True, gc=False):
    """What the first look made of a quantity, and where that stands.

    ``lead`` is by how much the best effect led none, ``likely`` the probability that it is a figure (-1 for one that
    had nothing to lean on), ``people`` whether it is counted among the quantities of people, ``triggered`` whether its
    sentence has a trigger.
    """

    weighed: Weighed
    sentence: int
    paragraph: int
    lead: int
    likely: float
    sure: str
    people: bool
    triggered: bool


class Survey:
    """What is counted once for an article."""

    def __init__(self, doc: Document, weighed: list[Weighed]) -> None:
        """Counts the first look's figures by sentence and paragraph, and finds the largest."""
        self.doc = doc
        self.killed = Top(0, -1, 0)
        self.hurt = Top(0, -1, 0)
        self.rejected = Top(0, -1, 0)
        self.by_paragraph: dict[int, Share] = {}
        self.by_sentence: dict[int, Share] = {}
        self.whole = Share(0.0, 0)
        self.values: dict[int, list[str]] = {}
        self.first_killed: list[int] = []  # the first two
        self.figures = 0
        self.looks = [self.look(n, w) for n, w in enumerate(weighed)]
        self.people = [n for n, look in enumerate(self.looks) if look.people]
        self.place_of = {n: k for k, n in enumerate(self.people)}
        self.signs = {number: tuple([g for g in SIGNS if g in found]) for number, found in cues(doc).items()}
        kinds: dict[int, set[str]] = {}
        for d in doc.dates:
            kinds.setdefault(doc.sentence_of[d.start], set()).add(d.span_kind)
        self.dates = {number: "+".join(sorted(found)) for number, found in kinds.items()}
        lines = doc.geography.lines if doc.geography is not None else {}
        self.levels = {number: max([place.level for place in found]) for number, found in lines.items()}

    def look(self, n: int, w: Weighed) -> Look:
        """Counts a quantity in."""
        doc, q, effect = self.doc, w.decision.quantity, w.decision.effect
        number = doc.sentence_of[q.start]
        paragraph = doc.sentences[number].paragraph
        triggered = number in doc.triggers
        self.values.setdefault(q.value, []).append(effect)
        if not w.scores:
            return Look(w, number, paragraph, -DECIDED, -1.0, "", False, triggered)
        lead = leading(w.scores)
        likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, lead / UNIT))))
        people = effect != "none" or q.kind in COUNTED
        if people:
            self.by_sentence.setdefault(number, Share(0.0, 0)).add(likely)
            if triggered:
                self.by_paragraph.setdefault(paragraph, Share(0.0, 0)).add(likely)
                self.whole.add(likely)
        if effect == "killed":
            self.killed.add(q.value, number)
            if len(self.first_killed) < 2:
                self.first_killed.append(n)
        elif effect != "none":
            self.hurt.add(q.value, number)
        elif people and triggered:
            self.rejected.add(q.value, number)
        self.figures += effect != "none"
        return Look(w, number, paragraph, lead, likely, sureness(lead), people, triggered)


def undecided(survey: Survey, look: Look) -> bool:
    """Whether a second look may change what the first one made of a quantity.

    It wants people told of in another sentence too: else there is nothing to see that the first look did not.
    """
    return abs(look.lead) < DECIDED and len(survey.by_sentence) > 1


def revise(doc: Document, weighed: list[Weighed], scorer: Scorer) -> tuple[list[Decision], list[Decision]]:
    """The decisions over an article's quantities after the second look, and the doubtful readings of those now none."""
    survey = Survey(doc, weighed)
    decided: list[Decision] = []
    doubts: list[Decision] = []
    for n, look in enumerate(survey.looks):
        w = look.weighed
        if not undecided(survey, look):
            decided.append(w.decision)
            continue
        totals = {effect: w.scores[effect] + scorer.total(clues) for effect, clues in clues_of(survey, n).items()}
        ranked = sorted(totals, key=totals.__getitem__, reverse=True)
        q, best = w.decision.quantity, ranked[0]
        margin = (totals[best] - totals[ranked[1]]) / UNIT if len(ranked) > 1 else math.inf
        decided.append(Decision(q, best, w.triggers[best], margin))
        if best == "none" and stays_open(q.value, margin):
            doubts.append(Decision(q, ranked[1], w.triggers[ranked[1]], -margin, doubtful=True))
    return decided, doubts


def stays_open(value: int, lead: float) -> bool:
    """Whether none leads the second reading of a number by so little that it is doubtful."""
    return any([value >= least and lead < most for least, most in DOUBTFUL])  # noqa: C419 - a generator costs more


def with_doubts(decided: list[Decision], doubts: list[Decision]) -> list[Decision]:
    """The decisions, with doubtful readings in place of none; not of a figure that the article gives elsewhere."""
    given = {(d.effect, d.quantity.value) for d in decided}
    kept = {d.quantity.start: d for d in doubts if (d.effect, d.quantity.value) not in given}
    return [kept.get(d.quantity.start, d) for d in decided] if kept else decided


def clues_of(survey: Survey, n: int) -> dict[str, list[Clue]]:
    """The signs for each effect that the first look weighed for a quantity, none included."""
    doc, look = survey.doc, survey.looks[n]
    w, number, paragraph, sure = look.weighed, look.sentence, look.paragraph, look.sure
    q, effect = w.decision.quantity, w.decision.effect
    kind, magnitude = q.kind, size(q.value)
    mine = look.likely if look.people else -1.0
    mine_triggered = mine if look.triggered else -1.0
    by_sentence = survey.by_sentence
    signs = survey.signs.get(number, NO_SIGNS)
    kinds = survey.dates.get(number, "")
    first = [k for k in survey.first_killed if k != n]
    top = ratio(q.value, survey.killed.outside(number))
    same = list(survey.values[q.value]) if q.value > 1 else [effect]
    same.remove(effect)
    figures = sum([e != "none" for e in same])
    clues: list[Clue] = [
        (plain, "none"),
        (again_sure, sure),
        (again_counted, kind, magnitude, q.style, look.triggered),
        (again_told, q.bound, q.category, doc.language.code),
        (again_signs, signs, magnitude, sure),
        (again_dates, kinds, min(4, survey.figures)),
        (
            again_shares,
            share_of([survey.by_paragraph.get(paragraph)], mine_triggered),
            share_of([by_sentence.get(number)], mine),
            share_of([survey.whole], mine_triggered),
            share_of([by_sentence.get(number - 1), by_sentence.get(number + 1)], -1.0),
        ),
        (again_top, top, magnitude, min(2, paragraph), kind, look.triggered, survey.levels.get(number, -1)),
        (again_top_amid, top, signs, kinds),
        (
            again_beside,
            ratio(q.value, survey.looks[first[0]].weighed.decision.quantity.value if first else 0),
            bool(first) and first[0] < n,
            ratio(q.value, survey.hurt.outside(number)),
            ratio(q.value, survey.rejected.outside(number)),
        ),
        (again_same, min(figures, 2), min(len(same) - figures, 2)),
    ]
    for off in (-2, -1, 1):
        near = number + off
        if 0 <= near < len(doc.sentences) and near in survey.signs and doc.sentences[near].paragraph == paragraph:
            clues.append((again_near, off, survey.signs[near]))
    found: dict[str, list[Clue]] = {
        e: clues if e == "none" else [(effect_sure, sure), (effect_same, e in same)] for e in w.scores
    }
    k = survey.place_of.get(n, -1)
    if k >= 0:
        for side, other in (("prev", k - 1), ("next", k + 1)):
            if 0 <= other < len(survey.people):
                beside = survey.looks[survey.people[other]]
                away = abs(beside.sentence - number)
                far = away if away < 2 else 2 if beside.paragraph == paragraph else 3
                told = beside.weighed.decision.effect
                clues.append((again_neighbour, side, told == "none", far, beside.triggered, kind))
                for e in w.scores:
                    if e != "none":
                        found[e].append((effect_neighbour, side, e, told, min(2, away)))
            else:
                clues.append((again_neighbour, side, False, -1, False, ""))
    return found


NO_SIGNS: tuple[str, ...] = ()


def again_sure(sure: str) -> list[str]:
    """By how much a figure led."""
    return [f"none|sure|{sure}"]


def again_counted(kind: str, magnitude: str, style: str, triggered: bool) -> list[str]:
    """The number and its noun."""
    return [f"none|{kind}", f"none|{kind}|{magnitude}", f"none|{kind}|{style}", f"none|{kind}|{triggered}"]


def again_told(bound: str, category: str, code: str) -> list[str]:
    """Its bound, whom it counts, and the language."""
    return [f"none|bound|{bound}", f"none|cat|{category}", f"none|lang|{code}"]


def again_signs(signs: tuple[str, ...], magnitude: str, sure: str) -> list[str]:
    """The cues of its sentence."""
    if not signs:
        return [f"none|sign|-|sure|{sure}"]
    return [name for g in signs for name in (f"none|{g}|{magnitude}", f"none|{g}|sure|{sure}")]


def again_near(off: int, signs: tuple[str, ...]) -> list[str]:
    """The cues of a sentence beside its own, in the same paragraph."""
    return [f"none|{off}|{g}" for g in signs]


def again_dates(kinds: str, count: int) -> list[str]:
    """The dates of its sentence, and how many figures the article has."""
    return [f"none|dates|{kinds}", f"none|dates|{kinds}|{count}"]


def again_shares(paragraph: str, sentence: str, article: str, beside: str) -> list[str]:
    """How many of the other numbers of people are figures: in paragraph, sentence, article, and sentences beside."""
    return [
        f"none|share|paragraph|{paragraph}",
        f"none|share|sentence|{sentence}",
        f"none|share|article|{article}",
        f"none|share|beside|{beside}",
    ]


def again_top(top: str, magnitude: str, paragraph: int, kind: str, triggered: bool, level: int) -> list[str]:
    """How large it is beside the largest toll of other sentences, where it stands, how fine a place stands there."""
    return [
        f"none|top|{top}",
        f"none|top|{top}|{magnitude}",
        f"none|top|{top}|para|{paragraph}",
        f"none|top|{top}|{kind}",
        f"none|top|{top}|{triggered}",
        f"none|top|{top}|at|{level}",
    ]


def again_top_amid(top: str, signs: tuple[str, ...], kinds: str) -> list[str]:
    """The same, with the cues and dates of its sentence."""
    return [f"none|top|{top}|dates|{kinds}", *(f"none|top|{top}|{g}" for g in signs)]


def again_beside(first: str, later: bool, hurt: str, rejected: str) -> list[str]:
    """How large it is beside the article's first toll, beside those hurt, and beside numbers that are no figures."""
    return [f"none|first|{first}", f"none|first|{first}|{later}", f"none|hurt|{hurt}", f"none|rejected|{rejected}"]


def again_same(figures: int, others: int) -> list[str]:
    """How often the same number is a figure elsewhere, and how often not."""
    return [f"none|same|{figures}|{others}"]


def again_neighbour(side: str, none: bool, far: int, triggered: bool, kind: str) -> list[str]:
    """The number of people before or after it, so many sentences off (-1: there is none)."""
    return [f"none|{side}|{none}|{far}|{triggered}", f"none|{side}|{none}|{far}|{kind}"]


def effect_sure(sure: str) -> list[str]:
    """By how much a figure led, for an effect."""
    return [f"sure|{sure}"]


def effect_same(same: bool) -> list[str]:
    """Whether the same number has the effect elsewhere."""
    return [f"same|{same}"]


def effect_neighbour(side: str, effect: str, told: str, away: int) -> list[str]:
    """What the number of people before or after it counts."""
    return [f"{side}|{effect}|{told}|{away}", f"{side}|{effect == told}|{away}"]
