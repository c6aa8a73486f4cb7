"""Two outputs of different days compared: what is new, what is gone, what moved, what merged or split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from conflict_dedup.model import CHANGE_KINDS, EFFECTS, Change, ChangeKind, Incident

COMPARED = ("id", "date", "place", "event_type", *EFFECTS)
"""What counts as a move when it differs. Another report that moves none of it is no change."""


def changes(old: Sequence[Incident], new: Sequence[Incident]) -> list[Change]:
    """Every incident of either side, in one change at least: the new first, then what moved, merged, split, is gone.

    Incidents are the same when they have the same id and a report in common, or the same figures: the same words of
    the same article. An id alone decides where neither side shares figures with any other, since tomorrow's file may
    hold other articles. One old incident whose figures are in several new ones has split; one new incident that has
    those of several old ones has merged them; an incident may do both.

    Args:
        old: the incidents of the earlier output.
        new: those of the later one.
    """
    links = _links(old, new)
    successors: dict[int, list[int]] = defaultdict(list)
    predecessors: dict[int, list[int]] = defaultdict(list)
    for before, after in sorted(links):
        successors[before].append(after)
        predecessors[after].append(before)
    found = [
        *(_change("new", (), (new[n],)) for n in range(len(new)) if n not in predecessors),
        *(_pair(old[b], new[a]) for b, a in sorted(links) if len(successors[b]) == len(predecessors[a]) == 1),
        *(_change("merged", (old[b] for b in bs), (new[n],)) for n, bs in predecessors.items() if len(bs) > 1),
        *(_change("split", (old[b],), (new[n] for n in ns)) for b, ns in successors.items() if len(ns) > 1),
        *(_change("gone", (old[b],), ()) for b in range(len(old)) if b not in successors),
    ]
    return sorted(found, key=_order)


def _change(kind: ChangeKind, old: Iterable[Incident], new: Iterable[Incident]) -> Change:
    return Change(kind=kind, old=tuple(sorted(old, key=_day)), new=tuple(sorted(new, key=_day)))


def _pair(old: Incident, new: Incident) -> Change:
    """An incident that is on both sides, moved or as it was."""
    fields = tuple(name for name in COMPARED if getattr(old, name) != getattr(new, name))
    return Change(kind="moved" if fields else "unchanged", old=(old,), new=(new,), fields=fields)


def _order(change: Change) -> tuple[int, bool, str, str]:
    """By kind, then by date."""
    return CHANGE_KINDS.index(change.kind), *_day((change.new or change.old)[0])


def _day(incident: Incident) -> tuple[bool, str, str]:
    """By date, undated ones last."""
    return incident.date is None, incident.date.start.isoformat() if incident.date else "", incident.id


def _links(old: Sequence[Incident], new: Sequence[Incident]) -> set[tuple[int, int]]:
    """Which old incident continues in which new one, as positions."""
    links = set(_sharing(old, new, _figures)) | set(_sharing(old, new, _named_reports))
    linked_old, linked_new = {o for o, _ in links}, {n for _, n in links}
    return links | {(o, n) for o, n in _sharing(old, new, _id) if o not in linked_old and n not in linked_new}


def _sharing(
    old: Sequence[Incident], new: Sequence[Incident], keys: Callable[[Incident], Iterable[Hashable]]
) -> Iterator[tuple[int, int]]:
    """Every two that have a key in common."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for n, incident in enumerate(new):
        for key in set(keys(incident)):
            holders[key].append(n)
    for o, incident in enumerate(old):
        for key in keys(incident):
            yield from ((o, n) for n in holders.get(key, ()))


def _figures(incident: Incident) -> Iterator[Hashable]:
    """The words of each figure: one number of one article is never of two incidents, save by a change of mind."""
    return ((f.article, f.field, f.start, f.end, f.effect) for f in incident.figures if not f.derived)


def _named_reports(incident: Incident) -> Iterator[Hashable]:
    """Each report under the incident's id: an article that tells of two incidents does not make them one."""
    return ((incident.id, report.article) for report in incident.reports)


def _id(incident: Incident) -> Iterator[Hashable]:
    return iter((incident.id,))
