from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

from conflict_dedup.cli.options import POLICY_NAMES, TABULAR_NAMES
from conflict_dedup.cli.policies import EFFECT_NAMES
from conflict_dedup.model import EFFECTS, Candidate, Report

from .conftest import Run, candidate_lines, make_candidate


def dated(article: str, value: int, day: int) -> Candidate:
    report = Report(article=article, source=f"Source of {article}", published=dt.date(2019, 11, day + 2))
    return make_candidate(article, value, report=report)


def test_without_incidents_each_policy_is_told_with_its_source(program: Run) -> None:
    told = [json.loads(line) for line in program("policies").stdout.splitlines()]
    assert [policy["name"] for policy in told] == list(POLICY_NAMES)
    assert all(policy["rule"] and policy["reason"] and policy["source"] for policy in told)
    shown = program("policies", "--format", "table").stdout
    assert all(f"\n{name}\n" in f"\n{shown}" for name in POLICY_NAMES if name != "latest")
    assert "latest  (default)" in shown
    cells = list(csv.reader(io.StringIO(program("policies", "--format", "tsv").stdout), dialect="excel-tab"))
    assert [row[0] for row in cells] == ["name", *POLICY_NAMES]


def test_side_by_side(program: Run, two_reports: str) -> None:
    third = candidate_lines(make_candidate("d", 40))
    incidents = program("match", stdin=two_reports + third).stdout
    rows = [json.loads(line) for line in program("policies", "-", stdin=incidents).stdout.splitlines()]
    assert [row["low"] for row in rows] == [40, 7]
    assert rows[0]["best"] == {"latest": 53, "ucdp": 40, "acled": 40, "ibc": 40, "gtd": 53, "max": 53}
    cells = program("policies", "-", "--format", "tsv", stdin=incidents).stdout.splitlines()
    assert cells[0].split("\t") == ["id", "effect", "low", "high", "open", *POLICY_NAMES]
    assert cells[1].split("\t")[5:] == ["53", "40", "40", "40", "53", "53"]
    table = program("policies", "-", "--format", "table", stdin=incidents).stdout
    assert table.splitlines()[-1].split() == ["all", "47-60", "60", "47", "47", "47", "60", "60"]


def test_incidents_without_the_effect(program: Run, two_reports: str) -> None:
    incidents = program("match", stdin=two_reports).stdout
    asked = ("policies", "-", "--effect", "missing")
    assert program(*asked, stdin=incidents).stdout == ""
    assert program(*asked, "--format", "table", stdin=incidents).stdout == "No incident has such a figure.\n"
    assert program(*asked, "--format", "table", stdin="").stdout == "No incidents found.\n"


def test_what_is_no_incident_is_named(program: Run, two_reports: str) -> None:
    done = program("policies", "-", stdin=two_reports)
    assert done.returncode == 1
    assert "standard input:1: a candidate, not an incident" in done.stderr


def test_names_are_those_of_the_model() -> None:
    assert EFFECT_NAMES == EFFECTS
    assert TABULAR_NAMES == ("table", "jsonl", "tsv")


def test_the_best_figures_are_chosen_anew_when_that_is_asked(program: Run, two_reports: str, tmp_path: Path) -> None:
    candidates = two_reports + candidate_lines(make_candidate("d", 40))
    by_acled = program("match", "--best", "acled", stdin=candidates).stdout
    by_latest = program("match", stdin=candidates).stdout
    assert by_acled != by_latest
    (tmp_path / "incidents.jsonl").write_text(by_acled, encoding="utf-8")
    report = ("report", "incidents.jsonl", "--format", "jsonl")
    assert program(*report).stdout == by_acled, "they stay as they were printed"
    assert program(*report, "--best", "latest").stdout == by_latest
    assert program(*report, env={"CONFLICT_DEDUP_BEST": "latest"}).stdout == by_latest
    one = json.loads(by_latest.splitlines()[0])["id"]
    for command in ("show", "explain"):
        assert "killed 40-53, best 40," in program(command, one, "incidents.jsonl").stdout
        assert "killed 40-53, best 53," in program(command, one, "incidents.jsonl", "--best", "latest").stdout
