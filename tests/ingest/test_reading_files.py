from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import conflict_dedup
from conflict_dedup.errors import MissingExtra, UnreadableInput
from conflict_dedup.ingest import READERS, read
from conflict_dedup.ingest.sources import Source
from conflict_dedup.model import Article

from .conftest import Reading

Read = Callable[..., Reading]

RECORD = {
    "id": "a1",
    "title": "Five dead",
    "text": "Five soldiers were killed.",
    "published": "2019-11-03",
    "source": "Radio Tamba",
    "url": "https://tamba.example/a1",
    "lang": "en",
}
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Five killed - Radio Tamba</title>
<meta property="og:site_name" content="Radio Tamba"><meta property="article:published_time"
content="2019-11-03T10:00:00+00:00"><link rel="canonical" href="https://tamba.example/a"></head>
<body><nav>Home News</nav>
<article><h1>Five killed near Gao</h1><p>Gunmen killed five soldiers near Gao on Friday, the army said on Saturday.</p>
<p>Three others were wounded, according to the same source.</p></article>
<footer>Copyright 2024</footer></body></html>"""


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


# --- each format ---


def test_text(read_file: Read) -> None:
    article = read_file("gao.txt", " date 2019-11-03 Five soldiers were killed.\r\n\r\nMore.\r\n").only
    assert article.id == "gao"
    assert article.published == dt.date(2019, 11, 3)
    assert article.text == "Five soldiers were killed.\n\nMore."
    assert article.origin.endswith("gao.txt")


def test_markdown(read_file: Read) -> None:
    article = read_file(
        "a.md",
        "---\ndate: 2019-11-03\n---\n# Five **dead**\n\n"
        "At [least](https://x.example) **five** _soldiers_ died.\n\n- two more\n",
    ).only
    assert article.title == "Five dead"
    assert article.text == "At least five soldiers died.\n\ntwo more"
    assert article.published == dt.date(2019, 11, 3)


def test_markdown_leaves_plain_marks_alone(read_file: Read) -> None:
    text = "The price rose 5 * 3 times. A file_name_here stays, [sic] too; 2 * 3 * 4."
    assert read_file("a.md", text).only.text == text


def test_html(read_file: Read) -> None:
    pytest.importorskip("trafilatura")
    article = read_file("a.html", PAGE).only
    assert article.title == "Five killed near Gao"
    assert article.text.split("\n\n") == [
        "Gunmen killed five soldiers near Gao on Friday, the army said on Saturday.",
        "Three others were wounded, according to the same source.",
    ]
    assert (article.published, article.source, article.url, article.lang) == (
        dt.date(2019, 11, 3),
        "Radio Tamba",
        "https://tamba.example/a",
        "en",
    )


def test_html_without_the_extra(read_file: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    reading = read_file("a.html", PAGE)
    assert not reading.articles
    assert isinstance(reading.problems[0], MissingExtra)
    assert "pip install 'conflict-dedup[html]'" in reading.why


def test_html_without_an_article(read_file: Read) -> None:
    pytest.importorskip("trafilatura")
    assert "no article on this page" in read_file("a.html", "<html><body></body></html>").why


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: [r], lambda r: {"status": "ok", "articles": [r]}])
def test_json(read_file: Read, wrap: Callable[[object], object]) -> None:
    article = read_file("a.json", json.dumps(wrap(RECORD), indent=1)).only
    assert article.id == "a1"
    assert article.title == "Five dead"


def test_jsonl(read_file: Read) -> None:
    reading = read_file("a.jsonl", "\n" + lines(RECORD, {"body": "Two more."}))
    first, second = reading.articles
    assert (first.id, first.title, first.source, first.url, first.lang) == (
        "a1",
        "Five dead",
        "Radio Tamba",
        "https://tamba.example/a1",
        "en",
    )
    assert (second.id, second.text, second.published, second.source) == ("a:3", "Two more.", None, None)
    assert second.origin.endswith("a.jsonl:3")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(read_file: Read, delimiter: str) -> None:
    rows = [
        ["Headline", "Body", "Outlet", "Date"],
        ["Five dead", '"Five, or six; died.\nMore\ttext | here ""now""."', "Tamba", "03/11/2019"],
    ]
    article = read_file("a.csv", "\n".join(delimiter.join(row) for row in rows)).only
    assert article.text == 'Five, or six; died.\nMore\ttext | here "now".'
    assert (article.title, article.source, article.published) == ("Five dead", "Tamba", dt.date(2019, 11, 3))
    assert (article.id, article.origin.rpartition("/")[2]) == ("a:2", "a.csv:2")


def test_csv_cells_may_be_long(read_file: Read) -> None:
    long = "word " * 60_000
    assert read_file("a.csv", f'title,text\nT,"{long}"\n').only.text == long


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_every_format_also_packed(read_file: Read, suffix: str) -> None:
    if suffix in {".html", ".htm"}:
        pytest.importorskip("trafilatura")
    content = {
        ".json": json.dumps(RECORD),
        ".jsonl": lines(RECORD),
        ".ndjson": lines(RECORD),
        ".csv": "title,text\nA,Five died.\n",
        ".tsv": "title\ttext\nA\tFive died.\n",
        ".html": PAGE,
        ".htm": PAGE,
    }.get(suffix, "A headline\n\nFive died.\n")
    plain = read_file(f"a{suffix}", content).only
    packed = read_file(f"a{suffix}.gz", gzip.compress(content.encode())).only
    assert (packed.id, packed.text, packed.title) == (plain.id, plain.text, plain.title)


@pytest.mark.parametrize(
    "record",
    [
        # trafilatura --json: `source` is the address
        {
            "title": "Five dead", "author": None, "hostname": "tamba.example", "date": "2019-11-03", "id": None,
            "fingerprint": "b2", "raw_text": "x", "text": "Five died.", "language": "en", "filedate": "2024-01-01",
            "source": "https://tamba.example/a1", "source-hostname": "Radio Tamba", "excerpt": None, "tags": "",
        },
        # news-please
        {
            "authors": [], "date_download": "2024-01-01 10:00:00", "date_modify": None,
            "date_publish": "2019-11-03 09:00:00", "language": "en", "localpath": None, "title": "Five dead",
            "title_page": None, "source_domain": "tamba.example", "maintext": "Five died.",
            "url": "https://tamba.example/a1",
        },
        # newspaper4k
        {
            "url": "https://tamba.example/a1", "source_url": "https://tamba.example", "title": "Five dead",
            "meta_lang": "en", "publish_date": "2019-11-03T09:00:00+00:00", "text": "Five died.", "summary": "",
            "meta_site_name": "Radio Tamba", "authors": ["A"],
        },
        # NewsAPI
        {
            "source": {"id": None, "name": "Radio Tamba"}, "author": None, "title": "Five dead", "language": "en-GB",
            "url": "https://tamba.example/a1", "publishedAt": "2019-11-03T09:00:00Z", "content": "Five died.",
        },
        # Elasticsearch
        {
            "_index": "news", "_id": "x9",
            "_source": {"headline": "Five dead", "body": ["Five died."], "published": 1572771600,
                        "outlet": "Radio Tamba",
                        "url": "https://tamba.example/a1", "lang": "EN"},
        },
    ],
    ids=["trafilatura", "news-please", "newspaper4k", "newsapi", "elasticsearch"],
)  # fmt: skip
def test_the_field_names_of_other_tools(read_file: Read, record: dict[str, object]) -> None:
    article = read_file("a.jsonl", lines(record)).only
    assert article.title == "Five dead"
    assert article.text == "Five died."
    assert article.published == dt.date(2019, 11, 3)
    assert article.url == "https://tamba.example/a1"
    assert article.source in {"Radio Tamba", "tamba.example"}
    assert article.lang == "en"


# --- text stays as it is ---


def test_structured_text_is_not_cut(read_file: Read) -> None:
    text = "  BAMAKO, Nov 2, 2019 (AFP) - Five died.\n\nMore.\n"
    article = read_file("a.jsonl", lines({"text": text})).only
    assert article.text == text
    assert (article.title, article.published, article.source) == ("", dt.date(2019, 11, 2), "AFP")


def test_control_characters_go_and_letters_are_composed(read_file: Read) -> None:
    text = "A\x1b[31mred\x00 cafe\u0301\r\nSyria\x92s\tend\ud83d"
    article = read_file("a.jsonl", json.dumps({"text": text}) + "\n").only
    assert article.text == "A[31mred café\nSyria’s\tend\ufffd"


# --- dates from elsewhere ---


@pytest.mark.parametrize(
    ("name", "content", "day"),
    [
        ("2019-11-05-afp.txt", "Five died.", dt.date(2019, 11, 5)),
        ("2019-11-05.txt", "BAMAKO, Nov 4, 2019 (AFP) - Five died.", dt.date(2019, 11, 4)),
        ("mali-2019.txt", "BAMAKO, Nov 4 (AFP) - Five died.", dt.date(2019, 11, 4)),
        ("2019-11-05.txt", "Date: 2019-11-03\n\nFive died.", dt.date(2019, 11, 3)),
        ("a.txt", "BAMAKO, Nov 4 (AFP) - Five died.", None),
        ("a.txt", "Five died.", None),
        ("2019-11-05.jsonl", '{"text": "Five died."}', None),  # the day of a download
        ("a.jsonl", '{"text": "Five died.", "url": "https://x.example/2019/11/05/five"}', dt.date(2019, 11, 5)),
    ],
)
def test_where_dates_come_from(read_file: Read, name: str, content: str, day: dt.date | None) -> None:
    assert read_file(name, content).only.published == day


def test_the_fallback_is_for_what_tells_none(read_file: Read) -> None:
    fallback = dt.date(2020, 1, 2)
    assert read_file("a.txt", "Five died.", published=fallback).only.published == fallback
    assert read_file("a.txt", " date 2019-11-03 Five.", published=fallback).only.published == dt.date(2019, 11, 3)
    dateline = read_file("a.txt", "BAMAKO, Dec 30 (AFP) - Five died.", published=fallback).only
    assert dateline.published == dt.date(2019, 12, 30)


# --- ids ---


def test_ids_are_never_given_twice(tmp_path: Path, read_all: Callable[..., Reading]) -> None:
    for folder in ("x", "y", "z"):
        (tmp_path / folder).mkdir()
    for folder in ("x", "y"):
        (tmp_path / folder / "1.txt").write_text("Five died.")
    (tmp_path / "z" / "z.jsonl").write_text(
        lines({"id": "1", "text": "a"}, {"id": "b", "text": "b"}, {"id": "b", "text": "c"})
    )
    reading = read_all(tmp_path)
    assert [article.id for article in reading.articles] == ["1", "y/1", "1-2", "b", "b-2"]
    assert len(reading.notes) == 2
    assert "the id b is taken" in reading.notes[1]
    assert not reading.problems
    assert [article.id for article in read_all(tmp_path).articles] == [article.id for article in reading.articles]


def test_the_same_file_is_read_once(tmp_path: Path, read_all: Callable[..., Reading]) -> None:
    (tmp_path / "a.txt").write_text("Five died.")
    assert len(read_all(tmp_path, tmp_path / "a.txt", f"{tmp_path}/*.txt").articles) == 1


# --- folders, patterns, standard input ---


def test_folders_in_sorted_order(tmp_path: Path, read_all: Callable[..., Reading]) -> None:
    for name in ("b/2.txt", "a/1.txt", "c.jsonl", "a/.hidden.txt", ".git/x.txt", "a/picture.png", "B.TXT"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(lines({"text": "x y"}) if name.endswith("jsonl") else "Five died.")
    reading = read_all(tmp_path)
    names = [article.origin.removeprefix(f"{tmp_path}/") for article in reading.articles]
    assert names == ["B.TXT", "c.jsonl:1", "a/1.txt", "b/2.txt"]
    assert "1 file of other kinds" in reading.notes[0]


def test_patterns(tmp_path: Path, read_all: Callable[..., Reading]) -> None:
    for name in ("1.txt", "2.txt", "3.md"):
        (tmp_path / name).write_text("Five died.")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "4.txt").write_text("Five died.")
    (tmp_path / "we[i]rd.txt").write_text("Five died.")
    assert [a.id for a in read_all(f"{tmp_path}/[12].txt").articles] == ["1", "2"]
    assert [a.id for a in read_all(f"{tmp_path}/**/*.txt").articles] == ["1", "2", "4", "we[i]rd"]
    assert [a.id for a in read_all(f"{tmp_path}/we[i]rd.txt").articles] == ["we[i]rd"]
    assert "no file matches" in read_all(f"{tmp_path}/*.csv").why


def test_a_named_file_of_unknown_suffix_is_told_by_its_content(read_file: Read) -> None:
    assert read_file("notes.dat", lines(RECORD)).only.id == "a1"
    assert read_file("notes", "A headline\n\nFive died.").only.title == "A headline"


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (lines(RECORD, {"id": "b", "text": "x"}), ["a1", "b"]),
        ("\n\n" + lines(RECORD), ["a1"]),
        (json.dumps(RECORD), ["a1"]),
        (json.dumps(RECORD, indent=2), ["a1"]),
        (json.dumps([RECORD], indent=2), ["a1"]),
        (json.dumps([RECORD]), ["a1"]),
        ("id,title,text\nc1,T,Five died.\n", ["c1"]),
        ("Five died.\n\nMore.", ["stdin"]),
        ("[REPORT] Five died, they said.", ["stdin"]),
        ("text, more text and so on", ["stdin"]),
        (PAGE, ["stdin"]),
    ],
)
def test_standard_input_is_told_by_its_content(read_all: Callable[..., Reading], content: str, ids: list[str]) -> None:
    if content is PAGE:
        pytest.importorskip("trafilatura")
    for stdin in (content.encode(), b"\xef\xbb\xbf" + content.encode(), gzip.compress(content.encode())):
        reading = read_all("-", stdin=stdin)
        assert not reading.problems, [str(problem) for problem in reading.problems]
        assert [article.id for article in reading.articles] == ids


# --- encodings ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"])
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv", ".json"])
def test_encodings(read_file: Read, encoding: str, suffix: str) -> None:
    text = "L’armée a déclaré que cinq soldats ont été tués près de Ménaka, où l’attaque a eu lieu samedi à l’aube."
    content = {
        ".txt": text,
        ".jsonl": json.dumps({"text": text}, ensure_ascii=False) + "\n",
        ".json": json.dumps({"text": text}, ensure_ascii=False),
        ".csv": f'title,text\nT,"{text}"\n',
    }[suffix]
    raw = b"\xff\xfe" + content.encode("utf-16-le") if encoding == "utf-16-le-bom" else content.encode(encoding)
    assert read_file(f"a{suffix}", raw).only.text == text


# --- what cannot be read ---


def broken_gzip(content: bytes) -> bytes:
    return gzip.compress(content)[: -12 - len(content) // 50]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n \n", "only blank lines"),
        ("a.txt", b"\x7fELF\x00\x00", "program"),
        ("a.txt", b"abc\x00\x01\x02def", "binary file"),
        ("a.txt", b"%PDF-1.4 ...", "PDF"),
        ("a.csv", b"PK\x03\x04\x00", "ZIP"),
        ("a.jsonl.gz", b"not gzip at all", "no gzip file"),
        ("a.txt.gz", broken_gzip(os.urandom(4000).hex().encode()), "breaks off"),
        ("a.txt.gz", gzip.compress(b"x" * 50_000)[:20] + b"\x00" * 40, "damaged|breaks off"),
        ("a.json", b'{"text": "x"', "a.json:1: broken JSON"),
        ("a.json", b"[]", "empty list"),
        ("a.json", b'"text"', "no JSON object"),
        ("a.json", b'{"title": "x"}', r"no text in it \(text is read from"),
        ("a.json", b'{"title": "x", "text": " "}', r"no text in it \(text: nothing stands there\)"),
        ("a.jsonl", b"\n\n", "only blank lines"),
        ("a.csv", b"title,text", ""),
        ("a.csv", b"name,value\n1,2\n", "a.csv:1: no column of text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "content",  # packed bytes differ from run to run
)  # fmt: skip
def test_a_bad_file_is_one_problem(read_file: Read, name: str, content: bytes, why: str) -> None:
    reading = read_file(name, content)
    assert not reading.articles
    if why:
        assert re.search(why, reading.why), reading.why
        assert name in reading.why
        assert isinstance(reading.problems[0], UnreadableInput)


@pytest.mark.parametrize(
    ("name", "content", "why", "left"),
    [
        ("a.jsonl", lines(RECORD) + '{"text": "cut\n' + lines({"text": "b"}), "a.jsonl:2: broken JSON", 2),
        ("a.jsonl", lines(RECORD, {"title": "no text"}), "a.jsonl:2: no text in it", 1),
        ("a.jsonl", lines(RECORD, [1, 2]), "a.jsonl:2: is no JSON object", 1),
        ("a.jsonl", lines(RECORD, {"text": None}), "a.jsonl:2: no text", 1),
        ("a.jsonl", lines(RECORD, {"text": "x", "date": "yesterday"}), "a.jsonl:2: its date is none: not a date", 2),
        ("a.jsonl", lines(RECORD, {"text": "x", "date": "2019-02-31"}), "no such day", 2),
        ("a.json", json.dumps([RECORD, {"title": "x"}]), "record 2: no text", 1),
        ("a.json", json.dumps([RECORD, RECORD | {"published": "the day before"}]), "record 2: its date is none", 2),
        ("a.json", json.dumps([RECORD, {"text": 5}]), "record 2: no text", 1),
        ("a.csv", "title,text\nA,Five died.\nB,\nC,Six died.\n", "a.csv:3: no text", 2),
        ("a.csv", "title,text\nA,Five died, they said.\nC,Six died.\n", "a.csv:2: 3 cells under 2 headings", 1),
        (
            "a.csv",
            'title,text\nA,Five died.\nB,"cut off\nC,Six died.\n',
            "a.csv:3: a quotation mark is never closed",
            1,
        ),
        ("a.csv", 'title,text,date\nA,"Five\ndied.",2019-11-03\nB,x,no\n', "a.csv:4: its date is none", 2),
    ],
)
def test_the_rest_goes_on(read_file: Read, name: str, content: str, why: str, left: int) -> None:
    reading = read_file(name, content)
    assert why in reading.why
    assert len(reading.articles) == left


def test_what_stood_before_a_break_in_a_gz_is_read(read_file: Read) -> None:
    content = "".join(lines({"id": str(n), "text": os.urandom(200).hex()}) for n in range(200)).encode()
    for name in ("a.jsonl.gz", "a.csv.gz"):
        body = (
            content
            if name.startswith("a.jsonl")
            else b"id,text\n" + b"".join(b"%d,%s\n" % (n, os.urandom(200).hex().encode()) for n in range(200))
        )
        reading = read_file(name, gzip.compress(body)[:-5000])
        assert 100 < len(reading.articles) < 200
        assert "breaks off" in reading.why
        assert reading.problems[0].line == len(reading.articles) + (1 if name.startswith("a.jsonl") else 2)


def test_missing_forbidden_and_empty(tmp_path: Path, read_all: Callable[..., Reading]) -> None:
    assert f"{tmp_path}/missing.txt: no such file or folder (" in read_all(tmp_path / "missing.txt").why
    (tmp_path / "empty").mkdir()
    assert "empty folder" in read_all(tmp_path / "empty").why
    (tmp_path / "empty" / "x.png").write_bytes(b"")
    assert "only files of other kinds (1)" in read_all(tmp_path / "empty").why
    assert "standard input: is empty" in read_all("-", stdin=b"").why
    assert "only blank lines" in read_all("-", stdin=b"\n\n").why
    assert "nothing is connected" in read_all("-").why
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    assert "no such file" in read_all(tmp_path / "dangling.txt").why
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert "loop.txt" in read_all(tmp_path / "loop.txt").why


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_forbidden(tmp_path: Path, read_all: Callable[..., Reading]) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in read_all(tmp_path / "a.txt").why
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder").chmod(0)
    assert "permission denied" in read_all(tmp_path / "folder").why.casefold()


def test_forbidden_is_told_as_such(monkeypatch: pytest.MonkeyPatch, read_file: Read) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    source = Source(name="a.txt", stem="a", suffix=".txt", path=Path("a.txt"))
    monkeypatch.setattr("conflict_dedup.ingest.find_sources", lambda *_, **__: iter([source]))
    problems: list[object] = []
    assert list(read(["a.txt"], on_problem=problems.append)) == []
    assert str(problems[0]) == "a.txt: permission denied (you may not read it: check its permissions)"


def test_without_a_listener_the_first_problem_is_raised(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        list(conflict_dedup.read(tmp_path / "missing.txt"))


def test_one_path_need_not_be_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Five died.")
    articles: list[Article] = list(conflict_dedup.read(tmp_path / "a.txt"))
    assert [article.id for article in articles] == ["a"]


# --- odd input ---


@pytest.mark.parametrize("source", ["http://[foo/", "https://[::1"])
def test_an_address_that_is_none_is_a_source(read_file: Read, source: str) -> None:
    assert read_file("a.jsonl", lines({**RECORD, "source": source})).only.source == source


def test_no_field_holds_half_a_character(read_file: Read) -> None:
    article = read_file("a.jsonl", json.dumps({**RECORD, "url": "http://a/\ud800"})).only
    assert article.url is not None
    assert article.url.startswith("http://a/")
    article.url.encode()


@pytest.mark.parametrize("name", ["deep.jsonl", "deep.json"])
def test_json_nested_too_deeply_is_named(read_file: Read, name: str) -> None:
    deep = '{"text": "Five killed.", "a": ' + "[" * 100_000 + "]" * 100_000 + "}"
    assert "broken JSON" in read_file(name, deep).why


def test_json_nested_too_deeply_in_a_pipe_is_named(read_all: Read) -> None:
    deep = b'{"text": "Five killed.", "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert "broken JSON" in read_all("-", stdin=deep).why


def test_a_first_line_longer_than_a_cell_may_be_is_text(read_all: Read) -> None:
    text = "Five soldiers were killed. " * 8_000
    assert read_all("-", stdin=text.encode()).only.text == text.strip()


def test_a_carriage_return_alone_ends_no_line_of_a_table(read_file: Read, read_all: Read) -> None:
    assert "carriage return" in read_file("a.csv", "id,text\rx,Five killed.\r").why
    assert "Five killed." in read_all("-", stdin=b"Head\rFive killed.").only.text


@pytest.mark.parametrize("name", ["article.gz", "article.log.gz"])
def test_a_packed_file_is_told_by_its_first_line(read_file: Read, name: str) -> None:
    assert read_file(name, gzip.compress(b"Five soldiers were killed.")).only.text == "Five soldiers were killed."


def test_equal_ids_are_numbered_in_step_with_their_number(read_file: Read) -> None:
    records = [{"id": "a"}, {"id": "a-2"}, *[{"id": "a"}] * 3]
    articles = read_file("a.jsonl", lines(*[{**RECORD, **record} for record in records])).articles
    assert [a.id for a in articles] == ["a", "a-2", "a-3", "a-4", "a-5"]
    count = 20_000
    begun = time.process_time()
    assert len({a.id for a in read_file("b.jsonl", lines({**RECORD, "id": "a"}) * count).articles}) == count
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("mark", ["*a ", "<!-- ", "`a "])
def test_marks_that_are_never_closed_cost_no_square(read_file: Read, mark: str) -> None:
    begun = time.process_time()
    assert read_file("a.md", "Five killed.\n\n" + mark * 16_000).only.text.startswith("Five killed.")
    assert time.process_time() - begun < 10


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_in_a_folder_is_passed_over(tmp_path: Path, read_all: Callable[..., Reading]) -> None:
    (tmp_path / "a.txt").write_text("Five died.")
    os.mkfifo(tmp_path / "b.txt")
    assert [article.id for article in read_all(tmp_path).articles] == ["a"]
