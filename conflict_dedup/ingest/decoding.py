"""Bytes to text: encodings, control characters, line ends, and what is no text at all."""

from __future__ import annotations

import codecs
import contextlib
import re
import unicodedata

from conflict_dedup.errors import UnreadableInput

HEAD_BYTES = 4096
"""How much of a file's beginning tells whether it is text."""

_SAMPLE_BYTES = 65536
# What detection looks at: more does not make it surer, and it costs time in proportion.

_SIGNATURES = (
    (b"%PDF-", "a PDF document", "turn it into text first, with pdftotext for example"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save it as text or CSV"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as text or CSV"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"BZh", "a bzip2 file", "unpack it with bunzip2; only .gz is read as it is"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it with unxz; only .gz is read as it is"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it with unzstd; only .gz is read as it is"),
    (b"\x89PNG", "a picture", "only text is read"),
    (b"\xff\xd8\xff", "a picture", "only text is read"),
    (b"GIF8", "a picture", "only text is read"),
    (b"SQLite format 3\x00", "an SQLite database", "export the table as CSV"),
    (b"PAR1", "a Parquet file", "export the table as CSV or JSONL"),
    (b"\x7fELF", "a program", "only text is read"),
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff\r]")


def _of_windows(code: int) -> str:
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return ""


_REPLACED: dict[int, str] = dict.fromkeys((*range(9), *range(0x0B, 0x20), 0x7F, 0xFEFF), "")
# A C1 control in a text is as a rule a quotation mark or a dash of Windows-1252 that somebody read as Latin-1; browsers
# read it so too (WHATWG Encoding Standard, "windows-1252" is what "latin1" means).
_REPLACED |= {code: _of_windows(code) for code in range(0x80, 0xA0)}
_REPLACED |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a pair: no text can hold it when it is written again


def clean(text: str) -> str:
    """The text as it will be quoted: composed (NFC), lines end in a newline, no control characters but it and tab."""
    if _UNWANTED.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_REPLACED)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def byte_order_mark(head: bytes) -> str | None:
    """The encoding that the first bytes name, if they do."""
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), None)


def refuse_binary(head: bytes, *, path: str) -> None:
    """Raise when the first bytes of a file are not those of text.

    Raises:
        UnreadableInput: the signature of another format, or NUL bytes without a byte order mark of UTF-16.
    """
    for signature, kind, hint in _SIGNATURES:
        if head.startswith(signature):
            raise UnreadableInput(f"is {kind}, not text", hint=hint, path=path)
    if b"\x00" in head and byte_order_mark(head) is None:
        raise UnreadableInput("is a binary file", hint="only text is read: save it as UTF-8 text", path=path)


MAX_ACCENTED_SHARE = 0.2
"""Of the bytes of a text in Latin script, at most so many stand outside ASCII (French: 4 %, Vietnamese: 20 %)."""


def detect_encoding(sample: bytes) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8; None when they look like no text.

    Mostly ASCII is Windows-1252, as browsers take it (WHATWG Encoding Standard): statistics call a
    short French text Central European. Only what has many other bytes, as Cyrillic or Chinese has, is left to them.
    """
    sample = sample[:_SAMPLE_BYTES]
    if sum(byte >= 0x80 for byte in sample) <= MAX_ACCENTED_SHARE * len(sample):
        with contextlib.suppress(UnicodeDecodeError):
            sample.decode("cp1252")
            return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 15 ms, for files that are not UTF-8

    best = from_bytes(sample).best()
    return best.encoding if best is not None else None


def decode(content: bytes, *, path: str, line: int | None = None, declared: str | None = None) -> str:
    """Decode the bytes of one document: byte order mark, UTF-8, what the document declares, then detection.

    Raises:
        UnreadableInput: none of them fits.
    """
    marked = byte_order_mark(content)
    for encoding in filter(None, (marked, "utf-8", declared)):
        with contextlib.suppress(UnicodeDecodeError, LookupError):
            return content.decode(encoding)
    detected = detect_encoding(content)
    if detected is not None:
        return content.decode(detected, errors="replace")
    raise UnreadableInput("is in no known text encoding", hint="save it as UTF-8", path=path, line=line)


class LineDecoder:
    """Decodes the lines of one file: UTF-8 each, or what is detected at the first line that is not."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._fallback: str | None = None

    def __call__(self, raw: bytes, line: int) -> str:
        """The text of one line.

        Raises:
            UnreadableInput: it is in no known encoding.
        """
        try:
            return raw.decode("utf-8-sig" if line == 1 else "utf-8")
        except UnicodeDecodeError:
            if self._fallback is None:
                self._fallback = detect_encoding(raw)
            if self._fallback is None:
                raise UnreadableInput(
                    "is in no known text encoding", hint="save the file as UTF-8", path=self._path, line=line
                ) from None
            return raw.decode(self._fallback, errors="replace")
