"""Is text wrapped between words alone, and does a table fit its page?"""

from __future__ import annotations

import io
import re
import shlex
import sys

import pytest

from ligandkb.reports.document import Column, Document, Item, Section, Span, Typed, items, table
from ligandkb.reports.full_explanation import full_explanation_document
from ligandkb.reports.markdown import markdown
from ligandkb.reports.render import render
from ligandkb.reports.terminal import print_document
from ligandkb.reports.text import text

SMILES = "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]"
WIDE = table(
    (
        "id",
        Column("number", right=True),
        Column("prose", wraps=True, below=True),
        Column("danger", alarming=True),
    ),
    [("first", "1", "some words " * 10, "kills"), ("second", "22", "-", "not assessed")],
)


@pytest.mark.parametrize("width", [20, 40, 80])
def test_words_and_structures_stay_whole(width):
    said = Item(
        ("binds as X:", Span(SMILES, code=True), "through the oxygens of its carboxylate, both alike")
    )
    shown = text(Document("title", (Section("what", (items(said),)),)), width)
    assert SMILES in shown
    assert all(len(line) <= width or SMILES in line for line in shown.splitlines())


def test_a_table_is_a_grid_where_it_fits():
    lines = text(Document("t", (WIDE,)), 80).splitlines()
    assert lines[2].split() == ["id", "number", "prose", "danger"]
    assert re.fullmatch(r"  first +1  some words .* kills", lines[4])
    assert re.fullmatch(r"  second +22  - +not assessed", lines[-1])


def test_a_wide_table_becomes_lines_with_danger_first():
    lines = text(Document("t", (WIDE,)), 30).splitlines()
    assert lines[2:5] == ["  id      number", "  first        1", "      danger: kills"]
    assert lines[5].startswith("      prose: some words")
    assert lines[-2:] == ["  second      22", "      danger: not assessed"]


@pytest.mark.parametrize("width", [40, 60, 64])
def test_a_word_that_overflows_stands_alone(width):
    """What stood beside it in the row stood outside the page."""
    word = "anion-of-a-name-of-more-characters-than-any-of-these-pages-can-hold"
    columns = (
        *(Column("#", right=True), Column("pair", wraps=True), Column("score", wraps=True)),
        *(Column("measured", second=True, wraps=True), Column("CAS", second=True, wraps=True)),
    )
    rows = [
        (
            "1=",
            "hexylphosphonate + oleylammonium",
            "+1.2 [+0.5, +1.3]",
            "76 → 98 % " * 6,
            "4721-24-8 + 112-90-3",
        ),
        ("2=", f"make or find: {word} + oleylammonium", "+0.1 [+0.0, +0.3]", "-", "no CAS + 112-90-3"),
    ]
    shown = text(Document("t", (table(columns, rows),)), width)
    assert [line for line in shown.splitlines() if len(line) > width and line.strip() != word] == []
    assert all(part in " ".join(shown.split()) for part in ("2=", "[+0.0,", "no CAS"))
    assert word in shown


def test_characters_of_double_width_keep_columns_in_line():
    lines = text(Document("t", (table(("a", "b"), [("油酸", "x"), ("acid", "y")]),)), 40).splitlines()
    assert lines[-2:] == ["  油酸  x", "  acid  y"]


def test_a_cas_number_without_a_source_says_so(kb, explained):
    record = explained("benzoate") | {"cas": "456-22-4", "cas_source": None}
    assert "CAS 456-22-4 (not verified)" in render(full_explanation_document(record, kb.meta()), "text")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.fixture
def printed(monkeypatch):
    def printed(document):
        terminal = Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setenv("COLUMNS", "80")
        monkeypatch.setenv("TERM", "xterm-256color")
        print_document(document)
        return terminal.getvalue()

    return printed


def test_a_terminal_gets_colours_and_the_same_words(printed, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    document = Document("[bold]t[/bold]", (items(Item((Span("VETO :smile: [red]", tone="bad"),))), WIDE))
    shown = printed(document)
    assert "\x1b[31m" in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == text(document, 80)


def test_no_color_means_none(printed, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    shown = printed(Document("t", (items(Item((Span("VETO", tone="bad"),))),)))
    assert "VETO" in shown
    assert "31m" not in shown


@pytest.mark.parametrize(("columns", "width"), [("60", 60), (None, 120)])
def test_a_pipe_is_as_wide_as_it_is_told(monkeypatch, columns, width, capfd):
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    print_document(Document("word " * 100))
    lines = capfd.readouterr().out.splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines[0]) > width - 6


def test_what_is_typed_can_be_pasted_from_any_page():
    words = [
        "ligandkb",
        "surface",
        "plan",
        "a name with blanks",
        "--form",
        "CC(=O)([O-])O",
        "--edge",
        "9.5",
        "it's",
    ]
    document = Document("t", (Typed((shlex.join(words), "second --line")),))
    for width in (20, 40, 80, 200):
        lines = text(document, width).splitlines()[2:]
        whole = "\n".join(lines).replace("\\\n", "").splitlines()
        assert [shlex.split(line) for line in whole] == [words, ["second", "--line"]]
    narrow = text(document, 60).splitlines()
    assert max(map(len, narrow)) <= 60
    assert any(line.strip().startswith("--form") for line in narrow)  # an option and its value stay together


def test_what_is_typed_is_code_in_markdown_whatever_is_in_it():
    said = markdown(Document("t", (Typed(("echo ```` '`'",)),)))
    assert said.endswith("`````sh\necho ```` '`'\n`````\n")
