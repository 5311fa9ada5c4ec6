"""Does one grammar read all compositions, and say what is wrong with the others?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligandkb.chemistry.composition import A_SITES, HALIDES, Composition, parse_composition
from ligandkb.problems import UsageError


@pytest.mark.parametrize(
    ("text", "written", "amounts"),
    [
        ("CsPbBr3", "CsPbBr3", {"Br": 3}),
        (" MAPbBr3 ", "MAPbBr3", {"Br": 3}),
        ("FAPbI3", "FAPbI3", {"I": 3}),
        ("CsPbBr1.5Cl1.5", "CsPbBr1.5Cl1.5", {"Br": 1.5, "Cl": 1.5}),
        ("CsPb(Br0.5Cl0.5)3", "CsPbBr1.5Cl1.5", {"Br": 1.5, "Cl": 1.5}),
        ("CsPb(Cl.5Br.5)3", "CsPbBr1.5Cl1.5", {"Br": 1.5, "Cl": 1.5}),
        ("CsPbBr2I", "CsPbBr2I", {"Br": 2, "I": 1}),
        ("CsPbIBr2", "CsPbBr2I", {"Br": 2, "I": 1}),
        ("CsPbBrBrBr", "CsPbBr3", {"Br": 3}),
        ("CsPb(Br)3", "CsPbBr3", {"Br": 3}),
        ("CsPbI1Br1Cl1", "CsPbIBrCl", {"I": 1, "Br": 1, "Cl": 1}),
        ("CsPbBr3Cl0", "CsPbBr3", {"Br": 3}),
        ("CsPbBr3Cl0.0001", "CsPbBr3", {"Br": 3}),
        ("CsPb(Br0.333Cl0.667)3", "CsPbCl2.001Br0.999", {"Br": 0.999, "Cl": 2.001}),
        ("CsPbBr2.99", "CsPbBr3", {"Br": 3}),
        ("MAPbI3.02", "MAPbI3", {"I": 3}),
        ("CsPbBr1.5Cl1.49", "CsPbBr1.505Cl1.495", {"Br": 1.505, "Cl": 1.495}),
        ("CsPb(I0.33Br0.33Cl0.33)3", "CsPbIBrCl", {"I": 1, "Br": 1, "Cl": 1}),
        ("CsPbBr2Cl0.98", "CsPbBr2.013Cl0.987", {"Br": 2.013, "Cl": 0.987}),
        ("CsPbBr₃", "CsPbBr3", {"Br": 3}),
        ("CsPbBr₁.₅Cl₁.₅", "CsPbBr1.5Cl1.5", {"Br": 1.5, "Cl": 1.5}),
    ],
)
def test_stated_ratios(text, written, amounts):
    found = parse_composition(text)
    assert (str(found), dict(found.amounts)) == (written, pytest.approx(amounts))
    assert not found.is_family
    assert found.is_pure == (len(amounts) == 1)
    assert found.halides == frozenset(amounts)


@pytest.mark.parametrize(
    ("text", "written", "halides"),
    [
        ("CsPbX3", "CsPbX3", {"I", "Br", "Cl"}),
        ("FAPbX3", "FAPbX3", {"I", "Br", "Cl"}),
        ("CsPb(Cl/Br)3", "CsPb(Br/Cl)3", {"Br", "Cl"}),
        ("CsPb(Br/Cl)3", "CsPb(Br/Cl)3", {"Br", "Cl"}),
        ("CsPb(Cl/Br/I)3", "CsPbX3", {"I", "Br", "Cl"}),
    ],
)
def test_families(text, written, halides):
    found = parse_composition(text)
    assert (str(found), found.is_family, found.is_pure, found.halides) == (written, True, False, halides)
    assert dict(found.amounts) == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a composition"),
        ("CsPbBr", "add up to 1"),
        ("CsPbBr2", "add up to 2"),
        ("CsPbBr4", "add up to 4"),
        ("CsPbBr2.9", "add up to 2.9, not 3: did you mean CsPbBr3?"),
        ("FAPbI3.1", "add up to 3.1, not 3: did you mean FAPbI3?"),
        ("CsPbBr1.5Cl1.4", "add up to 2.9"),
        ("CsPb2Br5", "not a list of halides"),
        ("Cs4PbBr6", "not a composition"),
        ("CsSnBr3", "not a composition"),
        ("RbPbBr3", "not a composition"),
        ("cspbbr3", "not a composition"),
        ("CsPbF3", "not a list of halides"),
        ("CsPbBr3Cl-1", "not a list of halides"),
        ("CsPbBr1,5Cl1,5", "not a list of halides"),
        ("CsPb(Br0.5Cl0.5)", "not a list of halides"),
        ("CsPb(Br0.5Cl0.6)3", "add up to 3.3"),
        ("CsPb(Br/Br)3", "named twice"),
        ("CsPbBrnan", "not a list of halides"),
        ("CsPbBr1e0Cl2", "not a list of halides"),
        ("CsPbBr٣", "not a list of halides"),
        ("CsPb" + "Br" * 100, "not a composition"),
        ("CsPbBr3; DROP TABLE", "not a list of halides"),
        ("CsPbBr3\nCl", "not a"),
    ],
)
def test_refused_with_a_way_to_fix_it(text, says):
    with pytest.raises(UsageError, match="write it like CsPbBr3") as caught:
        parse_composition(text)
    assert says in str(caught.value)


def test_near_miss_is_offered():
    with pytest.raises(UsageError, match="did you mean 'CsPbBr3'"):
        parse_composition("cspbBr3")


@pytest.mark.parametrize(
    ("statement", "asked", "covers"),
    [
        ("CsPbX3", "CsPbBr3", True),
        ("CsPbX3", "CsPbBr1.5Cl1.5", True),
        ("CsPbX3", "CsPbX3", True),
        ("CsPbX3", "CsPb(Br/Cl)3", True),
        ("CsPb(Br/Cl)3", "CsPbBr1.5Cl1.5", True),
        ("CsPb(Br/Cl)3", "CsPbBr2I", False),
        ("CsPb(Br/Cl)3", "CsPbX3", False),
        ("CsPbBr3", "CsPbX3", False),
        ("CsPbBr3", "CsPbBr3", True),
        ("CsPbBr3", "CsPbBr2.5Cl0.5", False),
        ("CsPbX3", "MAPbBr3", False),
        ("CsPb(Br0.5Cl0.5)3", "CsPbBr1.5Cl1.5", True),
    ],
)
def test_family_matching(statement, asked, covers):
    assert parse_composition(statement).covers(parse_composition(asked)) is covers


@pytest.mark.parametrize("text", ["CsPbBr2.99", "CsPbBr3.01", "CsPb(Br0.99)3", "CsPbBr2.98Cl0.0004"])
def test_a_rounded_amount_is_the_same_crystal(text):
    assert parse_composition(text) == parse_composition("CsPbBr3")
    assert parse_composition("CsPbBr3").covers(parse_composition(text))


def test_equal_compositions_are_one_key():
    one, other = parse_composition("CsPb(Br0.5Cl0.5)3"), parse_composition("CsPbCl1.5Br1.5")
    assert one == other
    assert len({one, other}) == 1


@st.composite
def compositions(draw):
    """Mixed halides in thousandths that add up to three."""
    first = draw(st.integers(0, 3000))
    second = draw(st.integers(0, 3000 - first))
    order = draw(st.permutations(HALIDES))
    amounts = dict(zip(order, (first, second, 3000 - first - second), strict=True))
    a_site = draw(st.sampled_from(sorted(A_SITES)))
    return a_site + "Pb" + "".join(f"{x}{n / 1000:.3f}" for x, n in amounts.items() if n)


@given(compositions())
def test_round_trip(text):
    found = parse_composition(text)
    again = parse_composition(str(found))
    assert (again, str(again), hash(again)) == (found, str(found), hash(found))
    assert found.covers(again)
    assert parse_composition(f"{found.a_site}PbX3").covers(found)


@given(
    st.lists(st.sampled_from(HALIDES), min_size=2, max_size=3, unique=True), st.sampled_from(sorted(A_SITES))
)
def test_families_round_trip(halides, a_site):
    found = parse_composition(f"{a_site}Pb({'/'.join(halides)})3")
    assert parse_composition(str(found)) == found


@given(st.text(alphabet="CsPbMAFABrClI0123456789.()/X₃", max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse_composition(text)
    except UsageError:
        return
    assert isinstance(found, Composition)
    assert parse_composition(str(found)) == found
