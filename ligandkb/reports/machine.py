"""How does an answer reach a program: as JSON, as CSV?"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from ligandkb.cells import cell
from ligandkb.export import write_table
from ligandkb.missing import is_present
from ligandkb.provenance import SCHEMA_VERSION
from ligandkb.reports.document import Document


def to_json(document: Document) -> str:
    """JSON text: ``meta`` beside ``rows`` or the fields of one result; a list for several answers."""
    return json.dumps(_value(document), indent=2, ensure_ascii=False, allow_nan=False)


def _value(document: Document) -> Any:
    data = document.data
    if any(isinstance(part, Document) for part in data):
        return [_value(part) for part in data]
    found = plain(data) if isinstance(data, Mapping) else {"rows": plain(data)}
    return {"meta": {"schema_version": SCHEMA_VERSION, **plain(document.meta)}, **found}


def plain(value: Any) -> Any:
    """Turn a result into types that JSON knows, by the names of its fields.

    Parameters
    ----------
    value : dataclass, mapping, sequence, array or scalar

    Returns
    -------
    dict, list, str, int, float, bool or None
        A reason for absence becomes ``{"absent": why}``, an infinite number ``{"absent": "no bound"}``.

    Examples
    --------
    >>> from ligandkb.surface.uncertainty import Interval
    >>> plain(Interval(3.0, 2.0, math.inf))
    {'value': 3.0, 'low': 2.0, 'high': {'absent': 'no bound'}, 'confidence': 0.95}
    """
    if not is_present(value):
        return {"absent": str(value)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"absent": "no bound" if math.isinf(value) else "not a number"}
    return value


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    r"""CSV text; cells that a spreadsheet would run are escaped, numbers never.

    Parameters
    ----------
    columns : sequence of str
        Names for the first line.
    rows : iterable of mapping
        Values by column: numbers, None (a blank cell), text, or nested values (see :func:`~ligandkb.cells.flat`).

    Raises
    ------
    UsageError
        If a number is not finite.

    Examples
    --------
    >>> to_csv(["name", "charge_e"], [{"name": "=1\x1b", "charge_e": -1}, {"name": None, "charge_e": 2}])
    "name,charge_e\n'=1\\x1b,-1\n,2\n"
    """
    out = io.StringIO(newline="")
    write_table(out, columns, ([cell(row[name]) for name in columns] for row in rows))
    return out.getvalue()


def to_workbook(document: Document) -> bytes:
    """Excel workbook with the rows of a document; every text in it is text, no formula and no link.

    Raises
    ------
    ExtraMissingError
        Without the extra ``[excel]``.

    Examples
    --------
    >>> rows = [{"name": "=1", "charge_e": -1}]
    >>> to_workbook(Document("ions", data=rows, csv_columns=("name", "charge_e")))[:2]
    b'PK'
    """
    from ligandkb.reports.spreadsheet import Sheet, to_xlsx  # noqa: PLC0415 - most answers are no workbooks

    data = document.data
    rows = data["rows"] if isinstance(data, Mapping) else data
    cells = [[cell(row[name]) for name in document.csv_columns] for row in rows]
    return to_xlsx([Sheet(document.title, document.csv_columns, cells)], [document.title, *document.footer])
