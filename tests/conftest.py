"""Options of the whole suite."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent))  # for benchmarks; last: what is installed is tested

# Whoever runs the tests may have settings of their own; the tests are of the program without any.
os.environ["XDG_CONFIG_HOME"] = tempfile.gettempdir() + "/conflict-dedup-tests-have-no-settings"
for _name in [name for name in os.environ if name.startswith("CONFLICT_DEDUP_")]:
    del os.environ[_name]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden and the README anew")
