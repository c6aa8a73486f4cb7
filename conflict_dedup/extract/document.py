"""An article as tokens, tags and sentences: what every later rule looks at.

Title and text form one stream (title, blank line, text), so that one set of rules reads both; ``Document.locate`` turns
stream offsets back into a field and its offsets.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from conflict_dedup.extract.classes import token_classes
from conflict_dedup.extract.tokens import CLOSERS, ENDERS, Token, Tokens, tokenise
from conflict_dedup.lexicon.groups import Named, named
from conflict_dedup.lexicon.language import (
    CALENDAR_WORD,
    DATE_START,
    EFFECT_GROUPS,
    END,
    QUANTITY_START,
    TIME_UNIT,
    Language,
    Node,
    Tag,
)
from conflict_dedup.model import EVENT_TYPES, Article, Field

if TYPE_CHECKING:
    from conflict_dedup.extract.dates import When
    from conflict_dedup.extract.locating import Spots
    from conflict_dedup.extract.place_mentions import Geography

EFFECTS = frozenset(EFFECT_GROUPS)
EVENTS = tuple(f"event.{kind}" for kind in EVENT_TYPES if kind != "other")
"""The groups of the words that name an attack, by its type."""
SEPARATOR = "\n\n"
NOWHERE: dict[int, Mark] = {}
"""Where the marks of a group stand that an article has none of."""
CAPITALS_SAMPLE = 400
"""Characters by which a text in capitals is told."""
CAPITALS_LETTERS = 40
"""Fewer letters tell nothing."""
SMALL_LETTERS = ascii_lowercase.encode()
OPENERS = frozenset("\"'“«([—-–*•¿¡")


class Mark(msgspec.Struct, frozen=True, gc=False):  # made by the hundred: five times as fast as a named tuple
    """A tagged stretch of tokens ``[start, end)``."""

    start: int
    end: int
    tag: Tag


class Trigger(msgspec.Struct, frozen=True, gc=False):
    """An effect's word or phrase at tokens ``[start, end)`` with every role that it can play, joined by "+"."""

    start: int
    end: int
    effect: str
    roles: str


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """Tokens ``[start, end)``; ``paragraph`` counts from 0, which is the title where there is one."""

    start: int
    end: int
    paragraph: int


@dataclass(slots=True)
class Document:
    """The tokens of one article with everything the lexicon says of them.

    Attributes:
        words: the tokens as written; ``low``: lower-cased; ``begin``/``finish``: character offsets in the stream.
        numerals, capitals: the tokens that begin with a digit, and those that begin with a capital; ``prefixes``:
            the articles that may begin a name in lower case.
        date_starts, quantity_starts: the tokens with which a date or a quantity may begin (figures aside).
        calendar_words, time_units: the tokens that are months and days of the week, and units of time.
        marks: by group of tag, the marks in order of their start.
        at: by group, ``start token -> mark``, in order as well; ``classes``: by token, what it is, coarsely.
        spoken: by token, whether it is a word or a number; ``tokens``: what else their forms tell of them.
        event_counts: by sentence, how many words of each event type it holds (sentences without any are absent).
        named: armed groups called by name, and what else speaks for a country.
        effect_at, effect_roles: by token, the trigger that begins there, of the first effect that has one; the roles of
            all.
        effect_sentences: the sentences that hold a trigger of any effect; ``triggers``: these by sentence.
        dates, dated, geography: the dates, the tokens of absolute dates, and the places, once they have been found.
        leads: what phrases of place say of the names that follow them (``place_names.leads``), once asked for.
        spots: what the places say of themselves as scenes, once it has been asked for.
        speakers: by sentence, verbs of saying and those who may speak (``speakers``), once they have been asked for.
        cues: by sentence, its cues by group (``cues.CUES``), once they have been asked for.
        holding, starting, covering: what ``sentences_with``, ``starts_of`` and ``covered`` have worked out.
    """

    article: Article
    language: Language
    stream: str
    words: list[str]
    low: list[str]
    begin: list[int]
    finish: list[int]
    numerals: list[int]
    capitals: list[int]
    prefixes: list[int]
    date_starts: list[int]
    quantity_starts: list[int]
    calendar_words: list[int]
    time_units: list[int]
    sentences: list[Sentence]
    sentence_of: list[int]
    marks: dict[str, Collection[Mark]]
    at: dict[str, dict[int, Mark]]
    classes: list[str]
    spoken: bytes
    tokens: list[Token]
    text_offset: int
    upper: bool
    event_counts: dict[int, dict[str, int]] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)
    effect_at: dict[int, Mark] = field(default_factory=dict)
    effect_roles: dict[int, set[str]] = field(default_factory=dict)
    effect_sentences: frozenset[int] = frozenset()
    triggers: dict[int, list[Trigger]] = field(default_factory=dict)
    dates: list[When] = field(default_factory=list)
    dated: frozenset[int] = frozenset()
    geography: Geography | None = None
    leads: tuple[dict[int, str], dict[str, set[int]]] | None = None
    spots: Spots | None = None
    speakers: dict[int, tuple[list[Mark], list[tuple[int, Mark]]]] | None = None
    cues: dict[int, dict[str, list[Mark]]] | None = None
    holding: dict[str, frozenset[int]] = field(default_factory=dict)
    starting: dict[tuple[str, ...], frozenset[int]] = field(default_factory=dict)
    covering: dict[tuple[str, ...], frozenset[int]] = field(default_factory=dict)

    def locate(self, start: int, end: int) -> tuple[Field, int, int]:
        """The field and the offsets in it of a stretch of the stream."""
        if start < self.text_offset:
            return "title", start, min(end, len(self.article.title))
        return "text", start - self.text_offset, end - self.text_offset

    def surface(self, start: int, end: int) -> str:
        """The text of the tokens ``[start, end)``."""
        return self.stream[self.begin[start] : self.finish[end - 1]] if end > start else ""

    def has(self, group: str, start: int, end: int) -> bool:
        """Whether a mark of the group begins within ``[start, end)``."""
        found = self.at.get(group)
        return found is not None and not found.keys().isdisjoint(range(start, end))

    def sentences_with(self, group: str) -> frozenset[int]:
        """The sentences in which a mark of the group begins."""
        found = self.holding.get(group)
        if found is None:
            found = self.holding[group] = frozenset(self.sentence_of[m.start] for m in self.marks.get(group, ()))
        return found

    def starts_of(self, groups: tuple[str, ...]) -> frozenset[int]:
        """The tokens at which a mark of any of the groups begins."""
        found = self.starting.get(groups)
        if found is None:
            found = self.starting[groups] = frozenset(i for g in groups if g in self.at for i in self.at[g])
        return found

    def covered(self, groups: tuple[str, ...]) -> frozenset[int]:
        """The tokens within a mark of any of the groups."""
        found = self.covering.get(groups)
        if found is None:
            found = self.covering[groups] = frozenset(
                [k for g in groups for m in self.marks.get(g, ()) for k in range(m.start, m.end)]
            )
        return found

    def within(self, group: str, start: int, end: int) -> list[Mark]:
        """The marks of the group that begin within ``[start, end)``."""
        found = self.at.get(group)
        if found is None:
            return []
        if len(found) > end - start:
            return [found[k] for k in range(start, end) if k in found]
        return [m for k, m in found.items() if start <= k < end]


LINK_REACH = 40
"""The longest phrase before a link to another article, with the marks around it, has so many characters."""
LINK_MARKS = " \t[](){}<>*#_|-–—•·►▶→»«\"'"
HEADLINE = 130
"""The longest headline in a list of links has so many characters."""
ENDS = re.compile(r"[.!?…](?=\s)")


def without_links(stream: str, offset: int, phrases: frozenset[str]) -> str:
    """Blanks the links to other articles that a page holds: "READ ALSO: Troops kill 12 in Katsina".

    One that begins a line ends with it, or with the headlines listed under it; one within a line ends with its
    sentence. Nothing else moves.
    """
    colon = stream.find(":", offset)
    while colon >= 0:
        head = stream[max(offset, colon - LINK_REACH) : colon].rpartition("\n")[2]
        begins_line = head.strip(LINK_MARKS).lower() in phrases
        if not begins_line:
            for mark in (". ", "! ", "? ", "” ", '" '):
                head = head.rpartition(mark)[2]
        if begins_line or head.strip(LINK_MARKS).lower() in phrases:
            end = line_end(stream, colon)
            if begins_line and not stream[colon + 1 : end].strip():
                end = list_end(stream, end)
            elif not begins_line and (ended := ENDS.search(stream, colon, end)):
                end = ended.end()
            start = colon - len(head)
            stream = stream[:start] + " " * (end - start) + stream[end:]
        colon = stream.find(":", colon + 1)
    return stream


def line_end(stream: str, i: int) -> int:
    """Where the line ends that holds a character."""
    end = stream.find("\n", i)
    return len(stream) if end < 0 else end


def list_end(stream: str, end: int) -> int:
    """Where a list of headlines ends that follows the line that ends there: at a blank line or a sentence."""
    while end < len(stream):
        following = line_end(stream, end + 1)
        line = stream[end + 1 : following].strip()
        if not line or line[-1] in ".!?" or len(line) > HEADLINE:
            break
        end = following
    return end


def document(article: Article, language: Language) -> Document:
    """Tokenises and tags one article."""
    title = article.title
    stream = title + SEPARATOR + article.text if title else article.text
    text_offset = len(title) + len(SEPARATOR) if title else 0
    if ":" in article.text:
        stream = without_links(stream, text_offset, language.links)
    read = tokenise(stream, language)
    tokens, lowered = read.words, read.low
    upper = in_capitals(stream[text_offset : text_offset + CAPITALS_SAMPLE])
    sentences = split(stream, read, language, upper=upper)
    owner: list[int] = []
    for number, s in enumerate(sentences):
        owner += [number] * (s.end - s.start)
    tags = tag(lowered, read.tokens)
    marks, at = tags.marks, tags.at
    counts: dict[int, dict[str, int]] = {}
    for group, listed in marks.items():
        if group.startswith("event."):
            kind = group[6:]
            for m in listed:
                here = counts.setdefault(owner[m.start], {})
                here[kind] = here.get(kind, 0) + 1
    roles: dict[int, set[str]] = {}
    for group in EFFECT_GROUPS:
        for m in marks.get(group, ()):
            roles.setdefault(m.start, set()).add(m.tag.sign)
    told = triggers(marks, owner)
    return Document(
        article=article,
        language=language,
        stream=stream,
        words=tokens,
        low=lowered,
        begin=read.begin,
        finish=read.finish,
        numerals=read.numerals,
        capitals=read.capitals,
        prefixes=read.prefixes,
        date_starts=tags.dates,
        quantity_starts=tags.quantities,
        calendar_words=tags.calendar,
        time_units=tags.units,
        sentences=sentences,
        sentence_of=owner,
        marks=marks,
        at=at,
        classes=token_classes(read, marks),
        spoken=read.spoken,
        tokens=read.tokens,
        text_offset=text_offset,
        upper=upper,
        event_counts=counts,
        named=named(lowered, tokens, read.named),
        effect_at={i: mark for g in reversed(EFFECT_GROUPS) if g in at for i, mark in at[g].items()},
        effect_roles=roles,
        effect_sentences=frozenset(told),
        triggers=told,
    )


def in_capitals(sample: str) -> bool:
    """Whether a text is written in capitals throughout, told by its beginning."""
    plain = sample.encode("utf-8", "surrogatepass")
    if len(plain) - len(plain.translate(None, SMALL_LETTERS)) >= 0.3 * CAPITALS_SAMPLE:
        return False  # nearly always: too many small letters for 0.7 of so short a sample to be capitals
    capitals = sum(map(str.isupper, sample))
    if capitals <= 0.7 * CAPITALS_LETTERS:
        return False
    letters = sum(map(str.isalpha, sample))
    return letters > CAPITALS_LETTERS and capitals > 0.7 * letters


def triggers(marks: dict[str, Collection[Mark]], sentence_of: list[int]) -> dict[int, list[Trigger]]:
    """Effect triggers by sentence, in order."""
    roles: dict[tuple[int, int, str], set[str]] = {}
    for group in EFFECT_GROUPS:
        for m in marks.get(group, ()):
            roles.setdefault((m.start, m.end, group), set()).add(m.tag.sign)
    found: dict[int, list[Trigger]] = {}
    for (start, end, group), signs in sorted(roles.items()):
        found.setdefault(sentence_of[start], []).append(Trigger(start, end, group, "+".join(sorted(signs))))
    return found


class Tags(NamedTuple):
    """What the lexicon says of tokens: the marks by group, and what ``Document`` says of starts and units."""

    marks: dict[str, Collection[Mark]]
    at: dict[str, dict[int, Mark]]
    dates: list[int]
    quantities: list[int]
    calendar: list[int]
    units: list[int]


def tag(low: list[str], tokens: list[Token]) -> Tags:
    """The lexicon's tags over the tokens; within one group a mark lies in no longer one."""
    at: dict[str, dict[int, Mark]] = {}
    effects: dict[str, list[Mark]] = {}
    dates: list[int] = []
    quantities: list[int] = []
    calendar: list[int] = []
    units: list[int] = []
    reach: dict[str, int] = {}  # by group, where its last phrase of several tokens ends
    covered = 0  # where the last of all of them ends
    followers = [*low[1:], NO_TOKEN]
    for i, token in enumerate(tokens):
        first = token.first
        if first is None:
            continue
        node, alone, roles, begins = first
        if begins:
            if begins & DATE_START:
                dates.append(i)
            if begins & QUANTITY_START:
                quantities.append(i)
            if begins & CALENDAR_WORD:
                calendar.append(i)
            if begins & TIME_UNIT:
                units.append(i)
        longer = longest(node, followers, i) if followers[i] in node else NOTHING
        if i >= covered and not longer:  # nearly always: the word by itself
            for group, only in alone:
                mark = Mark(i, i + 1, only)
                here = at.get(group)
                if here is None:
                    at[group] = {i: mark}
                else:
                    here[i] = mark
            if roles:
                for group, listed in roles:
                    enter(at, effects, group, i, i + 1, listed)
            continue
        for group, (end, listed) in longer.items():
            if reach.get(group, 0) < end:
                reach[group] = end
                covered = max(covered, end)
                enter(at, effects, group, i, end, listed)
        for group, listed in node.get(END, ()):
            if group not in longer and reach.get(group, 0) <= i:
                enter(at, effects, group, i, i + 1, listed)
    marks: dict[str, Collection[Mark]] = {group: here.values() for group, here in at.items()}
    marks.update(effects)
    return Tags(marks, at, dates, quantities, calendar, units)


def enter(
    at: dict[str, dict[int, Mark]],
    effects: dict[str, list[Mark]],
    group: str,
    start: int,
    end: int,
    listed: tuple[Tag, ...],
) -> None:
    """Enters a phrase as a mark of its group; as one of each role that it can play, where the group is an effect."""
    if group in EFFECTS:
        roles = [Mark(start, end, one) for one in listed]
        effects.setdefault(group, []).extend(roles)
        mark = roles[-1]
    else:
        mark = Mark(start, end, listed[0])
    at.setdefault(group, {})[start] = mark


NO_TOKEN = "\n"
NOTHING: dict[str, tuple[int, tuple[Tag, ...]]] = {}


def longest(node: Node, followers: list[str], i: int) -> dict[str, tuple[int, tuple[Tag, ...]]]:
    """By group, where the longest phrase of several tokens ends that begins at ``i``, which led to a node."""
    found: dict[str, tuple[int, tuple[Tag, ...]]] = {}
    while (follower := followers[i]) in node:
        node = node[follower]
        i += 1
        if END in node:
            for group, listed in node[END]:
                found[group] = (i + 1, listed)
    return found


def split(stream: str, read: Tokens, language: Language, *, upper: bool) -> list[Sentence]:
    """Sentences: ended by a line break, or by . ! ? before a capital, a digit or a quotation mark.

    An abbreviation of the language, an initial, or a number with its ordinal dot ends none.
    """
    tokens, low, begin, finish, stops, breaks = (
        read.words,
        read.low,
        read.begin,
        read.finish,
        read.stops,
        read.breaks,
    )
    starters = language.sets["starter"]
    sentences: list[Sentence] = []
    paragraph = 0
    start = 0
    last = len(tokens) - 1
    for i in sorted({*breaks, *stops}):
        if i >= last:
            break
        token = tokens[i]
        if i in breaks:
            sentences.append(Sentence(start, i + 1, paragraph))
            start = i + 1
            paragraph += 1
            continue
        gap = stream[finish[i] : begin[i + 1]]
        if token in ENDERS:
            j = i
        elif token in CLOSERS and i > start and tokens[i - 1] in ENDERS and finish[i - 1] == begin[i]:
            j = i - 1
        else:
            if token[-1] == "." and len(token) > 1 and gap and ends_with_initials(tokens, low, i, starters):
                sentences.append(Sentence(start, i + 1, paragraph))
                start = i + 1
            continue
        if not gap and tokens[i + 1] not in OPENERS:
            continue
        nxt = tokens[i + 1]
        if nxt in CLOSERS and not gap:
            continue
        first = nxt[0]
        if not (first.isupper() or first.isdecimal() or nxt in OPENERS):
            continue
        if tokens[j] == "." and j > start:
            before = low[j - 1]
            if before in language.abbreviations and not (upper and len(before) > 2):
                continue
            if len(before) == 1 and before.isalpha() and tokens[j - 1].isupper():
                continue
        sentences.append(Sentence(start, i + 1, paragraph))
        start = i + 1
    if tokens:
        sentences.append(Sentence(start, len(tokens), paragraph))
    return sentences


def ends_with_initials(tokens: list[str], low: list[str], i: int, starters: frozenset[str]) -> bool:
    """Whether "U.S." at ``i`` ends its sentence: only before a word that begins sentences and no name."""
    return tokens[i + 1][0].isupper() and low[i + 1] in starters
