"""Is the bottle that stands in the lab the one that is weighed in, and never a more dangerous one?"""

from __future__ import annotations

from dataclasses import replace

import pytest

import ligandkb as lk
from ligandkb.catalogue.hazard_label import HazardLabel
from ligandkb.catalogue.known_hazards import KnownHazards
from ligandkb.planning.shelf import with_bottles_at_hand
from ligandkb.reports.order_sheet import bench_sheets
from ligandkb.reports.render import render

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    (folder / "ligands.csv").write_text(
        "id,name,smiles,purity\n"
        "our-phosphonic,phosphonic acid A-17,CCCCCCP(=O)(O)O,95 %\n"
        "our-amine,amine from our shelf,CCCCCCCC/C=C\\CCCCCCCCN,80 %\n"
        "our-benzoic,benzoic acid B-2,OC(=O)c1ccccc1,\n"
    )
    (folder / "offers.csv").write_text(
        "product_id,supplier,pack,purity,in_stock\n"
        "our-phosphonic,S1,5 g,95 %,yes\nour-amine,S2,25 g,80 %,yes\nour-benzoic,S3,5 g,99 %,no\n"
    )
    return lk.load(folder)


def test_what_stands_in_the_lab_is_weighed_in(lab):
    """The catalogue's own product was bought beside it."""
    order = lab.order(lab.shortlist("CsPbBr3"), **SAMPLE)
    lines = {line.product.id: line for line in order.lines}
    assert {name for name, line in lines.items() if line.in_lab} == {"our-phosphonic", "our-amine"}
    assert not {"hexylphosphonic-acid", "oleylamine"} & lines.keys()
    assert (lines["our-phosphonic"].supplier, lines["our-phosphonic"].purity) == ("S1", "95 %")
    sheets = "".join(render(sheet, "text") for _, sheet in bench_sheets(order))
    assert "amine from our shelf (80 %)" in sheets
    assert "oleylamine (70 %)" not in sheets
    assert "benzoic-acid" in lines, "a row that stands nowhere takes no place"


def test_the_panel_says_so_and_stays_the_same(lab, kb):
    ours, shipped = (one.shortlist("CsPbBr3", 8) for one in (lab, kb))
    assert [pick.name for pick in ours.controls] == [pick.name for pick in shipped.controls]
    (pick,) = [pick for pick in ours.picks if pick.name.startswith("hexylphosphonate")]
    assert pick.in_lab
    twin = next(pick for pick in shipped.picks if pick.name.startswith("hexylphosphonate"))
    assert (pick.assessment.score, pick.assessment.verdict) == (
        twin.assessment.score,
        twin.assessment.verdict,
    )
    assert set(pick.assessment.safety.tags) == set(twin.assessment.safety.tags)


@pytest.mark.parametrize("statement", ["H301", "H340"])
def test_a_bottle_of_which_other_dangers_are_known_takes_no_place(lab, statement):
    usual = lab.catalogue.hazards

    class Worse(KnownHazards):
        def label(self, asked):
            if asked.id == "our-phosphonic":
                return HazardLabel.read({statement}, "our label")
            return usual.label(asked)

    def bought(hazards):
        crystal = lk.parse_composition("CsPbBr3")
        asked = [one for one in lab.assessments(crystal) if one.pair.form.name == "hexylphosphonate"]
        catalogue = replace(lab.catalogue, hazards=hazards)
        have = {"our-phosphonic", "our-amine"}
        (found,) = with_bottles_at_hand(asked, lab.judge(), catalogue, crystal, have)
        return [product.id for product in found.pair.recipes[0].products]

    assert bought(usual) == ["our-phosphonic", "our-amine"]
    assert bought(Worse(usual.labels, usual.tables)) == ["hexylphosphonic-acid", "our-amine"]


def test_what_is_not_wanted_stays_out(lab):
    found = lab.shortlist("CsPbBr3", without="hexylphosphonic acid")
    assert not [pick for pick in found.everything if pick.name.startswith("hexylphosphonate")]
    found = lab.shortlist("CsPbBr3", 2, without="our-amine")
    assert {
        product.id for pick in found.everything for product in pick.assessment.pair.recipes[0].products
    } >= {"oleylamine"}
