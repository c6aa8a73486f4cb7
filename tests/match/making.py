"""Candidates for tests, said in one line."""

from __future__ import annotations

import datetime as dt

from conflict_dedup.model import Actors, Candidate, EventType, Figure, Floating, Place, Report, Window

NOBODY = Actors()
SOLHAN = Place(name="Solhan", admin1="Sahel", country="BF", lat=13.376, lon=0.458)
SEBBA = Place(name="Sebba", admin1="Sahel", country="BF", lat=13.43, lon=0.53)


def figure(article: str, value: int, **fields: object) -> Figure:
    quote = str(fields.pop("quote", f"{value} killed"))
    start = int(str(fields.pop("start", 0)))
    base: dict[str, object] = {
        "effect": "killed",
        "bound": "exact",
        "low": value,
        "high": value,
        "category": "total",
        "field": "text",
    }
    if fields.get("bound") in {"at_least", "more_than", "vague"}:
        base["high"] = None
    base.update(fields)
    return Figure(article=article, value=value, start=start, end=start + len(quote), quote=quote, **base)  # type: ignore[arg-type]


def candidate(
    id: str,  # noqa: A002
    *values: int,
    day: str | None = "2021-06-05",
    until: str | None = None,
    published: str | None = "2021-06-06",
    place: Place | None = SOLHAN,
    main: bool = True,
    event_type: EventType = "armed_attack",
    figures: tuple[Figure, ...] | None = None,
    floating: Floating | None = None,
    terms: tuple[str, ...] = (),
    title: str = "",
    source: str | None = None,
    sketch: tuple[int, ...] = (),
    actors: Actors = NOBODY,
) -> Candidate:
    article = id.partition("#")[0]
    window = None
    if day is not None:
        end = until or day
        window = Window(
            start=dt.date.fromisoformat(day), end=dt.date.fromisoformat(end), precision=1 if end == day else 3
        )
    return Candidate(
        id=id,
        report=Report(
            article=article,
            source=source or article,
            published=dt.date.fromisoformat(published) if published else None,
            title=title,
        ),
        figures=figures
        if figures is not None
        else tuple(figure(article, v, start=20 * n) for n, v in enumerate(values)),
        window=window,
        floating=floating,
        place=place,
        event_type=event_type,
        actors=actors,
        main=main,
        terms=terms,
        sketch=sketch,
    )
