"""A gold folder: articles, incidents, claims and traps, each a JSON Lines file (docs/evaluation.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from conflict_dedup.errors import UnreadableInput
from conflict_dedup.model import Effect


class GoldArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the set, with what the program may know of it."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    published: dt.date | None = None
    lang: str | None = None


class GoldIncident(msgspec.Struct, frozen=True, kw_only=True):
    """A real incident: its day or days, its place, and the lowest and highest total that any article gives."""

    id: str
    date_start: dt.date
    date_end: dt.date
    place: str
    country: str
    lat: float | None = None
    lon: float | None = None
    killed_low: int | None = None
    killed_high: int | None = None
    killed_best: int | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of one article."""

    article: str
    incident: str
    effect: Effect
    value: int
    quote: str = ""


class Trap(msgspec.Struct, frozen=True, kw_only=True):
    """A number that is no casualty figure of an incident."""

    article: str
    quote: str
    reason: str = ""


class Gold(msgspec.Struct, frozen=True, kw_only=True):
    """A gold set."""

    articles: tuple[GoldArticle, ...]
    incidents: tuple[GoldIncident, ...]
    claims: tuple[Claim, ...]
    traps: tuple[Trap, ...]


Record = TypeVar("Record", GoldArticle, GoldIncident, Claim, Trap)


def load(folder: Path) -> Gold:
    """Reads a gold folder.

    Raises:
        UnreadableInput: a file is missing, a line does not keep to the format, an id stands twice, or a claim or a trap
            names an article or an incident that the folder lacks.
    """
    articles = _lines(folder / "articles.jsonl", GoldArticle)
    incidents = _lines(folder / "incidents.jsonl", GoldIncident)
    claims = _lines(folder / "claims.jsonl", Claim)
    traps = _lines(folder / "non_incidents.jsonl", Trap)
    known = _distinct(folder / "articles.jsonl", (a.id for a in articles))
    real = _distinct(folder / "incidents.jsonl", (i.id for i in incidents))
    _known(folder / "claims.jsonl", "article", (c.article for c in claims), known)
    _known(folder / "claims.jsonl", "incident", (c.incident for c in claims), real)
    _known(folder / "non_incidents.jsonl", "article", (t.article for t in traps), known)
    return Gold(articles=articles, incidents=incidents, claims=claims, traps=traps)


def _distinct(path: Path, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for number, name in enumerate(ids):
        if name in found:
            line = _lines_written(path)[number]
            raise UnreadableInput(f"the id {name!r} stands twice", hint="give each its own", path=str(path), line=line)
        found.add(name)
    return found


def _known(path: Path, what: str, names: Iterable[str], known: Container[str]) -> None:
    for number, name in enumerate(names):
        if name not in known:
            hint = f"write it into {what}s.jsonl, or mend the name"
            raise UnreadableInput(
                f"there is no {what} {name!r}", hint=hint, path=str(path), line=_lines_written(path)[number]
            )


def _lines_written(path: Path) -> list[int]:
    """The numbers of the lines of a file that are not blank."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [number for number, line in enumerate(lines, 1) if line.strip()]


def misquoted(gold: Gold) -> list[Claim | Trap]:
    """The claims and traps whose quotation does not stand in their article; white space aside."""
    words = {a.id: " ".join(f"{a.title or ''} {a.text}".split()) for a in gold.articles}
    quoted: list[Claim | Trap] = [*gold.claims, *gold.traps]
    return [told for told in quoted if " ".join(told.quote.split()) not in words[told.article]]


def _lines(path: Path, kind: type[Record]) -> tuple[Record, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UnreadableInput(
            f"cannot be read: {error.strerror}", hint="a gold folder holds four files", path=str(path)
        ) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput("is not UTF-8", hint="save it as UTF-8", path=str(path)) from error
    found = []
    for number, line in enumerate(text.split("\n"), 1):  # not at U+2028, which may stand in a string
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=kind))
        except msgspec.DecodeError as error:
            raise UnreadableInput(str(error), hint="see docs/evaluation.md", path=str(path), line=number) from error
    return tuple(found)
