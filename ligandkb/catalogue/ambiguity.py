"""Could this name be read as the structure of something else?

Names come from files, structures are typed by people, and some texts are both: ``CN`` is methylamine, ``SCN`` is
aminomethanethiol, and a row could call itself ``OC(=O)CF``. Whoever types such a text must get the structure that it
spells, above all where that structure is dangerous. So a text that can be read as a SMILES always is one, and a name
that spells another structure than its own row's is refused where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ligandkb.chemistry.inchi import atoms_formula
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.chemistry.structure import could_be_smiles
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import Row
from ligandkb.tables.rows import shown


def structure_of(text: str) -> str | None:
    """Structure that a text spells.

    Parameters
    ----------
    text : str
        A name or a SMILES.

    Returns
    -------
    str or None
        Canonical SMILES of the formula unit, or None if the text is no SMILES that can be used.

    Examples
    --------
    >>> structure_of("CN"), structure_of("oleic acid")
    ('CN', None)
    """
    if not could_be_smiles(text):
        return None  # what is wrong with it nobody asked, and to find out takes long
    try:
        return formula_unit(split(text.strip()))
    except StructureError:
        return None


_SYMBOL = re.compile(r"Cl|Br|[BCNOPSFI]")


def formula_remark(text: str) -> str:
    """Say of a SMILES that it could have been meant as a formula or the symbol of an element.

    ``CO`` is methanol as a SMILES and carbon monoxide as a formula. A formula names each element once, which hardly any
    SMILES of a ligand does.

    Parameters
    ----------
    text : str
        A text that can be read as a SMILES.

    Returns
    -------
    str
        Empty where it doesn't look like a formula.

    Examples
    --------
    >>> formula_remark("CO"), formula_remark("CCO"), formula_remark("C=O")
    ("'CO' was read as SMILES, with its hydrogens CH4O, not as a formula: was another chemical meant, spell it out",
     '', '')
    """
    symbols = _SYMBOL.findall(text)
    if "".join(symbols) != text or len(set(symbols)) < len(symbols):
        return ""
    return (
        f"{text!r} was read as SMILES, with its hydrogens {atoms_formula(text)}, not as a formula: "
        "was another chemical meant, spell it out"
    )


def refuse_misleading_names(
    row: Row, column: str, names: Collection[str], own: Collection[str], problems: list[Problem]
) -> None:
    """Collect the names of a row that spell another structure than the row's.

    Parameters
    ----------
    row : Row
        Where the names stand.
    column : str
        In which column.
    names : collection of str
        The names; blank ones are passed over.
    own : collection of str
        Canonical SMILES that may be a name of the row: its formula unit and its binding forms.
    problems : list of Problem
        Each misleading name is appended.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> row, problems = Row("ligands.csv", 2, {"name": Cell("OC(=O)CF", 2, 1)}), []
    >>> refuse_misleading_names(row, "name", ["OC(=O)CF"], ["CC(=O)O"], problems)
    >>> print(problems[0].what)
    'OC(=O)CF' is the SMILES of another structure than this row's
    """
    for name in names:
        spelt = structure_of(name) if name.strip() else None
        if spelt is not None and spelt not in own:
            problems.append(
                row.problem(
                    column,
                    f"{shown(name)} is the SMILES of another structure than this row's",
                    "write another name, or spell it out, e.g. 'thiocyanate' for SCN",
                )
            )
