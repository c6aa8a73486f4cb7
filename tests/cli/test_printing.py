"""What the commands that print incidents share: --select, --fail-if-empty, the format of a file's suffix."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import jsonschema
import pyarrow.parquet as pq
import pytest

from conflict_dedup.cli.options import FORMAT_NAMES, SELECTING_NAMES
from conflict_dedup.cli.run import run
from conflict_dedup.cli.session import FORMAT_SUFFIXES, format_of
from conflict_dedup.report import SELECTING

from .conftest import PROGRAM, SECONDS, Run, environment


def test_names_of_formats_that_take_a_selection() -> None:
    assert tuple(SELECTING) == SELECTING_NAMES
    assert set(FORMAT_NAMES) >= FORMAT_SUFFIXES


@pytest.mark.parametrize(
    ("chosen", "output", "fields", "name"),
    [
        (None, "a.csv", None, "csv"),
        (None, "a.TSV", None, "tsv"),
        (None, "a.unknown", None, "jsonl"),
        (None, "a.csv.gz", None, "csv"),
        (None, "a.jsonl.GZ", None, "jsonl"),
        ("json", "a.csv", None, "json"),
        (None, None, ("id",), "tsv"),
        (None, "-", ("id",), "tsv"),
        (None, "a.jsonl", ("id",), "jsonl"),
        (None, "a.csv", ("id",), "csv"),
        (None, "a.txt", ("id",), "tsv"),
        ("csv", "a.jsonl", ("id",), "csv"),
    ],
)
def test_format_of_an_output(chosen: str | None, output: str | None, fields: tuple[str, ...] | None, name: str) -> None:
    assert format_of(chosen, output, fields=fields) == name


@pytest.mark.parametrize(
    ("begun", "found"),
    [
        ("pla", ["place"]),
        ("id,killed.b", ["id,killed.best", "id,killed.by_category"]),
        ("killed.current", ["killed.current", "killed.current.low", "killed.current.high"]),
        ("nothing", []),
    ],
)
def test_names_of_fields_are_completed_part_by_part(begun: str, found: list[str]) -> None:
    (option,) = (p for p in run.params if p.name == "fields")
    context = click.Context(run)
    assert [item.value for item in option.shell_complete(context, begun)] == found


@pytest.mark.parametrize("command", ["run", "match", "report"])
def test_select(program: Run, samples: Path, command: str, tmp_path: Path) -> None:
    candidates = program("extract", samples).stdout
    (tmp_path / "incidents.jsonl").write_text(program("match", stdin=candidates).stdout)
    given: dict[str, tuple[object, str | None]] = {
        "run": (samples, None),
        "match": ("-", candidates),
        "report": ("incidents.jsonl", None),
    }
    path, stdin = given[command]
    done = program(command, path, "--select", "place.country,killed.best", stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "place.country\tkilled.best\nML\t49\nAF\t7\nML\t2\n"
    done = program(command, path, "--select", "killed.low", "--format", "jsonl", stdin=stdin)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [{"killed.low": n} for n in (49, 7, 2)]


def test_parquet_goes_through_a_pipe_and_into_a_file(program: Run, two_reports: str, tmp_path: Path) -> None:
    (tmp_path / "incidents.jsonl").write_text(program("match", stdin=two_reports).stdout)
    call = [*PROGRAM, "report", "incidents.jsonl", "--format", "parquet"]
    piped = subprocess.run(call, cwd=tmp_path, env=environment(), capture_output=True, timeout=SECONDS, check=True)
    assert program("report", "incidents.jsonl", "-o", "a.parquet").returncode == 0
    for source in (io.BytesIO(piped.stdout), tmp_path / "a.parquet"):
        assert [row["killed"]["best"] for row in pq.read_table(source, columns=["killed"]).to_pylist()] == [53, 7]


def test_without_pyarrow_parquet_says_what_to_install(program: Run, two_reports: str, tmp_path: Path) -> None:
    (tmp_path / "pyarrow.py").write_text("raise ImportError('not installed', name='pyarrow')")
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    done = program("match", "-o", "a.parquet", stdin=two_reports, env={"PYTHONPATH": path})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "conflict-dedup: --format parquet needs pyarrow (pip install 'conflict-dedup[parquet]')\n"
    assert not (tmp_path / "a.parquet").exists()


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.csv.gz", "out.parquet.gz"])
def test_a_file_that_ends_in_gz_is_packed(program: Run, samples: Path, tmp_path: Path, name: str) -> None:
    plain = name.removesuffix(".gz")
    for file in (name, plain):
        assert program("run", samples, "-o", tmp_path / file).returncode == 0
    assert gzip.decompress((tmp_path / name).read_bytes()) == (tmp_path / plain).read_bytes()


@pytest.mark.parametrize("command", ["run", "report"])
def test_a_suffix_of_another_format_is_a_matter_of_usage(
    program: Run, samples: Path, tmp_path: Path, command: str
) -> None:
    done = program(command, samples, "-o", tmp_path / "out.xlsx")
    assert (done.returncode, list(tmp_path.glob("out*"))) == (2, [])
    assert ".xlsx is not written" in done.stderr


@pytest.mark.parametrize(("command", "name"), [("extract", "a.csv"), ("extract", "a.xlsx"), ("policies", "a.csv")])
def test_a_suffix_of_what_a_command_does_not_write(
    program: Run, samples: Path, tmp_path: Path, command: str, name: str
) -> None:
    done = program(command, samples, "-o", name)
    assert (done.returncode, (tmp_path / name).exists()) == (2, False)
    assert f".{name[2:]} is not written here; .jsonl" in done.stderr


def test_a_page_of_articles_alone_is_a_matter_of_usage(program: Run, samples: Path, tmp_path: Path) -> None:
    done = program("report", samples, "--format", "html", "-o", "a.html")
    assert (done.returncode, (tmp_path / "a.html").exists()) == (2, False)
    assert "articles, and no incidents of theirs (turn articles into incidents with `run`)" in done.stderr
    missing = program("report", "none.txt", "--format", "html")
    assert (missing.returncode, "none.txt" in missing.stderr) == (1, True)


def test_geojson_by_its_suffix(program: Run, samples: Path, tmp_path: Path) -> None:
    assert program("run", samples, "-o", "a.geojson").returncode == 0
    collection = json.loads((tmp_path / "a.geojson").read_text())
    assert [f["properties"]["killed_best"] for f in collection["features"]] == [49, 7, 2]


def test_the_schema_of_what_is_printed(program: Run, samples: Path) -> None:
    schema = json.loads(program("schema").stdout)
    for line in program("run", samples).stdout.splitlines():
        jsonschema.validate(json.loads(line), schema)
    assert json.loads(program("schema", "candidate").stdout)["title"] == "conflict-dedup/candidate/1"
    assert program("schema", "figure").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--select", "killed_best"), "did you mean killed.best"),
        (("--select", ""), "no field is named"),
        (("--select", "id", "--format", "json"), "--select is for tsv, csv, jsonl, not for json"),
        (("--select", "id", "-o", "map.svg"), "not for svg"),
    ],
)
def test_a_wrong_selection_is_a_matter_of_usage(program: Run, arguments: tuple[str, ...], why: str) -> None:
    done = program("run", "-", *arguments, stdin="Nothing happened.")
    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr


@pytest.mark.parametrize("command", ["run", "match", "report"])
@pytest.mark.parametrize("form", ["table", "csv"])
def test_fail_if_empty(program: Run, command: str, form: str) -> None:
    stdin = "The weather was fine." if command == "run" else "\n"
    done = program(command, "-", "--fail-if-empty", "--format", form, stdin=stdin)
    assert (done.returncode, done.stderr) == (1, "no incident was found, and --fail-if-empty is set\n")
    assert done.stdout == program(command, "-", "--format", form, stdin=stdin).stdout
    assert program(command, "-", "--fail-if-empty", "-q", stdin=stdin).stderr == ""


def test_fail_if_empty_says_nothing_of_what_is_not(program: Run, samples: Path) -> None:
    for form in ("jsonl", "csv"):
        done = program("run", samples, "--fail-if-empty", "--format", form)
        assert (done.returncode, done.stderr) == (0, "")
    selected = program("run", samples, "--fail-if-empty", "--select", "id")
    assert (selected.returncode, len(selected.stdout.splitlines())) == (0, 4)


OF_NOTHING: dict[str, Callable[[Path], bool]] = {
    "table": lambda path: path.read_text() == "No incidents found.\n",
    "jsonl": lambda path: path.read_bytes() == b"",
    "json": lambda path: json.loads(path.read_text()) == [],
    "csv": lambda path: path.read_text().startswith("id,") and path.read_text().count("\n") == 1,
    "tsv": lambda path: path.read_text().startswith("id\t") and path.read_text().count("\n") == 1,
    "csv-figures": lambda path: path.read_text().startswith("incident,") and path.read_text().count("\n") == 1,
    "geojson": lambda path: json.loads(path.read_text()) == {"type": "FeatureCollection", "features": []},
    "ucdp": lambda path: path.read_text().startswith("id,relid,") and path.read_text().count("\n") == 1,
    "acled": lambda path: path.read_text().startswith("event_id_cnty,") and path.read_text().count("\n") == 1,
    "parquet": lambda path: pq.read_table(path).num_rows == 0 and "killed" in pq.read_table(path).column_names,
    "md": lambda path: path.read_text() == "# Incidents\n\nNo incidents found.\n",
    "html": lambda path: "<h1>No incidents</h1>" in path.read_text(),
    "svg": lambda path: "No incidents" in path.read_text(),
    "png": lambda path: path.read_bytes().startswith(b"\x89PNG"),
}
"""What each format prints where there is no incident, as docs/formats.md says."""


@pytest.mark.parametrize("form", FORMAT_NAMES)
@pytest.mark.parametrize("through", ["file", "stdin"])
def test_an_output_without_incidents_is_read_and_printed(program: Run, tmp_path: Path, form: str, through: str) -> None:
    (tmp_path / "quiet.jsonl").write_bytes(b"")
    given, name = ("quiet.jsonl", "quiet.jsonl") if through == "file" else ("-", "standard input")
    done = program("report", given, "--format", form, "-o", "out", stdin="" if through == "stdin" else None)
    why = f"note: {name}: is empty: an earlier step found nothing, or did not get so far\n"
    assert (done.returncode, done.stderr) == (0, why)
    assert OF_NOTHING[form](tmp_path / "out")
    failing = program("report", "quiet.jsonl", "--format", form, "-o", "out", "--fail-if-empty")
    assert failing.returncode == 1
    assert failing.stderr == why.replace(name, "quiet.jsonl") + "no incident was found, and --fail-if-empty is set\n"


@pytest.mark.parametrize("command", ["match", "report", "policies -"])
def test_a_day_without_news_goes_through_all_stages(program: Run, command: str) -> None:
    extracted = program("extract", "-", stdin="The weather was fine.")
    assert (extracted.returncode, extracted.stdout, extracted.stderr) == (0, "", "")
    done = program(*command.split(), stdin=extracted.stdout)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("note: standard input: is empty")


def test_an_empty_article_beside_incidents_is_a_problem(program: Run, tmp_path: Path) -> None:
    (tmp_path / "quiet.jsonl").write_bytes(b"")
    (tmp_path / "a.txt").write_bytes(b"")
    done = program("report", "quiet.jsonl", "a.txt", "-o", "page.html")
    assert done.returncode == 1
    assert "a.txt: is empty (nothing to read in it)\n" in done.stderr
