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
    "observed_qualifiers",
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


def section(text: str, title: str) -> list[str]:
    """Lines of one section of an explanation."""
    return [line.strip() for line in text.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0].splitlines()]


def test_explain_names_the_product_that_bears_a_danger_and_each_unread_label_once():
    text = run("explain", "benzoate", "--no-compute").stdout
    safety = section(text, "SAFETY")
    assert any(
        line.startswith("oleylamine: corrosive (H314, H318); label read: H302 H314") for line in safety
    )
    assert not any(line.startswith("tags: corrosive") for line in safety)
    assert sum("benzoic acid: label not read" in line for line in safety) == 1
    assert text.count("no label read of benzoic acid") == 1
    assert "hazard statement H314 (severe skin burns and eye damage): oleylamine" in text


@pytest.mark.parametrize(
    ("name", "statements"),
    [("thiourea", "H302 H320 H361"), ("NH4SCN", "H302 H312 H332 H412"), ("CTAB", "H302 H315 H318 H335 H373")],
)
def test_explain_shows_statements_that_no_rule_reads_with_their_source(name, statements):
    (line,) = [
        line for line in section(run("explain", name, "--no-compute").stdout, "SAFETY") if statements in line
    ]
    assert "label read: " in line
    assert "https://" in line


def test_what_is_toxic_by_its_label_is_tagged_so():
    explanation = json.loads(run("explain", "butylamine", "--no-compute", "--format", "json").stdout)
    assert {"toxic", "corrosive"} <= set(explanation["safety"]["tags"])
    (product,) = explanation["safety"]["products"]
    assert product["tags"]["toxic"] == ["H301", "H311"]
    assert product["label"]["statements"] == ["H301", "H311", "H314", "H318"]


def test_values_missing_for_one_reason_are_one_line_that_says_what_helps():
    text = run("explain", "OC(=O)c1ccc(CCC)cc1Br", "--no-compute").stdout
    descriptors = section(text, "DESCRIPTORS")
    assert sum("ligandkb compute)" in line for line in descriptors) == 1
    assert any(line.startswith("what helps: ") for line in descriptors)
    assert "safety-azide" not in text


def test_a_score_is_said_once():
    assert "score +1.15 (log-odds)\n" in run("explain", "benzoate", "--no-compute").stdout


def test_unlikely_reads_as_no_better():
    text = run("explain", "oleate", "--no-compute").stdout
    assert "unlikely: predicted no better than oleylammonium-oleate" in text


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


def test_an_option_given_twice_is_no_choice():
    done = run("rank", "-c", "CsPbBr3", "--composition", "CsPbI3")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--composition/-c is given 2 times" in done.stderr


def test_class_and_crystal_need_no_capitals():
    typed = run("rank", "--class", "x", "-c", "cspbbr3", "--top", "3", "--format", "csv")
    assert (
        typed.stdout == run("rank", "--class", "X", "-c", "CsPbBr3", "--top", "3", "--format", "csv").stdout
    )
    assert typed.returncode == 0
