"""The catalogue, what was measured, and a lab's own rows, as a chemist meets them on the command line."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ligandkb as lk
from ligandkb.assessment.records import FACTS

Run = Callable[..., Any]
OUTCOMES = (
    "id,binding_form,binding_form_smiles,partner,composition,route,effect,plqy_before_pct,plqy_after_pct\n"
)
BENZOATE = "[O-]C(=O)c1ccccc1"
PREDICTION = ("verdict", "score", "score_low", "score_high", "reasons", "safety")


def ranked(run: Run, *arguments: str | Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows of ``rank`` by binding form and partner."""
    done = run("rank", "--all-partners", "--format", "json", *arguments)
    assert (done.code, done.err) == (0, "")
    return {(row["binding_form"], row["partner"]): row for row in json.loads(done.out)["rows"]}


def predictions(rows: dict[tuple[str, str], dict[str, Any]]) -> dict[tuple[str, str], list[Any]]:
    return {pair: [row[name] for name in PREDICTION] for pair, row in rows.items()}


# What is shipped


def test_what_is_shipped_passes_its_check(run: Run) -> None:
    done = run("check", "--examples")
    assert (done.code, done.err) == (0, "")
    assert "no problems" in done.out


def test_validate_catalogue_prints_the_coverage(run: Run, kb: lk.KnowledgeBase) -> None:
    done = run("validate", "catalogue")
    assert (done.code, done.err) == (0, "")
    products, outcomes = kb.catalogue.products, kb.outcomes
    said = {
        cells[0]: cells[-1]
        for line in done.out.splitlines()
        if len(cells := re.split(r"\s{2,}", line.strip())) > 1
    }
    verified = sum(bool(product.cas and product.cas_source) for product in products)
    assert said["CAS number verified"] == f"{verified} of {len(products)}"
    assert said["outcomes"] == str(len(outcomes))
    table_entries = sum(outcome.strength == "table_entry" for outcome in outcomes)
    assert said["outcomes by strength: table_entry"] == str(table_entries)
    forms = {form.form for product in kb.ligands for form in product.forms}
    assert said["pKa of the conjugate acid sourced"].endswith(f" of {len(forms)}")
    assert re.search(r"hazard statements known +37 of 199 ", done.out)  # what 0.1.0 knew
    assert "pairs in conflict" in said


# Evidence stands beside the prediction


def test_a_removal_never_makes_its_pair_look_harmful(run: Run, lab: Run) -> None:
    shipped = ranked(run)
    seen, unseen = ("benzoate", "oleylammonium"), ("benzoate", "caesium")
    assert shipped[seen]["observed"] == "improved"
    assert shipped[unseen]["observed"] is None
    # Taken away, the pair leaves the sample dimmer; so it did good while it was there.
    rows = [
        f"removed-{partner},benzoate,{BENZOATE},{partner},CsPbBr3,removal,decreased,90,60"
        for _, partner in (seen, unseen)
    ]
    after = ranked(run, "--data", lab(outcomes=OUTCOMES + "\n".join(rows) + "\n"))
    same = [name for name in shipped[seen] if name != "evidence"]
    for pair, row in shipped.items():
        assert [after[pair][name] for name in same] == [row[name] for name in same]
    relations = {item["id"]: item["relation"] for item in after[seen]["evidence"]}
    assert relations["removed-oleylammonium"] == "removal of this pair"
    told = run("explain", "benzoate", "--no-compute", "--data", lab())
    assert "the pair was taken away" in told.out


def test_the_shipped_removal_does_not_speak_against_the_native_pair(run: Run) -> None:
    native = ranked(run)["bromide", "oleylammonium"]
    assert any(item["relation"] == "removal of this pair" for item in native["evidence"])
    assert native["observed"] is None


ABSURD = {
    "benzoate": (BENZOATE, "decreased", "conflict"),
    "acetate": ("CC(=O)[O-]", "improved", "conflict"),
    "oleate": (r"CCCCCCCC/C=C\CCCCCCCC(=O)[O-]", "improved", "conflict"),  # the reference itself
    "fluoroacetate": ("[O-]C(=O)CF", "decreased", "conflict"),
    "cyanoacetate": ("[O-]C(=O)CC#N", "decreased", "decreased"),  # nothing was measured on it before
}


def test_absurd_outcomes_change_no_prediction_and_show(run: Run, lab: Run) -> None:
    rows = [
        f"absurd-{form},{form},{smiles},oleylammonium,CsPbBr3,post_synthetic,{effect},"
        + ("100,0" if effect == "decreased" else "0,100")
        for form, (smiles, effect, _) in ABSURD.items()
    ]
    folder = lab(outcomes=OUTCOMES + "\n".join(rows) + "\n")
    shipped, planted = ranked(run), ranked(run, "--data", folder)
    assert predictions(planted) == predictions(shipped)
    for form, (_, _, observed) in ABSURD.items():
        row = planted[form, "oleylammonium"]
        assert row["observed"] == observed
        assert f"absurd-{form}" in {item["id"] for item in row["evidence"]}
        told = run("explain", form, "--no-compute", "--data", folder).out
        said = {"decreased": "100 → 0 %, decreased", "improved": "0 → 100 %, improved"}.get(
            observed, observed
        )
        assert f"MEASURED\n  - {said}" in told
    said = [run("rank", "--legend", *more).out.splitlines() for more in ((), ("--data", folder))]
    agreement = [[line for line in lines if "n-sample agreement" in line] for lines in said]
    assert agreement[0]
    assert agreement[1] == agreement[0]


# A row of name and SMILES


def test_name_and_smiles_are_enough(run: Run, lab: Run) -> None:
    folder = lab(ligands="name,smiles\n3-chloro-5-fluorobenzoic acid,OC(=O)c1cc(F)cc(Cl)c1\n")
    assert run("check", "--data", folder).code == 0
    row = ranked(run, "--data", folder)["3-chloro-5-fluorobenzoate", "oleylammonium"]
    assert row["ligand"] == "3-chloro-5-fluorobenzoic-acid"
    assert (row["ligand_class"], row["head"]) == ("X", "O=C([O-])c1cc(F)cc(Cl)c1")
    assert row["products"] == [["3-chloro-5-fluorobenzoic-acid", "oleylamine"]]
    assert row["verdict"] in ("recommended", "no-better", "undecided", "unassessed")
    assert row["reasons"]
    assert row["cas"] is None

    names = ("3-chloro-5-fluorobenzoic acid", "3-chloro-5-fluorobenzoate", "c1c(F)cc(Cl)cc1C(O)=O")
    told = [run("explain", name, "--no-compute", "--format", "json", "--data", folder) for name in names]
    assert [one.code for one in told] == [0, 0, 0]
    explanation = json.loads(told[0].out)
    assert all(json.loads(one.out) == explanation for one in told)
    assert {name: explanation[name] for name in ("verdict", "score", "head")} == {
        name: row[name] if name != "score" else pytest.approx(row[name], abs=1e-3)
        for name in ("verdict", "score", "head")
    }
    assert explanation["binding_modes"] == [{"class": "X", "group": "carboxylate", "element": "O"}]
    # Every descriptor has a value, or says why it has none and what to do about it.
    for name, descriptor in explanation["descriptors"].items():
        assert descriptor.get("value") is not None or descriptor["state"], name
    values = {name: item.get("value") for name, item in explanation["descriptors"].items()}
    assert values["aromatic_ring_count"] == 1
    assert values["is_conjugated"] is True
    assert values["donor_charge_e"] < 0
    assert explanation["descriptors"]["hardness_ev"]["state"] == "missing (run: ligandkb compute)"
    assert "CAS not verified" in run("explain", names[0], "--no-compute", "--data", folder).out


@pytest.mark.parametrize(
    ("name", "smiles", "veto"),
    [
        ("shelf acid", "OC(=O)CF", "lethal"),
        ("shelf salt", "[Na+].[O-]C(=O)CCCF", "lethal"),
        ("shelf azide", "[N-]=[N+]=[N-].CCCC[N+](CCCC)(CCCC)CCCC", "explosive"),
    ],
)
def test_a_harmless_name_lifts_no_veto(name: str, smiles: str, veto: str, run: Run, lab: Run) -> None:
    folder = lab(ligands=f"name,smiles\n{name},{smiles}\n")
    rows = [row for row in ranked(run, "--data", folder).values() if row["ligand_name"] == name]
    told = json.loads(run("explain", name, "--format", "json", "--no-compute", "--data", folder).out)
    for row in [*rows, told]:
        assert row["verdict"] == "vetoed"
        assert veto in row["safety"]["vetoes"]


# One folder laid over another


def test_the_same_id_replaces_and_every_output_says_so(run: Run, lab: Run) -> None:
    folder = lab(ligands="id,name,smiles,supplier\nbenzoic-acid,benzoic acid (shelf),OC(=O)c1ccccc1,ours\n")
    said = f"benzoic-acid is replaced by {folder / 'ligands.csv'}:2"
    assert said in run("check", "--data", folder).err
    assert said in " ".join(run("rank", "--data", folder).out.split())
    assert said in run("rank", "--data", folder, "--format", "md").out.replace("\\_", "_")
    meta = json.loads(run("rank", "--data", folder, "--format", "json").out)["meta"]
    assert meta["overlaid"] == [said]
    assert meta["overlays"] == [str(folder)]
    assert said in " ".join(run("explain", "benzoate", "--no-compute", "--data", folder).out.split())
    told = json.loads(run("explain", "benzoate", "--no-compute", "--format", "json", "--data", folder).out)
    assert told["meta"]["overlaid"] == [said]
    assert told["ligand_name"] == "benzoic acid (shelf)"


def test_other_rows_are_added_and_nothing_else_changes(run: Run, lab: Run) -> None:
    shipped = ranked(run)
    with_own = ranked(run, "--data", lab(ligands="name,smiles\n3-iodo-x acid,OC(=O)c1cc(F)cc(I)c1\n"))
    assert predictions(with_own).items() >= predictions(shipped).items()
    assert {row["ligand"] for pair, row in with_own.items() if pair not in shipped} == {"3-iodo-x-acid"}


def test_one_structure_from_two_suppliers_is_two_products_of_one_species(run: Run, lab: Run) -> None:
    folder = lab(
        ligands="name,smiles,supplier\nshelf acid,OC(c1ccccc1)=O,ours\nbench acid,c1ccccc1C(=O)O,theirs\n"
    )
    row = ranked(run, "--data", folder)["benzoate", "oleylammonium"]
    bought = [[product, "oleylamine"] for product in ("benzoic-acid", "shelf-acid", "bench-acid")]
    assert row["products"] == bought
    for name in ("shelf acid", "bench acid"):
        told = json.loads(run("explain", name, "--no-compute", "--format", "json", "--data", folder).out)
        assert (told["ligand_name"], told["binding_form"], told["observed"]) == (name, "benzoate", "improved")


def test_the_last_of_several_folders_wins(run: Run, lab: Run) -> None:
    first = lab(
        "group",
        ligands="id,name,smiles\nbenzoic-acid,group's,OC(=O)c1ccccc1\nx,x acid,OC(=O)c1cc(F)cc(I)c1\n",
    )
    last = lab("mine", ligands="id,name,smiles\nbenzoic-acid,mine,OC(=O)c1ccccc1\n")
    rows = ranked(run, "--data", first, "--data", last)
    assert rows["benzoate", "oleylammonium"]["ligand_name"] == "mine"
    assert [row for row in rows.values() if row["ligand"] == "x"]


# A table as a spreadsheet saves it


@pytest.mark.filterwarnings("ignore:.*read as Windows-1252")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_s_csv(encoding: str, separator: str, run: Run, lab: Run) -> None:
    cells = [
        ["name", "smiles", "density_g_per_ml", "melting_point_c", "note"],
        ["2-äthylhexansäure acid", "CCCCC(CC)C(=O)O", "0,903", "-59,5", "„bench 4“"],
    ]
    text = "".join(separator.join(row) + "\r\n" for row in cells)
    folder = lab(ligands=text.encode(encoding))
    assert run("check", "--data", folder).code == 0
    told = run("explain", "2-äthylhexansäure acid", "--no-compute", "--format", "json", "--data", folder)
    assert (told.code, json.loads(told.out)["ligand_name"]) == (0, "2-äthylhexansäure acid")
    (own,) = [product for product in lk.load([folder]).ligands if product.name == "2-äthylhexansäure acid"]
    assert (own.density_g_per_ml, own.melting_point_c) == (0.903, -59.5)


def test_a_comma_in_a_number_of_a_comma_separated_table_is_never_guessed(run: Run, lab: Run) -> None:
    folder = lab(ligands='name,smiles,density_g_per_ml\na,CCCCC(CC)C(=O)O,"0,903"\n')
    done = run("check", "--data", folder)
    assert done.code == 1
    assert "ligands.csv:2:19:" in done.err


# Text that would do something


HOSTILE = {
    "terminal": "\x1b]0;owned\x07\x1b[31mredic acid",
    "bidi": "\u202egnirtsic acid",
    "formula": "=cmd()|'/C calc'!A0ic acid",
    "at": "@SUM(1)ic acid",
    "markup": "[bold red]loud[/]ic acid",
    "template": "{smiles.__class__} %s ${HOME}ic acid",
    "markdown": "a|b`c<script>alert(1)</script>ic acid",
}


@pytest.fixture
def hostile(lab: Run) -> Path:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["id", "name", "aliases", "smiles", "supplier", "note"])
    for number, (key, name) in enumerate(HOSTILE.items()):
        # As an apostrophe keeps a text that begins like a formula in a table.
        written = f"'{name}" if name[0] in "=@" else name
        chain = "C" * (number + 1)
        writer.writerow([f"x-{key}", written, f"{key}-alias", f"{chain}C(Cl)(F)C(=O)O", written, written])
    folder: Path = lab(ligands=buffer.getvalue())
    return folder


def harmless(*texts: str) -> None:
    for text in texts:
        assert not {"\x1b", "\x07", "\u202e", "\r"} & set(text)
        assert "Traceback" not in text


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_hostile_names_through_rank(form: str, hostile: Path, run: Run) -> None:
    done = run("rank", "--data", hostile, "--format", form, "--all")
    assert done.code == 0
    if form == "json":
        names = {row["ligand_name"] for row in json.loads(done.out)["rows"]}
        assert set(HOSTILE.values()) <= names
        return
    harmless(done.out, done.err)
    assert "[bold red]loud[/]" in done.out
    assert "{smiles.__class__} %s ${HOME}" in done.out.replace("\\_", "_")
    if form == "md":
        # In a code span everything is literal.
        assert "<script>" not in re.sub(r"(`+).*?\1", "", done.out)
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.out)))
        names = {row["ligand"]: row["ligand_name"] for row in rows}
        assert names["x-formula"] == "'" + HOSTILE["formula"]
        assert names["x-at"] == "'" + HOSTILE["at"]
        numbers = {"score", "score_low", "score_high", *FACTS}
        for row in rows:
            assert not [
                name for name, cell in row.items() if cell[:1] in "=+-@\t" and cell and name not in numbers
            ]
            assert float(row["score"]) == pytest.approx(float(row["score_low"]), abs=50)


@pytest.mark.parametrize("form", ["text", "json", "md"])
@pytest.mark.parametrize("key", HOSTILE)
def test_hostile_names_through_explain(key: str, form: str, hostile: Path, run: Run) -> None:
    for what in (f"x-{key}", f"{key}-alias", HOSTILE[key]):
        done = run("explain", what, "--no-compute", "--data", hostile, "--format", form)
        assert done.code == 0, done.err
        if form == "json":
            assert json.loads(done.out)["ligand_name"] == HOSTILE[key]
        else:
            harmless(done.out, done.err)


def test_hostile_names_side_by_side_and_in_other_commands(hostile: Path, run: Run, tmp_path: Path) -> None:
    ids = [f"x-{key}" for key in HOSTILE]
    database = f"sqlite:///{tmp_path / 'outcomes.sqlite'}"
    add = ["--composition", "CsPbBr3", "--effect", "improved"]
    typed = [
        "outcomes",
        "add",
        ids[0],
        "--partner",
        "oleylammonium",
        *add,
        "--data",
        hostile,
        "--db",
        database,
    ]
    for option in ("--by", "--note"):
        refused = run(*typed, option, HOSTILE["terminal"])
        assert refused.code in (1, 2)
        assert "holds a control character" in refused.err
        harmless(refused.out, refused.err)
    notes = {key: HOSTILE["formula"] if key == "terminal" else text for key, text in HOSTILE.items()}
    add += ["--by", HOSTILE["markup"]]
    for command in (
        ["explain", *ids, "--no-compute", "--data", hostile],
        ["explain", *ids, "--no-compute", "--data", hostile, "--format", "md"],
        ["check", "--data", hostile],
        ["validate", "catalogue", "--data", hostile],
        *(
            [
                "outcomes",
                "add",
                name,
                "--partner",
                "oleylammonium",
                *add,
                "--note",
                notes[key],
                "--data",
                hostile,
                "--db",
                database,
            ]
            for name, key in zip(ids, HOSTILE, strict=True)
        ),
        *(["outcomes", "list", "--format", form, "--db", database] for form in ("table", "csv", "md")),
        ["outcomes", "list", "--history", "--db", database],
    ):
        done = run(*command)
        assert done.code == 0, (command, done.err)
        harmless(done.out, done.err)
    # What is exported comes back as it was, so only what a spreadsheet would run is changed.
    exported = run("outcomes", "export", "--db", database).out
    found = {row["note"] for row in csv.DictReader(io.StringIO(exported))}
    assert "'" + HOSTILE["formula"] in found


def test_hostile_text_in_what_is_asked_and_in_what_is_wrong(run: Run, lab: Run) -> None:
    folder = lab(ligands="id,name,smiles,role\na\x1b[31m,=1+1\x1b[31m,CC(=O)O,\x1b]0;x\x07\n")
    for command in (
        ["check", "--data", folder],
        ["explain", "\x1b[31mred"],
        ["explain", "C\x1b[31m("],
        ["rank", "--partner", "\x1b[31mred"],
        ["rank", "--composition", "\x1b[31mCs"],
        ["rank", "--data", "/nowhere/\x1b[31mred"],
    ):
        done = run(*command)
        assert done.code in (1, 2)
        assert done.err
        harmless(done.out, done.err)


def test_the_whole_command_in_its_own_process(hostile: Path) -> None:
    """Once without the shortcut of one process: bytes on real pipes, encoded as a plain terminal wants them."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "ligandkb", "rank", "--data", str(hostile)]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    harmless(done.stdout.decode("ascii"), done.stderr.decode("ascii"))
