"""The JSON Schema: that of the structs, and kept by what is printed."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import conflict_dedup
from conflict_dedup.cli.schema import KIND_NAMES
from conflict_dedup.extract import extract
from conflict_dedup.model import Article
from conflict_dedup.report import write_lines
from conflict_dedup.report.schema import KINDS, json_schema, schema_text

from .conftest import make_candidate, make_incident, render

ROOT = Path(__file__).parents[2]


def validator(kind: str) -> jsonschema.Draft202012Validator:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("kind", KINDS)
def test_the_documented_schema_is_that_of_today(kind: str, pytestconfig: pytest.Config) -> None:
    path = ROOT / "docs" / f"{kind}.schema.json"
    if pytestconfig.getoption("--update-golden"):
        path.write_text(schema_text(kind), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == schema_text(kind), "`make golden` writes it anew"


def test_the_command_knows_every_kind() -> None:
    assert tuple(KINDS) == KIND_NAMES


def test_samples_keep_to_it() -> None:
    articles = list(conflict_dedup.read(str(ROOT / "samples")))
    incidents, check = conflict_dedup.run(articles), validator("incident")
    lines = [json.loads(line) for line in render("jsonl", incidents).splitlines()]
    assert len(lines) >= 8
    for line in lines:
        check.validate(line)
    stream, check = io.StringIO(), validator("candidate")
    write_lines((candidate for article in articles for candidate in extract(article)), stream)
    candidates = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert any(candidate["floating"] for candidate in candidates), "one sample has no date"
    for candidate in candidates:
        check.validate(candidate)


def test_incidents_of_which_nothing_is_known_keep_to_it() -> None:
    nothing = make_incident(date=None, place=None, killed=None, figures=(), reports=())
    validator("incident").validate(json.loads(render("jsonl", [nothing])))
    stream = io.StringIO()
    write_lines([make_candidate(window=None, place=None)], stream)
    validator("candidate").validate(json.loads(stream.getvalue()))
    assert extract(Article(id="a", text="")) == []


def _without(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(line: Any) -> None:
        for step in path[:-1]:
            line = line[step]
        del line[path[-1]]

    return change


def _with(value: object, *path: Any) -> Callable[[dict[str, Any]], None]:
    def change(line: Any) -> None:
        for step in path[:-1]:
            line = line[step]
        line[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _without("id"),
        _without("injured"),
        _without("killed", "current", "low"),
        _without("figures", 0, "subset"),
        _with("conflict-dedup/incident/2", "schema"),
        _with("yesterday", "date", "start"),
        _with(6, "date", "precision"),
        _with("many", "killed", "best"),
        _with("unsure", "killed", "status"),
        _with({"low": 1}, "killed", "by_category", "soldiers"),
        _with(None, "reports"),
    ],
)
def test_what_is_wrong_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    line = json.loads(render("jsonl", [make_incident()]))
    check = validator("incident")
    check.validate(line)
    change(line)
    with pytest.raises(jsonschema.ValidationError):
        check.validate(line)


def test_later_fields_are_let_pass() -> None:
    line = json.loads(render("jsonl", [make_incident()]))
    later = copy.deepcopy(line) | {"weather": "fine"}
    later["killed"]["certainty"] = 1
    validator("incident").validate(later)
