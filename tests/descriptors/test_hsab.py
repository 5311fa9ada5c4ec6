"""Is the classification Pearson's, and silent where his table is?"""

from __future__ import annotations

import pytest

from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.motifs import GROUPS, MOTIFS
from ligandkb.descriptors import hsab
from ligandkb.descriptors.hsab import HSAB, hsab_class
from ligandkb.missing import Missing, NotApplicable


# Bases as the cited table prints them (doi 10.1021/cr900134a, Table 3).
@pytest.mark.parametrize(
    ("smiles", "expected"),
    [
        ("CC(=O)[O-]", "hard"),
        ("[O-]C([O-])=O", "hard"),
        ("[O-][N+](=O)[O-]", "hard"),
        ("[OH-]", "hard"),
        ("[F-]", "hard"),
        ("[Cl-]", "hard"),
        ("N", "hard"),
        ("CCN", "hard"),
        ("CCO", "hard"),
        ("CCOCC", "hard"),
        ("[Br-]", "borderline"),
        ("[N-]=[N+]=[N-]", "borderline"),
        ("[O-]N=O", "borderline"),
        ("Nc1ccccc1", "borderline"),
        ("c1ccncc1", "borderline"),
        ("[I-]", "soft"),
        ("CCS", "soft"),
        ("CC[S-]", "soft"),
        ("CSC", "soft"),
        ("[S-2]", "soft"),
        ("[C-]#N", "soft"),
        ("CP(C)C", "soft"),
    ],
)
def test_class_of_a_base(smiles, expected):
    assert hsab_class(form_of(smiles)) == expected


@pytest.mark.parametrize("smiles", ["CP(=O)(O)[O-]", "CS(=O)(=O)[O-]", "CCOC(=S)[S-]", "CP(C)(C)=O"])
def test_groups_outside_the_table_are_missing(smiles):
    form = form_of(smiles)
    value = hsab_class(form)
    assert isinstance(value, Missing)
    assert form.mode.group in str(value)


def test_z_type_has_no_class():
    assert isinstance(hsab_class(form_of("CCB(CC)CC")), NotApplicable)


def test_no_substituent_changes_the_class():
    assert hsab_class(form_of("O=C([O-])C(F)(F)F")) == hsab_class(form_of("CC(=O)[O-]"))


def test_the_table_speaks_of_groups_that_exist():
    groups = {key.split()[0] if key.startswith("halide ") else key for key in hsab._CLASSES}
    assert groups <= set(GROUPS)
    assert set(hsab._CLASSES.values()) == set(HSAB.by_name["hsab_class"].allowed)


def test_every_motif_has_a_class_or_a_reason():
    for motif in MOTIFS:
        for smiles in motif.matches:
            value = hsab_class(form_of(smiles))
            assert isinstance(value, Missing) or value in HSAB.by_name["hsab_class"].allowed
