"""What is this short for, in a laboratory that makes these nanocrystals?

``data/abbreviations.csv`` holds one row for each chemical that an abbreviation stands for, with the page that prints it
or marked as common usage. One that stands for several chemicals is asked about, never guessed; a name that a lab's own
row bears goes before all of them.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from ligandkb.catalogue.names import spelling
from ligandkb.catalogue.partners import Partner
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.neutral import neutral_molecule
from ligandkb.chemistry.species import formula_unit
from ligandkb.problems import Problem

FILE = "abbreviations.csv"
COMMON_USAGE = "common usage"
"""Locator of a row that no page was read for."""


@dataclass(frozen=True)
class Abbreviation:
    """One meaning of an abbreviation.

    Attributes
    ----------
    text : str
        As it is written, such as ``OAm``.
    stands_for : str
        Identifier of a product or a partner; the name of a chemical that is neither.
    smiles : str
        Structure of a chemical that is neither, drawn from its name; else empty.
    source : str
        DOI and place, the package ``chemicals``, or ``common usage``.
    note : str
        What else it means elsewhere.
    """

    text: str
    stands_for: str
    smiles: str = ""
    source: str = COMMON_USAGE
    note: str = ""


@dataclass(frozen=True)
class Abbreviations:
    """All abbreviations, found in the spelling in which names are compared.

    Attributes
    ----------
    rows : tuple of Abbreviation
        In the order of the file.

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> every = read_abbreviations(data_directory() / FILE, [])
    >>> [meaning.stands_for for meaning in every.meanings("tBP")], len(every.meanings("TBP"))
    (['4-tert-butylpyridine'], 3)
    """

    rows: tuple[Abbreviation, ...] = ()

    def meanings(self, text: str) -> tuple[Abbreviation, ...]:
        """Rows of an abbreviation; capitals decide where they can."""
        same = self._by_spelling.get(spelling(text), ())
        return tuple(row for row in same if row.text == text.strip()) or tuple(same)

    def without(self, ids: Collection[str]) -> Abbreviations:
        """The same but for what stands for one of these products."""
        return (
            replace(self, rows=tuple(row for row in self.rows if row.stands_for not in ids)) if ids else self
        )

    def drawn(self, name: str) -> Abbreviation | None:
        """The chemical outside the catalogue that has this name in full."""
        key = spelling(name)
        return next((row for row in self.rows if row.smiles and spelling(row.stands_for) == key), None)

    @cached_property
    def by_id(self) -> Mapping[str, tuple[Abbreviation, ...]]:
        """Rows by the product or partner that they stand for."""
        return _grouped(self.rows, [row.stands_for for row in self.rows])

    @cached_property
    def _by_spelling(self) -> Mapping[str, tuple[Abbreviation, ...]]:
        return _grouped(self.rows, [spelling(row.text) for row in self.rows])


def _grouped(rows: Sequence[Abbreviation], keys: Iterable[str]) -> Mapping[str, tuple[Abbreviation, ...]]:
    found: dict[str, tuple[Abbreviation, ...]] = {}
    for key, row in zip(keys, rows, strict=True):
        found[key] = (*found.get(key, ()), row)
    return found


def read_abbreviations(path: Path, problems: list[Problem]) -> Abbreviations:
    """Read ``abbreviations.csv``; the shipped one alone is read: a lab's own abbreviations are aliases of its rows.

    Parameters
    ----------
    path : Path
    problems : list of Problem
        Its absence is appended; what stands in it is held by tests.

    Returns
    -------
    Abbreviations
    """
    if not path.is_file():
        problems.append(Problem(str(path), 0, 0, "there is no such file", "put the shipped one there"))
        return Abbreviations()
    with path.open(encoding="utf-8", newline="") as file:
        return Abbreviations(
            tuple(
                Abbreviation(
                    row["abbreviation"],
                    row["stands_for"],
                    row["smiles"],
                    f"doi {row['doi']}, {row['locator']}" if row["doi"] else row["locator"],
                    row["note"],
                )
                for row in csv.DictReader(file)
            )
        )


def with_abbreviations(
    products: Iterable[Product],
    partners: Iterable[Partner],
    abbreviations: Abbreviations,
    other_names: Collection[str] = (),
) -> tuple[Product, ...]:
    """Give products the abbreviations that stand for nothing else, as aliases.

    Parameters
    ----------
    products : iterable of Product
    partners : iterable of Partner
        An abbreviation may stand for an amine and for the ion that it becomes.
    abbreviations : Abbreviations
    other_names : collection of str
        Names of a lab's own rows: they go before every abbreviation.

    Returns
    -------
    tuple of Product
        In the same order.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> acid = replace(product_from_smiles("CCCCS(=O)(=O)O"), id="butanesulfonic-acid")
    >>> rows = Abbreviation("BtSA", acid.id), Abbreviation("BSA", acid.id), Abbreviation("BSA", "other")
    >>> [product.aliases for product in with_abbreviations([acid], [], Abbreviations(rows))]
    [('BtSA',)]
    """
    taken = {spelling(name) for name in other_names}
    ions = {partner.id: partner for partner in partners}
    given = []
    for product in products:
        aliases = [
            row.text
            for row in abbreviations.by_id.get(product.id, ())
            if (key := spelling(row.text)) not in taken
            and all(
                other.stands_for == product.id
                or (other.stands_for in ions and is_ion_of(ions[other.stands_for], product))
                for other in abbreviations._by_spelling[key]
            )
        ]
        given.append(replace(product, aliases=(*product.aliases, *aliases)) if aliases else product)
    return tuple(given)


def is_ion_of(partner: Partner, product: Product) -> bool:
    """Whether a partner is what a product becomes: an amine its ammonium, an oxide its metal ion."""
    return partner.made_from == product.id or neutral_molecule(partner.smiles) == formula_unit(
        product.species
    )
