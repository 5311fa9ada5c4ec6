"""Are constants of lead read with their places, and held against acetate at one ionic strength?"""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import median

import pytest

from ligandkb.descriptors.lead_table import ACETATE, LeadConstant, LeadTable, flat, read_lead_affinity
from ligandkb.problems import Problem

DATA = Path(__file__).parents[2] / "data" / "lead_affinity.csv"
HEADER = "smiles,log_k1,pka,ionic_strength_mol_l,bracketed"
GOOD = "CC(=O)[O-],2.05,4.55,1,"


def read(tmp_path: Path, *rows: str) -> tuple[LeadTable, list[str]]:
    path = tmp_path / "lead_affinity.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    problems: list[Problem] = []
    table = read_lead_affinity(path, problems)
    return table, [str(problem).removeprefix(f"{path}:") for problem in problems]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@pytest.fixture(scope="module")
def shipped() -> LeadTable:
    problems: list[Problem] = []
    table = read_lead_affinity(DATA, problems)
    assert problems == []
    return table


def test_faults_are_all_named_with_line_and_column(tmp_path):
    _, said = read(
        tmp_path, GOOD, "C(,1,2,1,", "CCC(=O)[O-],x,4.8,1,", "O=C[O-],,3.5,1,", "O=C[O-],1,3,-1,", GOOD,
        "[Br-],1.1,,0.5,maybe",
    )  # fmt: skip
    assert [one.split(":")[:2] for one in said] == [
        ["3", "1"], ["4", "13"], ["5", "9"], ["6", "13"], ["7", "1"], ["8", "16"],
    ]  # fmt: skip
    assert "stand here twice" in said[4] and "keep one value" in said[4]


def test_without_acetate_nothing_can_be_compared(tmp_path):
    _, said = read(tmp_path, "O=C[O-],1.65,3.5,0.5,", "CC(=O)[O-],1.93,4.5,0.5,")
    assert said == [
        "1:1: acetate has no log K1 and pKa at ionic strength 1 mol/L: add that row: all others are held against it"
    ]


def test_a_doubted_value_counts_only_where_there_is_no_other(tmp_path):
    rows = (GOOD, "CC(=O)[O-],2.15,4.71,2,", "O=C([O-])CO,2.01,3.6,1,", "O=C([O-])CO,1.87,3.72,2,yes")
    table, said = read(tmp_path, *rows, "[F-],1.26,,2,yes")
    assert said == []
    assert [one.log_k1 for one in table["O=C([O-])CO"]] == [2.01]
    assert [one.log_k1 for one in table["[F-]"]] == [1.26]


def test_differences_are_taken_at_one_ionic_strength():
    table = LeadTable(
        {
            ACETATE: (LeadConstant(2.0, 4.5, 1.0), LeadConstant(2.6, 4.8, 0.0)),
            "O=C[O-]": (
                LeadConstant(1.5, 3.5, 1.0),
                LeadConstant(2.0, None, 0.0),
                LeadConstant(9.0, 9.0, 7.0),
            ),
        }
    )
    assert table.log_k1_at_standard("O=C[O-]") == pytest.approx((1.5, 1.4))
    assert table.over_proton_less_acetate("O=C[O-]") == pytest.approx((0.5,))


def test_chirality_is_nothing_to_lead(shipped):
    assert shipped["C[C@H](O)C(=O)[O-]"] == shipped["CC(O)C(=O)[O-]"] != ()
    assert flat(r"C/C=C\C(=O)[O-]") == r"C/C=C\C(=O)[O-]"


@pytest.mark.parametrize(
    ("smiles", "strength", "over_proton"),
    [
        # DESIGN of the scale, each from two rows of SRD 46
        ("[OH-]", 0.1, -7.78),
        ("CCCC(=O)[O-]", 2.0, -2.73),
        ("CC(=O)[O-]", 1.0, -2.5),
        ("O=C([O-])c1ccccc1", 0.1, -2.01),
        ("O=C([O-])CCl", 0.5, -1.51),
    ],
)
def test_log_k1_less_pka(shipped, smiles, strength, over_proton):
    one = next(one for one in shipped[smiles] if one.ionic_strength == strength)
    assert one.log_k1 - one.pka == pytest.approx(over_proton, abs=0.005)


def test_formate_stands_a_tenth_to_seven_tenths_above_acetate(shipped):
    differences = shipped.over_proton_less_acetate("O=C[O-]")
    assert [round(value, 1) for value in sorted(differences)] == [0.2, 0.7]


def test_the_scatter_between_ionic_strengths_is_stated(shipped):
    assert 0.05 < shipped.scatter < 0.3


def test_every_value_is_that_of_its_row(shared, rows):
    """Rows against the reference beside the checkout, by their numbers in SRD 46."""
    path = shared / "reference" / "lead_stability_constants.csv"
    if not path.is_file():
        pytest.skip("../shared/reference is not here")
    with path.open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    reference = {row["srd46_row"]: row for row in listed if row["srd46_row"]}
    compared = {"ML/M.L", "MHL/M.HL"}
    lead = [row for row in listed if row["metal"] == "Pb2+" and row["definition"] in compared]
    ours = [row for row in rows if row["doi"] == "10.18434/M32154"]
    assert {row["srd46_row"] for row in lead} == {row["log_k1_locator"] for row in ours}
    for row in ours:
        source = reference[row["log_k1_locator"]]
        assert row["log_k1"] == source["log_k"]
        assert row["temperature_c"] == source["temperature_c"]
        assert float(row["ionic_strength_mol_l"]) == float(source["ionic_strength_mol_l"])
        assert (row["bracketed"] == "yes") is (source["uncertain"] == "yes")
        protons = [reference[number] for number in row["pka_locator"].split("|") if number]
        if protons:
            assert float(row["pka"]) == pytest.approx(
                median(float(one["log_k"]) for one in protons), abs=0.0005
            )
            assert {float(one["ionic_strength_mol_l"]) for one in protons} == {
                float(row["ionic_strength_mol_l"])
            }
            assert {one["srd46_ligand"] for one in protons} == {source["srd46_ligand"]}
