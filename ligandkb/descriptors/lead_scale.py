"""Does this anion prefer lead to the proton?

In toluene a weak acid's free state is acid and amine, so the proton competes with lead for the same base. That
competition was measured in water: log K1 of Pb2+ less pKa, against acetate. Measured values come first; inside the
domain of a line fitted on monocarboxylates a prediction stands in, with its error; elsewhere it is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Literal

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.linear_free_energy import Estimate, Models
from ligandkb.chemistry.motifs import LigandClass, chelate_paths
from ligandkb.chemistry.predicted_pka import has_lone_charges
from ligandkb.chemistry.structure import conjugate_acid, parse
from ligandkb.descriptors.lead_table import ACETATE, LeadTable
from ligandkb.missing import Known, Missing, NotApplicable

Origin = Literal["measured", "measured on its head", "predicted"]
ORIGINS: tuple[Origin, ...] = ("measured", "measured on its head", "predicted")

PKA_TERM = "pKa less that of acetic acid"
NO_SECOND_DONOR = "none"
_ANIONS_ONLY = NotApplicable("for anions only")
_DIANION = NotApplicable("charge counts for itself: only monoanions are compared with acetate")
_NO_TABLE = Missing("read data/lead_affinity.csv")
_KINDS = {
    ("alcohol", 5): "alpha-hydroxyl",
    ("alcohol", 6): "beta- or gamma-hydroxyl",
    ("alcohol", 7): "beta- or gamma-hydroxyl",
    ("ether", 5): "alpha-ether",
    ("thioether", 5): "alpha-thioether",
    ("pyridine", 5): "pyridine nitrogen",
}
"""Kind of second donor by its group and the size of the ring that it closes with lead and the carboxylate."""


@dataclass(frozen=True)
class Sourced:
    """A value with its error and where it is from."""

    estimate: Estimate
    origin: Origin


def second_donor(form: BindingForm) -> Known[str]:
    """What can close a chelate ring beside the carboxylate of a monoanion.

    Parameters
    ----------
    form : BindingForm

    Returns
    -------
    str, Missing or NotApplicable
        ``none`` or a kind of which constants were measured; missing for others, not applicable to what is no
        monocarboxylate.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> second_donor(form_of("O=C([O-])CO")), second_donor(form_of("CC(=O)[O-]"))
    ('alpha-hydroxyl', 'none')
    """
    mode = form.mode
    if (
        form.ligand_class is not LigandClass.X
        or form.charge != -1
        or mode is None
        or mode.group != "carboxylate"
    ):
        return NotApplicable("for carboxylates with one charge only")
    mol = parse(form.smiles)
    if has_lone_charges(conjugate_acid(mol)):
        return Missing("no constants of lead with a carboxylate that bears further charges")
    found = set()
    for other in form.modes[1:]:
        if other.ligand_class is LigandClass.X:
            return Missing(f"no constants of lead with {other.group} on a carboxylate")
        paths = chelate_paths(mol, mode, other)
        if paths:
            aromatic = any(mol.GetAtomWithIdx(index).GetIsAromatic() for index in paths[0][3:-1])
            kind = _KINDS.get((other.group, min(map(len, paths)) + 1))
            if kind is None or (aromatic and kind != "pyridine nitrogen"):
                return Missing(f"no constants of lead with {other.group} in such a ring with a carboxylate")
            found.add(kind)
    if len(found) > 1:
        return Missing(f"no constants of lead with {' and '.join(sorted(found))} on one carboxylate")
    return found.pop() if found else NO_SECOND_DONOR


@dataclass(frozen=True)
class LeadScale:
    """Measured constants and what was fitted on them.

    Attributes
    ----------
    table : LeadTable
    models : Models
    acetic_acid_pka : float or None
        At ionic strength 0, where measured and predicted pKa of acids stand.
    """

    table: LeadTable
    models: Models
    acetic_acid_pka: float | None

    def log_k1(self, form: BindingForm, pka: Known[Sourced]) -> Known[Sourced]:
        """log10 of the first stability constant with Pb2+ in water, at ionic strength 1 mol/L.

        Parameters
        ----------
        form : BindingForm
        pka : Sourced, or the reason for its absence
            Of the conjugate acid at ionic strength 0, for the prediction.

        Returns
        -------
        Sourced, Missing or NotApplicable
            In log10 of L/mol.
        """
        if form.charge >= 0 and form.ligand_class is not LigandClass.ZWITTERION:
            return _ANIONS_ONLY
        if not self.table.constants:
            return _NO_TABLE
        for smiles, origin in self._measured_on(form):
            values = self.table.log_k1_at_standard(smiles)
            if values:
                return Sourced(self.table.estimate(values), origin)
            if constants := self.table[smiles]:
                return Sourced(Estimate(constants[0].log_k1, self.table.scatter), origin)
        line = self._line(form, pka)
        if not isinstance(line, Estimate):
            return line
        return Sourced(Estimate(self.table.acetate_log_k1 + line.value, line.error), "predicted")

    def over_proton(self, form: BindingForm, pka: Known[Sourced]) -> Known[Sourced]:
        """Log K1 of lead less pKa, at ionic strength 1 mol/L; parameters and result as of :meth:`log_k1`."""
        if form.charge >= 0 and form.ligand_class is not LigandClass.ZWITTERION:
            return _ANIONS_ONLY
        if not self.table.constants:
            return _NO_TABLE
        for smiles, origin in self._measured_on(form):
            differences = self.table.over_proton_less_acetate(smiles)
            if differences:
                zero = self.table.acetate_over_proton
                return Sourced(self.table.estimate(tuple(zero + one for one in differences)), origin)
            if constants := self.table[smiles]:
                if constants[0].pka is not None:
                    value = constants[0].log_k1 - constants[0].pka
                    return Sourced(Estimate(value, self.table.scatter), origin)
                return Missing(
                    "no pKa of the proton at the donor that binds, at the ionic strength of log K1"
                )
        line = self._line(form, pka)
        if not isinstance(line, Estimate):
            return line
        assert isinstance(pka, Sourced) and self.acetic_acid_pka is not None
        # The pKa enters log K1 by the line's slope and is taken off whole: its error counts by the difference.
        slope = self.models.lead_line.coefficients[PKA_TERM].value
        own = hypot(self._line_error(form), (1 - slope) * pka.estimate.error)
        value = self.table.acetate_over_proton + line.value - (pka.estimate.value - self.acetic_acid_pka)
        return Sourced(Estimate(value, own), "predicted")

    def over_proton_above_acetate(self, form: BindingForm, pka: Known[Sourced]) -> Known[Sourced]:
        """:meth:`over_proton` less that of acetate; positive means that lead does better against the proton."""
        if form.charge < -1:
            return _DIANION
        found = self.over_proton(form, pka)
        if not isinstance(found, Sourced):
            return found
        if form.smiles == ACETATE:
            return Sourced(Estimate(0.0, 0.0), found.origin)
        value = found.estimate.value - self.table.acetate_over_proton
        return Sourced(Estimate(value, found.estimate.error), found.origin)

    def _measured_on(self, form: BindingForm) -> tuple[tuple[str, Origin], ...]:
        return (form.smiles, "measured"), (head_of(form.smiles), "measured on its head")

    def _line(self, form: BindingForm, pka: Known[Sourced]) -> Known[Estimate]:
        """Log K1 less that of acetate by the line and the second donor's increment."""
        kind = second_donor(form)
        if not isinstance(kind, str):
            return (
                kind
                if isinstance(kind, Missing)
                else Missing("measured for carboxylates and few others only")
            )
        increment = self.models.second_donors.get(kind)
        if kind != NO_SECOND_DONOR and increment is None:
            return Missing(f"no constants of lead with {kind} on a carboxylate")
        if not isinstance(pka, Sourced):
            return Missing(f"pKa unknown: {pka}")
        if self.acetic_acid_pka is None:
            return Missing("pKa of acetic acid unknown: data/conjugate_acid_pka.csv")
        line = self.models.lead_line.predict({PKA_TERM: pka.estimate.value - self.acetic_acid_pka})
        if not isinstance(line, Estimate):
            return line
        slope = self.models.lead_line.coefficients[PKA_TERM].value
        error = hypot(self._line_error(form), slope * pka.estimate.error)
        return Estimate(line.value + (increment.value if increment else 0.0), error)

    def _line_error(self, form: BindingForm) -> float:
        kind = second_donor(form)
        increment = self.models.second_donors.get(kind) if isinstance(kind, str) else None
        return hypot(self.models.lead_line.root_mean_square_error, increment.error if increment else 0.0)
