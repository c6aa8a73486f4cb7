from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.cells import cell_len

from conflict_dedup.model import Estimate, Interval, Place, Window
from conflict_dedup.report import plain, writer
from conflict_dedup.report.table import DECADES, bar, scale

from .conftest import make_incident, render


def estimate(low: int, best: int, high: int, *, open_: bool = False, status: str = "agreed") -> Estimate:
    return Estimate(low=low, best=best, high=high, open=open_, status=status, current=Interval(low, high))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_a_table_fits_its_width(width: int) -> None:
    incidents = [
        make_incident(),
        make_incident(
            place=Place(name="A place with quite a long name of many words", admin1="And a division", country="BF"),
            id="bf-a-place-with-quite-a-long-name-of-many-words-2019-11-01-2",
            date=Window(start=dt.date(2019, 9, 30), end=dt.date(2019, 10, 1)),
            event_type="hostage_taking",
            killed=Estimate(
                low=1000, best=1000, high=120_000, open=True, status="revised_down", current=Interval(1000, 1000)
            ),
        ),
        make_incident(place=Place(name="北京市" * 12)),
    ]
    text = render("table", incidents, width=width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "40-54+" in text
    assert "Indelimane" in text
    assert "\x1b" not in text


def test_a_table_says_all_columns_in_words() -> None:
    text = render("table", [make_incident()], width=160)
    heading, row, _, totals, legend = text.splitlines()
    words = ["Date", "Place", "Type", "Killed", "0", "10", "100", "1k", "Injured", "Rep/ind", "Status", "Id"]
    assert heading.split() == words
    for part in ("1 Nov 2019", "Indelimane, Ménaka, Mali", "armed attack", "40-54+", "–", "2/1", "rising"):
        assert part in row
    assert row.rstrip().endswith("ml-indelimane-2019-11-01")
    assert totals == "1 incident, 2 articles: killed 40-54+ in 1."
    assert legend.startswith("rising 1. Bar: ")


def test_colour_only_adds() -> None:
    plain_text = render("table", [make_incident()], width=140)
    coloured = render("table", [make_incident()], width=140, colour=True)
    assert "\x1b[" in coloured
    assert plain.harmless(coloured) == plain_text


def test_a_table_without_incidents_says_so() -> None:
    assert render("table", []) == "No incidents found.\n"


def test_pages_of_a_table_have_the_same_columns() -> None:
    lines = render("table", [make_incident(id=f"i{n}") for n in range(450)], width=140).splitlines()
    assert len(lines) == 454
    assert len({line.index("armed attack") for line in lines[1:451]}) == 1


@pytest.mark.parametrize("before", [0, 200])  # 200: the widths were set by the first page
def test_numbers_are_never_broken(before: int) -> None:
    wide = make_incident(killed=estimate(10_000, 10_000, 120_000, open_=True))
    text = render("table", [*[make_incident()] * before, wide], width=80)
    assert "10,000-120,000+" in text.split() or {"10,000-", "120,000+"} <= set(text.split())


@pytest.mark.parametrize(
    ("low", "best", "high", "open_", "drawn"),
    [
        (9, 9, 9, False, "    ●"),
        (9, 99, 99, False, "    ├───●"),
        (9, 9, 99, False, "    ●───┤"),
        (9, 30, 99, False, "    ├─●─┤"),
        (9, 9, 99, True, "    ●────►"),
        (9, 9, 9, True, "    ●►"),
        (0, 0, 0, False, "●"),
        (500, 999, 999, False, "           ├●"),
        (40, 41, 41, False, "     ├●"),
        (40, 41, 42, False, "     ├●┤"),
        (41, 41, 42, True, "      ●─►"),
        (980, 990, 999, False, "           ├●┤"),
        (2000, 3000, 9000, False, "           ├●►"),
    ],
)
def test_the_bar_is_drawn_to_a_logarithmic_scale(low: int, best: int, high: int, open_: bool, drawn: str) -> None:
    text, at = bar(estimate(low, best, high, open_=open_), 4)
    assert text == drawn
    assert text[at] == "●"
    assert len(text) <= 4 * DECADES + 2
    assert [scale(4)[:at].strip() for at in (1, 6)] == ["0", "0   10"]


def test_the_bars_of_all_rows_share_their_scale() -> None:
    rows = [make_incident(killed=estimate(n, n, n)) for n in (1, 9, 99, 999)]
    lines = render("table", [*rows, make_incident(killed=None)], width=120).splitlines()
    heading = lines[0]
    assert [line.index("●") for line in lines[2:5]] == [heading.index(mark) for mark in ("10 ", "100", "1k")]
    assert "●" not in lines[5]
    assert "logarithmic" in lines[-1]
    assert "●" not in render("table", rows, width=100)


def test_the_totals_add_ranges_not_best_figures() -> None:
    incidents = [
        make_incident(killed=estimate(40, 54, 54, open_=True, status="disputed")),
        make_incident(killed=estimate(7, 11, 12, status="revised_down"), injured=estimate(3, 3, 3)),
        make_incident(killed=None),
    ]
    text = render("table", incidents, width=120)
    assert "3 incidents, 2 articles: killed 47-66+ in 2, injured 3 in 1 (lowest figures added up" in text
    assert "revised down 1, disputed 1" in text
    assert "65" not in text, "the sum of the best figures"
    one = render("table", [make_incident()], width=120)
    assert "1 incident, 2 articles: killed 40-54+ in 1." in one


def test_groups_have_headings_and_totals() -> None:
    incidents = [
        make_incident(place=Place(name="Kabul", country="AF"), killed=estimate(7, 7, 7)),
        *[make_incident()] * 250,
        make_incident(place=None),
    ]
    stream = io.StringIO()
    writer("table", group="country")(incidents, stream, width=120, colour=False)
    text = stream.getvalue()
    lines = text.splitlines()
    assert lines[0].startswith("Date")
    assert text.count("Rep/ind") == 1
    headings = [line for line in lines if " articles: " in line]
    assert headings[0].startswith("Afghanistan  1 incident, 2 articles: killed 7 in 1")
    assert headings[1].startswith("Mali  250 incidents, 2 articles: killed 10,000-13,500+ in 250")
    assert headings[2].startswith("Country unknown  1 incident, 2 articles")
    assert headings[3].startswith("252 incidents")


def test_letters_of_other_scripts_keep_the_columns() -> None:
    names = ("Indelimane", "إنديليمان", "Херсон", "北京市朝阳区")
    lines = render("table", [make_incident(place=Place(name=name)) for name in names], width=120).splitlines()
    starts = {cell_len(line[: line.index("armed attack")]) for line in lines[1:5]}
    assert len(starts) == 1
