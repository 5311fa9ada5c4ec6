"""What stands in this CSV file, and where?

A row keeps the position of each of its cells, so that whoever finds a cell wrong later (a SMILES
that doesn't parse, a partner that doesn't exist) can still say file:line:column. The standard
library's reader gives no columns and stops at the first fault, which is why there is a scanner here.
"""

from __future__ import annotations

from ligandkb.export import escape_cell, unescape_cell
from ligandkb.tables.percentages import Share, read_share
from ligandkb.tables.reading import MAX_ALIKE, MAX_BYTES, MAX_LINES, read_table, read_text
from ligandkb.tables.rows import Cell, Row, shown
from ligandkb.tables.scanning import MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_PROBLEMS, SourceText
from ligandkb.tables.values import (
    MAX_IDENTIFIER_CHARACTERS,
    cas_number,
    cas_numbers,
    cas_numbers_in,
    check_unique,
    choice,
    doi,
    filled,
    identifier,
    names,
    number,
)

__all__ = [
    "MAX_ALIKE",
    "MAX_BYTES",
    "MAX_CELL_CHARACTERS",
    "MAX_COLUMNS",
    "MAX_IDENTIFIER_CHARACTERS",
    "MAX_LINES",
    "MAX_PROBLEMS",
    "Cell",
    "Row",
    "Share",
    "SourceText",
    "cas_number",
    "cas_numbers",
    "cas_numbers_in",
    "check_unique",
    "choice",
    "doi",
    "escape_cell",
    "filled",
    "identifier",
    "names",
    "number",
    "read_share",
    "read_table",
    "read_text",
    "shown",
    "unescape_cell",
]
