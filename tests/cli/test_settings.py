from __future__ import annotations

import json
from pathlib import Path

import pytest

from conflict_dedup.cli import COMMANDS, program
from conflict_dedup.cli.settings import FOLDER_FILE, USER_FILE, settable, variable_of

from .conftest import Run, candidate_lines, make_candidate
from .test_policies import dated


@pytest.fixture
def folder_file(tmp_path: Path) -> Path:
    return tmp_path / FOLDER_FILE


@pytest.fixture
def user_file(tmp_path: Path) -> Path:
    path = tmp_path / "xdg" / USER_FILE
    path.parent.mkdir(parents=True)
    return path


def told(run: Run, tmp_path: Path, *arguments: str, **variables: str) -> dict[str, tuple[object, str]]:
    """What `config run` says: option -> its value, and where that comes from, the test's folder left out."""
    env = {"XDG_CONFIG_HOME": str(tmp_path / "xdg")} | variables
    done = run(*arguments, "config", "run", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["option"]: (row["value"], row["from"].replace(f"{tmp_path}/", "")) for row in rows}


def test_the_order(program: Run, tmp_path: Path, folder_file: Path, user_file: Path, two_reports: str) -> None:
    assert told(program, tmp_path)["best"] == ("latest", "default")
    user_file.write_text('best = "gtd"\n')
    user = f"xdg/{USER_FILE}"
    assert told(program, tmp_path)["best"] == ("gtd", user)
    user_file.write_text('best = "gtd"\n[run]\nbest = "ibc"\n')
    assert told(program, tmp_path)["best"] == ("ibc", f"{user} [run]")
    folder_file.write_text('best = "ucdp"\n')
    assert told(program, tmp_path)["best"] == ("ucdp", FOLDER_FILE), "what is nearer wins, table or not"
    one, every = variable_of("best", "run"), variable_of("best")
    assert told(program, tmp_path, **{every: "acled"})["best"] == ("acled", f"environment {every}")
    assert told(program, tmp_path, **{every: "acled", one: "max"})["best"] == ("max", f"environment {one}")


@pytest.mark.parametrize(
    ("settings", "variables", "flags", "best"),
    [
        ("", {}, (), 53),
        ('best = "acled"', {}, (), 40),
        ('best = "acled"\n[match]\nbest = "max"', {}, (), 60),
        ('best = "acled"', {"CONFLICT_DEDUP_BEST": "max"}, (), 60),
        ('best = "acled"', {"CONFLICT_DEDUP_BEST": "max", "CONFLICT_DEDUP_MATCH_BEST": "latest"}, (), 53),
        ('best = "acled"', {"CONFLICT_DEDUP_MATCH_BEST": "acled"}, ("--best", "max"), 60),
        ('best = "acled"', {}, ("--no-config",), 53),
    ],
)
def test_what_counts_is_what_is_done(
    program: Run, folder_file: Path, settings: str, variables: dict[str, str], flags: tuple[str, ...], best: int
) -> None:
    folder_file.write_text(settings)
    told = candidate_lines(dated("a", 60, 1), dated("b", 40, 2), dated("c", 53, 3), make_candidate("c2", 53))
    done = program("match", *flags, stdin=told, env=variables)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["killed"]["best"] == best


def test_one_file_or_none(program: Run, tmp_path: Path, folder_file: Path) -> None:
    folder_file.write_text('best = "ucdp"\n')
    (tmp_path / "other.toml").write_text('best = "max"\n')
    assert told(program, tmp_path, "--config", "other.toml")["best"] == ("max", "other.toml")
    assert told(program, tmp_path, CONFLICT_DEDUP_CONFIG="other.toml")["best"] == ("max", "other.toml")
    assert told(program, tmp_path, "--no-config")["best"] == ("latest", "default")
    assert told(program, tmp_path, CONFLICT_DEDUP_NO_CONFIG="1")["best"] == ("latest", "default")
    flag_wins = told(program, tmp_path, "--config", "other.toml", CONFLICT_DEDUP_NO_CONFIG="1")
    assert flag_wins["best"] == ("max", "other.toml")
    after = program("config", "run", "--config", "other.toml", "--changed").stdout
    assert [json.loads(line)["from"] for line in after.splitlines()] == ["other.toml"]
    done = program("config", "--config", "other.toml", "--no-config")
    assert done.returncode == 2
    assert "contradict" in done.stderr
    nearer = program("--config", "other.toml", "config", "--no-config", "--changed")
    assert (nearer.returncode, nearer.stdout) == (0, "")


def test_folders_above_are_not_searched(program: Run, tmp_path: Path) -> None:
    (tmp_path.parent / FOLDER_FILE).write_text('best = "ucdp"\n')
    try:
        assert told(program, tmp_path)["best"] == ("latest", "default")
    finally:
        (tmp_path.parent / FOLDER_FILE).unlink()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'besst = "acled"', "conflict-dedup.toml: besst: no command has such an option (did you mean best?)"),
        (b'[run]\nbesst = "acled"', "conflict-dedup.toml: [run] besst: `run` has no such option (did you mean best?)"),
        (b'[rnu]\nbest = "acled"', "conflict-dedup.toml: [rnu]: there is no such command (did you mean run?)"),
        (b'best = "acld"', "conflict-dedup.toml: best: 'acld' is not one of 'latest', 'ucdp'"),
        (b'[run]\njobs = "many"', "conflict-dedup.toml: [run] jobs: 'many' is not"),
        (b"[run]\njobs = true", "conflict-dedup.toml: [run] jobs: true is no value of --jobs"),
        (b"best = [1]", "conflict-dedup.toml: best: --best takes one value"),
        (b"run = 3", "conflict-dedup.toml: run: is a command; its options stand below [run]"),
        (b'output = "x"', "conflict-dedup.toml: output: cannot stand in a file"),
        (b'[run]\noutput = "x"', "conflict-dedup.toml: [run] output: cannot stand in a file"),
        (b"help = true", "conflict-dedup.toml: help: cannot stand in a file"),
        (b"best == 3", "conflict-dedup.toml: is no TOML: "),
        (b'best = "\xff"', "conflict-dedup.toml: is not UTF-8"),
        (b'[run]\n"\\u001b[31m" = 1', "conflict-dedup.toml: [run] : `run` has no such option"),
    ],
)
def test_what_is_wrong_is_named(program: Run, samples: Path, folder_file: Path, content: bytes, said: str) -> None:
    folder_file.write_bytes(content)
    done = program("run", samples)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "\x1b" not in done.stderr
    assert program("run", "--help").returncode == 0, "help is there for who must mend it"


def test_the_environment_is_checked_too(program: Run, samples: Path) -> None:
    done = program("run", samples, env={"CONFLICT_DEDUP_BEST": "acld"})
    assert done.returncode == 2
    assert "environment variable CONFLICT_DEDUP_BEST: 'acld' is not one of" in done.stderr
    assert "CONFLICT_DEDUP_BSET in the environment" in program("config", env={"CONFLICT_DEDUP_BSET": "1"}).stderr


def test_what_only_the_command_can_refuse_is_traced_back(program: Run, samples: Path, folder_file: Path) -> None:
    folder_file.write_text('[run]\nselect = "id,kiled"\n')
    assert "(set by conflict-dedup.toml [run])" in program("run", samples).stderr
    assert "set by" not in program("run", samples, "--select", "id,kiled").stderr
    done = program("run", samples, "--no-config", env={"CONFLICT_DEDUP_RUN_SELECT": "kiled"})
    assert done.returncode == 2
    assert "(set by environment CONFLICT_DEDUP_RUN_SELECT)" in done.stderr


def test_a_file_asked_for_must_be_there(program: Run, samples: Path) -> None:
    done = program("run", samples, "--config", "none.toml")
    assert done.returncode == 2
    assert "none.toml: cannot be read: No such file" in done.stderr


def test_a_value_for_all_reaches_those_that_take_it(program: Run, folder_file: Path, two_reports: str) -> None:
    folder_file.write_text('format = "csv"\n')
    assert program("match", stdin=two_reports).stdout.startswith("id,date_start")
    assert program("policies").stdout.startswith('{"name"')


def test_options_that_are_given_several_times(program: Run, tmp_path: Path, folder_file: Path) -> None:
    for content in ('country = ["ML", "AF"]', 'country = "AF"'):
        folder_file.write_text(content)
        wanted = ["ML", "AF"] if "ML" in content else ["AF"]
        assert told(program, tmp_path)["country"] == (wanted, FOLDER_FILE)
    shared = told(program, tmp_path, CONFLICT_DEDUP_COUNTRY="ML AF")
    assert shared["country"] == (["ML", "AF"], "environment CONFLICT_DEDUP_COUNTRY")


def test_lists_reach_the_command(program: Run, folder_file: Path, two_reports: str) -> None:
    folder_file.write_text('country = ["AF"]')
    incidents = program("match", stdin=two_reports).stdout
    (line,) = program("report", stdin=incidents).stdout.splitlines()
    assert json.loads(line)["place"]["country"] == "AF"
    for variable in ("CONFLICT_DEDUP_COUNTRY", "CONFLICT_DEDUP_REPORT_COUNTRY"):
        found = program("report", "--no-config", stdin=incidents, env={variable: "AF ML"}).stdout
        assert len(found.splitlines()) == 2


def test_days_and_flags(program: Run, tmp_path: Path, folder_file: Path) -> None:
    folder_file.write_text("verbose = true\n[run]\npublished = 2019-11-03\n")
    values = told(program, tmp_path)
    assert values["published"] == ("2019-11-03", f"{FOLDER_FILE} [run]")
    text = "Gunmen killed five soldiers in Gao, Mali, on Friday, the army said."
    done = program("run", "-", stdin=text)
    assert json.loads(done.stdout)["date"]["start"] == "2019-11-01"
    assert "1 article, 1 incident, 0 problems" in done.stderr


def test_config_for_people(program: Run, folder_file: Path) -> None:
    assert program("config", "--changed", "--format", "table").stdout.startswith("Every option has its default.\nFiles")
    folder_file.write_text('best = "ucdp"\n')
    lines = program("config", "run", "--format", "table").stdout.splitlines()
    assert lines[0].split() == ["Command", "Option", "Value", "From"]
    assert ["--best", "ucdp", FOLDER_FILE] in [line.split()[-3:] for line in lines]
    assert lines[-1].startswith(f"Files read: {FOLDER_FILE}")
    done = program("config", "rnu")
    assert done.returncode == 2
    assert "there is no command 'rnu'" in done.stderr


def test_every_option_has_a_variable_of_its_own() -> None:
    variables = [option.envvar for command in COMMANDS for option in settable(command).values()]
    shared = {variable_of(name) for command in COMMANDS for name in settable(command)}
    assert len(variables) == len(set(variables))
    assert not shared & set(variables)
    assert set(program.commands) == {command.name for command in COMMANDS}
