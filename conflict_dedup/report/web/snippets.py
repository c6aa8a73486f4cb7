"""The passages that figures are quoted from, each once, however many figures stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from conflict_dedup.model import Article, Figure
from conflict_dedup.report import plain
from conflict_dedup.report.page import CONTEXT_CHARACTERS

Quotation = tuple[int, int, int]
"""Which snippet, and where the quotation begins and ends in it, in UTF-16 units: as browsers count."""

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")


def quotations(
    figures: Iterable[Figure], articles: Mapping[str, Article]
) -> tuple[tuple[str, ...], dict[Figure, Quotation]]:
    """The snippets, and where each figure stands in them; a figure whose article is not at hand is quoted alone.

    Sums that no source printed have no quotation.
    """
    snippets: list[str] = []
    found: dict[Figure, Quotation] = {}
    in_field: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        text = _text(figure, articles)
        if figure.derived:
            continue
        if text[figure.start : figure.end] == figure.quote and figure.quote:
            in_field.setdefault((figure.article, figure.field), []).append(figure)
        else:  # no article, or not the one that the figure was read from
            _add(figure.quote, 0, [figure], snippets, found, offset=figure.start)
    for group in in_field.values():
        group.sort(key=lambda figure: (figure.start, figure.end))
        text = _text(group[0], articles)
        for start, end, inside in _windows(text, group):
            within = (start > 0 and text[start - 1] != "\n", end < len(text) and text[end] != "\n")
            _add(text[start:end], start, inside, snippets, found, cut=within)
    return tuple(snippets), found


def _text(figure: Figure, articles: Mapping[str, Article]) -> str:
    article = articles.get(figure.article)
    return "" if article is None else article.title if figure.field == "title" else article.text


def _windows(text: str, figures: list[Figure]) -> Iterable[tuple[int, int, list[Figure]]]:
    """Stretches of the text around the figures, those that overlap joined; none goes beyond its paragraph."""
    start = end = -1
    inside: list[Figure] = []
    for figure in figures:
        left, right = _around(text, figure)
        if inside and left <= end:
            end = max(end, right)
        else:
            if inside:
                yield start, end, inside
            start, end, inside = left, right, []
        inside.append(figure)
    if inside:
        yield start, end, inside


def _around(text: str, figure: Figure) -> tuple[int, int]:
    left, right = max(0, figure.start - CONTEXT_CHARACTERS), min(len(text), figure.end + CONTEXT_CHARACTERS)
    if left:
        space = text.find(" ", left, figure.start)
        left = space + 1 if space >= 0 else left
    if right < len(text):
        space = text.rfind(" ", figure.end, right)
        right = space if space >= 0 else right
    for gap in _PARAGRAPH_END.finditer(text, left, right):
        if gap.end() <= figure.start:
            left = gap.end()
        elif gap.start() >= figure.end:
            return left, gap.start()
    return left, right


def _add(
    text: str,
    start: int,
    figures: list[Figure],
    snippets: list[str],
    found: dict[Figure, Quotation],
    *,
    offset: int = 0,
    cut: tuple[bool, bool] = (False, False),
) -> None:
    """Make ``text``, which stands at ``start``, a snippet: harmless, with an ellipsis where a paragraph is ``cut``."""
    edges = {figure.start - start - offset for figure in figures} | {figure.end - start - offset for figure in figures}
    bounds = sorted({0, len(text), *edges})
    written, units = "…" * cut[0], len("…" * cut[0])
    at = {0: units}
    for left, right in pairwise(bounds):
        # piece by piece, for what is taken out of one must not move the next; the same number of spaces stays
        piece = re.sub(r"\s", " ", plain.harmless(text[left:right]))
        written += piece
        units += len(piece.encode("utf-16-le")) // 2
        at[right] = units
    for figure in figures:
        found[figure] = (len(snippets), at[figure.start - start - offset], at[figure.end - start - offset])
    snippets.append(written + "…" * cut[1])
