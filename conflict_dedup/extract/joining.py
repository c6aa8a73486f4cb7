"""Which incident a figure joins: the groups before it are weighed beside one another, and a new one beside them.

What pairs of figures say (``segment``) is the start. A group has more to show than its pairs: whether it is the main
one or the one told last, what it counts already, how large the figure is beside its toll, and whether any of its days
and places can be the figure's (a cluster-ranking model: Rahman and Ng, *Supervised Models for Coreference Resolution*,
EMNLP 2009). Weights are fitted by ``tools/fit_joining.py``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

import msgspec

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.features import ratio
from conflict_dedup.extract.scoring import Clue, Scorer, plain
from conflict_dedup.extract.segment import Told, date_relation, pair_clues, place_relation

NEAREST, ALL, VETO = 0.5, 0.3, 0.2
"""What the last three members of a group, all of them, and the one most against it weigh when a figure asks to join."""
MEMBERS = 12
"""At most so many members of a group, the latest, are asked: a long digest has hundreds of figures."""
ASKED = 40
"""A figure asks to join at most so many groups, the main one and those told last: a chronicle has a thousand."""
BIG = 5
"""A number above this is hardly the same by chance."""
SURE_TOPS = (-8, -4, -2, -1, 0, 1, 2, 4, 8)
"""Half log-odds."""
GAP_TOPS = (0, 1, 3)
DATES = ("same", "shared", "within", "event0", "event", "day", "days", "weeks", "years", "mixed", "one")
"""How dates stand to one another, the nearest first."""
APART = frozenset(("day", "days", "weeks", "years"))
PLACES = ("same", "within", "levels", "outside", "other", "abroad", "one")
"""How places stand to one another, the nearest first."""


class Group(msgspec.Struct, gc=False):
    """The figures of one incident so far (indices), and what they tell.

    ``tops`` has the largest number of each effect, ``said`` every effect with its number; ``titled`` is whether the
    first figure is the headline's.
    """

    members: list[int]
    titled: bool
    tops: dict[str, int]
    said: set[tuple[str, int]]
    events: set[str]
    categories: set[str]

    def add(self, n: int, t: Told) -> None:
        """Takes a figure in."""
        effect, q = t.decision.effect, t.decision.quantity
        self.members.append(n)
        self.tops[effect] = max(q.value, self.tops.get(effect, 0))
        self.said.add((effect, q.value))
        self.events |= t.events
        self.categories.add(q.category)


class Joiner:
    """Puts the figures of an article into groups, one after the other."""

    def __init__(self, doc: Document, told: list[Told], links: Scorer) -> None:
        """Takes the figures and what scores their pairs."""
        self.doc = doc
        self.told = told
        self.links = links
        self.firm = [i for i, t in enumerate(told) if not t.decision.doubtful]
        self.groups: list[Group] = []
        self.latest: list[int] = []  # the groups in the order in which figures joined them last
        self.last = -1  # the figure put in last
        self.paragraphs: set[int] = set()

    def link(self, i: int, j: int) -> float:
        """What a pair of figures weighs; doubtful ones between them are not counted."""
        if i > j:
            i, j = j, i
        between = j - i - 1
        if len(self.firm) < len(self.told):
            between = bisect_left(self.firm, j) - bisect_left(self.firm, i + 1)
        return self.links.score(pair_clues(self.doc, self.told[i], self.told[j], between, len(self.firm)))

    def linked(self, group: Group, j: int) -> float:
        """What the pairs of a figure with the members of a group weigh."""
        scores = [self.link(i, j) for i in group.members[-MEMBERS:]]
        near = scores[-3:]  # the nearest members know most; a strong veto by any counts
        return NEAREST * sum(near) / len(near) + ALL * sum(scores) / len(scores) + VETO * min(scores)

    def add(self, j: int, k: int) -> None:
        """Puts a figure into the group with an index, -1 for a new one."""
        t = self.told[j]
        if k < 0:
            titled = t.paragraph == 0 and self.doc.text_offset > 0
            self.groups.append(Group([], titled, {}, set(), set(), set()))
            k = len(self.groups) - 1
        else:
            self.latest.remove(k)
        self.latest.append(k)
        self.groups[k].add(j, t)
        self.last = j
        self.paragraphs.add(t.paragraph)

    def asked(self) -> list[int]:
        """The groups that a figure may join, in order."""
        if len(self.groups) <= ASKED:
            return list(range(len(self.groups)))
        return sorted({0, *self.latest[1 - ASKED :]})

    def options(self, j: int) -> tuple[list[float], list[list[Clue]]]:
        """What the pairs weigh and the clues, first those for a new group (0), then of each group asked."""
        groups = [self.groups[k] for k in self.asked()]
        scores = [self.linked(group, j) for group in groups]
        t, before = self.told[j], self.told[self.last]
        turn = f"{t.sentence != before.sentence}{t.paragraph != before.paragraph}"
        owned = ("w" if t.own_when else "-") + ("p" if t.own_where else "-")
        clues = [new_clues(self, t, turn, owned, max(scores))]
        for group, score in zip(groups, scores, strict=True):
            clues.append(join_clues(self, t, group, turn, owned, score))
        return [0.0, *scores], clues


def new_clues(joiner: Joiner, t: Told, turn: str, owned: str, top: float) -> list[Clue]:
    """The signs that a figure is of an incident that no figure before was of; ``top`` is the best group's score."""
    doc, q = joiner.doc, t.decision.quantity
    start = doc.sentences[t.sentence].start
    first, second = doc.classes[start], doc.classes[start + 1]
    return [
        (plain, "new"),
        (new_top, bisect_right(SURE_TOPS, 2 * top)),
        (new_setting, turn, owned),
        (new_count, t.paragraph not in joiner.paragraphs, owned, min(len(joiner.groups), 4)),
        (new_figure, t.decision.effect, q.kind, turn),
        (new_start, first, second),
        (new_word, doc.language.code, "" if first in OPEN else doc.low[start]),
    ]


OPEN = frozenset(("Cap", "w", "num", "mark", "people"))
"""The classes of tokens whose words are many, names and armed groups among them."""


def join_clues(joiner: Joiner, t: Told, group: Group, turn: str, owned: str, score: float) -> list[Clue]:
    """The signs that a figure is of the incident of a group whose pairs have a score."""
    told, q, effect = joiner.told, t.decision.quantity, t.decision.effect
    nearest = told[group.members[-1]]
    gap = bisect_left(GAP_TOPS, abs(t.sentence - nearest.sentence))
    latest = group.members[-1] == joiner.last
    main = group is joiner.groups[0]
    members = [told[i] for i in group.members[-MEMBERS:]]
    days = {date_relation(m.when, t.when) for m in members if m.own_when} if t.own_when else NOTHING
    places = {place_relation(m.where, t.where) for m in members if m.own_where} if t.own_where else NOTHING
    return [
        (join_score, bisect_right(SURE_TOPS, 2 * score)),
        (join_turn, latest, main, turn),
        (join_near, gap, t.paragraph == nearest.paragraph, latest, owned),
        (join_main, main, owned, t.aged),
        (join_effect, effect in group.tops, effect, gap),
        (join_ratio, ratio(q.value, group.tops.get(effect, 0)), gap, effect, latest),
        (join_kind, min(len(group.members), 4), q.kind, gap),
        (join_setting, nearest_of(days, DATES), nearest_of(places, PLACES), gap, not days.isdisjoint(APART)),
        (join_same, (effect, q.value) in group.said, q.value > BIG),
        (join_title, group.titled, owned, gap),
        (join_events, not group.events.isdisjoint(t.events), bool(t.events)),
        (join_category, q.category in group.categories, gap),
    ]


NOTHING: set[str] = set()


def nearest_of(found: set[str], order: tuple[str, ...]) -> str:
    """The first in an order that was found, ``-`` for none."""
    for name in order:
        if name in found:
            return name
    return "-"


def group(doc: Document, told: list[Told], links: Scorer, joining: Scorer) -> list[list[int]]:
    """Groups figures (indices into ``told``) in order: each joins the group that fits it best, or opens one.

    Doubtful ones come last, so that they move no other, and open none.
    """
    joiner = Joiner(doc, told, links)
    doubtful = [i for i, t in enumerate(told) if t.decision.doubtful]
    for j in (*joiner.firm, *doubtful):
        k = -1
        if joiner.groups:
            scores, clues = joiner.options(j)
            totals = [score + joining.score(c) for score, c in zip(scores, clues, strict=True)]
            best = totals.index(max(totals))
            k = joiner.asked()[best - 1] if best else -1
        if k >= 0 or not told[j].decision.doubtful:
            joiner.add(j, k)
    return [sorted(group.members) for group in joiner.groups]


def new_top(top: int) -> list[str]:
    """How well the best group fits."""
    return [f"new|top|{top}"]


def new_setting(turn: str, owned: str) -> list[str]:
    """Whether sentence and paragraph are new, and whether day and place are its own sentence's."""
    return [f"new|{turn}", f"new|{turn}|{owned}"]


def new_count(first: bool, owned: str, groups: int) -> list[str]:
    """Whether it is the first of its paragraph, and how many groups there are."""
    return [f"new|first|{first}|{owned}", f"new|first|{first}|{groups}", f"new|groups|{groups}"]


def new_figure(effect: str, kind: str, turn: str) -> list[str]:
    """What it counts."""
    return [f"new|{effect}", f"new|{effect}|{turn}", f"new|{kind}|{turn}"]


def new_start(first: str, second: str) -> list[str]:
    """What its sentence begins with: "On Friday", "Two of", "Among the"."""
    return [f"new|{first}", f"new|{first} {second}"]


def new_word(code: str, first: str) -> list[str]:
    """The first word of its sentence, of grammar."""
    return [f"new|{code}|{first}"]


def join_score(score: int) -> list[str]:
    """What its pairs weigh."""
    return [f"score|{score}"]


def join_turn(latest: bool, main: bool, turn: str) -> list[str]:
    """Whether it was told last, or first."""
    return [f"turn|{latest}|{main}", f"turn|{latest}|{main}|{turn}"]


def join_near(gap: int, paragraph: bool, latest: bool, owned: str) -> list[str]:
    """How far off its last figure stands."""
    return [f"near|{gap}|{paragraph}", f"near|{gap}|{latest}|{owned}"]


def join_main(main: bool, owned: str, age: str) -> list[str]:
    """Whether it is the first, for a figure so long ago."""
    return [f"main|{main}|{owned}|{age}"]


def join_effect(has: bool, effect: str, gap: int) -> list[str]:
    """Whether it has figures of the effect."""
    return [f"effect|{has}|{effect}|{gap}"]


def join_ratio(size: str, gap: int, effect: str, latest: bool) -> list[str]:
    """How large the figure is beside its largest of the effect."""
    return [f"ratio|{size}|{gap}", f"ratio|{size}|{effect}", f"ratio|{size}|{latest}"]


def join_kind(members: int, kind: str, gap: int) -> list[str]:
    """How many it has, and the figure's noun."""
    return [f"members|{members}", f"kind|{kind}|{gap}"]


def join_setting(day: str, place: str, gap: int, apart: bool) -> list[str]:
    """How its nearest day and place stand to the figure's, and whether one of its days is another."""
    return [
        f"day|{day}",
        f"place|{place}",
        f"day|{day}|{place}",
        f"day|{day}|{gap}",
        f"place|{place}|{gap}",
        f"apart|{apart}|{place}",
    ]


def join_same(same: bool, big: bool) -> list[str]:
    """Whether it has the very figure."""
    return [f"same|{same}|{big}"]


def join_title(titled: bool, owned: str, gap: int) -> list[str]:
    """Whether it is the headline's."""
    return [f"title|{titled}|{owned}", f"title|{titled}|{gap}"]


def join_events(shared: bool, named: bool) -> list[str]:
    """Whether it speaks of the attack that the figure's sentence names."""
    return [f"event|{shared}|{named}"]


def join_category(shared: bool, gap: int) -> list[str]:
    """Whether it counts the same victims."""
    return [f"category|{shared}|{gap}"]
