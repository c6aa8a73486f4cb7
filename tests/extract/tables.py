"""The tables of phrases in tests/cases, as parameters of tests."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CASES = Path(__file__).parent.parent / "cases"


@cache
def table(name: str) -> dict[str, Any]:
    """One table, parsed."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def parameters(name: str, *first: str) -> list[Any]:
    """One parameter for each case, after ``first``; a case with ``known`` must fail, for the reason that it gives."""
    return [
        pytest.param(
            *first,
            case,
            id="-".join([*first, case.get("lang", ""), case["text"][:60]]).replace("--", "-"),
            marks=[pytest.mark.xfail(reason=case["known"], strict=True)] if "known" in case else [],
        )
        for case in table(name)["cases"]
    ]
