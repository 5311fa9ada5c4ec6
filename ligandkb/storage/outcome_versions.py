"""How does a file hold every version of an outcome, and how is it read back?"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace

from ligandkb.export import write_table
from ligandkb.problems import Problem
from ligandkb.storage.outcome_recordings import COLUMNS, HISTORY_COLUMNS, Recording, cells_of
from ligandkb.tables import Row, number
from ligandkb.tables.rows import shown

VERSION = HISTORY_COLUMNS[0]
"""A file with this column holds versions."""
# Spreadsheets turn true into their own language's word, but leave yes alone.
_WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


def export_all(recordings: Iterable[Recording]) -> str:
    """Write versions as the CSV text that ``outcomes add --from`` reads back as they are.

    Parameters
    ----------
    recordings : iterable of Recording
        Every version, also of what was withdrawn.

    Returns
    -------
    str
        The columns of an export, then version, reason and withdrawn.
    """
    buffer = io.StringIO(newline="")
    rows = (
        [
            *(cells[name] for name in COLUMNS),
            recording.version,
            recording.reason or None,
            "yes" if recording.withdrawn else "no",
        ]
        for recording in recordings
        for cells in [cells_of(recording)]
    )
    write_table(buffer, (*COLUMNS, *HISTORY_COLUMNS), rows)
    return buffer.getvalue()


def holds_versions(rows: Iterable[Row]) -> bool:
    """Whether rows of a file are versions, rather than outcomes."""
    return any(VERSION in row.cells for row in rows)


def with_version(recording: Recording, row: Row, problems: list[Problem]) -> Recording:
    """Give a recording the version, the reason and the withdrawal that its row says.

    Parameters
    ----------
    recording : Recording
    row : Row
        A blank version is the first one.
    problems : list of Problem
        What is wrong is appended here.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> import ligandkb as lk
    >>> from ligandkb.storage.outcome_recordings import row_of
    >>> one = Recording(lk.load(db="none").outcomes[0], "Ada", datetime(2026, 3, 1, tzinfo=UTC))
    >>> row = row_of({"id": "a", "version": 2, "reason": "wrong flask", "withdrawn": "yes"}, "")
    >>> read = with_version(one, row, [])
    >>> read.version, read.reason, read.withdrawn
    (2, 'wrong flask', True)
    """
    version = number(row, VERSION, problems, minimum=1) or 1
    reason, word = row["reason"].strip(), row["withdrawn"].strip().lower()
    if version != int(version):
        problems.append(row.problem(VERSION, f"{shown(row[VERSION])} is no whole number", "count from 1"))
    if version > 1 and not reason:
        problems.append(row.problem("reason", "a correction has no reason", "say why it was corrected"))
    if version > 1 and not row["id"].strip():
        problems.append(row.problem("id", "a correction has no id", "name the outcome that it corrects"))
    if word not in _WORDS:
        problems.append(
            row.problem("withdrawn", f"{shown(row['withdrawn'])} is neither yes nor no", "write yes or no")
        )
    return replace(recording, version=int(version), reason=reason, withdrawn=_WORDS.get(word, False))
