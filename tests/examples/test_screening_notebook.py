"""The notebook runs from top to bottom, and shows what it says it shows; what is kept in it is of such a run."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

import ligandkb as lk

pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")
pytest.importorskip("matplotlib_inline")

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module", params=["kept", "run"])
def notebook(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    if request.param == "kept":
        return nbformat.read(EXAMPLES / "screening.ipynb", as_version=4)
    # Away from the checkout, as a reader runs it; the kernel finds the package that the tests test.
    return runpy.run_path(str(EXAMPLES / "run_notebook.py"))["executed"](tmp_path_factory.mktemp("reader"))


def outputs_of(notebook: Any, code: str) -> list[Any]:
    (cell,) = (cell for cell in notebook.cells if cell.cell_type == "code" and code in cell.source)
    return list(cell.outputs)


def text_of(notebook: Any, code: str) -> str:
    outputs = outputs_of(notebook, code)
    return "".join(out.get("text", "") or out.get("data", {}).get("text/plain", "") for out in outputs)


def html_of(notebook: Any, code: str) -> str:
    (output,) = outputs_of(notebook, code)
    return output.data["text/html"]


def test_every_cell_was_run_in_order_and_nothing_failed(notebook: Any) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    kinds = {(out.output_type, out.get("name")) for cell in code for out in cell.outputs}
    assert kinds <= {("execute_result", None), ("display_data", None), ("stream", "stdout")}


def test_nothing_of_a_machine_is_kept() -> None:
    text = (EXAMPLES / "screening.ipynb").read_text(encoding="utf-8")
    assert not re.findall(r"(?:/(?:tmp|home|root|Users|var)/|[A-Z]:\\\\)\S*", text)
    assert "execution" not in {key for cell in nbformat.reads(text, 4).cells for key in cell.metadata}


def test_the_ranking_draws_its_molecules_beside_what_was_measured(notebook: Any) -> None:
    html = html_of(notebook, "before.head(10)")
    rows = re.findall(r"<tr><td.*?</tr>", html, re.DOTALL)
    assert len(rows) == 10
    assert all("<svg" in row for row in rows)
    assert "76 → 98 %" in html
    assert "38 points of PLQY" in html


def test_what_is_kept_is_of_this_release(notebook: Any) -> None:
    assert f"ligandkb {lk.__version__}, data and rules" in html_of(notebook, "before.head(10)")
    rules = len(lk.load(db="none").rulebook.rules)
    assert f"{rules} rules" in text_of(notebook, "kb = lk.load(")


def test_a_selection_keeps_its_pictures(notebook: Any) -> None:
    html = html_of(notebook, "phosphonates =")
    rows = re.findall(r"<tr><td.*?</tr>", html, re.DOTALL)
    assert rows
    assert all("<svg" in row for row in rows)


def test_vetoed_pairs_say_why(notebook: Any) -> None:
    html = html_of(notebook, "vetoed[[")
    assert "fluoroacetate" in html
    assert "can kill" in html


def test_the_unseen_acid_is_compared_with_oleate_and_not_cleared(notebook: Any) -> None:
    html = html_of(notebook, "kb.assess(")
    assert "oleylammonium-oleate" in html
    assert "No tag is not a clearance" in html


def test_the_panel_holds_eight_and_its_controls_and_says_why(notebook: Any) -> None:
    html = html_of(notebook, "panel = kb.shortlist")
    assert "8 candidates" in html
    for said in ("picolinate", "dioctyl sulfide", "expected failure", "If it brightens"):
        assert said in html


def test_the_plan_is_a_bench_sheet(notebook: Any) -> None:
    html = html_of(notebook, "plan = kb.plan")
    assert html.index("corrosive") < html.index("picolinic acid</td>") < html.index("The test to do first")


def test_what_was_recorded_moves_the_order_and_not_the_score(notebook: Any) -> None:
    recorded = text_of(notebook, "outcomes add")
    assert recorded.count("1 recorded in outcomes.sqlite") == 2
    html = html_of(notebook, "moved[columns]")
    rows = {
        cells[1]: cells[2:]
        for cells in (
            [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]
            for row in re.findall(r"<tr><td.*?</tr>", html, re.DOTALL)
        )
    }
    assert set(rows) == {"picolinate", "dioctyl sulfide"}
    for name, (_, before, after, told_before, told_after, score_before, score_after) in rows.items():
        assert score_before == score_after
        assert told_before == "-"
        assert told_after.startswith("62 → ")
        assert (int(after) < int(before)) == (name == "picolinate")


def test_the_plot_is_drawn(notebook: Any) -> None:
    (output,) = outputs_of(notebook, "score_against_effect_figure(kb")
    assert "image/png" in output.data


def test_the_agreement_is_labelled_in_sample(notebook: Any) -> None:
    assert text_of(notebook, "table1_agreement").startswith("in-sample")
