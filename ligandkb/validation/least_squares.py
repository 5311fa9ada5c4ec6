"""What does a straight fit say, and what would it have said without each value?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ligandkb.chemistry.linear_free_energy import CONSTANT, Coefficient, LinearModel


@dataclass(frozen=True)
class Value:
    """One value of a fit.

    Attributes
    ----------
    name : str
        Of what.
    measured : float
    without : float
        What the fit to all others says.
    """

    name: str
    measured: float
    without: float


@dataclass(frozen=True)
class Fit:
    """A model with the values that it was fitted on, each beside what the others say of it."""

    model: LinearModel
    values: tuple[Value, ...]

    @property
    def spearman(self) -> float:
        """Rank correlation of measured values and those of the fits without them."""
        from scipy.stats import spearmanr  # noqa: PLC0415 - takes long to load, and only validation needs it

        measured, without = (
            [getattr(value, name) for value in self.values] for name in ("measured", "without")
        )
        return float(spearmanr(measured, without).statistic)


def least_squares(
    name: str,
    names: Sequence[str],
    rows: Sequence[Mapping[str, float]],
    measured: Sequence[float],
    terms: Sequence[str],
) -> Fit:
    """Fit a constant and a coefficient for each term.

    Parameters
    ----------
    name : str
        Of the model.
    names : sequence of str
        Of the values.
    rows : sequence of mapping of str to float
        Terms of each value.
    measured : sequence of float
    terms : sequence of str
        Those to fit.

    Returns
    -------
    Fit

    Raises
    ------
    ValueError
        If there are too few values, terms that they can't tell apart, or one that a single value decides.

    Examples
    --------
    >>> rows = [{"x": 0.0}, {"x": 1.0}, {"x": 2.0}, {"x": 3.0}]
    >>> fit = least_squares("line", "abcd", rows, [1.0, 3.0, 5.0, 7.0], ["x"])
    >>> round(fit.model.coefficients["x"].value, 6), round(fit.model.mean_absolute_error, 6)
    (2.0, 0.0)
    """
    matrix = np.array([[1.0, *(row[term] for term in terms)] for row in rows], dtype=float)
    target = np.array(measured, dtype=float)
    count, parameters = matrix.shape
    if count <= parameters or np.linalg.matrix_rank(matrix) < parameters:
        raise ValueError(f"{name}: {count} values can't tell {parameters} coefficients apart")
    inverse = np.linalg.inv(matrix.T @ matrix)
    solution = inverse @ matrix.T @ target
    residuals = target - matrix @ solution
    leverage = np.einsum("ij,jk,ik->i", matrix, inverse, matrix)
    if leverage.max() > 1 - 1e-9:
        alone = names[int(leverage.argmax())]
        raise ValueError(f"{name}: one coefficient rests on {alone} alone, so nothing can be said without it")
    left_out = residuals / (1.0 - leverage)
    errors = np.sqrt(np.diag(inverse) * (residuals @ residuals) / (count - parameters))
    without_constant = (target - target.mean()) * count / (count - 1)
    model = LinearModel(
        name,
        count,
        float(np.abs(left_out).mean()),
        float(np.sqrt((left_out**2).mean())),
        float(np.abs(without_constant).mean()),
        {
            term: Coefficient(float(value), float(error), float(column.min()), float(column.max()))
            for term, value, error, column in zip((CONSTANT, *terms), solution, errors, matrix.T, strict=True)
        },
    )
    values = (
        Value(one, float(value), float(value - residual))
        for one, value, residual in zip(names, target, left_out, strict=True)
    )
    return Fit(model, tuple(values))
