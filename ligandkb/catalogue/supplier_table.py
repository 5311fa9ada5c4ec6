"""What stands in a supplier's quote, or in a lab's list of its bottles?

From a file to the sheet and the line that names its columns, and from there to rows (:mod:`.supplier_rows`); which
products these are, :mod:`.supplier_links` finds out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from ligandkb.catalogue.hazard_label import grave_statements
from ligandkb.catalogue.supplier_headings import COLUMNS, Headings, heading_merit, read_headings
from ligandkb.catalogue.supplier_rows import RowReader, Said, SupplierRow
from ligandkb.problems import InputError, Problem, UsageError, counted
from ligandkb.tables import shown
from ligandkb.tables.grid import LINES_FOR_HEADINGS, Grid, GridCell, read_text_grid
from ligandkb.tables.workbook import is_workbook, read_workbook


@dataclass(frozen=True)
class SupplierTable:
    """A table as it was read.

    Attributes
    ----------
    file : str
    headings : mapping of str to str
        Heading by the column that it was read as.
    rows : tuple of SupplierRow
        Rows of which everything could be read.
    set_aside : tuple of Problem
        What is wrong with the others; one problem for all rows that one answer settles.
    rows_set_aside : int
        How many others there are.
    notes : tuple of Problem
        What was passed over: columns of one's own, totals, encodings that had to be recognised.
    """

    file: str
    headings: Mapping[str, str]
    rows: tuple[SupplierRow, ...]
    set_aside: tuple[Problem, ...]
    rows_set_aside: int
    notes: tuple[Problem, ...]


def read_supplier_table(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    said: Said | None = None,
    sheet: str = "",
    *,
    shelf: bool = False,
) -> SupplierTable:
    r"""Read a supplier's or a lab's table: csv, tsv or xlsx.

    Parameters
    ----------
    path : Path
        What it is is told from its content, not from its name.
    mapping : mapping of str to str, optional
        Headings by what they are, e.g. ``{"name": "Bezeichnung"}``; ``own`` for a column that is not to be read.
    said : Said, optional
        What the table doesn't say itself.
    sheet : str, optional
        Sheet of a workbook; by default the one that has headings.
    shelf : bool
        Whether it says what stands in the lab, so that no row is set aside for its price, and no amount is asked about.

    Returns
    -------
    SupplierTable
        No structure in it is guessed: a name or CAS number stays one.

    Raises
    ------
    InputError
        If the file can't be read, has no headings, or has some that could mean two things.
    UsageError
        If ``mapping`` names what isn't there.
    ExtraMissingError
        For a workbook, without the extra ``[excel]``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "angebot.csv"
    ...     _ = path.write_text("Bezeichnung;CAS-Nr.;Gebinde;Preis\nÖlsäure;112-80-1;100 mL;1.234,50 €\n")
    ...     (row,) = read_supplier_table(path).rows
    >>> row.name, row.cas, row.offer.pack.volume_ml, row.offer.price_text
    ('Ölsäure', '112-80-1', 100.0, '1,234.50 EUR')
    """
    mapping = mapping or {}
    problems: list[Problem] = []
    notes: list[Problem] = []
    if is_workbook(path):
        grid = _sheet_with_headings(
            path, read_workbook(path, problems, sheet), sheet, mapping, problems, notes
        )
    elif sheet:
        raise UsageError(f"--sheet {sheet[:40]}: {path} is no workbook: leave it out")
    else:
        grid = read_text_grid(path, lambda texts: heading_merit(texts, mapping), problems, notes)
    if problems or grid is None:
        raise InputError(problems)
    return _read_grid(grid, mapping, said or Said(), notes, shelf=shelf)


def _sheet_with_headings(
    path: Path,
    grids: Sequence[Grid],
    wanted: str,
    mapping: Mapping[str, str],
    problems: list[Problem],
    notes: list[Problem],
) -> Grid | None:
    """The one sheet that is a table of products."""
    if problems:
        return None
    tables = [grid for grid in grids if wanted or _heading_line(grid, mapping) is not None]
    if len(tables) > 1:
        named = ", ".join(shown(grid.sheet) for grid in tables)
        what, fix = f"{len(tables)} sheets may be the table: {named}", "say which one: --sheet NAME"
        problems.append(Problem(str(path), 0, 0, what, fix))
    elif not tables and (wanted or not grids):
        what = f"there is no sheet {shown(wanted)} with anything in it" if wanted else "the workbook is empty"
        problems.append(
            Problem(str(path), 0, 0, what, "check its name" if wanted else "check that this is the table")
        )
    elif tables and len(grids) > 1:
        notes.append(Problem(str(path), 0, 0, f"only the sheet {shown(tables[0].sheet)} is read"))
    return tables[0] if tables else (grids[0] if grids else None)


def _heading_line(grid: Grid, mapping: Mapping[str, str]) -> int | None:
    """Position of the line that names most columns; None where none does."""
    merits = [heading_merit([cell.text for cell in row], mapping) for row in grid.rows[:LINES_FOR_HEADINGS]]
    best = max(merits, default=0)
    return merits.index(best) if best else None


def _read_grid(
    grid: Grid, mapping: Mapping[str, str], said: Said, notes: list[Problem], *, shelf: bool
) -> SupplierTable:
    line = _heading_line(grid, mapping)
    if line is None:
        if mapping and grid.rows:
            read_headings([cell.text for cell in grid.rows[0]], mapping)  # says which of them isn't there
        raise InputError([*grid.broken, _no_headings(grid)])
    texts = [cell.text for cell in grid.rows[line]]
    headings = read_headings(texts, mapping, shelf=shelf)
    if headings.asked:
        raise InputError(
            grid.problem(grid.rows[line][place], what, fix) for place, what, fix in headings.asked
        )
    notes += _passed_over(grid, line, headings)
    reader = RowReader(grid, headings, said, texts, shelf=shelf)
    rows, aside = [], len(grid.broken)
    totals: list[tuple[GridCell, ...]] = []
    for cells in grid.rows[line + 1 :]:
        if [cell.text for cell in cells] == texts:
            continue  # the headings again, on the next page
        if reader.is_total(cells):
            totals.append(cells)
            continue
        row = reader.row(cells)
        rows += [row] if row else []
        aside += row is None
    notes += reader.left_aside.values()
    if totals:
        more = f" and {counted(len(totals) - 1, 'more row')} like it" if len(totals) > 1 else ""
        first = next(cell for cell in totals[0] if cell.text)
        notes.append(grid.problem(first, f"{shown(first.text)}{more}: a total, not a product: not read"))
    if not rows and not aside:
        notes.append(grid.problem(grid.rows[line][0], "there are no rows below the headings"))
    return SupplierTable(
        grid.file,
        MappingProxyType({column: texts[place] for column, place in headings.columns.items()}),
        tuple(rows),
        tuple(sorted([*grid.broken, *reader.faults, *reader.questions()])),
        aside,
        tuple(notes),
    )


def _no_headings(grid: Grid) -> Problem:
    if not grid.rows:
        return Problem(grid.file, 0, 0, "the file is empty", "check that this is the table")
    what = f"none of the first {LINES_FOR_HEADINGS} lines names a column of names, CAS numbers or SMILES"
    seen = ", ".join(shown(cell.text) for cell in grid.rows[0][:8] if cell.text)
    fix = f"say which column is which, e.g. --map name=HEADING; the first line has {seen or 'nothing that can be read'}"
    return grid.problem(grid.rows[0][0], what, fix)


def _passed_over(grid: Grid, line: int, headings: Headings) -> list[Problem]:
    """Notes on lines above the headings, and on columns that are not read."""
    notes, heads = [], grid.rows[line]
    if line:
        above = f"{counted(line, 'line')} above the headings {'are' if line > 1 else 'is'} not read"
        notes.append(grid.problem(grid.rows[0][0], above))
    if headings.own:
        named = ", ".join(shown(heads[place].text) for place in headings.own)
        what = f"not read: {named}"
        notes.append(
            grid.problem(heads[headings.own[0]], what, f"what is read: {', '.join(COLUMNS)} (--map)")
        )
    return [*_unread_statements(grid, line, headings), *notes]


def _unread_statements(grid: Grid, line: int, headings: Headings) -> Iterator[Problem]:
    """Notes on columns that print what is fatal or explosive and aren't read: nothing may go by them unsaid."""
    for place in headings.own:
        cells = (row[place] for row in grid.rows[line + 1 :] if place < len(row))
        printed = [(cell, found) for cell in cells if (found := grave_statements(cell.text))]
        if printed:
            codes = sorted({code for _, found in printed for code in found})
            heading, rows = shown(grid.rows[line][place].text), counted(len(printed), "row")
            what = f"{heading} says {', '.join(codes)} in {rows}, first here, and is not read: no veto follows from it"
            fix = "write the statements to hazard_statements.csv in your folder (smiles, statements, source)"
            yield grid.problem(printed[0][0], what, fix)
