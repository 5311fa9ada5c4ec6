"""What stands in the catalogue's files, one laid over the other?"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, partial
from pathlib import Path
from typing import Generic, TypeVar

from ligandkb.catalogue import partners, products, sites
from ligandkb.catalogue.abbreviations import FILE as ABBREVIATIONS
from ligandkb.catalogue.abbreviations import Abbreviations, read_abbreviations, with_abbreviations
from ligandkb.catalogue.cas_conflicts import cas_conflicts
from ligandkb.catalogue.hazard_label import HazardLabel
from ligandkb.catalogue.hazard_statements import read_hazard_statements
from ligandkb.catalogue.hazard_tables import HazardTables
from ligandkb.catalogue.known_hazards import KnownHazards
from ligandkb.catalogue.offers import FILE as OFFERS
from ligandkb.catalogue.offers import Offer, read_offers, standing_offers
from ligandkb.catalogue.partners import Partner, read_partner
from ligandkb.catalogue.products import (
    Product,
    read_product,
    rename_forms,
    unbound_notes,
)
from ligandkb.catalogue.properties import read_properties, with_properties
from ligandkb.catalogue.purity import purity_problems
from ligandkb.catalogue.sites import Site, read_site
from ligandkb.catalogue.solubility import Contents, Seen, SolubilityTable, read_solubility
from ligandkb.catalogue.structure_index import StructureIndex
from ligandkb.chemistry.species import formula_unit
from ligandkb.problems import Problem
from ligandkb.tables import Row, read_table
from ligandkb.tables.rows import shown

Item = TypeVar("Item", Product, Partner, Site)

FILES = (
    "ligands.csv",
    "partners.csv",
    "sites.csv",
    "hazard_statements.csv",
    "properties.csv",
    "solubility.csv",
    OFFERS,
    "outcomes.csv",
)
"""What is read of a lab's folder; the last one by :mod:`ligandkb.evidence`."""


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
    hazards : KnownHazards
        What was read of labels, and lists of governments.
    solubility : SolubilityTable
        What was printed of solubility in toluene and hexane.
    overlaid : tuple of str
        What a lab's own files replaced, in words.
    replaced : tuple of (Product, Product)
        Products that a lab's own rows replaced, each with what stands there now.
    offers : tuple of Offer
        What a lab's folders say of suppliers, packs, prices and of what stands on the shelf; of each article the
        newest.
    abbreviations : Abbreviations
        What laboratories call products, partners and what is in no row for short.
    """

    products: tuple[Product, ...]
    partners: tuple[Partner, ...]
    sites: tuple[Site, ...]
    hazards: KnownHazards
    overlaid: tuple[str, ...] = ()
    replaced: tuple[tuple[Product, Product], ...] = ()
    solubility: SolubilityTable = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    abbreviations: Abbreviations = field(default_factory=Abbreviations)

    @property
    def ligands(self) -> tuple[Product, ...]:
        """Products that are ranked."""
        return tuple(product for product in self.products if product.role == "ligand")

    @cached_property
    def structures(self) -> StructureIndex:
        """Products by their structure, and by the forms that they bring."""
        return StructureIndex.of(self.products)

    @cached_property
    def by_id(self) -> Mapping[str, Product]:
        """Products by their identifiers."""
        return {product.id: product for product in self.products}

    @cached_property
    def partners_by_id(self) -> Mapping[str, Partner]:
        """Partners by their identifiers."""
        return {partner.id: partner for partner in self.partners}

    @cached_property
    def partners_by_smiles(self) -> Mapping[str, Partner]:
        """Partners by their canonical SMILES, the first of each."""
        return {partner.smiles: partner for partner in reversed(self.partners)}

    @property
    def offered(self) -> frozenset[str]:
        """Identifiers of products that somebody sells to the lab, or that stand on its shelf."""
        return frozenset(offer.product_id for offer in self.offers if offer.can_be_had)


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

    Warns
    -----
    UserWarning
        If a folder holds a file that is not read but nearly has the name of one that would be.

    Examples
    --------
    >>> from ligandkb.resources import data_directory
    >>> problems = []
    >>> catalogue = read_catalogue([data_directory()], problems)
    >>> problems, "oleylammonium" in {partner.id for partner in catalogue.partners}
    ([], True)
    """
    overlaid: list[str] = []
    replaced: list[tuple[Product, Product]] = []
    for directory in directories[1:]:
        _look_for_misnamed_files(directory, problems)
    folder = directories[0] / "hazards"
    lists = HazardTables(folder) if folder.is_dir() else None
    every_product = _read_overlaid(
        directories,
        _File(
            "ligands.csv",
            products.REQUIRED_COLUMNS,
            products.OPTIONAL_COLUMNS,
            read_product,
            "id",
            lambda item: item.id,
            purity_problems,
            lambda rows, made, shipped: [
                *unbound_notes(rows, made),
                *(cas_conflicts(rows, made, shipped, lists) if shipped else []),
            ],
        ),
        overlaid,
        problems,
        replaced,
    )
    # A faulty product may be the one that a partner is made from, so that is asked of whole files only.
    ids = None if problems else {product.id for product in every_product}
    every_partner = _read_overlaid(
        directories,
        _File(
            "partners.csv",
            partners.REQUIRED_COLUMNS,
            partners.OPTIONAL_COLUMNS,
            partial(read_partner, products=ids),
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
    statements: dict[str, HazardLabel] = {}
    for position, directory in enumerate(directories):
        path = directory / "hazard_statements.csv"
        if position == 0 or path.exists():
            # A lab may add statements; it can't take one away.
            for smiles, label in read_hazard_statements(path, problems).items():
                statements[smiles] = statements[smiles] | label if smiles in statements else label
    properties = [read_properties(path, problems) for path in _present(directories, "properties.csv")]
    solubility: dict[Contents, Seen] = {}
    for path in _present(directories, "solubility.csv"):
        # What a lab saw in one solvent stands beside what others saw in the other.
        for contents, seen in read_solubility(path, problems).items():
            solubility[contents] = solubility[contents] | seen if contents in solubility else seen
    offers = [
        offer
        for directory in directories[1:]
        if (directory / OFFERS).exists()
        for offer in read_offers(directory / OFFERS, {product.id for product in every_product}, problems)
    ]
    # An abbreviation stands for a structure: not for another one that a lab put in its place.
    changed = {new.id for old, new in replaced if formula_unit(old.species) != formula_unit(new.species)}
    abbreviations = read_abbreviations(directories[0] / ABBREVIATIONS, problems).without(changed)
    own = [product for product in every_product if Path(product.origin).parent != directories[0]]
    called = with_abbreviations(
        with_properties(every_product, properties),
        every_partner,
        abbreviations,
        [name for product in own for name in (product.id, product.name, *product.aliases)],
    )
    return Catalogue(
        rename_forms(called, [old for old, _ in replaced]),
        tuple(every_partner),
        tuple(every_site),
        KnownHazards(statements, lists),
        tuple(overlaid),
        tuple(replaced),
        solubility,
        standing_offers(offers),
        abbreviations,
    )


def _present(directories: Sequence[Path], name: str) -> list[Path]:
    """The shipped table, and those that a lab has."""
    shipped, *labs = (directory / name for directory in directories)
    return [shipped, *(path for path in labs if path.exists())]


def _look_for_misnamed_files(directory: Path, problems: list[Problem]) -> None:
    names = sorted(path.name for path in directory.iterdir() if path.suffix.lower() == ".csv")
    near = {
        name: meant[0]
        for name in names
        if name not in FILES and (meant := get_close_matches(name.lower(), FILES, n=1, cutoff=0.8))
    }
    if not set(names) & set(FILES):
        hints = [f"rename {name} to {match}" for name, match in near.items()]
        fix = (
            " and ".join(hints) or f"put a table there that is called {', '.join(FILES[:-1])} or {FILES[-1]}"
        )
        problems.append(Problem(str(directory), 0, 0, "there is no table in this folder", fix))
        return
    for name, match in near.items():
        warnings.warn(f"{directory / name} is not read: only {match} would be", stacklevel=2)


@dataclass(frozen=True)
class _File(Generic[Item]):
    """One of the catalogue's files: its columns, and how a row becomes an item with an identity."""

    name: str
    required: Sequence[str]
    optional: Sequence[str]
    make: Callable[[Row, list[Problem]], Item | None]
    key: str
    identity: Callable[[Item], str]
    # What is said of all rows together: problems, and notes, these in the light of what is shipped.
    ask: Callable[[Sequence[Row]], list[Problem]] | None = None
    notes: Callable[[Sequence[Row], Sequence[Item], Sequence[Item]], list[Problem]] | None = None


def _read_overlaid(
    directories: Sequence[Path],
    file: _File[Item],
    overlaid: list[str],
    problems: list[Problem],
    replaced: list[tuple[Item, Item]] | None = None,
) -> list[Item]:
    found: dict[str, Item] = {}
    shipped: tuple[Item, ...] = ()
    for position, directory in enumerate(directories):
        path = directory / file.name
        if position and not path.exists():
            continue
        lines: dict[str, int] = {}
        made: list[Item] = []
        rows = read_table(path, required=file.required, optional=file.optional, problems=problems)
        problems += file.ask(rows) if file.ask else []
        for row in rows:
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
                if replaced is not None:
                    replaced.append((found[identity], item))
            found[identity] = item
            made.append(item)
        for remark in file.notes(rows, made, shipped) if file.notes else []:
            warnings.warn(str(remark), stacklevel=2)
        shipped = shipped or tuple(made)
    return list(found.values())
