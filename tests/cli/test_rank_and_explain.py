from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from openpyxl import load_workbook

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


def test_rank_json_has_meta_and_rows(run):
    document = json.loads(run("rank", "--format", "json", "--all-partners").out)
    assert set(document) == {"meta", "rows"}
    assert {"version", "content", "overlays"} <= set(document["meta"])
    for row in document["rows"]:
        assert set(row) >= ROW_KEYS
        assert {"tags", "not_assessed"} <= set(row["safety"])


@pytest.mark.parametrize("form", ["csv", "md", "html"])
def test_rank_prints_the_same_pairs_in_every_format(run, form):
    rows = json.loads(run("rank", "--format", "json").out)["rows"]
    text = unescape(run("rank", "--format", form).out)
    for row in rows:
        assert row["binding_form_smiles"] in text
        assert row["verdict"] in text


def test_rank_csv_reads_back(run):
    rows = list(csv.DictReader(io.StringIO(run("rank", "--format", "csv", "--top", "5").out)))
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "5"]


def test_a_table_of_all_pairs_has_each_verdict_and_what_binds(run):
    rows = run("rank", "--format", "json").rows
    words = set(run("rank", "--all").out.split())
    for row in rows:
        assert {*row["binding_form"].split(), row["verdict"]} <= words


def test_table_says_that_no_tag_is_no_clearance_and_how_good_the_rules_are(run):
    assert "No tag is not a clearance" in run("rank").out
    whole = run("rank", "--legend").out
    assert "No tag is not a clearance" in whole
    assert "In-sample agreement with Table 1" in whole


@pytest.mark.parametrize(
    ("option", "word", "meant"),
    [
        ("--verdict", "recomended", "recommended"),
        ("--measured", "improvd", "improved"),
        ("--donor", "phosphonat", "phosphonate"),
        ("--exclude-tag", "pfa", "pfas"),
    ],
)
def test_a_word_that_no_filter_knows_is_refused_with_the_nearest_one(run, option, word, meant):
    done = run("rank", option, word)
    assert (done.code, done.out) == (2, "")
    assert f"{word!r} is no " in done.err
    assert f"{meant!r}" in done.err


def test_a_filter_says_what_it_leaves_out_in_every_format(run):
    asked = ("rank", "--donor", "phosphonate", "--orderable", "--soluble", "--max-molar-mass", "300")
    whole = len(run("rank", "-f", "json").rows)
    found = json.loads(run(*asked, "-f", "json").out)
    rows, meta = found["rows"], found["meta"]
    assert rows
    assert all(row["orderable"] and row["soluble"] and row["molar_mass_g_per_mol"] <= 300 for row in rows)
    assert all("phosphonate" in row["donor_groups"] for row in rows)
    assert meta["selection"]["pairs"] == whole - len(rows)
    said = f"{whole - len(rows)} of {whole} pairs, {meta['selection']['vetoed']} of them vetoed"
    for form in ("table", "csv", "md", "html"):
        done = run(*asked, "-f", form)
        assert said in " ".join((done.out + done.err).split())


def test_what_is_free_of_a_tag_may_still_have_it_where_no_label_was_read(run):
    done = run("rank", "--exclude-tag", "corrosive")
    assert re.search(
        r"Of \d+ that stay nobody knows whether they are free of corrosive", " ".join(done.out.split())
    )


@pytest.mark.parametrize("name", ["ranking.csv", "ranking.json", "ranking.md", "ranking.html", "ranking.txt"])
def test_an_answer_goes_into_a_file_in_the_format_that_its_name_says(run, tmp_path, name):
    done = run("rank", "--top", "2", "-o", tmp_path / name)
    assert (done.code, done.out) == (0, "")
    assert "written: " in done.err
    form = name.split(".")[1].replace("txt", "table")
    printed = run("rank", "--top", "2", "-f", form, env={"COLUMNS": "120"}).out
    assert (tmp_path / name).read_text(encoding="utf-8") == printed


def test_a_workbook_holds_the_rows_as_text_and_numbers(run, tmp_path):
    assert run("rank", "--top", "3", "-o", tmp_path / "ranking.xlsx").code == 0
    sheet = [*load_workbook(tmp_path / "ranking.xlsx").active.iter_rows(values_only=True)]
    lines = [row[0] for row in sheet]
    assert any("No tag is not a clearance" in str(line) for line in lines)
    heading = next(row for row in sheet if row[0] == "rank")
    first = dict(zip(heading, sheet[sheet.index(heading) + 1], strict=True))
    assert first["binding_form"] == run("rank", "--top", "1", "-f", "json").rows[0]["binding_form"]
    assert first["score"] == pytest.approx(run("rank", "--top", "1", "-f", "json").rows[0]["score"])


def test_a_file_whose_name_says_no_format_is_refused(run, tmp_path):
    done = run("rank", "-o", tmp_path / "ranking.doc")
    assert done.code == 2
    assert "end the name in" in done.err
    assert run("rank", "-f", "xlsx").code == 2
    assert not list(tmp_path.iterdir())


def test_explain_json(run):
    explanation = json.loads(run("explain", "OC(=O)CF", "--no-compute", "--format", "json").out)
    assert set(explanation) >= EXPLAIN_KEYS
    assert explanation["verdict"] == "vetoed"
    assert "lethal" in explanation["safety"]["vetoes"]


def test_explain_speaks_of_safety_first(run):
    text = run("explain", "[N-]=[N+]=[N-].[Na+]", "--no-compute").out
    assert text.index("VETO explosive") < text.index("VERDICT")


def section(text: str, title: str) -> list[str]:
    """Statements of one section of an explanation, each in one line."""
    body = text.split(f"\n{title}\n", 1)[1].split("\n\n", 1)[0]
    return [" ".join(part.split()) for part in re.split(r"(?:^|\n) +[-!] ", body) if part.strip()]


def test_explain_names_the_product_that_bears_a_danger_and_each_unread_label_once(run):
    text = run("explain", "benzoate", "--no-compute", "--full").out
    safety = section(text, "SAFETY")
    assert any(
        line.startswith("oleylamine: corrosive (H314, H318); label read: H302 H314") for line in safety
    )
    assert not any(line.startswith("tags: corrosive") for line in safety)
    assert sum("benzoic acid: label not read" in line for line in safety) == 1
    assert " ".join(text.split()).count("no whole label read of benzoic acid") == 1
    assert "hazard statement H314 (severe skin burns and eye damage): oleylamine" in text


@pytest.mark.parametrize(
    ("name", "statements"),
    [("thiourea", "H302 H320 H361"), ("NH4SCN", "H302 H312 H332 H412"), ("CTAB", "H302 H315 H318 H335 H373")],
)
def test_explain_shows_statements_that_no_rule_reads_with_their_source(run, name, statements):
    (line,) = [
        line
        for line in section(run("explain", name, "--no-compute", "--full").out, "SAFETY")
        if statements in line
    ]
    assert "label read: " in line
    assert "https://" in line


def test_what_is_toxic_by_its_label_is_tagged_so(run):
    explanation = json.loads(run("explain", "butylamine", "--no-compute", "--format", "json").out)
    assert {"toxic", "corrosive"} <= set(explanation["safety"]["tags"])
    (product,) = explanation["safety"]["products"]
    assert product["tags"]["toxic"] == ["H301", "H311", "H331"]
    read, european, japanese = product["label"]["readings"]
    assert read["statements"] == ["H301", "H311", "H314", "H318"]
    assert european["source"].startswith(
        "EU, Annex VI to Regulation (EC) 1272/2008, ATP 17 (2021), index 612-"
    )
    assert japanese["source"].startswith("Japan, NITE, FY")
    assert {"H301", "H331"} <= set(product["label"]["statements"])


def test_values_missing_for_one_reason_are_one_line_that_says_what_helps(run):
    text = run("explain", "OC(=O)c1ccc(CCC)cc1Br", "--no-compute", "--full").out
    descriptors = section(text, "DESCRIPTORS")
    assert sum("ligandkb compute)" in line for line in descriptors) == 1
    assert any(line.startswith("what helps: ") for line in descriptors)
    assert "safety-azide" not in text


def test_a_score_is_said_once(run):
    assert "score +1.15 (log-odds)\n" in run("explain", "hexylphosphonic acid", "--no-compute", "--full").out


def test_no_better_reads_as_what_it_is_held_against(run):
    text = run("explain", "lead oleate", "--no-compute", "--full").out
    assert "no-better: predicted no better than oleylammonium-oleate" in text


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
        (["explain", "florbenzoic acid"], 1, "says nothing on whether it is dangerous"),
    ],
)
def test_errors_name_the_fix_and_have_their_exit_code(run, arguments, code, message):
    done = run(*arguments)
    assert done.code == code
    assert message in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


@pytest.mark.parametrize("name", ["c1cc[nH]c1", "C[n+]1ccccc1.[Br-]", "F/C=C/C(=O)O"])
@pytest.mark.parametrize("form", ["text", "json", "md", "html"])
def test_a_smiles_survives_every_format_of_explain(run, name, form):
    done = run("explain", name, "--no-compute", "--format", form)
    text = json.loads(done.out)["smiles"] if form == "json" else unescape(done.out)
    assert name in text


def test_help_names_every_command(run):
    done = run("--help")
    assert done.code == 0
    for command in app.registered_commands:
        assert command.callback is not None
        assert (command.name or command.callback.__name__) in done.out


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
        ["validate", "scale"],
        ["validate", "catalogue", "--format", "md"],
        ["validate", "hardness", "--format", "html"],
    ],
    ids=" ".join,
)
def test_every_output_says_what_it_was_made_with(run, kb, arguments):
    meta = kb.meta()
    assert f"ligandkb {meta['version']}, data and rules {meta['content']}" in run(*arguments).out


@pytest.mark.parametrize("what", ["hardness", "table1", "catalogue", "scale"])
def test_validations_are_markdown_where_that_is_asked_for(run, what):
    lines = run("validate", what, "--format", "md").out.splitlines()
    assert lines[0].startswith("# ")
    assert any(line.startswith("|---") for line in lines)


def test_validation_json_has_its_meta(run, kb):
    found = json.loads(run("validate", "catalogue", "--format", "json").out)
    assert found["meta"]["content"] == kb.meta()["content"]
    assert found["products"] > 0


def test_csv_stays_plain_and_its_hash_goes_to_stderr(run, kb):
    done = run("rank", "--format", "csv", "--top", "2")
    assert len(list(csv.reader(io.StringIO(done.out)))) == 3
    assert kb.meta()["content"] in done.err


def test_a_source_without_a_doi_is_cited_by_its_address(run):
    address = "https://inchem.org/documents/icsc/icsc/eics0231.htm"
    explained = run("explain", "FB(F)F", "--no-compute", "--full").out
    assert f"{address}, International Chemical Safety Card 0231" in " ".join(explained.split())
    entry = run("explain", "FB(F)F", "--no-compute", "--bibtex").out.split(address)[1]
    assert entry.startswith("},\n  note = {International Chemical Safety Card 0231")


def test_an_outcome_without_a_doi_is_cited_by_its_address(run):
    text = run("explain", "sodium dodecyl sulfate", "--no-compute", "--bibtex").out
    address = "https://preview.concepedia.online/publication/W3135659143"
    assert f"url = {{{address}}}" in text
    assert f"doi.org/{address}" not in text


def test_bibtex_is_read_over_its_first_line(run):
    text = run("explain", "benzoate", "--no-compute", "--bibtex").out
    assert text.startswith("% ligandkb ")
    assert "@" not in text.split("\n")[0]


def test_a_cache_that_cannot_be_read_stops_nothing_and_is_said(run, tmp_path):
    (tmp_path / "descriptors.sqlite").write_bytes(b"nothing of the kind" * 500)
    done = run("explain", "N#Cc1ccc(S)cc1C", "--no-compute", env={"LIGANDKB_CACHE": str(tmp_path)})
    assert done.code == 0
    assert "note: " in done.err
    assert "LIGANDKB_CACHE" in done.err


def test_an_option_given_twice_is_no_choice(run):
    done = run("rank", "-c", "CsPbBr3", "--composition", "CsPbI3")
    assert (done.code, done.out) == (2, "")
    assert "--composition/-c is given 2 times" in done.err


def test_class_and_crystal_need_no_capitals(run):
    typed = run("rank", "--class", "x", "-c", "cspbbr3", "--top", "3", "--format", "csv")
    assert typed.out == run("rank", "--class", "X", "-c", "CsPbBr3", "--top", "3", "--format", "csv").out
    assert typed.code == 0


def test_a_start_gives_the_headroom_and_measured_pairs_the_part_they_closed(run):
    known = json.loads(run("rank", "--plqy", "62", "-f", "json").out)
    assert known["meta"]["plqy_headroom"] == pytest.approx(0.38)
    row = next(row for row in known["rows"] if row["binding_form"] == "hexylphosphonate")
    assert row["headroom_closed"] == [pytest.approx(22 / 24, abs=1e-6)]
    assert "38 points" in run("rank", "--top", "1", "--plqy", "62").out
    explained = " ".join(run("explain", "hexylphosphonate", "--no-compute", "--plqy", "62").out.split())
    assert "38 points" in explained
    assert "92% of the headroom" in explained
    whole = " ".join(run("explain", "DDAB", "--full", "--plqy", "62").out.split())
    assert "PLQY 70 → 4 %; 94% of its light lost" in whole
    assert not re.search(r"-\d+% of the headroom", whole)
    assert "--plqy 62" in run("rank", "--top", "1", "--legend").out
    refused = run("rank", "--plqy", "0.62")
    assert refused.code == 2
    assert "write 62 for 62 %" in refused.err
