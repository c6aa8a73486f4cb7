from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from benchmarks.articles import articles
from conflict_dedup import pipeline
from conflict_dedup.extract import extract
from conflict_dedup.ingest import read
from conflict_dedup.match import match
from conflict_dedup.model import EFFECTS, Candidate, Incident
from conflict_dedup.reconcile import POLICIES, choices, reconcile, with_policy

from .test_reconcile import fig, one, told

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def candidates() -> list[Candidate]:
    found = [c for a in [*read([str(ROOT / "samples")]), *articles(40, seed=3)] for c in extract(a)]
    assert len(found) > 40
    return found


@pytest.fixture(scope="module")
def incidents(candidates: list[Candidate]) -> list[Incident]:
    return pipeline.incidents_of(candidates)


@pytest.mark.parametrize("policy", POLICIES)
def test_what_is_printed_holds_all_that_a_policy_needs(
    candidates: list[Candidate], incidents: list[Incident], policy: str
) -> None:
    wanted = {incident.id: incident for incident in reconcile(match(candidates), policy=policy)}
    for incident in incidents:
        assert with_policy(incident, policy) == wanted[incident.id]
        for effect in EFFECTS:
            estimate = wanted[incident.id].effect(effect)
            found = choices(incident, effect)
            assert (found[policy].best if found else None) == (estimate.best if estimate else None)


def test_a_policy_changes_best_alone(incidents: list[Incident]) -> None:
    def evidence(incident: Incident) -> object:
        killed = incident.killed
        same = killed and msgspec.structs.replace(killed, best=killed.low, by_category={})
        return incident.figures, incident.reports, incident.id, same

    moved = [with_policy(incident, "max") for incident in incidents]
    assert moved != incidents
    assert [evidence(incident) for incident in moved] == [evidence(incident) for incident in incidents]


@pytest.mark.parametrize(("stored", "coded"), [(20, 10), (24, 12), (200, 100), (2_000, 1_000), (3, 3), (40, 40)])
def test_the_number_that_acled_codes_for_a_vague_word_is_told(stored: int, coded: int) -> None:
    choice = choices(one(told("a", fig("a", stored, bound="vague"))), "killed")["acled"]
    assert (choice.number, choice.best) == (coded, stored)


def test_an_effect_that_nobody_reports_has_no_choices() -> None:
    assert choices(one(told("a", fig("a", 3))), "injured") == {}


def test_a_file_that_has_lost_its_figures_keeps_its_best() -> None:
    incident = msgspec.structs.replace(one(told("a", fig("a", 3, "police"), fig("a", 5))), figures=())
    assert with_policy(incident, "max") == incident
    assert choices(incident, "killed") == {}
