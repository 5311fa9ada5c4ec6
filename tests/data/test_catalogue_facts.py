"""Do the shipped tables state facts, and only facts that can be checked?

The files are read here with the csv module alone, so that the tests don't share a mistake with the
package's own reader.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from chemicals import miscdata, phase_change
from chemicals.identifiers import CAS_to_int, search_chemical
from rdkit import Chem
from rdkit.Chem.Descriptors import MolWt
from rdkit.Chem.MolStandardize.rdMolStandardize import Uncharger

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
PAPER = ROOT / "../shared/paper/nenon2018.txt"
FILES = ("ligands", "partners", "sites", "outcomes")
NENON = "10.1021/jacs.8b11035"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


LIGANDS, PARTNERS, SITES, OUTCOMES = map(read, FILES)
ROWS = {"ligands": LIGANDS, "partners": PARTNERS, "sites": SITES, "outcomes": OUTCOMES}
LIGAND = {row["id"]: row for row in LIGANDS}
WITH_CAS = [row for row in LIGANDS if row["cas"]]


def named(row: dict[str, str]) -> str:
    return row.get("id") or row["composition"]


def molecule(smiles: str) -> Chem.Mol:
    mol = Chem.MolFromSmiles(smiles)
    assert mol is not None, f"RDKit can't read {smiles}"
    return mol


def canonical(smiles: str) -> str:
    return Chem.MolToSmiles(molecule(smiles))


def without_charge(smiles: str) -> str:
    return Chem.MolToSmiles(Uncharger().uncharge(molecule(smiles)))


def species(smiles: str) -> set[str]:
    return {Chem.MolToSmiles(part) for part in Chem.GetMolFrags(molecule(smiles), asMols=True)}


def documented_columns() -> dict[str, list[tuple[str, set[str]]]]:
    """Columns by file as data/README.md names them, with the words it allows."""
    tables: dict[str, list[tuple[str, set[str]]]] = {}
    for section in (DATA / "README.md").read_text(encoding="utf-8").split("\n## ")[1:]:
        name = section.split(".csv", 1)[0]
        cells = [re.split(r"(?<!\\)\|", line) for line in section.splitlines() if line.startswith("| `")]
        tables[name] = [(row[1].strip(" `"), set(re.findall(r"`(\w+)`", row[4]))) for row in cells]
    return tables


# ---------------------------------------------------------------- form of the files


@pytest.mark.parametrize("name", FILES)
def test_file_is_utf8_comma_lf_with_minimal_quoting(name: str) -> None:
    text = (DATA / f"{name}.csv").read_bytes().decode("utf-8")
    again = io.StringIO()
    csv.writer(again, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    assert text == again.getvalue()
    assert not text.startswith("\ufeff")


@pytest.mark.parametrize("name", FILES)
def test_columns_are_those_that_the_readme_documents(name: str) -> None:
    assert list(ROWS[name][0]) == [column for column, _ in documented_columns()[name]]


@pytest.mark.parametrize("name", FILES)
def test_cells_hold_no_stray_space_and_rows_are_whole(name: str) -> None:
    for row in ROWS[name]:
        assert None not in row and None not in row.values(), named(row)
        for column, cell in row.items():
            assert cell == cell.strip() and "\n" not in cell, f"{named(row)}, {column}"


@pytest.mark.parametrize(
    ("name", "column", "blank"),
    [
        ("ligands", "role", False),
        ("partners", "route", False),
        ("sites", "trap_depth", True),
        ("outcomes", "form", False),
        ("outcomes", "route", False),
        ("outcomes", "reference_state", False),
        ("outcomes", "effect", True),
        ("outcomes", "strength", False),
        ("outcomes", "confound", True),
    ],
)
def test_words_are_those_that_the_readme_allows(name: str, column: str, blank: bool) -> None:
    allowed = dict(documented_columns()[name])[column] | ({""} if blank else set())
    assert len(allowed) > blank
    assert {row[column] for row in ROWS[name]} <= allowed


@pytest.mark.parametrize("name", FILES)
def test_every_row_says_where_it_comes_from(name: str) -> None:
    for row in ROWS[name]:
        assert re.fullmatch(r"10\.\d{4,9}/\S+", row["doi"]), named(row)
        assert row["locator"], named(row)


@pytest.mark.parametrize("name", ["ligands", "partners", "outcomes"])
def test_ids_are_unique_and_kebab_case(name: str) -> None:
    ids = [row["id"] for row in ROWS[name]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) for text in ids)


@pytest.mark.parametrize("name", ["ligands", "partners"])
def test_no_name_means_two_things(name: str) -> None:
    owners: dict[str, set[str]] = {}
    for row in ROWS[name]:
        words = [row["id"], row["name"], *filter(None, row["aliases"].split("|"))]
        assert len({word.casefold() for word in words[1:]}) == len(words) - 1, f"{row['id']} repeats a name"
        for word in words:
            owners.setdefault(word.casefold(), set()).add(row["id"])
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


# ---------------------------------------------------------------- structures


@pytest.mark.parametrize("row", LIGANDS, ids=named)
def test_product_is_neutral_as_a_whole_and_writes_ions_as_ions(row: dict[str, str]) -> None:
    mol = molecule(row["smiles"])
    assert Chem.GetFormalCharge(mol) == 0
    for atom in mol.GetAtoms():
        if atom.GetSymbol() in {"Cs", "Pb", "Ni"}:
            assert atom.GetFormalCharge() > 0 and atom.GetDegree() == 0


def test_two_products_are_never_one_structure() -> None:
    counts = Counter(canonical(row["smiles"]) for row in LIGANDS)
    assert [smiles for smiles, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("row", PARTNERS, ids=named)
def test_partner_is_a_cation_that_its_product_can_bring(row: dict[str, str]) -> None:
    mol = molecule(row["smiles"])
    assert Chem.GetFormalCharge(mol) > 0 and len(Chem.GetMolFrags(mol)) == 1
    product = LIGAND[row["made_from"]]["smiles"]
    if row["route"] == "proton_transfer":
        assert without_charge(row["smiles"]) == canonical(product)
    else:
        assert canonical(row["smiles"]) in species(product)


def binding_forms(row: dict[str, str]) -> list[str]:
    """Names of a product's binding forms, by the rule that data/README.md states."""
    if row["binding_form"]:
        return row["binding_form"].split("|")
    return [re.sub(r"ic acid$", "ate", row["name"])]


@pytest.mark.parametrize("row", OUTCOMES, ids=named)
def test_outcome_names_a_species_that_a_product_gives(row: dict[str, str]) -> None:
    assert row["partner"] in {partner["id"] for partner in PARTNERS} | {"none", "unknown"}
    assert Chem.GetFormalCharge(molecule(row["binding_form_smiles"])) <= 0
    products = [product for product in LIGANDS if row["binding_form"] in binding_forms(product)]
    assert products, f"no product gives {row['binding_form']}"
    for product in products:
        same = canonical(row["binding_form_smiles"]) in {
            canonical(product["smiles"]),
            *species(product["smiles"]),
        }
        acid = without_charge(row["binding_form_smiles"]) == canonical(product["smiles"])
        assert same or acid, f"{product['id']} does not give {row['binding_form_smiles']}"


def test_one_name_is_one_species_in_all_outcomes() -> None:
    pairs = {(row["binding_form"], canonical(row["binding_form_smiles"])) for row in OUTCOMES}
    assert len(pairs) == len({name for name, _ in pairs}) == len({smiles for _, smiles in pairs})


# ---------------------------------------------------------------- CAS numbers


@pytest.mark.parametrize("row", WITH_CAS, ids=named)
def test_cas_number_has_its_check_digit(row: dict[str, str]) -> None:
    match = re.fullmatch(r"([1-9]\d{1,6})-(\d\d)-(\d)", row["cas"])
    assert match
    digits = (match[1] + match[2])[::-1]
    assert sum(place * int(digit) for place, digit in enumerate(digits, start=1)) % 10 == int(match[3])


@pytest.mark.parametrize("row", WITH_CAS, ids=named)
def test_cas_number_belongs_to_the_structure(row: dict[str, str]) -> None:
    if row["cas_source"] != "chemicals":
        assert re.match(r"10\.\d{4,9}/|https?://", row["cas_source"])
        with pytest.raises(ValueError, match="not in the database"):
            search_chemical(row["cas"])  # as soon as the package knows it, the package confirms it
        assert Chem.MolToInchiKey(molecule(row["smiles"])) in row["note"]
        return
    ours, theirs = molecule(row["smiles"]), search_chemical(row["cas"])
    assert theirs.charge == Chem.GetFormalCharge(ours)
    if row["id"] == "lead-oxide":  # drawn O=[Pb] there, so the ions are compared without charges
        assert theirs.InChI_key == Chem.MolToInchiKey(molecule("[Pb].[O]"))
        return
    key = Chem.MolToInchiKey(ours)
    assert key.split("-")[0] == theirs.InChI_key.split("-")[0]
    if key != theirs.InChI_key:
        assert "stereochemistry" in row["note"], f"{row['id']}: {key} here, {theirs.InChI_key} in chemicals"


def test_blank_cas_number_is_explained() -> None:
    for row in LIGANDS:
        assert bool(row["cas"]) == bool(row["cas_source"])
        assert row["cas"] or "CAS number" in row["note"], row["id"]


# ---------------------------------------------------------------- properties


def melting_points(cas: str) -> dict[str, float]:
    sources = phase_change.Tm_methods(cas)
    return {
        source: round(phase_change.Tm(cas, method=source) - 273.15, 2)
        for source in ("CRC_ORG", "CRC_INORG", "COMMON_CHEMISTRY", "OPEN_NTBKM", "WIKIDATA")
        if source in sources
    }


@pytest.mark.parametrize("row", WITH_CAS, ids=named)
def test_melting_point_is_the_packages(row: dict[str, str]) -> None:
    source = re.search(r"Tm (\w+)", row["property_source"])
    assert bool(source) == bool(row["melting_point_c"])
    if row["cas_source"] != "chemicals":
        assert not source
        return
    values = melting_points(row["cas"])
    preferred = next((name for name in ("CRC_ORG", "CRC_INORG", "COMMON_CHEMISTRY") if name in values), None)
    if preferred is None:
        assert not source
        return
    apart = {name: abs(value - values[preferred]) for name, value in values.items()}
    assert bool(source) == (max(apart.values()) <= 20)
    if source:
        assert source[1] == preferred
        assert float(row["melting_point_c"]) == values[preferred]
    for name, difference in apart.items():
        if difference > 3:
            assert f"{values[name]:g} °C {name}" in row["note"]


@pytest.mark.parametrize("row", WITH_CAS, ids=named)
def test_density_is_the_packages(row: dict[str, str]) -> None:
    source = re.search(r"rho (CRC_ORG at (\d+) °C|CRC_INORG)", row["property_source"])
    assert bool(source) == bool(row["density_g_per_ml"])
    if not source:
        return
    if source[2]:
        # the handbook's superscript temperature stands as the last digits of the package's number
        printed = miscdata.CRC_organic_data.at[row["cas"], "rho"]
        assert float(row["density_g_per_ml"] + source[2]) * 1000 == pytest.approx(printed, rel=1e-12)
    else:
        printed = miscdata.CRC_inorganic_data.at[row["cas"], "rho"]
        assert float(row["density_g_per_ml"]) * 1000 == pytest.approx(printed, rel=1e-12)
    molar_volumes = miscdata.common_chemistry_data
    key = CAS_to_int(row["cas"])
    if key in molar_volumes.index:
        volumes = molar_volumes.loc[key, ["Vml", "Vms"]].dropna()
        for volume in volumes:
            other = MolWt(molecule(row["smiles"])) / volume / 1e6
            away = abs(other / float(row["density_g_per_ml"]) - 1)
            assert away < 0.015 or (away < 0.10 and f"{other:.3f} g/mL" in row["note"]), row["id"]


# ---------------------------------------------------------------- the paper

TABLE_1 = {
    ("hexylphosphonate", "oleylammonium"): "improved",
    ("benzoate", "oleylammonium"): "improved",
    ("fluoroacetate", "oleylammonium"): "improved",
    ("difluoroacetate", "oleylammonium"): "improved",
    ("trifluoroacetate", "oleylammonium"): "improved",
    ("2,2-difluorononanoate", "oleylammonium"): "improved",
    ("methanesulfonate", "oleylammonium"): "improved",
    ("trioctylphosphine", "none"): "improved",
    ("oleate", "oleylammonium"): "not_improved",
    ("butyrate", "oleylammonium"): "not_improved",
    ("acetate", "oleylammonium"): "not_improved",
    ("carbonate", "caesium"): "not_improved",
    ("nitrate", "lead"): "not_improved",
    ("lead oleate", "none"): "not_improved",
    ("hydroxide", "lead"): "not_improved",
    ("acetate", "caesium"): "not_improved",
}


def table_1_rows() -> list[dict[str, str]]:
    return [row for row in OUTCOMES if row["strength"] == "table_entry"]


def test_table_1_is_whole_and_in_the_papers_order() -> None:
    rows = table_1_rows()
    assert [(row["binding_form"], row["partner"]) for row in rows] == list(TABLE_1)
    assert [row["effect"] for row in rows] == list(TABLE_1.values())
    for row in rows:
        assert (row["doi"], row["composition"], row["reference_state"]) == (NENON, "CsPbX3", "unknown")
        assert row["locator"].startswith("Table 1, ")
        assert ("left" in row["locator"]) == (row["effect"] == "improved")


def test_only_salts_without_a_long_chain_are_called_insoluble() -> None:
    doubted = {(row["binding_form"], row["partner"]) for row in OUTCOMES if row["confound"]}
    assert doubted == {
        ("carbonate", "caesium"), ("nitrate", "lead"), ("hydroxide", "lead"), ("acetate", "caesium")
    }  # fmt: skip
    for row in OUTCOMES:
        assert row["confound"] in {"", "insoluble_salt"}
        assert bool(row["confound"]) == row["note"].startswith("solubility not stated in the paper")


# Figure 6B and text; text on Figure S24; text after eq 5; text on Figure S25
FIGURES = {
    "nenon2018-fig6-hexylphosphonate-oleylammonium": {
        "effect": "improved", "reference_state": "oleylammonium_oleate_control",
        "plqy_before_pct": "76", "plqy_before_uncertainty_pct": "3",
        "plqy_after_pct": "98", "plqy_after_uncertainty_pct": "3",
        "equivalents": "4", "nc_concentration_umol_per_l": "0.1",
    },
    "nenon2018-fig6-oleate-oleylammonium-control": {
        "effect": "", "reference_state": "as_made",
        "plqy_after_pct": "76", "plqy_after_uncertainty_pct": "3",
        "equivalents": "4", "nc_concentration_umol_per_l": "0.1",
    },
    "nenon2018-figs24-difluoroacetate-oleylammonium": {
        "effect": "improved", "reference_state": "unknown", "relative_change_pct": "120",
    },
    "nenon2018-figs24-2-2-difluorononanoate-oleylammonium": {
        "effect": "improved", "reference_state": "unknown", "relative_change_pct": "120",
    },
    "nenon2018-nmr-difluoroacetate-oleylammonium": {
        "effect": "", "reference_state": "as_made",
        "plqy_before_pct": "62", "plqy_before_uncertainty_pct": "3",
    },
    "nenon2018-figs25-lead-oleate": {"effect": "decreased", "reference_state": "unknown"},
}  # fmt: skip
MEASURED = re.compile(r"plqy_|relative_|equivalents|concentration|time_|emission_")


def test_every_figure_of_text_and_captions_is_there_and_no_other() -> None:
    rows = {row["id"]: row for row in OUTCOMES if row["strength"] != "table_entry"}
    assert list(rows) == list(FIGURES)
    for name, expected in FIGURES.items():
        row = rows[name]
        assert row["composition"] == "CsPbBr3"
        filled = {column: cell for column, cell in row.items() if MEASURED.search(column) and cell}
        assert filled == {column: cell for column, cell in expected.items() if MEASURED.search(column)}
        assert (row["effect"], row["reference_state"]) == (expected["effect"], expected["reference_state"])


def test_numbers_are_possible_and_relative_changes_stay_relative() -> None:
    for row in OUTCOMES:
        for column in ("plqy_before_pct", "plqy_after_pct"):
            assert not row[column] or 0 <= float(row[column]) <= 100
            uncertainty = column.replace("_pct", "_uncertainty_pct")
            assert row[column] or not row[uncertainty]
        if row["relative_change_pct"]:
            assert row["strength"] == "relative"
            assert not row["plqy_before_pct"] and not row["plqy_after_pct"]
        if row["strength"] == "paired":
            assert row["plqy_before_pct"] and row["plqy_after_pct"]
            assert (row["effect"] == "improved") == (
                float(row["plqy_after_pct"]) > float(row["plqy_before_pct"])
            )


def test_sites_are_what_figures_1_and_2_say() -> None:
    assert [(row["composition"], row["kr_over_knr_trap"], row["trap_depth"]) for row in SITES] == [
        ("CsPbI3", "20000", "shallow"),
        ("CsPbBr3", "333", "shallow"),
        ("CsPbBr1.5Cl1.5", "40", ""),
        ("CsPbCl3", "", "deep"),
    ]
    notes = {row["composition"]: row["note"] for row in SITES}
    assert "fails to accurately capture" in notes["CsPbBr1.5Cl1.5"]
    assert "not measured" in notes["CsPbCl3"]


# ---------------------------------------------------------------- against the paper's own text


@pytest.fixture(scope="module")
def paper() -> str:
    if not PAPER.is_file():
        pytest.skip("the paper's text is not beside this checkout")
    return PAPER.read_text(encoding="utf-8")


PRINTED_AS = {
    "lead-bromide": "lead(II) bromide",
    "caesium-carbonate": "Cesium carbonate",
    "caesium-acetate": "cesium acetate",
    "2-ethylhexylamine": "2-ethyl-1-hexylamine",
    "trioctylphosphine": "tri-*n*-octylphosphine",
    "toluene-d8": "toluene-d₈",
    "ethyl-iododifluoroacetate": "Ethyliododifluoroacetate",
    "toluene": "anhydrous toluene",
    "ethyl-acetate": "anhydrous ethyl acetate",
    "hexanes": "anhydrous hexanes",
    "tetrahydrofuran": "anhydrous tetrahydrofuran",
}


def test_suppliers_and_purities_are_the_printed_ones(paper: str) -> None:
    section = paper[
        paper.index("Chemicals. ") + len("Chemicals. ") : paper.index("2,2-difluorononanoic acid was")
    ]
    printed: dict[str, tuple[str, str]] = {}
    for sentence in re.split(r"(?<=received\.) ", section):
        supplier = re.search(r"purchased from ([\w -]+?) and", sentence)
        for name, purity in re.findall(r"(?:^|, (?:and )?|\. )([^,]+?) \(([>\d.]+)%\)", sentence):
            assert supplier
            printed[name.strip()] = (supplier[1], f"{purity} %")
    assert printed.pop("z-ethyl-1-hexylamine") == printed["2-ethyl-1-hexylamine"]  # a slip of the scan
    ours = {
        PRINTED_AS.get(row["id"], row["name"]): (row["supplier"], row["purity"])
        for row in LIGANDS
        if row["supplier"] or row["purity"]
    }
    assert ours == printed


@pytest.mark.parametrize(
    "words",
    [
        "PLQY=0.76±0.03 for oleylammonium-oleate",
        "PLQY= 0.98 ± 0.03 for oleylammonium-hexylphosphonate",
        "Both samples were prepared with 4 ligand pairs per available binding site",
        "measured at a nanocrystal concentration of 0.1 µM",
        "increase CsPbBr₃ PLQY by ~120% (Figure S24)",
        "displayed a PLQY value of 62±3% before the ligand exchange",
        "$k_r/k_{nr,trap} = 20,000$ allows CsPbI₃",
        "$k_r/k_{nr,trap} = 333$ for CsPbBr₃",
        "$k_r/k_{nr,trap} = 40$ for CsPbBr_{1.5}Cl_{1.5}",
        "it fails to accurately capture the complex sigmoidal shape",
        "due to instrument limitations at the CsPbCl₃ bandgap",
        "~80% of this state is comprised of 6p orbitals",
        "the under-coordinated lead atoms only contribute ~3% to the defect states",
    ],
)
def test_the_paper_says_so(paper: str, words: str) -> None:
    assert words in paper


def test_table_1_is_the_papers(paper: str) -> None:
    start = paper.index("Significant Improvement of PLQY")
    lines = paper[start:].splitlines()[1:9]
    left, right = zip(*(line.split("\t") for line in lines), strict=True)
    printed = {}
    for column, effect in ((left, "improved"), (right, "not_improved")):
        for entry in column:
            name, partner = re.fullmatch(r"(.+) \((\w+)\)", entry).groups()  # type: ignore[union-attr]
            printed[name.lower(), partner.replace("cesium", "caesium")] = effect
    assert printed == TABLE_1
