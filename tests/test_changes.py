from __future__ import annotations

import datetime as dt
import random

import msgspec
import pytest

from benchmarks.articles import articles
from conflict_dedup import pipeline
from conflict_dedup.changes import changes
from conflict_dedup.model import Actors, Change, Estimate, Figure, Incident, Interval, Place, Report, Window

MANY = articles(60, seed=11)


def figure(article: str, start: int = 0, value: int = 3) -> Figure:
    quote = f"{value:>6} dead"
    return Figure(
        article=article, effect="killed", value=value, bound="exact", low=value, high=value, category="total",
        field="text", start=start, end=start + len(quote), quote=quote,
    )  # fmt: skip


def incident(id_: str, *figures: Figure, killed: int | None = 3, reports: tuple[str, ...] = ()) -> Incident:
    day = dt.date(2019, 11, 1)
    estimate = None
    if killed is not None:
        estimate = Estimate(
            low=killed, best=killed, high=killed, open=False, status="agreed", current=Interval(killed, killed)
        )
    named = dict.fromkeys([*(f.article for f in figures), *reports])
    return Incident(
        id=id_, date=Window(start=day, end=day), place=Place(name="Gao", country="ML"), event_type="bombing",
        actors=Actors(), killed=estimate, injured=None, missing=None, abducted=None, figures=figures,
        reports=tuple(Report(article=name) for name in named), independent_sources=1, confidence=1.0,
    )  # fmt: skip


def told(found: list[Change]) -> list[tuple[str, list[str], list[str]]]:
    return [(c.kind, [i.id for i in c.old], [i.id for i in c.new]) for c in found]


A, B, C = figure("a"), figure("b"), figure("c")


def test_new_and_gone() -> None:
    assert told(changes([incident("x", A)], [incident("y", B)])) == [("new", [], ["y"]), ("gone", ["x"], [])]
    assert changes([], []) == []


def test_moved_says_what() -> None:
    (change,) = changes([incident("x", A, killed=35)], [incident("x", A, B, killed=54)])
    assert (change.kind, change.fields) == ("moved", ("killed",))
    (change,) = changes([incident("x", A)], [incident("x", A, reports=("d",))])
    assert change.kind == "unchanged", "another report that moves nothing is no change"


def test_another_id_is_no_other_incident() -> None:
    (change,) = changes([incident("ml-gao-2019-11", A)], [incident("ml-gao-2019-11-01", A, B)])
    assert (change.kind, change.fields) == ("moved", ("id",))


def test_names_that_were_swapped_mislead_nobody() -> None:
    old = [incident("x", A, killed=1), incident("x-2", B, killed=9)]
    new = [incident("x", B, killed=9), incident("x-2", A, killed=1)]
    assert told(changes(old, new)) == [("moved", ["x-2"], ["x"]), ("moved", ["x"], ["x-2"])]


def test_an_id_is_enough_where_all_articles_are_others() -> None:
    (change,) = changes([incident("x", A, killed=3)], [incident("x", B, killed=4)])
    assert (change.kind, change.fields) == ("moved", ("killed",))


def test_an_id_with_a_report_in_common_is_enough_when_figures_are_read_otherwise() -> None:
    (change,) = changes([incident("x", figure("a", 0))], [incident("x", figure("a", 40))])
    assert change.kind == "unchanged"


def test_an_article_on_two_incidents_does_not_join_them() -> None:
    one, other = figure("a", 0), figure("a", 40)
    old = [incident("x", one), incident("y", other)]
    assert [c.kind for c in changes(old, old)] == ["unchanged", "unchanged"]


def test_merged_and_split() -> None:
    apart, joined = [incident("x", A), incident("y", B)], [incident("x", A, B, killed=6)]
    assert told(changes(apart, joined)) == [("merged", ["x", "y"], ["x"])]
    assert told(changes(joined, apart)) == [("split", ["x"], ["x", "y"])]


def test_a_report_that_goes_over_is_both() -> None:
    old = [incident("x", A, B), incident("y", C)]
    new = [incident("x", A), incident("y", B, C)]
    assert told(changes(old, new)) == [("merged", ["x", "y"], ["y"]), ("split", ["x"], ["x", "y"])]


def test_sums_that_nobody_printed_join_nothing() -> None:
    derived = msgspec.structs.replace(A, derived=True, quote="", end=0)
    assert [c.kind for c in changes([incident("x", derived)], [incident("y", derived)])] == ["new", "gone"]


@pytest.mark.parametrize("seed", range(4))
def test_laws(seed: int) -> None:
    """Nothing is lost, nothing changes against itself, and back is the way there turned round."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    some = pipeline.run(chance.sample(MANY, 30))
    all_ = pipeline.run(MANY)
    there, back = changes(some, all_), changes(all_, some)
    assert {i.id for c in there for i in c.old} == {i.id for i in some}
    assert {i.id for c in there for i in c.new} == {i.id for i in all_}
    turned = {"new": "gone", "gone": "new", "merged": "split", "split": "merged"}
    assert sorted((turned.get(c.kind, c.kind), [i.id for i in c.new], [i.id for i in c.old]) for c in back) == sorted(
        (c.kind, [i.id for i in c.old], [i.id for i in c.new]) for c in there
    )
    assert {c.kind for c in changes(some, some)} <= {"unchanged"}
    shuffled = list(all_)
    chance.shuffle(shuffled)
    assert changes(some, shuffled) == there
