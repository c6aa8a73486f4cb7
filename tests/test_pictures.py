"""The pictures of the terminal show what the commands print today."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from tools import pictures


@pytest.fixture(scope="session", autouse=True)
def written(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-golden"):
        pictures.write()


@pytest.mark.parametrize("name", pictures.COMMANDS)
def test_a_picture_is_of_today(name: str) -> None:
    text = pictures.printed(name)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    shown = pictures.texts(pictures.read(name))
    assert shown == ["".join(line.split()) for line in plain.splitlines() if line.strip()], "`make pictures`"


@pytest.mark.parametrize("name", pictures.COMMANDS)
def test_a_picture_stands_alone(name: str) -> None:
    text = pictures.read(name)
    ET.fromstring(text)
    assert "@font-face" not in text
    assert "url(http" not in text
    assert "<image" not in text


def test_a_picture_is_the_same_each_time() -> None:
    text = pictures.printed("show.svg")
    assert pictures.svg("show.svg", text) == pictures.svg("show.svg", text)
