"""A record of named fields, as tools write them, to the fields of an article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from conflict_dedup.errors import UnreadableInput
from conflict_dedup.ingest.dates import NotADateError, parse_date
from conflict_dedup.ingest.decoding import clean
from conflict_dedup.ingest.words import empty_values, field_names, field_of, fold, fold_key, table


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as one reader found it: cleaned, but perhaps without an id or a date.

    ``fallback_id`` names it when it has no id of its own; ``bad_date`` says what is wrong with the field of its date.
    ``record`` is its number in a document without lines.
    """

    text: str
    title: str = ""
    id: str = ""
    fallback_id: str = ""
    published: dt.date | None = None
    bad_date: str = ""
    source: str | None = None
    url: str | None = None
    lang: str | None = None
    line: int | None = None
    record: int | None = None


def _plain(value: object) -> str:
    """A scalar, a list of paragraphs or an object with a name, as text; "" for everything that says nothing."""
    if isinstance(value, str):
        return "" if fold(value[:12]) in empty_values() else value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return "" if value != value else str(value)  # noqa: PLR0124 - NaN, as pandas writes it
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_plain, value)))
    if isinstance(value, dict):
        return next((_plain(value[key]) for key in ("name", "title", "$oid", "id", "value") if value.get(key)), "")
    return str(value)


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://"))


def _host(value: str) -> str:
    try:
        host = urlsplit(value).hostname
    except ValueError:  # "http://[…"
        host = None
    return (host or value).removeprefix("www.")


def language_code(value: str) -> str | None:
    """The code of a language: "en-US", "EN" and "English" are "en"; None for what names no language."""
    folded = fold(value)
    code: str | None = table("fields.toml")["languages"].get(folded)
    if code:
        return code
    first = folded.replace("_", "-").split("-")[0]
    return first if first.isascii() and first.isalpha() and len(first) in {2, 3} else None


def known_fields(names: Iterable[str]) -> set[str]:
    """Which fields of an article these names stand for."""
    return {field_of()[key] for key in map(fold_key, names) if key in field_of()}


def draft_of(record: Mapping[str, object], *, path: str, line: int | None, fallback_id: str) -> Draft:
    """Read one record.

    Raises:
        UnreadableInput: it has no text.
    """
    folded: dict[str, object] = {}
    for key, value in record.items():
        folded.setdefault(fold_key(str(key)), value)
    if isinstance(folded.get("_source"), dict) and not known_fields(folded) - {"id"}:
        # Elasticsearch keeps the document one level down
        inner = {fold_key(str(key)): value for key, value in folded["_source"].items()}  # type: ignore[attr-defined]
        folded = inner | {key: value for key, value in folded.items() if key == "_id"}

    def values(field: str) -> list[str]:
        return [v for v in [_plain(folded[name]).strip() for name in field_names()[field] if name in folded] if v]

    bodies = (
        _plain(folded[name])
        for name in field_names()["text"]
        if name in folded and not isinstance(folded[name], (int, float))
    )
    text = next((clean(body) for body in bodies if body.strip()), "")
    if not text.strip():
        empty = [name for name in field_names()["text"] if name in folded]
        names = ", ".join(sorted(map(str, record))[:8]) or "none"
        wanted = f"text is read from text, body, content, maintext …; fields here: {names}"
        raise UnreadableInput(
            "no text in it",
            hint=f"{', '.join(empty)}: nothing stands there" if empty else wanted[:200],
            path=path,
            line=line,
        )
    urls, sources = values("url"), values("source")
    addresses = [value for value in (*urls, *sources) if _is_address(value)]
    names_of_source = [value for value in sources if not _is_address(value)]
    source = names_of_source[0] if names_of_source else next(map(_host, sources), None)
    published, bad_date = None, ""
    for name in field_names()["published"]:
        try:
            published = parse_date(folded.get(name))
        except NotADateError as error:
            bad_date = bad_date or str(error)
        if published:
            bad_date = ""
            break
    return Draft(
        text=text,
        title=" ".join(clean(next(iter(values("title")), "")).split()),
        id=clean(next(iter(values("id")), "")),
        fallback_id=fallback_id,
        published=published,
        bad_date=bad_date,
        source=" ".join(clean(source).split()) if source else None,
        url=clean(next(iter(addresses or urls), "")) or None,
        lang=next(filter(None, map(language_code, values("lang"))), None),
        line=line,
    )
