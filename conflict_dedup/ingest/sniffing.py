"""What a stream without a name holds: told by its first line."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from conflict_dedup.ingest.csv_table import is_header
from conflict_dedup.ingest.decoding import byte_order_mark
from conflict_dedup.ingest.sources import MAX_LINE_BYTES, Source, rejoined

_HTML = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_LIST = re.compile(r"\[\s*(?:\{|\]|\Z)")


def suffix_of(first: str) -> str:
    """The suffix of the format that a first line belongs to: an object alone on it is JSONL, a bare "[" JSON."""
    start = first.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        try:
            msgspec.json.decode(start.encode("utf-8", errors="replace"))
        except (msgspec.DecodeError, RecursionError):
            # a document over several lines breaks off soon; a line of JSONL that is broken is long
            return ".json" if len(start.strip()) < 3 or not start.rstrip().endswith("}") else ".jsonl"
        return ".jsonl"
    if _JSON_LIST.match(start):
        return ".json"
    if _HTML.match(start):
        return ".html"
    return ".csv" if is_header(start) else ".txt"


def sniffed(source: Source) -> Source:
    """The source with the suffix that its content asks for, nothing of it lost.

    Raises:
        UnreadableInput: it is empty or binary.
    """
    content = source.open()
    taken = b""
    while not taken.strip(b"\xef\xbb\xbf \t\r\n"):
        line = content.readline(MAX_LINE_BYTES)
        if not line:
            break
        taken += line
    encoding = byte_order_mark(taken) or "utf-8"
    first = taken.decode(encoding, errors="replace")
    return replace(source, suffix=suffix_of(first), path=None, stream=rejoined(taken, content))
