"""The only place where the stages meet: articles to candidates to clusters to incidents."""

from __future__ import annotations

import gc
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import NamedTuple, TypeVar

from conflict_dedup.errors import ConflictDedupError, Defect, UnknownId, raised
from conflict_dedup.match import Run, match
from conflict_dedup.model import Article, Candidate, Cluster, Incident, Pair
from conflict_dedup.reconcile import reconcile

CHUNK_ARTICLES = 64
CHUNK_CHARACTERS = 1_000_000
"""A worker is given so many articles at a time, or fewer long ones: handing them over then costs next to nothing."""

CHUNKS_AHEAD = 3
"""Chunks under way or waiting, for each worker: what bounds memory when reading is faster than extracting."""

Value = TypeVar("Value", bound="Candidate | Incident")


class Extracted(NamedTuple):
    """What came of some articles."""

    articles: int
    candidates: list[Candidate]
    defects: list[Defect]


def candidates_of(
    articles: Iterable[Article],
    *,
    jobs: int = 1,
    on_article: Callable[[int], None] | None = None,
    on_problem: Callable[[ConflictDedupError], None] = raised,
) -> Iterator[Candidate]:
    """Extract candidates, in the order of the articles, as they come.

    Args:
        articles: read one by one (with several jobs, a bounded number ahead).
        jobs: processes to extract in; what comes out is the same.
        on_article: called with the number of articles done since the last call.
        on_problem: called with a ``Defect`` for each article that extraction fails on; the others go on. Raises it by
            default.

    Raises:
        Defect: the first, when ``on_problem`` is left out.
    """
    parts = _in_processes(articles, jobs) if jobs > 1 else (_extracted([article]) for article in articles)
    for part in parts:
        for defect in part.defects:
            on_problem(defect)
        yield from part.candidates
        if on_article:
            on_article(part.articles)


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    characters = 0
    for article in articles:
        chunk.append(article)
        characters += len(article.text)
        if len(chunk) >= CHUNK_ARTICLES or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _extracted(articles: list[Article]) -> Extracted:
    from conflict_dedup.extract import extract  # noqa: PLC0415 - its lexicon loads only to extract

    done = Extracted(len(articles), [], [])
    for article in articles:
        try:
            done.candidates.extend(extract(article))
        except Exception as error:  # noqa: PERF203 - the other articles are worth more than a traceback
            done.defects.append(_defect(article, error))
    return done


def _defect(article: Article, error: Exception) -> Defect:
    """What extraction failed on, and where in the program."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Defect(
        f"extraction failed on article {article.id}: {type(error).__name__}: {error}, {last.filename}:{last.lineno}",
        hint="a defect of the program: please report it with the article; the others are not touched by it",
        path=article.origin,
    )


def _begin_work(collect_after: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears of interrupts
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    gc.set_threshold(collect_after)


def _in_processes(articles: Iterable[Article], jobs: int) -> Iterator[Extracted]:
    # Executor.map would read all articles at once; a window of futures reads as fast as is extracted.
    pending: deque[Future[Extracted]] = deque()
    with ProcessPoolExecutor(jobs, initializer=_begin_work, initargs=gc.get_threshold()[:1]) as workers:
        try:
            for chunk in _chunks(articles):
                pending.append(workers.submit(_extracted, chunk))
                if len(pending) >= jobs * CHUNKS_AHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for waiting in pending:
                waiting.cancel()


def _chronological(incident: Incident) -> tuple[bool, str, str]:
    return (incident.date is None, incident.date.start.isoformat() if incident.date else "", incident.id)


def incidents_of(candidates: Iterable[Candidate], *, policy: str = "latest") -> list[Incident]:
    """Match candidates and reconcile what they say: incidents in the order of their dates, undated ones last."""
    return sorted(reconcile(match(candidates), policy=policy), key=_chronological)


def run(
    articles: Iterable[Article],
    *,
    policy: str = "latest",
    jobs: int = 1,
    on_article: Callable[[int], None] | None = None,
    on_problem: Callable[[ConflictDedupError], None] = raised,
) -> list[Incident]:
    """Articles to incidents: one record for each real incident that they tell of.

    Args:
        articles: what :func:`conflict_dedup.read` yields; their order does not matter.
        policy: how the best figure is chosen, one of ``conflict_dedup.reconcile.POLICIES``.
        jobs: processes to extract in; the incidents are the same.
        on_article: called with the number of articles done since the last call.
        on_problem: called with a ``Defect`` for each article that extraction fails on. Raises it by default.

    Raises:
        Defect: the first, when ``on_problem`` is left out.
    """
    found = candidates_of(articles, jobs=jobs, on_article=on_article, on_problem=on_problem)
    return incidents_of(found, policy=policy)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Incidents with the candidates that each was made of, for explaining; ``run`` compares them."""

    incidents: tuple[Incident, ...]
    clusters: tuple[tuple[Candidate, ...], ...]
    run: Run = field(compare=False, repr=False)

    def incident(self, wanted: str) -> tuple[Incident, tuple[Candidate, ...]]:
        """The incident of an id (its own, or a candidate's), or the only one that has ``wanted`` in its id.

        Returns:
            It and its candidates.

        Raises:
            UnknownId: there is none, or there are several.
        """
        for incident, cluster in zip(self.incidents, self.clusters, strict=True):
            if any(candidate.id == wanted for candidate in cluster):
                return incident, cluster
        found = pick(self.incidents, wanted)
        return found, self.clusters[self.incidents.index(found)]

    def side(self, wanted: str) -> tuple[Candidate, ...]:
        """The candidates that ``wanted`` names: those of an incident, or the one with this id.

        Raises:
            UnknownId: it names neither.
        """
        for cluster in self.clusters:
            for candidate in cluster:
                if candidate.id == wanted:
                    return (candidate,)
        return self.incident(wanted)[1]

    def pairs_within(self, candidates: Iterable[Candidate]) -> list[Pair]:
        """Every two of them as the run compares them."""
        return self.run.compare(combinations([candidate.id for candidate in candidates], 2))

    def pairs_between(self, left: Iterable[Candidate], right: Iterable[Candidate]) -> list[Pair]:
        """Each of the one held against each of the other, leaving out a candidate against itself."""
        ids = product([candidate.id for candidate in left], [candidate.id for candidate in right])
        return self.run.compare([(one, other) for one, other in ids if one != other])


def pick(values: Iterable[Value], wanted: str) -> Value:
    """The incident (or candidate) of an id, or the only one that has ``wanted`` in its id.

    Raises:
        UnknownId: there is none, or there are several; the hint names some.
    """
    found: list[Value] = []
    names: list[str] = []
    for value in values:
        if value.id == wanted:
            return value
        names.append(value.id)
        if wanted.casefold() in value.id.casefold():
            found.append(value)
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownId(
            f"{len(found)} incidents have {wanted!r} in their id",
            hint="one of " + ", ".join(value.id for value in found[:5]),
        )
    raise UnknownId(f"no incident {wanted!r}", hint=_nearest(wanted, names))


def _nearest(wanted: str, names: list[str]) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - only for the hint

    if not names:
        return "no incident was found in what was read"
    near = [name for name, _, _ in process.extract(wanted.casefold(), names, limit=3)]
    return "did you mean " + " or ".join(near) + "?"


def evidence_of(candidates: Iterable[Candidate], *, policy: str = "latest") -> Evidence:
    """Match and reconcile as :func:`incidents_of` does, and keep what each incident was made of."""
    matching = Run(candidates)
    clusters = matching.clusters()
    incidents = sorted(reconcile(clusters, policy=policy), key=_chronological)
    remaining: dict[object, list[Cluster]] = {}
    for cluster in clusters:
        remaining.setdefault(_made_of_cluster(cluster), []).append(cluster)
    found = [remaining[_made_of(incident)].pop(0).candidates for incident in incidents]
    return Evidence(incidents=tuple(incidents), clusters=tuple(found), run=matching)


def _made_of(incident: Incident) -> object:
    """What an incident and its cluster have in common, whatever order they are in: articles and places of figures."""
    return (
        frozenset(report.article for report in incident.reports),
        frozenset((f.article, f.field, f.start, f.end, f.effect) for f in incident.figures if not f.derived),
    )


def _made_of_cluster(cluster: Cluster) -> object:
    return (
        frozenset(candidate.report.article for candidate in cluster.candidates),
        frozenset(
            (f.article, f.field, f.start, f.end, f.effect)
            for candidate in cluster.candidates
            for f in candidate.figures
            if not f.derived
        ),
    )
