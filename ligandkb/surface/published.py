"""What did the papers measure, and where do they say so?

Numbers that the rest of this room compares with or starts from, each with its source and place.
What the papers don't give isn't here: it is :class:`~ligandkb.missing.Missing`, with the way to get it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ligandkb.missing import Missing
from ligandkb.provenance import Source
from ligandkb.surface.uncertainty import Measured

NENON = "10.1021/jacs.8b11035"


@dataclass(frozen=True)
class PublishedRateRatio:
    """k_r/k_nr,trap as a paper fitted it.

    Attributes
    ----------
    composition : str
        As the paper writes it.
    value : float
        Dimensionless.
    order_of_magnitude_only : bool
        The paper says that the model fails for these data.
    source : Source
    note : str
        What the paper says about the fit.
    """

    composition: str
    value: float
    order_of_magnitude_only: bool
    source: Source
    note: str


RATE_RATIOS: tuple[PublishedRateRatio, ...] = (
    PublishedRateRatio(
        "CsPbI3",
        20_000.0,
        False,
        Source(NENON, "section on the role of surface halide vacancies; Figure 1"),
        "close fit; no error printed",
    ),
    PublishedRateRatio(
        "CsPbBr3",
        333.0,
        False,
        Source(NENON, "section on the role of surface halide vacancies; Figure 1"),
        "close fit; no error printed",
    ),
    PublishedRateRatio(
        "CsPbBr1.5Cl1.5",
        40.0,
        True,
        Source(NENON, "section on the role of surface halide vacancies; Figure 1"),
        "the model fails to capture the sigmoidal shape of the mixed halide, so 40 is an order of magnitude",
    ),
)
"""The three ratios that the paper prints. It gives no errors for them."""

_FRACTIONS: Mapping[str, Mapping[str, float]] = {
    "CsPbI3": {"I": 1.0},
    "CsPbBr3": {"Br": 1.0},
    "CsPbBr1.5Cl1.5": {"Br": 0.5, "Cl": 0.5},
}


def published_rate_ratio(
    halide_fractions: Mapping[str, float], *, a_site: str = "Cs"
) -> PublishedRateRatio | Missing:
    """k_r/k_nr,trap of a composition, or why there is none.

    Parameters
    ----------
    halide_fractions : mapping of str to float
        Halide symbol to its share of the halide sites, e.g. ``{"Br": 0.5, "Cl": 0.5}``.
    a_site : str
        Symbol of the A-site cation.

    Returns
    -------
    PublishedRateRatio or Missing
        Nothing is interpolated between compositions.

    Examples
    --------
    >>> published_rate_ratio({"Br": 1.0}).value
    333.0
    >>> print(published_rate_ratio({"Cl": 1.0}))
    missing (not measured for CsPbCl3 (instrument limits at its bandgap, doi 10.1021/jacs.8b11035): ...)
    """
    present = {symbol: share for symbol, share in halide_fractions.items() if share > 1e-6}
    fix = "fit a dilution series of your own sample with ligandkb surface traps-fit"
    if a_site != "Cs":
        return Missing(f"the paper measured caesium lead halides only: {fix}")
    for published in RATE_RATIOS:
        reference = _FRACTIONS[published.composition]
        if present.keys() == reference.keys() and all(
            abs(present[symbol] - reference[symbol]) < 0.01 for symbol in reference
        ):
            return published
    if present.keys() == {"Cl"}:
        return Missing(f"not measured for CsPbCl3 (instrument limits at its bandgap, doi {NENON}): {fix}")
    return Missing(f"not measured at this halide ratio, and not interpolated: {fix}")


@dataclass(frozen=True)
class Lattice:
    """A measured unit cell, brought to the cube that holds one Pb.

    Attributes
    ----------
    composition : str
    cell_nm : tuple of float
        Edges of the cell as published, in nm.
    lead_per_cell : int
        Pb atoms in that cell.
    phase : str
        Phase and temperature.
    source : Source
        Where the cell was read.
    measured_by : str
        Who measured it, where the source quotes somebody else.
    """

    composition: str
    cell_nm: tuple[float, float, float]
    lead_per_cell: int
    phase: str
    source: Source
    measured_by: str

    @property
    def origin(self) -> str:
        """What it is, where it was read and who measured it, in one line."""
        where = f"doi {self.source.doi}, {self.source.locator}; measured by {self.measured_by}"
        return f"{self.composition}, {self.phase}; {where}"

    @property
    def lattice_constant_nm(self) -> float:
        """Edge of the cube with one Pb: the cube root of the cell volume per Pb."""
        a, b, c = self.cell_nm
        return float((a * b * c / self.lead_per_cell) ** (1 / 3))


_JISHI = Source("10.48550/arXiv.1405.1706", "Table I")

LATTICES: tuple[Lattice, ...] = (
    Lattice(
        "CsPbCl3",
        (0.5605, 0.5605, 0.5605),
        1,
        "cubic",
        _JISHI,
        "Moreira and Dias, J. Phys. Chem. Solids 2007, 68, 1617",
    ),
    Lattice(
        "CsPbBr3",
        (0.8244, 1.1735, 0.8198),
        4,
        "orthorhombic, room temperature",
        _JISHI,
        "Stoumpos et al., Cryst. Growth Des. 2013, 13, 2722 (doi 10.1021/cg400645t)",
    ),
    Lattice(
        "CsPbI3",
        (0.85783, 0.88637, 1.24838),
        4,
        "γ, orthorhombic, 295 K",
        Source("10.48550/arXiv.1905.12486", "crystal structure, Crystallography Open Database entry 4127359"),
        "Straus et al., J. Am. Chem. Soc. 2019, 141, 11435",
    ),
    Lattice(
        "CsPbI3",
        (0.62894, 0.62894, 0.62894),
        1,
        "α, cubic, above 634 K",
        _JISHI,
        "Trots and Myagkota, J. Phys. Chem. Solids 2008, 69, 2520",
    ),
)
"""Cells as published; the first of a composition is the one at room temperature."""


def lattice(composition: str) -> Lattice | Missing:
    """Room-temperature cell of CsPbCl3, CsPbBr3 or CsPbI3.

    Parameters
    ----------
    composition : str
        Formula.

    Returns
    -------
    Lattice or Missing
        Mixed halides are missing: no measured cell was found, and none is interpolated here.

    Examples
    --------
    >>> round(lattice("CsPbBr3").lattice_constant_nm, 4)
    0.5831
    >>> print(lattice("CsPbBr1.5Cl1.5"))
    missing (no sourced cell for CsPbBr1.5Cl1.5: give lattice_constant_nm yourself...)
    """
    for one in LATTICES:
        if one.composition == composition:
            return one
    return Missing(
        f"no sourced cell for {composition}: give lattice_constant_nm yourself, e.g. from your diffractogram"
    )


@dataclass(frozen=True)
class Reported:
    """A number that a paper prints, with its error and place."""

    measured: Measured
    unit: str
    source: Source


BOUND_LINEWIDTH = Reported(
    Measured(290.0, 30.0), "Hz", Source(NENON, "section on softer Lewis bases; Figure S20")
)
"""Linewidth of protons next to the binding head of a saturated, purified sample."""

OBSERVED_LINEWIDTH = Reported(Measured(10.7, 0.2), "Hz", Source(NENON, "section on softer Lewis bases"))
"""Linewidth of the difluoroacetate proton in a saturated solution after the exchange."""

NEW_BONDS = Reported(Measured(180.0, 20.0), "per nanocrystal", Source(NENON, "section on softer Lewis bases"))
"""New lead-difluoroacetate bonds that the paper derives from these linewidths."""

VACANCIES = Reported(Measured(190.0, 20.0), "per nanocrystal", Source(NENON, "section on softer Lewis bases"))
"""Surface halide vacancies that the paper derives from the PLQY of the same nanocrystals."""

PLQY_BEFORE = Reported(Measured(0.62, 0.03), "fraction", Source(NENON, "section on softer Lewis bases"))
"""PLQY of those nanocrystals before the exchange."""

VACANT_FRACTION = Reported(
    Measured(0.12),
    "fraction of surface halide sites",
    Source(NENON, "section on softer Lewis bases; Figure 7"),
)
"""Share of the surface halide sites that is vacant."""

XPS_CS_PER_PB = Reported(
    Measured(0.78, 0.04), "Cs per Pb", Source(NENON, "section on the inorganic surface; Figure S2; Table S1")
)
XPS_BR_PER_PB = Reported(
    Measured(2.83, 0.02), "Br per Pb", Source(NENON, "section on the inorganic surface; Figure S2; Table S1")
)
"""XPS of four CsPbBr3 samples with a PLQY of 60-65 %, over the first 2.0 nm."""

XPS_PROBE_DEPTH_NM = 2.0
"""Depth that the paper's XPS probed (same section)."""

EDGE_RANGE_NM = (4.0, 15.0)
EDGE_RANGE_SOURCE = Source("10.1021/nl5048779", "abstract")
"""Edges of CsPbX3 nanocubes by the synthesis that Nenon et al. followed (their reference 10)."""

PAIRS_PER_BINDING_SITE = 4.0
"""Text on Figure 6 of Nenon et al.: 4 ligand pairs per available binding site. The paper doesn't define that site; we
read it as one surface halide position."""
