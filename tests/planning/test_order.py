"""Do the amounts of an order hold by hand, and is nothing guessed or dropped?"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.packs import read_pack
from ligandkb.catalogue.purity import is_solution, purity_fix, purity_fraction, purity_problem
from ligandkb.planning.order import order_for, smallest_that_covers
from ligandkb.planning.pair_plan import crystals
from ligandkb.reports.order_sheet import bench_sheets, order_document, order_rows
from ligandkb.reports.render import render

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
# Standard atomic weights.
C, H, N, OX, F, P, S, BR = 12.011, 1.008, 14.007, 15.999, 18.998, 30.974, 32.06, 79.904
OLEYLAMINE = 18 * C + 37 * H + N
# Molar mass and the share by which it is divided; the amine and oleic acid are technical cuts and are not divided.
BOTTLES = {
    "didodecyldimethylammonium bromide": (26 * C + 56 * H + N + BR, 0.98),
    "hexylphosphonic acid": (6 * C + 15 * H + 3 * OX + P, 0.995),
    "trioctylphosphine": (24 * C + 51 * H + P, 0.97),
    "difluoroacetic acid": (2 * C + 2 * H + 2 * F + 2 * OX, 0.95),
    "picolinic acid": (6 * C + 5 * H + N + 2 * OX, 1.0),
    "1,2-bis(diphenylphosphino)ethane": (26 * C + 24 * H + 2 * P, 1.0),
    "benzoic acid": (7 * C + 6 * H + 2 * OX, 0.995),
    "dioctyl sulfide": (16 * C + 34 * H + S, 1.0),
    "oleic acid": (18 * C + 34 * H + 2 * OX, 1.0),
    "dodecylammonium bromide": (12 * C + 28 * H + N + BR, 1.0),
    "acetic acid": (2 * C + 4 * H + 2 * OX, 1.0),
}
WITH_OLEYLAMINE = (
    "hexylphosphonic acid",
    "difluoroacetic acid",
    "picolinic acid",
    "benzoic acid",
    "oleic acid",
    "acetic acid",
)


@pytest.fixture(scope="module")
def panel(kb):
    return kb.shortlist("CsPbBr3", have="oleylamine")


@pytest.fixture(scope="module")
def order(kb, panel):
    return kb.order(panel, **SAMPLE)


def cycles_made(milligram_per_cycle):
    """How many cycles' worth of solution is made, by the rules of the planner in plain arithmetic."""
    cycles = max(3 * 1.1, 10.0 / min(milligram_per_cycle))
    strength = 1 if 2.0 * cycles <= max(10.0, 2 * 2.0 * 3.3) else 10
    volume_ml = math.ceil(round(2.0 * cycles / strength * 10, 6)) / 10
    return volume_ml * strength / 2.0


def test_the_masses_hold_by_hand(order):
    nanocrystals_nmol = 1.0 * 2.0  # 1 µM × 2 mL
    halide_positions = 6 * (9.5 / 0.5831) ** 2
    pairs_umol = nanocrystals_nmol * halide_positions * 4 / 1000
    assert pairs_umol == pytest.approx(12.74, abs=0.005)
    expected, amine_mg = {}, 0.0
    amine_per_cycle = pairs_umol * OLEYLAMINE / 1000
    for name, (molar_mass, share) in BOTTLES.items():
        per_cycle = pairs_umol * molar_mass / 1000 / share
        brings_amine = name in WITH_OLEYLAMINE
        made = cycles_made([per_cycle, amine_per_cycle] if brings_amine else [per_cycle])
        expected[name] = per_cycle * made
        amine_mg += amine_per_cycle * made * brings_amine
    found = {line.product.name: line.milligram for line in order.lines}
    assert found.pop("oleylamine") == pytest.approx(amine_mg, rel=3e-4)
    assert found == pytest.approx(expected, rel=3e-4)


def test_the_same_bottle_is_one_line_for_all_its_pairs_and_what_stands_in_the_lab_comes_last(order):
    (amine,) = [line for line in order.lines if line.product.id == "oleylamine"]
    assert len(amine.pairs) == 6
    assert amine is order.lines[-1]
    assert [line.product.id for line in order.lines if line.in_lab] == ["oleylamine"]


def test_volumes_of_solvents_are_summed(order):
    assert order.sample_ml == 11 * 2.0
    assert order.antisolvent_ml == pytest.approx(11 * 3 * 2 * 2.0)
    assert order.solvent_ml >= 11 * 3 * 2.0


def offer(pack, price=None, currency="", **more):
    return Offer("hexylphosphonic-acid", pack=read_pack(pack), price=price, currency=currency, **more)


def test_the_smallest_pack_that_covers_the_amount_is_proposed(order):
    line = next(line for line in order.lines if line.product.id == "hexylphosphonic-acid")
    packs = [offer("5 mg"), offer("5 g", 145.5, "EUR"), offer("1 g", 60.0, "EUR"), offer("1 g", 45.5, "EUR")]
    assert smallest_that_covers(line, packs).price == 45.5
    assert smallest_that_covers(line, [offer("5 mg"), offer("1 pc"), offer("")]) is None
    # A volume says nothing of a solid, and prices in two currencies can't be compared.
    assert smallest_that_covers(line, [offer("10 mL", 5.0, "EUR")]) is None
    assert smallest_that_covers(line, [offer("1 g", 60.0, "EUR"), offer("1 g", 50.0, "USD")]).price == 60.0


def test_prices_come_with_currency_and_date_and_a_bottles_purity_sets_the_dose(kb, panel, order):
    bottle = offer(
        "1 g", 45.5, "EUR", date="2026-04-03", purity="95 %", supplier="TCI", catalogue_number="H1"
    )
    catalogue = replace(kb.catalogue, offers=(bottle,))
    sample = crystals(panel.picks[0].assessment.composition, 1.0, 2.0, 9.5)
    made = order_for(panel, kb.judge(), catalogue, sample)
    row = next(row for row in order_rows(made) if row["product"] == "hexylphosphonic acid")
    assert (row["price"], row["currency"], row["price_date"], row["pack"]) == (
        45.5,
        "EUR",
        "2026-04-03",
        "1 g",
    )
    assert (row["supplier"], row["catalogue_number"], row["purity"]) == ("TCI", "H1", "95 %")
    plan = next(one.plan for one in made.planned if one.pick.name.startswith("hexylphosphonate"))
    assert plan.ligand.purity_fraction == 0.95
    others = [row for row in order_rows(made) if row["product"] != "hexylphosphonic acid"]
    assert {row["price"] for row in others} == {None}


def test_no_pack_that_covers_is_said(kb, panel):
    catalogue = replace(kb.catalogue, offers=(offer("5 mg", 9.0, "EUR"),))
    sample = crystals(panel.picks[0].assessment.composition, 1.0, 2.0, 9.5)
    row = next(
        row
        for row in order_rows(order_for(panel, kb.judge(), catalogue, sample))
        if row["product"] == "hexylphosphonic acid"
    )
    assert row["price"] is None
    assert "no pack of those offered is known to cover the amount: 5 mg" in row["note"]


def ordered(kb, panel, *offers):
    sample = crystals(panel.picks[0].assessment.composition, 1.0, 2.0, 9.5)
    rows = order_rows(order_for(panel, kb.judge(), replace(kb.catalogue, offers=offers), sample))
    return {row["product"]: row for row in rows}


def test_a_row_of_an_inventory_that_says_no_is_no_offer(kb, panel):
    absent = offer("5 g", in_stock=False)
    row = ordered(kb, panel, absent)["hexylphosphonic acid"]
    assert row["pack"] is None and "pack" not in row["note"]


def test_a_pack_is_large_enough_at_its_own_purity(kb, panel):
    thin, enough = (offer(pack, purity="20 %", supplier="TCI") for pack in ("15 mg", "1 g"))
    row = ordered(kb, panel, thin, enough)["hexylphosphonic acid"]
    assert row["pack"] == "1 g" and "too small" not in row["note"]
    assert 15.0 < row["needed_mg"] < 1000.0
    assert "a little too small" in ordered(kb, panel, thin)["hexylphosphonic acid"]["note"]


def test_an_offer_without_a_purity_does_not_have_the_catalogues(kb, panel):
    """The catalogue's 95 % stood beside the supplier's name, and the acid was divided by it."""
    blank = replace(offer("25 g", supplier="S1"), product_id="difluoroacetic-acid")
    sample = crystals(panel.picks[0].assessment.composition, 1.0, 2.0, 9.5)
    made = order_for(panel, kb.judge(), replace(kb.catalogue, offers=(blank,)), sample)
    line = next(line for line in made.lines if line.product.id == "difluoroacetic-acid")
    assert line.product.purity == "95 %"
    assert (line.supplier, line.purity) == ("S1", "")
    assert "S1, purity not known" in render(order_document(made), "text")
    plan = next(one.plan for one in made.planned if one.pick.name.startswith("difluoroacetate"))
    assert plan.ligand.purity_fraction is None
    assert any("isn't known here; it is taken as pure" in one.text for one in plan.cautions)


@pytest.mark.parametrize("purity", ["20 % in toluene", "10 % in water", "30 wt% solution"])
def test_of_a_solution_a_mass_and_no_volume_is_given(kb, panel, purity):
    """The volume was reckoned with the density of the pure acid."""
    pure, dissolved = (
        replace(offer("100 mL", purity=one, supplier="S1"), product_id="acetic-acid")
        for one in ("99 %", purity)
    )
    assert ordered(kb, panel, pure)["acetic acid"]["needed_ul"] > 1.0
    row = ordered(kb, panel, dissolved)["acetic acid"]
    assert (row["pack"], row["needed_ul"]) == ("100 mL", None)
    assert row["needed_mg"] >= 10.0
    assert f"{purity}: weigh it; no volume is given" in row["note"]
    sample = crystals(panel.picks[0].assessment.composition, 1.0, 2.0, 9.5)
    made = order_for(panel, kb.judge(), replace(kb.catalogue, offers=(dissolved,)), sample)
    plan = next(one.plan for one in made.planned if one.pick.name.startswith("acetate"))
    assert not isinstance(plan.per_cycle[0].microlitre, float)
    assert any(f"acetic acid ({purity}) is a solution" in one.text for one in plan.cautions)


def test_a_small_pack_of_a_solution_is_not_taken_for_enough(kb, panel):
    drop = replace(offer("15 µL", purity="20 % in toluene", supplier="S1"), product_id="acetic-acid")
    row = ordered(kb, panel, drop)["acetic acid"]
    assert row["pack"] is None
    assert "no pack of those offered is known to cover the amount: 15 µL" in row["note"]


@pytest.mark.parametrize(
    ("text", "dissolved"),
    [
        ("57 wt% in H2O", True),
        ("70% in isopropanol", True),
        ("40%ige Lösung", True),
        ("98 %", False),
        ("technical grade, 70 %", False),
        ("97 %, contains <1 % inhibitor", False),
    ],
)
def test_what_is_sold_in_a_solvent_is_told_by_its_purity(text, dissolved):
    assert is_solution(text) is dissolved


@pytest.mark.parametrize(("purity", "said"), [("", "purity not known"), ("80 %", "80 %")])
def test_a_shortlist_shows_the_purity_of_the_offer(kb, purity, said):
    blank = Offer("oleylamine", "S1", pack=read_pack("25 g"), purity=purity)
    panel = replace(kb, catalogue=replace(kb.catalogue, offers=(blank,))).shortlist("CsPbBr3", 2)
    assert f"oleylamine (CAS 112-90-3, {said}, S1, 25 g)" in " ".join(str(panel).split())


def test_a_bottle_without_water_goes_before_one_with_it(kb, panel):
    aqueous, dry = (
        replace(offer(pack, purity=purity, supplier="TCI"), product_id="acetic-acid")
        for pack, purity in (("1 g", "50 % in water"), ("25 g", "99 %"))
    )
    row = ordered(kb, panel, aqueous, dry)["acetic acid"]
    assert (row["pack"], row["note"]) == ("25 g", None)
    assert "50 % in water: the water comes along" in ordered(kb, panel, aqueous)["acetic acid"]["note"]


@pytest.mark.parametrize(
    "purity", ["stabilised with 10 % octadecene", "contains 10 % water", "mit 10 % Octadecen"]
)
def test_what_else_is_in_the_bottle_is_not_its_content(purity):
    """It multiplied the dose by ten."""
    assert purity_fraction(purity) is None
    assert purity_problem(purity) == f"{purity!r} says what else is in the bottle, and no content"
    assert purity_fix(purity).startswith(
        f"write the content first, e.g. '97 %, {purity}', or leave the cell blank"
    )
    assert purity_fraction(f"{purity}; 97 %") == 0.97


def test_a_bottle_in_the_lab_that_is_too_small_is_said(kb, panel):
    small, large = (replace(offer(pack, in_stock=True), product_id="oleylamine") for pack in ("5 mg", "25 g"))
    assert "holds less than that even when new" in ordered(kb, panel, small)["oleylamine"]["note"]
    row = ordered(kb, panel, small, large)["oleylamine"]
    assert (row["in_lab"], row["pack"]) == (True, "25 g")
    assert "purity not stated: 70 % is assumed; read the label" in row["note"]
    assert "holds less" not in row["note"]


def test_a_bottle_in_the_lab_has_its_own_purity_and_supplier_where_they_are_stated(kb, panel):
    stated = replace(offer("25 g", in_stock=True, purity="95 %", supplier="S1"), product_id="oleylamine")
    row = ordered(kb, panel, stated)["oleylamine"]
    assert (row["purity"], row["supplier"]) == ("95 %", "S1") and "purity not stated" not in (
        row["note"] or ""
    )
    unstated = replace(stated, purity="", supplier="")
    row = ordered(kb, panel, unstated)["oleylamine"]
    assert (row["purity"], row["supplier"]) == (None, None)


def test_what_the_planner_refuses_is_on_every_sheet_with_the_reason(kb):
    panel = kb.shortlist("CsPbBr3", 2, must="p-toluenesulfonic acid monohydrate", partners="none")
    made = kb.order(panel, **SAMPLE)
    refused = [one for one in made.planned if one.plan is None]
    assert [one.pick.name for one in refused] == ["p-toluenesulfonate"]
    assert "no plan is made" in refused[0].refusal
    row = next(row for row in order_rows(made) if row["product"].startswith("p-toluenesulfonic"))
    assert row["needed_mg"] is None
    assert "is not planned" in row["note"]
    assert "Not planned, so not in the amounts" in {block.title for block in order_document(made).blocks}
    sheets = dict(bench_sheets(made))
    assert [name for name, sheet in sheets.items() if sheet.blocks[0].title == "No plan is made"] == [
        "1-p-toluenesulfonate"
    ]


def test_a_product_has_a_volume_or_says_why_it_has_none(order):
    state = {line.product.name: line.product.state_20c for line in order.lines}
    rows = [row for row in order_rows(order) if row["product"] in state and row["needed_mg"]]
    assert {state[row["product"]] for row in rows} >= {"liquid", ""}
    for row in rows:
        unsaid = row["needed_ul"] is None and state[row["product"]] != "solid"
        assert unsaid == ("no volume is given" in (row["note"] or "")), row["product"]


def test_a_known_density_is_not_called_unknown(kb):
    made = kb.order(kb.shortlist("CsPbBr3", 1, must="dioctyl sulfide"), **SAMPLE)
    (line,) = (line for line in made.lines if line.product.name == "dioctyl sulfide")
    assert line.product.density_g_per_ml == 0.844 and not line.product.state_20c
    (row,) = (row for row in order_rows(made) if row["product"] == "dioctyl sulfide")
    assert row["note"] == "no volume is given, as it isn't known whether it is liquid: weigh it"


def test_every_line_has_a_cas_number_or_says_that_none_is_verified(kb, order):
    made = kb.order(kb.shortlist("CsPbBr3", 1, must="oleylammonium bromide"), **SAMPLE)
    by_name = {row["product"]: row["cas"] for row in order_rows(made)}
    assert by_name["oleylammonium bromide"] == "not verified"
    assert all(row["cas"] for row in order_rows(order))


@pytest.mark.parametrize("crystal", ["CsPbCl3", "CsPbI3"])
def test_panels_of_other_crystals_are_planned_whole(kb, crystal):
    made = kb.order(kb.shortlist(crystal), **SAMPLE)
    assert all(one.plan is not None for one in made.planned)


def test_a_mixed_crystal_needs_its_lattice_constant(kb):
    panel = kb.shortlist("CsPbBr1.5Cl1.5")
    with pytest.raises(Exception, match="lattice_constant_nm"):
        kb.order(panel, **SAMPLE)
    assert kb.order(panel, lattice_constant_nm=0.572, **SAMPLE).lines


def test_sheets_of_a_panel_share_its_control(order):
    sheets = [render(sheet, "text") for _, sheet in bench_sheets(order)]
    assert "The control is oleate + oleylammonium, sheet 9" in sheets[0]
    assert "Take as much again" not in "".join(sheets)
    assert "The control is" not in sheets[8]


def test_an_order_and_its_panel_can_be_read_in_python(panel, order):
    assert repr(panel).startswith(
        "Shortlist for CsPbBr3: bromide + didodecyldimethylammonium, hexylphosphonate"
    )
    assert repr(order).startswith(
        "Order for CsPbBr3: 19.8 mg of didodecyldimethylammonium bromide, 10.1 mg of hexyl"
    )
    assert "WHY, AND WHAT EACH TEACHES" in str(panel)
    assert "TO BUY" in str(order)
    for page in (panel._repr_html_(), order._repr_html_()):
        assert "hexylphosphonic acid" in page
