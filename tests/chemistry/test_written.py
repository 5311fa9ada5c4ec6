"""Is a molecule that was kept under its SMILES the one that reading this SMILES would give?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.chemistry.acids import most_acidic
from ligandkb.chemistry.motifs import MOTIFS
from ligandkb.chemistry.outline import outline_of
from ligandkb.chemistry.proton_shifts import distinct, shift_protons
from ligandkb.chemistry.structure import canonical, conjugate_acid, forget, parse, written
from ligandkb.problems import StructureError


def _atoms(mol: Chem.Mol) -> list[tuple[object, ...]]:
    return [
        (
            atom.GetAtomicNum(),
            atom.GetFormalCharge(),
            atom.GetTotalNumHs(),
            atom.GetIsotope(),
            atom.GetIsAromatic(),
            atom.GetHybridization(),
            atom.GetNumRadicalElectrons(),
            atom.GetAtomMapNum(),
            atom.GetPropsAsDict(True, True).get("_CIPCode"),
        )
        for atom in mol.GetAtoms()
    ]


def _bonds(mol: Chem.Mol) -> set[tuple[object, ...]]:
    return {
        (
            *sorted((bond.GetBeginAtomIdx(), bond.GetEndAtomIdx())),
            bond.GetBondType(),
            bond.GetIsConjugated(),
            bond.GetStereo(),
        )
        for bond in mol.GetBonds()
    }


def _rings(mol: Chem.Mol) -> set[frozenset[int]]:
    mol.GetAtomWithIdx(0).IsInRing()  # upon which RDKit may look for rings again
    return {frozenset(ring) for ring in mol.GetRingInfo().AtomRings()}


def _text_of_what_is_left(mol: Chem.Mol) -> str:
    """Chirality is told by the order of bonds, which may differ: what is compared is what it means."""
    return str(Chem.MolToSmiles(mol))


def _differs(text: str) -> str:
    """What differs between the molecule kept under a text and the one that is read from it."""
    kept = parse(text)
    forget()
    read = parse(text)
    for what in (_atoms, _bonds, _rings, _text_of_what_is_left):
        if what(kept) != what(read):
            return f"{what.__name__} of {text}"
    return "" if canonical(text) == text else f"{text} is written again as {canonical(text)}"


def _anions(smiles: str) -> list[Chem.Mol]:
    """What a molecule becomes when it gives up to three protons away, one after the other."""
    found: list[Chem.Mol] = []
    mol = parse(smiles)
    while len(found) < 3 and (acid := most_acidic(mol)) is not None:
        mol = shift_protons(mol, {distinct(mol, acid[1])[0]: -1})
        found.append(mol)
    return found


def _all_differences(lines: list[str]) -> list[str]:
    differences = []
    for line in lines:
        forget()
        try:
            mol = parse(line)
        except StructureError:
            continue
        if "." not in line:
            differences.append(_differs(canonical(line)))
        differences.append(_differs(written(Chem.Mol(mol))))
        differences += [_differs(written(mol)) for mol in _anions(line)]
        differences.append(_differs(written(Chem.Mol(conjugate_acid(parse(line))))))
    return [difference for difference in differences if difference]


def test_structures_as_chemists_draw_them(molecules, catalogue_smiles):
    assert not _all_differences([*molecules, *catalogue_smiles])


def test_examples_of_motifs():
    assert not _all_differences([example for motif in MOTIFS for example in (*motif.matches, *motif.rejects)])


def test_purchasable_acids(library_acids):
    assert not _all_differences(library_acids)


@pytest.mark.slow
def test_thousands_of_purchasable_acids(every_library_acid):
    sided = [line for line in every_library_acid if not {"@", "/"}.isdisjoint(line)]
    assert not _all_differences([*every_library_acid[::150], *sided[::10]])


def test_a_centre_that_a_proton_leaves_alike_on_both_sides_is_none_any_more():
    malonate = shift_protons(parse("OC(=O)[C@@H](F)C(=O)[O-]"), {0: -1})
    assert written(malonate) == "O=C([O-])C(F)C(=O)[O-]"


def test_what_is_redrawn_is_written_as_it_is_redrawn():
    pyridone_anion = shift_protons(parse("O=c1cccc[nH]1"), {6: -1})
    assert written(pyridone_anion) == canonical("[O-]c1ccccn1")


def test_no_text_is_read_twice(monkeypatch):
    forget()
    read, reader = [], Chem.MolFromSmiles
    monkeypatch.setattr(Chem, "MolFromSmiles", lambda *given: read.append(given[0]) or reader(*given))
    acid = canonical("C(C)(=O)O")
    anion = written(shift_protons(parse(acid), {3: -1}))
    assert (canonical(anion), parse(anion).GetNumAtoms(), read) == ("CC(=O)[O-]", 4, ["C(C)(=O)O"])


def test_a_text_is_no_outline_of_a_drawing_that_was_chosen_among_those_alike():
    forget()
    tetrazolide = parse(canonical("O=C([O-])c1nnn[n-]1"))
    charged = [atom.GetIdx() for atom in tetrazolide.GetAtoms() if atom.GetFormalCharge() < 0]
    assert [atom for atom, kind in enumerate(outline_of(tetrazolide).kinds) if kind.charge < 0] == charged
    assert Chem.MolToSmiles(conjugate_acid(tetrazolide)) == "O=C(O)c1nn[nH]n1"


def test_a_protonated_oxygen_is_what_sanitising_makes_of_it(library_acids):
    for line in library_acids[:300]:
        acid = conjugate_acid(parse(written(_anions(line)[0])) if _anions(line) else parse(line))
        again = Chem.Mol(acid)
        Chem.SanitizeMol(again)
        assert (_atoms(acid), _bonds(acid), _rings(acid)) == (_atoms(again), _bonds(again), _rings(again)), (
            line
        )


def test_a_charge_that_moved_to_a_place_alike_leaves_no_text_of_its_own():
    forget()
    anion = parse(canonical("Cc1nn[n-]n1"))
    charges = [kind.charge for kind in outline_of(anion).kinds]
    assert charges == [atom.GetFormalCharge() for atom in anion.GetAtoms()]
