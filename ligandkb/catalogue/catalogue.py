"""What stands in the catalogue's files, one laid over the other?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from ligandkb.catalogue import partners, products, sites
from ligandkb.catalogue.hazard_statements import read_hazard_statements
from ligandkb.catalogue.partners import Partner, read_partner
from ligandkb.catalogue.products import Product, read_product, rename_forms
from ligandkb.catalogue.sites import Site, read_site
from ligandkb.problems import Problem
from ligandkb.tables import Row, read_table
from ligandkb.tables.rows import shown

Item = TypeVar("Item", Product, Partner, Site)


@dataclass(frozen=True)
class Catalogue:
    """Products, partners and sites.

    Attributes
    ----------
    products : tuple of Product
        In the order of the files.
    partners : tuple of Partner
        Likewise.
    sites : tuple of Site
        Likewise.
    statements : mapping of str to frozenset of str
        Canonical SMILES of a product to the hazard statements on its label, where a source was read.
    overlaid : tuple of str
        What a lab's own files replaced, in words.
    """

    products: tuple[Product, ...]
    partners: tuple[Partner, ...]
    sites: tuple[Site, ...]
    statements: Mapping[str, frozenset[str]]
    overlaid: tuple[str, ...] = ()


def read_catalogue(directories: Sequence[Path], problems: list[Problem]) -> Catalogue:
    """Read the catalogue's files from folders, later folders over earlier ones.

    The first folder must hold all files, the others any of them. A row with the id of an earlier one
    replaces it and is reported in ``overlaid``; others are added.

    Parameters
    ----------
    directories : sequence of Path
        Shipped data first, a lab's own folders after it.
    problems : list of Problem
        Everything that is wrong with any file is appended.

    Returns
    -------
    Catalogue
        What could be read.

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> problems = []
    >>> catalogue = read_catalogue([data_directory()], problems)
    >>> problems, "oleylammonium" in {partner.id for partner in catalogue.partners}
    ([], True)
    """
    overlaid: list[str] = []
    every_product = _read_overlaid(
        directories,
        _File(
            "ligands.csv",
            products.REQUIRED_COLUMNS,
            products.OPTIONAL_COLUMNS,
            read_product,
            "id",
            lambda item: item.id,
        ),
        overlaid,
        problems,
    )
    every_partner = _read_overlaid(
        directories,
        _File(
            "partners.csv",
            partners.REQUIRED_COLUMNS,
            partners.OPTIONAL_COLUMNS,
            read_partner,
            "id",
            lambda item: item.id,
        ),
        overlaid,
        problems,
    )
    every_site = _read_overlaid(
        directories,
        _File(
            "sites.csv",
            sites.REQUIRED_COLUMNS,
            sites.OPTIONAL_COLUMNS,
            read_site,
            "composition",
            lambda item: str(item.composition),
        ),
        overlaid,
        problems,
    )
    statements: dict[str, frozenset[str]] = {}
    for position, directory in enumerate(directories):
        path = directory / "hazard_statements.csv"
        if position == 0 or path.exists():
            # A lab may add statements; it can't take one away.
            for smiles, printed in read_hazard_statements(path, problems).items():
                statements[smiles] = statements.get(smiles, frozenset()) | printed
    return Catalogue(
        rename_forms(every_product), tuple(every_partner), tuple(every_site), statements, tuple(overlaid)
    )


@dataclass(frozen=True)
class _File(Generic[Item]):
    """One of the catalogue's files: its columns, and how a row becomes an item with an identity."""

    name: str
    required: Sequence[str]
    optional: Sequence[str]
    make: Callable[[Row, list[Problem]], Item | None]
    key: str
    identity: Callable[[Item], str]


def _read_overlaid(
    directories: Sequence[Path], file: _File[Item], overlaid: list[str], problems: list[Problem]
) -> list[Item]:
    found: dict[str, Item] = {}
    for position, directory in enumerate(directories):
        path = directory / file.name
        if position and not path.exists():
            continue
        lines: dict[str, int] = {}
        for row in read_table(path, required=file.required, optional=file.optional, problems=problems):
            item = file.make(row, problems)
            # A row that has other faults still says what it is called.
            identity = file.identity(item) if item else row[file.key].strip()
            if identity and identity in lines:
                what = f"{shown(identity)} stands already in line {lines[identity]}"
                problems.append(row.problem(file.key, what, f"give each row its own {file.key!r}"))
                continue
            lines[identity] = row.line
            if item is None:
                continue
            if identity in found:
                overlaid.append(f"{identity} is replaced by {row.file}:{row.line}")
            found[identity] = item
    return list(found.values())
