"""What is remembered from article to article changes nothing: tokens by the piece, weights by the clue."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conflict_dedup.extract.scoring import Clue, Scorer, TwinScorer, Weights, features_of, plain
from conflict_dedup.extract.tokens import STOPS, Pieces, tokenise
from conflict_dedup.lexicon.language import TOKEN, language

TEXTS = st.lists(
    st.sampled_from(
        [
            "53",
            "1,200",
            "U.S.",
            "Gao",
            "al-Hawl",
            "men’s",
            "(AFP)",
            "killed.",
            "İzmir",
            "\u00a0",
            "\t",
            " ",
            "  ",
            "\n",
            "\r\n",
            "…",
        ]
    )
).map("".join)


def named(kind: str, value: int) -> list[str]:
    """A clue's features, for the tests."""
    return [f"kind|{kind}", f"kind|{kind}|{value}"]


WEIGHTS = {"bias": 0.25, "kind|bare": -1.5, "kind|bare|3": 0.125, "kind|person|3": 2.0}
CLUES: list[Clue] = [(plain, "bias"), (named, "bare", 3), (named, "person", 3), (named, "bare", 3), (plain, "unknown")]


@given(st.text(max_size=60) | TEXTS)
def test_tokens_by_the_piece_are_the_tokens_of_the_stream(text: str) -> None:
    spans = [m.span() for m in TOKEN.finditer(text)]
    read = tokenise(text, language("en"))
    assert list(zip(read.begin, read.finish, strict=True)) == spans
    assert read.words == [text[b:e] for b, e in spans]
    assert read.numerals == [i for i, w in enumerate(read.words) if w[0].isdecimal()]
    assert read.capitals == [i for i, w in enumerate(read.words) if w[0].isupper()]
    assert read.stops == [i for i, w in enumerate(read.words) if w[-1] in STOPS]
    lines = {sum(b < at for b, _ in spans) - 1 for at, c in enumerate(text) if c == "\n"}
    assert read.breaks == lines - {-1} | {len(spans) - 1}


def test_pieces_are_forgotten_when_there_are_too_many() -> None:
    pieces = Pieces(language("en"), remembered=3)
    for n in range(10):
        assert [token.word for token in pieces.read(f"{n}-a")] == [str(n), "-", "a"]
        assert len(pieces.known) <= 3


def test_a_clue_weighs_what_its_features_weigh() -> None:
    assert features_of(CLUES[:2]) == ["bias", "kind|bare", "kind|bare|3"]
    assert Scorer(WEIGHTS).score(CLUES) == sum(WEIGHTS.get(name, 0.0) for name in features_of(CLUES))


def test_the_order_of_clues_changes_no_score() -> None:
    weights = {"a": 0.1, "b": 0.2, "c": -0.3}
    clues: list[Clue] = [(plain, name) for name in weights]
    assert Scorer(weights).score(clues) == Scorer(weights).score(clues[::-1]) == 0


def test_what_a_scorer_forgets_it_weighs_again() -> None:
    scorer = Scorer(WEIGHTS, remembered=2)
    assert [scorer.score(CLUES) for _ in range(3)] == [Scorer(WEIGHTS).score(CLUES)] * 3
    assert len(scorer.known) <= 2


FITTED = st.dictionaries(st.sampled_from("abcd"), st.floats(-9, 9))


@given(FITTED, FITTED, st.lists(st.sampled_from("abcd")))
def test_a_twin_scorer_decides_as_two_scorers_do(first: Weights, second: Weights, names: list[str]) -> None:
    clues: list[Clue] = [(plain, name) for name in names]
    alone = Scorer(first).score(clues) > 0, Scorer(second).score(clues) > 0
    assert TwinScorer(first, second).decide(clues) == alone
