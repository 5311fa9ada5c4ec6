"""Does a strong acid meet its amine before it meets the nanocrystals?"""

from __future__ import annotations

from collections.abc import Sequence

from rdkit import Chem

from ligandkb.assessment.judge import Assessment
from ligandkb.chemistry.acids import ACIDS, any_of
from ligandkb.chemistry.species import formula_unit
from ligandkb.chemistry.structure import parse
from ligandkb.planning.cautions import Caution
from ligandkb.planning.reagents import Dose
from ligandkb.problems import InputError, Problem

TAG = "strong-acid"
STRONG_ACID = Chem.MolFromSmarts(f"[{any_of(kind for kind in ACIDS if kind.strong)}]")
"""Each match is a proton that a strong acid gives."""
_WHY = (
    "a strong acid that no amine has neutralised etches the nanocrystals: dodecylbenzenesulfonic acid alone "
    "degraded DDAB-capped CsPbBr3 completely (abstract, PMID 35005882)"
)


def is_strong(assessment: Assessment) -> bool:
    """Whether the pair brings an acid that has to be neutralised first."""
    return TAG in assessment.safety.tags


def refuse_free_acid(assessment: Assessment) -> None:
    """Refuse a plan in which a strong acid would reach the nanocrystals with its proton.

    Raises
    ------
    InputError
        If nothing that is weighed in takes the proton, or less than one equivalent of it.
    """
    if not is_strong(assessment):
        return
    pair, products = assessment.pair, assessment.pair.recipes[0].products
    if len(products) == 1:
        fix = "plan it with an amine, such as --partner oleylammonium, or take a salt that holds no free acid"
        raise InputError([Problem(pair.product.name, 0, 0, f"no plan is made: {_WHY}", fix)])
    protons = len(parse(formula_unit(pair.product.species)).GetSubstructMatches(STRONG_ACID))
    amines = pair.partner_count / pair.form_count
    if protons > amines:
        what = f"no plan is made: {protons} strongly acidic protons and {amines:g} amine to take them; {_WHY}"
        raise InputError([Problem(pair.product.name, 0, 0, what, "name the form that has lost all of them")])


def excess_cautions(doses: Sequence[Dose]) -> list[Caution]:
    """Say where the amine's bottle may hold less than one equivalent of the strong acid that it is weighed against."""
    ligand, *partners = doses
    return [
        Caution(
            "caution",
            f"If the rest of {one.reagent.name} is no amine, {ligand.reagent.name} is in excess and part of it stays "
            f"a free acid: dose by the amine value, or weigh in up to {short / one.milligram:.2f} times as much.",
        )
        for one in partners
        if isinstance(short := one.milligram_if_rest_inert, float)
    ]
