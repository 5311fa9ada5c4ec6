"""How acidic is the conjugate acid, as measured?

The baseline that every softness descriptor has to beat: acidity alone orders much of Table 1. Values are
aqueous and belong to heads, because tails hardly change them.
"""

from __future__ import annotations

from pathlib import Path

from rdkit import Chem

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.structure import canonical, conjugate_acid, parse
from ligandkb.descriptors.contract import Descriptors
from ligandkb.descriptors.subject import Ligand, PkaTable
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import choice, doi, number, read_table

MEASURED: Descriptors[Ligand] = Descriptors()

REQUIRED_COLUMNS = ("smiles", "acts_as", "pka_step", "pka")
OPTIONAL_COLUMNS = ("name", "temperature_c", "assessment", "doi", "locator", "note")


def read_pka(path: Path, problems: list[Problem]) -> PkaTable:
    """Read measured pKa values.

    Parameters
    ----------
    path : Path
        ``conjugate_acid_pka.csv``.
    problems : list of Problem
        Everything that is wrong with the file is appended.

    Returns
    -------
    mapping
        See :data:`~ligandkb.descriptors.subject.PkaTable`.
    """
    found: dict[tuple[str, str, int], float] = {}
    for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems):
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


def conjugate_acid_pka(form: BindingForm, table: PkaTable) -> Known[float]:
    """Measured pKa of a form's conjugate acid; of its head's where the form itself isn't listed.

    Parameters
    ----------
    form : BindingForm
    table : PkaTable

    Returns
    -------
    float, Missing or NotApplicable
        Dimensionless, in water.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> conjugate_acid_pka(form_of("CCCC(=O)[O-]"), {("CC(=O)O", "acid", 1): 4.76})
    4.76
    """
    if form.ligand_class not in (LigandClass.X, LigandClass.L):
        return NotApplicable("for anions and neutral bases only")
    for smiles in (form.smiles, head_of(form.smiles)):
        mol = parse(smiles)
        charge = Chem.GetFormalCharge(mol)
        if charge < 0:
            value = table.get((canonical(Chem.MolToSmiles(conjugate_acid(mol))), "acid", -charge))
        else:
            value = table.get((canonical(smiles), "base", 1))
        if value is not None:
            return value
    return Missing("no sourced value in data/conjugate_acid_pka.csv")


@MEASURED.define(
    "conjugate_acid_pka",
    "number",
    "measured aqueous pKa of the form's conjugate acid, or of its head's; lower means a weaker base",
    minimum=-15,
    maximum=40,
    tier="measured",
    method="data/conjugate_acid_pka.csv, each value with its source",
    structure="head",
)
def _conjugate_acid_pka(ligand: Ligand) -> Known[float]:
    return conjugate_acid_pka(ligand.form, ligand.pka)
