"""The scored decision over each quantity: which effect it counts, or none.

The score of an option is the sum of its features' weights; the options of one effect share their probability (a
log-linear model with the trigger as hidden variable). Weights are fitted by ``tools/fit_extraction.py`` and shipped as
data.
"""

from __future__ import annotations

import math

import msgspec

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import History, Option, Surroundings, hopeless, options
from conflict_dedup.extract.quantities import Quantity
from conflict_dedup.extract.scoring import UNIT, Scorer


class Decision(msgspec.Struct, frozen=True):
    """What a quantity counts: its effect (``none`` for no casualty), its trigger's index in the sentence, how sure."""

    quantity: Quantity
    effect: str
    trigger: int
    probability: float


def choose(offered: list[Option], scorer: Scorer) -> tuple[str, int, float]:
    """The most probable effect of the options, its best trigger, and its probability."""
    weigh = scorer.__getitem__
    scores = [sum(map(weigh, o.clues)) for o in offered]
    top = max(scores)
    mass: dict[str, float] = {}
    best: dict[str, tuple[float, int]] = {}
    for option, score in zip(offered, scores, strict=True):
        effect = option.effect
        p = math.exp((score - top) / UNIT)
        if effect not in mass:
            mass[effect], best[effect] = p, (score, option.trigger)
            continue
        mass[effect] += p
        if score > best[effect][0]:
            best[effect] = (score, option.trigger)
    effect = max(mass, key=mass.__getitem__)
    return effect, best[effect][1], mass[effect] / sum(mass.values())


def walk(doc: Document, quantities: list[Quantity], decide: Decider) -> list[Decision]:
    """Decides each quantity in order, the earlier decisions being features of the later ones."""
    around = Surroundings(doc, quantities)
    decided: list[Decision] = []
    last = title = same = ""
    last_sentence = -99
    current = -1
    previous: Quantity | None = None
    previous_effect = ""
    seen: dict[int, str] = {}
    for q in quantities:
        number = doc.sentence_of[q.start]
        if number != current:
            current, same = number, ""
        history = History(same, last, number - last_sentence, title, previous, previous_effect, seen.get(q.value, ""))
        offered = [] if hopeless(around, q, history) else options(around, q, history)
        effect, trigger, probability = decide(q, offered)
        decided.append(Decision(q, effect, trigger, probability))
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
    """Chooses by weights; the fitting script replaces it by one that records the options and answers with the gold."""

    def __init__(self, scorer: Scorer) -> None:
        """Takes what scores the options."""
        self.scorer = scorer

    def __call__(self, q: Quantity, offered: list[Option]) -> tuple[str, int, float]:  # noqa: ARG002
        """The most probable effect, its trigger and probability; none where nothing is offered."""
        if not offered:
            return "none", -1, 1.0
        return choose(offered, self.scorer)
