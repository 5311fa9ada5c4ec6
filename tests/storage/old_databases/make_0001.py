"""How was outcomes-0001.sqlite made?

With the migration of the first release and plain SQL: ``python make_0001.py NEW_FILE``. It refuses to overwrite.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sqlalchemy import create_engine, event, text

from ligandkb.storage.outcome_schema import migrate

NOTE = "made up for a test, no measurement"
ROWS = [
    # id, version, binding form, SMILES, effect, PLQY before, after, reason
    ("first-benzoate", 1, "benzoate", "O=C([O-])c1ccccc1", "improved", 0.62, 0.95, ""),
    ("first-oleate", 1, "oleate", "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]", "not_improved", 0.62, 0.61, ""),
    ("first-oleate", 2, "oleate", "CCCCCCCC/C=C\\CCCCCCCC(=O)[O-]", "decreased", 0.62, 0.51, "wrong cuvette"),
    ("first-acetate", 1, "acetate", "CC(=O)[O-]", None, None, 0.6, ""),
]


def main(path: Path) -> None:
    if path.exists():
        sys.exit(f"{path} exists")
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _own_transactions(connection, _):
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        migrate(connection, "0001")
        for name, version, form, smiles, effect, before, after, reason in ROWS:
            connection.execute(
                text(
                    "INSERT INTO recorded_outcome (id, version, binding_form, binding_form_smiles, partner, composition,"
                    " form, route, reference_state, effect, plqy_before, plqy_after, emission_before_nm, strength,"
                    " confound, doi, locator, note, recorded_by, recorded_at, tool_version, reason) VALUES (:id, :version,"
                    " :form, :smiles, 'oleylammonium', 'CsPbBr3', 'nanocrystals', 'post_synthetic', 'as_made', :effect,"
                    " :before, :after, 512.5, 'paired', '', '', '', :note, 'Ada', :at, '0.1.0', :reason)"
                ),
                {
                    "id": name,
                    "version": version,
                    "form": form,
                    "smiles": smiles,
                    "effect": effect,
                    "before": before,
                    "after": after,
                    "note": NOTE,
                    "at": f"2026-01-0{version}T09:00:00Z",
                    "reason": reason,
                },
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
