from __future__ import annotations

import datetime as dt

import pytest

from conflict_dedup.ingest.head import Opening, read_head, read_opening

SECOND = dt.date(2019, 11, 2)


def test_a_leading_date_is_taken_off() -> None:
    head = read_head(" date 2019-11-02 Gunmen attacked a base.\n\nThey fled.\n")
    assert (head.published, head.title, head.body) == (SECOND, "", "Gunmen attacked a base.\n\nThey fled.")


def test_a_first_line_with_a_blank_line_after_it_is_the_headline() -> None:
    head = read_head("President's stability at stake after the attack\n\nBAMAKO Mali The president asked.\n")
    assert head.title == "President's stability at stake after the attack"
    assert head.body == "BAMAKO Mali The president asked."


@pytest.mark.parametrize(
    "text",
    [
        "Three soldiers were killed on Friday.\n\nThe army said so.",  # a sentence
        "Three soldiers were killed on Friday\nnear the town.\n\nThe army said so.",  # a wrapped paragraph
        "Gunmen killed five people " + "in a village " * 20 + "\n\nMore.",  # too long
        "One line alone, and nothing below it",
        'He said: "They killed five."\n\nMore.',
        "BAMAKO, Nov 2 (Reuters) - Gunmen killed five\n\nMore.",
    ],
)
def test_what_is_no_headline(text: str) -> None:
    head = read_head(text)
    assert head.title == ""
    assert head.body == text


@pytest.mark.parametrize(
    "headline", ["Was it the army?", "Five dead!", "At least 40 killed in U.S. raid", "More to come..."]
)
def test_headlines_may_end_in_marks(headline: str) -> None:
    assert read_head(f"{headline}\n\nIt was.").title == headline


def test_a_headline_directly_above_a_dateline() -> None:
    head = read_head("Five dead in raid\nBAMAKO, Nov 2 (Reuters) - Gunmen killed five.")
    assert head.title == "Five dead in raid"
    assert head.body.startswith("BAMAKO, Nov 2")


def test_keys_and_values() -> None:
    head = read_head("Title: Five dead\nDate: 2 November 2019\nAuthor: A. Writer\nSource: Radio Tamba\n\nBody here.")
    assert head.fields == {"title": "Five dead", "date": "2 November 2019", "source": "Radio Tamba"}
    assert (head.title, head.body) == ("Five dead", "Body here.")


def test_keys_below_the_headline() -> None:
    head = read_head("Five dead\n\nSource: Radio Tamba\nDate: 2019-11-02\n\nBody here.")
    assert (head.title, head.body) == ("Five dead", "Body here.")
    assert head.fields == {"source": "Radio Tamba", "date": "2019-11-02"}


def test_unknown_keys_are_text() -> None:
    text = "Mali: five soldiers were killed in the north, the army said.\n\nMore."
    assert read_head(text).body == text


def test_front_matter() -> None:
    head = read_head(
        '---\ntitle: "Mali: five dead"\ndate: 2019-11-02\ntags:\n  - mali\n---\n\nMali: five dead\n\nBody.'
    )
    assert head.fields == {"title": "Mali: five dead", "date": "2019-11-02"}
    assert head.body == "Body."  # the heading that repeats the title is no second headline


def test_a_line_with_only_a_date() -> None:
    head = read_head("Five dead\n\nSaturday 2 November 2019 - 14:00 GMT\n\nBody here.")
    assert (head.title, head.published, head.body) == ("Five dead", SECOND, "Body here.")
    assert read_head("Published: Nov 2, 2019\n\nBody here.").body == "Body here."
    assert read_head("In 2019\n\nBody here.").published is None


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("BAMAKO, Nov 2 (Reuters) - Gunmen", Opening(month_day=(11, 2), agency="Reuters")),
        ("BAMAKO, Nov. 2, 2019 (AFP) — Gunmen", Opening(published=SECOND, agency="AFP")),
        ("SAN SALVADOR, 2 NOV 19 (DPA) -- [TEXT] ARMED MEN", Opening(published=SECOND, agency="DPA")),
        ("ROME (ITALY), 2 NOV 19 -- [TEXT]", Opening(published=SECOND)),
        ("CLANDESTINE, 2 NOV 19 (RADIO VENCEREMOS)-- [TEXT]", Opening(published=SECOND, agency="RADIO VENCEREMOS")),
        ("Bogotá, 2 nov (EFE).- Tres", Opening(month_day=(11, 2), agency="EFE")),
        ("Gao, le 2 novembre 2019 – Des hommes", Opening(published=SECOND)),
        ("BAGHDAD (AP) — A bomb", Opening(agency="AP")),
        ("(Reuters) - Gunmen", Opening(agency="Reuters")),
        ("BAGHDAD, Iraq (AP) — A bomb", Opening(agency="AP")),
        ("2 November 2019 A Syrian aircraft crashed", Opening(published=SECOND)),
        ("Last updated at Nov 022019 BEIRUT At least 70", Opening(published=SECOND)),
        ("Date of publication 2 November 2019 At least 70", Opening(published=SECOND)),
        ("2019-11-02: Gunmen", Opening(published=SECOND)),
        # what only looks like one
        ("2 November 2019 was the deadliest day", Opening()),
        ("On Nov 2 - a Saturday - gunmen", Opening()),
        ("In May 12 people were killed - police said", Opening()),
        ("Five soldiers died in Gao, May 12 - the worst", Opening()),
        ("ROME (ITALY) -- a man", Opening()),
        ("NIAMEY - Plus de soixante soldats", Opening()),
        ("The Nov 2 attack - the worst - killed 5", Opening()),
        ("", Opening()),
    ],
)
def test_openings(text: str, opening: Opening) -> None:
    assert read_opening(text) == opening
