"""Why reports are one incident, or two: every figure with its quotation, every pair with what was compared, in bits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TextIO

from conflict_dedup.model import Article, Candidate, Comparison, Incident, Pair
from conflict_dedup.report import plain
from conflict_dedup.report.page import Page, byline, print_figure, print_figures
from conflict_dedup.report.show import print_heading, print_reports


def write_explanation(
    incident: Incident,
    candidates: Sequence[Candidate],
    pairs: Sequence[Pair],
    articles: Mapping[str, Article],
    stream: TextIO,
    *,
    width: int,
    colour: bool,
) -> None:
    """Print why the candidates of an incident are one.

    Args:
        incident: what came out.
        candidates: what it was made of; empty when only the incident is at hand.
        pairs: every two of them, compared.
        articles: by id, for the context of the figures.
        stream: where to print.
        width: in columns.
        colour: whether to style the text.
    """
    page = Page(stream, width=width, colour=colour)
    print_heading(page, incident)
    page.line()
    page.line("Figures", "bold")
    print_figures(page, incident.figures, incident.reports, articles)
    print_doubtful(page, candidates, articles)
    page.line()
    print_reports(page, incident)
    page.line()
    page.line("Why one incident", "bold")
    if not candidates:
        page.line(
            "The comparisons are made from candidates: give the articles, or the candidates that `extract` printed.",
            indent=2,
        )
    elif len(candidates) == 1:
        page.line("One report tells of it: there was nothing to compare.", indent=2)
    by_id = {candidate.id: candidate for candidate in candidates}
    for pair in sorted(pairs, key=lambda pair: (-pair.bits, pair.left, pair.right)):
        print_pair(page, pair, by_id)


def print_doubtful(page: Page, candidates: Sequence[Candidate], articles: Mapping[str, Article]) -> None:
    """The numbers that the articles' own words leave open: why each was counted, or that it was not."""
    if not any(candidate.doubtful for candidate in candidates):
        return
    page.line()
    page.line("Left open by the article's own words", "bold")
    for candidate in candidates:
        for figure in candidate.doubtful:
            counted = figure in candidate.figures
            verdict = "counted, since another report prints it" if counted else "not counted: no other report prints it"
            page.parts((byline(candidate.report), "bold"), (f", {verdict}", "dim"), indent=2)
            print_figure(page, figure, articles.get(figure.article))


def print_pair(page: Page, pair: Pair, candidates: Mapping[str, Candidate]) -> None:
    """One pair: the sum first, then each comparison, the weightiest first."""
    page.line()
    page.line(f"{pair.bits:+.1f} bits for one incident", "bold", indent=2)
    for name in (pair.left, pair.right):
        page.line(_told_by(candidates[name]) if name in candidates else plain.one_line(name), indent=2)
    told = [comparison for comparison in pair.comparisons if comparison.bits or comparison.note]
    for comparison in sorted(told, key=lambda comparison: (-abs(comparison.bits), comparison.name)):
        page.line(_in_bits(comparison), indent=4)
    silent = sorted(plain.word(comparison.name) for comparison in pair.comparisons if comparison not in told)
    if silent:
        page.line(f"   0.0  not told by both: {plain.one_line(', '.join(silent))}", "dim", indent=4)
    if pair.forbidden:
        page.line(f"kept apart whatever the bits: {plain.one_line(pair.forbidden)}", "bold", indent=4)


def _in_bits(comparison: Comparison) -> str:
    text = f"{plain.word(comparison.name)}: {plain.word(comparison.level)}"
    return f"{comparison.bits:+6.1f}  " + plain.one_line(f"{text} ({comparison.note})" if comparison.note else text)


def _told_by(candidate: Candidate) -> str:
    date = plain.window(candidate.window) if candidate.window else "date unknown"
    where = plain.place(candidate.place) if candidate.place else "place unknown"
    return f"{plain.one_line(candidate.id)}: {byline(candidate.report)} tells of {date}, {where}"


def write_comparison(
    left: Sequence[Candidate],
    right: Sequence[Candidate],
    pairs: Sequence[Pair],
    stream: TextIO,
    *,
    names: tuple[str, str],
    width: int,
    colour: bool,
) -> None:
    """Print why two incidents (or candidates) were kept apart: their best pair, and every constraint between them.

    Args:
        left: the candidates of the first.
        right: the candidates of the second.
        pairs: each of the one held against each of the other; never empty.
        stream: where to print.
        names: how the two were asked for.
        width: in columns.
        colour: whether to style the text.
    """
    page = Page(stream, width=width, colour=colour)
    by_id = {candidate.id: candidate for candidate in (*left, *right)}
    best = max(pairs, key=lambda pair: (pair.bits, pair.left, pair.right))
    first, second = map(plain.one_line, names)
    page.line(f"{first} and {second}", "bold")
    if left == right:
        page.line("These are one incident.")
    forbidden = [pair for pair in pairs if pair.forbidden]
    page.line(
        f"{len(pairs)} pair{'s' * (len(pairs) != 1)} compared, {len(forbidden)} of them forbidden; the best pair:"
    )
    print_pair(page, best, by_id)
    for reason in dict.fromkeys(pair.forbidden for pair in forbidden if pair is not best):
        page.line(f"another pair is kept apart whatever its bits: {plain.one_line(reason or '')}", indent=2)
