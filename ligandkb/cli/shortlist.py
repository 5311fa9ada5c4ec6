"""How does a chemist ask for the panel to order, its order sheet and its bench sheets?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    RankForm,
    Rules,
    Soluble,
    Without,
)
from ligandkb.cli.output import TABLE_FORMATS, format_of, say, show
from ligandkb.cli.shelf import Have, Mapped, said_below, with_set_aside, with_shelf
from ligandkb.problems import UsageError

if TYPE_CHECKING:
    from ligandkb.assessment.judge import Assessment
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.planning.order import Order

SHEET_ENDINGS = {".csv": "csv", ".html": "html", ".htm": "html", ".json": "json", ".md": "md", ".txt": "text"}


def shortlist(
    composition: Composition = "CsPbBr3",
    number: Annotated[
        int, typer.Option("--number", "-n", min=1, max=50, help="Candidates; controls come on top.")
    ] = 8,
    have: Have = None,
    mapped: Mapped = None,
    must: Annotated[
        list[str] | None, typer.Option(help="Ligand that has to be in; repeat for several.")
    ] = None,
    screened: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="OUT",
            help="Choose among the best of a screened list, in the folder that ligandkb screen wrote, instead of the "
            "catalogue; controls come from the catalogue as always.",
        ),
    ] = None,
    without: Without = None,
    accept: Accept = None,
    partner: Partners = None,
    plqy: Plqy = None,
    verdict: AskedVerdict = None,
    measured: AskedMeasured = None,
    donor: AskedDonor = None,
    exclude_tag: ExcludedTag = None,
    soluble: Soluble = False,
    max_molar_mass: MaxMolarMass = None,
    min_score: MinScore = None,
    form: RankForm = None,
    out: Out = None,
    order_sheet: Annotated[
        Path | None,
        typer.Option(help="Write what has to be bought into this file: .csv, .xlsx, .html, .json or .md."),
    ] = None,
    bench_sheets: Annotated[
        Path | None,
        typer.Option(
            help="Write the bench sheets of all pairs: into a folder, or into one file that ends in .html."
        ),
    ] = None,
    volume: Annotated[given.Number, given.plain("Nanocrystal solution for each pair, mL.")] = None,
    nc_concentration: Annotated[given.Number, given.plain("Nanocrystals, µM.")] = None,
    edge: given.Edge = None,
    lattice: given.LatticeConstant = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """Choose the panel to order: candidates, and on top of -n the controls that make their results mean something."""
    from ligandkb.assessment.dangers import NO_CLEARANCE  # noqa: PLC0415
    from ligandkb.reports.shortlist import shortlist_document  # noqa: PLC0415

    output_format = format_of(form, out, TABLE_FORMATS)
    sample = _sample(order_sheet, bench_sheets, volume, nc_concentration, edge)
    kb = ligandkb.load(data, rules, db)
    shelf = with_shelf(kb, have, mapped or ())
    kb = shelf.kb
    best: tuple[Assessment, ...] | None = None
    kept_out: tuple[str, ...] = ()
    if screened is not None:
        if partner:
            raise UsageError(
                "--partner: pairs of a screened list are made already: leave out --partner or --from"
            )
        kb, best, kept_out = _best_of(kb, screened, composition)
    with said_below():
        found = kb.shortlist(
            composition,
            number,
            have=shelf.names,
            must=must or (),
            without=without or (),
            accept=accept or (),
            partners=partner,
            plqy_start_pct=plqy,
            among=best,
            verdict=verdict,
            measured=measured,
            donor=donor,
            exclude_tag=exclude_tag,
            soluble=soluble,
            max_molar_mass_g_per_mol=max_molar_mass,
            min_score=min_score,
        )
    found = with_set_aside(found, shelf)
    found = replace(found, meta={**found.meta, "kept_out": kept_out})
    if sample is not None:
        order = kb.order(
            found,
            volume_ml=sample[0],
            nanocrystal_concentration_um=sample[1],
            edge_length_nm=sample[2],
            lattice_constant_nm=lattice,
        )
        if order_sheet is not None:
            _write_order(order, order_sheet)
        if bench_sheets is not None:
            _write_bench_sheets(order, bench_sheets)
    document = shortlist_document(found)
    if output_format in ("csv", "xlsx"):  # rows alone: what the other formats say first would be lost
        nothing_left = found.meta["nothing_left"]
        said = (*kept_out, *((nothing_left,) if nothing_left else ()), NO_CLEARANCE)
        document = replace(document, footer=(*said, *document.footer))
    show(document, output_format, out)


def _sample(
    order_sheet: Path | None,
    bench_sheets: Path | None,
    volume: float | None,
    nc_concentration: float | None,
    edge: float | None,
) -> tuple[float, float, float] | None:
    """The sample that amounts are for; None where no sheet was asked for."""
    asked = [
        name
        for name, path in (("--order-sheet", order_sheet), ("--bench-sheets", bench_sheets))
        if path is not None
    ]
    options = {"--volume": volume, "--nc-concentration": nc_concentration, "--edge": edge}
    if not asked:
        if idle := [name for name, value in options.items() if value is not None]:
            raise UsageError(
                f"{', '.join(idle)}: amounts stand on sheets: add --order-sheet FILE or --bench-sheets FOLDER"
            )
        return None
    if order_sheet is not None and order_sheet.suffix.lower() not in (*SHEET_ENDINGS, ".xlsx"):
        endings = ", ".join((*SHEET_ENDINGS, ".xlsx"))
        raise UsageError(
            f"--order-sheet: {order_sheet.name!r} ends in none of {endings}: end it in one of these"
        )
    missing = [name for name, value in options.items() if value is None]
    if volume is None or nc_concentration is None or edge is None:
        raise UsageError(
            f"{' and '.join(asked)}: the amounts depend on the sample: give {', '.join(missing)} "
            "(mL, µM, nm), e.g. --volume 2 --nc-concentration 1 --edge 9.5"
        )
    return volume, nc_concentration, edge


def _best_of(
    kb: KnowledgeBase, screened: str, composition: str
) -> tuple[KnowledgeBase, tuple[Assessment, ...], tuple[str, ...]]:
    """The best of a screened list with what its lines offer, and what of it is vetoed or suspected.

    No veto is lifted, whatever the screen was told.
    """
    from ligandkb.reports.screened import kept_out_sentences  # noqa: PLC0415
    from ligandkb.screening.folder import folder_at  # noqa: PLC0415 - only lists are screened
    from ligandkb.screening.top import top_of  # noqa: PLC0415

    if "://" not in screened and not Path(screened).is_dir():
        raise UsageError(
            f"--from: there is no folder {screened}: make one with ligandkb screen FILE -o {screened}"
        )
    top = top_of(kb, folder_at(screened), allow=())
    if (asked := str(ligandkb.parse_composition(composition))) != (
        made_for := top.ranked.meta["composition"]
    ):
        raise UsageError(
            f"--from {screened} was screened for {made_for}, not for {asked}: give --composition {made_for}"
        )
    if otherwise := top.ranked.meta["judged_otherwise"]:
        say(f"note: --from: {otherwise} of the best are judged otherwise than when {screened} was screened")
    return top.kb, top.ranked.assessments, kept_out_sentences(top)


def _write_order(order: Order, path: Path) -> None:
    from ligandkb.export import write_atomically  # noqa: PLC0415
    from ligandkb.reports.order_sheet import order_document, order_workbook  # noqa: PLC0415
    from ligandkb.reports.render import render  # noqa: PLC0415

    if path.suffix.lower() == ".xlsx":
        write_atomically(path, order_workbook(order))
    else:
        write_atomically(path, render(order_document(order), SHEET_ENDINGS[path.suffix.lower()]))
    say(f"written: {path}")


def _write_bench_sheets(order: Order, path: Path) -> None:
    """One file with all of them, or a folder with one file each, made if it isn't there."""
    from ligandkb.export import write_atomically  # noqa: PLC0415
    from ligandkb.reports.order_sheet import bench_book, bench_sheets  # noqa: PLC0415
    from ligandkb.reports.render import render  # noqa: PLC0415

    if path.suffix.lower() in (".html", ".htm"):
        write_atomically(path, render(bench_book(order), "html"))
        say(f"written: {path}")
        return
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"--bench-sheets: can't make the folder {path}: {error.strerror}") from error
    sheets = bench_sheets(order)
    for name, sheet in sheets:
        write_atomically(path / f"{name}.html", render(sheet, "html"))
    say(f"written: {len(sheets)} bench sheets in {path}")
