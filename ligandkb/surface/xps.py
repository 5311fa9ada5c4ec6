"""How many halides can be missing, by XPS?

XPS sees the outer few planes of a facet, the deeper ones less. A CsX-terminated facet begins with a
CsX plane and goes on PbX2, CsX, PbX2..., half a lattice constant apart, so a perfect one shows *more*
than 3 X per Pb and more than 1 Cs per Pb. What is missing from that is read as vacancies in the
outermost plane.

It is an upper bound only: lead halides lose surface atoms in vacuum and under X-rays (Nenon et al.,
doi 10.1021/jacs.8b11035, section on the inorganic surface), and every halide missing anywhere in the
probed depth is counted as if the outermost plane lacked it. How the depth is weighted matters as much
as the data, so both readings are offered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ligandkb.problems import UsageError
from ligandkb.surface.published import XPS_PROBE_DEPTH_NM
from ligandkb.surface.quantities import (
    ATOM_RATIO,
    LATTICE_CONSTANT_NM,
    POSITIVE_COUNT,
    PROBE_DEPTH_NM,
    UNCERTAINTY,
    require,
)
from ligandkb.surface.uncertainty import Measured

Weighting = Literal["exponential", "cut"]

UPPER_BOUND_ONLY = (
    "Upper bound only: vacuum and X-rays remove surface atoms, and a halide missing anywhere within the "
    "probed depth is counted as missing from the outermost plane."
)


@dataclass(frozen=True)
class FacetRatios:
    """Atomic ratios that XPS would show for a perfect CsX-terminated facet.

    Attributes
    ----------
    caesium_per_lead, halide_per_lead : float
        Signal ratios, corrected for sensitivity.
    lead_weight : float
        Lead signal in units of one unattenuated plane (one Pb per cell).
    """

    caesium_per_lead: float
    halide_per_lead: float
    lead_weight: float


@dataclass(frozen=True)
class VacancyUpperBound:
    """What an XPS ratio allows at most.

    Attributes
    ----------
    vacant_fraction : Measured
        Halides missing per halide position of the outermost plane. Above 1 the outermost plane alone
        can't hold them all.
    vacancies_per_nanocrystal : Measured or None
        The same per nanocrystal, never more than it has surface halide positions; None where those
        weren't given.
    exceeds_outermost_plane : bool
        The bound says nothing: more is missing than the outermost plane has.
    expected : FacetRatios
        The perfect facet that was compared with.
    notes : tuple of str
    """

    vacant_fraction: Measured
    vacancies_per_nanocrystal: Measured | None
    exceeds_outermost_plane: bool
    expected: FacetRatios
    notes: tuple[str, ...]


def facet_ratios(
    lattice_constant_nm: float,
    *,
    probe_depth_nm: float = XPS_PROBE_DEPTH_NM,
    weighting: Weighting = "exponential",
) -> FacetRatios:
    """Ratios that a perfect CsX-terminated facet shows.

    Parameters
    ----------
    lattice_constant_nm : float
        In nm.
    probe_depth_nm : float
        2.0 nm in the paper.
    weighting : {"exponential", "cut"}
        "exponential": a plane at depth z counts exp(−z/depth), the depth being the attenuation length.
        "cut": every plane down to the depth counts fully, none below.

    Returns
    -------
    FacetRatios

    Raises
    ------
    UsageError
        Where an argument can't be what it claims to be.

    Examples
    --------
    >>> for weighting in ("exponential", "cut"):
    ...     ratios = facet_ratios(0.5831, weighting=weighting)
    ...     print(f"{ratios.caesium_per_lead:.2f} : 1 : {ratios.halide_per_lead:.2f}")
    1.16 : 1 : 3.16
    1.33 : 1 : 3.33
    """
    require(
        ("lattice_constant_nm", lattice_constant_nm, LATTICE_CONSTANT_NM),
        ("probe_depth_nm", probe_depth_nm, PROBE_DEPTH_NM),
    )
    if weighting == "exponential":
        per_cell = math.exp(-lattice_constant_nm / probe_depth_nm)
        caesium = 1.0 / (1.0 - per_cell)
        lead = math.exp(-lattice_constant_nm / (2.0 * probe_depth_nm)) / (1.0 - per_cell)
    elif weighting == "cut":
        caesium = float(np.floor(probe_depth_nm / lattice_constant_nm) + 1.0)
        lead = float(np.floor(probe_depth_nm / lattice_constant_nm + 0.5))
        if lead == 0:
            raise UsageError(
                f"probe_depth_nm: {probe_depth_nm:g} nm ends above the first lead plane: use at least half a "
                f"lattice constant, {lattice_constant_nm / 2:g} nm"
            )
    else:
        raise UsageError(f"weighting: {weighting!r} is unknown: use 'exponential' or 'cut'")
    return FacetRatios(caesium / lead, (caesium + 2.0 * lead) / lead, lead)


def halide_vacancies_from_xps(
    halide_per_lead: Measured,
    lattice_constant_nm: float,
    *,
    surface_halides: float | None = None,
    probe_depth_nm: float = XPS_PROBE_DEPTH_NM,
    weighting: Weighting = "exponential",
) -> VacancyUpperBound:
    """Upper bound of surface halide vacancies from an XPS ratio.

    Parameters
    ----------
    halide_per_lead : Measured
        X:Pb, corrected for sensitivity: 2.83 ± 0.02 in the paper.
    lattice_constant_nm : float
        In nm.
    surface_halides : float, optional
        Surface halide positions per nanocrystal, for a number per nanocrystal.
    probe_depth_nm, weighting
        As in :func:`facet_ratios`.

    Returns
    -------
    VacancyUpperBound

    Raises
    ------
    UsageError
        Where an argument can't be what it claims to be.

    Examples
    --------
    >>> bound = halide_vacancies_from_xps(Measured(2.83, 0.02), 0.5831)
    >>> str(bound.vacant_fraction), bound.exceeds_outermost_plane
    ('1.117 ± 0.068', True)
    """
    require(
        ("halide_per_lead.value", halide_per_lead.value, ATOM_RATIO),
        ("halide_per_lead.sigma", halide_per_lead.sigma, UNCERTAINTY),
    )
    expected = facet_ratios(lattice_constant_nm, probe_depth_nm=probe_depth_nm, weighting=weighting)
    missing = max(0.0, expected.halide_per_lead - halide_per_lead.value) * expected.lead_weight
    fraction = Measured(missing, halide_per_lead.sigma * expected.lead_weight)
    notes = [UPPER_BOUND_ONLY]
    exceeds = fraction.value > 1.0
    if exceeds:
        notes.append(
            "More halide is missing than the outermost plane holds, so the bound says nothing about "
            "vacancies: halide was lost deeper too, or the facets aren't all CsX-terminated."
        )
    per_nanocrystal = None
    if surface_halides is not None:
        require(("surface_halides", surface_halides, POSITIVE_COUNT))
        capped = min(fraction.value, 1.0)
        per_nanocrystal = Measured(
            capped * surface_halides, 0.0 if exceeds else fraction.sigma * surface_halides
        )
    return VacancyUpperBound(fraction, per_nanocrystal, exceeds, expected, tuple(notes))
