"""Does a ranking fit the terminal without a word being broken?"""

from __future__ import annotations

import io
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
        for name, value in {"COLUMNS": str(width), "TERM": "dumb", "NO_COLOR": "1"}.items():
            monkeypatch.setenv(name, value)
        print_table(ranking, product_dangers(kb, names))
        return ranking, terminal.getvalue()

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


@pytest.mark.parametrize("width", [120, 250])
def test_pairs_are_there_in_full(printed, width):
    ranking, text = printed(width)
    for row in ranking.to_dict("records"):
        assert row["binding_form"] in text


def test_silence_of_a_label_is_said_and_the_product_that_bears_a_statement_is_named(printed):
    _, text = printed(100)
    assert "oleylamine: corrosive (H314)" in text
    assert "not assessed" in text
    assert not any(line.strip() == "-" for line in text.splitlines())


def test_the_footer_states_the_order(printed):
    _, text = printed(200, top=1)
    assert "Order: this pair improved, then a near pair improved" in text
