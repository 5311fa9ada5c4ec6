"""What is in the bottle, and how much of it counts?

A product of the catalogue, as the planner in :mod:`ligandkb.planning.exchange` wants it: molar mass as
bought, what it is before it meets its partner, how many binding ions a formula unit brings, its crystal
water, and whether its purity may be divided by.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdkit import Chem

from ligandkb.assessment.pairs import Pair
from ligandkb.catalogue.partners import Partner, Route
from ligandkb.catalogue.products import Product
from ligandkb.catalogue.purity import is_aqueous, is_solution, purity_fraction
from ligandkb.chemistry.acids import ACIDS, AMINE, any_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.species import SpeciesKind, formula_unit, molar_mass_g_per_mol
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.topological import longest_chain
from ligandkb.planning.reagents import Reagent, ReagentKind
from ligandkb.planning.strong_acids import STRONG_ACID
from ligandkb.problems import InputError, Problem, UsageError

TECHNICAL_UP_TO = 0.90
"""Fatty acids and amines of this purity or less count as technical. Ours: it takes in the paper's oleylamine
(70 %) and oleic acid (90 %), and leaves out its decylamine (95 %)."""
FATTY_FROM_CARBONS = 8
"""Chains of fats and oils, of which a technical acid or amine is a cut: what isn't oleylamine is its neighbours. What
isn't dodecylbenzenesulfonic acid in a 70 % solution is its solvent."""


@dataclass(frozen=True)
class Label:
    """What a bottle or its certificate says, where the catalogue says nothing or something else.

    Attributes
    ----------
    purity_fraction : float or None
        Mass fraction.
    dosing_value_mg_koh_per_g : float or None
        Acid or amine value.
    grade : str or None
        Purity as printed, empty where nobody says: that of the catalogue is another bottle's. None where the bottle is
        the catalogue's.
    is_assumed : bool
        Whether the catalogue's purity is assumed of a bottle of which nobody said one.
    """

    purity_fraction: float | None = None
    dosing_value_mg_koh_per_g: float | None = None
    grade: str | None = None
    is_assumed: bool = False


def ligand_reagent(pair: Pair, label: Label | None = None) -> Reagent:
    """The bottle that brings the ligand.

    Parameters
    ----------
    pair : Pair
    label : Label, optional
        What stands on it.

    Returns
    -------
    Reagent

    Raises
    ------
    InputError
        If the structure is a bare ion, which nobody sells.
    """
    form, product = pair.form.form, pair.product
    charge = sum(species.charge * species.count for species in product.species)
    if charge:
        what = f"is an ion of charge {charge:+d}, not a product as bought"
        raise InputError(
            [Problem(product.name, 0, 0, what, "name what you buy, such as its acid or its sodium salt")]
        )
    if form.ligand_class is LigandClass.Z:
        per_formula = 1
    else:
        brought = [species for species in product.species if species.smiles == form.smiles] or [
            species for species in product.species if species.kind is SpeciesKind.NEUTRAL
        ]
        if not brought and form.ligand_class is not LigandClass.X:  # an acidic cation's zwitterion
            brought = [species for species in product.species if species.kind.is_cation]
        per_formula = brought[0].count if brought else 1
    kind: ReagentKind
    if form.proton_transfer is not None and form.ligand_class is LigandClass.X:
        kind = "acid"
    elif any(species.kind.is_cation for species in product.species):
        kind = "salt"
    else:
        kind = "amine" if form.mode is not None and form.mode.group == "amine" else "neutral"
    return _reagent(product, kind, per_formula, label)


def partner_reagent(partner: Partner, product: Product, label: Label | None = None) -> Reagent:
    """The bottle that brings the partner.

    Parameters
    ----------
    partner : Partner
    product : Product
        What it is made from.
    label : Label, optional

    Returns
    -------
    Reagent

    Raises
    ------
    UsageError
        If the partner has more than one charge.
    """
    if partner.charge != 1:
        raise UsageError(
            f"partner: {partner.name} carries {partner.charge:+d}, and the method exchanges pairs with a "
            "singly charged A-site ion: choose oleylammonium, or plan the whole salt as the ligand"
        )
    per_formula = sum(species.count for species in product.species if species.smiles == partner.smiles)
    kind: ReagentKind = "amine" if partner.route is Route.PROTON_TRANSFER else "salt"
    return _reagent(product, kind, per_formula or 1, label)


def _reagent(product: Product, kind: ReagentKind, per_formula: int, label: Label | None) -> Reagent:
    label = label or Label()
    mol = parse(formula_unit(product.species))
    printed = product.purity if label.grade is None else label.grade
    purity = label.purity_fraction if label.purity_fraction is not None else purity_fraction(printed)
    # The rest of an aqueous or a mineral acid is water, that of a strong acid water or solvent, not other acid.
    is_fatty = longest_chain(formula_unit(product.species)) >= FATTY_FROM_CARBONS
    is_cut = is_fatty and not mol.HasSubstructMatch(STRONG_ACID)
    may_be_technical = kind in ("acid", "amine") and is_cut and not is_aqueous(printed)
    technical = may_be_technical and (
        (purity is not None and purity <= TECHNICAL_UP_TO)
        or (label.purity_fraction is None and "technical" in printed.lower())
    )
    return Reagent(
        name=product.name,
        molar_mass_g_per_mol=molar_mass_g_per_mol(product.species),
        kind=kind,
        # A solid's density doesn't help: nobody pipettes it.
        density_g_per_ml=product.density_g_per_ml if product.state_20c == "liquid" else None,
        grade=printed if label.purity_fraction is None else f"{100 * label.purity_fraction:g} %",
        purity_fraction=purity,
        technical=technical,
        dosing_value_mg_koh_per_g=label.dosing_value_mg_koh_per_g,
        species_per_formula=float(per_formula),
        titrated_groups=float(_titrated_groups(mol, kind)),
        crystal_waters=float(
            sum(species.count for species in product.species if species.kind is SpeciesKind.WATER)
        ),
        in_solution=is_solution(printed),
        purity_is_assumed=label.is_assumed and bool(printed),
    )


_ACID_GROUP = Chem.MolFromSmarts(f"[{any_of(kind for kind in ACIDS if kind.acidifies)}]")
_AMINE_GROUP = AMINE.pattern


def _titrated_groups(mol: Chem.Mol, kind: ReagentKind) -> int:
    """Acid or amine groups of one formula unit, all of which an acid or amine value counts."""
    if kind not in ("acid", "amine"):
        return 1
    pattern = _ACID_GROUP if kind == "acid" else _AMINE_GROUP
    groups = {match[0] for match in mol.GetSubstructMatches(pattern)}
    return len(groups) or 1
