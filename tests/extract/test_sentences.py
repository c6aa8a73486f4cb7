"""Where sentences and paragraphs end, and where a token stands in the article."""

from __future__ import annotations

import pytest

from conflict_dedup.extract.document import Document

from .reading import read


def sentences(doc: Document) -> list[str]:
    return [doc.surface(s.start, s.end) for s in doc.sentences]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Two died. Three fled.", ["Two died.", "Three fled."]),
        # abbreviations, titles and initials end none
        (
            "en",
            "Gen. A. Diallo of the U.S. Army said 1.5 million fled. Two died on Nov. 3 in St. Paul! “All is well.” OK.",
            [
                "Gen. A. Diallo of the U.S. Army said 1.5 million fled.",
                "Two died on Nov. 3 in St. Paul!",
                "“All is well.”",
                "OK.",
            ],
        ),
        ("en", "Lt. Col. Moussa Ag Ali died. He was 45.", ["Lt. Col. Moussa Ag Ali died.", "He was 45."]),
        ("en", "J. P. Morel, of the U.N., spoke.", ["J. P. Morel, of the U.N., spoke."]),
        ("en", "It came from the U.S. The army denied it.", ["It came from the U.S.", "The army denied it."]),
        ("en", "It began at 5 a.m. on Friday.", ["It began at 5 a.m. on Friday."]),
        # numbers hold their marks
        ("en", "About 1,200 fled, 3.5 km away. Ten died.", ["About 1,200 fled, 3.5 km away.", "Ten died."]),
        # quotations
        ("en", "“Ten are dead,” he said. “We fled.”", ["“Ten are dead,” he said.", "“We fled.”"]),
        ("en", 'He said: "We fled." Ten died.', ['He said: "We fled."', "Ten died."]),
        ("en", "Why? Nobody knows! Ten died…", ["Why?", "Nobody knows!", "Ten died…"]),
        # line breaks end a sentence without a stop
        ("en", "Blast in Gao\nTen died", ["Blast in Gao", "Ten died"]),
        ("fr", "M. Keita a parlé. « Dix morts », dit-il.", ["M. Keita a parlé.", "« Dix morts », dit-il."]),
        ("es", "El Sr. Díaz habló. ¿Quién fue? Nadie sabe.", ["El Sr. Díaz habló.", "¿Quién fue?", "Nadie sabe."]),
        ("pt", "O Sr. Silva falou. Dez morreram.", ["O Sr. Silva falou.", "Dez morreram."]),
    ],
)
def test_sentences_end_where_they_end(lang: str, text: str, expected: list[str]) -> None:
    assert sentences(read(text, lang=lang)) == expected


def test_each_token_belongs_to_the_sentence_that_holds_it() -> None:
    doc = read("Two died on Friday.\n\nThree fled. Four stayed.", title="Blast in Gao")
    for number, s in enumerate(doc.sentences):
        assert set(doc.sentence_of[s.start : s.end]) == {number}
    assert doc.sentences[0].start == 0
    assert doc.sentences[-1].end == len(doc.words)
    assert all(a.end == b.start for a, b in zip(doc.sentences, doc.sentences[1:], strict=False))


def test_the_title_is_a_paragraph_of_its_own() -> None:
    doc = read("Two died. Three fled.\n\nFour stayed.", title="Blast in Gao")
    assert [s.paragraph for s in doc.sentences] == [0, 1, 1, 2]


@pytest.mark.parametrize("text", ["İstanbul: 12 öldü.", "“Ten” — dead…", "العربية 12 قتيلا.", "a\u0301 12 🕊 dead"])
def test_tokens_stand_where_they_are_said_to(text: str) -> None:
    doc = read(text, title="İ 3 dead")
    for k, word in enumerate(doc.words):
        field, start, end = doc.locate(doc.begin[k], doc.finish[k])
        assert getattr(doc.article, field)[start:end] == word
