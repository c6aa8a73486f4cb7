"""The language of a text, by the function words and the letters that the language files list.

Four languages and articles of some hundred words need no model: every file names its own frequent words, and the text's
words vote, and so do letters that English has not. A text in none of them is read as English, the default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from conflict_dedup.lexicon.language import LANGUAGES, signs_of

SAMPLE = 250
"""Tokens looked at."""
SWITCH = 1.15
"""Another language must have so many times the votes of English, so that names do not decide a short text."""
LETTER_VOTE = 0.4
"""What a letter weighs beside a word: names have them too."""


Votes = dict[str, tuple[str, ...]]
"""By word or letter, the languages that it speaks for."""


@lru_cache(maxsize=1)
def _votes() -> tuple[Votes, Votes]:
    """What the words and the letters of the language files speak for."""
    signs = {code: signs_of(code) for code in LANGUAGES}
    return _speaking({code: s.words for code, s in signs.items()}), _speaking({c: s.letters for c, s in signs.items()})


def _speaking(listed: Mapping[str, Iterable[str]]) -> Votes:
    """Each sign with the languages that list it, in their order."""
    found: dict[str, list[str]] = {}
    for code, signs in listed.items():
        for sign in signs:
            found.setdefault(sign, []).append(code)
    return {sign: tuple(codes) for sign, codes in found.items()}


@lru_cache(maxsize=20_000)
def _codes(word: str) -> tuple[str, ...]:
    """The languages that a word of a text speaks for, punctuation aside."""
    return _votes()[0].get(word.strip('.,;:()"«»“”'), ())


def detect(text: str) -> str:
    """The ISO 639-1 code of the text's language among those that have a file."""
    score = dict.fromkeys(LANGUAGES, 0.0)
    sample = text[: SAMPLE * 8].lower()
    if not sample.isascii():
        for letter, codes in _votes()[1].items():
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
