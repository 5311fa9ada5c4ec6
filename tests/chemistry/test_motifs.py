"""Does each motif match what it says, and nothing that it says it rejects?"""

from __future__ import annotations

from collections import Counter

import pytest

from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.motifs import (
    DONOR_ORDER,
    ELEMENTS,
    GROUPS,
    MOTIFS,
    LigandClass,
    binding_modes,
    chelate_paths,
    why_no_donor,
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
        ("CS(C)(=O)=O", [("L", "sulfone", "O", 2)]),
        ("NNC", [("L", "hydrazine", "N", 1)] * 2),
        ("CSSC", [("L", "disulfide", "S", 1)] * 2),
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


@pytest.mark.parametrize(
    ("smiles", "first"),
    [
        # the ring nitrogen before the amino group that feeds it
        ("CCN(CC)c1ccncc1", "pyridine"),
        ("CN(C)c1ccncc1", "pyridine"),
        ("Nc1ccccn1", "pyridine"),
        ("Nc1nc(N)nc(N)n1", "pyridine"),
        ("Nc1n[nH]cn1", "azole"),
        ("Nc1nc2ccccc2[nH]1", "azole"),
        ("Nc1nccs1", "azole"),
        ("Nc1ccc(C=NC)cc1", "imine"),
        ("CN(C)C(=N)NC(N)=N", "amidine"),
        # a free amine before both
        ("NCc1ccncc1", "amine"),
        ("NCCc1c[nH]cn1", "amine"),
        ("NCCNc1ccccc1", "amine"),
        # acyl oxygen before aromatic sulfur and oxygen
        ("CNC(=O)c1ccsc1", "amide"),
        ("CC(=O)c1cccs1", "carbonyl"),
        ("COC(=O)c1ccoc1", "carbonyl"),
        ("CCOc1ccsc1", "ether"),
        ("CC#Cc1ccsc1", "thiophene"),
        # weak oxygen of sulfur behind whatever else there is
        ("CS(=O)(=O)CCO", "alcohol"),
        ("Nc1ccc(cc1)S(N)(=O)=O", "aromatic amine"),
        ("CCP(CC)CCN", "phosphine"),
        ("NCCSSCCN", "amine"),
        ("NCCSCC", "amine"),
        ("CSCCC(=O)OC", "thioether"),
        ("CNC(=S)NCCO", "thiocarbonyl"),
        ("NNc1ccc(C)cc1", "hydrazine"),
        ("CC(=O)NN", "hydrazine"),
    ],
)
def test_the_better_donor_comes_first(smiles, first):
    assert binding_modes(parse(smiles))[0].group == first


@pytest.mark.parametrize(
    ("smiles", "form", "group"),
    [
        ("NNc1ccc(C)cc1", "L", "hydrazine"),
        ("CCC=NNC", "L", "hydrazone"),
        ("O=S1(=O)CCC(C)C1", "L", "sulfone"),
        ("CCCN(CC)C#N", "L", "cyanamide"),
        ("CCP(CC)(CC)=[Te]", "L", "phosphine telluride"),
        ("[K+].[K+].[Te-2]", "X", "tellurolate"),
        ("[Na+].[Na+].[Se-2]", "X", "selenolate"),
        ("[Na+].[Na+].[S-2]", "X", "sulfide"),
        ("[Na+].[Na+].[S-][S-]", "X", "polysulfide"),
        ("OB(O)c1ccc(C)cc1", "L", "boronic acid"),
        ("CCN(O)CC", "L", "hydroxylamine"),
        ("CCCCNS(=O)(=O)c1ccccc1", "L", "sulfonamide"),
        ("CCCCSSCCCC", "L", "disulfide"),
        ("c1ccc(cc1)N=Nc1ccccc1", "L", "azo"),
        ("c1ccc(cc1)[As](c1ccccc1)c1ccccc1", "L", "arsine"),
        ("CCCC[Sb](CCCC)CCCC", "L", "stibine"),
        ("CCCCCN=C=S", "L", "isothiocyanate"),
        ("CCc1ccco1", "L", "furan"),
        ("[K+].[O-]C#N", "X", "cyanate-N"),
        ("CCCCOC#N", "L", "nitrile"),
        ("CCCC[N+]#[C-]", "L", "isocyanide"),
        ("CCCCOS(=O)OCCCC", "L", "sulfite ester"),
        ("c1ccc(cc1)Nc1ccccc1", "L", "diarylamine"),
    ],
)
def test_what_binds_has_a_form(smiles, form, group):
    found = binding_forms(smiles)
    assert group in {found_form.modes[0].group for found_form in found if found_form.modes}
    assert form in {found_form.ligand_class.value for found_form in found}


@pytest.mark.parametrize(
    ("smiles", "word"),
    [
        ("CCCCCCCC", "hydrocarbon"),
        ("Cc1ccccc1", "hydrocarbon"),
        ("CCCCCl", "halogen"),
        ("Cc1ccc(cc1)N(c1ccccc1)c1ccccc1", "aromatic rings"),
        ("c1ccc2c(c1)[nH]c1ccccc12", "pyrrole"),
        ("CC[N+](=O)[O-]", "nitro"),
        ("C[Si](C)(C)O[Si](C)(C)C", "silicon"),
        ("CCCCN=C=O", "isocyanate"),
        ("O", "water"),
        ("CCCC[N+](CCCC)(CCCC)CCCC", "partner"),
        ("F[Xe]F", "known here"),
    ],
)
def test_what_does_not_bind_is_no_error_and_is_told_why(smiles, word):
    assert binding_forms(smiles) == ()
    assert word in why_no_donor(parse(smiles))


def test_the_order_names_every_neutral_group_once():
    neutral = [motif.group for motif in MOTIFS if motif.ligand_class is LigandClass.L]
    assert len(DONOR_ORDER) == len(set(DONOR_ORDER))
    assert set(DONOR_ORDER) == set(neutral)
    assert list(dict.fromkeys(neutral)) == list(DONOR_ORDER)


def test_the_order_of_neutral_groups_decides_no_claim(molecules, catalogue_smiles):
    neutral = [motif for motif in MOTIFS if motif.ligand_class is LigandClass.L]
    for smiles in [*EXAMPLES, *molecules, *catalogue_smiles]:
        mol = parse(smiles)
        claims: dict[int, str] = {}
        for motif in neutral:
            for match in mol.GetSubstructMatches(motif.pattern):
                for index in motif.donors:
                    assert claims.setdefault(match[index], motif.group) == motif.group, smiles


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
        ("[O-]C(=O)c1ccco1", False),  # furan holds no lead
        ("[O-]C(=O)CS(C)(=O)=O", False),
        ("[O-]C(=O)c1ccccc1Nc1ccccc1", True),  # as in 2,2'-iminodibenzoate
    ],
)
def test_chelate_rings(smiles, closes):
    mol = parse(smiles)
    one, other = binding_modes(mol)[:2]
    assert bool(chelate_paths(mol, one, other)) is closes
