"""Are tails cut, and nothing else?"""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from rdkit import Chem

from ligandkb.chemistry.forms import binding_forms, form_of
from ligandkb.chemistry.heads import head_of, keeps_a_tail
from ligandkb.chemistry.structure import canonical, parse
from ligandkb.problems import StructureError

# The heads of the plan, section 4.
HEADS = [
    ("oleate", "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]", "CC(=O)[O-]"),
    ("myristate", "CCCCCCCCCCCCCC(=O)[O-]", "CC(=O)[O-]"),
    ("butyrate", "CCCC(=O)[O-]", "CC(=O)[O-]"),
    ("2,2-difluorononanoate", "CCCCCCCC(F)(F)C(=O)[O-]", "O=C([O-])C(F)F"),
    ("perfluorooctanoate", "O=C([O-])" + "C(F)(F)" * 6 + "C(F)(F)F", "O=C([O-])C(F)(F)F"),
    ("hexylphosphonate", "CCCCCCP(=O)([O-])O", "CP(=O)([O-])O"),
    ("octylphosphonate", "CCCCCCCCP(=O)([O-])O", "CP(=O)([O-])O"),
    ("octylphosphonate(2-)", "CCCCCCCCP(=O)([O-])[O-]", "CP(=O)([O-])[O-]"),
    ("dodecylbenzenesulfonate", "CCCCCCCCCCCCc1ccc(cc1)S(=O)(=O)[O-]", "Cc1ccc(S(=O)(=O)[O-])cc1"),
    ("oleyl phosphate", "CCCCCCCC/C=C\\CCCCCCCCOP(=O)([O-])O", "COP(=O)([O-])O"),
    ("trioctylphosphine", "CCCCCCCCP(CCCCCCCC)CCCCCCCC", "CP(C)C"),
    ("oleylamine", "CCCCCCCC/C=C\\CCCCCCCCN", "CN"),
    ("2-hexyldecanoate", "CCCCCCCCC(CCCCCC)C(=O)[O-]", "CC(=O)[O-]"),
    (
        "dodecyl sulfobetaine",
        "CCCCCCCCCCCC[N+](C)(C)CCCS(=O)(=O)[O-]",
        "C[N+](C)(C)CCCS(=O)(=O)[O-]",
    ),
]
STAY = {
    "methoxyacetate": "COCC(=O)[O-]",
    "cyanoacetate": "N#CCC(=O)[O-]",
    "phenylacetate": "O=C([O-])Cc1ccccc1",
    "lactate": "CC(O)C(=O)[O-]",
    "3,3,3-trifluoropropionate": "O=C([O-])CC(F)(F)F",
    "benzoate": "O=C([O-])c1ccccc1",
    "acetate": "CC(=O)[O-]",
    "formate": "O=C[O-]",
    "bromide": "[Br-]",
    "trifluoroacetate": "O=C([O-])C(F)(F)F",
    "fluoroacetate": "O=C([O-])CF",
    "18-crown-6": "C1COCCOCCOCCOCCOCCO1",
    "glycinate": "NCC(=O)[O-]",
    "succinate": "O=C([O-])CCC(=O)[O-]",
    "ethylenediamine": "NCCN",
}


@pytest.mark.parametrize(("smiles", "head"), [row[1:] for row in HEADS], ids=[row[0] for row in HEADS])
def test_heads_of_the_plan(smiles, head):
    assert head_of(smiles) == canonical(head)


@pytest.mark.parametrize("smiles", STAY.values(), ids=STAY)
def test_what_stays(smiles):
    assert head_of(smiles) == canonical(smiles)


@pytest.mark.parametrize(
    "smiles",
    ["CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC", "CCCCCCCC[NH3+]", "CCCCCCCCc1cccc[n+]1C", "CCCCCCCC", "O"],
)
def test_partners_and_bystanders_have_no_head(smiles):
    assert head_of(smiles) == canonical(smiles)


def test_a_whole_salt_is_its_own_head():
    salt = "[Pb+2].CCCC(=O)[O-].CCCC(=O)[O-]"
    assert head_of(salt) == canonical(salt)


def test_both_sides_of_a_ring_between_charges_are_kept():
    piperidinium = "CC1(C)CC(O)(C(=O)[O-])CC(C)(C)[NH2+]1"
    assert head_of(piperidinium) == canonical(piperidinium)


def test_isotopes_are_not_cut_away():
    assert "2H" in head_of("[2H]C([2H])([2H])CCCCCC(=O)[O-]")


def test_a_group_beyond_three_bonds_is_cut_only_where_nothing_but_c_and_h_is_beyond():
    assert head_of("OCCCCCCCCCCC(=O)[O-]") == "O=C([O-])CCCCCCCCCCO"
    assert head_of("CCCCCCCCCCCCOCCOCC(=O)[O-]") == "COCCOCC(=O)[O-]"
    assert head_of("C=CCCCCCCCCC(=O)[O-]") == "CC(=O)[O-]"  # a distant C=C is a tail
    assert head_of("C=CCC(=O)[O-]") == "C=CCC(=O)[O-]"  # a near one is not


def kept(smiles: str) -> tuple[object, ...]:
    form = form_of(smiles)
    if form is None:
        return (None,)
    modes = Counter(
        (mode.ligand_class, mode.group, mode.element, len(mode.donor_atoms)) for mode in form.modes
    )
    return form.charge, form.ligand_class, sum(len(mode.donor_atoms) for mode in form.modes), modes


def check(smiles: str, variants: list[str]) -> None:
    head = head_of(smiles)
    assert kept(head) == kept(smiles), f"{smiles} -> {head}"
    assert head_of(head) == head, f"{smiles} -> {head} -> {head_of(head)}"
    assert parse(head).GetNumHeavyAtoms() <= parse(smiles).GetNumHeavyAtoms()
    assert {head_of(variant) for variant in variants} <= {head}, smiles


def test_invariants_over_the_catalogue(catalogue_smiles, redraw):
    for smiles in catalogue_smiles:
        for form in binding_forms(smiles):
            check(form.smiles, redraw(form.smiles, 1))


def test_invariants_over_odd_molecules(molecules, redraw):
    for smiles in molecules:
        for form in binding_forms(smiles):
            check(form.smiles, redraw(form.smiles, 1))


def test_invariants_over_library_acids(library_acids, redraw):
    for smiles in library_acids:
        try:
            forms = binding_forms(smiles)
        except StructureError:
            continue
        for form in forms:
            check(form.smiles, redraw(form.smiles, 1))


TAILS = st.one_of(
    st.integers(1, 18).map(lambda length: "C" * length),
    st.integers(1, 8).map(lambda length: "FC(F)(F)" + "C(F)(F)" * (length - 1)),
    st.sampled_from(
        [
            "CCCCC(CC)C",
            "CC(C)(C)",
            "CC(C)CCCC(C)CC",
            "CCCCCCCC/C=C\\CCCCCCCC",
            "C#CCCCC",
            "C1CCCCC1CC",
            "c1ccccc1C",
            "OCCCCC",
            "[2H]C([2H])([2H])C",
            "[13CH3]C",
            "FCCCCC",
            "C[C@H](CC)CC",
            "NCCC",
            "C[N+](C)(C)CC",
        ]
    ),
)
LINKERS = st.sampled_from(
    [
        "",
        "C",
        "CC",
        "C(C)",
        "C(CCCC)",
        "C(F)(F)",
        "C(O)",
        "OCC",
        "CSCC",
        "C(=O)NCC",
        "C=C",
        "C#C",
        "c1ccc({})cc1",
    ]
)
DONORS = st.sampled_from(
    [
        "C(=O)[O-]",
        "P(=O)(O)[O-]",
        "P(=O)([O-])[O-]",
        "P(=O)(OCCCC)[O-]",
        "S(=O)(=O)[O-]",
        "OP(=O)(O)[O-]",
        "OS(=O)(=O)[O-]",
        "[S-]",
        "S",
        "N",
        "N(CCCC)CCCC",
        "P(CCCC)CCCC",
        "P(=O)(CCCC)CCCC",
        "P(=[Se])(CC)CC",
        "SCCCC",
        "OC(=S)[S-]",
        "N(CCCC)C(=S)[S-]",
        "C(=O)N[O-]",
        "C(=O)[S-]",
        "C(C(=O)[O-])C(=O)[O-]",
        "NCC(=O)[O-]",
        "[N+](C)(C)CCCS(=O)(=O)[O-]",
        "[N+](C)(CCCCCC)CC(=O)[O-]",
        "OP(=O)([O-])OCC[N+](C)(C)C",
        "n1ccnc1",
        "c1ccncc1",
        "c1cccs1",
        "C#N",
    ]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=250)
@given(TAILS, LINKERS, DONORS, st.randoms(use_true_random=False))
def test_invariants_over_a_generated_family(tail, linker, donor, random):
    smiles = tail + (linker.format(donor) if "{" in linker else linker + donor)
    mol = Chem.MolFromSmiles(smiles)
    assume(mol is not None)
    order = list(range(mol.GetNumAtoms()))
    random.shuffle(order)
    shuffled = Chem.MolToSmiles(Chem.RenumberAtoms(mol, order), canonical=False)
    check(canonical(smiles), [smiles, shuffled])


@settings(deadline=None)
@given(st.integers(4, 22), st.sampled_from(["C(=O)[O-]", "S(=O)(=O)[O-]", "P(=O)(O)[O-]", "N", "[S-]"]))
def test_a_longer_tail_has_the_same_head(length, donor):
    assert head_of("C" * length + donor) == head_of("C" * (length + 1) + donor) == canonical("C" + donor)


@pytest.mark.parametrize(
    ("smiles", "head"),
    [
        ("O=C([O-])C1CCCCC1", "CC(=O)[O-]"),
        ("O=C([O-])C12CC3CC(CC(C3)C1)C2", "CC(=O)[O-]"),
        ("C1CCC(CC1)CP(CC1CCCCC1)CC1CCCCC1", "CP(C)C"),
        ("O=C([O-])C1(F)C(F)(F)C(F)(F)C(F)(F)C(F)(F)C1(F)F", "O=C([O-])C(F)(F)F"),
        # strained rings, and rings with more than a tail's C and H, stay
        ("O=C([O-])C1CC1", "O=C([O-])C1CC1"),
        ("O=C([O-])C1CCC1", "O=C([O-])C1CCC1"),
        ("O=C([O-])C1CCOCC1", "O=C([O-])C1CCOCC1"),
        ("O=C([O-])C1CCCC=C1", "O=C([O-])C1C=CCCC1"),
        ("C1CCNCC1", "C1CCNCC1"),
    ],
)
def test_a_saturated_ring_is_a_tail(smiles, head):
    assert head_of(smiles) == head
    assert head_of(head) == head


@pytest.mark.parametrize(
    ("smiles", "expected"),
    [
        ("OCCCCCCCCCCCC(=O)[O-]", True),
        ("CCCCCCC(O)CCCCCCCCCCC(=O)[O-]", True),
        ("O=C([O-])CCCCCBr", True),
        ("O=C([O-])CCC(=O)[O-]", False),
        ("CCCCCCCC(=O)[O-]", False),
        ("O=C([O-])c1ccccc1", False),
    ],
)
def test_a_head_that_kept_its_tail_is_known_as_such(smiles, expected):
    assert keeps_a_tail(head_of(smiles)) is expected


@pytest.mark.parametrize(
    ("smiles", "head"),
    [
        ("CC(C)(C)P(C(C)(C)C)C(C)(C)C", "CC(C)(C)P(C(C)(C)C)C(C)(C)C"),
        ("CCCCP(CCCC)CCCC", "CP(C)C"),  # the cone of an unbranched chain doesn't grow with its length
        ("CCCCC(CC)CP(CC(CC)CCCC)CC(CC)CCCC", "CP(C)C"),  # branched one carbon further out
        ("C1CCC(CC1)P(C1CCCCC1)C1CCCCC1", "C1CCC(P(C2CCCCC2)C2CCCCC2)CC1"),
        ("CCCCCCC(C)N", "CC(C)N"),
        ("CCCCCCC(C)(CCC)NC", "CNC(C)(C)C"),
        ("CCCCCCC(CCCC)[As](C)C", "CC(C)[As](C)C"),
        ("CCCCCCC(C)O", "CO"),  # an oxygen has room
        ("CCCCCCC(CC)C(=O)[O-]", "CC(=O)[O-]"),  # the carbon of a carboxylate is no donor
    ],
)
def test_bulk_right_at_a_donor_nitrogen_or_phosphorus_stays(smiles, head):
    assert head_of(smiles) == head
    assert head_of(head) == head
    assert (head_of(smiles) == head_of("CCCCCCCCP(CCCCCCCC)CCCCCCCC")) is (head == "CP(C)C")


@pytest.mark.parametrize(
    "smiles",
    [
        "C" * 499 + "O",
        "OCC" * 160,
        "O=C([O-])" + "C(F)(F)" * 160 + "F",
        "CC(C)(C(=O)[O-])" * 80 + "C",
        "NCC" * 160,
    ],
)
def test_a_large_molecule_is_cut_in_good_time(smiles):
    canonical(smiles)
    start = time.process_time()
    head_of(smiles)
    assert time.process_time() - start < 1.0  # at most 0.1 s on an idle machine
