"""From an article to a document ready for the decisions: its language, its tokens, its dates."""

from __future__ import annotations

from conflict_dedup.extract import dates
from conflict_dedup.extract.document import Document, document
from conflict_dedup.lexicon.language import language
from conflict_dedup.model import Article


def prepare(article: Article) -> Document:
    """Tokenises, tags and dates an article in its language."""
    doc = document(article, language(article.lang or "en"))
    found = dates.find(doc)
    doc.cache["dates"] = found
    doc.cache["dated"] = frozenset(k for w in found if w.anchor == "absolute" for k in range(w.start, w.end))
    return doc
