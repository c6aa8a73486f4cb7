"""From an article to a document ready for the decisions: its language, its tokens, its dates, its places."""

from __future__ import annotations

from conflict_dedup.extract import dates, places
from conflict_dedup.extract.document import Document, document
from conflict_dedup.lexicon.detect import detect
from conflict_dedup.lexicon.language import LANGUAGES, language
from conflict_dedup.model import Article


def prepare(article: Article) -> Document:
    """Tokenises, tags, dates and places an article in its language: its ``lang`` if that has a file."""
    stated = (article.lang or "").lower()[:2]
    code = stated if stated in LANGUAGES else detect(f"{article.title} {article.text}")
    doc = document(article, language(code))
    doc.dates = dates.find(doc)
    doc.dated = frozenset(k for w in doc.dates if w.anchor == "absolute" for k in range(w.start, w.end))
    doc.geography = places.find(doc)
    return doc
