"""Can this number be what it claims to be?

A number that is off by a factor of 100 or 1000 is the commonest mistake at the bench, and it fits
as smoothly as a right one. So each quantity states its bounds and its usual slips once, and every
function and every table is checked against them. The bounds are wide: they catch slips, not surprises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ligandkb.problems import UsageError
from ligandkb.surface.published import (
    EDGE_RANGE_NM,
    EDGE_RANGE_SOURCE,
    PAIRS_PER_BINDING_SITE,
    RATE_RATIOS,
    XPS_PROBE_DEPTH_NM,
)

FloatArray: TypeAlias = NDArray[np.float64]

_FAR = 1.5
_RATIOS = [one.value for one in RATE_RATIOS]


class ArrayFault(NamedTuple):
    """What is wrong with arrays as a whole, and from which element on."""

    column: str
    what: str
    fix: str
    element: int = 0

    def __str__(self) -> str:
        return f"{self.column}: {self.what}: {self.fix}"


@dataclass(frozen=True)
class Quantity:
    """A measurable quantity, its unit and the bounds outside which a value is a slip.

    Attributes
    ----------
    name : str
        In words, for messages.
    unit : str
        Unit of the number.
    minimum, maximum : float
        Bounds, in that unit.
    fix : str
        What to do about a value outside them.
    above_minimum : bool
        The minimum itself is refused too (a linewidth of 0 Hz).
    slips : tuple of (float, str)
        Factors by which people are off, with the unit they had in mind: ``(1000.0, "nM")`` says that
        1000 nM are one of this unit.
    """

    name: str
    unit: str
    minimum: float
    maximum: float
    fix: str
    above_minimum: bool = False
    slips: tuple[tuple[float, str], ...] = ()

    def accepts(self, value: float) -> bool:
        """Tell whether a value lies within the bounds (NaN and infinities never do)."""
        above = value > self.minimum if self.above_minimum else value >= self.minimum
        return bool(np.isfinite(value)) and above and value <= self.maximum

    def fault(self, value: float) -> tuple[str, str] | None:
        """Say what is wrong with a value and how to fix it; None if nothing is.

        Examples
        --------
        >>> PLQY.fault(62.0)
        ('62 is no PLQY: it must lie between 0 and 1 (fraction)', 'if this is in per cent, write 0.62')
        >>> PLQY.fault(0.62) is None
        True
        """
        if self.accepts(value):
            return None
        if not np.isfinite(value):
            return f"{value:g} is no {self.name}", f"write a number ({self.unit}), or leave it out"
        bounds = (
            f"above {self.minimum:g} and at most {self.maximum:g}"
            if self.above_minimum
            else f"between {self.minimum:g} and {self.maximum:g}"
        )
        slip = self.slip(value)
        fix = f"if this is in {slip[1]}, write {value / slip[0]:g}" if slip else self.fix
        return f"{value:g} is no {self.name}: it must lie {bounds} ({self.unit})", fix

    def is_far(self, value: float) -> bool:
        """Tell whether a value lies far outside the bounds.

        One barely beyond them is no slip of units: a PLQY of 1.01 isn't one per cent.

        Examples
        --------
        >>> PLQY.is_far(62.0), PLQY.is_far(1.01)
        (True, False)
        """
        return value > _FAR * self.maximum or value < self.minimum / _FAR

    def slip(self, value: float) -> tuple[float, str] | None:
        """Find the unit in which a value outside the bounds would lie inside them.

        Examples
        --------
        >>> PLQY.slip(62.0), PLQY.slip(1.01)
        ((100.0, 'per cent'), None)
        """
        if not self.is_far(value):
            return None
        return next(((factor, unit) for factor, unit in self.slips if self.accepts(value / factor)), None)


PLQY = Quantity(
    "PLQY",
    "fraction",
    0.0,
    1.0,
    "a reading outside 0 to 1 is a matter of calibration or reabsorption: fix it there, don't clip it",
    slips=((100.0, "per cent"),),
)
PLQY_SIGMA = Quantity(
    "standard deviation of a PLQY",
    "fraction",
    0.0,
    0.5,
    "write the standard deviation as a fraction, e.g. 0.03",
    above_minimum=True,
    slips=((100.0, "per cent"),),
)
NANOCRYSTAL_CONCENTRATION_UM = Quantity(
    "nanocrystal concentration",
    "µM of nanocrystals, not of lead",
    1e-5,
    50.0,
    "the paper's lie between 0.001 and 2 µM; divide a concentration of lead by lead atoms per nanocrystal",
    above_minimum=True,
    slips=((1000.0, "nM"), (1e6, "pM"), (1e-3, "mM")),
)
RATE_RATIO = Quantity(
    "ratio k_r/k_nr,trap",
    "dimensionless",
    0.0,
    1e9,
    f"it is positive; the paper's lie between {min(_RATIOS):g} and {max(_RATIOS):,.0f}",
    above_minimum=True,
)
COUNT = Quantity(
    "number per nanocrystal", "per nanocrystal", 0.0, 1e6, "count per nanocrystal, not per mole or per litre"
)
POSITIVE_COUNT = Quantity(
    "number per nanocrystal",
    "per nanocrystal",
    0.0,
    1e6,
    "count per nanocrystal, not per mole or per litre",
    above_minimum=True,
)
ASSOCIATION_CONSTANT_PER_M = Quantity(
    "association constant",
    "1/M, large where pairs bind well",
    0.0,
    1e12,
    "a dissociation constant in M is its reciprocal",
)
FREE_CONCENTRATION_M = Quantity(
    "free pair concentration",
    "M",
    0.0,
    10.0,
    "write it in mol per litre",
    slips=((1000.0, "mM"), (1e6, "µM")),
)
LINEWIDTH_HZ = Quantity(
    "linewidth",
    "Hz, full width at half maximum",
    0.0,
    20000.0,
    "a linewidth is positive; multiply ppm by the spectrometer frequency in MHz",
    above_minimum=True,
)
FREE_LINEWIDTH_HZ = Quantity(
    "free linewidth", "Hz, full width at half maximum", 0.0, 20000.0, "a linewidth is positive"
)
UNCERTAINTY = Quantity(
    "standard deviation", "the unit of its value", 0.0, 1e12, "a standard deviation is never negative"
)
EDGE_LENGTH_NM = Quantity(
    "edge length",
    "nm",
    1.5,
    40.0,
    f"nanocubes of CsPbX3 have edges of {EDGE_RANGE_NM[0]:g} to {EDGE_RANGE_NM[1]:g} nm (doi {EDGE_RANGE_SOURCE.doi})",
    slips=((10.0, "ångström"), (1e-3, "µm")),
)
LATTICE_CONSTANT_NM = Quantity(
    "lattice constant of the (pseudo-)cubic cell",
    "nm",
    0.5,
    0.7,
    "take the cube root of the cell volume per Pb",
    slips=((10.0, "ångström"),),
)
PROBE_DEPTH_NM = Quantity(
    "probe depth", "nm", 0.3, 10.0, f"the paper's is {XPS_PROBE_DEPTH_NM} nm", slips=((10.0, "ångström"),)
)
ATOM_RATIO = Quantity(
    "atomic ratio to lead", "per Pb", 0.0, 10.0, "divide both atomic percentages", above_minimum=True
)
EDGE_SPREAD_NM = Quantity(
    "standard deviation of the edge",
    "nm",
    0.0,
    20.0,
    "write nanometres, not per cent of the edge",
    slips=((10.0, "ångström"),),
)
VOLUME_ML = Quantity("volume", "mL", 0.01, 500.0, "write millilitres", slips=((1000.0, "µL"), (1e-3, "L")))
PAIRS_PER_POSITION = Quantity(
    "number of pairs per halide position",
    "dimensionless",
    0.01,
    1000.0,
    f"the paper's is {PAIRS_PER_BINDING_SITE:g}",
)
ANTISOLVENT_VOLUMES = Quantity(
    "ratio of antisolvent to solution", "volumes per volume", 0.1, 50.0, "the paper's is 2"
)
MOLAR_MASS_G_PER_MOL = Quantity(
    "molar mass", "g/mol, as bought", 1.0, 5000.0, "add crystal water and counter-ions"
)
DENSITY_G_PER_ML = Quantity("density", "g/mL", 0.5, 10.0, "write g/mL", slips=((1000.0, "kg/m³"),))
PURITY = Quantity(
    "purity", "mass fraction", 0.05, 1.0, "write a fraction between 0 and 1", slips=((100.0, "per cent"),)
)
DOSING_VALUE_MG_KOH_PER_G = Quantity(
    "amine or acid value", "mg KOH per g", 10.0, 2000.0, "take it from the certificate of analysis"
)
POSITIVE = Quantity("positive number", "dimensionless", 0.0, 1e6, "it must be positive", above_minimum=True)
FRACTION = Quantity(
    "fraction", "fraction", 0.0, 1.0, "write a fraction between 0 and 1", slips=((100.0, "per cent"),)
)
CONFIDENCE = Quantity(
    "confidence level", "fraction", 0.5, 0.9999, "0.95 is usual", slips=((100.0, "per cent"),)
)
LIFETIME_NS = Quantity(
    "lifetime",
    "ns",
    0.03,
    500.0,
    "radiative lifetimes of CsPbX3 nanocrystals are 1 to 29 ns (doi 10.1021/nl5048779)",
    slips=((1000.0, "ps"), (1e-3, "µs")),
)


def require(*arguments: tuple[str, ArrayLike, Quantity]) -> list[FloatArray]:
    """Turn arguments into arrays of float, or name everything that is wrong with all of them.

    Parameters
    ----------
    *arguments : tuple of (str, array_like, Quantity)
        Name as the caller knows it, value or values, and what they should be.

    Returns
    -------
    list of ndarray
        One array for each argument, of the shape that was given (0-d for a number).

    Raises
    ------
    UsageError
        One line for each argument and element that can't be what it claims to be.

    Examples
    --------
    >>> require(("plqy", [0.62, 76.0], PLQY), ("edge_length_nm", 95.0, EDGE_LENGTH_NM))
    Traceback (most recent call last):
    ...
    ligandkb.problems.UsageError: plqy[1]: 76 is no PLQY: it must lie between 0 and 1 (fraction): ...
    edge_length_nm: 95 is no edge length: it must lie between 1.5 and 40 (nm): if this is in ångström, ...
    """
    arrays: list[FloatArray] = []
    faults: list[str] = []
    for name, given, quantity in arguments:
        try:
            values = np.asarray(given, dtype=np.float64)
        except (TypeError, ValueError):
            faults.append(f"{name}: not a number or an array of numbers: write it in {quantity.unit}")
            continue
        if values.size == 0:
            faults.append(f"{name}: no values: give at least one, in {quantity.unit}")
        for index, value in np.ndenumerate(values):
            fault = quantity.fault(float(value))
            if fault:
                where = "[" + ", ".join(map(str, index)) + "]" if index else ""
                faults.append(f"{name}{where}: {fault[0]}: {fault[1]}")
        arrays.append(values)
    if faults:
        raise UsageError("\n".join(faults))
    return arrays
