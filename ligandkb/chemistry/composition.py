"""Which crystal is meant?

One grammar for all places where a composition is written: ``CsPbBr3``, ``CsPbBr1.5Cl1.5``,
``CsPb(Br0.5Cl0.5)3``, ``MAPbBr3``; ``CsPb(Cl/Br)3`` where the halides are named but not their ratio; and
``CsPbX3`` where the halide is not stated, which matches each member of its family, labelled so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from ligandkb.arguments import name
from ligandkb.problems import UsageError, did_you_mean

HALIDES = ("I", "Br", "Cl")
HALIDE_IONS = MappingProxyType({"[F-]": "F", "[Cl-]": "Cl", "[Br-]": "Br", "[I-]": "I"})
"""Halide ions by canonical SMILES, fluoride among them although no crystal here has it."""
A_SITES = {"Cs": "caesium", "MA": "methylammonium", "FA": "formamidinium"}
_FIX = "write it like CsPbBr3, CsPbBr1.5Cl1.5, CsPb(Br0.5Cl0.5)3, MAPbI3, or CsPbX3 for any halide"

_FORMULA = re.compile(rf"(?P<a>{'|'.join(A_SITES)})Pb(?P<halides>.+)")
_GROUP = re.compile(r"\((?P<inside>[^()]+)\)3")
_RATIOLESS = re.compile(r"(?:I|Br|Cl)(?:/(?:I|Br|Cl))+")
_HALIDE = re.compile(r"(I|Br|Cl)([0-9]+(?:\.[0-9]+)?|\.[0-9]+)?")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_TOLERANCE = 0.0301
"""Halides that add up to 3 within 1 %, such as three thirds of 0.33, are rounded amounts."""
_NEAR = 0.3


@dataclass(frozen=True)
class Composition:
    """A lead halide perovskite APbX3.

    Attributes
    ----------
    a_site : str
        ``Cs``, ``MA`` or ``FA``.
    amounts : mapping of str to float
        Halide element to its amount, adding up to 3; empty where no ratio is stated.
    halides : frozenset of str
        The halides that are or may be present.
    """

    a_site: str
    amounts: Mapping[str, float]
    halides: frozenset[str]

    @property
    def is_family(self) -> bool:
        """Whether the halide or its ratio is left open."""
        return not self.amounts

    @property
    def is_pure(self) -> bool:
        """Whether there is just one halide, and it is stated."""
        return len(self.amounts) == 1

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        if self.is_family:
            inside = "/".join(x for x in HALIDES if x in self.halides)
            return (
                f"{self.a_site}PbX3" if len(self.halides) == len(HALIDES) else f"{self.a_site}Pb({inside})3"
            )
        ordered = sorted(self.amounts, key=lambda x: (-self.amounts[x], HALIDES.index(x)))
        return f"{self.a_site}Pb" + "".join(
            x + ("" if self.amounts[x] == 1 else f"{self.amounts[x]:g}") for x in ordered
        )

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[type[Composition], tuple[object, ...]]:
        # A read-only view can't be pickled; what holds a crystal, such as a ranking, shall be.
        return Composition, (self.a_site, dict(self.amounts), self.halides)

    def covers(self, other: Composition) -> bool:
        """Whether a statement on this composition is one on the other, too.

        Parameters
        ----------
        other : Composition
            The crystal that was asked for.

        Returns
        -------
        bool
            True for the same crystal, and for each member if this is a family.

        Examples
        --------
        >>> parse_composition("CsPbX3").covers(parse_composition("CsPbBr3"))
        True
        >>> parse_composition("CsPbBr3").covers(parse_composition("CsPbX3"))
        False
        """
        if self.a_site != other.a_site:
            return False
        return other.halides <= self.halides if self.is_family else str(self) == str(other)


def halide_ions_in(smiles: str) -> frozenset[str]:
    """Halides that a form or salt holds as ions.

    Parameters
    ----------
    smiles : str
        Canonical SMILES, ions separated by dots.

    Returns
    -------
    frozenset of str
        Element symbols.

    Examples
    --------
    >>> sorted(halide_ions_in("[Br-].[Cl-].[Pb+2]")), sorted(halide_ions_in("CCBr"))
    (['Br', 'Cl'], [])
    """
    if "." not in smiles and smiles not in HALIDE_IONS:
        return frozenset()
    return frozenset(HALIDE_IONS[part] for part in smiles.split(".") if part in HALIDE_IONS)


def parse_composition(text: str | Composition) -> Composition:
    """Read a composition.

    Parameters
    ----------
    text : str or Composition
        Formula in one of the forms above; what was read already is given back.

    Returns
    -------
    Composition

    Raises
    ------
    UsageError
        If the text isn't such a formula or its halides don't add up to 3, within 1 %. What is within is scaled
        to 3.

    Examples
    --------
    >>> str(parse_composition("CsPb(Br0.5Cl0.5)3")), str(parse_composition("CsPbBr2.99"))
    ('CsPbBr1.5Cl1.5', 'CsPbBr3')
    """
    if isinstance(text, Composition):
        return text
    formula = name("composition", text).strip().translate(_SUBSCRIPTS)
    match = _FORMULA.fullmatch(formula) if len(formula) <= 60 else None
    if match is None:
        hint = did_you_mean(formula[:60], ["CsPbCl3", "CsPbBr3", "CsPbI3", "CsPbX3", "MAPbBr3", "FAPbBr3"])
        raise UsageError(f"{formula[:60]!r} is not a composition: {hint + ' ' if hint else ''}{_FIX}")
    a_site, halides = match["a"], match["halides"]
    if halides == "X3":
        return Composition(a_site, MappingProxyType({}), frozenset(HALIDES))
    group = _GROUP.fullmatch(halides)
    inside, scale = (group["inside"], 3.0) if group else (halides, 1.0)
    if group and _RATIOLESS.fullmatch(inside):
        named = inside.split("/")
        if len(set(named)) < len(named):
            raise UsageError(f"{formula!r}: a halide is named twice: {_FIX}")
        return Composition(a_site, MappingProxyType({}), frozenset(named))
    amounts: dict[str, float] = {}
    if not re.fullmatch(f"(?:{_HALIDE.pattern})+", inside):
        raise UsageError(f"{formula!r}: {inside!r} is not a list of halides: {_FIX}")
    for element, amount in _HALIDE.findall(inside):
        amounts[element] = amounts.get(element, 0.0) + float(amount or 1) * scale
    total = sum(amounts.values())
    if abs(total - 3) > _TOLERANCE:
        is_one = len(amounts) == 1 and abs(total - 3) < _NEAR
        hint = f"did you mean {a_site}Pb{element}3? Or " if is_one else ""
        raise UsageError(f"{formula!r}: its halides add up to {total:g}, not 3: {hint}{_FIX}")
    amounts = _adding_up_to_three(amounts)
    return Composition(a_site, MappingProxyType(amounts), frozenset(amounts))


def _adding_up_to_three(amounts: Mapping[str, float]) -> dict[str, float]:
    """Amounts in thousandths that add up to exactly 3, so that what was rounded is still the same crystal."""
    total = sum(amounts.values())
    thousandths = {element: round(3000 * amount / total) for element, amount in amounts.items()}
    largest = max(thousandths, key=lambda element: thousandths[element])
    thousandths[largest] += 3000 - sum(thousandths.values())
    return {element: count / 1000 for element, count in thousandths.items() if count > 0}
