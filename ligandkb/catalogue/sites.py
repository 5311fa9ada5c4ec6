"""What does a surface halide vacancy do in this crystal?"""

from __future__ import annotations

from dataclasses import dataclass

from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.missing import Known, Missing
from ligandkb.problems import Problem, UsageError
from ligandkb.provenance import Source
from ligandkb.tables import Row, choice, doi, number

REQUIRED_COLUMNS = ("composition",)
OPTIONAL_COLUMNS = ("kr_over_knr_trap", "trap_depth", "trap_character", "doi", "locator", "note")
TRAP_DEPTHS = ("shallow", "deep")


@dataclass(frozen=True)
class Site:
    """What is known of halide vacancies at one crystal's surface.

    Attributes
    ----------
    composition : Composition
        The crystal.
    kr_over_knr_trap : float or Missing
        Radiative rate over non-radiative rate per trap, dimensionless, where it isn't the paper's.
    trap_depth, trap_character : str or Missing
        ``shallow`` or ``deep``, and what the level is made of.
    source : Source or None
        Where it stands.
    note : str
        What a reader must know besides.
    """

    composition: Composition
    kr_over_knr_trap: Known[float]
    trap_depth: Known[str]
    trap_character: Known[str]
    source: Source | None
    note: str


def read_site(row: Row, problems: list[Problem]) -> Site | None:
    """Make a site of one row of ``sites.csv``, or collect what is wrong with it.

    Parameters
    ----------
    row : Row
        A record of ``sites.csv``; the composition is enough.
    problems : list of Problem
        Everything that is wrong with the row is appended.

    Returns
    -------
    Site or None
        None if the row can't be used.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> site = read_site(Row("sites.csv", 2, {"composition": Cell("CsPbCl3", 2, 1)}), [])
    >>> str(site.trap_depth)
    'missing (not in the source)'
    """
    before = len(problems)
    ratio = number(row, "kr_over_knr_trap", problems, minimum=0)
    depth = choice(row, "trap_depth", TRAP_DEPTHS, problems)
    source_doi = doi(row, "doi", problems)
    try:
        composition = parse_composition(row["composition"])
    except UsageError as error:
        problems.append(row.problem("composition", str(error)))
        return None
    if len(problems) > before:
        return None
    unknown = Missing("not in the source")
    return Site(
        composition,
        unknown if ratio is None else ratio,
        depth or unknown,
        row["trap_character"].strip() or unknown,
        Source(source_doi, row["locator"].strip()) if source_doi else None,
        row["note"].strip(),
    )
