"""What does a list of recorded outcomes say?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ligandkb import __version__
from ligandkb.evidence.outcomes import OLD_NAMES, Outcome
from ligandkb.reports.document import Cell, Column, Document, Span, table
from ligandkb.reports.figures.structures import structure
from ligandkb.storage.outcome_recordings import COLUMNS, HISTORY_COLUMNS, Recording, cells_of, content_hash_of

_IN_LINE = ("id", "version", "binding form", "partner", "composition", "effect", "PLQY")
_BELOW = ("route", "against", "batch", "by", "on", "reason", "SMILES")
_COLUMNS = (
    *map(Column, _IN_LINE),
    *(Column(name, wraps=name == "reason", below=True) for name in _BELOW),
)
_HISTORY = ("version", "reason")
"""Columns that only the list of all versions has."""


def outcome_list(recordings: Sequence[Recording], *, database: str, history: bool = False) -> Document:
    """Fill a document with recordings.

    Parameters
    ----------
    recordings : sequence of Recording
    database : str
        What to call the database.
    history : bool
        Whether ``recordings`` are all versions instead of the ones that hold.

    Returns
    -------
    Document
    """
    content = content_hash_of(recording.outcome for recording in recordings)
    made_from = {"version": __version__, "content": content}
    made = [_cells(one, history=history) for one in recordings]
    columns = [column for column in _COLUMNS if history or column.name not in _HISTORY]
    return Document(
        "All versions of recorded outcomes" if history else "Recorded outcomes",
        (table(columns, made),),
        data=outcome_records(recordings),
        meta=made_from | {"database": database, "history": history, "shown": len(recordings)},
        footer=(f"ligandkb {__version__}, recorded outcomes {content}",),
        csv_columns=(*COLUMNS, *HISTORY_COLUMNS, *OLD_NAMES),
    )


def outcome_records(recordings: Sequence[Recording]) -> list[dict[str, Any]]:
    """Recordings in types that JSON knows, under the columns of an export and of their history.

    Old names of columns come last, for those who read them.
    """
    return [
        (cells := cells_of(recording))
        | {"version": recording.version, "reason": recording.reason or None, "withdrawn": recording.withdrawn}
        | {old: cells[column] for old, column in OLD_NAMES.items()}
        for recording in recordings
    ]


def _cells(recording: Recording, *, history: bool) -> tuple[Cell, ...]:
    outcome = recording.outcome
    why = ("withdrawn: " if recording.withdrawn else "") + (recording.reason or "-")
    return (
        Span(outcome.id, code=True, tone="strong"),
        *([str(recording.version)] if history else []),
        outcome.ligand_text,
        outcome.partner,
        str(outcome.composition),
        str(outcome.effect or "not compared").replace("_", " "),
        plqy_text(outcome) or "-",
        outcome.route.replace("_", " "),
        outcome.reference_state.replace("_", " "),
        recording.nc_batch or "-",
        recording.recorded_by,
        f"{recording.recorded_at:%Y-%m-%d}",
        *([why] if history else []),
        structure(outcome.binding_form_smiles),
    )


def plqy_text(outcome: Outcome) -> str:
    """PLQY before and after with ±, in %; a relative change where only that is known.

    Examples
    --------
    >>> import ligandkb as lk
    >>> control = next(one for one in lk.load().outcomes if one.plqy_before is not None)
    >>> plqy_text(control)
    '76 +/- 3 % -> 98 +/- 3 %'
    """
    before = _percent(outcome.plqy_before, outcome.plqy_before_uncertainty)
    after = _percent(outcome.plqy_after, outcome.plqy_after_uncertainty)
    if before or after:
        return f"{before or '?'} -> {after or '?'}"
    return "" if outcome.relative_change is None else f"{outcome.relative_change * 100:+g} % (relative)"


def _percent(fraction: float | None, uncertainty: float | None) -> str:
    if fraction is None:
        return ""
    return f"{fraction * 100:g}" + (f" +/- {uncertainty * 100:g}" if uncertainty is not None else "") + " %"
