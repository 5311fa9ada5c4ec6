"""Does the scale of neutral donors say what it was fitted on, and nothing beyond?"""

import csv
import json
from dataclasses import asdict

import lead_adsorption as fitting
import numpy as np
import pytest

from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.motifs import GROUPS
from ligandkb.chemistry.native import OLEYLAMINE
from ligandkb.descriptors.lead_adsorption import FILE, LEAD_ADSORPTION, SIZE, shipped_model
from ligandkb.missing import Missing, NotApplicable
from ligandkb.resources import data_directory

WHOLE, SCORED = "lead_adsorption_energy_ev", "lead_adsorption_above_oleylamine_ev"


def columns(smiles):
    form = form_of(smiles)
    assert form is not None
    return LEAD_ADSORPTION.values(form)


def test_size_moves_the_energy_and_not_what_is_scored():
    butylamine, dodecylamine = columns("CCCCN"), columns("CCCCCCCCCCCCN")
    assert dodecylamine[WHOLE] < butylamine[WHOLE]
    assert dodecylamine[SCORED] == butylamine[SCORED] == columns(OLEYLAMINE)[SCORED] == 0.0


def test_bulk_around_the_donor_weakens_it():
    primary, secondary, tertiary = (columns("N" + "(CCCC)" * number)[SCORED] for number in (1, 2, 3))
    assert primary < secondary < tertiary
    assert columns("CCCCCCCN")[SCORED] < columns("CC(C)(C)CN")[SCORED]


@pytest.mark.parametrize(
    ("smiles", "reason"),
    [
        ("CCCCCCCCP(CCCCCCCC)CCCCCCCC", Missing("no phosphine among the molecules of the fit")),
        ("c1c[nH]cn1", Missing("no azole among the molecules of the fit")),
        ("BrCCN", Missing("no Br in the molecules of the fit")),
        ("Oc1ccccc1", Missing("no acids among the molecules of the fit")),
        ("C" * 45 + "N", Missing("46 heavy atoms other than halogen, 3 to 38 in the fit")),
        ("CC(=O)[O-]", NotApplicable("for neutral donors only")),
        ("[NH3+]CC(=O)[O-]", NotApplicable("for neutral donors only")),
    ],
)
def test_outside_of_what_was_fitted_the_reason_is_said(smiles, reason):
    assert set(columns(smiles).values()) == {reason}


def test_what_has_oleylamine_s_group_and_bulk_does_not_differ_from_it():
    for smiles in (OLEYLAMINE, "CCCCCCCCN"):
        found = columns(smiles)
        assert (
            [found[SCORED.replace("_ev", f"_{end}_ev")] for end in ("low", "high")]
            == [found[SCORED]] * 2
            == [0, 0]
        )


@pytest.mark.parametrize("smiles", ["c1ccncc1", "CCCCCCCCP(=O)(CCCCCCCC)CCCCCCCC", "NC(N)=S"])
def test_the_interval_lies_around_the_value(smiles):
    found = columns(smiles)
    for name in (WHOLE, SCORED):
        low, high = (found[name.replace("_ev", f"_{end}_ev")] for end in ("low", "high"))
        assert low < found[name] < high
        assert high - found[name] == pytest.approx(found[name] - low, abs=1e-3)


def test_a_chemist_can_read_the_whole_model():
    model = shipped_model()
    assert len(model.size) + len(model.bulk) + len(model.donor_groups) <= 30
    assert set(model.donor_groups) <= set(GROUPS)
    assert sum(group.n for group in model.donor_groups.values()) == model.n
    assert min(group.n for group in model.donor_groups.values()) >= fitting.FEWEST


def test_a_fit_finds_the_coefficients_that_made_the_energies():
    smiles = ["CCN", "CCCN", "CCCCN", "CNC", "CCNCC", "CN(C)C", "CCN(CC)CC", "ClCCN", "ClCCCCNCCCl", "FCCN"]
    smiles += ["FCCCN", "CC(C)N", "CC(C)CN", "c1ccncc1", "Cc1ccncc1", "Cc1ccccn1", "CCc1ccncc1", "CC(C)(C)N"]
    forms = [form_of(text) for text in smiles]
    groups = np.array([form.mode.group for form in forms])
    made = fitting.Molecules(forms, np.zeros(len(forms)), groups, ["amine", "pyridine"])
    terms = np.column_stack([made.size, made.at_donor])
    true = np.array([-0.04, 0.03, 0.07, -0.9, -0.7, 0.1, 0.02, 0.03])
    assert fitting.fit(terms, terms @ true) == pytest.approx(true)


def test_no_cluster_is_in_two_folds():
    clusters = np.array([0, 1, 1, 2, 3, 3, 3, 4])
    fold = fitting.folds(clusters)
    assert all(len(set(fold[clusters == number])) == 1 for number in range(5))


def test_what_is_dropped_is_counted(tmp_path):
    rows = [("CCCN", -1.0)] * 10 + [
        ("CCCN", -5.0),
        ("CC(=O)O", -1.0),
        ("CC(=O)c1ccccc1O", -1.0),
        ("CSC", -1.0),
    ]
    path = tmp_path / "energies.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([("smiles", "adsorption_energy_ev"), *rows])
    molecules, dropped = fitting.read(path)
    assert (len(molecules.forms), molecules.names) == (10, ["amine"])
    assert dropped["below -2 eV"] == dropped["rare donor group"] == 1
    assert sum(dropped.values()) == 4


@pytest.mark.slow
def test_the_shipped_coefficients_are_those_of_the_fit(shared):
    molecules, _ = fitting.read(shared / "reference" / "lewis_base_adsorption_fapbi3.csv")
    clusters = fitting.butina(molecules.forms)
    found = fitting.coefficients(molecules, clusters)
    shipped = json.loads((data_directory() / FILE).read_text(encoding="utf-8"))
    assert found["n"] == shipped["n"]
    for part in ("size", "bulk", "donor_groups"):
        for name, entry in shipped[part].items():
            assert found[part][name] == pytest.approx(entry, abs=2e-3), name
    assert asdict(shipped_model())["donor_groups"] == shipped["donor_groups"]


@pytest.mark.slow
def test_donor_and_bulk_add_a_tenth_of_r_squared_to_size_on_clusters_that_were_left_out(shared):
    molecules, _ = fitting.read(shared / "reference" / "lewis_base_adsorption_fapbi3.csv")
    energies, size = molecules.energies_ev, molecules.size
    constant = np.ones((len(energies), 1))
    for clusters in (fitting.butina(molecules.forms), fitting.scaffolds(molecules.forms)):
        fold = fitting.folds(clusters)
        alone, whole = (
            fitting.r_squared((terms * fitting.left_out(terms, energies, fold)).sum(axis=1), energies)
            for terms in (np.column_stack([constant, size]), np.column_stack([size, molecules.at_donor]))
        )
        assert whole - alone >= 0.10
        assert size.shape[1] == len(SIZE)
