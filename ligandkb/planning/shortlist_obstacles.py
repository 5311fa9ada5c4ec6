"""What keeps a pair from being ordered?

Dangers first: what is refused for them is named, and nothing makes a vetoed pair come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.order import Tier
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.verdicts import Verdict
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.structure import parse
from ligandkb.problems import UsageError, counted, did_you_mean
from ligandkb.rules.evaluate import evaluate
from ligandkb.rules.table import Table
from ligandkb.rules.vocabulary import Vocabulary

HANDLED_AT_THE_BENCH = frozenset({"over-dosing", "strong-acid"})
"""Tags for the sample that don't exclude: the bench sheet handles them by dose and by what is mixed first."""
HARDLY_A_PAIR = "proton-stays"


class Kind(IntEnum):
    """Kinds of obstacle, the gravest first."""

    VETO = 0
    DANGER = 1
    ORDER = 2
    SAMPLE = 3
    PROSPECT = 4


@dataclass(frozen=True)
class Obstacle:
    """One reason not to order a pair.

    Attributes
    ----------
    kind : Kind
    reason : str
        In words.
    """

    kind: Kind
    reason: str


def accepted_dangers(accept: Iterable[str], reference: Assessment, vocabulary: Vocabulary) -> frozenset[str]:
    """Dangers to people that are taken: those that were accepted, and those of the reference.

    Oleylamine is corrosive and is weighed in for the control whatever else is ordered: that danger is on the bench
    already.

    Parameters
    ----------
    accept : iterable of str
        Tags.
    reference : Assessment
        Oleylammonium-oleate.
    vocabulary : Vocabulary

    Returns
    -------
    frozenset of str

    Raises
    ------
    UsageError
        If a tag doesn't exist, concerns no person, or is a veto.
    """
    people = {name for name, tag in vocabulary.tags.items() if tag.about == "person"} - set(vocabulary.vetoes)
    wanted = frozenset(accept)
    for name in sorted(wanted):
        if name in vocabulary.vetoes:
            raise UsageError(
                f"accept: {name!r} is a veto, and what is vetoed stands on no shortlist: leave it out"
            )
        if name not in people:
            hint = did_you_mean(name, people) or f"name one of {', '.join(sorted(people))}"
            raise UsageError(f"accept: {name!r} is no danger to people: {hint}")
    return wanted | (set(reference.safety.dangers_to_people) & people)


def obstacles(
    assessments: Sequence[Assessment], judge: Judge, accepted: frozenset[str], orderable: Sequence[bool]
) -> tuple[tuple[Obstacle, ...], ...]:
    """What stands against ordering each pair as a candidate.

    Parameters
    ----------
    assessments : sequence of Assessment
    judge : Judge
        Says which vetoes can't be excluded.
    accepted : frozenset of str
        Dangers to people that are taken.
    orderable : sequence of bool
        For each, whether its products can be bought.

    Returns
    -------
    tuple of tuple of Obstacle
        For each pair, the gravest first; empty where nothing does.
    """
    suspected = _suspected_vetoes(assessments, judge)
    return tuple(
        tuple(
            sorted(
                (
                    *_against_weighing_in(item, judge, accepted, can_be_ordered, doubts),
                    *_prospects(item),
                ),
                key=lambda one: one.kind,
            )
        )
        for item, can_be_ordered, doubts in zip(assessments, orderable, suspected, strict=True)
    )


_LEFT_OUT = {
    Kind.VETO: "{} vetoed, or suspected to be explosive or lethal",
    Kind.DANGER: "{} dangerous beyond what was accepted",
    Kind.ORDER: "{} can't be ordered as far as is known",
    Kind.SAMPLE: "{} would harm the sample or not reach it",
    Kind.PROSPECT: "{} not expected to help",
}


def nothing_left(
    assessments: Sequence[Assessment],
    conditions: Mapping[str, Callable[[Assessment], bool]],
    obstacles_of: Mapping[tuple[str, str], Sequence[Obstacle]],
) -> str:
    """Say of a panel without candidates what left out all pairs.

    Parameters
    ----------
    assessments : sequence of Assessment
        All that could have been candidates.
    conditions : mapping
        What was asked of a candidate, by what it says.
    obstacles_of : mapping
        By key of a pair.

    Returns
    -------
    str
        Of those that miss what was asked each condition counts; of the others the worst obstacle, or that they are
        controls.
    """
    missed = {words: sum(not holds(item) for item in assessments) for words, holds in conditions.items()}
    kept = [item for item in assessments if all(holds(item) for holds in conditions.values())]
    worst = [min((one.kind for one in obstacles_of[item.pair.key]), default=None) for item in kept]
    said = [f"{number} not {words}" for words, number in missed.items() if number]
    said += [words.format(worst.count(kind)) for kind, words in _LEFT_OUT.items() if kind in worst]
    said += [f"{worst.count(None)} among the controls"] if None in worst else []
    return (
        f"No candidate is left of {counted(len(assessments), 'pair')}: {'; '.join(said) or 'there is none'}."
    )


def _against_weighing_in(
    item: Assessment,
    judge: Judge,
    accepted: frozenset[str],
    can_be_ordered: bool,
    doubts: Sequence[str],
) -> tuple[Obstacle, ...]:
    """What stands against weighing a pair in, whatever is expected of it: the same for candidates and controls."""
    vocabulary, safety = judge.rulebook.vocabulary, item.safety
    found = [Obstacle(Kind.VETO, f"vetoed ({kind})") for kind in safety.vetoes]
    if doubts:
        found.append(Obstacle(Kind.VETO, f"not excluded to be {' or '.join(doubts)}"))
    for danger in safety.dangers_to_people:
        if danger in vocabulary.vetoes and danger not in safety.vetoes:
            found.append(Obstacle(Kind.VETO, f"suspected to be {danger}"))
        elif danger not in accepted and danger not in safety.vetoes:
            found.append(Obstacle(Kind.DANGER, danger))
    if not can_be_ordered:
        found.append(Obstacle(Kind.ORDER, "neither a verified CAS number nor a supplier"))
    if (unfit := _unfit_partner(item.pair)) is not None:
        found.append(Obstacle(Kind.SAMPLE, unfit))
    measured = item.tier <= Tier.IMPROVED_IN_WORDS
    for name in safety.tags:
        tag = vocabulary.tags[name]
        harms = tag.about == "sample" and name not in HANDLED_AT_THE_BENCH
        # What prediction alone may not recommend is let in by a measured rise, as in verdicts.
        if harms and not (tag.instead is not None and measured):
            found.append(Obstacle(Kind.SAMPLE, name))
    if HARDLY_A_PAIR in safety.tags:
        found.append(Obstacle(Kind.SAMPLE, HARDLY_A_PAIR))
    if item.pair.form.form.ligand_class is LigandClass.NONE:
        found.append(Obstacle(Kind.PROSPECT, "no donor group that is known"))
    return tuple(found)


def _suspected_vetoes(assessments: Sequence[Assessment], judge: Judge) -> list[tuple[str, ...]]:
    """Kinds of veto that can't be excluded for each pair; what is vetoed outright needs no suspicion."""
    if not assessments:
        return []
    vetoes = evaluate(judge.rulebook, Table.from_rows([item.values for item in assessments])).vetoes
    return [
        tuple(kind for kind, truth in vetoes.items() if truth[row] == 0) for row in range(len(assessments))
    ]


def _unfit_partner(pair: Pair) -> str | None:
    partner = pair.partner
    if partner is None:
        return None
    if partner.charge != 1:
        return f"a partner that carries {partner.charge:+d}, where what is exchanged carries one charge"
    if not any(atom.GetAtomicNum() == 6 for atom in parse(partner.smiles).GetAtoms()):
        return "a partner without a chain that would carry it into toluene or hexane"
    return None


def _prospects(item: Assessment) -> list[Obstacle]:
    if item.tier in (Tier.NOT_IMPROVED, Tier.DECREASED):
        return [Obstacle(Kind.PROSPECT, f"measured: {str(item.evidence.observed).replace('_', ' ')}")]
    if item.tier <= Tier.IMPROVED_IN_WORDS:
        return []
    if item.verdict in (Verdict.NO_BETTER, Verdict.UNASSESSED):
        return [Obstacle(Kind.PROSPECT, item.verdict_reason)]
    return []
