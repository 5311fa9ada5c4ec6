"""Does every product reach the surface as the species that a chemist expects?"""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.chemistry.acids import ProtonTransfer
from ligandkb.chemistry.forms import binding_forms, can_be_partner, form_of
from ligandkb.chemistry.motifs import LigandClass, why_no_donor
from ligandkb.chemistry.species import split
from ligandkb.chemistry.structure import canonical, parse
from ligandkb.problems import StructureError

OLEATE = "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]"


def summary(smiles: str) -> list[tuple[str, str]]:
    return [(form.smiles, form.ligand_class.value) for form in binding_forms(smiles)]


def signature(smiles: str) -> list[tuple[object, ...]]:
    return [
        (
            form.smiles,
            form.charge,
            form.ligand_class,
            form.proton_transfer,
            form.chelate,
            Counter(
                (mode.ligand_class, mode.group, mode.element, len(mode.donor_atoms)) for mode in form.modes
            ),
        )
        for form in binding_forms(smiles)
    ]


# Binding forms and classes of the sixteen salts, in all the drawings of test_species.
FORMS_OF_SALTS = {
    "DDAB": [("[Br-]", "X")],
    "sodium oleate": [(OLEATE, "X")],
    "oleylammonium bromide": [("[Br-]", "X")],
    "sodium benzenesulfonate": [("O=S(=O)([O-])c1ccccc1", "X")],
    "NH4SCN": [("N#C[S-]", "X")],
    "NH4PF6": [("F[P-](F)(F)(F)(F)F", "X")],
    "tetrabutylammonium triflate": [("O=S(=O)([O-])C(F)(F)F", "X")],
    "PbBr2": [("[Br-].[Br-].[Pb+2]", "Z"), ("[Br-]", "X")],
    "dodecyl sulfobetaine": [("CCCCCCCCCCCC[N+](C)(C)CCCS(=O)(=O)[O-]", "zwitterion")],
    "guanidinium thiocyanate": [("N#C[S-]", "X")],
    "potassium ethyl xanthate": [("CCOC(=S)[S-]", "X")],
    "PEAI": [("[I-]", "X")],
    "Na2S": [("[S-2]", "X")],
    "lead oleate": [(f"{OLEATE}.{OLEATE}.[Pb+2]", "Z"), (OLEATE, "X")],
    "Cs2CO3": [("O=C([O-])[O-]", "X")],
    "Pb(NO3)2": [("O=[N+]([O-])[O-].O=[N+]([O-])[O-].[Pb+2]", "Z"), ("O=[N+]([O-])[O-]", "X")],
}


def _salts() -> dict[str, tuple[list[str], object]]:
    spec = importlib.util.spec_from_file_location("salts", Path(__file__).with_name("test_species.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.SALTS


@pytest.mark.parametrize(("name", "drawings"), [(name, drawings) for name, (drawings, _) in _salts().items()])
def test_the_sixteen_salts(name, drawings):
    for drawing in drawings:
        assert summary(drawing) == FORMS_OF_SALTS[name], drawing
        assert all(form.proton_transfer is None for form in binding_forms(drawing))


EXPECTED, PARTIAL, NOT_EXPECTED, UNKNOWN = (
    ProtonTransfer.EXPECTED,
    ProtonTransfer.PARTIAL,
    ProtonTransfer.NOT_EXPECTED,
    ProtonTransfer.UNKNOWN,
)


@pytest.mark.parametrize(
    ("smiles", "forms"),
    [
        # the classes of the plan
        ("CCCCCCP(=O)(O)O", [("CCCCCCP(=O)([O-])O", EXPECTED), ("CCCCCCP(=O)([O-])[O-]", UNKNOWN)]),
        ("CS(=O)(=O)O", [("CS(=O)(=O)[O-]", EXPECTED)]),
        ("OC(=O)C(F)(F)F", [("O=C([O-])C(F)(F)F", EXPECTED)]),
        ("OC(=O)CF", [("O=C([O-])CF", EXPECTED)]),
        ("CC(=O)O", [("CC(=O)[O-]", PARTIAL)]),
        ("CCCCCCCCCCCCS", [("CCCCCCCCCCCC[S-]", NOT_EXPECTED), ("CCCCCCCCCCCCS", None)]),
        ("CCCCO", [("CCCCO", None)]),
        # others
        ("Br", [("[Br-]", EXPECTED)]),
        ("Sc1ccccc1", [("[S-]c1ccccc1", UNKNOWN), ("Sc1ccccc1", None)]),
        ("[SeH]c1ccccc1", [("[Se-]c1ccccc1", UNKNOWN), ("[SeH]c1ccccc1", None)]),
        ("Oc1ccccc1", [("[O-]c1ccccc1", UNKNOWN), ("Oc1ccccc1", None)]),
        ("CC(=O)S", [("CC(=O)[S-]", EXPECTED)]),
        ("CC(O)=S", [("CC(=O)[S-]", EXPECTED)]),
        ("CCOP(O)(=S)OCC", [("CCOP(=O)([S-])OCC", UNKNOWN)]),
        ("CP(C)(=S)S", [("CP(C)(=S)[S-]", UNKNOWN)]),
        ("CC(=O)NO", [("CC(=O)N[O-]", UNKNOWN), ("CC(=O)NO", None)]),
        ("O=[PH](O)O", [("O=[PH]([O-])O", EXPECTED), ("O=[PH]([O-])[O-]", UNKNOWN)]),
        ("N=C=S", [("N#C[S-]", EXPECTED)]),
        ("CC(=O)O[2H]", [("CC(=O)[O-]", PARTIAL)]),
        ("OC(=O)CC(=O)O", [("O=C([O-])CC(=O)O", PARTIAL), ("O=C([O-])CC(=O)[O-]", UNKNOWN)]),
        ("OC(=O)c1ccccc1O", [("O=C([O-])c1ccccc1O", PARTIAL)]),
        ("OC(=O)CCS", [("O=C([O-])CCS", PARTIAL), ("O=C([O-])CC[S-]", NOT_EXPECTED)]),
        ("CC(=O)O.CC(=O)[O-].[Na+]", [("CC(=O)[O-]", None)]),
    ],
)
def test_acids(smiles, forms):
    assert [(form.smiles, form.proton_transfer) for form in binding_forms(smiles)] == forms


@pytest.mark.parametrize(
    ("drawn", "zwitterion"),
    [
        ("NCC(=O)O", "[NH3+]CC(=O)[O-]"),
        ("OC(=O)[C@@H]1CCCN1", "O=C([O-])[C@@H]1CCC[NH2+]1"),
        ("NC(=N)NCCC[C@H](N)C(=O)O", "NC(=[NH2+])NCCC[C@H](N)C(=O)[O-]"),  # at the guanidine, not the amine
        ("CN(CC(=O)O)C(N)=N", "CN(CC(=O)[O-])C(N)=[NH2+]"),
        ("NCCS(=O)(=O)O", "[NH3+]CCS(=O)(=O)[O-]"),
        ("Nc1ccc(cc1)S(=O)(=O)O", "[NH3+]c1ccc(S(=O)(=O)[O-])cc1"),
        ("NCCP(=O)(O)O", "[NH3+]CCP(=O)([O-])O"),
    ],
)
def test_amino_acids_are_zwitterions_first(drawn, zwitterion):
    form = binding_forms(drawn)[0]
    assert (form.smiles, form.ligand_class) == (zwitterion, LigandClass.ZWITTERION)
    assert form.charge == 0


@pytest.mark.parametrize("smiles", ["Nc1ccc(cc1)C(=O)O", "OC(=O)c1cccnc1", "CC(=O)NCC(=O)O"])
def test_weak_bases_make_no_zwitterion_with_a_carboxylic_acid(smiles):
    assert all(form.ligand_class is not LigandClass.ZWITTERION for form in binding_forms(smiles))


@pytest.mark.parametrize(
    ("smiles", "group"),
    [
        ("CCCCCCCCP(CCCCCCCC)CCCCCCCC", "phosphine"),
        ("CCCCCCCC[P+]([O-])(CCCCCCCC)CCCCCCCC", "phosphine oxide"),
        ("CCCCCCCCP(=[Se])(CCCCCCCC)CCCCCCCC", "phosphine selenide"),
        ("CCCCCCCC/C=C\\CCCCCCCCN", "amine"),
        ("c1ccncc1", "pyridine"),
        ("c1ccsc1", "thiophene"),
        ("CSC", "thioether"),
        ("CC(C)=NO", "oxime"),
        ("NC(N)=S", "thiocarbonyl"),
    ],
)
def test_neutral_donors_are_l(smiles, group):
    (form,) = binding_forms(smiles)
    assert (form.ligand_class, form.mode.group, form.proton_transfer) == (LigandClass.L, group, None)


@pytest.mark.parametrize(
    ("smiles", "group"),
    [
        ("CC(=O)C=C(C)[O-].CC(=O)C=C(C)[O-].[Zn+2]", "diketonate"),
        ("CCOP(=O)([S-])OCC.[Na+]", "thiophosphate"),
        ("C=[N+]([O-])[O-].[Na+]", "nitronate"),
        ("[Na+].O=C1[N-]S(=O)(=O)c2ccccc12", "amidate"),
        ("CCCCn1cc[n+](C)c1.N#C[N-]C#N", "dicyanamide"),
        ("[K+].[O-]I(=O)=O", "halate"),
        ("[Na+].[Na+].[O-]S(=O)[O-]", "sulfite"),
        ("[Na+].CS(=O)(=O)[S-]", "thiosulfonate"),
    ],
)
def test_anions_bind_as_x_not_as_l(smiles, group):
    form = next(form for form in binding_forms(smiles) if form.ligand_class is not LigandClass.Z)
    assert (form.ligand_class, form.mode.group) == (LigandClass.X, group)


@pytest.mark.parametrize(
    "smiles", ["[Cs+]", "C[NH3+]", "NC(N)=[NH2+]", "O", "[2H]O[2H]", "C[N+](C)(C)CC(=O)O"]
)
def test_cations_and_water_never_bind(smiles):
    assert form_of(smiles) is None


@pytest.mark.parametrize(
    "smiles", ["FB(F)F", "c1ccc(B(c2ccccc2)c2ccccc2)cc1", "Cl[Zn]Cl", "[Pb+2].[I-].[I-]"]
)
def test_lewis_acids_are_z(smiles):
    form = binding_forms(smiles)[0]
    assert (form.ligand_class, form.modes, form.mode) == (LigandClass.Z, (), None)


def test_a_double_salt_is_neutral_as_a_whole():
    form = binding_forms("[Cs+].[Pb+2].[Br-].[Br-].[Br-]")[0]
    assert (form.charge, form.smiles) == (0, "[Br-].[Br-].[Br-].[Cs+].[Pb+2]")


@pytest.mark.parametrize(
    ("smiles", "chelate"),
    [
        ("[O-]C(=O)C(=O)[O-]", "X2"),
        ("NCC(=O)[O-]", "LX"),
        ("c1ccc(nc1)-c1ccccn1", "L2"),
        ("CC(=O)[O-]", ""),
        ("[S-]C#N", ""),
    ],
)
def test_chelates(smiles, chelate):
    assert form_of(smiles).chelate == chelate


def test_donor_indices_belong_to_the_form_s_own_smiles(molecules, redraw):
    for smiles in molecules:
        for variant in [smiles, *redraw(smiles, 1)]:
            for form in binding_forms(variant):
                mol = parse(form.smiles)
                for mode in form.modes:
                    assert {mol.GetAtomWithIdx(index).GetSymbol() for index in mode.donor_atoms} == {
                        mode.element
                    }
    # typed the other way round the donors are not the first atoms
    form = form_of("[O-]C(=O)CCCCCC")
    assert {parse(form.smiles).GetAtomWithIdx(index).GetSymbol() for index in form.mode.donor_atoms} == {"O"}


def test_forms_do_not_depend_on_how_a_product_was_typed(molecules, catalogue_smiles, redraw):
    for smiles in [*molecules, *catalogue_smiles]:
        expected = signature(smiles)
        for variant in redraw(smiles, 1):
            assert signature(variant) == expected, variant


def test_forms_of_library_acids(library_acids, redraw):
    for smiles in library_acids:
        try:
            expected = signature(smiles)
        except StructureError:
            continue
        assert any(
            ligand_class in (LigandClass.X, LigandClass.ZWITTERION) for _, _, ligand_class, *_ in expected
        )
        for variant in redraw(smiles, 1):
            assert signature(variant) == expected, variant


def test_charge_is_that_of_the_smiles(molecules, catalogue_smiles):
    for smiles in [*molecules, *catalogue_smiles]:
        for form in binding_forms(smiles):
            mol = Chem.MolFromSmiles(form.smiles)
            assert Chem.GetFormalCharge(mol) == form.charge
            if form.ligand_class is LigandClass.X:
                assert form.charge < 0
            elif form.ligand_class is LigandClass.Z:
                assert form.charge == 0
            else:  # a cation may bring donors of its own
                assert form.charge >= 0
            assert "." in form.smiles or form.smiles == canonical(form.smiles)


def test_a_form_as_bound_is_its_own_form(molecules):
    for smiles in molecules:
        for form in binding_forms(smiles):
            if "." not in form.smiles and form.modes:
                again = form_of(form.smiles)
                assert (again.smiles, again.ligand_class, again.modes) == (
                    form.smiles,
                    form.ligand_class,
                    form.modes,
                )


def test_forms_come_from_the_species(molecules):
    for smiles in molecules:
        heavy = {parse(part.smiles).GetNumHeavyAtoms() for part in split(smiles)}
        for form in binding_forms(smiles):
            assert "." in form.smiles or parse(form.smiles).GetNumHeavyAtoms() in heavy


@pytest.mark.parametrize(
    ("smiles", "chelate"),
    [
        ("CC(O)C(=O)[O-]", "LX"),
        ("O=C([O-])CC(=O)[O-]", "X2"),
        ("NCCN", "L2"),
        ("O=C([O-])/C=C/C(=O)[O-]", ""),
        ("O=C([O-])/C=C\\C(=O)[O-]", "X2"),
        ("SC/C=C/CS", ""),
        ("SC/C=C\\CS", "L2"),
        # both donors of the ring are elsewhere, the carboxylate reaches neither
        ("C=C(Cl)CNc1cc(C(=O)[O-])cc(Cl)n1", ""),
        # an oxygen that CF2 has drained
        ("O=C([O-])c1ccccc1OC(F)F", ""),
    ],
)
def test_a_chelate_has_the_form_s_own_first_donor_in_it(smiles, chelate):
    assert form_of(smiles).chelate == chelate


@pytest.mark.parametrize(
    "smiles",
    [
        "OC(=O)C=CN(CC#N)CC#N",
        "OC(=O)CN1C2=C(C(C3=C1CCCC3=O)c1ccccc1)C(=O)CCC2",
        "OC(=O)CCCNC(=O)C(=C/NCCCc1ccccc1)\\C#N",
    ],
)
def test_an_enamine_s_nitrogen_makes_no_zwitterion(smiles):
    assert [str(form.ligand_class) for form in binding_forms(smiles)] == ["X"]


@pytest.mark.parametrize(
    ("smiles", "forms"),
    [
        ("OC(=O)C(=O)O.CCCCN", ["O=C([O-])C(=O)O"]),
        ("OC(=O)C(F)(F)F.CCCCN", ["O=C([O-])C(F)(F)F"]),
        ("CC(=O)O.CCCCN", ["CC(=O)[O-]", "CCCCN"]),
    ],
)
def test_the_amine_salt_of_a_strong_carboxylic_acid_brings_no_free_amine(smiles, forms):
    assert [form.smiles for form in binding_forms(smiles)] == forms


@pytest.mark.parametrize(
    ("smiles", "forms"),
    [
        (
            "[Cl-].[NH3+]CCCS",
            [
                ("[Cl-]", -1, "X", None),
                ("[NH3+]CCC[S-]", 0, "zwitterion", NOT_EXPECTED),
                ("[NH3+]CCCS", 1, "L", None),
            ],
        ),
        (
            "[I-].[NH3+]CCCCCC(=O)O",
            [("[I-]", -1, "X", None), ("[NH3+]CCCCCC(=O)[O-]", 0, "zwitterion", PARTIAL)],
        ),
        (
            "[Cl-].C[N+](C)(C)CCC(=O)O",
            [("[Cl-]", -1, "X", None), ("C[N+](C)(C)CCC(=O)[O-]", 0, "zwitterion", PARTIAL)],
        ),
        (
            "Br.NCCP(=O)(O)O",
            [
                ("[Br-]", -1, "X", None),
                ("[NH3+]CCP(=O)([O-])O", 0, "zwitterion", EXPECTED),
            ],
        ),
        # lysine with two protons on its nitrogens: an anionic donor on a molecule that is still a cation
        (
            "Cl.NCCCCC(N)C(=O)O",
            [
                ("[Cl-]", -1, "X", None),
                ("[NH3+]CCCCC([NH3+])C(=O)[O-]", 1, "zwitterion", None),
                ("NC(CCCC[NH3+])C(=O)[O-]", 0, "zwitterion", UNKNOWN),
            ],
        ),
        ("Cl.NCc1ccncc1", [("[Cl-]", -1, "X", None), ("[NH3+]Cc1ccncc1", 1, "L", None)]),
        ("[Cl-].NCC[NH3+]", [("[Cl-]", -1, "X", None), ("NCC[NH3+]", 1, "L", None)]),
    ],
)
def test_a_cation_s_own_donors_are_forms_beside_its_anion(smiles, forms):
    found = binding_forms(smiles)
    assert [
        (f.smiles, f.charge, str(f.ligand_class), f.proton_transfer) for f in found[: len(forms)]
    ] == forms


@pytest.mark.parametrize(
    "smiles",
    [
        "[Cl-].CCCCCCCC/C=C\\CCCCCCCC[NH3+]",
        "[Cl-].CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC",
        "[Cl-].NC(N)=[NH2+]",
        "[Cl-].C[N+](C)(C)CCO",  # choline: its hydroxyl doesn't win against chloride
        "[Cl-].CN(C)c1cc[nH+]cc1",
        "[Cl-].CCCCn1cc[n+](C)c1",
        "[Cl-].CCOC(=O)C[NH3+]",
        "[Cl-].CS(=O)(=O)CC[NH3+]",
        "[Cl-].[NH3+]Cc1ccc(B(O)O)cc1",
    ],
)
def test_a_cation_without_other_good_donors_gives_no_form(smiles):
    assert summary(smiles) == [("[Cl-]", "X")]


@pytest.mark.parametrize(
    ("smiles", "ligand_class", "group"),
    [
        ("OC(=O)CCc1ccc(B2OCCO2)cc1", "X", "carboxylate"),
        ("c1cc(B2OCCO2)ccn1", "L", "pyridine"),
        ("OP(=O)(O)Cc1ccc(B2OCCO2)cc1", "X", "phosphonate"),
        ("NCc1ccc(B(c2ccccc2)c2ccccc2)cc1", "L", "amine"),
        ("[Na+].[O-]B=O", "X", "borate"),
        ("[Na+].O[B-](O)(O)O", "X", "borate"),
        ("[Na+].[Na+].[O-]B1OB2OB(OB(O1)O2)[O-]", "X", "borate"),
        ("[K+].F[B-](F)(F)c1ccccc1", "X", "trifluoroborate"),
        ("COc1ccc(cc1)B(c1ccccc1)c1ccccc1", "Z", ""),
        ("COB(OC)OC", "Z", ""),
        ("FP(F)(F)(F)F", "Z", ""),
    ],
)
def test_boron_is_a_lewis_acid_only_where_nothing_better_binds(smiles, ligand_class, group):
    form = binding_forms(smiles)[0]
    assert (str(form.ligand_class), form.mode.group if form.mode else "") == (ligand_class, group)


@pytest.mark.parametrize(
    ("smiles", "group"),
    [
        ("[K+].N#C[C-](C#N)C#N", "cyanocarbanion"),
        ("[Na+].N#C[CH-]C#N", "cyanocarbanion"),
        ("[Na+].CCN([O-])C(C)=S", "thiohydroxamate"),
        ("[Na+].[Na+].CCOP([O-])[O-]", "phosphite anion"),
        ("[Na+].CS(=O)(=O)[CH-]S(C)(=O)=O", "other anion"),
        ("[Na+].c1cc[cH-]c1", "other anion"),
        ("[Na+].c1cc[n-]c1", "azolate"),
        ("[K+].N#C[C-](C#N)C(C)=O", "cyanocarbanion"),
        ("[Na+].CC(=O)[CH-]C(=O)CC", "diketonate"),
        ("[Na+].[NH-]C#N", "other anion"),
        ("[Na+].C[Si](C)(C)[O-]", "other anion"),
        ("[Li+].O=C1O[B-]2(OC1=O)OC(=O)C(=O)O2", "carbonyl"),
        ("[Na+].CC(=O)c1ccc([B-](c2ccccc2)(c2ccccc2)c2ccccc2)cc1", "carbonyl"),  # no atom with a charge binds
    ],
)
def test_no_anion_is_l(smiles, group):
    form = binding_forms(smiles)[0]
    assert (form.ligand_class, form.mode.group) == (LigandClass.X, group)


def test_no_anion_of_the_tables_is_l(molecules, catalogue_smiles):
    for smiles in [*molecules, *catalogue_smiles]:
        for form in binding_forms(smiles):
            assert form.charge >= 0 or form.ligand_class is LigandClass.X, smiles


@pytest.mark.parametrize(
    "smiles", ["[Na+].c1ccc([B-](c2ccccc2)(c2ccccc2)c2ccccc2)cc1", "[Fe+2].c1cc[cH-]c1.c1cc[cH-]c1"]
)
def test_nothing_binds(smiles):
    assert binding_forms(smiles) == ()


@pytest.mark.parametrize(
    "smiles",
    [
        "[Li+].CCC[CH-]C",
        "[Li]C(C)(C)C",
        "[K+].[CH2-]c1ccccc1",
        "[Li+].[c-]1ccc(OC)cc1",
        "[Li+].COC[CH2-]",  # its ether makes it no ligand, either
        "[K+].[NH2-]",
        "[Li+].CC(C)[N-]C(C)C",
        "[K+].C[Si](C)(C)[N-][Si](C)(C)C",
        "[Na+].[NH-]c1ccc(C)cc1",
        "[K+].c1ccc(cc1)[P-]c1ccccc1",
        "[Li+].[C-]#CCCCC",
        "CC[Mg]Br",
        "[Mg+2].[Cl-].[c-]1ccccc1",
    ],
)
def test_bases_that_burn_are_no_ligands(smiles):
    assert binding_forms(smiles) == ()
    assert "takes protons from solvent and amine" in why_no_donor(parse(smiles))


@pytest.mark.parametrize(
    ("ions", "molecule"),
    [
        ("[Si+4].[Br-].[Br-].[Br-].[Br-]", "Br[Si](Br)(Br)Br"),
        ("[B+3].[F-].[F-].[F-]", "FB(F)F"),
        ("[Cl-].[Cl-].[Cl-].[Cl-].[C+4]", "ClC(Cl)(Cl)Cl"),
    ],
)
def test_halides_of_nonmetals_are_molecules_however_they_are_drawn(ions, molecule):
    assert split(ions) == split(molecule)
    assert binding_forms(ions) == binding_forms(molecule)


@pytest.mark.parametrize(
    ("smiles", "forms"),
    [
        ("S=c1[nH]ccn1C", 1),
        ("Cc1c[nH]c(=S)[nH]1", 1),
        ("Sc1nc2cc(C)ccc2[nH]1", 1),
        ("Cc1c[nH]cn1", 0),
        ("Cc1nc[nH]n1", 0),
        ("Oc1cc(C)cc(O)c1", 1),
        ("OCC(O)CS", 1),
        ("Oc1ccc(CS)cc1", 1),
        ("OC(=O)CCCC(=O)O", 2),
        ("CCCCP(=O)(O)O", 2),
    ],
)
def test_an_amine_takes_a_second_proton_only_from_acids_known_for_it(smiles, forms):
    found = [form for form in binding_forms(smiles) if form.ligand_class is LigandClass.X]
    assert len(found) == forms


@pytest.mark.parametrize("smiles", ["CCc1nnn[nH]1", "CCc1nn[nH]n1", "c1ccc(cc1)-c1nnn[nH]1"])
def test_tetrazoles_are_acids(smiles):
    acid, neutral = binding_forms(smiles)
    assert (acid.mode.group, acid.proton_transfer) == ("azolate", ProtonTransfer.UNKNOWN)
    assert neutral.ligand_class is LigandClass.L


def test_a_tetrazole_without_n_h_is_no_acid():
    assert [form.charge for form in binding_forms("CCCCn1cnnn1")] == [0]


@pytest.mark.parametrize(
    "smiles",
    [
        "[NH4+].[NH4+].[O-][Cr](=O)(=O)[O-]",
        "[Na+].[O-][Mn](=O)(=O)=O",
        "[K+].[K+].[O-][Cr](=O)(=O)O[Cr](=O)(=O)[O-]",
        "[NH4+].[NH4+].[O-][Mo](=O)(=O)[O-]",
        "[Na+].[Na+].[O-][W](=O)(=O)[O-]",
        "[K+].[O-][Re](=O)(=O)=O",
        "[Na+].[O-][V](=O)=O",
    ],
)
def test_oxo_anions_of_metals_are_no_ligands(smiles):
    assert binding_forms(smiles) == ()
    assert "anion of a metal" in why_no_donor(parse(smiles))


@pytest.mark.parametrize(
    ("smiles", "forms"),
    [
        ("[Sb+3].[Cl-].[Cl-].[Cl-]", [("[Cl-].[Cl-].[Cl-].[Sb+3]", "Z"), ("[Cl-]", "X")]),
        ("I[Sb](I)I", [("[I-].[I-].[I-].[Sb+3]", "Z"), ("[I-]", "X")]),
        ("[Ge+2].[I-].[I-]", [("[Ge+2].[I-].[I-]", "Z"), ("[I-]", "X")]),
        ("I[Ge]I", [("[Ge+2].[I-].[I-]", "Z"), ("[I-]", "X")]),
        ("Br[As](Br)Br", [("[As+3].[Br-].[Br-].[Br-]", "Z"), ("[Br-]", "X")]),
        ("Cl[Te](Cl)(Cl)Cl", [("[Cl-].[Cl-].[Cl-].[Cl-].[Te+4]", "Z"), ("[Cl-]", "X")]),
    ],
)
def test_salts_of_semimetals(smiles, forms):
    assert summary(smiles) == forms


@pytest.mark.parametrize("smiles", ["C[Sb](C)C", "c1ccc(cc1)[As](c1ccccc1)c1ccccc1", "C[Sb](I)I", "[AsH3]"])
def test_arsines_and_stibines_are_molecules(smiles):
    assert [str(species.kind) for species in split(smiles)] == ["neutral"]


@pytest.mark.parametrize(
    ("smiles", "transfer"),
    [
        ("OC(=O)C(Cl)(Cl)Cl", EXPECTED),
        ("OC(=O)C(=O)O", EXPECTED),
        ("OC(=O)C(F)F", EXPECTED),
        ("OC(=O)CF", EXPECTED),
        ("OC(=O)CBr", EXPECTED),
        ("OC(=O)CCCl", PARTIAL),
        ("OCC(O)C1OC(=O)C(O)=C1O", UNKNOWN),
        ("OC(=O)O", UNKNOWN),
        # the acid's proton is internal, an amine would have to take the ammonium's
        ("NCC(=O)O", None),
        ("NCCS(=O)(=O)O", None),
    ],
)
def test_proton_transfer_by_the_kind(smiles, transfer):
    assert binding_forms(smiles)[0].proton_transfer is transfer


@pytest.mark.parametrize("smiles", ["NCC(=O)O", "NCCS(=O)(=O)O", "N[C@@H](CS)C(=O)O"])
def test_the_anion_of_an_amino_acid_is_reached_through_its_ammonium(smiles):
    anion = next(form for form in binding_forms(smiles) if form.charge == -1)
    assert anion.proton_transfer is UNKNOWN


@pytest.mark.parametrize(
    ("cation", "expected"),
    [
        ("[NH4+]", True),
        ("C[N+](C)(C)CCO", True),
        ("CCCCCCCCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCCCCCCCC", True),
        ("c1ccc([P+](c2ccccc2)(c2ccccc2)c2ccccc2)cc1", True),
        # imatinib: what is bought is the drug, not its mesylate
        ("Cc1ccc(NC(=O)c2ccc(CN3CC[NH+](C)CC3)cc2)cc1Nc1nccc(-c2cccnc2)n1", False),
    ],
)
def test_partners_are_small(cation, expected):
    assert can_be_partner(canonical(cation)) is expected
