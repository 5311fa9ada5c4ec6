"""Does the rule set agree with Table 1, from which much of it was written?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ScoredPair:
    """One entry of Table 1 with its prediction.

    Attributes
    ----------
    binding_form, partner : str
        The pair.
    improved : bool
        Whether it stands in the left column.
    score : float
        Predicted log-odds.
    above_reference : bool
        Whether the prediction lies above the reference pair of its class.
    """

    binding_form: str
    partner: str
    improved: bool
    score: float
    above_reference: bool


@dataclass(frozen=True)
class Agreement:
    """How far a score agrees with Table 1. In-sample: much of the rulebook was written from it.

    Attributes
    ----------
    improved_above, improved : int
        Improved pairs that are predicted above their reference, of how many.
    not_improved_below, not_improved : int
        Pairs that did not improve and are not predicted above it, of how many.
    auc : float
        Chance that an improved pair scores above one that did not improve, ties counting half.
    """

    improved_above: int
    improved: int
    not_improved_below: int
    not_improved: int
    auc: float

    def __str__(self) -> str:
        return (
            f"in-sample agreement with Table 1: {self.improved_above} of {self.improved} improved pairs are "
            f"predicted above their reference, {self.not_improved_below} of {self.not_improved} that did not "
            f"improve are not; AUC {self.auc:.2f}"
        )


def agreement(pairs: Sequence[ScoredPair]) -> Agreement:
    """Compare scores with Table 1.

    Examples
    --------
    >>> agreement([ScoredPair("a", "b", True, 1.0, True), ScoredPair("c", "b", False, 0.0, False)]).auc
    1.0
    """
    improved = [pair for pair in pairs if pair.improved]
    others = [pair for pair in pairs if not pair.improved]
    return Agreement(
        improved_above=sum(pair.above_reference for pair in improved),
        improved=len(improved),
        not_improved_below=sum(not pair.above_reference for pair in others),
        not_improved=len(others),
        auc=area_under_curve([pair.score for pair in improved], [pair.score for pair in others]),
    )


def area_under_curve(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Area under the receiver operating characteristic, ties counting half; NaN if a side is empty."""
    if not positive or not negative:
        return float("nan")
    wins = sum((a > b) + 0.5 * (a == b) for a in positive for b in negative)
    return wins / (len(positive) * len(negative))
