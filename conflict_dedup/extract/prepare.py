"""From an article to a document ready for the decisions: its language, its tokens, its dates."""

from __future__ import annotations

from conflict_dedup.extract.document import Document, document
from conflict_dedup.lexicon.language import language
from conflict_dedup.model import Article


def prepare(article: Article) -> Document:
    """Tokenises, tags and dates an article in its language."""
    return document(article, language(article.lang or "en"))
