"""Is this number a fraction or per cent?

``62 %``, ``62`` and ``0.62`` are the same PLQY, and each is read where nothing else can be meant. What could be both
(``1``: all of the light, or a hundredth of it) is refused with how to write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ligandkb.problems import UsageError

_NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?"
_SHARE = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?P<percent>%?)(?:\s*(?:±|\+/-|\+-)\s*(?P<sigma>{_NUMBER})\s*(?P<sigma_percent>%?))?"
)
_NO_FRACTION = 1.5
"""A bare number from 1 to here may be a fraction that came out too large; above it, only per cent."""
_NO_PERCENT_ERROR = 0.1
"""A bare error below this, beside a bare number in per cent, looks like a fraction: nobody measures so well."""


@dataclass(frozen=True)
class Share:
    """A part of a whole, as a fraction, with its standard deviation (0 where none is known).

    Examples
    --------
    >>> str(Share(0.62, 0.03)), str(Share(0.995))
    ('62 ± 3 %', '99.5 %')
    """

    value: float
    sigma: float = 0.0

    def __str__(self) -> str:
        if not self.sigma:
            return f"{100.0 * self.value:.6g} %"
        # A number below 1 before the sign of per cent looks like a fraction, unless it has its own sign.
        sign = " %" if self.value < 0.01 else ""
        return f"{100.0 * self.value:.6g}{sign} ± {100.0 * self.sigma:.6g} %"


def read_share(text: str, *, least: float = 0.0) -> Share:
    """Read a fraction or a percentage, with its standard deviation where one is given.

    Parameters
    ----------
    text : str
        Such as ``0.62``, ``62``, ``62 %``, ``62±3 %`` or ``0.62+-0.03``.
    least : float
        The least fraction that can be meant: no purity is 1 %, so where this is 0.05, ``1`` is all.

    Returns
    -------
    Share

    Raises
    ------
    UsageError
        If it is no number between 0 and 100 %, or could mean two.

    Examples
    --------
    >>> [read_share(text).value for text in ("62%", "62", "0.62", "0.62 %")]
    [0.62, 0.62, 0.62, 0.0062]
    >>> str(read_share("62±3")), str(read_share("0.62+-0.03"))
    ('62 ± 3 %', '62 ± 3 %')
    >>> read_share("1")
    Traceback (most recent call last):
    ...
    ligandkb.problems.UsageError: '1' could be 1 % or 100 %: write 1 % or 100 %
    """
    shown = repr(text.strip()[:100])
    found = _SHARE.fullmatch(text.strip()[:100])
    if found is None:
        raise UsageError(f"{shown} is no share with a standard deviation: write it like 62±3 % or 0.62±0.03")
    value, sigma = (float((found[name] or "0").replace(",", ".")) for name in ("value", "sigma"))
    marked = bool(found["percent"] or found["sigma_percent"])
    _refuse_two_meanings(shown, value, sigma, found, least)
    if marked or value > _NO_FRACTION or (value == 0.0 and sigma > 0.5):
        value, sigma = value / 100.0, sigma / 100.0
    if not 0.0 <= value <= 1.0:
        raise UsageError(f"{shown} is no share: it must lie between 0 and 100 %")
    if sigma < 0.0 or sigma > 0.5:
        raise UsageError(
            f"{shown}: no share is known to {Share(sigma)} only: write it like 62±3 % or 0.62±0.03"
        )
    return Share(value, sigma)


def _refuse_two_meanings(shown: str, value: float, sigma: float, found: re.Match[str], least: float) -> None:
    number, error = found["value"], found["sigma"]
    if found["percent"] or (found["sigma_percent"] and value >= 1.0):
        return
    if found["sigma_percent"] or (0.0 < value < 1.0 and sigma > 0.5):
        what = f"{number} looks like a fraction and ±{error} like per cent"
        raise UsageError(f"{shown}: {what}: write {Share(value, sigma / 100.0)}, or both as fractions")
    if 1.0 <= value <= _NO_FRACTION and value / 100.0 >= least:
        if value > 1.0:
            raise UsageError(
                f"{shown} looks like a fraction, and none is above 1: write {number} % if that is meant"
            )
        raise UsageError(f"{shown} could be {number} % or 100 %: write {number} % or 100 %")
    if value > _NO_FRACTION and 0.0 < sigma < _NO_PERCENT_ERROR:
        raise UsageError(
            f"{shown}: {number} is read as per cent, but ±{error} looks like a fraction: write "
            f"{Share(value / 100.0, sigma)} or {Share(value / 100.0, sigma / 100.0)}"
        )
