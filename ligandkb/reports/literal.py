"""How does any text get through to the reader as it is, and harmlessly?"""

from __future__ import annotations

import unicodedata

_ASCII = str.maketrans(
    {
        **{"±": "+/-", "µ": "u", "×": "x", "²": "^2", "³": "^3", "→": "->", "−": "-", "·": "*", "°": "deg "},
        **{"λ": "lambda", "τ": "tau", "β": "beta", "σ": "sigma", "γ": "gamma", "α": "alpha"},
        **{"≥": ">=", "≤": "<=", "å": "a", "─": "-", "…": "..."},
    }
)


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


def for_encoding(text: str, encoding: str | None) -> str:
    """Spell out signs that a terminal without Unicode can't show.

    Examples
    --------
    >>> for_encoding("204 ± 26 µM", "ascii"), for_encoding("204 ± 26", "utf-8")
    ('204 +/- 26 uM', '204 ± 26')
    """
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return text.translate(_ASCII)
    return text
