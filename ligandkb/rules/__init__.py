"""What follows from that?

Rules are YAML files that chemists read and edit. :mod:`~ligandkb.rules.rulebook` reads and checks them,
:mod:`~ligandkb.rules.evaluate` applies them to many rows, :mod:`~ligandkb.rules.explain` to one.
Reading and checking load neither numpy nor pandas: names are imported on first use. The function
``evaluate`` has the name of its module and is imported from there. Small records are named tuples: a frozen
dataclass takes ten times as long to make, which counts where ``ligandkb check`` runs at every save.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ligandkb.rules.columns import Column, dump_columns, read_columns
    from ligandkb.rules.evaluate import Evaluation
    from ligandkb.rules.explain import Clause, RuleState, explain_row
    from ligandkb.rules.expressions import Condition
    from ligandkb.rules.parser import parse_condition
    from ligandkb.rules.rulebook import Rule, Rulebook, check_rulebook, read_rulebook, rule_files
    from ligandkb.rules.schema import rule_file_schema
    from ligandkb.rules.table import Table
    from ligandkb.rules.vocabulary import Tag, Veto, Vocabulary, Weight, read_vocabulary

__all__ = [
    "Clause",
    "Column",
    "Condition",
    "Evaluation",
    "Rule",
    "RuleState",
    "Rulebook",
    "Table",
    "Tag",
    "Veto",
    "Vocabulary",
    "Weight",
    "check_rulebook",
    "dump_columns",
    "explain_row",
    "parse_condition",
    "read_columns",
    "read_rulebook",
    "read_vocabulary",
    "rule_file_schema",
    "rule_files",
]

_HOMES = {
    "columns": ("Column", "dump_columns", "read_columns"),
    "evaluate": ("Evaluation",),
    "explain": ("Clause", "RuleState", "explain_row"),
    "expressions": ("Condition",),
    "parser": ("parse_condition",),
    "rulebook": ("Rule", "Rulebook", "check_rulebook", "read_rulebook", "rule_files"),
    "schema": ("rule_file_schema",),
    "table": ("Table",),
    "vocabulary": ("Tag", "Veto", "Vocabulary", "Weight", "read_vocabulary"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name in _HOME_OF:
        return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
