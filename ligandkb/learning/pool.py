"""What is believed of every pair that plays a part in the choice of a batch?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.outlook import Outlook, plqy_interval
from ligandkb.learning.belief import Belief, belief_of
from ligandkb.learning.candidates import Candidates
from ligandkb.learning.observations import shares_of
from ligandkb.learning.posterior import Posterior
from ligandkb.learning.predictions import Predictions, draws, expected_plqy, predict
from ligandkb.learning.proposals import REFERENCE, REPEAT
from ligandkb.learning.so_far import SoFar
from ligandkb.learning.supposed import Supposed
from ligandkb.planning.shortlist_sentences import pair_words
from ligandkb.rules.evaluate import evaluate
from ligandkb.rules.table import Table

if TYPE_CHECKING:
    from ligandkb.learning.prior import Floats

_DRAWS = 4000


@dataclass(frozen=True)
class Pool:
    """Every pair that plays a part, as arrays.

    Attributes
    ----------
    items, keys : tuple
        Of m pairs, each once.
    predictions : Predictions
    drawn, closed : ndarray of shape (S, m)
        Joint draws of z, and of the part of the headroom that is closed.
    belief : Belief
    """

    items: tuple[Assessment, ...]
    keys: tuple[tuple[str, str], ...]
    predictions: Predictions
    drawn: Floats
    closed: Floats
    belief: Belief

    @classmethod
    def of(
        cls,
        candidates: Candidates,
        measured: Sequence[Assessment],
        posterior: Posterior,
        judge: Judge,
        seed: int,
    ) -> Pool:
        """Gather candidates, what else may be weighed in, the reference, and what was measured."""
        every = (*candidates.pairs, *candidates.known, candidates.reference, *measured)
        by_key: dict[tuple[str, str], Assessment] = {}
        for item in every:
            by_key.setdefault(item.pair.key, item)
        items, keys = tuple(by_key.values()), tuple(by_key)
        rows = Table.from_rows([item.values for item in items])
        shares = shares_of(judge.rulebook, evaluate(judge.rulebook, rows))
        drawn = draws(posterior, shares, keys, _DRAWS, seed)
        return cls(
            items,
            keys,
            predict(posterior, shares, keys),
            drawn,
            np.tanh(0.5 * drawn),
            belief_of(posterior, shares, keys),
        )

    def best_of(self, items: Collection[Assessment]) -> int | None:
        """Of some pairs the one that is expected to close most."""
        wanted = {item.pair.key for item in items}
        places = [at for at, key in enumerate(self.keys) if key in wanted]
        return max(places, key=lambda at: self.predictions.closed[at], default=None)

    def best_drawn(self, items: Collection[Assessment]) -> Floats:
        """What the best of some pairs closes in each draw, shape (S,); 0, as made, where none does better."""
        wanted = {item.pair.key for item in items}
        places = [at for at, key in enumerate(self.keys) if key in wanted]
        return np.asarray(self.closed[:, places].max(axis=1, initial=0.0))

    def controls(self, candidates: Candidates, measured: Sequence[Assessment]) -> dict[str, int]:
        """Places of the controls, by their role."""
        found = {REFERENCE: self.keys.index(candidates.reference.pair.key)}
        best = self.best_of([item for item in measured if item.pair.key not in candidates.barred])
        if best is not None and best not in found.values():
            found[REPEAT] = best
        return found

    def outlooks(self, known: SoFar, candidates: Candidates, plqy_start: float | None) -> list[Outlook]:
        """What is expected of each pair."""
        its = self.predictions
        plqy = None if plqy_start is None else expected_plqy(plqy_start, its.closed, self.closed)
        found = []
        for at, key in enumerate(self.keys):
            ends = float(its.closed_low[at]), float(its.closed_high[at])
            beyond = (
                ()
                if plqy_start is None or plqy is None
                else plqy_interval(plqy_start, float(plqy[at]), *ends)
            )
            found.append(
                Outlook(
                    float(its.probability[at]),
                    float(its.closed[at]),
                    *ends,
                    known.measured.get(key, 0),
                    candidates.places.get(key, 0),
                    None if plqy is None else float(plqy[at]),
                    *beyond,
                )
            )
        return found

    def first(self, supposed: Supposed) -> str:
        """Name of the pair that is expected to close most."""
        return pair_words(self.items[int(np.argmax(supposed.closed))])
