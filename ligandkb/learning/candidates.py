"""Which pairs could be tested next?

What rules expect of a pair keeps none away here: that is what is to be learned. What would hurt somebody, or the
sample, does, and so does what can't be had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.order import Tier
from ligandkb.assessment.pairs import Pair
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.planning.shelf import is_at_hand, with_bottles_at_hand
from ligandkb.planning.shortlist_controls import reference_control
from ligandkb.planning.shortlist_obstacles import Kind, Obstacle, accepted_dangers, obstacles

MEASURED_ENOUGH = 3
"""Results of one pair in one lab after which it isn't proposed again: a convention. What a fourth would add to the
average of three is little beside what nobody has measured; the best pair is repeated as a control all the same."""
_NOT_WANTED = "not wanted"
_NO_DONOR = "without a donor group that is known"
_WORST = {
    Kind.VETO: "vetoed",
    Kind.DANGER: "dangerous beyond what was accepted",
    Kind.ORDER: "can't be ordered as far as is known",
    Kind.SAMPLE: "would harm the sample or not reach it",
    Kind.PROSPECT: "measured without success by others",
}


@dataclass(frozen=True)
class Candidates:
    """Pairs that could be tested next.

    Attributes
    ----------
    pairs : tuple of Assessment
        In the order given.
    known : tuple of Assessment
        Further pairs that may be weighed in, such as those measured often enough.
    reference : Assessment
        The control of every batch, oleylammonium-oleate.
    barred : mapping of (str, str) to str
        Why a pair may not be weighed in, by its key; that nobody wants it, too.
    left_out : mapping of str to int
        Pairs that can't be candidates, by the gravest reason.
    places : mapping of (str, str) to int
        1-based place of each pair in the order given, by its key.
    """

    pairs: tuple[Assessment, ...]
    known: tuple[Assessment, ...]
    reference: Assessment
    barred: Mapping[tuple[str, str], str] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Wishes:
    """What a chemist has, wants and takes.

    Attributes
    ----------
    have : collection of str
        Identifiers of the products that stand in the lab.
    in_lab : bool
        Whether only what stands in the lab is wanted.
    accept : collection of str
        Dangers to people that are taken beyond those of the reference.
    without : callable
        Tells which pairs are not wanted.
    conditions : mapping
        What a selection asks of a candidate, by what it says.
    """

    have: Collection[str] = ()
    in_lab: bool = False
    accept: Collection[str] = ()
    without: Callable[[Pair], bool] = lambda _: False
    conditions: Mapping[str, Callable[[Assessment], bool]] = field(default_factory=dict)

    def stands(self, pair: Pair) -> bool:
        """Whether all that a pair takes stands in the lab."""
        return is_at_hand(pair, self.have)


def candidates_of(
    assessments: Sequence[Assessment],
    judge: Judge,
    catalogue: Catalogue,
    composition: Composition,
    wishes: Wishes,
    *,
    measured: Mapping[tuple[str, str], int],
    learned_from: Collection[str],
) -> Candidates:
    """Find the pairs that could be tested next.

    Parameters
    ----------
    assessments : sequence of Assessment
        In the order of a ranking.
    judge : Judge
        By whom they were assessed; no veto lifted.
    catalogue : Catalogue
    composition : Composition
    wishes : Wishes
    measured : mapping of (str, str) to int
        How many results of the lab's own there are, by key of a pair.
    learned_from : collection of str
        Identifiers of the outcomes that the posterior holds. One that it doesn't hold, and that tells of no success,
        stands against its pair; one that it holds is in the prediction already.

    Returns
    -------
    Candidates

    Raises
    ------
    UsageError
        If a danger that is accepted doesn't exist, or is a veto.
    """
    reference, *every = with_bottles_at_hand(
        [reference_control(catalogue, judge, composition), *assessments],
        judge,
        catalogue,
        composition,
        wishes.have,
        wishes.without,
    )
    accepted = accepted_dangers(wishes.accept, reference, judge.rulebook.vocabulary)
    can_be_had = [item.orderable or wishes.stands(item.pair) for item in every]
    against = obstacles(every, judge, accepted, can_be_had)
    pairs, known, barred = [], [], {}
    left_out: Counter[str] = Counter()
    for item, obstacles_of_it in zip(every, against, strict=True):
        grave = [one for one in obstacles_of_it if _counts(one, item, learned_from)]
        if grave:
            left_out[_NO_DONOR if _binds_by_nothing(item, grave[0]) else _WORST[grave[0].kind]] += 1
            barred[item.pair.key] = _in_words(grave)
            continue
        if wishes.without(item.pair):
            barred[item.pair.key] = _NOT_WANTED
        reason = _not_now(item, wishes, measured, reference)
        if reason:
            left_out[reason] += 1
            known.append(item)
        else:
            pairs.append(item)
    places = {item.pair.key: place for place, item in enumerate(assessments, 1)}
    return Candidates(tuple(pairs), tuple(known), reference, barred, dict(left_out), places)


def _in_words(grave: Sequence[Obstacle]) -> str:
    """All that keeps a pair from being weighed in; a danger that can be accepted says how, but none beside a veto."""
    dangers = [one.reason for one in grave if one.kind is Kind.DANGER]
    said = [one.reason for one in grave if one.kind is not Kind.DANGER]
    if dangers and grave[0].kind is not Kind.VETO:
        said.insert(0, f"{', '.join(dangers)}: {' '.join(f'--accept {one}' for one in dangers)}")
    return "; ".join(said)


def _binds_by_nothing(item: Assessment, obstacle: Obstacle) -> bool:
    return obstacle.kind is Kind.PROSPECT and item.pair.form.form.ligand_class is LigandClass.NONE


def _counts(obstacle: Obstacle, item: Assessment, learned_from: Collection[str]) -> bool:
    if obstacle.kind is not Kind.PROSPECT or _binds_by_nothing(item, obstacle):
        return True
    failed = item.tier in (Tier.NOT_IMPROVED, Tier.DECREASED)
    return failed and not any(outcome.id in learned_from for outcome in item.evidence.outcomes)


def _not_now(
    item: Assessment, wishes: Wishes, measured: Mapping[tuple[str, str], int], reference: Assessment
) -> str:
    if item.pair.key == reference.pair.key:
        return "the reference, which is in the batch anyway"
    if measured.get(item.pair.key, 0) >= MEASURED_ENOUGH:
        return f"measured {MEASURED_ENOUGH} times or more"
    if wishes.without(item.pair):
        return _NOT_WANTED
    if wishes.in_lab and not wishes.stands(item.pair):
        return "not in the lab"
    missed = [words for words, holds in wishes.conditions.items() if not holds(item)]
    return f"not {missed[0]}" if missed else ""
