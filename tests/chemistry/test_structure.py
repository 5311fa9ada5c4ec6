"""Is untrusted text refused or read, always in one and the same drawing?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdkit import Chem, rdBase
from rdkit.Chem.rdMolDescriptors import CalcMolFormula

from ligandkb.chemistry.smiles_text import MAX_ATOMS, MAX_SMILES_LENGTH
from ligandkb.chemistry.structure import (
    canonical,
    conjugate_acid,
    could_be_smiles,
    has_metal,
    is_metal,
    parse,
)
from ligandkb.problems import StructureError

REFUSED = [
    ("", "empty", 0),
    ("   ", "empty", 0),
    ("C" * (MAX_SMILES_LENGTH + 1), "characters", 0),
    ("C" * (MAX_ATOMS + 1), "too many atoms", 0),
    ("[CH2]" * 390, "a radical", None),
    ("CC(=O)O acetic acid", "text after the SMILES", 7),
    ("CCO |$;;R1$|", "text after the SMILES", 3),
    ("CC\x1b[31m", "U+001B", 2),
    ("CС", "U+0421", 1),  # a Cyrillic letter that looks like C
    ("CC(=O)[O−]", "U+2212", 8),  # a typographic minus
    ("CC(=O", "not a SMILES", None),
    ("CC)C", "not a SMILES", 2),
    ("CCX", "not a SMILES", 2),
    ("CC[Xx]C", "not a SMILES", 2),
    ("C1CC", "not a SMILES", None),
    ("CC*", "wildcard", 2),
    ("[*]CCO", "wildcard", 0),
    ("CC[O]", "radical on O", 2),
    ("C[CH2]", "radical on C", 1),
    ("[NH3+]CC[CH2]", "radical on C", 8),
    ("[Se]", "radical on Se", 0),
    ("C(C)(C)(C)(C)C", "valence", 0),
    ("c1cccn1", "kekulize", 0),
]


@pytest.mark.parametrize(("smiles", "what", "position"), REFUSED)
def test_refused_with_message_and_position(smiles, what, position):
    with pytest.raises(StructureError) as caught:
        parse(smiles)
    assert what in str(caught.value)
    assert caught.value.fix
    if position is not None:
        assert caught.value.position == position


def test_missing_hydrogen_on_an_aromatic_nitrogen_is_named():
    with pytest.raises(StructureError, match=r"c1cc\[nH\]c1"):
        parse("OC(=O)Cc1nc2cccnc2n1")


def test_at_the_limits():
    assert parse("C" * MAX_ATOMS).GetNumAtoms() == MAX_ATOMS


@given(st.text(alphabet="CNOPSFIBrlcnos[]()=#+-123@/\\.%*H ", max_size=60))
def test_any_text_is_read_or_refused_at_a_place_in_it(text):
    try:
        mol = parse(text)
    except StructureError as error:
        assert 0 <= error.position <= max(len(text), 1)
    else:
        assert 0 < mol.GetNumAtoms() <= MAX_ATOMS


@given(st.text(max_size=40))
def test_any_unicode_is_read_or_refused(text):
    try:
        canonical(text)
    except StructureError as error:
        assert error.what


@pytest.mark.parametrize("depth", [500, 900])
def test_deep_nesting_does_not_overflow(depth):
    try:
        parse("C(" * depth + "C" + ")" * depth)
    except StructureError as error:
        assert error.what


ONE_SPECIES = [
    ("N#C[S-]", ["[S-]C#N", "[N-]=C=S", "S=C=[N-]"]),
    ("N#C[Se-]", ["[N-]=C=[Se]"]),
    ("N#C[O-]", ["[N-]=C=O", "O=C=[N-]"]),
    ("N#C[N-]C#N", ["[N-]=C=NC#N", "N#CN=C=[N-]"]),
    ("[N-]=[N+]=[N-]", ["[N-2][N+]#N", "N#[N+][N-2]"]),
    ("CC(=O)[S-]", ["CC([O-])=S", "S=C(C)[O-]"]),
    ("CCOP(=O)([S-])OCC", ["CCOP([O-])(=S)OCC"]),
    ("O=S(=O)([O-])[S-]", ["[O-]S([O-])(=O)=S", "[O-]S(=O)(=O)[S-]"]),
    ("CCN(CC)C(=S)[S-]", ["CC[N+](CC)=C([S-])[S-]"]),
    ("NC(N)=S", ["NC(=[NH2+])[S-]"]),
    ("CN(C)C=O", ["C[N+](C)=C[O-]"]),
    ("NC(N)=[NH2+]", ["N[C+](N)N", "[NH2+]=C(N)N"]),
    ("CC(=O)[O-]", ["C[C+]([O-])[O-]"]),
    ("CP(C)(C)=O", ["C[P+](C)(C)[O-]"]),
    ("CCCCCCP(=O)(O)O", ["CCCCCC[P+]([O-])(O)O"]),
    ("CS(C)=O", ["C[S+](C)[O-]"]),
    ("CS(=O)(=O)[O-]", ["C[S+2]([O-])([O-])[O-]", "C[S+](=O)([O-])[O-]"]),
    (
        "O=S(=O)([N-]S(=O)(=O)C(F)(F)F)C(F)(F)F",
        ["O=S(=O)(N=S(=O)([O-])C(F)(F)F)C(F)(F)F"],
    ),
    ("C[N+](=O)[O-]", ["CN(=O)=O"]),
    ("Cn1ccnc1[N+](=O)[O-]", ["CN1C=CN=C1N(=O)=O"]),  # nitro: no charge shared with the ring
    ("O=C1CCC(=O)[N-]1", ["[O-]C1=NC(=O)CC1"]),
    ("CN=C(C)[S-]", ["CC([S-])=NC", "C[N-]C(C)=S"]),
    ("C[N+](C)(C)[O-]", ["CN(C)(C)=O"]),
    ("CC[n+]1ccn(C)c1", ["CCn1cc[n+](C)c1"]),
    ("Cc1c[n-]cn1", ["Cc1cnc[n-]1"]),
    ("Cc1nn[n-]n1", ["Cc1nnn[n-]1"]),
    (
        "CC(=O)C=C([O-])C(F)(F)F",
        ["CC([O-])=CC(=O)C(F)(F)F", "CC(=O)/C=C(/[O-])C(F)(F)F", "CC(=O)[CH-]C(=O)C(F)(F)F"],
    ),
]


@pytest.mark.parametrize(("identity", "drawings"), ONE_SPECIES)
def test_every_drawing_of_a_species_has_one_identity(identity, drawings):
    assert {canonical(drawing) for drawing in [identity, *drawings]} == {identity}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CC(=O)C", "CC(O)=C"),  # a ketone and its enol don't change into each other by themselves
        ("CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]", "CCCCCCCC/C=C/CCCCCCCC(=O)[O-]"),  # oleate, elaidate
        ("N[C@@H](C)C(=O)O", "N[C@H](C)C(=O)O"),
        ("CC(=O)[O-]", "[2H]C([2H])([2H])C(=O)[O-]"),
        ("NC(N)=[NH2+].[S-]C#N", "NC(N)=N.SC#N"),
    ],
)
def test_different_species_stay_apart(one, other):
    assert canonical(one) != canonical(other)


def test_identity_is_stable(molecules, catalogue_smiles):
    for smiles in [*molecules, *catalogue_smiles]:
        for part in canonical(smiles).split("."):
            assert canonical(canonical(part)) == canonical(part)


def test_identity_does_not_depend_on_how_it_was_typed(molecules, catalogue_smiles, redraw):
    for smiles in [*molecules, *catalogue_smiles]:
        if "." not in smiles:
            assert {canonical(variant) for variant in redraw(smiles)} == {canonical(smiles)}, smiles


def test_atom_map_numbers_are_no_part_of_the_identity():
    assert canonical("[CH3:1][C:2](=O)[O-:3]") == canonical("CC(=O)[O-]")


def test_charge_and_atoms_survive_the_redrawing(molecules):
    for smiles in molecules:
        plain, standard = Chem.MolFromSmiles(smiles), parse(smiles)
        assert Chem.GetFormalCharge(plain) == Chem.GetFormalCharge(standard)
        assert CalcMolFormula(plain) == CalcMolFormula(standard)


@pytest.mark.parametrize(
    "symbol", ["Li", "Na", "Cs", "Mg", "Al", "Fe", "Zn", "Cd", "Ag", "Sn", "La", "Tl", "Pb", "Bi"]
)
def test_metals(symbol):
    assert is_metal(parse(f"[{symbol}]").GetAtomWithIdx(0))
    assert has_metal(parse(f"[{symbol}+]"))


@pytest.mark.parametrize(
    "smiles", ["[H][H]", "B", "C", "[SiH4]", "[AsH3]", "[SbH3]", "[SeH2]", "[TeH2]", "I", "[Xe]"]
)
def test_not_metals(smiles):
    assert not has_metal(parse(smiles))


@pytest.mark.parametrize(
    ("anion", "acid"),
    [
        ("CC(=O)[O-]", "CC(=O)O"),
        ("CP(=O)([O-])[O-]", "CP(=O)(O)O"),
        ("[Br-]", "Br"),
        ("N#C[S-]", "N#CS"),
        ("C[N+](=O)[O-]", "C[N+](=O)[O-]"),
        ("F[B-](F)(F)c1ccc(C(=O)[O-])cc1", "F[B-](F)(F)c1ccc(C(=O)O)cc1"),
        ("F[P-](F)(F)(F)(F)F", "F[P-](F)(F)(F)(F)F"),
    ],
)
def test_conjugate_acids(anion, acid):
    assert canonical(Chem.MolToSmiles(conjugate_acid(parse(anion)))) == canonical(acid)


@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
def test_a_letter_that_no_symbol_has_is_read_by_nobody(letter):
    """What isn't tried as a SMILES is no SMILES for RDKit, either."""
    frames = (
        "{}",
        "C{}",
        "C{}C",
        "{}C",
        "c1c{}ccc1",
        "c1{}cccc1",
        "C({})C",
        "C{}1CC1",
        "[Na+].{}",
        "B{}",
        "S{}",
    )
    read = [text for frame in frames if _reads(text := frame.format(letter))]
    assert could_be_smiles(letter) or not read


def _reads(text):
    with rdBase.BlockLogs():
        return Chem.MolFromSmiles(text, sanitize=False) is not None
