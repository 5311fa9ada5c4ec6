"""What is believed of every rule after the lab has measured?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.learning.gaussian import Design
from ligandkb.learning.likelihood import Seen
from ligandkb.learning.mixtures import quantiles
from ligandkb.learning.prior import NothingToLearn, RulePrior, Settings
from ligandkb.learning.propagation import Approximation, approximated

if TYPE_CHECKING:
    from ligandkb.learning.gaussian import Normal
    from ligandkb.learning.observations import Observations
    from ligandkb.learning.prior import Floats

INTERCEPT, DOSE, LITERATURE = "intercept", "dose", "literature"
"""Fixed effects beside the rules."""
_STEPS = 30
_SWEEPS_A_STEP = 2
_SHARP = 0.1
"""A logarithm known better than this is taken at its most likely value alone."""


@dataclass(frozen=True)
class Hyperparameters:
    """How large deviations are.

    Attributes
    ----------
    scale : float
        Factor on the spreads of all rules.
    pair_effect, batch_effect : float
        Standard deviations of pairs and batches.
    """

    scale: float
    pair_effect: float
    batch_effect: float


@dataclass(frozen=True)
class Component:
    """The posterior for one set of hyperparameters.

    Attributes
    ----------
    weight : float
        Its probability.
    hyperparameters : Hyperparameters
    normal : Normal
        Of fixed effects, batches and pairs.
    """

    weight: float
    hyperparameters: Hyperparameters
    normal: Normal


@dataclass(frozen=True)
class Posterior:
    """What is believed after the data: a mixture of normal distributions over hyperparameters.

    Attributes
    ----------
    names : tuple of str
        Fixed effects: every rule with a weight, then the intercept, the dose, and literature's shift.
    prior : RulePrior
    settings : Settings
    components : tuple of Component
        Their weights add up to 1.
    pair_keys : tuple of (str, str)
        Pairs that were measured.
    batch_names : tuple of str
    """

    names: tuple[str, ...]
    prior: RulePrior
    settings: Settings
    components: tuple[Component, ...]
    pair_keys: tuple[tuple[str, str], ...]
    batch_names: tuple[str, ...]

    @property
    def weights(self) -> Floats:
        """Probability of each component."""
        return np.array([one.weight for one in self.components])

    @cached_property
    def mean(self) -> Floats:
        """Mean of each fixed effect, shape (F,)."""
        return self.weights @ self._means

    @cached_property
    def covariance(self) -> Floats:
        """Covariance of the fixed effects, shape (F, F)."""
        width = len(self.names)
        apart = self._means - self.mean
        inside = sum(one.weight * one.normal.covariance[:width, :width] for one in self.components)
        return np.asarray(inside + (apart.T * self.weights) @ apart)

    @property
    def hyperparameters(self) -> Hyperparameters:
        """Their geometric means."""
        logs = [
            np.log([one.scale, one.pair_effect, one.batch_effect])
            for one in (item.hyperparameters for item in self.components)
        ]
        return Hyperparameters(*np.exp(self.weights @ np.array(logs)).tolist())

    @cached_property
    def _means(self) -> Floats:
        return np.array([one.normal.mean[: len(self.names)] for one in self.components])

    @cached_property
    def _deviations(self) -> Floats:
        width = len(self.names)
        return np.sqrt([np.diagonal(one.normal.covariance)[:width] for one in self.components])

    def interval(self, level: float | None = None) -> tuple[Floats, Floats]:
        """Interval of each fixed effect with equal tails.

        Parameters
        ----------
        level : float, optional
            Probability inside; by default that of the settings.

        Returns
        -------
        low, high : numpy.ndarray
            Shape (F,).
        """
        tail = (1 - (level or self.settings.level)) / 2
        low, high = (quantiles(self.weights, self._means, self._deviations, at) for at in (tail, 1 - tail))
        return low, high

    def rule_interval(self, level: float | None = None) -> tuple[Floats, Floats]:
        """As :meth:`interval`, of the rules alone, shape (R,)."""
        low, high = self.interval(level)
        return low[: len(self.prior.mean)], high[: len(self.prior.mean)]

    def against(self) -> Floats:
        """Probability that each rule points the other way than its weight as written, shape (R,)."""
        from scipy.special import ndtr  # noqa: PLC0415 - whoever ranks loads no scipy

        count = len(self.prior.mean)
        ahead = np.sign(self.prior.mean) * self._means[:, :count] / self._deviations[:, :count]
        return np.asarray(self.weights @ ndtr(-ahead))


def fit(observations: Observations, prior: RulePrior, settings: Settings | None = None) -> Posterior:
    """Condition the prior on observations.

    Parameters
    ----------
    observations : Observations
    prior : RulePrior
        Of the rules in the columns of ``observations.shares``.
    settings : Settings, optional

    Returns
    -------
    Posterior

    Raises
    ------
    NothingToLearn
        Without any observation.
    """
    settings = settings or Settings()
    if not len(observations):
        raise NothingToLearn(
            "no outcome that can teach anything: none states an effect without another cause"
        )
    model = _Model.of(observations, prior, settings)
    centre, spread, found = model.most_likely()
    components, log_weights = [], []
    for steps in _around(spread):
        place = centre + spread * steps
        approximation = model.at(place, found)
        components.append(Component(0.0, Hyperparameters(*np.exp(place).tolist()), approximation.normal))
        log_weights.append(approximation.log_evidence + model.log_prior(place) + float((steps**2).sum()) / 2)
    weights = np.exp(np.array(log_weights) - max(log_weights))
    weights /= weights.sum()
    return Posterior(
        model.names,
        prior,
        settings,
        tuple(replace(one, weight=float(weight)) for one, weight in zip(components, weights, strict=True)),
        observations.pair_keys,
        observations.batch_names,
    )


def _around(spread: Floats) -> Iterator[Floats]:
    """Steps in standard deviations at which hyperparameters are looked at, each as often as the next.

    The rule of third degree for a normal distribution in d dimensions: two points on each axis, the square root of d
    from the centre (A. H. Stroud, Approximate Calculation of Multiple Integrals, Prentice-Hall 1971). What is known
    sharply has no axis.
    """
    axes = np.flatnonzero(spread > _SHARP)
    if not len(axes):
        yield np.zeros(len(spread))
    for axis in axes:
        for side in (-1.0, 1.0):
            steps = np.zeros(len(spread))
            steps[axis] = side * len(axes) ** 0.5
            yield steps


@dataclass(frozen=True)
class _Model:
    """Data and prior, ready to be asked at any hyperparameters, which stand as logarithms."""

    names: tuple[str, ...]
    design: Design
    seen: Seen
    prior_mean: Floats
    spread: Floats
    rules: int
    log_centre: Floats
    log_spread: Floats

    @classmethod
    def of(cls, observations: Observations, prior: RulePrior, settings: Settings) -> _Model:
        dose = np.nan_to_num(observations.log_dose)
        others = np.column_stack([np.ones(len(observations)), dose, observations.is_literature])
        design = Design(
            np.hstack([observations.shares, others]),
            observations.pair,
            observations.batch,
            len(observations.pair_keys),
            len(observations.batch_names),
        )
        shift, batches = settings.literature_shift, np.zeros(design.batches)
        spreads = [settings.intercept_spread, settings.dose_spread, settings.literature_spread]
        return cls(
            (*prior.rule_ids, INTERCEPT, DOSE, LITERATURE),
            design,
            Seen.of(observations, settings.literature_discount),
            np.concatenate([prior.mean, [0.0, 0.0, shift], batches]),
            np.concatenate([prior.spread, spreads]),
            len(prior.mean),
            np.log([1.0, settings.pair_effect, settings.batch_effect]),
            np.array([settings.scale_spread, settings.effect_spread, settings.effect_spread]),
        )

    def log_prior(self, place: Floats) -> float:
        return -float((((place - self.log_centre) / self.log_spread) ** 2).sum()) / 2

    def at(self, place: Floats, start: Approximation | None = None, sweeps: int = 60) -> Approximation:
        """The approximation at hyperparameters."""
        scale, pair_effect, batch_effect = np.exp(place)
        spread = self.spread.copy()
        spread[: self.rules] *= scale
        every = np.concatenate([spread, np.full(self.design.batches, batch_effect)])
        return approximated(
            self.design, self.seen, self.prior_mean, every, float(pair_effect), start=start, sweeps=sweeps
        )

    def most_likely(self) -> tuple[Floats, Floats, Approximation]:
        """The most likely hyperparameters with the standard deviations of their logarithms.

        Fisher's scoring: the slope of the evidence over what is known of the hyperparameter.
        """
        place, found = self.log_centre.copy(), None
        for _ in range(_STEPS):
            found = self.at(place, found, _SWEEPS_A_STEP)
            slope, information = self._slopes(found.normal, np.exp(place))
            spread = 1 / np.sqrt(information + self.log_spread**-2)
            slope -= (place - self.log_centre) / self.log_spread**2
            step = np.clip(slope * spread**2, -0.5, 0.5)
            place = place + step
            if (np.abs(step) < 0.1 * spread).all():
                break
        return place, spread, self.at(place, found)

    def _slopes(self, normal: Normal, scales: Floats) -> tuple[Floats, Floats]:
        """Slope of the log evidence in the logarithm of each hyperparameter, and about how much is known of that.

        For N effects with prior deviation s: the sum of (mean^2 + variance) / s^2 - 1, and twice that of
        (1 - variance / s^2)^2, which is 2 N where each effect is known and 0 where none is.
        """
        width, rules = len(self.spread), self.rules
        diagonal = np.diagonal(normal.covariance)
        groups = (
            (
                normal.mean[:rules] - self.prior_mean[:rules],
                diagonal[:rules],
                self.spread[:rules] * scales[0],
            ),
            (normal.pair_mean, normal.variances_of_pairs(), scales[1]),
            (normal.mean[width:], diagonal[width:], scales[2]),
        )
        slopes = [((mean**2 + variance) / spread**2 - 1).sum() for mean, variance, spread in groups]
        known = [2 * ((1 - variance / spread**2) ** 2).sum() for _, variance, spread in groups]
        return np.array(slopes), np.array(known)
