"""Markdown (GitHub's kind): an incident a section, with every quotation, for an issue, a wiki or a note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TextIO
from urllib.parse import quote, urlsplit

from conflict_dedup.model import EFFECTS, Figure, Incident, Report
from conflict_dedup.report import plain
from conflict_dedup.report.page import number_of

# What Markdown, HTML within it, GitHub's formulas and the templates of site builders give a meaning anywhere in a line.
_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~^$&=!]")
# What begins a list or is a rule at the beginning of a line, where a title may stand.
_BEGINNING = re.compile(r"^(\d*)([-+.)])")
_ADDRESS = re.compile(r"(?i)(?<=www)\.|:(?=//)|(?<=mailto):|(?<=xmpp):")
# Some sites link names and numbers of issues after all escapes are resolved; a word joiner (U+2060) is not seen.
_MENTION = re.compile(r"(@|\\#)(?=\w)|(?<=\bGH)-(?=\d)", re.IGNORECASE)
_JOINER = "\u2060"
_URL_SAFE = "/:?#@!$&*+,;=~%"


def escaped(text: str) -> str:
    """Text of an article on one line, of which nothing is markup, a link or a mention."""
    words = _MARKS.sub(r"\\\g<0>", plain.one_line(text))
    words = _BEGINNING.sub(r"\1\\\2", words)
    words = _ADDRESS.sub(r"\\\g<0>", words)
    return _MENTION.sub(rf"\g<0>{_JOINER}", words)


def linked(text: str, url: str | None) -> str:
    """The text as a link, when the address is one of the Web."""
    address = plain.one_line(url or "")
    try:
        on_the_web = urlsplit(address).scheme.casefold() in {"http", "https"}
    except ValueError:
        on_the_web = False
    if not on_the_web:
        return escaped(text)
    return f"[{escaped(text)}](<{quote(address, safe=_URL_SAFE)}>)"


def _heading(incident: Incident) -> str:
    parts = (plain.window(incident.date) if incident.date else "undated", plain.place(incident.place))
    return escaped(", ".join(part for part in parts if part != plain.NOTHING))


def _ranges(incident: Incident) -> Iterator[str]:
    for effect in EFFECTS:
        estimate = incident.effect(effect)
        if estimate is None:
            continue
        categories = f"; {escaped(plain.categories(estimate.by_category))}" if estimate.by_category else ""
        yield (
            f"- {effect} **{plain.span(estimate)}**: best {estimate.best:,}, current "
            f"{plain.numbers(estimate.current.low, estimate.current.high)}, {plain.word(estimate.status)}{categories}"
        )


def _quotation(figure: Figure, by_article: dict[str, Report]) -> str:
    report = by_article.get(figure.article) or Report(article=figure.article)
    said = f"- {escaped(number_of(figure))}"
    if figure.quote:
        said += f": “{escaped(figure.quote)}”"
    return f"{said} ({_byline(report)})"


def _byline(report: Report) -> str:
    day = plain.day(report.published) if report.published else "undated"
    return f"{escaped(report.source or 'unnamed source')}, {day}"


def _report(report: Report) -> str:
    line = f"- {linked(report.title or report.article, report.url)}, {_byline(report)}"
    return line + (f"; reprint of {escaped(report.copy_of)}" if report.copy_of else "")


def _section(incident: Incident) -> Iterator[str]:
    by_article = {report.article: report for report in incident.reports}
    count, sources = len(incident.reports), incident.independent_sources
    yield f"## {_heading(incident)}"
    yield ""
    yield (
        f"{escaped(plain.word(incident.event_type))}; {count} report{'s' * (count != 1)}, "
        f"{sources} independent source{'s' * (sources != 1)}; {escaped(incident.id)}"
    )
    for title, lines in (
        ("", list(_ranges(incident))),
        ("### Figures", [_quotation(figure, by_article) for figure in incident.figures]),
        ("### Reports", [_report(report) for report in incident.reports]),
    ):
        if lines:
            yield ""
            yield from chain([title, ""] if title else [], lines)
    yield ""


def write_markdown(
    incidents: Iterable[Incident],
    stream: TextIO,
    *,
    width: int = 0,  # noqa: ARG001 - every writer is called alike
    colour: bool = False,  # noqa: ARG001
) -> None:
    """Print a section for each incident; nothing of an article's text is read as markup."""
    stream.write("# Incidents\n")
    count = 0
    for incident in incidents:
        count += 1
        stream.writelines(f"\n{line}" for line in _section(incident))
    stream.write(f"\n{count or 'No'} incident{'s' * (count != 1)}{'' if count else ' found'}.\n")
