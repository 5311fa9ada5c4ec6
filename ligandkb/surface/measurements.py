"""What stands in this table of measurements?

Three tables, each as CSV with the unit in the column's name. Everything that is wrong with a table is
reported at once, with file, line, column and what to do about it.

==================  =====================================================================================
table               columns (optional ones in brackets)
==================  =====================================================================================
dilution series     ``nanocrystal_concentration_um, plqy`` [``plqy_sigma``]
linewidths          ``sample, observed_hz, observed_sigma_hz, bound_hz, bound_sigma_hz``
                    [``free_hz, free_sigma_hz, total_ligands, total_ligands_sigma``]
decay               ``time_ns, counts``, or an instrument's text (:mod:`ligandkb.surface.decay_exports`)
==================  =====================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ligandkb.problems import InputError, Problem
from ligandkb.surface.decay import COUNTS, TIME_NS, decay_fault, histogram_fault
from ligandkb.surface.decay_exports import Wanted, is_house_table, read_columns
from ligandkb.surface.dilution import DEGRADES_BELOW_UM, DILUTION_TENSION
from ligandkb.surface.nmr import linewidth_order_fault
from ligandkb.surface.quantities import (
    FREE_LINEWIDTH_HZ,
    LINEWIDTH_HZ,
    NANOCRYSTAL_CONCENTRATION_UM,
    PLQY,
    PLQY_SIGMA,
    POSITIVE_COUNT,
    UNCERTAINTY,
    ArrayFault,
    FloatArray,
    Quantity,
)
from ligandkb.surface.series import series_fault
from ligandkb.surface.uncertainty import Measured
from ligandkb.tables import MAX_ALIKE, Row, SourceText, number, read_table, read_text

SeriesFault = Callable[[FloatArray, FloatArray], ArrayFault | None]


@dataclass(frozen=True)
class DilutionSeries:
    """PLQY along a dilution, for :func:`ligandkb.surface.traps_fit.fit_traps`.

    Attributes
    ----------
    nanocrystal_concentration_um, plqy : ndarray of shape (n,)
    plqy_sigma : ndarray of shape (n,) or None
        None where the table has none.
    notes : tuple of str
    """

    nanocrystal_concentration_um: FloatArray
    plqy: FloatArray
    plqy_sigma: FloatArray | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Linewidths:
    """Linewidths of one sample, in Hz; None where the table has no value."""

    sample: str
    observed_hz: Measured
    bound_hz: Measured
    free_hz: Measured | None
    total_ligands: Measured | None

    def without_error(self, bound_ligands: Measured | None = None) -> tuple[str, ...]:
        """Say what has no ± where something else has one: the propagated error is then a part of the whole."""
        named = {
            "observed linewidth": self.observed_hz,
            "bound linewidth": self.bound_hz,
            "free linewidth": self.free_hz,
            "all ligands": self.total_ligands,
            "bound ligands": bound_ligands,
        }
        given = {name: one for name, one in named.items() if one is not None}
        bare = tuple(name for name, one in given.items() if not one.sigma)
        return bare if len(bare) < len(given) else ()


@dataclass(frozen=True)
class DecayHistogram:
    """Counts against time, for :func:`ligandkb.surface.lifetimes.fit_lifetime`, and how they were read."""

    time_ns: FloatArray
    counts: FloatArray
    notes: tuple[str, ...] = ()


def read_dilution_series(path: Path, notes: list[Problem] | None = None) -> DilutionSeries:
    """Read a dilution series.

    Parameters
    ----------
    path : Path
        CSV file with ``nanocrystal_concentration_um``, ``plqy`` and, where known, ``plqy_sigma``.
    notes : list of Problem, optional
        As in :func:`ligandkb.tables.read_table`.

    Returns
    -------
    DilutionSeries

    Raises
    ------
    InputError
        With every problem of the file.
    """
    problems: list[Problem] = []
    rows = _rows(
        path,
        ["nanocrystal_concentration_um", "plqy"],
        ["plqy_sigma", "note"],
        "concentrations in µM of nanocrystals (values in nM are divided by 1,000), PLQY as a fraction",
        problems,
        notes,
    )
    concentrations = [
        _value(row, "nanocrystal_concentration_um", NANOCRYSTAL_CONCENTRATION_UM, problems) for row in rows
    ]
    light = [_value(row, "plqy", PLQY, problems) for row in rows]
    given = [row["plqy_sigma"].strip() != "" for row in rows]
    sigmas = [_value(row, "plqy_sigma", PLQY_SIGMA, problems) for row in rows] if any(given) else []
    concentration, plqy = _whole(path, rows, concentrations, light, fault_of=series_fault, problems=problems)
    remarks = (
        (f"Points below {DEGRADES_BELOW_UM} µM: {DILUTION_TENSION}",)
        if np.any(concentration < DEGRADES_BELOW_UM)
        else ()
    )
    return DilutionSeries(
        concentration, plqy, np.asarray(sigmas, dtype=np.float64) if sigmas else None, remarks
    )


def read_decay(
    path: Path, notes: list[Problem] | None = None, *, wanted: Wanted = "decay", column: str | None = None
) -> DecayHistogram:
    """Read a decay, or the instrument's response.

    Parameters
    ----------
    path : Path
        CSV file with ``time_ns`` and ``counts``, or an instrument's text.
    notes : list of Problem, optional
        As in :func:`ligandkb.tables.read_table`.
    wanted, column
        As in :func:`ligandkb.surface.decay_exports.read_columns`.

    Returns
    -------
    DecayHistogram

    Raises
    ------
    InputError
        With every problem of the file.
    """
    problems: list[Problem] = []
    source = read_text(path, problems, [] if notes is None else notes)
    if source is not None and not problems and not is_house_table(source):
        return _read_export(source, wanted, column)
    problems.clear()  # what is wrong with the file is said again where it is read as a table
    rows = _rows(
        path, ["time_ns", "counts"], ["note"], "times in ns, raw counts in equal bins", problems, notes
    )
    times = [_value(row, "time_ns", TIME_NS, problems) for row in rows]
    counts = [_value(row, "counts", COUNTS, problems) for row in rows]
    return DecayHistogram(*_whole(path, rows, times, counts, fault_of=_FAULT_OF[wanted], problems=problems))


_FAULT_OF: dict[Wanted, SeriesFault] = {"decay": decay_fault, "response": histogram_fault}


def _read_export(source: SourceText, wanted: Wanted, column: str | None) -> DecayHistogram:
    found = read_columns(source, wanted, column)
    problems = [
        row.problem(name, *fault)
        for row, time, count in zip(found.rows, found.times_ns, found.counts, strict=True)
        for name, value, quantity in (("time_ns", time, TIME_NS), ("counts", count, COUNTS))
        if (fault := quantity.fault(value))
    ]
    columns = _whole(
        Path(source.file),
        found.rows,
        found.times_ns,
        found.counts,
        fault_of=_FAULT_OF[wanted],
        problems=problems[:MAX_ALIKE],
    )
    return DecayHistogram(*columns, found.notes)


def read_linewidths(path: Path, notes: list[Problem] | None = None) -> tuple[Linewidths, ...]:
    """Read linewidths, one sample a row.

    Parameters
    ----------
    path : Path
        CSV file.
    notes : list of Problem, optional
        As in :func:`ligandkb.tables.read_table`.

    Returns
    -------
    tuple of Linewidths

    Raises
    ------
    InputError
        With every problem of the file.
    """
    problems: list[Problem] = []
    rows = _rows(
        path,
        ["sample", "observed_hz", "observed_sigma_hz", "bound_hz", "bound_sigma_hz"],
        ["free_hz", "free_sigma_hz", "total_ligands", "total_ligands_sigma", "note"],
        "linewidths and their standard deviations in Hz",
        problems,
        notes,
    )
    for value, sigma in (("free_hz", "free_sigma_hz"), ("total_ligands", "total_ligands_sigma")):
        filled = [row for row in rows if row[value].strip()]
        if filled and not any(sigma in row.cells for row in rows):
            what = f"{value} stands without a column {sigma!r}"
            problems.append(filled[0].problem(value, what, "add that column, with the standard deviations"))
            raise InputError(problems)
    found = [_linewidths(row, problems) for row in rows]
    if not rows and not problems:
        problems.append(Problem(str(path), 1, 1, "no samples", "add a row for each sample"))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _rows(
    path: Path,
    required: Sequence[str],
    optional: Sequence[str],
    units: str,
    problems: list[Problem],
    notes: list[Problem] | None,
) -> list[Row]:
    """Read the rows; where a wanted column isn't there, stop at the header.

    Every cell of an absent column would be at fault, and "remove the row" is no fix for any of them.
    """
    rows = read_table(path, required=required, optional=optional, problems=problems, notes=notes)
    there = {name for row in rows for name in row.cells}
    header = [problem.line for problem in problems if rows and problem.line < rows[0].line]
    if header and not there.issuperset(required):
        what = f"the columns wanted are {', '.join(required)} [{', '.join(optional)}]"
        fix = f"rename the columns that hold them, in these units: {units}"
        problems.append(Problem(str(path), header[0], 1, what, fix))
        raise InputError(problems)
    return rows


def _linewidths(row: Row, problems: list[Problem]) -> Linewidths:
    before = len(problems)
    if not row["sample"].strip():
        problems.append(
            row.problem("sample", "no name of the sample", "write one, so that rows can be told apart")
        )
    observed = _measured(row, "observed_hz", "observed_sigma_hz", LINEWIDTH_HZ, problems)
    bound = _measured(row, "bound_hz", "bound_sigma_hz", LINEWIDTH_HZ, problems)
    free = (
        _measured(row, "free_hz", "free_sigma_hz", FREE_LINEWIDTH_HZ, problems)
        if row["free_hz"].strip()
        else None
    )
    total = (
        _measured(row, "total_ligands", "total_ligands_sigma", POSITIVE_COUNT, problems)
        if row["total_ligands"].strip()
        else None
    )
    if len(problems) == before:
        fault = linewidth_order_fault(observed.value, free.value if free else 0.0, bound.value)
        if fault:
            problems.append(row.problem("observed_hz", *fault))
    return Linewidths(row["sample"], observed, bound, free, total)


def _measured(row: Row, name: str, sigma_name: str, quantity: Quantity, problems: list[Problem]) -> Measured:
    """Read a value and its standard deviation; NaN stands in where a problem was noted."""
    return Measured(_value(row, name, quantity, problems), _value(row, sigma_name, UNCERTAINTY, problems))


def _value(row: Row, name: str, quantity: Quantity, problems: list[Problem]) -> float:
    """Read a cell and check it; NaN stands in where a problem was noted."""
    before = len(problems)
    value = number(row, name, problems)
    if len(problems) > before:
        return float("nan")
    if value is None:
        problems.append(
            row.problem(name, f"no {quantity.name}", f"write it in {quantity.unit}, or remove the row")
        )
        return float("nan")
    fault = quantity.fault(value)
    if fault:
        problems.append(row.problem(name, *fault))
    return value


def _whole(
    path: Path,
    rows: Sequence[Row],
    first: Sequence[float],
    second: Sequence[float],
    *,
    fault_of: SeriesFault,
    problems: list[Problem],
) -> tuple[FloatArray, FloatArray]:
    """Turn two columns into arrays, and check them as a whole; raise with every problem of the file."""
    columns = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if not rows and not problems:
        problems.append(Problem(str(path), 1, 1, "no rows", "add a row for each measurement"))
    if not problems:
        fault = fault_of(*columns)
        if fault:
            problems.append(rows[fault.element].problem(fault.column, fault.what, fault.fix))
    if problems:
        raise InputError(problems)
    return columns
