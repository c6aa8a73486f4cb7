"""A bottom-k sketch of an article's word shingles, by which reprints are recognised (Broder 1997)."""

from __future__ import annotations

import zlib

SHINGLE = 4
"""Words in a shingle."""
SIZE = 48
"""Hashes kept: the resemblance of two texts is estimated to about 0.07."""


def sketch(low: list[str]) -> tuple[int, ...]:
    """The smallest hashes of the shingles of a text's words, ascending; () for a text shorter than one shingle."""
    words = [w for w in low if w[0].isalnum()]
    if len(words) < SHINGLE:
        return ()
    crc = zlib.crc32
    hashes = {
        crc(f"{a} {b} {c} {d}".encode()) for a, b, c, d in zip(words, words[1:], words[2:], words[3:], strict=False)
    }
    return tuple(sorted(hashes)[:SIZE])
