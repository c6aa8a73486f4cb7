"""Candidates that stand there twice, as where two outputs of `extract` overlap: each is taken once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from conflict_dedup.ingest.ids import Ids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conflict_dedup.model import Candidate


def each_once(candidates: Iterable[Candidate], *, on_note: Callable[[str], None]) -> Iterator[Candidate]:
    """Candidates without those that stand there already, to the letter; no two articles keep the same id.

    Args:
        candidates: those of an article stand together, as `extract` prints them.
        on_note: told how many were left out, and what an article is called whose id another has.
    """
    ids = Ids()
    articles: set[str] = set()
    known: dict[str, list[Candidate]] = {}  # all that had an id, as they came
    repeated = 0
    for told in by_article(candidates):
        fresh = [candidate for candidate in told if candidate not in known.get(candidate.id, ())]
        repeated += len(told) - len(fresh)
        taken = any(candidate.id in known for candidate in fresh)
        for candidate in fresh:
            known.setdefault(candidate.id, []).append(candidate)
        article = told[0].article
        if article not in articles:
            articles.add(ids.own(article))
        elif taken:
            name = ids.own(article)
            articles.add(name)
            on_note(f"the id {article} is taken: the other article that has it is called {name}")
            fresh = [called(candidate, name) for candidate in fresh]
        yield from fresh
    if repeated:
        on_note("1 candidate was there already" if repeated == 1 else f"{repeated} candidates were there already")


def by_article(candidates: Iterable[Candidate]) -> Iterator[list[Candidate]]:
    """The candidates of one article after the other; one whose id stands again begins anew."""
    here: list[Candidate] = []
    for candidate in candidates:
        if here and (here[0].article != candidate.article or any(other.id == candidate.id for other in here)):
            yield here
            here = []
        here.append(candidate)
    if here:
        yield here


def called(candidate: Candidate, article: str) -> Candidate:
    """A candidate of an article that is called otherwise."""
    return replace(
        candidate,
        id=article + candidate.id.removeprefix(candidate.article),
        report=replace(candidate.report, article=article),
        figures=tuple([replace(figure, article=article) for figure in candidate.figures]),
        doubtful=tuple([replace(figure, article=article) for figure in candidate.doubtful]),
    )
