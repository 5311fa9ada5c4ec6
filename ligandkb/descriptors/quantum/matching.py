"""How well do a ligand and under-coordinated lead match?

Arithmetic on stored values: charge transfer of Parr and Pearson (doi 10.1021/ja00364a005) and the local
softness match of Gázquez and Méndez (J. Phys. Chem. 1994, 98, 4591). All electronegativities carry their
method's stated shift.
"""

from __future__ import annotations

from collections.abc import Mapping

HALIDES = ("Cl", "Br", "I")
LEAD_ION = "Pb2+"
SITES: Mapping[str, str] = {
    LEAD_ION: "[Pb+2]",
    **{f"Pb{x}2": f"[{x}-].[{x}-].[Pb+2]" for x in HALIDES},
    **{f"[Pb{x}5]3-": ".".join([f"[{x}-]"] * 5 + ["[Pb+2]"]) for x in HALIDES},
}
"""Name of each site model and the species of its records."""


def lead_halide_site(halide: str) -> str:
    """Name the site model against which ligands for a CsPbX3 crystal are matched.

    Examples
    --------
    >>> lead_halide_site("Br")
    'PbBr2'
    """
    return f"Pb{halide}2"


def pyramid_site(halide: str) -> str:
    """Name the square pyramid that a halide vacancy leaves around one Pb.

    Examples
    --------
    >>> pyramid_site("Br")
    '[PbBr5]3-'
    """
    return f"[Pb{halide}5]3-"


def charge_transfer_e(
    acceptor_electronegativity_ev: float,
    acceptor_hardness_ev: float,
    ligand_electronegativity_ev: float,
    ligand_hardness_ev: float,
) -> float:
    """Electrons that flow from ligand to acceptor, doi 10.1021/ja00364a005.

    Examples
    --------
    Against bare Pb2+ iodide gives more than fluoride:

    >>> lead, iodine, fluorine = (23.48, 8.45), (6.76, 3.70), (10.41, 7.01)
    >>> round(charge_transfer_e(*lead, *iodine), 2), round(charge_transfer_e(*lead, *fluorine), 2)
    (0.69, 0.42)
    """
    difference = acceptor_electronegativity_ev - ligand_electronegativity_ev
    return difference / (2 * (acceptor_hardness_ev + ligand_hardness_ev))


def charge_transfer_energy_ev(
    acceptor_electronegativity_ev: float,
    acceptor_hardness_ev: float,
    ligand_electronegativity_ev: float,
    ligand_hardness_ev: float,
) -> float:
    """Energy of that flow in eV, never positive, doi 10.1021/ja00364a005."""
    difference = acceptor_electronegativity_ev - ligand_electronegativity_ev
    return -(difference**2) / (4 * (acceptor_hardness_ev + ligand_hardness_ev))


def local_softness_gap_per_ev(
    acceptor_local_softness_per_ev: float, donor_local_softness_per_ev: float
) -> float:
    """How far two sites' softnesses are apart; sites of like softness bind each other best."""
    return abs(acceptor_local_softness_per_ev - donor_local_softness_per_ev)
