"""Numbers with their bounds and nouns, as tests/cases/quantities.toml lists them."""

from __future__ import annotations

from typing import Any

import pytest

from conflict_dedup.extract import quantities

from .reading import read
from .tables import parameters


def written(number: int | None) -> str:
    return "" if number is None else str(number)


@pytest.mark.parametrize("case", parameters("quantities"))
def test_quantity(case: dict[str, Any]) -> None:
    found = [q for q in quantities.find(read(case["text"], lang=case["lang"])) if q.kind not in ("unit", "skip")]
    told = [f"{q.value} {q.bound} {written(q.low)}-{written(q.high)} {q.category}" for q in found]
    assert told == case["found"]


def test_quantities_stand_in_order_and_do_not_share_their_numbers() -> None:
    found = quantities.find(read("At least 53 soldiers, one civilian and two dozen villagers; 30 to 40 others."))
    assert len(found) > 3
    reached = 0
    for q in found:
        assert q.number >= reached
        reached = q.number_end
