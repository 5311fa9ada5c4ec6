"""What does the prediction come to, against the reference of the same class?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """From prediction alone, against the reference of the same class."""

    RECOMMENDED = "recommended"
    UNDECIDED = "undecided"
    UNASSESSED = "unassessed"
    NO_BETTER = "no-better"
    VETOED = "vetoed"


NO_KNOWN_DONOR = (
    "no donor group that this software knows, so the rules for ligands don't apply; that is no proof that "
    "nothing in it binds"
)
NOT_EXCLUDED = "can't be excluded to be "
"""Begins the reason of a verdict where a veto is suspected: by a tag of its name, or because its rule is undecided."""
NO_RULE_SPOKE = "no rule with a weight has anything to say of it: that is neither for it nor against it"


def not_excluded(suspected: Sequence[str]) -> str:
    """Reason of a verdict where vetoes are suspected; what else is to be said follows behind a semicolon.

    Examples
    --------
    >>> not_excluded(["explosive", "lethal"])
    "can't be excluded to be explosive or lethal"
    """
    return f"{NOT_EXCLUDED}{' or '.join(suspected)}"


@dataclass(frozen=True)
class Reference:
    """The pair that a class of ligands is compared with.

    Attributes
    ----------
    name : str
        In words, e.g. ``oleylammonium-oleate``.
    score_low, score_high : float
        Its prediction, in log-odds.
    """

    name: str
    score_low: float
    score_high: float


def verdict_against(
    reference: Reference,
    low: float,
    high: float,
    *,
    assessed: bool,
    suspected: Sequence[str] = (),
    instead: Mapping[str, str] | None = None,
) -> tuple[Verdict, str]:
    """Verdict on a pair that nothing vetoes, and why.

    Parameters
    ----------
    reference : Reference
        Of its class.
    low, high : float
        Range of its score, in log-odds.
    assessed : bool
        Whether a rule with a weight fired, or could fire.
    suspected : sequence of str
        Vetoes that can't be excluded.
    instead : mapping of str to str, optional
        Verdicts that take the place of a recommendation, each with its reason.

    Returns
    -------
    verdict : Verdict
    reason : str
        In words.

    Examples
    --------
    >>> oleate = Reference("oleylammonium-oleate", 0.0, 0.0)
    >>> for low, high in ((0.4, 0.9), (-0.1, 0.9), (-0.6, 0.0)):
    ...     print(verdict_against(oleate, low, high, assessed=True)[0].value)
    recommended
    undecided
    no-better
    >>> verdict_against(oleate, 0.0, 0.0, assessed=False)[0].value
    'unassessed'
    """
    if suspected:
        return Verdict.UNDECIDED, not_excluded(suspected)
    if not assessed:
        return Verdict.UNASSESSED, next(iter(instead.values())) if instead else NO_RULE_SPOKE
    if (low, high) == (reference.score_low, reference.score_high):
        return Verdict.NO_BETTER, f"predicted no better than {reference.name}: the same score"
    if low > reference.score_high and instead:
        verdict, reason = next(iter(instead.items()))
        return Verdict(verdict), reason
    if low > reference.score_high:
        return Verdict.RECOMMENDED, f"predicted above {reference.name}"
    if high > reference.score_low:
        return Verdict.UNDECIDED, f"can't be told apart from {reference.name}: the ranges overlap"
    return Verdict.NO_BETTER, f"predicted no better than {reference.name}"
