"""What is the energy of these atoms with this charge and spin?

GFN2-xTB and GFN1-xTB in-process through tblite; PBE0 is handed to :mod:`ligandkb.descriptors.quantum.dft`.
Open shells are spin-polarised (doi 10.1002/jcc.27185), without which triplets come out several eV too low.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ligandkb.descriptors.quantum.levels import (
    DEFAULT_LEVEL,
    HARTREE_EV,
    PBE0,
    ComputationError,
    Level,
)
from ligandkb.descriptors.quantum.state import SinglePoint
from ligandkb.problems import ExtraMissingError

if TYPE_CHECKING:
    from numpy.typing import NDArray

BOHR_ANGSTROM = 0.529177210903
"""Bohr radius in Å, CODATA 2018 (https://physics.nist.gov/cgi-bin/cuu/Value?bohrrada0)."""


def single_point(
    numbers: Sequence[int],
    positions_angstrom: Sequence[Sequence[float]] | NDArray[np.float64],
    *,
    charge: int,
    unpaired: int,
    level: Level = DEFAULT_LEVEL,
) -> SinglePoint:
    """Energy, charges and frontier levels of one electronic state.

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
    level : Level

    Returns
    -------
    SinglePoint

    Raises
    ------
    ComputationError
        If the electron density does not converge.
    ExtraMissingError
        If the program is not installed.
    """
    if level.method == PBE0:
        from ligandkb.descriptors.quantum.dft import pbe0_single_point  # noqa: PLC0415

        return pbe0_single_point(numbers, positions_angstrom, charge=charge, unpaired=unpaired)
    return _xtb(numbers, positions_angstrom, charge, unpaired, level)


def lowest_state(
    numbers: Sequence[int],
    positions_angstrom: Sequence[Sequence[float]] | NDArray[np.float64],
    *,
    charge: int,
    level: Level = DEFAULT_LEVEL,
) -> SinglePoint:
    """Find the lower of singlet and triplet, or the doublet.

    Parameters and errors as in :func:`single_point`. A multiplicity that does not converge is passed over
    as long as the other one does.
    """
    electrons = sum(numbers) - charge
    if electrons == 0:
        return SinglePoint(0.0, tuple(float(charge) for _ in numbers), float("nan"), float("nan"), charge, 0)
    spins = (1,) if electrons % 2 else (0, 2)
    found: list[SinglePoint] = []
    reasons: list[str] = []
    for unpaired in spins:
        try:
            found.append(
                single_point(numbers, positions_angstrom, charge=charge, unpaired=unpaired, level=level)
            )
        except ComputationError as error:
            reasons.append(f"{('singlet', 'doublet', 'triplet')[unpaired]}: {error}")
    if not found:
        raise ComputationError(f"charge {charge:+d}: " + "; ".join(reasons))
    return min(found, key=lambda state: state.energy_ev)


def _xtb(
    numbers: Sequence[int],
    positions_angstrom: Sequence[Sequence[float]] | NDArray[np.float64],
    charge: int,
    unpaired: int,
    level: Level,
) -> SinglePoint:
    try:
        from tblite.exceptions import TBLiteRuntimeError, TBLiteValueError  # noqa: PLC0415
        from tblite.interface import Calculator  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissingError("tblite", "quantum") from error
    positions = np.asarray(positions_angstrom, dtype=float) / BOHR_ANGSTROM
    reason = ""
    # Slower mixing rescues most densities that oscillate at the default.
    for damping, iterations in ((0.4, 250), (0.1, 1000)):
        try:
            calculator = Calculator(level.method, np.asarray(numbers), positions, charge=charge, uhf=unpaired)
            calculator.set("verbosity", 0)
            calculator.set("mixer-damping", damping)
            calculator.set("max-iter", iterations)
            if unpaired:
                calculator.add("spin-polarization", 1.0)
            if level.solvent != "gas":
                calculator.add("alpb-solvation", level.solvent)
            result = calculator.singlepoint()
            homo, lumo = _frontier(result.get("orbital-energies"), result.get("orbital-occupations"))
            return SinglePoint(
                float(result.get("energy")) * HARTREE_EV,
                tuple(float(value) for value in np.ravel(result.get("charges"))),
                homo * HARTREE_EV,
                lumo * HARTREE_EV,
                charge,
                unpaired,
            )
        except (TBLiteRuntimeError, TBLiteValueError) as error:
            reason = (str(error).strip().splitlines() or ["no reason given"])[-1][:200]
    raise ComputationError(f"electron density did not converge ({reason})")


def _frontier(energies: NDArray[np.float64], occupations: NDArray[np.float64]) -> tuple[float, float]:
    """Highest level that is at least half filled and lowest that is less, over both spins."""
    levels, filling = np.ravel(energies), np.ravel(occupations)
    full = 2.0 if np.ndim(energies) == 1 else 1.0
    occupied = levels[filling >= full / 2 - 1e-6]
    empty = levels[filling < full / 2 - 1e-6]
    return (
        float(occupied.max()) if occupied.size else float("nan"),
        float(empty.min()) if empty.size else float("nan"),
    )
