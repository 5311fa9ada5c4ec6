"""What in a structure makes an acid strong?

The terms of a linear free-energy relationship: what lies how far from the acid group, each atom damped with its
distance as induction is. Coefficients are fitted on measured pKa and stand in data/linear_free_energy.json; here is
only what they multiply. No electronegativity scale is used: fluoro-, chloro- and bromoacetic acid are about equally
strong, though the halogens are far apart on Pauling's, so each kind of atom has its own coefficient.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rdkit import Chem

from ligandkb.chemistry.outline import Outline, outline_of
from ligandkb.chemistry.remembered import remembered

DAMPING = 0.5
"""By how much one more bond weakens an atom's effect. Ours: least leave-one-out error on the carboxylic acids among
0.40, 0.50, 0.55 and 0.60, within 0.01."""
MAX_BONDS = 5
"""From the acid group; an atom there counts 1/16 of one next to it."""

_ATOM_TERMS = ("halogen", "polar", "alkyl", "unsaturated")
_HALOGENS = frozenset({9, 17, 35, 53})
_POLAR = frozenset({7, 8, 16})
_SP3 = Chem.HybridizationType.SP3
_BOND_WEIGHT = {"=": 2.0, "#": 6.0}


@dataclass(frozen=True)
class AcidFamily:
    """Acids whose strength one set of coefficients describes.

    Attributes
    ----------
    name : str
        In words.
    smarts : str
        The acid group; its first atom carries the proton.
    centre : int
        Position in the pattern of the atom from which distances are counted.
    step : int
        Which proton of a neutral acid.
    terms : tuple of str
        What its sourced values can tell apart, out of :func:`terms_of`. A halogen, polar atom or other element
        that is no term makes an acid one that the family can't judge; carbon that is no term hardly counts.
    is_base : bool
        Whether the acid is the conjugate acid of the neutral molecule.
    """

    name: str
    smarts: str
    centre: int
    terms: tuple[str, ...]
    step: int = 1
    is_base: bool = False

    @cached_property
    def pattern(self) -> Chem.Mol:
        """Compiled SMARTS."""
        return Chem.MolFromSmarts(self.smarts)


_PHOSPHONIC = "[OX2H1][PX4;$(P[#6])](=O)[OX2H1]"
FAMILIES: tuple[AcidFamily, ...] = (
    AcidFamily(
        "carboxylic acid",
        "[OX2H1][$([CX3;H1]),$([CX3][#6])]=O",
        1,
        ("halogen", "polar", "alkyl", "hydrogen bond", "ortho"),
    ),
    AcidFamily("phosphonic acid", _PHOSPHONIC, 1, ("halogen",)),
    AcidFamily("phosphonic acid, second proton", _PHOSPHONIC, 1, ("halogen",), step=2),
    AcidFamily("alkyl thiol", "[SX2H1][CX4]", 0, ("polar",)),
    AcidFamily("phenol", "[OX2H1]c1ccccc1", 0, ("halogen",)),
    AcidFamily(
        "alkylammonium",
        "[NX3;+0;!H3;!$(N[#6]=,#[O,S,N]);!$(N[#6]=[#6]);!$(N[S,P,N,O]);!$(N[a])]",
        0,
        ("polar", "unsaturated", "tertiary"),
        is_base=True,
    ),
)
"""Families with enough sourced values. Of sulfonic acids there are two values, both uncertain: unknown."""

FAMILY: Mapping[str, AcidFamily] = {family.name: family for family in FAMILIES}

_HYDROGEN_BOND = (
    # salicylic, phthalic and maleic acid: a hydroxyl that holds the carboxylate, from which the proton may have gone
    Chem.MolFromSmarts("[OX2H1,OX1-]C(=O)c:c[$([OX2H1]),$(C(=O)[OX2H1])]"),
    Chem.MolFromSmarts(r"[OX2H1,OX1-]C(=O)/[CX3]=[CX3]\C(=O)[OX2H1]"),
)
_TAKES_THE_PROTON = tuple(
    (Chem.MolFromSmarts(smarts), nitrogen)
    for smarts, nitrogen in (
        # amines and anilines, not diarylamines and not the nitrogen of amides and enamines
        ("[NX3;+0;!$(N[#6]=,#[#6,#7,#8,#16]);!$(N[S,P,N,O]);!$(N(a)a)]", (False, 3)),
        ("[nX2;+0]1ccccc1", (True, 2)),  # pyridines, not diazines
        ("[NX2;+0]=[#6X3][NX3;+0]", (False, 2)),  # guanidines, amidines
        ("[nX2;+0;r5]:[#6]:[n;H1,X3]", (True, 2)),  # imidazoles
    )
)
"""Bases, each with whether its nitrogen is aromatic, and how many connections it has."""


def sites_of(mol: Chem.Mol, family: AcidFamily) -> tuple[tuple[int, ...], ...]:
    """Acid groups of a family in a neutral molecule, each as the atoms that the pattern matched.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
    family : AcidFamily

    Returns
    -------
    tuple of tuple of int
        One entry for each acid group, however many protons it has.

    Examples
    --------
    >>> sites_of(Chem.MolFromSmiles("OC(=O)CC(=O)O"), FAMILY["carboxylic acid"])
    ((0, 1, 2), (6, 4, 5))
    """
    found = {match[family.centre]: match for match in mol.GetSubstructMatches(family.pattern)}
    return tuple(found.values())


@remembered(16384)
def takes_its_own_proton(mol: Chem.Mol) -> bool:
    """Whether a base in the molecule takes the acid's proton, so that what is measured is another equilibrium.

    Parameters
    ----------
    mol : rdkit.Chem.Mol

    Returns
    -------
    bool

    Examples
    --------
    >>> takes_its_own_proton(Chem.MolFromSmiles("NCC(=O)O")), takes_its_own_proton(Chem.MolFromSmiles("CC(=O)O"))
    (True, False)
    """
    nitrogens = {
        (kind.is_aromatic, kind.connections)
        for kind in outline_of(mol).kinds
        if kind.element == 7 and not kind.charge
    }
    return any(nitrogen in nitrogens and mol.HasSubstructMatch(base) for base, nitrogen in _TAKES_THE_PROTON)


def terms_of(mol: Chem.Mol, site: tuple[int, ...], family: AcidFamily) -> dict[str, float]:
    """What multiplies the coefficients, for one acid group.

    Parameters
    ----------
    mol : rdkit.Chem.Mol
        The neutral molecule.
    site : tuple of int
        As from :func:`sites_of`.
    family : AcidFamily

    Returns
    -------
    dict of str to float
        ``halogen``, ``polar`` (N, O, S; each bond towards the acid group counts, a double bond twice, a triple bond
        six times), ``alkyl``
        and ``unsaturated`` (carbon, sp3 and not): sums over atoms, each times :data:`DAMPING` to the power of
        its distance from the centre less one. ``other element``: the same for all that is neither. Flags, 0 or
        1: ``hydrogen bond`` (to the carboxylate, from a hydroxyl ortho or cis to it), ``ortho`` (another substituent
        or ring beside a carboxyl on an aromatic ring), ``tertiary`` (the centre has three neighbours).

    Examples
    --------
    >>> family = FAMILY["carboxylic acid"]
    >>> mol = Chem.MolFromSmiles("OC(=O)C(Cl)Cl")
    >>> terms = terms_of(mol, sites_of(mol, family)[0], family)
    >>> terms["halogen"], terms["alkyl"]
    (1.0, 1.0)
    """
    outline = outline_of(mol)
    sums, nearest = _sums(mol, outline, site, family)
    is_carboxyl = outline.kinds[site[family.centre]].element == 6
    conjugated = is_carboxyl and not all(_is_sp3(mol, outline, near) for near in nearest)
    return {
        **sums,
        "hydrogen bond": float(conjugated and _holds_the_anion(mol, outline, site)),
        "ortho": float(
            conjugated and any(_is_crowded(outline, near, site[family.centre]) for near in nearest)
        ),
        "tertiary": float(len(nearest) == 3),
    }


def _sums(
    mol: Chem.Mol, outline: Outline, site: tuple[int, ...], family: AcidFamily
) -> tuple[dict[str, float], list[int]]:
    """Terms that are sums over atoms, and the atoms bound to the centre."""
    kinds, neighbours = outline.kinds, outline.neighbours
    sums = dict.fromkeys((*_ATOM_TERMS, "other element"), 0.0)
    centre = site[family.centre]
    own = {atom for atom in site if atom == centre or kinds[atom].element != 6}
    seen, front, weight = set(own), [centre], 1.0
    for _ in range(MAX_BONDS):
        reached = dict[int, None]()
        for atom in front:
            for near, bond in zip(neighbours[atom], outline.bonds[atom], strict=True):
                if near in seen:
                    continue
                reached[near] = None
                if kinds[near].element in _POLAR:
                    sums["polar"] += _BOND_WEIGHT.get(bond, 1.0) * weight
        front = list(reached)
        for atom in front:
            kind = kinds[atom]
            if kind.element == 6 and not kind.charge:
                sums["alkyl" if kind.connections == 4 else "unsaturated"] += weight
            elif kind.element not in _POLAR:
                sums[_kind(mol, outline, atom)] += weight
        seen |= reached.keys()
        weight *= DAMPING
    return sums, [near for near in neighbours[centre] if near not in own]


def _kind(mol: Chem.Mol, outline: Outline, atom: int) -> str:
    """Term that an atom other than N, O and S counts for."""
    number = outline.kinds[atom].element
    if number == 6:
        return "alkyl" if _is_sp3(mol, outline, atom) else "unsaturated"
    return "halogen" if number in _HALOGENS else "other element"


def _is_sp3(mol: Chem.Mol, outline: Outline, atom: int) -> bool:
    kind = outline.kinds[atom]
    if kind.element == 6 and not kind.charge:
        return kind.connections == 4
    return mol.GetAtomWithIdx(atom).GetHybridization() is _SP3


def _is_crowded(outline: Outline, aryl: int, carboxyl: int) -> bool:
    """Whether a carboxyl group on an aromatic ring has a neighbour that turns it out of the ring's plane."""
    kinds, neighbours = outline.kinds, outline.neighbours
    return kinds[aryl].is_aromatic and any(
        kinds[near].is_aromatic and len(neighbours[near]) == 3
        for near in neighbours[aryl]
        if near != carboxyl
    )


def _holds_the_anion(mol: Chem.Mol, outline: Outline, site: tuple[int, ...]) -> bool:
    # A hydrogen that is drawn as an atom counts for a pattern, and isn't counted here.
    has_hydroxyl = 1 in outline.elements or any(
        kind.element == 8 and kind.hydrogens for kind in outline.kinds
    )
    return has_hydroxyl and any(
        site[1] in (match[1] for match in mol.GetSubstructMatches(pattern, useChirality=True))  # cis or trans
        for pattern in _HYDROGEN_BOND
    )
