"""How is an answer on a structure written as plain data, and read back without trust?

Nothing of what is read says what it is to become: the annotation of the function that gives the answer does. What
doesn't fit it is refused, so that no text can make an object of another kind, or run anything.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

Plain = Any
"""None, bool, int, float, str and lists of these: what JSON has."""


@dataclass(frozen=True)
class PlainForm:
    """How values of one type are written as plain data, and read back.

    Attributes
    ----------
    fits : callable
        Whether a value is of this type, going by its outermost kind alone.
    write : callable
        From value to plain data.
    read : callable
        From plain data to value; a ValueError where they can't stand for one.
    """

    fits: Callable[[Any], bool]
    write: Callable[[Any], Plain]
    read: Callable[[Plain], Any]


def plain_form(annotation: Any) -> PlainForm:
    """Plain form of a type.

    Parameters
    ----------
    annotation : type or annotation
        ``str``, ``int``, ``float``, ``bool``, a ``StrEnum``, a frozen dataclass of such fields, ``tuple[T, ...]``,
        ``frozenset[T]``, or a union of these and None.

    Returns
    -------
    PlainForm

    Raises
    ------
    TypeError
        For any other type.

    Examples
    --------
    >>> form = plain_form(frozenset[str])
    >>> form.write(frozenset({"b", "a"})), form.read(["a"]) == frozenset({"a"})
    (['a', 'b'], True)
    >>> form.read(["a", 1])
    Traceback (most recent call last):
    ValueError: not a str: 1
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in (str, int, float, bool):
        return _scalar(annotation)
    if annotation is types.NoneType:
        return PlainForm(
            lambda value: value is None, _same, lambda plain: _checked(plain is None, plain, "blank")
        )
    if origin in (Union, types.UnionType):
        return _one_of([plain_form(argument) for argument in arguments])
    if origin is tuple and arguments[1:] == (...,):
        return _several(tuple, plain_form(arguments[0]), list)
    if origin is frozenset:
        return _several(frozenset, plain_form(arguments[0]), sorted)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return PlainForm(lambda value: isinstance(value, annotation), str, annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _dataclass(annotation)
    raise TypeError(f"no plain form for {annotation}")


def _same(value: Any) -> Any:
    return value


def _checked(holds: bool, plain: Plain, what: str) -> Plain:
    if not holds:
        raise ValueError(f"not a {what}: {plain!r:.60}")
    return plain


def _scalar(kind: type) -> PlainForm:
    return PlainForm(
        lambda value: type(value) is kind,
        _same,
        lambda plain: _checked(type(plain) is kind, plain, kind.__name__),
    )


def _several(kind: type, one: PlainForm, ordered: Callable[[Any], list[Any]]) -> PlainForm:
    return PlainForm(
        lambda value: type(value) is kind,
        lambda value: ordered([one.write(item) for item in value]),
        lambda plain: kind([one.read(item) for item in _checked(type(plain) is list, plain, "list")]),
    )


def _one_of(forms: list[PlainForm]) -> PlainForm:
    """A value stands behind the number of its type among those that are allowed."""

    def write(value: Any) -> Plain:
        place = next(place for place, form in enumerate(forms) if form.fits(value))
        return [place, forms[place].write(value)]

    def read(plain: Plain) -> Any:
        holds = (
            type(plain) is list and len(plain) == 2 and type(plain[0]) is int and 0 <= plain[0] < len(forms)
        )
        place, written = _checked(holds, plain, "numbered value")
        return forms[place].read(written)

    return PlainForm(lambda value: any(form.fits(value) for form in forms), write, read)


def _dataclass(kind: type) -> PlainForm:
    hints = get_type_hints(kind)
    parts = [(field.name, plain_form(hints[field.name])) for field in fields(kind)]

    def read(plain: Plain) -> Any:
        _checked(type(plain) is list and len(plain) == len(parts), plain, kind.__name__)
        return kind(*[form.read(item) for (_, form), item in zip(parts, plain, strict=True)])

    return PlainForm(
        lambda value: type(value) is kind,
        lambda value: [form.write(getattr(value, name)) for name, form in parts],
        read,
    )
