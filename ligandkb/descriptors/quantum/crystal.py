"""Which model of under-coordinated lead belongs to a crystal?"""

from __future__ import annotations

from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.forms import BindingForm
from ligandkb.descriptors.quantum.columns import Column, quantum_columns
from ligandkb.descriptors.quantum.definitions import DEFINITIONS, Lookup
from ligandkb.descriptors.quantum.matching import lead_halide_site
from ligandkb.missing import Missing, NotApplicable

SITE_COLUMNS = ("charge_transfer_e", "charge_transfer_energy_ev", "local_softness_gap_per_ev")
"""Columns that depend on the model of lead; the others belong to the ligand alone."""


def columns_on(form: BindingForm, composition: Composition, lookup: Lookup) -> dict[str, Column]:
    """Quantum chemical columns of a form on a crystal.

    The crystal's lead is modelled by PbX2 with its own halide; for a mixed or unstated halide there is no
    model, so the columns that match form and lead are missing.

    Parameters
    ----------
    form : BindingForm
    composition : Composition
    lookup : callable
        From key to stored record, or None.

    Returns
    -------
    dict
        Name to value or to the reason why there is none.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> from ligandkb.chemistry.forms import form_of
    >>> columns = columns_on(form_of("CC(=O)[O-]"), parse_composition("CsPbBr3"), lambda key: None)
    >>> str(columns["hardness_ev"])
    'missing (run: ligandkb compute)'
    """
    if form.mode is None:
        return {definition.name: NotApplicable("no donor atom") for definition in DEFINITIONS}
    if composition.is_pure:
        (halide,) = composition.amounts
        return quantum_columns(form, lookup, site=lead_halide_site(halide))
    columns = quantum_columns(form, lookup, site=lead_halide_site("Br"))
    unmodelled = Missing(f"no model of lead in {composition}, whose halide is mixed or not stated")
    return columns | dict.fromkeys(SITE_COLUMNS, unmodelled)
