"""What stands in the lab, and what is not wanted?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ligandkb.assessment.pairs import Pair, all_partner_ids
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.finding import find, find_partner
from ligandkb.catalogue.names import spelling
from ligandkb.evidence.outcomes import NO_PARTNER
from ligandkb.problems import LigandkbError, NotFoundError, UsageError


@dataclass(frozen=True)
class Shelf:
    """Products that stand in the lab.

    Attributes
    ----------
    products : frozenset of str
        Identifiers of products of the catalogue.
    not_found : tuple of str
        Names that no product of the catalogue has: they are in no pair.
    """

    products: frozenset[str]
    not_found: tuple[str, ...] = ()


def stands_in_lab(catalogue: Catalogue, have: Iterable[str]) -> Shelf:
    """Find the products that stand in the lab, by what the lab's table says and by further names.

    Parameters
    ----------
    catalogue : Catalogue
        Whose offers may say of products that they are in stock.
    have : iterable of str
        Names, aliases, CAS numbers, identifiers or SMILES.

    Returns
    -------
    Shelf
        A name that could be two products is none.

    Examples
    --------
    >>> import ligandkb as lk
    >>> shelf = stands_in_lab(lk.load().catalogue, ["Oleylamine", "65-85-0", "coffee"])
    >>> sorted(shelf.products), shelf.not_found
    (['benzoic-acid', 'oleylamine'], ('coffee',))
    """
    named: dict[str, set[str]] = {}
    for product in catalogue.products:
        for name in (product.id, product.name, *product.aliases, product.cas):
            named.setdefault(spelling(name), set()).add(product.id)
    found = {offer.product_id for offer in catalogue.offers if offer.in_stock}
    unknown = []
    for name in dict.fromkeys(text.strip() for text in have if text.strip()):
        known = named.get(spelling(name), set())
        if len(known) == 1:
            found |= known
        elif (product_id := _by_structure(catalogue, name)) is not None:
            found.add(product_id)
        else:
            unknown.append(name)
    return Shelf(frozenset(found), tuple(unknown))


def _by_structure(catalogue: Catalogue, text: str) -> str | None:
    try:
        match = find(catalogue, text)
    except LigandkbError:
        return None
    return match.product.id if match.in_catalogue and match.form is None else None


def unwanted(catalogue: Catalogue, names: Iterable[str]) -> Callable[[Pair], bool]:
    """Tell pairs that need something that somebody doesn't want: a product, a binding form, or a partner.

    Parameters
    ----------
    catalogue : Catalogue
    names : iterable of str

    Returns
    -------
    callable
        True for such a pair.

    Raises
    ------
    UsageError
        If a name is neither a ligand's nor a partner's; all of them at once.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> is_unwanted = unwanted(kb.catalogue, ["oleylamine", "thiocyanate"])
    >>> [is_unwanted(kb.assess(name).pair) for name in ("benzoic acid", "caesium acetate")]
    [True, False]
    """
    products: set[str] = set()
    forms: set[str] = set()
    partners: set[str] = set()
    wrong = []
    for name in names:
        try:
            match = find(catalogue, name)
        except NotFoundError as error:
            known = (*all_partner_ids(catalogue, catalogue.ligands), NO_PARTNER)
            try:
                partners.add(find_partner(catalogue, name, known))
            except UsageError:
                wrong.append(f"without: {error}")
            continue
        if match.form is not None:
            forms.add(match.form.form.smiles)
        else:
            products.add(match.product.id)
    if wrong:
        raise UsageError("\n".join(wrong))

    def is_unwanted(pair: Pair) -> bool:
        bought = {product.id for product in pair.recipes[0].products}
        return bool(bought & products) or pair.form.form.smiles in forms or pair.partner_id in partners

    return is_unwanted
