"""Which ions and molecules does a product consist of?

Nothing is stripped, neutralised or chosen as "the largest fragment": a product is split into all its
species with counts, and each species' kind follows from its charge and structure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from rdkit import Chem

from ligandkb.chemistry.elements import atoms_of
from ligandkb.chemistry.ionisation import (
    ALKALI_METALS,
    ionise_metals,
    join_metallocenes,
    join_nonmetal_halides,
    join_protons,
)
from ligandkb.chemistry.lasting import lasting
from ligandkb.chemistry.proton_shifts import transfer_protons
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import canonical, has_metal, is_metal, mass_g_per_mol, parse, written
from ligandkb.problems import StructureError


class SpeciesKind(StrEnum):
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
        SpeciesKind.AMMONIUM,
        SpeciesKind.QUATERNARY_AMMONIUM,
        SpeciesKind.AMIDINIUM,
        SpeciesKind.PHOSPHONIUM,
        SpeciesKind.ALKALI,
        SpeciesKind.METAL,
        SpeciesKind.OTHER_CATION,
    }
)
A_SITE_KINDS = frozenset({SpeciesKind.AMMONIUM, SpeciesKind.QUATERNARY_AMMONIUM, SpeciesKind.AMIDINIUM})
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
    kind : SpeciesKind
        What it is.
    """

    smiles: str
    charge: int
    count: int
    kind: SpeciesKind


@remembered(65536)
@lasting
def split(smiles: str) -> tuple[Species, ...]:
    """Split a product into its species with counts.

    Covalently drawn metal salts (``Br[Pb]Br``) are read as the ions that they are, and a hydrohalide
    drawn as amine plus HX (``NCCc1ccccc1.I``) as the ammonium halide (see
    :mod:`ligandkb.chemistry.ionisation` and :mod:`ligandkb.chemistry.proton_shifts`).

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
        add up to zero over several ions, or a metal atom is neither an ion nor bound.

    Examples
    --------
    >>> [(s.smiles, s.count, s.kind.value) for s in split("Br[Pb]Br")]
    [('[Br-]', 2, 'anion'), ('[Pb+2]', 1, 'metal ion')]
    """
    mol = parse(smiles)
    holds_metal = "[" in smiles and has_metal(mol)
    if "." not in smiles and not holds_metal:
        return (_species(canonical(smiles), 1),)
    if holds_metal:
        mol = ionise_metals(join_metallocenes(mol))
    if holds_metal or "+" in smiles:
        mol = join_protons(join_nonmetal_halides(mol))
    parts = Chem.GetMolFrags(transfer_protons(mol), asMols=True)
    # A bond to a metal may leave a radical behind, which reading finds.
    counts = Counter(canonical(Chem.MolToSmiles(part)) if holds_metal else written(part) for part in parts)
    species = tuple(sorted(_species(text, count) for text, count in counts.items()))
    if len(species) == 1 and species[0].count == 1:
        return species
    element = next((part for part in species if _is_metal_atom(part)), None)
    if element and len(species) > 1:
        raise StructureError(
            f"{element.smiles} is neither an ion nor bound",
            "write the ions of the salt, e.g. [Pb+2].[Br-].[Br-]",
        )
    total = sum(part.charge * part.count for part in species)
    if total:
        raise StructureError(
            f"the charges of the species add up to {total:+d}", "write every ion as often as it occurs"
        )
    return species


def formula_unit(species: tuple[Species, ...]) -> str:
    """Canonical SMILES of all species together, each as often as it occurs.

    Parameters
    ----------
    species : tuple of Species
        The species of one product.

    Returns
    -------
    str

    Examples
    --------
    >>> formula_unit(split("Br[Pb]Br"))
    '[Br-].[Br-].[Pb+2]'
    """
    return ".".join(part.smiles for part in sorted(species) for _ in range(part.count))


def kind_of(smiles: str) -> SpeciesKind:
    """Kind of a single species.

    Parameters
    ----------
    smiles : str
        One ion or molecule.

    Returns
    -------
    SpeciesKind

    Raises
    ------
    StructureError
        If the SMILES can't be used.

    Examples
    --------
    >>> kind_of("NC(N)=[NH2+]").value, kind_of("[Cs+]").value
    ('amidinium', 'alkali metal ion')
    """
    return _kind(parse(smiles), smiles)


def _species(text: str, count: int) -> Species:
    mol = parse(text)
    if "[" not in text:
        return Species(text, 0, count, _kind(mol, text))
    charge = Chem.GetFormalCharge(mol)
    if charge == 0 and mol.GetNumAtoms() > 1 and has_metal(mol):
        for atom in atoms_of(mol):
            if atom.GetNumRadicalElectrons():
                raise StructureError(
                    f"{atom.GetSymbol()} with open valences",
                    f"write the ions, e.g. [{atom.GetSymbol()}+2].[Br-].[Br-]",
                )
    return Species(text, charge, count, _kind(mol, text))


def _is_metal_atom(species: Species) -> bool:
    mol = parse(species.smiles)
    return species.charge == 0 and mol.GetNumAtoms() == 1 and is_metal(mol.GetAtomWithIdx(0))


def molar_mass_g_per_mol(species: tuple[Species, ...]) -> float:
    """Molar mass of one formula unit in g/mol: all ions, and crystal water.

    Parameters
    ----------
    species : tuple of Species
        What a product consists of.

    Returns
    -------
    float

    Examples
    --------
    >>> round(molar_mass_g_per_mol(split("O.Cc1ccc(cc1)S(=O)(=O)O")), 2)
    190.22
    """
    return mass_g_per_mol(parse(formula_unit(species)))


_WATER = Chem.MolFromSmarts("[OX2H2;+0]")
_CATION = Chem.MolFromSmarts("[+,+2,+3,+4]")
_AMIDINIUM = Chem.MolFromSmarts("[NX3;+0][#6X3;+0]=[N+;!$(N=,:[!#6])]")
_AZOLIUM = Chem.MolFromSmarts("[nX3;+0]:[#6X3]:[n+;X3]")


def _kind(mol: Chem.Mol, smiles: str) -> SpeciesKind:
    if "[" not in smiles:  # neither charges nor heavy hydrogen
        return SpeciesKind.WATER if smiles == "O" else SpeciesKind.NEUTRAL
    charge = Chem.GetFormalCharge(mol)
    if charge < 0:
        return SpeciesKind.ANION
    if charge == 0:
        if mol.GetNumAtoms() < 4 and mol.HasSubstructMatch(_WATER):  # heavy water, too
            return SpeciesKind.WATER
        return SpeciesKind.ZWITTERION if _has_separated_charges(mol) else SpeciesKind.NEUTRAL
    cationic = [atom for atom in atoms_of(mol) if atom.GetFormalCharge() > 0]
    if mol.GetNumAtoms() == 1 and is_metal(cationic[0]):
        return SpeciesKind.ALKALI if cationic[0].GetAtomicNum() in ALKALI_METALS else SpeciesKind.METAL
    if mol.HasSubstructMatch(_AMIDINIUM) or mol.HasSubstructMatch(_AZOLIUM):
        return SpeciesKind.AMIDINIUM
    nitrogens = [atom for atom in cationic if atom.GetAtomicNum() == 7]
    if any(atom.GetTotalNumHs(includeNeighbors=True) for atom in nitrogens):
        return SpeciesKind.AMMONIUM
    if nitrogens:
        return SpeciesKind.QUATERNARY_AMMONIUM
    if any(atom.GetAtomicNum() == 15 for atom in cationic):
        return SpeciesKind.PHOSPHONIUM
    return SpeciesKind.OTHER_CATION


@remembered(1024)
def charged_atom(smiles: str) -> tuple[int, int] | None:
    """Protons and methyl groups on the one charged nitrogen or phosphorus of a cation.

    Parameters
    ----------
    smiles : str
        Of the cation.

    Returns
    -------
    protons, methyl_groups : int
        None where no atom or more than one is charged, or where it is of another element.

    Examples
    --------
    >>> charged_atom("CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC"), charged_atom("CCCC[NH3+]"), charged_atom("[Cs+]")
    ((0, 2), (3, 0), None)
    """
    charged = [atom for atom in atoms_of(parse(smiles)) if atom.GetFormalCharge() > 0]
    if len(charged) != 1 or charged[0].GetAtomicNum() not in (7, 15):
        return None
    methyl_groups = sum(
        near.GetAtomicNum() == 6 and near.GetTotalNumHs(includeNeighbors=True) == 3
        for near in charged[0].GetNeighbors()
    )
    return charged[0].GetTotalNumHs(includeNeighbors=True), methyl_groups


def _has_separated_charges(mol: Chem.Mol) -> bool:
    """Tell a zwitterion from a neutral molecule whose drawing needs neighbouring charges (nitro, N-oxide)."""
    if not mol.HasSubstructMatch(_CATION):
        return False
    return any(
        atom.GetFormalCharge() > 0 and all(near.GetFormalCharge() >= 0 for near in atom.GetNeighbors())
        for atom in atoms_of(mol)
    ) and any(
        atom.GetFormalCharge() < 0 and all(near.GetFormalCharge() <= 0 for near in atom.GetNeighbors())
        for atom in atoms_of(mol)
    )
