"""Which computed values are shipped, and are they still valid?

A wide CSV file that people can read: one row for each species, binding mode and level, one column for each
definition with its version in the heading (``hardness_ev@1``), so that values of a raised version are
simply not found.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ligandkb.chemistry.structure import canonical
from ligandkb.descriptors.quantum.definitions import BY_NAME, STORED, is_current
from ligandkb.descriptors.quantum.levels import METHODS, SOLVENTS, Level
from ligandkb.descriptors.quantum.records import DescriptorKey, DescriptorRecord
from ligandkb.missing import Failed, Known, NotApplicable
from ligandkb.problems import InputError, Problem, StructureError

_INDEX = ("species", "mode", "method", "solvent")
_ABSENT = re.compile(r"(failed|not applicable) \((.*)\)", re.DOTALL)
_ABSENCES = {"failed": Failed, "not applicable": NotApplicable}


def write_table(
    records: Iterable[DescriptorRecord], path: Path, *, species: Collection[str] | None = None
) -> int:
    """Write records of current versions as a CSV file, whole or not at all.

    Parameters
    ----------
    records : iterable of DescriptorRecord
    path : Path
        Replaced when the new file is complete.
    species : collection of str, optional
        Canonical SMILES to write, site models included; all by default.

    Returns
    -------
    int
        Rows written.
    """
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for record in records:
        if not is_current(record.key) or (species is not None and record.key.species not in species):
            continue
        index = (record.key.species, record.key.mode, record.key.level.method, record.key.level.solvent)
        row = rows.setdefault(index, dict(zip(_INDEX, index, strict=True)) | {"made_by": record.provenance})
        row[_heading(record.key.name)] = _text(record.value)
    columns = [*_INDEX, *(_heading(definition.name) for definition in STORED), "made_by"]
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[index] for index in sorted(rows))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return len(rows)


def read_table(
    path: Path, levels: Collection[Level] | None = None
) -> Mapping[DescriptorKey, DescriptorRecord]:
    """Read what :func:`write_table` wrote; values of other versions are left out.

    Parameters
    ----------
    path : Path
        A file that does not exist holds nothing.
    levels : collection of Level, optional
        Levels to read; all by default.

    Returns
    -------
    mapping of DescriptorKey to DescriptorRecord
        Species re-canonicalised.

    Raises
    ------
    InputError
        With every row that can't be read.
    """
    if not path.is_file():
        return {}
    records: dict[DescriptorKey, DescriptorRecord] = {}
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = _current_columns(reader.fieldnames or ())
        for row in reader:
            try:
                level = _level(row)
                if levels is None or level in levels:
                    _read_row(row, level, columns, records)
            except (StructureError, ValueError) as error:
                problems.append(
                    Problem(
                        str(path),
                        reader.line_num,
                        1,
                        str(error),
                        "write the file again: ligandkb compute --write",
                    )
                )
    if problems:
        raise InputError(problems)
    return records


def _level(row: Mapping[str, str]) -> Level:
    level = Level(row["method"], row["solvent"])
    if level.method not in METHODS or level.solvent not in SOLVENTS:
        raise ValueError(f"unknown level: {level}")
    return level


def _read_row(
    row: Mapping[str, str],
    level: Level,
    columns: Mapping[str, str],
    records: dict[DescriptorKey, DescriptorRecord],
) -> None:
    species = canonical(row["species"])
    for heading, name in columns.items():
        text = row[heading]
        if text:
            found = DescriptorKey(name, BY_NAME[name].version, species, row["mode"], level)
            records[found] = DescriptorRecord(found, _value(name, text), row["made_by"])


def _heading(name: str) -> str:
    return f"{name}@{BY_NAME[name].version}"


def _current_columns(headings: Iterable[str]) -> dict[str, str]:
    current = {_heading(definition.name): definition.name for definition in STORED}
    return {heading: current[heading] for heading in headings if heading in current}


def _text(value: Known[float | str]) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def _value(name: str, text: str) -> Known[float | str]:
    match = _ABSENT.fullmatch(text)
    if match:
        absence: Failed | NotApplicable = _ABSENCES[match.group(1)](match.group(2))
        return absence
    if BY_NAME[name].kind == "text":
        return text
    return float(text)
