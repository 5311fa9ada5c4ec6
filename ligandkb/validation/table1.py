"""Does the rule set agree with Table 1, from which much of it was written?

In-sample by construction, so there are no p-values here: the rules are held beside null rules that know no
chemistry, and each entry is looked at again without the rules that were written from the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ligandkb.missing import Known
from ligandkb.validation.measures import area_under_curve


@dataclass(frozen=True)
class Entry:
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
    has_metal : bool
        Whether a metal ion (caesium, lead) is in the pair.
    chain_length_carbons, conjugate_acid_pka : float or a reason for its absence
        What the null rules read.
    confound : str
        Why the entry may say little about binding, else empty.
    head : str
        Head of the binding form.
    """

    binding_form: str
    partner: str
    improved: bool
    score: float
    above_reference: bool
    has_metal: bool
    chain_length_carbons: Known[float]
    conjugate_acid_pka: Known[float]
    confound: str
    head: str


@dataclass(frozen=True)
class Agreement:
    """How far the rules agree with Table 1. In-sample: much of the rulebook was written from it.

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


@dataclass(frozen=True)
class NullRule:
    """A rule that knows no chemistry, held against the same entries.

    Attributes
    ----------
    name : str
        What it prefers.
    improved, not_improved : int
        Entries on which it has a value.
    auc : float
        As in :class:`Agreement`.
    """

    name: str
    improved: int
    not_improved: int
    auc: float


@dataclass(frozen=True)
class LeftOut:
    """An entry judged without the rules that were written from Table 1 and that fired on it.

    Attributes
    ----------
    entry : Entry
        With all rules.
    without : tuple of str
        Identifiers of the rules that were left out.
    score : float
        Predicted log-odds without them.
    above_reference : bool
        Whether it still lies above its reference, judged by the same reduced rules.
    """

    entry: Entry
    without: tuple[str, ...]
    score: float
    above_reference: bool


def agreement(entries: Sequence[Entry]) -> Agreement:
    """Compare scores with Table 1."""
    improved = [entry for entry in entries if entry.improved]
    others = [entry for entry in entries if not entry.improved]
    return Agreement(
        improved_above=sum(entry.above_reference for entry in improved),
        improved=len(improved),
        not_improved_below=sum(not entry.above_reference for entry in others),
        not_improved=len(others),
        auc=area_under_curve([entry.score for entry in improved], [entry.score for entry in others]),
    )


_NULLS: tuple[tuple[str, Callable[[Entry], Known[float]]], ...] = (
    ("no metal in the pair", lambda entry: float(not entry.has_metal)),
    ("short chain", lambda entry: _negative(entry.chain_length_carbons)),
    ("low aqueous pKa of the conjugate acid", lambda entry: _negative(entry.conjugate_acid_pka)),
)


def null_rules(entries: Sequence[Entry]) -> tuple[NullRule, ...]:
    """Hold rules that know no chemistry against the same entries; entries without a value are left out."""
    found = []
    for name, value_of in _NULLS:
        values = [(entry.improved, value) for entry in entries if isinstance(value := value_of(entry), float)]
        positive = [value for improved, value in values if improved]
        negative = [value for improved, value in values if not improved]
        auc = area_under_curve(positive, negative)
        found.append(NullRule(name, len(positive), len(negative), auc))
    return tuple(found)


def _negative(value: Known[float]) -> Known[float]:
    return -value if isinstance(value, float) else value
