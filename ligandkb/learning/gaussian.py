"""What follows from normal priors and normal evidence of each row?

A row is z = x.beta + u[pair] + v[batch]. Each pair's effect meets few rows, so that all of them are eliminated first
(Schur's complement) and what is left to factorise has the size of the fixed effects and the batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.prior import Floats

_DENSE_CELLS = 100_000
"""Matrices of ones and zeros with fewer cells are quicker as whole arrays."""
_FULL_ROW = 0.1
"""Rows of a matrix with a larger part of its places filled are quicker as whole rows."""


@dataclass(frozen=True)
class Design:
    """What each row is made of.

    Attributes
    ----------
    fixed : numpy.ndarray
        Shape (n, F): columns of the fixed effects.
    pair, batch : numpy.ndarray of int
        Shape (n,): number of its pair and its batch.
    pairs, batches : int
        How many there are, P and B.
    """

    fixed: Floats
    pair: NDArray[np.intp]
    batch: NDArray[np.intp]
    pairs: int
    batches: int

    @cached_property
    def of_pair(self) -> Any:
        """Shape (n, P): 1 where a row is of a pair; sparse where that is large."""
        return _indicator(self.pair, self.pairs)

    @cached_property
    def of_batch(self) -> Any:
        """Shape (n, B): 1 where a row is of a batch; sparse where that is large."""
        return _indicator(self.batch, self.batches)

    def linear(self, mean: Floats, pair_mean: Floats) -> Floats:
        """Z of each row, shape (n,), of fixed effects and batches (F + B,) and of pairs (P,)."""
        width = self.fixed.shape[1]
        total: Floats = self.fixed @ mean[:width] + mean[width:][self.batch] + pair_mean[self.pair]
        return total


@dataclass(frozen=True)
class Normal:
    """A joint normal distribution of fixed effects, batches and pairs.

    Attributes
    ----------
    mean : numpy.ndarray
        Shape (F + B,).
    covariance : numpy.ndarray
        Shape (F + B, F + B).
    pair_mean : numpy.ndarray
        Shape (P,).
    coupling : numpy.ndarray
        Shape (F + B, P): a pair's effect falls by this much where a fixed or batch effect is larger by 1.
    pair_variance : numpy.ndarray
        Shape (P,): what is left of a pair's variance when all else is known.
    log_determinant : float
        Of the precision of everything.
    """

    mean: Floats
    covariance: Floats
    pair_mean: Floats
    coupling: Floats
    pair_variance: Floats
    log_determinant: float

    @cached_property
    def carried(self) -> Floats:
        """Covariance times coupling, shape (F + B, P); most batches meet few pairs."""
        if self.coupling.size <= _DENSE_CELLS:
            return np.asarray(self.covariance @ self.coupling)
        from scipy.sparse import csr_array  # noqa: PLC0415 - whoever ranks loads no scipy

        is_full = (self.coupling != 0).mean(axis=1) > _FULL_ROW
        sparse = csr_array(self.coupling[~is_full].T)
        others = np.asarray(sparse @ self.covariance[~is_full]).T
        found: Floats = self.covariance[:, is_full] @ self.coupling[is_full] + others
        return found

    def variances_of_pairs(self) -> Floats:
        """Marginal variance of each pair's effect, shape (P,)."""
        shared: Floats = np.einsum("ip,ip->p", self.coupling, self.carried)
        return np.asarray(self.pair_variance + shared)

    def rows(self, design: Design) -> tuple[Floats, Floats]:
        """Mean and variance of z of each row, shape (n,)."""
        fixed, pair, width = design.fixed, design.pair, design.fixed.shape[1]
        batch = width + design.batch
        apart = fixed @ self.covariance[:width, :width] + 2 * (
            self.covariance[batch, :width] - self.carried.T[pair, :width]
        )
        variance = np.einsum("nf,nf->n", apart, fixed)
        variance += self.covariance[batch, batch] - 2 * self.carried[batch, pair]
        return design.linear(self.mean, self.pair_mean), variance + self.variances_of_pairs()[pair]


def conditioned(
    design: Design,
    precision: Floats,
    pull: Floats,
    prior_mean: Floats,
    prior_precision: Floats,
    pair_precision: float,
) -> Normal:
    """Condition normal priors on evidence exp(pull z - precision z^2 / 2) of each row.

    Parameters
    ----------
    design : Design
    precision, pull : numpy.ndarray
        Shape (n,).
    prior_mean, prior_precision : numpy.ndarray
        Shape (F + B,), of the fixed effects and the batches, which are independent.
    pair_precision : float
        Of every pair's effect, about 0.

    Returns
    -------
    Normal
    """
    fixed, of_pair, of_batch = design.fixed, design.of_pair, design.of_batch
    width, size = fixed.shape[1], len(prior_mean)
    weighted = precision[:, np.newaxis] * fixed
    own = of_pair.T @ precision + pair_precision
    crossed = _crossed(of_batch, of_pair, precision)
    coupled = np.empty((size, design.pairs))
    coupled[:width] = (of_pair.T @ weighted).T
    coupled[width:] = crossed if isinstance(crossed, np.ndarray) else crossed.toarray()
    kept = np.empty((size, size))
    share = coupled[:width] / own
    kept[:width, :width] = fixed.T @ weighted - share @ coupled[:width].T
    kept[:width, width:] = (of_batch.T @ weighted).T - (crossed @ share.T).T
    kept[width:, :width] = kept[:width, width:].T
    kept[width:, width:] = -_outer(crossed, own)
    places = np.arange(size)
    kept[places[width:], places[width:]] += of_batch.T @ precision
    kept[places, places] += prior_precision
    pulled = of_pair.T @ pull
    wanted = prior_mean * prior_precision
    wanted[:width] += fixed.T @ pull - share @ pulled
    wanted[width:] += of_batch.T @ pull - crossed @ (pulled / own)
    covariance, log_determinant = _inverse(kept)
    mean = covariance @ wanted
    coupling = coupled / own
    return Normal(
        mean,
        covariance,
        pulled / own - mean @ coupling,
        coupling,
        1 / own,
        log_determinant + float(np.log(own).sum()),
    )


def _inverse(precision: Floats) -> tuple[Floats, float]:
    """Inverse of a positive definite matrix, and the logarithm of its determinant."""
    from scipy.linalg.lapack import dpotrf, dpotri  # noqa: PLC0415 - whoever ranks loads no scipy

    factor, failed = dpotrf(precision, lower=True)
    if failed:
        raise np.linalg.LinAlgError(f"the precision isn't positive definite from row {failed} on")
    log_determinant = float(2 * np.log(np.diagonal(factor)).sum())
    inverse, _ = dpotri(factor, lower=True)
    return np.asarray(np.tril(inverse) + np.tril(inverse, -1).T), log_determinant


def _indicator(number: NDArray[np.intp], count: int) -> Any:
    if len(number) * count <= _DENSE_CELLS:
        return (number[:, np.newaxis] == np.arange(count)).astype(float)
    from scipy.sparse import csr_array  # noqa: PLC0415 - whoever ranks loads no scipy

    rows = np.arange(len(number))
    return csr_array((np.ones(len(number)), (rows, number)), shape=(len(number), count))


def _crossed(of_batch: Any, of_pair: Any, precision: Floats) -> Any:
    """Shape (B, P): precision that a batch and a pair share."""
    if isinstance(of_batch, np.ndarray) or isinstance(of_pair, np.ndarray):
        return of_batch.T @ (precision[:, np.newaxis] * _whole(of_pair))
    from scipy.sparse import diags  # noqa: PLC0415

    return (of_batch.T @ diags(precision) @ of_pair).tocsr()


def _outer(crossed: Any, own: Floats) -> Floats:
    if isinstance(crossed, np.ndarray):
        return np.asarray((crossed / own) @ crossed.T)
    from scipy.sparse import diags  # noqa: PLC0415

    return np.asarray((crossed @ diags(1 / own) @ crossed.T).toarray())


def _whole(matrix: Any) -> Floats:
    return matrix if isinstance(matrix, np.ndarray) else np.asarray(matrix.toarray())
