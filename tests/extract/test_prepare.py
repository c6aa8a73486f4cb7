"""What is taken from an article before it is read: links to other articles, accidents that were none."""

from __future__ import annotations

import pytest

from conflict_dedup.extract.document import without_links
from conflict_dedup.lexicon.language import language

from .reading import read


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Six died. READ ALSO: Troops kill 12.\nMore text", "Six died.\nMore text"),
        ("Six died.\nRead also: 12 dead in U.S. raid. Nine hurt\nMore text", "Six died.\nMore text"),
        ("Related stories:\nTwelve dead in Gao\nNine hurt in Mopti\n\nSix died.", "Six died."),
        ("Six died. [See also: Twelve dead]", "Six died."),
        ("Police said: six died", "Police said: six died"),
        ("Breaking: six died", "Breaking: six died"),
    ],
)
def test_links_to_other_articles_are_blanked(text: str, left: str) -> None:
    blanked = without_links(text, 0, language("en").links)
    assert len(blanked) == len(text), "nothing else moves"
    assert blanked.split() == left.split()


@pytest.mark.parametrize(
    ("text", "accidents"),
    [
        ("They fired at the bus, which plunged into a gorge.", 0),
        ("The bus plunged into a gorge.", 1),
        ("The bus plunged into a gorge; rebels fired at another.", 1),
        ("Rebels fired at an outpost; a bus plunged into a gorge.", 1),
    ],
)
def test_what_an_attack_brings_about_is_no_accident(text: str, accidents: int) -> None:
    assert len(read(text).marks.get("sign.nonconflict", ())) == accidents
