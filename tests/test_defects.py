"""An article on which extraction fails costs itself alone."""

from __future__ import annotations

import importlib
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from conflict_dedup.cli import program
from conflict_dedup.errors import ConflictDedupError, Defect
from conflict_dedup.model import Article, Candidate
from conflict_dedup.pipeline import candidates_of

SOUND = "Gunmen killed six farmers in Bama, in Nigeria's Borno State, on Friday."
CURSED = "cursed"


@pytest.fixture(autouse=True)
def _one_article_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    extraction = importlib.import_module("conflict_dedup.extract")
    extract = extraction.extract

    def failing(article: Article) -> list[Candidate]:
        if CURSED in article.text:
            raise IndexError("list index out of range")
        found: list[Candidate] = extract(article)
        return found

    monkeypatch.setattr(extraction, "extract", failing)


def articles() -> Iterator[Article]:
    for name, text in (("a", SOUND), ("b", CURSED), ("c", SOUND)):
        yield Article(id=name, text=text, lang="en", origin=f"{name}.txt")


def test_the_others_go_on_and_the_defect_is_named() -> None:
    told: list[ConflictDedupError] = []
    done: list[int] = []
    found = list(candidates_of(articles(), on_problem=told.append, on_article=done.append))
    assert [candidate.article for candidate in found] == ["a", "c"]
    assert sum(done) == 3
    (defect,) = told
    assert str(defect).startswith("b.txt: extraction failed on article b: IndexError: list index out of range, ")
    assert "please report it" in str(defect)
    assert Path(__file__).name in str(defect)


def test_who_does_not_listen_hears_of_it() -> None:
    with pytest.raises(Defect, match="article b"):
        list(candidates_of(articles()))


def test_a_defect_comes_whole_out_of_another_process() -> None:
    told: list[ConflictDedupError] = []
    list(candidates_of(articles(), on_problem=told.append))
    again = pickle.loads(pickle.dumps(told[0]))  # noqa: S301 - what a worker hands over
    assert isinstance(again, Defect)
    assert str(again) == str(told[0])


@pytest.mark.parametrize("command", ["run", "extract"])
def test_the_command_prints_the_rest_and_its_exit_code_says_so(tmp_path: Path, command: str) -> None:
    (tmp_path / "2024-05-03-first.txt").write_text(SOUND, encoding="utf-8")
    (tmp_path / "2024-05-03-second.txt").write_text(CURSED, encoding="utf-8")
    outcome = CliRunner().invoke(program, [command, str(tmp_path)], standalone_mode=False)
    assert outcome.return_value == 1
    assert '"value":6' in outcome.stdout
    assert "second.txt: extraction failed" in outcome.stderr
