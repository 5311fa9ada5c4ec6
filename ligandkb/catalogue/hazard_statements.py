"""Which hazard statements did people read on labels and data sheets?

Statements belong to products as bought, from a source that was read. What isn't listed wasn't read, which is never
the same as harmless.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ligandkb.catalogue.hazard_label import HazardLabel
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import Problem, StructureError
from ligandkb.tables import names, read_table

REQUIRED_COLUMNS = ("smiles", "statements", "source")
OPTIONAL_COLUMNS = ("name", "read", "locator", "note")
READ_IN_PART = "part"
"""What the column ``read`` says where a source named some dangers and was silent on the rest; blank otherwise."""
_STATEMENT = re.compile(r"(?:EU)?H\d{3}[A-Za-z]{0,3}(?:\+H\d{3})*")


def read_hazard_statements(path: Path, problems: list[Problem]) -> Mapping[str, HazardLabel]:
    """Read the statements of products.

    Parameters
    ----------
    path : Path
        ``hazard_statements.csv``.
    problems : list of Problem
        Everything that is wrong with the file is appended.

    Returns
    -------
    mapping of str to HazardLabel
        By canonical SMILES of a product's formula unit.
    """
    found: dict[str, HazardLabel] = {}
    for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems):
        try:
            smiles = formula_unit(split(row["smiles"].strip()))
        except StructureError as error:
            problems.append(row.problem("smiles", error.what, error.fix))
            continue
        statements = names(row, "statements")
        for statement in statements:
            if not _STATEMENT.fullmatch(statement):
                problems.append(
                    row.problem(
                        "statements", f"{statement!r} is not a hazard statement", "write H314, separated by |"
                    )
                )
        where = ", ".join(filter(None, (row[name].strip() for name in ("source", "locator"))))
        extent = row["read"].strip()
        if extent not in ("", READ_IN_PART):
            fix = f"write {READ_IN_PART} where other dangers were not read, or leave it blank"
            problems.append(row.problem("read", f"{extent!r} is no extent of a reading", fix))
        label = HazardLabel.read(statements, where, in_part=extent == READ_IN_PART)
        found[smiles] = found[smiles] | label if smiles in found else label
    return found
