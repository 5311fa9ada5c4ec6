"""What do the rules predict for the entries of Table 1?

Vetoes are lifted here: the table holds a poison, and what the rules say of it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.pairs import lay_out_pairs
from ligandkb.assessment.verdicts import Verdict
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.species import SpeciesKind, split
from ligandkb.chemistry.structure import parse
from ligandkb.evidence.outcomes import Effect, Outcome
from ligandkb.missing import Known, Missing
from ligandkb.validation.by_head import TableOneHeads, table_one_heads
from ligandkb.validation.in_sample import IN_SAMPLE, without
from ligandkb.validation.table1 import Entry, LeftOut


@dataclass(frozen=True)
class TableOne:
    """Table 1, the products that make its pairs, and who judges them.

    Attributes
    ----------
    catalogue : Catalogue
    outcomes : sequence of Outcome
        All outcomes; those of Table 1 are picked out.
    judge : Judge
        With every veto lifted that can be.
    composition : Composition
        The crystal.
    """

    catalogue: Catalogue
    outcomes: Sequence[Outcome]
    judge: Judge
    composition: Composition

    def entries(self) -> tuple[Entry, ...]:
        """Entries with their predictions."""
        return tuple(self._entry(assessment) for assessment in self._assessments(self.judge))

    def heads(self) -> TableOneHeads:
        """Its X-type heads by outcome."""
        return table_one_heads(
            (outcome.binding_form_smiles, outcome.effect is Effect.IMPROVED)
            for outcome in self._outcomes().values()
        )

    def judged(self) -> tuple[tuple[Assessment, Outcome], ...]:
        """Assessed pairs, each with its entry."""
        outcomes = self._outcomes()
        return tuple((one, outcomes[one.pair.key]) for one in self._assessments(self.judge))

    def left_out(self) -> tuple[LeftOut, ...]:
        """Each entry without the rules that were written from the table and that fired on it."""
        found = []
        for assessment in self._assessments(self.judge):
            fired = tuple(
                state.rule.id
                for state in self.judge.explain(assessment)
                if state.state == "fired" and state.rule.weight and IN_SAMPLE in state.rule.derived_from
            )
            reduced = self._assessments(replace(self.judge, rulebook=without(self.judge.rulebook, fired)))
            again = next(item for item in reduced if item.pair.key == assessment.pair.key)
            above = again.verdict is Verdict.RECOMMENDED
            found.append(LeftOut(self._entry(assessment), fired, again.score, above))
        return tuple(found)

    def _outcomes(self) -> dict[tuple[str, str], Outcome]:
        return {
            (outcome.binding_form_smiles, outcome.partner): outcome
            for outcome in self.outcomes
            if outcome.is_in_table_1
        }

    def _assessments(self, judge: Judge) -> tuple[Assessment, ...]:
        keys = self._outcomes().keys()
        partners = sorted({partner for _, partner in keys})
        products = [
            product
            for product in self.catalogue.products
            if any((named.form.smiles, partner) in keys for named in product.forms for partner in partners)
        ]
        pairs = [pair for pair in lay_out_pairs(self.catalogue, products, partners) if pair.key in keys]
        return judge.assess(pairs, self.composition)

    def _entry(self, assessment: Assessment) -> Entry:
        pair = assessment.pair
        outcome = self._outcomes()[pair.key]
        kinds = [ion.kind for ion in split(pair.form.form.smiles)] + (
            [pair.partner.kind] if pair.partner else []
        )
        chain, acidity = (assessment.values[name] for name in ("chain_length_carbons", "conjugate_acid_pka"))
        if assessment.values["conjugate_acid_pka_origin"] == "predicted":
            acidity = Missing("not measured")  # a null must not lean on a model of ours
        return Entry(
            binding_form=pair.form.name,
            partner=pair.partner_id,
            improved=outcome.effect is Effect.IMPROVED,
            score=assessment.score,
            above_reference=assessment.verdict is Verdict.RECOMMENDED,
            has_metal=any(kind in (SpeciesKind.METAL, SpeciesKind.ALKALI) for kind in kinds),
            chain_length_carbons=chain if not isinstance(chain, str) else Missing(chain),
            conjugate_acid_pka=acidity if not isinstance(acidity, str) else Missing(acidity),
            confound=outcome.confound,
            head=assessment.head,
        )


def nulls_by_head(entries: Sequence[Entry]) -> Mapping[str, tuple[int, Mapping[str, float]]]:
    """What knows nothing of softness, head by head: the direction expected of improved heads, and the values.

    Parameters
    ----------
    entries : sequence of Entry

    Returns
    -------
    mapping
        From the null's name to its direction (+1, -1, or 0 for either) and its mean value on each head.
    """
    nulls: dict[str, tuple[int, Callable[[Entry], Known[float]]]] = {
        "low aqueous pKa of the conjugate acid": (-1, lambda entry: entry.conjugate_acid_pka),
        "no metal in the pair": (-1, lambda entry: float(entry.has_metal)),
        "chain length": (0, lambda entry: entry.chain_length_carbons),
        # Thought of after the comparison: a small ion is a hard one, whatever it is made of.
        "more heavy atoms in the head": (+1, lambda entry: float(parse(entry.head).GetNumHeavyAtoms())),
    }
    by_head: dict[str, tuple[int, dict[str, float]]] = {}
    for name, (direction, value_of) in nulls.items():
        values: dict[str, list[float]] = {}
        for entry in entries:
            if isinstance(value := value_of(entry), float):
                values.setdefault(entry.head, []).append(value)
        by_head[name] = (direction, {head: fmean(found) for head, found in values.items()})
    return by_head
