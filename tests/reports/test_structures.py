"""Are molecules drawn whole, shortly, and in colours that a page can name?"""

from __future__ import annotations

import re

import pytest
from rdkit import Chem
from rdkit.Chem.Draw import rdMolDraw2D

from ligandkb.reports.figures.structures import structure

OLEIC_ACID = r"CCCCCCCC/C=C\CCCCCCCC(=O)O"


def test_a_drawing_is_short():
    svg = structure(OLEIC_ACID).draw()
    assert len(svg) < 1500
    assert "." not in "".join(re.findall(r' d="([^"]*)"', svg))  # whole tenths of a pixel
    assert "style=" not in svg  # a page's content security policy allows none


def test_all_ions_are_drawn():
    bromide, salt = (structure(one).draw() for one in ("[Br-]", "CC[N+](C)(C)C.[Br-]"))
    letters = re.findall(r'fill="([^"]*)"', salt)
    assert re.findall(r'fill="([^"]*)"', bromide) == ["var(--halogen)"]
    assert {"var(--halogen)", "var(--nitrogen)"} <= set(letters)


def ends(path: str) -> list[tuple[int, int]]:
    """Ends of the strokes of a path in relative coordinates, from the upper left corner."""
    found, here = [], (0, 0)
    for command, numbers in re.findall(r"([mlqz])([^mlqz]*)", path):
        steps = [int(one) for one in re.findall(r"-?\d+", numbers)]
        here = (here[0] + steps[-2], here[1] + steps[-1]) if steps else here
        found += [here] if command != "z" else []
    return found


def test_strokes_end_where_rdkit_ends_them():
    canvas = rdMolDraw2D.MolDraw2DSVG(180, 110)
    rdMolDraw2D.PrepareAndDrawMolecule(canvas, Chem.MolFromSmiles("CCCC"))
    canvas.FinishDrawing()
    bonds = re.findall(r"class='bond-.*? d='M (\S+),(\S+) L (\S+),(\S+)'", canvas.GetDrawingText())
    tenths = [[round(float(one) * 10) for one in bond] for bond in bonds]
    expected = [tuple(tenths[0][:2]), *(tuple(bond[2:]) for bond in tenths)]
    assert ends(re.search(r' d="([^"]*)"', structure("CCCC").draw()).group(1)) == expected


@pytest.mark.parametrize(
    "smiles", ["C->[Pb]", "C~C", "C[CH2]", "[Na+].[Cl-]", "*C", "C[C@H](F)Cl", "[2H]C", "CC=CC"]
)
def test_odd_structures_are_drawn(smiles):
    assert "<path" in structure(smiles).draw()


def test_what_can_t_be_read_is_not_drawn():
    assert structure("<script>").draw() == ""
    assert structure("CC", "ethane").alt == "ethane"


@pytest.mark.parametrize("smiles", ["C[C@@](F)(Cl)Br", "C->[Pb]"])
def test_a_wedge_and_an_arrow_are_filled(smiles):
    assert re.search(r'fill="currentColor" d="[^"]+"', structure(smiles).draw())


@pytest.mark.parametrize("ion", ["[Pb+2]", "[Gd+3]"])
def test_an_ion_has_no_dots_beside_it_and_a_radical_keeps_its_own(ion):
    letters_sign_and_number = 4
    glyphs = re.search(r'fill="currentColor" d="([^"]*)"', structure(ion).draw()).group(1)
    # RDKit draws a dot of many short strokes.
    assert not [one for one in glyphs.split("z") if one.count("l") > 40]
    assert glyphs.count("m") >= letters_sign_and_number
    assert structure("C[CH2]").draw() != structure("CC").draw()
