"""A gold set small enough to be worked out by hand: what is scored, what is listed, and what a folder may not hold."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_dedup.errors import UnreadableInput
from conflict_dedup.evaluate import Evaluation, Scores, evaluate, load
from conflict_dedup.evaluate.assignment import align
from conflict_dedup.model import Actors, Estimate, Figure, Incident, Interval, Place, Report, Window
from conflict_dedup.report.evaluation import MEANINGS, as_lines, as_object, write_scores

SCORER = Path(__file__).parent.parent.parent.parent / "shared" / "score" / "score.py"

ARTICLES: list[dict[str, Any]] = [
    {"id": "a", "lang": "en", "title": "Ten dead in Ardo", "text": "Gunmen killed ten people in Ardo. Four were hurt."},
    {"id": "b", "lang": "en", "title": "Ardo toll", "text": "Twelve died in Ardo. A mine near Belo killed two men."},
    {"id": "c", "lang": "fr", "title": "Belo", "text": "Une mine tue deux hommes à Belo. 300 morts depuis janvier."},
    {"id": "d", "lang": "en", "title": "Cara", "text": "A guard was shot dead in Cara; 40 police went there."},
]
INCIDENTS: list[dict[str, Any]] = [
    {"id": "ardo", "date_start": "2021-03-01", "date_end": "2021-03-01", "place": "Ardo", "country": "ML",
     "lat": 15.0, "lon": -3.0, "killed_low": 10, "killed_high": 12, "killed_best": 12},
    {"id": "belo", "date_start": "2021-03-05", "date_end": "2021-03-05", "place": "Belo", "country": "ML",
     "lat": 16.0, "lon": -3.0, "killed_low": 2, "killed_high": 2, "killed_best": 2},
    {"id": "cara", "date_start": "2021-05-01", "date_end": "2021-05-01", "place": "Cara", "country": "NE",
     "lat": None, "lon": None, "killed_low": 1, "killed_high": 1, "killed_best": 1},
]  # fmt: skip
CLAIMS: list[dict[str, Any]] = [
    {"article": "a", "incident": "ardo", "effect": "killed", "value": 10, "quote": "ten people"},
    {"article": "a", "incident": "ardo", "effect": "injured", "value": 4, "quote": "Four were hurt"},
    {"article": "b", "incident": "ardo", "effect": "killed", "value": 12, "quote": "Twelve died"},
    {"article": "b", "incident": "belo", "effect": "killed", "value": 2, "quote": "killed two men"},
    {"article": "c", "incident": "belo", "effect": "killed", "value": 2, "quote": "deux hommes"},
    {"article": "d", "incident": "cara", "effect": "killed", "value": 1, "quote": "A guard"},
]
TRAPS: list[dict[str, Any]] = [
    {"article": "c", "quote": "300 morts", "reason": "cumulative"},
    {"article": "d", "quote": "40 police", "reason": "force_size"},
]
FILES = {"articles": ARTICLES, "incidents": INCIDENTS, "claims": CLAIMS, "non_incidents": TRAPS}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "gold", FILES)


def write(folder: Path, files: dict[str, list[dict[str, Any]]]) -> Path:
    folder.mkdir()
    for name, rows in files.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def figure(article: str, effect: Any, value: int, quote: str, *, derived: bool = False) -> Figure:
    text = next(a["text"] for a in ARTICLES if a["id"] == article)
    start = text.index(quote)
    return Figure(article=article, effect=effect, value=value, bound="exact", low=value, high=value, category="total",
                  field="text", start=start, end=start + len(quote), quote=quote, derived=derived)  # fmt: skip


def incident(
    name: str, figures: list[Figure], killed: tuple[int, int, int], date: tuple[int, int] | None, place: Place | None
) -> Incident:
    low, best, high = killed
    return Incident(
        id=name, date=Window(start=dt.date(2021, 3, date[0]), end=dt.date(2021, 3, date[1])) if date else None,
        place=place, event_type="other", actors=Actors(), injured=None, missing=None, abducted=None,
        killed=Estimate(low=low, best=best, high=high, open=False, status="agreed", current=Interval(low, high)),
        figures=tuple(figures), reports=tuple(Report(article=f.article) for f in figures),
        independent_sources=1, confidence=0.9,
    )  # fmt: skip


PRINTED = [
    # "one": both figures of article a, and the one of belo that stands in b, which is wrong; a sum is no claim
    incident(
        "one",
        [
            figure("a", "killed", 10, "ten people"),
            figure("a", "injured", 4, "Four were hurt"),
            figure("b", "killed", 2, "killed two men"),
            figure("a", "killed", 14, "ten people", derived=True),
        ],
        (2, 10, 10),
        (2, 2),
        Place(name="Ardo-Centre", country="ML"),
    ),
    # "two": ardo's other figure, alone
    incident("two", [figure("b", "killed", 12, "Twelve died")], (12, 12, 12), (1, 1), None),
    # "three": belo as c tells it, and a trap taken for its toll
    incident(
        "three",
        [figure("c", "killed", 2, "deux hommes"), figure("c", "killed", 300, "300 morts")],
        (2, 5, 300),
        (1, 31),
        Place(name="Elsewhere", country="ML", lat=16.1, lon=-3.1),
    ),
]


@pytest.fixture
def result(folder: Path) -> Evaluation:
    return evaluate(load(folder), PRINTED)


def test_every_measure_by_hand(result: Evaluation) -> None:
    # gold: ardo {a10, a4, b12}, belo {b2, c2}, cara {d1}; printed: one {a10, a4, b2}, two {b12}, three {c2, c300}
    precision, recall = 5 / 6, 5 / 6
    b3_recall = (2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 6  # a10, a4, b12, b2, c2; d1 is missed
    b3_precision = (2 / 3 + 2 / 3 + 1 / 1 + 1 / 3 + 1 / 2) / 6  # c300 is invented
    phi4 = 2 * 2 / (3 + 3) + 2 * 1 / (2 + 2)  # ardo with one, belo with three
    # links: ardo 1 of 2, belo 0 of 1, cara 0 of 0; one 1 of 2, two 0 of 0, three 0 of 1
    muc = 1 / 3
    expected = Scores(
        articles=4,
        gold_claims=6,
        claims_p=precision,
        claims_r=recall,
        claims=5 / 6,
        false=1 / 2,
        b3=2 * b3_precision * b3_recall / (b3_precision + b3_recall),
        ceaf=phi4 / 3,
        muc=muc,
        conll=(2 * b3_precision * b3_recall / (b3_precision + b3_recall) + phi4 / 3 + muc) / 3,
        pairwise=1 / 4,  # a10 with a4, of 3 + 1 printed pairs and 3 + 1 of the gold
        # memberships: a and b are in one (b by another claim than in ardo), c in three; (b, belo), (d, cara) are not
        pairs=2 * (3 / 4) * (3 / 5) / (3 / 4 + 3 / 5),
        detect=2 / 3,
        range=0.0,  # 2-10 for 10-12, 2-300 for 2-2, none for 1-1
        covered=1 / 3,  # belo's
        best_error=(2 + 3) / 2,
        date=2 / 3,  # a day off; a window of 30 days that holds the day; none
        place=2 / 3,  # by name; within 16 km; none
    )
    assert result.scores._asdict() == pytest.approx(expected._asdict(), abs=1e-12)


@pytest.mark.skipif(not SCORER.exists(), reason="the shared scorer is not beside this checkout")
def test_the_shared_scorer_says_the_same(folder: Path, result: Evaluation) -> None:
    """Here one alignment alone is the best, so that all measures are the same."""
    out = folder / "out.jsonl"
    out.write_bytes(b"\n".join(msgspec.json.encode(incident) for incident in PRINTED))
    done = subprocess.run([sys.executable, SCORER, folder, out, "--json"], capture_output=True, check=True)
    theirs = json.loads(done.stdout)
    ours = result.scores._asdict()
    assert {name: ours[name] for name in theirs} == pytest.approx(theirs, abs=1e-9)


def test_one_language_leaves_ranges_out(folder: Path) -> None:
    scores = evaluate(load(folder), PRINTED, lang="fr").scores
    assert (scores.articles, scores.gold_claims, scores.claims_p, scores.claims_r) == (1, 1, 0.5, 1.0)
    assert all(math.isnan(value) for value in (scores.range, scores.covered, scores.best_error))
    assert scores.place == 1


def test_nothing_printed_scores_nothing_and_all_is_missed(folder: Path) -> None:
    scores, errors = evaluate(load(folder), [])
    assert (scores.claims, scores.b3, scores.ceaf, scores.muc, scores.detect, scores.false) == (0, 0, 0, 0, 0, 0)
    assert sorted(e.kind for e in errors) == ["missed"] * 6 + ["range"] * 3
    assert math.isnan(scores.best_error)


def test_each_error_is_listed_with_its_quotation_in_context(result: Evaluation) -> None:
    listed = [(e.kind, e.about, [w.quote for w in e.words]) for e in result.errors]
    assert listed == [
        ("missed", "d: killed 1", ["A guard"]),
        ("invented", "c: killed 300", ["300 morts"]),
        ("range", "ardo (Ardo): 10-12, printed 2-10", ["ten people", "Twelve died"]),
        ("split", "ardo into one, two", ["Four were hurt", "Twelve died"]),
        ("range", "belo (Belo): 2-2, printed 2-300", ["killed two men", "deux hommes"]),
        ("split", "belo into one, three", ["killed two men", "deux hommes"]),
        ("range", "cara (Cara): 1-1, printed none", ["A guard"]),
        ("merged", "one of ardo, belo", ["Four were hurt", "killed two men"]),
        ("trap", "c (cumulative)", ["300 morts"]),
    ]
    lines = as_lines(result.scores, result.errors, 9)
    assert "Twelve died in Ardo. A mine near Belo «killed two men»." in lines
    assert "Cara «A guard» was shot dead in Cara; 40 police went there." in lines


def test_context_is_cut_between_words_and_says_so(tmp_path: Path) -> None:
    long = f"{'early ' * 20}TEN DIED {'later ' * 20}".strip()
    files = {**FILES, "articles": [{**ARTICLES[0], "title": "", "text": long}, *ARTICLES[1:]]}
    files["claims"] = [{**CLAIMS[0], "quote": "TEN DIED"}]
    (error, *_) = evaluate(load(write(tmp_path / "long", files)), []).errors
    (words,) = error.words
    assert re.fullmatch(r"… (early )+", words.before)
    assert re.fullmatch(r"( later)+ …", words.after)


def test_what_is_shown_is_limited_for_each_kind(result: Evaluation) -> None:
    shown = json.loads(as_object(result.scores, result.errors, 1))["errors"]
    assert [e["kind"] for e in shown] == ["invented", "merged", "missed", "range", "split", "trap"]
    assert "errors" not in json.loads(as_object(result.scores, result.errors, 0))


def test_the_table_tells_what_each_measure_is(result: Evaluation) -> None:
    assert set(MEANINGS) == set(Scores._fields)
    stream = io.StringIO()
    write_scores(result.scores, result.errors, 1, stream, width=80, colour=False)
    assert all(MEANINGS[name] in stream.getvalue() for name in Scores._fields)
    assert "\x1b" not in stream.getvalue()
    assert "c: killed 300" in stream.getvalue()


def test_escapes_of_an_article_do_not_reach_the_terminal(tmp_path: Path) -> None:
    files = {
        **FILES,
        "articles": [{**ARTICLES[0], "text": "\x1b]0;x\x07[bold]ten people, Four were hurt"}, *ARTICLES[1:]],
    }
    scores, errors = evaluate(load(write(tmp_path / "rude", files)), [])
    stream = io.StringIO()
    write_scores(scores, errors, 9, stream, width=80, colour=False)
    for text in (stream.getvalue(), as_lines(scores, errors, 9)):
        assert "\x1b" not in text
        assert "[bold]" in text


@pytest.mark.parametrize(
    ("name", "rows", "why"),
    [
        ("claims", [{**CLAIMS[0], "incident": "nowhere"}], "there is no incident 'nowhere'"),
        ("claims", [{**CLAIMS[0], "article": "z"}], "there is no article 'z'"),
        ("non_incidents", [{**TRAPS[0], "article": "z"}], "there is no article 'z'"),
        ("articles", [ARTICLES[0], ARTICLES[0]], "'a' stands twice"),
        ("incidents", [INCIDENTS[0], INCIDENTS[0]], "'ardo' stands twice"),
        ("claims", [{**CLAIMS[0], "effect": "scared"}], "claims.jsonl:1: Invalid enum value 'scared'"),
        ("incidents", [INCIDENTS[0], {**INCIDENTS[1], "date_start": "March"}], "incidents.jsonl:2: "),
    ],
)
def test_a_gold_folder_that_contradicts_itself_is_refused(
    tmp_path: Path, name: str, rows: list[dict[str, Any]], why: str
) -> None:
    folder = write(tmp_path / "gold", {**FILES, name: rows})
    with pytest.raises(UnreadableInput, match=re.escape(why)):
        load(folder)


def test_a_line_separator_in_a_string_ends_no_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "gold", FILES)
    path = folder / "articles.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"text": "', '"text": "\u2028', 1), encoding="utf-8")
    assert "\u2028" in path.read_text(encoding="utf-8")
    assert len(load(folder).articles) == len(FILES["articles"])


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "gold", FILES)
    (folder / "articles.jsonl").write_bytes("Ménaka".encode("latin-1"))
    with pytest.raises(UnreadableInput, match="not UTF-8"):
        load(folder)


def test_a_folder_without_its_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="four files"):
        load(tmp_path)


weights = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("12345")), st.integers(1, 9).map(float), max_size=12
)


@given(weights)
def test_alignment_is_as_good_as_the_best_of_all(table: dict[tuple[str, str], float]) -> None:
    found = align(table)
    assert len(set(found.values())) == len(found)
    best = max(
        sum(table.get(pair, 0.0) for pair in zip("abcd", rights, strict=True))
        for rights in itertools.permutations("12345", 4)
    )
    assert sum(table[pair] for pair in found.items()) == best
