"""One or several, and under which name?

What a call takes several of, it takes one of just as well; a text is one thing, not its letters.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias, TypeVar, overload

from ligandkb.problems import UsageError

T = TypeVar("T")
Several: TypeAlias = T | Iterable[T]
"""One, or an iterable of them: ``Several[str]``."""


@overload
def several(given: str | Iterable[str] | None) -> tuple[str, ...]: ...
@overload
def several(given: str | Path | Iterable[str | Path] | None) -> tuple[str | Path, ...]: ...
@overload
def several(given: T | Iterable[T] | None) -> tuple[T, ...]: ...
def several(given: object) -> tuple[object, ...]:
    """Tell one from several.

    Parameters
    ----------
    given : object, iterable of objects, or None
        A text or a path is one object.

    Returns
    -------
    tuple
        Empty for None.

    Examples
    --------
    >>> several("oleylammonium"), several(["oleylammonium", "caesium"]), several(None)
    (('oleylammonium',), ('oleylammonium', 'caesium'), ())
    """
    if given is None:
        return ()
    if isinstance(given, str | bytes | os.PathLike) or not isinstance(given, Iterable):
        return (given,)
    return tuple(given)


def names(argument: str, given: object) -> tuple[str, ...]:
    """Names that an argument was given: a text is one, and a list of texts is several.

    Parameters
    ----------
    argument : str
        What it is called, for the message.
    given : str, iterable of str, or None

    Returns
    -------
    tuple of str
        Empty for None.

    Raises
    ------
    UsageError
        If it is neither a text nor a list of texts.

    Examples
    --------
    >>> names("partners", "oleylammonium"), names("partners", ["caesium", "lead"])
    (('oleylammonium',), ('caesium', 'lead'))
    """
    found = several(given)
    if not all(isinstance(one, str) for one in found):
        raise UsageError(f"{argument} takes a name or a list of names, as texts, not {_said(given)}")
    return tuple(str(one) for one in found)


def name(argument: str, given: object) -> str:
    """The one name that an argument takes.

    Parameters
    ----------
    argument : str
        What it is called, for the message.
    given : str

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If it isn't a text.

    Examples
    --------
    >>> name("what", "benzoate")
    'benzoate'
    """
    if isinstance(given, str):
        return given
    raise UsageError(f"{argument} takes one name, as a text, not {_said(given)}")


def _said(given: object) -> str:
    return f"{given!r:.60} ({type(given).__name__})"


def renamed(old: str, new: str, old_value: T | None, value: T | None) -> T | None:
    """Value of an argument that has a new name and was given under either, with a note that names the new one.

    Parameters
    ----------
    old, new : str
        Names of the argument.
    old_value, value : object
        What was given under each; None where nothing was.

    Returns
    -------
    object
        What was given.

    Raises
    ------
    TypeError
        If it was given under both names.

    Warns
    -----
    FutureWarning
        If it was given under the old name.

    Examples
    --------
    >>> renamed("partner", "partners", None, "oleylammonium")
    'oleylammonium'
    """
    if old_value is None:
        return value
    if value is not None:
        raise TypeError(f"{old} is the old name of {new}: give {new} alone")
    warnings.warn(f"{old} is called {new} now: write {new}={old_value!r}", FutureWarning, stacklevel=3)
    return old_value
