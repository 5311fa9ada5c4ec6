"""What does a laboratory look like that is made up, so that the truth about it is known?

Its pairs are the shipped ones; its rules are worth what a draw from the prior makes them worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

import ligandkb as lk
from ligandkb.assessment.verdicts import Verdict
from ligandkb.chemistry.composition import parse_composition
from ligandkb.learning.observations import Observations, closed_and_error, shares_of
from ligandkb.learning.prior import Floats, RulePrior, Settings, prior_of
from ligandkb.planning.shortlist_controls import reference_control
from ligandkb.rules.evaluate import evaluate
from ligandkb.rules.table import Table

CRYSTAL = "CsPbBr3"
START = 0.66
"""PLQY of an untreated batch: the median of the stored outcomes that print one (``plqy_before_pct``)."""
BATCH_BRIGHTNESS = 0.15
"""Standard deviation of the logarithm of a batch's PLQY."""
ERROR = 0.03
"""Standard error of each PLQY that is measured."""
BATCH_OF = 4


@dataclass(frozen=True)
class Shelf:
    """Pairs that can be tested.

    Attributes
    ----------
    prior : RulePrior
    shares : numpy.ndarray
        Shape (m, R): of each pair that is not vetoed, in the order of the ranking, and of the reference behind them.
    keys : tuple of (str, str)
        Likewise.
    """

    prior: RulePrior
    shares: Floats
    keys: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many there are beside the reference."""
        return len(self.keys) - 1

    @property
    def scores(self) -> Floats:
        """What the rulebook says of each, without the reference."""
        return np.asarray(self.shares[:-1] @ self.prior.mean)


def shipped_shelf() -> Shelf:
    """All shipped pairs that are not vetoed, on one crystal, beside oleylammonium-oleate."""
    knowledge = lk.load(db="none")
    reference = reference_control(knowledge.catalogue, knowledge.judge(), parse_composition(CRYSTAL))
    items = [
        item
        for item in knowledge.assessments(CRYSTAL)
        if item.verdict is not Verdict.VETOED and item.pair.key != reference.pair.key
    ]
    table = Table.from_rows([item.values for item in (*items, reference)])
    return Shelf(
        prior_of(knowledge.rulebook),
        shares_of(knowledge.rulebook, evaluate(knowledge.rulebook, table)),
        tuple(item.pair.key for item in (*items, reference)),
    )


@dataclass(frozen=True)
class Truth:
    """What nobody in the laboratory knows.

    Attributes
    ----------
    weights : numpy.ndarray
        Shape (R,): what each rule is worth.
    intercept, batch_effect : float
    z : numpy.ndarray
        Shape (m,): log-odds of each pair of the shelf, the reference last.
    """

    weights: Floats
    intercept: float
    batch_effect: float
    z: Floats

    @property
    def plqy(self) -> Floats:
        """What each pair makes of an average batch, the reference left aside."""
        return _treated(np.full(len(self.z) - 1, START), self.z[:-1])


def drawn_truth(
    shelf: Shelf,
    generator: np.random.Generator,
    settings: Settings,
    *,
    wider: float = 1.0,
    turned: Sequence[int] = (),
    pair_effect: float | None = None,
) -> Truth:
    """Draw a laboratory's truth from the prior.

    Parameters
    ----------
    shelf : Shelf
    generator : numpy.random.Generator
    settings : Settings
    wider : float
        Factor on the spread of the weights.
    turned : sequence of int
        Rules that are worth the opposite of what is written.
    pair_effect : float, optional
        By default the prior's median.
    """
    prior = shelf.prior
    weights = prior.mean + wider * prior.spread * generator.standard_normal(len(prior.mean))
    weights[list(turned)] = -prior.mean[list(turned)]
    intercept = settings.intercept_spread * generator.standard_normal()
    effects = (settings.pair_effect if pair_effect is None else pair_effect) * generator.standard_normal(
        len(shelf.keys)
    )
    return Truth(
        weights, float(intercept), settings.batch_effect, intercept + shelf.shares @ weights + effects
    )


@dataclass
class Laboratory:
    """A laboratory with what it has measured so far.

    Attributes
    ----------
    shelf : Shelf
    truth : Truth
    generator : numpy.random.Generator
        Of its errors and batches.
    scales_every_figure : bool
        Whether a batch's brightness is one of the instrument: a factor on the figures, not on the crystals.
    pairs, batches, closed, errors, improved : list
        One entry a row: number of the pair on the shelf and of the batch; part of the headroom that was closed.
    """

    shelf: Shelf
    truth: Truth
    generator: np.random.Generator
    scales_every_figure: bool = False
    pairs: list[int] = field(default_factory=list)
    batches: list[int] = field(default_factory=list)
    closed: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    improved: list[bool] = field(default_factory=list)

    def measure(self, chosen: Sequence[int]) -> None:
        """Test pairs on a new batch, with the reference as control; the untreated batch is measured once."""
        number = max(self.batches, default=-1) + 1
        every = np.array([*chosen, self.shelf.count])
        factor = float(np.exp(BATCH_BRIGHTNESS * self.generator.standard_normal()))
        on_crystals, on_figures = (1.0, factor) if self.scales_every_figure else (factor, 1.0)
        start = np.full(len(every), np.clip(START * on_crystals, 0.02, 0.95))
        shift = self.truth.batch_effect * self.generator.standard_normal()
        after = _treated(start, self.truth.z[every] + shift)
        seen_start = np.clip(on_figures * start + ERROR * self.generator.standard_normal(), 0.0, 1.0)
        seen = np.clip(on_figures * after + ERROR * self.generator.standard_normal(len(every)), 0.0, 1.0)
        closed, errors = closed_and_error(seen_start, seen, np.full(len(every), ERROR), ERROR)
        self.pairs += every.tolist()
        self.batches += [number] * len(every)
        self.closed += closed.tolist()
        self.errors += errors.tolist()
        self.improved += (seen > seen_start).tolist()

    def observations(self) -> Observations:
        """What it has recorded."""
        pairs = np.array(self.pairs)
        kept, pair = np.unique(pairs, return_inverse=True)
        return Observations(
            shares=self.shelf.shares[pairs],
            closed=np.array(self.closed),
            error=np.array(self.errors),
            improved=np.array(self.improved, dtype=np.int8),
            pair=pair,
            batch=np.array(self.batches),
            log_dose=np.full(len(pairs), np.nan),
            is_literature=np.zeros(len(pairs), dtype=bool),
            pair_keys=tuple(self.shelf.keys[one] for one in kept),
            batch_names=tuple(f"B{number}" for number in range(max(self.batches) + 1)),
            outcome_ids=tuple(map(str, range(len(pairs)))),
        )


def _treated(start: Floats, z: Floats) -> Floats:
    closed = np.tanh(z / 2)
    return np.asarray(start + closed * np.where(closed >= 0, 1 - start, start))
