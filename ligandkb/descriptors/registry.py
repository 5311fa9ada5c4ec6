"""Which descriptors does a binding form have?

A column is added where it is stated: a function below ``define`` in one of the modules named here. A new module is
named here once.
"""

from __future__ import annotations

from collections.abc import Mapping

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.remembered import remembered
from ligandkb.descriptors.contract import Descriptors, Value, Values
from ligandkb.descriptors.hsab import HSAB
from ligandkb.descriptors.in_water import IN_WATER
from ligandkb.descriptors.lead_adsorption import LEAD_ADSORPTION
from ligandkb.descriptors.quantum.columns import QUANTUM
from ligandkb.descriptors.redox import REDOX
from ligandkb.descriptors.subject import Ligand
from ligandkb.descriptors.topological import TOPOLOGICAL
from ligandkb.missing import Known

STRUCTURAL: Descriptors[BindingForm] = Descriptors(TOPOLOGICAL, HSAB, REDOX, LEAD_ADSORPTION)
"""What follows from the form alone, computed once for each distinct form."""

AT_LEAD: Descriptors[Ligand] = Descriptors(IN_WATER, QUANTUM)
"""What was measured and computed of the form, and how it matches a crystal's lead."""


@remembered(65536)
def structural_values(form: BindingForm) -> Mapping[str, Known[Value]]:
    """Descriptors that follow from structure, by name.

    Parameters
    ----------
    form : BindingForm

    Returns
    -------
    mapping
        Name to value, or to the reason why there is none.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> values = structural_values(form_of("CCCCCCP(=O)(O)[O-]"))
    >>> values["donor_group"], values["chain_length_carbons"]
    ('phosphonate', 6.0)
    >>> str(values["donor_charge_above_oleate_e"])
    'not applicable (compared among carboxylates only)'
    """
    return STRUCTURAL.values(form)


def ligand_values(ligand: Ligand) -> Values:
    """All descriptors of a binding form at a crystal's lead, by name.

    Parameters
    ----------
    ligand : Ligand

    Returns
    -------
    mapping
        Name to value, or to the reason why there is none.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> nothing_computed = Ligand(form_of("CC(=O)[O-]"), "PbBr2", lambda key: None)
    >>> str(ligand_values(nothing_computed)["hardness_ev"])
    'missing (run: ligandkb compute)'
    """
    return AT_LEAD.values(ligand, structural_values(ligand.form))
