"""Which ions and molecules does a product consist of?

Nothing is stripped, neutralised or chosen as "the largest fragment": a product is split into all its
species with counts, and each species' kind follows from its charge and structure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rdkit import Chem

from ligandkb.chemistry.structure import canonical, is_metal, parse
from ligandkb.problems import StructureError


class Kind(StrEnum):
    """What a species is, from charge and structure alone."""

    ANION = "anion"
    NEUTRAL = "neutral"
    ZWITTERION = "zwitterion"
    AMMONIUM = "ammonium"
    """N-H cation: NH4+, primary to tertiary ammonium, pyridinium N-H."""
    QUATERNARY_AMMONIUM = "quaternary ammonium"
    AMIDINIUM = "amidinium"
    """Guanidinium, formamidinium and their like: charge shared by several N."""
    PHOSPHONIUM = "phosphonium"
    ALKALI = "alkali metal ion"
    METAL = "metal ion"
    OTHER_CATION = "other cation"
    WATER = "water"

    @property
    def is_cation(self) -> bool:
        """Whether a species of this kind can only be a partner, never a donor towards Pb."""
        return self in _CATIONS


_CATIONS = frozenset(
    {
        Kind.AMMONIUM,
        Kind.QUATERNARY_AMMONIUM,
        Kind.AMIDINIUM,
        Kind.PHOSPHONIUM,
        Kind.ALKALI,
        Kind.METAL,
        Kind.OTHER_CATION,
    }
)
A_SITE_KINDS = frozenset({Kind.AMMONIUM, Kind.QUATERNARY_AMMONIUM, Kind.AMIDINIUM})
"""Kinds of partner that can sit in an A site; of the alkali ions only Cs+ does."""


@dataclass(frozen=True, order=True)
class Species:
    """One ion or molecule of a product.

    Attributes
    ----------
    smiles : str
        Canonical SMILES of the charged species: its identity.
    charge : int
        Formal charge in e.
    count : int
        How many of it stand in one formula unit of the product.
    kind : Kind
        What it is.
    """

    smiles: str
    charge: int
    count: int
    kind: Kind


@lru_cache(maxsize=65536)
def split(smiles: str) -> tuple[Species, ...]:
    """Split a product into its species with counts.

    Covalently drawn metal salts (``Br[Pb]Br``) are read as the ions that they are, and a hydrohalide
    drawn as amine plus HX (``NCCc1ccccc1.I``) as the ammonium halide.

    Parameters
    ----------
    smiles : str
        SMILES of the product as bought.

    Returns
    -------
    tuple of Species
        Sorted by SMILES.

    Raises
    ------
    StructureError
        If the SMILES can't be used (see :func:`ligandkb.chemistry.structure.parse`), its charges don't
        add up to zero over several species, or a metal atom is neither an ion nor bound.

    Examples
    --------
    >>> [(s.smiles, s.count, s.kind.value) for s in split("Br[Pb]Br")]
    [('[Br-]', 2, 'anion'), ('[Pb+2]', 1, 'metal ion')]
    """
    mol = _protonate_amines(_ionise_metals(parse(smiles)))
    counts = Counter(canonical(Chem.MolToSmiles(part)) for part in Chem.GetMolFrags(mol, asMols=True))
    species = tuple(sorted(_species(text, count) for text, count in counts.items()))
    total = sum(part.charge * part.count for part in species)
    if len(species) > 1 and total:
        raise StructureError(
            f"the charges of the species add up to {total:+d}", "write every ion as often as it occurs"
        )
    return species


def formula_unit(species: tuple[Species, ...]) -> str:
    """Canonical SMILES of all species together, each as often as it occurs.

    Examples
    --------
    >>> formula_unit(split("Br[Pb]Br"))
    '[Br-].[Br-].[Pb+2]'
    """
    return ".".join(part.smiles for part in sorted(species) for _ in range(part.count))


def kind_of(smiles: str) -> Kind:
    """Kind of a single species.

    Examples
    --------
    >>> kind_of("NC(N)=[NH2+]").value, kind_of("[Cs+]").value
    ('amidinium', 'alkali metal ion')
    """
    return _kind(parse(smiles))


def _species(text: str, count: int) -> Species:
    mol = parse(text)
    if any(atom.GetNumRadicalElectrons() for atom in mol.GetAtoms()) and Chem.GetFormalCharge(mol) == 0:
        metal = next(atom.GetSymbol() for atom in mol.GetAtoms() if atom.GetNumRadicalElectrons())
        if mol.GetNumAtoms() > 1:
            raise StructureError(f"{metal} with open valences", f"write the ions, e.g. [{metal}+2].[Br-].[Br-]")
    return Species(text, Chem.GetFormalCharge(mol), count, _kind(mol))


_WATER = "O"
_ALKALI = frozenset({3, 11, 19, 37, 55, 87})
_AMIDINIUM = Chem.MolFromSmarts("[NX3;+0][#6X3;+0]=[N+;!$(N=,:[!#6])]")
_AZOLIUM = Chem.MolFromSmarts("[nX3;+0]:[#6X3]:[n+;X3]")


def _kind(mol: Chem.Mol) -> Kind:  # noqa: PLR0911 - one line for each kind reads best
    charge = Chem.GetFormalCharge(mol)
    if charge < 0:
        return Kind.ANION
    if charge == 0:
        if Chem.MolToSmiles(mol) == _WATER:
            return Kind.WATER
        return Kind.ZWITTERION if _has_separated_charges(mol) else Kind.NEUTRAL
    cationic = [atom for atom in mol.GetAtoms() if atom.GetFormalCharge() > 0]
    if mol.GetNumAtoms() == 1 and is_metal(cationic[0]):
        return Kind.ALKALI if cationic[0].GetAtomicNum() in _ALKALI else Kind.METAL
    if mol.HasSubstructMatch(_AMIDINIUM) or mol.HasSubstructMatch(_AZOLIUM):
        return Kind.AMIDINIUM
    nitrogens = [atom for atom in cationic if atom.GetAtomicNum() == 7]
    if any(atom.GetTotalNumHs() for atom in nitrogens):
        return Kind.AMMONIUM
    if nitrogens:
        return Kind.QUATERNARY_AMMONIUM
    if any(atom.GetAtomicNum() == 15 for atom in cationic):
        return Kind.PHOSPHONIUM
    return Kind.OTHER_CATION


def _has_separated_charges(mol: Chem.Mol) -> bool:
    """Tell a zwitterion from a neutral molecule whose drawing needs neighbouring charges (nitro, N-oxide)."""
    return any(
        atom.GetFormalCharge() > 0 and all(near.GetFormalCharge() >= 0 for near in atom.GetNeighbors())
        for atom in mol.GetAtoms()
    ) and any(
        atom.GetFormalCharge() < 0 and all(near.GetFormalCharge() <= 0 for near in atom.GetNeighbors())
        for atom in mol.GetAtoms()
    )


def _ionise_metals(mol: Chem.Mol) -> Chem.Mol:
    """Break metal-donor bonds heterolytically, the electrons going to the donor; metal-carbon bonds stay."""
    bonds = [
        (metal.GetIdx(), bond.GetOtherAtom(metal).GetIdx(), bond)
        for metal in mol.GetAtoms()
        if is_metal(metal)
        for bond in metal.GetBonds()
        if bond.GetOtherAtom(metal).GetAtomicNum() != 6 and not is_metal(bond.GetOtherAtom(metal))
    ]
    if not bonds:
        return mol
    edit = Chem.RWMol(mol)
    for metal, donor, bond in bonds:
        order = 0 if bond.GetBondType() == Chem.BondType.DATIVE else round(bond.GetBondTypeAsDouble())
        edit.RemoveBond(metal, donor)
        for index, shift in ((metal, order), (donor, -order)):
            atom = edit.GetAtomWithIdx(index)
            atom.SetFormalCharge(atom.GetFormalCharge() + shift)
            atom.SetNumRadicalElectrons(0)
            atom.SetNumExplicitHs(mol.GetAtomWithIdx(index).GetTotalNumHs())
            atom.SetNoImplicit(True)
    Chem.SanitizeMol(edit)
    return edit.GetMol()


_STRONG_ACIDS = tuple(
    Chem.MolFromSmarts(smarts)
    for smarts in (
        "[F,Cl,Br,I;X1H1,X0;+0]",  # hydrogen halides
        "[SX2H1][CX2]#[NX1]",  # thiocyanic acid
        "[OX2H1][SX4](=O)(=O)",  # sulfonic acids, alkyl sulfates, sulfuric acid
        "[OX2H1][NX3+](=O)[O-]",  # nitric acid
        "[OX2H1][Cl](=O)(=O)=O",  # perchloric acid
    )
)
_BASIC_NITROGEN = Chem.MolFromSmarts(
    # an sp3 amine, not next to C=O, S=O, P=O or an aromatic ring ...
    "[$([NX3;!$(N[#6]=[O,S,N]);!$(N[S,P]);!$(N[a]);!$(N[N,O])]),"
    # ... or the imine nitrogen of a guanidine or amidine
    "$([NX2]=[#6X3][NX3])]"
)


def _protonate_amines(mol: Chem.Mol) -> Chem.Mol:
    """Move the proton of a separately drawn strong acid to the amine that it was sold with."""
    fragments = Chem.GetMolFrags(mol)
    if len(fragments) < 2:
        return mol
    fragment_of = {atom: number for number, atoms in enumerate(fragments) for atom in atoms}
    acids = [
        match[0]
        for pattern in _STRONG_ACIDS
        for match in mol.GetSubstructMatches(pattern)
        if mol.GetAtomWithIdx(match[0]).GetTotalNumHs() == 1
    ]
    bases = [index for (index,) in mol.GetSubstructMatches(_BASIC_NITROGEN)]
    bases = [base for base in bases if fragment_of[base] not in {fragment_of[acid] for acid in acids}]
    if not acids or not bases:
        return mol
    edit = Chem.RWMol(mol)
    for acid, base in zip(acids, bases, strict=False):
        for index, shift in ((acid, -1), (base, +1)):
            atom = edit.GetAtomWithIdx(index)
            hydrogens = atom.GetTotalNumHs() + shift
            atom.SetFormalCharge(atom.GetFormalCharge() + shift)
            atom.SetNoImplicit(True)
            atom.SetNumExplicitHs(hydrogens)
    Chem.SanitizeMol(edit)
    return edit.GetMol()
