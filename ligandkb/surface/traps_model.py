"""What PLQY do these parameters predict, and how far is it from the measured one?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ligandkb.surface.quantities import FloatArray
from ligandkb.surface.traps import MICROMOLAR, balance
from ligandkb.surface.uncertainty import Measured

# Natural logarithms between which a parameter is sought; an end that lies on one means "no bound".
_RATIO_BOUNDS = (math.log(1e-3), math.log(1e9))
_CONSTANT_BOUNDS = (math.log(1e-3), math.log(1e12))
_CONSTANT_STARTS = np.log(np.logspace(1.0, 8.0, 8))


@dataclass(frozen=True)
class DilutionModel:
    """The data with what is known; parameters are logarithms: ratio, then K, then N_max, as far as free."""

    concentration_um: FloatArray
    measured: FloatArray
    sigma: FloatArray
    pairs: float
    sites: Measured
    constant: float
    free_constant: bool
    free_sites: bool
    ratio_per_site: bool = False

    def unpack(self, parameters: FloatArray) -> tuple[float, float, float]:
        """Ratio, K and N_max."""
        values = [float(value) for value in np.exp(parameters)]
        ratio = values.pop(0)
        constant = values.pop(0) if self.free_constant else self.constant
        sites = values.pop(0) if self.free_sites else self.sites.value
        return ratio * sites if self.ratio_per_site else ratio, constant, sites

    def plqy(self, parameters: FloatArray) -> FloatArray:
        """PLQY at the measured concentrations."""
        ratio, constant, sites = self.unpack(parameters)
        return np.asarray(
            1.0 / (1.0 + traps_along(self.concentration_um, self.pairs, sites, constant) / ratio)
        )

    def residuals(self, parameters: FloatArray) -> FloatArray:
        """Residuals in standard deviations; a measured N_max counts as one more datum."""
        residuals = np.asarray((self.measured - self.plqy(parameters)) / self.sigma)
        if not self.free_sites:
            return residuals
        return np.append(residuals, (self.unpack(parameters)[2] - self.sites.value) / self.sites.sigma)

    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """Lower and upper ends of the parameters."""
        shift = math.log(self.sites.value) if self.ratio_per_site else 0.0
        bounds = [(_RATIO_BOUNDS[0] - shift, _RATIO_BOUNDS[1] - shift)]
        if self.free_constant:
            bounds.append(_CONSTANT_BOUNDS)
        if self.free_sites:
            centre = math.log(self.sites.value)
            bounds.append((centre - 5.0, centre + 5.0))
        lower, upper = zip(*bounds, strict=True)
        return np.asarray(lower), np.asarray(upper)

    def starts(self) -> list[FloatArray]:
        """One start for each trial K, with the ratio that then suits the median PLQY."""
        constants = [*_CONSTANT_STARTS, self.constant] if self.free_constant else [self.constant]
        starts = []
        for constant in constants:
            traps = traps_along(self.concentration_um, self.pairs, self.sites.value, constant)
            dark = np.clip(1.0 / np.clip(self.measured, 1e-6, None) - 1.0, 1e-6, None)
            start = [math.log(max(float(np.median(traps / dark)), 1e-2))]
            if self.free_constant:
                start.append(math.log(max(constant, 1e-2)))
            if self.free_sites:
                start.append(math.log(self.sites.value))
            starts.append(np.asarray(start))
        return starts


def traps_along(concentration_um: FloatArray, pairs: float, sites: float, constant: float) -> FloatArray:
    """N_trap along a dilution, without checks: the optimiser goes where no sample is."""
    free = balance(concentration_um * MICROMOLAR, np.asarray(pairs), np.asarray(sites), np.asarray(constant))
    return np.asarray(sites / (1.0 + constant * free))
