"""Does this anion prefer lead to the proton?

In toluene a weak acid's free state is acid and amine, so the proton competes with lead for the same base. That
competition was measured in water: log K1 of Pb2+ less pKa, against acetate. Measured values come first; inside the
domain of a line fitted on monocarboxylates a prediction stands in, with its error; elsewhere it is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal, TypeAlias

from rdkit import Chem

from ligandkb.chemistry.acidity import takes_its_own_proton
from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.linear_free_energy import Estimate, Increment, Models
from ligandkb.chemistry.motifs import LigandClass, chelate_paths
from ligandkb.chemistry.predicted_pka import lone_charges
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.lead_table import ACETATE, LeadTable
from ligandkb.missing import Known, Missing, NotApplicable

Origin = Literal["measured", "measured on its head", "predicted"]
ORIGINS: tuple[Origin, ...] = ("measured", "measured on its head", "predicted")

PKA_TERM = "pKa less that of acetic acid"
NO_SECOND_DONOR = "none"
_ANIONS_ONLY = NotApplicable("for anions only")
_OTHER_CHARGE = NotApplicable(
    "charge counts for itself: only anions with one charge are compared with acetate"
)
_NO_TABLE = Missing("nothing to compare with: read data/lead_affinity.csv and data/conjugate_acid_pka.csv")
_NO_PROTON = Missing("no pKa of the proton at the donor that binds, at the ionic strength of log K1")
_NOT_MEASURED = Missing("measured for carboxylates and few others only")
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


def _aromatic_nitrogens(mol: Chem.Mol) -> int:
    return sum(atom.GetIsAromatic() and atom.GetAtomicNum() == 7 for atom in mol.GetAtoms())


@remembered(65536)
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
    if lone_charges(mol) > 1:
        return Missing("no constants of lead with a carboxylate that bears further charges")
    found = set()
    for other in form.modes[1:]:
        if other.ligand_class is LigandClass.X:
            return Missing(f"no constants of lead with {other.group} on a carboxylate")
        paths = chelate_paths(mol, mode, other) if form.chelate else ()
        if paths:
            aromatic = any(mol.GetAtomWithIdx(index).GetIsAromatic() for index in paths[0][3:-1])
            kind = _KINDS.get((other.group, min(map(len, paths)) + 1))
            if kind == "pyridine nitrogen" and _aromatic_nitrogens(mol) > 1:
                return Missing("no constants of lead with a carboxylate on a ring of several nitrogens")
            if kind is None or (aromatic and kind != "pyridine nitrogen"):
                return Missing(f"no constants of lead with {other.group} in such a ring with a carboxylate")
            found.add(kind)
    if len(found) > 1:
        return Missing(f"no constants of lead with {' and '.join(sorted(found))} on one carboxylate")
    return found.pop() if found else NO_SECOND_DONOR


@dataclass(frozen=True)
class _OnLine:
    """Where a carboxylate stands on the line, everything less acetate's; errors of line and donor, and of the pKa."""

    log_k1: float
    pka: float
    error: float
    pka_error: float


_Measured: TypeAlias = Sequence[tuple[str, Origin]]
"""Species that the table has, the form before its head."""


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

    def of(
        self, form: BindingForm, pka: Known[Sourced]
    ) -> tuple[Known[Sourced], Known[Sourced], Known[Sourced]]:
        """What is known of a form and lead in water, at ionic strength 1 mol/L.

        Parameters
        ----------
        form : BindingForm
        pka : Sourced, or the reason for its absence
            Of the conjugate acid at ionic strength 0, for the prediction.

        Returns
        -------
        log_k1 : Sourced, Missing or NotApplicable
            log10 of the first stability constant with Pb2+, in L/mol.
        over_proton : Sourced, Missing or NotApplicable
            That less pKa.
        above_acetate : Sourced, Missing or NotApplicable
            That less acetate's; positive: lead does better against the proton.
        """
        if not _is_anion(form):
            return _ANIONS_ONLY, _ANIONS_ONLY, _ANIONS_ONLY
        measured = [one for one in _measured_on(form) if self.table[one[0]]]
        line = self._on_line(form, pka)
        over_proton = self._over_proton(measured, line)
        return self._log_k1(measured, line), over_proton, self._above_acetate(form, measured, over_proton)

    def _log_k1(self, measured: _Measured, line: Known[_OnLine]) -> Known[Sourced]:
        for smiles, origin in measured:
            if values := self.table.log_k1_at_standard(smiles):
                return Sourced(self.table.estimate(values), origin)
            return Sourced(Estimate(self.table[smiles][0].log_k1, self.table.scatter), origin)
        if not isinstance(line, _OnLine):
            return line
        error = hypot(line.error, self._slope * line.pka_error)
        return Sourced(Estimate(self.table.acetate_log_k1 + line.log_k1, error), "predicted")

    def _over_proton(self, measured: _Measured, line: Known[_OnLine]) -> Known[Sourced]:
        for smiles, origin in measured:
            if differences := self.table.over_proton_less_acetate(smiles):
                values = tuple(self.table.acetate_over_proton + one for one in differences)
                return Sourced(self.table.estimate(values), origin)
            for one in self.table[smiles]:
                if one.pka is not None:  # at an ionic strength at which acetate wasn't measured
                    return Sourced(Estimate(one.log_k1 - one.pka, self.table.scatter), origin)
            return _NO_PROTON
        if not isinstance(line, _OnLine):
            return line
        # The pKa enters log K1 by the line's slope and is taken off whole: its error counts by the difference.
        error = hypot(line.error, (1 - self._slope) * line.pka_error)
        value = self.table.acetate_over_proton + line.log_k1 - line.pka
        return Sourced(Estimate(value, error), "predicted")

    def _above_acetate(
        self, form: BindingForm, measured: _Measured, over_proton: Known[Sourced]
    ) -> Known[Sourced]:
        if form.charge != -1:
            return _OTHER_CHARGE
        if not isinstance(over_proton, Sourced):
            return over_proton
        compared = (smiles for smiles, _ in measured if self.table.over_proton_less_acetate(smiles))
        if next(compared, "") == ACETATE:
            return Sourced(Estimate(0.0, 0.0), over_proton.origin)
        estimate = over_proton.estimate
        above = Estimate(estimate.value - self.table.acetate_over_proton, estimate.error)
        return Sourced(above, over_proton.origin)

    @property
    def _slope(self) -> float:
        return self.models.lead_line.coefficients[PKA_TERM].value

    def _on_line(self, form: BindingForm, pka: Known[Sourced]) -> Known[_OnLine]:
        kind = second_donor(form)
        if isinstance(kind, NotApplicable):
            return _NOT_MEASURED
        if not isinstance(kind, str):
            return kind
        if not isinstance(pka, Sourced):
            reason = pka.fix if isinstance(pka, Missing) else str(pka)
            return Missing(f"pKa unknown: {reason}")
        if takes_its_own_proton(parse(form.smiles)):
            return Missing("the proton of its pKa sits on a nitrogen, not at the carboxylate")
        if self.acetic_acid_pka is None or not self.table.constants:
            return _NO_TABLE
        less_acetic = pka.estimate.value - self.acetic_acid_pka
        line = self.models.lead_line.predict({PKA_TERM: less_acetic})
        if not isinstance(line, Estimate):
            return line
        donor = Increment(0.0, 0.0, 0) if kind == NO_SECOND_DONOR else self.models.second_donors[kind]
        return _OnLine(
            line.value + donor.value, less_acetic, hypot(line.error, donor.error), pka.estimate.error
        )


def _is_anion(form: BindingForm) -> bool:
    return form.charge < 0 or form.ligand_class is LigandClass.ZWITTERION


def _measured_on(form: BindingForm) -> tuple[tuple[str, Origin], ...]:
    return (form.smiles, "measured"), (head_of(form.smiles), "measured on its head")
