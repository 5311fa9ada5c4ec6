"""Does a real density functional agree?

PBE0/def2-SVPD by pyscf (extra ``[dft]``), the referee of the tight-binding values: unrestricted Kohn-Sham
at the GFN2-xTB geometry, Mulliken charges, def2 effective core potentials beyond krypton, integrals by
density fitting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ligandkb.descriptors.quantum.levels import HARTREE_EV, ComputationError
from ligandkb.descriptors.quantum.state import SinglePoint
from ligandkb.problems import ExtraMissingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BASIS = "def2-svpd"
CORE_POTENTIAL = "def2-svp"
FUNCTIONAL = "pbe0"
GRID_LEVEL = 3
CONVERGED_HARTREE = 1e-8
_FIRST_WITH_CORE_POTENTIAL = 37


def pbe0_single_point(
    numbers: Sequence[int],
    positions_angstrom: Sequence[Sequence[float]] | NDArray[np.float64],
    *,
    charge: int,
    unpaired: int,
) -> SinglePoint:
    """One electronic state by PBE0/def2-SVPD.

    Parameters
    ----------
    numbers : sequence of int
        Atomic numbers.
    positions_angstrom : array of shape (n, 3)
        Positions in Å.
    charge : int
        Total charge in e.
    unpaired : int
        Unpaired electrons.

    Returns
    -------
    SinglePoint

    Raises
    ------
    ComputationError
        If the self-consistent field does not converge, also not by a second-order solver.
    ExtraMissingError
        If pyscf is not installed.
    """
    try:
        from pyscf import dft, gto, lib  # noqa: PLC0415
        from pyscf.data import elements  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissingError("pyscf", "dft") from error
    lib.num_threads(1)
    atoms = [
        (int(number), tuple(position))
        for number, position in zip(numbers, np.asarray(positions_angstrom), strict=True)
    ]
    with_core = {elements.ELEMENTS[number] for number in numbers if number >= _FIRST_WITH_CORE_POTENTIAL}
    molecule = gto.M(
        atom=atoms,
        basis=BASIS,
        ecp=dict.fromkeys(with_core, CORE_POTENTIAL),
        charge=charge,
        spin=unpaired,
        unit="Angstrom",
        verbose=0,
    )
    field: Any = (dft.UKS(molecule) if unpaired else dft.RKS(molecule)).density_fit()
    field.xc = FUNCTIONAL
    field.grids.level = GRID_LEVEL
    field.conv_tol = CONVERGED_HARTREE
    field.max_cycle = 100
    field.kernel()
    if not field.converged:
        density = field.make_rdm1()
        field = field.newton()
        field.max_cycle = 50
        field.kernel(dm0=density)
    if not field.converged:
        raise ComputationError("the self-consistent field did not converge")
    charges = field.mulliken_pop(verbose=0)[1]
    homo, lumo = _frontier(np.ravel(field.mo_energy), np.ravel(field.mo_occ))
    return SinglePoint(
        float(field.e_tot) * HARTREE_EV,
        tuple(float(value) for value in charges),
        homo * HARTREE_EV,
        lumo * HARTREE_EV,
        charge,
        unpaired,
    )


def _frontier(energies: NDArray[np.float64], occupations: NDArray[np.float64]) -> tuple[float, float]:
    occupied, empty = energies[occupations > 0], energies[occupations == 0]
    return (
        float(occupied.max()) if occupied.size else float("nan"),
        float(empty.min()) if empty.size else float("nan"),
    )
