"""What a decided figure is beyond its number: part of another, withdrawn, according to whom."""

from __future__ import annotations

import math

from conflict_dedup.extract.decide import Weights
from conflict_dedup.extract.document import Document, Mark
from conflict_dedup.extract.segment import Told, score

ATTRIBUTION_ORDER = (
    "UN",
    "monitor",
    "hospital",
    "civil_defence",
    "army",
    "police",
    "militants",
    "security_sources",
    "local_official",
    "witness",
    "media",
    "government",
)
CUE_REACH = 12
SPEAKER_REACH = 6
"""A verb of saying stands at most so many tokens from its speaker."""


def against(value: int, other: int) -> str:
    """How a number stands to another, 0 meaning that there is none."""
    return "none" if not other else "below" if value < other else "same" if value == other else "above"


def attribute_features(doc: Document, told: list[Told], members: list[int], n: int) -> list[str]:
    """The signs that figure ``members[n]`` is part of another of its incident, or an earlier toll."""
    t = told[members[n]]
    q = t.decision.quantity
    low = doc.low
    effect = t.decision.effect
    kind = f"one.{q.determiner}" if q.style == "one" else q.kind
    f = [
        "bias",
        f"kind|{kind}",
        f"cat|{q.category}",
        f"of|{q.of_them}",
        f"more|{q.more}",
        f"shape|{q.shape}",
        f"eff|{effect}",
        f"bound|{q.bound}",
    ]
    sentence = doc.sentences[t.sentence]
    before = [told[i] for i in members[:n] if told[i].decision.effect == effect]
    after = [told[i] for i in members[n + 1 :] if told[i].decision.effect == effect]
    here = [o for o in before if o.sentence == t.sentence]
    top = max((o.decision.quantity.value for o in before + after), default=0)
    top_before = max((o.decision.quantity.value for o in before), default=0)
    f.append(f"top|{against(q.value, top)}")
    f.append(f"topb|{against(q.value, top_before)}")
    f.append(f"top|{q.category != 'total'}|{against(q.value, top)}")
    f.append(f"here|{min(len(here), 3)}")
    if top and q.value < top:
        ratio = q.value / top
        share = "tenth" if ratio < 0.1 else "quarter" if ratio < 0.25 else "half" if ratio < 0.5 else "most"
        f.append(f"ratio|{share}")
        f.append(f"ratio|{share}|{q.category != 'total'}")
    if here:
        p = here[-1].decision.quantity
        larger = p.value > q.value
        f.append(f"prev|{larger}|{p.category == 'total'}|{q.category == 'total'}")
        gap = [low[k] for k in range(p.end, q.start)]
        subset = doc.has("sign.subset", p.end, q.start) or any(
            m.end > q.start for m in doc.within("sign.subset", q.start, q.end)
        )
        f.append(f"gap|subset|{subset}|{larger}")
        words = [g for g in gap if g[0].isalnum()]
        conj = bool(words) and all(w in doc.language.sets["conjunction"] for w in words)
        f.append(f"gap|{'conj' if conj else 'none' if not words else 'some'}|{larger}")
        if "(" in gap:
            f.append(f"gap|paren|{larger}")
        if ":" in gap:
            f.append(f"gap|colon|{larger}")
        if conj or not words:
            earlier = doc.has("sign.subset", max(sentence.start, p.start - 4), p.start)
            f.append(f"chain|subset|{earlier}")
            others = [o.decision.quantity for o in here[:-1]]
            total = any(o.value >= p.value + q.value for o in others)
            f.append(f"chain|total|{total}")
        same_trigger = here[-1].decision.trigger == t.decision.trigger >= 0
        f.append(f"prev|trigger|{same_trigger}|{larger}")
    else:
        f.append("prev|none")
        recent = [o for o in before if 0 < t.sentence - o.sentence <= 2]
        if recent:
            f.append(f"recent|{recent[-1].decision.quantity.value > q.value}|{q.category != 'total'}|{kind}")
            f.append(f"recent|of|{q.of_them}|{recent[-1].decision.quantity.value > q.value}")
        elif before:
            f.append(f"past|{top_before > q.value}|{q.category != 'total'}")
    # Do the figures of this sentence from here on add up to a larger one told before?
    run = [
        told[i]
        for i in members
        if told[i].sentence == t.sentence
        and told[i].decision.effect == effect
        and told[i].decision.quantity.style != "vague"
    ]
    if len(run) > 1:
        parts = [o.decision.quantity.value for o in run]
        whole = {o.decision.quantity.value for o in before + after}
        f.append(f"sums|{sum(parts) in whole}|{sum(parts) - max(parts) == max(parts)}")
    near = range(max(sentence.start, q.start - CUE_REACH), q.start)
    far = range(q.end, min(sentence.end, q.end + CUE_REACH))
    for name in ("subset", "superseded", "toll_verb", "addition", "lookback", "attribution_verb", "main_ref"):
        marks = doc.at.get(f"sign.{name}", {})
        left = [k for k in near if k in marks]
        right = [k for k in far if k in marks]
        if left:
            distance = q.start - marks[left[-1]].end
            f.append(f"cue|{name}|left|{'at' if distance <= 1 else 'near' if distance <= 5 else 'far'}")
            if name in ("superseded", "subset"):
                phrase = " ".join(low[left[-1] : marks[left[-1]].end])
                f.append(f"lex|{doc.language.code}|{name}|{phrase}")
                f.append(f"lex|{doc.language.code}|{name}|{phrase}|{'at' if distance <= 1 else 'off'}")
        if right:
            distance = right[0] - q.end
            f.append(f"cue|{name}|right|{'at' if distance <= 1 else 'near' if distance <= 5 else 'far'}")
    if t.paragraph == 0 and doc.text_offset:
        f.append("title")
    f.append(f"first|{n == 0}")
    if before and not here:
        f.append(f"drop|{q.value < before[0].decision.quantity.value}|{q.category == 'total'}|{q.kind}")
    return f


def probable(features: list[str], w: Weights) -> bool:
    """Whether the log-odds of the features are positive."""
    return score(features, w) > 0


def probability(features: list[str], w: Weights) -> float:
    """The probability that the features give, 0 to 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score(features, w)))))


def attribution(doc: Document, t: Told) -> str | None:
    """Who gives the figure: the nearest speaker of its sentence, else of the sentence before."""
    q = t.decision.quantity
    number = t.sentence
    for k in (number, number - 1):
        if k < 0 or (k != number and doc.sentences[k].paragraph != doc.sentences[number].paragraph):
            break
        verbs, speakers = doc.speakers.get(k, NOBODY)
        if not verbs or not speakers:
            continue
        found = []
        for rank, m in speakers:
            if m.start >= q.start and m.end <= q.end:
                continue
            verb = min(abs(m.start - v.end) if v.end <= m.start else abs(v.start - m.end) for v in verbs)
            if verb <= SPEAKER_REACH:
                found.append((verb + 0.25 * abs(m.start - q.start), rank))
        if found:
            return ATTRIBUTION_ORDER[min(found)[1]]
    return None


NOBODY: tuple[list[Mark], list[tuple[int, Mark]]] = ([], [])


def speakers(doc: Document) -> dict[int, tuple[list[Mark], list[tuple[int, Mark]]]]:
    """By sentence, its verbs of saying and those who may speak, with their rank in ``ATTRIBUTION_ORDER``."""
    found: dict[int, tuple[list[Mark], list[tuple[int, Mark]]]] = {}
    for m in doc.marks.get("sign.attribution_verb", ()):
        found.setdefault(doc.sentence_of[m.start], ([], []))[0].append(m)
    for rank, name in enumerate(ATTRIBUTION_ORDER):
        for m in doc.marks.get(f"attribution.{name}", ()):
            found.setdefault(doc.sentence_of[m.start], ([], []))[1].append((rank, m))
    return found
