"""How does any text get through to the reader as it is, and harmlessly?"""

from __future__ import annotations

_ASCII = str.maketrans(
    {
        **{"±": "+/-", "µ": "u", "×": "x", "²": "^2", "³": "^3", "→": "->", "−": "-", "·": "*", "°": "deg "},
        **{"λ": "lambda", "τ": "tau", "β": "beta", "σ": "sigma", "γ": "gamma", "α": "alpha"},
        **{"≥": ">=", "≤": "<=", "å": "a", "─": "-", "…": "..."},
    }
)


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
