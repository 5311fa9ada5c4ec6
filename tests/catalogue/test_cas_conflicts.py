"""Is a lab told that its row has the CAS number of another structure, and not told so without reason?"""

from __future__ import annotations

import warnings

import pytest

import ligandkb as lk
from ligandkb.catalogue.cas_conflicts import MOST_NOTES, cas_conflicts
from ligandkb.catalogue.catalogue import read_catalogue
from ligandkb.resources import data_directory
from ligandkb.tables import Cell, Row


@pytest.fixture
def read(lab):
    def read(rows: str):
        problems = []
        folder = lab(ligands=f"name,smiles,cas\n{rows}")
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            catalogue = read_catalogue([data_directory(), folder], problems)
        assert problems == []
        return catalogue, [str(one.message) for one in said if "CAS number of" in str(one.message)]

    return read


@pytest.mark.parametrize(
    ("row", "meant"),
    [
        ("our salt,CC(=O)[O-].[Na+],62-74-8", "sodium fluoroacetate"),  # by the lists, fatal
        ("our acid,CCCC(=O)O,64-19-7", "acetic acid"),  # by the catalogue
        ("isomer,CCCCCCCC/C=C/CCCCCCCC(=O)O,112-80-1", "oleic acid"),  # the number of the cis acid
        ("anhydrous,[Pb+2].CC(=O)[O-].CC(=O)[O-],6080-56-4", "lead acetate trihydrate"),
        ("slipped,CCCCCCCCCCCCS,112-90-3", "oleylamine"),
    ],
)
def test_the_number_of_another_structure_is_noted_where_it_stands(read, row, meant):
    _, (said,) = read(row + "\n")
    cas = row.rpartition(",")[2]
    assert f"ligands.csv:2:{row.index(cas) + 1}: {cas} is the CAS number of {meant}, not of " in said
    assert "the dangers of both are shown" in said


@pytest.mark.parametrize(
    "row",
    [
        "oleic,CCCCCCCC/C=C\\CCCCCCCC(=O)O,112-80-1",
        "without stereochemistry,CCCCCCCCC=CCCCCCCCC(=O)O,112-80-1",
        "zwitterion,[NH3+]CC(=O)[O-],56-40-6",
        "DBSA mixture,CCCCCCCCCCCCc1ccc(cc1)S(=O)(=O)O,27176-87-0",
        "nobody knows it,CCCCCCCCCCCCCCCCCC(F)(F)C(=O)O,1000-00-6",
        "drawn with bonds,Br[Pb]Br,10031-22-8",
    ],
)
def test_a_number_that_fits_in_whatever_drawing_is_not(read, row):
    if row.endswith("1000-00-6"):
        row = row.removesuffix("1000-00-6")
    _, said = read(row + "\n")
    assert said == []


def test_the_dangers_of_both_count(read):
    catalogue, _ = read("our salt,CC(=O)[O-].[Na+],62-74-8\n")
    (ours,) = (product for product in catalogue.products if product.name == "our salt")
    assert {"H300", "H310", "H330"} <= catalogue.hazards.label(ours).codes


@pytest.mark.parametrize(
    "cas",
    [
        "26628-22-8",  # sodium azide, which the lists call fatal alone
        "88-89-1",  # picric acid
        "7601-89-0",  # sodium perchlorate, whose statements say nothing of lead
    ],
)
@pytest.mark.filterwarnings("ignore:.*is the CAS number of")
def test_no_allowance_lifts_what_the_structure_of_the_number_forbids(lab, cas):
    kb = lk.load(lab(ligands=f"name,smiles,cas\nours,CCCCCCC(=O)O,{cas}\n"))
    assessed = kb.assess("ours", allow=["lethal"])
    assert assessed.verdict == "vetoed"
    assert "explosive" in assessed.safety.vetoes


def test_the_number_of_its_own_structure_brings_no_other(read):
    catalogue, _ = read("ours,[Na+].[O-]C(=O)CF,62-74-8\nacid,CCCC(=O)O,107-92-6\n")
    named = {product.name: product for product in catalogue.products}
    assert catalogue.hazards.structures_of_numbers(named["ours"]) == ()
    assert catalogue.hazards.structures_of_numbers(named["acid"]) == ()


def test_a_column_that_has_slipped_is_noted_in_twenty_rows_and_counted(read):
    rows = "".join(f"acid {n},{'C' * n}C(=O)O,112-90-3\n" for n in range(25, 65))
    _, said = read(rows)
    assert len(said) == MOST_NOTES
    assert said[-1].endswith("until then the dangers of both are shown")
    assert "20 more rows below have numbers of other structures, too" in said[-1]


def test_check_says_it_and_accepts_the_row(run, lab):
    done = run("check", "--data", lab(ligands="name,smiles,cas\nour salt,CC(=O)[O-].[Na+],62-74-8\n"))
    assert done.code == 0
    assert "62-74-8 is the CAS number of sodium fluoroacetate" in " ".join(done.err.split())


def test_no_shipped_number_is_that_of_another_structure(kb):
    made = [
        (product, Row("ligands.csv", line, {"cas": Cell(product.cas, line, 1)}))
        for line, product in enumerate(kb.catalogue.products)
    ]
    from dataclasses import replace

    products = [replace(product, origin=f"ligands.csv:{row.line}") for product, row in made]
    lists = kb.catalogue.hazards.tables
    assert [str(one) for one in cas_conflicts([row for _, row in made], products, [], lists)] == []
