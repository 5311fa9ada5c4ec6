"""What do the outcomes of a pair say together, and which others are near?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ligandkb.chemistry.composition import Composition, halide_ions_in
from ligandkb.chemistry.heads import head_of
from ligandkb.evidence.outcomes import (
    UNKNOWN_PARTNER,
    Application,
    Effect,
    Observed,
    Outcome,
)


@dataclass(frozen=True)
class NearOutcome:
    """An outcome of another pair that may still tell something.

    Attributes
    ----------
    outcome : Outcome
    differences : tuple of str
        In what it differs from the pair in question, in words.
    """

    outcome: Outcome
    differences: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether it can speak for the pair: one difference only, and nothing that confounds it."""
        return len(self.differences) == 1 and not self.outcome.confound


@dataclass(frozen=True)
class Evidence:
    """What has been measured on a pair.

    Attributes
    ----------
    outcomes : tuple of Outcome
        Of this pair, the composition being the same or its family.
    near : tuple of NearOutcome
        Of near pairs, each with what is different.
    removals : tuple of Outcome
        In which this pair was taken away: they tell what its absence does.
    observed : Observed or None
        What ``outcomes`` say together; None if nothing was compared.
    near_observed : Observed or None
        What those near outcomes say together that differ in one thing and are not confounded.
    """

    outcomes: tuple[Outcome, ...]
    near: tuple[NearOutcome, ...]
    removals: tuple[Outcome, ...]
    observed: Observed | None
    near_observed: Observed | None


NOTHING_MEASURED = Evidence((), (), (), None, None)
"""Of nearly all that can be bought."""


def agree(effects: Iterable[Effect | None]) -> Observed | None:
    """Combine effects; "not improved" and "decreased" together read decreased, not conflict.

    Parameters
    ----------
    effects : iterable of Effect or None
        None where an outcome prints no comparison.

    Returns
    -------
    Observed or None
        None if nothing was compared.

    Examples
    --------
    >>> agree([Effect.NOT_IMPROVED, Effect.DECREASED]).value
    'decreased'
    >>> agree([Effect.IMPROVED, Effect.NOT_IMPROVED]).value
    'conflict'
    >>> agree([None]) is None
    True
    """
    found = {effect for effect in effects if effect is not None}
    if not found:
        return None
    if Effect.IMPROVED in found:
        return Observed.IMPROVED if len(found) == 1 else Observed.CONFLICT
    return Observed.DECREASED if Effect.DECREASED in found else Observed.NOT_IMPROVED


class EvidenceIndex:
    """Outcomes by binding form and by head, so that thousands of pairs are looked up quickly.

    Parameters
    ----------
    outcomes : sequence of Outcome
    """

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        self._by_form: Mapping[str, list[Outcome]] = defaultdict(list)
        self._by_head: Mapping[str, list[Outcome]] = defaultdict(list)
        self._by_id = {outcome.id: outcome for outcome in outcomes}
        for outcome in outcomes:
            self._by_form[outcome.binding_form_smiles].append(outcome)
            self._by_head[head_of_outcome(outcome)].append(outcome)

    def named(self, ids: Iterable[str]) -> tuple[Outcome, ...]:
        """The outcomes with these identifiers, in their order; without those that aren't there."""
        return tuple(self._by_id[one] for one in dict.fromkeys(ids) if one in self._by_id)

    def of(self, form_smiles: str, head_smiles: str, partner: str, composition: Composition) -> Evidence:
        """Collect the evidence on a pair.

        Parameters
        ----------
        form_smiles, head_smiles : str
            Canonical SMILES of the binding form and of its head.
        partner : str
            Identifier of the partner or ``none``.
        composition : Composition
            The crystal that was asked for.

        Returns
        -------
        Evidence

        Examples
        --------
        >>> from ligandkb.chemistry.composition import parse_composition
        >>> found = EvidenceIndex([]).of("[Br-]", "[Br-]", "caesium", parse_composition("CsPbBr3"))
        >>> found.observed is None, found.near
        (True, ())
        """
        if form_smiles not in self._by_form and head_smiles not in self._by_head:
            return NOTHING_MEASURED
        if form_smiles not in self._by_form and head_smiles not in self._by_head:
            return NOTHING_MEASURED
        exact: list[Outcome] = []
        near: list[NearOutcome] = []
        removals: list[Outcome] = []
        for outcome in self._by_form.get(form_smiles, ()):
            differences = _differences(outcome, form_smiles, partner, composition)
            if outcome.route is Application.REMOVAL:
                if not differences:
                    removals.append(outcome)
            elif differences:
                near.append(NearOutcome(outcome, tuple(differences)))
            else:
                exact.append(outcome)
        for outcome in self._by_head.get(head_smiles, ()):
            if outcome.binding_form_smiles != form_smiles and outcome.route is not Application.REMOVAL:
                differences = [
                    f"same head, {outcome.binding_form}",
                    *_differences(outcome, form_smiles, partner, composition),
                ]
                near.append(NearOutcome(outcome, tuple(differences)))
        return Evidence(
            tuple(exact),
            tuple(near),
            tuple(removals),
            agree(outcome.effect for outcome in exact),
            agree(item.outcome.effect for item in near if item.counts),
        )


def head_of_outcome(outcome: Outcome) -> str:
    """Head of the species that an outcome is about.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    str
        Canonical SMILES; a whole salt is its own head.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> pair = ("a", "butyrate", "CCCC(=O)[O-]", "caesium", parse_composition("CsPbBr3"), "nanocrystals")
    >>> head_of_outcome(Outcome(*pair, Application.POST_SYNTHETIC, "as_made", Effect.NOT_IMPROVED))
    'CC(=O)[O-]'
    """
    return head_of(outcome.binding_form_smiles)


def _differences(outcome: Outcome, form_smiles: str, partner: str, composition: Composition) -> list[str]:
    differences = []
    if outcome.partner != partner:
        known = outcome.partner != UNKNOWN_PARTNER
        differences.append(f"other partner, {outcome.partner}" if known else "partner not stated")
    if not (outcome.composition.covers(composition) or composition.covers(outcome.composition)):
        differences.append(f"other composition, {outcome.composition}")
        # Cadmium chloride on CsPbCl3 fills vacancies; on CsPbBr3 it exchanges anions: that is a second difference.
        halides = halide_ions_in(form_smiles)
        if halides and _is_own(halides, outcome.composition) != _is_own(halides, composition):
            differences.append(f"{' and '.join(sorted(halides))} is not the same to both crystals")
    return differences


def _is_own(halides: frozenset[str], composition: Composition) -> bool:
    """Whether halides heal a crystal and change nothing else; a family stands for its pure members."""
    return halides <= composition.halides and (composition.is_pure or composition.is_family)
