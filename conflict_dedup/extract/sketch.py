"""A bottom-k sketch of an article's word shingles, by which reprints are recognised (Broder 1997)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_extensions import i64  # where extraction is compiled, whole numbers of C

SHINGLE = 4
"""Words in a shingle."""
SIZE = 48
"""Hashes kept: the resemblance of two texts is estimated to about 0.07."""

PRIME = (1 << 30) - 35
"""The largest below 2**30: Python multiplies such numbers in one step, and C does not overflow."""
BASE = 905_428_721
"""A shingle's hash is the polynomial of its words' codes at this point, modulo ``PRIME``, its last factor the base
itself: the next shingle's hash follows from it in a few steps (Karp and Rabin 1987)."""
LEAVING = PRIME - pow(BASE, SHINGLE, PRIME)
"""What the word that leaves a shingle is multiplied with to be taken off."""
REMEMBERED = 200_000
"""Words whose codes are remembered; then all are forgotten."""


class Codes(dict[str, int]):
    """The codes of words: their CRC-32, modulo ``PRIME``."""

    def __missing__(self, word: str) -> int:
        """Works out the code of a word that was not met before."""
        if len(self) >= REMEMBERED:
            self.clear()
        code = self[word] = zlib.crc32(word.encode()) % PRIME
        return code


CODES = Codes()


def sketch(words: list[str]) -> tuple[int, ...]:
    """The smallest hashes of the shingles of a text's words, ascending; () for a text shorter than one shingle."""
    if len(words) < SHINGLE:
        return ()
    codes = list(map(CODES.__getitem__, words))
    # Twice as many as are kept are expected below the bound, and faster told apart and sorted than all.
    found = hashes(codes, 2 * SIZE * PRIME // (len(codes) - SHINGLE + 1))
    return tuple(sorted(found if len(found) >= SIZE else hashes(codes, PRIME))[:SIZE])


def hashes(codes: list[int], below: int) -> set[int]:
    """The hashes below a bound of the shingles of a text, whose words have these codes."""
    found: list[int] = []
    prime: i64 = PRIME
    base: i64 = BASE
    leaving: i64 = LEAVING
    bound: i64 = below
    entering: i64
    gone: i64
    value: i64 = 0
    for code in codes[: SHINGLE - 1]:
        entering = code
        value = (value + entering) * base % prime
    for first, last in zip([0, *codes], codes[SHINGLE - 1 :], strict=False):
        gone = first
        entering = last
        value = (value + gone * leaving % prime + entering) * base % prime
        if value < bound:
            found.append(value)
    return set(found)
