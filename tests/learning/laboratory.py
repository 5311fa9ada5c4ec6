"""Rows of a made-up laboratory."""

from __future__ import annotations

import numpy as np

from ligandkb.learning.observations import Observations
from ligandkb.learning.prior import RulePrior, Settings

PRIOR = RulePrior(("for", "against"), np.array([1.151, -0.576]), np.array([1.151, 0.576]))
HELD = Settings(scale_spread=1e-6, effect_spread=1e-6)
"""Hyperparameters at their medians."""


def observations(shares, closed=None, error=0.08, improved=None, pair=None, batch=None, **others):
    """By default each row has a pair and a batch of its own."""
    shares = np.asarray(shares, dtype=float)
    rows = len(shares)
    closed = np.full(rows, np.nan) if closed is None else np.asarray(closed, dtype=float)
    improved = closed > 0 if improved is None else improved
    pair = np.arange(rows) if pair is None else np.asarray(pair)
    batch = np.arange(rows) if batch is None else np.asarray(batch)
    return Observations(
        shares=shares,
        closed=closed,
        error=np.where(np.isnan(closed), np.nan, error),
        improved=np.asarray(improved, dtype=np.int8),
        pair=pair,
        batch=batch,
        log_dose=np.asarray(others.get("log_dose", np.full(rows, np.nan))),
        is_literature=np.asarray(others.get("is_literature", np.zeros(rows, dtype=bool))),
        pair_keys=tuple((f"form {number}", "none") for number in range(pair.max() + 1)) if rows else (),
        batch_names=tuple(f"B{number}" for number in range(batch.max() + 1)) if rows else (),
        outcome_ids=tuple(f"o{number}" for number in range(rows)),
    )
