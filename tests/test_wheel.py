"""The wheel carries its data: built, installed elsewhere and run there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_wheel_runs_elsewhere(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, ROOT],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert any(n.endswith("gazetteer.bin") for n in names)
    assert any(n.endswith("lang/pt.toml") for n in names)
    assert not any(n.startswith("tests/") for n in names)
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
