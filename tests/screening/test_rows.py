from dataclasses import replace

import pytest
from rdkit import Chem

from ligandkb.assessment.records import record
from ligandkb.cells import cell
from ligandkb.descriptors.registry import STRUCTURAL
from ligandkb.problems import LigandkbError, UsageError
from ligandkb.screening.rows import COLUMNS, OF_A_RANKING, Line, Screener

SMILES = (
    "CCCCCC(=O)O",
    "OC(=O)CF",
    "CCCCCCP(=O)(O)O",
    "CC(=O)[O-]",
    "[Br-].CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC",
    "[Cl-].[NH3+]Cc1ccncc1",
    "CCCCCCCC",
    "NCCCC(=O)O",
    "Br[Pb]Br",
    "OC(=O)c1ccc(C(=O)O)cc1",
    "CCCCP(CCCC)CCCC",
    "OC(=O)C(F)(F)F",
)


@pytest.fixture(scope="module")
def screener(kb):
    return Screener(kb, "CsPbBr3")


def screened(screener, *smiles, **other):
    lines = [Line(number, text, f"item {number}", **other) for number, text in enumerate(smiles, 1)]
    return screener.rows([screener.read(line) for line in lines])


def test_cells_are_those_that_a_ranking_writes(kb, screener):
    columns = screened(screener, *SMILES)
    expected = [
        (number, item)
        for number, smiles in enumerate(SMILES, 1)
        for item in kb.assess_all(smiles, composition="CsPbBr3")
    ]
    assert columns["line"] == [number for number, _ in expected]
    assert columns["id"] == [f"item {number}" for number, _ in expected]
    for row, (_, item) in enumerate(expected):
        own = record(item, 1)
        said = {name: columns[name][row] for name in COLUMNS if name in own}
        assert said == {name: cell(own[name]) for name in own if name not in OF_A_RANKING}


def test_every_column_has_its_kind(screener):
    types = {"integer": int, "number": float, "text": str, "flag": bool}
    columns = screened(screener, *SMILES)
    assert list(columns) == list(screener.kinds)
    for name, kind in screener.kinds.items():
        assert {type(value) for value in columns[name]} <= {types[kind], type(None)}, name


def test_an_empty_chunk_has_all_columns(screener):
    assert screener.rows([]) == {name: [] for name in screener.kinds}


def test_only_the_columns_that_were_asked_for_stand_there_in_their_own_order(kb):
    screener = Screener(kb, "CsPbCl3", ["verdict", "binding_form_smiles"], carried=["price"])
    columns = screened(screener, "CC(=O)O", carried=("3 €",))
    assert columns == {
        "line": [1],
        "id": ["item 1"],
        "price": ["3 €"],
        "binding_form_smiles": ["CC(=O)[O-]"],
        "verdict": ["no-better"],
    }


def test_a_column_that_does_not_exist_is_refused_with_the_nearest(kb):
    with pytest.raises(UsageError, match=r"'verdikt' is no column of a screening: did you mean 'verdict'\?"):
        Screener(kb, "CsPbBr3", ["verdikt"])
    with pytest.raises(UsageError, match="the columns score can't be carried along"):
        Screener(kb, "CsPbBr3", carried=["score"])
    with pytest.raises(UsageError, match="the columns lot can't be carried along"):
        Screener(kb, "CsPbBr3", carried=["price", "lot", "lot"])


def test_what_is_no_structure_is_rejected_with_its_reason(screener):
    for text in ("C1CC", "hello", "", "oleic acid"):
        with pytest.raises(LigandkbError):
            screener.read(Line(1, text))


def test_a_cas_number_of_the_list_is_looked_up_among_hazards(screener):
    drawn_wrongly = "CCCCCCCCCCCCCCCCCCC1CCCCC1C(=O)O"
    plain = screened(screener, drawn_wrongly)
    named = screened(screener, drawn_wrongly, cas="57-24-9")  # strychnine's
    assert plain["cas"] == [None]
    assert named["cas"] == ["57-24-9"]
    assert "lethal" not in plain["safety"][0].partition("not_assessed")[0]
    assert "lethal" in named["safety"][0].partition("not_assessed")[0]
    assert named["verdict"] == ["vetoed"]


@pytest.mark.parametrize(
    "text",
    [
        "CAS 57-24-9",
        "[57-24-9]",
        "57\u201124\u20119",
        "71-43-2 / 57-24-9",
        "0057-24-9",
        "57249",
        "57 - 24 - 9",
    ],
)
def test_a_poison_is_vetoed_however_the_list_writes_its_number(screener, text):
    for smiles in ("OC(=O)c1ccccc1I", "CCCCCCCC(=O)O"):  # nobody's, and one of the catalogue
        rows = screened(screener, smiles, cas=text)
        assert (rows["verdict"], rows["cas_in_list"]) == (["vetoed"], [text])


def test_what_is_no_cas_number_is_none_and_stands_there_as_the_list_has_it(screener):
    for text in ("57-24-8", "n/a", "2001-05-03", "57240"):
        rows = screened(screener, "OC(=O)c1ccccc1I", cas=text)
        assert (rows["cas"], rows["cas_in_list"]) == ([None], [text])


def test_a_veto_that_is_lifted_is_lifted_here_too(kb):
    (verdict,) = screened(Screener(kb, "CsPbBr3", allow="lethal"), "OC(=O)CF")["verdict"]
    assert verdict != "vetoed"


def test_one_structure_under_two_numbers_is_judged_by_each(screener):
    """What is kept of a product is kept of it with its number, or a harmless line would hide a poison."""
    structure = "CCCCCCCCCCCCCCCCCCC1CCCCC1C(=O)O"
    lines = [Line(1, structure), Line(2, structure, cas="57-24-9"), Line(3, structure)]  # strychnine's
    verdicts = screener.rows([screener.read(line) for line in lines])["verdict"]
    assert [verdict == "vetoed" for verdict in verdicts] == [False, True, False]


def test_rows_are_made_without_reading_a_structure(screener, monkeypatch):
    """Whatever may hang has been done when a line was read."""
    read = [screener.read(Line(number, smiles)) for number, smiles in enumerate(SMILES, 1)]

    def refuse(*_):
        raise AssertionError("a structure was read")

    for reader in ("MolFromSmiles", "MolToSmiles", "SanitizeMol"):
        monkeypatch.setattr(Chem, reader, refuse)
    assert screener.rows(read)["line"]


def test_what_is_not_asked_for_is_not_worked_out(kb, monkeypatch):
    def refuse(_):
        raise AssertionError("nobody asked for log P")

    descriptor = STRUCTURAL.by_name["logp_neutral"]
    monkeypatch.setitem(STRUCTURAL._by_name, "logp_neutral", replace(descriptor, function=refuse))
    unseen = "OC(=O)CCCCCCCCCCCCCCCCCCCCC1CCCC1"
    without = Screener(kb, "CsPbBr3", [name for name in COLUMNS if name != "logp_neutral"])
    assert screened(without, unseen)["verdict"]
    with pytest.raises(AssertionError, match="nobody asked"):
        Screener(kb, "CsPbBr3").read(Line(1, unseen.replace("C1CCCC1", "C1CCC1")))
