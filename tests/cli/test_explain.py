"""Is an explanation short, whole where danger is concerned, and true to its sources?"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

WRITE = os.environ.get("LIGANDKB_WRITE_SCREENS")  # read before the tests set their own environment
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


def test_one_unknown_name_hides_no_other(run):
    done = run("explain", "benzoate", "benzoat", "oleate", "--no-compute")
    assert done.code == 1
    assert "benzoate against oleate on CsPbBr3" in done.out
    assert "did you mean 'benzoate'" in done.err
    assert done.err.count("says nothing on whether it is dangerous") == 1


def test_what_is_wrong_with_each_name_is_said(run):
    done = run("explain", "benzoate", "MSA", "xyzzy", "OC(=O)C(F", "--no-compute")
    assert done.code == 1
    assert done.out.startswith("benzoate + oleylammonium on CsPbBr3\n")
    for said in ("'MSA' is short for", "'xyzzy' is not in the catalogue", "not a SMILES"):
        assert said in done.err
    alone = run("explain", "xyzzy", "benzoat", "--no-compute")
    assert (alone.code, alone.out) == (1, "")
    assert run("explain", "MSA", "--no-compute").code == 2


def test_a_formula_that_is_a_smiles_says_how_it_was_read(run):
    for names in (["CO"], ["CO", "benzoate"]):
        text = run("explain", *names, "--no-compute").out
        said = " ".join(text.split("\nDANGER\n")[0].split())
        assert "'CO' was read as SMILES, with its hydrogens CH4O" in said
    assert "'CO' was read as SMILES" in run("explain", "CO", "--no-compute", "--full").out


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.html", "<!doctype html>"), ("a.json", "{"), ("a.md", "# "), ("a.txt", "benzoate + ")],
)
def test_the_name_of_a_file_says_the_format(run, tmp_path, name, begins):
    done = run("explain", "benzoate", "--no-compute", "-o", tmp_path / name)
    assert (done.code, done.out) == (0, "")
    assert (tmp_path / name).read_text().startswith(begins)


def test_a_bib_file_is_the_bibliography(run, tmp_path):
    run("explain", "benzoate", "oleate", "--no-compute", "-o", tmp_path / "cited.bib")
    written = (tmp_path / "cited.bib").read_text()
    assert written == run("explain", "benzoate", "oleate", "--no-compute", "--bibtex").out
    assert "@article{nenon2018design," in written
    assert run("explain", "benzoate", "--no-compute", "-o", tmp_path / "a.pdf").code == 2


# ---- screens ----

SCREENS = Path(__file__).parent / "screens"
SHOWN = {
    "benzoate": "benzoate",
    "hexylphosphonic-acid": "hexylphosphonic acid",
    "unseen": "OC(=O)c1ccc(CCC)cc1Br",
    "vetoed": "fluoroacetic acid",
}


@pytest.mark.parametrize("screen", SHOWN)
def test_screens_at_eighty_columns(run, screen):
    """What was looked at. Where the answer is meant to change: LIGANDKB_WRITE_SCREENS=1 pytest tests/cli/test_explain.py."""
    text = run("explain", SHOWN[screen], "--no-compute").out
    found = re.sub(r"data and rules \w{12}\n$", "data and rules HASH\n", text)
    path = SCREENS / f"explain-{screen}.txt"
    if WRITE:
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")
    assert found.count("\n") <= 40


def test_what_stands_in_the_lab_and_what_is_offered_is_said(run, tmp_path):
    (tmp_path / "offers.csv").write_text(
        "product_id,supplier,catalogue_number,pack,price,currency,date,in_stock\n"
        "benzoic-acid,Acme,B1,5 g,12.5,EUR,2026-04-03,\n"
        "benzoic-acid,Acme,B2,25 g,40,EUR,2026-04-03,\n"
        "oleylamine,,,100 mL,,,,yes\n"
    )
    asked = ("explain", "benzoate", "--no-compute", "--data", tmp_path)
    text = " ".join(run(*asked).out.split())
    assert (
        "benzoic acid CAS 65-85-0, >99.5 %, Sigma-Aldrich, solid; offer: Acme B1 5 g 12.50 EUR (2026-04-03), 1 more"
        in text
    )
    assert "oleylamine CAS 112-90-3, 70 %, Sigma-Aldrich; stands in the lab" in text
    bought = json.loads(run(*asked, "-f", "json").out)["to_buy"][0]
    assert [offer["price"] for offer in bought[0]["offers"]] == [12.5, 40]
