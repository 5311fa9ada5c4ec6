"""How is the solution made so that its products can be weighed?

A few milligrams can't be weighed well. So more solution is made than is used, or a concentrate of which an
aliquot is made up for each cycle.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ligandkb.planning.reagents import Dose

_CONVENIENT_ML = 10.0
"""More solution than this isn't made just to have something to weigh: a concentrate is made instead."""


@dataclass(frozen=True)
class PairSolution:
    """The pair solution to make, concentrated if amounts would be too small to weigh.

    Attributes
    ----------
    strength : int
        Times the concentration at which nanocrystals are resuspended; 1 is used as it is.
    volume_ml : float
        To make.
    pair_concentration_mm : float
        Of this solution.
    aliquot_ml_per_cycle : float
        Taken for each resuspension, and made up to ``resuspension_ml`` with solvent.
    resuspension_ml : float
    doses : tuple of Dose
        To weigh into it.
    """

    strength: int
    volume_ml: float
    pair_concentration_mm: float
    aliquot_ml_per_cycle: float
    resuspension_ml: float
    doses: tuple[Dose, ...]


def weakest_solution(
    doses: Callable[[float], tuple[Dose, ...]],
    millimolar: float,
    resuspension_ml: float,
    *,
    cycles_planned: int,
    smallest_weighing_mg: float,
    spare_fraction: float,
    may_concentrate: bool = True,
) -> PairSolution:
    """Choose the weakest solution that can be weighed without making an inconvenient amount of it.

    Parameters
    ----------
    doses : callable
        Takes a number of cycles, returns what they need.
    millimolar : float
        At which nanocrystals are resuspended.
    resuspension_ml : float
    cycles_planned : int
    smallest_weighing_mg, spare_fraction : float
        As in :class:`~ligandkb.planning.exchange.Protocol`.
    may_concentrate : bool
        False for what isn't expected to dissolve: then more solution is made, however much it takes.

    Returns
    -------
    PairSolution

    Examples
    --------
    >>> from ligandkb.planning.reagents import Reagent, dose
    >>> acid = Reagent("hexylphosphonic acid", 166.16, "acid")
    >>> made = weakest_solution(
    ...     lambda cycles: (dose(acid, 12.74 * cycles),), 6.37, 2.0,
    ...     cycles_planned=3, smallest_weighing_mg=10.0, spare_fraction=0.1,
    ... )
    >>> made.strength, made.volume_ml
    (1, 9.5)
    """
    smallest = min(one.milligram for one in doses(1.0))
    needed = cycles_planned * (1.0 + spare_fraction)
    cycles = max(needed, smallest_weighing_mg / smallest)
    convenient = max(_CONVENIENT_ML, 2.0 * resuspension_ml * needed)
    strength = 1
    if may_concentrate:
        strength = next((times for times in (1, 10) if resuspension_ml * cycles / times <= convenient), 100)
    # Rounded up to 0.1 mL, but not for a float's last digit.
    volume = math.ceil(round(resuspension_ml * cycles / strength * 10.0, 6)) / 10.0
    return PairSolution(
        strength=strength,
        volume_ml=volume,
        pair_concentration_mm=millimolar * strength,
        aliquot_ml_per_cycle=resuspension_ml / strength,
        resuspension_ml=resuspension_ml,
        doses=doses(volume * strength / resuspension_ml),
    )
