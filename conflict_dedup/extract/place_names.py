"""Place names in text: those that the gazetteer knows, and those that only the grammar of place gives away."""

from __future__ import annotations

from functools import lru_cache

from conflict_dedup.extract.document import NOWHERE, Document, Mark
from conflict_dedup.extract.place_mentions import SCENE_CONTEXTS, Mention
from conflict_dedup.extract.speakers import SPEAKERS
from conflict_dedup.lexicon.entries import Entry
from conflict_dedup.lexicon.gazetteer import ARTICLE, FOLDED_ARTICLE, fold, gazetteer
from conflict_dedup.lexicon.language import LEADS, POSSESSIVE
from conflict_dedup.lexicon.name_words import name_words

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
    if j < stop and doc.words[j][0].isupper() and speaks_on(doc, i, j):
        return True
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


def speaks_on(doc: Document, i: int, j: int) -> bool:
    """Whether a name is the beginning of a body's that gives figures: "La Cruz" of "La Cruz Roja"."""
    return any(m.end > j for group in SPEAKERS for k in range(i, j) if (m := doc.at.get(group, NOWHERE).get(k)))


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


def is_speaker(doc: Document, i: int) -> bool:
    """Whether a verb of saying stands right before a name: "a annoncé l'Elysée"."""
    sets = doc.language.sets
    k = i - 1
    while k > 0 and (doc.low[k] in sets["definite_article"] or doc.low[k] == "'"):
        k -= 1
    return k >= 0 and doc.low[k] in sets["date.reporting"]


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
    if context == "none" and not doc.language.adjective_first and is_speaker(doc, i):
        return False
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


@lru_cache(maxsize=512)
def country_entry(code: str) -> Entry | None:
    """The gazetteer's entry of a country."""
    for e in known(gazetteer().country(code).name) if code in gazetteer().countries else ():
        if e.kind == "country" and e.country == code:
            return e
    return None
