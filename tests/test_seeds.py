"""The two documents that the project began with, when they lie beside the checkout (../shared/seeds)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conflict_dedup import ingest, pipeline
from conflict_dedup.model import Incident

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding documents are not beside this checkout")


@pytest.fixture(scope="module")
def incidents() -> list[Incident]:
    return list(pipeline.run(ingest.read([str(SEEDS)])))


def told(incident: Incident) -> tuple[Any, ...]:
    assert incident.killed is not None
    return incident.killed.low, incident.killed.high, len(incident.reports)


def test_four_incidents_and_no_more(incidents: list[Incident]) -> None:
    assert sorted(told(i) for i in incidents) == [(1, 1, 2), (2, 2, 1), (40, 41, 2), (40, 54, 2)]


def test_the_range_of_indelimane(incidents: list[Incident]) -> None:
    (indelimane,) = (i for i in incidents if i.place is not None and i.place.name == "Indelimane")
    assert indelimane.date is not None
    assert str(indelimane.date.start) == str(indelimane.date.end) == "2019-11-01"
    assert indelimane.killed is not None
    assert (indelimane.killed.low, indelimane.killed.high) == (40, 54)
    assert indelimane.killed.open, "at least 53 soldiers and one civilian"
    assert {f.value for f in indelimane.figures if not f.derived} == {53, 1, 40, 49}


def test_the_losses_of_a_mission_are_no_incident(incidents: list[Incident]) -> None:
    assert 24 not in {f.value for i in incidents for f in i.figures}
