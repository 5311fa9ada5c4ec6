from __future__ import annotations

import csv
import io
import json

import pytest

from ligandkb.ranking.frame import Ranking
from ligandkb.reports.literal import markdown_code, markdown_text, to_csv, to_markdown, visible
from ligandkb.reports.ranking import print_table, render_ranking

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


def named(kb, name: str) -> Ranking:
    frame = kb.rank("CsPbBr3", top=1)
    frame.loc[0, ["binding_form", "ligand_name", "binding_form_smiles"]] = name
    return frame


@pytest.mark.parametrize("name", HOSTILE)
def test_text_survives_every_output_format(kb, name, capsys):
    frame = named(kb, name)
    assert json.loads(render_ranking(frame, "json"))["rows"][0]["binding_form"] == name
    row = next(csv.DictReader(io.StringIO(render_ranking(frame, "csv"))))
    assert row["binding_form"] == visible(name)
    assert markdown_code(name) in render_ranking(frame, "md")
    print_table(frame)
    table = capsys.readouterr().out
    assert visible(name) in table
    assert "\x1b" not in table


def test_every_smiles_of_the_catalogue_survives(kb, capsys):
    frame = kb.rank("CsPbBr3", all_partners=True)
    print_table(frame)
    outputs = [capsys.readouterr().out, render_ranking(frame, "csv"), render_ranking(frame, "md")]
    rows = json.loads(render_ranking(frame, "json"))["rows"]
    assert [row["binding_form_smiles"] for row in rows] == list(frame["binding_form_smiles"])
    for smiles in frame["binding_form_smiles"]:
        assert all(smiles in text for text in outputs)


def test_spreadsheet_formulas_are_escaped_and_numbers_are_not():
    text = to_csv(["a", "b"], [{"a": "=HYPERLINK(1)", "b": -1.5}])
    row = next(csv.DictReader(io.StringIO(text)))
    assert not row["a"].startswith("=")
    assert row["b"] == "-1.5"


def test_markdown_tables_keep_their_columns():
    text = to_markdown(["a", "b"], [["x|y", "z|w"]], code=("b",))
    assert text.splitlines()[2] == "| x\\|y | `z\\|w` |"
    assert markdown_text("<script>") == "\\<script>"
