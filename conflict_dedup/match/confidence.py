"""Confidence that means something: the mean posterior of a cluster, calibrated on gold clusters (Platt 1999).

The comparisons overlap, so that their posterior is too sure of itself. The numbers below are fitted on how often
clusters of a given posterior hold figures of one gold incident alone, in sets that no weight behind the clusters was
fitted on (``tools/report_accuracy.py --fit``): the clusters of a fitted set are better than others will be.
"""

from __future__ import annotations

from math import exp, log

SLOPE = 0.74
INTERCEPT = -0.35
"""Fitted on 1,815 clusters of two reports or more in 60 sets left out: log loss 0.469."""
FIRST_SLOPE = 0.26
FIRST_INTERCEPT = 0.45
"""For a run too small for a second look (``company.LEAST_RUN``), whose scores are wider apart. Fitted on 103 clusters
of six sets left out, when there was no second look."""
SUREST = 1 - 1e-6
"""No posterior is taken to be surer than one in a million."""


def logit(p: float) -> float:
    """The log-odds of a probability, bounded."""
    p = min(max(p, 1 - SUREST), SUREST)
    return log(p / (1 - p))


def calibrated(posterior: float, *, again: bool = True) -> float:
    """The share, 0 to 1, of clusters of such a posterior that are of one incident.

    Args:
        posterior: the mean posterior of the members.
        again: whether it comes from the second look.
    """
    slope, intercept = (SLOPE, INTERCEPT) if again else (FIRST_SLOPE, FIRST_INTERCEPT)
    return 1 / (1 + exp(-(slope * logit(posterior) + intercept)))


def posterior(confidence: float) -> float:
    """The posterior of a second look behind a calibrated confidence."""
    return 1 / (1 + exp(-(logit(confidence) - INTERCEPT) / SLOPE))
