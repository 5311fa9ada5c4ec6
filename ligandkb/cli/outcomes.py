"""How does a chemist record what was measured?

Identifiers go to stdout once they are on the disk, everything else to stderr: what was printed there with exit
code 0 is confirmed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.cli.options import OncePerOption, TableFormat, with_capitals
from ligandkb.cli.output import put

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.storage.outcome_files import Names

outcomes = typer.Typer(
    name="outcomes",
    help="Record what was measured, list it, correct it. Nothing recorded is ever changed or deleted.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

# typer reads these annotations at run time, so they are spelt with Optional.
Text = Optional[str]  # noqa: UP045
Folders = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Option("--data", help="Folder with your own ligands and partners; repeat for several."),
]
Database = Annotated[
    Text,
    typer.Option("--db", envvar="LIGANDKB_DB", help="SQLite file or SQLAlchemy URL; by default yours."),
]
By = Annotated[
    Text, typer.Option("--by", envvar="LIGANDKB_RECORDED_BY", help="Who records it; by default your login.")
]
Ligand = Annotated[
    Text, typer.Argument(metavar="LIGAND", help="What binds: name or SMILES, as bought or as bound.")
]
Partner = Annotated[Text, typer.Option(help="Name or SMILES of the co-ion, none or unknown.")]
Crystal = Annotated[
    Text, typer.Option("--composition", "-c", help="Crystal, e.g. CsPbBr3.", callback=with_capitals)
]
Form = Annotated[Text, typer.Option(help="Shape of the sample: nanocrystals, nanoplatelets, film.")]
Route = Annotated[Text, typer.Option(help="post_synthetic, in_synthesis or removal.")]
Reference = Annotated[Text, typer.Option(help="as_made, oleylammonium_oleate_control or unknown.")]
EffectOption = Annotated[Text, typer.Option(help="On PLQY: improved, not_improved or decreased.")]
_PERCENT = "PERCENT[±PERCENT]"
Before = Annotated[Text, typer.Option(metavar=_PERCENT, help="PLQY of the reference state in %, e.g. 62±3.")]
After = Annotated[Text, typer.Option(metavar=_PERCENT, help="PLQY with the pair in %, e.g. 98+-3.")]
Relative = Annotated[Text, typer.Option(metavar="PERCENT", help="Relative change where only that is known.")]
Equivalents = Annotated[Text, typer.Option(help="Ligand pairs per available binding site.")]
Concentration = Annotated[Text, typer.Option(metavar="MMOL/L", help="Of the ligand pair.")]
NcConcentration = Annotated[Text, typer.Option(metavar="µMOL/L", help="Of the nanocrystals.")]
Minutes = Annotated[Text, typer.Option(metavar="MIN", help="Duration of the treatment.")]
EmissionBefore = Annotated[Text, typer.Option(metavar="NM", help="Emission peak of the reference state.")]
EmissionAfter = Annotated[Text, typer.Option(metavar="NM", help="Emission peak with the pair.")]
Strength = Annotated[
    Text,
    typer.Option(help="table_entry, paired, after_only, relative, qualitative or binding_only."),
]
Confound = Annotated[Text, typer.Option(help="insoluble_salt, other_halide or mixed_treatment.")]
Doi = Annotated[Text, typer.Option(help="If it is published.")]
Locator = Annotated[Text, typer.Option(help="Where in the publication.")]
Note = Annotated[Text, typer.Option(help="What a reader must know besides.")]
Batch = Annotated[Text, typer.Option(help="Batch of nanocrystals.")]

_COLUMN_OF = {"ligand": "binding_form"}
_NO_COLUMN = ("by", "db", "data", "file", "reason", "withdraw", "outcome")


@outcomes.command(cls=OncePerOption)
def add(
    ligand: Ligand = None,
    partner: Partner = None,
    composition: Crystal = None,
    effect: EffectOption = None,
    plqy_before_pct: Before = None,
    plqy_after_pct: After = None,
    relative_change_pct: Relative = None,
    route: Route = None,
    reference_state: Reference = None,
    form: Form = None,
    concentration_mmol_per_l: Concentration = None,
    equivalents: Equivalents = None,
    nc_batch: Batch = None,
    nc_concentration_umol_per_l: NcConcentration = None,
    time_min: Minutes = None,
    emission_before_nm: EmissionBefore = None,
    emission_after_nm: EmissionAfter = None,
    strength: Strength = None,
    confound: Confound = None,
    doi: Doi = None,
    locator: Locator = None,
    note: Note = None,
    id: Annotated[Text, typer.Option(help="Identifier; by default made from the content.")] = None,
    file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--from", metavar="FILE.csv", help="Record every row of a file, or none."),
    ] = None,
    by: By = None,
    db: Database = None,
    data: Folders = None,
) -> None:
    """Record a measured effect of a ligand pair on PLQY, or a file of them."""
    typed = _typed(locals())
    from ligandkb.loading import load  # noqa: PLC0415
    from ligandkb.problems import InputError, Problem, UsageError  # noqa: PLC0415
    from ligandkb.storage.outcome_database import record  # noqa: PLC0415
    from ligandkb.storage.outcome_files import (  # noqa: PLC0415
        recording_from_options,
        recordings_from_csv,
    )
    from ligandkb.storage.outcome_location import NO_DATABASE, locate  # noqa: PLC0415
    from ligandkb.storage.outcome_recordings import now  # noqa: PLC0415

    if file is not None and typed:
        raise UsageError(f"with --from the file says everything: leave out {', '.join(_option_names(typed))}")
    missing = [name for name in ("binding_form", "partner", "composition") if name not in typed]
    if file is None and missing:
        raise UsageError(f"{', '.join(_option_names(missing))} must be given, or a file by --from FILE.csv")
    location = locate(db)
    kb = load(data=data or (), db=NO_DATABASE)
    problems: list[Problem] = []
    if file is not None:
        recordings, rows = recordings_from_csv(
            file, _names(kb), problems, recorded_by=_who(by), recorded_at=now()
        )
    else:
        if {"plqy_before_pct", "plqy_after_pct"} <= typed.keys() and not typed.get("effect", "").strip():
            what = "PLQY before and after are given, but not the effect: the pair would count as not compared"
            mend = "add --effect improved, not_improved (also within the uncertainty) or decreased"
            problems.append(Problem("--effect", 0, 0, what, mend))
        one = recording_from_options(typed, _names(kb), problems, recorded_by=_who(by), recorded_at=now())
        recordings, rows = [one] if one else [], []
    if problems:
        raise InputError(problems)
    stop_if_pressed()
    results = record(location, recordings, rows or None)
    _confirm(result.id for result in results)
    _say_about(kb, recordings)
    old = [result.id for result in results if not result.is_new]
    _say(f"{len(results) - len(old)} recorded in {location}")
    if old:
        _say(f"{len(old)} recorded before, the same: {', '.join(old[:5])}{', ...' if len(old) > 5 else ''}")
        _say("A second measurement with the same result needs its own --id, --nc-batch or --note.")


@outcomes.command("list", cls=OncePerOption)
def list_(
    form: Annotated[TableFormat, typer.Option("--format", "-f", help="Output format.")] = TableFormat.TABLE,
    history: Annotated[
        bool, typer.Option("--history", help="Every version, also of what was withdrawn.")
    ] = False,
    db: Database = None,
) -> None:
    """List what is recorded."""
    from ligandkb.reports.outcomes import (  # noqa: PLC0415
        list_footer,
        list_meta,
        print_outcomes,
        render_outcomes,
    )
    from ligandkb.storage.outcome_location import locate  # noqa: PLC0415
    from ligandkb.storage.recorded import recordings  # noqa: PLC0415

    location = locate(db)
    found = recordings(db, history=history)
    _say_if_absent(location)
    text = render_outcomes(found, form.value, database=str(location), history=history)
    stop_if_pressed()
    if text is None:
        print_outcomes(found, history=history)
    else:
        put(text)
    if form is TableFormat.CSV:
        _say(list_footer(list_meta(found)))


@outcomes.command(cls=OncePerOption)
def export(
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", "-o", metavar="FILE.csv", help="File to write; by default stdout."),
    ] = None,
    db: Database = None,
) -> None:
    """Write what is recorded as CSV that outcomes add --from reads."""
    from ligandkb.reports.literal import visible  # noqa: PLC0415
    from ligandkb.storage.outcome_files import export as exported  # noqa: PLC0415
    from ligandkb.storage.outcome_location import locate  # noqa: PLC0415
    from ligandkb.storage.recorded import recordings  # noqa: PLC0415

    location = locate(db)
    found = recordings(db)
    _say_if_absent(location)
    text = exported(output, found)
    if output is not None:
        _say(f"{len(found)} written to {output}")
    elif sys.stdout.isatty():
        for line in text.splitlines():
            print(visible(line))
    else:
        # Bytes: the terminal's encoding and line ends are none of a file's business.
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


@outcomes.command(cls=OncePerOption)
def correct(
    outcome: Annotated[str, typer.Argument(metavar="ID", help="Identifier of the outcome.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the correction.")],
    ligand: Annotated[
        Text, typer.Option("--ligand", help="What binds: name or SMILES, as bought or as bound.")
    ] = None,
    partner: Partner = None,
    composition: Crystal = None,
    effect: EffectOption = None,
    plqy_before_pct: Before = None,
    plqy_after_pct: After = None,
    relative_change_pct: Relative = None,
    route: Route = None,
    reference_state: Reference = None,
    form: Form = None,
    concentration_mmol_per_l: Concentration = None,
    equivalents: Equivalents = None,
    nc_batch: Batch = None,
    nc_concentration_umol_per_l: NcConcentration = None,
    time_min: Minutes = None,
    emission_before_nm: EmissionBefore = None,
    emission_after_nm: EmissionAfter = None,
    strength: Strength = None,
    confound: Confound = None,
    doi: Doi = None,
    locator: Locator = None,
    note: Note = None,
    withdraw: Annotated[
        Optional[bool],  # noqa: UP045
        typer.Option("--withdraw/--reinstate", help="Take it back whole, or take it back in."),
    ] = None,
    by: By = None,
    db: Database = None,
    data: Folders = None,
) -> None:
    """Record a new version of an outcome; the old one stays readable. An empty value makes a cell blank."""
    typed = _typed(locals())
    from ligandkb.loading import load  # noqa: PLC0415
    from ligandkb.problems import InputError, Problem, UsageError  # noqa: PLC0415
    from ligandkb.storage.outcome_database import record_correction, stored_cells  # noqa: PLC0415
    from ligandkb.storage.outcome_files import recording_from_options  # noqa: PLC0415
    from ligandkb.storage.outcome_location import NO_DATABASE, locate  # noqa: PLC0415
    from ligandkb.storage.outcome_recordings import now, read_recording, row_of  # noqa: PLC0415

    if not typed and withdraw is None:
        raise UsageError("nothing to correct: give the field and its right value, or --withdraw")
    if not reason.strip():
        raise UsageError("--reason is empty: say why, so that a reader can judge")
    _refuse_control_characters("--reason", reason)
    location = locate(db)
    cells, version, withdrawn = stored_cells(location, outcome)
    # Only names are asked for: a row that can't be read must not stand in the way of its own correction.
    kb = load(data=data or (), db=NO_DATABASE) if {"binding_form", "partner"} & set(typed) else None
    # Who, when and with which version are those of the correction.
    stable = {name: value for name, value in cells.items() if not name.startswith(("recorded_", "tool_"))}
    problems: list[Problem] = []
    new = recording_from_options(
        typed,
        _names(kb, typed),
        problems,
        recorded_by=_who(by),
        recorded_at=now(),
        cells=stable,
        # What only is withdrawn need not be right.
        is_recorded=not typed,
    )
    if problems or new is None:
        raise InputError(problems)
    old = read_recording(row_of(stable, ""), [], recorded_by="", recorded_at=now(), is_recorded=True)
    stays = withdrawn if withdraw is None else withdraw
    if old is not None and old.content == new.content and stays == withdrawn:
        _confirm([outcome])
        _say(f"Version {version} says so already: nothing was recorded.")
        return
    corrected = replace(new, version=version + 1, reason=" ".join(reason.split()), withdrawn=stays)
    stop_if_pressed()
    record_correction(location, corrected)
    _confirm([outcome])
    _say_about(kb, [corrected])
    _say(f"Version {version + 1} recorded in {location}; version {version} stays: outcomes list --history")
    if stays:
        _say("It is withdrawn and no evidence.")


def _typed(options: Mapping[str, Any]) -> dict[str, str]:
    """What was given of an outcome's columns."""
    return {
        _COLUMN_OF.get(name, name): value
        for name, value in options.items()
        if name not in _NO_COLUMN and value is not None
    }


def _option_names(columns: Iterable[str]) -> list[str]:
    from ligandkb.storage.outcome_files import option_of  # noqa: PLC0415

    return [option_of(column) for column in columns]


def _names(kb: KnowledgeBase | None, typed: Mapping[str, str] | None = None) -> Names:
    """Names of the catalogue; for a correction only where they were typed, the rest stays as recorded."""
    from ligandkb.chemistry.species import formula_unit, split  # noqa: PLC0415
    from ligandkb.cli.outcome_names import find_form, find_partner  # noqa: PLC0415
    from ligandkb.storage.outcome_files import Names  # noqa: PLC0415

    def same_form(text: str) -> tuple[str, str]:
        smiles = formula_unit(split(text))
        return smiles, smiles

    def form(text: str) -> tuple[str, str]:
        return find_form(kb, text) if kb and (typed is None or "binding_form" in typed) else same_form(text)

    def partner(text: str) -> str:
        return find_partner(kb, text) if kb and (typed is None or "partner" in typed) else text

    return Names(form, partner)


def _who(by: str | None) -> str:
    import getpass  # noqa: PLC0415

    from ligandkb.problems import UsageError  # noqa: PLC0415

    if by and by.strip():
        _refuse_control_characters("--by", by)
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("your login has no name: say who records it by --by") from error


def _refuse_control_characters(option: str, text: str) -> None:
    from ligandkb.problems import UsageError  # noqa: PLC0415
    from ligandkb.storage.outcome_files import CONTROL_CHARACTER, RETYPE  # noqa: PLC0415

    if CONTROL_CHARACTER.search(text):
        raise UsageError(f"{option}: {text[:60]!r} holds a control character: {RETYPE}")


def _confirm(ids: Iterable[str]) -> None:
    for name in ids:
        print(name)
    sys.stdout.flush()


def _say_about(kb: KnowledgeBase | None, recordings: Sequence[Any]) -> None:
    from ligandkb.cli.outcome_names import vetoes_of  # noqa: PLC0415
    from ligandkb.storage.outcome_recordings import remarks  # noqa: PLC0415

    for line in vetoes_of(kb, (recording.outcome for recording in recordings)) if kb else ():
        _say(line)
    for recording in recordings:
        outcome = recording.outcome
        _say(f"{outcome.id}: {outcome.binding_form} ({outcome.binding_form_smiles}), {outcome.partner}")
        for remark in remarks(recording):
            _say(f"  look again: {remark}")


def _say_if_absent(location: Any) -> None:
    if location.is_absent():
        _say(f"Nothing is recorded yet: there is no {location}")


def _say(line: str) -> None:
    from ligandkb.reports.literal import visible  # noqa: PLC0415

    print(visible(line), file=sys.stderr)
