"""What two candidates are compared by. Each comparison names a level, and the level has a weight in ``weights.toml``.

A comparison is one function of two candidates' features: it returns the name of a level, or :data:`MISSING` when
there is nothing to compare, which is evidence neither way. Its docstring is what a user reads as the explanation. A
second, slower function words the note that ``compare`` shows. All are listed in :data:`COMPARISONS`; to add one,
write the function, list it there, and run ``tools/fit_matching.py``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import JaroWinkler

from conflict_dedup.match.copies import likeness, resemblance
from conflict_dedup.match.features import Corpus, Features, PlaceFeatures

MISSING = "missing"
"""The level of a comparison that found nothing to compare: no bits."""

SAME_SPELLING = 0.88
"""Jaro-Winkler similarity from which folded names are spellings of one name (Boulikessi and Boulkessy: 0.94)."""

SPELLING_KM = 50.0
"""Two alike names farther apart than this are two places."""

NEAR_KM = 15.0
AROUND_KM = 50.0
DISTANT_KM = 100.0
"""Two places that are known so far apart are two places, however the day is told."""

REPRINT_RESEMBLANCE = 0.3
"""From this share of common shingles two articles tell the same story in the same words."""

_ONE_PLACE = frozenset({"same_place", "same_spelling", "near", "same_common"})

_ELSEWHERE = frozenset({"same_region", "apart", "distant", "other_country"})
"""The levels of two places of which neither can be the other's."""

FEW_TERMS = 8
FEWEST_TERMS = 5
"""Who has fewer words to share, as a sentence told in passing has, says little by sharing none, the less the fewer."""

COUNTRY_PRECISION = 6
NARROW_DAYS = 1
REGION_PRECISION = 3

KINDS_OF_GROUPS = frozenset({"militants", "gunmen", "gangs", "militia"})
"""Perpetrators of whom only the kind is told."""

_GROUND = frozenset({"armed_attack", "massacre", "battle", "hostage_taking"})
_REMOTE = frozenset({"air_strike", "shelling", "bombing"})
_FORCES = frozenset({"army", "police"})

Compare: TypeAlias = Callable[[Features, Features, "Corpus | None"], str]
Explain: TypeAlias = Callable[[Features, Features, "Corpus | None"], str]


class Rule(NamedTuple):
    """One comparison: its name in ``weights.toml``, what finds the level, and what words the note."""

    name: str
    level: Compare
    note: Explain


def compare_dates(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """When: whether the windows overlap, the narrower the more telling, or how many days lie between them.

    A window that the text does not state, only guessed from the day of publication, may lie apart by mistake.
    """
    if not left.start or not right.start:
        return MISSING
    return date_level(left, right, days_apart(left, right))


def days_apart(left: Features, right: Features) -> int:
    """The days from the end of the earlier window to the start of the later; 0 or less where they overlap."""
    if left.start < right.start:
        left, right = right, left
    return left.start - right.end if right.end < left.end else -left.width


def date_level(left: Features, right: Features, gap: int) -> str:
    """The level of two windows so many days apart; see :func:`compare_dates`."""
    if gap <= 0:
        width = max(right.width, left.width)
        if width == 0:
            return "same_day"
        if width <= 6:
            return "within_days"
        return "within_month" if width <= 31 else "within_year"
    if gap == 1:
        return "next_day"
    if left.inferred or right.inferred:
        return "guessed_apart"
    if gap <= 3:
        return "three_days"
    return "within_ten_days" if gap <= 10 else "long_apart"


def compare_places(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """Where: by name (folded and fuzzy), by distance, by containment; where one names a country alone, by country."""
    a, b = left.place, right.place
    if a is None or b is None:
        return MISSING
    if a is b and a.precision < COUNTRY_PRECISION:
        return _same_name_level(a, b)
    # Places recur, pairs of places too: the names are compared once in a run.
    if a.index > b.index:
        a, b = b, a
    level = a.levels.get(b.index)
    if level is None:
        level = a.levels[b.index] = place_level(a, b)
    return level


def place_level(a: PlaceFeatures, b: PlaceFeatures) -> str:
    """The level of two places; see :func:`compare_places`."""
    vague = COUNTRY_PRECISION in (a.precision, b.precision)
    if a.country and b.country and a.country != b.country:
        # A country alone may be the one that the report comes from, or the one across the border.
        return "country_alone" if vague else "other_country"
    if vague and (named := _named_level(a, b)):
        return named
    if vague:
        return "same_country" if a.country and b.country else MISSING
    if not a.joined or not b.joined:
        return MISSING
    distance = distance_km(a, b)
    if a.joined == b.joined:
        return "distant" if distance is not None and distance > DISTANT_KM else _same_name_level(a, b)
    if (distance is None or distance <= SPELLING_KM) and _spelt_alike(a, b):
        return "same_spelling"
    if distance is not None and distance <= NEAR_KM:
        return "near"
    if _contains(a, b) or _contains(b, a):
        return "contained"
    if distance is not None and distance <= AROUND_KM:
        return "around"
    if distance is not None and distance > DISTANT_KM:
        return "distant"
    if a.admin1 and a.admin1 == b.admin1:
        return "same_region"
    return "apart"


def compare_event_types(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """What: the type of the event; an attack may be told as a massacre or a battle, a strike as shelling.

    "Attack" is said of every type, so that beside a bombing it is only more general.
    """
    a, b = left.event_type, right.event_type
    if a == "other" or b == "other":
        return MISSING
    if a == b:
        return "same"
    if (a in _GROUND and b in _GROUND) or (a in _REMOTE and b in _REMOTE):
        return "related"
    return "general" if "armed_attack" in (a, b) else "different"


def compare_perpetrators(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """By whom: the groups that did it or claimed it; "gunmen" may be of any group."""
    if not left.actors or not right.actors:
        return MISSING
    shared = left.actors & right.actors
    if shared:
        return "alike" if shared <= KINDS_OF_GROUPS else "shared"
    return "general" if left.actors <= KINDS_OF_GROUPS or right.actors <= KINDS_OF_GROUPS else "different"


def compare_targets(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """Against whom: the groups or people that were attacked; what one calls soldiers are police to another."""
    a, b = left.targets, right.targets
    if not a or not b:
        return MISSING
    if not a.isdisjoint(b):
        return "shared"
    return "different" if a.isdisjoint(_FORCES) or b.isdisjoint(_FORCES) else "related"


def compare_victims(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The kinds of people killed: forces, civilians, militants."""
    if not left.kinds or not right.kinds:
        return MISSING
    if left.kinds == right.kinds:
        return "same"
    return "different" if left.kinds.isdisjoint(right.kinds) else "overlap"


FIRST_DAYS = 3
"""A count of the first hours is overtaken within so many days."""


CLOSE_FLOOR = 10
CLOSE_RATIO = 1.1
"""A least number above ten that another toll exceeds by so little is that toll, told with caution."""

GREAT_TOLL = 100
"""Attacks that kill so many are few: who tells of one in passing, years later and in round numbers, means that one."""


def compare_killed(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """How many died: 71 and 71 is telling, 2 and 2 is chance; "more than 40" allows 53; a toll may rise over days.

    An equal toll counts by its size and by whether it is round; great tolls tell more (``GREAT_TOLL``). A number that
    both print, but not as the toll of both (an earlier toll, a part), is the next best. Otherwise the ratio of the
    tolls decides, and whether the later report has the higher; "at least 12" in the first hours may become any number.
    """
    if not left.numbers or not right.numbers:
        return MISSING
    a, b = left.toll, right.toll
    if b in (a, left.toll_low) or right.toll_low == a:
        return _equal_level(b if left.toll_low == b else a)
    shared = left.numbers & right.numbers
    if shared and (largest := max(shared)) > 10:
        if largest >= GREAT_TOLL:
            return "shared_great"
        return "shared_number" if largest % 10 else "shared_round"
    low, high, first, second = (a, b, left, right) if a < b else (b, a, right, left)
    ratio = high / low
    if ratio <= 1.25:
        if low >= GREAT_TOLL:
            return "close_great"
        return "close_floor" if first.floor and low > CLOSE_FLOOR and ratio <= CLOSE_RATIO else "close"
    if first.published and second.published and first.published < second.published:
        if ratio <= 4:
            return "rising"
        soon = second.published - first.published <= FIRST_DAYS
        if first.floor and soon and 0 < max(first.start, second.start) <= min(first.end, second.end):
            return "first_count"
    if ratio <= 2:
        return "floor" if first.floor else "double"
    return "far"


def compare_injured(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """How many were injured: the same number, one close to it, or another."""
    a, b = left.injured, right.injured
    if not a or not b:
        return MISSING
    shared = a & b
    if shared:
        return "equal" if max(shared) > 10 else "equal_small"
    x, y = max(a), max(b)
    return "close" if max(x, y) <= 1.5 * min(x, y) else "different"


def compare_words(left: Features, right: Features, corpus: Corpus | None = None) -> str:
    """Rare words near the figures that both share: names of people, hills, units; common words weigh little.

    Each counts its idf in bits; without a corpus, four.
    """
    if not left.term_count or not right.term_count:
        return MISSING
    shared = left.terms & right.terms
    bits = sum(map(corpus.idf_bits.__getitem__, shared)) if corpus is not None else 4.0 * len(shared)
    if bits < 4:
        fewer = min(left.term_count, right.term_count)
        return "none" if fewer >= FEW_TERMS else "none_brief" if fewer >= FEWEST_TERMS else "none_tiny"
    if bits < 12:
        return "few"
    if bits < 24:
        return "some"
    return "many" if bits < 45 else "most"


def compare_titles(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """Headlines, where the incident is what both articles are about."""
    if not (left.main and right.main and left.title and right.title):
        return MISSING
    shared = len(left.title & right.title)
    if shared == 0:
        return "none"
    share = shared / min(len(left.title), len(right.title))
    if share >= 0.6 and shared > 1:
        return "most"
    return "some" if shared > 1 else "one"


def compare_publication(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """When it was reported: main stories of one incident come out together, mentions in passing at any time."""
    if not left.main or not right.main:
        return "one_in_passing" if left.main or right.main else "both_in_passing"
    if (
        not left.published
        or not right.published
        or (left.start and right.start and left.width <= NARROW_DAYS and right.width <= NARROW_DAYS)
    ):
        # Where both say the day, the day has been compared, and reports of one day's attacks all come out together.
        return MISSING
    gap = abs(left.published - right.published)
    if gap <= 1:
        return "same_day"
    if gap <= 4:
        return "same_days"
    return "same_fortnight" if gap <= 14 else "later"


def compare_wording(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """Whether one article reprints the other: the share of four-word shingles that they have in common.

    Short texts, and those that tell of different places, share formulas.
    """
    if not (left.main and right.main) or left.sketch_head.isdisjoint(right.sketch_head):
        return MISSING
    if left.sketch != right.sketch and compare_places(left, right) in _ELSEWHERE:
        return MISSING
    return "reprint" if likeness(left.sketch, right.sketch) >= REPRINT_RESEMBLANCE else MISSING


def compare_stories(left: Features, right: Features, corpus: Corpus | None = None) -> str:
    """What the articles are about that tell of these in passing: reports of one attack recall the same earlier ones."""
    ours, theirs = left.lead, right.lead
    if ours is None or theirs is None or not ours.start or not theirs.start:
        return MISSING
    level = compare_places(ours, theirs, corpus)
    if level == MISSING:
        return MISSING
    return "same" if level in _ONE_PLACE and days_apart(ours, theirs) <= NARROW_DAYS else "other"


def distance_km(a: PlaceFeatures, b: PlaceFeatures) -> float | None:
    """The great-circle distance, None when either place has no coordinates or stands for a whole region."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    if a.precision > REGION_PRECISION or b.precision > REGION_PRECISION:
        return None
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


def _same_name_level(a: PlaceFeatures, b: PlaceFeatures) -> str:
    """A region, a town where attacks recur, or a place named once."""
    if a.precision > REGION_PRECISION or b.precision > REGION_PRECISION:
        return "same_area"
    return "same_common" if a.common or b.common else "same_place"


def _named_level(a: PlaceFeatures, b: PlaceFeatures) -> str | None:
    """The level of two villages of one name, of which one is known to its country alone and has no coordinates."""
    if not a.joined or a.joined != b.joined:
        return None
    if any(one.precision == COUNTRY_PRECISION and one.lat is not None for one in (a, b)):
        return None  # the country itself
    return "same_common" if a.common or b.common else "same_place"


def _spelt_alike(a: PlaceFeatures, b: PlaceFeatures) -> bool:
    """Whether two names are spellings of one, or one is the other with a word more ("Zoobe", "Zoobe junction")."""
    if JaroWinkler.similarity(a.joined, b.joined) >= SAME_SPELLING:
        return True
    return not set(a.tokens).isdisjoint(b.tokens) and min(len(a.tokens), len(b.tokens)) == 1


def _contains(outer: PlaceFeatures, inner: PlaceFeatures) -> bool:
    """Whether a region or a district named by one is where the other's place lies."""
    if outer.precision < REGION_PRECISION:
        return False
    if inner.admin1 and inner.admin1 in (outer.joined, outer.admin1):
        return True
    return any(token in inner.tokens for token in outer.tokens)


def _equal_level(number: int) -> str:
    """How telling an equal toll is: chance makes small and round numbers agree."""
    if number <= 2:
        return "equal_tiny"
    if number <= 10:
        return "equal_small"
    if number >= GREAT_TOLL:
        return "equal_great"
    if number % 10 == 0:
        return "equal_round"
    return "equal_large" if number > 30 else "equal"


def _day(ordinal: int) -> str:
    return dt.date.fromordinal(ordinal).isoformat()


def _window_note(f: Features) -> str:
    if not f.start:
        return "no date"
    text = _day(f.start) if f.width == 0 else f"{_day(f.start)} to {_day(f.end)}"
    return f"{text} (inferred)" if f.inferred else text


def note_dates(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The two windows."""
    return f"{_window_note(left)} / {_window_note(right)}"


def note_places(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The two names, and how far apart they are."""
    a, b = left.place, right.place
    text = f"{a.name if a else 'no place'} / {b.name if b else 'no place'}"
    distance = distance_km(a, b) if a and b else None
    return text if distance is None else f"{text}, {distance:.0f} km"


def note_event_types(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The two types."""
    return f"{left.event_type} / {right.event_type}"


def _sets(a: frozenset[str], b: frozenset[str]) -> str:
    return f"{', '.join(sorted(a)) or 'none named'} / {', '.join(sorted(b)) or 'none named'}"


def note_perpetrators(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The groups that each names."""
    return _sets(left.actors, right.actors)


def note_targets(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """Those attacked, as each names them."""
    return _sets(left.targets, right.targets)


def note_victims(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The kinds of victims."""
    return _sets(left.kinds, right.kinds)


def note_killed(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The two tolls and the numbers that both print."""
    text = f"{left.toll or 'none'}{'+' if left.floor else ''} / {right.toll or 'none'}{'+' if right.floor else ''}"
    shared = sorted(left.numbers & right.numbers, reverse=True)
    return f"{text}, both print {', '.join(map(str, shared))}" if shared else text


def note_injured(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The two counts of injured."""
    return f"{max(left.injured, default='none')} / {max(right.injured, default='none')}"


def note_words(left: Features, right: Features, corpus: Corpus | None = None) -> str:
    """The shared words, the rarest first, at most eight."""
    if corpus is None:
        return ""
    return ", ".join([corpus.words[rank] for rank in sorted(left.terms & right.terms)[:8]])


def note_titles(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The words that both headlines have."""
    return ", ".join(sorted(left.title & right.title))


def note_publication(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The two days of publication."""
    return " / ".join(
        f"{'main story' if f.main else 'in passing'}, {_day(f.published) if f.published else 'undated'}"
        for f in (left, right)
    )


def note_stories(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """Where that was which the two articles are about."""
    return " / ".join(f.lead.place.name if f.lead and f.lead.place else "no place" for f in (left, right))


def note_wording(left: Features, right: Features, corpus: Corpus | None = None) -> str:  # noqa: ARG001
    """The share of common shingles."""
    return f"{resemblance(left.sketch, right.sketch):.0%} of the wording shared"


COMPARISONS: tuple[Rule, ...] = (
    Rule("date", compare_dates, note_dates),
    Rule("place", compare_places, note_places),
    Rule("killed", compare_killed, note_killed),
    Rule("publication", compare_publication, note_publication),
    Rule("event_type", compare_event_types, note_event_types),
    Rule("victims", compare_victims, note_victims),
    Rule("injured", compare_injured, note_injured),
    Rule("words", compare_words, note_words),
    Rule("title", compare_titles, note_titles),
    Rule("wording", compare_wording, note_wording),
    Rule("story", compare_stories, note_stories),
    Rule("perpetrators", compare_perpetrators, note_perpetrators),
    Rule("targets", compare_targets, note_targets),
)

LEVELS: dict[str, tuple[str, ...]] = {
    "date": (
        "same_day",
        "within_days",
        "next_day",
        "within_month",
        "within_year",
        "guessed_apart",
        "three_days",
        "within_ten_days",
        "long_apart",
    ),
    "place": (
        "same_place",
        "same_spelling",
        "near",
        "same_common",
        "contained",
        "same_area",
        "same_country",
        "around",
        "same_region",
        "apart",
        "distant",
        "country_alone",
        "other_country",
    ),
    "killed": (
        "equal_great",
        "equal_large",
        "equal",
        "equal_round",
        "equal_small",
        "equal_tiny",
        "shared_great",
        "shared_number",
        "shared_round",
        "close_great",
        "close_floor",
        "close",
        "floor",
        "rising",
        "first_count",
        "double",
        "far",
    ),
    "publication": ("same_day", "same_days", "same_fortnight", "later", "one_in_passing", "both_in_passing"),
    "event_type": ("same", "related", "general", "different"),
    "victims": ("same", "overlap", "different"),
    "injured": ("equal", "equal_small", "close", "different"),
    "words": ("most", "many", "some", "few", "none_tiny", "none_brief", "none"),
    "title": ("most", "some", "one", "none"),
    "wording": ("reprint",),
    "story": ("same", "other"),
    "perpetrators": ("shared", "alike", "general", "different"),
    "targets": ("shared", "related", "different"),
}
"""Every level that a comparison can name, the strongest first; each has its line in ``weights.toml``."""
