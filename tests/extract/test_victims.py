"""Victims who are told and not counted: one soldier, a named person, "he", "his two sons"."""

from __future__ import annotations

import pytest

from conflict_dedup.extract import extract
from conflict_dedup.model import Article, Figure

from .reading import SUNDAY

LEADS = {
    "en": "Gunmen attacked the town of Gao, in northern Mali, on Friday.",
    "fr": "Des hommes armés ont attaqué vendredi la ville de Gao, dans le nord du Mali.",
    "es": "Hombres armados atacaron el viernes la ciudad de Gao, en el norte de Malí.",
    "pt": "Homens armados atacaram na sexta-feira a cidade de Gao, no norte do Mali.",
}


def figures(text: str, lang: str = "en") -> list[Figure]:
    article = Article(id="a", text=f"{LEADS[lang]} {text}", published=SUNDAY, lang=lang)
    return [f for candidate in extract(article) for f in candidate.figures]


@pytest.mark.parametrize(
    ("lang", "text", "effect", "category"),
    [
        ("en", "A soldier was killed in the attack.", "killed", "soldiers"),
        ("en", "One policeman was wounded in the attack.", "injured", "police"),
        ("en", "Another civilian died of his wounds.", "killed", "civilians"),
        ("en", "A French soldier was killed by a roadside bomb.", "killed", "soldiers"),
        ("en", "An aid worker was abducted by the attackers.", "abducted", "aid_workers"),
        ("en", "A 7-year-old boy was wounded by a stray bullet.", "injured", "children"),
        ("en", "A pregnant woman was shot dead by the attackers.", "killed", "women"),
        ("en", "A radio journalist was shot dead outside his house.", "killed", "journalists"),
        ("fr", "Un soldat a été tué dans l'attaque.", "killed", "soldiers"),
        ("fr", "Une femme a été blessée par les tirs.", "injured", "women"),
        ("fr", "Un journaliste a été enlevé par les assaillants.", "abducted", "journalists"),
        ("es", "Un soldado murió en el ataque.", "killed", "soldiers"),
        ("es", "Una mujer resultó herida en el ataque.", "injured", "women"),
        ("es", "Un policía fue asesinado por los atacantes.", "killed", "police"),
        ("pt", "Um soldado morreu no ataque.", "killed", "soldiers"),
        ("pt", "Uma mulher ficou ferida no ataque.", "injured", "women"),
    ],
)
def test_one_victim_counts_one(lang: str, text: str, effect: str, category: str) -> None:
    (one,) = figures(text, lang)
    assert (one.effect, one.category) == (effect, category)
    assert (one.value, one.bound, one.low, one.high) == (1, "exact", 1, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Inspector Pedro Flores was killed in the attack.", 1),
        ("Hamid Noor, 34, was shot dead by the attackers.", 1),
        ("Hamid Noor, 34, a shopkeeper, was shot dead by the attackers.", 1),
        ("Hamid Noor, a shopkeeper, was shot dead by the attackers.", 1),
        ("The attackers killed the mayor, Moussa Diallo.", 1),
        ("A woman and her two children were killed in their home.", 3),
        ("A man and his wife were shot dead in their home.", 2),
        ("A farmer and his three sons were killed by the attackers.", 4),
    ],
)
def test_named_victims_and_their_kin(text: str, value: int) -> None:
    killed = [f for f in figures(text) if f.effect == "killed" and not f.subset]
    assert sum(f.value for f in killed) == value


@pytest.mark.parametrize(
    "text",
    [
        "A soldier who survived spoke to reporters.",
        "A suspect was arrested by the police on Saturday.",
        "The attack was the work of a local commander, residents said.",
        "President Ibrahim Boubacar Keita visited the town.",
        "The mayor, Moussa Diallo, said that the town was calm.",
        "A hostage was freed by the army.",
        "A witness said that the attackers had come on motorcycles.",
    ],
)
def test_who_is_no_victim_is_not_counted(text: str) -> None:
    assert figures(text) == []
