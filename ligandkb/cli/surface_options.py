"""How does a chemist write a measured number on the command line?

Options that several commands of ``ligandkb surface`` share, and the way back: an error of the API names
its arguments, and here they get the names of the options that were typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from ligandkb.cli.options import TextFormat
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


@contextmanager
def options_for(options: Mapping[str, str]) -> Iterator[None]:
    """Name options instead of the API's arguments in errors.

    Parameters
    ----------
    options : mapping of str to str
        What the API says to what the command line says; a field of the argument goes with it. Names that
        are words of English (``decades``) are replaced at the beginning of a line only.

    Examples
    --------
    >>> with options_for({"edge_length_nm": "--edge"}):
    ...     raise UsageError("edge_length_nm: 95 is no edge length")
    Traceback (most recent call last):
    ...
    ligandkb.problems.UsageError: --edge: 95 is no edge length
    """
    try:
        yield
    except UsageError as error:
        raise UsageError(as_typed(str(error), options)) from None


def as_typed(text: str, options: Mapping[str, str]) -> str:
    """Name options instead of the API's arguments in a text.

    Parameters
    ----------
    text : str
    options : mapping of str to str
        As in :func:`options_for`.

    Examples
    --------
    >>> as_typed("give background_until_ns if you can", {"background_until_ns": "--background-until"})
    'give --background-until if you can'
    """
    longest_first = sorted(options, key=len, reverse=True)
    patterns = (
        re.escape(name) if re.search(r"\W|_", name) else rf"^{re.escape(name)}" for name in longest_first
    )
    pattern = re.compile(
        rf"(?<![\w.])(?P<name>{'|'.join(patterns)})(?:\.(?:value|sigma))?(?![\w.])", re.MULTILINE
    )
    return pattern.sub(lambda found: options[found["name"]], text)


def with_sigma(*names: str, help: str) -> Any:
    """Option for a number with its standard deviation."""
    return typer.Option(*names, parser=measured, metavar=VALUE, help=help)


# typer reads these annotations at run time, so they are spelt with Optional.
Number = Optional[float]  # noqa: UP045
Pair = Optional[Measured]  # noqa: UP045
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
Form = Annotated[TextFormat, typer.Option("--format", "-f", help="Output format.")]
TABLE = typer.Argument(metavar="DATA.csv")
