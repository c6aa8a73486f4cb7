"""What the decision over a quantity looks at: for each effect it might have, the signs for and against.

An *option* of a quantity is a trigger ("killed", "wounded", "toll") of its sentence, the context (the effect that the
figures before it had), or none. Features are short strings, the same in every language, except those that hold the
language's code.
"""

from __future__ import annotations

from typing import NamedTuple

from conflict_dedup.extract.document import Document, Mark, Trigger
from conflict_dedup.extract.quantities import Quantity
from conflict_dedup.lexicon.language import EFFECT_GROUPS

NEAREST = 3
FAR = 25
"""At most so many triggers on each side of a quantity are options."""
YEAR = range(1900, 2100)


class Option(NamedTuple):
    """One reading of a quantity: effect or ``none``, the trigger's index (-1 for context and none), features."""

    effect: str
    trigger: int
    features: list[str]


class History(NamedTuple):
    """The figures decided so far that a later one may lean on."""

    same_sentence: str  # effect of the last figure of the sentence, "" when there is none
    last: str  # effect of the last figure of the article
    distance: int  # sentences since then
    title: str  # effect of the title's first figure
    previous: Quantity | None  # the quantity right before, whatever it was
    previous_effect: str


def bucket(n: int) -> str:
    """A distance in tokens, coarser the longer."""
    if n <= 3:
        return str(n)
    return "5" if n <= 5 else "8" if n <= 8 else "13" if n <= 13 else "20" if n <= 20 else "99"


def size(value: int) -> str:
    """The order of a number."""
    for top in (1, 2, 5, 12, 30, 100, 300, 1000, 10000):
        if value <= top:
            return str(top)
    return "huge"


def count_bucket(n: int) -> str:
    """0, 1, 2 or more."""
    return str(n) if n < 3 else "3"


def is_age(doc: Document, q: Quantity) -> bool:
    """Whether a bare number between commas or brackets is somebody's age: "Pointeau, 24, died"."""
    low = doc.low
    if q.style not in ("digits", "words") or not 0 < q.value < 110 or q.start != q.number or q.end != q.number_end:
        return False
    if q.number == 0 or q.number_end >= len(low):
        return False
    before, after = low[q.number - 1], low[q.number_end]
    if before in (",", "(") and after in (",", ")", "."):
        name = q.number - 2
        return name >= 0 and doc.words[name][0].isupper()
    return False


def token_class(doc: Document, k: int) -> str:
    """What a token is, coarsely and in any language: its closed class, the lexicon's group, or its look."""
    if not 0 <= k < len(doc.low):
        return "^"
    token = doc.low[k]
    if not token[0].isalnum():
        return token if token in PLAIN_MARKS else "mark"
    sets = doc.language.sets
    for name in CLOSED:
        if token in sets[name]:
            return name
    if token[0].isdecimal():
        return "num"
    at = doc.at
    for group in EFFECT_GROUPS:
        mark = at.get(group, EMPTY).get(k)
        if mark:
            return f"{group[0]}.{mark.tag.sign}"
    if token in doc.language.numbers:
        return "num"
    if k in at.get("det", EMPTY):
        return "det"
    for group in ("people", "person"):
        if k in at.get(group, EMPTY):
            return "people"
    mark = at.get("unit", EMPTY).get(k)
    if mark:
        return mark.tag.sign
    for name in SIGN_CLASSES:
        if k in at.get(name, EMPTY):
            return name[5:]
    return "Cap" if doc.words[k][0].isupper() else "w"


PLAIN_MARKS = frozenset(",.;:()-'\"")
CLOSED = ("aux", "relative", "conjunction", "by", "preposition", "possessive", "breaker")
EMPTY: dict[int, Mark] = {}
SIGN_CLASSES = (
    "sign.released",
    "sign.attribution_verb",
    "sign.superseded",
    "sign.toll_verb",
    "sign.subset",
    "sign.cumulative",
)


HISTORIC = 1960
"""An article that names an earlier year tells of history more often than not."""


class Surroundings:
    """What is counted once for an article or a sentence, for the features of all its quantities."""

    def __init__(self, doc: Document, quantities: list[Quantity]) -> None:
        """Counts the signs of the article and its sentences."""
        self.doc = doc
        self.triggers = doc.triggers
        self.quantities = quantities
        self.classes: dict[int, str] = {}
        self.shared: dict[int, list[str]] = {}
        violent = len(doc.marks.get("sign.violent", ()))
        other = len(doc.marks.get("sign.nonconflict", ()))
        share = other / (violent + other) if violent + other else 0.5
        self.peace = (
            "0" if share < 0.1 else "1" if share < 0.25 else "2" if share < 0.45 else "3" if share < 0.7 else "4"
        )
        fiction = len(doc.marks.get("sign.fiction", ()))
        self.fiction = "0" if not fiction else "1" if fiction <= 2 else "2" if fiction <= max(4, violent // 2) else "3"
        self.historic = any(d.window is not None and d.window.end.year < HISTORIC for d in doc.dates)
        self.local: dict[int, str] = {}
        paragraphs: dict[int, list[int]] = {}
        for group, slot in (("sign.violent", 0), ("sign.nonconflict", 1), ("sign.fiction", 1)):
            for m in doc.marks.get(group, ()):
                counts = paragraphs.setdefault(doc.sentences[doc.sentence_of[m.start]].paragraph, [0, 0])
                counts[slot] += 1
        for number, s in enumerate(doc.sentences):
            v, n = paragraphs.get(s.paragraph, (0, 0))
            self.local[number] = (
                "v" if v and not n else "n" if n and not v else "-" if not n else "vn" if v > n else "nv"
            )
        self.signs: dict[int, dict[str, list[Mark]]] = {}
        for group in SIGNS:
            for m in doc.marks.get(group, ()):
                self.signs.setdefault(doc.sentence_of[m.start], {}).setdefault(group, []).append(m)
        self.level: dict[int, int] = {}
        if doc.geography is not None:
            for place in doc.geography.mentions:
                if not place.demonym:
                    number = doc.sentence_of[place.start]
                    level = place.level if place.context in ("in", "near", "kind", "start") else min(place.level, 1)
                    self.level[number] = max(self.level.get(number, -1), level)
        self.events = {number: sum(counts.values()) for number, counts in doc.event_counts.items()}
        self.when: dict[int, list[str]] = {}
        for d in doc.dates:
            self.when.setdefault(doc.sentence_of[d.start], []).append(d.span_kind)

    def token_class(self, k: int) -> str:
        """The class of token ``k``, worked out once."""
        found = self.classes.get(k)
        if found is None:
            found = self.classes[k] = token_class(self.doc, k)
        return found

    def tokens_between(self, start: int, end: int) -> list[str]:
        """Feature words for the gap ``[start, end)``: what stands between a trigger and a quantity."""
        doc = self.doc
        sets = doc.language.sets
        found = set()
        low = doc.low
        for k in range(start, end):
            token = low[k]
            if token in sets["conjunction"]:
                found.add("and")
            elif token in sets["relative"]:
                found.add("rel")
            elif token in sets["by"]:
                found.add("by")
            elif token in sets["preposition"]:
                found.add("prep")
            elif token in sets["aux"]:
                found.add("aux")
            elif token in sets["breaker"]:
                found.add("brk")
            elif not token[0].isalnum():
                found.add(token if token in (",", ";", ":", "(", ")", "-", "'") else "mark")
        return sorted(found)


SIGNS = (
    "sign.released",
    "sign.cumulative",
    "sign.hypothetical",
    "sign.nonconflict",
    "sign.subset",
    "sign.superseded",
    "sign.toll_verb",
    "sign.negated",
    "sign.lookback",
    "sign.violent",
)


def options(around: Surroundings, q: Quantity, history: History) -> list[Option]:
    """Every reading of a quantity, the reading as none first."""
    doc = around.doc
    number = doc.sentence_of[q.start]
    here = around.triggers.get(number, [])
    kind = q.kind if q.kind != "unit" else f"u.{q.unit}"
    if q.of_them:
        kind += ".of"
    elif q.more:
        kind += ".more"
    if q.style == "one":
        kind = f"one.{q.determiner}"
    link = linked(doc, q, history)
    found = [Option("none", -1, none_features(around, q, kind, number, history, bool(here), link))]
    left = [(n, t) for n, t in enumerate(here) if t.end <= q.start]
    right = [(n, t) for n, t in enumerate(here) if t.start >= q.end]
    inside = [(n, t) for n, t in enumerate(here) if t.end > q.start and t.start < q.end]
    for side, listed in (("L", left[::-1][:NEAREST]), ("I", inside), ("R", right[:NEAREST])):
        for rank, (n, t) in enumerate(listed):
            if rank and (q.start - t.end > FAR or t.start - q.end > FAR):
                continue
            found.append(Option(t.effect, n, trigger_features(around, q, t, side, rank, kind, here, history, link)))
    toll = "toll" if any("toll" in t.roles for t in here) else ""
    signs = around.signs.get(number, {})
    leaned = {"killed", history.last, history.same_sentence, history.title, history.previous_effect}
    for effect in EFFECT_GROUPS:
        if effect not in leaned:
            continue
        f = [
            f"ctx|{effect}|b|{around.token_class(q.start - 1)}",
            f"ctx|{effect}|a|{around.token_class(q.end)}",
            f"ctx|{effect}",
            f"ctx|{kind}",
            f"ctx|shape|{q.shape}",
            f"ctx|{effect}|{kind}",
        ]
        if effect == history.last:
            f.append(f"ctx|last|{min(history.distance, 4)}")
            f.append(f"ctx|last|{kind}|{min(history.distance, 2)}")
        if effect == history.same_sentence:
            f.append("ctx|same")
            f.append(f"ctx|same|{kind}")
        if effect == history.title:
            f.append("ctx|title")
        if history.previous is not None and effect == history.previous_effect:
            f.append(f"ctx|link|{link}")
            f.append(f"ctx|link|{link}|{kind}")
        f.append(f"ctx|here|{any(t.effect == effect for t in here)}|{bool(here)}")
        if effect == "killed":
            f.extend(f"ctx|sign|{g}" for g in signs)
            f.extend(f"ctx|sign|{g}|{kind}" for g in ("sign.toll_verb", "sign.superseded", "sign.subset") if g in signs)
            if toll:
                f.append("ctx|toll")
        found.append(Option(effect, -1, f))
    return found


LEAN_SENTENCES = 6
"""A number without a trigger in its sentence leans on a figure at most so many sentences before."""


def hopeless(around: Surroundings, q: Quantity, history: History) -> bool:
    """Whether a quantity counts no people (hours, kilometres, houses), or has nothing to lean on.

    That is: no trigger in its sentence, no figure shortly before. Of 881 numbers of things in the gold articles 7 were
    figures.
    """
    if q.kind == "unit" and q.unit != "crowd":
        return True
    number = around.doc.sentence_of[q.start]
    if number in around.triggers:
        return False
    return not history.last or history.distance > LEAN_SENTENCES


def linked(doc: Document, q: Quantity, history: History) -> str:
    """How a quantity hangs on the one before it: directly (only "and", commas between), within the sentence, or not."""
    p = history.previous
    if p is None:
        return "none"
    if doc.sentence_of[p.start] != doc.sentence_of[q.start]:
        return "before"
    gap = [doc.low[k] for k in range(p.end, q.start)]
    sets = doc.language.sets
    words = [t for t in gap if t[0].isalnum()]
    if not words:
        return "tight" if len(gap) < 3 else "marks"
    if all(t in sets["conjunction"] for t in words):
        return "and"
    if doc.has("sign.subset", p.end, q.start):
        return "subset"
    if len(words) <= 2:
        return "close"
    return "far"


def sentence_features(around: Surroundings, number: int, any_trigger: bool) -> list[str]:
    """The part of a quantity's signs for none that all quantities of its sentence share."""
    doc = around.doc
    low = doc.low
    code = doc.language.code
    place = around.level.get(number, -1)
    events = around.events.get(number, 0)
    local = around.local.get(number, "-")
    paragraph = doc.sentences[number].paragraph
    f = [
        "none",
        f"none|place|{place}",
        f"none|ev|{min(events, 3)}|{any_trigger}",
        f"none|place|{place}|{min(events, 2)}",
        f"none|fiction|{around.fiction}",
        f"none|historic|{around.historic}",
        f"none|local|{local}",
        f"none|local|{local}|{any_trigger}",
        f"none|para|{min(paragraph, 6)}",
        f"none|trig|{any_trigger}",
        f"none|peace|{around.peace}",
        f"none|peace|{around.peace}|{any_trigger}",
    ]
    signs = around.signs.get(number, {})
    f += [f"none|{group[5:]}|{count_bucket(len(marks))}" for group, marks in signs.items()]
    dates = around.when.get(number, [])
    f += [f"none|date|{kind}" for kind in sorted(set(dates))]
    cumulative = signs.get("sign.cumulative")
    if cumulative:
        f.append(f"none|cum|place|{place}")
        f.append(f"none|cum|day|{'day' in dates or 'near' in dates}")
        f += [f"none|cum|{code}|{' '.join(low[m.start : m.end])}" for m in cumulative]
    if paragraph == 0 and doc.text_offset:
        f.append("none|title")
    return f


def none_features(
    around: Surroundings, q: Quantity, kind: str, number: int, history: History, any_trigger: bool, link: str
) -> list[str]:
    """The signs that a quantity is no casualty of an incident: its noun, its size, cumulative and hypothetical cues."""
    doc = around.doc
    low = doc.low
    code = doc.language.code
    start, end = q.start, q.end
    a1, a2 = around.token_class(end), around.token_class(end + 1)
    b1, b2 = around.token_class(start - 1), around.token_class(start - 2)
    shared = around.shared.get(number)
    if shared is None:
        shared = around.shared[number] = sentence_features(around, number, any_trigger)
    magnitude = size(q.value)
    f = [
        *shared,
        f"none|a|{a1}",
        f"none|a|{a1}|{a2}",
        f"none|b|{b1}",
        f"none|b|{b2}|{b1}",
        f"none|ab|{b1}|{a1}",
        f"none|{kind}|a|{a1}",
        f"none|{kind}|b|{b1}",
        f"none|kind|{kind}",
        f"none|shape|{q.shape}",
        f"none|{kind}|{q.shape}",
        f"none|size|{magnitude}",
        f"none|style|{q.style}|{kind}",
        f"none|bound|{q.bound}",
    ]
    if q.category != "total":
        f += (f"none|cat|{q.category}", f"none|cat|{q.category}|{any_trigger}")
    signs = around.signs.get(number)
    if signs:
        for group, marks in signs.items():
            near = 99
            beside = ""
            for m in marks:
                after, before = m.start - end, start - m.end
                distance = min(abs(after), abs(before))
                near = min(near, distance)
                if 0 <= after <= 1:
                    beside = "next"
                elif 0 <= before <= 1 and not beside:
                    beside = "prev"
            if near <= 4:
                f.append(f"none|{group[5:]}|near")
                if beside:
                    f.append(f"none|{group[5:]}|{beside}")
        if "sign.cumulative" in signs:
            events = min(around.events.get(number, 0), 2)
            f += (f"none|cum|{magnitude}", f"none|cum|style|{q.bound}", f"none|cum|ev|{events}|{magnitude}")
    if q.style == "digits" and q.kind in ("bare", "unknown") and q.value in YEAR:
        f.append("none|year")
    if is_age(doc, q):
        f.append("none|age")
    if start > 0:
        f.append(f"none|{code}|<{low[start - 1]}")
    if end < len(low):
        f.append(f"none|{code}|>{low[end]}")
        if end + 1 < len(low):
            f.append(f"none|{code}|>>{low[end + 1]}")
    if q.head >= 0:
        f.append(f"none|{code}|={low[q.head]}")
    if history.previous is not None:
        f.append(f"none|prev|{history.previous_effect or 'none'}|{link}")
    if not history.last:
        f.append("none|first")
    return f


def trigger_features(
    around: Surroundings,
    q: Quantity,
    t: Trigger,
    side: str,
    rank: int,
    kind: str,
    here: list[Trigger],
    history: History,
    link: str,
) -> list[str]:
    """The signs that a quantity counts those whom one trigger speaks of."""
    doc = around.doc
    low = doc.low
    code = doc.language.code
    roles = t.roles
    base = f"{side}|{roles}"
    f = [
        base,
        f"{base}|{kind}",
        f"eff|{t.effect}",
        f"eff|{t.effect}|{side}",
        f"lex|{code}|{side}|{' '.join(low[t.start : t.end])}",
        f"rank|{side}|{min(rank, 3)}",
    ]
    if side == "I":
        where = "head" if t.start == q.head or (q.head < 0 and t.end == q.end) else "mod"
        f.append(f"I|{where}|{roles}")
        f.append(f"I|{where}|{kind}")
        return f
    start, end = (t.end, q.start) if side == "L" else (q.end, t.start)
    gap = end - start
    b = bucket(gap)
    f.append(f"{side}|gap|{b}")
    f.append(f"{base}|gap|{b}")
    f.append(f"{side}|{kind}|gap|{b}")
    between = around.tokens_between(start, end)
    for name in between:
        f.append(f"{side}|has|{name}")
        f.append(f"{base}|has|{name}")
    if gap and gap <= 5:
        f.append(f"{base}|only|{'.'.join(between)}")
    others = [o for o in around.quantities if start <= o.start < end and o.kind in ("person", "bare", "one", "unknown")]
    f.append(f"{base}|q|{around.token_class(q.start - 1)}|{around.token_class(q.end)}")
    f.append(f"{base}|t|{around.token_class(t.start - 1)}|{around.token_class(t.end)}")
    f.append(f"{base}|quant|{count_bucket(len(others))}")
    rivals = [o for o in here if o.start >= start and o.end <= end and o.effect != t.effect]
    same = [o for o in here if o.start >= start and o.end <= end and o.effect == t.effect]
    f.append(f"{side}|rivals|{count_bucket(len(rivals))}|{count_bucket(len(same))}")
    f.append(f"{base}|rivals|{min(len(rivals), 1)}")
    if gap == 0:
        f.append(f"{base}|adjacent|{kind}")
    if side == "R":
        f.append(f"R|{roles}|shape|{q.shape}")
        if t.start > 0 and low[t.start - 1] in doc.language.sets["aux"]:
            f.append(f"R|{roles}|aux")
            auxiliary = low[t.start - 2] if t.start > 1 and low[t.start - 2] in doc.language.sets["aux"] else ""
            f.append(f"aux|{code}|{auxiliary} {low[t.start - 1]}")
        if t.end < len(low):
            after = (
                "by"
                if low[t.end] in doc.language.sets["by"]
                else "prep"
                if low[t.end] in doc.language.sets["preposition"]
                else "det"
                if t.end in doc.at.get("det", {})
                else "num"
                if low[t.end][0].isdecimal()
                else "x"
            )
            f.append(f"R|{roles}|then|{after}")
    elif q.start > 0:
        f.append(f"L|{roles}|before|{low[q.start - 1] if not low[q.start - 1][0].isalnum() else 'w'}")
        if low[q.start - 1] in doc.language.sets["by"]:
            f.append(f"L|{roles}|agent")
    if history.previous is not None and history.previous_effect == t.effect:
        f.append(f"{side}|chain|{link}")
        f.append(f"{base}|chain|{link}")
    elif history.previous_effect and history.previous_effect != "none":
        f.append(f"{side}|unlike|{link}")
    if doc.at.get("sign.negated", {}) and any(
        m.end in (t.start, q.start) for m in around.signs.get(doc.sentence_of[q.start], {}).get("sign.negated", ())
    ):
        f.append("negated")
    return f
