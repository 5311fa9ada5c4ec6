"""Which fault of a release explains that an answer changed?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ligandkb.problems import InputError, Problem
from ligandkb.tables import read_table

_COLUMNS = ("answer", "key", "field", "fault", "why")
_ANYTHING = "*"


@dataclass(frozen=True)
class Fault:
    """What was wrong, and which changes of which pairs follow from its having been put right.

    Attributes
    ----------
    key, field : str
        Pair (ligand, SMILES of the form, partner) and what of it changed; ``*`` stands for anything.
    name : str
        Of the fault, in the changelog.
    why : str
        In words.
    """

    key: str
    field: str
    name: str
    why: str

    def explains(self, key: str, field: str) -> bool:
        """Whether a change of a pair follows from it."""
        return self._pattern.fullmatch(f"{key}\n{field}") is not None

    @property
    def is_of_some_pairs(self) -> bool:
        """Whether it names pairs, or speaks of all."""
        return self.key != _ANYTHING

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        key, field = (".*".join(map(re.escape, text.split(_ANYTHING))) for text in (self.key, self.field))
        return re.compile(f"{key}\n{field}", re.DOTALL)


def read_faults(path: Path) -> tuple[Fault, ...]:
    """Read a table of faults that explain changes of rankings.

    Parameters
    ----------
    path : Path
        CSV file with the columns ``answer``, ``key``, ``field``, ``fault`` and ``why``; rows on other answers than
        rankings are left out.

    Returns
    -------
    tuple of Fault
        In the order of the file: of two that explain a change the first one does.

    Raises
    ------
    InputError
        With everything that is wrong with the file.
    """
    problems: list[Problem] = []
    rows = read_table(path, required=_COLUMNS, optional=(), problems=problems)
    if problems:
        raise InputError(problems)
    return tuple(
        Fault(row["key"], row["field"], row["fault"], row["why"])
        for row in rows
        if row["key"] and row["answer"].startswith(("rank", _ANYTHING))
    )


def explained(faults: Sequence[Fault], key: str, field: str) -> Fault | None:
    """The first fault that explains a change.

    Examples
    --------
    >>> acids = Fault("oxalic-acid | *", "score by *", "C10", "the proton moves by the difference of two pKa")
    >>> explained([acids], "oxalic-acid | O=C([O-])C(=O)O | none", "score by +0.6").name
    'C10'
    """
    return next((fault for fault in faults if fault.explains(key, field)), None)
