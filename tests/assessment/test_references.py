from __future__ import annotations

import pytest

import ligandkb as lk
from ligandkb.assessment.references import native_halide_pair, reference_pairs
from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.motifs import LigandClass


def test_references_are_the_catalogue_s_own_rows(kb):
    for what, ligand_class in (("oleic-acid", LigandClass.X), ("oleylamine", LigandClass.L)):
        assert kb.assess(what).pair.key == reference_pairs()[ligand_class].key


@pytest.mark.parametrize(
    ("composition", "name"),
    [
        ("CsPbCl3", "chloride"),
        ("CsPbBr3", "bromide"),
        ("CsPbI3", "iodide"),
        ("CsPbBr2I", None),
        ("CsPbX3", None),
    ],
)
def test_the_native_pair_has_the_crystal_s_own_halide(composition, name):
    pair = native_halide_pair(parse_composition(composition))
    assert (pair.form.name if pair else None) == name


def test_every_ranking_says_what_its_rows_are_held_against(kb):
    found = {item["pair"]: item["score_low"] for item in kb.rank("CsPbBr3", top=1).attrs["yardsticks"]}
    assert list(found) == ["oleylammonium-oleate", "oleylamine", "oleylammonium-bromide"]
    assert found["oleylammonium-bromide"] == kb.assess("[Br-]", partners="oleylammonium").score_low


def test_a_lab_s_row_can_not_move_the_yardstick(kb, tmp_path):
    (tmp_path / "ligands.csv").write_text(
        "id,name,smiles,role\n"
        "oleic-acid,oleic acid,CCCCCCCC/C=C\\CCCCCCCC(=O)O,solvent\n"
        "oleylamine,oleylamine,CCCCN,ligand\n",
        encoding="utf-8",
    )
    own = lk.load(data=[tmp_path])
    for what in ("difluoroacetic-acid", "butyric-acid", "trioctylphosphine"):
        before, after = kb.assess(what), own.assess(what)
        assert (after.verdict, after.verdict_reason) == (before.verdict, before.verdict_reason)
