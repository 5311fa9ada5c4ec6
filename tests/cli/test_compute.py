from __future__ import annotations

import json

import pytest

from ligandkb.cli.compute import chosen_levels
from ligandkb.problems import UsageError


def test_levels_are_named_however_they_are_capitalised():
    assert [str(level) for level in chosen_levels(["gfn2"], ["GAS", "toluene"])] == [
        "GFN2-xTB, gas",
        "GFN2-xTB, toluene",
    ]
    with pytest.raises(UsageError, match="did you mean 'toluene'"):
        chosen_levels(["GFN2-xTB"], ["tolune"])


def test_unseen_structure_is_computed_on_the_spot_and_kept(run, tmp_path, monkeypatch):
    pytest.importorskip("tblite")
    monkeypatch.setenv("LIGANDKB_CACHE", str(tmp_path))
    unseen = "OC(=O)c1cc(F)ccc1Cl"
    without = json.loads(run("explain", unseen, "--no-compute", "--format", "json").out)
    assert without["descriptors"]["hardness_ev"]["state"] == "missing (run: ligandkb compute)"
    assert not list(tmp_path.iterdir()), "looking makes no file"
    computed = json.loads(run("explain", unseen, "--format", "json").out)
    assert computed["descriptors"]["hardness_ev"]["value"] > 0
    assert computed["descriptors"]["vertical_electron_affinity_ev"]["state"] == "present"
    kept = json.loads(run("explain", unseen, "--no-compute", "--format", "json").out)
    assert kept["descriptors"]["hardness_ev"] == computed["descriptors"]["hardness_ev"]


def test_rank_never_computes_unless_told_to(run, tmp_path, monkeypatch):
    lab = tmp_path / "lab"
    lab.mkdir()
    (lab / "ligands.csv").write_text("name,smiles\nunseen acid,OC(=O)c1cc(F)cc(Br)c1\n", encoding="utf-8")
    monkeypatch.setenv("LIGANDKB_CACHE", str(tmp_path / "cache"))
    assert run("rank", "--data", lab, "--format", "json").code == 0
    # What follows from the drawing alone is kept for the next ranking; nothing was computed.
    assert {kept.name for kept in (tmp_path / "cache").iterdir()} == {"structures.json"}
