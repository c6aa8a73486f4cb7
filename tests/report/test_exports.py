"""Each export loaded with the tool that its users use, and held against the incidents."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from markdown_it import MarkdownIt
from markdown_it.token import Token

from conflict_dedup.model import (
    Actors,
    CategoryEstimate,
    Estimate,
    EventType,
    Figure,
    Incident,
    Interval,
    Place,
    Report,
    Window,
)
from conflict_dedup.report import BINARY_FORMATS, acled_events, csv_figures, csv_rows, markdown, parquet_file, ucdp_ged
from conflict_dedup.report.geojson import Box
from conflict_dedup.report.selection import value_of

from .conftest import make_figure, make_incident, render

EVIL = "=cmd|' /C calc'!A0"
UNKNOWN: dict[str, Any] = {"date": None, "place": None, "killed": None, "figures": (), "reports": ()}


def estimate(best: int, **by_category: int) -> Estimate:
    parts = {name: CategoryEstimate(value, value, value) for name, value in by_category.items()}
    return Estimate(
        low=best, best=best, high=best, open=False, status="agreed", current=Interval(best, best), by_category=parts
    )


def incidents() -> list[Incident]:
    """One that is known well, one of which nothing is known, one of a hostile article."""
    hostile = make_incident(
        id="hostile",
        place=Place(name=EVIL, admin1="+1", country="CO", lat=-3.9, lon=-76.25, precision=2),
        actors=Actors(("@x",), ("-y",)),
        figures=(make_figure(quote="=1+1;=2", start=0, end=7, value=0, low=0, bound="exact", high=0),),
        reports=(Report(article="a1", source="-1", title="=1\n+2\t@3", url="=4"),),
    )
    return [make_incident(), make_incident(id="unknown", **UNKNOWN), hostile]


def loaded(name: str, found: list[Incident] | None = None) -> pd.DataFrame:
    text = render(name, incidents() if found is None else found)
    separator = "\t" if name == "tsv" else ","
    # "NA" is Namibia, not a missing country
    return pd.read_csv(io.StringIO(text), sep=separator, keep_default_na=False, na_values=[""])


# --- csv, tsv, csv-figures ---


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_rows_in_pandas(name: str) -> None:
    table = loaded(name)
    assert list(table.columns) == list(csv_rows.COLUMNS)
    assert list(table["id"]) == ["ml-indelimane-2019-11-01", "unknown", "hostile"]
    assert table["lon"].dtype == table["lat"].dtype == np.float64
    assert table.loc[0, "lon"] == -1.5
    assert list(table.loc[2, ["lat", "lon"]]) == [-3.9, -76.25]
    assert list(table.loc[0, ["killed_low", "killed_best", "killed_high"]]) == [40, 54, 54]
    assert pd.to_datetime(table["date_start"]).iloc[0] == pd.Timestamp(2019, 11, 1)
    unknown = table.loc[1].dropna()
    assert set(unknown.index) == {"id", "event_type", "perpetrators", "targets", "reports", "independent_sources",
                                  "confidence"}  # fmt: skip
    assert table.loc[2, "place"] == f"'{EVIL}"


def test_a_row_of_tsv_is_a_line() -> None:
    lines = render("tsv", incidents()).splitlines()
    assert [line.count("\t") for line in lines] == [len(csv_rows.COLUMNS) - 1] * 4


def test_every_figure_is_a_row() -> None:
    table = loaded("csv-figures")
    assert list(table.columns) == list(csv_figures.COLUMNS)
    assert list(table["incident"]) == ["ml-indelimane-2019-11-01", "hostile"]
    first = table.loc[0]
    (figure,) = make_incident().figures
    for name in ("effect", "value", "bound", "low", "category", "quote", "field", "start", "end", "article"):
        assert first[name] == getattr(figure, name)
    assert pd.isna(first["high"])
    assert (first["source"], first["published"]) == ("Radio Tamba", "2019-11-03")
    assert pd.isna(first["copy_of"])
    assert table.loc[1, "quote"] == "'=1+1;'=2"
    assert table["subset"].dtype == bool
    lost = make_incident(figures=(make_figure(article="gone"),))
    assert loaded("csv-figures", [lost]).loc[0, "article"] == "gone"


@pytest.mark.parametrize("name", ["csv", "tsv", "csv-figures", "ucdp", "acled"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_runs_wherever_a_spreadsheet_splits(name: str, separator: str) -> None:
    text = render(name, incidents())
    for row in csv.reader(io.StringIO(text), delimiter=separator):
        for cell in row:
            begins = cell.lstrip(" ")[:1]
            assert begins not in {"=", "+", "@", "\t", "\r"} or begins == ""
            assert begins != "-" or separator != ("\t" if name == "tsv" else ",") or float(cell) < 0


# --- geojson ---


def test_geojson_in_shapely() -> None:
    found = incidents()
    collection = json.loads(render("geojson", found))
    assert collection["type"] == "FeatureCollection"
    assert [feature["id"] for feature in collection["features"]] == [incident.id for incident in found]
    first, unknown, hostile = collection["features"]
    assert unknown["geometry"] is None
    assert shapely.geometry.shape(first["geometry"]) == shapely.Point(-1.5, 15.9)
    points = shapely.from_geojson(json.dumps(collection | {"features": [first, hostile]}))
    assert list(points.bounds) == collection["bbox"] == [-76.25, -3.9, -1.5, 15.9]
    properties = first["properties"]
    assert set(properties) == set(csv_rows.COLUMNS) - {"lat", "lon"}
    assert (properties["killed_best"], properties["killed_open"], properties["injured_best"]) == (54, True, None)
    assert hostile["properties"]["place"] == EVIL, "no spreadsheet reads it"


def test_geojson_without_points_has_no_box() -> None:
    for found in ([], [make_incident(place=None)], [make_incident(place=Place(name="x", lat=1.0))]):
        collection = json.loads(render("geojson", found))
        assert "bbox" not in collection
        assert [feature["geometry"] for feature in collection["features"]] == [None] * len(found)


@pytest.mark.parametrize(
    ("points", "corners"),
    [
        ([(0, 0)], [0, 0, 0, 0]),
        ([(15.9, -1.5), (-3.9, -76.2)], [-76.2, -3.9, -1.5, 15.9]),
        ([(-16, 177), (-20, -178)], [177, -20, -178, -16]),  # RFC 7946, 5.2: Fiji
        ([(10, -170.5), (0, 0), (-10, 170.5)], [-170.5, -10, 170.5, 10]),
        ([(4, -76), (14, 2), (34, 69), (9, 125)], [-76, 4, 125, 34]),
        ([(90, 180), (-90, -180)], [180, -90, -180, 90]),
    ],
)
def test_boxes(points: list[tuple[float, float]], corners: list[float]) -> None:
    for order in (points, points[::-1]):
        box = Box()
        for lat, lon in order:
            box.add(lat, lon)
        assert box.corners() == corners


# --- ucdp ---

GED_25_1 = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,"
    "high,low,gwnoa,gwnob"
)
"""The headings of GED 25.1."""


def test_ucdp_in_pandas() -> None:
    incident = make_incident(
        actors=Actors(("JNIM",), ("army", "civilians")),
        event_type="battle",
        killed=estimate(54, soldiers=53, civilians=1),
    )
    table = loaded("ucdp", [incident, *incidents()])
    assert ",".join(table.columns) == GED_25_1
    row = table.loc[0]
    assert (row["year"], row["date_prec"], row["where_prec"], row["event_clarity"]) == (2019, 1, 1, 1)
    assert (row["country"], row["country_id"], row["region"]) == ("Mali", 432, "Africa")
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (1, "army", "JNIM")
    assert list(row[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]]) == [53, 0, 1, 0]
    assert list(row[["low", "best", "high"]]) == [54, 54, 54]
    assert shapely.from_wkt(row["geom_wkt"]) == shapely.Point(row["longitude"], row["latitude"])
    assert row["number_of_sources"] == 2
    assert row["source_article"] == '"Radio Tamba,2019-11-03,Dozens dead";"Meridian Wire,2019-11-04,"'
    assert (row["source_office"], row["source_date"]) == ("Radio Tamba;Meridian Wire", "2019-11-03;2019-11-04")
    assert row["source_original"] == "army"
    assert pd.to_datetime(table["date_start"]).notna().tolist() == [True, True, False, True]
    unknown = table.loc[2].dropna()
    assert set(unknown.index) == {"id", "number_of_sources"}


@pytest.mark.parametrize(
    ("perpetrators", "targets", "event_type", "sides"),
    [
        (("JNIM",), ("army",), "armed_attack", ("army", "JNIM", 1)),
        (("JNIM",), ("army", "civilians"), "bombing", ("army", "JNIM", None)),
        (("JNIM",), ("army", "civilians"), "battle", ("army", "JNIM", 1)),
        (("gunmen",), ("army", "police"), "armed_attack", ("army; police", "gunmen", None)),
        ((), ("army",), "bombing", ("army", None, None)),
        ((), ("army", "militants"), "battle", ("army", "militants", None)),
        (("army",), ("militants",), "battle", ("army", "militants", None)),
        (("CJNG",), ("police",), "battle", ("police", "CJNG", None)),
        (("Boko Haram",), ("civilians",), "massacre", ("Boko Haram", "Civilians", 3)),
        (("army",), ("civilians",), "massacre", ("army", "Civilians", 3)),
        (("army",), ("civilians",), "air_strike", ("army", "Civilians", None)),
        (("gunmen",), ("civilians", "journalists"), "armed_attack", ("gunmen", "Civilians", None)),
        ((), ("civilians",), "bombing", (None, None, None)),
        (("army",), ("army",), "battle", (None, None, None)),
        (("Taliban",), ("army",), "battle", ("army", "Taliban", 1)),
        (("a group nobody knows",), ("army",), "battle", (None, None, None)),
        ((), (), "other", (None, None, None)),
    ],
)
def test_sides_and_type_only_where_they_follow(
    perpetrators: tuple[str, ...],
    targets: tuple[str, ...],
    event_type: EventType,
    sides: tuple[str | None, str | None, int | None],
) -> None:
    incident = make_incident(actors=Actors(perpetrators, targets), event_type=event_type)
    assert tuple(ucdp_ged.sides_of(incident)) == sides


def test_who_governs_is_no_group() -> None:
    day = Window(start=dt.date(2023, 1, 1), end=dt.date(2023, 1, 1))
    later = make_incident(actors=Actors(("Taliban",), ("civilians",)), event_type="massacre", date=day)
    assert ucdp_ged.sides_of(later).violence is None


@pytest.mark.parametrize(
    ("killed", "actors", "deaths"),
    [
        (estimate(54, soldiers=53, civilians=1), Actors((), ("army",)), (53, 0, 1, 0)),
        (estimate(60, soldiers=30, police=10, militants=15), Actors(("JNIM",), ("army",)), (40, 15, 0, 5)),
        (estimate(11, women=2), Actors((), ("civilians",)), (None, None, 0, 11)),
        (estimate(11, civilians=9, children=3), Actors(("JNIM",), ("civilians",)), (0, 0, 9, 2)),
        (estimate(3, journalists=2, aid_workers=1), Actors(), (None, None, 3, 0)),
        (estimate(5, soldiers=2, civilians=1), Actors(), (None, None, 1, 4)),
        (estimate(53, soldiers=53, civilians=1), Actors((), ("army",)), (None, None, None, 53)),
        (None, Actors(("JNIM",), ("army",)), (None, None, None, None)),
    ],
)
def test_the_dead_of_the_sides_sum_to_the_best(
    killed: Estimate | None, actors: Actors, deaths: tuple[int | None, ...]
) -> None:
    incident = make_incident(killed=killed, actors=actors)
    found = ucdp_ged.deaths_of(killed, ucdp_ged.sides_of(incident), incident)
    assert tuple(found) == deaths
    if killed is not None:
        assert sum(number or 0 for number in found) == killed.best


def test_grid_cells() -> None:
    assert ucdp_ged.grid_cell(10.51, 2.29) == 145085
    assert ucdp_ged.grid_cell(-90, -180) == 1
    assert ucdp_ged.grid_cell(90, 180) == 259200


def test_years_and_numbers_of_states_are_those_of_the_time() -> None:
    window = Window(start=dt.date(2008, 12, 28), end=dt.date(2009, 1, 3), precision=3)
    row = loaded("ucdp", [make_incident(date=window, place=Place(name="Juba", country="SS"))]).loc[0]
    assert pd.isna(row["year"])
    assert pd.isna(row["country_id"])
    assert (row["country"], row["region"]) == ("South Sudan", "Africa")
    yemen = loaded("ucdp", [make_incident(place=Place(name="Sanaa", country="YE", precision=6))]).loc[0]
    assert (yemen["country"], yemen["country_id"]) == ("Yemen (North Yemen)", 678)
    assert pd.isna(yemen["event_clarity"])


# --- acled ---

ACLED_2024 = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
"""The headings of ACLED since March 2023."""


def test_acled_in_pandas() -> None:
    incident = make_incident(actors=Actors(("gunmen",), ("civilians", "journalists")))
    table = loaded("acled", [incident, *incidents()])
    assert ",".join(table.columns) == ACLED_2024
    row = table.loc[0]
    assert (row["event_date"], row["year"], row["time_precision"]) == ("2019-11-01", 2019, 1)
    assert (row["event_type"], row["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert row["disorder_type"] == "Political violence"
    assert (row["actor1"], row["inter1"]) == ("Unidentified Armed Group (Mali)", "Political militia")
    assert (row["actor2"], row["assoc_actor_2"], row["inter2"]) == (
        "Civilians (Mali)",
        "Journalists (Mali)",
        "Civilians",
    )
    assert row["interaction"] == "Political militia-Civilians"
    assert row["civilian_targeting"] == "Civilian targeting"
    assert (row["iso"], row["region"], row["country"]) == (466, "Western Africa", "Mali")
    assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == ("Indelimane", 15.9, -1.5, 1)
    assert (row["fatalities"], row["source"]) == (54, "Radio Tamba; Meridian Wire")
    assert row["notes"] == 'Reported: killed 40-54+. "at least 53 soldiers"'
    unknown = table.loc[2].dropna()
    assert set(unknown.index) == {"event_id_cnty", "actor1", "actor2", "fatalities"}
    assert unknown["fatalities"] == 0


@pytest.mark.parametrize(
    ("event_type", "targets", "killed", "types"),
    [
        ("armed_attack", ("army",), None, ("Battles", "Armed clash")),
        ("armed_attack", ("army", "civilians"), None, ("Battles", "Armed clash")),
        ("armed_attack", (), None, None),
        ("bombing", (), None, ("Explosions/Remote violence", "Remote explosive/landmine/IED")),
        ("bombing", (), estimate(3, attackers=1), ("Explosions/Remote violence", "Suicide bomb")),
        ("air_strike", (), None, ("Explosions/Remote violence", "Air/drone strike")),
        ("shelling", (), None, ("Explosions/Remote violence", "Shelling/artillery/missile attack")),
        ("battle", (), None, ("Battles", "Armed clash")),
        ("massacre", (), None, ("Violence against civilians", "Attack")),
        ("hostage_taking", (), None, ("Violence against civilians", "Abduction/forced disappearance")),
        ("hostage_taking", (), estimate(2), ("Violence against civilians", "Attack")),
        ("other", ("army",), None, None),
    ],
)
def test_event_types_of_acled(
    event_type: EventType, targets: tuple[str, ...], killed: Estimate | None, types: tuple[str, str] | None
) -> None:
    incident = make_incident(event_type=event_type, actors=Actors((), targets), killed=killed)
    assert acled_events.types_of(incident) == types


def test_actors_of_acled() -> None:
    blast = make_incident(event_type="bombing", actors=Actors(("JNIM", "gangs"), ("army", "civilians")))
    assert acled_events.actor_1(blast) == ("JNIM", "Unidentified Gang (Mali)", None)
    assert acled_events.actor_2(blast) == ("army", "Civilians (Mali)", None)
    fight = make_incident(event_type="battle", actors=Actors((), ("army", "civilians")))
    assert acled_events.actor_2(fight) == ("army", None, None)
    claimed = make_incident(event_type="bombing", actors=Actors((), (), ("JNIM",)))
    assert acled_events.actor_1(claimed).name == "JNIM"


@pytest.mark.parametrize(
    ("start", "end", "precision", "day", "code"),
    [
        ("2019-11-04", "2019-11-10", 3, "2019-11-07", 2),
        ("2019-11-01", "2019-11-30", 4, "2019-11-15", 3),
        ("2019-01-01", "2019-12-31", 5, "2019-07-02", None),
    ],
)
def test_dates_of_acled(start: str, end: str, precision: Any, day: str, code: int | None) -> None:
    window = Window(start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end), precision=precision)
    row = loaded("acled", [make_incident(date=window)]).loc[0]
    assert row["event_date"] == day
    assert pd.isna(row["time_precision"]) if code is None else row["time_precision"] == code


# --- parquet ---


def parquet(found: Iterator[Incident] | list[Incident]) -> pq.ParquetFile:
    stream = io.BytesIO()
    BINARY_FORMATS["parquet"](found, stream)
    assert not stream.closed
    stream.seek(0)
    return pq.ParquetFile(stream)


def test_parquet_in_pyarrow_is_what_jsonl_is() -> None:
    found = incidents()
    rows = parquet(found).read().to_pylist(maps_as_pydicts="strict")
    lines = [json.loads(line) for line in render("jsonl", found).splitlines()]
    assert json.loads(json.dumps(rows, default=dt.date.isoformat)) == lines


def test_parquet_in_pandas(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with path.open("wb") as stream:
        BINARY_FORMATS["parquet"](iter(incidents()), stream)
    table = pd.read_parquet(path)
    assert list(table["id"]) == [incident.id for incident in incidents()]
    assert table.loc[0, "date"]["start"] == dt.date(2019, 11, 1)
    assert table.loc[0, "killed"]["best"] == 54
    assert table.loc[1, "killed"] is None
    figures = table[["id", "figures"]].explode("figures").dropna()
    assert [figure["quote"] for figure in figures["figures"]] == ["at least 53 soldiers", "=1+1;=2"]


def test_parquet_types() -> None:
    schema = parquet([]).schema_arrow
    assert schema.names == list(Incident.__struct_fields__)
    assert schema.field("date").type.field("start").type == pa.date32()
    assert schema.field("place").type.field("lat").type == pa.float64()
    assert not schema.field("id").nullable
    assert schema.field("killed").nullable
    assert schema.metadata[b"schema"] == b"conflict-dedup/incident/1"


def test_parquet_is_written_in_groups_as_incidents_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "GROUP_ROWS", 10)
    stream, written = io.BytesIO(), []

    def many() -> Iterator[Incident]:
        for number in range(35):
            written.append(stream.tell())
            yield make_incident(id=f"i{number}")

    BINARY_FORMATS["parquet"](many(), stream)
    assert written[9] < written[11] == written[19] < written[21] == written[29] < written[31]
    assert pq.ParquetFile(stream).metadata.num_row_groups == 4


# --- md ---

MARKUP = (
    "<script>alert(1)</script> <!-- <img src=x onerror=alert(1)> [a](javascript:alert(1)) ![b](http://e/x.png) **c** "
    "__d__ `e` ~~f~~ [[g]] | h | # i\n# j\n\n---\n> k\n1. l https://evil.example www.evil.example me@evil.example &lt; "
    "\\ $x$ {{ m }}"
)


def tokens(text: str) -> Iterator[Token]:
    parser = MarkdownIt("gfm-like")
    for token in parser.parse(text):
        yield token
        yield from token.children or ()


def test_markdown_has_a_section_for_each() -> None:
    text = render("md", incidents())
    headings = [token.content for token in tokens(text) if token.type == "inline"]
    assert "1 Nov 2019, Indelimane, Ménaka, Mali" in headings
    assert "undated" in headings
    found = [token.content for token in tokens(text) if token.type == "text"]
    assert "40-54+" in found
    assert any("“at least 53 soldiers”" in words for words in found)
    assert text.endswith("\n3 incidents.\n")
    assert render("md", []).endswith("\nNo incidents found.\n")
    links = [token.attrs["href"] for token in tokens(text) if token.type == "link_open"]
    assert links == ["https://t.example"]


@pytest.mark.parametrize("where", ["place", "title", "source", "article", "quote", "attribution", "id"])
def test_text_of_articles_is_no_markup(where: str) -> None:
    values: dict[str, Any] = {
        "place": {"place": Place(name=MARKUP, admin1=MARKUP)},
        "title": {"reports": (Report(article="a1", title=MARKUP, url="https://t.example"),)},
        "source": {"reports": (Report(article="a1", source=MARKUP),)},
        "article": {"reports": (Report(article=MARKUP, copy_of=MARKUP),)},
        "quote": {"figures": (make_figure(quote=MARKUP, start=0, end=len(MARKUP)),)},
        "attribution": {"figures": (make_figure(attribution=MARKUP),)},
        "id": {"id": MARKUP},
    }
    usual = {"reports": (Report(article="a1", title="t", url="https://t.example"),)}
    plain_kinds = [token.type for token in tokens(render("md", [make_incident(**usual)])) if token.type != "text"]
    text = render("md", [make_incident(**(usual | values[where]))])
    found = list(tokens(text))
    assert {token.type for token in found} <= {*plain_kinds, "text", "text_special"}
    hrefs = [token.attrs["href"] for token in found if token.type == "link_open"]
    assert set(hrefs) <= {"https://t.example"}
    shown = "".join(token.content for token in found if token.type in {"text", "text_special"}).replace("\u2060", "")
    if where == "attribution":  # a value of the schema, told in words
        assert " ".join(MARKUP.replace("_", " ").split()) in " ".join(shown.split())
    else:
        assert " ".join(MARKUP.split()) in shown, "the words are all there"


@pytest.mark.parametrize(
    "title", ["- a", "+ a", "-", "1. a", "2) a", "---", "- - -", "***", "# a", "> a", "===", "[ ] a", "~~~", "```"]
)
def test_a_title_begins_no_block(title: str) -> None:
    usual = [token.type for token in tokens(render("md", [make_incident(reports=(Report(article="a", title="t"),))]))]
    found = list(tokens(render("md", [make_incident(reports=(Report(article="a", title=title),))])))
    assert {token.type for token in found} <= {*usual, "text_special"}
    assert sum(token.type == "list_item_open" for token in found) == usual.count("list_item_open")
    assert title in "".join(token.content for token in found if token.type in {"text", "text_special"})


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://e.example/a b(c)<d>", "<https://e.example/a%20b%28c%29%3Cd%3E>"),
        ("https://e.example/%C3%A9?q=1&r=[2]#x", "<https://e.example/%C3%A9?q=1&r=%5B2%5D#x>"),
        ("HTTP://e.example/\n>", "<HTTP://e.example/%20%3E>"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//e.example", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str | None, link: str | None) -> None:
    assert markdown.linked("t", url) == (f"[t]({link})" if link else "t")


def test_names_are_not_called() -> None:
    assert markdown.escaped("@user, #12 and GH-12") == "@\u2060user, \\#\u206012 and GH-\u206012"
    assert markdown.escaped("30 @ 5, # 3") == "30 @ 5, \\# 3"


def test_figures_are_those_of_the_incident() -> None:
    figure: Figure = make_incident().figures[0]
    assert value_of(make_incident(), "figures.quote") == [figure.quote]
