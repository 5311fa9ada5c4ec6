"""How does a screened list look? Pictures for docs/screening.md, drawn by ``docs/screening_results.py``."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from rdkit import Chem
from rdkit.Chem.Draw import rdMolDraw2D

from ligandkb.reports.figures.themes import Theme, blank_figure, themed
from ligandkb.screening.top import Top

DRAWN = 24
PER_ROW, WIDTH, HEIGHT = 6, 190, 150
STEP = 0.05
"""Width of a bar of the scores, in log-odds."""
_SHOWN: Mapping[str, tuple[str, str]] = {
    "recommended": ("a", ""),
    "undecided": ("grid", ""),
    "unassessed": ("b", "//"),
    "no-better": ("c", ".."),
}
"""Colour and hatching of each verdict: no statement rests on colour alone."""


def score_figure(scores: np.ndarray, verdicts: np.ndarray, theme: Theme) -> Figure:
    """Rows by score and verdict, on a logarithmic scale, since most share one score."""
    with themed(theme) as colours:
        figure = blank_figure(7.2, 3.6)
        axes = figure.subplots()
        edges = np.arange(np.floor(scores.min() / STEP) - 0.5, np.ceil(scores.max() / STEP) + 1.5) * STEP
        for place, (verdict, (colour, hatch)) in enumerate(_SHOWN.items()):
            heights, _ = np.histogram(scores[verdicts == verdict], edges)
            width = STEP / len(_SHOWN)
            left = edges[:-1] + place * width
            axes.bar(
                left,
                heights,
                width,
                align="edge",
                color=colours[colour],
                edgecolor=colours["ink"],
                linewidth=0.3,
                hatch=hatch,
                label=f"{verdict} ({heights.sum():,})",
            )
        axes.set(xlabel="predicted score (log-odds)", ylabel="rows of the list", yscale="log")
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axes.legend(loc="upper left")
        return figure


def size_figure(numbers: Mapping[str, np.ndarray], verdicts: np.ndarray, top: Top, theme: Theme) -> Figure:
    """Molar masses of the list, of what is recommended, and of the best."""
    masses = numbers["molar_mass_g_per_mol"]
    groups = {
        "list": (masses, "ink", ":"),
        "recommended": (masses[verdicts == "recommended"], "a", "-"),
        "best": (np.array([row.cells["molar_mass_g_per_mol"] for row in top.best.rows]), "b", "--"),
    }
    with themed(theme) as colours:
        figure = blank_figure(7.2, 3.0)
        axes = figure.subplots()
        for name, (found, colour, dashes) in groups.items():
            if len(found):
                shares = np.arange(1, len(found) + 1) / len(found)
                axes.plot(
                    np.sort(found), shares, ls=dashes, color=colours[colour], label=f"{name} ({len(found):,})"
                )
        axes.set(
            xlabel="molar mass as bought (g/mol)",
            ylabel="share below",
            xlim=(0, float(np.quantile(masses, 0.999))),
            ylim=(0, 1),
        )
        axes.legend(loc="lower right")
        return figure


def drawn(top: Top, theme: Theme) -> bytes:
    """The first of the best as bought, each with its place and line; a PNG."""
    shown = [*zip(top.best.rows, top.ranked.assessments, strict=True)][:DRAWN]
    mols = [Chem.MolFromSmiles(item.pair.product.smiles) for _, item in shown]
    labels = [
        f"{top.ranked.place_text(place)}  line {row.cells['line']:,}" for place, (row, _) in enumerate(shown)
    ]
    rows = -(-len(shown) // PER_ROW)
    canvas = rdMolDraw2D.MolDraw2DCairo(PER_ROW * WIDTH, max(rows, 1) * HEIGHT, WIDTH, HEIGHT)
    options = canvas.drawOptions()
    if theme == "dark":
        rdMolDraw2D.SetDarkMode(options)
        options.setBackgroundColour((0x0D / 255, 0x11 / 255, 0x17 / 255))
    options.legendFontSize = 13
    if mols:
        canvas.DrawMolecules(mols, legends=labels)
    canvas.FinishDrawing()
    return bytes(canvas.GetDrawingText())
