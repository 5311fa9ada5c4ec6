"""How are recorded outcomes printed?"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from ligandkb import __version__
from ligandkb.evidence.outcomes import OLD_NAMES, Outcome
from ligandkb.provenance import SCHEMA_VERSION
from ligandkb.reports.literal import to_csv, to_json, to_markdown, visible
from ligandkb.storage.outcome_recordings import (
    COLUMNS,
    HISTORY_COLUMNS,
    Recording,
    cells_of,
    content_hash_of,
)

if TYPE_CHECKING:
    from rich.console import Console


_TABLE = (
    "id",
    "binding form",
    "partner",
    "composition",
    "effect",
    "PLQY",
    "route",
    "against",
    "batch",
    "by",
    "on",
)
_HISTORY = ("version", "reason")


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


def render_outcomes(
    recordings: Sequence[Recording], form: str, *, database: str, history: bool = False
) -> str | None:
    """Render recordings as ``csv``, ``json`` or ``md``; None for ``table``.

    Parameters
    ----------
    recordings : sequence of Recording
    form : str
        Format.
    database : str
        What to call the database.
    history : bool
        Whether ``recordings`` are all versions instead of the ones that hold.

    Returns
    -------
    str or None
    """
    if form == "json":
        meta = {**list_meta(recordings), "database": database, "history": history, "shown": len(recordings)}
        return to_json(meta, outcome_records(recordings))
    if form == "csv":
        return to_csv([*COLUMNS, *HISTORY_COLUMNS, *OLD_NAMES], outcome_records(recordings))
    if form == "md":
        columns = [*_columns(history), "SMILES"]
        rows = [[*_cells(one, history), one.outcome.binding_form_smiles] for one in recordings]
        table = to_markdown(columns, rows, code=("SMILES", "id"))
        return f"{table}\n{list_footer(list_meta(recordings))}\n"
    return None


def list_meta(recordings: Sequence[Recording]) -> dict[str, Any]:
    """Version, and a hash of what the listed outcomes say."""
    return {
        "version": __version__,
        "schema_version": SCHEMA_VERSION,
        "content": content_hash_of(recording.outcome for recording in recordings),
    }


def list_footer(meta: Mapping[str, Any]) -> str:
    """What a list was made with, in a line."""
    return f"ligandkb {meta['version']}, recorded outcomes {meta['content']}"


def print_outcomes(recordings: Sequence[Recording], *, history: bool = False) -> None:
    """Print recordings so that no identifier is broken.

    A table where the terminal is wide enough for it; else a few lines for each recording.

    Parameters
    ----------
    recordings : sequence of Recording
    history : bool
        Whether they are all versions instead of the ones that hold.
    """
    from ligandkb.reports.terminal import standard_output  # noqa: PLC0415 - only tables need rich

    console = standard_output()
    columns = _columns(history)
    cells = [[visible(cell) for cell in _cells(one, history)] for one in recordings]
    # A blank on either side of each cell, one between cells, and one at the end.
    needed = 1 + sum(3 + max(map(len, column)) for column in zip(columns, *cells, strict=True))
    if needed <= console.width or not sys.stdout.isatty():
        _print_table(console, columns, cells)
    else:
        _print_stacked(console, [dict(zip(columns, row, strict=True)) for row in cells])
    for line in _wrapped(list_footer(list_meta(recordings)), console.width):
        console.print(line, soft_wrap=True)


def _print_table(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    unicode = (sys.stdout.encoding or "ascii").lower().replace("-", "") in ("utf8", "utf16", "utf8sig")
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, pad_edge=False, expand=False)
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_stacked(console: Console, rows: Sequence[Mapping[str, str]]) -> None:
    from rich.text import Text  # noqa: PLC0415

    for row in rows:
        version = f"  version {row['version']}" if "version" in row else ""
        console.print(Text(row["id"], style="bold") + Text(version), no_wrap=True, crop=False, soft_wrap=True)
        figures = "" if row["PLQY"] == "-" else f"; PLQY {row['PLQY']}"
        batch = "" if row["batch"] == "-" else f"; batch {row['batch']}"
        reason = "" if row.get("reason", "-") == "-" else row["reason"]
        for text in (
            f"{row['binding form']}, {row['partner']}, on {row['composition']}",
            f"{row['effect']}{figures}; {row['route']}; against: {row['against']}",
            f"by {row['by']} on {row['on']}{batch}",
            reason,
        ):
            for line in _wrapped(text, console.width, indent="    "):
                console.print(line, soft_wrap=True)
    console.print()


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of a text, broken between words alone."""
    return wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
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


def _columns(history: bool) -> tuple[str, ...]:
    return (*_TABLE, *_HISTORY) if history else _TABLE


def _cells(recording: Recording, history: bool) -> list[str]:
    outcome = recording.outcome
    cells = [
        outcome.id,
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
    ]
    if history:
        cells += [
            str(recording.version),
            ("withdrawn: " if recording.withdrawn else "") + (recording.reason or "-"),
        ]
    return cells
