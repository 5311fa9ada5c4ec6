"""What is wrong, where, and how is it mended?

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
    mend : str
        How to mend it.
    """

    file: str
    line: int
    column: int
    what: str
    mend: str = ""

    def __str__(self) -> str:
        where = self.file if self.line == 0 else f"{self.file}:{self.line}:{self.column}"
        return f"{where}: {self.what}" + (f": {self.mend}" if self.mend else "")


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
    what, mend : str
        As in :class:`Problem`.
    position : int
        0-based offset in the SMILES text, 0 if unknown.
    """

    def __init__(self, what: str, mend: str = "", position: int = 0) -> None:
        self.what, self.mend, self.position = what, mend, position
        super().__init__(f"{what}: {mend}" if mend else what)


class NotFoundError(LigandkbError):
    """A name that matches nothing; the message offers the nearest names."""


class UsageError(LigandkbError):
    """A call that can't be answered as asked (a bad option value, an unknown format)."""


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
