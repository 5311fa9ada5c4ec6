"""How does a chemist ask for a bench sheet?"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

import ligandkb
from ligandkb.cli import surface_options as given
from ligandkb.cli.options import Allow, Composition, Data, Database, Out, Partner, Rules, TextFileForm
from ligandkb.cli.output import show


def plan(
    ligand: Annotated[str, typer.Argument(help="Identifier, name, alias, CAS number or SMILES.")],
    nc_concentration: Annotated[float, given.plain("Nanocrystals, µM.")],
    volume: Annotated[float, given.plain("Of the nanocrystal solution, mL.")],
    edge: Annotated[float, given.plain("Mean edge length, nm.")],
    partner: Partner = None,
    binds_as: Annotated[
        str | None,
        typer.Option(
            "--form", help="Binding form where the ligand has several, e.g. a dianion; by default the first."
        ),
    ] = None,
    composition: Composition = "CsPbBr3",
    edge_spread: given.EdgeSpread = 0.0,
    lattice: given.LatticeConstant = None,
    pairs_per_site: Annotated[
        given.Number, given.plain("Pairs per surface halide position and cycle; by default the paper's.")
    ] = None,
    cycles: Annotated[
        int | None, typer.Option(min=1, max=20, help="Of precipitation and resuspension.")
    ] = None,
    antisolvent_ratio: Annotated[
        given.Number, given.plain("Volumes of antisolvent per volume of solution.")
    ] = None,
    resuspension_volume: Annotated[given.Number, given.plain("mL; by default the sample's volume.")] = None,
    ligand_purity: Annotated[given.Number, given.exact_option("On your bottle, by mass", "PURITY")] = None,
    partner_purity: Annotated[given.Number, given.exact_option("On your bottle, by mass", "PURITY")] = None,
    ligand_value: Annotated[
        given.Number, given.plain("Acid or amine value of your bottle, mg KOH/g.")
    ] = None,
    partner_value: Annotated[given.Number, given.plain("Amine value of your bottle, mg KOH/g.")] = None,
    form: TextFileForm = None,
    out: Out = None,
    allow: Allow = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """Plan a ligand exchange: safety, what to weigh in, steps, cautions, and the test to do first."""
    from ligandkb.planning.bottles import Label  # noqa: PLC0415
    from ligandkb.planning.exchange import Protocol  # noqa: PLC0415
    from ligandkb.reports.bench_sheet import bench_sheet  # noqa: PLC0415
    from ligandkb.reports.document import signed  # noqa: PLC0415

    kb = ligandkb.load(data, rules, db)
    changed: dict[str, Any] = {
        "pairs_per_halide_position": pairs_per_site,
        "cycles": cycles,
        "antisolvent_volumes": antisolvent_ratio,
        "resuspension_volume_ml": resuspension_volume,
    }
    sheet = kb.plan(
        ligand,
        nanocrystal_concentration_um=nc_concentration,
        volume_ml=volume,
        edge_length_nm=edge,
        partners=partner,
        form=binds_as,
        composition=composition,
        lattice_constant_nm=lattice,
        edge_sigma_nm=edge_spread,
        protocol=replace(Protocol(), **{name: one for name, one in changed.items() if one is not None}),
        ligand_label=Label(ligand_purity, ligand_value),
        partner_label=Label(partner_purity, partner_value),
        allow=allow or (),
    )
    show(signed(bench_sheet(sheet), kb.meta()), form, out)
