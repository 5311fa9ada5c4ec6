"""Where in the ligand does the electron come from?

Condensed Fukui functions (doi 10.1021/ja00326a036) from the Mulliken charges of two charge states at one
geometry.
"""

from __future__ import annotations

from collections.abc import Sequence


def fukui_minus(charges_n: Sequence[float], charges_n_minus_1: Sequence[float]) -> tuple[float, ...]:
    """f- of each atom, q(N − 1) − q(N); adds up to 1.

    Parameters
    ----------
    charges_n, charges_n_minus_1 : sequence of float
        Atomic charges in e, with N electrons and with one less.

    Examples
    --------
    >>> [round(value, 2) for value in fukui_minus((-0.4, -0.6), (0.1, -0.1))]
    [0.5, 0.5]
    """
    return tuple(less - full for full, less in zip(charges_n, charges_n_minus_1, strict=True))


def fukui_plus(charges_n: Sequence[float], charges_n_plus_1: Sequence[float]) -> tuple[float, ...]:
    """f+ of each atom, q(N) − q(N + 1); adds up to 1."""
    return tuple(full - more for full, more in zip(charges_n, charges_n_plus_1, strict=True))


def donor_values(
    charges_n: Sequence[float],
    charges_n_minus_1: Sequence[float],
    donors: Sequence[int],
    softness_per_ev: float,
) -> dict[str, float]:
    """Descriptors of one binding mode.

    Parameters
    ----------
    charges_n, charges_n_minus_1 : sequence of float
        Atomic charges in e of the form that binds and of the same with one electron less.
    donors : sequence of int
        Atoms that are equivalent by resonance.
    softness_per_ev : float
        Global softness in 1/eV.

    Returns
    -------
    dict of str to float
        By descriptor name.
    """
    fukui = fukui_minus(charges_n, charges_n_minus_1)
    total = sum(fukui[index] for index in donors)
    return {
        "donor_charge_mulliken_e": sum(charges_n[index] for index in donors) / len(donors),
        "fukui_minus_donor_sum": total,
        "fukui_minus_donor_largest": max(fukui[index] for index in donors),
        "local_softness_per_ev": softness_per_ev * total,
    }
