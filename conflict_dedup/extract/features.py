"""What the decision over a quantity looks at: for each effect it might have, the signs for and against.

An *option* of a quantity is a trigger ("killed", "wounded", "toll") of its sentence, the context (the effect that the
figures before it had), or none. Features are short strings, the same in every language, except those that hold the
language's code; each function that is named first in a clue (see ``scoring``) says what its features are called.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import compress

import msgspec

from conflict_dedup.extract.cues import NO_CUES, SIGNS, Cues, cues
from conflict_dedup.extract.document import EVENTS, NOWHERE, Document, Mark, Trigger
from conflict_dedup.extract.doing import is_doer
from conflict_dedup.extract.numerals import Quantity
from conflict_dedup.extract.place_mentions import SCENE_CONTEXTS
from conflict_dedup.extract.scoring import Clue, features_of, plain
from conflict_dedup.extract.speakers import speaking
from conflict_dedup.lexicon.language import EFFECT_GROUPS

NEAREST = 3
FAR = 25
"""At most so many triggers on each side of a quantity are options."""
YEAR = range(1900, 2100)


class Option(msgspec.Struct, frozen=True, gc=False):
    """One reading of a quantity: effect or ``none``, the trigger's index (-1 for context and none), clues."""

    effect: str
    trigger: int
    clues: list[Clue]

    @property
    def features(self) -> list[str]:
        """The names of its features, as they are fitted."""
        return features_of(self.clues)


class History(msgspec.Struct, frozen=True, gc=False):
    """The figures decided so far that a later one may lean on."""

    same_sentence: str  # effect of the last figure of the sentence, "" when there is none
    last: str  # effect of the last figure of the article
    distance: int  # sentences since then
    title: str  # effect of the title's first figure
    previous: Quantity | None  # the quantity right before, whatever it was
    previous_effect: str
    seen: str  # what the last earlier quantity of the same value counted, none included; "" where there was none


def bucket(n: int) -> str:
    """A distance in tokens, coarser the longer."""
    return BUCKETS[bisect_left(BUCKET_TOPS, n)]


def size(value: int) -> str:
    """The order of a number."""
    return SIZES[bisect_left(SIZE_TOPS, value)]


def ratio(value: int, other: int) -> str:
    """How large a number is beside another; ``-`` where there is none."""
    if not other:
        return "-"
    return "=" if value == other else str(bisect_right(RATIO_TOPS, 10 * value / other))


BUCKET_TOPS = (0, 1, 2, 3, 5, 8, 13, 20)
BUCKETS = (*map(str, BUCKET_TOPS), "99")
SIZE_TOPS = (1, 2, 5, 12, 30, 100, 2000, 10000)
SIZES = (*map(str, SIZE_TOPS), "huge")
RATIO_TOPS = (2, 5, 10, 20, 50, 200)
"""In tenths."""


def between_commas(doc: Document, q: Quantity) -> bool:
    """Whether a bare number stands between commas or brackets after a name, as an age does: "Pointeau, 24, died"."""
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


LEAD_PARAGRAPHS = 2
"""Title and lead are told apart from the rest; how far down a paragraph stands tells of the outlet alone."""
HISTORIC = 1960
"""An article that names an earlier year tells of history more often than not."""


class Surroundings:
    """What is counted once for an article or a sentence, for the features of all its quantities."""

    def __init__(self, doc: Document, quantities: list[Quantity]) -> None:
        """Counts the signs of the article and its paragraphs."""
        self.doc = doc
        self.triggers = doc.triggers
        self.cues = cues(doc)
        self.lines: dict[int, Line] = {}
        self.counted = sorted([q.start for q in quantities if q.kind in COUNTED])
        self.things = sorted([q.start for q in quantities if q.unit == "thing"])
        violent = len(doc.marks.get("sign.violent", ()))
        other = len(doc.marks.get("sign.nonconflict", ()))
        share = other / (violent + other) if violent + other else 0.5
        self.peace = (
            "0" if share < 0.1 else "1" if share < 0.25 else "2" if share < 0.45 else "3" if share < 0.7 else "4"
        )
        fictional = doc.marks.get("sign.fiction", ())
        fiction = len(fictional)
        self.fiction = "0" if not fiction else "1" if fiction <= 2 else "2" if fiction <= max(4, violent // 2) else "3"
        self.historic = any(d.window is not None and d.window.end.year < HISTORIC for d in doc.dates)
        self.tenor: dict[int, list[int]] = {}  # by paragraph, the signs of conflict in it and those of anything else
        for number, here in self.cues.items():
            v, n = len(here.get("sign.violent", ())), len(here.get("sign.nonconflict", ()))
            if v or n:
                counts = self.tenor.setdefault(doc.sentences[number].paragraph, [0, 0])
                counts[0] += v
                counts[1] += n
        first = [self.tenor[paragraph] for paragraph in range(LEAD_PARAGRAPHS) if paragraph in self.tenor]
        self.lead = tenor(sum([v for v, _ in first]), sum([n for _, n in first]))
        for m in fictional:
            self.tenor.setdefault(doc.sentences[doc.sentence_of[m.start]].paragraph, [0, 0])[1] += 1
        self.places = doc.geography.lines if doc.geography is not None else {}
        self.when: dict[int, list[str]] = {}
        for d in doc.dates:
            self.when.setdefault(doc.sentence_of[d.start], []).append(d.span_kind)
        self.attacks = attacks(doc)
        self.speaking = speaking(doc)

    def line(self, number: int) -> Line:
        """What the quantities of a sentence share, worked out once."""
        found = self.lines.get(number)
        if found is None:
            found = self.lines[number] = self.read(number)
        return found

    def read(self, number: int) -> Line:
        """What the quantities of a sentence share."""
        doc = self.doc
        triggers = self.triggers.get(number, NO_TRIGGERS)
        paragraph = doc.sentences[number].paragraph
        code = doc.language.code
        if doc.text_offset and not paragraph:
            code += ".head"
        signs = self.cues.get(number, NO_CUES)
        names = tuple([group for group in signs if group in SIGNED])
        v, n = self.tenor.get(paragraph, NO_TENOR)
        level = -1
        for place in self.places.get(number, ()):
            level = max(level, place.level if place.context in SCENIC else min(place.level, 1))
        events = doc.event_counts.get(number)
        line = Line(
            code,
            triggers,
            [t.effect for t in triggers],
            any(["toll" in t.roles for t in triggers]),  # noqa: C419 - a generator costs more than the list
            level,
            tenor(v, n),
            sum(events.values()) if events else 0,
            signs,
            names,
            [(m.start, m.end, group) for group in names for m in signs[group]],
            [],
        )
        line.clues.extend(sentence_clues(self, line, number))
        return line

    def tokens_between(self, start: int, end: int) -> tuple[str, ...]:
        """Feature words for the gap ``[start, end)``: what stands between a trigger and a quantity."""
        found = {token.between for token in self.doc.tokens[start:end] if token.between}
        return tuple(sorted(found)) if len(found) > 1 else tuple(found)


COUNTED = frozenset(("person", "bare", "one", "unknown"))
SCENIC = SCENE_CONTEXTS | {"start"}
SIGNED = frozenset(SIGNS)
NO_TENOR = [0, 0]
NO_TRIGGERS: list[Trigger] = []


def tenor(violent: int, other: int) -> str:
    """What so many words of violence and so many of anything else that kills say of what a text is about."""
    if not other:
        return "v" if violent else "-"
    return "n" if not violent else "vn" if violent > other else "nv"


SEVERAL, ONE, ACT = 1, 2, 4
"""A word of attack in the plural, one that an article or its like makes a single attack, any other."""
DETERMINED = 2
"""The article of an attack stands so many tokens before it at most: "a suicide attack"."""


def attacks(doc: Document) -> dict[int, int]:
    """By sentence with words of attack, whether these are of several or of one: "attacks in March", "an attack"."""
    found: dict[int, int] = {}
    low, articles, plural = doc.low, doc.at.get("det", NOWHERE), doc.language.sets["plural_letter"]
    for group in EVENTS:
        for m in doc.marks.get(group, ()):
            number = doc.sentence_of[m.start]
            if low[m.end - 1][-1] in plural:
                kind = SEVERAL
            else:
                kind = ACT if articles.keys().isdisjoint(range(m.start - DETERMINED, m.start)) else ONE
            found[number] = found.get(number, 0) | kind
    return found


class Line(msgspec.Struct, frozen=True, gc=False):
    """What the quantities of one sentence share.

    Attributes:
        code: the language's, headlines apart: they have a grammar of their own ("Gunmen kill 12").
        triggers: its triggers; ``effects``: what each is of; ``toll``: one of them speaks of a toll.
        level: how fine a place it names (-1: none); ``local``: what its paragraph is about; ``events``: its words of
            attack.
        signs: its cues by group; ``names``: the groups that are signs; ``marked``: start, end and group of their marks.
        clues: the signs for none that do not hang on the quantity.
    """

    code: str
    triggers: list[Trigger]
    effects: list[str]
    toll: bool
    level: int
    local: str
    events: int
    signs: Cues
    names: tuple[str, ...]
    marked: list[tuple[int, int, str]]
    clues: list[Clue]


class Counted(msgspec.Struct, frozen=True, gc=False):
    """What the clues of all options of a quantity share: it, its kind, its size, its link, the tokens beside it."""

    q: Quantity
    kind: str
    magnitude: str
    link: str
    before: str
    after: str
    history: History


def options(around: Surroundings, q: Quantity, history: History) -> list[Option]:
    """Every reading of a quantity, the reading as none first."""
    doc = around.doc
    line = around.line(doc.sentence_of[q.start])
    here = line.triggers
    kind = q.kind if q.kind != "unit" else f"u.{q.unit}"
    if q.of_them:
        kind += ".of"
    elif q.more:
        kind += ".more"
    if q.style == "one":
        kind = f"one.{q.determiner}"
    link, magnitude = linked(doc, q, history), size(q.value)
    before, after = doc.classes[q.start - 1], doc.classes[q.end]
    counted = Counted(q, kind, magnitude, link, before, after, history)
    found = [Option("none", -1, none_clues(around, line, counted))]
    doing = False
    if here:
        left: list[tuple[int, Trigger]] = []
        inside: list[tuple[int, Trigger]] = []
        right: list[tuple[int, Trigger]] = []
        for n, t in enumerate(here):
            (left if t.end <= q.start else right if t.start >= q.end else inside).append((n, t))
        died = died_later(around, q, inside, right[:NEAREST]) if right else {}
        accidents = line.signs.get("sign.nonconflict")
        for side, listed in (("L", left[: -NEAREST - 1 : -1]), ("I", inside), ("R", right[:NEAREST])):
            for rank, (n, t) in enumerate(listed):
                if rank and (q.start - t.end > FAR or t.start - q.end > FAR):
                    continue
                if accidents and any(m.end == t.start for m in accidents):
                    continue  # "a bus crash killed 12"
                if t.effect == "abducted" and q.kind == "bare" and of_things(around, q):
                    continue  # "two cars were burned and three seized"
                if side == "R" and is_doer(doc, q, t):
                    doing = True
                    continue  # "two men shot a guard"
                clues = trigger_clues(around, line, counted, t, side, rank)
                if inside and side != "I":
                    clues.append((trigger_over, side, t.roles, inside[0][1].roles, inside[0][1].effect == t.effect))
                if n in died:
                    clues.append((plain, died[n]))
                found.append(Option(t.effect, n, clues))
    told = (history.last, history.same_sentence, history.title, history.previous_effect)
    for effect in EFFECT_GROUPS:
        if doing:
            break
        leaned = effect in told
        if effect != "killed" and not leaned:
            continue
        clues = [
            (context_named, effect, kind, q.shape, effect in line.effects, bool(here)),
            (context_beside, effect, before, after),
            (option_seen, "ctx", seen(history, effect), magnitude),
        ]
        if leaned:
            distance = min(history.distance, 4) if effect == history.last else -1
            beside = link if effect == history.previous_effect else ""
            same, title = effect == history.same_sentence, effect == history.title
            clues.append((context_told, kind, distance, same, title, beside))
        if effect == "killed" and (line.names or line.toll):
            clues.append((context_signs, line.names, kind, line.toll))
        found.append(Option(effect, -1, clues))
    return found


def of_things(around: Surroundings, q: Quantity) -> bool:
    """Whether a number without a noun goes on counting things that its sentence has just counted."""
    first = around.doc.sentences[around.doc.sentence_of[q.start]].start
    thing = bisect_left(around.things, q.start) - 1
    if thing < 0 or around.things[thing] < first or q.of_them:
        return False
    return bisect_left(around.counted, q.start) == bisect_right(around.counted, around.things[thing])


def died_later(
    around: Surroundings, q: Quantity, inside: list[tuple[int, Trigger]], right: list[tuple[int, Trigger]]
) -> dict[int, str]:
    """The clues of "two soldiers wounded on Thursday have died", "deux blessés sont morts": of participle and verb."""
    if inside:
        (hurt, participle), verbs = inside[-1], right
        end = q.end
    else:
        (hurt, participle), verbs = right[0], right[1:]
        end = participle.end
        if participle.start - q.end > 1:
            return {}
    if participle.effect == "killed":
        return {}
    for n, t in verbs:
        if t.effect == "killed":
            between = bisect_left(around.counted, t.start) - bisect_left(around.counted, end)
            if not between and t.start - end <= FAR:
                return {hurt: f"under|{'I|' if inside else ''}{participle.effect}", n: f"over|{t.roles}"}
    return {}


def context_named(effect: str, kind: str, shape: str, named: bool, triggered: bool) -> list[str]:
    """How a quantity looks that may have the effect of its context, and whether its sentence names that."""
    return [
        f"ctx|{effect}",
        f"ctx|{kind}",
        f"ctx|shape|{shape}",
        f"ctx|{effect}|{kind}",
        f"ctx|here|{named}|{triggered}",
    ]


def context_beside(effect: str, before: str, after: str) -> list[str]:
    """The tokens beside it."""
    return [f"ctx|{effect}|b|{before}", f"ctx|{effect}|a|{after}"]


def context_told(kind: str, distance: int, same: bool, title: bool, link: str) -> list[str]:
    """Which earlier figures had the effect.

    They are: the last one, so many sentences before (else -1); one of its sentence; the title's; and the quantity right
    before, with its link to this one (else empty).
    """
    f = [f"ctx|last|{distance}", f"ctx|last|{kind}|{min(distance, 2)}"] if distance >= 0 else []
    if same:
        f += ["ctx|same", f"ctx|same|{kind}"]
    if title:
        f.append("ctx|title")
    if link:
        f += [f"ctx|link|{link}", f"ctx|link|{link}|{kind}"]
    return f


def context_signs(signs: tuple[str, ...], kind: str, toll: bool) -> list[str]:
    """What else the sentence says that may let it count the dead."""
    f = [f"ctx|sign|{g}" for g in signs]
    f.extend(f"ctx|sign|{g}|{kind}" for g in ("sign.toll_verb", "sign.superseded", "sign.subset") if g in signs)
    if toll:
        f.append("ctx|toll")
    return f


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


def seen(history: History, effect: str) -> str:
    """How an effect agrees with what the same number counted before."""
    if not history.seen:
        return "new"
    return "same" if history.seen == effect else "none" if history.seen == "none" else "other"


def option_seen(option: str, agreement: str, magnitude: str) -> list[str]:
    """A number that was read before; the larger it is, the less that is chance."""
    return [f"{option}|seen|{agreement}", f"{option}|seen|{agreement}|{magnitude}"]


def linked(doc: Document, q: Quantity, history: History) -> str:
    """How a quantity hangs on the one before it: directly (only "and", commas between), within the sentence, or not."""
    p = history.previous
    if p is None:
        return "none"
    if doc.sentence_of[p.start] != doc.sentence_of[q.start]:
        return "before"
    end = max(q.start, p.end)
    words = list(compress(doc.low[p.end : end], doc.spoken[p.end : end]))
    if not words:
        return "tight" if q.start - p.end < 3 else "marks"
    if doc.language.sets["conjunction"].issuperset(words):
        return "and"
    if doc.has("sign.subset", p.end, q.start):
        return "subset"
    if len(words) <= 2:
        return "close"
    return "far"


def sentence_clues(around: Surroundings, line: Line, number: int) -> list[Clue]:
    """The part of a quantity's signs for none that all quantities of its sentence share."""
    doc = around.doc
    low = doc.low
    place, any_trigger, signs = line.level, bool(line.triggers), line.signs
    paragraph = doc.sentences[number].paragraph
    clues: list[Clue] = [
        (sentence_scene, place, min(line.events, 3), any_trigger),
        (
            sentence_tenor,
            around.fiction,
            around.historic,
            around.peace,
            line.local,
            min(paragraph, LEAD_PARAGRAPHS),
            any_trigger,
        ),
    ]
    clues += [(sentence_word, doc.language.code, word) for word in content_words(doc, number)]
    if line.names:
        clues.append((sentence_signs, place, tuple([(group, len(signs[group])) for group in line.names])))
    dates = around.when.get(number, ())
    kinds = tuple(sorted(set(dates)))
    clues.append((sentence_attacks, around.attacks.get(number, 0), kinds, place, any_trigger))
    clues.append((sentence_lead, around.lead, line.local, any_trigger))
    if number in around.speaking:
        clues.append((sentence_speakers, around.speaking[number], kinds, place))
    if dates:
        clues.append((sentence_dates, kinds, place, min(paragraph, LEAD_PARAGRAPHS), any_trigger))
    cumulative = signs.get("sign.cumulative")
    if cumulative:
        clues.append((sentence_cumulative, place, "day" in dates or "near" in dates))
        clues += [(sentence_sum, doc.language.code, " ".join(low[m.start : m.end])) for m in cumulative]
    if paragraph == 0 and doc.text_offset:
        clues.append((plain, "none|title"))
    return clues


CONTENT_LETTERS = 4
"""A content word has at least so many."""


def content_words(doc: Document, number: int) -> list[str]:
    """The words of a sentence that say what it is about: in lower case as written, none of grammar; each once."""
    s = doc.sentences[number]
    low, tokens = doc.low, doc.tokens
    found = {low[k]: None for k in range(s.start, s.end) if tokens[k].kind == "w" and len(low[k]) >= CONTENT_LETTERS}
    return list(found)


def unnamed(doc: Document, k: int) -> str:
    """A token as clues may hold it: its word, but for names, which are all alike, and for figures."""
    kind = doc.tokens[k].kind
    return kind if kind == "Cap" or doc.low[k][0].isdecimal() else doc.low[k]


def sentence_word(code: str, word: str) -> list[str]:
    """A word of the sentence, wherever it stands: "snakebites have claimed five lives"."""
    return [f"none|in|{code}|{word}"]


def sentence_scene(place: int, events: int, any_trigger: bool) -> list[str]:
    """How fine a place the sentence names, and how many words of attack."""
    return [f"none|place|{place}", f"none|ev|{events}|{any_trigger}", f"none|place|{place}|{min(events, 2)}"]


def sentence_tenor(
    fiction: str, historic: bool, peace: str, local: str, paragraph: int, any_trigger: bool
) -> list[str]:
    """What the article, the paragraph and the sentence are about."""
    return [
        "none",
        f"none|fiction|{fiction}",
        f"none|historic|{historic}",
        f"none|local|{local}",
        f"none|local|{local}|{any_trigger}",
        f"none|para|{paragraph}",
        f"none|trig|{any_trigger}",
        f"none|peace|{peace}",
        f"none|peace|{peace}|{any_trigger}",
        f"none|peace|{peace}|{local}",
        f"none|peace|{peace}|{paragraph}",
        f"none|fiction|{fiction}|{peace}",
        f"none|fiction|{fiction}|{local}",
    ]


def sentence_signs(place: int, counts: tuple[tuple[str, int], ...]) -> list[str]:
    """How many cues of each kind the sentence holds, and how fine a place it names."""
    f = [f"none|{group[5:]}|{min(count, 3)}" for group, count in counts]
    f.extend(f"none|{group[5:]}|at|{place}" for group, _ in counts)
    return f


def sentence_dates(kinds: tuple[str, ...], place: int, paragraph: int, any_trigger: bool) -> list[str]:
    """The dates in the sentence, each with how fine a place it names and how far down it stands."""
    f = [f"none|dates|{'+'.join(kinds)}", f"none|dates|{'+'.join(kinds)}|{any_trigger}"]
    for kind in kinds:
        f += [f"none|date|{kind}", f"none|date|{kind}|{place}", f"none|date|{kind}|para|{paragraph}"]
    return f


def sentence_attacks(attacks: int, kinds: tuple[str, ...], place: int, any_trigger: bool) -> list[str]:
    """Whether it tells of one attack or of several, with its dates and how fine a place it names."""
    f = [f"none|number|{attacks}", f"none|number|{attacks}|{any_trigger}", f"none|number|{attacks}|at|{place}"]
    for kind in kinds or ("-",):
        f += [f"none|number|{attacks}|{kind}", f"none|number|{attacks}|{kind}|{place}"]
    return f


def sentence_lead(lead: str, local: str, any_trigger: bool) -> list[str]:
    """What title and lead are about."""
    return [f"none|lead|{lead}", f"none|lead|{lead}|{local}", f"none|lead|{lead}|{any_trigger}"]


def sentence_speakers(speakers: tuple[str, ...], kinds: tuple[str, ...], place: int) -> list[str]:
    """Who speaks, with the dates and how fine a place it names: who keeps count sums up a month."""
    f = []
    for speaker in speakers:
        f += [f"none|by|{speaker}", f"none|by|{speaker}|at|{place}"]
        f.extend(f"none|by|{speaker}|{kind}" for kind in kinds or ("-",))
    return f


def sentence_cumulative(place: int, dated: bool) -> list[str]:
    """Whether a sentence that sums up names a scene or a day."""
    return [f"none|cum|place|{place}", f"none|cum|day|{dated}"]


def sentence_sum(code: str, phrase: str) -> list[str]:
    """The words by which it sums up."""
    return [f"none|cum|{code}|{phrase}"]


def none_clues(around: Surroundings, line: Line, counted: Counted) -> list[Clue]:
    """The signs that a quantity is no casualty of an incident: its noun, its size, cumulative and hypothetical cues."""
    q, kind, magnitude, history = counted.q, counted.kind, counted.magnitude, counted.history
    b1, a1 = counted.before, counted.after
    doc, code = around.doc, line.code
    low = doc.low
    start, end = q.start, q.end
    classes = doc.classes
    clues: list[Clue] = [
        *line.clues,
        (none_beside, kind, b1, a1, classes[end + 1]),
        (none_before, classes[start - 2], b1),
        (none_number, kind, q.shape, magnitude, q.style, q.bound),
        (none_placed, line.level, magnitude, q.style, kind),
        (none_tenor, around.peace, magnitude, q.style, kind, line.local),
    ]
    if q.category != "total":
        clues.append((none_category, q.category, bool(line.triggers)))
    near = [m for m in line.marked if m[0] <= end + NEAR and m[1] >= start - NEAR]
    if near:
        clues += near_clues(near, start, end)
    if "sign.cumulative" in line.signs:
        clues.append((none_cumulative, magnitude, q.bound, min(line.events, 2)))
    if q.style == "digits" and q.kind in ("bare", "unknown") and q.value in YEAR:
        clues.append((plain, "none|year"))
    if between_commas(doc, q):
        clues.append((plain, "none|age"))
    if start > 0:
        clues.append((none_word, code, "<", unnamed(doc, start - 1)))
    if start > 1:
        clues.append((none_word, code, "<<", unnamed(doc, start - 2)))
    if end < len(low):
        clues.append((none_word, code, ">", unnamed(doc, end)))
    if end + 1 < len(low):
        clues.append((none_word, code, ">>", unnamed(doc, end + 1)))
    if q.head >= 0:
        clues.append((none_word, code, "=", unnamed(doc, q.head)))
        if q.kind == "unknown" and len(low[q.head]) > ENDING_LETTERS:
            clues.append((none_ending, code, low[q.head][-ENDING_LETTERS:]))
    if not history.last:
        clues.append((plain, "none|first"))
    if history.seen:
        clues.append((option_seen, "none", seen(history, "none"), magnitude))
    return clues


ENDING_LETTERS = 4
"""A noun that no list has is told by its last letters to be somebody's trade or a thing: "-ists", "-ions"."""


def none_ending(code: str, ending: str) -> list[str]:
    """How a noun ends that no list has."""
    return [f"none|{code}|~{ending}", f"none|{code}|~{ending[1:]}"]


NEAR = 4
"""A cue at most so many tokens from a quantity is near it."""


def near_clues(marked: list[tuple[int, int, str]], start: int, end: int) -> list[Clue]:
    """The cues near a quantity at ``[start, end)``, each group once: right after it rather than right before it."""
    found: dict[str, str] = {}
    for mark_start, mark_end, group in marked:
        after, before = mark_start - end, start - mark_end
        if 0 <= after <= 1:
            found[group] = "next"
        elif 0 <= before <= 1:
            found[group] = found.get(group) or "prev"
        elif after >= -NEAR or before >= -NEAR:
            found.setdefault(group, "")
    return [(none_near, group, beside) for group, beside in found.items()]


def none_beside(kind: str, before: str, after: str, second: str) -> list[str]:
    """The tokens beside a quantity, and the second after it."""
    return [
        f"none|a|{after}",
        f"none|b|{before}",
        f"none|ab|{before}|{after}",
        f"none|{kind}|a|{after}",
        f"none|{kind}|b|{before}",
        f"none|a|{after}|{second}",
    ]


def none_before(second: str, first: str) -> list[str]:
    """The two tokens before it."""
    return [f"none|b|{second}|{first}"]


def none_number(kind: str, shape: str, magnitude: str, style: str, bound: str) -> list[str]:
    """The number and its noun phrase."""
    return [
        f"none|kind|{kind}",
        f"none|shape|{shape}",
        f"none|{kind}|{shape}",
        f"none|size|{magnitude}",
        f"none|size|{magnitude}|{style}",
        f"none|style|{style}|{kind}",
        f"none|bound|{bound}",
    ]


def none_placed(place: int, magnitude: str, style: str, kind: str) -> list[str]:
    """The number, and how fine a place its sentence names."""
    return [f"none|at|{place}|{magnitude}", f"none|at|{place}|{style}", f"none|at|{place}|{kind}"]


def none_tenor(peace: str, magnitude: str, style: str, kind: str, local: str) -> list[str]:
    """The number, and what article and paragraph are about."""
    return [
        f"none|amid|{peace}|{magnitude}",
        f"none|amid|{peace}|{style}|{kind}",
        f"none|amid|{local}|{magnitude}",
        f"none|amid|{local}|{kind}",
    ]


def none_category(category: str, any_trigger: bool) -> list[str]:
    """Whom it counts."""
    return [f"none|cat|{category}", f"none|cat|{category}|{any_trigger}"]


def none_near(group: str, beside: str) -> list[str]:
    """A cue within four tokens, right beside it or not."""
    f = [f"none|{group[5:]}|near"]
    if beside:
        f.append(f"none|{group[5:]}|{beside}")
    return f


def none_cumulative(magnitude: str, bound: str, events: int) -> list[str]:
    """A number in a sentence that sums up."""
    return [f"none|cum|{magnitude}", f"none|cum|style|{bound}", f"none|cum|ev|{events}|{magnitude}"]


def none_word(code: str, where: str, word: str) -> list[str]:
    """A word before (<, <<), after (>, >>) or at its head (=)."""
    return [f"none|{code}|{where}{word}"]


def trigger_clues(around: Surroundings, line: Line, counted: Counted, t: Trigger, side: str, rank: int) -> list[Clue]:
    """The signs that a quantity counts those whom one trigger of its sentence speaks of."""
    q, kind, history = counted.q, counted.kind, counted.history
    doc, code = around.doc, line.code
    low = doc.low
    roles = t.roles
    phrase = low[t.start] if t.end - t.start == 1 else " ".join(low[t.start : t.end])
    if side == "I":
        where = "head" if t.start == q.head or (q.head < 0 and t.end == q.end) else "mod"
        return [
            (trigger_named, side, roles, kind, t.effect, min(3, rank), ""),
            (trigger_word, code, side, phrase, kind, ""),
            (trigger_inside, where, roles, kind),
            *sign_clues(t, q, side, line.signs),
        ]
    start, end = (t.end, q.start) if side == "L" else (q.end, t.start)
    gap = end - start
    then = before = ""
    classes = doc.classes
    auxiliaries = doc.language.sets["aux"]
    clues: list[Clue] = [(trigger_named, side, roles, kind, t.effect, rank, bucket(gap))]
    if side == "R":
        passive = t.start > 0 and low[t.start - 1] in auxiliaries
        if passive:
            auxiliary = low[t.start - 2] if t.start > 1 and low[t.start - 2] in auxiliaries else ""
            clues.append((trigger_passive, code, roles, auxiliary, low[t.start - 1]))
        if t.end < len(low):
            then = following(doc, t.end)
            if not passive:
                then += "!"  # "gunmen killed 12" against "12 were killed by gunmen"
    elif q.start > 0:
        word = low[q.start - 1]
        before = word if not word[0].isalnum() else "w"
        if word in doc.language.sets["by"]:
            clues.append((trigger_agent, roles))
    others = rivals = same = 0
    between: tuple[str, ...] = ()
    if gap > 0:
        others = bisect_left(around.counted, end) - bisect_left(around.counted, start)
        between = around.tokens_between(start, end)
        if len(line.triggers) > 1:
            for o in line.triggers:
                if o.start >= start and o.end <= end:
                    if o.effect == t.effect:
                        same += 1
                    else:
                        rivals += 1
    clues += (
        (trigger_word, code, side, phrase, kind, "0" if gap <= 0 else "1" if gap <= 3 else "2" if gap <= 8 else "3"),
        (trigger_between, side, roles, between, 0 < gap <= 5),
        (trigger_quantity, side, roles, counted.before, counted.after, q.shape, before),
        (trigger_tokens, side, roles, classes[t.start - 1], classes[t.end], then),
        (trigger_rivals, side, roles, others, rivals, same),
        (
            trigger_beside,
            code,
            side,
            unnamed(doc, t.start - 1) if t.start else "",
            unnamed(doc, t.end) if t.end < len(low) else "",
        ),
        (option_seen, "eff", seen(history, t.effect), counted.magnitude),
    )
    if 0 < gap <= WORDED_GAP:
        words = {unnamed(doc, k): None for k in range(start, end) if low[k].isalpha()}
        clues += [(gap_word, code, side, word) for word in words]
    if history.previous is not None and history.previous_effect == t.effect:
        clues.append((trigger_chain, side, roles, counted.link))
    elif history.previous_effect and history.previous_effect != "none":
        clues.append((trigger_unlike, side, counted.link))
    if line.signs:
        clues += sign_clues(t, q, side, line.signs)
    return clues


def sign_clues(t: Trigger, q: Quantity, side: str, signs: Cues) -> list[Clue]:
    """What the cues of the sentence say of a trigger: accidents, negations, modals, hostages who came free."""
    clues: list[Clue] = []
    if side != "I":
        accidents = signs.get("sign.nonconflict")
        if accidents:
            clues += [(trigger_accident, side, t.roles, where) for where in sorted({cause(m, t, q) for m in accidents})]
        negations = signs.get("sign.negated")
        if negations and any(m.end in (t.start, q.start) for m in negations):
            clues.append((plain, "negated"))
        modals = signs.get("sign.hypothetical")
        if modals and any(m.start < t.start <= m.end for m in modals):
            clues.append((plain, "unreal"))  # "could have killed dozens"
    if t.effect == "abducted":
        releases = signs.get("sign.released")
        if releases and any(0 <= m.start - q.end <= FREED_REACH for m in releases):
            clues.append((plain, "freed"))
    return clues


FREED_REACH = 5
"""A verb of release so many tokens after those it speaks of: "twelve hostages were freed"."""
CAUSE_REACH = 6
"""An accident so many tokens from a trigger, or from the quantity, may be what killed: "killed in a bus crash"."""


def cause(accident: Mark, t: Trigger, q: Quantity) -> str:
    """Where a word of accident stands that may be the cause: before both trigger and quantity, after both, or not."""
    start, end = min(t.start, q.start), max(t.end, q.end)
    if accident.end <= start:
        return "subject" if start - accident.end <= CAUSE_REACH else "before"
    if accident.start >= end:
        return "adjunct" if accident.start - end <= CAUSE_REACH else "after"
    return "between"


def following(doc: Document, k: int) -> str:
    """The class of the token after a trigger."""
    token = doc.low[k]
    sets = doc.language.sets
    if token in sets["by"]:
        return "by"
    if token in sets["preposition"]:
        return "prep"
    if k in doc.at.get("det", NOWHERE):
        return "det"
    return "num" if token[0].isdecimal() or token in doc.language.numbers or k in doc.at.get("bound", NOWHERE) else "x"


def trigger_named(side: str, roles: str, kind: str, effect: str, rank: int, gap: str) -> list[str]:
    """A trigger of an effect left or right of a quantity or inside it, the nearest (0) or a farther one; how far off.

    ``gap`` is empty for one inside.
    """
    f = [
        f"{side}|{roles}",
        f"{side}|{roles}|{kind}",
        f"eff|{effect}",
        f"eff|{effect}|{side}",
        f"rank|{side}|{rank}",
    ]
    if gap:
        f += [f"{side}|gap|{gap}", f"{side}|{roles}|gap|{gap}", f"{side}|{kind}|gap|{gap}"]
    if gap == "0":
        f.append(f"{side}|{roles}|adjacent|{kind}")
    return f


def trigger_accident(side: str, roles: str, where: str) -> list[str]:
    """An accident that may be the cause."""
    return [f"accident|{where}", f"accident|{side}|{where}", f"accident|{side}|{roles}|{where}"]


def trigger_word(code: str, side: str, phrase: str, kind: str, near: str) -> list[str]:
    """The trigger's own words, with the kind of the quantity and how near it is (empty for a trigger inside)."""
    return [f"lex|{code}|{side}|{phrase}", f"lex|{code}|{side}|{phrase}|{kind}", f"lex|{code}|{side}|{phrase}|{near}"]


WORDED_GAP = 8
"""Between a trigger and a quantity no farther apart each word is looked at."""


def trigger_beside(code: str, side: str, before: str, after: str) -> list[str]:
    """The words before and after the trigger."""
    return [f"{side}|<{code}|{before}", f"{side}|>{code}|{after}"]


def gap_word(code: str, side: str, word: str) -> list[str]:
    """A word between a trigger and a quantity: "killed the driver of a bus carrying 40"."""
    return [f"{side}|-{code}|{word}"]


def trigger_inside(where: str, roles: str, kind: str) -> list[str]:
    """A trigger within the noun phrase, its head or not."""
    return [f"I|{where}|{roles}", f"I|{where}|{kind}"]


def trigger_over(side: str, roles: str, inner: str, same: bool) -> list[str]:
    """A trigger beside a quantity that has one inside: "had left two wounded"."""
    return [f"{side}|over|{same}", f"{side}|{roles}|over|{inner}|{same}"]


def trigger_between(side: str, roles: str, names: tuple[str, ...], near: bool) -> list[str]:
    """What stands between them."""
    f = [f"{prefix}|has|{name}" for name in names for prefix in (side, f"{side}|{roles}")]
    if near:
        f.append(f"{side}|{roles}|only|{'.'.join(names)}")
    return f


def trigger_quantity(side: str, roles: str, before: str, after: str, shape: str, mark: str) -> list[str]:
    """The tokens beside the quantity."""
    f = [f"{side}|{roles}|q|{before}|{after}"]
    if side == "R":
        f.append(f"R|{roles}|shape|{shape}")
    elif mark:
        f.append(f"L|{roles}|before|{mark}")
    return f


def trigger_tokens(side: str, roles: str, before: str, after: str, then: str) -> list[str]:
    """The tokens beside the trigger."""
    f = [f"{side}|{roles}|t|{before}|{after}"]
    if then:
        f.append(f"R|{roles}|then|{then}")
    return f


def trigger_rivals(side: str, roles: str, quantities: int, rivals: int, same: int) -> list[str]:
    """How many other quantities, and triggers of another and of the same effect, stand between them."""
    return [
        f"{side}|{roles}|quant|{min(quantities, 3)}",
        f"{side}|rivals|{min(rivals, 3)}|{min(same, 3)}",
        f"{side}|{roles}|rivals|{min(rivals, 1)}",
    ]


def trigger_passive(code: str, roles: str, first: str, second: str) -> list[str]:
    """The one or two auxiliaries right before the trigger."""
    return [f"R|{roles}|aux", f"aux|{code}|{first} {second}"]


def trigger_agent(roles: str) -> list[str]:
    """A quantity after "by"."""
    return [f"L|{roles}|agent"]


def trigger_chain(side: str, roles: str, link: str) -> list[str]:
    """The quantity before had the trigger's effect."""
    return [f"{side}|chain|{link}", f"{side}|{roles}|chain|{link}"]


def trigger_unlike(side: str, link: str) -> list[str]:
    """The quantity before had another effect."""
    return [f"{side}|unlike|{link}"]
