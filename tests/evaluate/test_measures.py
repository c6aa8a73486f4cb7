"""The measures on a small set worked out by hand, and against the shared scorer where that lies beside."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from conflict_dedup.evaluate import evaluate, load, measures
from conflict_dedup.evaluate.assignment import align
from conflict_dedup.model import Incident

ROOT = Path(__file__).parent.parent.parent
SHARED = ROOT.parent / "shared"

GOLD = {("a", "killed", 5, 0): "x", ("a", "injured", 9, 0): "x", ("b", "killed", 5, 0): "x", ("c", "killed", 2, 0): "y"}
SYSTEM = {
    ("a", "killed", 5, 0): "1",
    ("a", "injured", 9, 0): "1",
    ("b", "killed", 5, 0): "2",
    ("d", "killed", 7, 0): "2",
}


def test_b_cubed_by_hand() -> None:
    # recall: a1 2/3, a2 2/3, b 1/3, c missing, over 4; precision: 2/2, 2/2, 1/2, d invented, over 4
    recall, precision = (2 / 3 + 2 / 3 + 1 / 3) / 4, (1 + 1 + 1 / 2) / 4
    assert measures.b_cubed(GOLD, SYSTEM) == pytest.approx(2 * precision * recall / (precision + recall))


def test_muc_by_hand() -> None:
    # x has 3 members in 2 parts: 1 of its 2 links; the system's groups: 1 is whole (1 of 1), 2 has a stranger (0 of 1)
    assert measures.muc(GOLD, SYSTEM) == pytest.approx(0.5)


def test_pairwise_by_hand() -> None:
    # gold joins 3 pairs, the system 2, one pair is common
    assert measures.pairwise(GOLD, SYSTEM) == pytest.approx(measures.f1(1 / 2, 1 / 3))


def test_ceaf_by_hand() -> None:
    # x with 1: 2*2/(3+2); y and 2 stand alone: nothing common. Two entities on each side.
    assert measures.ceaf_e(GOLD, SYSTEM) == pytest.approx(0.8 / 2)


def test_alignment_is_the_best_and_not_the_greedy_one() -> None:
    weights = {("a", "1"): 5.0, ("a", "2"): 4.0, ("b", "1"): 4.0}
    assert align(weights) == {"a": "2", "b": "1"}
    assert align({}) == {}


def test_a_perfect_output_scores_one() -> None:
    assert measures.b_cubed(GOLD, GOLD) == measures.ceaf_e(GOLD, GOLD) == measures.muc(GOLD, GOLD) == 1
    assert measures.pairwise(GOLD, GOLD) == 1


@pytest.mark.skipif(
    not (SHARED / "score" / "score.py").exists(), reason="the shared scorer is not beside this checkout"
)
@pytest.mark.parametrize("name", ["seeds", "dev", "real"])
def test_agrees_with_the_shared_scorer(name: str, tmp_path: Path) -> None:
    gold = SHARED / "gold" / name
    out = tmp_path / "out.jsonl"
    done = subprocess.run(
        [sys.executable, "-m", "conflict_dedup", "run", gold / "articles.jsonl", "-o", out],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    assert not done.stderr
    theirs = json.loads(
        subprocess.run(
            [sys.executable, SHARED / "score" / "score.py", gold, out, "--json"],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    )
    import msgspec

    incidents = [msgspec.json.decode(line, type=Incident) for line in out.read_bytes().splitlines()]
    ours = evaluate(load(gold), incidents).scores._asdict()
    for measure in ("articles", "gold_claims", "claims_p", "claims_r", "claims", "false", "b3", "ceaf"):
        assert ours[measure] == pytest.approx(theirs[measure], abs=1e-9), measure
    # where several alignments are best these may differ by one incident
    for measure in ("pairs", "detect", "range", "date", "place"):
        assert math.isclose(ours[measure], theirs[measure], abs_tol=0.02), measure
