"""What will hurt the sample?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ligandkb.planning.reagents import POTASSIUM_HYDROXIDE_G_PER_MOL, WATER_G_PER_MOL, Dose, Reagent
from ligandkb.surface.dilution import DILUTION_TENSION
from ligandkb.surface.published import NENON

Severity = Literal["stop", "caution", "note"]

_METHOD = f"doi {NENON}, Ligand Exchange Method"
_ALONE = f"doi {NENON}, section on the exchange method; Figure S8"
_PLAUSIBLE_SHARE = (0.8, 1.25)
"""Of the acid or amine value of the pure product. Ours: other chain lengths change it by some per cent."""
DILUTED_UP_TO = 0.90
"""Purity up to which it is said what the rest of an acid or amine is taken for. Ours."""
_ORDER: tuple[Severity, ...] = ("stop", "caution", "note")


@dataclass(frozen=True)
class Caution:
    """Something that harms the sample or the result.

    Attributes
    ----------
    severity : {"stop", "caution", "note"}
        "stop" means that the sample will be lost as planned.
    text : str
    source : str
        Where it is from; empty for plain arithmetic.
    """

    severity: Severity
    text: str
    source: str = ""


def worst_first(cautions: Sequence[Caution]) -> tuple[Caution, ...]:
    """Sort cautions by severity, keeping their order within one.

    Examples
    --------
    >>> [one.severity for one in worst_first([Caution("note", "a"), Caution("stop", "b")])]
    ['stop', 'note']
    """
    return tuple(sorted(cautions, key=lambda caution: _ORDER.index(caution.severity)))


def method_cautions(ligand: Reagent, partner: Reagent | None) -> list[Caution]:
    """List what holds for every exchange of this kind, in the words of what is exchanged."""
    dissolved = "pair" if partner else "ligand"
    found = [
        Caution(
            "caution",
            f"Never resuspend in neat solvent, not even to rinse: it degrades the nanocrystals rapidly. Every "
            f"resuspension goes into {dissolved} solution. Diluting a little of the sample in neat solvent to "
            "measure it at once, as the paper did for its own optics, is another matter: keep what was "
            "diluted so out of the exchange.",
            f"{_METHOD}; Optical Spectroscopy",
        ),
        Caution("note", DILUTION_TENSION, f"doi {NENON}, text on Figure 1; Optical Spectroscopy"),
        Caution(
            "note",
            f"Compare PLQY only between samples of the same nanocrystal and {dissolved} concentrations, and "
            "exchange a second fraction to oleylammonium-oleate as the control.",
            f"doi {NENON}, Figure 6; Figure S21",
        ),
    ]
    if partner and {"acid", "amine"} & {ligand.kind, partner.kind}:
        found.append(
            Caution(
                "caution",
                f"Let {ligand.name} and {partner.name} meet each other before they meet nanocrystals: acid or "
                "amine alone gives an off-white, weakly fluorescent precipitate of CsBr and Cs4PbBr6.",
                _ALONE,
            )
        )
    if ligand.kind == "neutral" and not partner:
        found.append(
            Caution(
                "note",
                "The control stays oleylammonium-oleate even where the prediction compares with oleylamine: "
                "an amine alone gives a precipitate of CsBr and Cs4PbBr6, so oleylamine by itself is no control.",
                _ALONE,
            )
        )
    return found


def pairing_cautions(doses: Sequence[Dose]) -> list[Caution]:
    """Say what follows from the products: an acid or an amine alone."""
    if len(doses) == 1 and doses[0].reagent.kind in {"acid", "amine"}:
        reagent = doses[0].reagent
        return [
            Caution(
                "stop",
                f"{reagent.name} is {'an acid' if reagent.kind == 'acid' else 'an amine'} without a partner: "
                "alone it turns CsPbBr3 into CsBr and Cs4PbBr6. Add its partner.",
                _ALONE,
            )
        ]
    return []


def concentration_cautions(
    nanocrystal_um: float,
    stock_window_um: tuple[float, float],
    pair_mm: float,
    pair_window_mm: tuple[float, float],
    resuspension_ml: float,
    dissolved: str,
) -> list[Caution]:
    """Where concentrations leave the range in which the method was shown to work."""
    found = []
    low, high = pair_window_mm
    if not low <= pair_mm <= high:
        wanted = resuspension_ml * pair_mm / (low if pair_mm < low else high)
        side = "below" if pair_mm < low else "above"
        found.append(
            Caution(
                "caution",
                f"{pair_mm:.3g} mM of {dissolved}s lies {side} the {low:g} to {high:g} mM of the method: resuspend "
                f"in {wanted:.3g} mL instead, or change the number of {dissolved}s per position.",
                _METHOD,
            )
        )
    low, high = stock_window_um
    if not low <= nanocrystal_um <= high:
        found.append(
            Caution(
                "note",
                f"The method was shown at {low:g} to {high:g} µM of nanocrystals; yours are at "
                f"{nanocrystal_um:g} µM.",
                _METHOD,
            )
        )
    return found


def bottle_cautions(doses: Sequence[Dose], strength: int) -> list[Caution]:
    """Say what the bottles bring along: unknown content, crystal water, a concentrate."""
    found = []
    for one in doses:
        reagent = one.reagent
        if isinstance(one.milligram_if_rest_inert, float):
            found.append(
                Caution(
                    "caution",
                    f"{reagent.name} ({reagent.grade or 'technical'}) is not divided by its purity: the rest "
                    f"is mostly other {reagent.kind}s, which pair up too. If the rest were inert, "
                    f"{one.milligram_if_rest_inert / one.milligram:.2f} times as much would be needed. Dose "
                    f"by the {reagent.kind} value of your bottle, if its certificate gives one.",
                )
            )
        elif _is_diluted(reagent):
            found.append(
                Caution(
                    "caution",
                    f"{reagent.name} ({reagent.grade}) is divided by its purity: the rest is taken as water or "
                    f"solvent, which comes along. If it is other {reagent.kind}, {reagent.purity_fraction:.2f} times "
                    f"as much is enough, and more leaves a free {reagent.kind}: dose by the {reagent.kind} value of "
                    "your bottle.",
                )
            )
        if reagent.in_solution:
            found.append(
                Caution(
                    "note",
                    f"{reagent.name} ({reagent.grade}) is a solution, and its density isn't known: weigh it, no volume "
                    "is given.",
                )
            )
        if reagent.purity_is_assumed:
            found.append(
                Caution(
                    "note",
                    f"The purity of your {reagent.name} isn't stated: {reagent.grade} is assumed, as the catalogue has "
                    "it. Read the label.",
                )
            )
        if reagent.purity_fraction is None and reagent.dosing_value_mg_koh_per_g is None:
            found.append(
                Caution("note", f"The purity of {reagent.name} isn't known here; it is taken as pure.")
            )
        if (value := reagent.dosing_value_mg_koh_per_g) is not None:
            pure = POTASSIUM_HYDROXIDE_G_PER_MOL * 1000.0 * reagent.titrated_groups
            share = value * reagent.molar_mass_g_per_mol / pure
            if not _PLAUSIBLE_SHARE[0] <= share <= _PLAUSIBLE_SHARE[1]:
                found.append(
                    Caution(
                        "caution",
                        f"The {reagent.kind} value of {reagent.name}, {value:g} mg KOH/g, is {100 * share:.0f} % of "
                        f"what the pure product has ({value / share:.0f}): check that it isn't another value of the "
                        "certificate, such as the iodine value.",
                    )
                )
        if reagent.crystal_waters:
            anhydrous = reagent.molar_mass_g_per_mol - reagent.crystal_waters * WATER_G_PER_MOL
            water = one.umol / reagent.species_per_formula * reagent.crystal_waters
            found.append(
                Caution(
                    "caution",
                    f"{reagent.name} brings {reagent.crystal_waters:g} H2O per formula unit: {water:.3g} "
                    "µmol in the solution to make, whereas the paper's solvents are anhydrous. Of the "
                    f"anhydrous product weigh {anhydrous / reagent.molar_mass_g_per_mol:.3f} times as much.",
                    f"doi {NENON}, Chemicals",
                )
            )
    if strength > 1:
        found.append(
            Caution(
                "note",
                f"The solution is {strength} times concentrated so that it can be weighed: check that all "
                "of it dissolves before you dilute it.",
            )
        )
    return found


def _is_diluted(reagent: Reagent) -> bool:
    """Whether so much of an acid or amine is something else that its kind decides the dose."""
    by_purity = reagent.dosing_value_mg_koh_per_g is None and reagent.purity_fraction is not None
    return (
        by_purity and reagent.kind in ("acid", "amine") and (reagent.purity_fraction or 1.0) <= DILUTED_UP_TO
    )
