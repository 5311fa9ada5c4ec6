"""Does every ion of a product come out, as often as it is in it?"""

from __future__ import annotations

from collections import Counter

import pytest
from rdkit.Chem.Descriptors import MolWt
from rdkit.Chem.rdmolfiles import MolFromSmiles

from ligandkb.chemistry.species import A_SITE_KINDS, SpeciesKind, formula_unit, kind_of, split
from ligandkb.chemistry.structure import canonical
from ligandkb.problems import StructureError

OLEATE = "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]"
OLEIC_ESTER = "CCCCCCCC/C=C\\CCCCCCCC(=O)O"

# The sixteen salts of the plan, each in all the drawings that catalogues use.
SALTS = {
    "DDAB": (
        ["CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC.[Br-]"],
        {"CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC": (1, "quaternary ammonium"), "[Br-]": (1, "anion")},
    ),
    "sodium oleate": (
        [f"{OLEATE}.[Na+]", f"{OLEIC_ESTER}[Na]", "[Na]OC(=O)CCCCCCC/C=C\\CCCCCCCC"],
        {OLEATE: (1, "anion"), "[Na+]": (1, "alkali metal ion")},
    ),
    "oleylammonium bromide": (
        ["CCCCCCCC/C=C\\CCCCCCCC[NH3+].[Br-]", "CCCCCCCC/C=C\\CCCCCCCCN.Br"],
        {"CCCCCCCC/C=C\\CCCCCCCC[NH3+]": (1, "ammonium"), "[Br-]": (1, "anion")},
    ),
    "sodium benzenesulfonate": (
        [
            "[Na+].[O-]S(=O)(=O)c1ccccc1",
            "O=S(=O)(O[Na])c1ccccc1",
            "[Na+].[O-][S+2]([O-])([O-])C1=CC=CC=C1",
        ],
        {"O=S(=O)([O-])c1ccccc1": (1, "anion"), "[Na+]": (1, "alkali metal ion")},
    ),
    "NH4SCN": (
        ["[NH4+].[S-]C#N", "[NH4+].[N-]=C=S", "N.SC#N"],
        {"N#C[S-]": (1, "anion"), "[NH4+]": (1, "ammonium")},
    ),
    "NH4PF6": (
        ["[NH4+].F[P-](F)(F)(F)(F)F"],
        {"F[P-](F)(F)(F)(F)F": (1, "anion"), "[NH4+]": (1, "ammonium")},
    ),
    "tetrabutylammonium triflate": (
        ["CCCC[N+](CCCC)(CCCC)CCCC.[O-]S(=O)(=O)C(F)(F)F"],
        {"CCCC[N+](CCCC)(CCCC)CCCC": (1, "quaternary ammonium"), "O=S(=O)([O-])C(F)(F)F": (1, "anion")},
    ),
    "PbBr2": (
        ["Br[Pb]Br", "[Pb+2].[Br-].[Br-]", "[Br-].[Pb+2].[Br-]"],
        {"[Pb+2]": (1, "metal ion"), "[Br-]": (2, "anion")},
    ),
    "dodecyl sulfobetaine": (
        [
            "CCCCCCCCCCCC[N+](C)(C)CCCS(=O)(=O)[O-]",
            "CCCCCCCCCCCC[N+](C)(C)CCC[S+2]([O-])([O-])[O-]",
        ],
        {"CCCCCCCCCCCC[N+](C)(C)CCCS(=O)(=O)[O-]": (1, "zwitterion")},
    ),
    "guanidinium thiocyanate": (
        ["NC(N)=[NH2+].[S-]C#N", "NC(=N)N.SC#N", "N[C+](N)N.[N-]=C=S", "NC(=N)N.N=C=S"],
        {"NC(N)=[NH2+]": (1, "amidinium"), "N#C[S-]": (1, "anion")},
    ),
    "potassium ethyl xanthate": (
        ["CCOC(=S)[S-].[K+]", "CCOC(=S)S[K]", "[K+].CCOC([S-])=S"],
        {"CCOC(=S)[S-]": (1, "anion"), "[K+]": (1, "alkali metal ion")},
    ),
    "PEAI": (
        ["[NH3+]CCc1ccccc1.[I-]", "NCCc1ccccc1.I", "[I-].C1=CC=CC=C1CC[NH3+]"],
        {"[NH3+]CCc1ccccc1": (1, "ammonium"), "[I-]": (1, "anion")},
    ),
    "Na2S": (
        ["[Na+].[Na+].[S-2]", "[Na]S[Na]", "[S--].[Na+].[Na+]"],
        {"[Na+]": (2, "alkali metal ion"), "[S-2]": (1, "anion")},
    ),
    "lead oleate": (
        [f"[Pb+2].{OLEATE}.{OLEATE}", f"{OLEIC_ESTER}[Pb]OC(=O)CCCCCCC/C=C\\CCCCCCCC"],
        {OLEATE: (2, "anion"), "[Pb+2]": (1, "metal ion")},
    ),
    "Cs2CO3": (
        ["[Cs+].[Cs+].[O-]C(=O)[O-]", "[Cs]OC(=O)O[Cs]", "C(=O)([O-])[O-].[Cs+].[Cs+]"],
        {"O=C([O-])[O-]": (1, "anion"), "[Cs+]": (2, "alkali metal ion")},
    ),
    "Pb(NO3)2": (
        [
            "[Pb+2].[O-][N+](=O)[O-].[O-][N+](=O)[O-]",
            "[Pb+2].[O-]N(=O)=O.[O-]N(=O)=O",
            "O=[N+]([O-])O[Pb]O[N+](=O)[O-]",
            "O=N(=O)O[Pb]ON(=O)=O",
        ],
        {"O=[N+]([O-])[O-]": (2, "anion"), "[Pb+2]": (1, "metal ion")},
    ),
}


@pytest.mark.parametrize("name", SALTS)
def test_the_sixteen_salts(name):
    drawings, expected = SALTS[name]
    for drawing in drawings:
        found = {part.smiles: (part.count, part.kind.value) for part in split(drawing)}
        assert found == expected, drawing


def test_there_are_sixteen():
    assert len(SALTS) == 16


@pytest.mark.parametrize(
    ("smiles", "kind"),
    [
        ("[NH4+]", SpeciesKind.AMMONIUM),
        ("[2H][N+]([2H])([2H])[2H]", SpeciesKind.AMMONIUM),
        ("c1cc[nH+]cc1", SpeciesKind.AMMONIUM),
        ("C[N+](C)(C)C", SpeciesKind.QUATERNARY_AMMONIUM),
        ("NC=[NH2+]", SpeciesKind.AMIDINIUM),
        ("CCn1cc[n+](C)c1", SpeciesKind.AMIDINIUM),
        ("CCCC[P+](CCCC)(CCCC)CCCC", SpeciesKind.PHOSPHONIUM),
        ("[Cs+]", SpeciesKind.ALKALI),
        ("[Pb+2]", SpeciesKind.METAL),
        ("[Cd+2]", SpeciesKind.METAL),
        ("C[S+](C)C", SpeciesKind.OTHER_CATION),
        ("O", SpeciesKind.WATER),
        ("[2H]O[2H]", SpeciesKind.WATER),
        ("[OH3+]", SpeciesKind.OTHER_CATION),
        ("CO", SpeciesKind.NEUTRAL),
        ("C[N+](=O)[O-]", SpeciesKind.NEUTRAL),  # drawn with charges, but no zwitterion
        ("C[N+](C)(C)[O-]", SpeciesKind.NEUTRAL),
        ("C=[N+]=[N-]", SpeciesKind.NEUTRAL),
        ("C[N+](C)(C)CC(=O)[O-]", SpeciesKind.ZWITTERION),
        ("[NH3+]CC(=O)[O-]", SpeciesKind.ZWITTERION),
        ("[NH3+]CCc1ccc([N+](=O)[O-])cc1", SpeciesKind.AMMONIUM),
        ("[O-]C(=O)C[N+](C)(C)CC(=O)[O-]", SpeciesKind.ANION),
    ],
)
def test_kinds(smiles, kind):
    assert kind_of(smiles) is kind


def test_only_cations_are_cations():
    for kind in SpeciesKind:
        assert kind.is_cation == (
            kind not in {SpeciesKind.ANION, SpeciesKind.NEUTRAL, SpeciesKind.ZWITTERION, SpeciesKind.WATER}
        )
    assert all(kind.is_cation for kind in A_SITE_KINDS)


@pytest.mark.parametrize(
    ("smiles", "total"),
    [
        ("[Pb+2].[Br-]", "+1"),
        ("[Na+].[O-]C(=O)C(=O)[O-]", "-1"),
        ("[Br-].[Br-]", "-2"),
        ("[Cs+].[Cs+]", "+2"),
    ],
)
def test_unbalanced_charges(smiles, total):
    with pytest.raises(StructureError, match=rf"add up to \{total}") as caught:
        split(smiles)
    assert caught.value.fix


@pytest.mark.parametrize("smiles", ["CC(=O)O.CC(=O)O.[Pb]", "[Zn].Cl", "[Cs].OC(=O)C"])
def test_metal_that_is_neither_an_ion_nor_bound(smiles):
    with pytest.raises(StructureError, match="neither an ion nor bound"):
        split(smiles)


def test_metal_with_open_valences():
    with pytest.raises(StructureError, match="Pb with open valences"):
        split("C[Pb]C")


def test_a_metal_alone_is_a_product():
    (zinc,) = split("[Zn]")
    assert (zinc.smiles, zinc.kind) == ("[Zn]", SpeciesKind.NEUTRAL)


def test_hydrates_keep_their_water():
    assert Counter({part.smiles: part.count for part in split("[Pb+2].CC(=O)[O-].CC(=O)[O-].O.O.O")}) == {
        "[Pb+2]": 1,
        "CC(=O)[O-]": 2,
        "O": 3,
    }


def test_no_mass_and_no_charge_is_lost(molecules, catalogue_smiles):
    for smiles in [*molecules, *catalogue_smiles]:
        mol = MolFromSmiles(smiles)
        parts = split(smiles)
        mass = sum(MolWt(MolFromSmiles(part.smiles)) * part.count for part in parts)
        assert mass == pytest.approx(MolWt(mol), abs=0.02), smiles


def test_species_do_not_depend_on_how_a_product_was_typed(molecules, catalogue_smiles, redraw):
    for smiles in [*molecules, *catalogue_smiles]:
        expected = split(smiles)
        for variant in redraw(smiles):
            assert split(variant) == expected, variant


def test_formula_unit_is_a_product_of_the_same_species(molecules):
    for smiles in molecules:
        parts = split(smiles)
        if len(parts) > 1 or parts[0].count == 1:
            assert split(formula_unit(parts)) == parts


def test_species_are_canonical(molecules):
    for smiles in molecules:
        for part in split(smiles):
            assert canonical(part.smiles) == part.smiles


def test_a_ring_with_a_charge_on_every_atom_is_read_or_refused_without_a_traceback():
    drawn = "[C-]#[O+].[C-]#[O+].[CH-]1[C-]=[C-][C-]=[C-]1.C1=CC=C(C=C1)[Sn](C2=CC=CC=C2)C3=CC=CC=C3.[Fe+5]"
    try:
        split(drawn)
    except StructureError as error:
        assert error.what
