"""An article of one fixed day, read as far as the grammars of quantity, date and place go."""

from __future__ import annotations

import datetime as dt

from conflict_dedup.extract.document import Document
from conflict_dedup.extract.prepare import prepare
from conflict_dedup.model import Article

SUNDAY = dt.date(2019, 11, 3)


def read(text: str, *, lang: str | None = "en", title: str = "", published: dt.date | None = SUNDAY) -> Document:
    """The document of a text published on Sunday 3 November 2019, unless told otherwise."""
    return prepare(Article(id="a", title=title, text=text, published=published, lang=lang))
