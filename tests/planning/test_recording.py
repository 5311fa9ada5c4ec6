"""Can what the sheet says be pasted once the figures are in?"""

import shlex

import pytest

from ligandkb.planning.recording import TO_FILL_IN
from ligandkb.reports.bench_sheet import bench_sheet
from ligandkb.reports.document import Typed

SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}
PAIRS = (
    ("hexylphosphonic acid", "oleylammonium", None),
    ("hexylphosphonic acid", "oleylammonium", "hexylphosphonate(2-)"),
    ("DDAB", None, None),
    ("zinc bromide", None, None),
    ("trioctylphosphine", None, None),
    ("OC(=O)CCCCCCCCCCCC(C)CC", "oleylammonium", None),
)


@pytest.mark.parametrize(("ligand", "partner", "form"), PAIRS)
def test_the_sheets_command_records_the_pair_that_was_planned(kb, run, tmp_path, ligand, partner, form):
    plan = kb.plan(ligand, partners=partner, form=form, **SAMPLE)
    section = next(one for one in bench_sheet(plan).blocks if one.title == "To record what it did")
    (command,) = next(one for one in section.blocks if isinstance(one, Typed)).lines
    measured = dict(zip(TO_FILL_IN, ("62±3", "88±3", "improved", "B1"), strict=True))
    typed = [measured.get(word, word) for word in shlex.split(command)][1:]
    assert set(measured.values()) < set(typed)
    database = ["--db", str(tmp_path / "own.sqlite")]
    done = run(*typed, *database)
    assert done.code == 0, done.err
    (row,) = run("outcomes", "list", "-f", "json", *database).rows
    item = kb.assess(ligand, partners=partner) if form is None else None
    assert item is None or row["binding_form_smiles"] == item.pair.form.form.smiles
    assert form is None or row["binding_form"] == form
    assert item is None or row["partner"] == item.pair.partner_id
    assert (row["equivalents"], row["concentration_mmol_per_l"]) == (4, pytest.approx(6.37))
    assert row["added_as"] and row["nc_batch"] == "B1"
