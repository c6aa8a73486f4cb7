"""What `show` and `explain` may be given: articles, candidates, incidents, in any mixture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from conflict_dedup.cli.options import DEFAULT_POLICY
from conflict_dedup.cli.session import Session, stdin
from conflict_dedup.errors import UnknownId

if TYPE_CHECKING:
    from conflict_dedup.model import Article, Candidate, Incident, Pair
    from conflict_dedup.pipeline import Evidence


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read. ``evidence`` is None when there were neither articles nor candidates to make incidents of."""

    articles: dict[str, Article]
    incidents: tuple[Incident, ...]
    evidence: Evidence | None

    @property
    def known(self) -> tuple[Incident, ...]:
        """The incidents as given, else those made of the rest."""
        return self.incidents or (self.evidence.incidents if self.evidence else ())

    def made_of(self, incident: Incident) -> tuple[Candidate, ...]:
        """The candidates that an incident of this id was made of; () when they are not at hand."""
        known = self.evidence.incidents if self.evidence else ()
        found = next((place for place, other in enumerate(known) if other.id == incident.id), None)
        return () if found is None or self.evidence is None else self.evidence.clusters[found]

    def explained(self, wanted: str) -> tuple[Incident, tuple[Candidate, ...], list[Pair]]:
        """An incident, what it was made of, and each two of that compared; the latter empty when only it was given.

        Raises:
            UnknownId: there is none of this id, or there are several.
        """
        from conflict_dedup.pipeline import pick  # noqa: PLC0415 - not for --help

        if self.evidence is None:
            return pick(self.incidents, wanted), (), []
        incident, candidates = self.evidence.incident(wanted)
        return incident, candidates, self.evidence.pairs_within(candidates)

    def compared(self, left: str, right: str) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...], list[Pair]]:
        """What two ids name, and each of the one held against each of the other.

        Raises:
            UnknownId: one of them names nothing, both name the same report, or there is nothing to compare.
        """
        if self.evidence is None:
            raise UnknownId("incidents alone cannot be compared", hint="give the articles or candidates too")
        one, other = self.evidence.side(left), self.evidence.side(right)
        pairs = self.evidence.pairs_between(one, other)
        if not pairs:
            raise UnknownId(f"{left!r} and {right!r} are the same report", hint="name two different ones")
        return one, other, pairs


def load(
    paths: tuple[str, ...], session: Session, *, published: dt.datetime | None, policy: str | None, jobs: int
) -> Inputs:
    """Read all that is needed to tell of incidents: candidates as they are given, else made from the articles.

    Incidents that are given keep their best figures when ``policy`` is None; those that are made have the default's.
    """
    from conflict_dedup.ingest import each_once, read, read_records  # noqa: PLC0415 - not for --help
    from conflict_dedup.ingest.records import sorted_out  # noqa: PLC0415
    from conflict_dedup.model import Candidate, Incident  # noqa: PLC0415
    from conflict_dedup.pipeline import candidates_of, evidence_of  # noqa: PLC0415
    from conflict_dedup.reconcile import with_policy  # noqa: PLC0415

    kinds, stream = sorted_out(paths, stdin=stdin())
    day = published.date() if published else None
    articles = {
        article.id: article
        for article in read(
            kinds["article"], published=day, stdin=stream, on_problem=session.problem, on_note=session.note
        )
    }
    found = read_records(kinds["candidate"], Candidate, stdin=stream, on_problem=session.problem)
    candidates: list[Candidate] = list(each_once(found, on_note=session.note))
    printed = read_records(kinds["incident"], Incident, stdin=stream, on_problem=session.problem)
    incidents = tuple(printed if policy is None else (with_policy(incident, policy) for incident in printed))
    if not candidates and articles:
        with session.progress():
            candidates = list(
                candidates_of(articles.values(), jobs=jobs, on_article=session.advance, on_problem=session.problem)
            )
    evidence = evidence_of(candidates, policy=policy or DEFAULT_POLICY) if candidates or not incidents else None
    return Inputs(articles=articles, incidents=incidents, evidence=evidence)


def split_ids(arguments: tuple[str, ...], *, most: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell ids from paths: the first argument is an id, and so are up to ``most`` that look like no path."""
    ids = [arguments[0]]
    for argument in arguments[1:most]:
        if _is_path(argument):
            break
        ids.append(argument)
    return tuple(ids), arguments[len(ids) :]


def _is_path(argument: str) -> bool:
    from conflict_dedup.ingest import READERS  # noqa: PLC0415 - not for --help
    from conflict_dedup.ingest.sources import split_name  # noqa: PLC0415

    if argument == "-" or Path(argument).exists() or split_name(argument, READERS)[1]:
        return True
    return "#" not in argument and bool(set(argument) & set("*?[/"))  # "#" stands in the ids of candidates
