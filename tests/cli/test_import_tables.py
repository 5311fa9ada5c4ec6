"""Tables as suppliers and labs send them: each goes through, or is refused with the cell and the fix."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("openpyxl")

OLEIC = "oleic-acid 100 mL 45.00 EUR"
"""What most tables say: product, pack and price of one row."""


@dataclass(frozen=True)
class Case:
    """One table: what it is called, what stands in it, what is read of it, and what is said."""

    name: str
    content: bytes | Callable[[], bytes]
    read: tuple[str, ...] = (OLEIC,)
    said: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    file: str = "quote.csv"
    refused: bool = False


def text(*lines: str, encoding: str = "utf-8", end: str = "\n") -> bytes:
    return (end.join(lines) + end).encode(encoding)


def rows(*lines: str) -> bytes:
    return text("name,cas,pack,price,currency", *lines)


def workbook(*sheets: tuple[str, list[list[object]]], **formats: str) -> bytes:
    """A workbook; a text that begins with '=' is a formula, a tuple is a number with its format."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, lines in sheets:
            page = book.add_worksheet(name)
            for row, cells in enumerate(lines):
                for column, value in enumerate(cells):
                    if isinstance(value, tuple):
                        number, display = value
                        shape = book.add_format({"num_format": display})
                        (page.write_datetime if isinstance(number, datetime) else page.write_number)(
                            row, column, number, shape
                        )
                    elif isinstance(value, str) and value.startswith("="):
                        page.write_formula(row, column, value, None, "oleic acid")
                    elif isinstance(value, str):
                        page.write_string(row, column, value)
                    elif value is not None:
                        page.write_number(row, column, value)
    return content.getvalue()


HEADS = ["name", "CAS", "pack", "price", "currency"]
GOOD = ["oleic acid", "112-80-1", "100 mL", 45.0, "EUR"]


def merged_headings() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.merge_range("A1:E1", "Our offer 4711")
        page.merge_range("A2:B2", "Product")
        page.merge_range("C2:E2", "Price")
        for row, cells in enumerate((HEADS, GOOD), 2):
            for column, value in enumerate(cells):
                page.write(row, column, value)
    return content.getvalue()


def hidden_sheet() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name in ("Offer", "old prices"):
            page = book.add_worksheet(name)
            for row, cells in enumerate((HEADS, GOOD)):
                for column, value in enumerate(cells):
                    page.write(row, column, value)
        page.hide()
    return content.getvalue()


def archive(**parts: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), part)
    return content.getvalue()


def changed(book: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook of which one part is another one."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return content.getvalue()


def bomb() -> bytes:
    """A sheet that unpacks to a thousand times its size."""
    return changed(
        workbook(("a", [HEADS, GOOD])), "xl/worksheets/sheet1.xml", lambda old: old + b" " * (70 * 2**20)
    )


def far_cell() -> bytes:
    """A sheet with its rows spread so wide that laying it out would fill the memory."""
    row = b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>'
    rows_ = b"".join(row % (number, number) for number in range(3, 400))
    return changed(
        workbook(("a", [HEADS, GOOD])),
        "xl/worksheets/sheet1.xml",
        lambda old: old.replace(b"</sheetData>", rows_ + b"</sheetData>"),
    )


def entities() -> bytes:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    return changed(
        workbook(("a", [HEADS, GOOD])),
        "xl/sharedStrings.xml",
        lambda old: old.replace(b"?>", b"?>" + laughs, 1),
    )


def wrong_size() -> bytes:
    """Some programs write that a sheet is one cell large."""
    return changed(
        workbook(("a", [HEADS, GOOD])),
        "xl/worksheets/sheet1.xml",
        lambda old: old.replace(b'<dimension ref="A1:E2"/>', b'<dimension ref="A1"/>'),
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MANY = 99_999

CASES = [
    Case("plain", rows("oleic acid,112-80-1,100 mL,45,EUR")),
    Case("tabs", text("Name\tCAS\tPack size\tPrice (EUR)", "oleic acid\t112-80-1\t100 mL\t45.00"), file="q.tsv"),
    Case("German, semicolons, decimal comma", text("Bezeichnung;CAS-Nr.;Gebinde;Preis [€]", "Ölsäure;112-80-1;100 mL;1.234,50"),
         ("oleic-acid 100 mL 1,234.50 EUR",)),
    Case("Windows-1252", text("Bezeichnung;CAS-Nr.;Gebinde;Preis", "Ölsäure;112-80-1;100 mL;45,00 €", encoding="cp1252"),
         said=("read as Windows-1252",)),
    Case("UTF-16 with its mark", text("name,cas,pack,price", "oleic acid,112-80-1,100 mL,€45.00", encoding="utf-16")),
    Case("UTF-16 without its mark", text("name,cas", "oleic acid,112-80-1", encoding="utf-16-le"), refused=True,
         said=("UTF-16 without its mark", "save it as CSV UTF-8")),
    Case("hidden mark of UTF-8, Windows line ends",
         text("\ufeffname,cas,pack,price,currency", "oleic acid,112-80-1,100 mL,45,EUR", end="\r\n")),
    Case("old line ends", text("name,cas,pack,price,currency", "oleic acid,112-80-1,100 mL,45,EUR", end="\r")),
    Case("headings that nobody knows", text("Whatever;Number;Money", "oleic acid;112-80-1;45"), refused=True,
         said=("quote.csv:1:1: none of the first 30 lines names a column", "--map name=HEADING", "'Whatever'")),
    Case("headings that were mapped", text("Was;Reg;Geld;Packung", "oleic acid;112-80-1;45 EUR;100 mL"),
         options=("--map", "name=was", "--map", "cas=Reg", "--map", "price=Geld")),
    Case("a mapping to what isn't there", text("Was;Preis", "oleic acid;45 EUR"), refused=True,
         options=("--map", "name=Wasser"), said=("no column has this heading: did you mean 'Was'?",)),
    Case("a mapping to an unknown column", text("Was;Preis", "oleic acid;45 EUR"), refused=True,
         options=("--map", "nmae=Was"), said=("did you mean 'name'?",)),
    Case("own columns", text("Lot,name,CID,cas,Dipole,pack,Class,price,currency", "7,oleic acid,445639,112-80-1,1.5,100 mL,X,45,EUR"),
         said=("not read: 'Lot', 'CID', 'Dipole', 'Class'",)),
    Case("a heading that may be two things", text("name,cas,Quantity,price", "oleic acid,112-80-1,3,45 EUR"), refused=True,
         said=("quote.csv:1:10: 'Quantity' may be", "--map pack='Quantity' or --map own='Quantity'")),
    Case("and settled", text("name,cas,pack,Quantity,price", "oleic acid,112-80-1,100 mL,3,45 EUR"),
         options=("--map", "own=quantity")),
    Case("in stock: whose?", text("name,cas,pack,price,In stock", "oleic acid,112-80-1,100 mL,45 EUR,yes"), refused=True,
         said=("whether your lab has it, or the supplier",)),
    Case("duplicated headings", text("name,cas,price,price", "oleic acid,112-80-1,45 EUR,40 EUR"), refused=True,
         said=("quote.csv:1:16: 'price' names the column 'price' twice", "rename one of them")),
    Case("two headings for one thing", text("name,cas,List price,Net price", "oleic acid,112-80-1,45 EUR,40 EUR"), refused=True,
         said=("'List price' and 'Net price' name the column 'price' twice", "--map price='List price'")),
    Case("purity 98, asked once", text("name,cas,pack,price,purity", "oleic acid,112-80-1,100 mL,45 EUR,90 %",
         "oleylamine,112-90-3,5 g,45 EUR,98", "benzoic acid,65-85-0,5 g,45 EUR,99"),
         said=("quote.csv:3:32: '98' is a number without a percentage", "in 1 more row", "write 98 %")),
    Case("purity in %, said by its heading", text("name,cas,pack,price,Purity (%)", "oleic acid,112-80-1,100 mL,45 EUR,90")),
    Case("quoted line ends", rows('"oleic\nacid","112-80-1","100\r\nmL",45,EUR')),
    Case("a quote that is never closed", rows("oleic acid,112-80-1,100 mL,45,EUR", '"oleylamine,112-90-3,5 g,45,EUR'),
         said=("quote.csv:3:1: the quote opened here is never closed",)),
    Case("blank lines, page breaks and a total", text("name,cas,pack,price", "", "oleic acid,112-80-1,100 mL,45 EUR", ",,,",
         "name,cas,pack,price", "Total,,,45 EUR", "VAT 19 %,,,8.55 EUR"), said=("'Total' and 1 more row like it: a total",)),
    Case("titles above the headings", text("Offer 4711;;;", "Dear Sir;;;", ";;;", "Name;CAS;Pack;Price", "oleic acid;112-80-1;100 mL;45 EUR"),
         said=("2 lines above the headings are not read",)),
    Case("a numbered list", text("#;Name;CAS;Pack;Price", "1;oleic acid;112-80-1;100 mL;45 EUR"), said=("not read: '№'",)),
    Case("NUL bytes", rows("oleic acid,112-80-1,100 mL,45,EUR", "oley\0lamine,112-90-3,5 g,45,EUR"),
         said=("quote.csv:3:1: this cell contains a NUL character",)),
    Case("formulas", rows("oleic acid,112-80-1,100 mL,45,EUR", '"=HYPERLINK(""http://x.example"",""oleylamine"")",112-90-3,5 g,45,EUR',
         "oleylamine,112-90-3,5 g,+1,EUR", "@SUM(A1),112-90-3,5 g,45,EUR"),
         said=("quote.csv:3:1: '=HYPERLINK", "none is run: write its value", "quote.csv:4:25: '+1' is no", "quote.csv:5:1: '@SUM(A1)'")),
    Case("texts that a spreadsheet was kept from reading", rows('"=""oleic acid""","=""112-80-1""",\'100 mL,45,EUR')),
    Case("hydrates and salts", rows("oleic acid,112-80-1,100 mL,45,EUR", "oleic acid monohydrate,112-80-1,5 g,45,EUR",
         "oleylamine hydrochloride,112-90-3,5 g,45,EUR"), said=("quote.csv:3:1: a hydrate", "quote.csv:4:1: a salt")),
    Case("a hydrate with its structure", text("name,smiles,pack,price", "copper(II) chloride dihydrate,O.O.[Cu+2].[Cl-].[Cl-],5 g,45 EUR"),
         ("copper-ii-chloride-dihydrate 5 g 45.00 EUR",)),
    Case("CAS numbers that are none", rows("oleic acid,112-80-1,100 mL,45,EUR", "oleylamine,112-90-4,5 g,45,EUR",
         "oleylamine,2001-05-03,5 g,45,EUR", "oleylamine,37014,5 g,45,EUR", "oleylamine,112903,5 g,45,EUR"),
         said=("quote.csv:3:12: '112-90-4' has a wrong check digit", "'2001-05-03' is a date, which a spreadsheet made",
               "'37014' looks like the number of a day", "'112903' is a CAS number without its hyphens")),
    Case("dates", text("name,cas,pack,price,date", "oleic acid,112-80-1,100 mL,45 EUR,3. April 2026", "oleylamine,112-90-3,5 g,45 EUR,03/04/2026",
         "benzoic acid,65-85-0,5 g,45 EUR,3.4.26"),
         said=("'03/04/2026' may be 2026-04-03 or 2026-03-04: say --dates day-first", "'3.4.26' has no year of four digits")),
    Case("prices", rows("oleic acid,112-80-1,100 mL,on request,", 'oleylamine,112-90-3,5 g,"1,234",EUR', 'oleylamine,112-90-3,1 g,$45,EUR',
         "oleylamine,112-90-3,2 g,0.00,EUR", "oleylamine,112-90-3,3 g,cheap,EUR", "oleylamine,112-90-3,4 g,45 USD,EUR"),
         ("oleic-acid 100 mL ",),
         said=("'1,234' may be 1,234 or 1.234: say --decimal", "'$' is the sign of several currencies: say which", "nothing is sold for nothing",
               "'cheap' is no price", "the price is in USD and in EUR")),
    Case("no currency", text("name,cas,pack,price", "oleic acid,112-80-1,100 mL,45", "oleylamine,112-90-3,5 g,45"), (),
         said=("quote.csv:2:28: the price has no currency, and so on in 1 more row: say --currency EUR",)),
    Case("characters that turn the direction", rows("oleic acid,112-80-1,100 mL,45,EUR", "oleyl\u202eamine,112-90-3,5 g,45,EUR"),
         said=("has a character that isn't seen and changes what is",)),
    Case("characters without width", rows("ole\u200bic acid,112-80-1\u200b,100 mL,45,EUR")),
    Case("very long cells", rows("oleic acid,112-80-1,100 mL,45,EUR", f"{'C' * 20_000},112-90-3,5 g,45,EUR", f"{'a' * 400},112-90-3,5 g,45,EUR"),
         said=("20,000 characters, more than 10,000", "the name has 400 characters, more than 300")),
    Case("contradictions", text("name,cas,smiles,pack,price", "oleic acid,112-80-1,,100 mL,45 EUR", "oleic acid,112-90-3,,1 g,45 EUR",
         "x,112-80-1,CC(=O)O,1 g,45 EUR", "y,,CC(=O,1 g,45 EUR"),
         said=("quote.csv:3:12: 'oleic acid' is oleic acid", "quote.csv:4:12: CAS 112-80-1 is oleic acid", "quote.csv:5:8: not a SMILES")),
    Case("more cells than headings", rows("oleic acid,112-80-1,100 mL,45,EUR", "oleylamine,112-90-3,5 g,1,250,EUR"),
         said=("quote.csv:3:31: 'EUR' stands in a column without a heading: put double quotes",)),
    Case("a line end without quotes", rows("oleic acid,112-80-1,100 mL,45,EUR", "oleylamine,112-90-3,5", " g,45,EUR"),
         said=("quote.csv:3:21: this row has 3 cells for 5 columns: see whether a cell with a line end lacks its quotes",)),
    Case("dollars, settled", text("Item #,Description,CAS RN,Unit Size,Price", "O1,oleic acid,112-80-1,100 mL,$45.00"),
         ("oleic-acid 100 mL 45.00 CAD",), options=("--currency", "CAD")),
    Case("dollars that can't be euros", text("Item #,Description,CAS RN,Unit Size,Price", "O1,oleic acid,112-80-1,100 mL,$45.00"),
         (), options=("--currency", "EUR"), said=("quote.csv:2:31: '$' is the sign of several currencies",)),
    Case("the same row twice", rows(*["oleic acid,112-80-1,100 mL,45,EUR"] * 3), said=("the same as line 2: counted once (and 1 more row",)),
    Case("nearly 10,000 rows", lambda: rows(*["oleic acid,112-80-1,100 mL,45,EUR"] * (MANY // 10)), said=("counted once",)),
    pytest.param(Case("nearly 100,000 rows", lambda: rows(*["oleic acid,112-80-1,100 mL,45,EUR"] * MANY), said=("counted once",)),
                 marks=pytest.mark.slow, id="nearly 100,000 rows"),
    Case("too many rows", lambda: rows(*["oleic acid,112-80-1,100 mL,45,EUR"] * (MANY + 2)), refused=True,
         said=("more than 100,000 lines", "split it")),
    Case("nothing", b"", refused=True, said=("the file is empty",)),
    Case("headings alone", rows(), (), said=("there are no rows below the headings",)),
    Case("a PDF", b"%PDF-1.7\n", refused=True, said=("this is a PDF",)),
    # Workbooks.
    Case("workbook", workbook(("Offer", [HEADS, GOOD])), file="q.xlsx"),
    Case("workbook under another name", workbook(("Offer", [HEADS, GOOD])), file="q.csv"),
    Case("several sheets, one with headings", workbook(("Cover", [["Dear Sir"]]), ("Offer", [HEADS, GOOD])), file="q.xlsx",
         said=("only the sheet 'Offer' is read",)),
    Case("several sheets with headings", workbook(("2025", [HEADS, GOOD]), ("2026", [HEADS, GOOD])), file="q.xlsx", refused=True,
         said=("2 sheets may be the table: '2025', '2026': say which one: --sheet NAME",)),
    Case("and settled by name", workbook(("2025", [HEADS]), ("2026", [HEADS, GOOD])), file="q.xlsx", options=("--sheet", "2026")),
    Case("hidden sheets", hidden_sheet, file="q.xlsx"),
    Case("merged headings", merged_headings, file="q.xlsx", said=("2 lines above the headings are not read",)),
    Case("numbers as text, per cent and currency as formats", workbook(("a", [
         ["name", "CAS", "pack", "price", "purity", "date"],
         ["oleic acid", "112-80-1", "100 mL", "45", (0.9, "0%"), "2026-04-03"],
         ["oleylamine", "112-90-3", "5 g", (1234.567, '#,##0.00 "€"'), (0.98, "0.0 %"), (datetime(2026, 4, 3), "dd/mm/yyyy")],
         ["benzoic acid", "65-85-0", "5 g", (1.5, "[$€-407] #,##0.00"), None, None]])), file="q.xlsx", options=("--currency", "EUR"),
         read=(OLEIC, "oleylamine 5 g 1,234.57 EUR", "benzoic-acid 5 g 1.50 EUR")),
    Case("a CAS number that became a date", workbook(("a", [HEADS, GOOD, ["x", (datetime(2001, 5, 3), "dd.mm.yyyy"), "5 g", 45, "EUR"]])),
         file="q.xlsx", said=("q.xlsx:3:2: B3 of 'a': '2001-05-03' is a date",)),
    Case("formulas in a workbook", workbook(("a", [HEADS, GOOD, ['=HYPERLINK("http://x.example","oleic acid")', "112-80-1", "5 g", 45, "EUR"]])),
         file="q.xlsx", said=("A3 of 'a': the cell holds a formula, and none is run: copy the sheet and paste it as values",)),
    Case("a wrong size", wrong_size, file="q.xlsx"),
    Case("old workbook", OLE, file="q.xls", refused=True, said=("this is an old spreadsheet workbook (.xls)", "save it as .xlsx or as CSV")),
    Case("encrypted workbook", OLE + "EncryptedPackage".encode("utf-16-le"), file="q.xlsx", refused=True,
         said=("protected by a password", "take the password off")),
    Case("a zip that is no workbook", archive(quote_DOT_csv="name,cas"), file="q.xlsx", refused=True,
         said=("a zip archive, but no workbook", "unpack it")),
    Case("OpenDocument", archive(content_DOT_xml="<x/>", mimetype="x"), file="q.ods", refused=True, said=("OpenDocument file (.ods)",)),
    Case("half a workbook", workbook(("a", [HEADS, GOOD]))[:2000], file="q.xlsx", refused=True, said=("damaged or breaks off",)),
    Case("a damaged sheet", lambda: changed(workbook(("a", [HEADS, GOOD])), "xl/worksheets/sheet1.xml", lambda old: old[:300]),
         file="q.xlsx", refused=True, said=("the workbook is damaged",)),
    Case("a bomb", bomb, file="q.xlsx", refused=True, said=("unpacks to more than 64 MB",)),
    Case("cells far away", far_cell, file="q.xlsx", refused=True, said=("a row has more than 1,000 cells",)),
    Case("entities", entities, file="q.xlsx", refused=True, said=("declares entities",)),
    Case("a blank workbook", workbook(("a", [])), file="q.xlsx", refused=True, said=("the workbook is empty",)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name if isinstance(case, Case) else None)
def test_a_table_goes_through_or_is_refused_with_the_cell_and_the_fix(case, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = case.content() if callable(case.content) else case.content
    (tmp_path / case.file).write_bytes(content)
    done = run("import", case.file, "--format", "json", *case.options)
    if case.refused:
        assert done.code in (1, 2) and not done.out
        told = done.err
    else:
        found = json.loads(done.out)
        rows_ = found["rows"]
        assert tuple(f"{row['product_id']} {row['pack']} {price(row)}" for row in rows_) == case.read
        assert done.code == bool(found["rows_set_aside"]) == bool(found["set_aside"])
        told = "\n".join(
            f"{case.file}:{one['line']}:{one['column']}: {one['what']}: {one['fix']}"
            for one in found["set_aside"] + found["passed_over"]
        )
        told += done.err
        assert all(one["what"] and one["fix"] for one in found["set_aside"])
    for said in case.said:
        assert said in told
    assert "Traceback" not in done.err


def price(row: dict[str, object]) -> str:
    return "" if row["price"] is None else f"{row['price']:,.2f} {row['currency']}"


def test_there_are_forty_tables():
    names = [case.name for case in CASES if isinstance(case, Case)]
    assert len(set(names)) == len(names) >= 40
