"""How do all versions of outcomes come in from another database or a file, with who and when, and lose nothing?

Version by version: what is here with the same content stays as it is, what follows on it is added as it was recorded
there, and what contradicts it stops everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ligandkb.problems import InputError, Problem, counted
from ligandkb.storage.outcome_connections import versions_in, writing
from ligandkb.storage.outcome_location import Location
from ligandkb.storage.outcome_recordings import WHO, Recording, cells_of
from ligandkb.storage.outcome_rows import from_row, to_row
from ligandkb.storage.outcome_table import TABLE
from ligandkb.tables import Row

_FIX = (
    "in a file of outcomes export --all from there give it another id, or its versions the next numbers here, "
    "and record that by outcomes add --from"
)
_SHOWN = 40


@dataclass(frozen=True)
class Merged:
    """What became of versions that were handed in.

    Attributes
    ----------
    new : tuple of Recording
        What was added.
    old : tuple of Recording
        What was here already with the same content.
    others : tuple of Recording
        Those of ``old`` that somebody else, or another moment, stands for here.
    """

    new: tuple[Recording, ...]
    old: tuple[Recording, ...]
    others: tuple[Recording, ...]


def merge(
    location: Location, recordings: Sequence[Recording], place: str, rows: Sequence[Row] | None = None
) -> Merged:
    """Record versions as they were recorded elsewhere: all of them or, where one contradicts what is here, none.

    Merging the same again adds nothing, and a part of it only what lacks.

    Parameters
    ----------
    location : Location
        Made if it doesn't exist, migrated if it is of an earlier version.
    recordings : sequence of Recording
        Any versions of any outcomes, in any order.
    place : str
        What to call the place that they come from, in messages.
    rows : sequence of Row, optional
        Where each stands, if that is a file.

    Returns
    -------
    Merged
        Given only once all is on the disk.

    Raises
    ------
    InputError
        If a version has other content here, or does not follow on one, or the database can't be written.
    """
    problems: list[Problem] = []
    new: list[Recording] = []
    old: list[Recording] = []
    others: list[Recording] = []
    order = sorted(range(len(recordings)), key=lambda at: recordings[at].version)
    with writing(location) as connection:
        known = versions_in(connection, [one.outcome.id for one in recordings])
        chains = {
            name: [from_row(values, str(location), problems) for values in versions]
            for name, versions in known.items()
        }
        for at in order:
            one = recordings[at]
            chain = chains.setdefault(one.outcome.id, [])
            if one.version == len(chain) + 1:
                chain.append(one)
                new.append(one)
                continue
            is_here = one.version <= len(chain)
            here = chain[one.version - 1] if is_here else None
            if is_here and here is None:
                continue  # what stands here can't be read, and that is said
            what = _contradiction(one, here, len(chain))
            if not what:
                old.append(one)
                if here is not None and (here.recorded_by, here.recorded_at) != (
                    one.recorded_by,
                    one.recorded_at,
                ):
                    others.append(one)
            elif rows:
                problems.append(rows[at].problem("id", what, _FIX))
            else:
                problems.append(Problem(place, 0, 0, what, _FIX))
        if problems:
            raise InputError(problems)
        if new:
            connection.execute(TABLE.insert(), [to_row(one) for one in new])
    return Merged(tuple(new), tuple(old), tuple(others))


def _contradiction(one: Recording, here: Recording | None, versions: int) -> str:
    """Why a version can't stand beside what is here; empty where that says the same."""
    named = f"outcome {one.outcome.id!r}, version {one.version}"
    if here is None:
        return f"{named}: here it has {counted(versions, 'version')}, so that this one does not follow on any"
    ours, theirs = _said(here), _said(one)
    differ = [name for name, value in ours.items() if theirs[name] != value]
    if not differ:
        return ""
    shown = "; ".join(f"{name} {_cut(ours[name])} here, {_cut(theirs[name])} there" for name in differ[:3])
    more = f"; and {len(differ) - 3} more" if len(differ) > 3 else ""
    who = f"by {here.recorded_by} on {here.recorded_at:%Y-%m-%d} here, by {one.recorded_by} there"
    return f"{named} was recorded {who}, with other content: {shown}{more}"


def _said(recording: Recording) -> dict[str, object]:
    """What a version says, whoever recorded it."""
    cells = {name: value for name, value in cells_of(recording).items() if name not in WHO}
    return cells | {"reason": recording.reason, "withdrawn": recording.withdrawn}


def _cut(value: object) -> str:
    if value in (None, ""):
        return "blank"
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
