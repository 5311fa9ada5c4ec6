"""Which options do commands share?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer


class TableFormat(StrEnum):
    """Formats of tables."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MD = "md"


class TextFormat(StrEnum):
    """Formats of texts."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


class ClassChoice(StrEnum):
    """Classes of ligand to show."""

    X = "X"
    L = "L"
    Z = "Z"
    ZWITTERION = "zwitterion"
    ALL = "all"


Data = Annotated[
    Optional[list[Path]],  # noqa: UP045 - typer reads this annotation at run time
    typer.Option(
        "--data", envvar="LIGANDKB_DATA", help="Folder with a lab's own tables; repeat for several."
    ),
]
Rules = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Option(
        "--rules", envvar="LIGANDKB_RULES", help="Folder with a lab's own rules, added to the shipped ones."
    ),
]
Composition = Annotated[
    str,
    typer.Option(
        "--composition", "-c", envvar="LIGANDKB_COMPOSITION", help="Crystal, e.g. CsPbBr3 or CsPbBr1.5Cl1.5."
    ),
]
Allow = Annotated[
    Optional[list[str]],  # noqa: UP045 - typer reads this annotation at run time
    typer.Option("--allow", help="Lift a veto on your own word: lethal. Explosives can't be allowed."),
]
Database = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--db",
        envvar="LIGANDKB_DB",
        help="Recorded outcomes: SQLite file or SQLAlchemy URL; by default yours.",
    ),
]
