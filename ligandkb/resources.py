"""Where are the shipped data and rules?

In a wheel they lie inside the package; in a checkout (also an editable install, also with the
checkout shadowing an installed wheel) they lie at its top, where people edit them.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _shipped(folder: str, witness: str) -> Path:
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        if (root / folder / witness).is_file():
            return root / folder
    raise FileNotFoundError(
        f"the shipped {folder}/{witness} is neither inside the package nor beside it: "
        "reinstall ligandkb, or run it from a complete checkout"
    )


def data_directory() -> Path:
    """Folder of the shipped CSV files."""
    return _shipped("data", "ligands.csv")


def rules_directory() -> Path:
    """Folder of the shipped rule files."""
    return _shipped("rules", "hsab.yaml")
