"""What is wrong, where, and how is it fixed?

Every error that ligandkb raises on purpose descends from :class:`LigandkbError`, and whoever reads
files collects :class:`Problem` objects first and raises all of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong with an input.

    Attributes
    ----------
    file : str
        Path as the user wrote it, or a name such as ``<SMILES>`` for text typed on the command line.
    line, column : int
        1-based position; 0 where the problem has none (a missing file).
    what : str
        What is wrong, in the field's words.
    fix : str
        How to fix it.
    """

    file: str
    line: int
    column: int
    what: str
    fix: str = ""

    def __str__(self) -> str:
        where = self.file if self.line == 0 else f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {self.what}" + (f": {self.fix}" if self.fix else "")


class LigandkbError(Exception):
    """Root of the errors that ligandkb raises on purpose."""


class InputError(LigandkbError):
    """One or more inputs have problems; all of them are listed.

    Examples
    --------
    >>> raise InputError([Problem("ligands.csv", 3, 7, "no such element", "write Pb, not PB")])
    Traceback (most recent call last):
    ...
    ligandkb.problems.InputError: ligands.csv:3:7: no such element: write Pb, not PB
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class StructureError(LigandkbError):
    """A SMILES that can't be used.

    Attributes
    ----------
    what, fix : str
        As in :class:`Problem`.
    position : int
        0-based offset in the SMILES text, 0 if unknown.
    """

    def __init__(self, what: str, fix: str = "", position: int = 0) -> None:
        self.what, self.fix, self.position = what, fix, position
        super().__init__(f"{what}: {fix}" if fix else what)


class NotFoundError(LigandkbError):
    """A name that matches nothing; the message offers the nearest names."""


class UsageError(LigandkbError):
    """A call that can't be answered as asked (a bad option value, an unknown format)."""


class ExtraMissingError(LigandkbError):
    """A program that isn't installed; the message says how to install it."""

    def __init__(self, package: str, extra: str) -> None:
        # Both go to args, so that the error comes back whole from a worker process.
        super().__init__(package, extra)
        self.package, self.extra = package, extra

    def __str__(self) -> str:
        return f"{self.package} is not installed: pip install 'ligandkb[{self.extra}]'"


def counted(number: int, thing: str) -> str:
    """Number of things, in words that agree.

    Examples
    --------
    >>> counted(1, "more row"), counted(12_000, "more row")
    ('1 more row', '12,000 more rows')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def misspelt(word: str, name: str) -> bool:
    """Whether a word is a name with a typo: one letter wrong, missing, doubled or swapped; two in long names.

    Parameters
    ----------
    word, name : str
        What was written, and what could have been meant; capitals don't count. Names of three letters must have
        a letter doubled or swapped, since nearly every short word is one letter from another; shorter ones can't
        be told.

    Returns
    -------
    bool
        False for the name itself.

    Examples
    --------
    >>> [misspelt(*pair) for pair in (("smile", "smiles"), ("cass", "cas"), ("Class", "cas"), ("CID", "id"))]
    [True, True, False, False]
    """
    one, other = word.casefold(), name.casefold()
    if one == other or min(len(one), len(other)) < 3 or abs(len(one) - len(other)) > 2:
        return False
    if len(other) == 3:
        doubled = any(other[:at] + letter + other[at:] == one for at, letter in enumerate(other))
        return doubled or _swaps_to(one, other)
    return edit_distance(one, other) <= (2 if len(other) >= 8 else 1)


def _swaps_to(one: str, other: str) -> bool:
    return sorted(one) == sorted(other) and edit_distance(one, other) == 1


def edit_distance(one: str, other: str) -> int:
    """Fewest letters that have to be changed, added, left out or swapped with their neighbour.

    Examples
    --------
    >>> edit_distance("oelic acid", "oleic acid"), edit_distance("acetic acid", "lactic acid")
    (1, 2)
    """
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Offer the nearest known words.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        What could have been meant.

    Returns
    -------
    str
        ``"did you mean 'a' or 'b'?"``, or an empty string when nothing is near.

    Examples
    --------
    >>> did_you_mean("donor_elemnt", ["donor_element", "partner"])
    "did you mean 'donor_element'?"
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only who misspells something waits for it

    lower = {name.lower(): name for name in known}
    near = get_close_matches(word.lower()[:200], lower, n=3, cutoff=0.6)
    return "did you mean " + " or ".join(repr(lower[name]) for name in near) + "?" if near else ""
