"""How acidic is the conjugate acid, as measured?

The baseline that every softness descriptor has to beat: acidity alone orders much of Table 1. Values are
aqueous. Most were measured on heads, and stand for whole forms because tails hardly change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import TypeAlias

from rdkit import Chem

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.neutral import heavy_atoms
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.structure import canonical, conjugate_acid, parse
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import choice, doi, number, read_table

REQUIRED_COLUMNS = ("smiles", "acts_as", "pka_step", "pka")
OPTIONAL_COLUMNS = ("name", "temperature_c", "assessment", "doi", "locator", "note")


PkaTable: TypeAlias = Mapping[tuple[str, str, int], float]
"""(canonical SMILES of the neutral acid or base, ``acid`` or ``base``, step) to pKa."""

FILES = ("conjugate_acid_pka.csv", "further_pka.csv")


def read_pka(paths: Iterable[Path], problems: list[Problem]) -> PkaTable:
    """Read measured pKa values.

    Parameters
    ----------
    paths : iterable of Path
        The :data:`FILES`; an acid and step may stand in one of them only.
    problems : list of Problem
        Everything that is wrong with the file is appended.

    Returns
    -------
    mapping
        See :data:`PkaTable`.
    """
    found: dict[tuple[str, str, int], float] = {}
    rows = (
        row
        for path in paths
        for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems)
    )
    for row in rows:
        acts_as = choice(row, "acts_as", ("acid", "base"), problems)
        step = number(row, "pka_step", problems, minimum=1, maximum=6)
        value = number(row, "pka", problems, minimum=-15, maximum=40)
        doi(row, "doi", problems)
        try:
            smiles = canonical(row["smiles"].strip())
        except StructureError as error:
            problems.append(row.problem("smiles", error.what, error.fix))
            continue
        if acts_as is None or step is None or value is None:
            continue
        key = (smiles, acts_as, int(step))
        if key in found:
            problems.append(
                row.problem("smiles", "this acid and step stand here twice", "keep one value, note the other")
            )
        found[key] = value
    return found


def listed_atoms(table: PkaTable) -> frozenset[str]:
    """Heavy atoms of everything that a table lists: what has others need not be looked up."""
    return frozenset(heavy_atoms(smiles) for smiles, _, _ in table)


def measured_pka(
    form: BindingForm, table: PkaTable, atoms: Set[str] | None = None
) -> tuple[Known[float], bool]:
    """Measured pKa of a form's conjugate acid, of its head's where the form itself isn't listed.

    Parameters
    ----------
    form : BindingForm
    table : PkaTable
    atoms : set of str, optional
        As from :func:`listed_atoms`, for those who ask often.

    Returns
    -------
    tuple of (float, Missing or NotApplicable) and bool
        The value, dimensionless, in water; and whether it is the head's.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> measured_pka(form_of("CCCC(=O)[O-]"), {("CC(=O)O", "acid", 1): 4.76})
    (4.76, True)
    """
    if form.ligand_class not in (LigandClass.X, LigandClass.L):
        return NotApplicable("for anions and neutral bases only"), False
    possible = listed_atoms(table) if atoms is None else atoms
    head = head_of(form.smiles)
    for smiles in dict.fromkeys((form.smiles, head)):
        if heavy_atoms(smiles) not in possible:
            continue
        value = table.get(_listed_as(smiles))
        if value is not None:
            return value, smiles != form.smiles
    return Missing("no sourced value in data/conjugate_acid_pka.csv"), False


@remembered(65536)
def _listed_as(smiles: str) -> tuple[str, str, int]:
    """Under which acid or base and step the table holds a species."""
    mol = parse(smiles)
    charge = Chem.GetFormalCharge(mol)
    if charge < 0:
        return canonical(Chem.MolToSmiles(conjugate_acid(mol))), "acid", -charge
    return canonical(smiles), "base", 1
