"""Can these two quantities be compared?

A unit is a product of symbols with exponents. Symbols are opaque: eV and kJ/mol differ, and nothing is
converted.
"""

from __future__ import annotations

import re

Unit = tuple[tuple[str, int], ...]

DIMENSIONLESS: Unit = ()

_FACTOR = re.compile(r"([^0-9^*/·\s]+?)\^?([-−]?[0-9]+)?")
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def parse_unit(text: str) -> Unit:
    """Parse a unit.

    Parameters
    ----------
    text : str
        Such as ``eV``, ``1/eV``, ``kJ/mol`` or ``nm^2``; empty for a pure number. What has another form is
        one opaque symbol.

    Returns
    -------
    tuple
        Symbols with exponents, ordered by symbol.

    Examples
    --------
    >>> parse_unit("1/eV"), parse_unit("kJ/mol"), parse_unit("nm²")
    ((('eV', -1),), (('kJ', 1), ('mol', -1)), (('nm', 2),))
    """
    text = text.strip()
    exponents: dict[str, int] = {}
    for position, part in enumerate(text.translate(_SUPERSCRIPTS).split("/")):
        for factor in re.split(r"[\s*·]+", part.strip()):
            if factor == "1" or (not factor and not text):
                continue
            match = _FACTOR.fullmatch(factor)
            if match is None:
                return ((text, 1),)
            exponent = int((match.group(2) or "1").replace("−", "-"))
            exponents[match.group(1)] = exponents.get(match.group(1), 0) + (
                -exponent if position else exponent
            )
    return _unit(exponents)


def product(left: Unit, right: Unit, sign: int = 1) -> Unit:
    """Give the unit of a product, or of a quotient with ``sign=-1``.

    Examples
    --------
    >>> product(parse_unit("eV"), parse_unit("1/eV"))
    ()
    """
    exponents = dict(left)
    for symbol, exponent in right:
        exponents[symbol] = exponents.get(symbol, 0) + sign * exponent
    return _unit(exponents)


def power(unit: Unit, exponent: int) -> Unit:
    """Give the unit of a power."""
    return tuple((symbol, value * exponent) for symbol, value in unit)


def root(unit: Unit) -> Unit | None:
    """Give the unit of a square root; None where an exponent is odd."""
    if any(value % 2 for _, value in unit):
        return None
    return tuple((symbol, value // 2) for symbol, value in unit)


def unit_text(unit: Unit) -> str:
    """Write a unit.

    Examples
    --------
    >>> unit_text(parse_unit("kJ/mol")), unit_text(())
    ('kJ·mol^-1', 'a pure number')
    """
    if not unit:
        return "a pure number"
    return "·".join(symbol if value == 1 else f"{symbol}^{value}" for symbol, value in unit)


def _unit(exponents: dict[str, int]) -> Unit:
    return tuple(sorted((symbol, value) for symbol, value in exponents.items() if value))
