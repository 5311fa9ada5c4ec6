"""Which anions are reagents, not ligands?

Butyllithium, lithium diphenylphosphide and sodium amide are strong bases: they take protons from what is in the vial,
and burn in air or water. A carbanion, N- or P- is a ligand only where its charge is spread over a group that holds it.
"""

from __future__ import annotations

from rdkit import Chem

from ligandkb.chemistry.elements import elements_in
from ligandkb.chemistry.outline import AtomKind, outline_at_hand

_HOLDS_CHARGE = (
    # on nitrile, carbonyl, imine, thiocarbonyl, nitro, nitroso, sulfinyl, sulfonyl, phosphoryl
    "$(*[#6]=,#[#7,#8,#16]),$(*[#7]=[#7,#8]),$(*[#16]=[#7,#8]),$(*[#15]=[#7,#8,#16]),$(*c:n),$(*[CX2]#N),"
    # on an arene with nitro or nitrile ortho or para to it
    "$(*a:a[$([N+](=O)[O-]),$(C#N)]),$(*a:a:a:a[$([N+](=O)[O-]),$(C#N)])"
)
_REACTIVE = Chem.MolFromSmarts(
    "[$([#6,$([N,P;X0,X1,X2]);-,-2,-3;"
    "!$(*~[+,+2,+3,+4]);"  # ylides, isocyanides and N-oxides draw a charge beside its opposite
    "!$([CX1-]#[#7,#8]);!$([cX3-;r5]);!$([#6-;r5]1[#6]=[#6][#6]=[#6]1);"  # cyanide, cyclopentadienide
    f"!$([#6X3,NX1,NX2,PX2;{_HOLDS_CHARGE}])])"
    ",$([Li,Na,K,Rb,Cs,Mg,Zn]~[#6;!$(C#N)])]"  # drawn as molecules
)
# Without one of these nothing matches, and that is told much faster.
_NEGATIVE = Chem.MolFromSmarts("[-,-2,-3]")
_REACTIVE_ELEMENTS = frozenset({6, 7, 15})
_METALS_ON_CARBON = frozenset({3, 11, 19, 37, 55, 12, 30})


def is_reactive_anion(mol: Chem.Mol) -> bool:
    """Tell whether a species is such a reagent: its charge held by no group, or carbon on a metal as in a Grignard.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        One species or a product.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_reactive_anion(Chem.MolFromSmiles("[CH2-]CCC")), is_reactive_anion(Chem.MolFromSmiles("N#C[CH-]C#N"))
    (True, False)
    """
    outline = outline_at_hand(mol)
    if outline is not None:
        if outline.elements.isdisjoint(_METALS_ON_CARBON) and not any(
            map(_could_be_reactive, outline.different_kinds)
        ):
            return False
    elif not mol.HasSubstructMatch(_NEGATIVE) and _METALS_ON_CARBON.isdisjoint(elements_in(mol)):
        return False
    return bool(mol.HasSubstructMatch(_REACTIVE))


def _could_be_reactive(kind: AtomKind) -> bool:
    return kind.charge < 0 and kind.element in _REACTIVE_ELEMENTS
