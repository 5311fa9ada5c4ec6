"""Are masses and moments on the grid those of a fine one?"""

from __future__ import annotations

import numpy as np
import pytest
from laboratory import observations

from ligandkb.learning.likelihood import Seen

CLOSED = [0.0, 0.5, -0.7, 0.98, 1.0, -1.0, 1.1, np.nan, np.nan]
ROWS = len(CLOSED)


@pytest.mark.parametrize(("mean", "deviation"), [(0.0, 2.2), (1.5, 0.3), (-4.0, 1.0), (6.0, 3.0)])
@pytest.mark.parametrize(("error", "discount"), [(0.03, 1.0), (0.2, 0.5)])
def test_moments_are_those_of_the_product(mean, deviation, error, discount):
    rows = observations(
        np.zeros((ROWS, 2)),
        closed=CLOSED,
        error=error,
        improved=[1] * 8 + [0],
        is_literature=np.full(ROWS, discount < 1),
    )
    seen = Seen.of(rows, discount)
    found = seen.moments(np.full(ROWS, mean), np.full(ROWS, deviation**2))
    z = np.linspace(-40, 40, 400_001)
    normal = -(((z - mean) / deviation) ** 2) / 2 - np.log(deviation) - np.log(2 * np.pi) / 2
    logs = seen.log_likelihood(np.broadcast_to(z, (ROWS, len(z)))) + normal
    top = logs.max(axis=1, keepdims=True)
    mass = np.exp(logs - top)
    expected = (mass @ z) / mass.sum(axis=1)
    variance = (mass * (z - expected[:, np.newaxis]) ** 2).sum(axis=1) / mass.sum(axis=1)
    log_mass = top.ravel() + np.log(mass.sum(axis=1) * (z[1] - z[0]))
    assert found[0] == pytest.approx(log_mass, abs=0.02)
    assert found[1] == pytest.approx(expected, abs=0.02 * deviation)
    assert np.sqrt(found[2]) == pytest.approx(np.sqrt(variance), rel=0.05)


def test_a_figure_at_100_percent_stands_for_all_that_cant_be_printed():
    seen = Seen.of(observations(np.zeros((2, 2)), closed=[1.0, 0.999], error=0.1), 0.5)
    high, low = seen.log_likelihood(np.array([12.0, 12.0])), seen.log_likelihood(np.array([1.0, 1.0]))
    assert np.exp(high[0]) == pytest.approx(0.5, abs=1e-4)
    assert np.exp(low[0]) < 1e-6
    assert np.exp(high[1]) == pytest.approx(1 / (0.1 * (2 * np.pi) ** 0.5), rel=1e-3)
