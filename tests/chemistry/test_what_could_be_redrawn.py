"""Does a question that spares most molecules the table of drawings lose any that the table would redraw?"""

from __future__ import annotations

import random

import pytest
from rdkit import Chem, rdBase

from ligandkb.chemistry.alerts import ALERTS
from ligandkb.chemistry.drawings import charge_could_move, standard_charges
from ligandkb.chemistry.motifs import MOTIFS
from ligandkb.chemistry.shared_charge import drawings
from ligandkb.chemistry.tautomers import has_mobile_hydrogen, standard_tautomer

from .redrawing import redrawings


def _lost(lines: list[str]) -> list[str]:
    """Lines that would be redrawn though the question says no."""
    lost = []
    for line in lines:
        with rdBase.BlockLogs():
            mol = Chem.MolFromSmiles(line)
        if mol is None or "*" in line:
            continue
        for smiles in (line, Chem.MolToSmiles(mol)):
            movable = "[" in smiles and charge_could_move(mol, smiles)
            if "[" in smiles and not movable and standard_charges(mol) is not mol:
                lost.append(f"charge of {smiles}")
            if not has_mobile_hydrogen(mol, smiles) and standard_tautomer(mol) is not mol:
                lost.append(f"hydrogen of {smiles}")
    return lost


@pytest.fixture(scope="session")
def drawn(molecules, catalogue_smiles) -> list[str]:
    examples = [example for one in (*MOTIFS, *ALERTS) for example in (*one.matches, *one.rejects)]
    return [*molecules, *catalogue_smiles, *dict.fromkeys(examples)]


def test_structures_as_chemists_draw_them(drawn):
    assert not _lost(drawn)


def test_other_drawings(drawn):
    dice = random.Random(14)
    read = [line for line in drawn if "*" not in line and Chem.MolFromSmiles(line) is not None]
    assert not _lost([other for line in read for other in redrawings(line, dice)])


def test_kekule_drawings(drawn, redraw):
    read = [line for line in drawn if "*" not in line and Chem.MolFromSmiles(line) is not None]
    assert not _lost([other for line in read[::3] for other in redraw(line, 1)])


def test_charges_that_are_shared(drawn):
    for line in drawn:
        mol = Chem.MolFromSmiles(line)
        if mol is not None and "." not in line and len(set(drawings(mol))) > 1:
            assert charge_could_move(mol, Chem.MolToSmiles(mol)), line


def test_purchasable_acids(every_library_acid):
    assert not _lost(every_library_acid[::214])


@pytest.mark.slow
def test_a_hundred_thousand_purchasable_acids(every_library_acid):
    assert not _lost(every_library_acid[::4])
