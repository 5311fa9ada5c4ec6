"""Which hazard statements are printed on this product's label?

Statements belong to products as bought, from a source that was read. A product that isn't listed has not been
assessed, which is never the same as harmless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from rdkit import Chem

from ligandkb.catalogue.products import Product
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.chemistry.structure import canonical, conjugate_acid, parse
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import names, read_table

REQUIRED_COLUMNS = ("smiles", "statements", "source")
OPTIONAL_COLUMNS = ("name", "locator", "note")
_STATEMENT = re.compile(r"(?:EU)?H\d{3}[A-Za-z]{0,3}(?:\+H\d{3})*")


def read_hazard_statements(path: Path, problems: list[Problem]) -> Mapping[str, frozenset[str]]:
    """Read the statements of products.

    Parameters
    ----------
    path : Path
        ``hazard_statements.csv``.
    problems : list of Problem
        Everything that is wrong with the file is appended.

    Returns
    -------
    mapping of str to frozenset of str
        Canonical SMILES of a product's formula unit to its statements, such as ``H314``.
    """
    found: dict[str, frozenset[str]] = {}
    for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems):
        try:
            smiles = formula_unit(split(row["smiles"].strip()))
        except StructureError as error:
            problems.append(row.problem("smiles", error.what, error.mend))
            continue
        statements = names(row, "statements")
        for statement in statements:
            if not _STATEMENT.fullmatch(statement):
                problems.append(
                    row.problem(
                        "statements", f"{statement!r} is not a hazard statement", "write H314, separated by |"
                    )
                )
        found[smiles] = found.get(smiles, frozenset()) | frozenset(statements)
    return found


def statements_of(product: Product, statements: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """Statements on a product's label.

    A labelled compound is looked up without its isotopes, and a bare anion as its acid: nobody sells it otherwise.

    Parameters
    ----------
    product : Product
    statements : mapping
        As from :func:`read_hazard_statements`.

    Returns
    -------
    frozenset of str or None
        None where no label was read.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> sorted(statements_of(product_from_smiles("[2H]OC(=O)CF"), {"O=C(O)CF": frozenset({"H300"})}))
    ['H300']
    """
    return next((statements[key] for key in _keys(formula_unit(product.species)) if key in statements), None)


@lru_cache(maxsize=65536)
def _keys(smiles: str) -> tuple[str, ...]:
    keys = [smiles]
    if any(atom.GetIsotope() for atom in parse(smiles).GetAtoms()):
        plain = Chem.RWMol(parse(smiles))
        for atom in plain.GetAtoms():
            atom.SetIsotope(0)
        keys.append(formula_unit(split(Chem.MolToSmiles(Chem.RemoveHs(plain)))))
    if "." not in smiles and Chem.GetFormalCharge(parse(smiles)) < 0:
        keys.append(canonical(Chem.MolToSmiles(conjugate_acid(parse(keys[-1])))))
    return tuple(keys)
