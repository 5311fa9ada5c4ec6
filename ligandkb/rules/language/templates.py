"""What does an explanation say once its values are filled in?

A template takes ``{column}`` and ``{column:.2f}``. It is taken apart here; ``str.format``, which would follow
attributes and indices, never sees it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ligandkb.problems import did_you_mean
from ligandkb.rules.language.column import Column
from ligandkb.rules.language.texts import shown
from ligandkb.rules.language.tokens import ConditionError

MAXIMUM_PLACES = 50

_PLACE = re.compile(r"\{([^{}]*)\}")
_FORMAT = re.compile(r"\+?(?:\.[0-9])?[feg%]")
_PLAIN_FORMAT = ".6g"


class Place(NamedTuple):
    """Where the value of a column goes.

    Attributes
    ----------
    column : str
        Name of the column.
    format : str
        How to write a number, e.g. ``.2f``; empty for the shortest form and for texts and flags.
    """

    column: str
    format: str = ""


class Template(NamedTuple):
    """A sentence with places for values.

    Attributes
    ----------
    parts : tuple of str or Place
        In order.
    """

    parts: tuple[str | Place, ...]

    @property
    def columns(self) -> frozenset[str]:
        """Names of the columns whose values it shows."""
        return frozenset(part.column for part in self.parts if isinstance(part, Place))

    def fill(self, values: Mapping[str, object]) -> str:
        """Write the sentence with values.

        Parameters
        ----------
        values : mapping of str to float, str, bool, Missing, Failed or NotApplicable
            By column name; a column that isn't there is missing.

        Returns
        -------
        str

        Examples
        --------
        >>> from ligandkb.missing import Missing
        >>> template = Template(("hardness ", Place("hardness_ev", ".2f"), " eV"))
        >>> template.fill({"hardness_ev": 5.456})
        'hardness 5.46 eV'
        >>> template.fill({"hardness_ev": Missing("run ligandkb compute")})
        'hardness missing eV'
        """
        return "".join(
            part if isinstance(part, str) else _written(values.get(part.column), part.format)
            for part in self.parts
        )


def parse_template(text: str, columns: Mapping[str, Column]) -> tuple[Template, list[ConditionError]]:
    """Take a template apart and check its places.

    Parameters
    ----------
    text : str
        Sentence with ``{column}`` or ``{column:.2f}``.
    columns : mapping of str to Column
        Declared columns by name.

    Returns
    -------
    template : Template
    errors : list of ConditionError
        Everything that is wrong, with offsets in the text.

    Examples
    --------
    >>> parse_template("no {0.__class__}", {})[1][0].what
    "'0.__class__' is not a column"
    """
    errors: list[ConditionError] = []
    parts: list[str | Place] = []
    end = 0
    for match in _PLACE.finditer(text):
        parts += _plain(text, end, match.start(), errors), _place(match, columns, errors)
        end = match.end()
    parts.append(_plain(text, end, len(text), errors))
    if sum(isinstance(part, Place) for part in parts) > MAXIMUM_PLACES:
        errors.append(ConditionError(0, f"more than {MAXIMUM_PLACES} values in one sentence", "shorten it"))
    return Template(tuple(part for part in parts if part)), errors


def _plain(text: str, start: int, end: int, errors: list[ConditionError]) -> str:
    plain = text[start:end]
    brace = re.search("[{}]", plain)
    if brace:
        fix = "write the name of a column in braces: {hardness_ev:.2f}"
        errors.append(ConditionError(start + brace.start(), f"a single {brace.group()}", fix))
    return plain


def _place(match: re.Match[str], columns: Mapping[str, Column], errors: list[ConditionError]) -> Place:
    name, colon, format_ = match.group(1).partition(":")
    column = columns.get(name)
    if column is None:
        fix = did_you_mean(name, columns) or "write the name of a declared column, and a format such as :.2f"
        errors.append(ConditionError(match.start(1), f"{shown(name)} is not a column", fix))
    elif colon and column.kind != "number":
        what = f"{name} is not a number and takes no format"
        errors.append(ConditionError(match.start(1), what, f"write {{{name}}}"))
    elif colon and _FORMAT.fullmatch(format_) is None:
        what = f"the format {shown(format_)} can't be used"
        fix = "write such as .2f, +.3f, .1e, .3g or .0%"
        errors.append(ConditionError(match.start(1) + len(name) + 1, what, fix))
    return Place(name, format_)


def _written(value: object, format_: str) -> str:
    from ligandkb.missing import Failed, Missing, NotApplicable  # noqa: PLC0415 - checking fills in nothing

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, format_ or _PLAIN_FORMAT)
    if isinstance(value, NotApplicable):
        return "not applicable"
    if isinstance(value, Failed):
        return "failed"
    return "missing" if value is None or isinstance(value, Missing) else str(value)
