from __future__ import annotations

import importlib
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def compare(monkeypatch):
    monkeypatch.syspath_prepend(HERE)
    return importlib.import_module("compare")


def answer(*rows, **meta):
    return {"exit": 0, "errors": [], "answer": {"meta": {"version": "1"} | meta, "rows": list(rows)}}


def row(ligand, **cells):
    return {"ligand": ligand, "binding_form_smiles": "[Br-]", "partner": "none", "score": 0.1} | cells


def found(compare, old, new):
    return [(one.key, one.field, one.old, one.new) for one in compare.differences("rank-x", old, new)]


def test_rows_are_known_by_what_they_are_about(compare):
    old = answer(row("a"), row("b", safety={"tags": ["pfas"]}), row("c"))
    new = answer(row("b", safety={"tags": []}), row("a", score=0.1 + 1e-16), row("d"), schema_version=2)
    assert sorted(found(compare, old, new), key=str) == [
        ("b | [Br-] | none", "safety.tags[-pfas]", "pfas", "(absent)"),
        ("c | [Br-] | none", "row", row("c"), "(absent)"),
    ]


def test_new_keys_and_new_names_are_no_difference_but_lost_ones_are(compare):
    old = answer(row("a", form="nanocrystals", note="x"))
    assert found(compare, old, answer(row("a", morphology="nanocrystals", note="x", band=1))) == []
    assert found(compare, old, answer(row("a", form="nanocrystals"))) == [
        ("a | [Br-] | none", "note", "x", "(absent)")
    ]


def test_items_of_a_list_are_known_by_their_names_too(compare):
    old = answer(
        row("a", evidence=[{"id": "one", "effect": "improved"}, {"id": "two", "effect": "improved"}])
    )
    new = answer(
        row("a", evidence=[{"id": "two", "effect": "decreased"}, {"id": "one", "effect": "improved"}])
    )
    assert found(compare, old, new) == [("a | [Br-] | none", "evidence[two].effect", "improved", "decreased")]


def test_an_unchanged_row_that_stands_elsewhere_is_seen(compare):
    old, new = answer(*map(row, "abcd")), answer(*map(row, "acdb"))
    assert found(compare, old, new) == [("b | [Br-] | none", "order", "place 2", "place 4")]


def test_codes_and_errors_count(compare):
    bad = answer() | {"exit": 1, "errors": ["what"]}
    assert [field for _, field, *_ in found(compare, answer(), bad)] == ["exit by +1", "errors[+what]"]


def test_a_field_says_by_how_much_a_number_changed_and_which_words_came_and_went(compare):
    old = answer(row("a", safety={"tags": ["pfas", "insoluble"]}, contribution=[0.0, 1.0], score_low=0.5))
    new = answer(
        row("a", safety={"tags": ["insoluble", "stench"]}, contribution=[0.0, 0.5], score_low=-0.076)
    )
    assert [field for _, field, *_ in found(compare, old, new)] == [
        "safety.tags[-pfas]",
        "safety.tags[+stench]",
        "contribution",
        "score_low by -0.576",
    ]


def test_what_is_said_in_other_words_is_no_difference(compare):
    old = answer(
        row("a", state="missing (no label read of A)"), row("b", state="missing (no label read of B)")
    )
    new = answer(row("a", state="missing (no whole label read of A)"), row("b", state="not applicable"))
    assert [key[0] for key, *_ in found(compare, old, new)] == ["b"]


def test_only_a_star_stands_for_anything(compare):
    assert compare.matches("a | [O-]* | none", "a | [O-]C=O | none")
    assert not compare.matches("a | [O-]", "a | O")
    entry = compare.Expected("rank-*", "*", "safety.*", "C11", "why")
    assert entry.explains(compare.Difference("rank-x", "anything", "safety.tags", 1, 2))
    assert not entry.explains(compare.Difference("rank-x", "anything", "score", 1, 2))


def test_the_table_of_expected_differences_gives_a_fault_and_a_reason_to_each(compare):
    for entry in compare.read_expected():
        assert entry.fault
        assert entry.why


@pytest.mark.slow
def test_every_difference_from_the_release_is_explained(compare):
    assert compare.run(HERE / "0.1.0") == 0
