"""Is this the same name, however it was typed?

Names come out of papers, spreadsheets and word processors with typographic hyphens, non-breaking blanks and Greek
letters, and a partner is as often called by the amine or the salt that brings it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ligandkb.catalogue.partners import Partner
from ligandkb.catalogue.products import Product

_HYPHENS = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")
_UNSEEN = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")
_PRIMES = re.compile("[\u2018\u2019\u02b9\u2032\u00b4]")
_GREEK = re.compile("[\u03b1-\u03c9]")


def spelling(name: str) -> str:
    r"""Bring a name to the one spelling in which names are compared; it is never shown.

    Parameters
    ----------
    name : str
        As typed or as it stands in a file.

    Returns
    -------
    str
        Without regard to case, kind of hyphen, blank or prime, and with Greek letters written out.

    Examples
    --------
    >>> spelling("2\u2011Ethylhexanoic\u00a0acid"), spelling("\u03b1-lipoic acid") == spelling("alpha-Lipoic acid")
    ('2-ethylhexanoic acid', True)
    """
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", name))
    text = _PRIMES.sub("'", _HYPHENS.sub("-", text)).casefold()
    # Final sigma is a sigma; casefold has made it one.
    text = _GREEK.sub(lambda found: unicodedata.name(found[0]).rsplit(maxsplit=1)[-1].lower(), text)
    return " ".join(text.split())


def partner_names(
    partners: Iterable[Partner], products: Iterable[Product], known: Iterable[str] = ()
) -> Mapping[str, str]:
    """Every name by which a partner may be called.

    Its own names come first; then those of the product that it is made from (the amine, the oxide), then those of
    a salt that brings it and no other cation.

    Parameters
    ----------
    partners : iterable of Partner
    products : iterable of Product
        Among which amines and salts are looked up.
    known : iterable of str
        Further identifiers that stand for themselves.

    Returns
    -------
    mapping of str to str
        Identifier of a partner by the :func:`spelling` of a name. A name that could mean two partners isn't there.

    Examples
    --------
    >>> from ligandkb.catalogue.catalogue import read_catalogue
    >>> from ligandkb.resources import data_directory
    >>> catalogue = read_catalogue([data_directory()], [])
    >>> names = partner_names(catalogue.partners, catalogue.products)
    >>> names["decylamine"], names["ddab"]
    ('decylammonium', 'didodecyldimethylammonium')
    """
    every, products = tuple(partners), tuple(products)
    found = {spelling(name): name for name in known}
    for partner in every:
        for name in (partner.id, partner.name, *partner.aliases):
            found.setdefault(spelling(name), partner.id)
    makers = {partner.made_from: partner.id for partner in every if partner.made_from}
    ions = {partner.smiles: partner.id for partner in every}
    called: dict[str, set[str]] = {}
    for product in products:
        cations = [species for species in product.species if species.kind.is_cation]
        brought = ions.get(cations[0].smiles) if len(cations) == 1 else None
        partner_id = makers.get(product.id) or brought
        if partner_id is not None:
            for name in (product.id, product.name, *product.aliases, product.cas):
                if name:
                    called.setdefault(spelling(name), set()).add(partner_id)
    for name, meant in called.items():
        if len(meant) == 1:
            found.setdefault(name, *meant)
    return found
