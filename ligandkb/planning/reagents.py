"""How much of a bottle holds so many moles?

A pure product is weighed by its molar mass, crystal water included, and divided by its purity, and so is
a solution, such as a sulfonic acid sold as 70 % in an alcohol. A technical cut of fats is not: what isn't
oleylamine in 70 % oleylamine is mostly other amine, and what isn't oleic acid in 90 % oleic acid is mostly
other acid, which pair up all the same. Such a bottle is dosed by its amine or acid value where the
certificate gives one, and as if it were pure where none is known, with the error that this may hide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ligandkb.missing import Missing, NotApplicable
from ligandkb.problems import UsageError
from ligandkb.surface.quantities import (
    COUNT,
    DENSITY_G_PER_ML,
    DOSING_VALUE_MG_KOH_PER_G,
    MOLAR_MASS_G_PER_MOL,
    POSITIVE_COUNT,
    PURITY,
    require,
)

ReagentKind = Literal["acid", "amine", "salt", "neutral"]

POTASSIUM_HYDROXIDE_G_PER_MOL = 56.105
"""KOH, from the standard atomic weights of K, O and H (39.098, 15.999, 1.008)."""

WATER_G_PER_MOL = 18.015
"""H2O, from the standard atomic weights of H and O."""


@dataclass(frozen=True)
class Reagent:
    """A product as bought.

    Attributes
    ----------
    name : str
    molar_mass_g_per_mol : float
        Of one formula unit as bought: counter-ions and crystal water included.
    kind : {"acid", "amine", "salt", "neutral"}
        What it is in the bottle, before it meets its partner.
    density_g_per_ml : float or None
        For liquids, to pipette instead of weighing.
    grade : str
        As printed on the bottle.
    purity_fraction : float or None
        Mass fraction.
    purity_is_assumed : bool
        Grade and purity are what the catalogue has; nobody said what the bottle has.
    technical : bool
        The rest is mostly of the same function (oleylamine 70 %, oleic acid 90 %).
    dosing_value_mg_koh_per_g : float or None
        Amine or acid value from the certificate of analysis.
    species_per_formula : float
        Binding ions (or amines) in one formula unit: 2 oleates in lead oleate.
    crystal_waters : float
        Water molecules in one formula unit.
    titrated_groups : float
        Acid or amine groups in one formula unit, all of which its value counts: 2 in a dicarboxylic acid.
    in_solution : bool
        Sold in a solvent, so that the density of the pure compound says nothing of it.

    Raises
    ------
    UsageError
        Where a number can't be what it claims to be.

    Examples
    --------
    >>> Reagent("oleylamine", 267.5, "amine", purity_fraction=70)
    Traceback (most recent call last):
    ...
    ligandkb.problems.UsageError: oleylamine: purity_fraction: 70 is no purity: ... write 0.7
    """

    name: str
    molar_mass_g_per_mol: float
    kind: ReagentKind
    density_g_per_ml: float | None = None
    grade: str = ""
    purity_fraction: float | None = None
    technical: bool = False
    dosing_value_mg_koh_per_g: float | None = None
    species_per_formula: float = 1.0
    crystal_waters: float = 0.0
    titrated_groups: float = 1.0
    in_solution: bool = False
    purity_is_assumed: bool = False

    def __post_init__(self) -> None:
        quantities = [
            ("molar_mass_g_per_mol", self.molar_mass_g_per_mol, MOLAR_MASS_G_PER_MOL),
            ("density_g_per_ml", self.density_g_per_ml, DENSITY_G_PER_ML),
            ("purity_fraction", self.purity_fraction, PURITY),
            ("dosing_value_mg_koh_per_g", self.dosing_value_mg_koh_per_g, DOSING_VALUE_MG_KOH_PER_G),
            ("species_per_formula", self.species_per_formula, POSITIVE_COUNT),
            ("crystal_waters", self.crystal_waters, COUNT),
            ("titrated_groups", self.titrated_groups, POSITIVE_COUNT),
        ]
        require(
            *((f"{self.name}: {name}", value, what) for name, value, what in quantities if value is not None)
        )
        if self.dosing_value_mg_koh_per_g is not None and self.kind not in {"acid", "amine"}:
            raise UsageError(
                f"{self.name}: dosing_value_mg_koh_per_g: only an acid or an amine has one: leave it out"
            )
        if self.crystal_waters * WATER_G_PER_MOL >= self.molar_mass_g_per_mol:
            raise UsageError(
                f"{self.name}: molar_mass_g_per_mol: {self.molar_mass_g_per_mol:g} g/mol is less than its "
                f"{self.crystal_waters:g} H2O weigh: give the molar mass with crystal water"
            )


@dataclass(frozen=True)
class Dose:
    """An amount of one reagent.

    Attributes
    ----------
    reagent : Reagent
    umol : float
        Of the binding species, in µmol.
    milligram : float
        To weigh in, as bought.
    microlitre : float or Missing or NotApplicable
        To pipette instead, where a density is known.
    milligram_if_rest_inert : float or NotApplicable
        For a technical grade without amine or acid value: what dividing by purity would give.
    basis : str
        How the mass was had.
    """

    reagent: Reagent
    umol: float
    milligram: float
    microlitre: float | Missing | NotApplicable
    milligram_if_rest_inert: float | NotApplicable
    basis: str


def dose(reagent: Reagent, umol: float) -> Dose:
    """Mass and volume of a product that hold an amount of its binding species.

    Parameters
    ----------
    reagent : Reagent
    umol : float
        Of the binding species, in µmol.

    Returns
    -------
    Dose

    Examples
    --------
    >>> pure = dose(Reagent("decylamine", 157.30, "amine", purity_fraction=0.95), 10.0)
    >>> round(pure.milligram, 3), pure.basis
    (1.656, 'molar mass, divided by a purity of 95 %')
    >>> technical = Reagent("oleylamine", 267.5, "amine", grade="70 %", purity_fraction=0.7, technical=True)
    >>> round(dose(technical, 10.0).milligram, 3), round(dose(technical, 10.0).milligram_if_rest_inert, 3)
    (2.675, 3.821)
    """
    require((f"{reagent.name}: umol", umol, COUNT))
    pure_mg = umol * reagent.molar_mass_g_per_mol / reagent.species_per_formula / 1000.0
    if_inert: float | NotApplicable = NotApplicable("not a technical grade")
    if reagent.dosing_value_mg_koh_per_g is not None:
        groups = reagent.titrated_groups / reagent.species_per_formula
        milligram = umol * groups * POTASSIUM_HYDROXIDE_G_PER_MOL / reagent.dosing_value_mg_koh_per_g
        basis = f"{reagent.kind} value of {reagent.dosing_value_mg_koh_per_g:g} mg KOH/g"
        if_inert = NotApplicable("dosed by its value")
    elif reagent.technical:
        milligram = pure_mg
        basis = "molar mass; technical grade, not divided by purity"
        if reagent.purity_fraction is not None:
            if_inert = pure_mg / reagent.purity_fraction
    elif reagent.purity_fraction is not None:
        milligram = pure_mg / reagent.purity_fraction
        kind = "an assumed purity" if reagent.purity_is_assumed else "a purity"
        basis = f"molar mass, divided by {kind} of {100 * reagent.purity_fraction:g} %"
    else:
        milligram, basis = pure_mg, "molar mass; purity unknown, taken as pure"
    microlitre: float | Missing
    if reagent.in_solution:
        microlitre = Missing("the density of the solution isn't known: weigh it")
    elif reagent.density_g_per_ml is not None:
        microlitre = milligram / reagent.density_g_per_ml
    else:
        microlitre = Missing("no density: weigh it")
    return Dose(reagent, umol, milligram, microlitre, if_inert, basis)
