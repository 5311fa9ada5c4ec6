"""How strongly does this anion hold lead, and how strongly a proton, as measured?

Constants in water, of data/lead_affinity.csv. A constant depends on the ionic strength, nearly as much as acetate's
does, so everything is held against acetate at the same ionic strength and only then brought together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from pathlib import Path
from statistics import fmean

from rdkit import Chem

from ligandkb.chemistry.linear_free_energy import Estimate
from ligandkb.chemistry.neutral import heavy_atoms
from ligandkb.chemistry.structure import canonical, parse
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import Row, choice, doi, number, read_table

REQUIRED_COLUMNS = ("smiles", "log_k1", "pka", "ionic_strength_mol_l")
OPTIONAL_COLUMNS = (
    "name", "log_k1_error", "pka_error", "temperature_c", "log_k1_locator", "pka_locator", "bracketed", "inferred",
    "doi", "note",
)  # fmt: skip
ACETATE = "CC(=O)[O-]"
STANDARD_IONIC_STRENGTH = 1.0
"""mol/L, to which values are brought, because most constants of lead were measured near it."""


@dataclass(frozen=True)
class LeadConstant:
    """One measured constant.

    Attributes
    ----------
    log_k1 : float
        log10 of K1 = [ML]/[M][L] in L/mol, M being Pb2+ and L the form.
    pka : float or None
        Of the proton at the donor that binds, at the same ionic strength; None where it wasn't measured there or
        sits elsewhere.
    ionic_strength : float
        mol/L.
    """

    log_k1: float
    pka: float | None
    ionic_strength: float


@dataclass(frozen=True)
class LeadTable:
    """All measured constants.

    Attributes
    ----------
    constants : mapping of str to tuple of LeadConstant
        By the form's SMILES without stereochemistry: lead is no chiral ion.
    """

    constants: Mapping[str, tuple[LeadConstant, ...]] = field(default_factory=dict)

    def __getitem__(self, smiles: str) -> tuple[LeadConstant, ...]:
        """Constants of a form; none for one that isn't listed."""
        if "@" in smiles and heavy_atoms(smiles) not in self._listed_atoms:
            return ()
        return self.constants.get(flat(smiles), ())

    @cached_property
    def _listed_atoms(self) -> frozenset[str]:
        return frozenset(map(heavy_atoms, self.constants))

    @cached_property
    def acetate(self) -> Mapping[float, LeadConstant]:
        """Constants of acetate by ionic strength."""
        return {one.ionic_strength: one for one in self[ACETATE]}

    def log_k1_at_standard(self, smiles: str) -> tuple[float, ...]:
        """Log K1 at ionic strength 1 mol/L, from each ionic strength at which acetate was measured, too.

        What the salt does grows with the charge of the anion (Debye and Hückel): acetate shows it for one charge.

        Examples
        --------
        >>> acetate = (LeadConstant(2.0, 4.5, 1.0), LeadConstant(2.5, 4.8, 0.0))
        >>> sulfate = (LeadConstant(2.7, None, 0.0),)
        >>> table = LeadTable({ACETATE: acetate, "O=S(=O)([O-])[O-]": sulfate})
        >>> [round(value, 2) for value in table.log_k1_at_standard("O=S(=O)([O-])[O-]")]
        [1.7]
        """
        constants = self[smiles]
        charge = -Chem.GetFormalCharge(parse(smiles)) if constants else 0
        return tuple(
            one.log_k1 + charge * (self.acetate_log_k1 - self.acetate[one.ionic_strength].log_k1)
            for one in constants
            if one.ionic_strength in self.acetate
        )

    def pka_less_acetic(self, smiles: str) -> tuple[float, ...]:
        """PKa less that of acetic acid, at each ionic strength at which pKa and log K1 of both were measured."""
        return tuple(pka for _, pka in self._compared(smiles))

    def over_proton_less_acetate(self, smiles: str) -> tuple[float, ...]:
        """Log K1 - pKa less that of acetate, at each ionic strength at which all four were measured."""
        return tuple(log_k1 - pka for log_k1, pka in self._compared(smiles))

    def _compared(self, smiles: str) -> list[tuple[float, float]]:
        """Log K1 and pKa of a form, both less acetate's."""
        pairs = ((one, self.acetate.get(one.ionic_strength)) for one in self[smiles])
        return [
            (one.log_k1 - other.log_k1, one.pka - other.pka)
            for one, other in pairs
            if other is not None and one.pka is not None and other.pka is not None
        ]

    @cached_property
    def scatter(self) -> float:
        """Standard deviation of log K1 at the standard, between ionic strengths, pooled over all forms.

        What one measured value is worth: background salts, temperatures and laboratories differ with the ionic
        strength.
        """
        groups = [self.log_k1_at_standard(smiles) for smiles in self.constants if smiles != ACETATE]
        squares = sum(sum((value - fmean(group)) ** 2 for value in group) for group in groups if group)
        freedom = sum(len(group) - 1 for group in groups if group)
        return sqrt(squares / freedom) if freedom else 0.0

    def estimate(self, values: tuple[float, ...]) -> Estimate:
        """Mean of values from several ionic strengths.

        The error is half their range, or the pooled scatter where that is larger.
        """
        return Estimate(fmean(values), max((max(values) - min(values)) / 2, self.scatter))

    @property
    def acetate_log_k1(self) -> float:
        """Log K1 of acetate at the standard ionic strength."""
        return self.acetate[STANDARD_IONIC_STRENGTH].log_k1

    @property
    def acetate_over_proton(self) -> float:
        """Log K1 - pKa of acetate at the standard ionic strength."""
        one = self.acetate[STANDARD_IONIC_STRENGTH]
        assert one.pka is not None
        return one.log_k1 - one.pka


def flat(smiles: str) -> str:
    """Canonical SMILES without stereochemistry.

    Examples
    --------
    >>> flat("C[C@H](O)C(=O)[O-]")
    'CC(O)C(=O)[O-]'
    """
    if "@" not in smiles:
        return smiles
    return str(Chem.MolToSmiles(parse(smiles), isomericSmiles=False))


def read_lead_affinity(path: Path, problems: list[Problem]) -> LeadTable:
    """Read measured constants of lead.

    Parameters
    ----------
    path : Path
        ``lead_affinity.csv``.
    problems : list of Problem
        Everything that is wrong with the file is appended.

    Returns
    -------
    LeadTable
        Values in brackets in the source count only where a form has no others.
    """
    found: dict[str, list[tuple[LeadConstant, bool]]] = {}
    acetate_row: Row | None = None
    for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems):
        acetate_row = acetate_row or row
        log_k1 = number(row, "log_k1", problems, minimum=-5, maximum=40)
        pka = number(row, "pka", problems, minimum=-15, maximum=40)
        strength = number(row, "ionic_strength_mol_l", problems, minimum=0, maximum=20)
        number(row, "log_k1_error", problems, minimum=0, maximum=10)
        number(row, "pka_error", problems, minimum=0, maximum=10)
        bracketed = choice(row, "bracketed", ("yes",), problems) is not None
        doi(row, "doi", problems)
        for name in ("log_k1", "ionic_strength_mol_l"):
            if name in row.cells and not row[name].strip():
                problems.append(
                    row.problem(name, f"the cell {name!r} is blank", "fill it in, or delete the row")
                )
        try:
            smiles = flat(canonical(row["smiles"].strip()))
        except StructureError as error:
            problems.append(row.problem("smiles", error.what, error.fix))
            continue
        if log_k1 is None or strength is None:
            continue
        rows = found.setdefault(smiles, [])
        if any(one.ionic_strength == strength for one, _ in rows):
            what = "this form and ionic strength stand here twice"
            problems.append(row.problem("smiles", what, "keep one value, note the other"))
        rows.append((LeadConstant(log_k1, pka, strength), bracketed))
    table = LeadTable(
        {
            smiles: tuple(one for one, bracketed in rows if not bracketed or all(doubt for _, doubt in rows))
            for smiles, rows in found.items()
        }
    )
    standard = table.acetate.get(STANDARD_IONIC_STRENGTH)
    if acetate_row is not None and (standard is None or standard.pka is None):
        what = f"acetate has no log K1 and pKa at ionic strength {STANDARD_IONIC_STRENGTH:g} mol/L"
        fix = "add that row: all others are held against it"
        problems.append(Problem(acetate_row.file, 1, 1, what, fix))
    return table
