"""Has anybody printed whether it dissolves in toluene or hexane?

The exchange works in these two solvents, at 1 to 10 mmol/L of the pair (doi 10.1021/jacs.8b11035, Ligand Exchange
Method). What is not listed has not been looked up or not been printed, which says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import gcd
from pathlib import Path
from typing import TypeAlias

from ligandkb.chemistry.species import split
from ligandkb.problems import Problem, StructureError
from ligandkb.provenance import Source, address_in, is_doi
from ligandkb.tables import Row, choice, number, read_table

REQUIRED_COLUMNS = ("smiles", "solvent", "dissolves", "source")
OPTIONAL_COLUMNS = ("name", "solubility_mmol_per_l", "temperature_c", "locator", "note")
SOLVENTS = ("toluene", "hexane")
WORKING_MMOL_PER_L = 1.0
"""Least concentration of pairs at which the method works, in mmol/L (doi 10.1021/jacs.8b11035, Ligand Exchange
Method)."""

Contents: TypeAlias = tuple[tuple[str, int], ...]
"""What is dissolved: canonical SMILES of its species with their smallest whole numbers, sorted."""


@dataclass(frozen=True)
class Seen:
    """What was printed of one thing.

    Attributes
    ----------
    dissolves : mapping of str to bool
        Solvent to whether 1 mmol/L or more of it dissolves there.
    sources : mapping of str to Source
        Solvent to who printed it; of what nobody else can look up, such as a notebook, with file and line.
    """

    dissolves: Mapping[str, bool]
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def in_either(self) -> bool | None:
        """Whether it dissolves in toluene or hexane; None where only hexane, the poorer solvent, was tried in vain.

        Examples
        --------
        >>> Seen({"hexane": False}).in_either, Seen({"hexane": False, "toluene": True}).in_either
        (None, True)
        """
        if any(self.dissolves.values()):
            return True
        return False if "toluene" in self.dissolves else None

    def __or__(self, other: Seen) -> Seen:
        """Both together; where both tried a solvent, the other one holds.

        Examples
        --------
        >>> Seen({"hexane": False}) | Seen({"toluene": True})
        Seen(dissolves={'hexane': False, 'toluene': True}, sources={})
        """
        return Seen({**self.dissolves, **other.dissolves}, {**self.sources, **other.sources})


SolubilityTable: TypeAlias = Mapping[Contents, Seen]


def contents_of(species: Iterable[tuple[str, int]]) -> Contents:
    """What is dissolved, in the form in which it is looked up.

    Parameters
    ----------
    species : iterable of (str, int)
        Canonical SMILES and how many of each.

    Returns
    -------
    Contents

    Examples
    --------
    >>> contents_of([("[Br-]", 2), ("[Cs+]", 2)])
    (('[Br-]', 1), ('[Cs+]', 1))
    """
    counts: dict[str, int] = {}
    for smiles, count in species:
        counts[smiles] = counts.get(smiles, 0) + count
    divisor = gcd(*counts.values()) or 1
    return tuple(sorted((smiles, count // divisor) for smiles, count in counts.items()))


def read_solubility(path: Path, problems: list[Problem]) -> SolubilityTable:
    """Read what was printed of solubility in toluene and hexane.

    Parameters
    ----------
    path : Path
        ``solubility.csv``.
    problems : list of Problem
        Everything that is wrong with the file is appended: a solvent that stands there twice for one thing, a
        number that contradicts its word.

    Returns
    -------
    SolubilityTable
    """
    found: dict[Contents, Seen] = {}
    for row in read_table(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS, problems=problems):
        solvent = choice(row, "solvent", SOLVENTS, problems)
        word = choice(row, "dissolves", ("yes", "no"), problems)
        printed = number(row, "solubility_mmol_per_l", problems, minimum=0, maximum=30000)
        number(row, "temperature_c", problems, minimum=-100, maximum=200)
        try:
            species = split(row["smiles"].strip())
        except StructureError as error:
            problems.append(row.problem("smiles", error.what, error.fix))
            continue
        if solvent is None or word is None:
            continue
        dissolves = word == "yes"
        if printed is not None and dissolves != (printed >= WORKING_MMOL_PER_L):
            what = f"{word!r} contradicts {printed:g} mmol/L: yes is {WORKING_MMOL_PER_L:g} mmol/L or more"
            problems.append(row.problem("dissolves", what, "correct the number or the word"))
            continue
        contents = contents_of((part.smiles, part.count) for part in species)
        earlier = found.get(contents, Seen({}))
        if solvent in earlier.dissolves:
            problems.append(
                row.problem(
                    "solvent", f"{solvent} stands in an earlier row, too", "keep one row, note the other"
                )
            )
        found[contents] = earlier | Seen({solvent: dissolves}, {solvent: _source(row)})
    return found


def _source(row: Row) -> Source:
    """Who printed a row: by DOI or address, else in the row's own words with the place where it stands."""
    said, locator = row["source"].strip(), row["locator"].strip()
    bare = said.removeprefix("https://doi.org/").removeprefix("doi").lstrip(": ")
    if is_doi(bare):
        return Source(bare, locator)
    if address_in(said) == said:
        return Source("", locator, said)
    return Source("", "; ".join(filter(None, (said, locator, f"{row.file}:{row.line}"))))
