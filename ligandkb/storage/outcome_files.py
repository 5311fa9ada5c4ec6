"""How do recordings come from what people type or keep in CSV files, and go back into one?"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ligandkb.chemistry.species import formula_unit, split
from ligandkb.evidence.outcome_fields import CellKind
from ligandkb.evidence.outcomes import BATCH, FIELDS, REQUIRED_COLUMNS, UNKNOWN_PARTNER
from ligandkb.evidence.reading import read_rows
from ligandkb.export import write_table
from ligandkb.problems import LigandkbError, Problem, StructureError, UsageError
from ligandkb.storage.outcome_recordings import (
    COLUMNS,
    HISTORY_COLUMNS,
    Recording,
    cells_of,
    read_recording,
    row_of,
)
from ligandkb.storage.outcome_versions import holds_versions, with_version
from ligandkb.tables import Cell, Row, check_unique
from ligandkb.tables.rows import shown

_BY_COLUMN = {one.column: one for one in (*FIELDS, BATCH)}
OPTIONS = {one.column: one.option for one in _BY_COLUMN.values()} | {"recorded_by": "--by"}
"""What the command line calls each column."""
_NEEDED = tuple(name for name in REQUIRED_COLUMNS if name != "id")
# In place of a ligand that is already reported, so that the other cells of its row are checked.
_STAND_IN = "[Br-]"
# What a terminal obeys; tabs and line ends are text. It is refused where it is typed, since an export holds texts as
# they are; a file that holds it is read, so that every export goes back in.
_CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_RETYPE = "retype it without (they come along when text is copied out of a terminal)"
_PLUS_MINUS = re.compile(r"(?P<value>[^±]*?)\s*(?:±|\+/-|\+-)\s*(?P<uncertainty>[^±]*)")


@dataclass(frozen=True)
class Names:
    """What the catalogue knows by name.

    Attributes
    ----------
    form : callable
        Name or SMILES of a ligand, as bought or as bound → name and SMILES of its binding form.
    partner : callable
        Name or SMILES of a partner → its identifier.
    product : callable
        Name or SMILES of a ligand → name and SMILES of the product as bought, blank where only what binds was named.
    """

    form: Callable[[str], tuple[str, str]]
    partner: Callable[[str], str]
    product: Callable[[str], tuple[str, str]] = lambda _: ("", "")


def recordings_from_csv(
    path: Path,
    names: Names,
    problems: list[Problem],
    *,
    recorded_by: str,
    recorded_at: datetime | None = None,
) -> tuple[list[Recording], list[Row]]:
    """Read recordings from a file with the columns of ``outcomes.csv`` and of a recording, or of its versions.

    Parameters
    ----------
    path : Path
        ``id`` may be blank, ``binding_form_smiles`` too where ``binding_form`` is a name of the catalogue.
    names : Names
    problems : list of Problem
        Everything that is wrong with the file is appended here.
    recorded_by, recorded_at : str, datetime
        What holds where a row itself doesn't say.

    Returns
    -------
    tuple of list
        The recordings, and the row of each.
    """
    optional = [name for name in (*COLUMNS, *HISTORY_COLUMNS) if name not in _NEEDED]
    notes: list[Problem] = []
    rows = read_rows(path, problems, required=_NEEDED, optional=optional, notes=notes)
    if not rows and not problems:
        problems += notes
    are_versions = holds_versions(rows)
    if not are_versions:
        check_unique(rows, "id", problems)
    recordings, right = [], []
    for row in rows:
        before = len(problems)
        settled = settle(row, names, problems)
        recording = read_recording(
            settled, problems, recorded_by=recorded_by, recorded_at=recorded_at, is_recorded=are_versions
        )
        if recording is not None and are_versions:
            recording = with_version(recording, row, problems)
        if recording is not None and len(problems) == before:
            recordings.append(recording)
            right.append(row)
    return recordings, right


def recording_from_options(
    options: Mapping[str, str],
    names: Names,
    problems: list[Problem],
    *,
    recorded_by: str,
    recorded_at: datetime | None = None,
    cells: Mapping[str, object] | None = None,
) -> Recording | None:
    """Make a recording of what was typed.

    Parameters
    ----------
    options : mapping of str to str
        What was typed, by column, PLQY as ``62`` or ``62±3`` in %; an empty text makes a cell blank.
    names : Names
    problems : list of Problem
        Everything that is wrong is appended here.
    recorded_by, recorded_at : str, datetime
        Who records it, and when; now by default.
    cells : mapping of str to object, optional
        Values that hold where nothing was typed: those of the version that is corrected. What only is withdrawn need
        not be right.

    Returns
    -------
    Recording or None
    """
    before = len(problems)
    # Who, when and with which version are those of the correction.
    kept = {name: cell for name, cell in (cells or {}).items() if name in _BY_COLUMN}
    row = row_of(_typed_cells(kept, options, names, problems), "", OPTIONS)
    for name in options:
        if _CONTROL_CHARACTER.search(row[name]):
            problems.append(row.problem(name, f"{shown(row[name])} holds a control character", _RETYPE))
    recording = read_recording(
        settle(row, names, problems),
        problems,
        recorded_by=recorded_by,
        recorded_at=recorded_at,
        is_recorded=not options,
    )
    return recording if len(problems) == before else None


def _typed_cells(
    cells: Mapping[str, object], options: Mapping[str, str], names: Names, problems: list[Problem]
) -> dict[str, object]:
    """Cells with what was typed in them; an option that says two things fills both cells."""
    texts: dict[str, object] = {**cells, **options}
    for one in _BY_COLUMN.values():
        typed = options.get(one.typed_with)
        if typed is None:
            continue
        texts[one.column] = ""
        if one.kind is CellKind.PERCENT:
            value, texts[one.column] = split_percent(typed)
            texts[one.typed_with] = value
            if "%" not in typed and _is_like_a_fraction(value):
                what = f"{typed!r} would be {value} %, but it looks like a fraction"
                fix = "PLQY is typed in %: write 62 for 62 %; or, if it is meant, add the sign: 0.62%"
                problems.append(Problem(one.option, 0, 0, what, fix))
    if options.get("added_as", "").strip():
        try:
            added = names.product(options["added_as"].strip())
            if not any(added):
                what = f"{shown(options['added_as'])} is what binds, not what is bought"
                problems.append(Problem(OPTIONS["added_as"], 0, 0, what, "name the product"))
            texts["added_as"], texts["added_as_smiles"] = added
        except LigandkbError as error:
            problems.append(Problem(OPTIONS["added_as"], 0, 0, str(error)))
    elif "binding_form" in options:
        # What was bought for another ligand says nothing on this one.
        texts["added_as"] = texts["added_as_smiles"] = ""
    return texts


def refuse_control_characters(option: str, text: str) -> None:
    """Raise a UsageError if what was typed holds what a terminal obeys."""
    if _CONTROL_CHARACTER.search(text):
        raise UsageError(f"{option}: {text[:60]!r} holds a control character: {_RETYPE}")


def split_percent(text: str) -> tuple[str, str]:
    """Part a percentage from its uncertainty.

    Examples
    --------
    >>> split_percent("62±3"), split_percent("62 +/- 3 %"), split_percent("(98+-3)%"), split_percent("95")
    (('62', '3'), ('62', '3'), ('98', '3'), ('95', ''))
    """
    bare = text.replace("%", "").strip().removeprefix("(").removesuffix(")").strip()
    match = _PLUS_MINUS.fullmatch(bare)
    return (match["value"].strip(), match["uncertainty"].strip()) if match else (bare, "")


def settle(row: Row, names: Names, problems: list[Problem]) -> Row:
    """Put the catalogue's names in place of the ones that were written.

    Parameters
    ----------
    row : Row
        With a SMILES of what binds, or at least the ligand's name; and the partner by any of its names. Where the
        name is a product's, that is what was added.
    names : Names
    problems : list of Problem
        Names that nothing has, and SMILES of a product that binds as something else, are appended here.
    """
    texts = {}
    smiles, name = row["binding_form_smiles"].strip(), row["binding_form"].strip()
    try:
        if smiles:
            texts["binding_form"] = name or _bound_name(row, smiles, names, problems)
        elif name:
            texts["binding_form"], texts["binding_form_smiles"] = names.form(name)
            if not row["added_as"].strip() and not row["added_as_smiles"].strip():
                texts["added_as"], texts["added_as_smiles"] = names.product(name)
    except LigandkbError as error:
        said = (error.what, error.fix) if isinstance(error, StructureError) else (str(error),)
        problems.append(row.problem("binding_form_smiles" if smiles else "binding_form", *said))
        texts["binding_form_smiles"] = _STAND_IN
    try:
        texts["partner"] = names.partner(row["partner"].strip() or UNKNOWN_PARTNER)
    except LigandkbError as error:
        problems.append(row.problem("partner", str(error)))
    blank = Cell("", row.line, 1)
    added = {key: replace(row.cells.get(key, blank), text=text) for key, text in texts.items()}
    return replace(row, cells={**row.cells, **added})


def _bound_name(row: Row, smiles: str, names: Names, problems: list[Problem]) -> str:
    bound_name, bound = names.form(smiles)
    if bound != formula_unit(split(smiles)):
        what = f"{smiles[:60]!r} is what is bought; it binds as {bound_name}"
        problems.append(row.problem("binding_form_smiles", what, f"write {bound}"))
    return bound_name


def export(recordings: Iterable[Recording]) -> str:
    """Write recordings as the CSV text that :func:`recordings_from_csv` reads back as they are."""
    buffer = io.StringIO(newline="")
    write_table(
        buffer, COLUMNS, [[cells_of(recording)[name] for name in COLUMNS] for recording in recordings]
    )
    return buffer.getvalue()


def _is_like_a_fraction(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False
