"""The second look at pairs: what else either of the two may be joined with."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from benchmarks.candidates import make_candidates
from conflict_dedup.match import Run, match
from conflict_dedup.match.company import CONTEXT, LEAST_RUN, OPEN_BITS, Company, ahead_of, third_level
from conflict_dedup.match.comparisons import COMPARISONS, LEVELS, MISSING
from conflict_dedup.match.features import Corpus, Features
from conflict_dedup.match.scoring import Scorer, shipped_weights
from conflict_dedup.model import Candidate, Place

from .making import SEBBA, candidate


def fillers(count: int = LEAST_RUN) -> list[Candidate]:
    """Candidates of as many other wars, years apart from one another and from all else."""
    return [
        candidate(
            f"f{n:02d}#1", 3, day=f"{1960 + n}-03-01", published=f"{1960 + n}-03-02", place=Place(name=f"Town {n}")
        )
        for n in range(count)
    ]


def company(
    candidates: Iterable[Candidate], scores: dict[tuple[str, str], float]
) -> tuple[Company, dict[str, Features]]:
    """The company of candidates of which the first look has scored these pairs."""
    corpus = Corpus(sorted(candidates, key=lambda c: c.id))
    known = {f.candidate.id: f for f in corpus.features}
    scored = [(known[left], known[right], bits, 0.0) for (left, right), bits in scores.items()]
    return Company(corpus, Scorer(corpus), scored), known


def levels(scores: dict[tuple[str, str], float], pair: tuple[str, str] = ("a#1", "b#1")) -> dict[str, str]:
    ids = {one for both in scores for one in both}
    found, known = company([*(candidate(i, 12) for i in ids), *fillers()], scores)
    return found.levels(known[pair[0]], known[pair[1]], scores[pair])


class TestLevels:
    def test_two_that_nothing_else_may_be_joined_with(self) -> None:
        alone = levels({("a#1", "b#1"): 1.0})
        assert {alone[name] for name in ("rival", "lesser_rival", "other", "lesser_other", "third", "divider")} == {
            "none"
        }
        assert (alone["thirds"], alone["dividers"], alone["told"]) == ("0", "0", "2")

    def test_a_better_counterpart_in_the_same_article(self) -> None:
        found = levels({("a#1", "b#1"): 1.0, ("a#1", "b#2"): 6.0})
        assert (found["rival"], found["lesser_rival"], found["other"]) == ("behind_4", "none", "behind_4")
        assert found["told"] == "3"

    def test_a_better_counterpart_elsewhere(self) -> None:
        found = levels({("a#1", "b#1"): 5.0, ("b#1", "c#1"): 2.5})
        assert (found["rival"], found["other"], found["lesser_other"]) == ("none", "ahead_2", "none")

    def test_a_third_report_that_goes_with_both(self) -> None:
        found = levels({("a#1", "b#1"): -1.0, ("a#1", "c#1"): 5.0, ("b#1", "c#1"): 3.0})
        assert (found["third"], found["thirds"], found["divider"], found["dividers"]) == ("for_2", "1", "none", "0")

    def test_a_third_report_that_goes_with_one_alone(self) -> None:
        found = levels({("a#1", "b#1"): 1.0, ("a#1", "c#1"): 5.0, ("b#1", "c#1"): -9.0})
        assert (found["third"], found["thirds"], found["divider"], found["dividers"]) == ("none", "0", "for_4", "1")

    def test_a_third_that_was_not_compared_with_both_says_nothing(self) -> None:
        found = levels({("a#1", "b#1"): 1.0, ("a#1", "c#1"): 5.0})
        assert (found["third"], found["divider"]) == ("none", "none")

    @pytest.mark.parametrize(
        ("best", "level"), [(1.0, "ahead"), (1.5, "behind"), (-7.0, "ahead_8"), (20.0, "behind_8")]
    )
    def test_margins(self, best: float, level: str) -> None:
        assert CONTEXT["rival"][ahead_of(1.0, best)] == level

    @pytest.mark.parametrize(("bits", "level"), [(-9.0, "none"), (-3.0, "against_2"), (0.5, "for"), (9.0, "for_8")])
    def test_thirds(self, bits: float, level: str) -> None:
        assert CONTEXT["third"][third_level(bits)] == level


class TestTheSecondLook:
    NEAR = candidate("a#1", 12), candidate("b#1", 12), candidate("c#1", 12, place=SEBBA, day="2021-06-07")

    def test_it_wants_a_run_that_holds_others(self) -> None:
        small, large = Run(self.NEAR), Run([*self.NEAR, *fillers()])
        assert small.company.second is None
        assert large.company.second is not None
        assert not {"company", "second_look"} & {c.name for c in small.compare([("a#1", "b#1")])[0].comparisons}
        clear, open_ = large.compare([("a#1", "b#1"), ("a#1", "c#1")])
        assert [c.name for c in clear.comparisons][-1] == "second_look"
        assert [c.name for c in open_.comparisons][-2:] == ["company", "second_look"]
        company = next(c for c in open_.comparisons if c.name == "company")
        assert "third reports that go with both: " in company.note

    def test_the_explained_sum_is_the_score(self) -> None:
        run = Run([*self.NEAR, *fillers()])
        known = {f.candidate.id: f for f in run.corpus.features}
        seen = 0
        for left, right, first, _ in run.scored:
            if first > OPEN_BITS:
                [pair] = run.compare([(left.candidate.id, right.candidate.id)])
                total = sum(c.bits for c in pair.comparisons) * run.scorer.weights.temper
                assert pair.bits == pytest.approx(total, abs=0.05)
                assert pair.bits == pytest.approx(run.company.bits(left, right), abs=0.001)
                seen += 1
        assert seen
        assert known

    def test_the_levels_of_all_comparisons_weigh(self) -> None:
        second = shipped_weights().second
        assert second is not None
        corpus = Corpus(make_candidates(60, seed=3))
        tables = tuple({**second.bits[rule.name], MISSING: 0.0} for rule in COMPARISONS)
        scorer, seen = Scorer(corpus), 0
        for left in corpus.features[:30]:
            for right in corpus.features[30:]:
                levels = [rule.level(left, right, corpus) for rule in COMPARISONS]
                told = sum(table[level] for table, level in zip(tables, levels, strict=True))
                first, weighed = scorer.looks(left, right)
                if first > OPEN_BITS:
                    assert weighed == pytest.approx(told)
                    seen += 1
        assert seen

    def test_what_the_first_look_rules_out_stays_out(self) -> None:
        run = Run([*self.NEAR, *fillers()])
        known = {f.candidate.id: f for f in run.corpus.features}
        assert run.company.again(known["a#1"], known["b#1"], OPEN_BITS, 1.0) == OPEN_BITS
        assert run.company.again(known["a#1"], known["b#1"], float("-inf"), 1.0) == float("-inf")

    def test_a_better_counterpart_speaks_against_a_pair(self) -> None:
        scores = {("a#1", "b#1"): 1.0}
        alone, known = company([*self.NEAR, candidate("b#2", 12), *fillers()], scores)
        rivalled, others = company([*self.NEAR, candidate("b#2", 12), *fillers()], {**scores, ("a#1", "b#2"): 9.0})
        before = alone.again(known["a#1"], known["b#1"], 1.0, 0.0)
        assert rivalled.again(others["a#1"], others["b#1"], 1.0, 0.0) < before - 1

    def test_every_level_has_a_weight(self) -> None:
        second = shipped_weights().second
        assert second is not None
        assert {name: set(found) for name, found in second.bits.items()} == {
            name: set(found) for name, found in {**LEVELS, **CONTEXT}.items()
        }
        assert {rule.name for rule in COMPARISONS}.isdisjoint(CONTEXT)

    def test_the_order_of_input_changes_nothing(self) -> None:
        told = [*self.NEAR, *fillers()]
        assert match(told) == match(told[::-1])
