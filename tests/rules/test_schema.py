"""Does the schema for editors say the same as the reader?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from ligandkb.rules.files.reading import rule_entry
from ligandkb.rules.rulebook import check_rulebook
from ligandkb.rules.schema import rule_file_schema

jsonschema = pytest.importorskip("jsonschema")

GOOD = {
    "id": "a-rule",
    "title": "A rule",
    "rationale": "A reason",
    "citation": {"doi": "10.1021/jacs.8b11035", "locator": "Table 1"},
    "derived_from": ["table-1"],
    "when": "charge > 0",
    "effect": {"weight": "-strong"},
    "on_unknown": "widen",
    "explain": "charge {charge:.2f}",
    "examples": {"fires": ["oleate"], "silent": ["acetate"]},
}


@pytest.fixture
def validator(columns, vocabulary):
    schema = rule_file_schema(columns, vocabulary)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(json.loads(json.dumps(schema)))


def _reader_accepts(rule, tmp_path, columns, vocabulary):
    path: Path = tmp_path / "rules.yaml"
    path.write_text(yaml.safe_dump([rule], sort_keys=False), encoding="utf-8")
    return not check_rulebook([path], columns=columns, vocabulary=vocabulary)


def test_every_field_is_in_the_schema(validator, vocabulary):
    properties = validator.schema["items"]["properties"]
    assert set(properties) == set(rule_entry({}, vocabulary).fields)
    assert all(form["description"] for form in properties.values())
    assert "charge" in properties["when"]["description"]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"effect": {"weight": 1.5}},
        {"effect": {"weight": -5}},
        {"effect": {"tag": "pfas", "weight": "slight"}},
        {"effect": {"veto": "lethal"}, "on_unknown": "veto"},
        {"citation": [GOOD["citation"], {"doi": "10.1039/x", "locator": "p. 1"}]},
        {"examples": {"fires": ["a"]}},
    ],
)
def test_both_accept(validator, tmp_path, columns, vocabulary, change):
    rule = GOOD | change
    assert validator.is_valid([rule]), list(validator.iter_errors([rule]))
    assert _reader_accepts(rule, tmp_path, columns, vocabulary)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "A rule"},
        {"title": ""},
        {"rationale": None},
        {"when": None},
        {"effect": {}},
        {"effect": {"weight": 0}},
        {"effect": {"weight": 6}},
        {"effect": {"weight": "enormous"}},
        {"effect": {"tag": "nothing-such"}},
        {"effect": {"veto": True}},
        {"effect": {"wait": 1}},
        {"on_unknown": "perhaps"},
        {"citation": {"doi": "https://doi.org/10.1021/x", "locator": "p. 1"}},
        {"citation": {"doi": "10.1021/x"}},
        {"citation": []},
        {"derived_from": ["a b"]},
        {"derived_from": "table-1"},
        {"examples": {"fires": ["a", "a"]}},
        {"extra": 1},
    ],
)
def test_both_refuse(validator, tmp_path, columns, vocabulary, change):
    rule = GOOD | change
    assert not validator.is_valid([rule])
    assert not _reader_accepts(rule, tmp_path, columns, vocabulary)


def test_exclusive_groups_are_in_the_schema(validator):
    assert validator.is_valid([GOOD | {"exclusive": "hsab-class"}])
    assert not validator.is_valid([GOOD | {"exclusive": "HSAB class"}])
