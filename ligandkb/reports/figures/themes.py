"""In which colours is a figure drawn?

Figures on matplotlib's object interface and its Agg canvas: no window, no global state, the same file
on every machine. Colours are those of Okabe and Ito, which colour-blind readers can tell apart, and no
statement rests on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

Theme = Literal["light", "dark"]

_PARTS = ("ink", "paper", "grid", "a", "b", "c")
_COLOURS: Mapping[Theme, Mapping[str, str]] = {
    "light": dict(
        zip(_PARTS, ("#1b1f23", "#ffffff", "#d8dee4", "#0072b2", "#d55e00", "#007a5a"), strict=True)
    ),
    "dark": dict(
        zip(_PARTS, ("#e6edf3", "#0d1117", "#30363d", "#56b4e9", "#e69f00", "#2fc79a"), strict=True)
    ),
}


def blank_figure(width_in: float, height_in: float) -> Figure:
    """Make a figure that no window shows.

    Parameters
    ----------
    width_in, height_in : float
        Size in inches.

    Returns
    -------
    matplotlib.figure.Figure

    Examples
    --------
    >>> blank_figure(6.4, 4.0).get_size_inches().tolist()
    [6.4, 4.0]
    """
    figure = Figure(figsize=(width_in, height_in), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def colours_of(theme: Theme) -> Mapping[str, str]:
    """Colours of a theme by their part, see :func:`themed`."""
    return _COLOURS[theme]


@contextmanager
def themed(theme: Theme) -> Iterator[Mapping[str, str]]:
    """Draw in a theme; what was set before holds again afterwards.

    Parameters
    ----------
    theme : {"light", "dark"}

    Yields
    ------
    mapping of str to str
        Colours by their part: ``ink``, ``paper``, ``grid`` and, for data, ``a``, ``b`` and ``c``.

    Examples
    --------
    >>> with themed("dark") as colours:
    ...     colours["ink"]
    '#e6edf3'
    """
    colours = _COLOURS[theme]
    inked = ("axes.edgecolor", "axes.labelcolor", "axes.titlecolor", "text.color", "xtick.color")
    style: dict[Any, Any] = {
        **dict.fromkeys((*inked, "ytick.color", "legend.labelcolor"), colours["ink"]),
        **dict.fromkeys(("figure.facecolor", "axes.facecolor", "legend.facecolor"), colours["paper"]),
        **dict.fromkeys(("grid.color", "legend.edgecolor"), colours["grid"]),
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "grid.linewidth": 0.6,
        "legend.framealpha": 0.9,
        "font.family": "DejaVu Sans",
        "font.size": 9.5,
    }
    with rc_context(style):
        yield colours
