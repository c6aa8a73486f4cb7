"""Places in text: names that the gazetteer knows, and names that only the grammar of place gives away.

They are looked for (``place_names``); an ambiguous name goes to the country that the article is about (``place_votes``)
and is a town or the division named after it (``place_seats``); a name that no gazetteer has ("the village of X",
"in X, in the Y region") is located by what contains it (``place_holders``).
"""

from __future__ import annotations

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.place_holders import holder_of, holds, locate
from conflict_dedup.extract.place_mentions import SCENE_CONTEXTS, TOWNS, Geography, Mention, folded
from conflict_dedup.extract.place_names import again, scan
from conflict_dedup.extract.place_seats import tell_seats
from conflict_dedup.extract.place_votes import STRANGE_CONTEXTS, elsewhere, named_beside, resolve, stranger, weigh
from conflict_dedup.model import Place, PlacePrecision


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
            sure = holder is not None and holds(doc, m, holder) and elsewhere(m, meant, holder)
            if sure or stranger(m, meant, geography, beside, holder):
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


RESOLVED_VOTE = 0.5
HOME_SHARE = 0.5
"""A country with this share of an article's votes is the one it is about."""


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
