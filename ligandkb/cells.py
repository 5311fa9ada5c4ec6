"""How does any value stand in one cell of a table, harmlessly?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from numbers import Real


def cell(value: object) -> object:
    r"""What stands in the cell of a table for programs: numbers and None as they are, all else as one line of text.

    Examples
    --------
    >>> cell(0.5), cell(None), cell(["a", "b\x1b"])
    (0.5, None, 'a; b\\x1b')
    """
    if isinstance(value, str):
        return visible(str(value))
    if value is None or isinstance(value, (float, int)):
        return value
    # Whether something else is a number takes long to find out, and lists are none.
    is_number = not isinstance(value, (list, tuple, dict)) and isinstance(value, Real)
    return value if is_number else visible(flat(value))


def cells(values: Iterable[object]) -> list[object]:
    r"""What stands in the cells of a column: :func:`cell` of each value, looked through together.

    Examples
    --------
    >>> cells(["a", ["b", "c"], None, 1.5]), cells(["a", "\x1b"])
    (['a', 'b; c', None, 1.5], ['a', '\\x1b'])
    """
    found = [
        value if type(value) in _PLAIN else flat(value) if type(value) in _NESTED else cell(value)
        for value in values
    ]
    if "".join([value for value in found if type(value) is str]).isprintable():
        return found
    return [visible(value) if type(value) is str else value for value in found]


_PLAIN = frozenset({str, float, int, bool, type(None)})
_NESTED = frozenset({list, tuple, dict})


def flat(value: object) -> str:
    """One line of text for a nested value: alternatives with "or", things bought together with "+"."""
    if isinstance(value, str):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        if value and isinstance(value[0], list) and all(isinstance(item, list) for item in value):
            return " or ".join([" + ".join(map(str, item)) for item in value])
        return "; ".join([item if type(item) is str else flat(item) for item in value])
    if isinstance(value, (dict, Mapping)):  # asked in this order, for a dict is told at once
        return "; ".join(
            [f"{key}: {flat(item)}" for key, item in value.items() if item not in (None, [], "")]
        )
    return str(value)


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
