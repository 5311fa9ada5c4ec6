"""Which batches can be told from luck, and what does a missing control cost?

What a batch does to all of its samples shows in a pair that other batches hold, too: the reference pair,
oleylammonium-oleate, or any that was repeated. Without one a good batch looks like good ligands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ligandkb.learning.observations import Observations, closed_and_error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.prior import Floats, Settings

_USUAL_START = 0.6
"""PLQY for which the error of a control is worked out; it hardly matters between 0.3 and 0.7."""


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


def with_reference_everywhere(
    observations: Observations, reference: tuple[str, str], shares: Floats, closed: float, settings: Settings
) -> Observations:
    """The same outcomes, had every own batch held the reference pair as well.

    Parameters
    ----------
    observations : Observations
    reference : tuple of str
        Key of the reference pair.
    shares : numpy.ndarray
        Its shares of the weights, shape (R,).
    closed : float
        Part of the headroom that it is expected to close, which the added outcomes say, too: that they tell how wide
        intervals would be, and move none.
    settings : Settings

    Returns
    -------
    Observations
        The same object where no batch lacks it.
    """
    own = ~observations.is_literature
    keys = (
        observations.pair_keys
        if reference in observations.pair_keys
        else (*observations.pair_keys, reference)
    )
    pair = keys.index(reference)
    there = set(observations.batch[own & (observations.pair == pair)].tolist())
    lacking = [batch for batch in dict.fromkeys(observations.batch[own].tolist()) if batch not in there]
    if not lacking:
        return observations
    points = settings.default_error_points / 100
    after = _USUAL_START + closed * ((1 - _USUAL_START) if closed > 0 else _USUAL_START)
    _, error = closed_and_error(_USUAL_START, after, points, points)
    n = len(lacking)

    def more(values: NDArray[Any], added: object) -> NDArray[Any]:
        return np.concatenate([values, np.full(n, added, dtype=values.dtype)])

    return replace(
        observations,
        shares=np.vstack([observations.shares, np.tile(shares, (n, 1))]),
        closed=more(observations.closed, closed),
        error=more(observations.error, float(error)),
        improved=more(observations.improved, closed > 0),
        pair=more(observations.pair, pair),
        batch=np.concatenate([observations.batch, np.array(lacking, dtype=observations.batch.dtype)]),
        log_dose=more(observations.log_dose, 0.0),
        is_literature=more(observations.is_literature, False),
        pair_keys=keys,
        outcome_ids=(*observations.outcome_ids, *(f"control {number}" for number in range(n))),
    )
