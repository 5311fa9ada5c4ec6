"""Which quantum chemical columns does a rule see?

Stored values of a form's head are looked up; what compares them with lead or with a reference is derived here and
never stored. What was never computed is missing, with the command that computes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.chemistry.heads import head_of, keeps_a_tail
from ligandkb.chemistry.native import OLEATE, OLEYLAMINE
from ligandkb.chemistry.neutral import electron_acceptor_atoms, neutral_molecule, without_chain_ends
from ligandkb.chemistry.remembered import remembered
from ligandkb.descriptors.contract import Descriptors
from ligandkb.descriptors.quantum import matching
from ligandkb.descriptors.quantum.definitions import (
    COMPUTE,
    GLOBAL,
    LOCAL,
    LOCAL_SOFTNESS,
    NO_DONOR,
    PARR_PEARSON,
    VERTICAL,
    Column,
    key,
    of_donors,
    of_head,
    of_site,
)
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, GFN2, IPEA_SHIFT, SOURCES, Level
from ligandkb.descriptors.quantum.records import AtHand, Lookup
from ligandkb.descriptors.subject import Ligand
from ligandkb.missing import Absent, Known, Missing, NotApplicable

_REFERENCE = {"X radical": OLEATE, "L molecule": OLEYLAMINE}

AFFINITY_METHOD = f"{VERTICAL}; ends of saturated chains cut; less the shift of 4.8455 eV"

QUANTUM: Descriptors[Ligand] = Descriptors(GLOBAL, LOCAL)
"""What a rule can name; the model of lead enters through the columns that match form and lead."""


@remembered(256)
def site_on(composition: Composition) -> Known[str]:
    """Name of the model of under-coordinated lead that belongs to a crystal.

    The crystal's lead is modelled by PbX2 with its own halide; for a mixed or unstated halide there is no model, so
    the columns that match form and lead are missing.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> site_on(parse_composition("CsPbBr3"))
    'PbBr2'
    """
    if not composition.is_pure:
        return Missing(f"no model of lead in {composition}, whose halide is mixed or not stated")
    (halide,) = composition.amounts
    return matching.lead_halide_site(halide)


@QUANTUM.define(
    "charge_transfer_e",
    "number",
    "electrons that flow from ligand to Pb by Parr and Pearson, (χ_Pb - χ_L)/(2 (η_Pb + η_L)), both shifted",
    unit="e",
    minimum=-5,
    maximum=5,
    tier="quantum",
    method=VERTICAL,
    structure="head",
    source=PARR_PEARSON,
)
def charge_transfer_e(ligand: Ligand) -> Column:
    """Electrons that flow from ligand to lead."""
    return _with_lead(matching.charge_transfer_e, ligand)


@QUANTUM.define(
    "charge_transfer_energy_ev",
    "number",
    "energy of that flow, -(χ_Pb - χ_L)²/(4 (η_Pb + η_L))",
    unit="eV",
    minimum=-50,
    maximum=0,
    tier="quantum",
    method=VERTICAL,
    structure="head",
    source=PARR_PEARSON,
)
def charge_transfer_energy_ev(ligand: Ligand) -> Column:
    """Energy of the flow of electrons from ligand to lead."""
    return _with_lead(matching.charge_transfer_energy_ev, ligand)


@QUANTUM.define(
    "local_softness_gap_per_ev",
    "number",
    "how far the donors' local softness is from that of Pb, |s+(Pb) - s-(donors)|; small is a good match",
    unit="1/eV",
    minimum=0,
    maximum=10,
    tier="quantum",
    method=VERTICAL,
    structure="head",
    source=LOCAL_SOFTNESS,
)
def local_softness_gap_per_ev(ligand: Ligand) -> Column:
    """How far the softnesses of donors and lead are apart."""
    if ligand.form.mode is None:
        return NO_DONOR
    lead = of_site("acceptor_local_softness_per_ev", ligand)
    return _derive(matching.local_softness_gap_per_ev, lead, of_donors("local_softness_per_ev", ligand))


@QUANTUM.define(
    "hardness_above_reference_ev",
    "number",
    "hardness less that of the reference of the same class: oleate for X, oleylamine for L",
    unit="eV",
    minimum=-20,
    maximum=20,
    tier="quantum",
    method=VERTICAL,
    structure="head",
    source=PARR_PEARSON,
)
def hardness_above_reference_ev(ligand: Ligand) -> Column:
    """Hardness of a ligand less that of its reference."""
    reference = _reference(ligand)
    if not isinstance(reference, Ligand):
        return reference
    return _derive(_difference, of_head("hardness_ev", ligand), of_head("hardness_ev", reference))


@QUANTUM.define(
    "donor_charge_mulliken_above_reference_e",
    "number",
    "Mulliken donor charge less that of the reference of the same donor group: oleate or oleylamine",
    unit="e",
    minimum=-5,
    maximum=5,
    tier="quantum",
    method=VERTICAL,
    structure="head",
    source=SOURCES[GFN2],
)
def donor_charge_mulliken_above_reference_e(ligand: Ligand) -> Column:
    """Donor charge of a ligand less that of its reference."""
    reference = _reference(ligand)
    if not isinstance(reference, Ligand):
        return reference
    if _group(ligand.form) != _group(reference.form):
        return NotApplicable("compared within the reference's donor group only")
    name = "donor_charge_mulliken_e"
    return _derive(_difference, of_donors(name, ligand), of_donors(name, reference))


@QUANTUM.define(
    "vertical_electron_affinity_ev",
    "number",
    "electron affinity of the neutral molecule that the form comes from (acid, neutral base, inner salt), at its own "
    "geometry; large ones take the excited electron, and what takes holes or energy isn't found. Missing for cations "
    "with π electrons and no proton to give",
    unit="eV",
    minimum=-20,
    maximum=20,
    tier="quantum",
    method=AFFINITY_METHOD,
    structure="product",
    source=IPEA_SHIFT,
)
def vertical_electron_affinity_ev(ligand: Ligand) -> Column:
    """Electron affinity of the neutral molecule behind a form."""
    return electron_affinity_of(ligand.form.smiles, ligand.computed, ligand.level)


def electron_affinity_of(smiles: str, computed: Lookup, level: Level = DEFAULT_LEVEL) -> Known[float]:
    """Stored electron affinity of the neutral molecule behind a form or partner, in eV, or why there is none."""
    name = "electron_affinity_ev"
    if isinstance(computed, AtHand):
        atoms = electron_acceptor_atoms(smiles)
        if atoms is not None and not computed.may_have(atoms, name, level):
            return Missing(COMPUTE)
    molecule = electron_acceptor(smiles)
    if not isinstance(molecule, str):
        return molecule
    record = computed(key(name, molecule, "", level))
    value = Missing(COMPUTE) if record is None else record.value
    assert not isinstance(value, str)
    return value


def electron_acceptor(smiles: str) -> Known[str]:
    """SMILES of the molecule whose electron affinity counts for a form or partner, or why there is none."""
    molecule = neutral_molecule(smiles)
    return without_chain_ends(molecule) if isinstance(molecule, str) else molecule


def species_to_compute(forms: Iterable[BindingForm], partners: Iterable[str] = ()) -> tuple[str, ...]:
    """Distinct species on which values are computed: heads of forms, then neutral molecules of forms and partners.

    Parameters
    ----------
    forms : iterable of BindingForm
    partners : iterable of str
        SMILES of cations.

    Returns
    -------
    tuple of str
        Canonical SMILES.

    Examples
    --------
    >>> species_to_compute([form_of("CCCCCC(=O)[O-]"), form_of("CCCN")])
    ('CC(=O)[O-]', 'CN', 'CCC(=O)O', 'CCCN')
    """
    every = tuple(forms)
    heads = [head_of(form.smiles) for form in every if form.mode is not None]
    ions = [*(form.smiles for form in every), *partners]
    molecules = [molecule for ion in ions if isinstance(molecule := electron_acceptor(ion), str)]
    return tuple(dict.fromkeys([*heads, *molecules]))


def _with_lead(formula: Callable[..., float], ligand: Ligand) -> Column:
    if ligand.form.mode is None:
        return NO_DONOR
    return _derive(
        formula,
        of_site("acceptor_electronegativity_ev", ligand),
        of_site("acceptor_hardness_ev", ligand),
        of_head("electronegativity_ev", ligand),
        of_head("hardness_ev", ligand),
    )


def _reference(ligand: Ligand) -> Ligand | Absent:
    """Oleate or oleylamine with the same values at hand, for a ligand that can be compared with it."""
    if ligand.form.mode is None:
        return NO_DONOR
    if not ligand.is_uncut and keeps_a_tail(ligand.computed_of(ligand.form.smiles)):
        return Missing("the head keeps its tail and oleate's is cut: such values can't be compared")
    scale = of_head("hardness_scale", ligand)
    if not isinstance(scale, str):
        return scale if isinstance(scale, Absent) else Missing(COMPUTE)
    form = form_of(_REFERENCE[scale]) if scale in _REFERENCE else None
    return (
        NotApplicable(f"no reference on the scale {scale!r}") if form is None else replace(ligand, form=form)
    )


def _group(form: BindingForm) -> str:
    return form.mode.group if form.mode is not None else ""


def _difference(one: float, other: float) -> float:
    return one - other


def _derive(formula: Callable[..., float], *arguments: Column) -> Column:
    """Apply a formula, or give the first reason why one of its arguments has no value."""
    numbers: list[float] = []
    for argument in arguments:
        if not isinstance(argument, int | float):
            return argument
        numbers.append(float(argument))
    return round(formula(*numbers), 6)
