"""How does a chemist write a measured number or a share on the command line?"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from ligandkb.problems import UsageError
from ligandkb.surface.uncertainty import Measured
from ligandkb.tables.percentages import Share, read_share

_MEASURED = re.compile(r"(?P<value>[^±]+?)\s*(?:(?:±|\+/-|\+-)\s*(?P<sigma>[^±]+))?")


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


def share(text: str) -> Share:
    """Read a PLQY, in per cent or as a fraction.

    Raises
    ------
    typer.BadParameter
        If it is none, or could mean two.
    """
    try:
        return read_share(text)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None


def exact_share(text: object, quantity: str) -> float:
    """Read a share that takes no standard deviation, as a fraction.

    Parameters
    ----------
    text : str or number
    quantity : str
        Name in :mod:`ligandkb.surface.quantities` of what it is: ``1`` is all where 1 % is out of its bounds.

    Examples
    --------
    >>> exact_share("98 %", "PURITY"), exact_share("12", "FRACTION"), exact_share("1", "PURITY")
    (0.98, 0.12, 1.0)
    """
    from ligandkb.surface import quantities  # noqa: PLC0415 - loads numpy

    try:
        found = read_share(str(text), least=getattr(quantities, quantity).minimum)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None
    if found.sigma:
        raise typer.BadParameter(f"{text!r}: no standard deviation is used here: leave out ±")
    return found.value


def measured_share(given: Share | None) -> Measured | None:
    """A share as the functions of :mod:`ligandkb.surface` take it."""
    return None if given is None else Measured(given.value, given.sigma)


def read_as(**shares: Share | None) -> list[str]:
    """Say how percentages and fractions were read.

    Examples
    --------
    >>> read_as(plqy=Share(0.62), plqy_before=None)
    ['--plqy was read as 62 %.']
    """
    return [
        f"--{name.replace('_', '-')} was read as {given}."
        for name, given in shares.items()
        if given is not None
    ]


# An option is called as its parameter unless other names are given.
def plain(help: str, *names: str) -> Any:
    """Option for a number or a text."""
    return typer.Option(*names, help=help)


def with_sigma(help: str, *names: str) -> Any:
    """Option for a number with its standard deviation."""
    return typer.Option(*names, parser=measured, metavar="VALUE[±SIGMA]", help=help)


def plqy_option(help: str, *names: str) -> Any:
    """Option for a PLQY with its standard deviation."""
    return typer.Option(*names, parser=share, metavar="PLQY[±SIGMA]", help=f"{help} (62±3 % or 0.62±0.03)")


def exact_option(help: str, quantity: str) -> Any:
    """Option for a share without a standard deviation."""
    read = partial(exact_share, quantity=quantity)
    read.__name__ = "share"  # type: ignore[attr-defined]  # typer asks for it
    return typer.Option(parser=read, metavar="SHARE", help=f"{help} (98 % or 0.98)")


def plot_target(path: Path | None) -> Path | None:
    """Refuse a plot that can't be written before anything is fitted."""
    if path is None:
        return None
    if path.suffix not in (".png", ".svg", ".pdf"):
        raise UsageError(f"--plot: {path.name!r} is no kind of plot: end it in .png, .svg or .pdf")
    if not path.parent.is_dir():
        raise UsageError(f"--plot: there is no folder {path.parent}: make it, or name another")
    return path


Number = float | None
Pair = Measured | None
Plqy = Share | None
Confidence = Annotated[float, exact_option("Of the intervals", "CONFIDENCE")]
Plot = Annotated[
    Path | None,
    typer.Option("--plot", callback=plot_target, help="Draw it into this file: .png, .svg or .pdf."),
]
PlotTheme = Annotated[Literal["light", "dark"], plain("Colours of the plot.")]
Edge = Annotated[Number, plain("Mean edge length, nm.")]
EdgeSpread = Annotated[float, plain("Standard deviation of the edge, nm.")]
LatticeConstant = Annotated[Number, plain("Edge of the cube with one Pb, nm; by default the sourced one.")]
TABLE = typer.Argument(metavar="DATA.csv")
