"""Does a ranking fit the terminal without a word being broken?"""

from __future__ import annotations

import io
import re
import sys

import pytest
from ligandkb.reports.dangers import product_dangers

from ligandkb.reports.ranking import print_table


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def printed(kb, monkeypatch):
    def at(width, **options):
        ranking = kb.rank("CsPbBr3", **options)
        names = {name for ways in ranking["products"] for way in ways for name in way}
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        for name, value in {"COLUMNS": str(width), "TERM": "xterm", "NO_COLOR": "1"}.items():
            monkeypatch.setenv(name, value)
        print_table(ranking, product_dangers(kb, names))
        return ranking, re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())

    return at


@pytest.mark.parametrize("width", [80, 100, 120])
def test_no_line_is_too_long_and_no_word_is_broken(printed, width):
    ranking, text = printed(width)
    lines = text.splitlines()
    assert all(len(line) <= width for line in lines)
    words = {word.strip(";,:") for word in text.split()}
    for row in ranking.to_dict("records"):
        assert {row["verdict"], "improved"} <= words
        assert all(tag in words or tag in row["safety"]["vetoes"] for tag in row["safety"]["tags"])


@pytest.mark.parametrize("width", [80, 100, 170, 180, 190, 200, 219, 250])
def test_what_to_buy_is_there_in_full_at_every_width(printed, width):
    ranking, text = printed(width, all_partners=True)
    assert all(len(line) <= width for line in text.splitlines())
    words = set(text.replace("(", " ").replace(";", " ").split())
    for row in ranking.to_dict("records"):
        assert {product for way in row["products"] for product in way} <= words


@pytest.mark.parametrize("width", [180, 219, 260, 300])
def test_a_wide_terminal_shows_every_structure(printed, width):
    ranking, text = printed(width)
    unbroken = "".join(text.split())
    if width < 300:  # a column of a table may break a structure over lines
        assert all(smiles in unbroken for smiles in ranking["binding_form_smiles"])
    assert "SMILES" in text


@pytest.mark.parametrize("width", [80, 120, 180, 250])
def test_nothing_is_cut_without_saying_so(printed, width):
    ranking, text = printed(width)
    whole = sum(row["binding_form"] in text for row in ranking.to_dict("records"))
    assert whole == len(ranking) or "…" in text


def test_an_improvement_stated_for_a_family_is_no_plain_improvement(printed):
    ranking, text = printed(170)
    row = ranking[ranking["binding_form"] == "benzoate"].iloc[0]
    assert row["observed_qualifiers"] == ["X not stated"]
    (line,) = [line for line in text.splitlines() if " benzoate + oleylammonium " in line]
    assert line.endswith("improved (X not stated)")


@pytest.mark.parametrize("width", [120, 250])
def test_pairs_are_there_in_full(printed, width):
    ranking, text = printed(width)
    for row in ranking.to_dict("records"):
        assert row["binding_form"] in text


def test_silence_of_a_label_is_said_and_the_product_that_bears_a_statement_is_named(printed):
    _, text = printed(100)
    assert "oleylamine: corrosive (H314, H318)" in text
    assert "not assessed" in text
    assert not any(line.strip() == "-" for line in text.splitlines())


def test_the_footer_states_the_order(printed):
    _, text = printed(200, top=1)
    assert "Order: this pair improved, then a near pair improved" in text
