"""What is recorded? A SQLite file is read without loading SQLAlchemy; a server's database through it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import replace

from ligandkb.evidence.outcomes import contradiction
from ligandkb.problems import InputError, NotFoundError, Problem, did_you_mean
from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_recordings import Recording
from ligandkb.storage.outcome_rows import cells_of_row, from_row
from ligandkb.storage.outcome_sqlite import Stored, read_file


def stored_recordings(location: Location, *, history: bool = False) -> tuple[Recording, ...]:
    """Read what is recorded; creates and migrates nothing.

    Parameters
    ----------
    location : Location
    history : bool
        Whether to give every version, also of withdrawn outcomes, instead of the ones that hold.

    Returns
    -------
    tuple of Recording
        By time of the first version, then identifier and version.

    Raises
    ------
    InputError
        If the database can't be read or holds rows that no version of ligandkb wrote.
    """
    problems: list[Problem] = []
    found: list[Recording] = []
    groups = versions_of(location).values()
    for versions in sorted(groups, key=lambda group: (str(group[0]["recorded_at"]), str(group[0]["id"]))):
        wanted = versions if history else [] if versions[-1].get("withdrawn") else versions[-1:]
        read = filter(None, [from_row(values, str(location), problems) for values in wanted])
        found += read if history else [_with_first(one, versions[0]) for one in read]
    if problems:
        raise InputError(problems)
    for one in found:
        denial = "" if history else contradiction(one.outcome)
        if denial:
            fix = f"see to it with ligandkb outcomes correct {one.outcome.id}"
            warnings.warn(f"{location}: outcome {one.outcome.id}: {denial}: {fix}", stacklevel=2)
    return tuple(found)


def _with_first(latest: Recording, values: Stored) -> Recording:
    """The latest version of an outcome with who recorded the first one and when: it was measured by that time."""
    first = None if latest.version == 1 else from_row(values, "", [])
    return latest if first is None else replace(latest, first=(first.recorded_by, first.recorded_at))


def stored_cells(location: Location, name: str) -> tuple[dict[str, object], int, bool]:
    """Latest version of an outcome as it stands, so that also a row that can't be read can be corrected.

    Returns
    -------
    tuple
        Values under the columns of ``outcomes.csv``, number of the version, whether it is withdrawn.

    Raises
    ------
    InputError
        If the database can't be read.
    NotFoundError
        If there is no such outcome.
    """
    groups = versions_of(location)
    if name not in groups:
        raise not_found(name, location, groups)
    last = groups[name][-1]
    return cells_of_row(last), int(last["version"]), bool(last.get("withdrawn", False))


def versions_of(location: Location) -> dict[str, list[Stored]]:
    """Rows by outcome, oldest version first; none where there is no database."""
    if location.is_absent():
        return {}
    if location.path is not None:
        return read_file(location.path, location)
    from ligandkb.storage.outcome_connections import read_server  # noqa: PLC0415 - loads SQLAlchemy

    return read_server(location)


def not_found(name: str, location: Location, known: Iterable[str]) -> NotFoundError:
    """Make the error that no outcome has a name, with the nearest one."""
    hint = did_you_mean(name, known) or "see them with ligandkb outcomes list"
    return NotFoundError(f"no outcome {name[:100]!r} is recorded in {location}: {hint}")
