"""What the pages of `show` and `explain` share: lines of styled text, and a figure's quotation in its context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from conflict_dedup.lexicon.number_words import number_in
from conflict_dedup.model import Article, Figure, Report
from conflict_dedup.report import plain
from conflict_dedup.report.table import MIN_WIDTH

if TYPE_CHECKING:
    from rich.console import Console

CONTEXT_CHARACTERS = 140
"""How much of the text is shown on either side of a quotation: about a sentence."""

BOUND_WORDS = {
    "exact": "{value}",
    "at_least": "at least {value}",
    "more_than": "more than {value}",
    "at_most": "at most {value}",
    "fewer_than": "fewer than {value}",
    "about": "about {value}",
    "range": "{low}-{high}",
    "vague": "a vague number, taken as {value}",
}


class Page:
    """Lines of text on a stream, wrapped to its width. Nothing printed is read as markup, no escape gets through."""

    def __init__(self, stream: TextIO, *, width: int, colour: bool) -> None:
        from rich.console import Console  # noqa: PLC0415 - 25 ms that the other formats need not pay

        self._console: Console = Console(
            file=stream,
            width=max(width, MIN_WIDTH),
            force_terminal=colour,
            no_color=not colour,
            color_system="standard" if colour else None,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )

    @property
    def width(self) -> int:
        """In columns."""
        return self._console.width

    def line(self, text: str = "", style: str = "", *, indent: int = 0) -> None:
        """Print one paragraph, its later lines indented as its first."""
        self.parts((text, style), indent=indent)

    def parts(self, *parts: tuple[str, str], indent: int = 0) -> None:
        """Print one paragraph of differently styled parts."""
        from rich.text import Text  # noqa: PLC0415 - see __init__

        text = Text.assemble(*((plain.harmless(words), style) for words, style in parts))
        for line in text.wrap(self._console, self._console.width - indent) or [Text()]:
            line.rstrip()
            line.pad_left(indent if line.plain else 0)
            self._console.print(line)

    def row(self, *parts: tuple[str, str], indent: int = 0) -> None:
        """Print one line whose columns must hold; what does not fit is cut off, with an ellipsis."""
        from rich.text import Text  # noqa: PLC0415 - see __init__

        text = Text.assemble(*((plain.harmless(words), style) for words, style in parts), no_wrap=True)
        text.truncate(self._console.width - indent, overflow="ellipsis")
        text.rstrip()
        text.pad_left(indent)
        self._console.print(text)


def in_context(figure: Figure, article: Article | None) -> tuple[str, str, str]:
    """The words before a figure's quotation, it, and the words after it; without the article, it alone."""
    text = "" if article is None else article.title if figure.field == "title" else article.text
    if text[figure.start : figure.end] != figure.quote:
        return "", plain.one_line(figure.quote), ""  # not the article that the figure was read from
    start, end = figure.start - CONTEXT_CHARACTERS, figure.end + CONTEXT_CHARACTERS
    before, after = text[max(0, start) : figure.start], text[figure.end : end]
    if start > 0:
        before = "…" + (before.partition(" ")[2] or before)  # at a word, where words are kept apart
    if end < len(text):
        after = (after.rpartition(" ")[0] or after) + "…"
    # paragraphs end the context: what stands beyond is another thought
    before, after = before.rpartition("\n\n")[2], after.partition("\n\n")[0]
    lead = " " if before[-1:].isspace() else ""
    tail = " " if after[:1].isspace() else ""
    return plain.one_line(before) + lead, plain.one_line(figure.quote), tail + plain.one_line(after)


def number_of(figure: Figure) -> str:
    """What a figure says, in words: "killed at least 53 (soldiers), superseded, says army"."""
    number = BOUND_WORDS[figure.bound].format(value=f"{figure.value:,}", low=figure.low, high=figure.high)
    text = f"{figure.effect} {number}" + ("" if figure.category == "total" else f" ({plain.word(figure.category)})")
    marks = [
        mark
        for mark, holds in (
            ("part of another figure", figure.subset),
            ("superseded", figure.superseded),
            ("a sum that no source printed", figure.derived),
        )
        if holds
    ]
    if figure.attribution:
        marks.append(f"says {plain.word(plain.one_line(figure.attribution))}")
    return ", ".join((text, *marks))


def byline(report: Report) -> str:
    """Who reported it when: "3 Nov 2019, AFP (a012)".

    A name that is written from right to left stands last: it would turn the digits of what follows it.
    """
    date = plain.day(report.published) if report.published else "undated"
    source, article = plain.one_line(report.source or "unnamed source"), plain.one_line(report.article)
    if plain.right_to_left(source):
        return f"{date} ({article}), {source}"
    return f"{date}, {source} ({article})"


def marked(quote: str, value: int) -> tuple[str, str, str]:
    """A quotation cut in three where it says its number; all in the first part where no word of it does."""
    span = number_in(quote, value)
    return (quote, "", "") if span is None else (quote[: span[0]], quote[slice(*span)], quote[span[1] :])


def print_figures(
    page: Page, figures: tuple[Figure, ...], reports: tuple[Report, ...], articles: Mapping[str, Article]
) -> None:
    """Every figure under the report that it stands in, reports in the order of publication, undated ones last.

    A reprint is one line: its figures are those of the report that it copies. What it says otherwise is listed.
    """
    of_article: dict[str, list[Figure]] = {}
    for figure in figures:
        of_article.setdefault(figure.article, []).append(figure)
    by_article = {report.article: report for report in reports}
    for article in sorted(of_article, key=lambda name: _when(by_article.get(name), name)):
        report = by_article.get(article) or Report(article=article)
        own = sorted(of_article[article], key=lambda figure: (figure.derived, figure.field != "title", figure.start))
        note = ""
        if report.copy_of in of_article:
            told = set(map(_said, of_article[report.copy_of]))
            own = [figure for figure in own if _said(figure) not in told]
            note = f", a reprint of {plain.one_line(report.copy_of)}: " + ("otherwise:" if own else "the same figures")
        page.parts((byline(report), "bold"), (note, "dim"), indent=2)
        for figure in own:
            print_figure(page, figure, articles.get(article))


def print_figure(page: Page, figure: Figure, article: Article | None) -> None:
    """One figure: what it says, and its quotation in context."""
    page.line(number_of(figure), "dim" if figure.superseded else "", indent=4)
    if figure.derived:
        return
    before, quote, after = in_context(figure, article)
    lead, number, tail = marked(quote, figure.value)
    alone = not lead and not tail
    page.parts(
        (before, "dim"),
        (f">>{lead}", "bold"),
        (number if alone or not number else f"[{number}]", "bold yellow"),
        (f"{tail}<<", "bold"),
        (after, "dim"),
        indent=6,
    )


def _said(figure: Figure) -> tuple[object, ...]:
    return (figure.effect, figure.value, figure.bound, figure.category, figure.subset, figure.superseded, figure.quote)


def _when(report: Report | None, article: str) -> tuple[dt.date, str]:
    return (report.published if report and report.published else dt.date.max, article)
