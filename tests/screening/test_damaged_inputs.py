"""Is a list that is damaged, oddly written or asked for the wrong column refused or rejected, never read as another?"""

from __future__ import annotations

import pytest
from rdkit import Chem

from ligandkb.problems import InputError, StructureError, UsageError
from ligandkb.screening.folder import folder_at
from ligandkb.screening.inputs import read_lines, with_columns_found
from ligandkb.screening.manifest import read_manifest
from ligandkb.screening.molfiles import smiles_of
from ligandkb.screening.options import ScreenOptions

BENZOIC, AMINE = (Chem.MolToMolBlock(Chem.MolFromSmiles(smiles)) for smiles in ("OC(=O)c1ccccc1", "CCCCN"))
CAS = "> <CAS>\n65-85-0\n\n"


def lines_of(path, text="", **asked):
    if text:
        path.write_text(text)
    sources = [str(path)]
    return list(read_lines(sources, with_columns_found(sources, ScreenOptions(**asked))))


@pytest.mark.parametrize("option", ["smiles_column", "id_column", "cas_column"])
def test_a_field_that_no_molecule_has_is_refused(tmp_path, option):
    with pytest.raises(InputError, match=r"no column is called 'CASS'.*'CAS'"):
        lines_of(tmp_path / "list.sdf", f"{BENZOIC}{CAS}$$$$\n", **{option: "CASS"})


@pytest.mark.parametrize("option", ["smiles_column", "id_column", "cas_column"])
def test_a_smiles_file_has_no_columns_to_name(tmp_path, option):
    with pytest.raises(UsageError, match=f"--{option.replace('_', '-')}: a SMILES file has no columns"):
        lines_of(tmp_path / "list.smi", "CCCCN a\n", **{option: "CAS"})


def test_a_table_beside_a_smiles_file_may_name_its_column(tmp_path):
    (tmp_path / "list.csv").write_text("SMILES,Nummer\nCCCCN,109-73-9\n")
    (tmp_path / "list.smi").write_text("CCCN a\n")
    sources = [str(tmp_path / "list.smi"), str(tmp_path / "list.csv")]
    options = with_columns_found(sources, ScreenOptions(cas_column="Nummer"))
    assert [line.cas for line in read_lines(sources, options)] == ["", "109-73-9"]


def test_a_field_is_named_in_whatever_case_and_may_lack_in_the_first_molecule(tmp_path):
    text = f"{AMINE}$$$$\n{BENZOIC}{CAS}> <Price>\n5\n\n$$$$\n"
    lines = lines_of(tmp_path / "list.sdf", text, cas_column="cas")
    assert [(line.cas, line.carried) for line in lines] == [("", ("",)), ("65-85-0", ("5",))]


@pytest.mark.parametrize("between", ["", CAS])
@pytest.mark.parametrize("column", ["", "CAS"])
def test_two_molecules_without_an_end_between_them_are_not_one(tmp_path, between, column):
    lines = lines_of(tmp_path / "list.sdf", f"{BENZOIC}{between}{AMINE}{CAS}$$$$\n", smiles_column=column)
    assert len(lines) == 1
    with pytest.raises(StructureError, match="several molecules stand in one record"):
        smiles_of(lines[0].smiles)


def test_a_line_break_inside_a_structure_is_no_atom_of_it(kb, tmp_path):
    """As the two characters that show it, it would read as pyrimidine."""
    lines = lines_of(tmp_path / "list.csv", 'SMILES,id\n"c1c\nc\nc1",a\nCCN,b\n')
    assert [line.smiles for line in lines] == ["c1c c c1", "CCN"]
    (frame,) = kb.screen(["c1c\nc\nc1", "CCN"], workers=0, columns="smiles")
    assert frame["smiles"].tolist() == ["CCN"]
    assert "text after the SMILES" in frame.attrs["rejected"][0]["reason"]


def test_a_structure_in_a_field_is_no_second_molecule(tmp_path):
    inside = "\n".join(line or " -" for line in AMINE.splitlines())
    (line,) = lines_of(tmp_path / "list.sdf", f"{BENZOIC}> <drawn>\n{inside}\n\n{CAS}$$$$\n")
    assert (smiles_of(line.smiles), line.cas) == ("O=C(O)c1ccccc1", "65-85-0")


def test_parquet_with_columns_of_one_name_is_read_by_the_first_as_a_table_of_text_is(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    columns = [pa.array([cell]) for cell in ("CCCCN", "CCCN", "a")]
    pq.write_table(pa.table(columns, names=["SMILES", "SMILES", "id"]), tmp_path / "list.parquet")
    assert [(line.smiles, line.id) for line in lines_of(tmp_path / "list.parquet")] == [("CCCCN", "a")]


def test_parquet_whose_writer_did_not_say_that_bytes_are_text(tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"SMILES": [b"CCCCN"], "id": ["é".encode()]}), tmp_path / "list.parquet")
    assert [(line.smiles, line.id) for line in lines_of(tmp_path / "list.parquet")] == [("CCCCN", "é")]


def test_a_manifest_that_is_a_folder_is_refused(tmp_path):
    (tmp_path / "out" / "manifest.json").mkdir(parents=True)
    with pytest.raises(UsageError, match=r"can't be read .*name another folder"):
        read_manifest(folder_at(str(tmp_path / "out")))
