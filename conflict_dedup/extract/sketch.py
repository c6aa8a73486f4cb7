"""A bottom-k sketch of an article's word shingles, by which reprints are recognised (Broder 1997)."""

from __future__ import annotations

import zlib
from itertools import accumulate

SHINGLE = 4
"""Words in a shingle."""
SIZE = 48
"""Hashes kept: the resemblance of two texts is estimated to about 0.07."""


def sketch(low: list[str]) -> tuple[int, ...]:
    """The smallest hashes of the shingles of a text's words, ascending; () for a text shorter than one shingle."""
    words = [w for w in low if w[0].isalnum()]
    if len(words) < SHINGLE:
        return ()
    text = " ".join(words).encode()  # a shingle is a stretch of it
    ends = list(accumulate((len(w if w.isascii() else w.encode()) for w in words), lambda end, size: end + 1 + size))
    shingles = map(slice, [0, *(end + 1 for end in ends)], ends[SHINGLE - 1 :])
    return tuple(sorted(set(map(zlib.crc32, map(text.__getitem__, shingles))))[:SIZE])
