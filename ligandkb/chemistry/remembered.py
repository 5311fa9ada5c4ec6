"""What has been worked out already for this structure?

Most questions are asked several times of one structure, so the answers are kept. Whoever goes through millions of
structures empties all of it between chunks, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Generic, ParamSpec, TypeVar, cast

_Arguments = ParamSpec("_Arguments")
_Question = TypeVar("_Question")
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


class Told(Generic[_Question, _Answer]):
    """A function of one argument that can be told an answer which somebody else has come to.

    Parameters
    ----------
    function : callable
        Its argument can be hashed, and its answer is never None.
    answers : int
        At most so many are kept; then all of them are forgotten.

    Examples
    --------
    >>> @told(100)
    ... def atoms(formula: str) -> int:
    ...     print("counted")
    ...     return len(formula)
    >>> atoms.tell("CO", 2), atoms("CO")
    (2, 2)
    """

    def __init__(self, function: Callable[[_Question], _Answer], answers: int) -> None:
        self._function, self._most = function, answers
        self._answers: dict[_Question, _Answer] = {}
        update_wrapper(self, function)
        _EMPTIED.append(self._answers.clear)

    def __call__(self, question: _Question) -> _Answer:
        """The answer; worked out where it isn't kept."""
        kept = self._answers.get(question)
        return self.tell(question, self._function(question)) if kept is None else kept

    def tell(self, question: _Question, answer: _Answer) -> _Answer:
        """Keep an answer, unless there is one already, and give the one that is kept."""
        if len(self._answers) >= self._most:
            self._answers.clear()
        return self._answers.setdefault(question, answer)


def told(answers: int) -> Callable[[Callable[[_Question], _Answer]], Told[_Question, _Answer]]:
    """Keep answers as :func:`remembered` does, and let the function be told some: see :class:`Told`.

    Parameters
    ----------
    answers : int
        At most so many are kept.

    Returns
    -------
    callable
        To stand above the function.

    Examples
    --------
    >>> told(100)(len)("CO")
    2
    """
    return lambda function: Told(function, answers)


def forget() -> None:
    """Empty everything that :func:`remembered` and :func:`told` keep; what is asked again is worked out again.

    Examples
    --------
    >>> forget()
    """
    for empty in _EMPTIED:
        empty()
