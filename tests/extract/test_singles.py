"""Victims told of one by one, with and without a determiner, a known noun and a name."""

from __future__ import annotations

import pytest

from conflict_dedup.extract import quantities

from .reading import read


def singles(text: str, lang: str, title: str = "") -> list[str]:
    doc = read(text, lang=lang, title=title)
    return [f"{doc.surface(q.start, q.end)}: {q.category}" for q in quantities.find(doc) if q.style == "one"]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        # a noun that the lexicon does not know, where victims stand: before a passive, after a verb, joined to another
        ("en", "A zorbist was hacked to death.", ["A zorbist: total"]),
        ("en", "A grenade injured a nurse and a zorbist, police said.", ["a nurse: civilians", "a zorbist: total"]),
        ("en", "A zorbist that they found exploded and killed two soldiers.", []),
        ("es", "Mataron a un zorbista en el mercado.", ["un zorbista: total"]),
        ("fr", "Un zorbiste a été tué au marché.", ["Un zorbiste: total"]),
        # what stands for a noun
        ("en", "Two men died and another was injured.", ["another: total"]),
        ("en", "The fifth died in hospital.", ["The fifth: total"]),
        ("es", "Uno de los heridos murió.", ["Uno: total"]),
        ("es", "Dos murieron y otro resultó herido.", ["otro: total"]),
        ("fr", "Un des blessés a succombé.", ["Un: total"]),
        # in a list, whose verb is in another sentence
        (
            "en",
            "The victims are six porters, a policeman and a girl of ten.",
            ["a policeman: police", "a girl: children"],
        ),
        ("en", "A policeman came. He asked for papers.", []),
        # after a verb, with a rank or a trade and a name
        ("en", "It came after killing Captain Ahmed Noor in his car.", ["Captain Ahmed Noor: soldiers"]),
    ],
)
def test_single(lang: str, text: str, told: list[str]) -> None:
    assert singles(text, lang) == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Soldier shot dead in Beoga", ["Soldier: soldiers"]),
        ("Policeman killed, vaccinator hurt", ["Policeman: police", "vaccinator: aid_workers"]),
        ("Third soldier dies of wounds", ["Third soldier: soldiers"]),
        ("Shelling kills photographer near the front", ["photographer: journalists"]),
        ("Grenade kills soldier, girl", ["soldier: soldiers", "girl: children"]),
        ("Suicide bomber kills 12 in Kabul", []),
        ("Army officer meets families of 12 killed", []),
    ],
)
def test_single_in_a_headline(title: str, told: list[str]) -> None:
    """Titles leave articles out; the same words in the text are no victims."""
    assert singles("It happened on Monday.", "en", title) == told
    assert not singles(f"{title}.", "en")
