"""What is kept of a recorded outcome besides what was measured?

Who, when, on which batch, with which version of the program; and, for a correction, why. Every recording
goes through the same cells of text, whether typed, read from CSV or from the database, so that all three
are checked by the same reader and mean the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from ligandkb import __version__
from ligandkb.evidence.outcome_fields import percent
from ligandkb.evidence.outcomes import COLUMNS as OUTCOME_COLUMNS
from ligandkb.evidence.outcomes import LATE_COLUMNS, Outcome, contradiction, outcome_cells
from ligandkb.evidence.reading import read_outcome
from ligandkb.problems import Problem
from ligandkb.tables import MAX_CELL_CHARACTERS, Cell, Row

RECORDING_COLUMNS = ("nc_batch", "recorded_by", "recorded_at", "tool_version")
COLUMNS = (*OUTCOME_COLUMNS, *RECORDING_COLUMNS)
"""Columns of an export, all of which ``outcomes add --from`` reads."""
HISTORY_COLUMNS = ("version", "reason", "withdrawn")
WHO = ("recorded_by", "recorded_at", "tool_version")
"""Columns that say nothing of what was measured."""

_CLOCK_TOLERANCE = timedelta(days=1)
_SLUG_CHARACTERS = 40
_MOMENT_CHARACTERS = 40
_FRACTION_LIMIT_PCT = 1.0


@dataclass(frozen=True)
class Recording:
    """An outcome as it was recorded.

    Attributes
    ----------
    outcome : Outcome
        What was measured.
    recorded_by : str
        Who recorded it.
    recorded_at : datetime
        When, in UTC.
    nc_batch : str
        Batch of nanocrystals, else empty.
    tool_version : str
        Version of ligandkb that recorded it.
    version : int
        1 for the first one; each correction is the next.
    reason : str
        Why it was corrected; empty for version 1.
    withdrawn : bool
        Whether it is taken back: it stays readable but is evidence no more.
    first : tuple of (str, datetime) or None
        Of a correction who recorded the first version, and when; None where that isn't known, or this is it.
    """

    outcome: Outcome
    recorded_by: str
    recorded_at: datetime
    nc_batch: str = ""
    tool_version: str = __version__
    version: int = 1
    reason: str = ""
    withdrawn: bool = False
    first: tuple[str, datetime] | None = None

    def says(self, cells: Mapping[str, object], *, may_lack: Collection[str] = ()) -> bool:
        """Whether it is what cells of :func:`cells_of` hold, whoever recorded that, but for what they may lack."""
        return all(
            cells[name] == value or (cells[name] is None and name in may_lack)
            for name, value in cells_of(self).items()
            if name not in WHO
        )


@dataclass(frozen=True)
class LabelledRow(Row):
    """A row that is no line of a file: a problem names an option or a stored column, not a position.

    Attributes
    ----------
    labels : mapping of str to str
        What to call a column; ``file: column`` where it has no label.

    Examples
    --------
    >>> print(LabelledRow("", 0, {}, labels={"doi": "--doi"}).problem("doi", "no DOI", "look it up"))
    --doi: no DOI: look it up
    """

    labels: Mapping[str, str] = field(default_factory=dict)

    def problem(self, name: str, what: str, fix: str = "") -> Problem:
        """Make a problem of one of the columns."""
        return Problem(self.labels.get(name, f"{self.file}: {name}"), 0, 0, what, fix)


def now() -> datetime:
    """The present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def cells_of(recording: Recording) -> dict[str, object]:
    """Values of a recording under :data:`COLUMNS`, PLQY in %; None for a blank cell."""
    return outcome_cells(recording.outcome) | {
        "nc_batch": recording.nc_batch or None,
        "recorded_by": recording.recorded_by,
        "recorded_at": timestamp(recording.recorded_at),
        "tool_version": recording.tool_version,
    }


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC.

    Examples
    --------
    >>> timestamp(datetime(2026, 3, 1, 14, 5, tzinfo=UTC))
    '2026-03-01T14:05:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def row_of(cells: Mapping[str, object], label: str, labels: Mapping[str, str] | None = None) -> LabelledRow:
    """Make a row of values that stand in no file, so that the reader of files checks them."""
    texts = {name: Cell("" if value is None else str(value), 0, 0) for name, value in cells.items()}
    return LabelledRow(label, 0, texts, labels=labels or {})


def read_recording(
    row: Row,
    problems: list[Problem],
    *,
    recorded_by: str = "",
    recorded_at: datetime | None = None,
    is_recorded: bool = False,
) -> Recording | None:
    """Make a recording of one row, or collect what is wrong with it.

    Parameters
    ----------
    row : Row
        Cells under :data:`COLUMNS`. A blank identifier is made up from the content.
    problems : list of Problem
        What is wrong is appended here.
    recorded_by, recorded_at : str, datetime
        What holds where the row itself doesn't say; the moment is now by default.
    is_recorded : bool
        Whether the row comes from the database.

    Returns
    -------
    Recording or None
    """
    before = len(problems)
    _check_texts(row, problems)
    moment = _moment(row, recorded_at or now(), problems)
    is_named = bool(row["id"].strip())
    named = {} if is_named else {"id": Cell("unnamed", 0, 0)}
    outcome = read_outcome(replace(row, cells={**row.cells, **named}), problems, is_recorded=is_recorded)
    if outcome is None or len(problems) > before:
        return None
    recording = Recording(
        outcome=outcome,
        recorded_by=row["recorded_by"].strip() or recorded_by,
        recorded_at=moment,
        nc_batch=row["nc_batch"].strip(),
        tool_version=row["tool_version"].strip() or __version__,
    )
    return recording if is_named else replace(recording, outcome=replace(outcome, id=content_id(recording)))


def content_id(recording: Recording) -> str:
    """Identifier that follows from what was measured, so that a repeated command records nothing twice."""
    outcome = recording.outcome
    cells = outcome_cells(outcome)
    told = [value for name, value in cells.items() if name != "id" and name not in LATE_COLUMNS]
    digest = hashlib.sha256(json.dumps([*told, recording.nc_batch or None]).encode()).hexdigest()[:10]
    return "-".join(filter(None, (_slug(outcome.binding_form), _slug(outcome.partner), digest)))


def remarks(recording: Recording) -> list[str]:
    """What can be recorded but deserves a second look."""
    outcome, found = recording.outcome, []
    if outcome.effect is None and outcome.strength != "binding_only":
        found.append("effect is blank, so it says nothing on whether the pair helps")
    denial = contradiction(outcome)
    if denial:
        found.append(denial)
    for name, value in (("before", outcome.plqy_before), ("after", outcome.plqy_after)):
        if value and value * 100 <= _FRACTION_LIMIT_PCT:
            found.append(f"PLQY {name} is {percent(value):g} %: if a fraction was meant, correct it")
    return found


def content_hash_of(outcomes: Iterable[Outcome]) -> str:
    """Hash of what outcomes say, whatever their order, so that an output can say what it came from.

    Returns
    -------
    str
        First 12 hexadecimal digits of a SHA-256.
    """
    told = (
        [
            value
            for name, value in outcome_cells(outcome).items()
            if value is not None or name not in LATE_COLUMNS
        ]
        for outcome in outcomes
    )
    texts = sorted(map(json.dumps, told))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def _check_texts(row: Row, problems: list[Problem]) -> None:
    for name in row.cells:
        text = row[name]
        if len(text) > MAX_CELL_CHARACTERS:
            what = f"this text has {len(text):,} characters, more than {MAX_CELL_CHARACTERS:,}"
            problems.append(row.problem(name, what, "shorten it"))
        elif "\0" in text or re.search("[\ud800-\udfff]", text):
            what = "this text holds a character that no text file can"
            problems.append(row.problem(name, what, "retype it, without NUL and in the terminal's encoding"))


def _moment(row: Row, default: datetime, problems: list[Problem]) -> datetime:
    text = row["recorded_at"].strip()
    if not text:
        return default
    fault = f"{text[:_MOMENT_CHARACTERS]!r} is no moment with its zone"
    fix = "write it like 2026-03-01T14:05:00Z, or leave it blank"
    try:
        written = datetime.fromisoformat(text[:_MOMENT_CHARACTERS])
        moment = written.astimezone(UTC)
        if moment > now() + _CLOCK_TOLERANCE:
            fault, fix = f"{text!r} lies in the future", "check the date, or leave it blank for now"
        elif written.tzinfo:
            return moment
    except (ValueError, OverflowError):
        pass
    problems.append(row.problem("recorded_at", fault, fix))
    return default


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_CHARACTERS].strip("-")
