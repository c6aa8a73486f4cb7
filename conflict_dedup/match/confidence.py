"""Confidence that means something: the mean posterior of a cluster, calibrated on gold clusters (Platt 1999).

The comparisons overlap, so that their posterior is too sure of itself. The two numbers below are fitted on how often
clusters of a given posterior hold figures of one gold incident alone, in sets that no weight behind the clusters was
fitted on (``tools/report_accuracy.py --fit``): the clusters of a fitted set are better than others will be.
"""

from __future__ import annotations

from math import exp, log

SLOPE = 0.26
INTERCEPT = 0.45
"""Fitted on 103 clusters of two reports or more in six sets of tests/gold, each left out once.

On 628 clusters of 27 sets left out likewise, their log loss is 0.485, and 0.479 that of two numbers fitted on these
(0.14 and 1.00): they were kept.
"""
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
