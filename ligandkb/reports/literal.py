"""How does any text get through to the reader as it is, and harmlessly?"""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

from ligandkb.export import write_table


def visible(text: str) -> str:
    r"""Show control and direction-changing characters as escapes instead of sending them to a terminal.

    Examples
    --------
    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(character if _is_harmless(character) else _escaped(character) for character in text)


def _is_harmless(character: str) -> bool:
    return character == " " or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def to_json(meta: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """JSON text ``{"meta": ..., "rows": [...]}``."""
    return json.dumps({"meta": meta, "rows": rows}, indent=2, ensure_ascii=False, allow_nan=False)


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    r"""CSV text; cells that a spreadsheet would run are escaped, numbers never.

    Parameters
    ----------
    columns : sequence of str
        Names for the first line.
    rows : iterable of mapping
        Values by column: numbers, None (a blank cell), text, or nested values (see :func:`flat`).

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
    write_table(out, columns, ([_csv_value(row[name]) for name in columns] for row in rows))
    return out.getvalue()


def to_markdown(columns: Sequence[str], rows: Iterable[Sequence[str]], code: Sequence[str] = ()) -> str:
    """Markdown table; the columns named in ``code`` are set as code, so that SMILES stay literal."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "|".join("---" for _ in columns) + "|"]
    for row in rows:
        cells = (
            markdown_code(cell) if name in code else markdown_text(cell)
            for name, cell in zip(columns, row, strict=True)
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def markdown_text(text: str) -> str:
    """Text that Markdown shows as it is."""
    escaped = visible(text).replace("\\", "\\\\")
    for character in "|*_`<":
        escaped = escaped.replace(character, "\\" + character)
    return escaped.replace("](", "]\\(")  # [nH] stays as it is; only a link would be read


def markdown_code(text: str) -> str:
    """Text as a code span, with the bar that would end a table cell escaped."""
    shown = visible(text).replace("|", "\\|")
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}" if shown else ""


def _csv_value(value: object) -> object:
    return value if value is None or isinstance(value, Real) else visible(flat(value))


def flat(value: object) -> str:
    """One line of text for a nested value: alternatives with "or", things bought together with "+"."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {flat(item)}" for key, item in value.items() if item not in (None, [], ""))
    if isinstance(value, list | tuple):
        if value and all(isinstance(item, list) for item in value):
            return " or ".join(" + ".join(map(str, item)) for item in value)
        return "; ".join(flat(item) for item in value)
    return str(value)
