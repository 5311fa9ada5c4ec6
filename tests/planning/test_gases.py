import pytest

from ligandkb.planning.bottles import Label

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


def gases(plan) -> list[str]:
    return [one.text for one in plan.cautions if " is a gas" in one.text]


@pytest.mark.parametrize(
    ("name", "partner", "code"),
    [
        ("hydrobromic acid", "oleylammonium", "H280"),
        ("ammonia", None, "H220, H221, H280"),
        ("methylamine", None, "H220"),
    ],
)
def test_the_mass_of_a_gas_is_not_passed_off_as_that_of_its_solution(kb, name, partner, code) -> None:
    (said,) = gases(kb.plan(name, partners=partner, **SAMPLE))
    assert f"is a gas ({code})" in said and "give the content as the purity of your bottle" in said


def test_a_solution_whose_content_is_said_is_dosed_by_it(kb) -> None:
    pure = kb.plan("hydrobromic acid", partners="oleylammonium", **SAMPLE)
    acid = kb.plan("hydrobromic acid", partners="oleylammonium", ligand_label=Label(0.48), **SAMPLE)
    assert not gases(acid)
    assert acid.per_cycle[0].milligram == pytest.approx(pure.per_cycle[0].milligram / 0.48)


@pytest.mark.parametrize("name", ["butylamine", "oleic acid", "zinc bromide"])
def test_what_is_no_gas_is_not_called_one(kb, name) -> None:
    assert not gases(kb.plan(name, **SAMPLE))
