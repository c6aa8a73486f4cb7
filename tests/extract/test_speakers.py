"""Who speaks in a sentence, and whether it tells of one attack or of several."""

from __future__ import annotations

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.extract.features import ACT, ONE, SEVERAL, attacks, tenor
from conflict_dedup.extract.speakers import ACRONYM, speakers, speaking
from conflict_dedup.model import Article

from .reading import SUNDAY, read


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The bomb killed 12 people, police said.", ("police",)),
        ("The month was the worst of the year, RSF said in Paris.", (ACRONYM,)),
        ("Raids killed 87 people last month, according to the PICSS.", (ACRONYM,)),
        ("A MONUSCO spokesman said 12 people died.", ("UN",)),
        ("The fighting killed 12 people.", None),
        ("The FDLR killed 12 people near Goma, residents said.", ("witness",)),
    ],
)
def test_who_speaks_in_a_sentence(text: str, kinds: tuple[str, ...] | None) -> None:
    assert speaking(read(text)).get(0) == kinds


def test_no_initials_are_told_from_words_in_a_text_of_capitals() -> None:
    text = "GUNMEN KILLED TWELVE PEOPLE IN THE TOWN ON MONDAY NIGHT AND BURNED HOUSES, THE RSF SAID ON TUESDAY."
    doc = read(text)
    assert doc.upper
    assert all(ACRONYM not in kinds for kinds in speaking(doc).values())


def test_speakers_are_found_once() -> None:
    doc = read("Police said 12 people died. Residents spoke of 15.")
    assert speakers(doc) is speakers(doc)


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "Attacks killed 87 people in March.", SEVERAL),
        ("en", "An attack in March killed 87 people.", ONE),
        ("en", "A suicide bombing killed 87 people.", ONE),
        ("en", "Bombing killed 87 people.", ACT),
        ("fr", "Les attaques ont fait 87 morts en mars.", SEVERAL),
        ("fr", "Une attaque a fait 87 morts.", ONE),
        ("es", "Los ataques dejaron 87 muertos en marzo.", SEVERAL),
        ("pt", "Um ataque matou 87 pessoas.", ONE),
    ],
)
def test_one_attack_is_told_from_several(lang: str, text: str, kind: int) -> None:
    assert attacks(read(text, lang=lang))[0] & (SEVERAL | ONE | ACT) == kind


def test_what_a_text_is_about() -> None:
    assert [tenor(*n) for n in ((0, 0), (2, 0), (0, 2), (3, 1), (1, 1))] == ["-", "v", "n", "vn", "nv"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Five people were killed by police in Jos on Friday.", None),
        ("Nine people were shot dead by army troops in Jos on Friday, according to Amnesty International.", "monitor"),
        ("Nine villagers were killed by soldiers near Gao on Friday, residents said.", "witness"),
        ("Twelve people were killed, a toll given by police, in Jos on Friday.", "police"),
        ("No one claimed responsibility for the bombing near Jos on Friday, which killed five.", None),
        ("The army said it had killed 12 militants near Gao on Friday.", "army"),
    ],
)
def test_who_did_it_gives_no_figures(text: str, speaker: str | None) -> None:
    (candidate,) = extract(Article(id="a", text=text, published=SUNDAY, lang="en"))
    assert [f.attribution for f in candidate.figures] == [speaker]
