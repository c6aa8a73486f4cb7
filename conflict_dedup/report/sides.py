"""What kind of actor a name stands for, for the formats of projects that code by kind. What is not known is OTHER."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import Enum

from conflict_dedup.lexicon.groups import group_names
from conflict_dedup.model import Actors


class Kind(Enum):
    """Kinds of actors."""

    STATE = "a state's army or police, which state's the reports may not say"
    GROUP = "an organised group known by its name"
    UNNAMED = "armed men whose group is not named"
    CIVILIANS = "people who bear no arms"
    OTHER = "anything else"


_STATE = frozenset({"army", "police"})
_UNNAMED = frozenset({"militants", "gunmen", "gangs", "militia"})
_CIVILIANS = frozenset({"civilians", "journalists", "aid workers"})
CRIMINAL = group_names("criminal")
"""Groups that fight a state over no government and no territory, as UCDP's state-based conflicts would have it."""

_TALIBAN_RULE = dt.date(2021, 8, 15)


def kind_of(name: str, day: dt.date | None) -> Kind:
    """The kind of an actor at the time of the incident."""
    if name in _STATE:
        return Kind.STATE
    if name in _UNNAMED:
        return Kind.UNNAMED
    if name in _CIVILIANS:
        return Kind.CIVILIANS
    if name == "Taliban" and (day is None or day >= _TALIBAN_RULE):
        return Kind.OTHER  # since they took Kabul they are Afghanistan's government too
    if name in group_names("state"):
        return Kind.STATE
    return Kind.GROUP if name in group_names() | CRIMINAL else Kind.OTHER


def of_kind(names: Iterable[str], day: dt.date | None, *kinds: Kind) -> list[str]:
    """Those of the names that are of one of these kinds."""
    return [name for name in names if kind_of(name, day) in kinds]


def kinds_of(names: Iterable[str], day: dt.date | None) -> frozenset[Kind]:
    """The kinds that there are among the names."""
    return frozenset(kind_of(name, day) for name in names)


def perpetrators_of(actors: Actors) -> tuple[str, ...]:
    """Who did it; when no report says, who claims it."""
    return actors.perpetrators or actors.claimed_by
