"""The ways in which a command can end: with problems, interrupted, unread, misused."""

from __future__ import annotations

import gzip
import json
import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest

from .conftest import PROGRAM, SECONDS, Run, candidate_lines, environment, make_candidate

TEXT = "Gunmen killed five soldiers in Gao, Mali, on Friday, the army said."


@pytest.fixture
def bad_files(tmp_path: Path) -> Path:
    """A folder with one readable article and one of each kind of bad input."""
    folder = tmp_path / "in"
    (folder / "empty").mkdir(parents=True)
    (folder / "2019-11-03-good.txt").write_text(TEXT)
    (folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "nul.txt").write_bytes(b"abc\x00def")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "cut.txt.gz").write_bytes(gzip.compress(os.urandom(4000).hex().encode())[:-900])
    (folder / "lines.jsonl").write_text(
        json.dumps({"id": "j1", "text": TEXT, "published": "2019-11-03"})
        + '\n{"id": "j2", "text": \n'
        + json.dumps({"id": "j3", "title": "no text"})
        + "\n"
        + json.dumps({"id": "j4", "text": TEXT, "published": "the day before"})
        + "\n"
    )
    (folder / "rows.csv").write_text(f'title,text\nA,"{TEXT}"\nB,\n')
    (folder / "document.json").write_text('[{"text": "x"')
    return folder


def test_each_bad_input_is_named_and_the_rest_goes_on(program: Run, bad_files: Path) -> None:
    done = program("extract", bad_files, bad_files / "missing.txt", bad_files / "empty", bad_files / "*.nothing")
    assert done.returncode == 1
    named = {line.partition(": ")[0].removeprefix(f"{bad_files}/"): line for line in done.stderr.splitlines()}
    assert set(named) == {
        "binary.txt", "nul.txt", "empty.txt", "cut.txt.gz", "lines.jsonl:2", "lines.jsonl:3", "lines.jsonl:4",
        "rows.csv:3", "document.json:1", "missing.txt", "empty", "*.nothing",
    }  # fmt: skip
    assert all(line.endswith(")") for line in named.values()), "each tells what to do"
    assert "Traceback" not in done.stderr
    articles = {json.loads(line)["report"]["article"] for line in done.stdout.splitlines()}
    assert articles == {"2019-11-03-good", "j1", "j4", "rows:2"}


def test_quiet_says_nothing_but_by_the_exit_code(program: Run, bad_files: Path) -> None:
    done = program("run", "-q", bad_files)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout


def test_verbose_tells_what_was_done(program: Run, bad_files: Path) -> None:
    done = program("run", "-v", bad_files)
    assert "4 articles" in done.stderr.splitlines()[-1]
    assert "problems in" in done.stderr.splitlines()[-1]


def test_a_missing_extra_is_named_with_the_way_to_it(tmp_path: Path, program: Run) -> None:
    (tmp_path / "trafilatura.py").write_text("raise ImportError('not installed')")
    (tmp_path / "a.html").write_text(f"<html><body><p>{TEXT}</p></body></html>")
    (tmp_path / "b.txt").write_text(TEXT)
    path = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    done = program("extract", tmp_path / "a.html", tmp_path / "b.txt", env={"PYTHONPATH": path})
    assert done.returncode == 1
    assert "pip install 'conflict-dedup[html]'" in done.stderr
    assert json.loads(done.stdout)["report"]["article"] == "b"


EMPTY, BINARY = ("", "is empty ("), ("\0" * 9, "binary")


@pytest.mark.parametrize(
    ("arguments", "content", "why"),
    [
        *((name, *EMPTY) for name in ("run", "extract", "show gao", "explain gao")),
        *((name, *BINARY) for name in ("run", "extract", "match", "report", "show gao", "explain gao")),
    ],
)
def test_nothing_readable_on_standard_input(program: Run, arguments: str, content: str, why: str) -> None:
    done = program(*arguments.split(), stdin=content)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("standard input: ")
    assert why in done.stderr.splitlines()[0]
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("options", ["", "-o /dev/full", "--format csv", "--format table"])
def test_a_full_disk_is_named(tmp_path: Path, options: str) -> None:
    (tmp_path / "2019-11-03-a.txt").write_text(TEXT)
    done = subprocess.run(
        ["bash", "-c", f"{shlex.join(PROGRAM)} run . {options} >/dev/full"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(),
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "conflict-dedup: cannot write: No space left on device (the output is not complete)\n"


@pytest.mark.parametrize(
    ("command", "line", "why"),
    [
        ("match", '{"id": "x"', "2: a broken line"),
        ("match", '{"schema": "conflict-dedup/candidate/1", "id": "x"}', "2: no candidate: "),
        ("match", '{"schema": "conflict-dedup/incident/1", "id": "x"}', "2: an incident, not a candidate (`match`"),
        ("match", '{"id": "x", "text": "y"}', "2: an article, not a candidate (turn articles"),
        ("match", "\x01\x02", "2: a broken line"),
        ("report", '{"schema": "conflict-dedup/candidate/1", "id": "x"}', "2: a candidate, not an incident (turn"),
        ("report", "[]", "2: no incident: "),
    ],
)
def test_bad_lines_between_good_ones(program: Run, two_reports: str, command: str, line: str, why: str) -> None:
    good = two_reports.splitlines() if command == "match" else program("match", stdin=two_reports).stdout.splitlines()
    done = program(command, "--format", "jsonl", stdin="\n".join([good[0], line, *good[1:]]) + "\n")
    assert done.returncode == 1
    assert why in done.stderr
    assert done.stderr.startswith("standard input:2: ")
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stdout.splitlines()) == 2


def test_another_version_of_the_schema_is_refused(program: Run, two_reports: str) -> None:
    done = program("match", stdin=two_reports.replace("candidate/1", "candidate/2"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "conflict-dedup/candidate/2" in done.stderr


def test_later_fields_of_the_same_version_are_let_pass(program: Run, two_reports: str) -> None:
    later = two_reports.replace('{"id"', '{"added_later":1,"id"')
    assert "added_later" in later
    assert program("match", stdin=later).stdout == program("match", stdin=two_reports).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["run", "--format", "xml", "x"],
        ["run", "--best", "mean", "x"],
        ["run", "--published", "yesterday", "x"],
        ["run", "--jobs", "0", "x"],
        ["run", "--no-such-option"],
        ["show"],
        ["explain"],
    ],
)
def test_misuse_ends_with_two(program: Run, arguments: list[str]) -> None:
    done = program(*arguments)
    assert done.returncode == 2
    assert "Usage:" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_nothing_named_on_a_terminal_is_misuse(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, "run"],
        stdin=theirs,
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
        timeout=SECONDS,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 2
    assert b"name files or folders" in done.stderr


def extracting(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """A program that has read 200 articles from a pipe and waits for more."""
    child = subprocess.Popen(
        [*PROGRAM, "extract", "-", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
        start_new_session=True,
    )
    assert child.stdin is not None
    line = json.dumps({"text": TEXT, "published": "2019-11-03"}) + "\n"
    child.stdin.write(line.encode() * 200)
    child.stdin.flush()
    time.sleep(1.5)
    return child


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("output", [[], ["-o", "out.jsonl"]])
def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path, jobs: str, output: list[str]) -> None:
    # tests that run in the background of a shell find interrupts ignored, and their children would inherit that
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    child = extracting(tmp_path, "--jobs", jobs, *output)
    signal.signal(signal.SIGINT, before)
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does: the whole group
    out, err = child.communicate(timeout=SECONDS)
    assert child.returncode == 130, err.decode()
    assert err.decode().strip() == ""
    assert not out or out.startswith(b'{"id"')
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="the system has no such signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("sign", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_leaves_neither_workers_nor_half_a_file(tmp_path: Path, jobs: str, sign: str) -> None:
    child = extracting(tmp_path, "--jobs", jobs, "-o", "out.jsonl")
    child.send_signal(getattr(signal, sign))  # as `kill` and `timeout` do: the program alone
    _, err = child.communicate(timeout=SECONDS)
    assert (child.returncode, err) == (128 + getattr(signal, sign), b"")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)


def test_lines_of_another_kind_are_named_once_and_counted(program: Run, two_reports: str) -> None:
    incidents = program("match", stdin=two_reports).stdout
    done = program("report", "--format", "jsonl", stdin=two_reports + incidents)
    assert (done.returncode, done.stdout) == (1, incidents)
    first, more = done.stderr.splitlines()
    assert first.startswith("standard input:1: a candidate, not an incident (turn")
    assert more.startswith("standard input: a candidate, not an incident: so are 2 more lines (turn")


@pytest.mark.parametrize(
    "command",
    [
        "extract many.jsonl | head -1",
        "extract many.jsonl --jobs 2 | head -1",
        "run many.jsonl | head -1",
        "run many.jsonl --format table | head -1",
        "run many.jsonl --format csv | head -1",
        "match candidates.jsonl | head -1",
        "explain indelimane candidates.jsonl | head -1",
        "explain indelimane candidates.jsonl | true",
        "show indelimane candidates.jsonl | true",
        "run many.jsonl --format table | true",
        "extract many.jsonl | true",
    ],
)
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path, command: str) -> None:
    records = ({"id": f"a{n}", "text": TEXT.replace("Gao", f"Gao {n}"), "published": "2019-11-03"} for n in range(400))
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    many = [make_candidate(f"a{n}", 53) for n in range(30)]
    (tmp_path / "candidates.jsonl").write_text(candidate_lines(*many))
    done = subprocess.run(
        ["bash", "-c", f"{shlex.join(PROGRAM)} {command}; echo ${{PIPESTATUS[0]}} >&2"],
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
        timeout=SECONDS,
        check=False,
    )
    assert done.stderr.decode().splitlines()[-1] == "0"
    assert len(done.stderr.decode().splitlines()) == 1, done.stderr.decode()


EVIL = "[red]Gao[/red] [link=http://e]\x1b[31m\x1b]0;title\x07\x9b2J"


def test_articles_inject_neither_markup_nor_escapes(program: Run, tmp_path: Path) -> None:
    path = tmp_path / "evil.jsonl"
    record = {"id": f"a{EVIL}", "title": f"Five dead {EVIL}", "text": f"{EVIL} {TEXT}", "source": EVIL, "url": EVIL}
    path.write_text(json.dumps(record) + "\n")
    (incident,) = [json.loads(line) for line in program("run", path).stdout.splitlines()]
    for arguments in (
        ["run", path, "--format", "table"],
        ["run", path, "--format", "csv"],
        ["show", incident["id"], path],
        ["explain", incident["id"], path],
    ):
        done = program(*arguments)
        assert done.returncode == 0, done.stderr
        assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b")
    assert "[red]Gao[/red]" in done.stdout


def test_names_of_files_inject_no_escapes(program: Run, tmp_path: Path) -> None:
    done = program("run", tmp_path / "no\x1b[31m\x1b]0;t\x07[red]x[/red].txt")
    assert done.returncode == 1
    assert not set(done.stderr) & set("\x1b\x07")
    assert "[red]x[/red].txt: no file matches" in done.stderr
