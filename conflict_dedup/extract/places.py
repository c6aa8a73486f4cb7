"""Places in text: names that the gazetteer knows, and names that only the grammar of place gives away.

An ambiguous name goes to the country that the article is about; a name that no gazetteer has ("the village of X",
"in X, in the Y region") is located by what contains it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

from conflict_dedup.extract.document import NOWHERE, Document, Mark
from conflict_dedup.lexicon.conflicts import at_war
from conflict_dedup.lexicon.entries import Entry
from conflict_dedup.lexicon.gazetteer import ARTICLE, FOLDED_ARTICLE, distance_km, fold, gazetteer
from conflict_dedup.lexicon.language import LEADS, POSSESSIVE
from conflict_dedup.lexicon.name_words import name_words
from conflict_dedup.model import Place, PlacePrecision

LONGEST = 5
"""The longest name looked for, in tokens between spaces."""
NAMES = name_words()
GLUE, ARTICLES, PARTICLES, WAYS, SHORTENED = NAMES.joining, NAMES.article, NAMES.particle, NAMES.way, NAMES.shortened
OPENING = NAMES.article | NAMES.opening
"""With these a name may begin, though by themselves they are words."""
FIRST_HALVES = NAMES.opening | NAMES.first_half
"""A name of one of these words alone goes on if a word with a capital follows."""
WITHIN = NAMES.joining | NAMES.article | {"-", "'", "."}
"""What may stand within a name besides words with a capital."""
FINE = frozenset(("town", "site", "capital", "admin2"))
SPELLING_LETTERS = 3
"""Spellings of one name differ by at most so many letters in length."""
CONTAIN_KM = 400.0
"""A town belongs to a first-level division named in the same article only when that near."""


SCENE_CONTEXTS = frozenset(("in", "near", "kind"))
"""What stands before a name where something happens, and makes it a place whether it is known or not."""
LEVELS = {"country": 0, "admin1": 1, "region": 1, "admin2": 2}


class Mention(msgspec.Struct):
    """A place name at tokens ``[start, end)``.

    ``context`` is what stands before it: in, near, from, kind ("the village of"), of, comma, and, start, border, none.
    """

    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    context: str
    entry: Entry | None = None
    countries: tuple[str, ...] = ()
    demonym: bool = False
    precision: int = 1
    container: Entry | None = None

    @property
    def fine(self) -> bool:
        """Whether it names a town, a village or a site rather than a division or a country."""
        if self.demonym:
            return False
        return self.entry is None or self.entry.kind in FINE

    @property
    def level(self) -> int:
        """3 town or unknown village, 2 second-level division, 1 first-level division or region, 0 country."""
        if self.demonym:
            return 0
        if self.entry is None:
            return 3
        return LEVELS.get(self.entry.kind, 3)

    @property
    def key(self) -> str:
        """What two mentions of one place share."""
        return folded(self.entry.name if self.entry else self.name)

    @property
    def country(self) -> str | None:
        """Its country, where it has one."""
        if self.entry is not None:
            return self.entry.country
        if self.container is not None:
            return self.container.country
        return self.countries[0] if self.countries else None


@dataclass(slots=True)
class Geography:
    """The places of an article.

    Attributes:
        mentions: in reading order, resolved.
        countries: the countries that it speaks of, weighted; ``own``: what each name (folded) adds to them.
        local: by paragraph, the countries named in it (by name, demonym or division), with the names that say so.
        heads: the places that head paragraphs; ``lines``: the places, demonyms apart, by sentence.
        shares: what ``shares`` has worked out, by name.
    """

    mentions: list[Mention] = field(default_factory=list)
    countries: dict[str, float] = field(default_factory=dict)
    own: dict[str, dict[str, float]] = field(default_factory=dict)
    local: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    heads: dict[int, Mention] = field(default_factory=dict)
    lines: dict[int, list[Mention]] = field(default_factory=dict)
    shares: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def country(self) -> str | None:
        """The country that the article is about."""
        return max(self.countries, key=lambda c: (self.countries[c] + at_war(c), c)) if self.countries else None


folded = lru_cache(maxsize=65536)(fold)
"""``fold``, remembered: an article repeats its names."""


@lru_cache(maxsize=65536)
def known(name: str) -> tuple[Entry, ...]:
    """The gazetteer's entries of a name."""
    return gazetteer().lookup(name)


@lru_cache(maxsize=65536)
def first_word(word: str, code: str) -> tuple[int, int, tuple[str, ...]]:
    """How many words a name beginning with this one may have, the same if it is an article, and whose demonym it is.

    ``code`` is the language of the demonym: "Germán" is nobody's in Spanish.
    """
    g = gazetteer()
    folded = fold(word)
    reach = max(g.starts(folded), 1)
    demonym = g.country_by_demonym(folded, code)
    if ARTICLE.fullmatch(folded):
        return reach, max(reach, g.starts(FOLDED_ARTICLE)), demonym
    return reach, reach, demonym


def within_words(doc: Document, i: int, stop: int, most: int) -> int:
    """Where a name of at most so many words that begins at ``i`` ends at the latest, no further than ``stop``.

    What hangs on the first word by more than a hyphen (Ma'arat) may be part of it: then nothing is known.
    """
    words, begin, finish = doc.words, doc.begin, doc.finish
    j = i + 1
    if j < stop and begin[j] == finish[i] and words[j] != "-":
        return stop
    while j < stop:
        if begin[j] > finish[j - 1] and words[j][0].isalnum():
            most -= 1
            if most < 1:
                return j
        j += 1
    return stop


def find(doc: Document) -> Geography:
    """Finds and resolves every place of the document."""
    mentions, doubtful = scan(doc)
    geography = Geography(mentions)
    weigh(doc, geography)
    added = [m for m in doubtful if at_home(m, geography)]
    added += again(doc, mentions, added)
    if added:
        mentions += added
        mentions.sort(key=lambda m: m.start)
    strange: set[str] = set()
    for n, m in enumerate(mentions):
        if len(m.entries) == 1 and m.context not in STRANGE_CONTEXTS:
            if not m.demonym:
                m.entry = m.entries[0]
                m.precision = m.entry.precision
        elif m.entries and not m.demonym:
            paragraph = doc.sentences[doc.sentence_of[m.start]].paragraph
            holder = holder_of(doc, mentions, n)
            beside = named_beside(m, geography, paragraph)
            meant = resolve(m, geography, beside, holder)
            if stranger(m, meant, geography, beside, holder):
                strange.add(folded(m.name))
                continue
            m.entry = meant
            m.precision = m.entry.precision if m.entry else 1
    if strange:
        estrange(geography, strange)
    tell_seats(doc, mentions)
    for m in mentions:  # where ambiguous names turned out to lie counts for the villages that no gazetteer has
        if m.entry is not None and len(m.entries) > 1 and m.level >= 2 and m.context in SCENE_CONTEXTS:
            code = m.entry.country
            if code:
                geography.countries[code] = geography.countries.get(code, 0.0) + RESOLVED_VOTE
    locate(doc, geography)
    geography.heads = heads(doc, mentions)
    for m in mentions:
        if not m.demonym:
            geography.lines.setdefault(doc.sentence_of[m.start], []).append(m)
    return geography


def estrange(geography: Geography, names: set[str]) -> None:
    """Takes names for villages that no gazetteer has wherever they stand, since they are strangers in one place.

    What they said of the countries of their namesakes is taken back.
    """
    for m in geography.mentions:
        if m.entries and not m.demonym and folded(m.name) in names:
            m.entries, m.entry = (), None
    for name in names:
        for code, votes in geography.own.get(name, {}).items():
            geography.countries[code] -= votes
    geography.shares.clear()


def again(doc: Document, mentions: list[Mention], added: list[Mention]) -> list[Mention]:
    """Where names that the grammar of place gave away once stand again without it: "Titao, again", "of Kabajib"."""
    names: dict[str, Mention] = {}
    for m in mentions:
        if not m.demonym and m.context in SCENE_CONTEXTS and not m.entries and len(m.name) > 3:
            names.setdefault(doc.low[m.start], m)
    if not names:
        return []
    found: list[Mention] = []
    low = doc.low
    known_at = {m.start for m in mentions}
    recurring = [i for i in doc.capitals if low[i] in names and i not in known_at]
    if not recurring:
        return found
    taken = {k for m in mentions + added for k in range(m.start, m.end)}
    for i in recurring:
        if i in taken:
            continue
        first = names[low[i]]
        j = i + first.end - first.start
        if low[i:j] != low[first.start : first.end] or is_person(doc, i, j):
            continue
        if j < len(doc.words) and doc.words[j][0].isupper() and doc.sentence_of[j] == doc.sentence_of[i]:
            continue  # the first name of a person, or of a longer name
        found.append(Mention(i, j, first.name, (), context_of(doc, i)))
    return found


RESOLVED_VOTE = 0.5
HOLDER_TOKENS = 8
"""What holds a place is named within so many tokens after it: "Zamora, Mexico", "Palma, in northern Mozambique"."""
HOME_SHARE = 0.5
"""A country with this share of an article's votes is the one it is about."""


def holder_of(doc: Document, mentions: list[Mention], n: int) -> Mention | None:
    """The country or division named right after a place, only commas, prepositions and directions between."""
    m = mentions[n]
    if n + 1 >= len(mentions):
        return None
    o = mentions[n + 1]
    if o.demonym or o.start == m.end or doc.sentence_of[o.start] != doc.sentence_of[m.start]:
        return None
    if not any(e.kind in ("country", "admin1", "region") for e in o.entries[:3]):
        return None
    return o if in_apposition(doc, m.end, o.start) else None


def in_apposition(doc: Document, start: int, end: int) -> bool:
    """Whether nothing but what places a place stands between two of them: commas, prepositions, kinds, directions."""
    if end - start > HOLDER_TOKENS:
        return False
    sets = doc.language.sets
    kinds, directions = doc.at.get("place.kind", {}), doc.at.get("place.direction", {})
    return all(
        k in kinds
        or k in directions
        or token in (",", "(", "-", "'")
        or token in sets["preposition"]
        or token in sets["definite"]
        or token in sets["article"]
        for k, token in enumerate(doc.low[start:end], start)
    )


def at_home(m: Mention, geography: Geography) -> bool:
    """Whether a name that begins a sentence, and may be anybody's, is a place of the article's own country."""
    home = geography.country
    total = sum(geography.countries.values())
    return (
        home is not None
        and geography.countries[home] >= HOME_SHARE * total
        and any(home in e.countries and e.kind != "country" for e in m.entries)
    )


HEAD_TOKENS = 4
"""The place that heads a paragraph stands within its first tokens ("* Sebba.", "12 May, Durán:")."""
HEADING_TOKENS = 7
"""A paragraph so short that begins with a place is a heading, and heads the next one too."""


def heads(doc: Document, mentions: list[Mention]) -> dict[int, Mention]:
    """The place that heads each paragraph of a bulletin: "Tibú. …", "MENAKA - …", "Durán (Guayas): …"."""
    sentences, sentence_of = doc.sentences, doc.sentence_of
    first: dict[int, tuple[int, int]] = {}
    for s in sentences:
        begin = first[s.paragraph][0] if s.paragraph in first else s.start
        first[s.paragraph] = (begin, s.end)
    found: dict[int, Mention] = {}
    for m in mentions:
        paragraph = sentences[sentence_of[m.start]].paragraph
        begin, end = first[paragraph]
        if (
            m.start - begin > HEAD_TOKENS
            or m.demonym
            or m.level == 0
            or paragraph in found
            or (paragraph <= 1 and doc.begin[m.start] <= doc.text_offset + 2)
        ):
            continue
        if any(
            token.isalpha() and token not in doc.language.weekdays and token not in doc.language.months
            for token in doc.low[begin : m.start]
        ):
            continue
        if m.end < end and doc.words[m.end] not in (".", ":", ",", "(", "-", "—", "–", "*", ")", "/", ";", "|", "]"):
            continue
        found[paragraph] = m
        if end - begin <= HEADING_TOKENS and paragraph + 1 in first:
            following = first[paragraph + 1][0]
            if not any(o.start == following and not o.demonym for o in mentions):
                found[paragraph + 1] = m
    return found


def scan(doc: Document) -> tuple[list[Mention], list[Mention]]:
    """The place names of the document with their context, unresolved, and those that only begin a sentence."""
    words, low, begin, finish = doc.words, doc.low, doc.begin, doc.finish
    language = doc.language
    not_place, titles = language.not_place, language.sets["title"]
    possessive = POSSESSIVE in language.sets["possessive"]
    people, person = doc.at.get("people", NOWHERE), doc.at.get("person", NOWHERE)
    found: list[Mention] = []
    doubtful: list[Mention] = []
    dated = doc.dated
    size, upper = len(words), doc.upper
    starts = {s.start for s in doc.sentences}
    groups = {k for one in doc.named if one.name for k in range(one.start, one.end)}
    calendar = (language.months, language.weekdays)
    capitals = doc.at.get("place.capital", {})
    prefixed = [i for i in doc.prefixes if hyphenated(words, i)]
    reached = 0
    for i in sorted({*doc.capitals, *prefixed, *capitals}) if prefixed or capitals else doc.capitals:
        if i < reached:
            continue
        w = words[i]
        if i in capitals and (not found or found[-1].end <= i):
            mention = capital_of(doc, i, capitals[i].end, found)
            if mention:
                found.append(mention)
                reached = mention.end
                continue
        if i in groups or low[i] in calendar[0] or low[i] in calendar[1]:
            continue
        if not w[0].isupper() and i not in prefixed:
            continue  # "capital"
        if i in dated or (len(w) == 1 and (not w.isalpha() or is_elided(doc, i))):
            continue
        if not upper and w.isupper() and is_code(doc, i):
            continue
        reach, most, demonym = first_word(w, language.code)
        best: tuple[int, tuple[Entry, ...]] | None = None
        text_start = begin[i]
        if upper:  # every word goes on the run, which need not be known for one that begins no longer name
            limit = within_words(doc, i, min(size, i + 2 * reach + 3), most)
            stop = i + 1 if limit == i + 1 else run_end(doc, i)
            limit = min(limit, stop)
        else:
            stop = limit = run_end(doc, i)
            if stop > i + 1:
                limit = within_words(doc, i, min(stop, i + 2 * reach + 3), most)
        if low[i] not in not_place or reach > 1 or low[i] in OPENING:
            for j in range(limit, i, -1):
                if words[j - 1] in ("-", "'", "’") or (low[j - 1] in GLUE and j - 1 > i):
                    continue
                if j - i == 1 and (low[i] in not_place or (len(w) < 3 and not w.isupper())):
                    continue
                entries = known(doc.stream[text_start : finish[j - 1]])
                if entries and not cut_short(doc, i, j, run_end(doc, i) if upper else stop, entries):
                    best = (j, entries)
                    break
        if possessive and best is None and reach <= 1 and not demonym and (bare := bare_possessive(w)):
            found.append(Mention(i, i + 1, w, bare, "of"))
            continue
        known_word = low[i] in not_place or i in people or i in person
        context = "none" if best is None and (known_word or upper) else context_of(doc, i)
        if upper and context in ("none", "of") and best and best[0] - i == 1:
            entries = tuple(e for e in best[1] if e.kind in ("country", "capital", "admin1") or e.population > 100_000)
            best = (best[0], entries) if entries else None
        if best is not None:
            j, entries = best
            if accept(doc, i, j, entries, context, starts):
                if demonym and j == i + 1 and not any(e.kind == "country" for e in entries):
                    found.append(Mention(i, j, w, (), "none", countries=demonym, demonym=True))
                else:
                    if at_border(doc, i, j):
                        context = "border"
                    elif is_compound(doc, j):
                        context = "of"
                    found.append(Mention(i, j, doc.surface(i, j), entries, context))
                reached = j
                continue
            if i in starts and context == "start" and not entries[0].common and low[i - 1] not in titles:
                spoken = j < size and low[j] in language.sets["date.reporting"]
                if not spoken and (j >= size or not words[j][0].isupper()) and not upper:
                    doubtful.append(Mention(i, j, doc.surface(i, j), entries, context))
        if demonym:
            found.append(Mention(i, i + 1, w, (), "none", countries=demonym, demonym=True))
            continue
        if context in SCENE_CONTEXTS and not known_word and not upper:
            j = unknown_end(doc, i, stop)
            if j > i and written(doc, i, j) <= LONGEST and not is_person(doc, i, j) and (len(w) > 3 or j > i + 1):
                found.append(Mention(i, j, doc.surface(i, j), (), context))
                reached = j
                continue
        if (
            upper
            or len(w) == 1
            or low[i] in language.sets["preposition"]
            or low[i] in language.sets["conjunction"]
            or low[i] in language.sets["relative"]
        ):
            continue
        reached = skip_name(doc, i, stop) if stop > i + 1 else stop
    return found, [m for m in doubtful if not demonym_start(m, found)]


def is_elided(doc: Document, i: int) -> bool:
    """Whether a token is an article before a word in lower case: "L'hôpital" names no place."""
    if doc.low[i] not in doc.language.sets["definite"] or doc.words[i + 1 : i + 2] not in APOSTROPHES:
        return False
    return i + 2 < len(doc.words) and doc.words[i + 2][0].islower()


def is_code(doc: Document, i: int) -> bool:
    """Whether a word in capitals tells of an effect ("4 soldiers KIA"), or begins a number ("NER-1103")."""
    low, begin, finish = doc.low, doc.begin, doc.finish
    if i in doc.effect_at:
        return True
    return (
        i + 2 < len(low)
        and low[i + 1] == "-"
        and low[i + 2].isdecimal()
        and begin[i + 1] == finish[i]
        and begin[i + 2] == finish[i + 1]
    )


def is_compound(doc: Document, j: int) -> bool:
    """Whether a name that ends before token ``j`` is the first part of an adjective: "a Karachi-bound coach"."""
    words = doc.words
    return (
        words[j : j + 1] == ["-"]
        and j + 1 < len(words)
        and words[j + 1][0].islower()
        and doc.low[j + 1] in doc.language.not_place
    )


APOSTROPHES = (["'"], ["’"])


def hyphenated(words: list[str], i: int) -> bool:
    """Whether a hyphen and a capitalised word follow a token."""
    return i + 2 < len(words) and words[i + 1] == "-" and words[i + 2][0].isupper()


def demonym_start(m: Mention, found: list[Mention]) -> bool:
    """Whether a mention was read as a demonym after all."""
    return any(o.start == m.start for o in found)


BORDER_REACH = 6
"""Words of a border begin at most so many tokens before the name."""


def at_border(doc: Document, i: int, j: int) -> bool:
    """Whether a name only says which border: "near the Burkina Faso border", "the frontier with Mali"."""
    border = doc.at.get("place.border")
    if border is None:
        return False
    if j in border:
        return True
    if border.keys().isdisjoint(range(i - BORDER_REACH, i)):
        return False
    k = i - 1
    while (
        k >= 0
        and i - k < BORDER_REACH
        and (
            doc.low[k] in doc.language.sets["preposition"]
            or doc.low[k] in doc.language.sets["definite"]
            or doc.low[k] in doc.language.sets["conjunction"]
            or doc.low[k] == "'"
        )
    ):
        k -= 1
    return (
        k >= 0
        and i - k < BORDER_REACH
        and k < i - 1
        and any(k in range(m.start, m.end) for m in near_border(border, k))
    )


def near_border(border: dict[int, Mark], k: int) -> list[Mark]:
    """The border words that may cover token ``k``."""
    return [border[x] for x in (k - 1, k) if x in border]


@lru_cache(maxsize=8192)
def bare_possessive(word: str) -> tuple[Entry, ...]:
    """The country in a possessive that lost its apostrophe, as scraped text has it ("Syrias Hama")."""
    letters = POSSESSIVE[1:]
    if len(word) < 5 or not word.endswith(letters):
        return ()
    return tuple(e for e in known(word.removesuffix(letters)) if e.kind == "country")


def capital_of(doc: Document, start: int, end: int, found: list[Mention]) -> Mention | None:
    """The city meant by "the Afghan capital"; "the capital" alone is left open until the country is known."""
    last = found[-1] if found else None
    codes: tuple[str, ...] = ()
    first = start
    if last is not None and last.demonym and 0 <= start - last.end <= 1:
        codes, first = last.countries, last.start
    elif end < len(doc.words) and not doc.language.adjective_first:  # "la capitale somalienne"
        codes = first_word(doc.words[end], doc.language.code)[2]
    for code in codes:
        city = capital_entry(code)
        if city:
            return Mention(start, end, city.name, (city,), context_of(doc, first))
    return None


@lru_cache(maxsize=512)
def capital_entry(code: str) -> Entry | None:
    """The gazetteer's entry of a country's capital."""
    g = gazetteer()
    if code not in g.countries:
        return None
    for e in known(g.country(code).capital):
        if e.country == code and e.kind in ("capital", "town"):
            return e
    return None


def run_end(doc: Document, i: int) -> int:
    """The end of the run of name-like tokens that begins at ``i``."""
    words, low, upper = doc.words, doc.low, doc.upper
    sentence_end = doc.sentences[doc.sentence_of[i]].end
    j = i + 1
    while j < sentence_end and j - i < 9:
        t = words[j]
        if t[0].isupper() or (upper and t[0].isalpha()):
            j += 1
            continue
        if low[j] not in WITHIN:
            break
        if (
            t in ("-", "'", "’")
            and j + 1 < sentence_end
            and words[j + 1][0].isalpha()
            and doc.finish[j - 1] == doc.begin[j]
            and doc.finish[j] == doc.begin[j + 1]
        ):
            j += 2
            continue
        if low[j] in ARTICLES and j + 2 < sentence_end and words[j + 1] == "-" and words[j + 2][0].isalpha():
            j += 3
            continue
        if t == "." and low[j - 1] in SHORTENED and j + 1 < sentence_end:
            j += 1
            continue
        if low[j] in GLUE and j + 1 < sentence_end and (words[j + 1][0].isupper() or low[j + 1] in GLUE):
            j += 1
            continue
        break
    return j


def cut_short(doc: Document, i: int, j: int, stop: int, entries: tuple[Entry, ...]) -> bool:
    """Whether a name that begins at ``i`` and ends at ``j`` is the first half of one.

    "Tangara" of Tangara-Koro, "Ras" of Ras al-Ain, "Ain" of Ain Qana, "Plaza" of Plaza de Bolívar.

    Two names of one country that a hyphen joins ("Paris-Orly") are two.
    """
    if j + 2 < stop and doc.low[j] in ARTICLES and doc.words[j + 1] == "-" and doc.words[j + 2][0].isupper():
        return True
    if j + 1 < stop and doc.low[j] in PARTICLES and doc.words[j + 1][0].isupper():
        return not any(c in e.countries for e in known(doc.words[j + 1]) for f in entries for c in f.countries)
    in_text = doc.begin[i] >= doc.text_offset and not doc.upper  # elsewhere any word may have a capital
    if in_text and j == i + 1 < stop and doc.low[i] in FIRST_HALVES and doc.words[j][0].isupper():
        return doc.low[j] not in doc.language.weekdays and doc.low[j] not in doc.language.months
    if j + 1 >= stop or doc.words[j] != "-" or doc.finish[j - 1] != doc.begin[j] or doc.finish[j] != doc.begin[j + 1]:
        return False
    if entries[0].kind == "country" or is_compound(doc, j):
        return False  # "Haïti-Violence", "Mali-Niger"; a country whose name goes on has been found with all of it
    countries = {c for e in entries for c in e.countries}
    return not any(c in countries for e in known(doc.words[j + 1]) for c in e.countries)


def skip_name(doc: Document, i: int, stop: int) -> int:
    """Past a run that is no place, so that a surname in it is not taken for a town."""
    j = i + 1
    while j < stop and (doc.words[j][0].isupper() or doc.words[j] == "-") and doc.low[j] not in GLUE:
        j += 1
    return j


def unknown_end(doc: Document, i: int, stop: int) -> int:
    """The end of a name that no gazetteer has: capitalised words, joined by hyphens or particles."""
    j = i
    while j < stop:
        if doc.low[j] in doc.language.not_place:
            break
        j += 1
    while j > i and (doc.low[j - 1] in GLUE or not doc.words[j - 1][0].isalnum()):
        j -= 1
    return j


def written(doc: Document, i: int, j: int) -> int:
    """The words of a name as one writes them: "Ma'arat al-Nu'man" has two."""
    return 1 + sum(doc.finish[k - 1] < doc.begin[k] for k in range(i + 1, j))


def is_person(doc: Document, i: int, j: int) -> bool:
    """Whether a title or a verb of speaking beside a run tells that it is a person or an organisation."""
    before = doc.low[i - 1] if i else ""
    after = doc.low[j] if j < len(doc.low) else ""
    sets = doc.language.sets
    return before in sets["title"] or after in sets["date.reporting"] or after in sets["relative_person"]


def context_of(doc: Document, i: int) -> str:
    """What stands before a name: the preposition or noun that makes it a place, and of what kind."""
    first = doc.sentences[doc.sentence_of[i]].start
    if i == first:
        return "start"
    low, sets = doc.low, doc.language.sets
    unsaid, article, of = sets["definite_article"], sets["article"], sets["of"]
    k = i - 1
    kinds = doc.at.get("place.kind", NOWHERE)
    directions = doc.at.get("place.direction", NOWHERE)
    for hops in range(4):
        if k < first:
            break
        token = low[k]
        if token not in unsaid and token not in article:
            kind = k in kinds
            if k not in directions and token != "-" and not (kind and hops < 3 and token.isalpha()):
                break
            if kind:
                return "kind"
        k -= 1
    if k < first:
        return "start"
    token = low[k]
    if token in of:
        if k and (k - 1) in kinds:
            return "kind"
        for back in range(1, 3):
            mark = kinds.get(k - back)
            if mark and mark.end == k:
                return "kind"
    lead = lead_of(doc, k)
    if lead is None and k == i - 1 and low[i] in unsaid:
        lead = lead_of(doc, i)  # "en El Carmelo": the phrase takes the article of the name for its own
    if lead is not None:
        return lead
    if token in of:
        return "of"
    if token in {",", "("}:
        return "comma"
    if token in sets["conjunction"]:
        return "and"
    return "none"


LEAD_NAMES = {"place.near": "near", "place.at": "in", "place.from": "from"}
LEAD_TOKENS = 4


def lead_of(doc: Document, k: int) -> str | None:
    """What the longest phrase of place that ends with token ``k`` says of the name that follows."""
    if doc.leads is None:
        doc.leads = leads(doc)
    ending, within = doc.leads
    found = ending.get(k)
    if found is not None:
        return found
    for group in doc.language.leads.get(doc.low[k], ()):
        if k not in within.get(group, ()):
            return LEAD_NAMES[group]
    return None


def leads(doc: Document) -> tuple[dict[int, str], dict[str, set[int]]]:
    """By their last token, what the longest phrases of several tokens say; by group, the tokens within its phrases."""
    longest: dict[int, tuple[int, str]] = {}
    within: dict[str, set[int]] = {}
    for group in LEADS:
        for m in doc.marks.get(group, ()):
            within.setdefault(group, set()).update(range(m.start, m.end))
            size, last = m.end - m.start, m.end - 1
            if size <= LEAD_TOKENS and (last not in longest or size > longest[last][0]):
                longest[last] = (size, LEAD_NAMES[group])
    return {last: name for last, (_, name) in longest.items()}, within


def accept(doc: Document, i: int, j: int, entries: tuple[Entry, ...], context: str, starts: set[int]) -> bool:
    """Whether a known name stands for its place here: common words and persons' names need a preposition."""
    low, words, sets = doc.low, doc.words, doc.language.sets
    top = entries[0]
    strong = context in ("in", "near", "kind", "from")
    before = low[i - 1] if i else ""
    after = words[j] if j < len(words) else ""
    if before in sets["title"] and not strong:
        return False
    if top.kind == "country":
        return True
    if j == i + 1 and low[i] in WAYS and low[j : j + 1] and low[j] in PARTICLES:
        return False  # "Plaza de Bolívar" is a square
    if top.common and not strong:
        return False
    if not strong and j == i + 1 and len(words[i]) <= 4 and all(e.alias for e in entries):
        return False
    if (
        not strong
        and j < len(words)
        and after[:1].isupper()
        and low[j] not in sets["place.after_name"]
        and low[j] not in doc.language.weekdays
        and low[j] not in doc.language.months
        and context != "comma"
        and i not in starts
    ):
        return False  # the first of two capitalised words: a person's name more often than not
    if (
        i in starts
        and j == i + 1
        and not strong
        and top.kind in ("town", "site")
        and top.population < 50_000
        and after not in (",", "(", ":", "-", "–", "—", ".", ";", "/")
    ):
        return False
    if (
        context in ("none", "and", "of", "start")
        and i
        and words[i - 1][:1].isupper()
        and i not in starts
        and low[i - 1] not in GLUE
        and not doc.upper
        and top.kind in ("town", "site")
        and low[i - 1] not in doc.language.weekdays
    ):
        return False
    if context in ("none", "of", "and") and top.kind == "town" and top.population < 20_000 and top.alias:
        return False
    return not (
        context == "none"
        and top.kind == "town"
        and top.population < 5000
        and j < len(words)
        and low[j] in doc.language.sets["date.reporting"]
    )


def weigh(doc: Document, geography: Geography) -> None:
    """Weighs the countries that the article speaks of: by name, by demonym, by their divisions and towns."""
    votes: dict[str, float] = {}
    own: dict[str, dict[str, float]] = {}
    for m in geography.mentions:
        number = doc.sentence_of[m.start]
        early = 1.6 if number <= 2 else 1.0
        cast, sure = ballot(m)
        key = folded(m.name)
        mine = own.setdefault(key, {})
        for c, weight in cast:
            votes[c] = votes.get(c, 0.0) + early * weight
            mine[c] = mine.get(c, 0.0) + early * weight
        if sure:
            here = geography.local.setdefault(doc.sentences[number].paragraph, {})
            for c, _ in cast:
                here.setdefault(c, set()).add(key)
    for one in doc.named:
        sentence = doc.sentences[doc.sentence_of[one.start]]
        weight = SIGN_VOTE / max(len(one.countries), 1)
        here = geography.local.setdefault(sentence.paragraph, {})
        for c in one.countries:
            votes[c] = votes.get(c, 0.0) + weight
            here.setdefault(c, set()).add(SIGN)
    # A speaker's country ("the US said") is named as well as the scene: places inside a country weigh for it.
    for m in geography.mentions:
        if m.entries and m.entries[0].kind != "country" and m.context in SCENE_CONTEXTS:
            for c in {c for e in m.entries[:4] for c in e.countries}:
                if c in votes:
                    votes[c] += 0.5
                    mine = own[folded(m.name)]
                    mine[c] = mine.get(c, 0.0) + 0.5
    geography.countries = votes
    geography.own = own


SIGN_VOTE = 1.0
"""What an armed group, or another sign of a country (``lexicon.groups``), casts for where it belongs, in all."""
SIGN = " "
"""Stands for these signs among the names that speak for a country."""


def ballot(m: Mention) -> tuple[list[tuple[str, float]], bool]:
    """The countries that a mention speaks for, with weights, and whether it names a country or division by itself."""
    if m.demonym:
        return [(c, 1.0 / len(m.countries)) for c in m.countries], True
    if not m.entries:
        return [], False
    top = m.entries[0]
    if top.kind == "country":
        return [(c, 1.5 if m.context in ("in", "near") else 1.0) for c in top.countries], True
    if top.kind in ("region", "capital"):
        return [(c, 1.5 / len(top.countries)) for c in top.countries], top.kind != "capital"
    if top.kind in ("admin1", "admin2"):
        rivals = [e for e in m.entries[:6] if e.population >= RIVAL * top.population]
        sizes = by_country(rivals)
        total = sum(sizes.values())
        return [(c, 1.5 * s / total) for c, s in sizes.items()], len(sizes) == 1
    codes = {c for e in m.entries[:4] for c in e.countries}
    if len(codes) == 1 and any(e.kind in DIVISIONS for e in m.entries):
        return [(c, 1.5) for c in codes], True  # a division named after its seat
    if len(codes) == 1 or top.population > 300_000:
        return [(c, 1.0 if m.context in ("in", "near", "kind", "start") else 0.5) for c in top.countries], False
    sizes = by_country(m.entries[:6])
    total = sum(sizes.values())
    return [(c, 0.5 * s / total) for c, s in sizes.items()], False


RIVAL = 0.02
"""A division shares its vote with namesakes abroad that have at least this share of its people."""


def by_country(entries: Iterable[Entry]) -> dict[str, float]:
    """The logarithm of the population of the largest place in each country: three small ones are no better."""
    sizes: dict[str, float] = {}
    for e in entries:
        for c in e.countries:
            sizes[c] = max(sizes.get(c, 0.0), math.log(e.population + 50))
    return sizes


STRANGE_CONTEXTS = SCENE_CONTEXTS | {"comma", "from", "of", "and"}
"""What stands before a name that may be a stranger."""
STRANGER_SHARE = 0.1
STRANGER_POPULATION = 200_000
"""A town of so many is known everywhere; a second-level division of as many is not."""


ENOUGH_VOTES = 3.0


def shares(m: Mention, geography: Geography) -> dict[str, float]:
    """The countries' shares of the article's votes, those that the name itself cast left out.

    Of fewer than ``ENOUGH_VOTES`` none has the whole: a nation named once in passing is not where all happened.
    """
    key = folded(m.name)
    found = geography.shares.get(key)
    if found is not None:
        return found
    mine = geography.own.get(key, {})
    rest = {c: v - mine.get(c, 0.0) for c, v in geography.countries.items()}
    total = max(sum(rest.values()), ENOUGH_VOTES)
    found = geography.shares[key] = {c: v / total for c, v in rest.items()}
    return found


def held_by(e: Entry, holder: Mention | None) -> float:
    """How well a place lies in what is named to hold it: 0 not, 1 in that country, 2 in that division."""
    if holder is None:
        return 0.0
    best = 0.0
    for h in holder.entries[:4]:
        if not any(c in h.countries for c in e.countries):
            continue
        inside = h.kind == "admin1" and h.name == e.admin1 and e is not h
        best = max(best, 2.0 if inside else 1.0 if h.kind in ("country", "region", "admin1") else 0.0)
    return best


def named_beside(m: Mention, geography: Geography, paragraph: int) -> frozenset[str]:
    """The countries for which another name of the paragraph speaks."""
    here = geography.local.get(paragraph)
    if not here:
        return NOBODY
    key = folded(m.name)
    return frozenset([c for c, names in here.items() if len(names) > 1 or key not in names])


NOBODY = frozenset[str]()
SURE_KINDS = frozenset(("country", "capital", "region"))


def stranger(m: Mention, meant: Entry, geography: Geography, beside: frozenset[str], holder: Mention | None) -> bool:
    """Whether every place of that name lies in countries the article hardly speaks of, and the one ``meant`` is small.

    Then it is more likely a village of the article's country that no gazetteer has. ``beside`` are the countries for
    which other names of its paragraph speak.
    """
    if m.context not in STRANGE_CONTEXTS or (meant.population >= STRANGER_POPULATION and meant.kind != "admin2"):
        return False
    for e in m.entries:
        if e.kind in SURE_KINDS or not beside.isdisjoint(e.countries) or held_by(e, holder):
            return False
    share = shares(m, geography)
    if not beside and max(share.values(), default=0.0) <= 0.4:
        return False
    if max((share.get(c, 0.0) for e in m.entries for c in e.countries), default=0.0) >= STRANGER_SHARE:
        return False
    return far_from_all(m, geography)


NEIGHBOUR_KM = 60.0
"""A town so near to another that the article names is no stranger, be it across a border."""
NEIGHBOUR_DEGREES = NEIGHBOUR_KM / 111.0
"""More degrees of latitude are further: a degree is 111.2 km."""


def far_from_all(m: Mention, geography: Geography) -> bool:
    """Whether the article names other towns or divisions, and none is a neighbour of any place of that name.

    Where it names none, nothing tells that the place is another. Namesakes of the others count only in countries that
    the article speaks of: there is a Santa Ana near to everything.
    """
    key = folded(m.name)
    share = shares(m, geography).get
    others = [
        e
        for o in geography.mentions
        if o.entries and (o.entries[0].kind in FINE or o.entries[0].kind == "admin1") and folded(o.name) != key
        for e in o.entries
        if any(share(c, 0.0) >= STRANGER_SHARE for c in e.countries)
    ]
    return bool(others) and not any(are_neighbours(e, other) for e in m.entries for other in others)


def are_neighbours(one: Entry, other: Entry) -> bool:
    """Whether two places are less than ``NEIGHBOUR_KM`` apart; most are told by their latitude alone."""
    return (
        abs(one.lat - other.lat) < NEIGHBOUR_DEGREES
        and distance_km(one.lat, one.lon, other.lat, other.lon) < NEIGHBOUR_KM
    )


KIND_WORTH = {"country": 1.6, "capital": 1.2, "admin1": 0.15, "region": 0.35, "admin2": 0.1, "site": 0.25}
DIVISIONS = frozenset(("admin1", "admin2", "region"))


def resolve(m: Mention, geography: Geography, beside: frozenset[str], holder: Mention | None) -> Entry:
    """The entry meant: in what is named to hold it, in the country of its paragraph or article, the most populous."""
    if len(m.entries) == 1:
        return m.entries[0]
    share = shares(m, geography).get
    kindred = 0.1 if m.context == "kind" else 0.0
    most = DWARFED * max([e.population for e in m.entries])
    best, best_worth = m.entries[0], -math.inf
    for e in m.entries:
        held = held_by(e, holder) if holder is not None else 0.0
        population, countries = e.population, e.countries
        if e.alias and 0 < population < most and not held:
            continue
        country = share(e.country, 0.0) if e.country else max([share(c, 0.0) for c in countries], default=0.0)
        size = math.log10(population + 10) / 6
        kind = KIND_WORTH.get(e.kind, 0.0)
        if kindred and e.kind in DIVISIONS:
            kind += kindred
        near = 0.0 if beside.isdisjoint(countries) else 0.8
        prior = at_war(e.country) if e.country else max([at_war(c) for c in countries], default=0.0)
        worth = 2.5 * country + near + held + size + kind + RECORD * prior - (0.5 if e.alias else 0.0)
        if worth > best_worth:
            best, best_worth = e, worth
    return best


RECORD = 1.5
"""What a country's record of conflict (``at_war``) weighs, beside the people of a place and what the article names."""
DWARFED = 0.01
"""A place with less than this share of a namesake's people is not meant by a spelling other than its own (Cabool)."""


def locate(doc: Document, geography: Geography) -> None:
    """Gives a village that no gazetteer has its spelling variant, else the division or country that contains it."""
    unknown = [m for m in geography.mentions if not m.demonym and m.entry is None]
    if not unknown:
        return
    paragraphs = {m.start: doc.sentences[doc.sentence_of[m.start]].paragraph for m in unknown}
    named = named_in(doc, geography, set(paragraphs.values()))
    countries = {paragraph: country_around(geography, here) for paragraph, here in named.items()}
    containers: dict[str, Entry] = {}
    towns = towns_beside(doc, geography.mentions)
    for m in unknown:
        container = towns.get(m.start) or contained(doc, geography, m)
        if container is not None:
            containers.setdefault(folded(m.name), container)
    for m in unknown:
        container = containers.get(folded(m.name))
        country = countries[paragraphs[m.start]]
        if container is None:
            divisions = [
                o.entry
                for o in geography.mentions
                if o.entry and o.entry.kind in DIVISIONS and o.entry.country == country
            ]
            container = divisions[0] if len({e.name for e in divisions}) == 1 else None
        where = (container.country if container else None) or country
        if where:
            m.countries = (where,)
            variants = gazetteer().fuzzy(m.name, where) if len(m.name) > 5 else ()
            near = [
                e
                for e in variants[:3]
                if abs(len(e.name) - len(m.name)) <= SPELLING_LETTERS
                and e.kind in ("town", "site", "admin2", "capital")
                and (container is None or distance_km(e.lat, e.lon, container.lat, container.lon) < CONTAIN_KM)
            ]
            if near:
                m.entry = near[0]
                m.precision = 1
                continue
        m.container = container or (country_entry(where) if where else None)


SEAT_SHARE = 0.4
METROPOLIS = 700_000
"""Where so many live in a town, and this share of the people of the division that is named after it, the town is meant:
"in Kharkiv". "In Ghazni" may be either."""
SEAT, DIVISION = "seat of it", "division of it"
SEAT_HOPS = 3
"""So many articles, directions and "of" at most stand between a name and the noun that says what it names."""


def tell_seats(doc: Document, mentions: list[Mention]) -> None:
    """Tells towns from the divisions that are named after them: "the town of Gao", "the Gao region", "Gao".

    What stands beside the name says it; elsewhere in the article it means what was said, or else a great city.
    """
    double = {n: pair for n, m in enumerate(mentions) if (pair := seat_and_division(m)) is not None}
    if not double:
        return
    said = {n: seat_said(doc, mentions, n) for n in double}
    of_name: dict[str, set[str]] = {}
    for n, what in said.items():
        if what:
            of_name.setdefault(folded(mentions[n].name), set()).add(what)
    for n, (seat, division) in double.items():
        m = mentions[n]
        what = said[n]
        if not what and m.context != "border":
            elsewhere = of_name.get(folded(m.name), set())
            if len(elsewhere) == 1:
                (what,) = elsewhere
            elif m.context in SCENE_CONTEXTS and seat.population >= max(METROPOLIS, SEAT_SHARE * division.population):
                what = SEAT
        if what:
            m.entry = seat if what == SEAT else division
            m.precision = m.entry.precision


def seat_and_division(m: Mention) -> tuple[Entry, Entry] | None:
    """The town and the division around it of which either is meant by a mention that names one of them."""
    meant = m.entry
    if meant is None or len(m.entries) < 2 or m.demonym or meant.kind not in SEATS | DIVISIONS:
        return None
    seats = [meant] if meant.kind in SEATS else [e for e in m.entries if e.kind in SEATS and is_seat(e, meant)]
    divisions = (
        [meant] if meant.kind in DIVISIONS else [e for e in m.entries if e.kind in DIVISIONS and is_seat(meant, e)]
    )
    if not seats or not divisions:
        return None
    seat, division = seats[0], divisions[0]
    if seat.name != division.name and folded(seat.name) == folded(division.name):
        seat = called(seat, division.name)  # one name for the two: Kandahār, Kandahar
    return seat, division


@lru_cache(maxsize=512)
def called(town: Entry, name: str) -> Entry:
    """The entry of a town under another spelling of its name."""
    return Entry(
        name=name,
        kind=town.kind,
        country=town.country,
        admin1=town.admin1,
        lat=town.lat,
        lon=town.lon,
        population=town.population,
        alias=town.alias,
        common=town.common,
        precision=town.precision,
        countries=town.countries,
    )


SEATS = frozenset(("town", "capital"))
SEAT_KM = 100.0
"""The middle of a division lies so near to the town that it is named after."""


def is_seat(town: Entry, division: Entry) -> bool:
    """Whether a town lies in the division that has its name."""
    if town.country != division.country or town.alias or division.alias:
        return False
    if division.kind == "admin1":
        return town.admin1 == division.name
    return distance_km(town.lat, town.lon, division.lat, division.lon) <= SEAT_KM


def seat_said(doc: Document, mentions: list[Mention], n: int) -> str:
    """Whether the words beside a name say that it is a town's or a division's; "" if neither."""
    m = mentions[n]
    low, sets = doc.low, doc.language.sets
    towns, admin = sets["place.town"], sets["place.admin"]
    s = doc.sentences[doc.sentence_of[m.start]]
    after = low[m.end] if m.end < s.end else ""
    if after in towns:
        return SEAT
    k = m.start - 1
    through_of = False
    for _ in range(SEAT_HOPS):
        if k < s.start or not (
            low[k] in sets["definite_article"] or low[k] in sets["of"] or k in doc.at.get("place.direction", NOWHERE)
        ):
            break
        through_of = through_of or low[k] in sets["of"]
        k -= 1
    if k >= s.start:
        if low[k] in admin or (through_of and low[k] in sets["place.capital"] and after not in admin):
            return DIVISION  # "the capital of Gao"
        if low[k] in towns:
            return SEAT  # "the town of Gao", "the capital of Gao province"
    if after in admin:
        return DIVISION
    if m.context == "near":
        return SEAT
    if m.context == "start" and doc.words[m.start].isupper() and not (doc.upper or after.isalpha()):
        return SEAT  # "KHARKIV, Ukraine (AP) - "; bulletins head their paragraphs by divisions too: "Donetsk. Lyman: …"
    before = mentions[n - 1] if n else None
    if before is not None and before.fine and doc.sentence_of[before.start] == doc.sentence_of[m.start]:
        return DIVISION if in_apposition(doc, before.end, m.start) else ""
    return ""


NAMED, NAMED_PEOPLE, NAMED_BORDER, NAMED_TOWN = 1.0, 0.4, 0.3, 0.3
"""What it adds to a country that a paragraph names it or one of its divisions, a people ("US drones"), a border, a town
("Bamako - A mine at Goundaka")."""
ARTICLE_SHARE = 2.0
"""What a country's share of the article's votes weighs beside that."""


def named_in(doc: Document, geography: Geography, paragraphs: set[int]) -> dict[int, dict[str, float]]:
    """By paragraph, the countries that it names, with the weight of the strongest naming."""
    found: dict[int, dict[str, float]] = {paragraph: {} for paragraph in paragraphs}
    for m in geography.mentions:
        here = found.get(doc.sentences[doc.sentence_of[m.start]].paragraph)
        if here is None:
            continue
        e = m.entry
        if m.demonym:
            weight, codes = NAMED_PEOPLE, m.countries
        elif e is None:
            continue
        elif e.kind != "country" and e.kind not in DIVISIONS:
            weight, codes = NAMED_TOWN, e.countries
        else:  # a country's name without a preposition stands for its people or its state: "US aircraft"
            people = e.kind == "country" and m.context == "none"
            weight = NAMED_PEOPLE if people else NAMED_BORDER if m.context == "border" else NAMED
            codes = e.countries
        for c in codes:
            here[c] = max(here.get(c, 0.0), weight / len(codes))
    for one in doc.named:
        here = found.get(doc.sentences[doc.sentence_of[one.start]].paragraph)
        if here is not None:
            for c in one.countries:
                here[c] = max(here.get(c, 0.0), NAMED_PEOPLE / len(one.countries))
    return found


def country_around(geography: Geography, here: dict[str, float]) -> str | None:
    """The country of a place that no gazetteer has: what its paragraph names, and what the article is about."""
    votes = geography.countries
    total = max(sum(votes.values()), ENOUGH_VOTES)
    worth = {c: here.get(c, 0.0) + ARTICLE_SHARE * votes.get(c, 0.0) / total + at_war(c) for c in here.keys() | votes}
    return max(worth, key=lambda c: (worth[c], c)) if worth else None


def towns_beside(doc: Document, mentions: list[Mention]) -> dict[int, Entry]:
    """By its first token, the town or site that a name no gazetteer has is a part of, or lies near.

    "Liaquatabad, Karachi", "the Rawda district of Taiz", "Karachi's Liaquatabad".
    """
    found: dict[int, Entry] = {}
    for n, m in enumerate(mentions):
        if m.demonym or m.entry is not None:
            continue
        after = mentions[n + 1] if n + 1 < len(mentions) else None
        before = mentions[n - 1] if n else None
        town = town_of(after)
        if after is not None and town is not None and doc.sentence_of[after.start] == doc.sentence_of[m.start]:
            if in_apposition(doc, m.end, after.start):
                found[m.start] = town
            continue
        town = town_of(before)
        if before is not None and town is not None and "".join(doc.low[before.end : m.start]) in BETWEEN:
            found[m.start] = town
    return found


TOWNS = frozenset(("town", "capital", "site"))
BETWEEN = ("", "'s", "’s")
"""What stands between a town and its quarter."""


def town_of(m: Mention | None) -> Entry | None:
    """The town or site that a mention names, where the gazetteer has it."""
    return m.entry if m is not None and m.entry is not None and m.entry.kind in TOWNS else None


def contained(doc: Document, geography: Geography, m: Mention) -> Entry | None:
    """The division named in a mention's sentence, rather after it than before."""
    number = doc.sentence_of[m.start]
    around = [
        o
        for o in geography.mentions
        if o.entry is not None and o.entry.kind in DIVISIONS and doc.sentence_of[o.start] == number
    ]
    after = [o for o in around if o.start > m.start]
    chosen = after or around
    return chosen[0].entry if chosen else None


@lru_cache(maxsize=512)
def country_entry(code: str) -> Entry | None:
    """The gazetteer's entry of a country."""
    for e in known(gazetteer().country(code).name) if code in gazetteer().countries else ():
        if e.kind == "country" and e.country == code:
            return e
    return None


def as_place(m: Mention, geography: Geography) -> Place:
    """The output's place of a mention."""
    e = m.entry
    if e is not None:
        precision: int = e.precision
        if m.context == "near" and precision == 1:
            precision = 2
        return Place(
            name=e.name,
            admin1=e.admin1 if e.kind not in ("country", "admin1") else (e.name if e.kind == "admin1" else None),
            country=e.country or (m.countries[0] if m.countries else None) or best_of(e.countries, geography),
            lat=round(e.lat, 4),
            lon=round(e.lon, 4),
            precision=_precision(precision),
        )
    c = m.container
    if c is not None and c.kind != "country":
        return Place(
            name=m.name,
            admin1=c.admin1 if c.kind != "admin1" else c.name,
            country=c.country or geography.country,
            lat=round(c.lat, 4),
            lon=round(c.lon, 4),
            precision=2 if c.kind in TOWNS else 3 if c.kind == "admin2" else 4,
        )
    country = m.country or geography.country
    return Place(name=m.name, country=country, precision=6 if country else 5)


def best_of(codes: tuple[str, ...], geography: Geography) -> str | None:
    """Of several countries the one that the article speaks of most."""
    return max(codes, key=lambda c: (geography.countries.get(c, 0.0), c)) if codes else geography.country


def _precision(n: int) -> PlacePrecision:
    levels: tuple[PlacePrecision, ...] = (1, 2, 3, 4, 5, 6, 7)
    return levels[min(max(n, 1), 7) - 1]
