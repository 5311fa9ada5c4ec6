"""What could a perfect ligand gain at most?

A perfect ligand fills every surface halide vacancy and harms nothing else. Equation 3 then says what
it gains: the share of light that the vacancies cost, N/(k + N). Every other loss, which equation 3
leaves out, only makes the gain smaller, so this is an upper bound: with an extra rate x·k_r the gain
is N/((1 + x)·((1 + x)k + N)), which falls as x grows.
"""

from __future__ import annotations

from dataclasses import dataclass

from ligandkb.missing import Absent, Failed, Missing, NotApplicable
from ligandkb.surface.published import PublishedRateRatio
from ligandkb.surface.quantities import COUNT, RATE_RATIO, require


@dataclass(frozen=True)
class GainBound:
    """Upper bound on what filling all halide vacancies gains.

    Attributes
    ----------
    traps_per_nanocrystal : float
        The stated number of halide vacancies.
    rate_ratio : float
        k_r/k_nr,trap that was used.
    plqy_with_traps : float
        Best PLQY that those vacancies allow, as a fraction.
    gain : float
        Upper bound of the gain, as a fraction of absorbed photons.
    order_of_magnitude_only : bool
        The ratio comes from a fit that its paper calls failed.
    sentence : str
        The same in words, with what it leaves out.
    """

    traps_per_nanocrystal: float
    rate_ratio: float
    plqy_with_traps: float
    gain: float
    order_of_magnitude_only: bool
    sentence: str


def gain_bound(
    traps_per_nanocrystal: float, rate_ratio: float | PublishedRateRatio | Absent
) -> GainBound | Absent:
    """Bound the gain in PLQY that filling every surface halide vacancy can bring.

    Parameters
    ----------
    traps_per_nanocrystal : float
        Halide vacancies per nanocrystal, stated by you: 190 ± 20 in the paper's CsPbBr3.
    rate_ratio : float, PublishedRateRatio, or a reason for its absence
        k_r/k_nr,trap.

    Returns
    -------
    GainBound, or the reason for its absence
        A missing ratio gives a missing bound (CsPbCl3).

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Notes
    -----
    Source of the model: Nenon et al., doi 10.1021/jacs.8b11035, eq 3. The stability of the crystal's
    phase (CsPbI3 turns yellow) is another matter and isn't covered.

    Examples
    --------
    >>> from ligandkb.surface.published import published_rate_ratio
    >>> for halides in ({"I": 1.0}, {"Br": 1.0}, {"Br": 0.5, "Cl": 0.5}):
    ...     print(f"{gain_bound(190, published_rate_ratio(halides)).gain:.2f}")
    0.01
    0.36
    0.83
    >>> print(type(gain_bound(190, published_rate_ratio({"Cl": 1.0}))).__name__)
    Missing
    """
    if isinstance(rate_ratio, Missing | Failed | NotApplicable):
        return rate_ratio
    rough = isinstance(rate_ratio, PublishedRateRatio) and rate_ratio.order_of_magnitude_only
    given = rate_ratio.value if isinstance(rate_ratio, PublishedRateRatio) else rate_ratio
    traps, ratio = (
        float(value)
        for value in require(
            ("traps_per_nanocrystal", traps_per_nanocrystal, COUNT), ("rate_ratio", given, RATE_RATIO)
        )
    )
    plqy = ratio / (ratio + traps)
    gain = traps / (ratio + traps)
    caveat = "; the ratio is an order of magnitude (the model fails for this composition)" if rough else ""
    digits = 1 if gain < 0.1 else 0
    sentence = (
        f"With {traps:g} halide vacancies per nanocrystal and k_r/k_nr,trap = {ratio:g}, the vacancies "
        f"cost at most {100 * gain:.{digits}f} points of PLQY (it is at best {100 * plqy:.{digits}f} % with "
        f"them): no ligand gains more by filling them{caveat}. Phase stability is not covered."
    )
    return GainBound(traps, ratio, plqy, gain, rough, sentence)
