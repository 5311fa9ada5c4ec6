"""Which entries of Annex VI that name a group, such as lead compounds, does this substance belong to?

Annex VI lists thousands of substances by CAS number and a few groups by words. The words of ``eu_groups.csv`` are put
into patterns there, each with members and non-members that a test goes through.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rdkit import Chem

from ligandkb.catalogue.hazard_label import CLASSIFIED, HazardReading
from ligandkb.chemistry.around import Around
from ligandkb.chemistry.elements import elements_in
from ligandkb.chemistry.outline import outline_of
from ligandkb.chemistry.structure import parse


@dataclass(frozen=True)
class HazardGroup:
    """One entry that names a group.

    Attributes
    ----------
    index_no, name : str
        As in Annex VI, the name in short.
    element : str
        Symbol of one that every member contains: tested first, as most products lack it.
    smarts, but : str
        What members have in common, and what excludes one; ``but`` may be empty.
    statements : frozenset of str
    members, non_members : tuple of str
        SMILES.
    """

    index_no: str
    name: str
    element: str
    smarts: str
    but: str
    statements: frozenset[str]
    members: tuple[str, ...]
    non_members: tuple[str, ...]

    @cached_property
    def _number(self) -> int:
        return int(Chem.GetPeriodicTable().GetAtomicNumber(self.element))

    @cached_property
    def _pattern(self) -> Chem.Mol:
        return Chem.MolFromSmarts(self.smarts)

    @cached_property
    def _excluding(self) -> Chem.Mol | None:
        return Chem.MolFromSmarts(self.but) if self.but else None

    def has(self, smiles: str) -> bool:
        """Whether a compound, not an element, belongs to the group.

        Parameters
        ----------
        smiles : str
            The product as the species that it consists of.
        """
        mol = parse(smiles)
        return self._number in elements_in(mol) and not _is_element(mol) and self._matches(mol)

    def _matches(self, mol: Chem.Mol) -> bool:
        return bool(
            mol.HasSubstructMatch(self._pattern)
            and not (self._excluding is not None and mol.HasSubstructMatch(self._excluding))
        )


def _is_element(mol: Chem.Mol) -> bool:
    """Whether this is an element, which no group names, and no compound."""
    return mol.GetNumAtoms() == 1 and not mol.GetAtomWithIdx(0).GetTotalNumHs()


def read_groups(path: Path) -> tuple[HazardGroup, ...]:
    """Read ``eu_groups.csv``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of HazardGroup

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> [group.name for group in read_groups(data_directory() / "hazards" / "eu_groups.csv")][:1]
    ['beryllium compounds but aluminium beryllium silicates']
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return tuple(
        HazardGroup(
            row["index_no"],
            row["name"],
            row["element"],
            row["smarts"],
            row["but"],
            frozenset(row["statements"].split("|")),
            tuple(row["members"].split("|")),
            tuple(row["non_members"].split("|")),
        )
        for row in rows
    )


class GroupSearch:
    """Groups that are looked through together.

    Parameters
    ----------
    groups : tuple of HazardGroup

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> search = GroupSearch(read_groups(data_directory() / "hazards" / "eu_groups.csv"))
    >>> [group.index_no for group in search.of("[Br-].[Br-].[Cd+2]")], search.of("[Cd]"), search.of("O=C(O)CCCO")
    (['048-001-00-5'], [], [])
    """

    def __init__(self, groups: tuple[HazardGroup, ...]) -> None:
        self._groups = groups
        self._around = Around((group.smarts, 0) for group in groups)

    def __reduce__(self) -> tuple[type[GroupSearch], tuple[tuple[HazardGroup, ...]]]:
        # What was asked so far stays here: another process gets the groups, and asks anew.
        return GroupSearch, (self._groups,)

    def of(self, smiles: str) -> list[HazardGroup]:
        """Groups that a compound belongs to.

        Parameters
        ----------
        smiles : str
            The product as the species that it consists of.
        """
        mol = parse(smiles)
        found = self._around.possible(outline_of(mol))
        possible = self._groups if found is None else [self._groups[place] for place in found]
        if not possible or _is_element(mol):
            return []
        return [group for group in possible if group._matches(mol)]


def group_readings(smiles: str, groups: GroupSearch, edition: str) -> Iterator[HazardReading]:
    """What the entries of its groups say of a substance that has no entry of its own.

    Parameters
    ----------
    smiles : str
        The product as the species that it consists of.
    groups : GroupSearch
    edition : str
        Of the list.

    Yields
    ------
    HazardReading
    """
    for group in groups.of(smiles):
        source = f"{edition}, index {group.index_no}, {group.name}"
        yield HazardReading(group.statements, source, in_part=True, what=CLASSIFIED, of_group=True)
