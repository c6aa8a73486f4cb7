from __future__ import annotations

import pytest

from conflict_dedup.lexicon.number_words import number_in


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("killing at least 53 soldiers", 53, "53"),
        ("1,200 dead, 12 of them children", 1200, "1,200"),
        ("1.200 muertos", 1200, "1.200"),
        ("plus de 1 200 morts", 1200, "1 200"),
        ("killing 12 of the 120", 12, "12"),
        ("killing 120", 12, None),
        ("Twenty-one people were being treated", 21, "Twenty-one"),
        ("two hundred and fifty soldiers", 250, "two hundred and fifty"),
        ("two dozen fighters", 24, "two dozen"),
        ("half a dozen fighters", 6, "half a dozen"),
        ("dozens killed", 24, "dozens"),
        ("seven of the ten", 7, "seven"),
        ("a French corporal was killed", 1, "a"),
        ("Quarante-neuf militaires ont été tués", 49, "Quarante-neuf"),
        ("soixante-douze morts", 72, "soixante-douze"),
        ("quatre-vingt-trois morts", 83, "quatre-vingt-trois"),
        ("des dizaines de morts", 24, "des dizaines de"),
        ("treinta y cinco muertos", 35, "treinta y cinco"),
        ("doscientos cincuenta y tres", 253, "doscientos cincuenta y tres"),
        ("trinta e dois mortos", 32, "trinta e dois"),
        ("a soldier and his two children", 3, None),  # a sum that no word says
        ("the dead", 1, None),
        ("", 1, None),
    ],
)
def test_where_a_number_is_said(text: str, value: int, said: str | None) -> None:
    span = number_in(text, value)
    assert (None if span is None else text[slice(*span)]) == said


def test_letters_that_grow_when_lowered_move_no_offset() -> None:
    assert number_in("İİİ seven", 7) is None
    assert number_in("İİİ 7", 7) == (4, 5)
