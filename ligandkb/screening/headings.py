"""Which columns of a table are the structure, its name, and what is carried along?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ligandkb.catalogue.supplier_headings import heading_of
from ligandkb.problems import InputError, Problem, did_you_mean
from ligandkb.screening.options import ScreenOptions

OFFERED = frozenset(
    {"catalogue_number", "supplier", "purity", "purity_pct", "pack", "pack_unit", "price", "currency"}
)
"""What a supplier says of an offer, by what ``ligandkb import`` calls it."""
_IDS = ("id", "catalogue_number", "name")
"""What a line is called by, the first that there is."""
_WORD = re.compile(r"[a-z]+|[^a-z]+", re.IGNORECASE)


@dataclass(frozen=True)
class Places:
    """Positions of the columns that are read; None for one that isn't there."""

    smiles: int
    id: int | None
    cas: int | None
    carried: tuple[int | None, ...]


@dataclass
class Wanted:
    """Which columns of a file are asked for.

    Attributes
    ----------
    smiles, id, cas : str
        Headings; blank for those that are known.
    carry : tuple of str
        Headings of columns that are carried along.
    known : dict of str to bool
        Headings that were found, each with whether it is one of a supplier's offer.
    """

    smiles: str = ""
    id: str = ""
    cas: str = ""
    carry: tuple[str, ...] = ()
    known: dict[str, bool] = field(default_factory=dict)

    def places(self, headings: Sequence[str], file: str) -> Places:
        """Find the columns of one file.

        Parameters
        ----------
        headings : sequence of str
            Its first line.
        file : str
            For messages.

        Returns
        -------
        Places

        Raises
        ------
        InputError
            If there is no column of structures, or a column that was named isn't there.
        """
        texts = [text.strip() for text in headings]
        meant = [heading_of(text) for text in texts]
        problems: list[Problem] = []
        smiles = self._named(texts, self.smiles, file, problems)
        if not self.smiles:
            smiles = _first(meant, ("smiles",))
            if smiles is None:
                listed = ", ".join(repr(text[:40]) for text in texts[:12])
                fix = (
                    f"name it with --smiles-column; the headings are {listed or 'none: is this file empty?'}"
                )
                problems.append(Problem(file, 1, 1, "no column is called SMILES", fix))
        called = self._named(texts, self.id, file, problems)
        if not self.id:
            called = id_among(texts)
        cas = self._named(texts, self.cas, file, problems) if self.cas else cas_among(texts)
        carried = tuple(texts.index(name) if name in texts else None for name in self.carry)
        if problems:
            raise InputError(problems)
        for at, (text, meaning) in enumerate(zip(texts, meant, strict=True)):
            if text:
                self.known.setdefault(text, meaning in OFFERED and at not in (smiles, called, cas))
        return Places(smiles or 0, called, cas, carried)

    def refuse_lacking(self, file: str) -> None:
        """Refuse a name that none of the fields of an SD file has.

        Raises
        ------
        InputError
            With each that lacks.
        """
        problems: list[Problem] = []
        for name in (self.smiles, self.id, self.cas):
            self._named(tuple(self.known), name, file, problems)
        if problems:
            raise InputError(problems)

    @staticmethod
    def _named(texts: Sequence[str], name: str, file: str, problems: list[Problem]) -> int | None:
        if not name:
            return None
        for at, text in enumerate(texts):
            if text.casefold() == name.strip().casefold():
                return at
        fix = did_you_mean(name, texts) or f"the headings are {', '.join(map(repr, texts[:12])) or 'none'}"
        problems.append(Problem(file, 1, 1, f"no column is called {name!r}", fix))
        return None


def wanted_of(options: ScreenOptions) -> Wanted:
    """What the options ask for."""
    return Wanted(options.smiles_column, options.id_column, options.cas_column, options.carry or ())


def cas_among(headings: Sequence[str]) -> int | None:
    """Which heading is that of CAS numbers: one that is known, else one with this word in any language.

    What stands there and is no such number finds no danger, so that a wrong guess does no harm; a missed one would.

    Examples
    --------
    >>> cas_among(["SMILES", "N\N{DEGREE SIGN} CAS"]), cas_among(["Case", "CAS registry", "CAS No."])
    (1, 2)
    """
    known = _first([heading_of(text) for text in headings], ("cas",))
    if known is not None:
        return known
    return next((at for at, text in enumerate(headings) if "cas" in _WORD.findall(text.casefold())), None)


def id_among(headings: Sequence[str]) -> int | None:
    """Which heading is that of what a line is called by: id, else a catalogue number, else a name."""
    # "id" is no heading of a supplier's, but what nearly every list of structures has.
    called = next((at for at, text in enumerate(headings) if text.casefold() == "id"), None)
    return _first([heading_of(text) for text in headings], _IDS) if called is None else called


def _first(meant: Sequence[str], names: Sequence[str]) -> int | None:
    return next((meant.index(name) for name in names if name in meant), None)
