"""How does an editor know what may stand in a rule file?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ligandkb.rules import fields
from ligandkb.rules.columns import Column
from ligandkb.rules.vocabulary import Vocabulary


def rule_file_schema(columns: Iterable[Column], vocabulary: Vocabulary) -> dict[str, Any]:
    """JSON schema (draft 2020-12) of a rule file, for editors that complete and check as one types.

    The schema knows fields, names and forms; conditions and explanations are checked by ``ligandkb check``.

    Parameters
    ----------
    columns : iterable of Column
        Listed in the descriptions of ``when`` and ``explain``.
    vocabulary : Vocabulary
        Names that effects may use.

    Returns
    -------
    dict
        Ready for ``json.dump``.

    Examples
    --------
    >>> schema = rule_file_schema([], Vocabulary({}, {}, {}))
    >>> schema["items"]["required"]
    ['id', 'title', 'rationale', 'citation', 'when', 'effect', 'explain']
    """
    listed = "; ".join(f"{column.name}: {_described(column)}" for column in columns)
    limit = fields.MAXIMUM_WEIGHT
    names = [sign + name for name in vocabulary.weights for sign in ("", "-")]
    number = {"type": "number", "minimum": -limit, "maximum": limit, "not": {"const": 0}}
    citation = _mapping(fields.CITATION, {"doi": {"pattern": r"^10\.\d{4,9}/\S+$"}})
    effect = _mapping(
        fields.EFFECT,
        {
            "weight": {"type": ["number", "string"], "anyOf": [number, {"enum": names}]},
            "tag": _choice(vocabulary.tags),
            "veto": _choice(vocabulary.vetoes),
        },
    )
    outcome = _text() | {"pattern": f"^{fields.OUTCOME_NAME}$"}
    rule = _mapping(
        fields.RULE,
        {
            "id": {"pattern": f"^{fields.IDENTIFIER}$"},
            "citation": {
                "type": ["object", "array"],
                "oneOf": [citation, {"type": "array", "items": citation, "minItems": 1}],
            },
            "derived_from": _list(outcome),
            "when": {"description": f"{fields.RULE['when'].meaning} Columns: {listed}"},
            "effect": effect | {"minProperties": 1},
            "exclusive": {"pattern": f"^{fields.IDENTIFIER}$"},
            "on_unknown": _choice(fields.ON_UNKNOWN),
            "examples": _mapping(fields.EXAMPLES, {name: _list(_text()) for name in fields.EXAMPLES}),
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ligandkb rules",
        "type": "array",
        "items": rule,
        "minItems": 1,
    }


def _mapping(known: Mapping[str, fields.Field], forms: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    properties = {
        name: {"description": field.meaning} | _text() | forms.get(name, {}) for name, field in known.items()
    }
    # What is no text has its own type, and a text's length doesn't concern it.
    for form in properties.values():
        if form["type"] != "string":
            del form["minLength"]
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name, field in known.items() if field.required],
        "additionalProperties": False,
    }


def _text() -> dict[str, Any]:
    return {"type": "string", "minLength": 1}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": True, "maxItems": fields.MAXIMUM_NAMES}


def _choice(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


def _described(column: Column) -> str:
    if column.allowed:
        return " | ".join(column.allowed)
    return column.kind + (f" in {column.unit}" if column.unit else "")
