"""Which batches can be told from luck, and what does a missing control cost?

What a batch does to all of its samples shows in a pair that other batches hold, too: the reference pair,
oleylammonium-oleate, or any that was repeated. Without one a good batch looks like good ligands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.learning.observations import Observations
from ligandkb.learning.posterior import INTERCEPT
from ligandkb.learning.supposed import USUAL_START, figure_error

if TYPE_CHECKING:
    from ligandkb.learning.posterior import Posterior
    from ligandkb.learning.prior import Floats


@dataclass(frozen=True)
class BatchControl:
    """One batch of a lab.

    Attributes
    ----------
    name : str
    outcomes, pairs : int
        What was learned from it.
    has_reference : bool
        Whether it holds the reference pair.
    repeated : int
        Pairs that another batch holds, too.
    """

    name: str
    outcomes: int
    pairs: int
    has_reference: bool
    repeated: int

    @property
    def is_controlled(self) -> bool:
        """Whether something in it tells the batch from its ligands."""
        return self.repeated > 0


def batch_controls(observations: Observations, reference: tuple[str, str]) -> tuple[BatchControl, ...]:
    """Controls of each of a lab's own batches, by name.

    Parameters
    ----------
    observations : Observations
    reference : tuple of str
        Key of the reference pair.

    Returns
    -------
    tuple of BatchControl
    """
    own = ~observations.is_literature
    batches_of_pair: dict[int, set[int]] = {}
    for pair, batch in zip(observations.pair[own].tolist(), observations.batch[own].tolist(), strict=True):
        batches_of_pair.setdefault(pair, set()).add(batch)
    found = []
    for batch in dict.fromkeys(observations.batch[own].tolist()):
        rows = own & (observations.batch == batch)
        pairs = set(observations.pair[rows].tolist())
        keys = {observations.pair_keys[pair] for pair in pairs}
        found.append(
            BatchControl(
                name=observations.batch_names[batch],
                outcomes=int(rows.sum()),
                pairs=len(pairs),
                has_reference=reference in keys,
                repeated=sum(len(batches_of_pair[pair]) > 1 for pair in pairs),
            )
        )
    return tuple(sorted(found, key=lambda one: one.name))


def narrower_with_reference(
    posterior: Posterior,
    observations: Observations,
    reference: tuple[str, str],
    shares: Floats,
    closed: float,
) -> Floats | None:
    """By which part the interval of each rule would be narrower, had every own batch held the reference pair as well.

    Conditioned on results of the reference pair in the batches that lack it, whatever they would have been;
    hyperparameters are held at their most likely values.

    Parameters
    ----------
    posterior : Posterior
    observations : Observations
        From which it is.
    reference : tuple of str
        Key of the reference pair.
    shares : numpy.ndarray
        Its shares of the weights, shape (R,).
    closed : float
        Part of the headroom that it is expected to close.

    Returns
    -------
    numpy.ndarray or None
        Shape (R,); None where no batch lacks it.
    """
    own = ~observations.is_literature
    is_reference = np.array(
        [observations.pair_keys[pair] == reference for pair in observations.pair.tolist()]
    )
    there = set(observations.batch[own & is_reference].tolist())
    lacking = [batch for batch in dict.fromkeys(observations.batch[own].tolist()) if batch not in there]
    if not lacking:
        return None
    # From which start hardly matters between 0.3 and 0.7.
    error = figure_error(np.array(closed), USUAL_START, posterior.settings.default_error_points)
    noise = (float(error) * 2 / (1 - closed**2)) ** 2  # of z: d tanh(z / 2) / dz is half of 1 - closed^2
    rules, width = len(shares), len(posterior.names)
    one = max(posterior.components, key=lambda component: component.weight)
    normal, of_pair = one.normal, one.hyperparameters.pair_effect**2
    rows = np.zeros((len(lacking), len(normal.mean)))
    rows[:, :rules] = shares
    rows[:, posterior.names.index(INTERCEPT)] = 1.0
    rows[np.arange(len(lacking)), [width + batch for batch in lacking]] = 1.0
    if reference in posterior.pair_keys:
        place = posterior.pair_keys.index(reference)
        rows -= normal.coupling[:, place]
        of_pair = normal.pair_variance[place]
    told = normal.covariance @ rows.T
    seen = rows @ told + of_pair + noise * np.eye(len(lacking))
    less = np.einsum("rk,kr->r", told[:rules], np.linalg.solve(seen, told[:rules].T))
    return np.asarray(1 - np.sqrt(1 - less / np.diagonal(normal.covariance)[:rules]))
