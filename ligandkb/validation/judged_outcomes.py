"""What do the rules see of each pair that somebody measured?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from ligandkb.assessment.choosing import pairs_of
from ligandkb.assessment.judge import Judge
from ligandkb.assessment.pairs import Pair
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.finding import find
from ligandkb.catalogue.match import Match
from ligandkb.chemistry.composition import Composition
from ligandkb.descriptors.contract import Value
from ligandkb.evidence.outcomes import UNKNOWN_PARTNER, Application, Effect, Outcome
from ligandkb.missing import Known, Missing
from ligandkb.problems import UsageError
from ligandkb.validation.in_sample import source_of
from ligandkb.validation.measures import Sides

_OF_THE_PARTNER = ("partner", "pair_")
"""How the names of the columns begin that hang on the partner."""
_Added: TypeAlias = tuple[str, str, str]
"""Structures of what was added and of what binds, and the partner: what tells which pair an outcome is of."""
NOT_STATED = Missing("the source does not state the partner")


@dataclass(frozen=True)
class JudgedOutcome:
    """A measured effect beside what the rules see of its pair.

    Attributes
    ----------
    outcome : Outcome
        With an effect, and no removal.
    source : str
        What it shares with others of its source.
    values : mapping
        Columns of its pair on its crystal. Where the partner isn't stated, or no product of the catalogue makes the
        pair, what hangs on the partner is missing.
    head : str
        SMILES of the head.
    """

    outcome: Outcome
    source: str
    values: Mapping[str, Known[Value]] = field(repr=False)
    head: str

    @property
    def improved(self) -> bool:
        """Whether it improved; else it did not, or decreased."""
        return self.outcome.effect is Effect.IMPROVED


@dataclass(frozen=True)
class Basis:
    """What something is held against.

    Attributes
    ----------
    stored : int
        Outcomes that there are.
    outcomes, forms : Sides
        Those that can be judged, and the distinct binding forms among them; a form that did both counts on each side.
    confounded : int
        Outcomes among them with another possible cause.
    sources : int
        From how many they are.
    """

    stored: int
    outcomes: Sides
    forms: Sides
    confounded: int
    sources: int


def basis_of(judged: Sequence[JudgedOutcome], stored: int) -> Basis:
    """Count what something is held against, of so many stored outcomes."""
    return Basis(
        stored=stored,
        outcomes=Sides.of(one.improved for one in judged),
        forms=Sides.of(
            side for side, _ in {(one.improved, one.outcome.binding_form_smiles) for one in judged}
        ),
        confounded=sum(bool(one.outcome.confound) for one in judged),
        sources=len({one.source for one in judged}),
    )


def can_be_judged(outcome: Outcome) -> bool:
    """Whether a score can be held against an outcome: it prints an effect, and the pair was added, not removed."""
    return outcome.effect is not None and outcome.route is not Application.REMOVAL


def judged_outcomes(
    catalogue: Catalogue, outcomes: Sequence[Outcome], judge: Judge
) -> tuple[JudgedOutcome, ...]:
    """Assess the pair of every outcome that prints an effect, each on its own crystal.

    Parameters
    ----------
    catalogue : Catalogue
        What makes the pairs; a structure that it doesn't have is taken as it is.
    outcomes : sequence of Outcome
    judge : Judge

    Returns
    -------
    tuple of JudgedOutcome
        In the order given. Vetoes play no part in it: rules and scores are the same with them.
    """
    kept = [outcome for outcome in outcomes if can_be_judged(outcome)]
    # A lab measures few pairs often: each is made and judged once on each crystal.
    pair_of: dict[_Added, Pair] = {}
    by_crystal: dict[Composition, dict[_Added, None]] = {}
    for outcome in kept:
        added = _added(outcome)
        if added not in pair_of:
            pair_of[added] = _pair_of(catalogue, outcome)
        by_crystal.setdefault(outcome.composition, {})[added] = None
    seen: dict[tuple[Composition, _Added], tuple[Mapping[str, Known[Value]], str]] = {}
    for crystal, members in by_crystal.items():
        assessed = judge.assess([pair_of[added] for added in members], crystal)
        for added, item in zip(members, assessed, strict=True):
            values = item.values
            if item.pair.partner_id != added[2]:
                values = {name: _unless_of_the_partner(name, value) for name, value in values.items()}
            seen[crystal, added] = values, item.head
    return tuple(
        JudgedOutcome(outcome, source_of(outcome), *seen[outcome.composition, _added(outcome)])
        for outcome in kept
    )


def _added(outcome: Outcome) -> _Added:
    return outcome.added_as_smiles, outcome.binding_form_smiles, outcome.partner


def _unless_of_the_partner(name: str, value: Known[Value]) -> Known[Value]:
    return NOT_STATED if name.startswith(_OF_THE_PARTNER) else value


def _pair_of(catalogue: Catalogue, outcome: Outcome) -> Pair:
    """The pair as it was added where that is known, else the first in the usual view in which the form binds."""
    structures = filter(None, (outcome.added_as_smiles, outcome.binding_form_smiles))
    matches = [find(catalogue, smiles) for smiles in structures]
    for partner in (outcome.partner, None) if outcome.partner != UNKNOWN_PARTNER else (None,):
        for match in matches:
            for pair in _pairs(catalogue, match, partner):
                if pair.form.form.smiles == outcome.binding_form_smiles:
                    return pair
    return pairs_of(catalogue, matches[-1])[0]


def _pairs(catalogue: Catalogue, match: Match, partner: str | None) -> Sequence[Pair]:
    try:
        return pairs_of(catalogue, match, partner)
    except UsageError:
        return ()  # the catalogue has nothing that makes it
