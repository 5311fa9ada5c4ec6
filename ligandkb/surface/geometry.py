"""How many sites has a nanocrystal?

A cube of CsPbX3 cut so that all six facets are CsX planes, which is what Nenon et al. (doi
10.1021/jacs.8b11035, Figure 7) find. With n = edge / lattice constant octahedra along an edge:

===================  ==========================  ===========================================
lead                 n³
halide               3n²(n + 1)                  of which 6n² lie in the facets, each on one Pb
caesium              (n + 1)³                    of which 6n² + 2 lie in the facets
===================  ==========================  ===========================================

The edge is measured between the outermost caesium planes. Real ensembles have a mean edge and no
integer n, so n stays a real number. Such a cube isn't neutral: it carries a charge of 3n + 1, which
real nanocrystals lose by missing caesium at edges and corners, or balance with ligands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ligandkb.problems import UsageError
from ligandkb.surface.quantities import (
    EDGE_LENGTH_NM,
    EDGE_SPREAD_NM,
    FRACTION,
    LATTICE_CONSTANT_NM,
    POSITIVE_COUNT,
    UNCERTAINTY,
    require,
)
from ligandkb.surface.uncertainty import Measured


@dataclass(frozen=True)
class CubeSites:
    """Sites of a CsX-terminated cube.

    Attributes
    ----------
    edge_length_nm, lattice_constant_nm : float
        What it was computed from.
    cells_per_edge : float
        n, octahedra along an edge.
    lead, halide, caesium : float
        All sites of each kind.
    surface_halide : Measured
        Halide sites in the facets, with the spread that follows from the spread of the edge.
    surface_caesium : float
        Caesium sites in the facets.
    formal_charge_e : float
        Charge of the bare cube with every site filled.
    """

    edge_length_nm: float
    lattice_constant_nm: float
    cells_per_edge: float
    lead: float
    halide: float
    caesium: float
    surface_halide: Measured
    surface_caesium: float
    formal_charge_e: float


def cube_sites(edge_length_nm: float, lattice_constant_nm: float, *, edge_sigma_nm: float = 0.0) -> CubeSites:
    """Count the sites of a CsX-terminated cube.

    Parameters
    ----------
    edge_length_nm : float
        Mean edge length, in nm.
    lattice_constant_nm : float
        Edge of the cubic cell with one Pb, in nm (:func:`ligandkb.surface.published.lattice`).
    edge_sigma_nm : float
        Standard deviation of the edge within the ensemble; it raises the mean number of facet sites by
        (σ/edge)² and spreads it by 2σ/edge.

    Returns
    -------
    CubeSites

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Examples
    --------
    >>> cube = cube_sites(9.46, 0.5831, edge_sigma_nm=0.946)
    >>> round(cube.cells_per_edge, 1), str(cube.surface_halide), round(cube.lead)
    (16.2, '1,595 ± 316', 4270)
    """
    require(
        ("edge_length_nm", edge_length_nm, EDGE_LENGTH_NM),
        ("lattice_constant_nm", lattice_constant_nm, LATTICE_CONSTANT_NM),
        ("edge_sigma_nm", edge_sigma_nm, EDGE_SPREAD_NM),
    )
    if edge_sigma_nm >= edge_length_nm:
        raise UsageError(
            f"edge_sigma_nm: {edge_sigma_nm:g} nm is no spread of edges of {edge_length_nm:g} nm: write one "
            "standard deviation, in nm"
        )
    n = edge_length_nm / lattice_constant_nm
    spread = edge_sigma_nm / edge_length_nm
    facet = 6.0 * n**2
    return CubeSites(
        edge_length_nm=edge_length_nm,
        lattice_constant_nm=lattice_constant_nm,
        cells_per_edge=n,
        lead=n**3,
        halide=3.0 * n**2 * (n + 1.0),
        caesium=(n + 1.0) ** 3,
        surface_halide=Measured(facet * (1.0 + spread**2), facet * 2.0 * spread),
        surface_caesium=facet + 2.0,
        formal_charge_e=3.0 * n + 1.0,
    )


def surface_halides_from_vacancies(vacancies: Measured, vacant_fraction: float) -> Measured:
    """Halide positions of the surface that a number and a share of vacancies imply.

    Parameters
    ----------
    vacancies : Measured
        Vacancies per nanocrystal.
    vacant_fraction : float
        The share of the surface halide sites that they are.

    Returns
    -------
    Measured
        Surface halide positions per nanocrystal.

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Examples
    --------
    The paper's 190 ± 20 at ~12 %:

    >>> str(surface_halides_from_vacancies(Measured(190, 20), 0.12))
    '1,583 ± 167'
    """
    require(
        ("vacancies.value", vacancies.value, POSITIVE_COUNT),
        ("vacancies.sigma", vacancies.sigma, UNCERTAINTY),
        ("vacant_fraction", vacant_fraction, replace(FRACTION, above_minimum=True)),
    )
    return Measured(vacancies.value / vacant_fraction, vacancies.sigma / vacant_fraction)


def edge_from_surface_halides(surface_halides: Measured, lattice_constant_nm: float) -> Measured:
    """Edge length of the CsX-terminated cube that has a number of surface halide positions.

    Parameters
    ----------
    surface_halides : Measured
        6n² per nanocrystal.
    lattice_constant_nm : float
        In nm.

    Returns
    -------
    Measured
        Edge length in nm.

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Examples
    --------
    >>> str(edge_from_surface_halides(Measured(1583, 167), 0.5831))
    '9.47 ± 0.50'
    """
    require(
        ("surface_halides.value", surface_halides.value, POSITIVE_COUNT),
        ("surface_halides.sigma", surface_halides.sigma, UNCERTAINTY),
        ("lattice_constant_nm", lattice_constant_nm, LATTICE_CONSTANT_NM),
    )
    edge = lattice_constant_nm * math.sqrt(surface_halides.value / 6.0)
    return Measured(edge, edge * surface_halides.sigma / (2.0 * surface_halides.value))
