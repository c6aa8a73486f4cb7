from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import stat
import subprocess
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import click
import pytest

from conflict_dedup import __version__
from conflict_dedup.cli import COMMANDS, version
from conflict_dedup.cli.inputs import split_ids
from conflict_dedup.cli.options import FORMAT_NAMES, POLICY_NAMES
from conflict_dedup.reconcile import POLICIES
from conflict_dedup.report import BINARY_FORMATS, FORMATS, PUBLISHERS

from .conftest import PROGRAM, SECONDS, Run, environment

PROGRESS = re.compile(r"\d+ articles (\x1b\[[\d;]*m)*\d:\d\d:\d\d")  # the table, too, says of how many articles it is


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


# --- articles to incidents ---


def test_run_prints_each_incident_once(program: Run, samples: Path) -> None:
    done = program("run", samples)
    assert (done.returncode, done.stderr) == (0, "")
    mali, kabul, menaka = objects(done.stdout)
    assert mali["schema"] == "conflict-dedup/incident/1"
    assert mali["place"]["name"] == "Indelimane"  # type: ignore[index]
    assert (mali["killed"]["low"], mali["killed"]["high"]) == (49, 54)  # type: ignore[index]
    assert len(mali["reports"]) == 2  # type: ignore[arg-type]
    assert (kabul["killed"]["best"], kabul["injured"]["best"]) == (7, 12)  # type: ignore[index]
    assert menaka["place"]["name"] in {"Menaka", "Ménaka"}  # type: ignore[index]


def test_the_stages_pipe_into_one_another(program: Run, samples: Path) -> None:
    extracted = program("extract", samples)
    matched = program("match", stdin=extracted.stdout)
    reported = program("report", "-", "--format", "jsonl", stdin=matched.stdout)
    assert extracted.returncode == matched.returncode == reported.returncode == 0
    assert reported.stdout == matched.stdout == program("run", samples).stdout
    assert all(candidate["schema"] == "conflict-dedup/candidate/1" for candidate in objects(extracted.stdout))


def test_a_shell_pipe_of_all_stages(samples: Path) -> None:
    command = " | ".join(shlex.join([*PROGRAM, *words]) for words in (["extract", "samples"], ["match"], ["report"]))
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        cwd=samples.parent,
        env=environment(),
        timeout=SECONDS,
        check=True,
    )
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == b""


def test_more_processes_give_the_same(program: Run, tmp_path: Path, samples: Path) -> None:
    text = next(iter(samples.iterdir())).read_text()
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps({"id": f"a{n}", "text": text, "source": f"s{n}"}) + "\n" for n in range(150)))
    for command in ("extract", "run"):
        one, two = program(command, many), program(command, many, "--jobs", 2)
        assert one.stdout == two.stdout
        assert one.stdout
        assert (two.returncode, two.stderr) == (0, "")


def test_articles_without_incidents_give_nothing(program: Run) -> None:
    done = program("run", stdin="The weather was fine, and nobody came.")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert json.loads(program("run", "--format", "json", stdin="The weather was fine.").stdout) == []


def test_published_is_a_fallback(program: Run) -> None:
    text = "Gunmen killed five soldiers in Gao, Mali, on Friday, the army said."
    (incident,) = objects(program("run", "-", "--published", "2019-11-03", stdin=text).stdout)
    assert incident["date"]["start"] == "2019-11-01"  # type: ignore[index]


@pytest.mark.parametrize("policy", POLICY_NAMES)
def test_policies_move_best_within_the_range(program: Run, two_reports: str, policy: str) -> None:
    for incident in objects(program("match", "--best", policy, stdin=two_reports).stdout):
        killed = incident["killed"]
        assert killed["low"] <= killed["best"] <= killed["high"]  # type: ignore[index]


def test_names_on_the_command_line_are_those_of_the_registries() -> None:
    assert set(POLICY_NAMES) == set(POLICIES)
    assert set(FORMAT_NAMES) == {*FORMATS, *BINARY_FORMATS, *PUBLISHERS}


# --- formats and outputs ---


def test_formats(program: Run, two_reports: str) -> None:
    incidents = program("match", stdin=two_reports).stdout
    assert len(objects(incidents)) == 2
    table = program("report", "--format", "table", stdin=incidents, env={"COLUMNS": "160"}).stdout
    assert "Indelimane, Ménaka, Mali" in table
    assert "\x1b" not in table
    assert json.loads(program("report", "--format", "json", stdin=incidents).stdout) == objects(incidents)
    rows = list(csv.DictReader(io.StringIO(program("report", "--format", "csv", stdin=incidents).stdout)))
    assert [row["killed_best"] for row in rows] == ["53", "7"]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_tables_fit_the_terminal(program: Run, two_reports: str, columns: int) -> None:
    done = program("match", "--format", "table", stdin=two_reports, env={"COLUMNS": str(columns)})
    assert max(map(len, done.stdout.splitlines())) <= columns


def test_colour_when_asked_for(program: Run, two_reports: str) -> None:
    def coloured(*options: str, **env: str) -> bool:
        return "\x1b[" in program("match", "--format", "table", *options, stdin=two_reports, env=env).stdout

    assert not coloured()
    assert coloured("--color", "always")
    assert coloured("--color", "always", NO_COLOR="1")
    assert not coloured("--color", "never")


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_on_a_terminal_a_table_in_colour(two_reports: str, tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    path = tmp_path / "candidates.jsonl"
    path.write_text(two_reports)
    text, code = on_terminal(["match", str(path)], cwd=tmp_path, env=env)
    assert code == 0
    assert "Killed" in text
    assert ("\x1b[" in text) == coloured


def test_progress_only_on_a_terminal(samples: Path, program: Run) -> None:
    text, code = on_terminal(["run", "samples"], cwd=samples.parent, env={})
    assert code == 0
    assert PROGRESS.search(text)
    text, _ = on_terminal(["run", "samples", "-q"], cwd=samples.parent, env={})
    assert "Killed" in text
    assert not PROGRESS.search(text)
    assert program("run", samples).stderr == ""


def on_terminal(arguments: list[str], *, cwd: Path, env: dict[str, str]) -> tuple[str, int]:
    """What a command prints on a terminal of 120 columns, both streams together, and its exit code."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=cwd,
        env=environment(**({"COLUMNS": "120", "TERM": "xterm"} | env)),
    )
    os.close(theirs)
    chunks = []
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux says that the other end is closed by an error
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(ours)
    return b"".join(chunks).decode("utf-8"), child.wait(SECONDS)


def test_output_to_a_file(program: Run, two_reports: str, tmp_path: Path) -> None:
    expected = program("match", stdin=two_reports).stdout
    target = tmp_path / "out.jsonl"
    done = program("match", "-o", target, stdin=two_reports)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert target.read_text() == expected
    assert stat.S_IMODE(target.stat().st_mode) & 0o444  # as the umask says, not as temporary files are
    assert program("match", "-o", tmp_path / "out.csv", stdin=two_reports).returncode == 0
    assert (tmp_path / "out.csv").read_text().startswith("id,date_start")
    assert program("match", "-o", "/dev/stdout", stdin=two_reports).stdout == expected
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_a_link_and_the_mode_of_a_file_stay(program: Run, two_reports: str, tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert program("match", "-o", link, stdin=two_reports).returncode == 0
    assert link.is_symlink()
    assert real.read_text().startswith("{")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_failed_run_leaves_the_old_file(program: Run, tmp_path: Path, samples: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    assert program("show", "nowhere", samples, "-o", target).returncode == 1
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.txt", "samples"]


def test_a_file_that_cannot_be_written_is_a_matter_of_usage(program: Run, tmp_path: Path) -> None:
    done = program("match", "-o", tmp_path / "no" / "such" / "out.jsonl", stdin="")
    assert done.returncode == 2
    assert "cannot write" in done.stderr


# --- one incident ---


def test_show_by_a_part_of_the_id(program: Run, samples: Path, tmp_path: Path) -> None:
    from_articles = program("show", "indelimane", samples)
    assert from_articles.returncode == 0
    assert "killed 49-54" in from_articles.stdout
    incidents = tmp_path / "incidents.jsonl"
    incidents.write_text(program("run", samples).stdout)
    alone = program("show", "indelimane", incidents).stdout
    both = program("show", "indelimane", incidents, samples).stdout
    assert both == from_articles.stdout
    assert alone.splitlines()[0] == both.splitlines()[0]
    assert "the army said" in " ".join(both.split())
    assert program("show", "indelimane", stdin=incidents.read_text()).stdout == alone


def test_explain_one(program: Run, samples: Path, tmp_path: Path) -> None:
    done = program("explain", "indelimane", samples)
    assert done.returncode == 0
    flat = " ".join(done.stdout.split())
    assert ">>" in flat
    assert "the army said" in flat
    assert re.search(r"\+\d+\.\d bits for one incident", flat)
    assert re.search(r"[+-]\d+\.\d place: ", flat)
    candidates = tmp_path / "candidates.jsonl"
    candidates.write_text(program("extract", samples).stdout)
    assert program("explain", "indelimane", candidates, samples).stdout == done.stdout
    assert "bits for one incident" in program("explain", "indelimane", stdin=candidates.read_text()).stdout
    incidents = tmp_path / "incidents.jsonl"
    incidents.write_text(program("run", samples).stdout)
    alone = program("explain", "indelimane", incidents)
    assert alone.returncode == 0
    assert "give the articles" in " ".join(alone.stdout.split())


def test_explain_tells_what_the_words_left_open(program: Run, samples: Path, tmp_path: Path) -> None:
    candidates = [json.loads(line) for line in program("extract", samples).stdout.splitlines()]
    one = next(c for c in candidates if "Indelimane" in str(c["place"]) and c["figures"])
    printed = {f["value"] for c in candidates for f in c["figures"] if c["id"] != one["id"] and f["effect"] == "killed"}
    number = max(printed & {53, 54, 49})
    figure = one["figures"][0] | {"effect": "killed", "bound": "exact"}
    one["doubtful"] = [figure | {"value": n, "low": n, "high": n} for n in (number, 9_999)]
    one["figures"] = [f for f in one["figures"] if f["value"] != number]
    path = tmp_path / "candidates.jsonl"
    path.write_text("".join(json.dumps(c) + "\n" for c in candidates))
    flat = " ".join(program("explain", "indelimane", path, samples).stdout.split())
    assert "counted, since another report prints it" in flat
    assert "not counted: no other report prints it" in flat
    assert "9,999" in flat.partition("Left open by the article's own words")[2]


def test_explain_two(program: Run, samples: Path) -> None:
    done = program("explain", "indelimane", "kabul", samples)
    assert done.returncode == 0
    assert "indelimane and kabul" in done.stdout
    assert "bits for one incident" in done.stdout
    assert "kept apart" in done.stdout  # two countries
    candidates = [str(candidate["id"]) for candidate in objects(program("extract", samples).stdout)]
    by_candidate = program("explain", candidates[0], candidates[-1], samples)
    assert by_candidate.returncode == 0
    assert "1 pair compared" in by_candidate.stdout


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("a",), 1),
        (("a", "b"), 2),
        (("a", "b", "c"), 2),
        (("a", "-"), 1),
        (("a", "samples"), 1),
        (("a", "missing.jsonl"), 1),
        (("a", "missing.txt.gz"), 1),
        (("a", "missing/"), 1),
        (("a", "*.x"), 1),
        (("a", "mr.smith"), 2),
        (("a", "folder/b.c#1"), 2),
    ],
)
def test_ids_are_told_from_paths(
    samples: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], ids: int
) -> None:
    monkeypatch.chdir(samples.parent)
    assert split_ids(arguments, most=2) == (arguments[:ids], arguments[ids:])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["show", "nowhere", "samples"], "no incident 'nowhere' (did you mean"),
        (["show", "2019", "samples"], "have '2019' in their id"),
        (["explain", "nowhere", "samples"], "no incident 'nowhere'"),
        (["explain", "kabul", "kabul", "samples"], "the same report"),
    ],
)
def test_unknown_ids_are_named_with_a_way_out(program: Run, samples: Path, arguments: list[str], why: str) -> None:
    done = program(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert why in done.stderr
    assert "(" in done.stderr
    assert "Traceback" not in done.stderr


# --- help ---


def test_version(program: Run) -> None:
    done = program("--version")
    kind = "compiled" if version.is_compiled() else "pure Python"
    assert (done.returncode, done.stdout) == (0, f"conflict-dedup {__version__} ({kind})\n")


@pytest.mark.parametrize(("name", "expected"), [("tokens.py", False), (f"tokens{EXTENSION_SUFFIXES[0]}", True)])
def test_it_is_compiled_where_the_module_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: bool
) -> None:
    (tmp_path / name).touch()
    monkeypatch.setattr(version, "EXTRACT", tmp_path)
    assert version.is_compiled() is expected


def examples_of(text: str) -> list[str]:
    return [line.strip() for line in text.partition("Examples:")[2].splitlines() if "conflict-dedup" in line]


@pytest.mark.parametrize("command", [None, *(command.name for command in COMMANDS)])
def test_every_help_has_examples_that_run(program: Run, samples: Path, command: str | None) -> None:
    words = [command] if command else []
    for flag in ("-h", "--help"):
        done = program(*words, flag)
        assert done.returncode == 0
        assert max(map(len, done.stdout.splitlines())) <= 100
    lines = examples_of(done.stdout)
    assert len(lines) >= 2
    script = "\n".join(lines).replace("conflict-dedup ", "program ")
    (samples.parent / "tests").symlink_to(Path(__file__).parent.parent)  # the gold sets that examples name
    header = f'set -eu -o pipefail\nprogram() {{ {shlex.join(PROGRAM)} "$@"; }}\n'
    ran = subprocess.run(
        ["bash", "-c", header + script],
        capture_output=True,
        cwd=samples.parent,
        env=environment(),
        timeout=SECONDS,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b""), ran.stderr.decode()


def test_every_option_is_explained() -> None:
    for command in COMMANDS:
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{command.name} {parameter.name}"


def test_help_loads_nothing_that_it_does_not_need() -> None:
    heavy = ("rich", "msgspec", "dateutil", "rapidfuzz", "trafilatura", "charset_normalizer", "multiprocessing")
    program = f"""
import sys
from conflict_dedup.cli import program
try:
    program(["run", "--help"])
except SystemExit:
    pass
print(sorted(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, env=environment(), timeout=SECONDS, check=True
    )
    assert done.stderr.decode().strip() == "[]"
