"""The wheel carries its data: built, installed elsewhere and run there. The source archive has what the gate needs."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = {
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "conflict_dedup").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}


def test_the_wheel_runs_elsewhere(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
        env={**os.environ, "CONFLICT_DEDUP_COMPILE": "0"},
        capture_output=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert set(names) >= PACKAGE, "code, words, weights and gazetteer"
    assert not [name for name in names if not name.startswith("conflict_dedup")], "nothing else is installed"
    pages = {path.name for path in (ROOT / "man").glob("*.1")}
    assert {Path(name).name for name in names if "/share/man/man1/" in name} == pages, "and its man pages"
    assert any(n.endswith("licenses/NOTICE") for n in names), "the data's attribution travels with it"
    target = tmp_path / "elsewhere"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel],
        check=True,
        capture_output=True,
        timeout=300,
    )
    where = "import conflict_dedup; print(conflict_dedup.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(target)}
    found = subprocess.run(
        [sys.executable, "-c", where], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.startswith(str(target)), "the installed copy, not this checkout"
    done = subprocess.run(
        [sys.executable, "-m", "conflict_dedup", "run", ROOT / "samples", "--format", "csv"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "ml-indelimane-2019-11-01" in done.stdout


def test_the_source_archive_is_whole(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=300,
    )
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.partition("/")[2] for name in files.getnames()}
    assert names >= PACKAGE | {"LICENSE", "NOTICE", "README.md", "Makefile", "tests/test_wheel.py", "samples/lyman.md"}
    assert not [name for name in names if name.startswith((".venv", ".git/", "dist", "build"))]
