"""The scored decision over each quantity: which effect it counts, or none.

The score of an option is the sum of its features' weights; the options of one effect share their probability (a
log-linear model with the trigger as hidden variable). Weights are fitted by ``tools/fit_extraction.py`` and shipped as
data.
"""

from __future__ import annotations

import math
from operator import itemgetter

import msgspec

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import History, Option, Surroundings, hopeless, options
from conflict_dedup.extract.numerals import Quantity
from conflict_dedup.extract.scoring import UNIT, Scorer


class Decision(msgspec.Struct, frozen=True, gc=False):
    """What a quantity counts: its effect (``none`` for no casualty), its trigger's index in the sentence, how sure.

    ``margin`` is by how much the option chosen scored better than the best one of another effect, in log-odds. A
    doubtful one is the best reading that lost to none by a little; its margin is negative.
    """

    quantity: Quantity
    effect: str
    trigger: int
    margin: float
    doubtful: bool = False


DOUBTFUL = ((2, 0.6), (6, 1.5), (21, 3.0))
"""From which number on, by how many log-odds at most none may lead for the second reading to be doubtful, not lost.

The larger a number, the less is it chance that another report of the incident prints it. Of such readings in fifteen
sets left out of the fit, where another report did, 13 of 21 were right for 2 to 5 (leads below 1), 15 of 17 for 6 to 20
(6 of 10 more with leads from 1 to 2), and 40 of 43 above (leads below 3).
"""


def choose(offered: list[Option], scorer: Scorer) -> tuple[str, int, float]:
    """The most probable effect of the options, its best trigger, and the margin."""
    return likeliest(offered, scores_of(offered, scorer))


def scores_of(offered: list[Option], scorer: Scorer) -> list[int]:
    """What each option weighs, as the scorer counts."""
    return [scorer.total(o.clues) for o in offered]


def likeliest(offered: list[Option], scores: list[int]) -> tuple[str, int, float]:
    """The most probable effect of options with such scores, its best trigger, and the margin."""
    top = max(scores)
    winner = offered[scores.index(top)]
    effect = winner.effect
    others = [s for o, s in zip(offered, scores) if o.effect != effect]  # noqa: B905
    if not others:
        return effect, winner.trigger, math.inf
    margin = (top - max(others)) / UNIT
    if margin <= math.log(len(others)):  # else all of them together are less probable than it alone
        mass: dict[str, float] = {}
        for option, score in zip(offered, scores, strict=True):
            mass[option.effect] = mass.get(option.effect, 0.0) + math.exp((score - top) / UNIT)
        likelier = max(mass, key=mass.__getitem__)
        if likelier != effect:
            best, winner = max(
                [(s, o) for o, s in zip(offered, scores, strict=True) if o.effect == likelier], key=itemgetter(0)
            )
            return likelier, winner.trigger, (best - top) / UNIT
    return effect, winner.trigger, margin


def walk(doc: Document, quantities: list[Quantity], decide: Decider) -> list[Decision]:
    """Decides each quantity in order, the earlier decisions being features of the later ones."""
    around = Surroundings(doc, quantities)
    sentence_of = doc.sentence_of
    decided: list[Decision] = []
    last = title = same = ""
    last_sentence = -99
    current = -1
    previous: Quantity | None = None
    previous_effect = ""
    seen: dict[int, str] = {}
    for q in quantities:
        number = sentence_of[q.start]
        if number != current:
            current, same = number, ""
        history = History(same, last, number - last_sentence, title, previous, previous_effect, seen.get(q.value, ""))
        offered = [] if hopeless(around, q, history) else options(around, q, history)
        effect, trigger, margin = decide(q, offered)
        decided.append(Decision(q, effect, trigger, margin))
        if q.kind != "unit" or effect != "none":  # "two days earlier, 13 people": the days say nothing of the people
            previous, previous_effect = q, effect
            if q.value > 1:
                seen[q.value] = effect
        if effect != "none":
            same = last = effect
            last_sentence = number
            if doc.sentences[number].paragraph == 0 and doc.text_offset and not title:
                title = effect
    return decided


class Decider:
    """Chooses by weights; the fitting script replaces it by one that records the options and answers with the gold.

    ``doubts`` are the doubtful readings of what it decided to be none, in the order of the text.
    """

    def __init__(self, scorer: Scorer) -> None:
        """Takes what scores the options."""
        self.scorer = scorer
        self.doubts: list[Decision] = []

    def __call__(self, q: Quantity, offered: list[Option]) -> tuple[str, int, float]:
        """The most probable effect, its trigger and the margin; none where nothing is offered."""
        if not offered:
            return "none", -1, math.inf
        scores = scores_of(offered, self.scorer)
        chosen = likeliest(offered, scores)
        if q.value >= DOUBTFUL[0][0] and chosen[0] == "none" and chosen[2] < DOUBTFUL[-1][1]:
            self.doubt(q, offered, scores)
        return chosen

    def doubt(self, q: Quantity, offered: list[Option], scores: list[int]) -> None:
        """Keeps the best reading of a quantity but none, if none leads it by little enough."""
        best = max(scores[1:])
        lead = scores[0] / UNIT - best / UNIT
        if any(q.value >= least and lead < most for least, most in DOUBTFUL):
            second = offered[scores.index(best, 1)]
            self.doubts.append(Decision(q, second.effect, second.trigger, -lead, doubtful=True))


def with_doubts(decided: list[Decision], doubts: list[Decision]) -> list[Decision]:
    """The decisions, with doubtful readings in place of none; not of a figure that the article gives elsewhere."""
    given = {(d.effect, d.quantity.value) for d in decided}
    kept = {d.quantity.start: d for d in doubts if (d.effect, d.quantity.value) not in given}
    return [kept.get(d.quantity.start, d) for d in decided] if kept else decided
