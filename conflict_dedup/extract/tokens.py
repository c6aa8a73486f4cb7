"""Tokens, with all that can be told of one by its form alone: worked out once for each piece of text between spaces."""

from __future__ import annotations

from functools import cache
from re import compile as pattern
from sys import intern
from typing import NamedTuple

import msgspec

from conflict_dedup.lexicon.gazetteer import fold
from conflict_dedup.lexicon.groups import first_words
from conflict_dedup.lexicon.language import TOKEN, First, Language, straight
from conflict_dedup.lexicon.name_words import name_words

CLOSERS = frozenset("\"'”»)]’*")
ENDERS = frozenset(".!?…")
STOPS = ENDERS | CLOSERS
PLAIN_MARKS = frozenset(",.;:()-'\"")
GAP_MARKS = frozenset(",;:()-'")
TERM_LETTERS, NAME_LETTERS = 6, 4
"""Words of so many letters, and names of fewer, tell one article from another."""

PIECES = 50_000
"""Pieces of text whose tokens are remembered, some 20 MB a language; then all are forgotten."""
PIECE = pattern(r"\S+\s*")
"""What stands up to a space, and the spaces after it: no token reaches beyond."""
PARAGRAPH = "\n\n"

CAPITAL, NUMERAL, STOP, FINAL, NAMED, SPOKEN, PREFIX = 1, 2, 4, 8, 16, 32, 64
"""It begins with a capital, or a digit; a sentence may end with it, a line does; an armed group's name may begin with
it; it is a word or a number; it is an article that may begin a name in lower case ("al-Hawl")."""
HAVING_SPOKEN = bytes(bool(look & SPOKEN) for look in range(256))
"""The table that leaves of the looks of tokens only whether they are spoken."""

CLOSED, TO_EFFECTS, TO_ALL = 0, 1, 2
"""Which tags tell more of a token than its form does: none, those of effects, all."""


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token in its piece.

    Attributes:
        word, low: as written, and in lower case with plain marks.
        advance: how many characters on the next token begins.
        first: what phrases of the language it may begin.
        look: what else it is: a sum of ``CAPITAL``, ``NUMERAL``, ``STOP``, ``FINAL``, ``NAMED``, ``SPOKEN`` and
            ``PREFIX``.
        kind: what it is, coarsely (see ``classes``); ``open``: which tags may tell it better.
        between: what it is called between a trigger and a quantity, where that says anything.
        term: the word folded, where it is long or a name, and no word of grammar.
    """

    word: str
    low: str
    advance: int
    first: First | None
    look: int
    kind: str
    open: int
    between: str | None
    term: str | None


class Pieces:
    """The tokens of each piece of text in one language: with the spaces after it, or without where one space follows.

    Attributes:
        known: the pieces that are remembered.
    """

    def __init__(self, language: Language, remembered: int = PIECES) -> None:
        """Takes the language whose words the tokens are, and how many pieces to remember."""
        self.language = language
        self.remembered = remembered
        self.known: dict[str, tuple[Token, ...]] = {}
        self.group_words = first_words()
        self.prefixes = name_words().lower_case

    def read(self, piece: str) -> tuple[Token, ...]:
        """Reads a piece that is not remembered."""
        parts = PIECE.findall(piece)
        if len(parts) != 1:
            return tuple(token for part in parts for token in self.known.get(part) or self.read(part))
        if len(self.known) >= self.remembered:
            self.known.clear()
        low = straight(piece.lower())
        same = len(low) == len(piece)  # else a character's lower case is longer (İ), and offsets do not hold
        found: list[Token] = []
        for m in TOKEN.finditer(piece):
            word = intern(m.group())  # one string for each form: fewer to fetch from memory, and equal at a glance
            lowered = intern(low[m.start() : m.end()] if same else straight(word.lower()))
            rest = piece[m.end() :]
            last = not rest.strip()
            advance = len(word) + (len(rest) or 1) * last
            found.append(self.token(word, lowered, advance, final=last and "\n" in rest))
        self.known[piece] = tokens = tuple(found)
        return tokens

    def token(self, word: str, low: str, advance: int, *, final: bool) -> Token:
        """A token with what its form tells."""
        language = self.language
        kind, open_ = self.kind(word, low)
        term = None
        if (len(low) >= TERM_LETTERS or (word[0].isupper() and len(low) >= NAME_LETTERS)) and low.isalpha():
            term = intern(fold(low)) if low not in language.not_place else None
        return Token(
            word=word,
            low=low,
            advance=advance,
            first=language.firsts.get(low),
            look=CAPITAL * word[0].isupper()
            | NUMERAL * word[0].isdecimal()
            | STOP * (word[-1] in STOPS)
            | FINAL * final
            | NAMED * (low in self.group_words)
            | SPOKEN * low[0].isalnum()
            | PREFIX * (low in self.prefixes),
            kind=kind,
            open=open_,
            between=language.between.get(low, None if low[0].isalnum() else low if low in GAP_MARKS else "mark"),
            term=term,
        )

    def kind(self, word: str, low: str) -> tuple[str, int]:
        """The class of a token as far as its form tells it, and which tags may tell it better."""
        if not low[0].isalnum():
            return (low if low in PLAIN_MARKS else "mark"), CLOSED
        closed = self.language.closed_class.get(low)
        if closed:
            return closed, CLOSED
        if low[0].isdecimal():
            return "num", CLOSED
        if low in self.language.numbers:
            return "num", TO_EFFECTS
        return ("Cap" if word[0].isupper() else "w"), TO_ALL


@cache
def pieces(language: Language) -> Pieces:
    """The pieces that are remembered of a language."""
    return Pieces(language)


class Tokens(NamedTuple):
    """The tokens of a stream, and in lists of their own what is asked for most of them; see ``Token``.

    ``begin`` and ``finish`` are offsets in the stream, ``spoken`` says of each token whether it is; ``numerals``,
    ``capitals``, ``prefixes``, ``named``, ``stops`` and ``breaks`` list the tokens of which that is true (``breaks``:
    those that end a line, the last one among them).
    """

    tokens: list[Token]
    words: list[str]
    low: list[str]
    begin: list[int]
    finish: list[int]
    spoken: bytes
    numerals: list[int]
    capitals: list[int]
    prefixes: list[int]
    named: list[int]
    stops: list[int]
    breaks: set[int]


def tokenise(stream: str, language: Language, *, regular: bool = True) -> Tokens:
    """The tokens of a stream.

    No token holds a space, and articles repeat what stands between spaces: that is tokenised once. A ``regular`` text
    has one space between words, a blank line between paragraphs, and can be split in half the time that the pattern
    takes; where that was wrong, spaces are missing from the sum of all lengths, and the pattern is used after all.
    """
    at = len(stream) - len(stream.lstrip())
    spaced = stream[at:].replace(PARAGRAPH, PARAGRAPH + " ").split(" ") if regular else PIECE.findall(stream)
    of_language = pieces(language)
    known = of_language.known
    tokens: list[Token] = []
    for piece in spaced:
        found = known.get(piece)
        tokens.extend(of_language.read(piece) if found is None else found)
    begin: list[int] = []
    finish: list[int] = []
    numerals: list[int] = []
    capitals: list[int] = []
    prefixes: list[int] = []
    named: list[int] = []
    stops: list[int] = []
    breaks = {len(tokens) - 1}
    for i, token in enumerate(tokens):
        begin.append(at)
        finish.append(at + len(token.word))
        at += token.advance
        look = token.look
        if look == SPOKEN:  # most
            continue
        if look & CAPITAL:
            capitals.append(i)
        if look & NUMERAL:
            numerals.append(i)
        if look & STOP:
            stops.append(i)
        if look & FINAL:
            breaks.add(i)
        if look & NAMED:
            named.append(i)
        if look & PREFIX:
            prefixes.append(i)
    if at != len(stream) + (not stream[-1:].isspace()) and regular:
        return tokenise(stream, language, regular=False)
    return Tokens(
        tokens=tokens,
        words=[token.word for token in tokens],
        low=[token.low for token in tokens],
        begin=begin,
        finish=finish,
        spoken=bytes([token.look for token in tokens]).translate(HAVING_SPOKEN),
        numerals=numerals,
        capitals=capitals,
        prefixes=prefixes,
        named=named,
        stops=stops,
        breaks=breaks,
    )
