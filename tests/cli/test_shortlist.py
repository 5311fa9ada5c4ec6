"""What does `ligandkb shortlist` say and write?"""

from __future__ import annotations

import csv
import json

import pytest
from openpyxl import load_workbook

SAMPLE = ("--volume", "2", "--nc-concentration", "1", "--edge", "9.5")
CRYSTALS = ("CsPbBr3", "CsPbCl3", "CsPbI3", "CsPbBr1.5Cl1.5")


@pytest.mark.parametrize("crystal", CRYSTALS)
def test_rows_hold_what_those_of_rank_hold_and_why(run, crystal):
    found = json.loads(run("shortlist", "-c", crystal, "-f", "json").out)
    rank = run("rank", "-c", crystal, "-f", "json", "--top", "1").rows[0]
    rows = found["rows"]
    assert [row["kind"] for row in rows].count("candidate") == 8
    for row in rows:
        assert {*rank, "kind", "why", "teaches"} <= set(row)
        assert row["cas"] or row["safety"]["vetoes"] == []
    heads = [row["head"] for row in rows if row["kind"] == "candidate"]
    assert len(set(heads)) == len(heads)
    assert found["meta"]["content"]


def test_text_has_each_pair_with_danger_and_cas_and_says_what_was_refused(run):
    out = run("shortlist").out
    for said in (
        "8 candidates, 3 controls on top",
        "-n counts candidates; controls come on top",
        "CAS 4721-24-8",
        "76 → 98 %",
        "(reference)",
        "(native halide)",
        "(expected failure)",
        "toxic (--accept toxic): methanesulfonate",
        "vetoed (lethal)",
        "No tag is not a clearance",
    ):
        assert said in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 80


def test_what_has_no_cas_number_says_so(run):
    out = " ".join(run("shortlist", "--must", "oleylammonium bromide", "-n", "2").out.split())
    assert "oleylammonium bromide (CAS not verified)" in out


@pytest.mark.parametrize("ending", ["csv", "html", "json", "md", "txt"])
def test_an_order_sheet_says_what_it_is_not_and_what_it_was_made_with(run, tmp_path, ending):
    path = tmp_path / f"order.{ending}"
    done = run("shortlist", "-n", "3", "--order-sheet", path, *SAMPLE)
    assert done.code == 0, done.err
    text = path.read_text()
    for said in ("not a safety assessment", "ligandkb 0.", "hexylphosphonic acid", "4721-24-8"):
        assert said in text


def test_an_order_sheet_as_csv_has_one_row_a_product_and_the_solvents_last(run, tmp_path):
    path = tmp_path / "order.csv"
    run("shortlist", "--order-sheet", path, *SAMPLE)
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len({row["product"] for row in rows}) == len(rows) == 14
    *products, solvent, antisolvent = rows
    assert all(float(row["needed_mg"]) >= 10 for row in products)
    assert (solvent["product"], antisolvent["product"]) == (
        "anhydrous hexanes or toluene",
        "anhydrous ethyl acetate",
    )
    assert float(antisolvent["needed_ul"]) == 11 * 3 * 4000
    assert float(solvent["needed_ul"]) > 11 * 3 * 2000
    assert all("not assessed" in row["hazards"] for row in (solvent, antisolvent))
    assert all(row["safety"] and row["made_with"] for row in rows)


def test_workbooks_can_be_read_back(run, tmp_path):
    order, rows = tmp_path / "order.xlsx", tmp_path / "panel.xlsx"
    done = run("shortlist", "-n", "3", "--order-sheet", order, "-o", rows, *SAMPLE)
    assert done.code == 0, done.err
    for path, said in ((order, "not a safety assessment"), (rows, "candidate")):
        assert said in str([[*sheet.iter_rows(values_only=True)] for sheet in load_workbook(path)])


def test_bench_sheets_in_a_folder_and_in_one_file(run, tmp_path):
    folder, book = tmp_path / "sheets", tmp_path / "book.html"
    assert run("shortlist", "-n", "3", "--bench-sheets", folder, *SAMPLE).code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 6
    assert names[1] == "2-hexylphosphonate-oleylammonium.html"
    assert all("not a safety assessment" in path.read_text() for path in folder.iterdir())
    assert run("shortlist", "-n", "3", "--bench-sheets", book, *SAMPLE).code == 0
    assert book.read_text().count("What to weigh in") == 6


def test_sheets_need_a_sample_and_an_ending(run, tmp_path):
    done = run("shortlist", "--order-sheet", tmp_path / "order.csv", "--volume", "2")
    assert done.code == 2
    assert "give --nc-concentration, --edge" in done.err
    assert "ends in none of" in run("shortlist", "--order-sheet", tmp_path / "order.doc", *SAMPLE).err
    assert "add -o FILE.xlsx" in run("shortlist", "-f", "xlsx").err
    alone = run("shortlist", "--volume", "2")
    assert (alone.code, alone.out) == (2, "")
    assert "--volume: amounts stand on sheets: add --order-sheet FILE" in alone.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--min-score", "99"), "No candidate is left of 320 pairs: 320 not scored 99 or more."),
        (("--donor", "sulfonate", "--max-molar-mass", "20"), "320 not at most 20 g/mol"),
        (("--verdict", "vetoed"), "not vetoed; 10 vetoed, or suspected to be explosive or lethal."),
    ],
)
def test_where_nothing_is_left_a_sentence_says_what_left_it_out(run, arguments, said):
    """An empty table stood there."""
    done = run("shortlist", *arguments)
    assert done.code == 0
    assert said in " ".join(done.out.split())
    assert "of 0 donor families" not in done.out
    assert "─" not in done.out.partition("CONTROLS")[0]
    assert said in " ".join(run("shortlist", *arguments, "-f", "csv").err.split())
    assert said in json.loads(run("shortlist", *arguments, "-f", "json").out)["meta"]["nothing_left"]


def test_a_mass_below_nothing_is_refused(run):
    for command in ("rank", "shortlist"):
        done = run(command, "--max-molar-mass", "-5")
        assert done.code != 0
        assert "-5 g/mol is no molar mass: write a number above 0" in done.err


def test_rows_alone_come_with_the_word_on_clearance(run):
    assert "No tag is not a clearance" in run("shortlist", "-n", "1", "-f", "csv").err


def test_a_list_of_what_stands_in_the_lab(run, tmp_path):
    have = tmp_path / "have.txt"
    have.write_text("oleylamine  # on the shelf\n65-85-0\ncoffee\n")
    done = run("shortlist", "--have", have, "-f", "json")
    assert "doesn't have 'coffee'" in done.err
    assert [row["ligand"] for row in done.rows if row["in_lab"]] == ["benzoic-acid"]


def test_a_table_of_what_stands_in_the_lab_brings_its_prices(run, tmp_path):
    have, sheet = tmp_path / "have.csv", tmp_path / "order.csv"
    have.write_text(
        "Name;CAS-Nr.;Gebinde;Preis;vorhanden\n"
        "oleylamine;112-90-3;100 mL;40,00 €;ja\n"
        "hexylphosphonic acid;4721-24-8;1 g;45,50 €;nein\n"
    )
    done = run("shortlist", "--have", have, "--order-sheet", sheet, *SAMPLE)
    assert done.code == 0, done.err
    assert (
        "hexylphosphonic acid (CAS 4721-24-8, purity not known, Sigma-Aldrich, 1 g, 45.50 EUR)"
        in " ".join(done.out.split())
    )
    with sheet.open(newline="") as stream:
        rows = {row["product"]: row for row in csv.DictReader(stream)}
    assert rows["oleylamine"]["in_lab"] == "True"
    acid = rows["hexylphosphonic acid"]
    assert (acid["in_lab"], acid["price"], acid["currency"], acid["pack"]) == ("False", "45.5", "EUR", "1 g")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accept", "lethal"), "is a veto"),
        (("--must", "aniline"), "stands on no shortlist"),
        (("--must", "trifluoroacetic acid"), "--accept toxic --accept pfas"),
        (("--without", "coffee"), "coffee"),
        (("--donor", "phosphonat"), "did you mean 'phosphonate'"),
        (("--have", "no-such-file.txt"), "can't read no-such-file.txt"),
    ],
)
def test_what_cannot_be_is_said(run, arguments, said):
    done = run("shortlist", *arguments)
    assert done.code != 0
    assert said in done.err


def test_hostile_names_of_a_lab_are_shown_literally(run, tmp_path):
    (tmp_path / "ligands.csv").write_text(
        'name,smiles,cas,supplier\n"<script>alert(1)</script>",OC(=O)c1ccc(OCCCCCC)cc1,,"=HYPERLINK(1)"\n'
    )
    sheet, page = tmp_path / "order.csv", tmp_path / "panel.html"
    done = run(
        *("shortlist", "-n", "1", "--data", tmp_path, "--must", "OC(=O)c1ccc(OCCCCCC)cc1"),
        *("--order-sheet", sheet, "-o", page, *SAMPLE),
    )
    assert done.code == 0, done.err
    assert "<script>alert(1)" not in page.read_text()
    assert "'=HYPERLINK(1)" in sheet.read_text()


def test_controls_come_with_every_choice_of_partners(run):
    rows = run("shortlist", "-n", "2", "-p", "decylammonium", "-f", "json").rows
    pairs = {row["role"]: (row["binding_form"], row["partner"]) for row in rows if row["kind"] == "control"}
    assert pairs["reference"] == ("oleate", "oleylammonium")
    assert pairs["native halide"] == ("bromide", "dodecylammonium")
    assert pairs["expected failure"][0] == "acetate"
    assert {row["partner"] for row in rows if row["kind"] == "candidate"} <= {"decylammonium", "none"}


def test_what_the_shelf_has_and_the_catalogue_not_is_said_in_python_and_on_the_panel(kb, run, tmp_path):
    with pytest.warns(UserWarning, match="have: ") as noted:
        panel = kb.shortlist("CsPbBr3", 2, have=["coffee", "MSA", "oleylamine"])
    assert [str(one.message) for one in noted] == [
        "have: the catalogue doesn't have 'coffee', 'MSA': taken as not in the lab",
        "have: 'MSA' is short for mercaptosuccinic acid or methanesulfonic acid: write the name or the SMILES",
    ]
    assert {one.filename for one in noted} == {__file__}
    assert panel.meta["not_found"] == ["coffee", "MSA"]
    assert repr(panel).endswith("not found: 'coffee'; not found: 'MSA'")
    for shown in (str(panel), panel._repr_html_()):
        assert "have 'coffee', 'MSA': taken as not in the lab" in " ".join(
            shown.replace("&#39;", "'").split()
        )
    have = tmp_path / "shelf.txt"
    have.write_text("coffee\nMSA\noleylamine\n")
    done = run("shortlist", "-n", "2", "--have", have)
    assert done.err.count("doesn't have 'coffee', 'MSA'") == 1
    assert "mercaptosuccinic acid or methanesulfonic acid" in done.err


def test_a_shelf_of_names_alone_is_the_same_as_a_table_and_as_a_list(run, tmp_path):
    """As a table its bottles were pure and without a caution; both were said to be of the catalogue's supplier."""
    said, sheets = [], []
    for name, text in (
        ("s.csv", "name,cas\noleylamine,112-90-3\nDDAB,3282-73-3\n"),
        ("s.txt", "oleylamine\nDDAB\n"),
    ):
        have, order, bench = tmp_path / name, tmp_path / f"{name}.order.csv", tmp_path / f"{name}.html"
        have.write_text(text)
        asked = ("--have", have, "--order-sheet", order, "--bench-sheets", bench, *SAMPLE)
        done = run("shortlist", "-n", "2", *asked)
        assert done.code == 0, done.err
        with order.open(newline="") as stream:
            rows = {row["product"]: row for row in csv.DictReader(stream)}
        said.append([{key: row[key] for key in row if key != "made_with"} for row in rows.values()])
        sheets.append(" ".join(bench.read_text().replace("&#39;", "'").split()))
        quat, amine = rows["didodecyldimethylammonium bromide"], rows["oleylamine"]
        assert quat["in_lab"] == amine["in_lab"] == "True"
        assert (quat["supplier"], quat["purity"], amine["supplier"], amine["purity"]) == ("", "", "", "")
        assert "purity not stated: 98 % is assumed; read the label" in quat["note"]
        assert float(quat["needed_mg"]) == pytest.approx(19.848)
        assert "(CAS 3282-73-3, purity not stated); harms in excess" in " ".join(done.out.split())
    assert said[0] == said[1]
    for sheet in sheets:
        assert "divided by an assumed purity of 98 %" in sheet
        assert "oleylamine (70 %) is not divided by its purity" in sheet
        assert (
            "The purity of your oleylamine isn't stated: 70 % is assumed, as the catalogue has it." in sheet
        )


@pytest.mark.parametrize(("name", "text"), [("s.txt", ""), ("s.csv", "name\n")])
def test_a_slip_in_a_shelf_is_an_alarm_at_the_top_of_the_answer_and_of_the_order(run, tmp_path, name, text):
    """It was one note on stderr, and what stands in the lab went onto the order."""
    have = tmp_path / name
    have.write_text(f"{text}benzoic aicd\noleylamine\n")
    page, rows = tmp_path / "order.html", tmp_path / "order.csv"
    asked = ("shortlist", "--have", have, "--order-sheet")
    panel = run(*asked, page, *SAMPLE)
    meant = "did you mean 'benzoic acid'?"
    top = " ".join(panel.out.split("SAFETY")[0].split())
    assert "NOT FOUND OF WHAT STANDS IN THE LAB" in top
    assert meant in top
    assert "may be bought again" in top
    assert meant in " ".join(panel.err.split())
    assert all(line.startswith("note: --have: ") for line in panel.err.splitlines() if "note:" in line)
    order = page.read_text().replace("&#39;", "'")
    assert 0 < order.index(meant) < order.index("To buy")
    assert run(*asked, rows, *SAMPLE).code == 0
    with rows.open(newline="") as stream:
        said = {row["product"]: row["note"] for row in csv.DictReader(stream)}
    assert meant in said["benzoic acid"]
    assert meant not in said["oleylamine"]
    batch = run("next", "--have", have, "--db", "none")
    assert meant in " ".join(batch.out.split("SAFETY")[0].split())


def test_a_shelf_may_have_cas_numbers_below_names_and_columns_of_its_own(run, tmp_path):
    have = tmp_path / "shelf.csv"
    have.write_text(
        "name;Menge;Preis;Bestand\n112-90-3;5;12,50;1\n65\u201385\u20130;2;1;ja\noleic acid;1;;0\n112-90-4;;;\n"
    )
    done = run("shortlist", "--have", have, "-f", "json")
    assert done.code == 0, done.err
    assert [row["ligand"] for row in done.rows if row["in_lab"]] == ["benzoic-acid"]
    assert json.loads(done.out)["meta"]["in_lab"] == ["benzoic-acid", "oleylamine"]
    assert done.err.count("not read: 'Menge'") == 1
    assert done.err.count("left aside, here and wherever it is so: the price has no currency") == 1
    assert "'112-90-4' has a wrong check digit" in done.err


def test_headings_of_a_shelf_can_be_named(run, tmp_path):
    have = tmp_path / "shelf.csv"
    have.write_text("Was da ist\n112-90-3\n")
    assert "--map name=HEADING" in run("shortlist", "--have", have).err
    done = run("shortlist", "--have", have, "--map", "name=Was da ist", "-f", "json")
    assert json.loads(done.out)["meta"]["in_lab"] == ["oleylamine"]
    assert run("shortlist", "--map", "name=Was da ist").code == 2
