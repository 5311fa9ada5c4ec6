"""Are the hazard statements of governments found for whatever is typed, and are they the worse of what is known?"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rdkit import Chem

from ligandkb.catalogue.hazard_groups import read_groups
from ligandkb.catalogue.hazard_label import EXPLOSIVE, HazardLabel
from ligandkb.catalogue.hazard_tables import FILES, HazardTables, statements_at
from ligandkb.catalogue.known_hazards import KnownHazards
from ligandkb.catalogue.products import product_from_smiles
from ligandkb.chemistry.inchi import inchi_key
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import NotFoundError, StructureError
from ligandkb.resources import data_directory

FOLDER = data_directory() / "hazards"
FATAL = {"H300", "H310", "H330"}
SEED = 1272


@pytest.fixture(scope="module")
def hazards(kb):
    return kb.catalogue.hazards


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.fixture(scope="module")
def known_smiles() -> dict[str, str]:
    """SMILES of the listed CAS numbers that the chemicals package knows."""
    pubchem = pytest.importorskip("chemicals.identifiers").pubchem_db
    pubchem.finish_loading()
    numbers = sorted({row["cas"] for name in ("eu_clp.csv", "japan_ghs.csv") for row in rows(name)})
    found = {cas: pubchem.search_CAS(int(cas.replace("-", ""))) for cas in numbers if cas != "-"}
    return {cas: known.smiles for cas, known in found.items() if known}


def label(hazards, smiles: str):
    try:
        return hazards.label(product_from_smiles(smiles))
    except StructureError:
        return None


@pytest.mark.parametrize("name", [name for name in FILES if name not in ("eu_groups.csv", "names.csv")])
def test_tables_are_sorted_and_plain_as_bisection_needs_them(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    width = lines[0].count(",")
    assert '"' not in text
    assert all(line.count(",") == width for line in lines)
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.split(",")[0])


def test_names_are_sorted_by_their_numbers_each_of_which_stands_once():
    lines = (FOLDER / "names.csv").read_text(encoding="utf-8").splitlines()
    numbers = [line.split(",")[0] for line in lines if not line.startswith("#")][1:]
    assert numbers == sorted(set(numbers))


def test_all_tables_together_stay_small():
    assert sum(path.stat().st_size for path in FOLDER.glob("*.csv")) < 1_000_000


def test_statements_are_known_for_95_of_100_random_cas_numbers_typed_as_smiles(hazards, known_smiles):
    drawn = random.Random(SEED).sample(sorted(known_smiles), 200)
    found = sum(label(hazards, known_smiles[cas]) is not None for cas in drawn)
    print(f"statements known for {found} of {len(drawn)}")
    assert found >= 190


def test_statements_are_known_for_a_hundred_products_of_the_catalogue(kb, hazards):
    known = [product.id for product in kb.catalogue.products if hazards.label(product)]
    print(f"statements known for {len(known)} of {len(kb.catalogue.products)} products")
    assert len(known) >= 100


def test_a_verified_cas_number_and_the_structure_of_a_shipped_row_lead_to_the_same_statements(kb, hazards):
    for product in kb.catalogue.products:
        of_structure = hazards.label(replace(product, cas=""))
        by_number = list(hazards.tables.readings([product.cas])) if product.cas else []
        for reading in by_number if of_structure else []:
            assert reading.statements <= of_structure.statements or product.purity, product.id


def lethal_and_harmless(hazards, known_smiles) -> tuple[list[str], list[str]]:
    """30 substances outside the catalogue that a list calls fatal and 30 that lists judged and don't, drawn by lot."""
    fatal, others = [], []
    numbers = sorted(known_smiles)
    random.Random(SEED).shuffle(numbers)
    for cas in numbers:
        codes = {code[:4] for reading in hazards.tables.readings([cas]) for code in reading.statements}
        (fatal if codes & FATAL else others).append(cas)
    return fatal[:34], others[:40]


def test_what_lists_call_fatal_is_vetoed_and_what_they_don_t_is_free(kb, hazards, known_smiles):
    fatal, others = lethal_and_harmless(hazards, known_smiles)

    def assessed(numbers):
        for cas in numbers:
            try:
                found = kb.assess(known_smiles[cas])
            except StructureError:  # refused drawings, such as salts of neutral atoms
                continue
            yield cas, found

    vetoed = [(cas, "lethal" in found.safety.vetoes) for cas, found in assessed(fatal)][:30]
    assert len(vetoed) == 30
    assert all(lethal for _, lethal in vetoed), [cas for cas, lethal in vetoed if not lethal]
    free = [(cas, found) for cas, found in assessed(others)][:30]
    assert len(free) == 30
    for cas, found in free:
        by_statement = [code for code in FATAL if found.values[f"statement_{code.lower()}"] is True]
        by_structure = [
            state.rule.id for state in kb.judge().explain(found) if state.state == "fired" and state.rule.veto
        ]
        assert not by_statement, cas
        assert by_structure or not found.safety.vetoes, cas
    print(
        f"{sum(not found.safety.vetoes for _, found in free)} of 30 are free, the others vetoed by their structure"
    )


def test_no_product_has_lost_a_veto_since_0_1_0(kb):
    frozen = Path(__file__).resolve().parents[1] / "frozen" / "0.1.0" / "rank-all-partners.json.gz"
    with gzip.open(frozen, "rt", encoding="utf-8") as file:
        (found,) = [value for value in json.load(file)["answer"].values() if isinstance(value, list)]
    vetoed = {(row["ligand"], veto) for row in found for veto in row["safety"]["vetoes"]}
    assert vetoed
    for ligand, veto in vetoed:
        assert veto in kb.assess(ligand).safety.vetoes, ligand


@pytest.mark.parametrize(
    ("name", "smiles"),
    [
        ("strychnine", "O=C1C[C@@H]2OCC=C3CN4CC[C@]56[C@@H]4C[C@H]3[C@H]2[C@H]6N1c1ccccc15"),
        ("strychnine without its stereochemistry", "O=C1CC2OCC=C3CN4CCC56C4CC3C2C6N1c1ccccc15"),
        ("its hydrochloride", "O=C1CC2OCC=C3C[NH+]4CCC56C4CC3C2C6N1c1ccccc15.[Cl-]"),
        ("aldicarb", "CSC(C)(C)C=NOC(=O)NC"),
        ("cyanuric chloride", "Clc1nc(Cl)nc(Cl)n1"),
        ("nicotine", "CN1CCCC1c1cccnc1"),
        ("mercury(II) bromide, with bonds", "Br[Hg]Br"),
        ("mercury(II) bromide, with ions", "[Hg+2].[Br-].[Br-]"),
    ],
)
def test_known_poisons_are_vetoed_by_their_statements(kb, name, smiles):
    assert "lethal" in kb.assess(smiles).safety.vetoes


@pytest.mark.parametrize(
    "smiles",
    [
        "Cl[As](Cl)Cl.CCCCCC",
        "Cl[As](Cl)Cl.C1CCOC1",
        "[Cd+2].[Cl-].[Cl-].CCO",
        "[Cd+2].[Cl-].[Cl-].CCCCCCCCP(=O)(CCCCCCCC)CCCCCCCC",
        "Br[Hg]Br.C1COCCO1",
        "Cl[Sn](Cl)(Cl)Cl.C1CCOC1.C1CCOC1",
        "[Na+].[Na+].[O-][Cr](=O)(=O)O[Cr](=O)(=O)[O-].CCO",
        "C[N+](C)(C)C.[OH-].CO",
        "[Cs+].[OH-].CO",
        "[Ni+2].[Cl-].[Cl-].COCCOC",
        "[Hg+2].[Br-].[Br-].[Br-].C[NH3+]",  # double salt
        "[Cd+2].[Cl-].[Cl-].[Cl-].[Cs+].CS(C)=O",
    ],
)
def test_a_fatal_salt_stays_so_beside_a_solvent_a_ligand_or_another_salt(kb, smiles):
    assert "lethal" in kb.assess(smiles).safety.vetoes


@pytest.mark.parametrize(
    "smiles",
    ["[Na+].[Cl-].CCO", "[Pb+2].[Br-].[Br-].CS(C)=O", "[Na+].[K+].[Cl-].[Cl-]", "[Zn+2].[Br-].[Br-].C1CCOC1"],
)
def test_a_harmless_salt_stays_free_beside_them(kb, smiles):
    assert "lethal" not in kb.assess(smiles).safety.vetoes


@pytest.mark.parametrize(
    ("once", "several"),
    [
        ("[Cd+2].[Cl-].[Cl-]", "[Cd+2].[Cd+2].[Cl-].[Cl-].[Cl-].[Cl-].O.O.O.O.O"),
        ("[Cd+2].[O-]S(=O)(=O)[O-]", ".".join(["[Cd+2].[O-]S(=O)(=O)[O-]"] * 3 + ["O"] * 8)),
        ("[K+].[C-]#N", "[K+].[C-]#N.[K+].[C-]#N"),
    ],
)
def test_a_salt_written_several_times_bears_what_it_bears_once(hazards, once, several):
    listed = {one for one in label(hazards, once).readings if one.what == "classified"}
    assert listed
    assert set(label(hazards, several).readings) >= listed


@pytest.mark.parametrize(
    ("smiles", "code"),
    [
        ("ClC/C=C/CCl", "H330"),
        ("Cl/C=C/CCl", "H301"),
        ("N[C@H](Cc1ccc(cc1)N(CCCl)CCCl)C(=O)O", "H300"),
        ("NC(Cc1ccc(cc1)N(CCCl)CCCl)C(=O)O", "H300"),
    ],
)
def test_an_isomer_with_safety_data_alone_bears_what_its_classified_isomer_bears(hazards, smiles, code):
    assert code in label(hazards, smiles).codes


@pytest.mark.parametrize(
    ("smiles", "code"), [("CC[Zn]CC", "H250"), ("CC[Al](CC)CC", "H250"), ("[Na]", "H260"), ("[Zn]", "H250")]
)
def test_what_burns_in_air_or_water_says_so(kb, smiles, code):
    safety = kb.assess(smiles).safety
    assert code in safety.products[0].label.codes
    assert {"H250": "pyrophoric", "H260": "water-reactive"}[code] in safety.tags


@pytest.mark.parametrize("smiles", ["[Na+].[O-]C(=O)CCl", "[Cs+].[F-]", "CCO", "O"])
def test_a_salt_or_solvent_takes_nothing_over_that_its_own_entry_denies(kb, smiles):
    assert kb.assess(smiles).safety.vetoes == ()


@pytest.mark.parametrize(
    ("smiles", "tag"),
    [
        ("Cc1ccccc1[NH3+].[Br-]", "carcinogen"),  # o-toluidine's
        ("[NH3+]c1ccc(cc1)-c1ccccc1.[Br-]", "carcinogen"),  # biphenyl-4-amine's
        ("c1c[nH+]c[nH]1.[I-]", "reproductive-toxin"),  # imidazole's, H360D
        ("CC(N)=[NH2+].[Br-].CN(C)C=O", "reproductive-toxin"),  # in dimethylformamide
    ],
)
def test_what_harms_for_good_is_passed_on_to_salts_and_solutions(kb, smiles, tag):
    assert tag in kb.assess(smiles).safety.tags


@pytest.mark.parametrize("smiles", ["[NH3+]CCc1ccccc1.[Br-]", "[Cs+].[O-]C(C)=O"])
def test_salts_of_what_nothing_calls_so_are_free_of_it(kb, smiles):
    assert not {"carcinogen", "reproductive-toxin"} & {*kb.assess(smiles).safety.tags}


def test_a_combined_statement_of_an_acid_counts_for_its_salt():
    hazards = KnownHazards({"CCCC(=O)O": HazardLabel.read({"H300+H310", "H314"}, "somewhere")})
    assert hazards.inherited(product_from_smiles("[Na+].[O-]C(=O)CCC")).codes == {"H300", "H310"}


def test_where_sources_differ_both_are_shown_and_the_worse_one_counts(kb):
    (product,) = kb.assess("Clc1nc(Cl)nc(Cl)n1").safety.products
    european, japanese = product.label.readings
    assert "H314" in european.statements - japanese.statements
    assert "H318" in japanese.statements - european.statements
    assert european.statements | japanese.statements == product.label.statements
    assert "ATP 17 (2021)" in european.source
    assert re.search(r"NITE, FY20\d\d", japanese.source)


@pytest.mark.parametrize(
    ("purity", "present", "absent"),
    [("", {"H314"}, {"H315"}), ("57 wt% in H2O", {"H314"}, {"H315"}), ("7 % in water", {"H314"}, set())],
)
def test_specific_concentration_limits_are_respected_where_the_content_is_stated(
    hazards, purity, present, absent
):
    acid = replace(product_from_smiles("I"), purity=purity)
    (european,) = (reading for reading in hazards.label(acid).readings if reading.source.startswith("EU"))
    assert present <= european.statements
    assert not absent & european.statements


def test_a_diluted_caustic_irritates_and_no_longer_burns():
    assert statements_at("H314", "H314 5-|H314 2-5|H315 0.5-2|H319 0.5-2", 1.0) == {"H315", "H319"}
    assert statements_at("H314", "H314 5-|H314 2-5|H315 0.5-2|H319 0.5-2", 3.0) == {"H314"}


def test_a_hydrate_bears_what_its_anhydrous_form_bears(hazards):
    dry = label(hazards, "[Ni+2].[Cl-].[Cl-]")
    wet = label(hazards, "[Ni+2].[Cl-].[Cl-].O.O.O.O")
    assert dry is not None
    assert set(wet.readings) >= set(dry.readings)


def test_a_cas_number_that_is_not_in_the_catalogue_is_no_secret_to_the_lists(run):
    done = run("explain", "128-37-0", "--no-compute", "--format", "json")  # butylated hydroxytoluene
    assert "H410" in done.out
    assert "structure is from data/hazards/names.csv" in json.loads(done.out)["read_as"]


@pytest.mark.parametrize("text", ["strychnine", "Strychnine", "57-24-9"])
def test_a_listed_poison_is_known_by_name_and_number_and_vetoed(run, text):
    done = run("explain", text, "--no-compute")
    assert re.search(r"VETO:? lethal", done.out)
    assert "its structure is from data/hazards/names.csv, where it stands (CAS 57-24-9)" in " ".join(
        done.out.split()
    )


def test_without_tables_only_labels_speak(kb):
    bare = type(kb.catalogue.hazards)(kb.catalogue.hazards.labels)
    assert bare.label(product_from_smiles("CSC(C)(C)C=NOC(=O)NC")) is None


def test_safety_data_stand_beside_the_statements(run):
    text = " ".join(run("explain", "aniline", "--no-compute", "--allow", "lethal").out.split())
    assert "exposure limits: TWA 2 ppm, skin (Ontario)" in text
    assert "flash point 75 °C" in text
    assert "IARC group 2A" in text


def test_every_category_of_the_european_list_stands_in_the_table_of_categories(shared):
    """The table that turns Japan's categories into statements, checked against what Annex VI prints side by side."""
    table: dict[str, set[str]] = {}
    for row in rows("ghs_categories.csv"):
        table.setdefault(row["clp"], set()).add(row["statement"])
    path = shared / "reference" / "clp_annex_vi_atp17.csv"
    checked = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            classes = [re.sub(r"[ *]+$", "", one) for one in row["hazard_classes"].split("; ")]
            codes = re.findall(r"H\d{3}", row["hazard_statements"])
            if len(classes) == len(codes) and not any("Press. Gas" in one for one in classes):
                for one, code in zip(classes, codes, strict=True):
                    if one in table:
                        assert code in table[one], (row["cas"], one, code)
                        checked += 1
    assert checked > 5_000


def test_tables_hold_no_slip_of_the_reference(shared):
    """Statements of the shipped European table are those of the reference, row by row."""
    printed: dict[tuple[str, str], set[str]] = {}
    with (shared / "reference" / "clp_annex_vi_atp17.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = f"{row['hazard_statements']} {row['supplemental']}"
            printed[row["cas"], row["index_no"]] = set(re.findall(r"(?:EU)?H\d{3}[A-Za-z]{0,3}", text))
    shipped = {(row["cas"], row["index_no"]): set(row["statements"].split("|")) for row in rows("eu_clp.csv")}
    assert shipped == printed


GROUPS = read_groups(FOLDER / "eu_groups.csv")


@pytest.mark.parametrize("group", GROUPS, ids=[group.name for group in GROUPS])
def test_a_group_has_its_members_and_no_others(hazards, group):
    for smiles in group.members:
        assert group.has(formula_unit(split(smiles))), smiles
        sources = " ".join(label(hazards, smiles).sources)
        assert group.index_no in sources, smiles
    for smiles in group.non_members:
        assert not group.has(formula_unit(split(smiles))), smiles


@pytest.mark.parametrize("group", GROUPS, ids=[group.name for group in GROUPS])
def test_every_member_contains_the_element_that_is_tested_first(group):
    for smiles in group.members:
        assert group.element in {atom.GetSymbol() for atom in Chem.MolFromSmiles(smiles).GetAtoms()}, smiles


@pytest.mark.parametrize(
    ("smiles", "own"),
    [
        ("[Cd+2].[S-2]", "048-010-00-4"),
        ("O=[Sb]O[Sb]=O", "051-005-00-X"),
        ("[Sb+3].[Sb+3].[O-2].[O-2].[O-2]", "051-005-00-X"),
        ("O[Sn](c1ccccc1)(c1ccccc1)c1ccccc1", "050-004-00-1"),
        ("O[Sn](C1CCCCC1)(C1CCCCC1)C1CCCCC1", "050-002-00-0"),
        ("[K+].[K+].[S-2]", "016-006-00-1"),
        ("[Cd+2].[Cl-].[Cl-]", "048-008-00-3"),
        ("[Hg+2].[Cl-].[Cl-]", "080-010-00-X"),
    ],
)
def test_an_entry_of_its_own_comes_before_the_new_groups(hazards, smiles, own):
    known = label(hazards, smiles)
    assert any(own in source for source in known.sources)
    assert not any(reading.of_group for reading in known.readings)


@pytest.mark.parametrize(
    ("smiles", "statement"),
    [
        ("[Na+].[O-]n1ccccc1=S", "H331"),
        ("[Na+].[O-][n+]1ccccc1[S-]", "H331"),
        ("[Li+].[H-]", "H260"),
        ("O=[U+2]=O.CC(=O)[O-].CC(=O)[O-]", "H300"),
    ],
)
def test_salts_are_found_as_people_draw_them(hazards, smiles, statement):
    assert statement in label(hazards, smiles).codes


@pytest.mark.parametrize(
    "smiles",
    [
        "[Cr+3].[Cl-].[Cl-].[Cl-]",
        "[Sn+2].[Br-].[Br-]",
        "[Zn+2].CCCCCCCC/C=C\\CCCCCCCC(=O)[O-].CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]",
    ],
)
def test_harmless_cousins_are_in_no_group(hazards, smiles):
    known = label(hazards, smiles)
    assert known is None or not any(reading.of_group for reading in known.readings)


@pytest.mark.parametrize(
    "smiles",
    [
        "[Hg+2].[O-]C(=O)CCCCCCC.[O-]C(=O)CCCCCCC",
        "[Hg+2].[O-]C(=O)c1ccccc1.[O-]C(=O)c1ccccc1",
        "C[NH3+].[Hg+2].[I-].[I-].[I-]",
        "[Hg+2].[I-].[I-].C1CCOC1",
        "[Tl+].CC(=O)[O-]",
        "C[Sn](C)(C)Br",
    ],
)
def test_what_a_group_calls_fatal_is_vetoed(kb, smiles):
    assert "lethal" in kb.assess(smiles).safety.vetoes


def test_groups_of_the_table_say_what_its_rows_say():
    listed = {row["index_no"]: set(row["statements"].split("|")) for row in rows("eu_clp.csv")}
    same = [group for group in GROUPS if group.index_no in listed]
    assert len(same) == 5
    assert all(group.statements == listed[group.index_no] for group in same)


@pytest.mark.parametrize("water", ["", ".O.O.O"])
def test_what_has_an_entry_of_its_own_is_in_no_group(hazards, water):
    sources = label(hazards, f"[Pb+2].CC(=O)[O-].CC(=O)[O-]{water}").sources
    assert any("index 082-005-00-8" in source for source in sources)
    assert not any("lead compounds" in source for source in sources)


def test_other_folders_are_read_alike():
    assert HazardTables(FOLDER).cas_numbers("CSC(C)(C)C=NOC(=O)NC") == ("116-06-3",)


@pytest.mark.parametrize("smiles", ["NO", "OCC(Br)(Br)[N+](=O)[O-]"])
def test_what_a_list_calls_explosive_is_tagged_and_not_recommended(kb, smiles):
    found = kb.assess(smiles)
    assert "explosive" in found.safety.tags
    assert found.verdict.value != "recommended"


def test_a_quaternary_ion_passes_on_what_is_fatal_about_its_halides(kb):
    """Cetylpyridinium chloride is listed as fatal, the bromide is what is shipped."""
    for smiles in ("[Br-].CCCCCCCCCCCCCCCC[n+]1ccccc1", "CC(=O)[O-].CCCCCCCCCCCCCCCC[n+]1ccccc1"):
        assert kb.assess(smiles).safety.vetoes == ("lethal",)
    for smiles in ("[Br-].CCCC[N+](CCCC)(CCCC)CCCC", "[Br-].CCCC[n+]1ccccc1"):
        assert kb.assess(smiles).safety.vetoes == ()


@pytest.mark.parametrize("name", ["aldicarb", "mercuric chloride", "116-06-3"])
def test_what_is_fatal_is_known_by_the_names_that_the_lists_print(kb, name):
    assert kb.assess(name).safety.vetoes == ("lethal",)


def test_a_listed_number_without_a_structure_is_still_called_fatal(kb):
    with pytest.raises(
        NotFoundError,
        match=r"^FATAL by what lists say of this number, and vetoed: H300 fatal if swallowed.*101-31-5",
    ):
        kb.find("101-31-5")
    with pytest.raises(
        NotFoundError,
        match=r"^FATAL by what lists say of it \(CAS 465-73-6\), and vetoed: .* Don't buy it.*'Isodrin'",
    ):
        kb.find("Isodrin")


def test_a_listed_explosive_without_a_structure_begins_with_that(kb, run):
    done = run("explain", "lead azide", "--no-compute")
    assert (done.code, done.out) == (1, "")
    begin = (
        "EXPLOSIVE by what lists say of it (CAS 13424-46-9): H200 unstable explosive, H201 explosive; mass"
    )
    assert done.err.startswith(begin)
    assert "Don't buy it. 'lead azide' is not in the catalogue" in done.err
    with pytest.raises(NotFoundError, match=r"^EXPLOSIVE .* Don't buy it"):
        kb.assess("lead azide + oleylammonium")


def test_what_rules_call_fatal_and_explosive_is_what_messages_call_so(kb):
    for rule, codes in (("safety-fatal-statement", FATAL), ("safety-explosive-statement", EXPLOSIVE)):
        (read,) = [one for one in kb.rulebook.rules if one.id == rule]
        assert {f"H{code}" for code in re.findall(r"statement_h(\d+)", str(read.when))} == codes


def test_keys_that_are_kept_are_those_that_are_worked_out():
    """What saves time must not hide a danger: no row may lead to another substance."""
    kept = HazardTables(FOLDER)._shipped_keys
    assert len(kept) > 100
    assert {smiles: inchi_key(smiles) for smiles in kept} == kept
