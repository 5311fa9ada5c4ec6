"""Which outcomes can teach something, and what does each say?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from ligandkb.assessment.judge import Judge
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.evidence.outcomes import Application, Outcome
from ligandkb.learning.prior import Settings
from ligandkb.problems import counted
from ligandkb.rules.evaluate import Evaluation, evaluate
from ligandkb.rules.rulebook import Rulebook
from ligandkb.rules.table import Table
from ligandkb.validation.in_sample import source_of
from ligandkb.validation.judged_outcomes import judged_outcomes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ligandkb.learning.prior import Floats
    from ligandkb.storage.outcome_recordings import Recording

_Name = TypeVar("_Name", str, tuple[str, str])

CONFOUNDED = "another cause could have made the effect"
REMOVED = "the pair was taken away, not added"
NOT_COMPARED = "no effect is stated"
PRIOR_ALONE = "from the rulebook alone, without an outcome of yours"


@dataclass(frozen=True)
class Observations:
    """Outcomes as arrays of n rows, for R rules.

    Attributes
    ----------
    shares : numpy.ndarray
        Shape (n, R): share of each rule's weight that counts, 0 to 1; what isn't known counts as 0.
    closed : numpy.ndarray
        Shape (n,): part of the headroom that was closed, (after - before) / (1 - before); of a sample that lost, the
        part of its brightness that is gone, (after - before) / before. NaN where only a word is known.
    error : numpy.ndarray
        Shape (n,): standard error of that; NaN where only a word is known.
    improved : numpy.ndarray of int8
        Shape (n,): 1 if the word says improved, else 0.
    pair, batch : numpy.ndarray of int
        Shape (n,): number of the row's pair in ``pair_keys``, and of its batch in ``batch_names``.
    log_dose : numpy.ndarray
        Shape (n,): decades of dose above the mean of its kind; NaN where unknown.
    is_literature : numpy.ndarray of bool
        Shape (n,): whether the row was published, and isn't the lab's own.
    pair_keys : tuple of (str, str)
        Binding form and partner, as of :attr:`ligandkb.assessment.pairs.Pair.key`.
    batch_names, outcome_ids : tuple of str
    """

    shares: Floats
    closed: Floats
    error: Floats
    improved: NDArray[np.int8]
    pair: NDArray[np.intp]
    batch: NDArray[np.intp]
    log_dose: Floats
    is_literature: NDArray[np.bool_]
    pair_keys: tuple[tuple[str, str], ...]
    batch_names: tuple[str, ...]
    outcome_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.outcome_ids)

    @property
    def label(self) -> str:
        """Where all that follows from them is from, in words: ``from your 24 outcomes``."""
        published = int(self.is_literature.sum())
        own = len(self) - published
        if not len(self):
            return PRIOR_ALONE
        if not own:
            return f"from {counted(published, 'published outcome')}, none of yours"
        said = f"from your {counted(own, 'outcome')}"
        return f"{said} and {counted(published, 'published one')}" if published else said


@dataclass(frozen=True)
class LeftOut:
    """An outcome that teaches nothing.

    Attributes
    ----------
    outcome_id : str
    reason : str
        In words.
    """

    outcome_id: str
    reason: str


def shares_of(rulebook: Rulebook, evaluation: Evaluation) -> Floats:
    """Share of each weight that counts for each row.

    Parameters
    ----------
    rulebook : Rulebook
    evaluation : Evaluation
        Of this rulebook, over n rows.

    Returns
    -------
    numpy.ndarray
        Shape (n, R), rules with a weight in the rulebook's order: 1 where a weight counts whole, the grade of a graded
        rule, 0 where a rule is silent, unknown, or left aside for another of its exclusive group. Times the weights it
        gives the scores.
    """
    columns = []
    for number, rule in enumerate(rulebook.rules):
        if rule.weight is None:
            continue
        if rule.graded:
            columns.append(evaluation.added_by_grade(rule, number) / rule.weight)
        else:
            columns.append((evaluation.counts[number] > 0).astype(float))
    return np.column_stack(columns) if columns else np.empty((len(evaluation.score), 0))


def batches_of(recordings: Iterable[Recording]) -> dict[str, str]:
    """Name of the batch of each recorded outcome.

    Parameters
    ----------
    recordings : iterable of Recording

    Returns
    -------
    dict of str to str
        By outcome. Without ``nc_batch`` what one person recorded on one day (UTC) is taken as a batch of its own,
        whoever corrected it later.
    """

    def named(one: Recording) -> str:
        who, when = one.first or (one.recorded_by, one.recorded_at)
        return one.nc_batch or f"recorded by {who} on {when:%Y-%m-%d}"

    return {one.outcome.id: named(one) for one in recordings}


def observations_of(
    catalogue: Catalogue,
    judge: Judge,
    outcomes: Sequence[Outcome],
    *,
    batches: Mapping[str, str] | None = None,
) -> tuple[Observations, tuple[LeftOut, ...]]:
    """Arrays of the outcomes that can teach something, each pair on its own crystal.

    Parameters
    ----------
    catalogue : Catalogue
        What makes the pairs.
    judge : Judge
        Whose rules see them; vetoes play no part in it.
    outcomes : sequence of Outcome
        A lab's own, with shipped ones among them if literature is to count.
    batches : mapping of str to str, optional
        Batch of each outcome of the lab's own by its identifier, as of :func:`batches_of`. Of others the source is one.

    Returns
    -------
    observations : Observations
        In the order given.
    left_out : tuple of LeftOut
        Confounded outcomes, removals, and those that state no effect.
    """
    settings, batches = Settings(), batches or {}
    left_out = tuple(LeftOut(one.id, reason) for one in outcomes if (reason := _why_not(one)))
    judged = judged_outcomes(catalogue, [one for one in outcomes if not _why_not(one)], judge)
    kept = [one.outcome for one in judged]
    rows = Table.from_rows([one.values for one in judged])
    keys, pair = _numbered((one.binding_form_smiles, one.partner) for one in kept)
    # A lab may have given an outcome of its own the name of a shipped one.
    names, batch = _numbered(
        source_of(one) if one.is_shipped else batches.get(one.id) or source_of(one) for one in kept
    )
    figures = [closed_of(one, settings) for one in kept]
    is_literature = np.array([one.is_shipped for one in kept], dtype=bool)
    return Observations(
        shares=shares_of(judge.rulebook, evaluate(judge.rulebook, rows)),
        closed=np.array([value for value, _ in figures], dtype=float),
        error=np.array([error for _, error in figures], dtype=float),
        improved=np.array([one.improved for one in judged], dtype=np.int8),
        pair=pair,
        batch=batch,
        log_dose=_log_doses(kept, is_literature),
        is_literature=is_literature,
        pair_keys=keys,
        batch_names=names,
        outcome_ids=tuple(one.id for one in kept),
    ), left_out


def _why_not(outcome: Outcome) -> str:
    if outcome.effect is None:
        return NOT_COMPARED
    if outcome.route is Application.REMOVAL:
        return REMOVED
    return CONFOUNDED if outcome.confound else ""


def closed_of(outcome: Outcome, settings: Settings) -> tuple[float, float]:
    """Part of the headroom that an outcome closed, and its standard error.

    Parameters
    ----------
    outcome : Outcome
    settings : Settings

    Returns
    -------
    closed, error : float
        The error from those of both figures. NaN without figures before and after, and where the sample was so bright
        or so dark before that its own error is larger than what could be won or lost.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> from ligandkb.evidence.outcomes import Effect
    >>> pair = ("a", "bromide", "[Br-]", "caesium", parse_composition("CsPbBr3"), "nanocrystals")
    >>> outcome = Outcome(*pair, Application.POST_SYNTHETIC, "as_made", Effect.IMPROVED, 0.6, 0.03, 0.8, 0.03)
    >>> print("{:.2f} ± {:.2f}".format(*closed_of(outcome, Settings())))
    0.50 ± 0.08
    """
    before, after = outcome.plqy_before, outcome.plqy_after
    if before is None or after is None:
        return float("nan"), float("nan")
    errors = [
        max(settings.default_error_points / 100 if one is None else one, settings.least_error_points / 100)
        for one in (outcome.plqy_before_uncertainty, outcome.plqy_after_uncertainty)
    ]
    closed, error = closed_and_error(before, after, *errors)
    return float(closed), float(error)


def closed_and_error(
    before: Floats | float, after: Floats | float, before_error: Floats | float, after_error: Floats | float
) -> tuple[Floats, Floats]:
    """Part of the headroom that is closed, or of the brightness that is lost, with its standard error.

    Parameters
    ----------
    before, after, before_error, after_error : float or numpy.ndarray
        Fractions, of one shape.

    Returns
    -------
    closed, error : numpy.ndarray
        NaN where the room that there was is no larger than the error of the figure before.
    """
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    room = np.where(after >= before, 1 - before, before)
    with np.errstate(divide="ignore", invalid="ignore"):
        closed = (after - before) / room
        # d closed / d after = 1 / room; d closed / d before = -(1 - |closed|) / room if it gained, -(1 + closed) / room
        # if it lost, which is the same.
        error = np.hypot(after_error, (1 - np.abs(closed)) * before_error) / room
    is_known = room > before_error
    return np.where(is_known, closed, np.nan), np.where(is_known, error, np.nan)


def _numbered(names: Iterable[_Name]) -> tuple[tuple[_Name, ...], NDArray[np.intp]]:
    """Each name once, and the number of each."""
    numbers: dict[_Name, int] = {}
    places = [numbers.setdefault(name, len(numbers)) for name in names]
    return tuple(numbers), np.array(places, dtype=np.intp)


def _log_doses(outcomes: Sequence[Outcome], is_literature: NDArray[np.bool_]) -> Floats:
    """Decades of dose above the mean of its kind: per site, or per nanocrystal where only that is known."""
    doses = np.full(len(outcomes), np.nan)
    per_site = np.zeros(len(outcomes), dtype=bool)
    for row, one in enumerate(outcomes):
        if one.equivalents:
            doses[row], per_site[row] = np.log10(one.equivalents), True
        elif one.concentration_mmol_per_l and one.nc_concentration_umol_per_l:
            doses[row] = np.log10(1000 * one.concentration_mmol_per_l / one.nc_concentration_umol_per_l)
    for published in (False, True):
        for kind in (False, True):
            alike = (is_literature == published) & (per_site == kind) & ~np.isnan(doses)
            if alike.any():
                doses[alike] -= doses[alike].mean()
    return doses
