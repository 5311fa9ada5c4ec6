"""What is predicted of a pair, what has been measured, and what would hurt?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from ligandkb.assessment.columns import OF_PAIR, SeenPair
from ligandkb.assessment.dangers import Dangers, ProductDanger, unread_text
from ligandkb.assessment.order import Tier, tier_of
from ligandkb.assessment.pair_table import pair_table
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.patterns import Pattern, Patterns
from ligandkb.assessment.protons import partner_pka
from ligandkb.assessment.references import native_halide_pair
from ligandkb.assessment.references import reference_pairs as reference_pairs_by_class
from ligandkb.assessment.selection import is_orderable
from ligandkb.assessment.verdicts import NO_KNOWN_DONOR, Reference, Verdict, not_excluded, verdict_against
from ligandkb.catalogue.known_hazards import KnownHazards
from ligandkb.catalogue.partners import Partner
from ligandkb.catalogue.solubility import SolubilityTable
from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.descriptors.aqueous import AqueousConstants
from ligandkb.descriptors.contract import Value
from ligandkb.descriptors.lead_scale import Sourced
from ligandkb.descriptors.quantum.columns import site_on
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.descriptors.registry import ligand_values
from ligandkb.descriptors.subject import Ligand
from ligandkb.evidence.agreement import Evidence, EvidenceIndex
from ligandkb.missing import Known
from ligandkb.rules.evaluate import evaluate
from ligandkb.rules.explain import RuleState, explain_row
from ligandkb.rules.rulebook import Rulebook
from ligandkb.rules.table import Table

_MOST = 16384
"""Partners whose acidity is kept, and kinds of pairs that are remembered."""


@dataclass(frozen=True)
class Safety:
    """What would hurt people or the sample.

    Attributes
    ----------
    tags : tuple of str
        Tags of the safety and sample rules that fired. No tag is not a clearance.
    vetoes : tuple of str
        Kinds of veto that hold.
    lifted : tuple of str
        Kinds of veto that hold and that the user lifted.
    not_assessed : tuple of str
        What could not be or never is assessed.
    products : tuple of ProductDanger
        What each product that can be bought for the pair brings by itself.
    dangers_to_people : tuple of str
        The tags among all that concern people.
    """

    tags: tuple[str, ...]
    vetoes: tuple[str, ...]
    lifted: tuple[str, ...]
    not_assessed: tuple[str, ...]
    products: tuple[ProductDanger, ...] = ()
    dangers_to_people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """Everything about one pair on one crystal.

    Attributes
    ----------
    pair : Pair
    composition : Composition
    verdict : Verdict
    verdict_reason : str
        Why, in words.
    score, score_low, score_high : float
        Predicted log-odds, and their range over the rules whose condition is unknown.
    reasons : tuple of str
        Titles of the rules that moved the score, with their weights.
    safety : Safety
    evidence : Evidence
    tier : Tier
        What was measured, in the order of a ranking.
    head : str
        SMILES of the head.
    orderable : bool
        Whether everything that makes it can be ordered, see :func:`~ligandkb.assessment.selection.is_orderable`.
    values : mapping
        Column values that the rules saw.
    band : int or None
        In a ranking: pairs of one band can't be told apart by evidence and prediction.
    """

    pair: Pair
    composition: Composition
    verdict: Verdict
    verdict_reason: str
    score: float
    score_low: float
    score_high: float
    reasons: tuple[str, ...]
    safety: Safety
    evidence: Evidence
    tier: Tier
    head: str
    orderable: bool
    values: Mapping[str, Known[Value]] = field(repr=False)
    band: int | None = None

    def __repr__(self) -> str:
        observed = f", observed: {self.evidence.observed}" if self.evidence.observed else ""
        tags = f", tags: {', '.join(self.safety.tags)}" if self.safety.tags else ", no tag (no clearance)"
        return (
            f"Assessment({self.pair.form.name!r} with {self.pair.partner_id!r} on {self.composition}: "
            f"{self.verdict}, {self.verdict_reason}; score {self.score:+.2f} "
            f"[{self.score_low:+.2f}, {self.score_high:+.2f}]{observed}{tags})"
        )

    def _repr_html_(self) -> str:
        # By its name: reports lie above this room, and nothing here depends on how they look.
        return str(import_module("ligandkb.reports.notebook").assessment_html(self))


@dataclass(frozen=True)
class Judge:
    """What is needed to assess pairs: rules, evidence and values.

    Attributes
    ----------
    rulebook : Rulebook
    index : EvidenceIndex
    hazards : KnownHazards
        What labels and governments say of products.
    aqueous : AqueousConstants
        Measured pKa values.
    computed : callable
        Stored quantum chemical values, from key to record.
    allow : frozenset of str
        Vetoes that the user lifts.
    solubility : SolubilityTable
        What was printed of solubility.
    offered : frozenset of str
        Identifiers of products that a lab has an offer for.
    """

    rulebook: Rulebook
    index: EvidenceIndex
    hazards: KnownHazards
    aqueous: AqueousConstants
    computed: Lookup
    allow: frozenset[str] = frozenset()
    solubility: SolubilityTable = field(default_factory=dict)
    offered: frozenset[str] = frozenset()
    _partner_pka: dict[str, Known[Sourced]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _references: dict[Composition, tuple[SeenPair, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _kinds: set[Hashable] = field(default_factory=set, init=False, repr=False, compare=False)

    def assess(self, pairs: Sequence[Pair], composition: Composition) -> tuple[Assessment, ...]:
        """Assess pairs together, in the order in which they were given.

        Parameters
        ----------
        pairs : sequence of Pair
        composition : Composition

        Returns
        -------
        tuple of Assessment
        """
        return self.assess_seen(self.seen(pairs, composition))

    def seen(self, pairs: Sequence[Pair], composition: Composition) -> tuple[SeenPair, ...]:
        """Pairs on a crystal as the rules see them; a value is worked out when somebody reads it.

        Parameters
        ----------
        pairs : sequence of Pair
        composition : Composition

        Returns
        -------
        tuple of SeenPair
        """
        site = site_on(composition)
        of_form = {
            form: ligand_values(Ligand(form, site, self.computed, self.aqueous))
            for form in dict.fromkeys(pair.form.form for pair in pairs)
        }
        return tuple(
            SeenPair(
                pair,
                composition,
                of_form[pair.form.form],
                self._dangers,
                self.computed,
                self.solubility,
                self._pka_of(pair.partner),
            )
            for pair in pairs
        )

    def work_out(self, row: SeenPair, also: Iterable[str] = ()) -> None:
        """Do all the chemistry that assessing a pair takes, so that what is left is quick and can't go wrong.

        Parameters
        ----------
        row : SeenPair
        also : iterable of str
            Columns that are read of its assessment, beside those that rules read.
        """
        of_form, of_pair = self._read_of_each
        row.form_values.several(of_form)
        row.values.several((*of_pair, *also))
        for alike, names in self._read_of_alike.items():
            kind = alike, alike(row)
            if kind not in self._kinds:
                row.values.several(names)
                if len(self._kinds) > _MOST:
                    self._kinds.clear()
                self._kinds.add(kind)
        head_of(row.pair.form.form.smiles)

    def assess_seen(self, rows: Sequence[SeenPair]) -> tuple[Assessment, ...]:
        """Assess pairs on one crystal together, in the order in which they were given.

        Parameters
        ----------
        rows : sequence of SeenPair

        Returns
        -------
        tuple of Assessment
        """
        if not rows:
            return ()
        composition = rows[0].composition
        every = [*rows, *self._reference_rows(composition)]
        evaluation = evaluate(self.rulebook, pair_table(every, self._names_read))
        low, high = evaluation.score_low.tolist(), evaluation.score_high.tolist()
        references = {
            ligand_class: Reference(_pair_name(row.pair), low[place], high[place])
            for place, (ligand_class, row) in enumerate(
                zip(reference_pairs_by_class(), every[len(rows) :], strict=True), len(rows)
            )
        }
        graded = {
            number: evaluation.added_by_grade(self.rulebook.rules[number], number).tolist()
            for number in evaluation.grades
        }
        scores = evaluation.score.tolist()
        assessments = []
        for place, (row, pattern) in enumerate(zip(rows, self._patterns.of(evaluation), strict=False)):
            pair, ends = row.pair, (low[place], high[place])
            verdict, reason = _verdict(pair, ends, pattern, references)
            head = head_of(pair.form.form.smiles)
            evidence = self.index.of(pair.form.form.smiles, head, pair.partner_id, composition)
            assessments.append(
                Assessment(
                    pair,
                    composition,
                    verdict,
                    reason,
                    scores[place],
                    *ends,
                    pattern.reasons(graded, place),
                    _safety(pattern, row.product_dangers),
                    evidence,
                    tier_of(verdict, evidence),
                    head,
                    is_orderable(pair, self.offered),
                    row.values,
                )
            )
        return tuple(assessments)

    def yardsticks(self, composition: Composition) -> tuple[Reference, ...]:
        """What a pair is held against: the references of X and L, then the native halide pair if there is one.

        Only the references enter verdicts.
        """
        native = native_halide_pair(composition)
        pairs = [*reference_pairs_by_class().values(), *([native] if native else [])]
        return tuple(
            Reference(_pair_name(item.pair), item.score_low, item.score_high)
            for item in self.assess(pairs, composition)
        )

    def truth(self, assessments: Sequence[Assessment]) -> NDArray[np.int8]:
        """Truth of every rule (rows) for assessed pairs (columns): +1 fired, 0 unknown, -1 silent."""
        return evaluate(self.rulebook, Table.from_rows([item.values for item in assessments])).truth

    def explain(self, assessment: Assessment) -> tuple[RuleState, ...]:
        """State of every rule for an assessed pair, with values and sources."""
        return explain_row(self.rulebook, Table.from_rows([assessment.values]), 0)

    def _pka_of(self, partner: Partner | None) -> Known[Sourced]:
        """Acidity of a partner, of which few differ."""
        if partner is None:
            return partner_pka(None, self.aqueous)
        if partner.id not in self._partner_pka:
            if len(self._partner_pka) > _MOST:
                self._partner_pka.clear()
            self._partner_pka[partner.id] = partner_pka(partner, self.aqueous)
        return self._partner_pka[partner.id]

    def _reference_rows(self, composition: Composition) -> tuple[SeenPair, ...]:
        if composition not in self._references:
            pairs = tuple(reference_pairs_by_class().values())
            self._references[composition] = self.seen(pairs, composition)
        return self._references[composition]

    @cached_property
    def _names_read(self) -> tuple[str, ...]:
        """Columns that rules read."""
        return tuple(sorted({name for rule in self.rulebook.rules for name in rule.columns}))

    @cached_property
    def _read_of_each(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Columns that rules read and that each form, and each pair, is asked for."""
        of_pair = OF_PAIR.by_name
        forms = tuple(name for name in self._names_read if name not in of_pair)
        return forms, tuple(
            name for name in self._names_read if name in of_pair and of_pair[name].alike is None
        )

    @cached_property
    def _read_of_alike(self) -> Mapping[Callable[[SeenPair], Hashable], tuple[str, ...]]:
        """Columns that rules read and that pairs share which are alike, by what they are alike in."""
        columns: dict[Callable[[SeenPair], Hashable], tuple[str, ...]] = {}
        for name in self._names_read:
            alike = OF_PAIR.by_name[name].alike if name in OF_PAIR.by_name else None
            if alike is not None:
                columns[alike] = (*columns.get(alike, ()), name)
        return columns

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(self.rulebook, self.allow)

    @cached_property
    def _dangers(self) -> Dangers:
        return Dangers(self.hazards, self.rulebook)


def _safety(pattern: Pattern, products: tuple[ProductDanger, ...]) -> Safety:
    return Safety(
        tags=pattern.tags,
        vetoes=pattern.vetoes,
        lifted=pattern.lifted,
        not_assessed=(
            *[unread_text(danger) for danger in products if danger.is_open],
            *pattern.not_assessed,
        ),
        products=products,
        dangers_to_people=pattern.dangers_to_people,
    )


def _verdict(
    pair: Pair,
    ends: tuple[float, float],
    pattern: Pattern,
    references: Mapping[LigandClass, Reference],
) -> tuple[Verdict, str]:
    if pattern.vetoes:
        return Verdict.VETOED, pattern.veto_reason
    if pair.form.form.ligand_class is LigandClass.NONE:
        suspected = f"{not_excluded(pattern.doubtful)}; " if pattern.doubtful else ""
        return Verdict.UNASSESSED, f"{suspected}{NO_KNOWN_DONOR}"
    ligand_class = LigandClass.L if pair.form.form.ligand_class is LigandClass.L else LigandClass.X
    return verdict_against(
        references[ligand_class],
        *ends,
        assessed=pattern.assessed,
        suspected=pattern.doubtful,
        instead=pattern.instead,
    )


def _pair_name(pair: Pair) -> str:
    return f"{pair.partner.name}-{pair.form.name}" if pair.partner else pair.form.name
