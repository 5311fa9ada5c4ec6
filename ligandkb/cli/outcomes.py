"""How does a chemist record what was measured?

Identifiers go to stdout once they are on the disk, everything else to stderr: what was printed there with exit
code 0 is confirmed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import ligandkb
from ligandkb.cells import visible
from ligandkb.cli import outcome_group
from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.cli.options import Commands, Data, Database, TableForm
from ligandkb.cli.outcome_options import takes_fields
from ligandkb.cli.output import say, show
from ligandkb.export import write_atomically
from ligandkb.problems import InputError, Problem, UsageError
from ligandkb.storage import outcome_location, recorded

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.storage.outcome_location import Location
    from ligandkb.storage.outcome_recordings import Recording

outcomes = Commands(
    name="outcomes",
    help="Record what was measured, list it, correct it. Nothing recorded is ever changed or deleted.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
By = Annotated[
    str | None,
    typer.Option("--by", envvar="LIGANDKB_RECORDED_BY", help="Who records it; by default your login."),
]
Source = Annotated[
    Path | None, typer.Option("--from", metavar="FILE.csv", help="Record every row of a file, or none.")
]
Target = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE.csv", help="File to write; by default stdout.")
]
All = Annotated[
    bool, typer.Option("--all", help="Every version, also of what was withdrawn: who, when and why.")
]
History = Annotated[bool, typer.Option("--history", help="Every version, also of what was withdrawn.")]
Withdraw = Annotated[
    bool | None, typer.Option("--withdraw/--reinstate", help="Take it back whole, or take it back in.")
]


@outcomes.command()
@takes_fields()
def add(
    typed: Mapping[str, str], file: Source = None, by: By = None, db: Database = None, data: Data = None
) -> None:
    """Record a measured effect of a ligand pair on PLQY, or a file of them."""
    from ligandkb.cli.outcome_names import brought_partner, names_of  # noqa: PLC0415
    from ligandkb.storage import (  # noqa: PLC0415
        outcome_database,
        outcome_files,
        outcome_merging,
        outcome_versions,
    )

    options = outcome_files.OPTIONS
    if file is not None and typed:
        given = ", ".join(options[column] for column in typed)
        raise UsageError(f"with --from the file says everything: leave out {given}")
    missing = [options[name] for name in ("binding_form", "partner", "composition") if name not in typed]
    asks = UsageError(f"{', '.join(missing)} must be given, or a file by --from FILE.csv")
    if file is None and missing not in ([], [options["partner"]]):
        raise asks
    location = outcome_location.locate(db)
    kb = ligandkb.load(data=data, db=outcome_location.NO_DATABASE)
    if file is None and missing:
        brought = brought_partner(kb, typed["binding_form"])
        if brought is None:
            raise asks
        say(f"note: {missing[0]} {brought[1]}: it comes with {typed['binding_form']}")
        typed = {**typed, "binding_form": brought[0], "partner": brought[1]}
    problems: list[Problem] = []
    who, names = _who(by), names_of(kb)
    if file is not None:
        recordings, rows = outcome_files.recordings_from_csv(file, names, problems, recorded_by=who)
    else:
        if {"plqy_before_pct", "plqy_after_pct"} <= typed.keys() and not typed.get("effect", "").strip():
            what = "PLQY before and after are given, but not the effect: the pair would count as not compared"
            fix = "add --effect improved, not_improved (also within the uncertainty) or decreased"
            problems.append(Problem("--effect", 0, 0, what, fix))
        one = outcome_files.recording_from_options(typed, names, problems, recorded_by=who)
        recordings, rows = [one] if one else [], []
    if problems:
        raise InputError(problems)
    stop_if_pressed()
    if outcome_versions.holds_versions(rows):
        outcome_group.say_merged(outcome_merging.merge(location, recordings, str(file), rows), location, kb)
        return
    results = outcome_database.record(location, recordings, rows or None)
    _confirm(result.id for result in results)
    _say_about(kb, recordings)
    old = [result.id for result in results if not result.is_new]
    say(f"{len(results) - len(old)} recorded in {location}")
    if old:
        say(f"{len(old)} recorded before, the same: {', '.join(old[:5])}{', ...' if len(old) > 5 else ''}")
        say("A second measurement with the same result needs its own --id, --nc-batch or --note.")


@outcomes.command("list")
def list_(output_format: TableForm = "table", history: History = False, db: Database = None) -> None:
    """List what is recorded."""
    from ligandkb.reports.outcome_list import outcome_list  # noqa: PLC0415

    location, found = _recorded(db, history=history)
    show(outcome_list(found, database=str(location), history=history), output_format)


@outcomes.command()
def export(output: Target = None, every: All = False, db: Database = None) -> None:
    """Write what is recorded as CSV that outcomes add --from reads."""
    from ligandkb.storage import outcome_files, outcome_versions  # noqa: PLC0415

    _, found = _recorded(db, history=every)
    text = outcome_versions.export_all(found) if every else outcome_files.export(found)
    if output is not None:
        write_atomically(output, text)
        say(f"{len(found)} written to {output}")
    elif sys.stdout.isatty():
        for line in text.splitlines():
            print(visible(line))
    else:
        # Bytes: the terminal's encoding and line ends are none of a file's business.
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


@outcomes.command()
@takes_fields(correcting=True)
def correct(
    typed: Mapping[str, str],
    outcome: Annotated[str, typer.Argument(metavar="ID", help="Identifier of the outcome.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the correction.")],
    withdraw: Withdraw = None,
    by: By = None,
    db: Database = None,
    data: Data = None,
) -> None:
    """Record a new version of an outcome; the old one stays readable. An empty value makes a cell blank."""
    from ligandkb.cli.outcome_names import names_of  # noqa: PLC0415
    from ligandkb.storage import outcome_database, outcome_files, outcome_reading  # noqa: PLC0415

    if not typed and withdraw is None:
        raise UsageError("nothing to correct: give the field and its right value, or --withdraw")
    if not reason.strip():
        raise UsageError("--reason is empty: say why, so that a reader can judge")
    outcome_files.refuse_control_characters("--reason", reason)
    location = outcome_location.locate(db)
    cells, version, withdrawn = outcome_reading.stored_cells(location, outcome)
    # Only names are asked for: a row that can't be read must not stand in the way of its own correction.
    named = {"binding_form", "partner", "added_as"} & set(typed)
    kb = ligandkb.load(data=data, db=outcome_location.NO_DATABASE) if named else None
    problems: list[Problem] = []
    new = outcome_files.recording_from_options(
        typed, names_of(kb, typed), problems, recorded_by=_who(by), cells=cells
    )
    if problems or new is None:
        raise InputError(problems)
    stays = withdrawn if withdraw is None else withdraw
    if stays == withdrawn and new.says(cells):
        _confirm([outcome])
        say(f"Version {version} says so already: nothing was recorded.")
        return
    corrected = replace(new, version=version + 1, reason=" ".join(reason.split()), withdrawn=stays)
    stop_if_pressed()
    outcome_database.record_correction(location, corrected)
    _confirm([outcome])
    _say_about(kb, [corrected])
    say(f"Version {version + 1} recorded in {location}; version {version} stays: outcomes list --history")
    if stays:
        say("It is withdrawn and no evidence.")


outcomes.command()(outcome_group.merge)
outcomes.command()(outcome_group.migrate)


def _recorded(db: str | None, *, history: bool = False) -> tuple[Location, tuple[Recording, ...]]:
    """Where recordings are kept, and what is there."""
    location = outcome_location.locate(db)
    found = recorded.recordings(db, history=history)
    if location.is_absent():
        say(f"Nothing is recorded yet: there is {location if location.path is None else f'no {location}'}")
    return location, found


def _who(by: str | None) -> str:
    import getpass  # noqa: PLC0415

    from ligandkb.storage.outcome_files import refuse_control_characters  # noqa: PLC0415

    if by and by.strip():
        refuse_control_characters("--by", by)
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("your login has no name: say who records it by --by") from error


def _confirm(ids: Iterable[str]) -> None:
    print("\n".join(ids), flush=True)


def _say_about(kb: KnowledgeBase | None, recordings: Sequence[Recording]) -> None:
    from ligandkb.cli.outcome_names import in_the_vial, vetoes_of  # noqa: PLC0415
    from ligandkb.storage.outcome_recordings import remarks  # noqa: PLC0415

    for line in vetoes_of(kb, (recording.outcome for recording in recordings)) if kb else ():
        say(line)
    for recording in recordings:
        outcome = recording.outcome
        say(f"{outcome.id}: {outcome.ligand_text} ({outcome.binding_form_smiles}), {outcome.partner}")
        for remark in (*remarks(recording), *(in_the_vial(kb, outcome) if kb else ())):
            say(f"  look again: {remark}")
