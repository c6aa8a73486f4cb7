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


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """What each effect of a quantity weighed at best in the first look, none included, and its trigger by that.

    Without scores for a quantity that had nothing to lean on.
    """

    decision: Decision
    scores: dict[str, int]
    triggers: dict[str, int]


class Decider:
    """Chooses by weights; the fitting script replaces it by one that records the options and answers with the gold.

    ``weighed`` is what it weighed for each quantity, in the order of the text.
    """

    def __init__(self, scorer: Scorer) -> None:
        """Takes what scores the options."""
        self.scorer = scorer
        self.weighed: list[Weighed] = []

    def __call__(self, q: Quantity, offered: list[Option]) -> tuple[str, int, float]:
        """The most probable effect, its trigger and the margin; none where nothing is offered."""
        best: dict[str, int] = {}
        triggers: dict[str, int] = {}
        chosen = NOTHING
        if offered:
            scores = scores_of(offered, self.scorer)
            chosen = likeliest(offered, scores)
            for option, score in zip(offered, scores, strict=True):
                if option.effect not in best or score > best[option.effect]:
                    best[option.effect], triggers[option.effect] = score, option.trigger
        self.weighed.append(Weighed(Decision(q, *chosen), best, triggers))
        return chosen


NOTHING = ("none", -1, math.inf)
