"""Which place a list gives each of its figures."""

from __future__ import annotations

import pytest

from conflict_dedup.extract.listing import Counted, of_each

from .reading import read

EFFECTS = {"*": "killed", "+": "injured"}


def given(text: str, lang: str) -> dict[str, list[str]]:
    """By each figure (marked ``*`` for killed, ``+`` for injured) the places (marked ``@``) that a list gives it."""
    doc = read(text.translate(str.maketrans("", "", "*+@")), lang=lang)
    marked: list[tuple[int, str]] = []
    start = 0
    for word in text.split():
        if word[0] in "*+@":
            start = doc.words.index(word[1:].strip(".,;:"), start) + 1
            marked.append((start - 1, word[0]))
    figures = [Counted(k, k + 1, EFFECTS[mark]) for k, mark in marked if mark in EFFECTS]
    places = [Counted(k, k + 1, "") for k, mark in marked if mark == "@"]
    return {doc.words[k]: [doc.words[p.start] for p in found] for k, found in of_each(doc, figures, places).items()}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "Gunmen killed *12 people in @Bokkos, *nine in @Mangu and *four in @Jos.",
            {"12": ["Bokkos"], "nine": ["Mangu"], "four": ["Jos"]},
        ),
        ("en", "In @Gao *12 were killed, in @Kidal *nine.", {"12": ["Gao"], "nine": ["Kidal"]}),
        ("en", "In @Gao, *12 died; in @Kidal, *nine, officers in @Bamako said.", {"12": ["Gao"], "nine": ["Kidal"]}),
        ("en", "Deaths by town: @Gao: *12; @Kidal: *nine.", {"12": ["Gao"], "nine": ["Kidal"]}),
        (
            "en",
            "Gunmen killed *21 in @Mali: *12 in @Gao, *nine in @Kidal.",
            {"21": ["Mali"], "12": ["Gao"], "nine": ["Kidal"]},
        ),
        ("en", "On a bad day in @Mali *12 died in @Gao, *nine in @Kidal.", {"12": ["Gao"], "nine": ["Kidal"]}),
        (
            "en",
            "Raids left *12 dead and +30 hurt in @Gao, *nine dead in @Kidal, @Mali.",
            {"12": ["Gao"], "30": ["Gao"], "nine": ["Kidal", "Mali"]},
        ),
        ("en", "At least *21 died, *nine in @Gao and *12 in @Kidal.", {"nine": ["Gao"], "12": ["Kidal"]}),
        ("fr", "Le bilan est de *12 morts à @Gao, *neuf à @Kidal.", {"12": ["Gao"], "neuf": ["Kidal"]}),
        ("es", "Murieron *12 personas en @Cali y *nueve en @Neiva.", {"12": ["Cali"], "nueve": ["Neiva"]}),
    ],
)
def test_a_list_gives_each_figure_its_place(lang: str, text: str, expected: dict[str, list[str]]) -> None:
    assert given(text, lang) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed *12 in @Gao.",
        "A bomb killed *12 and hurt +30 in @Gao, in northern @Mali.",
        "A bomb in @Gao killed *12 and hurt +30, officers in @Bamako said.",
        "A bomb in @Gao killed *12, a source said in @Bamako, and hurt +30.",
        "Between @Gao and @Kidal *12 died and +30 were hurt.",
    ],
)
def test_other_sentences_are_no_lists(text: str) -> None:
    assert given(text, "en") == {}
