"""Which quantum chemical columns does a rule see?

Stored values of a form's head are looked up, matching columns are derived from them. What was never
computed is missing, with the command that computes it.
"""

from __future__ import annotations

from collections.abc import Callable

from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.chemistry.heads import head_of, keeps_a_tail
from ligandkb.chemistry.native import OLEATE, OLEYLAMINE
from ligandkb.descriptors.quantum.definitions import DEFINITIONS, GLOBAL, LOCAL, Lookup, key
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level
from ligandkb.descriptors.quantum.matching import (
    SITES,
    charge_transfer_e,
    charge_transfer_energy_ev,
    local_softness_gap_per_ev,
)
from ligandkb.descriptors.quantum.modes import mode_names
from ligandkb.missing import Absent, Failed, Known, Missing, NotApplicable

COMPUTE = "run: ligandkb compute"
_REFERENCE = {"X radical": OLEATE, "L molecule": OLEYLAMINE}

Column = Known[float | str]


def quantum_columns(
    form: BindingForm,
    lookup: Lookup,
    *,
    site: str,
    level: Level = DEFAULT_LEVEL,
    structure_of: Callable[[str], str] = head_of,
) -> dict[str, Column]:
    """All quantum chemical columns of one binding form, for its first mode.

    Parameters
    ----------
    form : BindingForm
    lookup : callable
        From key to record, or None.
    site : str
        Name of a model of under-coordinated Pb, see :data:`~ligandkb.descriptors.quantum.matching.SITES`.
    level : Level
    structure_of : callable
        From a form's SMILES to what was computed: its head, or :func:`str` for the uncut form.

    Returns
    -------
    dict
        Descriptor name to value or to the reason why there is none, for each of
        :data:`~ligandkb.descriptors.quantum.definitions.DEFINITIONS`.
    """
    if form.mode is None:
        reason = NotApplicable("a Z-type ligand has no donor atom")
        return {definition.name: reason for definition in DEFINITIONS}
    values = _stored(structure_of(form.smiles), lookup, level)
    acceptor = SITES[site]
    values |= {
        name: _value(lookup, name, acceptor, "", level)
        for name in (
            "acceptor_electronegativity_ev",
            "acceptor_hardness_ev",
            "acceptor_local_softness_per_ev",
        )
    }
    pair = (
        values["acceptor_electronegativity_ev"],
        values["acceptor_hardness_ev"],
        values["electronegativity_ev"],
        values["hardness_ev"],
    )
    values["charge_transfer_e"] = _derive(charge_transfer_e, *pair)
    values["charge_transfer_energy_ev"] = _derive(charge_transfer_energy_ev, *pair)
    values["local_softness_gap_per_ev"] = _derive(
        local_softness_gap_per_ev, values["acceptor_local_softness_per_ev"], values["local_softness_per_ev"]
    )
    values |= _above_reference(form, values, lookup, level, structure_of)
    return {definition.name: values[definition.name] for definition in DEFINITIONS}


def _stored(species: str, lookup: Lookup, level: Level) -> dict[str, Column]:
    computed = form_of(species)
    if computed is None or not computed.modes:
        return {definition.name: NotApplicable("no donor") for definition in GLOBAL + LOCAL}
    mode = mode_names(computed)[0]
    values = {definition.name: _value(lookup, definition.name, species, "", level) for definition in GLOBAL}
    return values | {
        definition.name: _value(lookup, definition.name, species, mode, level) for definition in LOCAL
    }


def _above_reference(
    form: BindingForm,
    values: dict[str, Column],
    lookup: Lookup,
    level: Level,
    structure_of: Callable[[str], str],
) -> dict[str, Column]:
    if structure_of is head_of and keeps_a_tail(head_of(form.smiles)):
        kept = Missing("the head keeps its tail and oleate's is cut: such values can't be compared")
        return {"hardness_above_reference_ev": kept, "donor_charge_mulliken_above_reference_e": kept}
    scale = values["hardness_scale"]
    reference_smiles = _REFERENCE.get(scale) if isinstance(scale, str) else None
    if reference_smiles is None:
        reason: Absent = (
            NotApplicable(f"no reference on the scale {scale!r}")
            if isinstance(scale, str)
            else scale
            if isinstance(scale, Missing | Failed | NotApplicable)
            else Missing(COMPUTE)
        )
        return {"hardness_above_reference_ev": reason, "donor_charge_mulliken_above_reference_e": reason}
    reference = _stored(structure_of(reference_smiles), lookup, level)
    reference_form = form_of(reference_smiles)
    same_group = (
        form.mode is not None
        and reference_form is not None
        and reference_form.mode is not None
        and form.mode.group == reference_form.mode.group
    )
    return {
        "hardness_above_reference_ev": _derive(_difference, values["hardness_ev"], reference["hardness_ev"]),
        "donor_charge_mulliken_above_reference_e": _derive(
            _difference, values["donor_charge_mulliken_e"], reference["donor_charge_mulliken_e"]
        )
        if same_group
        else NotApplicable("compared within the reference's donor group only"),
    }


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


def _value(lookup: Lookup, name: str, species: str, mode: str, level: Level) -> Column:
    record = lookup(key(name, species, mode, level))
    return Missing(COMPUTE) if record is None else record.value
