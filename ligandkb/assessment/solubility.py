"""Will the pair be in solution at 1 to 10 mM in toluene or hexane, and how is that known?

Measured where somebody printed it, else judged from structure where structure decides, else unknown. The limits are
judgements, stated in rules/solubility.yaml with what they rest on.
"""

from __future__ import annotations

from enum import StrEnum

from rdkit import Chem
from rdkit.Chem.rdMolDescriptors import CalcNumAromaticRings

from ligandkb.assessment.pairs import Pair
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.solubility import Contents, SolubilityTable, contents_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.topological import longest_chain
from ligandkb.missing import Known, Missing


class SolubleBy(StrEnum):
    """How solubility is known."""

    MEASURED = "measured"
    JUDGED = "judged"
    UNKNOWN = "unknown"


CARRIES_AN_ION_PAIR_CARBONS = 4
"""Chains that are shorter carry no ion pair into toluene."""
CARRIES_A_ZWITTERION_CARBONS = 8
"""Chains that are shorter carry no zwitterion into toluene."""
LIQUID_CHAIN_CARBONS = 8
"""A neutral liquid with so long a chain mixes with toluene."""

_NOT_DECIDED = Missing("nobody has printed it, and structure doesn't decide: add a row to solubility.csv")
_CIS_CHAIN = Chem.MolFromSmarts("[CX4;H2,H3][CX4;H2][CX4;H2]/[CH]=[CH]\\[CX4;H2]")


def pair_contents(pair: Pair) -> Contents:
    """What the pair puts into solution, in the form in which the table of solubilities has it."""
    if _is_acid_alone(pair):
        return own_contents(pair.product)
    parts = [(smiles, pair.form_count) for smiles in pair.form.form.smiles.split(".")]
    if pair.partner is not None:
        parts.append((pair.partner.smiles, pair.partner_count))
    return contents_of(parts)


def own_contents(product: Product) -> Contents:
    """What a product puts into solution by itself."""
    return contents_of((species.smiles, species.count) for species in product.species)


def _is_acid_alone(pair: Pair) -> bool:
    """Whether the proton stays in the vial, so that what dissolves is the acid as bought."""
    return pair.partner is None and pair.form.form.ligand_class is LigandClass.X


def measured_soluble(pair: Pair, table: SolubilityTable) -> bool | None:
    """Whether somebody printed that the pair dissolves; None where nobody did.

    Parameters
    ----------
    pair : Pair
    table : SolubilityTable

    Returns
    -------
    bool or None
    """
    seen = table.get(pair_contents(pair)) if table else None
    return None if seen is None else seen.in_either


def judged_soluble(pair: Pair) -> Known[bool]:
    """Judge from structure whether the pair dissolves.

    Parameters
    ----------
    pair : Pair

    Returns
    -------
    bool or Missing
        True for what carries a cis-unsaturated long chain beside organic ions, or is a long-chained neutral liquid;
        False for ion pairs and zwitterions that carry no chain; Missing where structure doesn't decide.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> [judged_soluble(kb.assess(name).pair) for name in ("oleic acid", "caesium acetate", "glycine")]
    [True, False, False]
    """
    form, partner = pair.form.form, pair.partner
    own = form.smiles.split(".")
    if (zwitterion := _zwitterion_in_the_vial(pair)) is not None:
        if _has_cis_chain(zwitterion):
            return True
        return False if longest_chain(zwitterion) < CARRIES_A_ZWITTERION_CARBONS else _NOT_DECIDED
    ions = [*own, *([partner.smiles] if partner else [])]
    if len(ions) > 1:
        return _judged_ions(ions)
    if (form.ligand_class is LigandClass.L or _is_acid_alone(pair)) and len(pair.product.species) == 1:
        smiles = pair.product.species[0].smiles
        liquid = pair.product.state_20c == "liquid" and longest_chain(smiles) >= LIQUID_CHAIN_CARBONS
        if liquid or _has_cis_chain(smiles):
            return True
    return _NOT_DECIDED


def _zwitterion_in_the_vial(pair: Pair) -> str | None:
    """The zwitterion that dissolves or doesn't; an amino acid stays one beside an amine, whichever its form."""
    form = pair.form.form
    if form.ligand_class is LigandClass.ZWITTERION:
        return form.smiles
    if form.proton_transfer is None:
        return None
    own = (named.form for named in pair.product.forms)
    return next((other.smiles for other in own if other.ligand_class is LigandClass.ZWITTERION), None)


def _judged_ions(ions: list[str]) -> Known[bool]:
    # The partner comes last; of a few partners it is known by now how long they are.
    if all(longest_chain(ion) < CARRIES_AN_ION_PAIR_CARBONS for ion in reversed(ions)) and not all(
        map(_has_ring, ions)
    ):
        return False
    if any(map(_has_cis_chain, ions)) and all(_is_organic_cation(ion) for ion in ions if "+" in ion):
        return True
    return _NOT_DECIDED


@remembered(65536)
def _has_ring(smiles: str) -> bool:
    return bool(CalcNumAromaticRings(parse(smiles)))


@remembered(65536)
def _has_cis_chain(smiles: str) -> bool:
    if "/" not in smiles and "\\" not in smiles:
        return False
    return bool(parse(smiles).HasSubstructMatch(_CIS_CHAIN, useChirality=True))


@remembered(65536)
def _is_organic_cation(smiles: str) -> bool:
    return any(atom.GetAtomicNum() == 6 for atom in parse(smiles).GetAtoms())


def solubility_of(pair: Pair, table: SolubilityTable) -> tuple[Known[bool], SolubleBy]:
    """Whether a pair dissolves, and how that is known.

    Parameters
    ----------
    pair : Pair
    table : SolubilityTable

    Returns
    -------
    bool or Missing
        Whether it dissolves.
    SolubleBy
    """
    measured = measured_soluble(pair, table)
    if measured is not None:
        return measured, SolubleBy.MEASURED
    judged = judged_soluble(pair)
    return judged, SolubleBy.JUDGED if isinstance(judged, bool) else SolubleBy.UNKNOWN
