"""The language of an article: what it says, else what its function words tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import conflict_dedup
from conflict_dedup.lexicon.language import language, signs_of

from .reading import read

SENTENCES = [
    ("The army said that at least ten people had been killed in the attack.", "en"),
    ("Selon l'armée, au moins dix personnes ont été tuées dans l'attaque par des hommes armés.", "fr"),
    ("Según el ejército, al menos diez personas murieron en el ataque de hombres armados.", "es"),
    ("Segundo o exército, pelo menos dez pessoas foram mortas no ataque de homens armados.", "pt"),
    ("Blast kills 12 in the market of Kandahar", "en"),
    ("L'attentat a fait douze morts sur le marché, selon la police.", "fr"),
    ("El atentado dejó doce muertos en el mercado, según la policía.", "es"),
    ("O atentado deixou doze mortos no mercado, disse a polícia.", "pt"),
    ("Matan a tres policías en Tibú", "es"),
    ("Ataque suicida mata a doce en Kabul", "es"),
    ("Gao : cinq soldats tués", "fr"),
    ("Ataque mata cinco em Palma", "pt"),
    ("Blast in San José kills three", "en"),
    ("Bogotá car bomb wounds nine police", "en"),
]


@pytest.mark.parametrize(("text", "code"), SENTENCES)
def test_language_is_detected(text: str, code: str) -> None:
    assert read(text, lang=None).language.code == code


@pytest.mark.parametrize(("text", "code"), SENTENCES)
def test_a_stated_language_wins(text: str, code: str) -> None:
    for stated in ("en", "fr", "es", "pt"):
        assert read(text, lang=stated).language.code == stated


@pytest.mark.parametrize(("stated", "code"), [("en-GB", "en"), ("FR", "fr"), ("es_CO", "es"), ("pt-BR", "pt")])
def test_a_stated_language_may_name_its_region(stated: str, code: str) -> None:
    text = SENTENCES[0][0] if code != "en" else SENTENCES[1][0]
    assert read(text, lang=stated).language.code == code


@pytest.mark.parametrize("text", ["", "53", "!!", "Gao"])
def test_a_text_that_tells_nothing_is_read_as_english(text: str) -> None:
    assert read(text, lang=None).language.code == "en"


def test_the_title_tells_too() -> None:
    doc = read("53", title="Le bilan de l'attaque contre les soldats est lourd", lang=None)
    assert doc.language.code == "fr"


NAMES = frozenset({"ago", "aux", "capital", "m", "n", "num", "o", "or", "pas"})
"""Names of tags and features that are words of a language by chance."""


def literals(path: Path) -> Iterator[str]:
    """The strings of a module but for its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.mark.parametrize("code", ["fr", "es", "pt"])
def test_the_engine_holds_no_words_of_a_language(code: str) -> None:
    """Words of English are the names of tags; those of the other languages would be seen."""
    words = frozenset(signs_of(code).words).union(*language(code).sets.values())
    modules = (Path(conflict_dedup.__file__).parent / "extract").glob("*.py")
    found = {literal for path in modules for literal in literals(path) if literal.isalpha()}
    assert found & words <= NAMES
    assert all(map(str.isascii, found))
