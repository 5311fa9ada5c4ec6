"""How likely is what was seen of a row, for a given z?

z is the log-odds that a pair brightens, and 2 sigma(z) - 1 = tanh(z / 2) the part of the headroom that it closes.
Figures before and after are seen with a normal error. Where all of the headroom or of the brightness is said to be
gone, the figure after is 100 or 0 %: no larger or smaller one is ever printed, so that it stands for all of them
(J. Tobin, Econometrica 1958, 26, 24, doi 10.2307/1907382). Of a word alone, the word itself is taken as uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.observations import Observations
    from ligandkb.learning.prior import Floats


_WIDTH = 7.0
"""Standard deviations beyond which nothing is left."""
_FULL = 1 - 1e-7
"""Part of the headroom beyond which nothing can be told from all of it."""
_GRID = np.linspace(-1.0, 1.0, 65)
_STEP = float(_GRID[1] - _GRID[0])
_COARSE = 1.0
"""Steps of a grid below which a standard deviation asks for a finer one."""


@dataclass(frozen=True)
class Seen:
    """What was seen of n rows.

    Attributes
    ----------
    has_figures : numpy.ndarray of bool
        Shape (n,).
    closed, error : numpy.ndarray
        Shape (n,): part that was closed, with its standard error; 0 and 1 where only a word is known.
    side : numpy.ndarray
        Shape (n,): +1 where the word says improved, else -1.
    discount : numpy.ndarray
        Shape (n,): power to which the row's likelihood is raised.
    """

    has_figures: NDArray[np.bool_]
    closed: Floats
    error: Floats
    side: Floats
    discount: Floats

    @classmethod
    def of(cls, observations: Observations, literature_discount: float) -> Seen:
        """Take it from observations, literature with its discount."""
        has_figures = ~np.isnan(observations.closed)
        return cls(
            has_figures,
            np.where(has_figures, observations.closed, 0.0),
            np.where(has_figures, observations.error, 1.0),
            np.where(observations.improved > 0, 1.0, -1.0),
            np.where(observations.is_literature, literature_discount, 1.0),
        )

    def log_likelihood(self, z: Floats) -> Floats:
        """Logarithm for each row, discounted; z of shape (n,), or (n, k) for k values of each row."""
        from scipy.special import log_ndtr  # noqa: PLC0415 - whoever ranks loads no scipy

        shape = (len(self.closed), *[1] * (z.ndim - 1))
        closed, error, side, discount = (
            one.reshape(shape) for one in (self.closed, self.error, self.side, self.discount)
        )
        residual = (closed - np.tanh(z / 2)) / error
        graded: Floats = -(residual**2) / 2 - np.log(error) - np.log(2 * np.pi) / 2
        at_end = np.abs(self.closed) >= 1
        if at_end.any():
            graded[at_end] = log_ndtr(-np.sign(closed[at_end]) * residual[at_end])
        return np.asarray(
            discount * np.where(self.has_figures.reshape(shape), graded, -np.logaddexp(0.0, -side * z))
        )

    def moments(self, mean: Floats, variance: Floats) -> tuple[Floats, Floats, Floats]:
        """What a row's likelihood makes of a normal distribution of its z.

        Parameters
        ----------
        mean, variance : numpy.ndarray
            Shape (n,): of the normal distribution.

        Returns
        -------
        log_mass, mean, variance : numpy.ndarray
            Shape (n,): logarithm of the integral of their product, and its moments. Worked out on a grid that spans
            where neither of the two vanishes.
        """
        deviation = np.sqrt(variance)
        low, high = self._range()
        below, above = mean - _WIDTH * deviation, mean + _WIDTH * deviation
        # The narrower of the two, and what lies between them where they are far apart.
        is_narrow = high - low < above - below
        start = np.minimum(np.where(is_narrow, low, below), np.minimum(high, above))
        end = np.maximum(np.where(is_narrow, high, above), np.maximum(low, below))
        middle, half = (start + end) / 2, (end - start) / 2
        found = self._on_grid(mean, variance, middle, half)
        step = half * _STEP
        peak = found[2] < (_COARSE * step) ** 2
        if peak.any():  # and it may be a narrow peak
            within = self._taken(peak)
            finer = within._on_grid(mean[peak], variance[peak], found[1][peak], _WIDTH * step[peak])
            for whole, part in zip(found, finer, strict=True):
                whole[peak] = part
        return found

    def _on_grid(
        self, mean: Floats, variance: Floats, middle: Floats, half: Floats
    ) -> tuple[Floats, Floats, Floats]:
        z = middle[:, np.newaxis] + half[:, np.newaxis] * _GRID
        logs = self.log_likelihood(z) - (z - mean[:, np.newaxis]) ** 2 / (2 * variance[:, np.newaxis])
        top = logs.max(axis=1)
        mass = np.exp(logs - top[:, np.newaxis])
        total = mass.sum(axis=1)
        found = (mass * z).sum(axis=1) / total
        spread = (mass * (z - found[:, np.newaxis]) ** 2).sum(axis=1) / total
        step = half * _STEP
        log_mass = top + np.log(total * step) - np.log(2 * np.pi * variance) / 2
        return log_mass, found, np.maximum(spread, (step / 4) ** 2)

    def _taken(self, rows: NDArray[np.bool_]) -> Seen:
        return Seen(*(getattr(self, one.name)[rows] for one in fields(self)))

    def _range(self) -> tuple[Floats, Floats]:
        """Where a row's likelihood doesn't vanish."""
        reach = _WIDTH * self.error / np.sqrt(self.discount)
        ends = (np.clip(self.closed + side * reach, -_FULL, _FULL) for side in (-1, 1))
        low, high = (2 * np.arctanh(end) for end in ends)
        return np.where(self.has_figures, low, -np.inf), np.where(self.has_figures, high, np.inf)
