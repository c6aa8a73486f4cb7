"""Markdown: as plain text, the first heading being the headline, without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conflict_dedup.ingest.decoding import clean, decode
from conflict_dedup.ingest.fields import Draft
from conflict_dedup.ingest.plain_text import draft_of_text
from conflict_dedup.ingest.sources import OnProblem, Source

_FRONT = re.compile(r"\A\s*---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*\n", re.DOTALL | re.MULTILINE)
_RULES = (
    (re.compile(r"<!--.{0,10000}?-->", re.DOTALL), ""),  # bounded: or marks that are never closed cost a square
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),  # a picture
    (re.compile(r"\[([^\]\n]+)\]\([^)\s]*(?:[ \t]+\"[^\"\n]*\")?\)"), r"\1"),  # a link: its words
    (re.compile(r"\[([^\]\n]+)\]\[[^\]\n]*\]"), r"\1"),
    (re.compile(r"^\[[^\]\n]+\]:[ \t]*\S+.*$", re.MULTILINE), ""),  # the address of a link
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE), ""),  # a rule
    (re.compile(r"^(.+)\n[=]{3,}[ \t]*$", re.MULTILINE), r"\1\n"),  # an underlined heading
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE), r"\1\n"),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE), ""),
    (re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!-])"), r"\1"),
    (re.compile(r"\n{3,}"), "\n\n"),
)


def without_marks(text: str) -> str:
    """The words of a Markdown text, its front matter left as it is."""
    front = _FRONT.match(text)
    start = front.end() if front else 0
    body = text[start:]
    for pattern, replacement in _RULES:
        body = pattern.sub(replacement, body)
    return text[:start] + body


def read_markdown(source: Source, on_problem: OnProblem) -> Iterator[Draft]:  # noqa: ARG001 - one document, one problem
    """The article of a Markdown file."""
    text = clean(decode(source.read_all(), path=source.name))
    yield draft_of_text(without_marks(text), path=source.name, stem=source.stem)
