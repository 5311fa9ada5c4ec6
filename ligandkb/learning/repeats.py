"""Do repeats of one pair differ by more than their figures are unsure?

The model has no scatter from sample to sample. What repeats differ by is laid on their batches, and with it on every
pair that lay beside them: somebody has to be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ligandkb.learning.observations import Observations

STANDARD_ERRORS = 3.0
"""Combined standard errors by which the furthest two must differ; a convention."""


@dataclass(frozen=True)
class UnlikeRepeats:
    """The furthest two results of one pair.

    Attributes
    ----------
    low, high : str
        Identifiers of the outcomes.
    closed_low, closed_high : float
        Part of the headroom that each closed; below 0 the part of the brightness that it lost.
    """

    low: str
    high: str
    closed_low: float
    closed_high: float

    def __str__(self) -> str:
        """In words: which outcomes, and what each closed or lost."""
        return (
            f"Results of one pair differ by more than their errors: {self.low} {_did(self.closed_low)}, {self.high} "
            f"{_did(self.closed_high)}. Samples are taken to scatter by their errors alone, so that this is laid on "
            "their batches: what is said of pairs beside them is less sure than its interval. Measure the pair again; "
            "withdraw a result only if something went wrong with it at the bench."
        )


def _did(closed: float) -> str:
    if closed < 0:
        return f"lost {-100 * closed:.0f} % of the brightness"
    return f"closed {100 * closed:.0f} % of the headroom"


def unlike_repeats(observations: Observations) -> tuple[UnlikeRepeats, ...]:
    """Own pairs whose results with figures differ by more than three standard errors.

    Parameters
    ----------
    observations : Observations

    Returns
    -------
    tuple of UnlikeRepeats
        In the order in which the pairs were met.
    """
    found = []
    seen = ~observations.is_literature & ~np.isnan(observations.closed)
    for pair in range(len(observations.pair_keys)):
        rows = np.flatnonzero(seen & (observations.pair == pair))
        if len(rows) < 2:
            continue
        low, high = rows[observations.closed[rows].argmin()], rows[observations.closed[rows].argmax()]
        apart = float(observations.closed[high] - observations.closed[low])
        if apart > STANDARD_ERRORS * hypot(observations.error[low], observations.error[high]):
            ids, closed = observations.outcome_ids, observations.closed
            found.append(UnlikeRepeats(ids[low], ids[high], float(closed[low]), float(closed[high])))
    return tuple(found)
