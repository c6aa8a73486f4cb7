from __future__ import annotations

from conflict_dedup.lexicon.name_words import name_words


def test_every_list_has_single_words_in_lower_case() -> None:
    for name, listed in name_words()._asdict().items():
        assert listed, name
        assert not [word for word in listed if word != word.lower() or len(word.split()) != 1]


def test_the_parts_of_lists_are_parts() -> None:
    known = name_words()
    assert known.lower_case < known.article
    assert known.particle - {"d"} < known.joining
    assert known.opening.isdisjoint(known.article)


def test_they_hold_in_every_language() -> None:
    assert {"rue", "calle", "rua", "avenue"} <= name_words().way
    assert {"al", "ash"} <= name_words().lower_case
    assert name_words() is name_words()
