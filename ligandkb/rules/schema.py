"""How does an editor know what may stand in a rule file?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ligandkb.rules.columns import Column
from ligandkb.rules.files.reading import rule_entry
from ligandkb.rules.vocabulary import Vocabulary


def rule_file_schema(columns: Iterable[Column], vocabulary: Vocabulary) -> dict[str, Any]:
    """JSON schema (draft 2020-12) of a rule file, for editors that complete and check as one types.

    The schema knows fields, names and forms; conditions and explanations are checked by ``ligandkb check``.

    Parameters
    ----------
    columns : iterable of Column
        Listed in the description of ``when``.
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
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ligandkb rules",
        "type": "array",
        "items": rule_entry({column.name: column for column in columns}, vocabulary).form.schema,
        "minItems": 1,
    }
