"""Does each motif match what it says, and nothing that it says it rejects?"""

from __future__ import annotations

from collections import Counter

import pytest

from ligandkb.chemistry.motifs import (
    ELEMENTS,
    GROUPS,
    MOTIFS,
    LigandClass,
    binding_modes,
    chelate_paths,
)
from ligandkb.chemistry.structure import canonical, parse

IDS = [f"{number}-{motif.group}" for number, motif in enumerate(MOTIFS)]
EXAMPLES = sorted({smiles for motif in MOTIFS for smiles in (*motif.matches, *motif.rejects)})


def modes(smiles: str) -> list[tuple[str, str, str, int]]:
    found = binding_modes(parse(canonical(smiles)))
    return [(str(mode.ligand_class), mode.group, mode.element, len(mode.donor_atoms)) for mode in found]


@pytest.mark.parametrize("motif", MOTIFS, ids=IDS)
def test_matches_and_rejects(motif):
    assert motif.matches
    assert motif.rejects
    for smiles in motif.matches:
        assert parse(smiles).HasSubstructMatch(motif.pattern), f"{motif.group} must match {smiles}"
    for smiles in motif.rejects:
        assert not parse(smiles).HasSubstructMatch(motif.pattern), f"{motif.group} must reject {smiles}"


@pytest.mark.parametrize("motif", MOTIFS, ids=IDS)
def test_a_match_gives_a_mode_of_that_group_and_class(motif):
    for smiles in motif.matches:
        found = {(mode.group, mode.ligand_class) for mode in binding_modes(parse(smiles))}
        assert (motif.group, motif.ligand_class) in found, smiles


@pytest.mark.parametrize("motif", MOTIFS, ids=IDS)
def test_the_table_is_well_formed(motif):
    assert motif.pattern is not None
    assert max(motif.donors) < motif.pattern.GetNumAtoms()
    assert motif.ligand_class in (LigandClass.X, LigandClass.L)
    for smiles in motif.matches:
        mol = parse(smiles)
        for match in mol.GetSubstructMatches(motif.pattern):
            elements = {mol.GetAtomWithIdx(match[index]).GetSymbol() for index in motif.donors}
            assert len(elements) == 1, "equivalent donors are atoms of one element"
            assert elements <= set(ELEMENTS)


@pytest.mark.parametrize("smiles", EXAMPLES)
def test_skipping_motifs_by_element_loses_none(smiles):
    mol = parse(smiles)
    elements = {atom.GetAtomicNum() for atom in mol.GetAtoms()}
    for motif in MOTIFS:
        if not motif.elements <= elements:
            assert not mol.HasSubstructMatch(motif.pattern)


def test_every_group_is_listed_once():
    assert len(GROUPS) == len(set(GROUPS))
    assert set(GROUPS) == {motif.group for motif in MOTIFS}


def test_an_x_motif_needs_a_charge_and_an_l_motif_none():
    for motif in MOTIFS:
        for smiles in motif.matches:
            anionic = any(atom.GetFormalCharge() < 0 for atom in parse(smiles).GetAtoms())
            if motif.ligand_class is LigandClass.X:
                assert anionic, smiles


@pytest.mark.parametrize(
    ("smiles", "expected"),
    [
        ("[S-]C#N", [("X", "thiocyanate-S", "S", 1), ("X", "thiocyanate-N", "N", 1)]),
        ("CC(=O)[O-]", [("X", "carboxylate", "O", 2)]),
        ("[O-]C([O-])=O", [("X", "carbonate", "O", 3)]),
        ("[O-][N+](=O)[O-]", [("X", "nitrate", "O", 3)]),
        ("[O-]Cl(=O)(=O)=O", [("X", "perchlorate", "O", 4)]),
        ("CP(=O)(O)[O-]", [("X", "phosphonate", "O", 2)]),
        ("CP(=O)([O-])[O-]", [("X", "phosphonate", "O", 3)]),
        ("CS(=O)(=O)[O-]", [("X", "sulfonate", "O", 3)]),
        ("[O-]S(=O)(=O)[O-]", [("X", "sulfate", "O", 3)]),
        ("[O-]P([O-])([O-])=O", [("X", "phosphate", "O", 3)]),
        ("[O-]S(=O)(=O)[S-]", [("X", "thiosulfonate", "S", 1), ("X", "sulfate", "O", 3)]),
        ("CC(=O)C=C(C)[O-]", [("X", "diketonate", "O", 2)]),
        ("Cc1c[n-]cn1", [("X", "azolate", "N", 2)]),
        ("NCC(=O)[O-]", [("X", "carboxylate", "O", 2), ("L", "amine", "N", 1)]),
        ("CNP(=O)([O-])OC", [("X", "phosphate", "O", 2)]),
        ("CSP(=O)([O-])SC", [("X", "phosphate", "O", 2)]),
        ("CC([S-])=NC", [("X", "thioamidate", "S", 1), ("L", "imine", "N", 1)]),
        ("CCS", [("L", "thiol", "S", 1)]),
        ("c1ccsc1", [("L", "thiophene", "S", 1)]),
        ("NC(N)=S", [("L", "thiocarbonyl", "S", 1)]),
        ("CN(C)C=O", [("L", "amide", "O", 1)]),
        ("NC(N)=[NH2+]", []),
        ("CCCC", []),
        ("C[N+](=O)[O-]", []),
        ("c1cc[nH]c1", []),
        ("Fc1ccccc1", []),
        ("C[N+](C)(C)CC(=O)[O-]", [("X", "carboxylate", "O", 2)]),
        ("C1COCCO1", [("L", "ether", "O", 1)] * 2),
    ],
)
def test_modes(smiles, expected):
    assert modes(smiles) == expected


def test_no_atom_is_a_donor_twice(molecules, catalogue_smiles):
    for smiles in [*molecules, *catalogue_smiles]:
        for part in smiles.split("."):
            donors = [atom for mode in binding_modes(parse(part)) for atom in mode.donor_atoms]
            assert len(donors) == len(set(donors)), part


def test_modes_do_not_depend_on_how_a_species_was_typed(molecules, catalogue_smiles, redraw):
    for smiles in [*molecules, *catalogue_smiles]:
        for part in canonical(smiles).split("."):
            expected = Counter(modes(part))
            for variant in redraw(part, 1):
                assert Counter(modes(variant)) == expected, variant


@pytest.mark.parametrize(
    ("smiles", "closes"),
    [
        ("NCC(=O)[O-]", True),  # five-membered ring
        ("[O-]C(=O)C(=O)[O-]", True),
        ("NCCCC(=O)[O-]", True),  # seven-membered ring
        ("NCCCCC(=O)[O-]", False),
        ("[S-]C#N", False),
        ("c1ccc(nc1)-c1ccccn1", True),
        ("c1cncnc1", False),
        ("Oc1ccccc1O", True),
        ("Oc1cccc(O)c1", False),
        ("[S-]c1ccccn1", True),  # four-membered ring, as in thiopyridine complexes
    ],
)
def test_chelate_rings(smiles, closes):
    mol = parse(smiles)
    one, other = binding_modes(mol)[:2]
    assert bool(chelate_paths(mol, one, other)) is closes
