"""What has an earlier run worked out of this structure already?

Answers that hang on nothing but the text of a structure, the code of this room and RDKit can be taken over from an
earlier run. This module holds them in memory; :mod:`ligandkb.storage.structure_answers` keeps them in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, wraps
from typing import Any, Generic, TypeVar, get_type_hints

from ligandkb.chemistry.plain_values import Plain, PlainForm, plain_form

_Answer = TypeVar("_Answer")

MOST = 50_000
"""Answers of one function that are noted in a run: two hundred for each product that is shipped."""


class Lasting(Generic[_Answer]):
    """Answers of one function: those of earlier runs as they were read, and those of this run.

    Attributes
    ----------
    name : str
        Of the function.
    """

    def __init__(self, function: Callable[[str], _Answer]) -> None:
        self.name = function.__name__
        self._function = function
        self.earlier: dict[str, Plain] = {}
        self.noted: dict[str, _Answer] = {}

    @cached_property
    def form(self) -> PlainForm:
        """How its answers are written; asked for late, since annotations name what stands further below."""
        return plain_form(get_type_hints(self._function)["return"])

    def of(self, smiles: str) -> _Answer:
        """The answer of an earlier run, else the function's, which is noted."""
        if smiles in self.earlier:
            try:
                answer: _Answer = self.form.read(self.earlier[smiles])
                return answer
            except ValueError:
                del self.earlier[smiles]  # it wasn't written by this code
        answer = self._function(smiles)
        if is_noting() and len(self.noted) < MOST:
            self.noted[smiles] = answer
        return answer

    def plain(self, *, everything: bool) -> dict[str, Plain]:
        """What was noted as plain data, with what earlier runs left where everything is wanted."""
        earlier = self.earlier if everything else {}
        return earlier | {smiles: self.form.write(answer) for smiles, answer in self.noted.items()}


LASTING: dict[str, Lasting[Any]] = {}
"""By name, whatever :func:`lasting` stands above."""
_noting = False


def lasting(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Take a function's answers over from earlier runs.

    Parameters
    ----------
    function : callable
        Of the text of one structure; nothing else may decide its answer but the code of this room, its fitted table
        and RDKit.

    Returns
    -------
    callable

    Examples
    --------
    >>> @lasting
    ... def letters(smiles: str) -> int:
    ...     return len(smiles)
    >>> letters("CCO")
    3
    >>> del LASTING["letters"]
    """
    answers: Lasting[_Answer] = Lasting(function)
    LASTING[function.__name__] = answers

    earlier = answers.earlier

    @wraps(function)
    def answered(smiles: str) -> _Answer:
        # Millions of lines are asked about that nobody has seen before: for them this is one look.
        return answers.of(smiles) if _noting or smiles in earlier else function(smiles)

    return answered


def note(*, on: bool) -> None:
    """Note from now on what is worked out, or no longer; a screen of millions notes nothing."""
    global _noting  # noqa: PLW0603 - of the process, as what is noted
    _noting = on


def is_noting() -> bool:
    """Whether answers are noted."""
    return _noting


def take_over(earlier: Mapping[str, Mapping[str, Plain]]) -> None:
    """Take over what stands in a file: for each function, by structure, plain data that nobody has looked at yet."""
    for name, answers in LASTING.items():
        answers.earlier.clear()
        answers.earlier.update(earlier.get(name, {}))
        answers.noted.clear()


def has_noted() -> bool:
    """Whether anything was worked out that isn't known from earlier runs."""
    return any(answers.noted for answers in LASTING.values())


def plain(*, everything: bool) -> dict[str, dict[str, Plain]]:
    """What was noted, as :func:`take_over` takes it; with what earlier runs left where everything is wanted."""
    return {name: answers.plain(everything=everything) for name, answers in sorted(LASTING.items())}
