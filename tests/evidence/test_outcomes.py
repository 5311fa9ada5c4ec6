"""Are measured outcomes read as they were printed?"""

from __future__ import annotations

import pytest

from ligandkb.evidence.agreement import EvidenceIndex, head_of_outcome
from ligandkb.evidence.outcomes import (
    Application,
    Effect,
    Observed,
)
from ligandkb.evidence.reading import read_outcomes
from ligandkb.resources import data_directory

DATA = data_directory() / "outcomes.csv"
HEADER = "id,binding_form_smiles,partner,composition,effect"


@pytest.fixture
def read(tmp_path):
    def reader(*lines: str, header: str = HEADER):
        path = tmp_path / "outcomes.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        problems = []
        return read_outcomes([path], problems), problems

    return reader


def test_five_cells_are_enough(read):
    (row,), problems = read("a,CC(=O)[O-],oleylammonium,CsPbBr3,improved")
    assert problems == []
    assert (row.effect, row.route, row.reference_state) == (
        Effect.IMPROVED,
        Application.POST_SYNTHETIC,
        "unknown",
    )
    assert (row.binding_form, row.binding_form_smiles) == ("CC(=O)[O-]", "CC(=O)[O-]")
    assert row.plqy_after is None
    assert row.source is None
    assert row.origin.endswith("outcomes.csv:2")


def test_percent_is_read_as_a_fraction_and_relative_stays_relative(read):
    header = HEADER + ",plqy_before_pct,plqy_after_pct,plqy_after_uncertainty_pct,relative_change_pct"
    (row,), problems = read("a,CC(=O)[O-],none,CsPbBr3,improved,62,98,3,120", header=header)
    assert problems == []
    assert (row.plqy_before, row.plqy_after, row.plqy_after_uncertainty) == (0.62, 0.98, 0.03)
    assert row.relative_change == 1.2


def test_a_blank_effect_is_no_comparison_and_a_blank_partner_unknown(read):
    (row,), problems = read("a,CC(=O)[O-],,CsPbBr3,")
    assert problems == []
    assert (row.effect, row.partner) == (None, "unknown")


def test_the_species_is_canonical_however_it_was_typed(read):
    rows, problems = read(
        "a,CC([O-])=O,none,CsPbBr3,",
        "b,[N-]=C=S,none,CsPbBr3,",
        "c,Br[Pb]Br,none,CsPbBr3,",
    )
    assert problems == []
    assert [row.binding_form_smiles for row in rows] == ["CC(=O)[O-]", "N#C[S-]", "[Br-].[Br-].[Pb+2]"]


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("a,CC(=O)[O],none,CsPbBr3,improved", 3, "radical"),
        ("a,[Pb+2].[Br-],none,CsPbBr3,improved", 3, "add up"),
        ("a,CC(=O)[O-],none,CsPbBr4,improved", 19, "add up to 4"),
        ("a,CC(=O)[O-],none,CsPbBr3,better", 27, "better"),
        ("A b,CC(=O)[O-],none,CsPbBr3,improved", 1, "A b"),
    ],
)
def test_problems_say_where(read, line, column, says):
    rows, problems = read(line)
    assert rows == ()
    (problem,) = problems
    assert (problem.line, problem.column) == (2, column)
    assert says in problem.what
    assert problem.fix or "write it like" in problem.what


def test_all_problems_at_once(read):
    rows, problems = read("a,CC(,none,CsPbF3,fine", "a,CC(=O)[O-],none,CsPbBr3,improved")
    assert len({(problem.line, problem.column) for problem in problems}) >= 3
    assert {row.id for row in rows} <= {"a"}


def test_duplicate_ids(read):
    line = "a,CC(=O)[O-],none,CsPbBr3,improved"
    _, problems = read(line, line)
    assert any(problem.line == 3 and "a" in problem.what for problem in problems)


def test_a_place_without_a_doi_is_kept(read):
    header = HEADER + ",doi,locator"
    line = 'a,CC(=O)[O-],none,CsPbBr3,improved,,"Abstract of ""Aging"", https://example.org/7"'
    (row,), problems = read(line, header=header)
    assert problems == []
    assert (row.doi, row.locator) == ("", 'Abstract of "Aging", https://example.org/7')
    assert str(row.source) == row.locator


def test_a_row_without_an_identifier_is_a_problem(read):
    rows, problems = read(",CC(=O)[O-],none,CsPbBr3,improved")
    assert rows == ()
    assert [(problem.line, problem.column, problem.what) for problem in problems] == [
        (2, 1, "the cell 'id' is blank")
    ]


@pytest.mark.parametrize(
    ("effect", "figures", "denied"),
    [
        ("improved", "90,,40,,", True),
        ("improved", "90,3,88,3,", False),
        ("improved", "90,,90,,", False),
        ("not_improved", "60,3,61,3,", False),
        ("not_improved", "60,,90,,", True),
        ("decreased", "60,3,90,3,", True),
        ("improved", ",,,,-20", True),
        ("decreased", ",,,,20", True),
        ("", "90,,40,,", False),
    ],
)
def test_figures_that_deny_their_effect(read, effect, figures, denied):
    header = f"{HEADER},plqy_before_pct,plqy_before_uncertainty_pct,plqy_after_pct,plqy_after_uncertainty_pct"
    line = f"a,CC(=O)[O-],none,CsPbBr3,{effect},{figures}"
    rows, problems = read(line, header=f"{header},relative_change_pct")
    assert len(rows) == (not denied)
    assert [problem.column for problem in problems] == [27] * denied


def test_only_shipped_rows_are_entries_of_table_1(read):
    header = f"{HEADER},strength,doi,locator"
    (row,), problems = read(
        "a,CC(=O)[O-],none,CsPbBr3,improved,table_entry,10.1021/jacs.8b11035,Table 1", header=header
    )
    assert problems == []
    assert not row.is_in_table_1


def test_percentages_above_a_hundred(read):
    _, problems = read("a,CC(=O)[O-],none,CsPbBr3,improved,120", header=HEADER + ",plqy_after_pct")
    assert len(problems) == 1


# Table 1 of doi 10.1021/jacs.8b11035, its two columns.
TABLE_1 = {
    "improved": {
        ("hexylphosphonate", "oleylammonium"),
        ("benzoate", "oleylammonium"),
        ("fluoroacetate", "oleylammonium"),
        ("difluoroacetate", "oleylammonium"),
        ("trifluoroacetate", "oleylammonium"),
        ("2,2-difluorononanoate", "oleylammonium"),
        ("methanesulfonate", "oleylammonium"),
        ("trioctylphosphine", "none"),
    },
    "not_improved": {
        ("oleate", "oleylammonium"),
        ("butyrate", "oleylammonium"),
        ("acetate", "oleylammonium"),
        ("carbonate", "caesium"),
        ("nitrate", "lead"),
        ("hydroxide", "lead"),
        ("acetate", "caesium"),
        ("lead oleate", "none"),
    },
}


@pytest.fixture(scope="module")
def shipped():
    problems = []
    rows = read_outcomes([DATA], problems)
    assert problems == []
    return rows


def test_table_1_is_complete(shipped):
    found = {(row.binding_form, row.partner, row.effect.value) for row in shipped if row.is_in_table_1}
    assert found == {(*pair, effect) for effect, pairs in TABLE_1.items() for pair in pairs}


def test_table_1_and_the_text_together(shipped):
    index = EvidenceIndex(shipped)
    for row in shipped:
        if row.is_in_table_1:
            found = index.of(row.binding_form_smiles, head_of_outcome(row), row.partner, row.composition)
            # the text calls lead oleate's effect negative (Figure S25)
            expected = "decreased" if row.binding_form == "lead oleate" else row.effect.value
            assert found.observed is Observed(expected), row.id


def test_an_outcome_s_head(shipped):
    heads = {row.binding_form: head_of_outcome(row) for row in shipped if row.is_in_table_1}
    assert heads["2,2-difluorononanoate"] == heads["difluoroacetate"]
    assert heads["butyrate"] == heads["acetate"] == heads["oleate"]


def test_figures_that_may_be_fractions_are_asked_about(read):
    header = HEADER + ",plqy_before_pct,plqy_after_pct"
    with pytest.warns(
        UserWarning, match=r"outcomes\.csv:2: PLQY from 0\.62 to 0\.95 %: percent, not fractions"
    ):
        (row,), problems = read("a,CC(=O)[O-],none,CsPbBr3,improved,0.62,0.95", header=header)
    assert problems == []
    assert row.plqy_after == 0.0095


@pytest.mark.parametrize("figures", ["0.5,60", "0,1", "0.5,", "62,95"])
def test_figures_that_are_no_fractions_are_taken_as_they_are(read, recwarn, figures):
    header = HEADER + ",plqy_before_pct,plqy_after_pct"
    assert read(f"a,CC(=O)[O-],none,CsPbBr3,improved,{figures}", header=header)[1] == []
    assert not recwarn


def test_an_old_column_is_read_and_the_new_word_said_once(read):
    header = HEADER + ",form"
    lines = [f"{name},CC(=O)[O-],none,CsPbBr3,improved,film" for name in "ab"]
    with pytest.warns(
        UserWarning, match=r"outcomes\.csv: the column 'form' is called 'morphology' now"
    ) as said:
        rows, problems = read(*lines, header=header)
    assert problems == []
    assert [row.morphology for row in rows] == ["film", "film"]
    assert len(said) == 1


def test_an_old_column_beside_the_new_one_is_a_problem(read):
    _, problems = read("a,CC(=O)[O-],none,CsPbBr3,improved,film,film", header=HEADER + ",form,morphology")
    (problem,) = problems
    assert (problem.line, problem.column, problem.fix) == (2, 36, "keep one of them")


def test_what_was_bought_is_read_and_its_structure_checked(read):
    header = HEADER + ",added_as,added_as_smiles"
    (row,), problems = read(
        "a,[Br-],none,CsPbBr3,improved,TBAB,[Br-].CCCC[N+](CCCC)(CCCC)CCCC", header=header
    )
    assert problems == []
    assert row.added_as_smiles == "CCCC[N+](CCCC)(CCCC)CCCC.[Br-]"
    assert row.ligand_text == "[Br-] (added as TBAB)"
    (row,), _ = read("a,[Br-],none,CsPbBr3,improved,,[K+].[Br-]", header=header)
    assert row.added_as == row.added_as_smiles
    (row,), _ = read("a,[Br-],none,CsPbBr3,improved,lecithin from the shelf,", header=header)
    assert (row.added_as, row.added_as_smiles) == ("lecithin from the shelf", "")
    _, problems = read("a,[Br-],none,CsPbBr3,improved,x,[K+].[Br", header=header)
    assert [(problem.line, problem.column) for problem in problems] == [(2, 33)]
