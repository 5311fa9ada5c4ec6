"""What does a method tell of one electronic state?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SinglePoint:
    """One electronic state at fixed positions.

    Attributes
    ----------
    energy_ev : float
        Total energy in eV.
    charges_e : tuple of float
        Mulliken charge of each atom in e.
    homo_ev, lumo_ev : float
        Frontier orbital energies in eV, over both spins.
    charge : int
        Total charge in e.
    unpaired : int
        Unpaired electrons.
    """

    energy_ev: float
    charges_e: tuple[float, ...]
    homo_ev: float
    lumo_ev: float
    charge: int
    unpaired: int
