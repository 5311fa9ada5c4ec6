"""Which schemas of recorded outcomes are known? Nothing here imports SQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ligandkb.storage.outcome_location import Location

TABLE_NAME = "recorded_outcome"
VERSION_TABLE = "recorded_outcome_schema"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
REVISIONS = tuple(sorted(path.name[1:5] for path in (MIGRATIONS / "versions").glob("r[0-9]*.py")))
"""Known schemas, oldest first, by the names of the migrations, so that a database of today's is used without loading
alembic."""


def known_revision(tables: Sequence[str], found: Sequence[object], location: Location) -> str | None:
    """Schema of a database.

    Parameters
    ----------
    tables : sequence of str
        Names of all tables in it.
    found : sequence
        What its table of the schema says, nothing where there is none.
    location : Location
        For messages.

    Returns
    -------
    str or None
        One of :data:`REVISIONS`; None if nothing was ever recorded there.

    Raises
    ------
    InputError
        If it is the database of something else, or of a later version of ligandkb.
    """
    if VERSION_TABLE not in tables:
        # A server's database may be shared; a file with other tables was named by mistake.
        if TABLE_NAME in tables or (tables and location.path is not None):
            what = f"this database holds something else ({', '.join(sorted(tables)[:3])})"
            raise location.problem(what, "name another file with --db")
        return None
    if len(found) != 1 or found[0] not in REVISIONS:
        shown = ", ".join(str(revision)[:20] for revision in found[:3]) or "none"
        what = f"its schema ({shown}) is unknown to this version, which knows {', '.join(REVISIONS)}"
        raise location.problem(what, "a later version of ligandkb wrote it: update ligandkb")
    return str(found[0])
