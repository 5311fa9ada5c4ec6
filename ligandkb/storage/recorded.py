"""What has this lab recorded?

The one door for readers. It loads no SQL where there is no database, and SQLAlchemy only for one on a server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ligandkb.storage.outcome_location import locate

if TYPE_CHECKING:
    from ligandkb.evidence.outcomes import Outcome
    from ligandkb.storage.outcome_recordings import Recording


def recorded_outcomes(url: str | None = None) -> tuple[Outcome, ...]:
    """Outcomes that hold: the latest version of each, without those that were withdrawn.

    Parameters
    ----------
    url : str, optional
        As in :func:`ligandkb.storage.outcome_location.locate`.

    Returns
    -------
    tuple of Outcome
        Empty where there is no database. Nothing is created or migrated.

    Raises
    ------
    InputError
        If there is a database that can't be read.
    UsageError
        If ``url`` can't be meant.

    Examples
    --------
    >>> recorded_outcomes("no-such-folder/outcomes.sqlite")
    ()
    """
    return tuple(recording.outcome for recording in recordings(url))


def recordings(url: str | None = None, *, history: bool = False) -> tuple[Recording, ...]:
    """Outcomes with who recorded them and when; with ``history`` every version of each.

    Parameters, errors: as in :func:`recorded_outcomes`.
    """
    location = locate(url)
    if location.is_absent():
        return ()
    from ligandkb.storage.outcome_reading import stored_recordings  # noqa: PLC0415

    return stored_recordings(location, history=history)


def withdrawn(url: str | None = None) -> frozenset[str]:
    """Identifiers of the outcomes that were recorded and taken back.

    Parameters, errors: as in :func:`recorded_outcomes`.
    """
    location = locate(url)
    if location.is_absent():
        return frozenset()
    from ligandkb.storage.outcome_reading import versions_of  # noqa: PLC0415

    return frozenset(
        name for name, versions in versions_of(location).items() if versions[-1].get("withdrawn")
    )
