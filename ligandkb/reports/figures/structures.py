"""How is a molecule drawn?

RDKit lays it out and draws it; what it drew is then written shortly: coordinates to a tenth of a pixel, one path for
all strokes of a colour. Colours are named, so that a page may show them in light and in dark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, partial
from itertools import pairwise
from xml.etree import ElementTree

from ligandkb.reports.document import Figure

WIDTH, HEIGHT = 180, 110
"""Size in pixels that a molecule is laid out for."""
_LETTERS = 11, 24
"""Size in pixels of an atom's letters: at the end of a long chain, and of an ion alone."""
_UNITS = 10
"""Units of a drawing in a pixel: coordinates are whole numbers."""
_COLOURS = {
    "#000000": "currentColor",
    "#FF0000": "var(--oxygen)",
    "#0000FF": "var(--nitrogen)",
    "#CCCC00": "var(--sulfur)",
    "#FF7F00": "var(--phosphorus)",
    "#33CCCC": "var(--halogen)",
    "#00CC00": "var(--halogen)",
    "#7F4C19": "var(--halogen)",
    "#A01EEF": "var(--halogen)",
}
"""Colours of RDKit's palette as a page names them; the others are drawn in ink."""


def structure(smiles: str, name: str = "", names: Iterable[str] = ()) -> Figure:
    """Picture of a molecule or a salt, all its ions in it; its name, else its SMILES, stands for it in text.

    What else it is called is not shown, but found.
    """
    return Figure(name or smiles, partial(_drawing, smiles), code=not name, names=tuple(names))


@lru_cache(maxsize=4096)
def _drawing(smiles: str) -> str:
    from rdkit import Chem  # noqa: PLC0415 - only pages and notebooks draw
    from rdkit.Chem.Draw import rdMolDraw2D  # noqa: PLC0415
    from rdkit.rdBase import BlockLogs  # noqa: PLC0415

    with BlockLogs():
        mol = Chem.MolFromSmiles(smiles)
        if mol is None:
            return ""
        canvas = rdMolDraw2D.MolDraw2DSVG(WIDTH, HEIGHT)
        options = canvas.drawOptions()
        options.clearBackground = False
        for atom in mol.GetAtoms():
            # Electrons that a metal ion keeps, such as lead's pair, are no radical's, and aren't drawn beside it.
            if not atom.GetDegree() and atom.GetFormalCharge() > 0:
                atom.SetNumRadicalElectrons(0)
        options.minFontSize, options.maxFontSize = _LETTERS
        rdMolDraw2D.PrepareAndDrawMolecule(canvas, mol)
    canvas.FinishDrawing()
    return _short(canvas.GetDrawingText())


def _short(svg: str) -> str:
    """What RDKit drew, in few paths: strokes first, then what is filled."""
    strokes: dict[tuple[str, str], list[str]] = {}
    fills: dict[str, list[str]] = {}
    for path in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path"):
        style = dict(re.findall(r"([\w-]+):([^;]+)", path.get("style", "")))
        colour = style.get("fill", path.get("fill", "none"))
        if colour == "none" and "class" not in path.attrib:
            continue  # RDKit fills the corners between bonds; here their ends are round
        if colour == "none":
            key = (style["stroke"], style.get("stroke-dasharray", ""))
            strokes.setdefault(key, []).append(path.get("d", ""))
        else:
            fills.setdefault(colour, []).append(path.get("d", ""))
    drawn = [
        f'<path stroke="{_colour(colour)}"{_dashes(dashes)} d="{_path(found, joined=not dashes)}"/>'
        for (colour, dashes), found in strokes.items()
    ]
    drawn += [
        f'<path fill="{_colour(colour)}" d="{_path(found, joined=False)}"/>'
        for colour, found in fills.items()
    ]
    size = f"0 0 {WIDTH * _UNITS} {HEIGHT * _UNITS}"
    return f'<svg class="structure" aria-hidden="true" viewBox="{size}">{"".join(drawn)}</svg>'


def _colour(colour: str) -> str:
    return _COLOURS.get(colour.upper(), "currentColor")


def _dashes(dashes: str) -> str:
    lengths = re.findall(r"[\d.]+", dashes)
    return (
        f' stroke-dasharray="{" ".join(f"{float(one) * _UNITS:.0f}" for one in lengths)}"' if lengths else ""
    )


def _path(paths: Iterable[str], *, joined: bool) -> str:
    """One path of several, in relative coordinates; a stroke that begins where the last one ended goes on."""
    said: list[str] = []
    here: tuple[int, int] | None = None
    start = (0, 0)
    for command, points in (part for path in paths for part in _parts(path)):
        if command == "Z":
            said.append("z")
            here = start
            continue
        if command == "M":
            start = points[-1]
            if joined and here == start:
                continue
        origin = here or (0, 0)
        steps = [number for x, y in points for number in (x - origin[0], y - origin[1])]
        said.append(command.lower() + _numbers(steps))
        here = points[-1]
    return "".join(said)


def _parts(path: str) -> list[tuple[str, list[tuple[int, int]]]]:
    """Commands of a path with their points, in whole units."""
    found = []
    for command, rest in re.findall(r"([MLQCZ])([^MLQCZ]*)", path):
        numbers = [round(float(one) * _UNITS) for one in re.findall(r"-?[\d.]+", rest)]
        found.append((command, list(zip(numbers[::2], numbers[1::2], strict=True))))
    return found


def _numbers(numbers: list[int]) -> str:
    """Numbers side by side, parted by a blank where no minus parts them."""
    texts = [*map(str, numbers)]
    blanks = ("" if after.startswith("-") else " " for _, after in pairwise(texts))
    return texts[0] + "".join(blank + one for blank, one in zip(blanks, texts[1:], strict=True))
