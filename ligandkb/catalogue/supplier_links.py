"""Which product of the catalogue does a supplier's row mean?

A row with a SMILES is that structure. A row without one is a product whose CAS number, or whose exact name, it has; no
structure is ever guessed. Whatever contradicts itself is set aside: a CAS number of another structure, a name of
another product, a hydrate or a salt where the catalogue has the bare compound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, count

from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.finding import did_you_mean_ligand
from ligandkb.catalogue.hazard_parents import drawings
from ligandkb.catalogue.names import spelling
from ligandkb.catalogue.offers import Offer
from ligandkb.catalogue.other_names import by_abbreviation
from ligandkb.catalogue.products import Product, read_product, slug
from ligandkb.catalogue.purity import purity_fraction
from ligandkb.catalogue.supplier_rows import SupplierRow
from ligandkb.catalogue.supplier_table import SupplierTable
from ligandkb.chemistry.inchi import atoms_formula, inchi_key
from ligandkb.chemistry.species import SpeciesKind, formula_unit, split
from ligandkb.problems import NotFoundError, Problem, StructureError, UsageError
from ligandkb.tables import Cell, Row, shown

_MOST_HINTS = 20
"""Unknown names of one table that are held against all of the catalogue: a supplier's list has many thousands."""
_HYDRATE = re.compile(
    r"(?i)(?<!an)(?<!carbo)\b(?:hemi|sesqui|mono|di|tri|tetra|penta|hexa|hepta|octa|nona|deca|dodeca)?-?hydrat(?:e|ed)?\b"
    r"|[·•*.x×]\s*[\dxn]*(?:[.,]\d+)?\s*H[2₂]O\b|\bkristallwasser\b"
)
_ANHYDROUS = re.compile(r"(?i)\banhydrous\b|\bwasserfrei|\bdry\b|\banhydrat\b")
_SALT = re.compile(
    r"(?i)\b(?:di)?hydro(?:chlorid|bromid|iodid|jodid)e?\b|\bsalt\b|[a-zäöü]*salz\b"
    r"|^(?:di|tri)?(?:sodium|potassium|lithium|ca?esium|ammonium|calcium|magnesium|zinc|lead|natrium|kalium)\b"
)
_SOLUTION = re.compile(
    r"(?i)\bsolution\b|\blösung\b|\d\s*(?:mM|M|mol/l|N)\s+in\b"
    r"|\bin (?:water|toluene|toluol|thf|hexanes?|ethanol|methanol)\b"
)


@dataclass(frozen=True)
class LinkedTable:
    """Products of a table, and what is offered of them.

    Attributes
    ----------
    offers : tuple of Offer
        One of each row that could be linked, with the product's id; the same row twice counts once.
    new : tuple of Product
        Structures that the catalogue lacks, as rows of ``ligands.csv`` for a lab's folder.
    known : tuple of Product
        Products of the catalogue that the table has, each once.
    set_aside : tuple of Problem
        What is wrong with the other rows, those of the table itself among them.
    rows_set_aside : int
    notes : tuple of Problem
        What was passed over.
    """

    offers: tuple[Offer, ...]
    new: tuple[Product, ...]
    known: tuple[Product, ...]
    set_aside: tuple[Problem, ...]
    rows_set_aside: int
    notes: tuple[Problem, ...]


def link_products(table: SupplierTable, catalogue: Catalogue) -> LinkedTable:
    r"""Find the product that each row of a table means.

    Parameters
    ----------
    table : SupplierTable
    catalogue : Catalogue
        Shipped, and with what a lab has already.

    Returns
    -------
    LinkedTable

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from ligandkb.catalogue.catalogue import read_catalogue
    >>> from ligandkb.catalogue.supplier_table import read_supplier_table
    >>> from ligandkb.resources import data_directory
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "quote.csv"
    ...     _ = path.write_text("name,cas,pack\nOleic acid tech.,112-80-1,1 L\nSuperligand,,1 g\n")
    ...     linked = link_products(read_supplier_table(path), read_catalogue([data_directory()], []))
    >>> [offer.product_id for offer in linked.offers], linked.set_aside[0].what
    (['oleic-acid'], "the catalogue has no product called 'Superligand'")
    """
    linker = _Linker(catalogue)
    offers: dict[tuple[object, ...], Offer] = {}
    aside: list[Problem] = []
    repeated: list[Problem] = []
    unlinked = 0
    for row in table.rows:
        try:
            product = linker.product(row)
        except _ContradictionError as error:
            aside += error.problems
            unlinked += 1
            continue
        # A name that the catalogue doesn't know may show that a CAS number slipped into the wrong row.
        sold_as = f"sold as {row.name}" if row.name and not _is_called(product, row.name) else ""
        offer = replace(row.offer, product_id=product.id, note=sold_as)
        first = offers.setdefault(
            (offer.article, offer.price, offer.currency, offer.date, offer.in_stock), offer
        )
        if first is not offer:
            said = f"the same as line {first.origin.rpartition(':')[2]}: counted once"
            repeated.append(Problem(row.cells.file, row.cells.line, 1, said))
    if len(repeated) > 1:
        more = f" (and {len(repeated) - 1:,} more rows that stand twice)"
        repeated = [replace(repeated[0], what=repeated[0].what + more)]
    return LinkedTable(
        tuple(offers.values()),
        tuple(linker.new.values()),
        tuple(linker.known.values()),
        tuple(sorted([*table.set_aside, *aside])),
        table.rows_set_aside + unlinked,
        (*table.notes, *repeated),
    )


class _ContradictionError(Exception):
    """A row that can't be linked."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


class _Linker:
    """Products by their names, CAS numbers and structures."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.new: dict[str, Product] = {}
        self.known: dict[str, Product] = {}
        self.new_names: set[str] = set()
        self.names_unknown = 0
        self.taken = {one.id for one in catalogue.products}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Product, ...]]:
        return _grouped(
            (spelling(name), one)
            for one in self.catalogue.products
            for name in (one.id, one.name, *one.aliases)
            if name
        )

    @cached_property
    def by_cas(self) -> Mapping[str, tuple[Product, ...]]:
        return _grouped(
            (cas, one) for one in self.catalogue.products for cas in (one.cas, *one.other_cas) if cas
        )

    @cached_property
    def by_atoms(self) -> dict[str, tuple[Product, ...]]:
        return _grouped((atoms_formula(one.smiles), one) for one in self.catalogue.products)

    def product(self, row: SupplierRow) -> Product:
        """Product that a row means, one of the catalogue or a new one.

        Raises
        ------
        _ContradictionError
            If there is none, or the row contradicts itself.
        """
        product = self._of_structure(row) if row.smiles else self._of_name_or_cas(row)
        self._refuse_other_words(row, product)
        if product.id not in self.new:
            self.known.setdefault(product.id, product)
        return product

    def _of_name_or_cas(self, row: SupplierRow) -> Product:
        named = self._named(row)
        numbered = self.by_cas.get(row.cas, ()) if row.cas else ()
        if numbered and named:
            both = [one for one in numbered if one in named]
            if not both:
                what = f"{shown(row.name)} is {named[0].name} in the catalogue, and CAS {row.cas} {numbered[0].name}"
                raise self._contradiction(row, "cas", what, "compare both with the label")
            return both[0]
        if numbered:
            return numbered[0]
        if named and row.cas:
            return self._checked_number(row, named[0])
        if named:
            return named[0]
        raise self._unknown(row)

    def _named(self, row: SupplierRow) -> tuple[Product, ...]:
        """Products that have a row's name; several only where they are one structure."""
        found = self.by_name.get(spelling(row.name), ()) if row.name else ()
        if len({formula_unit(one.species) for one in found}) > 1 and not (row.cas or row.smiles):
            what = f"{shown(row.name)} may be {' or '.join(one.name for one in found)}"
            raise self._contradiction(row, "name", what, "fill in the CAS number")
        if row.name and not found and not row.cas and not row.smiles:
            try:
                by_abbreviation(self.catalogue, row.name)
            except (UsageError, NotFoundError) as error:
                raise self._contradiction(row, "name", str(error)) from error
        return found

    def _checked_number(self, row: SupplierRow, product: Product) -> Product:
        """A product by its name, if nothing speaks against the CAS number beside it."""
        if product.cas:
            what = f"{product.name} has CAS {product.cas} in the catalogue, not {row.cas}"
            raise self._contradiction(row, "cas", what, "compare it with the label")
        if not self._confirms(row.cas, product.smiles):
            what = f"nothing here confirms that CAS {row.cas} is {product.name}"
            raise self._contradiction(row, "cas", what, "leave it out, or add a column with the SMILES")
        return product

    def _of_structure(self, row: SupplierRow) -> Product:
        cell = row.cells.cells["smiles"]
        try:
            unit = formula_unit(split(row.smiles))
        except StructureError as error:
            where = Problem(row.cells.file, cell.line, cell.column + error.position, error.what, error.fix)
            raise _ContradictionError(where) from error
        same = self._drawn(row.smiles, unit)
        claimed: list[Product] = []
        numbered = self.by_cas.get(row.cas, ()) if row.cas else ()
        for by, group in ((f"CAS {row.cas}", numbered), (shown(row.name), self._named(row))):
            meant = [one for one in group if one in same or _less_said(unit, one.smiles)]
            if group and not meant:
                what = f"{by} is {group[0].name} in the catalogue, and this SMILES is another structure"
                raise self._contradiction(
                    row, "smiles", what, "compare name, CAS number and SMILES with the label"
                )
            claimed += meant
        same = (*same, *(one for one in claimed if one not in same))
        if row.cas and same and all(one.cas and row.cas not in (one.cas, *one.other_cas) for one in same):
            what = f"{same[0].name} has CAS {same[0].cas} in the catalogue, not {row.cas}"
            raise self._contradiction(row, "cas", what, "compare it with the label")
        if row.cas and not set(numbered) & set(same) and self._denies(row.cas, unit, row.smiles):
            what = f"CAS {row.cas} is another structure than this SMILES, by the tables in data/hazards"
            raise self._contradiction(row, "cas", what, "compare both with the label")
        if same:
            return (claimed or list(same))[0]
        return self._made(row)

    def _drawn(self, smiles: str, unit: str) -> tuple[Product, ...]:
        """Products of the catalogue, and new ones, with this structure, in whatever drawing."""
        alike = self.by_atoms.get(atoms_formula(smiles), ())
        exact = tuple(one for one in alike if formula_unit(one.species) == unit)
        if exact or not alike:
            return exact
        key = inchi_key(smiles)
        return tuple(one for one in alike if key and inchi_key(one.smiles) == key)

    def _made(self, row: SupplierRow) -> Product:
        """A new product of a row; its name and structure are checked like those of a lab's own row."""
        if not row.name:
            raise self._contradiction(
                row, "smiles", "this structure has no name", "fill in under which it is sold"
            )
        if spelling(row.name) in self.new_names:
            what = f"{shown(row.name)} stands above with another structure"
            raise self._contradiction(row, "name", what, "give each structure a name of its own")
        start = slug(row.name) or slug(row.cas) or "product"
        numbered = (f"{start}-{number}" for number in count(2))
        texts = {
            "id": next(one for one in chain([start], numbered) if one not in self.taken),
            "name": row.name,
            "smiles": row.smiles,
            "cas": row.cas,
            "cas_source": "chemicals, data/hazards/structures.csv"
            if self._confirms(row.cas, row.smiles)
            else "",
            "note": f"imported from {row.offer.origin}",
        }
        places = {name: row.cells.cells.get(name, Cell("", row.cells.line, 1)) for name in texts}
        cells = {name: Cell(text, places[name].line, places[name].column) for name, text in texts.items()}
        problems: list[Problem] = []
        product = read_product(Row(row.cells.file, row.cells.line, cells), problems)
        if product is None:
            raise _ContradictionError(*problems)
        self._refuse_other_words(row, product)
        self.new[product.id] = product
        self.new_names.add(spelling(row.name))
        self.taken.add(product.id)
        atoms = atoms_formula(product.smiles)
        self.by_atoms[atoms] = (*self.by_atoms.get(atoms, ()), product)
        return product

    def _refuse_other_words(self, row: SupplierRow, product: Product) -> None:
        """Set aside a row whose words say that something else is in the bottle than the product's structure."""
        if (
            spelling(row.name) in map(spelling, (product.name, *product.aliases))
            and product.id not in self.new
        ):
            return
        has_water = any(part.kind is SpeciesKind.WATER for part in product.species)
        whole = f"{product.name} is drawn" if product.id not in self.new else "this SMILES is drawn"
        add = "add a column smiles with all that is in the bottle"
        if _HYDRATE.search(row.name) and not has_water:
            raise self._contradiction(row, "name", f"a hydrate, and {whole} without water", add)
        if _ANHYDROUS.search(row.name) and has_water:
            raise self._contradiction(row, "name", f"anhydrous, and {whole} with water", add)
        if (
            _SALT.search(row.name)
            and not any(part.charge for part in product.species)
            and len(product.species) == 1
        ):
            raise self._contradiction(row, "name", f"a salt, and {whole} without its ions", add)
        if _SOLUTION.search(row.name) and purity_fraction(row.offer.purity) is None:
            fix = "write its content into the purity, e.g. 50 wt% in toluene"
            raise self._contradiction(row, "name", "a solution of unknown content", fix)

    def _confirms(self, cas: str, smiles: str) -> bool:
        tables = self.catalogue.hazards.tables
        return bool(cas and tables) and inchi_key(smiles) in (tables.inchi_keys(cas) if tables else ())

    def _denies(self, cas: str, unit: str, smiles: str) -> bool:
        """Whether lists know another skeleton under a CAS number."""
        tables = self.catalogue.hazards.tables
        listed = {key[:14] for key in tables.inchi_keys(cas)} if tables else set()
        return bool(listed) and not any(inchi_key(one)[:14] in listed for one in (smiles, *drawings(unit)))

    def _unknown(self, row: SupplierRow) -> _ContradictionError:
        called = f"called {shown(row.name)}" if row.name else ""
        numbered = f"with CAS {row.cas}" if row.cas else ""
        what = f"the catalogue has no product {' or '.join(filter(None, (numbered, called)))}"
        label = self.catalogue.hazards.of_cas_number(row.cas) if row.cas else None
        if label is not None and (alarm := label.alarm("this number")):
            what += f". {alarm}. They say: {label}"
        self.names_unknown += bool(row.name)
        may_hint = row.name and self.names_unknown <= _MOST_HINTS
        hint = did_you_mean_ligand(self.catalogue, row.name) if may_hint else ""
        fix = f"{hint} Or add" if hint else "add"
        return self._contradiction(
            row, "name" if row.name else "cas", what, f"{fix} a column smiles with its structure"
        )

    @staticmethod
    def _contradiction(row: SupplierRow, column: str, what: str, fix: str = "") -> _ContradictionError:
        return _ContradictionError(row.cells.problem(column, what, fix))


def _grouped(pairs: Iterable[tuple[str, Product]]) -> dict[str, tuple[Product, ...]]:
    found: dict[str, tuple[Product, ...]] = {}
    for key, product in pairs:
        if product not in found.get(key, ()):
            found[key] = (*found.get(key, ()), product)
    return found


def _is_called(product: Product, name: str) -> bool:
    return spelling(name) in map(spelling, (product.id, product.name, *product.aliases))


def _less_said(unit: str, smiles: str) -> bool:
    """Whether a drawing is that of a product but for its stereochemistry, of which it says nothing."""
    return not set(unit) & set("/\\@") and inchi_key(unit)[:14] == inchi_key(smiles)[:14] != ""
