"""What has been worked out already for this structure?

Most questions are asked several times of one structure, so the answers are kept. Whoever goes through millions of
structures empties all of it between chunks, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_Arguments = ParamSpec("_Arguments")
_Answer = TypeVar("_Answer")

_EMPTIED: list[Callable[[], None]] = []


def remembered(
    answers: int,
) -> Callable[[Callable[_Arguments, _Answer]], Callable[_Arguments, _Answer]]:
    """Keep the latest answers of a function until :func:`forget` is called.

    Parameters
    ----------
    answers : int
        At most so many are kept; the least used goes first.

    Returns
    -------
    callable
        To stand above the function, whose arguments can be hashed.

    Examples
    --------
    >>> @remembered(100)
    ... def atoms(formula: str) -> int:
    ...     print("counted")
    ...     return len(formula)
    >>> atoms("CO"), atoms("CO")
    counted
    (2, 2)
    """

    def keep(function: Callable[_Arguments, _Answer]) -> Callable[_Arguments, _Answer]:
        kept = lru_cache(maxsize=answers)(function)
        _EMPTIED.append(kept.cache_clear)
        return cast("Callable[_Arguments, _Answer]", kept)

    return keep


def forget() -> None:
    """Empty everything that :func:`remembered` keeps; what is asked again is worked out again.

    Examples
    --------
    >>> forget()
    """
    for empty in _EMPTIED:
        empty()
