"""The notebook runs from top to bottom, and shows what it says it shows."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")
pytest.importorskip("matplotlib_inline")

NOTEBOOK = Path(__file__).resolve().parents[2] / "examples" / "screening.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    # Away from the checkout, as a reader runs it; the kernel finds the package that the tests test.
    folder = tmp_path_factory.mktemp("reader")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(NOTEBOOK.parents[1]), prepend=os.pathsep)
        nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": folder}}).execute()
    return notebook


def outputs_of(notebook: Any, code: str) -> list[Any]:
    (cell,) = (cell for cell in notebook.cells if cell.cell_type == "code" and code in cell.source)
    return list(cell.outputs)


def text_of(notebook: Any, code: str) -> str:
    outputs = outputs_of(notebook, code)
    return "".join(out.get("text", "") or out.get("data", {}).get("text/plain", "") for out in outputs)


def test_the_committed_notebook_has_no_outputs() -> None:
    stored = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    code = [cell for cell in stored["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_nothing_is_written_to_standard_error(executed: Any) -> None:
    streams = [
        out for cell in executed.cells for out in cell.get("outputs", ()) if out.output_type == "stream"
    ]
    assert [out.text for out in streams if out.name == "stderr"] == []


def test_the_ranking_draws_its_molecules(executed: Any) -> None:
    (output,) = outputs_of(executed, "bromide.head(10)")
    assert output.data["text/html"].count("<svg") == 10


def test_only_the_crystals_own_halide_passivates(executed: Any) -> None:
    (output,) = outputs_of(executed, "moved[[")
    cells = set(re.findall(r"<t[dh][^>]*>([^<]+)</t[dh]>", output.data["text/html"]))
    assert {"bromide", "iodide", "score_br", "score_i"} <= cells


def test_vetoed_pairs_say_why(executed: Any) -> None:
    assert "fluoroacetate" in text_of(executed, "vetoed[[")


def test_the_unseen_acid_is_compared_with_oleate_and_not_cleared(executed: Any) -> None:
    text = text_of(executed, "unseen = kb.assess")
    assert "oleylammonium-oleate" in text
    assert "not assessed: the safety data sheet of the product as bought" in text


def test_own_rows_replace_and_are_added(executed: Any) -> None:
    outputs = outputs_of(executed, "ours = lk.load")
    assert outputs[0].text == "oleic-acid is replaced by my-lab/ligands.csv:4\n"
    assert "difluoro-phenyl-acetic-acid" in outputs[1].data["text/html"]
    assert text_of(executed, "One pair, two products") == (
        "[['benzoic-acid', 'oleylamine'], ['benzoic-acid-our-shelf', 'oleylamine']]"
    )


def test_the_plot_is_drawn(executed: Any) -> None:
    (output,) = outputs_of(executed, "score_against_effect_figure(kb")
    assert "image/png" in output.data


def test_the_agreement_is_labelled_in_sample(executed: Any) -> None:
    assert text_of(executed, "table1_agreement").startswith("in-sample")
