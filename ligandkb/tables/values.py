"""What value does this cell hold?

Each function reads one cell of a row. A blank cell is None; what is wrong with any other is appended to
the caller's list, with the place and the fix.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

from ligandkb.problems import Problem, did_you_mean
from ligandkb.provenance import is_doi
from ligandkb.tables.rows import Row, shown

MAX_IDENTIFIER_CHARACTERS = 100


def filled(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read a text that must not be blank; None if it is.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> problems = []
    >>> filled(Row("a.csv", 2, {"smiles": Cell("", 2, 5)}), "smiles", problems)
    >>> print(problems[0])
    a.csv:2:5: the cell 'smiles' is blank: fill it in, or delete the row
    """
    if name in row.cells and not row[name].strip():
        problems.append(row.problem(name, f"the cell {name!r} is blank", "fill it in, or delete the row"))
    return row[name].strip() or None


def names(row: Row, name: str) -> tuple[str, ...]:
    """Split the names in a cell at ``|``.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> names(Row("a.csv", 2, {"aliases": Cell("ODE | octadec-1-ene|", 2, 5)}), "aliases")
    ('ODE', 'octadec-1-ene')
    """
    return tuple(part.strip() for part in row[name].split("|") if part.strip())


def choice(row: Row, name: str, allowed: Iterable[str], problems: list[Problem]) -> str | None:
    """Read one of the allowed words, spelt exactly; None if the cell is blank or wrong.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> problems = []
    >>> choice(Row("a.csv", 2, {"effect": Cell("Improved", 2, 9)}), "effect", ["improved"], problems)
    >>> print(problems[0])
    a.csv:2:9: 'Improved' is not a value of 'effect': did you mean 'improved'?
    """
    text, words = row[name].strip(), [str(word) for word in allowed]
    if not text or text in words:
        return text or None
    fix = did_you_mean(text, words) or f"write one of {', '.join(words)}, or leave it blank"
    problems.append(row.problem(name, f"{shown(text)} is not a value of {name!r}", fix))
    return None


def identifier(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read an identifier: lower-case letters, digits and single hyphens; None if blank or wrong.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> problems = []
    >>> identifier(Row("a.csv", 2, {"id": Cell("Oleic acid", 2, 1)}), "id", problems)
    >>> print(problems[0])
    a.csv:2:1: 'Oleic acid' is no identifier: write 'oleic-acid'
    """
    text = row[name].strip()
    if not text or (
        re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) and len(text) <= MAX_IDENTIFIER_CHARACTERS
    ):
        return text or None
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    near = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MAX_IDENTIFIER_CHARACTERS].rstrip("-")
    fix = f"write {near!r}" if near else "use the letters a to z, digits and hyphens"
    problems.append(row.problem(name, f"{shown(text)} is no identifier", fix))
    return None


def check_unique(rows: Iterable[Row], name: str, problems: list[Problem]) -> None:
    """Append a problem for each row whose cell repeats an earlier row's; blank cells don't count.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> problems = []
    >>> check_unique([Row("a.csv", n, {"id": Cell("oleate", n, 1)}) for n in (2, 5)], "id", problems)
    >>> print(problems[0])
    a.csv:5:1: 'oleate' stands already in line 2: give each row its own 'id'
    """
    seen: dict[str, int] = {}
    for row in rows:
        text = row[name].strip()
        if text and text in seen:
            what = f"{shown(text)} stands already in line {seen[text]}"
            problems.append(row.problem(name, what, f"give each row its own {name!r}"))
        seen.setdefault(text, row.line)


_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?", re.ASCII)
_ONE_OR_THOUSAND = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
# What faults look like stays text: most runs never compile it.
_GROUPED = r"[+-]?\d{1,3}(?P<gap>[,.'’\s])\d{3}(?:(?P=gap)\d{3})*(?:(?!(?P=gap))[.,]\d+)?"
_MONTH = r"(?:jan|feb|fév|mar|mär|apr|avr|ma[iy]|jun|jui|jul|aug|aoû|sep|o[ck]t|nov|de[cz]|déc)[^\W\d_]*\.?"
_DATE = (
    r"(?i)(?:\d{1,4}(?P<dash>[-/.])\d{1,2}(?P=dash)\d{1,4}"
    rf"|\d{{1,2}}[-/. ]+{_MONTH}(?:[-/. ]+\d{{2,4}})?|{_MONTH}[-/. ]+\d{{1,4}})"
    r"(?:[T ]\d\d?:\d\d(?::\d\d)?)?"
)
_NO_NUMBER = (
    (
        r"(?i)[+-]?(?:nan|inf|infinity|n/?a|n\.?d\.?|none|null|unknown|[-–—?]+)",
        "not a number",
        "leave the cell blank where nothing is known",
    ),
    (
        r"(?i)[~≈∼].*|(?:ca|approx|about)\b.*",
        "not an exact number",
        "write the number alone, and 'about' into the note",
    ),
    (r"[<>≤≥].*", "a bound, not a number", "leave the cell blank, and write the bound into the note"),
    (
        r".*\d\s*(?:±|\+/-|\+-).*|\d.*\d\(\d+\).*",
        "a number with its uncertainty",
        "write the number alone; the uncertainty has its own column, or belongs into the note",
    ),
    (
        _DATE,
        "a date, which a spreadsheet made of what was typed",
        "format the column as text and enter the number again",
    ),
    (
        r"\d[\d.,]*\s*(?:-|–|—|to|\.\.+|…)\s*\d[\d.,]*.*",
        "a range",
        "write one number, and the range into the note",
    ),
    (r"[+-]?\d[\d.,]*\s*[x×·*]\s*10.*", "not a plain number", "write powers of ten like 1.5e5"),
)


def number(
    row: Row,
    name: str,
    problems: list[Problem],
    minimum: float | None = None,
    maximum: float | None = None,
) -> float | None:
    """Read a number; None if the cell is blank or wrong.

    A decimal comma is read where the file's separator isn't a comma. ``1,500`` is one and a half in a
    file separated by semicolons, which spreadsheets write where the decimal comma is at home; in any
    other file it may be either, and is refused.

    Parameters
    ----------
    row : Row
        Record with the cell.
    name : str
        Column, whose name says the unit.
    problems : list of Problem
        What is wrong is appended here.
    minimum, maximum : float, optional
        Least and greatest value allowed.

    Returns
    -------
    float or None

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> problems = []
    >>> number(Row("a.csv", 2, {"dose_mmol_per_l": Cell("12 mM", 2, 7)}), "dose_mmol_per_l", problems)
    >>> print(problems[0])
    a.csv:2:7: '12 mM' is not a bare number: write 12; the column's name says the unit
    """
    text = _plain(row[name]).replace("−", "-")
    if not text:
        return None
    if row.separator == ";" or (row.separator == "\t" and not _ONE_OR_THOUSAND.fullmatch(text)):
        text = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text
    if not _NUMBER.fullmatch(text):
        what, fix = _why_no_number(text[:MAX_IDENTIFIER_CHARACTERS])
        problems.append(row.problem(name, f"{shown(row[name])} is {what}", fix))
        return None
    value = float(text)
    fault = None
    if not math.isfinite(value):
        fault = "is too large for a number", "check its exponent"
    elif minimum is not None and value < minimum:
        fault = f"is below {minimum:g}, the least that {name!r} can be", "check the value and its unit"
    elif maximum is not None and value > maximum:
        fault = f"is above {maximum:g}, the most that {name!r} can be", "check the value and its unit"
    if fault:
        problems.append(row.problem(name, f"{shown(row[name])} {fault[0]}", fault[1]))
    return None if fault else value


def _why_no_number(text: str) -> tuple[str, str]:
    for pattern, what, fix in _NO_NUMBER:
        if re.fullmatch(pattern, text):
            return what, fix
    if _ONE_OR_THOUSAND.fullmatch(text):
        one, thousand = text.replace(",", "."), text.replace(",", "")
        return "ambiguous", f"write {thousand} or {one}, whichever is meant"
    grouped = re.fullmatch(_GROUPED, text)
    if grouped:
        digits = text.replace(grouped["gap"], "").replace(",", ".")
        return "written with separators between its thousands", f"write {digits}"
    if _DECIMAL_COMMA.fullmatch(text):
        return "written with a decimal comma", f"write {text.replace(',', '.')}"
    unit = re.fullmatch(r"([+-]?[\d.,]+(?:[eE][+-]?\d+)?)\s*(?:[^\W\d_]|[%‰°]).*", text)
    if unit:
        bare = f"write {unit[1]}" if _NUMBER.fullmatch(unit[1]) else "write the number alone"
        return "not a bare number", f"{bare}; the column's name says the unit"
    return "not a number", "write a number such as 1.5, or leave the cell blank"


_CAS = re.compile(r"\b\d{2,7}-\d\d-\d\b", re.ASCII)
_CAS_INSIDE = re.compile(r"(?<!\d)0*([1-9]\d{1,6})\s?-\s?(\d\d)\s?-\s?(\d)(?!\d)", re.ASCII)
_CAS_WITHOUT_HYPHENS = re.compile(r"0*([1-9]\d{1,6})(\d\d)(\d)(?:\.0)?", re.ASCII)
_HYPHENS = re.compile("[\xad\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def cas_number(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read a CAS Registry Number, checking its last digit; None if the cell is blank or wrong.

    Typographic hyphens, blanks and leading zeros are fixed. A date is what a spreadsheet makes of
    some CAS numbers, and can't be turned back with certainty.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> problems = []
    >>> cas_number(Row("a.csv", 2, {"cas": Cell("112\N{EN DASH}80\N{EN DASH}1", 2, 7)}), "cas", problems)
    '112-80-1'
    >>> cas_number(Row("a.csv", 3, {"cas": Cell("2001-05-03", 3, 7)}), "cas", problems)
    >>> print(problems[0].what)
    '2001-05-03' is a date, which a spreadsheet made of a CAS number
    """
    return _cas_number(row, name, row[name], problems)


def cas_numbers_in(text: str) -> tuple[str, ...]:
    """Every CAS Registry Number that stands somewhere in a text, for who looks up dangers and must miss none.

    Parameters
    ----------
    text : str
        Whatever a list has in its column of numbers: several, words around them, blanks, typographic hyphens, or none.

    Returns
    -------
    tuple of str
        Those whose last digit is right, in their order. Digits alone are read as a number without its hyphens.

    Examples
    --------
    >>> cas_numbers_in("CAS 57\N{EN DASH}24\N{EN DASH}9; [0071-43-2], not 57-24-8"), cas_numbers_in("57249")
    (('57-24-9', '71-43-2'), ('57-24-9',))
    """
    plain = _HYPHENS.sub("-", _plain(text))
    alone = _CAS_WITHOUT_HYPHENS.fullmatch(plain)
    found = ["-".join(one.groups()) for one in (alone, *_CAS_INSIDE.finditer(plain)) if one]
    return tuple(dict.fromkeys(filter(_has_check_digit, found)))


def is_like_a_cas_number(text: str) -> bool:
    """Whether a text has the form of a CAS number, right or wrong.

    Examples
    --------
    >>> is_like_a_cas_number("112\N{EN DASH}90-3"), is_like_a_cas_number("oleylamine")
    (True, False)
    """
    return _CAS.fullmatch(re.sub(r"\s", "", _HYPHENS.sub("-", text)).lstrip("0")) is not None


def cas_numbers(row: Row, name: str, problems: list[Problem]) -> tuple[str, ...]:
    """Read CAS Registry Numbers separated by a vertical bar, each as :func:`cas_number` does.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> cas_numbers(Row("a.csv", 2, {"other_cas": Cell("112-80-1 | 112-90-3", 2, 7)}), "other_cas", [])
    ('112-80-1', '112-90-3')
    """
    read = (_cas_number(row, name, text, problems) for text in names(row, name))
    return tuple(dict.fromkeys(cas for cas in read if cas))


def _cas_number(row: Row, name: str, written: str, problems: list[Problem]) -> str | None:
    text = _plain(written)
    if not text:
        return None
    plain = re.sub(r"\s", "", _HYPHENS.sub("-", text)).lstrip("0")
    if _CAS.fullmatch(plain) and _has_check_digit(plain):
        return plain
    what, fix = _why_no_cas(_HYPHENS.sub("-", text), plain)
    problems.append(row.problem(name, f"{shown(text)} {what}", fix))
    return None


def _why_no_cas(text: str, plain: str) -> tuple[str, str]:
    again = "format the column as text and enter the number again from its source"
    hyphenated = f"{plain[:-3]}-{plain[-3:-1]}-{plain[-1:]}"
    inside = [found for found in _CAS.findall(text) if _has_check_digit(found)]
    if _CAS.fullmatch(plain):
        return "has a wrong check digit", "compare it with its source, digit by digit"
    if re.fullmatch(_DATE, text):
        return "is a date, which a spreadsheet made of a CAS number", again
    if re.fullmatch(r"[1-9]\d{4}(?:\.\d+)?", text):
        return "looks like the number of a day, which a spreadsheet made of a CAS number", again
    if _CAS.fullmatch(hyphenated) and _has_check_digit(hyphenated):
        return "is a CAS number without its hyphens", f"compare {hyphenated} with its source, write that"
    if len(inside) == 1:
        return "is not a bare CAS number", f"write {inside[0]}"
    if inside:
        return "is more than one CAS number", "write that of the product as bought"
    return "is not a CAS number", "write it like 112-80-1, or leave the cell blank"


def _has_check_digit(cas: str) -> bool:
    digits = [int(digit) for digit in reversed(cas.replace("-", ""))]
    return sum(weight * digit for weight, digit in enumerate(digits)) % 10 == digits[0]


def doi(row: Row, name: str, problems: list[Problem]) -> str | None:
    """Read a digital object identifier without resolver; None if the cell is blank or wrong.

    Examples
    --------
    >>> from ligandkb.tables import Cell, Row
    >>> problems = []
    >>> cell = Cell("https://doi.org/10.1021/jacs.8b11035", 2, 7)
    >>> doi(Row("a.csv", 2, {"doi": cell}), "doi", problems)
    >>> print(problems[0].fix)
    write 10.1021/jacs.8b11035
    """
    text = row[name].strip()
    if not text or (is_doi(text) and not text.endswith((".", ",", ";"))):
        return text or None
    inside = [word for found in re.findall(r"10\.\S+", text) if is_doi(word := found.rstrip(".,;"))]
    fix = "write it like 10.1021/jacs.8b11035, or leave the cell blank"
    if len(inside) == 1:
        fix = f"write {inside[0]}"
    elif inside:
        fix = "write one, and the others into the note"
    problems.append(row.problem(name, f"{shown(text)} is not a bare DOI", fix))
    return None


def _plain(text: str) -> str:
    # The apostrophe is how one tells a spreadsheet that a cell is text.
    return text.strip().removeprefix("'").strip()
