"""HTML: the article of a web page without its frame, by trafilatura, which is an extra and imported only here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from conflict_dedup.errors import MissingExtra, UnreadableInput
from conflict_dedup.ingest.decoding import decode
from conflict_dedup.ingest.fields import Draft, draft_of
from conflict_dedup.ingest.sources import OnProblem, Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LANG = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z-]{2,12})", re.IGNORECASE)
_ANY_WORD = re.compile(r"\w")


def read_html(source: Source, on_problem: OnProblem) -> Iterator[Draft]:  # noqa: ARG001 - one document, one problem
    """The article of a web page: its text, title, date, site and address from the page and its metadata.

    Raises:
        MissingExtra: trafilatura is not installed.
        UnreadableInput: the page holds no article.
    """
    content = source.read_all()
    charset = _CHARSET.search(content[:4096])
    page = decode(content, path=source.name, declared=charset[1].decode("ascii") if charset else None)
    try:
        import trafilatura  # noqa: PLC0415 - an extra, and 0.2 s

        extracted = trafilatura.extract(
            page,
            output_format="json",
            with_metadata=True,
            include_comments=False,
            # the date of the metadata, not whatever date stands somewhere on the page
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except ImportError as error:  # of trafilatura, or of what it imports only when it is used
        raise MissingExtra(
            f"reading HTML needs {error.name or 'trafilatura'}",
            hint="pip install 'conflict-dedup[html]'",
            path=source.name,
        ) from error
    record = msgspec.json.decode(extracted) if extracted else {}
    text = record.get("text") or ""
    if not _ANY_WORD.search(text):
        raise UnreadableInput("no article on this page", hint="save its text as .txt", path=source.name)
    title = (record.get("title") or "").strip()
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if len(paragraphs) > 1 and paragraphs[0] == title:
        del paragraphs[0]  # else every figure of the headline would stand in title and text
    lang = _LANG.search(page[:4096])
    record |= {"id": None, "text": "\n\n".join(paragraphs), "language": record.get("language") or (lang and lang[1])}
    draft = draft_of(record, path=source.name, line=None, fallback_id=source.stem)
    yield replace(draft, title=" ".join(title.split()))
