"""How does a chemist ask for the pairs to test next?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import ligandkb
from ligandkb.cli import surface_options as given
from ligandkb.cli.options import (
    Accept,
    AskedDonor,
    AskedMeasured,
    AskedVerdict,
    Composition,
    Data,
    Database,
    ExcludedTag,
    MaxMolarMass,
    MinScore,
    Out,
    Partners,
    Plqy,
    Rules,
    Soluble,
    TextFileForm,
    WithLiterature,
    Without,
)
from ligandkb.cli.output import TEXT_FORMATS, format_of, show
from ligandkb.cli.shelf import Have, Mapped, said_below, with_set_aside, with_shelf
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from ligandkb.reports.plan_command import Sample


def next_batch(
    composition: Composition = "CsPbBr3",
    number: Annotated[
        int, typer.Option("--number", "-n", min=1, max=50, help="Pairs; controls come on top.")
    ] = 4,
    goal: Annotated[
        Literal["bright", "learn", "balanced"],
        typer.Option(help="The brightest pair, the weights of the rules, or half of each."),
    ] = "balanced",
    have: Have = None,
    mapped: Mapped = None,
    in_lab: Annotated[bool, typer.Option("--in-lab", help="Only what stands in the lab.")] = False,
    without: Without = None,
    accept: Accept = None,
    partner: Partners = None,
    with_literature: WithLiterature = False,
    plqy: Plqy = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws: the same one gives the same answer.")] = 0,
    verdict: AskedVerdict = None,
    measured: AskedMeasured = None,
    donor: AskedDonor = None,
    exclude_tag: ExcludedTag = None,
    soluble: Soluble = False,
    max_molar_mass: MaxMolarMass = None,
    min_score: MinScore = None,
    volume: Annotated[given.Number, given.plain("Nanocrystal solution for each pair, mL.")] = None,
    nc_concentration: Annotated[given.Number, given.plain("Nanocrystals, µM.")] = None,
    edge: given.Edge = None,
    lattice: given.LatticeConstant = None,
    form: TextFileForm = None,
    out: Out = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """Propose what to test next, and what each result would change."""
    from ligandkb.reports.next_batch import next_batch_document  # noqa: PLC0415

    output_format = format_of(form, out, TEXT_FORMATS)
    sample = _sample(nc_concentration, volume, edge, lattice)
    shelf = with_shelf(ligandkb.load(data, rules, db), have, mapped or ())
    with said_below():
        found = shelf.kb.next_batch(
            composition,
            number,
            goal=goal,
            have=shelf.names,
            in_lab=in_lab,
            without=without or (),
            accept=accept or (),
            partners=partner,
            plqy_start_pct=plqy,
            with_literature=with_literature,
            seed=seed,
            verdict=verdict,
            measured=measured,
            donor=donor,
            exclude_tag=exclude_tag,
            soluble=soluble,
            max_molar_mass_g_per_mol=max_molar_mass,
            min_score=min_score,
        )
    found = with_set_aside(found, shelf)
    show(next_batch_document(found, sample, _folders(data, rules)), output_format, out)


def _sample(
    nc_concentration: float | None, volume: float | None, edge: float | None, lattice: float | None
) -> Sample:
    """The sample that the commands for bench sheets are for: the example where nothing of it was stated."""
    from ligandkb.reports.plan_command import EXAMPLE, Sample  # noqa: PLC0415
    from ligandkb.surface.quantities import (  # noqa: PLC0415
        EDGE_LENGTH_NM,
        LATTICE_CONSTANT_NM,
        NANOCRYSTAL_CONCENTRATION_UM,
        VOLUME_ML,
        require,
    )

    sizes = {"--nc-concentration": nc_concentration, "--volume": volume, "--edge": edge}
    if lattice is None and not any(value is not None for value in sizes.values()):
        return EXAMPLE
    if nc_concentration is None or volume is None or edge is None:
        missing = ", ".join(name for name, value in sizes.items() if value is None)
        raise UsageError(f"the commands for bench sheets need the whole sample: give {missing}, too")
    require(
        ("--nc-concentration", nc_concentration, NANOCRYSTAL_CONCENTRATION_UM),
        ("--volume", volume, VOLUME_ML),
        ("--edge", edge, EDGE_LENGTH_NM),
        *([("--lattice", lattice, LATTICE_CONSTANT_NM)] if lattice is not None else []),
    )
    return Sample(nc_concentration, volume, edge, lattice)


def _folders(data: list[Path] | None, rules: list[Path] | None) -> list[str]:
    """Options that name folders, as they were given."""
    named = [("--data", one) for one in data or ()] + [("--rules", one) for one in rules or ()]
    return [word for option, path in named for word in (option, str(path))]
