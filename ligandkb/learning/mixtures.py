"""Where do given shares of a mixture of normal distributions lie?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ligandkb.learning.prior import Floats

_HALVINGS = 40


def quantiles(weights: Floats, means: Floats, deviations: Floats, share: float) -> Floats:
    """Value below which a share of each mixture lies.

    Parameters
    ----------
    weights : numpy.ndarray
        Shape (k,), adding up to 1.
    means, deviations : numpy.ndarray
        Shape (k, m): of k normal distributions for each of m quantities.
    share : float
        Above 0 and below 1.

    Returns
    -------
    numpy.ndarray
        Shape (m,), found by halving.

    Examples
    --------
    >>> one = np.array([1.0])
    >>> quantiles(one, np.array([[2.0]]), np.array([[1.0]]), 0.95).round(3).tolist()
    [3.645]
    """
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - whoever ranks loads no scipy

    ends = means + deviations * ndtri(share)
    low, high = ends.min(axis=0), ends.max(axis=0)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        below = weights @ ndtr((middle - means) / deviations) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)
