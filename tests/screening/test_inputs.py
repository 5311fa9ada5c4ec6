"""Do lists come in whole, whatever they are kept in, and is said what is wrong with them?"""

from __future__ import annotations

import csv
import gzip

import pytest
from rdkit import Chem

import ligandkb as lk
from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.inputs import Stream, read_lines, with_columns_found
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line

ROWS = [
    ("A-1", "OC(=O)c1ccccc1", "65-85-0", "12.50"),
    ("A-2", "CCCCN", "", "3"),
    ("A-3", "C[N+](C)(C)C.[Br-]", "", ""),
]
AS_LINES = [Line(number, row[1], row[0], row[2], (row[3],)) for number, row in enumerate(ROWS, 1)]
HEADINGS = ("Cat. No.", "SMILES", "CAS-Nr.", "Price (EUR)")


def delimited(path, separator=","):
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter=separator).writerows([HEADINGS, *ROWS])
    return path


def parquet(path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    columns = [[cell or None for cell in column] for column in zip(*ROWS, strict=True)]
    columns[3] = [None if cell is None else float(cell) for cell in columns[3]]
    pq.write_table(pa.table(columns, names=HEADINGS), path)
    return path


def gzipped(path):
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    return packed


def lines_of(*paths, **asked):
    sources = [str(path) for path in paths]
    return list(read_lines(sources, with_columns_found(sources, ScreenOptions(**asked))))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_by_their_headings(tmp_path, separator, packed):
    path = delimited(tmp_path / ("list.tsv" if separator == "\t" else "list.csv"), separator)
    assert lines_of(gzipped(path) if packed else path) == AS_LINES


@pytest.mark.parametrize("packed", [False, True])
def test_parquet(tmp_path, packed):
    path = parquet(tmp_path / "list.parquet")
    found = lines_of(gzipped(path) if packed else path)
    assert [(one.smiles, one.id, one.cas) for one in found] == [(row[1], row[0], row[2]) for row in ROWS]
    assert [one.carried for one in found] == [("12.5",), ("3.0",), ("",)]


def test_a_number_that_is_none_is_blank_in_parquet_too(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    cells = {"SMILES": ["CCO", "CCN"], "id": [float("nan"), 7.0], "Price": [4.5, float("nan")]}
    pq.write_table(pa.table(cells), tmp_path / "list.parquet")
    assert lines_of(tmp_path / "list.parquet") == [
        Line(1, "CCO", "", "", ("4.5",)),
        Line(2, "CCN", "7.0", "", ("",)),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_a_smiles_file_is_numbered_as_an_editor_numbers_it(tmp_path, packed):
    path = tmp_path / "list.smi"
    path.write_bytes(b"smiles id\nCCO ethanol, absolute\n\nCCN\tA-7\r\nCCCC\n")
    assert lines_of(gzipped(path) if packed else path) == [
        Line(2, "CCO", "ethanol, absolute"),
        Line(4, "CCN", "A-7"),
        Line(5, "CCCC"),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_an_sd_file_is_read_where_lines_may_hang(tmp_path, packed, kb):
    from rdkit import Chem

    path = tmp_path / "list.sdf"
    with Chem.SDWriter(str(path)) as writer:
        for name, smiles, cas, price in ROWS:
            mol = Chem.MolFromSmiles(smiles)
            mol.SetProp("_Name", name)
            mol.SetProp("CAS", cas)
            mol.SetProp("Price", price)
            writer.write(mol)
    path.write_text(path.read_text() + "no molfile\n\nat all\n$$$$\n\n")
    found = lines_of(gzipped(path) if packed else path, carry=("Price",))
    assert [(one.id, one.cas, one.carried) for one in found] == [
        *((row[0], row[2], (row[3],)) for row in ROWS),
        ("no molfile", "", ("",)),
    ]
    chunk = screen_with(screener_from(kb, ScreenOptions(carry=("Price",))), found)
    assert [Chem.CanonSmiles(one) for one in dict.fromkeys(chunk.rows["smiles"].to_pylist())] == [
        Chem.CanonSmiles(kb.find(row[1]).product.smiles) for row in ROWS
    ]
    (rejected,) = chunk.rejected
    assert (rejected.line, rejected.id, rejected.smiles) == (
        4,
        "no molfile",
        "",
    ) and "molfile" in rejected.reason


def test_lines_of_several_files_are_numbered_through(tmp_path):
    one, other = tmp_path / "one.smi", delimited(tmp_path / "other.csv")
    one.write_text("CCO\nCCN\n")
    found = lines_of(one, other)
    assert [line.number for line in found] == [1, 2, 3, 4, 5]
    assert found[0].carried == ("",) and found[2].carried == ("12.50",)


def test_columns_that_are_named_go_first(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id,structure,SMILES,Lot\n1,CCN,CCO,L7\n")
    assert lines_of(path, smiles_column="Structure", id_column="lot", carry=("id",))[0] == Line(
        1, "CCN", "L7", "", ("1",)
    )
    with pytest.raises(
        lk.InputError, match=r"list.csv:1:1: no column is called 'structur': did you mean 'structure'"
    ):
        lines_of(path, smiles_column="structur")
    with pytest.raises(lk.UsageError, match="no column is called 'price'"):
        lines_of(path, carry=("price",))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "list.csv",
            b"name,CAS\nethanol,64-17-5\n",
            "no column is called SMILES: name it with --smiles-column",
        ),
        ("list.smi.gz", gzip.compress(b"CCO\n" * 5000)[:-20], "can't be read: .*cut off"),
        ("list.smi.gz", b"CCO\n", "can't be read: .*get it anew"),
        ("list.parquet", b"CCO\n", "no Parquet file"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(lk.InputError, match=said):
        lines_of(tmp_path / name)


def test_files_that_are_not_there_or_of_no_known_kind(tmp_path):
    with pytest.raises(lk.InputError, match="there is no such file"):
        lines_of(tmp_path / "list.smi")
    with pytest.raises(lk.UsageError, match=r"must end in \.smi"):
        Stream([str(tmp_path / "list.docx")], ScreenOptions())


def test_hostile_lines_stay_bounded_and_harmless(tmp_path):
    path = tmp_path / "list.smi"
    path.write_bytes(b"C" * 3_000_000 + b"\nCCO \x1b[31mred\x00\x81\nCCN\n")
    long, coloured, plain = lines_of(path)
    assert len(long.smiles) == 100_000
    assert coloured.id == "\\x1b[31mred\\x00\N{REPLACEMENT CHARACTER}" and plain == Line(3, "CCN")


def test_text_of_other_encodings(tmp_path):
    path = tmp_path / "list.csv"
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_text("SMILES,Name\nCCO,Äthanol\n", encoding=encoding)
        assert lines_of(path) == [Line(1, "CCO", "Äthanol")]


def test_addresses_that_fsspec_knows(tmp_path):
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://lists/list.smi.gz", "wb") as stream:
        stream.write(gzip.compress(b"CCO a\nCCN b\n"))
    local = tmp_path / "list.smi"
    local.write_text("CCC c\n")
    assert [one.id for one in lines_of("memory://lists/list.smi.gz", f"file://{local}")] == ["a", "b", "c"]
    with pytest.raises(lk.InputError, match="there is no such file"):
        lines_of("memory://lists/other.smi")


def test_how_much_was_read_goes_by_bytes(tmp_path):
    paths = [tmp_path / "one.smi", tmp_path / "other.smi"]
    for path in paths:
        path.write_text("CCO\n" * 50_000)
    stream = Stream([str(path) for path in paths], ScreenOptions())
    shares = [stream.share_read for line in stream if line.number % 25_000 == 0]
    assert (
        shares == sorted(shares) and 0.2 < shares[0] < 0.5 and 0.5 < shares[2] < 1 and stream.share_read == 1
    )


@pytest.mark.parametrize("after", ["", '"', '",,"\n', "\n" * 3, "C,c\n" * 100_000])
def test_a_quote_that_is_not_closed_swallows_no_line(tmp_path, after):
    text = f'smiles,id\nCCO,"two\nlines"\nCCN,"5"-bottle\nCCC,"open\nOC(=O)CF,poison\nCCCC,"b" c\n{after}'
    (tmp_path / "list.csv").write_text(text)
    found = [(line.smiles, line.id) for line in lines_of(tmp_path / "list.csv")]
    assert found[:2] == [("CCO", r"two\nlines"), ("CCN", "5-bottle")]
    assert found[2:5] == [("CCC", "open"), ("OC(=O)CF", "poison"), ("CCCC", "b c")]


def test_a_row_that_has_but_a_number_is_a_line_in_every_kind_of_table(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    rows = {"smiles": ["CCO", None, None], "id": ["a", None, None], "cas": [None, "57-24-9", None]}
    pq.write_table(pa.table(rows), tmp_path / "list.parquet")
    (tmp_path / "list.csv").write_text("smiles,id,cas\nCCO,a,\n,,57-24-9\n,,\n")
    expected = [Line(1, "CCO", "a"), Line(2, "", cas="57-24-9")]
    assert lines_of(tmp_path / "list.parquet") == lines_of(tmp_path / "list.csv") == expected


@pytest.mark.parametrize(
    "heading",
    [
        "CAS",
        "CAS No.",
        "N\N{DEGREE SIGN} CAS",
        "CAS registry",
        "Numero_CAS",
        "CAS\N{CJK UNIFIED IDEOGRAPH-53F7}",
    ],
)
def test_numbers_are_found_in_every_language_in_a_table_and_in_an_sd_file(tmp_path, heading):
    strychnine = "57-24-9"
    (tmp_path / "list.csv").write_text(f"{heading},smiles\n{strychnine},CCO\n", "utf-8")
    molfile = Chem.MolToMolBlock(Chem.MolFromSmiles("CCO"))
    fields = f">  <{heading}>\n71-43-2\n{strychnine}\n\n> <Price>\n>98\n\n> <Cat. No.>\nA-1\n\n$$$$\n"
    (tmp_path / "list.sdf").write_text(molfile + fields, "utf-8")
    assert [line.cas for line in lines_of(tmp_path / "list.csv")] == [strychnine]
    (line,) = lines_of(tmp_path / "list.sdf")
    assert (line.id, line.cas, line.carried) == ("A-1", f"71-43-2 {strychnine}", (">98", "A-1"))


def test_a_table_of_an_older_spreadsheet_has_its_headings(tmp_path):
    (tmp_path / "list.csv").write_bytes(
        "SMILES;Name;St\u00fcckpreis\nCCO;S\u00e4ure \u20ac;3\n".encode("cp1252")
    )
    (line,) = lines_of(tmp_path / "list.csv")
    assert (line.id, line.carried) == ("S\u00e4ure \u20ac", ("3",))


def test_cells_between_tabs_may_stand_in_quotes_and_have_them(tmp_path):
    (tmp_path / "list.tsv").write_text('"SMILES"\t"Name"\n"CCO"\t"a ""b"""\nCCN\t5"-ring\nCCC\t"open\nC\t"\n')
    found = [(line.smiles, line.id) for line in lines_of(tmp_path / "list.tsv")]
    assert found == [("CCO", 'a "b"'), ("CCN", '5"-ring'), ("CCC", '"open'), ("C", '"')]
