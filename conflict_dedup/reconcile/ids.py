"""Names for incidents that stay the same whatever the order of the input."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from conflict_dedup.model import Incident

UNKNOWN = "xx"
"""Stands for a country, place or date that no report gives."""

_OUTSIDE = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """A name in the letters a-z, digits and hyphens: "Ménaka" is "menaka"; letters of other scripts are left out.

    At most 40 characters, cut at a word.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    short = _OUTSIDE.sub("-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
    if len(short) > 40:
        short = short[:41].rpartition("-")[0] or short[:40]
    return short or UNKNOWN


def base_id(incident: Incident) -> str:
    """Country, place and date: "ml-indelimane-2019-11-01"; a month or a year where that is all that is known."""
    country = (incident.place.country if incident.place else None) or UNKNOWN
    place = slug(incident.place.name) if incident.place else UNKNOWN
    if incident.date is None:
        day = UNKNOWN
    elif incident.date.precision == 5:
        day = f"{incident.date.start.year:04d}"
    elif incident.date.precision == 4:
        day = incident.date.start.isoformat()[:7]
    else:
        day = incident.date.start.isoformat()
    return f"{country.lower()}-{place}-{day}"


def with_ids(incidents: Sequence[Incident]) -> list[Incident]:
    """The incidents with their ids, in order of date, place and content.

    Incidents of one place and day are told apart by "-2", "-3" …, given in the order in which they were first reported,
    so that a report of tomorrow changes no id of today; from the tenth on in three digits, which no month or day has.
    """
    namesakes: dict[str, list[Incident]] = defaultdict(list)
    for incident in incidents:
        namesakes[base_id(incident)].append(incident)
    named: list[Incident] = []
    for base in sorted(namesakes):
        for n, incident in enumerate(sorted(namesakes[base], key=_content), 1):
            number = f"-{n}" if n < 10 else f"-{n:03d}"
            named.append(msgspec.structs.replace(incident, id=base if n == 1 else base + number))
    return sorted(named, key=lambda i: (i.date.start.isoformat() if i.date else "9", i.id))


def _content(incident: Incident) -> tuple[dt.date, list[str], list[tuple[str, str, str, int, int, str]]]:
    """What an incident contains, the first reported first, undated reports last."""
    return (
        min((r.published for r in incident.reports if r.published), default=dt.date.max),
        sorted(r.article for r in incident.reports),
        sorted((f.article, f.effect, f.field, f.start, f.value, f.category) for f in incident.figures),
    )
