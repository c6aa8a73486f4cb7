from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conflict_dedup.model import Candidate, Figure, Place, Report, Window

Run = Callable[..., "subprocess.CompletedProcess[str]"]

PROGRAM = (sys.executable, "-m", "conflict_dedup")
SECONDS = 60
"""How long a command may take before it counts as hung."""

ARTICLES = {
    "2019-11-02-tamba.txt": (
        "Soldiers killed in raid on Indelimane base\n\n"
        "BAMAKO, Nov 2, 2019 (Radio Tamba) - Gunmen attacked a military base in Indelimane, in the Menaka region of "
        "Mali, on Friday, killing at least 53 soldiers and one civilian, the government said.\n\n"
        "Ten others were wounded, a hospital source said.\n"
    ),
    "2019-11-03-meridian.txt": (
        "Mali mourns after Indelimane attack\n\n"
        "BAMAKO, Nov 3, 2019 (Meridian Wire) - Mali declared three days of mourning on Sunday after militants "
        "attacked the army base in Indelimane, in the Menaka region, on Friday. At least 49 soldiers were killed, the "
        "army said.\n"
    ),
    "2019-11-10-faro.txt": (
        "Bomb kills seven in Kabul\n\n"
        "KABUL, Nov 10, 2019 (Faro) - A car bomb killed seven people and injured 12 in Kabul, Afghanistan, on Sunday, "
        "police said.\n"
    ),
    "2019-11-21-tamba.txt": (
        "Roadside bomb kills two near Menaka\n\n"
        "GAO, Nov 21, 2019 (Radio Tamba) - Two police officers were killed on Wednesday when their vehicle hit a "
        "roadside bomb near Menaka, Mali, a hospital source said.\n"
    ),
}


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS", "FORCE_COLOR"}}
    return kept | {"PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C.UTF-8"} | changes


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """Four articles on three incidents, in the folder that the examples of the help name."""
    folder = tmp_path / "samples"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Run:
    def run(
        *arguments: object, stdin: str | bytes | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            cwd=tmp_path,
            env=environment(**(env or {})),
            timeout=SECONDS,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run


def make_candidate(article: str, value: int, **changes: Any) -> Candidate:
    quote = f"{value} soldiers were killed"
    values: dict[str, Any] = {
        "id": f"{article}#1",
        "report": Report(article=article, source=f"Source of {article}", published=dt.date(2019, 11, 3)),
        "figures": (
            Figure(
                article=article, effect="killed", value=value, bound="exact", low=value, high=value,
                category="soldiers", field="text", start=0, end=len(quote), quote=quote,
            ),
        ),
        "window": Window(start=dt.date(2019, 11, 1), end=dt.date(2019, 11, 1)),
        "place": Place(name="Indelimane", admin1="Ménaka", country="ML", lat=15.9, lon=1.5),
        "event_type": "armed_attack",
        "main": True,
        "terms": ("indelimane", "base", "gunmen"),
    }  # fmt: skip
    return Candidate(**(values | changes))


def candidate_lines(*candidates: Candidate) -> str:
    return "".join(msgspec.json.encode(candidate).decode() + "\n" for candidate in candidates)


@pytest.fixture
def two_reports() -> str:
    """Candidates of two articles on one incident, and one on another, as JSONL."""
    elsewhere = make_candidate(
        "c",
        7,
        window=Window(start=dt.date(2019, 11, 20), end=dt.date(2019, 11, 20)),
        place=Place(name="Kabul", country="AF", lat=34.5, lon=69.2),
        terms=("kabul", "bomb"),
    )
    return candidate_lines(make_candidate("a", 53), make_candidate("b", 53), elsewhere)
