"""What is predicted of a pair, what has been measured, and what would hurt?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from ligandkb.assessment.columns import pair_values
from ligandkb.assessment.dangers import ProductDanger, dangers_of, is_statement, unread_text
from ligandkb.assessment.order import Tier, tier_of
from ligandkb.assessment.pair_on_crystal import PairOnCrystal
from ligandkb.assessment.pairs import Pair
from ligandkb.assessment.protons import partner_pka
from ligandkb.assessment.references import native_halide_pair
from ligandkb.assessment.references import reference_pairs as reference_pairs_by_class
from ligandkb.assessment.selection import is_orderable
from ligandkb.assessment.verdicts import NO_KNOWN_DONOR, Reference, Verdict, verdict_against
from ligandkb.catalogue.known_hazards import KnownHazards
from ligandkb.catalogue.solubility import SolubilityTable
from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.descriptors.aqueous import AqueousConstants
from ligandkb.descriptors.contract import Value
from ligandkb.descriptors.quantum.columns import site_on
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.descriptors.registry import ligand_values
from ligandkb.descriptors.subject import Ligand
from ligandkb.evidence.agreement import Evidence, EvidenceIndex
from ligandkb.missing import Known
from ligandkb.rules.evaluate import Evaluation, evaluate
from ligandkb.rules.explain import RuleState, explain_row
from ligandkb.rules.rulebook import Rulebook
from ligandkb.rules.table import Table

NOT_ASSESSED = (
    "toxicity and reactivity beyond the structural alerts listed in docs/safety.md",
    "the safety data sheet of the product as bought",
)
"""What no row is ever cleared of."""


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
        if not pairs:
            return ()
        reference_pairs = list(reference_pairs_by_class().items())
        every = [*pairs, *(pair for _, pair in reference_pairs)]
        site = site_on(composition)
        of_form = {
            form: ligand_values(Ligand(form, site, self.computed, self.aqueous))
            for form in dict.fromkeys(pair.form.form for pair in every)
        }
        of_partner = {
            partner: partner_pka(partner, self.aqueous)
            for partner in dict.fromkeys(pair.partner for pair in every)
        }
        rows = [
            pair_values(
                PairOnCrystal(
                    pair,
                    composition,
                    of_form[pair.form.form],
                    self.hazards,
                    self.computed,
                    self.solubility,
                    of_partner[pair.partner],
                )
            )
            for pair in every
        ]
        evaluation = evaluate(self.rulebook, Table.from_rows(rows))
        references = {
            ligand_class: Reference(
                _pair_name(pair),
                float(evaluation.score_low[len(pairs) + position]),
                float(evaluation.score_high[len(pairs) + position]),
            )
            for position, (ligand_class, pair) in enumerate(reference_pairs)
        }
        products = {
            product.id: product for pair in pairs for recipe in pair.recipes for product in recipe.products
        }
        dangers = dangers_of(products.values(), self.hazards, self.rulebook)
        return tuple(
            self._assessment(position, pair, composition, rows[position], evaluation, references, dangers)
            for position, pair in enumerate(pairs)
        )

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

    def _assessment(
        self,
        row: int,
        pair: Pair,
        composition: Composition,
        values: Mapping[str, Known[Value]],
        evaluation: Evaluation,
        references: Mapping[LigandClass, Reference],
        dangers: Mapping[str, ProductDanger],
    ) -> Assessment:
        low, high = float(evaluation.score_low[row]), float(evaluation.score_high[row])
        bought = dict.fromkeys(product.id for recipe in pair.recipes for product in recipe.products)
        safety, doubtful = self._safety(row, evaluation, tuple(dangers[product] for product in bought))
        assessed = bool((evaluation.counts[:, row] >= 0).any())
        verdict, reason = self._verdict(pair, (low, high), assessed, safety, doubtful, references)
        head = head_of(pair.form.form.smiles)
        evidence = self.index.of(pair.form.form.smiles, head, pair.partner_id, composition)
        return Assessment(
            pair=pair,
            composition=composition,
            verdict=verdict,
            verdict_reason=reason,
            score=float(evaluation.score[row]),
            score_low=low,
            score_high=high,
            reasons=self._reasons(row, evaluation),
            safety=safety,
            evidence=evidence,
            tier=tier_of(verdict, evidence),
            head=head,
            orderable=is_orderable(pair, self.offered),
            values=values,
        )

    def _safety(
        self, row: int, evaluation: Evaluation, products: tuple[ProductDanger, ...]
    ) -> tuple[Safety, tuple[str, ...]]:
        holding = [kind for kind, truth in evaluation.vetoes.items() if truth[row] > 0]
        # A tag that bears a veto's name says that the danger is suspected, though nobody is sure enough to veto.
        tags = tuple(tag for tag, truth in evaluation.tags.items() if truth[row] > 0)
        suspected = set(tags) - set(holding)
        doubtful = tuple(
            kind for kind, truth in evaluation.vetoes.items() if truth[row] == 0 or kind in suspected
        )
        vocabulary = self.rulebook.vocabulary
        lifted = [kind for kind in holding if vocabulary.vetoes[kind].lifted_by in self.allow]
        unknown = [
            *(unread_text(danger) for danger in products if danger.is_open),
            *(f"{tag}: not known for this pair" for tag in self._unknown_dangers(row, evaluation)),
        ]
        return (
            Safety(
                tags=tags,
                vetoes=tuple(kind for kind in holding if kind not in lifted),
                lifted=tuple(lifted),
                not_assessed=(*unknown, *NOT_ASSESSED),
                products=products,
                dangers_to_people=tuple(tag for tag in tags if vocabulary.tags[tag].about == "person"),
            ),
            doubtful,
        )

    def _unknown_dangers(self, row: int, evaluation: Evaluation) -> list[str]:
        """Dangers to people that no rule established and one could not decide, and not for want of a label."""
        tags = self.rulebook.vocabulary.tags
        undecided = dict.fromkeys(
            rule.tag
            for position, rule in enumerate(self.rulebook.rules)
            if rule.tag is not None
            and tags[rule.tag].about == "person"
            and evaluation.truth[position, row] == 0
            and not all(map(is_statement, rule.when.columns))
        )
        return [tag for tag in undecided if tag is not None and evaluation.tags[tag][row] <= 0]

    def _verdict(
        self,
        pair: Pair,
        ends: tuple[float, float],
        assessed: bool,
        safety: Safety,
        doubtful: tuple[str, ...],
        references: Mapping[LigandClass, Reference],
    ) -> tuple[Verdict, str]:
        if safety.vetoes:
            vetoes = self.rulebook.vocabulary.vetoes
            # Where one veto can't be lifted, nobody needs to hear how to lift the others.
            final = [kind for kind in safety.vetoes if vetoes[kind].lifted_by is None]
            return Verdict.VETOED, "; ".join(vetoes[kind].meaning for kind in final or safety.vetoes)
        if pair.form.form.ligand_class is LigandClass.NONE:
            return Verdict.UNASSESSED, NO_KNOWN_DONOR
        ligand_class = LigandClass.L if pair.form.form.ligand_class is LigandClass.L else LigandClass.X
        tags = self.rulebook.vocabulary.tags
        instead = {
            verdict: f"not recommended from prediction alone: {tags[tag].meaning}"
            for tag in safety.tags
            if (verdict := tags[tag].instead) is not None
        }
        return verdict_against(
            references[ligand_class], *ends, assessed=assessed, suspected=doubtful, instead=instead
        )

    def _reasons(self, row: int, evaluation: Evaluation) -> tuple[str, ...]:
        fired = [
            (number, self.rulebook.rules[number])
            for number in np.flatnonzero(evaluation.truth[:, row] > 0).tolist()
        ]
        added = {rule.id: evaluation.added(rule, number, row)[0] for number, rule in fired}
        weighted = sorted(
            (rule for _, rule in fired if rule.weight), key=lambda rule: (-abs(added[rule.id]), rule.id)
        )
        return (
            *(f"{rule.title} (veto: {rule.veto})" for _, rule in fired if rule.veto),
            *(f"{rule.title} ({added[rule.id]:+.1f})" for rule in weighted),
        )


def _pair_name(pair: Pair) -> str:
    return f"{pair.partner.name}-{pair.form.name}" if pair.partner else pair.form.name
