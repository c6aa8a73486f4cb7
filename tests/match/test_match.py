from __future__ import annotations

import datetime as dt
import random
import time

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.candidates import make_candidates
from conflict_dedup.cli.version import is_compiled
from conflict_dedup.match import Run, compare, match, twins
from conflict_dedup.match.blocking import candidate_pairs
from conflict_dedup.match.comparisons import COMPARISONS, LEVELS, MISSING
from conflict_dedup.match.copies import fold_copies, resemblance
from conflict_dedup.match.features import Corpus, Features, skeleton
from conflict_dedup.match.scoring import Scorer, Weights, forbidden, shipped_weights
from conflict_dedup.model import Actors, Candidate, Cluster, Floating, Place

from .making import SEBBA, SOLHAN, candidate, figure

MOGADISHU = Place(name="Mogadishu", country="SO", lat=2.04, lon=45.34)


def groups(clusters: list[Cluster]) -> set[frozenset[str]]:
    return {frozenset(c.id for c in cluster.candidates) for cluster in clusters}


class TestJoining:
    def test_reports_of_one_attack_are_one(self) -> None:
        found = match([candidate("a#1", 132), candidate("b#1", 138), candidate("c#1", 160, published="2021-06-07")])
        assert groups(found) == {frozenset({"a#1", "b#1", "c#1"})}
        assert found[0].confidence > 0.75

    def test_spellings_of_one_place(self) -> None:
        left = candidate("a#1", 38, place=Place(name="Boulikessi", country="ML"))
        right = candidate("b#1", 40, place=Place(name="Boulkessy", country="ML"))
        assert len(match([left, right])) == 1

    def test_a_country_alone_is_no_evidence_against(self) -> None:
        vague = candidate("b#1", 132, place=Place(name="Burkina Faso", country="BF", precision=6))
        place = next(c for c in compare(candidate("a#1", 132), vague).comparisons if c.name == "place")
        assert place.level == "same_country"
        assert place.bits > 0
        assert len(match([candidate("a#1", 132), vague])) == 1

    @pytest.mark.parametrize(
        ("one", "other", "level"),
        [
            (Place(name="Tangarabad", country="NG", precision=6), "Tangarabad", "same_place"),
            (Place(name="Tangarabad", country="NG", precision=6), "Karobad", "same_country"),
            (Place(name="Nigeria", country="NG", lat=10.0, lon=8.0, precision=6), "Nigeria", "same_country"),
        ],
    )
    def test_a_village_that_no_gazetteer_has_is_known_by_its_name(self, one: Place, other: str, level: str) -> None:
        left = candidate("a#1", 12, place=one)
        right = candidate("b#1", 12, place=msgspec.structs.replace(one, name=other))
        assert next(c for c in compare(left, right).comparisons if c.name == "place").level == level

    def test_a_rising_toll(self) -> None:
        early = candidate("a#1", 20, place=MOGADISHU, day="2017-10-14", published="2017-10-14")
        later = candidate("b#1", 189, place=MOGADISHU, day="2017-10-14", published="2017-10-15")
        later = msgspec.structs.replace(later, figures=(*later.figures, *candidate("b#1", 20).figures))
        assert len(match([early, later])) == 1

    def test_empty_and_single(self) -> None:
        assert match([]) == []
        assert groups(match([candidate("a#1", 3)])) == {frozenset({"a#1"})}

    def test_hundreds_of_reports_are_one_incident(self) -> None:
        tolls = (100, 132, 138, 160)
        told = [candidate(f"a{n:03d}#1", tolls[n % 4], published=f"2021-06-{5 + n % 20:02d}") for n in range(320)]
        assert len(match(told)) == 1


class TestKeepingApart:
    def test_one_article_keeps_its_candidates_apart(self) -> None:
        same = [candidate("a#1", 12), candidate("a#2", 12)]
        assert len(match(same)) == 2
        assert compare(*same).forbidden == "one article tells them apart"

    def test_not_even_through_a_third(self) -> None:
        found = match([candidate("a#1", 12), candidate("a#2", 12), candidate("b#1", 12), candidate("c#1", 12)])
        for cluster in found:
            articles = [c.article for c in cluster.candidates]
            assert len(articles) == len(set(articles))

    def test_dates_far_apart(self) -> None:
        left, right = candidate("a#1", 132), candidate("b#1", 132, day="2021-06-20", published="2021-06-21")
        assert "15 days apart" in (compare(left, right).forbidden or "")
        assert len(match([left, right])) == 2

    def test_countries_that_both_name(self) -> None:
        gao = Place(name="Gao", country="ML")
        left = candidate("a#1", 71, place=gao, terms=("malian", "camp"))
        right = candidate("b#1", 71, place=Place(name="Inates", country="NE"), terms=("niger", "camp"))
        assert "different countries" in (compare(left, right).forbidden or "")
        assert len(match([left, right])) == 2

    def test_a_country_that_nobody_names_may_be_a_namesake(self) -> None:
        left = candidate("a#1", 71, terms=("malian",), place=Place(name="Gao", country="ML"))
        right = candidate("b#1", 71, place=Place(name="Gao", country="CU"))
        assert compare(left, right).forbidden is None

    def test_a_bridge_does_not_chain_two_attacks_on_a_town(self) -> None:
        first = [
            candidate(f"a{n}#1", 14, published="2021-06-05", title="raid kills fourteen traders") for n in range(4)
        ]
        second = [
            candidate(
                f"b{n}#1",
                120,
                day="2021-06-09",
                published="2021-06-10",
                title="massacre leaves hundreds homeless",
                event_type="bombing",
            )
            for n in range(4)
        ]
        bridge = candidate("m#1", 14, 120, day="2021-06-05", until="2021-06-09", published="2021-06-10", main=False)
        found = match([*first, *second, bridge])
        for cluster in found:
            letters = {c.id[0] for c in cluster.candidates}
            assert not {"a", "b"} <= letters

    def test_another_town_on_the_same_day(self) -> None:
        elsewhere = candidate(
            "b#1", 14, place=Place(name="Tadaryat", admin1="Oudalan", country="BF", lat=14.6, lon=0.1)
        )
        assert len(match([candidate("a#1", 132), elsewhere])) == 2


class TestTheRunAtHand:
    """What is common in a run says little in it (``match/population.py``)."""

    WAR = tuple(
        candidate(
            f"w{n:02d}#1",
            3 + 7 * n,
            day=f"2021-06-{1 + n % 9:02d}",
            place=Place(name=f"Hill {n}", admin1=f"Province {n % 5}", country="BF", lat=11 + n / 10, lon=n / 7),
            event_type="air_strike" if n % 4 else "bombing",
        )
        for n in range(40)
    )

    def test_one_country_says_little_where_there_is_one(self) -> None:
        run = Run(self.WAR)
        shipped = shipped_weights().bits["place"]
        here = run.scorer.weights.bits["place"]
        assert here["distant"] < shipped["distant"] - 1
        assert here["other_country"] > shipped["other_country"]
        assert here["same_place"] >= shipped["same_place"]

    def test_a_type_that_most_have_says_less(self) -> None:
        here = Run(self.WAR).scorer.weights.bits["event_type"]
        assert here["same"] < shipped_weights().bits["event_type"]["same"]

    def test_reports_of_one_incident_do_not_count(self) -> None:
        told = [candidate(f"a{n}#1", 132 + n) for n in range(12)]
        assert Run(told).scorer.weights.bits == shipped_weights().bits

    def test_a_pair_is_compared_as_it_was_scored(self) -> None:
        run = Run(self.WAR)
        (pair,) = run.compare([("w03#1", "w04#1")])
        left, right = (f for f in run.corpus.features if f.candidate.id in {"w03#1", "w04#1"})
        assert pair.bits == pytest.approx(run.company.bits(left, right), abs=0.01)
        assert pair.bits != compare(self.WAR[3], self.WAR[4]).bits

    def test_a_great_run_is_sampled(self) -> None:
        run = Run(make_candidates(1200, seed=2))
        assert run.scorer.weights.bits["place"] != shipped_weights().bits["place"]

    def test_no_such_candidate(self) -> None:
        with pytest.raises(KeyError):
            Run(self.WAR).compare([("w03#1", "nobody")])


class TestUndated:
    def test_placed_by_the_dated_reports(self) -> None:
        dated = [candidate(f"a{n}#1", 132, terms=("solhan", "yagha")) for n in range(2)]
        weekday = Floating(offset_days=-3, slack_days=3, weekday=5)
        undated = candidate("z#1", 132, day=None, published=None, floating=weekday, terms=("solhan", "yagha"))
        passing = candidate(
            "z#2",
            7,
            day=None,
            published=None,
            place=SEBBA,
            main=False,
            floating=Floating(offset_days=-30, slack_days=5),
        )
        found = {c.id: c for cluster in match([*dated, undated, passing]) for c in cluster.candidates}
        window = found["z#1"].window
        assert window is not None
        assert (window.start, window.inferred) == (dt.date(2021, 6, 5), True)
        month_ago = found["z#2"].window
        assert month_ago is not None
        assert month_ago.inferred
        assert month_ago.start <= dt.date(2021, 5, 8) <= month_ago.end
        assert found["a0#1"].window == dated[0].window

    @pytest.mark.parametrize(
        ("month", "day", "start", "end"),
        [
            (9, 5, "2021-09-05", "2021-09-05"),
            (9, 4, "2021-09-04", "2021-09-04"),  # outlets date an attack at night a day apart
            (9, None, "2021-09-05", "2021-09-05"),
            (6, 5, "2021-06-05", "2021-06-05"),
        ],
    )
    def test_a_day_without_its_year_is_placed_by_those_that_know_of_no_other(
        self, month: int, day: int | None, start: str, end: str
    ) -> None:
        one = candidate("a#1", 12, day="2021-06-05")
        other = candidate("b#1", 12, day="2021-09-05", published="2021-09-06")
        told = Floating(offset_days=-182, slack_days=183, month=month, day=day)
        undated = candidate("z#1", 12, day=None, published=None, floating=told)
        found = {c.id: c for cluster in match([one, other, undated]) for c in cluster.candidates}
        window = found["z#1"].window
        assert window is not None
        assert (window.start.isoformat(), window.end.isoformat(), window.inferred) == (start, end, True)

    def test_no_report_of_the_day_told_leaves_it_undated(self) -> None:
        one = candidate("a#1", 12, day="2021-06-05")
        told = Floating(offset_days=-182, slack_days=183, month=11, day=5)
        undated = candidate("z#1", 12, day=None, published=None, floating=told)
        found = {c.id: c for cluster in match([one, undated]) for c in cluster.candidates}
        assert found["z#1"].window is None

    @pytest.mark.parametrize(
        ("month", "day", "placed"),
        [
            (6, 3, "2021-06-03"),
            (6, 20, "2021-06-20"),  # the next entry of a list of incidents
            (12, 24, "2020-12-24"),
            (2, 29, "2020-02-29"),
            (5, None, "2021-05-01"),
        ],
    )
    def test_other_days_without_a_year_follow(self, month: int, day: int | None, placed: str) -> None:
        dated = [candidate(f"a{n}#1", 132, terms=("solhan", "yagha")) for n in range(2)]
        first = Floating(offset_days=-182, slack_days=183, month=6, day=5)
        other = Floating(offset_days=-182, slack_days=183, month=month, day=day)
        undated = candidate("z#1", 132, day=None, published=None, floating=first, terms=("solhan", "yagha"))
        passing = candidate("z#2", 7, day=None, published=None, place=SEBBA, main=False, floating=other)
        found = {c.id: c for cluster in match([*dated, undated, passing]) for c in cluster.candidates}
        window = found["z#2"].window
        assert window is not None
        assert window.start == dt.date.fromisoformat(placed)

    def test_two_likely_days_leave_it_undated(self) -> None:
        one = candidate("a#1", 12, day="2021-06-05")
        other = candidate("b#1", 12, day="2021-09-05", published="2021-09-06")
        undated = candidate("z#1", 12, day=None, published=None, floating=Floating(offset_days=-1, slack_days=2))
        found = {c.id: c for cluster in match([one, other, undated]) for c in cluster.candidates}
        assert found["z#1"].window is None


class TestCopies:
    TEXT = tuple(range(100, 164))

    def test_a_reprint_names_the_earliest(self) -> None:
        original = candidate("b#1", 9, sketch=self.TEXT, published="2021-06-05")
        reprint = candidate("a#1", 9, sketch=(*self.TEXT[:60], 900, 901, 902, 903), published="2021-06-06")
        other = candidate("c#1", 9, sketch=tuple(range(5000, 5064)), published="2021-06-07")
        copies = {c.article: c.report.copy_of for c in fold_copies([reprint, original, other])}
        assert copies == {"a": "b", "b": None, "c": None}

    def test_resemblance(self) -> None:
        assert resemblance(self.TEXT, self.TEXT) == 1
        assert resemblance(self.TEXT, tuple(range(900, 964))) == 0
        assert resemblance((), self.TEXT) == 0


def copies_of_two_articles(count: int) -> list[Candidate]:
    """Candidates of so many copies of each of two articles, which tell of two incidents each, one of them of both."""
    told = []
    for n in range(count):
        for name, toll, first in (("a", 132, 0), ("b", 138, 5000)):
            sketch = tuple(range(first, first + 64))
            told += [
                candidate(f"{name}{n:04d}#1", toll, sketch=sketch, title=f"{toll} killed in Solhan", terms=("yagha",)),
                candidate(f"{name}{n:04d}#2", 7, sketch=sketch, place=SEBBA, day="2021-05-08", main=False),
            ]
    return told


class TestTwins:
    @pytest.mark.parametrize("count", [20, 40])
    def test_folding_changes_nothing(self, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
        told = [*copies_of_two_articles(count), *make_candidates(60, seed=4)]
        folded = match(told)
        assert {len(c.candidates) for c in folded if c.candidates[0].place == SEBBA} == {2 * count}
        monkeypatch.setattr(twins, "FOLDED_FROM", len(told) + 1)
        assert match(told) == folded

    def test_the_order_of_copies_changes_nothing(self) -> None:
        told = copies_of_two_articles(100)
        assert match([*told[1::3], *reversed(told[::3]), *told[2::3]]) == match(told)

    def test_copies_are_scored_as_one(self) -> None:
        features = Corpus([candidate(f"a{n:04d}#1", 132, terms=("yagha",)) for n in range(1000)]).features
        scored: list[tuple[int, int]] = []

        def score(left: Features, right: Features) -> float:
            scored.append((left.index, right.index))
            return 8.0

        assert twins.fold_twins(features, score, 0.0) == [features]
        assert len(scored) == 1

    def test_more_copies_than_a_story_is_scored_in_full_are_one(self) -> None:
        sketch = tuple(range(64))
        told = [candidate(f"a{n:04d}#1", 132, sketch=sketch, title="132 killed in Solhan") for n in range(1200)]
        assert [len(c.candidates) for c in match(told)] == [1200]

    def test_two_of_one_article_are_not_put_together(self) -> None:
        told = [candidate(f"a{n:02d}#{k}", 132) for n in range(20) for k in (1, 2)]
        folded = twins.fold_twins(Corpus(told).features, lambda _left, _right: 8.0, 0.0)
        assert [len(fs) for fs in folded] == [20, 20]
        assert all(len({f.article for f in fs}) == 20 for fs in folded)

    def test_twins_that_agree_better_with_another_stand_alone(self) -> None:
        told = [candidate(f"a{n:02d}#1", 2) for n in range(40)] + [candidate("b#1", 3)]
        folded = twins.fold_twins(Corpus(told).features, lambda f, g: 2.0 if f.toll == g.toll else 3.0, 0.0)
        assert {len(fs) for fs in folded} == {1}

    @pytest.mark.skipif(is_compiled(), reason="a compiled method takes no stand-in for its object")
    def test_content_is_all_that_is_compared(self) -> None:
        f = Corpus([candidate("a#1", 132, terms=("malian",))]).features[0]
        own = {"index", "candidate", "article", "_countries"}  # countries_named stands for the last
        derived = {"width", "sketch_head"}
        read: set[str] = set()

        class Recording:
            def __getattr__(self, name: str) -> object:
                read.add(name)
                return getattr(f, name)

        Features.content(Recording())  # type: ignore[arg-type]
        assert read - {"countries_named"} == set(Features.__slots__) - own - derived


class TestExplaining:
    def test_every_comparison_is_told(self) -> None:
        pair = compare(candidate("a#1", 71, terms=("djerma",)), candidate("b#1", 71, terms=("djerma",)))
        assert [c.name for c in pair.comparisons] == ["prior", *(rule.name for rule in COMPARISONS)]
        notes = {c.name: c.note for c in pair.comparisons}
        assert "71" in notes["killed"]
        assert "Solhan" in notes["place"]
        assert notes["words"] == "djerma"

    def test_great_tolls_tell_more(self) -> None:
        def killed(*tolls: int) -> tuple[str, float]:
            pair = compare(candidate("a#1", tolls[0], main=False), candidate("b#1", tolls[1], main=False))
            told = next(c for c in pair.comparisons if c.name == "killed")
            return told.level, told.bits

        equal, great = killed(60, 60), killed(600, 600)
        close, great_close = killed(48, 53), killed(512, 587)
        assert (equal[0], great[0], close[0], great_close[0]) == ("equal_round", "equal_great", "close", "close_great")
        assert great[1] > equal[1]
        assert great_close[1] > close[1]

    def test_the_fast_sum_is_the_explained_sum(self) -> None:
        corpus = Corpus(make_candidates(60, seed=3))
        scorer = Scorer(corpus)
        for left in corpus.features[:30]:
            for right in corpus.features[30:]:
                if forbidden(left, right) is None:
                    assert scorer.bits(left, right) == pytest.approx(scorer.pair(left, right).bits, abs=0.01)

    def test_every_level_has_a_weight(self) -> None:
        weights = shipped_weights()
        for rule in COMPARISONS:
            assert set(weights.bits[rule.name]) == {*LEVELS[rule.name], MISSING}

    @pytest.mark.skipif(is_compiled(), reason="compiled functions carry no docstrings")
    def test_every_comparison_says_what_it_compares(self) -> None:
        assert all(rule.level.__doc__ for rule in COMPARISONS)

    def test_a_missing_weight_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            Weights({"model": {"prior_bits": 0, "temper": 1, "joining_bits": 0}})


def test_skeletons_join_spellings() -> None:
    assert skeleton("boulikessi") == skeleton("boulkessy")
    assert skeleton("gao") == "gao"


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), order=st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(seed: int, order: random.Random) -> None:
    candidates = make_candidates(50, seed=seed)
    shuffled = list(candidates)
    order.shuffle(shuffled)
    assert match(candidates) == match(shuffled)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 1000), size=st.integers(1, 400))
def test_each_candidate_stands_in_one_cluster(seed: int, size: int) -> None:
    candidates = make_candidates(size, seed=seed)
    found = match(candidates)
    assert sorted(c.id for cluster in found for c in cluster.candidates) == sorted(c.id for c in candidates)
    assert all(0 <= cluster.confidence <= 1 for cluster in found)


def test_order_changes_nothing_in_a_blocked_run() -> None:
    candidates = make_candidates(1500, seed=5)
    shuffled: list[Candidate] = list(candidates)
    shuffled.reverse()
    assert match(candidates) == match(shuffled)


def test_time_grows_about_linearly() -> None:
    def seconds(count: int) -> float:
        candidates = make_candidates(count)
        start = time.process_time()
        match(candidates)
        return time.process_time() - start

    seconds(500)
    assert seconds(8000) < 40 * max(seconds(1000), 0.02)


def test_however_many_exact_copies_there_are_one_is_the_original() -> None:
    text = tuple(range(1, 200, 3))
    near = (*text[:-1], 10_000)  # the same text with another last paragraph
    copies = [candidate(f"c{n:03}#1", 12, published="2021-06-07", sketch=text) for n in range(180)]
    first = candidate("first#1", 12, published="2021-06-06", sketch=near)
    named = {c.article: c.report.copy_of for c in fold_copies([*copies, first])}
    assert named.pop("first") is None
    assert set(named.values()) == {"first"}


@pytest.mark.parametrize(
    ("later", "level"),
    [
        ({"published": "2021-06-07"}, "first_count"),
        ({"published": "2021-06-20"}, "far"),
        ({"published": "2021-06-07", "day": "2021-06-07"}, "far"),
        ({"published": "2021-06-04"}, "far"),
    ],
)
def test_a_count_of_the_first_hours_may_become_any_number(later: dict[str, str], level: str) -> None:
    early = candidate("a#1", figures=(figure("a", 12, bound="at_least"),), published="2021-06-05")
    pair = compare(early, candidate("b#1", 120, **later))  # type: ignore[arg-type]
    assert next(c.level for c in pair.comparisons if c.name == "killed") == level


def level_of(name: str, left: Candidate, right: Candidate) -> str:
    return next(c.level for c in compare(left, right).comparisons if c.name == name)


@pytest.mark.parametrize(("least", "toll", "level"), [(40, 41, "close_floor"), (40, 49, "close")])
def test_a_least_number_that_a_toll_hardly_exceeds_is_that_toll(least: int, toll: int, level: str) -> None:
    early = candidate("a#1", figures=(figure("a", least, bound="at_least"),))
    assert level_of("killed", early, candidate("b#1", toll)) == level


def test_gunmen_may_be_of_any_group() -> None:
    def by(name: str, *who: str) -> Candidate:
        return candidate(name, 12, actors=Actors(perpetrators=who))

    assert level_of("perpetrators", by("a#1", "M23"), by("b#1", "M23", "militants")) == "shared"
    assert level_of("perpetrators", by("a#1", "gunmen"), by("b#1", "gunmen")) == "alike"
    assert level_of("perpetrators", by("a#1", "gunmen"), by("b#1", "M23")) == "general"
    assert level_of("perpetrators", by("a#1", "ADF"), by("b#1", "M23")) == "different"


def test_reports_of_one_attack_recall_the_same_earlier_ones() -> None:
    def recalled(article: str, place: Place) -> tuple[Candidate, Candidate]:
        return candidate(f"{article}#1", 132, place=place), candidate(f"{article}#2", 40, day="2021-05-01", main=False)

    far = Place(name="Banfora", admin1="Cascades", country="BF", lat=10.63, lon=-4.76)
    for place, level in ((SOLHAN, "same"), (far, "other")):
        run = Run([*recalled("a", SOLHAN), *recalled("b", place)])
        (pair,) = run.compare([("a#2", "b#2")])
        assert next(c.level for c in pair.comparisons if c.name == "story") == level


def test_common_words_and_countries_say_little() -> None:
    corpus = Corpus([candidate(f"{n}#1", 12, terms=("village", "yagha", "mali")) for n in "ab"])
    assert "mali" not in corpus.words
    weight = dict(zip(corpus.words, corpus.idf_bits, strict=True))
    assert weight["village"] < weight["yagha"] - 1


def doubtful(name: str, *values: int, of: tuple[int, ...]) -> Candidate:
    """A candidate with the figures ``values`` and the doubtful ones ``of``."""
    whole = candidate(name, *values)
    open_ = tuple(figure(whole.article, v, start=500 + 40 * n) for n, v in enumerate(of))
    return msgspec.structs.replace(whole, doubtful=open_)


def test_a_doubtful_figure_counts_where_another_report_prints_it() -> None:
    [cluster] = match([doubtful("a#1", 40, of=(43, 57)), candidate("b#1", 43)])
    told = {c.id: [f.value for f in c.figures] for c in cluster.candidates}
    assert told == {"a#1": [40, 43], "b#1": [43]}


@pytest.mark.parametrize("effect", ["injured", "killed"])
def test_a_doubtful_figure_needs_the_same_effect_in_firm_words(effect: str) -> None:
    other = candidate("b#1", 40)
    spoken = figure("b", 43, effect=effect, start=500)
    other = (
        msgspec.structs.replace(other, figures=(*other.figures, spoken))
        if effect == "injured"
        else msgspec.structs.replace(other, doubtful=(spoken,))
    )
    [cluster] = match([doubtful("a#1", 40, of=(43,)), other])
    assert [f.value for c in cluster.candidates for f in c.figures if c.id == "a#1"] == [40]


def test_a_doubtful_figure_moves_no_candidate() -> None:
    firm = [candidate(f"{name}#1", value) for name, value in zip("abcd", (40, 41, 7, 40), strict=True)]
    open_ = [msgspec.structs.replace(c, doubtful=(figure(c.article, 500, start=900),)) for c in firm]
    ids = [[sorted(c.id for c in cluster.candidates) for cluster in match(some)] for some in (firm, open_)]
    assert ids[0] == ids[1]


def test_a_vague_place_is_compared_with_its_own_day_in_a_busy_country() -> None:
    start = dt.date(2021, 6, 1)
    days = [(start + dt.timedelta(days=n)).isoformat() for n in range(20)]
    towns = [Place(name=f"Town {n}", country="BF", lat=11 + n / 8, lon=-4 + n / 5) for n in range(20)]
    busy = [
        candidate(f"{d}-{n}#1", 3 + n, day=day, published=day, place=towns[n])
        for d, day in enumerate(days)
        for n in range(20)
    ]
    country = Place(name="Burkina Faso", country="BF", lat=12.2, lon=-1.6, precision=6)
    vague = candidate("v#1", 9, day=days[10], published=days[10], place=country)
    corpus = Corpus(fold_copies(sorted([*busy, vague], key=lambda c: c.id)))
    met = {x.candidate.id for pair in candidate_pairs(corpus) for x in pair if "v#1" in [f.candidate.id for f in pair]}
    assert {f"10-{n}#1" for n in (5, 6, 7)} <= met
