"""Does the coverage count what is there, beside what 0.1.0 had?"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import ligandkb as lk
from ligandkb.validation.catalogue import RELEASE, counts_of, release_counts

FROZEN = Path(__file__).parents[1] / "frozen" / "0.1.0" / "validate-catalogue.json.gz"


def counted(coverage):
    return {one.measure: one for one in counts_of(coverage)}


def test_the_figures_of_the_release_are_those_that_it_printed():
    said = json.loads(gzip.decompress(FROZEN.read_bytes()))["answer"]
    counts = {measure: one.count for measure, one in release_counts().items()}
    assert RELEASE == said["meta"]["version"]
    assert counts["products"] == said["products"]
    assert counts["ligands"] == said["ligands"]
    assert counts["hazard statements known"] == said["labels_read"]
    assert counts["CAS number verified"] == said["cas_verified"]
    assert counts["melting point sourced"] == said["melting_points"]
    assert counts["density sourced"] == said["densities"]
    assert counts["binding forms"] == said["forms"]
    assert counts["pKa of the conjugate acid sourced"] == said["pka"]
    assert counts["outcomes"] == said["outcomes"]
    assert counts["outcomes with before and after"] == dict(said["by_strength"])["paired"]
    assert counts["boiling point sourced"] == counts["solubility printed"] == 0


def test_the_release_is_compared_in_measures_that_are_counted_today(kb):
    assert release_counts().keys() <= counted(kb.coverage()).keys()


def test_every_pair_s_solubility_is_measured_judged_or_unknown(kb):
    coverage = kb.coverage()
    assert [known for known, _ in coverage.solubility] == ["measured", "judged", "unknown"]
    assert sum(count for _, count in coverage.solubility) == coverage.pairs == len(kb.rank())


def test_properties_and_solubility_are_counted_whichever_table_they_stand_in(kb, tmp_path):
    before = counted(kb.coverage())
    (tmp_path / "properties.csv").write_text(
        "smiles,boiling_point_c,density_g_per_ml,source\nNC(N)=S,500,1.4,made up\n", encoding="utf-8"
    )
    (tmp_path / "solubility.csv").write_text(
        "smiles,solvent,dissolves,source\nNC(N)=S,toluene,no,made up\n", encoding="utf-8"
    )
    after = counted(lk.load(tmp_path, ()).coverage())
    for measure in (
        "boiling point sourced",
        "density sourced",
        "solubility printed",
        "solubility measured",
    ):
        assert after[measure].count == before[measure].count + 1, measure
    assert after["solubility unknown"].count == before["solubility unknown"].count - 1
