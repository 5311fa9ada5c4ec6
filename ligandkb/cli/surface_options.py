"""How does a chemist write a measured number on the command line?

Options that several commands of ``ligandkb surface`` share, and the way back: an error of the API names
its arguments, and here they get the names of the options that were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from ligandkb.problems import UsageError
from ligandkb.surface.uncertainty import Measured

_MEASURED = re.compile(r"(?P<value>[^±]+?)\s*(?:(?:±|\+/-|\+-)\s*(?P<sigma>[^±]+))?")
VALUE = "VALUE[±SIGMA]"


class SheetFormat(StrEnum):
    """Formats of the bench sheet."""

    TEXT = "text"
    MD = "md"
    HTML = "html"
    JSON = "json"


class Theme(StrEnum):
    """Colours of a plot."""

    LIGHT = "light"
    DARK = "dark"


class Weighting(StrEnum):
    """How XPS weighs deeper planes."""

    EXPONENTIAL = "exponential"
    CUT = "cut"
    BOTH = "both"


class Free(StrEnum):
    """What a fit of the trap model may free besides k_r/k_nr,trap."""

    ASSOCIATION_CONSTANT = "association_constant"
    SITES_MAX = "sites_max"


def measured(text: str) -> Measured:
    """Read a number with its standard deviation, such as ``62±3``, ``62 +/- 3`` or ``62+-3``.

    Parameters
    ----------
    text : str

    Returns
    -------
    Measured

    Raises
    ------
    typer.BadParameter
        If it isn't one.

    Examples
    --------
    >>> str(measured("10.7±0.2")), str(measured("180+-20")), str(measured("4"))
    ('10.70 ± 0.20', '180 ± 20', '4')
    """
    found = _MEASURED.fullmatch(text.strip()[:100])
    try:
        if found is None:
            raise ValueError
        return Measured(float(found["value"]), float(found["sigma"] or 0.0))
    except ValueError:
        raise typer.BadParameter(
            f"{text[:100]!r} is no number with a standard deviation: write it like 62±3 or 62+-3"
        ) from None


def number(text: str, name: str) -> float:
    """Read a number that was typed as an argument."""
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"{name}: {text[:100]!r} is no number") from None


@contextmanager
def options_for(**options: str) -> Iterator[None]:
    """Name options instead of the API's arguments in errors.

    Parameters
    ----------
    **options : str
        Argument of the API to option; ``__`` stands for the dot of a field.

    Examples
    --------
    >>> with options_for(edge_length_nm="--edge"):
    ...     raise UsageError("edge_length_nm: 95 is no edge length")
    Traceback (most recent call last):
    ...
    ligandkb.problems.UsageError: --edge: 95 is no edge length
    """
    names = {argument.replace("__", "."): option for argument, option in options.items()}
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = re.compile(rf"^(?P<name>{longest_first})(?:\.value|\.sigma)?(?![\w.])", re.MULTILINE)
    try:
        yield
    except UsageError as error:
        raise UsageError(pattern.sub(lambda found: names[found["name"]], str(error))) from None


# typer reads these annotations at run time, so they are spelt with Optional.
Number = Optional[float]  # noqa: UP045
Pair = Optional[Measured]  # noqa: UP045
Composition = Annotated[
    str, typer.Option("--composition", "-c", envvar="LIGANDKB_COMPOSITION", help="Crystal, e.g. CsPbBr3.")
]
Confidence = Annotated[float, typer.Option("--confidence", help="Of the intervals, a fraction.")]
Plot = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--plot", help="Draw it into this file: .png, .svg or .pdf."),
]
PlotTheme = Annotated[Theme, typer.Option("--theme", help="Colours of the plot.")]
Edge = Annotated[Number, typer.Option("--edge", help="Mean edge length, nm.")]
EdgeSpread = Annotated[float, typer.Option("--edge-spread", help="Standard deviation of the edge, nm.")]
LatticeConstant = Annotated[
    Number,
    typer.Option("--lattice", help="Edge of the cube with one Pb, nm; by default the sourced one."),
]
