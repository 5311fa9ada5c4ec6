"""Where are the atoms?

Conformers come from ETKDG with a fixed seed, are relaxed by MMFF (UFF where MMFF has no parameters), ranked
by GFN2-xTB, and the best one is optimised by GFN2-xTB in the gas phase with ASE. A geometry whose bonds are
not those of the structural formula is refused: gas-phase zwitterions give their proton back, and unstable
anions fall apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from rdkit import Chem, rdBase
from rdkit.Chem import rdDistGeom, rdForceFieldHelpers, rdMolDescriptors
from rdkit.ForceField import rdForceField  # noqa: F401 - without it some releases can't hand over MMFF's parameters

from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.quantum.levels import GFN2, ComputationError
from ligandkb.descriptors.quantum.singlepoint import single_point
from ligandkb.problems import ExtraMissingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 2018
FEWEST_CONFORMERS = 4
MAX_CONFORMERS = 10
CONVERGED_FORCE_EV_PER_ANGSTROM = 0.01
MAX_STEPS = 1000
_LONGEST_BOND = 1.35
"""A bond counts as broken beyond this multiple of the sum of covalent radii."""
_SHORTEST_CONTACT_TO_H = 1.15
"""A hydrogen within this multiple of the sum of covalent radii is bound."""


@dataclass(frozen=True)
class Geometry:
    """Positions of a species' atoms.

    Attributes
    ----------
    species : str
        Canonical SMILES; the heavy atoms stand in its order, the hydrogen atoms follow.
    charge : int
        Formal charge in e.
    numbers : tuple of int
        Atomic numbers.
    positions_angstrom : tuple of tuple of float
        Cartesian coordinates in Å.
    conformers : int
        How many conformers were compared.
    """

    species: str
    charge: int
    numbers: tuple[int, ...]
    positions_angstrom: tuple[tuple[float, float, float], ...]
    conformers: int = 1


def atom_count(species: str) -> int:
    """Atoms of a species with its hydrogen atoms.

    Examples
    --------
    >>> atom_count("CC(=O)[O-]")
    7
    """
    return int(Chem.AddHs(parse(species)).GetNumAtoms())


def optimised(species: str) -> Geometry:
    """GFN2-xTB geometry of a species in the gas phase.

    Parameters
    ----------
    species : str
        Canonical SMILES of one ion or molecule.

    Returns
    -------
    Geometry

    Raises
    ------
    ComputationError, ExtraMissingError
        If no conformer can be embedded, the optimisation does not converge, or the bonds change.
    ExtraMissingError
        If tblite or ASE is not installed.
    """
    mol = _embedded(species)
    charge = int(Chem.GetFormalCharge(mol))
    numbers = [atom.GetAtomicNum() for atom in mol.GetAtoms()]
    conformers = [np.asarray(conformer.GetPositions()) for conformer in mol.GetConformers()]
    if len(numbers) == 1:
        return _geometry(species, charge, numbers, conformers[0], 1)
    if len(conformers) > 1:
        energies = [
            single_point(numbers, positions, charge=charge, unpaired=_lowest_spin(mol)).energy_ev
            for positions in conformers
        ]
        best = conformers[int(np.argmin(energies))]
    else:
        best = conformers[0]
    relaxed = relax(numbers, best, charge)
    _check_bonds(mol, relaxed)
    return _geometry(species, charge, numbers, relaxed, len(conformers))


def force_field(species: str) -> Geometry:
    """MMFF (or UFF) geometry of a species, the lowest of its conformers; for comparison only.

    Raises
    ------
    ComputationError, ExtraMissingError
        If no conformer can be embedded.
    """
    mol = _embedded(species)
    energies = [_force_field_energy(mol, conformer.GetId()) for conformer in mol.GetConformers()]
    best = list(mol.GetConformers())[int(np.argmin(energies))]
    numbers = [atom.GetAtomicNum() for atom in mol.GetAtoms()]
    charge = int(Chem.GetFormalCharge(mol))
    return _geometry(species, charge, numbers, np.asarray(best.GetPositions()), len(energies))


def relax(numbers: list[int], positions_angstrom: NDArray[np.float64], charge: int) -> NDArray[np.float64]:
    """Optimise positions by GFN2-xTB in the gas phase.

    Parameters
    ----------
    numbers : list of int
        Atomic numbers.
    positions_angstrom : ndarray of shape (n, 3)
        Start in Å.
    charge : int
        In e.

    Returns
    -------
    ndarray of shape (n, 3)
        Positions in Å at which no force exceeds 0.01 eV/Å.

    Raises
    ------
    ComputationError, ExtraMissingError
    """
    try:
        from ase import Atoms  # noqa: PLC0415
        from ase.optimize import BFGS  # noqa: PLC0415
        from tblite.ase import TBLite  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissingError(error.name or "tblite", "quantum") from error
    atoms: Any = Atoms(numbers=numbers, positions=positions_angstrom)
    unpaired = (sum(numbers) - charge) % 2
    atoms.calc = TBLite(method=GFN2, charge=charge, multiplicity=unpaired + 1, verbosity=0)
    try:
        optimiser: Any = BFGS(atoms, logfile=None)
        done = optimiser.run(fmax=CONVERGED_FORCE_EV_PER_ANGSTROM, steps=MAX_STEPS)
    except Exception as error:
        # tblite and ASE raise a dozen unrelated types when the density or a geometry diverges.
        raise ComputationError(f"geometry optimisation broke off: {_first_line(error)}") from error
    if not done:
        raise ComputationError(f"geometry not converged after {MAX_STEPS} steps")
    return np.asarray(atoms.get_positions(), dtype=np.float64)


def _embedded(species: str) -> Chem.Mol:
    mol = Chem.AddHs(parse(species))
    parameters: Any = rdDistGeom.ETKDGv3()
    parameters.randomSeed = SEED
    parameters.numThreads = 1
    rotatable = rdMolDescriptors.CalcNumRotatableBonds(mol)
    # Hydroxyl and methyl groups turn too, though RDKit doesn't count them as rotatable.
    count = min(MAX_CONFORMERS, FEWEST_CONFORMERS + 3 * rotatable) if mol.GetNumAtoms() > 2 else 1
    with rdBase.BlockLogs():
        found = list(rdDistGeom.EmbedMultipleConfs(mol, count, parameters))
        if not found:
            parameters.useRandomCoords = True
            found = list(rdDistGeom.EmbedMultipleConfs(mol, count, parameters))
        if not found:
            raise ComputationError("no conformer could be embedded")
        if mol.GetNumAtoms() > 1:
            _relax_by_force_field(mol)
    return mol


def _relax_by_force_field(mol: Chem.Mol) -> None:
    if rdForceFieldHelpers.MMFFHasAllMoleculeParams(mol):
        rdForceFieldHelpers.MMFFOptimizeMoleculeConfs(mol, numThreads=1, maxIters=2000)
    elif rdForceFieldHelpers.UFFHasAllMoleculeParams(mol):
        rdForceFieldHelpers.UFFOptimizeMoleculeConfs(mol, numThreads=1, maxIters=2000)


def _force_field_energy(mol: Chem.Mol, conformer: int) -> float:
    if rdForceFieldHelpers.MMFFHasAllMoleculeParams(mol):
        properties = rdForceFieldHelpers.MMFFGetMoleculeProperties(mol)
        return float(
            rdForceFieldHelpers.MMFFGetMoleculeForceField(mol, properties, confId=conformer).CalcEnergy()
        )
    if rdForceFieldHelpers.UFFHasAllMoleculeParams(mol):
        return float(rdForceFieldHelpers.UFFGetMoleculeForceField(mol, confId=conformer).CalcEnergy())
    return 0.0


def _lowest_spin(mol: Chem.Mol) -> int:
    electrons = sum(atom.GetAtomicNum() for atom in mol.GetAtoms()) - Chem.GetFormalCharge(mol)
    return int(electrons % 2)


def _check_bonds(mol: Chem.Mol, positions: NDArray[np.float64]) -> None:
    """Refuse a geometry whose bonds are not those of the formula."""
    table = Chem.GetPeriodicTable()
    radii = [table.GetRcovalent(atom.GetAtomicNum()) for atom in mol.GetAtoms()]
    distances = np.linalg.norm(positions[:, None] - positions[None, :], axis=-1)
    for hydrogen in (atom for atom in mol.GetAtoms() if atom.GetAtomicNum() == 1):
        own = {near.GetIdx() for near in hydrogen.GetNeighbors()} | {hydrogen.GetIdx()}
        for atom in mol.GetAtoms():
            reach = _SHORTEST_CONTACT_TO_H * (radii[atom.GetIdx()] + radii[hydrogen.GetIdx()])
            if atom.GetIdx() not in own and distances[hydrogen.GetIdx(), atom.GetIdx()] < reach:
                raise ComputationError(
                    f"not a minimum with these bonds in the gas phase: H moved to {atom.GetSymbol()}"
                )
    for bond in mol.GetBonds():
        one, other = bond.GetBeginAtomIdx(), bond.GetEndAtomIdx()
        if distances[one, other] > _LONGEST_BOND * (radii[one] + radii[other]):
            names = f"{bond.GetBeginAtom().GetSymbol()}–{bond.GetEndAtom().GetSymbol()}"
            raise ComputationError(f"not a minimum with these bonds in the gas phase: {names} broke")


def _geometry(
    species: str, charge: int, numbers: list[int], positions: NDArray[np.float64], conformers: int
) -> Geometry:
    coordinates = tuple((float(x), float(y), float(z)) for x, y, z in positions)
    return Geometry(species, charge, tuple(numbers), coordinates, conformers)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
