"""The samples, as a newcomer runs them: whole outputs compared with those in tests/golden.

After a change that is meant, `make golden` writes them anew; read the difference.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"


def run(*arguments: str) -> str:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONHASHSEED": "random"}
    done = subprocess.run(
        [sys.executable, "-m", "conflict_dedup", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("form", ["table", "jsonl", "json", "csv"])
def test_golden_output(form: str, pytestconfig: pytest.Config) -> None:
    printed = run("run", "samples/", "--format", form)
    path = GOLDEN / f"samples.{form}"
    if pytestconfig.getoption("--update-golden"):
        path.write_text(printed, encoding="utf-8")
    assert printed == path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def incidents() -> dict[str, dict[str, object]]:
    return {i["id"]: i for i in map(json.loads, run("run", "samples/").splitlines())}


def figures(incident: dict[str, object]) -> list[dict[str, object]]:
    found = incident["figures"]
    assert isinstance(found, list)
    return found


def test_each_feature_shows(incidents: dict[str, dict[str, object]]) -> None:
    indelimane = incidents["ml-indelimane-2019-11-01"]
    assert (indelimane["killed"]["low"], indelimane["killed"]["high"]) == (40, 54)  # type: ignore[index]
    assert len(indelimane["reports"]) == 3, "one of them in French, one without a date"  # type: ignore[arg-type]
    baidoa = incidents["so-baidoa-2024-05-14"]
    assert (baidoa["killed"]["low"], baidoa["killed"]["high"]) == (7, 12)  # type: ignore[index]
    assert baidoa["killed"]["best"] == 11  # type: ignore[index]
    assert baidoa["killed"]["status"] == "revised_down"  # type: ignore[index]
    assert indelimane["killed"]["status"] == "disputed"  # type: ignore[index]
    assert [r["copy_of"] for r in baidoa["reports"]].count(None) == 3, "one reprint is folded"  # type: ignore[attr-defined]
    assert baidoa["independent_sources"] == 2
    assert any(f["superseded"] for f in figures(baidoa))
    assert any(f["subset"] for f in figures(baidoa))
    assert incidents["ua-lyman-2024-02-08"]["killed"]["status"] == "rising"  # type: ignore[index]


def test_what_is_no_incident_stays_out(incidents: dict[str, dict[str, object]]) -> None:
    values = {f["value"] for i in incidents.values() for f in figures(i)}
    assert not values & {24, 38, 200, 300, 2000, 4500}, "a mission's losses, a flood, forces, the total of a year"


def test_every_quotation_is_in_its_sample() -> None:
    for line in run("extract", "samples/").splitlines():
        for figure in json.loads(line)["figures"]:
            assert figure["end"] - figure["start"] == len(figure["quote"]) > 0
