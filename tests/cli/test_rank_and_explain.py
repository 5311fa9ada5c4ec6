from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from ligandkb.cli.app import app

ROW_KEYS = {
    "rank",
    "ligand",
    "ligand_name",
    "binding_form",
    "ligand_class",
    "partner",
    "composition",
    "verdict",
    "score",
    "score_low",
    "score_high",
    "reasons",
    "safety",
    "observed",
    "evidence",
    "products",
}
EXPLAIN_KEYS = {"verdict", "score", "score_low", "score_high", "safety", "rules", "descriptors", "evidence"}


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ligandkb", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)


def test_rank_json_has_meta_and_rows():
    document = json.loads(run("rank", "--format", "json", "--all-partners").stdout)
    assert set(document) == {"meta", "rows"}
    assert {"version", "content", "overlays"} <= set(document["meta"])
    for row in document["rows"]:
        assert set(row) >= ROW_KEYS
        assert {"tags", "not_assessed"} <= set(row["safety"])


@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_rank_prints_the_same_pairs_in_every_format(form):
    rows = json.loads(run("rank", "--format", "json").stdout)["rows"]
    text = run("rank", "--format", form).stdout
    for row in rows:
        assert row["binding_form_smiles"] in text
        assert row["verdict"] in text


def test_rank_csv_reads_back():
    rows = list(csv.DictReader(io.StringIO(run("rank", "--format", "csv", "--top", "5").stdout)))
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "5"]


def test_table_says_that_no_tag_is_no_clearance_and_how_good_the_rules_are():
    text = run("rank").stdout
    assert "No tag is not a clearance" in text
    assert "In-sample agreement with Table 1" in text


def test_explain_json():
    explanation = json.loads(run("explain", "OC(=O)CF", "--format", "json").stdout)
    assert set(explanation) >= EXPLAIN_KEYS
    assert explanation["verdict"] == "vetoed"
    assert "lethal" in explanation["safety"]["vetoes"]


def test_explain_speaks_of_safety_first():
    text = run("explain", "[N-]=[N+]=[N-].[Na+]").stdout
    assert text.index("VETO: explosive") < text.index("VERDICT")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["explain", "benzoat"], 1, "did you mean 'benzoate'"),
        (["explain", "OC(=O)C(F"], 1, "not a SMILES"),
        (["rank", "--composition", "CsPbF3"], 2, "CsPb(Br0.5Cl0.5)3"),
        (["rank", "--partner", "olylammonium"], 2, "did you mean 'oleylammonium'"),
        (["rank", "--class", "Q"], 2, "Q"),
        (["nonsense"], 2, "nonsense"),
        (["rank", "--data", ""], 2, "--data is blank"),
        (["check", "--rules="], 2, "--rules is blank"),
        (["explain", "florbenzoic acid"], 1, "an unknown name says nothing on whether it is dangerous"),
    ],
)
def test_errors_name_the_mend_and_have_their_exit_code(arguments, code, message):
    done = run(*arguments)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["c1cc[nH]c1", "C[n+]1ccccc1.[Br-]", "F/C=C/C(=O)O"])
@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_a_smiles_survives_every_format_of_explain(name, form):
    done = run("explain", name, "--format", form)
    text = json.loads(done.stdout)["smiles"] if form == "json" else done.stdout
    assert name in text


def test_output_is_ascii_safe_on_a_terminal_that_is_not_utf8():
    done = subprocess.run(
        [sys.executable, "-m", "ligandkb", "rank"],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    done.stdout.decode("ascii")


def test_a_closed_pipe_is_no_error():
    command = f"{sys.executable} -m ligandkb rank --all-partners --format json | head -c 100 > /dev/null"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_help_names_every_command():
    done = run("--help")
    assert done.returncode == 0
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__name__ in done.stdout


def test_help_loads_nothing_heavy():
    script = (
        "import sys\nfrom ligandkb.cli.app import app\n"
        "print([m for m in ('rdkit', 'pandas', 'sqlmodel', 'numpy', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ["explain", "benzoate", "--no-compute"],
        ["explain", "benzoate", "oleate", "--no-compute"],
        ["explain", "benzoate", "--no-compute", "--bibtex"],
        ["validate", "table1"],
        ["validate", "table1", "--format", "md"],
        ["validate", "catalogue"],
        ["validate", "hardness"],
    ],
    ids=" ".join,
)
def test_every_output_says_what_it_was_made_with(kb, arguments):
    meta = kb.meta()
    assert f"ligandkb {meta['version']}, data and rules {meta['content']}" in run(*arguments).stdout


def test_validation_json_has_its_meta(kb):
    found = json.loads(run("validate", "catalogue", "--format", "json").stdout)
    assert found["meta"]["content"] == kb.meta()["content"]
    assert found["products"] > 0


def test_csv_stays_plain_and_its_hash_goes_to_stderr(kb):
    done = run("rank", "--format", "csv", "--top", "2")
    assert len(list(csv.reader(io.StringIO(done.stdout)))) == 3
    assert kb.meta()["content"] in done.stderr


def test_bibtex_is_read_over_its_first_line():
    text = run("explain", "benzoate", "--no-compute", "--bibtex").stdout
    assert text.startswith("% ligandkb ")
    assert "@" not in text.split("\n")[0]


def test_a_cache_that_cannot_be_read_stops_nothing_and_is_said(tmp_path):
    (tmp_path / "descriptors.sqlite").write_bytes(b"nothing of the kind" * 500)
    environment = {**os.environ, "LIGANDKB_CACHE": str(tmp_path)}
    done = run("explain", "N#Cc1ccc(S)cc1C", "--no-compute", env=environment)
    assert done.returncode == 0
    assert "note: " in done.stderr
    assert "LIGANDKB_CACHE" in done.stderr
