"""Extraction and matching are compiled where it can be and is not refused, and what stands in the way is said."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SWITCH = "CONFLICT_DEDUP_COMPILE"


@pytest.fixture
def hook() -> ModuleType:
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def built(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Builds a wheel as installers do, without an environment for it."""
    program = f"from hatchling.build import build_wheel; print(build_wheel({str(folder)!r}))"
    inherited = {name: value for name, value in os.environ.items() if name != SWITCH}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


NO_COMPILER = {"CC": "/nowhere/cc"}


@pytest.mark.skipif(sys.platform == "win32", reason="its compiler is found by other means")
def test_the_wheel_is_pure_where_it_cannot_be_compiled_or_that_is_refused(tmp_path: Path) -> None:
    for value in ({SWITCH: "0"}, NO_COMPILER, {**NO_COMPILER, SWITCH: ""}):
        done = built(tmp_path, **value)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip().endswith("-py3-none-any.whl")
        assert ("the program stays pure Python" in done.stderr) == ("CC" in value), "and it says why"
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert not [name for name in names if name.endswith((".so", ".pyd", ".c"))]


def test_an_editable_install_is_never_compiled(hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "1")
    monkeypatch.setattr(hook, "compiled", lambda *_: pytest.fail("it was compiled"))
    made: dict[str, object] = {"pure_python": True, "infer_tag": False, "force_include": {}}
    before = dict(made)
    hook.CompileHook(str(ROOT), {}, None, None, "", "wheel").initialize("editable", made)
    assert made == before


class Said:
    """What a build tells its user."""

    def __init__(self) -> None:
        self.warned: list[str] = []

    def display_warning(self, message: str) -> None:
        self.warned.append(message)

    def abort(self, message: str) -> None:
        raise SystemExit(message)


@pytest.mark.parametrize("failure", [RuntimeError("the linker is gone"), SystemExit(1)])
def test_where_compiling_fails_the_wheel_is_pure_unless_it_must_not_be(
    hook: ModuleType, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.delenv(SWITCH, raising=False)
    monkeypatch.setattr(hook, "obstacle", lambda: None)
    monkeypatch.setattr(hook, "compiled", fail)
    made: dict[str, object] = {"pure_python": True, "infer_tag": False, "force_include": {}}
    before = dict(made)
    said = Said()
    built_by = hook.CompileHook(str(ROOT), {}, None, None, "", "wheel", said)
    built_by.initialize("standard", made)
    built_by.finalize("standard", made, "")
    assert made == before
    assert "compiling failed" in said.warned[0]
    monkeypatch.setenv(SWITCH, "1")
    with pytest.raises(SystemExit, match="compiling failed"):
        built_by.initialize("standard", made)


@pytest.mark.skipif(sys.platform == "win32", reason="its compiler is found by other means")
def test_without_a_compiler_the_message_says_what_to_do(tmp_path: Path) -> None:
    done = built(tmp_path, **{SWITCH: "1"}, **NO_COMPILER)
    assert done.returncode != 0
    assert "/nowhere/cc" in done.stderr
    assert "with CONFLICT_DEDUP_COMPILE=0" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.whl"))


def test_only_compiling_has_requirements_of_its_own() -> None:
    program = "from hatchling.build import get_requires_for_build_wheel as needs; print(needs())"
    for value, compiler, needed in (
        ("", "/nowhere/cc", False),
        ("0", sys.executable, False),
        ("1", "/nowhere/cc", True),
    ):
        environment = {**os.environ, SWITCH: value, "CC": compiler}
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        assert ("mypy" in done.stdout) is needed
        assert (done.stdout.strip() == "[]") is not needed


@pytest.mark.skipif(sys.platform == "win32", reason="its compiler is found by other means")
def test_it_can_be_asked_whether_it_compiles_here() -> None:
    for compiler, code in (("/nowhere/cc -O2", 1), (sys.executable, 0)):
        environment = {**os.environ, "CC": compiler, SWITCH: ""}
        done = subprocess.run(
            [sys.executable, "hatch_build.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        if "headers" not in done.stdout:
            assert done.returncode == code, done.stdout


def test_what_is_compiled(hook: ModuleType) -> None:
    found = hook.modules(ROOT)
    assert "conflict_dedup/extract/features.py" in found
    assert all((ROOT / path).is_file() for path in found)
    assert not [path for path in found if path.endswith("__init__.py")], "packages are found without their library"


STRUCTS = '''"""Two structs."""
import msgspec

WIDE = 3


class Held(msgspec.Struct, frozen=True, gc=False):
    """A value."""

    one: int  # a comment
    two: str = ""

    @property
    def both(self) -> str:
        return f"{self.one}{self.two}"


class Listed(msgspec.Struct):
    items: list[int] = []


class Checked(msgspec.Struct):
    one: int

    def __post_init__(self) -> None:
        self.one += 1
'''


def test_structs_are_compiled_as_plain_classes(hook: ModuleType) -> None:
    written = hook.written_out(STRUCTS)
    before, after = STRUCTS.splitlines(), written.splitlines()
    assert len(before) == len(after), "lines are where they were"
    assert before.index("    def both(self) -> str:") == after.index("    def both(self) -> str:")
    made: dict[str, Any] = {"mypyc_attr": lambda **_: lambda decorated: decorated}
    exec(written, made)  # noqa: S102 - our own lines
    held = made["Held"](1, two="b")
    assert (held.one, held.two, held.both, made["Held"](2).both) == (1, "b", "1b", "2")
    assert made["Held"].__mro__[1] is object
    assert made["Listed"]().items is not made["Listed"]().items, "a default that is no constant: left as it is"
    assert made["Checked"](1).one == 2, "what is done when it is made is left as it is"


CONSTANTS = '''"""Constants."""
from __future__ import annotations

ONE = 1
"""One."""
TWO, THREE = 2, ONE + 2
WIDE = frozenset((
    "a",
))
TABLE: dict[str, int] = {}
A, B = divmod(7, 2)
T = TypeVar("T")
COUNT = 0
COUNT = COUNT + ONE
small = 1
'''


def test_constants_are_declared_final(hook: ModuleType) -> None:
    after = hook.with_finals(CONSTANTS).splitlines()
    assert len(after) == len(CONSTANTS.splitlines()), "lines are where they were"
    assert after[1] == "from __future__ import annotations; from typing import Final"
    assert after[3] == "ONE: Final = 1"
    assert after[5] == "TWO: Final = 2; THREE: Final = ONE + 2"
    assert after[6] == "WIDE: Final = frozenset(("
    assert after[9] == "TABLE: Final[dict[str, int]] = {}"
    assert after[10:] == CONSTANTS.splitlines()[10:], "bound by another's value, more than once, or no constant"


def test_every_struct_of_extraction_is_written_out(hook: ModuleType) -> None:
    for path in hook.modules(ROOT):
        source = (ROOT / path).read_text(encoding="utf-8")
        assert "(msgspec.Struct" not in hook.written_out(source), f"{path}: one that mypyc will read by name"


def test_the_environments_are_nowhere_packed() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    for folder in (".venv", ".venv-dev"):
        assert f'"/{folder}"' in settings, "not in the source archive"
        assert f"{folder}/" in ignored


INSTALLED = ROOT / ".venv" / "bin" / "python"
WHERE = "import conflict_dedup.extract as e; print(e.__file__)"


def installed_program() -> list[str]:
    """The command of the program that `make demo` installed; skips where there is none, a pure one or an older one."""
    if not INSTALLED.exists():
        pytest.skip("make demo has not been run")
    command = [str(INSTALLED), "-I", "-m", "conflict_dedup"]
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout
    if "(compiled)" not in version:
        pytest.skip(version)
    where = subprocess.run([str(INSTALLED), "-I", "-c", WHERE], capture_output=True, text=True, check=True).stdout
    package = Path(where.strip()).parent.parent
    for path in (ROOT / "conflict_dedup").rglob("*.*"):
        there = package / path.relative_to(ROOT / "conflict_dedup")
        if path.suffix != ".pyc" and (not there.exists() or there.read_bytes() != path.read_bytes()):
            pytest.skip(f"{path.name} has changed since make demo")
    return command


@pytest.mark.parametrize("name", ["bulletins", "quartet", "romance"])
def test_the_compiled_program_prints_the_same(name: str) -> None:
    compiled = installed_program()
    pure = [sys.executable, "-m", "conflict_dedup"]
    arguments = ["run", str(ROOT / "tests" / "gold" / name / "articles.jsonl"), "--format", "jsonl", "-q"]
    printed = [
        subprocess.run([*command, *arguments], cwd=ROOT, capture_output=True, check=True).stdout
        for command in (compiled, pure)
    ]
    assert printed[0]
    assert printed[0] == printed[1]
