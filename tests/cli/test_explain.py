"""Is an explanation short, whole where danger is concerned, and true to its sources?"""

from __future__ import annotations

import json

NOTEBOOK = "smiles,solvent,dissolves,source,locator\n[Cs+].CC(=O)[O-],toluene,no,our notebook 7,p. 12\n"


def test_who_saw_it_not_dissolve_is_named_and_not_the_paper(run, tmp_path):
    (tmp_path / "solubility.csv").write_text(NOTEBOOK)
    asked = ("explain", "caesium acetate", "--no-compute", "--data", tmp_path)
    explained = json.loads(run(*asked, "--format", "json").out)
    (rule,) = [one for one in explained["rules"] if one["id"] == "seen-not-to-dissolve"]
    assert rule["state"] == "fired"
    own, paper = rule["sources"]
    assert (own["doi"], own["url"]) == (None, None)
    assert own["locator"] == f"our notebook 7; p. 12; {tmp_path / 'solubility.csv'}:2"
    assert paper["locator"].startswith("what counts as dissolved: ")


def test_what_the_shipped_table_saw_is_cited_by_its_own_source(kb):
    contents, seen = next(iter(kb.catalogue.solubility.items()))
    assert set(seen.sources) == set(seen.dissolves)
    assert all(source.url.startswith("https://") for source in seen.sources.values()), contents
