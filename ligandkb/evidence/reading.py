"""Which outcomes does this file hold, and what is wrong with it?"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.evidence.outcome_fields import CellKind, OutcomeField
from ligandkb.evidence.outcomes import (
    FIELDS,
    NO_PARTNER,
    OLD_NAMES,
    OPTIONAL_COLUMNS,
    REQUIRED_COLUMNS,
    UNKNOWN_PARTNER,
    Outcome,
    contradiction,
)
from ligandkb.problems import Problem, StructureError, UsageError, did_you_mean
from ligandkb.provenance import Source
from ligandkb.resources import data_directory
from ligandkb.tables import Row, check_unique, choice, doi, filled, identifier, number, read_table


def read_outcomes(
    paths: Iterable[Path], problems: list[Problem], *, partners: Collection[str] | None = None
) -> tuple[Outcome, ...]:
    r"""Read outcome files, later files over earlier ones.

    A row with the id of one in an earlier file replaces it and is reported by a warning; others are added. PLQY
    before and after of at most 1 % are reported likewise: fractions may have been meant.

    Parameters
    ----------
    paths : iterable of Path
        CSV files with the columns of ``data/outcomes.csv``.
    problems : list of Problem
        Everything that is wrong with any file is appended.
    partners : collection of str, optional
        Identifiers of all partners, besides ``none`` and ``unknown``. Where they are given, a row that names
        another one is a problem: it would never be found beside its pair.

    Returns
    -------
    tuple of Outcome
        The rows that could be read.

    Examples
    --------
    >>> import tempfile
    >>> problems = []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "outcomes.csv"
    ...     head = "id,binding_form_smiles,partner,composition,effect"
    ...     _ = path.write_text(f"{head}\na,CC(=O)[O-],caesium,CsPbBr3,not_improved\n")
    ...     (outcome,) = read_outcomes([path], problems)
    >>> outcome.effect.value, str(outcome.composition), problems
    ('not_improved', 'CsPbBr3', [])
    """
    found: dict[str, Outcome] = {}
    shipped = data_directory() / "outcomes.csv"
    for path in paths:
        is_shipped = path.resolve() == shipped
        rows = read_rows(path, problems)
        check_unique(rows, "id", problems)
        for row in rows:
            if partners is not None:
                _check_partner(row, partners, problems)
            outcome = read_outcome(row, problems)
            if outcome is None:
                continue
            earlier = found.get(outcome.id)
            if earlier is not None and not earlier.origin.startswith(f"{row.file}:"):
                warnings.warn(f"outcome {outcome.id} is replaced by {outcome.origin}", stacklevel=2)
            if _is_like_fractions(outcome):
                figures = f"{100 * (outcome.plqy_before or 0):g} to {100 * (outcome.plqy_after or 0):g} %"
                what = f"{outcome.origin}: PLQY from {figures}: percent, not fractions? Write 62 for 62 %"
                warnings.warn(what, stacklevel=2)
            found[outcome.id] = replace(outcome, is_shipped=is_shipped)
    return tuple(found.values())


def _is_like_fractions(outcome: Outcome) -> bool:
    """Whether both figures would be at most 1 %, neither of them none."""
    return all(plqy and plqy <= 0.01 for plqy in (outcome.plqy_before, outcome.plqy_after))


def _check_partner(row: Row, partners: Collection[str], problems: list[Problem]) -> None:
    partner = row["partner"].strip()
    known = (*partners, NO_PARTNER, UNKNOWN_PARTNER)
    if partner and partner not in known:
        fix = did_you_mean(partner, known) or f"write one of {', '.join(sorted(known))}"
        problems.append(row.problem("partner", f"{partner!r} is not the id of a partner", fix))


def read_outcome(row: Row, problems: list[Problem], *, is_recorded: bool = False) -> Outcome | None:
    """Make an outcome of one row, or collect what is wrong with it.

    Parameters
    ----------
    row : Row
        A record of ``outcomes.csv``.
    problems : list of Problem
        Everything that is wrong with the row is appended.
    is_recorded : bool
        Whether it was recorded already, maybe by a version that didn't ask whether the figures deny the effect:
        then it is read all the same.

    Returns
    -------
    Outcome or None
        None if the row can't be used.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> texts = {"id": "a", "binding_form_smiles": "[Br-]", "composition": "CsPbX3", "effect": ""}
    >>> row = Row("outcomes.csv", 2, {name: Cell(text, 2, 1) for name, text in texts.items()})
    >>> outcome = read_outcome(row, [])
    >>> outcome.effect is None, outcome.partner
    (True, 'unknown')
    """
    before = len(problems)
    values = {one.name: read_value(row, one, problems) for one in FIELDS}
    if len(problems) > before or values["id"] is None:
        return None
    values["binding_form"] = values["binding_form"] or values["binding_form_smiles"]
    values["added_as"] = values["added_as"] or values["added_as_smiles"]
    place, doi = values.pop("locator"), values.pop("doi")
    source = Source(doi, place) if doi or place else None
    outcome = Outcome(**values, source=source, origin=f"{row.file}:{row.line}")
    denial = "" if is_recorded else contradiction(outcome)
    if denial:
        fix = "correct the one or the other, or give both figures their uncertainty if the difference lies within"
        problems.append(row.problem("effect", denial, fix))
        return None
    return outcome


def read_value(row: Row, one: OutcomeField, problems: list[Problem]) -> Any:
    """Value of a field in a row; what is wrong is appended with its place.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> row = Row("outcomes.csv", 2, {"plqy_after_pct": Cell("98", 2, 1)})
    >>> read_value(row, next(one for one in FIELDS if one.name == "plqy_after"), [])
    0.98
    """
    text = row[one.column].strip()
    value: Any = text
    match one.kind:
        case CellKind.IDENTIFIER:
            filled(row, one.column, problems)
            value = identifier(row, one.column, problems)
        case CellKind.WORD:
            word = choice(row, one.column, one.words, problems)
            value = next((known for known in one.words if known == word), None)
        case CellKind.NUMBER | CellKind.PERCENT:
            value = number(row, one.column, problems, minimum=one.minimum, maximum=one.maximum)
            if value is not None and one.kind is CellKind.PERCENT:
                value = round(value / 100, 6)
        case CellKind.DOI:
            value = doi(row, one.column, problems)
        case CellKind.SMILES if text or one.required:
            try:
                value = formula_unit(split(text))
            except StructureError as error:
                problems.append(row.problem(one.column, error.what, error.fix))
        case CellKind.COMPOSITION:
            try:
                value = parse_composition(row[one.column])
            except UsageError as error:
                problems.append(row.problem(one.column, str(error)))
    return one.blank if value in (None, "") else value


def read_rows(
    path: Path,
    problems: list[Problem],
    *,
    required: Sequence[str] = REQUIRED_COLUMNS,
    optional: Sequence[str] = OPTIONAL_COLUMNS,
    notes: list[Problem] | None = None,
) -> list[Row]:
    """Rows of a file of outcomes by today's names of its columns; the arguments are those of ``read_table``.

    A column under its old name is read and remarked on, once for the file.
    """
    rows = read_table(
        path, required=required, optional=(*optional, *OLD_NAMES), problems=problems, notes=notes
    )
    for old, new in OLD_NAMES.items():
        named = next((row for row in rows if old in row.cells), None)
        if named is None:
            continue
        if any(new in row.cells for row in rows):
            what = f"the columns {old!r} and {new!r} mean the same"
            problems.append(named.problem(old, what, "keep one of them"))
            continue
        warnings.warn(
            f"{path}: the column {old!r} is called {new!r} now; it was read as before", stacklevel=3
        )
        rows = [
            replace(row, cells={new if name == old else name: cell for name, cell in row.cells.items()})
            for row in rows
        ]
    return rows
