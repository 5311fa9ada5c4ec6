"""Does a notebook say what a terminal says?"""

from __future__ import annotations

import pickle
import re

import numpy as np
import pandas as pd
import pytest

import ligandkb as lk
from ligandkb.reports.figures.structures import structure

DDAB = "CCCCCCCCCCCC[N+](C)(C)CCCCCCCCCCCC.[Br-]"


@pytest.fixture(scope="module")
def ranking(kb):
    return kb.rank("CsPbBr3")


def pictures(html: str) -> list[str]:
    """SMILES of what is drawn, from top to bottom."""
    return re.findall(r"<figure>\s*<svg.*?</svg>\s*<figcaption><code>([^<]*)</code>", html)


def cells(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)]


def test_a_salt_is_drawn_with_both_ions(kb, ranking):
    assert structure(DDAB).draw() in ranking._repr_html_()
    assert pictures(kb.assess("DDAB")._repr_html_()) == [DDAB]


def test_what_is_near_and_what_it_lacks_are_said_as_on_a_terminal(ranking):
    html = ranking._repr_html_()
    assert "near: 62.4 → 91.3 %" in html
    assert "table: improved, in-sample" in html
    assert "near: " in ranking[ranking["near_observed"].notna() & ranking["observed"].isna()]._repr_html_()


def test_a_near_pair_is_named_on_one_assessment(kb, ranking):
    row = ranking[ranking["near_observed"].notna() & ranking["observed"].isna()].iloc[0]
    html = kb.assess(row["binding_form"], partners=row["partner"])._repr_html_()
    assert "near: " in html


def test_a_safety_cell_is_never_blank_and_names_the_bottle(ranking):
    for selection in (
        ranking,
        ranking[["rank", "safety"]],
        ranking[["safety"]],
        ranking[["safety", "products"]],
    ):
        assert all(
            cell.strip() for cell in cells(selection._repr_html_())[1::2] if not cell.startswith("\n<fig")
        )
    assert (
        "oleylamine: corrosive (H314, H318)" in ranking[["binding_form", "partner", "safety"]]._repr_html_()
    )
    assert any(cell.endswith("?") for cell in cells(ranking[["safety"]]._repr_html_()))
    assert "No tag is not a clearance" in ranking[["safety"]]._repr_html_()


@pytest.mark.parametrize(
    "columns",
    [["rank", "score"], ["binding_form", "partner"], ["smiles"], ["ligand", "partner", "binding_form"]],
)
def test_a_selection_keeps_the_pictures(ranking, columns):
    picked = ranking[columns].iloc[3:6].sort_values(columns[0], ascending=False)
    expected = ranking.loc[picked.index, "smiles"]
    assert pictures(picked._repr_html_()) == [str(smiles).replace("&", "&amp;") for smiles in expected]


def test_a_wrong_picture_is_never_drawn(ranking):
    assert pictures(ranking[["verdict"]].head(3)._repr_html_()) == []
    several = ranking[ranking["binding_form"] == "bromide"]
    assert several["smiles"].nunique() > 1
    assert set(pictures(several[["binding_form"]]._repr_html_())) == {"[Br-]"}
    renamed = ranking.head(2).assign(binding_form="something else")
    assert pictures(renamed[["binding_form"]]._repr_html_()) == []


def test_absence_is_no_number(ranking):
    holes = pd.concat([ranking[["rank", "cas", "score", "band"]].head(3)]).assign(cas=np.nan)
    shown = cells(lk.KnowledgeBase and type(ranking)(holes)._repr_html_())
    assert "nan" not in shown
    assert "None" not in shown
    assert "-" in shown


def test_an_identifier_may_be_nan(tmp_path):
    (tmp_path / "ligands.csv").write_text("id,name,smiles\nnan,nan,OC(=O)c1ccc(CCC)cc1\n", encoding="utf-8")
    ranking = lk.load(data=[tmp_path]).rank("CsPbBr3")
    own = ranking[ranking["ligand"] == "nan"]
    assert len(own) == 1
    assert "nan" in " ".join(cells(own._repr_html_()))
    assert pictures(own[["ligand", "verdict"]]._repr_html_()) == ["OC(=O)c1ccc(CCC)cc1"]


def test_danger_comes_before_the_prediction(kb):
    html = kb.assess("fluoroacetic acid")._repr_html_()
    assert html.index("VETO: lethal") < html.index(">verdict<")
    assert "No tag is not a clearance" in html


def test_a_long_ranking_says_how_much_is_missing(kb):
    html = kb.rank("CsPbBr3", all_partners=True)._repr_html_()
    assert re.search(r"\.\.\. and \d+ more rows", html)
    assert html.count("<tr><td") == 50


SAMPLE = {"nanocrystal_concentration_um": 1.0, "volume_ml": 2.0, "edge_length_nm": 9.5}


def test_a_plan_is_its_bench_sheet(kb):
    plan = kb.plan("hexylphosphonic acid", partners="oleylammonium", **SAMPLE)
    html = plan._repr_html_()
    assert html.index("corrosive (H314, H318)") < html.index("10.1 mg") < html.index("The test to do first")
    assert str(plan).startswith("Ligand exchange: hexylphosphonic acid with oleylamine on CsPbBr3\n")
    assert "No tag is not a clearance" in str(plan)
    assert repr(plan).startswith("ExchangePlan(oleylamine: corrosive")
    assert "weigh in 10.1 mg of hexylphosphonic acid, 16.2 mg of oleylamine for 9.5 mL" in repr(plan)


def test_no_plan_hides_what_was_lifted(kb):
    plan = kb.plan("fluoroacetic acid", allow="lethal", **SAMPLE)
    assert repr(plan).startswith("ExchangePlan(VETO LIFTED on your word: lethal")
    assert "VETO LIFTED" in str(plan)
    assert "VETO LIFTED" in plan._repr_html_()


def test_a_ranking_reads_as_its_page(kb, ranking):
    html = ranking.head(4)._repr_html_()
    for row in kb.ranked("CsPbBr3", top=4).rows():
        assert row["measured"] in html
    assert "76 → 98 %" in ranking._repr_html_()
    assert html.index("No tag is not a clearance") < html.index("<table") < html.index("How to read it")


def test_ranked_pairs_show_themselves_too(kb):
    ranked = kb.ranked("CsPbBr3", top=4)
    assert pictures(ranked._repr_html_())[:1] == pictures(kb.rank("CsPbBr3", top=1)._repr_html_())[:1]
    assert repr(ranked).startswith("RankedPairs(4 on CsPbBr3: ")


def test_what_was_added_or_changed_stands_beside_the_page(ranking):
    mine = ranking.head(3).assign(score=1.25, shelf=["A", "B", "<script>"])
    html = mine._repr_html_()
    assert html.count(">1.25<") == 3
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_pictures_survive_a_merge_of_two_crystals(kb, ranking):
    both = ranking.merge(kb.rank("CsPbI3"), on=["binding_form", "partner"], suffixes=("_br", "_i"))
    html = both[["binding_form", "partner", "score_br", "score_i", "safety_i"]].head(6)._repr_html_()
    assert len(pictures(html)) == 6
    assert "Ligand pairs for CsPbBr3 and CsPbI3" in html
    assert "No tag is not a clearance" in html


@pytest.mark.parametrize(
    "how",
    [
        lambda frame: pd.concat([frame.head(2), frame.tail(2)]),
        lambda frame: frame[frame["verdict"] == "recommended"].head(4),
        lambda frame: frame.sort_values("score").iloc[2:6],
        lambda frame: frame.set_index("binding_form").head(4)[["score", "partner"]],
        lambda frame: frame.drop(columns=["smiles", "ligand", "evidence"]).head(4),
        lambda frame: frame.groupby("ligand_class").head(1).head(4)[["ligand", "band"]],
        lambda frame: frame.query("rank <= 4")[["rank", "cas"]],
    ],
)
def test_pictures_survive_what_is_done_to_rows(ranking, how):
    html = how(ranking)._repr_html_()
    rows = re.findall(r"<tr><td.*?</tr>", html, re.DOTALL)
    assert len(rows) == 4
    assert all("<svg" in row for row in rows)


def test_a_ranking_can_be_pickled_and_drawn_again(ranking):
    again = pickle.loads(pickle.dumps(ranking.head(3)))
    assert again._repr_html_() == ranking.head(3)._repr_html_()


def test_dangers_are_shown_whatever_their_column_is_called(ranking):
    html = ranking.rename(columns={"safety": "hazards"})[["hazards"]].head(3)._repr_html_()
    assert "corrosive" in html
    assert "dangers_to_people" not in html


def test_no_selection_hides_a_veto(ranking):
    vetoed = ranking[ranking["binding_form"] == "fluoroacetate"]
    assert "VETO lethal: fluoroacetate + oleylammonium" in vetoed[["binding_form", "partner"]]._repr_html_()
    assert "VETO" in vetoed[["rank", "score"]]._repr_html_()
    assert "VETO" in vetoed[["ligand_name", "partner", "score"]]._repr_html_()
    assert "VETO" in vetoed[["ligand_name", "score"]]._repr_html_()
    assert "VETO" not in ranking.head(3)[["binding_form", "partner"]]._repr_html_()
