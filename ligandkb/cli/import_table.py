"""How does a quote, or a list of what stands in the lab, get into a lab's own folder?"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import ligandkb
from ligandkb.cli.interruption import stop_if_pressed
from ligandkb.cli.options import Data, Out, RankForm
from ligandkb.cli.output import TABLE_FORMATS, format_of, say, show
from ligandkb.problems import InputError, Problem, UsageError, counted
from ligandkb.resources import DATA_VARIABLE, lab_folders

if TYPE_CHECKING:
    from ligandkb.storage.lab_tables import Changes


def import_table(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Table of a supplier or of your lab: csv, tsv, xlsx.")
    ],
    into: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Your folder, made if need be; without it nothing is written."),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=HEADING",
            help="What a heading is, e.g. name=Bezeichnung, or own=Menge for one that is not to be read; repeat.",
        ),
    ] = None,
    supplier: Annotated[str, typer.Option(help="Who sells it, where no column says so.")] = "",
    currency: Annotated[str, typer.Option(help="Of prices without one, e.g. EUR.")] = "",
    date: Annotated[str, typer.Option(help="Day of the prices, where no column says so: 2026-04-03.")] = "",
    dates: Annotated[
        Literal["day-first", "month-first"] | None, typer.Option(help="How 03/04/2026 is meant.")
    ] = None,
    decimal: Annotated[
        Literal["comma", "point"] | None,
        typer.Option(help="What parts whole from cents, where 1.234 may be two things."),
    ] = None,
    sheet: Annotated[str, typer.Option(help="Sheet of a workbook, where several could be meant.")] = "",
    form: RankForm = None,
    out: Out = None,
    data: Data = None,
) -> None:
    """Read a supplier's or a lab's table: prices, packs and new structures, into your own folder by --into."""
    from ligandkb.catalogue.supplier_links import link_products  # noqa: PLC0415
    from ligandkb.catalogue.supplier_rows import Said  # noqa: PLC0415
    from ligandkb.catalogue.supplier_table import read_supplier_table  # noqa: PLC0415
    from ligandkb.reports.imported import import_document  # noqa: PLC0415
    from ligandkb.storage.lab_tables import Changes, changes  # noqa: PLC0415

    output_format = format_of(form, out, TABLE_FORMATS)
    said = Said(supplier.strip(), currency.strip().upper(), date.strip(), decimal or "", dates or "")
    table = read_supplier_table(file, mapping_of(mapped or ()), said, sheet)
    stop_if_pressed()
    if into is not None and into.exists() and not into.is_dir():
        raise InputError([Problem(str(into), 0, 0, "this is a file, not a folder", "name a folder")])
    folders = _folders(data, into)
    kb = ligandkb.load(folders)
    linked = link_products(table, kb.catalogue)
    stop_if_pressed()
    done = changes(into, linked, kb.catalogue.offers) if into is not None else Changes()
    if into is not None and done.files:
        _check(into, folders, done)
        stop_if_pressed()
        try:
            into.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"the folder can't be made: {error.strerror or error}"
            raise InputError(
                [Problem(str(into), 0, 0, what, "name a folder that you may write to")]
            ) from error
        done.write()
    products = (*linked.known, *linked.new)
    vetoes = dict(zip((one.id for one in products), kb.vetoes_of(products), strict=True)) if products else {}
    document = import_document(
        str(file), linked, vetoes, done, folder=str(into or ""), written=bool(done.files), meta=kb.meta()
    )
    show(document, output_format, out)
    if linked.rows_set_aside:
        # A table of what was read has no place for the rest, and nobody reads a file at once.
        for problem in linked.set_aside if output_format in ("csv", "xlsx") else ():
            say(f"set aside: {problem}")
        if out is not None:
            say(f"{counted(linked.rows_set_aside, 'row')} set aside, see {out}")
        raise typer.Exit(1)


def mapping_of(given: Sequence[str]) -> dict[str, str]:
    r"""Headings by the column that they name, as ``--map`` gives them; several of ``own`` on lines of their own.

    Raises
    ------
    UsageError
        If one has no ``=``, or a column is given twice.

    Examples
    --------
    >>> mapping_of(["name=Bezeichnung", "own=Menge", "own=Lot"])
    {'name': 'Bezeichnung', 'own': 'Menge\nLot'}
    """
    found: dict[str, str] = {}
    for text in given:
        column, equals, heading = text.partition("=")
        column, heading = column.strip().lower(), heading.strip()
        if not equals or not column or not heading:
            raise UsageError(f"--map {text[:60]}: write it like name=Bezeichnung")
        if column in found and column != "own":
            raise UsageError(f"--map gives {column} twice: give it once")
        found[column] = f"{found[column]}\n{heading}" if column in found else heading
    return found


def _folders(data: Sequence[Path] | None, into: Path | None) -> list[Path]:
    """A lab's folders, the one that rows go into last, if there is anything in it yet."""
    problems: list[Problem] = []
    folders = list(lab_folders(data, DATA_VARIABLE, problems, "make one with ligandkb init"))
    if problems:
        raise InputError(problems)
    if into is not None and into.is_dir() and any(into.glob("*.csv")):
        folders = [*(one for one in folders if one.resolve() != into.resolve()), into]
    return folders


def _check(into: Path, folders: Sequence[Path], done: Changes) -> None:
    """Read the folder as it will be, before anything of it is changed."""
    import shutil  # noqa: PLC0415 - loads archive formats, and every command imports this module
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / into.resolve().name
        copy.mkdir()
        for path in into.glob("*.csv") if into.is_dir() else ():
            shutil.copyfile(path, copy / path.name)
        for file in done.files:
            (copy / file.path.name).write_text(file.text, encoding="utf-8", newline="")
        try:
            with warnings.catch_warnings(record=True) as notes:
                warnings.simplefilter("always")
                ligandkb.load([*(one for one in folders if one.resolve() != into.resolve()), copy])
        except InputError as error:
            raise InputError(
                replace(one, file=one.file.replace(str(copy), str(into))) for one in error.problems
            ) from error
    for note in notes:
        warnings.warn(str(note.message).replace(str(copy), str(into)), note.category, stacklevel=2)
