"""Is what came out on top of a list shown, chosen from and ordered like what the catalogue has?"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

from ligandkb.assessment.order import in_order
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import UsageError
from ligandkb.reports.document import Document
from ligandkb.reports.render import render
from ligandkb.reports.screened import top_page, top_rows, top_screen
from ligandkb.screening.folder import Folder, folder_at
from ligandkb.screening.kept import NAME, keep_best, read_best
from ligandkb.screening.manifest import read_manifest
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.run import screen
from ligandkb.screening.top import Top, top_of

LIST = """\
id,SMILES,CAS,Price (EUR),Pack
A-1,OC(=O)c1cnc(cn1)C#N,,45.50,1 g
A-2,OC(=O)CF,,10,1 g
A-3,OC(=O)c1ccccc1,,9,25 g
A-4,OC(=O)C(F)(F)F.NCc1ccccn1,,80,1 g
A-5,O=C(O)c1ccccc1,,7,100 g
A-6,OC(=O)c1cc(Cl)cs1,,120,5 g
A-7,OC(=O)CCCC(C)CC,,,
A-8,Cc1ccccc1,108-88-3,5,1 L
A-9,OC(=O)c1cc2ccc(Br)cc2n1,,5,1 g
A-10,OC(=O)Cc1cccc(Br)c1F,,1.234,1 g
A-11,OC(=O)CC(=O)c1ccc(CBr)cc1,,12,1 g
A-12,CCCCCCP(=O)(O)O,,30,1 g
"""
NO_OFFERS = {"A-2", "A-4", "A-8", "A-9"}
"""Vetoed, a base with its counter-ion, a solvent, and what can't be read."""


@pytest.fixture(scope="module")
def out(kb: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A screened list of a few lines, in parts of three."""
    place = tmp_path_factory.mktemp("screened")
    (place / "acids.csv").write_text(LIST, "utf-8")
    options = ScreenOptions(part_lines=3)
    return screen([str(place / "acids.csv")], str(place / "out"), kb, options, workers=0).folder


@pytest.fixture(scope="module")
def top(kb: KnowledgeBase, out: Folder) -> Top:
    return top_of(kb, out)


def structures() -> dict[str, str]:
    return {row["id"]: row["SMILES"] for row in csv.DictReader(io.StringIO(LIST))}


def test_the_best_stand_as_rank_would_have_them_and_duplicates_once(kb: KnowledgeBase, top: Top) -> None:
    offered = {name: smiles for name, smiles in structures().items() if name not in NO_OFFERS}
    every = [replace(item, orderable=True) for smiles in offered.values() for item in kb.assess_all(smiles)]
    expected: dict[str, Any] = {}
    for item in in_order(every):
        expected.setdefault(item.pair.form.form.smiles, item)
    assert top.best.left_out == {"vetoed": 1, "counter-ion of a base": 1, "sold as a solvent": 1}
    shown = [item.pair.form.form.smiles for item in top.ranked.assessments]
    assert [one for one in shown if one in expected] == [*expected]
    assert len(shown) == len(set(shown))
    (benzoate,) = [row for row in top.best.rows if row.cells["id"] in ("A-3", "A-5")]
    assert benzoate.lines == 2
    assert [line["id"] for line in benzoate.offered] == ["A-3", "A-5"]


def test_none_is_vetoed_and_all_are_on_offer(top: Top) -> None:
    assert top.ranked.assessments
    for item in top.ranked.assessments:
        assert not item.safety.vetoes
        assert item.orderable
    assert not {row.cells["id"] for row in top.best.rows} & {"A-2", "A-9"}
    assert "trifluoroacetate" not in {item.pair.form.name for item in top.ranked.assessments}
    offers = {offer.catalogue_number: offer for offer in top.kb.catalogue.offers}
    assert offers["A-1"].price_text == "45.50 EUR"
    assert offers["A-1"].pack.mass_g == 1.0
    assert offers["A-10"].price is None  # 1.234 may be one thousand or one: nobody guesses
    assert offers["A-10"].note.endswith("price: 1.234")


@pytest.mark.parametrize("part_format", ["parquet", "csv"])
@pytest.mark.parametrize("structure", ["CCCCCCCC(=O)O", "OC(=O)c1ccccc1I"])
def test_what_is_dangerous_under_a_number_of_a_list_is_so_among_the_best(
    kb: KnowledgeBase, tmp_path: Path, part_format: Any, structure: str
) -> None:
    benzene = f"smiles,id,cas\n{structure},clean,\n{structure},not,71-43-2\n"
    (tmp_path / "list.csv").write_text(benzene, "utf-8")
    options = ScreenOptions(part_format=part_format)
    screen([str(tmp_path / "list.csv")], str(tmp_path / "out"), kb, options, workers=0)
    (item,) = top_of(kb, folder_at(str(tmp_path / "out"))).ranked.assessments
    assert "carcinogen" in item.safety.tags


def test_a_salt_is_bought_where_the_salt_is_sold(kb: KnowledgeBase, tmp_path: Path) -> None:
    acid, salt = "CCCCCCC(C)C(=O)O", "CCCCCCC(C)C(=O)[O-].[Na+]"
    content = f"smiles,id,supplier\n{salt},1,Salts\n{acid},2,{'Acids' * 50}\nO=C(O)C(C)CCCCCC,3,Others\n"
    (tmp_path / "list.csv").write_text(content, "utf-8")
    screen([str(tmp_path / "list.csv")], str(tmp_path / "out"), kb, workers=0)
    top = top_of(kb, folder_at(str(tmp_path / "out")))
    (row,), (item,) = top.best.rows, top.ranked.assessments
    assert [line["id"] for line in row.offered] == ["1", "2", "3"]  # all have the form
    sellers = {"Salts"} if row.cells["smiles"] == salt else {f"{'Acids' * 16}...", "Others"}
    offers = [one for one in top.kb.catalogue.offers if one.product_id == item.pair.product.id]
    assert {one.supplier for one in offers} == sellers


def test_what_is_kept_is_read_as_it_was_found(out: Folder, top: Top) -> None:
    manifest = read_manifest(out)
    assert manifest is not None
    found = keep_best(out, manifest, 200)
    kept = read_best(out)
    assert kept is not None
    assert kept == (replace(found, rows=tuple(replace(row, offered=row.offered) for row in found.rows)), 200)
    assert NAME in out.names()


def test_parts_that_are_csv_say_the_same(kb: KnowledgeBase, top: Top, tmp_path: Path) -> None:
    (tmp_path / "acids.csv").write_text(LIST, "utf-8")
    options = ScreenOptions(part_lines=5, part_format="csv")
    screen([str(tmp_path / "acids.csv")], str(tmp_path / "out"), kb, options, workers=0)
    again = top_of(kb, folder_at(str(tmp_path / "out")))
    assert [row.cells["id"] for row in again.best.rows] == [row.cells["id"] for row in top.best.rows]
    assert again.best.band_sizes == top.best.band_sizes
    assert again.ranked.rows() == top.ranked.rows()


@pytest.mark.parametrize("part_format", ["parquet", "csv"])
def test_a_part_of_which_no_line_can_be_read_is_no_part_of_it(
    kb: KnowledgeBase, tmp_path: Path, part_format: Any
) -> None:
    (tmp_path / "list.smi").write_text("C1CC a\nnonsense b\nOC(=O)c1ccccc1 c\n=CC d\n", "utf-8")
    options = ScreenOptions(part_lines=2, part_format=part_format)
    screen([str(tmp_path / "list.smi")], str(tmp_path / "out"), kb, options, workers=0)
    assert [row.cells["id"] for row in top_of(kb, folder_at(str(tmp_path / "out"))).best.rows] == ["c"]


def test_fewer_are_the_first_of_more(kb: KnowledgeBase, out: Folder, top: Top) -> None:
    first = top_of(kb, out, 2)
    assert first.ranked.rows() == top.ranked.rows()[:2]


@pytest.mark.parametrize("document", [top_screen, top_page, top_rows])
@pytest.mark.parametrize("output_format", ["text", "md", "html", "csv", "json"])
def test_it_is_shown_in_every_format(
    top: Top, document: Callable[[Top], Document], output_format: str
) -> None:
    filled = document(top)
    if output_format == "csv" and not filled.csv_columns:
        return
    said = render(filled, output_format)
    assert said
    if output_format == "csv":
        rows = [*csv.DictReader(io.StringIO(said))]
        assert {row["id"] for row in rows} >= {"A-1", "A-12"}
        (benzoate,) = [row for row in rows if row["binding_form"] == "benzoate"]
        assert benzoate["offered"] == "line 3, A-3; line 5, A-5"


def test_ties_and_what_stands_nowhere_are_said(top: Top) -> None:
    said = render(top_screen(top), "text")
    assert "12 lines of acids.csv, 1 without rows" in " ".join(said.split())
    assert "1 vetoed" in said
    assert said.count("shares a place") == 1
    assert "A-1" in said


@pytest.mark.parametrize("part_format", ["parquet", "csv"])
def test_lines_that_may_hurt_are_named_on_the_screen_and_the_page_whoever_goes_on(
    run: Any, tmp_path: Path, part_format: str
) -> None:
    many = "".join(f"OC(=O)CCN=[N+]=[N-] azide {number}\n" for number in range(7))
    content = (
        f"OC(=O)CCCF <b>4-fluorobutyric acid\nOC(=O)C1CCCCC1C(=O)OO peracid\n{many}OC(=O)c1ccccc1 benzoic\n"
    )
    (tmp_path / "list.smi").write_text(content, "utf-8")
    out = tmp_path / "out"
    asked = (
        "screen",
        tmp_path / "list.smi",
        "-o",
        out,
        "-f",
        part_format,
        "--workers",
        "0",
        "--part-lines",
        "2",
    )
    for count in ("3", "5"):  # as it is screened, and as it is read again
        done = run(*asked, "--top", count)
        assert done.code == 0, done.err
        page = (out / "top.html").read_text("utf-8")
        assert "<b>4-fluoro" not in page
        for said in (" ".join(done.out.split()), page):
            assert "8 lines of the list are vetoed:" in said
            assert "4-fluorobutyric acid, OC(=O)CCCF: can kill" in said
            assert "3 more: their rows stand in the parts" in said
            assert "1 line of the list is suspected to be explosive or lethal:" in said
            assert "line 2, peracid, OC(=O)C1CCCCC1C(=O)OO: can" in said
            assert "No line of the list" not in said
            assert "No pair of this list" not in said
        assert "The best 1 binding form of 10 lines" in done.out
    for form in ("table", "csv", "html"):
        panel = run("shortlist", "--from", out, "-f", form)
        assert panel.code == 0, panel.err
        said = " ".join((panel.out + panel.err).split())
        assert "8 lines of the list are vetoed: line 1, " in said
        assert "1 line of the list is suspected to be explosive or lethal: line 2, peracid" in said


def test_a_list_without_vetoes_says_so_of_the_list(kb: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "list.smi").write_text("OC(=O)c1ccccc1 benzoic\nC1CC open\n", "utf-8")
    screen([str(tmp_path / "list.smi")], str(tmp_path / "out"), kb, workers=0)
    said = render(top_screen(top_of(kb, folder_at(str(tmp_path / "out")))), "text")
    assert "No line of the list that could be read is vetoed." in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "There is nothing to rank: the list is empty."),
        ("C1CC open\n", "There is nothing to rank: no line could be used. rejected.csv says why of each."),
        (
            "OC(=O)CF toxic\nCc1ccccc1 solvent\n",
            "There is nothing to rank: every row is kept from the best, as counted below.",
        ),
    ],
)
def test_where_nothing_can_be_ranked_that_is_said_and_no_word_of_a_table(
    kb: KnowledgeBase, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "list.smi").write_text(content, "utf-8")
    screen([str(tmp_path / "list.smi")], str(tmp_path / "out"), kb, workers=0)
    top = top_of(kb, folder_at(str(tmp_path / "out")))
    for shown in (render(top_screen(top), "text"), render(top_page(top), "html")):
        assert said in " ".join(shown.split())
        assert "can be ranked for CsPbBr3" in shown
        for word in (
            "Score:",
            "can't be told from its neighbours",
            "How to read it",
            "pairs below",
            "<table",
        ):
            assert word not in shown
    assert len(render(top_rows(top), "csv").splitlines()) == 1


def test_the_words_that_are_left_out_are_said_by_a_command_that_has_them(top: Top) -> None:
    assert "Every word: rank --legend." in render(top_screen(top), "text")


def test_a_veto_that_a_screen_lifted_is_named_where_nothing_is_lifted(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "list.smi").write_text("OC(=O)c1ccccc1 benzoic\nOC(=O)CF fluoroacetic\n", "utf-8")
    options = ScreenOptions(allow=("lethal",))
    screen([str(tmp_path / "list.smi")], str(tmp_path / "out"), kb, options, workers=0)
    top = top_of(kb, folder_at(str(tmp_path / "out")), allow=())
    assert [one["id"] for one in top.since.first] == ["fluoroacetic"]
    assert "by what is lifted and known today:" in render(top_screen(top), "text")


def test_a_panel_is_chosen_from_it_and_ordered_by_its_lines(run: Any, out: Folder, tmp_path: Path) -> None:
    sheet = tmp_path / "order.csv"
    sample = ("--volume", "2", "--nc-concentration", "1", "--edge", "9.5")
    done = run("shortlist", "-n", "3", "--from", out.name, "--order-sheet", sheet, *sample)
    assert done.code == 0, done.err
    with sheet.open(encoding="utf-8") as stream:
        ordered = [*csv.DictReader(stream)]
    listed = [row for row in ordered if "acids.csv" in row["supplier"]]
    assert {row["supplier"].partition(" acids.csv,")[0] for row in listed} <= {
        "supplier not stated (acids.csv)",
        "in",
    }
    assert listed
    assert {row["catalogue_number"] for row in listed} <= set(structures())
    priced = [row for row in listed if row["price"]]
    assert priced
    assert all(row["currency"] == "EUR" for row in priced)
    assert "oleate + oleylammonium" in done.out  # controls as always


def test_what_a_list_without_suppliers_packs_or_names_has_is_said_as_such(run: Any, tmp_path: Path) -> None:
    (tmp_path / "list.smi").write_text(
        "CCCCCCCCCCCCS(=O)(=O)O dodecanesulfonic acid\nCCCCCCCCP(=O)(O)O 1\nO=P(O)(O)CCCCCCCC 2\n", "utf-8"
    )
    assert run("screen", tmp_path / "list.smi", "-o", tmp_path / "out", "--workers", "0").code == 0
    sheet, sample = tmp_path / "o.csv", ("--volume", "2", "--nc-concentration", "1", "--edge", "9.5")
    done = run("shortlist", "--from", tmp_path / "out", "--order-sheet", sheet, *sample)
    said = " ".join(done.out.split())
    assert (
        "CCCCCCCCCCCCS(=O)(=O)O (listed as dodecanesulfonic acid, CAS not verified, purity not known, "
        "supplier not stated (list.smi))"
    ) in said
    ordered = sheet.read_text("utf-8")
    assert "a pack that is not stated" not in ordered
    assert "no pack is stated: ask the supplier" in ordered


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "{nowhere}"), "there is no folder"),
        (("--from", "{out}", "--composition", "CsPbI3"), "was screened for CsPbBr3, not for CsPbI3"),
        (("--from", "{out}", "--partner", "oleylammonium"), "leave out --partner or --from"),
        (("--from", "{empty}"), "there is no screen in"),
    ],
)
def test_what_cannot_be_chosen_from_is_refused(
    run: Any, out: Folder, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    places = {"nowhere": tmp_path / "nowhere", "out": out.name, "empty": tmp_path}
    done = run("shortlist", *(one.format(**places) for one in arguments))
    assert done.code != 0
    assert said in " ".join(done.err.split())


@pytest.mark.parametrize("content", [b"", b"junk", None])
def test_best_that_cannot_be_read_are_found_anew_and_a_part_that_is_broken_is_named(
    kb: KnowledgeBase, tmp_path: Path, content: bytes | None
) -> None:
    (tmp_path / "list.smi").write_text("OC(=O)c1ccccc1 a\n", "utf-8")
    folder = screen([str(tmp_path / "list.smi")], str(tmp_path / "out"), kb, workers=0).folder
    part = tmp_path / "out" / "part-00000.parquet"
    (tmp_path / "out" / NAME).write_bytes(part.read_bytes() if content is None else content)
    assert len(top_of(kb, folder).best.rows) == 1
    part.write_bytes(b"junk")
    (tmp_path / "out" / NAME).unlink()
    with pytest.raises(
        UsageError, match=r"part-00000.parquet is gone, or isn't what was written: put it back"
    ):
        top_of(kb, folder)


def test_the_best_of_what_is_not_finished_are_not_told(out: Folder) -> None:
    manifest = read_manifest(out)
    assert manifest is not None
    with pytest.raises(UsageError, match="isn't finished: the same command goes on from line 13"):
        keep_best(out, replace(manifest, is_complete=False))
    without = replace(manifest, parts=())
    assert keep_best(out, without, 3).rows == ()


def test_the_command_keeps_a_page_and_a_table_and_shows_the_first(run: Any, tmp_path: Path) -> None:
    (tmp_path / "acids.csv").write_text(LIST, "utf-8")
    done = run("screen", tmp_path / "acids.csv", "-o", tmp_path / "out", "--top", "3", "--workers", "0")
    assert done.code == 0, done.err
    assert "The best 3 binding forms of 12 lines for CsPbBr3" in done.out
    page = (tmp_path / "out" / "top.html").read_text("utf-8")
    assert page.count('<tr class="opened">') == 3  # what is below each row
    with (tmp_path / "out" / "top.csv").open(encoding="utf-8") as stream:
        assert len([*csv.DictReader(stream)]) == 3
    again = run("screen", tmp_path / "acids.csv", "-o", tmp_path / "out", "--top", "5", "--workers", "0")
    assert "The best 5 binding forms" in again.out


def test_numbers_that_are_none_are_counted_also_by_who_goes_on(run: Any, tmp_path: Path) -> None:
    content = (
        "smiles,cas\nCCCC(=O)O,57-24-8\nCCCCC(=O)O,2001-05-03\nCCC(=O)O,n/a\nCC(=O)O,64-19-7\nC1CC,57-24-8\n"
    )
    (tmp_path / "list.csv").write_text(content, "utf-8")
    for form in ("parquet", "csv"):
        for _ in range(2):
            done = run("screen", tmp_path / "list.csv", "-o", tmp_path / form, "--workers", "0", "-f", form)
            assert "2 lines with a CAS number that isn't one" in done.out


@pytest.mark.parametrize(
    ("content", "said"), [("", "is the list empty?"), ("name\n1\n", "no line could be used")]
)
def test_a_list_of_which_nothing_comes_says_so(run: Any, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "list.smi").write_text(content, "utf-8")
    done = run("screen", tmp_path / "list.smi", "-o", tmp_path / "out", "--workers", "0")
    assert said in done.out


def test_what_a_list_calls_its_lines_does_nothing(kb: KnowledgeBase, run: Any, tmp_path: Path) -> None:
    hostile = ("<script>alert(1)</script>", "=1+1", "[/b][red]\x1b[31m\u202e", "a|b`c`")
    smiles = ("OC(=O)c1ccccc1", "OC(=O)c1cc(Cl)cs1", "CCCCCCP(=O)(O)O", "OC(=O)c1cnc(cn1)C#N")
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [("id", "smiles", "supplier"), *zip(hostile, smiles, hostile, strict=True)]
        )
    screen([str(tmp_path / "list.csv")], str(tmp_path / "out"), kb, ScreenOptions(), workers=0)
    found = top_of(kb, folder_at(str(tmp_path / "out")))
    page = render(top_page(found), "html")
    assert "alert(1)" in page
    assert "<script>alert" not in page
    said = render(top_screen(found), "text")
    assert "\x1b" not in said
    assert "\u202e" not in said
    rows = [*csv.DictReader(io.StringIO(render(top_rows(found), "csv")))]
    assert "'=1+1" in {row["id"] for row in rows}
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    sheet, sample = tmp_path / "o.csv", ("--volume", "2", "--nc-concentration", "1", "--edge", "9.5")
    done = run("shortlist", "-n", "3", "--from", tmp_path / "out", "--order-sheet", sheet, *sample)
    assert done.code == 0, done.err
    assert "\x1b" not in done.out + sheet.read_text("utf-8")
    ordered = [*csv.DictReader(io.StringIO(sheet.read_text("utf-8")))]
    assert not any(cell.startswith("=") for row in ordered for cell in row.values())


def test_columns_that_say_no_order_are_refused_before_anything_is_screened(run: Any, tmp_path: Path) -> None:
    (tmp_path / "acids.csv").write_text(LIST, "utf-8")
    asked = ("screen", tmp_path / "acids.csv", "-o", tmp_path / "out", "--top", "3", "--workers", "0")
    done = run(*asked, "--columns", "verdict,score")
    assert done.code != 0
    assert "the best can't be told without tier" in " ".join(done.err.split())
    assert not (tmp_path / "out").exists()
    assert run(*asked, "--without", "logp_neutral").code == 0


def test_what_stands_behind_many_others_still_is_bought_from_its_own_line(
    kb: KnowledgeBase, tmp_path: Path
) -> None:
    others = "".join(f"CCCCCCC(C)C(=O)O,{number},Acids\n" for number in range(25))
    content = f"smiles,id,supplier\n{others}CCCCCCC(C)C(=O)[O-].[Na+],last,Salts\n"
    (tmp_path / "list.csv").write_text(content, "utf-8")
    screen([str(tmp_path / "list.csv")], str(tmp_path / "out"), kb, workers=0)
    top = top_of(kb, folder_at(str(tmp_path / "out")))
    (row,), (item,) = top.best.rows, top.ranked.assessments
    assert row.cells["id"] == "last"
    offers = [one for one in top.kb.catalogue.offers if one.product_id == item.pair.product.id]
    assert [one.supplier for one in offers] == ["Salts"]
