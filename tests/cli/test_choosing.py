"""Filters, orders and groups of `run` and `report`: the same for every format; wrong values are usage errors."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conflict_dedup.cli.choosing import GROUP_NAMES, ORDER_NAMES, STATUS_NAMES
from conflict_dedup.model import Status
from conflict_dedup.report.ordering import GROUPS, ORDERS

from .conftest import Run


def ids(text: str) -> list[str]:
    return [json.loads(line)["id"] for line in text.splitlines()]


@pytest.fixture
def incidents(program: Run, samples: Path) -> str:
    """Indelimane 1 Nov (49-54), Kabul 10 Nov (7), Ménaka 20 Nov 2019 (2)."""
    return program("run", samples).stdout


def test_names_are_those_of_the_registries() -> None:
    assert set(ORDER_NAMES) == set(ORDERS)
    assert set(GROUP_NAMES) == set(GROUPS)
    assert Status.__args__ == STATUS_NAMES  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ([], ["indelimane", "kabul", "menaka"]),
        (["--since", "2019-11-10"], ["kabul", "menaka"]),
        (["--since", "2019-11-02", "--until", "2019-11-10"], ["kabul"]),
        (["--until", "2019"], ["indelimane", "kabul", "menaka"]),
        (["--since", "2019-12"], []),
        (["--country", "Mali"], ["indelimane", "menaka"]),
        (["--country", "AF", "--country", "Niger"], ["kabul"]),
        (["--near", "Ménaka, Mali", "--within", "20km"], ["menaka"]),
        (["--near", "15.9,2.4", "--within", "200 mi"], ["indelimane", "menaka"]),
        (["--min-killed", "7"], ["indelimane", "kabul"]),
        (["--min-sources", "2"], ["indelimane"]),
        (["--status", "agreed"], ["indelimane", "kabul", "menaka"]),
        (["--status", "disputed", "--status", "rising"], []),
        (["--sort", "killed", "--reverse"], ["menaka", "kabul", "indelimane"]),
        (["--sort", "place"], ["kabul", "indelimane", "menaka"]),
        (["--group", "country", "--sort", "date", "--reverse"], ["kabul", "menaka", "indelimane"]),
        (["--reverse"], ["menaka", "kabul", "indelimane"]),
    ],
)
def test_what_is_printed(program: Run, incidents: str, options: list[str], places: list[str]) -> None:
    done = program("report", *options, stdin=incidents)
    assert done.returncode == 0
    assert [name.split("-")[1] for name in ids(done.stdout)] == places
    assert bool(done.stderr) == (not places)


def test_every_format_of_both_commands_has_them(program: Run, samples: Path, incidents: str) -> None:
    options = ["--country", "ML", "--sort", "killed", "--reverse"]
    lines = program("run", samples, *options).stdout
    assert program("report", *options, stdin=incidents).stdout == lines
    assert [json.loads(line) for line in lines.splitlines()] == json.loads(
        program("run", samples, *options, "--format", "json").stdout
    )
    rows = csv.DictReader(io.StringIO(program("run", samples, *options, "--format", "csv").stdout))
    assert [row["id"] for row in rows] == ids(lines)
    table = program("run", samples, *options, "--format", "table").stdout
    assert 0 < table.index("naka") < table.index("Indelimane")
    assert "Kabul" not in table


def test_a_grouped_table_has_headings(program: Run, incidents: str) -> None:
    text = program("report", "--format", "table", "--group", "country", stdin=incidents).stdout
    assert "\nAfghanistan  1 incident" in text
    assert "\nMali  2 incidents" in text


def test_what_cannot_be_told_is_said_on_stderr(program: Run, incidents: str) -> None:
    undated = "".join(json.dumps(json.loads(line) | {"date": None}) + "\n" for line in incidents.splitlines()[:1])
    done = program("report", "--since", "2019-11-05", stdin=undated + incidents)
    assert len(done.stdout.splitlines()) == 2
    assert done.stderr == "note: --since cannot tell about 1 incident, left out: no date is known\n"
    none = program("report", "--since", "2030", stdin=incidents)
    assert (none.returncode, none.stdout) == (0, "")
    assert none.stderr == "note: none of 3 incidents is left by --since\n"
    assert program("report", "-q", "--since", "2030", stdin=incidents).stderr == ""


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--since", "yesterday"], "'yesterday' is no date; write 2019-11-03, 2019-11 or 2019"),
        (["--until", "2019-02-30"], "is no date"),
        (["--since", "2019-13"], "is no date"),
        (["--since", "2020", "--until", "2019"], "--until 2019-12-31 lies before --since 2020-01-01"),
        (["--country", "Congo"], "one of CD (DR Congo); CG (Republic of the Congo)"),
        (["--near", "Gao"], "one of Gao, ML; Gao, Centre-Ouest, BF"),
        (["--near", "Gao, Niger"], "did you mean Gao, ML"),
        (["--within", "100km"], "name a place, --near 'Gao, Mali'"),
        (["--near", "Gao, Mali", "--within", "far"], "'far' is no distance; write 100km or 60mi"),
        (["--near", "Gao, Mali", "--within", "0"], "is no distance"),
        (["--min-killed", "-1"], "--min-killed"),
        (["--status", "unsure"], "'agreed', 'rising', 'revised_down', 'disputed'"),
        (["--sort", "size"], "'date', 'killed', 'place', 'reports'"),
        (["--group", "type"], "--group"),
    ],
)
def test_wrong_values_are_told_what_is_right(program: Run, options: list[str], why: str) -> None:
    done = program("report", *options, stdin="")
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert "Usage:" in done.stderr


def test_verbose_names_the_place_that_was_meant(program: Run, incidents: str) -> None:
    done = program("report", "-v", "--near", "Paris", stdin=incidents)
    assert "--near is Paris, Île-de-France, FR (48.85, 2.35)" in done.stderr
