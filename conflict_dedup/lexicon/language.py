"""One language as the extraction knows it: numbers, and a trie of tagged phrases, read from ``lang/<code>.toml``.

The engine knows no language: it asks for tags (``killed.act``, ``people.soldiers``, ``bound.at_least``), and a
language file says which phrases carry them. docs/adding-a-language.md explains each tag.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import msgspec

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # the same library before 3.11

LANGUAGES = ("en", "fr", "es", "pt")
"""The languages that have a file, the default first."""

TOKEN = re.compile(
    r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![^\W_]|[.,]\d)"  # 53  1,200  1.5  3rd
    r"|(?:[^\W\d_]\.){2,}"  # U.S.  a.m.
    r"|['’]s\b"  # the possessive
    r"|[^\W\d_]+"  # words, in any script
    r"|\d+(?:[.,]\d+)*"  # the number in 4m, 1990s, 1.5m
    r"|[^\w\s]|_"  # punctuation, one by one
)
"""What a token is. Hyphens and apostrophes stand alone, so that compounds can be matched in part."""
POSSESSIVE = "'s"
"""The one clitic that is a token."""

APOSTROPHES = (*((mark, "'") for mark in "’ʼ‘`"), *((mark, "-") for mark in "–—‑−"))
"""The typographic marks and the plain ones that stand for them; each one character, so that offsets hold."""


def straight(text: str) -> str:
    """A text with plain apostrophes and hyphens; of the same length."""
    for mark, plain in APOSTROPHES:
        if mark in text:
            text = text.replace(mark, plain)
    return text


def words(phrase: str) -> tuple[str, ...]:
    """The lower-cased tokens of a phrase, as the tokeniser of articles makes them."""
    parts = phrase.lower().split(" ")
    if all(map(str.isalpha, parts)):  # most phrases: ten times faster than the pattern
        return tuple(parts)
    return tuple(m.group() for m in TOKEN.finditer(straight(phrase.lower())))


class Tag(msgspec.Struct, frozen=True, gc=False):
    """What a phrase means: the group of which only the longest phrase counts, the sign within it, and a number."""

    group: str
    sign: str
    value: int = 0
    last: int = 0


class Number(NamedTuple):
    """A number word: ``kind`` is unit, ten, hundred, multiplier or collective."""

    kind: str
    value: int


Node = dict[str, Any]


First = tuple[Node, tuple[tuple[str, Tag], ...], tuple[tuple[str, tuple[Tag, ...]], ...], int]
"""What a token may begin; a plain tuple, since those are unpacked twice as fast.

Where the trie goes on; by group, the tag of the word by itself; all its tags, where the group is an effect; whether a
date (``DATE_START``) or a quantity (``QUANTITY_START``) may begin with it, whether it is a month or a day of the week
(``CALENDAR_WORD``), or a unit of time (``TIME_UNIT``), a sum of these.
"""

END = ""
"""The key of a trie node under which its tags stand (no token is empty)."""

DATE_GROUPS = frozenset(("when", "ago", "det", "vague", "fixed"))
QUANTITY_GROUPS = frozenset(("fixed", "vague", "number", "det"))
"""The groups with which a date or a quantity may begin: a token that begins none of their phrases begins neither."""
UNTAGGED = frozenset(
    (
        "place.abbreviations",
        "place.after_name",
        "place.not_place",
        "place.in",
        "place.admin",
        "place.town",
        "place.water",
        "actor.by",
        "sign.age_after",
        "sign.age_before",
        "sign.family",
        "sign.ordinal",
        "sign.link_before",
        "sign.parent_before",
        "sign.survivor_before",
    )
)
"""Lists asked for by word (of places, signs and doers) or by no rule: tagged, they cost a tenth of time."""
LEADS = ("place.near", "place.at", "place.from")
"""Lists of what makes the name that follows a place; their single words ("in", "from") are asked for by word."""
DATE_START, QUANTITY_START, CALENDAR_WORD, TIME_UNIT = 1, 2, 4, 8
"""What a word may be besides the first of a phrase (see ``First``)."""
EFFECT_GROUPS = ("killed", "injured", "missing", "abducted")
ONE_WORD_SETS = (
    "aux",
    "relative",
    "conjunction",
    "by",
    "preposition",
    "possessive",
    "pronoun",
    "breaker",
    "aux_finite",
    "aux_one",
    "pronoun_one",
    "of",
    "of_age",
    "in",
    "partitive",
    "object",
    "with",
    "or",
    "perfect",
    "definite_article",
    "several",
    "deed",
    "none",
    "another",
    "denial",
    "sole",
    "change",
    "change_from",
    "plural_letter",
    "of_the",
    "relative_person",
    "starter",
    "title",
    "label",
    "attributive",
)
"""The lists of ``grammar``, of which single words count; one that a language does not have is empty."""
DATE_SETS = (
    "ago",
    "ago_event",
    "later",
    "later_event",
    "headline",
    "last",
    "next",
    "on",
    "in",
    "since",
    "to",
    "full",
    "current",
    "recalling",
    "month_words",
    "month_doubtful",
    "before_date",
    "before_day",
    "before_month",
    "before_year",
    "first_day",
    "ordinal_marks",
    "ordinal_weekdays",
    "weekday_ending",
    "when",
    "month_early",
    "month_mid",
    "month_late",
    "parts_of_day",
    "reporting",
)
"""The lists of ``date`` that are asked for by word."""
CLOSED_CLASSES = ("aux", "relative", "conjunction", "by", "preposition", "possessive", "breaker")
"""The closed classes that tell what a token is, the first that holds it."""
SHAPES = ("aux", "relative", "conjunction", "by", "preposition")
"""The classes that tell what follows a noun phrase, the first that holds the word."""
PHRASE_ENDS = ("conjunction", "preposition", "aux", "relative")
"""The classes with the words before which a noun phrase ends at the latest."""
BETWEEN = {
    "conjunction": "and",
    "relative": "rel",
    "by": "by",
    "preposition": "prep",
    "aux": "aux",
    "breaker": "brk",
}
"""What a word of a closed class is called when it stands between a trigger and a quantity; the first class counts."""


class Language:
    """The vocabulary of one language, ready to be matched.

    Attributes:
        trie: nested dicts over tokens; ``node[END]`` holds the tags of the phrase that ends there by group.
        tags: all tags, by what they say.
        numbers: single number words.
        firsts: what each word of the trie leads to, and those with which a date or a quantity may begin.
        date_starts, quantity_starts: the words with which a date or a quantity may begin (figures aside).
        sets: small closed classes of single words (auxiliaries, prepositions …) by name.
        verb_endings: how the verbs end among the words of an attack.
        adjective_first, calendar_capitals, day_after_month, day_before_verb, past_participle, hundred_alone: what the
            language file says of the language's ways; see docs/adding-a-language.md.
        phrase_ends: the words of ``PHRASE_ENDS``; ``aged``: the phrases before an age, ``aged_ends``: their last words;
            ``doers``: the phrases before the doer; ``parents``, ``survivors``: those before whose parent a victim was,
            or whom one leaves; ``links``: those before a link to another article.
        leads: the single words of ``LEADS``, with the lists that have them.
        closed_class, between, shapes: of the words in ``CLOSED_CLASSES``, ``BETWEEN`` and ``SHAPES``, their class.
    """

    def __init__(self, source: dict[str, Any]) -> None:
        """Builds the trie from a parsed language file."""
        self.source = source
        info = source["language"]
        self.code: str = info["code"]
        self.decimal: str = info["decimal"]
        self.thousands: str = info["thousands"]
        self.day_first: bool = info["day_first"]
        self.adjective_first: bool = info["adjective_first"]
        self.calendar_capitals: bool = info["calendar_capitals"]
        self.day_after_month: bool = info["day_after_month"]
        self.day_before_verb: bool = info["day_before_verb"]
        self.past_participle: bool = info["past_participle"]
        self.hundred_alone: bool = source["number"]["hundred_alone"]
        self.trie: Node = {}
        self.tags: dict[tuple[str, str, int, int], Tag] = {}
        self.numbers: dict[str, Number] = {}
        self.date_starts: set[str] = set()
        self.quantity_starts: set[str] = set()
        self.sets: dict[str, frozenset[str]] = {}
        self._read_numbers(source["number"])
        self._read_grammar(source.get("grammar", {}))
        self.closed_class = {w: name for name in reversed(CLOSED_CLASSES) for w in self.sets[name]}
        self.phrase_ends = frozenset(w for name in PHRASE_ENDS for w in self.sets[name])
        self.shapes = {w: name for name in reversed(SHAPES) for w in self.sets[name]}
        self.between = {w: BETWEEN[name] for name in reversed(BETWEEN) for w in self.sets[name]}
        for role, text in source["bound"].items():
            for phrase in phrases(text):
                self.add(phrase, Tag("after" if role.startswith("after_") else "bound", role.removeprefix("after_")))
        for effect in EFFECT_GROUPS:
            for role, text in source[effect].items():
                for phrase in phrases(text):
                    self.add(phrase, Tag(effect, role))
        for category, forms in source["people"].items():
            for phrase in phrases(forms["plural"]):
                self.add(phrase, Tag("kin" if category == "kin" else "people", category))
            for phrase in phrases(forms["singular"]):
                self.add(phrase, Tag("kin1" if category == "kin" else "person", category))
        for table in ("unit", "sign", "attribution", "event", "actor", "place"):
            for name, text in source[table].items():
                group = "unit" if table == "unit" else f"{table}.{name}"
                if group in UNTAGGED:
                    continue
                for phrase in phrases(text):
                    if group not in LEADS or len(words(phrase)) > 1:
                        self.add(phrase, Tag(group, name))
        self.leads: dict[str, tuple[str, ...]] = {}
        for group in LEADS:
            for phrase in phrases(source["place"].get(group.removeprefix("place."), "")):
                tokens = words(phrase)
                if len(tokens) == 1:
                    self.leads[tokens[0]] = (*self.leads.get(tokens[0], ()), group)
        self._read_dates(source["date"])
        self.verb_endings = tuple(phrases(source["grammar"]["verb_ending"]))
        self._group(self.trie)
        self.firsts = {
            word: self._first(word) for word in {*self.trie, *self.date_starts, *self.quantity_starts, *self.date_units}
        }
        self.abbreviations = frozenset(phrases(source["place"]["abbreviations"]))
        for name in ("place.town", "place.admin", "place.capital"):
            listed = phrases(source["place"][name.removeprefix("place.")])
            self.sets[name] = frozenset(p for p in listed if " " not in p)
        self.sets["place.after_name"] = frozenset(phrases(source["place"]["after_name"]))
        self.not_place = frozenset(phrases(source["place"]["not_place"]))
        self.ordinals = frozenset(phrases(source["sign"]["ordinal"]))
        aged = {tuple(words(phrase)) for phrase in phrases(source["sign"]["age_before"])}
        self.aged = frozenset(a for a in aged if len(a) > 1 or a[0] not in self.sets["preposition"])
        self.aged_ends = frozenset(a[-1] for a in self.aged)
        self.doers = frozenset(map(words, phrases(source["actor"]["by"])))
        self.parents = frozenset(map(words, phrases(source["sign"]["parent_before"])))
        self.links = frozenset(phrases(source["sign"]["link_before"]))
        self.survivors = frozenset(map(words, phrases(source["sign"]["survivor_before"])))

    def add(self, phrase: str, tag: Tag) -> None:
        """Enters a phrase with its tag; the tags of one phrase accumulate."""
        node = self.trie
        tokens = words(phrase)
        if not tokens:
            return
        if tag.group in DATE_GROUPS:
            self.date_starts.add(tokens[0])
        if tag.group in QUANTITY_GROUPS:
            self.quantity_starts.add(tokens[0])
        for token in tokens:
            node = node.setdefault(token, {})
        tags = node.get(END, ())
        # One object for equal tags: compiled, they are equal only if they are the same.
        tag = self.tags.setdefault((tag.group, tag.sign, tag.value, tag.last), tag)
        if tag not in tags:
            node[END] = (*tags, tag)

    def _group(self, node: Node) -> None:
        """Turns the tags of each phrase into ``((group, tags), …)``, the form in which they are matched."""
        for key, child in node.items():
            if key == END:
                by_group: dict[str, tuple[Tag, ...]] = {}
                for t in child:
                    by_group[t.group] = (*by_group.get(t.group, ()), t)
                node[END] = tuple(by_group.items())
            else:
                self._group(child)

    def _first(self, word: str) -> First:
        node = self.trie.get(word, {})
        tags = node.get(END, ())
        return (
            node,
            tuple((group, listed[0]) for group, listed in tags if group not in EFFECT_GROUPS),
            tuple((group, listed) for group, listed in tags if group in EFFECT_GROUPS),
            DATE_START * (word in self.date_starts)
            | QUANTITY_START * (word in self.quantity_starts)
            | CALENDAR_WORD * (word in self.months or word in self.weekdays)
            | TIME_UNIT * (word in self.date_units),
        )

    def _read_numbers(self, table: dict[str, Any]) -> None:
        for kind, key in (("unit", "units"), ("ten", "tens"), ("hundred", "hundreds"), ("multiplier", "multipliers")):
            for word, value in table.get(key, {}).items():
                tokens = words(word)
                if len(tokens) == 1:
                    self.numbers[tokens[0]] = Number(kind, value)
                else:
                    self.add(word, Tag("number", kind, value))
        for word, value in table["collective"].items():
            self.numbers[word] = Number("collective", value)
        for word, value in table["vague"].items():
            self.add(word, Tag("vague", "vague", value))
        for word, value in table["fixed"].items():
            self.add(word, Tag("fixed", "fixed", value))
        for word, value in table.get("approximate", {}).items():
            self.add(word, Tag("fixed", "about", value))
        for name in ("joiners", "article", "one", "definite", "range_open", "range_join", "more"):
            self.sets[name] = frozenset(w for p in phrases(table[name]) for w in [" ".join(words(p))])
        for phrase in phrases(table["article"]):
            self.add(phrase, Tag("det", "article"))
        for phrase in phrases(table["ordinal_one"]):
            self.add(phrase, Tag("det", "ordinal"))
        for phrase in phrases(table["definite"]):
            self.add(phrase, Tag("det", "definite"))

    def _read_grammar(self, table: dict[str, str]) -> None:
        for name in ONE_WORD_SETS:
            self.sets[name] = frozenset(p for p in phrases(table.get(name, "")) if " " not in p)

    def _read_dates(self, table: dict[str, Any]) -> None:
        self.weekdays: dict[str, int] = table["weekdays"]
        self.months: dict[str, int] = table["months"]
        for phrase, (first, last, *calendar) in table["relative"].items():
            self.add(phrase, Tag("when", calendar[0] if calendar else "article", first, last))
        for phrase, (first, last) in table["from_event"].items():
            self.add(phrase, Tag("when", "event", first, last))
        for phrase, day in table["holidays"].items():
            if day.startswith("easter"):
                self.add(phrase, Tag("when", "easter", int(day.removeprefix("easter") or 0)))
                continue
            month, number = day.split("-")
            self.add(phrase, Tag("when", "holiday", int(month), int(number)))
        self.date_units: dict[str, int] = table["units"]
        self.date_starts |= {*self.months, *self.weekdays, *self.numbers}
        for name in DATE_SETS:
            self.sets["date." + name] = frozenset(" ".join(words(p)) for p in phrases(table.get(name, "")))
        for phrase in phrases(table.get("before_ago", "")):
            self.add(phrase, Tag("ago", "before"))
        self.quantity_starts |= set(self.numbers)


def phrases(text: str) -> list[str]:
    """The phrases of a list that commas or line ends separate."""
    return [p for p in (part.strip() for part in re.split(r",(?!\d)|\n", text)) if p]


def _text(code: str) -> str:
    return resources.files(__package__).joinpath("lang").joinpath(f"{code}.toml").read_text(encoding="utf-8")


class Signs(NamedTuple):
    """What tells a language: frequent words of its grammar, and the letters that English has not."""

    words: tuple[str, ...]
    letters: str


def signs_of(code: str) -> Signs:
    """What tells a language; only the head of its file is parsed, since every run needs them all."""
    head = tomllib.loads(_text(code).split("\n[number]", 1)[0])["language"]
    return Signs(tuple(phrases(head["function_words"])), head["letters"])


def number_tables(code: str) -> str:
    """The part of a language's file that holds its numbers, as TOML; it alone costs little to parse."""
    _, _, numbers = _text(code).partition("\n[number]\n")
    return "[number]\n" + numbers.partition("\n[")[0]


@cache
def language(code: str) -> Language:
    """The language of an ISO 639-1 code, English for one that has no file."""
    known = code if code in LANGUAGES else LANGUAGES[0]
    return Language(tomllib.loads(_text(known)))
