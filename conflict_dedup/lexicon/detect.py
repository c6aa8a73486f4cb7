"""The language of a text, by the function words and the letters that the language files list.

Four languages and articles of some hundred words need no model: every file names its own frequent words, and the text's
words vote, and so do letters that English has not. A text in none of them is read as English, the default.
"""

from __future__ import annotations

from functools import lru_cache

from conflict_dedup.lexicon.language import LANGUAGES, signs_of

SAMPLE = 250
"""Tokens looked at."""
SWITCH = 1.15
"""Another language must have so many times the votes of English, so that names do not decide a short text."""
LETTER_VOTE = 0.4
"""What a letter weighs beside a word: names have them too."""


@lru_cache(maxsize=1)
def _votes() -> dict[str, tuple[str, ...]]:
    votes: dict[str, list[str]] = {}
    for code in LANGUAGES:
        for sign in signs_of(code).words:
            votes.setdefault(sign, []).append(code)
    return {w: tuple(c) for w, c in votes.items()}


@lru_cache(maxsize=1)
def _letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in LANGUAGES:
        for letter in signs_of(code).letters:
            found.setdefault(letter, []).append(code)
    return {letter: tuple(codes) for letter, codes in found.items()}


@lru_cache(maxsize=20_000)
def _codes(word: str) -> tuple[str, ...]:
    """The languages that a word of a text speaks for, punctuation aside."""
    return _votes().get(word.strip('.,;:()"«»“”'), ())


def detect(text: str) -> str:
    """The ISO 639-1 code of the text's language among those that have a file."""
    score = dict.fromkeys(LANGUAGES, 0.0)
    sample = text[: SAMPLE * 8].lower()
    if not sample.isascii():
        for letter, codes in _letters().items():
            told = LETTER_VOTE * sample.count(letter) / len(codes)
            for c in codes:
                score[c] += told
    words = sample.replace("’", " ").replace("'", " ").split()[:SAMPLE]
    for codes in filter(None, map(_codes, words)):
        share = 1.0 / len(codes)
        for c in codes:
            score[c] += share
    best = max(LANGUAGES, key=score.__getitem__)
    return best if score[best] > SWITCH * score[LANGUAGES[0]] else LANGUAGES[0]
