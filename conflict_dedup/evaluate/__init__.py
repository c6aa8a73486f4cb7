"""How well an output agrees with a gold folder: measures, pure functions over figures and incidents."""

from __future__ import annotations

from conflict_dedup.evaluate.gold import Gold, load, misquoted
from conflict_dedup.evaluate.measures import Error, Evaluation, Scores, Words, evaluate

__all__ = ["Error", "Evaluation", "Gold", "Scores", "Words", "evaluate", "load", "misquoted"]
