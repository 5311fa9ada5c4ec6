"""Which mass fraction does a purity as printed stand for?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ligandkb.problems import Problem, counted
from ligandkb.tables import Row

LEAST_PERCENT = 5.0
"""Below this a number isn't the content of what the bottle is named after, but of something else in it."""

_PERCENT = re.compile(
    r"(?P<sign>[<≤]?)\s*(?P<number>\d+(?:[.,]\d+)?)\s*\+?\s*(?:wt\.?|w/w|mass)?\s*-?\s*%", re.I
)
_OF_ANOTHER = re.compile(
    r"\b(?:contain(?:s|ing)?|incl(?:udes|uding|\.)|with|plus|stabili[sz]\w*|inhibit\w*|enthält|mit)\b[^%,;()]*$",
    re.I,
)
"""Words after which a percentage is that of something else in the bottle."""
_SHORT = 40
"""Purity up to so many characters that is repeated where it is said what to write."""
_BARE = re.compile(r"(?P<value>\d+(?:[.,]\d+)?)\s*\+?", re.ASCII)
_RANGE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%?\s*(?:-|\u2013|to)\s*(?=\d+(?:[.,]\d+)?\s*%)")
_SOLUTION = re.compile(
    r"\b(?:solutions?|soln?\.|dissolved|Lösung)\b|lösung\b|%[^%,;()]*\b(?:in|of)\s+(?:an?\s+|the\s+)?[^\W\d_]",
    re.I,
)
_AQUEOUS = re.compile(r"\b(?:water|aqueous|aq\.?|H2O|H₂O)\b|(?:in|of) (?:water|H2O|H₂O)", re.I)


def purity_fraction(text: str) -> float | None:
    """Mass fraction that a purity as printed stands for.

    Parameters
    ----------
    text : str
        Such as ``>99.5 %``, ``98+%``, ``99,5 %`` or ``95-97 %``, of which the lower end counts.

    Returns
    -------
    float or None
        None where it has no percentage between 5 and 100. Of several the first; upper limits (``<0.1 % water``) are
        limits of something else, and so is what the bottle contains besides or is stabilised with.

    Examples
    --------
    >>> [purity_fraction(text) for text in (">99.5 %", "99,5 %", "98+%", "95-97 %", "57 wt% in H2O")]
    [0.995, 0.995, 0.98, 0.95, 0.57]
    >>> purity_fraction("<0.1 % water, 99 %"), purity_fraction("for synthesis"), purity_fraction("200 %")
    (0.99, None, None)
    >>> purity_fraction("stabilised with 10 % methanol, 97 %"), purity_fraction("contains 5 % water")
    (0.97, None)
    """
    limits = _RANGE.sub(r"\1 % ", text)
    for found in _PERCENT.finditer(limits):
        percent = float(found["number"].replace(",", "."))
        if not found["sign"] and not _OF_ANOTHER.search(limits, 0, found.start()):
            return percent / 100.0 if LEAST_PERCENT <= percent <= 100.0 else None
    return None


def purity_problem(text: str) -> str | None:
    """Say what is wrong with a purity that has a number but no percentage that it could stand for.

    Examples
    --------
    >>> purity_problem("0.98"), purity_problem("technical"), purity_problem("98 %")
    ("'0.98' is a number without a percentage from 5 to 100", None, None)
    >>> purity_problem("with 10 % octadecene")
    "'with 10 % octadecene' says what else is in the bottle, and no content"
    """
    if purity_fraction(text) is None and re.search(r"\d", text):
        if _says_what_else_alone(text):
            return f"{text!r} says what else is in the bottle, and no content"
        return f"{text!r} is a number without a percentage from 5 to 100"
    return None


def purity_fix(text: str) -> str:
    """What to write instead of a purity that is refused.

    Examples
    --------
    >>> purity_fix("0.98"), purity_fix("97 percent")
    ('write 98 %', 'write it in % with the sign, e.g. 99 %')
    >>> purity_fix("with 10 % octadecene")
    "write the content first, e.g. '97 %, with 10 % octadecene', or leave the cell blank where it isn't known"
    """
    if _says_what_else_alone(text):
        example = f"97 %, {text}" if len(text) <= _SHORT else "97 %, with 10 % octadecene"
        return f"write the content first, e.g. {example!r}, or leave the cell blank where it isn't known"
    percent = bare_percent(text)
    return "write it in % with the sign, e.g. 99 %" if percent is None else f"write {percent:g} %"


def _says_what_else_alone(text: str) -> bool:
    """Whether each percentage is of something else in the bottle than what it is named after."""
    limits = _RANGE.sub(r"\1 % ", text)
    found = [*_PERCENT.finditer(limits)]
    return bool(found) and all(one["sign"] or _OF_ANOTHER.search(limits, 0, one.start()) for one in found)


def bare_percent(text: str) -> float | None:
    """Percentage that a number without its sign is most likely meant for; nothing is read by it.

    Examples
    --------
    >>> [bare_percent(text) for text in ("98", "0.98", "98+", "980")]
    [98.0, 98.0, 98.0, None]
    """
    found = _BARE.fullmatch(text)
    value = float(found["value"].replace(",", ".")) if found else 0.0
    percent = value * 100 if value <= 1 else value
    return percent if LEAST_PERCENT <= percent <= 100 else None


def is_aqueous(text: str) -> bool:
    """Whether the rest of what is in the bottle is water.

    Examples
    --------
    >>> is_aqueous("57 wt% in H2O"), is_aqueous("technical grade, 70 %")
    (True, False)
    """
    return bool(_AQUEOUS.search(text))


def is_solution(text: str) -> bool:
    """Whether what is sold is dissolved in something, so that no density of the pure compound holds.

    Examples
    --------
    >>> [is_solution(text) for text in ("20 % in toluene", "aqueous, 57 %", "70 % solution", "90 %, technical")]
    [True, True, True, False]
    """
    return is_aqueous(text) or bool(_SOLUTION.search(text))


def purity_problems(rows: Iterable[Row]) -> list[Problem]:
    """Ask about the purities of a table that are numbers without a percentage, each kind once.

    Read as unknown, they would let a bottle be weighed as if it were pure.

    Parameters
    ----------
    rows : iterable of Row

    Returns
    -------
    list of Problem
        At the first cell of its kind, with the number of further ones.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> rows = [Row("ligands.csv", line, {"purity": Cell(text, line, 9)}) for line, text in ((2, "98"), (3, "97"))]
    >>> print(*purity_problems(rows))
    ligands.csv:2:9: '98' is a number without a percentage from 5 to 100, and so is 1 more cell below it: write 98 %
    """
    asked: dict[tuple[bool, bool], list[tuple[Row, str, str]]] = {}
    for row in rows:
        text = row["purity"].strip()
        what = purity_problem(text)
        if what is not None:
            kind = bare_percent(text) is None, _says_what_else_alone(text)
            asked.setdefault(kind, []).append((row, what, purity_fix(text)))
    problems = []
    for (row, what, fix), *others in asked.values():
        more = f", and so {'are' if len(others) > 1 else 'is'} {counted(len(others), 'more cell')} below it"
        problems.append(row.problem("purity", what + (more if others else ""), fix))
    return problems
