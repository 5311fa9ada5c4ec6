"""What of a supplier's whole list is worth a look?"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import ligandkb
from ligandkb.cli.options import Allow, Composition, Data, Database, Rules
from ligandkb.cli.output import put_and_go_on, say
from ligandkb.cli.screen_compute import compute_top, refuse_what_can_t_be_computed
from ligandkb.cli.screened import (
    MOST,
    refuse_columns_without_duplicates,
    refuse_columns_without_order,
    say_what_may_hurt,
    show_best,
)
from ligandkb.problems import UsageError, counted, did_you_mean

if TYPE_CHECKING:
    from ligandkb.screening.run import Hire, Progress, ScreenResult

_SECONDS_BETWEEN_LINES = 30.0


def screen(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...",
            help="Lists: .smi, .csv, .tsv, .sdf or .parquet, each also with .gz behind it; paths, or addresses such as "
            "s3://bucket/list.smi.gz. Several are read one after the other, their lines numbered through.",
            show_default=False,
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "--output",
            "-o",
            metavar="OUT",
            help="Folder for the answer, new or of the same run: what was interrupted goes on from where it was.",
            show_default=False,
        ),
    ],
    composition: Composition = "CsPbBr3",
    smiles_column: Annotated[
        str,
        typer.Option(help="Heading of the column with structures; by default the one that is called SMILES."),
    ] = "",
    id_column: Annotated[
        str,
        typer.Option(
            help="Heading of what a line is called by; by default id, a catalogue number, or a name."
        ),
    ] = "",
    cas_column: Annotated[
        str,
        typer.Option(
            help="Heading of the CAS numbers, by which lists of dangers are asked, too; by default CAS."
        ),
    ] = "",
    carry: Annotated[
        list[str] | None,
        typer.Option(
            help="Column that is written beside the answer; repeat for several. By default those of an offer: "
            "price, pack, purity, supplier, catalogue number."
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="Columns of the answer, separated by commas; by default all that rank -f csv has."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            help="Column to leave out, e.g. logp_neutral; repeat for several. If no rule reads it, it isn't worked out."
        ),
    ] = None,
    form: Annotated[
        Literal["parquet", "csv"], typer.Option("--format", "-f", help="How parts are written.")
    ] = "parquet",
    part_lines: Annotated[int, typer.Option(min=1, help="Lines of input in a part.")] = 20_000,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            "-w",
            min=0,
            max=1024,
            help="Processes; by default one for each processor of this machine.",
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            "-n",
            min=1,
            max=MOST,
            help="Keep so many of the best, each binding form once, in OUT/top.html, .csv and .parquet, and show the "
            "first of them; then ligandkb shortlist --from OUT.",
        ),
    ] = None,
    compute: Annotated[
        bool,
        typer.Option(
            "--compute",
            help="Compute by GFN2-xTB what the best --top lack, and order them anew; the price is told first, the "
            "values stay (needs [quantum]).",
        ),
    ] = False,
    duplicates: Annotated[
        bool,
        typer.Option(
            "--duplicates",
            help="Also write OUT/duplicates.parquet: each binding form that several lines offer, with these lines.",
        ),
    ] = False,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            metavar="ADDRESS",
            help="Dask cluster instead of processes: local or local:2 on this machine, tcp://host:8786 for a scheduler "
            "(needs [cluster]).",
        ),
    ] = None,
    allow: Allow = None,
    data: Data = None,
    rules: Rules = None,
    db: Database = None,
) -> None:
    """Judge every structure of a supplier's list, however long it is.

    OUT gets part-00000.parquet and so on, one row a pair with what rank -f csv has of one, in the order of the list;
    rejected.csv, which says of each line without rows why; and manifest.json. A line that can't be read, takes too
    long or crashes costs itself alone. Ctrl-C, a power cut or a full disk lose at most the part that was being
    written: the same command goes on from there.
    """
    from ligandkb.screening.options import ScreenOptions  # noqa: PLC0415
    from ligandkb.screening.run import screen as run  # noqa: PLC0415

    options = ScreenOptions(
        composition=composition,
        columns=_chosen(columns, without or ()),
        allow=tuple(allow or ()),
        smiles_column=smiles_column,
        id_column=id_column,
        cas_column=cas_column,
        carry=None if carry is None else tuple(dict.fromkeys(carry)),
        part_format=form,
        part_lines=part_lines,
    )
    if compute:
        refuse_what_can_t_be_computed(top)
    hire = None if dask is None else _crew_at(dask, workers)
    if top is not None:
        refuse_columns_without_order(options.columns)
    if duplicates:
        refuse_columns_without_duplicates(options.columns)
    kb = ligandkb.load(data, rules, db)
    workers = (os.cpu_count() or 1) if workers is None else workers
    try:
        with _progress() as show:
            result = run(files, out, kb, options, workers=workers, hire=hire, progress=show)
    except KeyboardInterrupt:
        say(f"what is whole stays in {out}: the same command goes on from there")
        raise
    put_and_go_on("\n".join(told(result)))
    if duplicates:
        from ligandkb.screening.duplicates import find_duplicates  # noqa: PLC0415

        put_and_go_on(str(find_duplicates(result.folder, result.manifest)))
    if compute and top is not None:
        compute_top(kb, result, top, workers=workers, dask=dask)
    if top is None:
        say_what_may_hurt(result.folder, result.manifest)
    else:
        show_best(kb, result.folder, top)


def _crew_at(address: str, workers: int | None) -> Hire:
    if workers is not None:
        raise UsageError("--workers is for this machine alone: with --dask, write local:2 for two workers")
    from ligandkb.screening.on_dask import crew_at  # noqa: PLC0415 - loads half of Dask

    return crew_at(address)


def _chosen(columns: str | None, without: Sequence[str]) -> tuple[str, ...] | None:
    """Columns to write; None for all. A name in ``--columns`` that there isn't is refused where all options are."""
    from ligandkb.screening.rows import COLUMNS  # noqa: PLC0415

    wanted = None if columns is None else tuple(filter(None, map(str.strip, columns.split(","))))
    if wanted is not None and not wanted:
        raise UsageError("--columns names none: leave it out for all of them")
    if not without:
        return wanted
    for name in without:
        if name not in COLUMNS:
            raise UsageError(
                f"--without {name[:60]}: there is no such column: {did_you_mean(name, COLUMNS) or ', '.join(COLUMNS)}"
            )
    left = tuple(name for name in wanted or COLUMNS if name not in without)
    if not left:
        raise UsageError("--without leaves no column to write: leave one of them out")
    return left


def told(result: ScreenResult) -> list[str]:
    """What a run left behind, in lines of text."""
    done, folder = result.manifest, result.folder
    lines = [
        f"{counted(done.lines, 'line')}: {counted(done.rows, 'row')} in {counted(len(done.parts), 'part')}, "
        f"{folder.path(f'part-*.{result.options.part_format}')}",
        f"{counted(done.rejected, 'line')} without rows, each with the reason: {folder.path('rejected.csv')}",
    ]
    if done.wrong_numbers:
        lines.append(
            f"{counted(done.wrong_numbers, 'line')} with a CAS number that isn't one, by a digit or as a date: no list "
            "of dangers was asked by it. It stands in cas_in_list; correct it in the list"
        )
    if not done.rows:
        lines.append(
            "no line could be used: see the reasons, or name the column of structures with --smiles-column"
            if done.lines
            else "there was nothing to screen: is the list empty?"
        )
    now = done.lines - result.lines_before
    if result.lines_before:
        lines.append(f"{counted(result.lines_before, 'line')} had been done before")
    if now:
        lines.append(
            f"{counted(now, 'line')} in {_duration(result.seconds)}, {now / result.seconds:,.0f} lines/s"
        )
    return lines


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal's stderr; a line of plain text now and then where it goes into a file."""
    if not sys.stderr.isatty():
        yield _every_so_often()
        return
    from rich.console import Console  # noqa: PLC0415 - only terminals need it
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (
        TextColumn("screening", markup=False),
        BarColumn(),
        TaskProgressColumn(markup=False),
        TextColumn("{task.fields[said]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task("screening", total=1.0, said="")

        def show(state: Progress) -> None:
            bar.update(task, completed=state.share_done, said=said_of(state))

        yield show


def _every_so_often() -> Callable[[Progress], None]:
    last = time.monotonic()

    def show(state: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS_BETWEEN_LINES:
            last = time.monotonic()
            say(f"{state.share_done:.0%}: {said_of(state)}")

    return show


def said_of(state: Progress) -> str:
    """State of a run in one line.

    Examples
    --------
    >>> from ligandkb.screening.run import Progress
    >>> said_of(Progress(120_000, 140_000, 12, 100_000, 100.0, 0.5, 0.0))
    '120,000 lines, 12 rejected, 1,000 lines/s, 2 min left'
    """
    left = state.seconds_left
    time_left = "" if left is None else f", {_duration(left)} left"
    rejected = f", {state.rejected:,} rejected" if state.rejected else ""
    return f"{state.lines:,} lines{rejected}, {state.lines_per_second:,.0f} lines/s{time_left}"


def _duration(seconds: float) -> str:
    """Time in the unit that fits.

    Examples
    --------
    >>> _duration(12.3), _duration(100), _duration(5400)
    ('12 s', '2 min', '1.5 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
