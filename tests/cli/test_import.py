"""What an import does to a lab's folder."""

from __future__ import annotations

import json

import pytest

import ligandkb as lk

HEADS = "name,cas,smiles,supplier,pack,price,currency,date,purity,have it\n"
OLEIC = "oleic acid,112-80-1,,Supplier AG,100 mL,45.5,EUR,2026-04-03,90 %,yes\n"
NEW = "dodecylphosphine,,CCCCCCCCCCCCP,Supplier AG,5 g,120,EUR,2026-04-03,,\n"
OFFERS = "product_id,supplier,catalogue_number,pack,price,currency,date,purity,in_stock,note\n"


@pytest.fixture
def lab(tmp_path):
    return tmp_path / "my-lab"


@pytest.fixture
def quote(tmp_path):
    """Write a quote and name it."""

    def quote(*rows, name="quote.csv", heads=HEADS):
        path = tmp_path / name
        path.write_text(heads + "".join(rows), encoding="utf-8")
        return path

    return quote


def test_without_a_folder_nothing_is_written_and_the_answer_says_what_would_be(run, quote, tmp_path):
    done = run("import", quote(OLEIC, NEW))
    assert done.code == 0
    assert "not written" in done.out and "--into my-lab/" in done.out
    assert [path.name for path in tmp_path.iterdir()] == ["quote.csv"]


def test_offers_and_new_structures_come_into_a_folder_that_check_and_rank_read(run, quote, lab):
    done = run("import", quote(OLEIC, NEW), "--into", lab)
    assert (done.code, done.err) == (0, "")
    assert (lab / "offers.csv").read_text() == OFFERS + (
        "oleic-acid,Supplier AG,,100 mL,45.5,EUR,2026-04-03,90 %,yes,\n"
        "dodecylphosphine,Supplier AG,,5 g,120,EUR,2026-04-03,,,\n"
    )
    ligands = (lab / "ligands.csv").read_text().splitlines()
    assert ligands[0] == "id,name,smiles,cas,cas_source,note"
    assert ligands[1].startswith("dodecylphosphine,dodecylphosphine,CCCCCCCCCCCCP,,,imported from ")
    assert run("check", "--data", lab).code == 0
    kb = lk.load(lab)
    assert {offer.product_id: offer.in_stock for offer in kb.catalogue.offers} == {
        "oleic-acid": True,
        "dodecylphosphine": None,
    }
    ranked = {row["ligand"]: row for row in run("rank", "--data", lab, "--format", "json").rows}
    assert ranked["dodecylphosphine"]["orderable"]


def test_the_same_import_twice_adds_nothing(run, quote, lab):
    table = quote(OLEIC, NEW)
    run("import", table, "--into", lab)
    before = {path.name: path.read_bytes() for path in lab.iterdir()}
    done = run("import", table, "--into", lab)
    assert done.code == 0
    assert "2 rows" in done.out and "there already" in done.out
    assert {path.name: path.read_bytes() for path in lab.iterdir()} == before


def test_a_newer_price_counts_and_the_older_one_stays_with_its_date(run, quote, lab):
    run("import", quote(OLEIC), "--into", lab)
    done = run("import", quote(OLEIC.replace("45.5", "50").replace("2026", "2027")), "--into", lab)
    assert "50.00 EUR (2027-04-03) now counts; 45.50 EUR (2026-04-03) stays in the file" in " ".join(
        done.out.split()
    )
    assert len((lab / "offers.csv").read_text().splitlines()) == 3
    assert [offer.price for offer in lk.load(lab).catalogue.offers] == [50]


def test_a_bottle_may_be_there_be_empty_and_be_there_again(run, quote, lab):
    for has, stands in (("yes", True), ("no", False), ("yes", True), ("yes", True)):
        run("import", quote(f"oleic acid,{has}\n", heads="name,have it\n"), "--into", lab)
        assert [offer.in_stock for offer in lk.load(lab).catalogue.offers] == [stands]
    assert len((lab / "offers.csv").read_text().splitlines()) == 4


def test_what_a_row_does_not_know_takes_nothing_away(run, quote, lab):
    heads = "name,pack,price,have it\n"
    for row in ("oleic acid,5 g,45 EUR,\n", "oleic acid,5 g,on request,yes\n", "oleic acid,5 g,,\n"):
        for _ in range(2):
            run("import", quote(row, heads=heads), "--into", lab)
    assert len((lab / "offers.csv").read_text().splitlines()) == 3
    (offer,) = lk.load(lab).catalogue.offers
    assert (offer.price_text, offer.in_stock) == ("45.00 EUR", True)


def test_an_older_price_is_kept_and_doesn_t_count(run, quote, lab):
    run("import", quote(OLEIC), "--into", lab)
    done = run("import", quote(OLEIC.replace("45.5", "40").replace("2026", "2020")), "--into", lab)
    assert "is older than 45.50 EUR (2026-04-03), which still counts" in " ".join(done.out.split())
    assert [offer.price for offer in lk.load(lab).catalogue.offers] == [45.5]


@pytest.mark.parametrize(
    ("before", "added"),
    [
        (
            b"# mine\r\nname;smiles;Lot\r\ncaprinic;CCCCCCCCCC(=O)O;7\r\n",
            b"dodecylphosphine;CCCCCCCCCCCCP;\r\n",
        ),
        (b"\xef\xbb\xbfSMILES\tName\nCCCCCCCCCC(=O)O\tcaprinic", b"\nCCCCCCCCCCCCP\tdodecylphosphine\n"),
    ],
)
def test_rows_that_stand_there_stay_byte_for_byte(run, quote, lab, before, added):
    lab.mkdir()
    (lab / "ligands.csv").write_bytes(before)
    done = run("import", quote(NEW), "--into", lab)
    assert done.code == 0, done.err
    assert (lab / "ligands.csv").read_bytes() == before + added
    assert "has no column for note: left out" in " ".join(done.out.split())
    assert run("check", "--data", lab).code == 0


def test_a_file_that_lacks_what_the_rows_need_is_left_alone(run, quote, lab):
    lab.mkdir()
    (lab / "offers.csv").write_text("product_id,supplier\noleic-acid,Other AG\n")
    done = run("import", quote(OLEIC), "--into", lab)
    assert done.code == 1
    assert "offers.csv:1:1: the file lacks pack, price, currency, date, purity, in_stock" in done.err
    assert (lab / "offers.csv").read_text() == "product_id,supplier\noleic-acid,Other AG\n"


def test_a_file_in_another_encoding_is_left_alone(run, quote, lab):
    lab.mkdir()
    (lab / "ligands.csv").write_bytes("name,smiles\nCaprinsäure,CCCCCCCCCC(=O)O\n".encode("cp1252"))
    done = run("import", quote(NEW), "--into", lab)
    assert done.code == 1 and "rows are added to UTF-8 files only" in done.err


def test_a_folder_that_has_faults_is_refused_before_anything_is_written(run, quote, lab):
    lab.mkdir()
    (lab / "ligands.csv").write_text("name,smiles\nbad,CC(=O\n")
    done = run("import", quote(OLEIC), "--into", lab)
    assert done.code == 1 and "ligands.csv:2" in done.err
    assert [path.name for path in lab.iterdir()] == ["ligands.csv"]


def test_a_row_that_is_set_aside_ends_with_1_and_the_others_are_kept(run, quote, lab):
    done = run("import", quote(OLEIC, "Superligand,,,,,,,,,\n"), "--into", lab)
    assert done.code == 1
    assert "SET ASIDE: 1 ROW" in done.out
    assert "quote.csv:3:1: the catalogue has no product called 'Superligand'" in " ".join(done.out.split())
    assert len((lab / "offers.csv").read_text().splitlines()) == 2


def test_what_is_vetoed_is_flagged_first(run, quote):
    fatal = "strychnine,57-24-9,C1CN2CC3=CCOC4CC(=O)N5C6C4C3CC2C61C7=CC=CC=C75,,1 g,45,EUR,,,\n"
    done = run("import", quote(OLEIC, fatal))
    assert done.out.index("VETOED") < done.out.index("read")
    assert "strychnine: lethal" in done.out and "strychnine VETOED" in done.out
    (row,) = run("import", quote(fatal), "-f", "json").rows
    assert row["vetoes"] == ["lethal"]


def test_what_a_column_calls_fatal_is_said_though_it_is_not_read(run, quote):
    heads = "name,cas,smiles,pack,Hazards\n"
    rows = (
        "some acid,,CCCCCCC(=O)O,5 g,h 300; H310\n",
        "other,,CCCCCC(=O)O,5 g,H302\n",
        "third,,CCCCC(=O)O,5 g,H203\n",
    )
    said, _ = json.loads(run("import", quote(*rows, heads=heads), "-f", "json").out)["passed_over"]
    assert said["line"] == 2
    assert (
        said["what"]
        == "'Hazards' says H203, H300, H310 in 2 rows, first here, and is not read: no veto follows from it"
    )
    assert "hazard_statements.csv" in said["fix"]


def test_what_a_name_would_do_in_a_spreadsheet_is_escaped(run, quote, lab):
    done = run("import", quote("-1+1|cmd,,CCCCCCCCCCCCP,+Supplier,1 g,45,EUR,,,\n"), "--into", lab)
    assert done.code == 0, done.out
    assert ",'-1+1|cmd,CCCCCCCCCCCCP," in (lab / "ligands.csv").read_text()
    assert ",'+Supplier," in (lab / "offers.csv").read_text()
    (offer,) = lk.load(lab).catalogue.offers
    assert offer.supplier == "+Supplier"


def test_what_the_command_says_holds_where_the_table_is_silent(run, quote, lab):
    table = quote("oleic acid,100 mL,1.234\n", heads="name,pack,price\n")
    options = ("--supplier", "Supplier AG", "--currency", "eur", "--date", "2026-04-03", "--decimal", "comma")
    (row,) = run("import", table, *options, "-f", "json").rows
    assert (row["supplier"], row["price"], row["currency"], row["date"]) == (
        "Supplier AG",
        1234,
        "EUR",
        "2026-04-03",
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--currency", "euros"), "--currency EUROS: name one of"),
        (("--date", "3.4.2026"), "--date 3.4.2026: write it like 2026-04-03"),
        (("--map", "name"), "--map name: write it like name=Bezeichnung"),
        (("--map", "cas=cas", "--map", "cas=name"), "--map gives cas twice"),
        (("--sheet", "a"), "is no workbook"),
        (("--decimal", "dot"), "'dot' is not one of"),
        (("--date", "2026-04-03", "--date", "2026-04-04"), "--date is given 2 times"),
    ],
)
def test_what_can_t_be_meant_is_refused(run, quote, options, said):
    done = run("import", quote(OLEIC), *options)
    assert done.code == 2 and not done.out
    assert said in done.err


def test_a_workbook_needs_the_extra_and_says_so(run, quote, monkeypatch, tmp_path):
    import sys

    from ligandkb.reports.spreadsheet import to_xlsx

    path = tmp_path / "quote.xlsx"
    path.write_bytes(to_xlsx([("a", ("name", "cas"), [("oleic acid", "112-80-1")])]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = run("import", path)
    assert done.code == 1 and "openpyxl is not installed: pip install 'ligandkb[excel]'" in done.err


def test_every_format_says_the_same(run, quote):
    table = quote(OLEIC, "Superligand,,,,,,,,,\n")
    for output_format in ("table", "md", "html"):
        done = run("import", table, "-f", output_format)
        assert done.code == 1
        assert "oleic acid" in done.out and "Superligand" in done.out
    done = run("import", table, "-f", "csv")
    assert "set aside: " in done.err and "'Superligand'" in done.err
    assert done.out.splitlines()[1].startswith("oleic-acid,Supplier AG,,100 mL,45.5,EUR,2026-04-03,90 %,")
    found = json.loads(run("import", table, "-f", "json").out)
    assert found["rows_set_aside"] == 1 and found["set_aside"][0]["line"] == 3


def test_a_workbook_that_ligandkb_wrote_is_read_back_past_its_lines(run, tmp_path):
    from ligandkb.reports.spreadsheet import to_xlsx

    columns = ("product", "CAS", "pack", "price", "currency", "in lab")
    rows = [
        ("oleic acid", "112-80-1", "100 mL", 45.5, "EUR", True),
        ("=1+1", "112-90-3", "5 g", None, None, None),
    ]
    path = tmp_path / "order.xlsx"
    path.write_bytes(to_xlsx([("order", columns, rows)], ["ligandkb 1", "not a safety assessment"]))
    found = run("import", path, "-f", "json").rows
    assert [(one["product_id"], one["price"], one["in_stock"]) for one in found] == [
        ("oleic-acid", 45.5, True),
        ("oleylamine", None, None),
    ]


def test_what_somebody_else_writes_meanwhile_is_not_lost(kb, quote, tmp_path):
    from ligandkb.catalogue.supplier_links import link_products
    from ligandkb.catalogue.supplier_table import read_supplier_table
    from ligandkb.storage.lab_tables import changes

    linked = link_products(read_supplier_table(quote(OLEIC)), kb.catalogue)
    done = changes(tmp_path, linked, ())
    (tmp_path / "offers.csv").write_text("product_id\nbenzoic-acid\n")
    with pytest.raises(lk.UsageError, match="was changed while this was read: run the import again"):
        done.write()
    assert (tmp_path / "offers.csv").read_text() == "product_id\nbenzoic-acid\n"


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("CAS\n112-80-1\n112-90-3\n", ["oleic-acid", "oleylamine"]),
        ("sep=;\nName;Pack\noleic acid;5 g\n", ["oleic-acid"]),
        ('"Name";"CAS"\n"oleic acid";"112-80-1"\n', ["oleic-acid"]),
        ("Name,Have it\noleic acid,2 bottles\nOLEYLAMINE,0\n", ["oleic-acid", "oleylamine"]),
    ],
)
def test_the_shortest_lists(run, tmp_path, text, products):
    path = tmp_path / "list.csv"
    path.write_text(text)
    assert [row["product_id"] for row in run("import", path, "-f", "json").rows] == products


def test_another_lab_s_offers_are_a_table_too(run, quote, lab):
    run("import", quote(OLEIC), "--into", lab)
    (row,) = run("import", lab / "offers.csv", "-f", "json").rows
    assert (row["product_id"], row["price"], row["in_stock"]) == ("oleic-acid", 45.5, True)


def test_an_answer_may_be_a_file(run, quote, tmp_path):
    out = tmp_path / "answer.html"
    assert run("import", quote(OLEIC), "-o", out).code == 0
    assert out.read_text().startswith("<!doctype html>")
    assert run("import", quote(OLEIC), "-o", tmp_path / "answer.docx").code == 2
    assert run("import", quote(OLEIC), "-o", tmp_path / "answer.xlsx").code == 0
    assert run("import", tmp_path / "answer.xlsx", "-f", "json").rows[0]["product_id"] == "oleic-acid"


def test_a_note_on_the_folder_as_it_will_be_names_the_folder_itself(run, quote, lab):
    lab.mkdir(exist_ok=True)
    (lab / "partners.csv").write_text("id,name,smiles,made_from,route\n", encoding="utf-8")
    done = run("import", quote(OLEIC), "--into", lab)
    notes = [line for line in done.err.splitlines() if "there are no rows" in line]
    assert notes
    assert all(line.startswith(f"note: {lab / 'partners.csv'}:1:1: ") for line in notes)
