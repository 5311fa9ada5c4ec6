"""What does a SMARTS pattern ask of each of its atoms?

Only as much is read as tells where a pattern can't match. A pattern is taken apart into alternatives, each a list of
plain statements on one atom; what isn't understood, and whatever is negated around a whole pattern, asks for nothing.
RDKit reads the pattern, too, and its bonds are taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from rdkit import Chem

_TABLE = Chem.GetPeriodicTable()
_NUMBERS = {_TABLE.GetElementSymbol(number): number for number in range(1, 119)}
_AROMATIC = {
    symbol.lower(): _NUMBERS[symbol] for symbol in ("B", "C", "N", "O", "P", "S", "Se", "As", "Te", "Si")
}
_OF_EITHER_KIND = frozenset({"Se", "As", "Te", "Si"})
"""Symbols that RDKit matches with aromatic atoms, too, unlike those of the organic subset."""
_ATOM_OUTSIDE_BRACKETS = re.compile("Cl|Br|[BCNOPSFI*aAbcnops]")
_PRIMITIVE = re.compile(
    r"#(?P<number>\d+)|(?P<charge>[+-](?:\d+|[+-]*))|(?P<property>[DXHhRrvx^])(?P<value>\d*)(?![a-z])"
    r"|(?P<symbol>(?!A(?![a-z]))[A-Z][a-z]?|se|as|te|si|[bcnops])|(?P<any>[*aA])|(?P<isotope>\d+)|@+[A-Z\d]*|:\d+"
)
_EXCLUSIVE = frozenset({"Z", "charge", "X", "D", "H"})
"""Properties of which an atom has one value: a second one is denied by the first."""
_MOST_ALTERNATIVES = 256


@dataclass(frozen=True, eq=False)
class Conjunct:
    """Statements on one atom that hold together.

    Attributes
    ----------
    text : str
        As they stand in the SMARTS, to be put between brackets.
    says : frozenset of (str, str)
        Property and value: ``("Z", "7")``, ``("charge", "+1")``, ``("X", "2")``.
    denies : frozenset of (str, str)
        What is negated, alike.
    around : tuple of Pattern
        Patterns around the atom, which is their first.
    but : tuple of Pattern
        Patterns that must not be around it.
    plain : str
        The text without those.
    is_whole : bool
        Whether nothing else is asked: no isotope and no handedness, which aren't read.
    """

    text: str
    says: frozenset[tuple[str, str]] = frozenset()
    denies: frozenset[tuple[str, str]] = frozenset()
    around: tuple[Pattern, ...] = ()
    but: tuple[Pattern, ...] = ()
    plain: str = ""
    is_whole: bool = True

    def __and__(self, other: Conjunct) -> Conjunct:
        return Conjunct(
            f"{self.text}&{other.text}",
            self.says | other.says,
            self.denies | other.denies,
            (*self.around, *other.around),
            (*self.but, *other.but),
            "&".join(filter(None, (self.plain, other.plain))),
            self.is_whole and other.is_whole,
        )

    @cached_property
    def element(self) -> int | None:
        """Atomic number, where it is told."""
        return next((int(value) for name, value in self.says if name == "Z"), None)

    @cached_property
    def _alone(self) -> dict[str, str]:
        return {name: value for name, value in self.says if name in _EXCLUSIVE}

    def implies(self, other: Conjunct) -> bool:
        """Whether every atom of which this holds is one of which the other, without patterns around it, holds."""
        told = self._alone
        return other.says <= self.says and all(
            (name, value) in self.denies or told.get(name, value) != value for name, value in other.denies
        )


@dataclass(frozen=True, eq=False)
class Pattern:
    """A SMARTS pattern, taken apart.

    Attributes
    ----------
    smarts : str
    atoms : tuple of tuple of Conjunct
        For each atom the alternatives, one of which holds where the pattern matches.
    bonds : tuple of (int, int, str)
        Atoms, and SMARTS of the bond.
    """

    smarts: str
    atoms: tuple[tuple[Conjunct, ...], ...]
    bonds: tuple[tuple[int, int, str], ...]

    @cached_property
    def compiled(self) -> Chem.Mol:
        """For RDKit to search for."""
        return Chem.MolFromSmarts(self.smarts)

    @cached_property
    def bond_between(self) -> dict[frozenset[int], str]:
        """SMARTS of each bond, by the atoms that it joins."""
        return {frozenset((one, other)): bond for one, other, bond in self.bonds}


@lru_cache(maxsize=4096)
def read(smarts: str) -> Pattern:
    """Take a pattern apart.

    Parameters
    ----------
    smarts : str
        Of any number of atoms, also with dots.

    Returns
    -------
    Pattern

    Raises
    ------
    ValueError
        If it is no SMARTS, or holds what can't be read here.

    Examples
    --------
    >>> [[sorted(one.says) for one in atom] for atom in read("[#7;+0,-]~[#8]").atoms]
    [[[('Z', '7'), ('charge', '0')], [('Z', '7'), ('charge', '-1')]], [[('Z', '8')]]]
    """
    mol = Chem.MolFromSmarts(smarts)
    if mol is None:
        raise ValueError(f"{smarts!r} is no SMARTS")
    atoms = tuple(_alternatives(text) for text in _atom_texts(smarts))
    if len(atoms) != mol.GetNumAtoms():
        raise ValueError(f"{smarts!r} has {mol.GetNumAtoms()} atoms, of which {len(atoms)} were read")
    bonds = tuple((bond.GetBeginAtomIdx(), bond.GetEndAtomIdx(), bond.GetSmarts()) for bond in mol.GetBonds())
    return Pattern(smarts, atoms, bonds)


@dataclass(frozen=True, eq=False)
class Way:
    """One of the ways to match a pattern.

    Attributes
    ----------
    pattern : Pattern
        As a whole.
    plain : Pattern
        Without what must not be around its atom.
    but : tuple of Pattern
        What that is; in a molecule without any of it the plain pattern tells all.
    """

    pattern: Pattern
    plain: Pattern
    but: tuple[Pattern, ...] = ()


def ways(smarts: str) -> tuple[Way, ...]:
    """Ways to match a pattern, one of which is there wherever it matches: of a single atom its alternatives.

    Examples
    --------
    >>> [way.pattern.smarts for way in ways("[$([OH]C=O),$([SH]);!$(*#*)]")]
    ['[$([SH])&!$(*#*)]', '[$([OH]C=O)&!$(*#*)]']
    >>> [way.plain.smarts for way in ways("[$([OH]C=O),$([SH]);!$(*#*)]")]
    ['[SH]', '[OH]C=O']
    """
    pattern = read(smarts)
    if len(pattern.atoms) > 1:
        return (Way(pattern, pattern),)
    found = [Way(_of_one(one, one.text), _of_one(one, one.plain), one.but) for one in pattern.atoms[0]]
    return tuple(sorted(found, key=lambda way: len(way.pattern.smarts)))


def _of_one(conjunct: Conjunct, text: str) -> Pattern:
    """The pattern of such an atom; a pattern around it stands for itself if there is nothing else."""
    if [text] == [f"$({around.smarts})" for around in conjunct.around]:
        return conjunct.around[0]
    return Pattern(f"[{text or '*'}]", ((conjunct,),), ())


def _atom_texts(smarts: str) -> Iterator[str]:
    """What stands for each atom, without the brackets."""
    at = 0
    while at < len(smarts):
        if smarts[at] == "[":
            end = _closing(smarts, at)
            yield smarts[at + 1 : end]
            at = end + 1
        elif plain := _ATOM_OUTSIDE_BRACKETS.match(smarts, at):
            yield plain.group()
            at = plain.end()
        else:
            at += 1


def _closing(text: str, at: int) -> int:
    """Where the bracket closes that opens here."""
    depth = 0
    for found in _BRACKETS[text[at]].finditer(text, at):
        depth += 1 if found.group() == text[at] else -1
        if depth == 0:
            return found.start()
    raise ValueError(f"{text!r}: {text[at]} is not closed")


_BRACKETS = {"[": re.compile(r"[][]"), "(": re.compile(r"[()]")}


@lru_cache(maxsize=4096)
def _alternatives(text: str) -> tuple[Conjunct, ...]:
    """The statements on one atom, multiplied out."""
    choices = [[_together(option) for option in _split(part, ",")] for part in _split(text, ";")]
    found = tuple(_all(conjuncts) for conjuncts in product(*choices))
    if len(found) > _MOST_ALTERNATIVES:
        raise ValueError(f"[{text}] has {len(found)} alternatives; at most {_MOST_ALTERNATIVES} are read")
    return found


def _split(text: str, separator: str) -> list[str]:
    parts, start, at = [], 0, 0
    while at < len(text):
        if text[at] == "(":
            at = _closing(text, at)
        elif text[at] == separator:
            parts.append(text[start:at])
            start = at + 1
        at += 1
    return [*parts, text[start:]]


def _all(conjuncts: Sequence[Conjunct]) -> Conjunct:
    together = conjuncts[0]
    for other in conjuncts[1:]:
        together &= other
    return together


@lru_cache(maxsize=4096)
def _together(text: str) -> Conjunct:
    """Statements side by side or joined by ``&``."""
    return _all([_primitive(part, negated) for part, negated in _primitives(text)])


def _primitives(text: str) -> Iterator[tuple[str, bool]]:
    at, negated = 0, False
    while at < len(text):
        if text[at] in "!&":
            negated ^= text[at] == "!"
            at += 1
            continue
        if text.startswith("$(", at):
            end = _closing(text, at + 1) + 1
        else:
            found = _longest(text, at)
            if found is None:
                raise ValueError(f"[{text}]: {text[at:]!r} can't be read")
            end = found.end()
        yield text[at:end], negated
        at, negated = end, False


def _longest(text: str, at: int) -> re.Match[str] | None:
    """The next primitive; two letters are one symbol only where an element is called so."""
    found = _PRIMITIVE.match(text, at)
    if found and found["symbol"] and found["symbol"] not in (*_NUMBERS, *_AROMATIC):
        return _PRIMITIVE.match(text[: at + 1], at)
    return found


def _primitive(text: str, negated: bool) -> Conjunct:
    written = f"!{text}" if negated else text
    if text.startswith("$("):
        if negated:
            return Conjunct(written, but=(read(text[2:-1]),))
        around = read(text[2:-1])
        first = around.atoms[0][0] if len(around.atoms[0]) == 1 else Conjunct("")
        return Conjunct(written, first.says, first.denies, (around,), plain=written)
    said = frozenset(_said(_longest(text, 0)))
    if negated:  # "not aliphatic carbon" denies neither of the two alone
        is_read = len(said) == 1
        return Conjunct(written, denies=said if is_read else frozenset(), plain=written, is_whole=is_read)
    return Conjunct(written, said, plain=written, is_whole=bool(said) or text == "*")


def _said(found: re.Match[str] | None) -> Iterator[tuple[str, str]]:
    assert found is not None
    if found["number"]:
        yield "Z", found["number"]
    elif found["charge"]:
        sign, size = found["charge"][0], found["charge"][1:]
        charge = int(size) if size.isdigit() else len(found["charge"])
        yield "charge", f"{sign}{charge}" if charge else "0"
    elif found["property"]:
        yield found["property"], found["value"] or ("1" if found["property"] in "DXHv" else "")
    elif found["symbol"]:
        aromatic = found["symbol"] in _AROMATIC
        yield "Z", str((_AROMATIC if aromatic else _NUMBERS)[found["symbol"]])
        if aromatic or found["symbol"] not in _OF_EITHER_KIND:
            yield "aromatic", str(int(aromatic))
    elif found["any"] in ("a", "A"):
        yield "aromatic", str(int(found["any"] == "a"))
