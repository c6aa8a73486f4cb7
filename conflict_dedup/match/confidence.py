"""Confidence that means something: the mean posterior of a cluster, calibrated on gold clusters (Platt 1999).

The comparisons overlap, so that their posterior is too sure of itself. ``tools/reliability.py --fit`` fits the two
numbers below on how often clusters of a given posterior hold reports of one gold incident alone.
"""

from __future__ import annotations

from math import exp, log

SLOPE = 0.36
INTERCEPT = 0.75
SUREST = 1 - 1e-6
"""No posterior is taken to be surer than one in a million."""


def logit(p: float) -> float:
    """The log-odds of a probability, bounded."""
    p = min(max(p, 1 - SUREST), SUREST)
    return log(p / (1 - p))


def calibrated(posterior: float) -> float:
    """The share, 0 to 1, of clusters of such a posterior that are of one incident."""
    return 1 / (1 + exp(-(SLOPE * logit(posterior) + INTERCEPT)))


def posterior(confidence: float) -> float:
    """The posterior behind a calibrated confidence."""
    return 1 / (1 + exp(-(logit(confidence) - INTERCEPT) / SLOPE))
