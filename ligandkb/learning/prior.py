"""What is believed before a lab has measured anything?

Every number here was fixed before the model met an outcome or a simulation; docs/learning.md gives the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ligandkb.problems import LigandkbError
from ligandkb.rules.rulebook import Rulebook

Floats: TypeAlias = NDArray[np.float64]

LOGISTIC_AS_NORMAL = 1.702
"""Standard deviation of the normal distribution that is nearest to the standard logistic one (least greatest distance
between their distribution functions; a test works it out). Of a pair about which the rules don't know more than this,
a score is the log-odds that it brightens."""


class NothingToLearn(LigandkbError):  # noqa: N818 - it says what is the matter
    """The outcomes say nothing about the rules; the message holds every reason."""


@dataclass(frozen=True)
class Settings:
    """Conventions of the model, none of them fitted to an outcome.

    Attributes
    ----------
    intercept_spread, dose_spread : float
        Standard deviations of the intercept and of the effect of ten times the dose, in log-odds about 0: a
        *moderate* weight, half a decade of the odds.
    literature_shift, literature_spread : float
        Mean and standard deviation of what literature is too bright by, since successes are what is published:
        *moderate*, give or take as much.
    literature_discount : float
        Power to which the likelihood of a published outcome is raised.
    scale_spread : float
        Standard deviation of the logarithm of the factor by which all spreads of rules are too small or too large:
        a factor of two is two standard deviations.
    pair_effect : float
        Median standard deviation of what the rules don't know of a pair.
    batch_effect : float
        Median standard deviation of batches, in log-odds: a *weak* weight.
    effect_spread : float
        Standard deviation of the logarithms of the last two: a factor of two is one standard deviation.
    default_error_points : float
        Standard error of a PLQY for which none is recorded, in percentage points.
    least_error_points : float
        No PLQY is taken to be known better than this, in percentage points.
    level : float
        Probability that an interval holds the truth.
    """

    intercept_spread: float = 1.151
    dose_spread: float = 1.151
    literature_shift: float = 1.151
    literature_spread: float = 1.151
    literature_discount: float = 0.5
    scale_spread: float = log(2) / 2
    pair_effect: float = LOGISTIC_AS_NORMAL
    batch_effect: float = 0.576
    effect_spread: float = log(2)
    default_error_points: float = 3.0
    least_error_points: float = 1.0
    level: float = 0.9


@dataclass(frozen=True)
class RulePrior:
    """What each rule's weight is believed to be, and with how much doubt.

    Attributes
    ----------
    rule_ids : tuple of str
        Rules with a weight, in the rulebook's order.
    mean : numpy.ndarray
        Shape (R,): the weight as it is written, in log-odds.
    spread : numpy.ndarray
        Shape (R,): its standard deviation, by its word in the vocabulary.
    """

    rule_ids: tuple[str, ...]
    mean: Floats
    spread: Floats


def prior_of(rulebook: Rulebook) -> RulePrior:
    """Prior of every rule that has a weight.

    Parameters
    ----------
    rulebook : Rulebook

    Returns
    -------
    RulePrior
        A weight that was written as a number has itself as its spread, and so has a word without one.

    Examples
    --------
    >>> import ligandkb as lk
    >>> prior = prior_of(lk.load().rulebook)
    >>> place = prior.rule_ids.index("phosphonate-donor")
    >>> float(prior.mean[place]), float(prior.spread[place])
    (1.151, 1.151)
    """
    words = rulebook.vocabulary.weights
    ids, mean, spread = [], [], []
    for rule in rulebook.rules:
        if rule.weight is None:
            continue
        word = words.get(rule.weight_name) if rule.weight_name else None
        ids.append(rule.id)
        mean.append(rule.weight)
        spread.append((word.spread_log_odds if word else None) or abs(rule.weight))
    return RulePrior(tuple(ids), np.array(mean, dtype=float), np.array(spread, dtype=float))
