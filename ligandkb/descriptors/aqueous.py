"""Which does this base hold more strongly in water, the proton or lead?

What was measured, and for what nobody measured the lines that were fitted on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.linear_free_energy import Estimate, Models, shipped_models
from ligandkb.chemistry.predicted_pka import predict_conjugate_acid_pka
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.lead_scale import LeadScale, Sourced
from ligandkb.descriptors.lead_table import LeadTable
from ligandkb.descriptors.measured import PkaTable, listed_atoms, measured_pka
from ligandkb.missing import Known, Missing


@dataclass(frozen=True)
class InWater:
    """What is known of one form, each with its error and origin or the reason for its absence.

    Attributes
    ----------
    pka : Sourced
        Of the conjugate acid, at ionic strength 0.
    log_k1 : Sourced
        log10 of the first stability constant with Pb2+ in L/mol, at ionic strength 1 mol/L.
    over_proton, over_proton_above_acetate : Sourced
        log K1 less pKa at ionic strength 1 mol/L, and that less acetate's.
    """

    pka: Known[Sourced]
    log_k1: Known[Sourced]
    over_proton: Known[Sourced]
    over_proton_above_acetate: Known[Sourced]


@dataclass(frozen=True)
class AqueousConstants:
    """Measured constants of protons and lead, with the lines fitted on them.

    Attributes
    ----------
    pka : PkaTable
    lead : LeadTable
    """

    pka: PkaTable = field(default_factory=dict)
    lead: LeadTable = field(default_factory=LeadTable)

    @property
    def models(self) -> Models:
        """What predicts values that nobody measured."""
        return shipped_models()

    @cached_property
    def lead_scale(self) -> LeadScale:
        """Lead against the proton."""
        return LeadScale(self.lead, self.models, self.pka.get(("CC(=O)O", "acid", 1)))

    @cached_property
    def _listed_atoms(self) -> frozenset[str]:
        return listed_atoms(self.pka)

    def conjugate_acid_pka(self, form: BindingForm) -> Known[Sourced]:
        """PKa of a form's conjugate acid: measured on it, on its head, or predicted inside the domain.

        Parameters
        ----------
        form : BindingForm

        Returns
        -------
        Sourced, Missing or NotApplicable
            In water. A measured value has no error here: its source's assessment stands in the table.

        Examples
        --------
        >>> from ligandkb.chemistry.forms import form_of
        >>> found = AqueousConstants().conjugate_acid_pka(form_of("O=C([O-])COCC"))
        >>> found.origin, 3.0 < found.estimate.value < 4.0
        ('predicted', True)
        """
        value, is_head = measured_pka(form, self.pka, self._listed_atoms)
        if isinstance(value, float):
            return Sourced(Estimate(value, 0.0), "measured on its head" if is_head else "measured")
        if form.mode is None or not isinstance(value, Missing):
            return value
        found = predict_conjugate_acid_pka(parse(form.smiles), form.mode.donor_atoms, self.models.acidity)
        if isinstance(found, Missing):
            return Missing(f"no sourced value, and none predicted: {found.fix}")
        return Sourced(found, "predicted") if isinstance(found, Estimate) else found

    def of(self, form: BindingForm) -> InWater:
        """All that is known of a form."""
        pka = self.conjugate_acid_pka(form)
        return InWater(pka, *self.lead_scale.of(form, pka))
