from __future__ import annotations

import datetime as dt
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_dedup.errors import ConflictDedupError
from conflict_dedup.model import Candidate, Cluster, Figure, Incident, Place, Report, Window
from conflict_dedup.reconcile import POLICIES, reconcile
from conflict_dedup.reconcile.ids import slug
from conflict_dedup.reconcile.policies import attribution_rank

PLACE = Place(name="Indelimane", admin1="Ménaka", country="ML", lat=15.87, lon=1.95)


def fig(
    article: str, value: int, category: str = "total", bound: str = "exact", start: int = -1, **more: object
) -> Figure:
    quote = f"{value}"
    at = start if start >= 0 else 100 * (1 + CATEGORY_ORDER.index(category)) + value % 90
    fields: dict[str, object] = {
        "effect": "killed",
        "low": value,
        "high": None if bound in {"at_least", "more_than", "vague"} else value,
    }
    fields.update(more)
    return Figure(
        article=article,
        value=value,
        bound=bound,
        category=category,
        field="text",
        start=at,
        end=at + len(quote),
        quote=quote,
        **fields,  # type: ignore[arg-type]
    )


CATEGORY_ORDER = [
    "total",
    "soldiers",
    "police",
    "civilians",
    "militants",
    "attackers",
    "children",
    "women",
    "foreigners",
    "other",
]


def told(
    article: str,
    *figures: Figure,
    published: str | None = "2019-11-03",
    day: str | None = "2019-11-01",
    place: Place | None = PLACE,
    source: str | None = None,
    copy_of: str | None = None,
    event_type: str = "armed_attack",
    main: bool = True,
) -> Candidate:
    return Candidate(
        id=f"{article}#1",
        report=Report(
            article=article,
            source=source or article,
            published=dt.date.fromisoformat(published) if published else None,
            copy_of=copy_of,
        ),
        figures=figures,
        window=Window(start=dt.date.fromisoformat(day), end=dt.date.fromisoformat(day)) if day else None,
        place=place,
        event_type=event_type,  # type: ignore[arg-type]
        main=main,
    )


def one(*candidates: Candidate, policy: str = "latest") -> Incident:
    (incident,) = reconcile([Cluster(candidates=candidates, confidence=1.0)], policy=policy)
    return incident


def killed(*candidates: Candidate, policy: str = "latest") -> tuple[int, int, int]:
    estimate = one(*candidates, policy=policy).killed
    assert estimate is not None
    return estimate.low, estimate.best, estimate.high


class TestTotals:
    def test_the_founding_example(self) -> None:
        first = told("a", fig("a", 53, "soldiers", "at_least", start=20), fig("a", 1, "civilians", start=40))
        second = told(
            "b", fig("b", 40, "soldiers", "more_than"), fig("b", 49, "soldiers", "at_least", start=700), published=None
        )
        incident = one(first, second)
        assert incident.id == "ml-indelimane-2019-11-01"
        assert incident.killed is not None
        assert (incident.killed.low, incident.killed.best, incident.killed.high) == (40, 54, 54)
        assert incident.killed.open
        soldiers = incident.killed.by_category["soldiers"]
        assert (soldiers.low, soldiers.best, soldiers.high) == (40, 53, 53)
        derived = [f for f in incident.figures if f.derived]
        assert [(f.value, f.quote, f.bound) for f in derived] == [(54, "", "at_least")]

    def test_parts_told_apart_are_not_added(self) -> None:
        """A headline of the policemen, and three paragraphs on what the villagers say of their own dead."""
        near = told("a", fig("a", 9, "police", start=20), fig("a", 4, "civilians", start=60))
        apart = told("a", fig("a", 9, "police", start=20), fig("a", 4, "civilians", start=600))
        assert (killed(near), killed(apart)) == ((13, 13, 13), (9, 9, 9))
        bridged = told("a", *apart.figures, fig("a", 9, "police", start=560))
        assert killed(bridged) == (13, 13, 13), "a figure that tells a part again joins it to the other"

    def test_one_number_under_two_names_counts_once(self) -> None:
        """ "Nine militiamen killed", says the headline, and the text "nine members of a local force"."""
        apart = told("a", fig("a", 9, "soldiers", start=20), fig("a", 9, "civilians", start=600))
        near = told("a", fig("a", 9, "soldiers", start=20), fig("a", 9, "civilians", start=40))
        assert (killed(apart), killed(near)) == ((9, 9, 9), (18, 18, 18))

    def test_what_cannot_be_a_part_of_the_total_is_a_toll_beside_it(self) -> None:
        """The army puts the dead at 15, the rebels claim 27 soldiers; nine policemen, says the headline."""
        total = fig("a", 15, start=200)
        claim = fig("a", 27, "soldiers", start=300, attribution="militants")
        for told_beside, expected in (
            ((claim,), (15, 27)),
            ((fig("a", 9, "police", start=20),), (9, 15)),
            ((fig("a", 5, "police", start=20),), (15, 15)),
            ((fig("a", 9, "police", start=300),), (15, 15)),
            ((fig("a", 27, "soldiers", start=300, subset=True),), (15, 15)),
        ):
            estimate = one(told("a", total, *told_beside)).killed
            assert estimate is not None
            assert (estimate.low, estimate.high) == expected

    @pytest.mark.parametrize("category", ["total", "civilians"])
    def test_a_late_toll_many_times_as_high_is_of_a_longer_time(self, category: str) -> None:
        """ "Eight villagers killed … the attacks of this month have killed 25"."""
        first = fig("a", 8, category, start=20)
        assert killed(told("a", first, fig("a", 25, start=500))) == (8, 8, 8)
        assert killed(told("a", first, fig("a", 24, start=500))) == (24, 24, 24), "three times as many: eight of them"
        assert killed(told("a", first, fig("a", 25, start=60))) == (25, 25, 25), "in the same breath: eight of them"

    def test_a_sum_far_above_what_others_print_is_left_out(self) -> None:
        summed = told("a", fig("a", 9, "soldiers", start=20), fig("a", 5, "civilians", start=40))
        ranges = []
        for printed in (7, 6):
            estimate = one(summed, told("b", fig("b", printed))).killed
            assert estimate is not None
            ranges.append((estimate.low, estimate.high))
        assert ranges == [(7, 14), (6, 6)]

    def test_a_printed_total_needs_no_sum(self) -> None:
        article = told("a", fig("a", 20), fig("a", 19, "police", subset=True), fig("a", 1, "civilians", subset=True))
        assert killed(article) == (20, 20, 20)
        assert not [f for f in one(article).figures if f.derived]

    def test_subsets_are_never_added(self) -> None:
        assert killed(told("a", fig("a", 51), fig("a", 40, "children", subset=True))) == (51, 51, 51)

    def test_attackers_are_left_out(self) -> None:
        incident = one(told("a", fig("a", 25, "soldiers"), fig("a", 63, "attackers")))
        assert incident.killed is not None
        assert (incident.killed.low, incident.killed.high) == (25, 25)
        assert incident.killed.by_category["attackers"].high == 63

    def test_attackers_inside_a_total_are_taken_off(self) -> None:
        figures = fig("a", 21, start=10), fig("a", 1, "attackers", subset=True, start=20)
        assert killed(told("a", *figures)) == (20, 20, 20)
        assert killed(told("a", *figures, event_type="battle")) == (20, 21, 21)

    def test_militants_killed_by_an_army_count(self) -> None:
        assert killed(told("a", fig("a", 34, "militants"), event_type="air_strike")) == (34, 34, 34)

    def test_early_tolls_widen_the_range_but_not_the_current_one(self) -> None:
        incident = one(told("a", fig("a", 160), fig("a", 138, superseded=True, start=500)))
        assert incident.killed is not None
        assert (incident.killed.low, incident.killed.best, incident.killed.high) == (138, 160, 160)
        assert (incident.killed.current.low, incident.killed.current.high) == (160, 160)

    def test_a_vague_word_widens_nothing(self) -> None:
        assert killed(told("a", fig("a", 24, bound="vague")), told("b", fig("b", 61))) == (61, 61, 61)
        assert killed(told("a", fig("a", 24, bound="vague"))) == (24, 24, 24)

    def test_an_interval_spans_both_ends(self) -> None:
        assert killed(told("a", fig("a", 30, bound="range", low=30, high=40))) == (30, 30, 40)

    def test_coordinated_parts_of_one_category_add_up(self) -> None:
        article = told("a", fig("a", 4, "soldiers", start=10), fig("a", 5, "soldiers", start=16))
        assert killed(article) == (9, 9, 9)

    def test_what_one_verb_says_of_both_adds_up(self) -> None:
        # "The driver and six farmers were killed": both quotations end with the verb
        driver, farmers = fig("a", 1, "civilians", start=100), fig("a", 6, "civilians", start=115)
        together = [
            msgspec.structs.replace(driver, end=138, quote="The driver and six farmers were killed"),
            msgspec.structs.replace(farmers, end=138, quote="six farmers were killed"),
        ]
        assert killed(told("a", *together)) == (7, 7, 7)

    def test_what_rebels_claim_and_the_state_admits_stand_both(self) -> None:
        claimed = fig("a", 58, "soldiers", attribution="militants")
        admitted = fig("a", 7, "total", attribution="army")
        assert killed(told("a", claimed, admitted)) == (7, 7, 58)
        assert killed(told("a", claimed, fig("a", 7, "total", attribution="media")))[0] != 58

    def test_rebels_who_give_the_lower_number_tell_of_their_own_dead(self) -> None:
        lost = fig("a", 4, "total", attribution="militants")
        found = killed(told("a", fig("a", 60, "total", attribution="army"), lost))
        assert found == (60, 60, 60)

    def test_restatements_do_not(self) -> None:
        article = told("a", fig("a", 40, "soldiers", start=10), fig("a", 41, "soldiers", start=400))
        assert killed(article) == (40, 41, 41)

    def test_a_corrected_part_corrects_the_total(self) -> None:
        article = told(
            "a",
            fig("a", 57, superseded=True),
            fig("a", 53, "police", subset=True, superseded=True),
            fig("a", 4, "civilians", subset=True),
            fig("a", 54, "police", start=900),
        )
        assert killed(article)[2] == 58

    def test_nothing_said_is_none(self) -> None:
        incident = one(told("a", fig("a", 3, effect="injured")))
        assert incident.killed is None
        assert incident.injured is not None
        assert incident.missing is None


class TestPolicies:
    EVIDENCE = (
        told("a", fig("a", 70, bound="more_than", attribution="police"), published="2015-04-02"),
        told("b", fig("b", 147, attribution="government"), published="2015-04-03"),
        told("c", fig("c", 147), published="2015-04-03"),
        told("d", fig("d", 150, attribution="militants"), published="2015-04-04"),
    )

    @pytest.mark.parametrize(
        ("policy", "best"),
        [("latest", 150), ("ucdp", 147), ("acled", 70), ("ibc", 70), ("gtd", 70), ("max", 150)],
    )
    def test_best(self, policy: str, best: int) -> None:
        assert killed(*self.EVIDENCE, policy=policy) == (70, best, 150)

    def test_a_majority(self) -> None:
        more = told("e", fig("e", 147), published="2015-04-05")
        assert killed(*self.EVIDENCE, more, policy="gtd")[1] == 147

    def test_acled_reads_dozens_as_twelve_within_the_range(self) -> None:
        assert killed(told("a", fig("a", 24, bound="vague")), policy="acled") == (24, 24, 24)

    def test_an_unknown_policy_names_those_that_there_are(self) -> None:
        with pytest.raises(ConflictDedupError, match="latest"):
            reconcile([], policy="median")

    def test_all_are_documented(self) -> None:
        assert all(policy.__doc__ for policy in POLICIES.values())

    def test_attributions(self) -> None:
        ranks = [attribution_rank(a) for a in ("government", "hospital", "army", "witness", None, "militants")]
        assert ranks == sorted(set(ranks))


class TestStatus:
    def status(self, *candidates: Candidate) -> str:
        estimate = one(*candidates).killed
        assert estimate is not None
        return estimate.status

    def test_a_floor_below_agrees(self) -> None:
        assert self.status(told("a", fig("a", 40, bound="more_than")), told("b", fig("b", 53))) == "agreed"

    def test_rising(self) -> None:
        days = [told(f"a{n}", fig(f"a{n}", v), published=f"2019-11-0{n}") for n, v in ((2, 20), (3, 32), (4, 53))]
        assert self.status(*days) == "rising"

    def test_revised_down(self) -> None:
        first = told("a", fig("a", 359), published="2019-04-24")
        second = told("b", fig("b", 253), fig("b", 359, superseded=True, start=900), published="2019-04-25")
        assert self.status(first, second) == "revised_down"

    def test_disputed(self) -> None:
        assert self.status(told("a", fig("a", 20)), told("b", fig("b", 12))) == "disputed"


class TestConsensus:
    def test_the_narrow_window_decides(self) -> None:
        wide = told("a", fig("a", 3))
        wide = Candidate(
            id="a#1",
            report=wide.report,
            figures=wide.figures,
            place=PLACE,
            window=Window(start=dt.date(2019, 10, 28), end=dt.date(2019, 11, 3), precision=3),
        )
        date = one(wide, told("b", fig("b", 3))).date
        assert date is not None
        assert (date.start, date.end, date.inferred) == (dt.date(2019, 11, 1), dt.date(2019, 11, 1), False)

    def test_most_reports_decide_between_days(self) -> None:
        date = one(told("a", fig("a", 3)), told("b", fig("b", 3)), told("c", fig("c", 3), day="2019-11-02")).date
        assert date is not None
        assert date.start == dt.date(2019, 11, 1)

    def test_the_most_precise_place_with_its_coordinates(self) -> None:
        region = Place(name="Ménaka", country="ML", precision=4)
        unlocated = Place(name="In Delimane", country="ML")
        place = one(
            told("a", place=region), told("b", place=unlocated), told("c", place=PLACE), told("d", place=PLACE)
        ).place
        assert place is not None
        assert (place.name, place.country, place.lat) == ("Indelimane", "ML", 15.87)

    def test_a_city_has_fewer_votes_than_a_village(self) -> None:
        """Where one report names the village and another the capital, from which it was told, it is the village."""
        capital = Place(name="Bamako", admin1="Bamako", country="ML", lat=12.65, lon=-8.0, precision=1)
        for capitals, name in ((2, "Indelimane"), (3, "Bamako")):
            reports = [told(f"c{n}", place=capital) for n in range(capitals)]
            place = one(told("a", place=PLACE), *reports).place
            assert place is not None
            assert place.name == name

    def test_a_country_is_told_last(self) -> None:
        country = Place(name="Mali", country="ML", precision=6)
        place = one(told("a", place=PLACE), told("b", place=country), told("c", place=country)).place
        assert place is not None
        assert place.name == "Indelimane"

    def test_no_date_and_no_place(self) -> None:
        incident = one(told("a", fig("a", 3), day=None, place=None))
        assert incident.id == "xx-xx-xx"
        assert incident.date is None

    def test_copies_are_one_source(self) -> None:
        incident = one(told("a", fig("a", 3), source="AFP"), told("b", fig("b", 3), source="Le Monde", copy_of="a"))
        assert incident.independent_sources == 1
        assert len(incident.reports) == 2


class TestIds:
    def test_namesakes_are_numbered_by_content(self) -> None:
        clusters = [Cluster(candidates=(told(a, fig(a, 3)),), confidence=1.0) for a in "ab"]
        forward, backward = reconcile(clusters), reconcile(clusters[::-1])
        assert [i.id for i in forward] == ["ml-indelimane-2019-11-01", "ml-indelimane-2019-11-01-2"]
        assert forward == backward

    def test_later_reports_change_no_namesakes_id(self) -> None:
        first = told("z", fig("z", 3), published="2019-11-02")
        second = told("b", fig("b", 9), published="2019-11-03")
        later = told("a", fig("a", 9), published="2019-11-04")
        today = reconcile([Cluster(candidates=(c,), confidence=1.0) for c in (second, first)])
        tomorrow = reconcile([Cluster(candidates=cs, confidence=1.0) for cs in ((second, later), (first,))])
        named = [[(i.id, i.reports[0].article) for i in incidents] for incidents in (today, tomorrow)]
        assert named[0] == named[1] == [("ml-indelimane-2019-11-01", "z"), ("ml-indelimane-2019-11-01-2", "b")]

    def test_no_namesake_of_a_month_has_the_id_of_a_day(self) -> None:
        month = Window(start=dt.date(2019, 11, 1), end=dt.date(2019, 11, 30), precision=4)
        tenth = Window(start=dt.date(2019, 11, 10), end=dt.date(2019, 11, 10))
        reports = [msgspec.structs.replace(told(f"a{n}", fig(f"a{n}", 3)), window=month) for n in range(12)]
        reports.append(msgspec.structs.replace(told("b", fig("b", 3)), window=tenth))
        ids = [i.id for i in reconcile([Cluster(candidates=(c,), confidence=1.0) for c in reports])]
        assert len(set(ids)) == 13
        assert {"ml-indelimane-2019-11-10", "ml-indelimane-2019-11-9", "ml-indelimane-2019-11-010"} <= set(ids)

    def test_a_month_is_all_that_is_known(self) -> None:
        candidate = told("a", fig("a", 3))
        month = Window(start=dt.date(2019, 11, 1), end=dt.date(2019, 11, 30), precision=4)
        made = Candidate(id="a#1", report=candidate.report, figures=candidate.figures, place=PLACE, window=month)
        assert one(made).id == "ml-indelimane-2019-11"

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("Ménaka", "menaka"), ("Deir ez-Zor", "deir-ez-zor"), ("حلب", "xx"), ("a" * 60, "a" * 40)],
    )
    def test_slugs(self, name: str, expected: str) -> None:
        assert slug(name) == expected


FIGURES = st.builds(
    fig,
    st.just("x"),
    st.integers(0, 600),
    st.sampled_from(CATEGORY_ORDER),
    st.sampled_from(["exact", "at_least", "more_than", "about", "vague"]),
    st.integers(0, 4000),
    subset=st.booleans(),
    superseded=st.booleans(),
)


@given(
    told_by=st.lists(st.tuples(st.lists(FIGURES, max_size=5), st.integers(1, 28)), min_size=1, max_size=5),
    policy=st.sampled_from(sorted(POLICIES)),
    order=st.randoms(use_true_random=False),
)
def test_laws(told_by: list[tuple[list[Figure], int]], policy: str, order: random.Random) -> None:
    candidates = [told(f"a{n}", *figures, published=f"2019-11-{day:02d}") for n, (figures, day) in enumerate(told_by)]
    incident = one(*candidates, policy=policy)
    shuffled = list(candidates)
    order.shuffle(shuffled)
    assert one(*shuffled, policy=policy) == incident
    default = one(*candidates).killed
    if incident.killed is not None:
        k = incident.killed
        assert k.low <= k.best <= k.high
        assert k.low <= k.current.low <= k.current.high <= k.high
        assert default is not None
        assert (k.low, k.high, k.status, k.current) == (default.low, default.high, default.status, default.current)
        for category in k.by_category.values():
            assert category.low <= category.best <= category.high
