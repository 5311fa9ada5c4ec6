"""Are vacancies my problem at all?

The cheapest test there is: measure the PLQY at two dilutions. Neat solvent pulls native pairs off the
surface and opens vacancies (Nenon et al., doi 10.1021/jacs.8b11035, Figure 1). If the PLQY falls,
vacancies cost light and filling them can pay. If it stays flat, no ligand that fills vacancies helps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from ligandkb.problems import UsageError
from ligandkb.surface.published import RATE_RATIOS
from ligandkb.surface.quantities import NANOCRYSTAL_CONCENTRATION_UM, PLQY, PLQY_SIGMA, require
from ligandkb.surface.uncertainty import Measured

DEGRADES_BELOW_UM = 0.005
"""Dilution below this degraded CsPbX3 nanocrystals rapidly (doi 10.1021/jacs.8b11035, text on Figure 1)."""

DILUTION_TENSION = (
    f"The paper says that dilution below {DEGRADES_BELOW_UM:g} µM degrades the nanocrystals, and that its own "
    f"optics used 1 to 10 nM, the lower part of which lies below that. Stay at or above {DEGRADES_BELOW_UM:g} µM, "
    "and measure soon after diluting."
)

_IODIDE = next(one for one in RATE_RATIOS if one.composition == "CsPbI3")
_COMPARISON_UM = 0.1
"""Nanocrystal concentration at which the paper compares PLQY (text on Figure 6)."""

DilutionTrend = Literal["falls on dilution", "flat", "rises on dilution"]


@dataclass(frozen=True)
class FirstTest:
    """PLQY at two dilutions of the untreated sample, before anything is exchanged.

    Attributes
    ----------
    concentrated_um, dilute_um : float
    microlitre_per_ml : tuple of float
        Of the sample for each mL to be measured, at the two dilutions.
    """

    concentrated_um: float
    dilute_um: float
    microlitre_per_ml: tuple[float, float]


@dataclass(frozen=True)
class DilutionContrast:
    """Outcome of a PLQY measurement at two dilutions.

    Attributes
    ----------
    change : Measured
        PLQY of the dilute sample less that of the concentrated one.
    smallest_visible_change : float
        What two such measurements can tell from nothing, at two standard deviations.
    verdict : str
        "falls on dilution", "flat" or "rises on dilution".
    meaning : str
        In words.
    notes : tuple of str
        What to keep in mind.
    """

    change: Measured
    smallest_visible_change: float
    verdict: DilutionTrend
    meaning: str
    notes: tuple[str, ...]


def dilution_contrast(
    concentrated_um: float, concentrated_plqy: Measured, dilute_um: float, dilute_plqy: Measured
) -> DilutionContrast:
    """Compare the PLQY of one sample at two dilutions.

    Parameters
    ----------
    concentrated_um, dilute_um : float
        Nanocrystal concentrations in µM; the first must be the larger.
    concentrated_plqy, dilute_plqy : Measured
        PLQY as fractions, each with its standard deviation.

    Returns
    -------
    DilutionContrast

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be, or the dilutions are swapped or equal.

    Examples
    --------
    >>> seen = dilution_contrast(1.0, Measured(0.80, 0.03), 0.01, Measured(0.55, 0.03))
    >>> seen.verdict, str(seen.change)
    ('falls on dilution', '-0.250 ± 0.042')
    >>> dilution_contrast(1.0, Measured(0.80, 0.03), 0.01, Measured(0.78, 0.03)).verdict
    'flat'
    """
    require(
        ("concentrated_um", concentrated_um, NANOCRYSTAL_CONCENTRATION_UM),
        ("concentrated_plqy.value", concentrated_plqy.value, PLQY),
        ("concentrated_plqy.sigma", concentrated_plqy.sigma, PLQY_SIGMA),
        ("dilute_um", dilute_um, NANOCRYSTAL_CONCENTRATION_UM),
        ("dilute_plqy.value", dilute_plqy.value, PLQY),
        ("dilute_plqy.sigma", dilute_plqy.sigma, PLQY_SIGMA),
    )
    if not dilute_um < concentrated_um:
        raise UsageError(
            f"dilute_um: {dilute_um:g} µM is not below concentrated_um, {concentrated_um:g} µM: "
            "swap the two, or dilute further"
        )
    change = Measured(
        dilute_plqy.value - concentrated_plqy.value, math.hypot(concentrated_plqy.sigma, dilute_plqy.sigma)
    )
    visible = 2.0 * change.sigma
    verdict: DilutionTrend
    if change.value < -visible:
        verdict = "falls on dilution"
        meaning = (
            "The PLQY falls on dilution: vacancies cost light, and a ligand that fills them can gain it back."
        )
    elif change.value > visible:
        verdict = "rises on dilution"
        meaning = (
            "The PLQY rises on dilution: reabsorption or aggregation in the concentrated sample hides what "
            "vacancies do. Repeat at lower optical density before you conclude anything."
        )
    else:
        verdict = "flat"
        meaning = (
            "The PLQY is flat on dilution: halide vacancies are not your problem, and a ligand that fills "
            "them is not the remedy."
        )
    notes = [
        f"A change below {100 * visible:.1f} points can't be seen with these errors.",
        "Reabsorption lowers the measured PLQY of a concentrated sample, so it can hide a fall "
        "(doi 10.1021/jacs.8b11035, text on Figure 1).",
        f"CsPbI3 is flat by nature: several hundred vacancies cost it little (k_r/k_nr,trap = {_IODIDE.value:,.0f}).",
    ]
    if dilute_um < DEGRADES_BELOW_UM:
        notes.append(f"{dilute_um:g} µM may degrade the nanocrystals. {DILUTION_TENSION}")
    return DilutionContrast(change, visible, verdict, meaning, tuple(notes))


def plan_first_test(concentration_um: float) -> FirstTest | None:
    """Choose two dilutions a decade apart, none below what degrades the nanocrystals.

    Parameters
    ----------
    concentration_um : float
        Of the sample, in µM of nanocrystals.

    Returns
    -------
    FirstTest or None
        None where the sample is too dilute already.

    Examples
    --------
    >>> plan_first_test(1.0)
    FirstTest(concentrated_um=0.1, dilute_um=0.01, microlitre_per_ml=(100.0, 10.0))
    """
    require(("concentration_um", concentration_um, NANOCRYSTAL_CONCENTRATION_UM))
    concentrated = min(_COMPARISON_UM, concentration_um)
    dilute = max(concentrated / 10.0, DEGRADES_BELOW_UM)
    if dilute > concentrated / 2.0:
        return None
    return FirstTest(
        concentrated, dilute, (1000.0 * concentrated / concentration_um, 1000.0 * dilute / concentration_um)
    )
