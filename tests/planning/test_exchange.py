import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligandkb.missing import Missing
from ligandkb.planning.cautions import Caution
from ligandkb.planning.exchange import ExchangePlan, Nanocrystals, Protocol, plan_exchange
from ligandkb.planning.reagents import Reagent, dose
from ligandkb.problems import UsageError

ACID = Reagent("hexylphosphonic acid", 166.157, "acid", grade=">99.5 %", purity_fraction=0.995)
DIACID = Reagent("2,2'-iminodibenzoic acid", 257.245, "acid", grade="98 %", purity_fraction=0.98)
AMINE = Reagent("oleylamine", 267.501, "amine", grade="70 %", purity_fraction=0.7, technical=True)
SAMPLE = Nanocrystals("CsPbBr3", 1.0, 2.0, 9.5, 0.5831)


def texts(plan: ExchangePlan, severity: str | None = None) -> str:
    return "\n".join(one.text for one in plan.cautions if severity in (None, one.severity))


def test_worked_example_one_to_one() -> None:
    """By hand, as in docs/surface.md: 2 nmol × 6(9.5/0.5831)² × 4 = 12.741 µmol for a cycle."""
    plan = plan_exchange(SAMPLE, ACID, AMINE)
    positions = 6 * (9.5 / 0.5831) ** 2
    assert positions == pytest.approx(1592.6, abs=0.05)
    assert plan.nanocrystals_nmol == pytest.approx(2.0)
    assert plan.pairs_umol_per_cycle == pytest.approx(12.741, abs=1e-3)
    assert plan.pair_concentration_mm == pytest.approx(6.370, abs=1e-3)
    assert [one.umol for one in plan.per_cycle] == pytest.approx([12.741, 12.741], abs=1e-3)
    # 38.223 µmol × 166.157 g/mol / 0.995; 38.223 µmol × 267.501 g/mol, technical and so not divided.
    assert [one.milligram for one in plan.all_cycles] == pytest.approx([6.383, 10.225], abs=2e-3)
    assert plan.antisolvent_ml == (4.0, 4.0, 4.0)
    assert plan.partners_per_ligand == 1


def test_worked_example_dianion() -> None:
    """A dianion needs two partners: 25.482 µmol of amine for 12.741 µmol of acid."""
    plan = plan_exchange(SAMPLE, DIACID, AMINE, ligand_charge=-2)
    assert [one.umol for one in plan.per_cycle] == pytest.approx([12.741, 25.482], abs=1e-3)
    assert [one.milligram for one in plan.all_cycles] == pytest.approx([10.033, 20.449], abs=2e-3)
    assert any("two partners" in one for one in plan.assumptions)


def test_the_solution_is_weighable_and_enough() -> None:
    plan = plan_exchange(SAMPLE, ACID, AMINE)
    solution = plan.solution
    assert min(one.milligram for one in solution.doses) >= 10.0
    assert solution.volume_ml >= solution.aliquot_ml_per_cycle * 3
    for one in solution.doses:
        assert one.umol / solution.volume_ml == pytest.approx(solution.pair_concentration_mm)


@settings(deadline=None)
@given(
    st.floats(0.005, 5.0),
    st.floats(0.1, 50.0),
    st.floats(5.0, 15.0),
    st.floats(60.0, 900.0),
    st.integers(1, 2),
)
def test_what_is_dosed_is_what_was_planned(
    um: float, ml: float, edge: float, molar_mass: float, charge: int
) -> None:
    ligand = Reagent("acid", molar_mass, "acid", purity_fraction=0.97)
    plan = plan_exchange(Nanocrystals("CsPbBr3", um, ml, edge, 0.5831), ligand, AMINE, ligand_charge=-charge)
    pairs_per_position = (
        plan.pairs_umol_per_cycle * 1000 / plan.nanocrystals_nmol / plan.surface_halides.value
    )
    assert pairs_per_position == pytest.approx(4.0)
    assert plan.per_cycle[1].umol == pytest.approx(charge * plan.per_cycle[0].umol)
    back = plan.all_cycles[0].milligram * 0.97 * 1000 / molar_mass
    assert back == pytest.approx(3 * plan.pairs_umol_per_cycle)
    assert plan.solution.volume_ml * plan.solution.strength >= plan.resuspension_ml * 3 * (1 - 1e-9)
    assert min(one.milligram for one in plan.solution.doses) >= 10.0 * (1 - 1e-9)


def test_a_vetoed_ligand_gets_no_plan() -> None:
    with pytest.raises(UsageError, match=r"fluoroacetic acid is vetoed.*lethal"):
        plan_exchange(SAMPLE, Reagent("fluoroacetic acid", 78.04, "acid"), AMINE, vetoes=["lethal"])


@pytest.mark.parametrize(("reagent", "word"), [(ACID, "an acid"), (AMINE, "an amine")])
def test_an_acid_or_amine_alone_will_fail(reagent: Reagent, word: str) -> None:
    plan = plan_exchange(SAMPLE, reagent, None)
    assert f"is {word} without a partner" in texts(plan, "stop")
    assert "Cs4PbBr6" in texts(plan, "stop")
    assert plan.cautions[0].severity == "stop"


@pytest.mark.parametrize("kind", ["salt", "neutral"])
def test_salts_and_neutral_ligands_come_alone(kind: str) -> None:
    reagent = Reagent("DDAB", 462.6, kind, grade="98 %", purity_fraction=0.98)  # type: ignore[arg-type]
    plan = plan_exchange(SAMPLE, reagent, None)
    assert not texts(plan, "stop")
    assert len(plan.per_cycle) == 1
    with pytest.raises(UsageError, match="takes no partner"):
        plan_exchange(SAMPLE, reagent, AMINE, ligand_charge=0)
    with pytest.raises(UsageError, match="ligand_charge"):
        plan_exchange(SAMPLE, reagent, AMINE, ligand_charge=1)


def test_what_the_method_warns_of_is_always_there() -> None:
    said = texts(plan_exchange(SAMPLE, ACID, AMINE))
    for words in ("neat solvent", "CsBr and Cs4PbBr6", "0.005 µM", "1 to 10 nM", "same nanocrystal and pair"):
        assert words in said


@pytest.mark.parametrize(("um", "side"), [(0.05, "below"), (20.0, "above")])
def test_leaving_the_window_names_the_volume_that_fixes_it(um: float, side: str) -> None:
    sample = Nanocrystals("CsPbBr3", um, 2.0, 9.5, 0.5831)
    plan = plan_exchange(sample, ACID, AMINE)
    caution = next(one for one in plan.cautions if "of the method: resuspend" in one.text)
    assert side in caution.text
    volume = float(caution.text.split("resuspend in ")[1].split(" mL")[0])
    fixed = plan_exchange(sample, ACID, AMINE, protocol=Protocol(resuspension_volume_ml=volume))
    assert 0.99 <= fixed.pair_concentration_mm <= 10.1
    assert fixed.antisolvent_ml == pytest.approx((4.0, 2 * volume, 2 * volume))


def test_technical_grades_are_not_divided_by_purity() -> None:
    plan = plan_exchange(SAMPLE, ACID, AMINE)
    amine = plan.all_cycles[1]
    assert amine.milligram == pytest.approx(amine.umol * 267.501 / 1000)
    assert amine.milligram_if_rest_inert == pytest.approx(amine.milligram / 0.7)
    assert "1.43 times as much" in texts(plan, "caution")


def test_an_amine_value_is_used_where_it_is_known() -> None:
    """56.105 mg KOH are 1 mmol, so a value of 210 mg/g is 3.743 mmol/g."""
    valued = Reagent(
        "oleylamine", 267.501, "amine", grade="70 %", technical=True, dosing_value_mg_koh_per_g=210.0
    )
    plan = plan_exchange(SAMPLE, ACID, valued)
    assert plan.per_cycle[1].milligram == pytest.approx(12.741 / (210.0 / 56.105), abs=1e-3)
    assert "times as much" not in texts(plan)
    with pytest.raises(UsageError, match="only an acid or an amine"):
        Reagent("DDAB", 462.6, "salt", dosing_value_mg_koh_per_g=100.0)


@pytest.mark.parametrize(("value", "told"), [(85.0, True), (205.0, False), (800.0, True)])
def test_a_value_far_from_the_pure_product_is_questioned(value: float, told: bool) -> None:
    """Pure oleylamine: 56,105 / 267.501 = 209.7 mg KOH/g."""
    amine = Reagent("oleylamine", 267.501, "amine", dosing_value_mg_koh_per_g=value)
    assert ("what the pure product has (210)" in texts(plan_exchange(SAMPLE, ACID, amine))) == told


@pytest.mark.parametrize(
    ("protocol", "named"),
    [
        (Protocol(resuspension_volume_ml=1e-9), "resuspension_volume_ml"),
        (Protocol(antisolvent_volumes=1e6), "antisolvent_volumes"),
        (Protocol(pairs_per_halide_position=1e-9), "pairs_per_halide_position"),
        (Protocol(cycles=0), "cycles"),
    ],
)
def test_a_protocol_that_nobody_means_is_refused(protocol: Protocol, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        plan_exchange(SAMPLE, ACID, AMINE, protocol=protocol)


def test_crystal_water_is_weighed_and_said() -> None:
    """Na2S·9H2O, 240.18 g/mol, is 78.05 of it Na2S: 0.325 times as much of the anhydrous salt."""
    salt = Reagent("sodium sulfide nonahydrate", 240.18, "salt", purity_fraction=0.98, crystal_waters=9)
    plan = plan_exchange(SAMPLE, salt, None, ligand_charge=-2)
    assert plan.per_cycle[0].milligram == pytest.approx(12.741 * 240.18 / 0.98 / 1000, abs=1e-3)
    assert "0.325 times as much" in texts(plan)
    with pytest.raises(UsageError, match="with crystal water"):
        Reagent("wrong", 78.05, "salt", crystal_waters=9)


def test_two_ligands_in_a_formula_need_half_the_mass() -> None:
    one = dose(Reagent("lead oleate", 770.1, "neutral", purity_fraction=1.0), 10.0)
    two = dose(Reagent("lead oleate", 770.1, "neutral", purity_fraction=1.0, species_per_formula=2), 10.0)
    assert two.milligram == pytest.approx(one.milligram / 2)


def test_volume_needs_a_density() -> None:
    assert isinstance(dose(AMINE, 1.0).microlitre, Missing)
    assert dose(Reagent("liquid", 100.0, "amine", density_g_per_ml=0.8), 8.0).microlitre == pytest.approx(1.0)


def test_unknown_purity_is_said() -> None:
    assert "isn't known here" in texts(plan_exchange(SAMPLE, Reagent("acid", 100.0, "acid"), AMINE), "note")


def test_what_the_caller_knows_is_passed_on_worst_first() -> None:
    foreign = Caution("stop", "chloride on bromide shifts the colour")
    plan = plan_exchange(SAMPLE, ACID, AMINE, safety=["corrosive"], further_cautions=[foreign])
    assert plan.cautions[0] == foreign
    assert plan.safety == ("corrosive",)
    assert plan_exchange(SAMPLE, ACID, AMINE).safety is None


def test_first_test_stays_above_what_degrades() -> None:
    test = plan_exchange(SAMPLE, ACID, AMINE).first_test
    assert test is not None
    assert (test.concentrated_um, test.dilute_um) == pytest.approx((0.1, 0.01))
    assert test.microlitre_per_ml == pytest.approx((100.0, 10.0))
    thin = plan_exchange(Nanocrystals("CsPbBr3", 0.02, 2.0, 9.5, 0.5831), ACID, AMINE).first_test
    assert thin is not None
    assert thin.dilute_um == 0.005
    assert plan_exchange(Nanocrystals("CsPbBr3", 0.007, 2.0, 9.5, 0.5831), ACID, AMINE).first_test is None


@pytest.mark.parametrize(
    ("sample", "named"),
    [
        (Nanocrystals("CsPbBr3", 1000.0, 2.0, 9.5, 0.5831), "in nM, write 1"),
        (Nanocrystals("CsPbBr3", 1.0, -2.0, 9.5, 0.5831), "volume_ml"),
        (Nanocrystals("CsPbBr3", 1.0, 2.0, 95.0, 0.5831), "ångström, write 9.5"),
        (Nanocrystals("CsPbBr3", 1.0, math.nan, 9.5, 0.5831), "volume_ml"),
    ],
)
def test_nonsense_is_refused_by_name(sample: Nanocrystals, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        plan_exchange(sample, ACID, AMINE)


def test_cycles_are_whole() -> None:
    with pytest.raises(UsageError, match="whole number"):
        plan_exchange(SAMPLE, ACID, AMINE, protocol=Protocol(cycles=2.5))  # type: ignore[arg-type]
    assert len(plan_exchange(SAMPLE, ACID, AMINE, protocol=Protocol(cycles=1)).antisolvent_ml) == 1
