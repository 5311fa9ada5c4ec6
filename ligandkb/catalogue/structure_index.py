"""Which products of the catalogue have this structure, or bring it to the surface?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ligandkb.catalogue.products import NamedForm, Product
from ligandkb.chemistry.species import formula_unit


@dataclass(frozen=True)
class StructureIndex:
    """Products by what they are and by what binds of them, so that nobody goes through all of them.

    Attributes
    ----------
    products : mapping of str to tuple of Product
        By canonical SMILES of the formula unit; those of one structure in the catalogue's order.
    forms : mapping of str to (Product, NamedForm)
        By canonical SMILES of a binding form, the product that is looked at first: one of which it is the first
        form, else the first that brings it.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> index = StructureIndex.of([product_from_smiles("CC(=O)O", "acetic acid")])
    >>> index.products["CC(=O)O"][0].name, index.forms["CC(=O)[O-]"][1].name
    ('acetic acid', 'acetate')
    """

    products: Mapping[str, tuple[Product, ...]]
    forms: Mapping[str, tuple[Product, NamedForm]]

    @classmethod
    def of(cls, products: Iterable[Product]) -> StructureIndex:
        """Index products."""
        whole: dict[str, tuple[Product, ...]] = {}
        first: dict[str, tuple[Product, NamedForm]] = {}
        other: dict[str, tuple[Product, NamedForm]] = {}
        for product in products:
            unit = formula_unit(product.species)
            whole[unit] = (*whole.get(unit, ()), product)
            for form in product.forms:
                (first if form == product.forms[0] else other).setdefault(form.form.smiles, (product, form))
        return cls(whole, other | first)
