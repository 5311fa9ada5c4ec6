from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from ligandkb.assessment.ranked import RankedPairs
from ligandkb.cells import visible
from ligandkb.reports.document import Document, Span, table
from ligandkb.reports.literal import for_encoding
from ligandkb.reports.machine import to_csv
from ligandkb.reports.markdown import markdown_code, markdown_text
from ligandkb.reports.ranking import ranking_document
from ligandkb.reports.render import render

HOSTILE = [
    "c1cc[nH]c1",
    "C[n+]1ccccc1",
    "[/b]bold[red]",
    "name\x1b[31mred\x1b[0m",
    "F/C=C\\F",
    "a|b",
    "*x*_y_`z`",
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\x1b[31m", "a\\x1b[31m"), ("\u202eabc", "\\u202eabc"), ("β-CsPbI3", "β-CsPbI3"), ("a\nb", "a\\nb")],
)
def test_control_characters_are_shown_not_sent(text, shown):
    assert visible(text) == shown


def named(kb, name: str) -> RankedPairs:
    """A ranking whose one pair has a name in the place of every name and structure."""
    ranked = kb.ranked("CsPbBr3", top=1)
    (item,) = ranked.assessments
    pair = item.pair
    (recipe,) = pair.recipes
    product = replace(recipe.products[0], name=name, smiles=name)
    pair = replace(
        pair,
        form=replace(pair.form, name=name, form=replace(pair.form.form, smiles=name)),
        recipes=(replace(recipe, products=(product, *recipe.products[1:])),),
    )
    return replace(ranked, assessments=(replace(item, pair=pair),))


@pytest.mark.parametrize("name", HOSTILE)
def test_text_survives_every_output_format(kb, name):
    document = ranking_document(named(kb, name))
    assert json.loads(render(document, "json"))["rows"][0]["binding_form"] == name
    row = next(csv.DictReader(io.StringIO(render(document, "csv"))))
    assert row["binding_form"] == visible(name)
    markdown = render(document, "md")
    assert markdown_code(name) in markdown
    assert markdown_text(name) in markdown
    text = render(document, "text")
    assert visible(name) in text
    assert not any("\x1b" in render(document, form) for form in ("text", "csv", "md", "html"))


def test_every_smiles_of_the_catalogue_survives(kb):
    frame = kb.rank("CsPbBr3", all_partners=True)
    document = ranking_document(kb.ranked("CsPbBr3", all_partners=True))
    outputs = [render(document, form) for form in ("text", "csv", "md")]
    rows = json.loads(render(document, "json"))["rows"]
    assert [row["binding_form_smiles"] for row in rows] == list(frame["binding_form_smiles"])
    for smiles in frame["binding_form_smiles"]:
        assert all(smiles in text for text in outputs)


def test_spreadsheet_formulas_are_escaped_and_numbers_are_not():
    text = to_csv(["a", "b"], [{"a": "=HYPERLINK(1)", "b": -1.5}])
    row = next(csv.DictReader(io.StringIO(text)))
    assert not row["a"].startswith("=")
    assert row["b"] == "-1.5"


def test_markdown_tables_keep_their_columns():
    document = Document("t", (table(("a|c", "b"), [("x|y", Span("z|w", code=True))]),))
    _, _, header, _, row = render(document, "md").splitlines()
    assert header == "| a\\|c | b |"
    assert row == "| x\\|y | `z\\|w` |"
    assert markdown_text("<script>") == "\\<script>"


def test_signs_that_a_terminal_can_t_show_are_spelt_out():
    assert for_encoding("204 ± 26 µM ─ β", "ascii") == "204 +/- 26 uM - beta"
