"""Which controls make the result mean something?

The reference of the paper, the crystal's own halide, and a pair of which nothing is expected.
"""

from __future__ import annotations

from collections.abc import Sequence

from ligandkb.assessment.judge import Assessment, Judge
from ligandkb.assessment.order import Tier
from ligandkb.assessment.pairs import NATIVE_PARTNER, lay_out_pairs
from ligandkb.assessment.references import reference_pairs
from ligandkb.assessment.verdicts import Verdict
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.chemistry.composition import HALIDE_IONS, Composition
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.species import SpeciesKind
from ligandkb.descriptors.topological import longest_chain

_OLEYL_CARBONS = 18


def reference_control(catalogue: Catalogue, judge: Judge, composition: Composition) -> Assessment:
    """Oleylammonium-oleate, from the catalogue's bottles where it has them."""
    fixed = reference_pairs()[LigandClass.X]
    pair = next(
        (
            one
            for one in lay_out_pairs(catalogue, catalogue.ligands, (NATIVE_PARTNER,))
            if one.key == fixed.key
        ),
        fixed,
    )
    return judge.assess([pair], composition)[0]


def native_halide_control(assessments: Sequence[Assessment], composition: Composition) -> Assessment | None:
    """The crystal's own halide with the alkylammonium that is nearest to oleylammonium and can be ordered.

    Parameters
    ----------
    assessments : sequence of Assessment
        Pairs against which nothing stands.
    composition : Composition

    Returns
    -------
    Assessment or None
        None for a crystal of several halides, and where none can be ordered.
    """
    if not composition.is_pure:
        return None
    own = {ion for ion, halide in HALIDE_IONS.items() if halide in composition.amounts}
    possible = [
        item for item in assessments if item.pair.form.form.smiles in own and item.pair.partner is not None
    ]
    return min(possible, key=_unlike_oleylammonium, default=None)


def expected_failure(assessments: Sequence[Assessment], reference: Assessment) -> Assessment | None:
    """A pair of which rules and measurement say that it won't brighten, harmless to weigh in.

    Parameters
    ----------
    assessments : sequence of Assessment
        Pairs that nothing forbids to weigh in, in the order of a ranking.
    reference : Assessment
        Which is another control.

    Returns
    -------
    Assessment or None
    """
    possible = [
        item
        for item in assessments
        if item.verdict is Verdict.NO_BETTER
        and item.tier >= Tier.NOTHING_OR_CONFLICT
        and item.pair.key != reference.pair.key
    ]
    return min(possible, key=_how_sure_to_fail, default=None)


def _unlike_oleylammonium(item: Assessment) -> tuple[bool, bool, int, int]:
    partner = item.pair.partner
    assert partner is not None
    return (
        partner.id != NATIVE_PARTNER,
        partner.kind is not SpeciesKind.AMMONIUM,
        len(item.safety.dangers_to_people),
        abs(longest_chain(partner.smiles) - _OLEYL_CARBONS),
    )


def _how_sure_to_fail(item: Assessment) -> tuple[bool, bool, bool, int]:
    failed_near = str(item.evidence.near_observed) in ("not_improved", "decreased")
    return (
        item.tier < Tier.NOT_IMPROVED,
        not failed_near,
        item.values.get("soluble") is not True,
        len(item.safety.dangers_to_people),
    )
