"""Plain text: one article a file, with or without a head (see :mod:`conflict_dedup.ingest.head`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conflict_dedup.errors import UnreadableInput
from conflict_dedup.ingest.decoding import clean, decode
from conflict_dedup.ingest.fields import Draft, draft_of
from conflict_dedup.ingest.head import read_head
from conflict_dedup.ingest.sources import OnProblem, Source


def draft_of_text(text: str, *, path: str, stem: str) -> Draft:
    """An article from a cleaned text that may have a head.

    Raises:
        UnreadableInput: nothing is left below the head.
    """
    head = read_head(text)
    if not head.body.strip():
        why = "has a head but no text below it" if text.strip() else "has only blank lines"
        raise UnreadableInput(why, hint="nothing to read in it", path=path)
    draft = draft_of({**head.fields, "text": head.body}, path=path, line=None, fallback_id=stem)
    # as it stands: draft_of reads "None" and the like as empty, and a text may begin so
    draft = replace(draft, text=head.body, title=head.title or draft.title)
    return replace(draft, published=head.published) if head.published and not draft.published else draft


def read_text(source: Source, on_problem: OnProblem) -> Iterator[Draft]:  # noqa: ARG001 - one document, one problem
    """The article of a text file."""
    text = clean(decode(source.read_all(), path=source.name))
    yield draft_of_text(text, path=source.name, stem=source.stem)
