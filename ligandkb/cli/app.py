"""Which commands are there?"""

from __future__ import annotations

from typing import Annotated

import typer

import ligandkb
from ligandkb.cli import (
    diff,
    explain,
    held_to_outcomes,
    import_table,
    init,
    learn,
    next_batch,
    outcomes,
    rank,
    screen,
    shortlist,
    surface,
)
from ligandkb.cli.options import (
    Commands,
    Composition,
    Data,
    Out,
    Rules,
    TableFileForm,
    TextFileForm,
)
from ligandkb.cli.output import show
from ligandkb.cli.root import root
from ligandkb.cli.typed_names import NamesOptions

app = root()
app.command(name="rank", cls=NamesOptions)(rank.rank)


@app.command(
    add_help_option=False, context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)
def check(context: typer.Context) -> None:
    """Check tables and rules: every problem of every file, with its position and how to fix it."""
    from ligandkb.cli.check import run_check  # noqa: PLC0415

    run_check(context.args)


app.command(name="explain")(explain.explain)


@app.command()
def compute(
    method: Annotated[
        list[str] | None,
        typer.Option(help="GFN2-xTB (default), GFN1-xTB or PBE0/def2-SVPD; repeat for several."),
    ] = None,
    solvent: Annotated[
        list[str] | None, typer.Option(help="gas (default) or toluene; repeat for several.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Compute the uncut molecules, too.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes, one thread each.")] = 1,
    atoms: Annotated[int, typer.Option(min=1, help="Larger species are not tried.")] = 150,
    seconds: Annotated[float, typer.Option(min=1, help="Time limit of one species, in s.")] = 600,
    write: Annotated[bool, typer.Option("--write", help="Write data/computed/descriptors.csv.")] = False,
    data: Data = None,
) -> None:
    """Compute hardness, softness and electron affinity where they lack; the same command resumes a run."""
    from ligandkb.cli.compute import chosen_levels, run_compute  # noqa: PLC0415
    from ligandkb.descriptors.quantum.compute import Limits  # noqa: PLC0415

    levels = chosen_levels(method or ["GFN2-xTB"], solvent or ["gas"])
    limits = Limits(atoms=atoms, seconds=seconds)
    failures = run_compute(
        ligandkb.load(data), levels, full=full, workers=workers, limits=limits, write=write
    )
    if failures:
        raise typer.Exit(1)


validate = Commands(
    help="Hold the science against measurement: what fails is printed as plainly as what holds.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(validate, name="validate")


@validate.command()
def hardness(form: TextFileForm = None, out: Out = None) -> None:
    """Computed hardness, charge, charge transfer and frontier level on Table 1, corrected for all that was tried."""
    from ligandkb.reports.validation import hardness_document  # noqa: PLC0415

    kb = ligandkb.load(data=(), rules=())
    show(hardness_document(kb.hardness_on_table1(), kb.meta()), form, out)


app.add_typer(outcomes.outcomes, name="outcomes")
app.add_typer(surface.surface, name="surface")


@validate.command()
def table1(
    composition: Composition = "CsPbBr3", form: TextFileForm = None, out: Out = None, rules: Rules = None
) -> None:
    """Rules on Table 1 of Nenon et al. (in-sample), beside null rules, and without what was written from it."""
    from ligandkb.reports.validation import table1_document  # noqa: PLC0415
    from ligandkb.validation.table1 import agreement, null_rules  # noqa: PLC0415

    kb = ligandkb.load((), rules)
    crystal = ligandkb.parse_composition(composition)
    entries = kb.table1_entries(crystal)
    found = table1_document(
        entries, agreement(entries), null_rules(entries), kb.table1_left_out(crystal), kb.meta()
    )
    show(found, form, out)


@validate.command()
def catalogue(form: TextFileForm = None, out: Out = None, data: Data = None) -> None:
    """Coverage of the catalogue: how much is verified, sourced, and in conflict, beside what 0.1.0 had."""
    from ligandkb.reports.validation import coverage_document  # noqa: PLC0415
    from ligandkb.validation.catalogue import release_counts  # noqa: PLC0415

    kb = ligandkb.load(data)
    show(coverage_document(kb.coverage(), release_counts(), kb.meta()), form, out)


@validate.command()
def sources(form: TextFileForm = None, out: Out = None, data: Data = None) -> None:
    """Every row of every table whose source is an address only, without a DOI."""
    from ligandkb.reports.validation import sources_document  # noqa: PLC0415
    from ligandkb.resources import DATA_VARIABLE, data_directory, lab_folders  # noqa: PLC0415
    from ligandkb.validation.sources import sources_of  # noqa: PLC0415

    kb = ligandkb.load(data)  # says what is wrong with a folder or a table
    folders = lab_folders(data, DATA_VARIABLE, [], "")
    show(sources_document(sources_of([data_directory(), *folders]), kb.meta()), form, out)


@validate.command()
def scale(form: TableFileForm = None, out: Out = None) -> None:
    """Lead against the proton: predicted pKa and log K1, each left out of its fit, and the scale on Table 1."""
    from ligandkb.reports.scale import scale_document  # noqa: PLC0415
    from ligandkb.validation.linear_free_energy import fit_all  # noqa: PLC0415
    from ligandkb.validation.scale_on_table1 import scale_on_table1  # noqa: PLC0415

    kb = ligandkb.load(data=(), rules=())
    fits = fit_all(kb.aqueous.pka, kb.aqueous.lead)
    show(scale_document(fits, scale_on_table1(kb.table1()), kb.meta()), form, out)


validate.command("rules")(held_to_outcomes.rules_on_outcomes)
validate.command("outcomes")(held_to_outcomes.score_on_outcomes)
app.command(name="diff")(diff.diff)
app.command(name="init")(init.init)
app.command(name="import")(import_table.import_table)
app.command(name="shortlist", cls=NamesOptions)(shortlist.shortlist)
app.command(name="screen")(screen.screen)
app.command(name="learn")(learn.learn)
app.command(name="next", cls=NamesOptions)(next_batch.next_batch)
