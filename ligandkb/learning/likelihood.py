"""How likely is what was seen of a row, for a given z?

z is the log-odds that a pair brightens, and 2 sigma(z) - 1 = tanh(z / 2) the part of the headroom that it closes.
Figures before and after are seen with a normal error; of a word alone, the word itself is taken as uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.observations import Observations
    from ligandkb.learning.prior import Floats


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
        shape = (len(self.closed), *[1] * (z.ndim - 1))
        closed, error, side, discount = (
            one.reshape(shape) for one in (self.closed, self.error, self.side, self.discount)
        )
        residual = (closed - np.tanh(z / 2)) / error
        graded: Floats = -(residual**2) / 2 - np.log(error) - np.log(2 * np.pi) / 2
        return np.asarray(
            discount * np.where(self.has_figures.reshape(shape), graded, -np.logaddexp(0.0, -side * z))
        )

    def slope_and_curvature(self, z: Floats) -> tuple[Floats, Floats]:
        """First derivative of the logarithm, and what is expected of the negative second one (Gauss and Newton)."""
        expected = np.tanh(z / 2)
        steepness = (1 - expected**2) / 2
        graded = steepness * (self.closed - expected) / self.error**2
        likely = 1 / (1 + np.exp(self.side * z))
        slope = np.where(self.has_figures, graded, self.side * likely)
        curvature = np.where(self.has_figures, (steepness / self.error) ** 2, likely * (1 - likely))
        return self.discount * slope, self.discount * curvature
