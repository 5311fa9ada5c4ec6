"""What is a descriptor?

A number, text or flag of one kind of subject (a binding form, a form on a crystal, a pair). Name, unit, meaning,
range, source and the function that gives its value are stated in one place; the rules' columns, the schema for
editors, the docs' table and the cache key are made from that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from ligandkb.missing import Known
from ligandkb.provenance import Source

ValueKind = Literal["number", "text", "flag"]
Tier = Literal["structure", "topological", "quantum", "measured"]
Value: TypeAlias = float | str | bool
Subject = TypeVar("Subject")
Result = TypeVar("Result", bound=Known[Value])
Function: TypeAlias = Callable[[Subject], Known[Value]]


@dataclass(frozen=True)
class Descriptor(Generic[Subject]):
    """One descriptor: what it means and how its value is had.

    Attributes
    ----------
    name : str
        Column name with its unit as suffix.
    kind : {"number", "text", "flag"}
        Type of its values.
    meaning : str
        In the field's words, with convention and sign.
    function : callable
        From a subject to the value, or to the reason why there is none.
    unit : str
        Unit, empty for pure numbers, texts and flags.
    allowed : tuple of str
        All values that a text can take; empty for free text.
    minimum, maximum : float or None
        Range of a number.
    tier : {"structure", "topological", "quantum", "measured"}
        What it takes to have it.
    method : str
        How it is computed: program, spin, solvent, conformer.
    structure : str
        On what it is computed: ``head``, ``form`` or ``product``.
    source : Source or None
        Publication of the method.
    version : int
        Raised when the values would change, so that a cached value is never silently stale.
    alike : callable or None
        From a subject to what its value hangs on: subjects of which it says the same have the same value, or none
        of them has one. Of thousands of subjects only those are asked that differ in it. None asks each.
    """

    name: str
    kind: ValueKind
    meaning: str
    function: Function[Subject] = field(repr=False, compare=False)
    _: KW_ONLY
    unit: str = ""
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    tier: Tier = "topological"
    method: str = ""
    structure: str = "form"
    source: Source | None = None
    version: int = 1
    alike: Callable[[Subject], Hashable] | None = field(default=None, repr=False, compare=False)


class Values(Mapping[str, Known[Value]]):
    """Values of a subject by name, each worked out when it is first read, and then kept.

    A ranking reads what its rules read: the others cost nothing until somebody asks.

    Parameters
    ----------
    descriptors : mapping of str to Descriptor
        By their names.
    subject
        Of which the values are.
    others : mapping of str to value, optional
        Values of a part of the subject that stand beside its own, such as those of a pair's binding form.
    """

    __slots__ = ("_descriptors", "_known", "_others", "_subject")

    def __init__(
        self,
        descriptors: Mapping[str, Descriptor[Any]],
        subject: Any,
        others: Mapping[str, Known[Value]] = MappingProxyType({}),
    ) -> None:
        self._descriptors, self._subject, self._others = descriptors, subject, others
        self._known: dict[str, Known[Value]] = {}

    def __getitem__(self, name: str) -> Known[Value]:
        if name in self._known:
            return self._known[name]
        descriptor = self._descriptors.get(name)
        value = self._others[name] if descriptor is None else descriptor.function(self._subject)
        self._known[name] = value
        return value

    def several(self, names: Iterable[str]) -> list[Known[Value]]:
        """Values of several names, in their order."""
        known = self._known
        return [known[name] if name in known else self[name] for name in names]

    def __contains__(self, name: object) -> bool:
        return name in self._descriptors or name in self._others

    def __iter__(self) -> Iterator[str]:
        yield from self._others
        yield from self._descriptors

    def __len__(self) -> int:
        return len(self._others) + len(self._descriptors)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, Known[Value]]], tuple[dict[str, Known[Value]]]]:
        # Functions that work values out can't be pickled; the values, all of them, can.
        return dict, (dict(self),)


class Descriptors(Generic[Subject]):
    """Descriptors of one kind of subject, in the order in which they are stated.

    Iterating gives each :class:`Descriptor`. Names are unique.

    Parameters
    ----------
    *parts : iterable of Descriptor
        What they begin with.
    alike : callable, optional
        On what the values of those hang that are defined here, see :class:`Descriptor`.

    Examples
    --------
    >>> of_words = Descriptors[str]()
    >>> @of_words.define("letter_count", "number", "letters of the word", minimum=0, maximum=100)
    ... def letter_count(word: str) -> float:
    ...     return float(len(word))
    >>> of_words.values("lead")
    {'letter_count': 4.0}
    """

    def __init__(
        self, *parts: Iterable[Descriptor[Subject]], alike: Callable[[Subject], Hashable] | None = None
    ) -> None:
        self._by_name: dict[str, Descriptor[Subject]] = {}
        self._alike = alike
        for part in parts:
            for descriptor in part:
                self.add(descriptor)

    def add(self, descriptor: Descriptor[Subject]) -> None:
        """Add one descriptor.

        Raises
        ------
        ValueError
            If its name is taken.
        """
        if descriptor.name in self._by_name:
            raise ValueError(f"two descriptors are called {descriptor.name!r}")
        self._by_name[descriptor.name] = descriptor

    def define(
        self,
        name: str,
        kind: ValueKind,
        meaning: str,
        *,
        unit: str = "",
        allowed: Iterable[object] = (),
        minimum: float | None = None,
        maximum: float | None = None,
        tier: Tier = "topological",
        method: str = "",
        structure: str = "form",
        source: Source | None = None,
        version: int = 1,
    ) -> Callable[[Callable[[Subject], Result]], Callable[[Subject], Result]]:
        """State a descriptor above the function that gives its value.

        Parameters
        ----------
        name, kind, meaning, unit, minimum, maximum, tier, method, structure, source, version
            As of :class:`Descriptor`.
        allowed : iterable
            All values that a text can take, as texts or members of an enumeration.

        Returns
        -------
        callable
            Decorator that leaves the function as it is.

        Raises
        ------
        ValueError
            If the name is taken.
        """

        def state(function: Callable[[Subject], Result]) -> Callable[[Subject], Result]:
            self.add(
                Descriptor(
                    name,
                    kind,
                    meaning,
                    function,
                    unit=unit,
                    allowed=tuple(map(str, allowed)),
                    minimum=minimum,
                    maximum=maximum,
                    tier=tier,
                    method=method,
                    structure=structure,
                    source=source,
                    version=version,
                    alike=self._alike,
                )
            )
            return function

        return state

    def values(self, subject: Subject, others: Mapping[str, Known[Value]] = MappingProxyType({})) -> Values:
        """Value of every descriptor for a subject, or the reason why there is none, by name.

        Parameters
        ----------
        subject
            Of which the values are.
        others : mapping of str to value, optional
            Values under other names that stand beside them.
        """
        return Values(self._by_name, subject, others)

    @property
    def by_name(self) -> Mapping[str, Descriptor[Subject]]:
        """Each descriptor by its name; read-only."""
        return MappingProxyType(self._by_name)

    def __iter__(self) -> Iterator[Descriptor[Subject]]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)
