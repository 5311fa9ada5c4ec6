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
# Parent names that are also written apart: oleyl amine, octyl phosphonic acid, dodecane thiol. Esters aren't among
# them: phenyl acetate is no phenylacetate.
_PARTED = re.compile(
    r"(?<=yl) (?=amine|ammonium|phosph[io]n|pyridin|imidazolium|sulfonic)|(?<=ane) (?=thiol|sulfonic|phosphonic)|"
    r"(?<=ene) (?=sulfonic)"
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
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
        Without regard to case, kind of hyphen, blank or prime, to British or American spelling, and with Greek letters
        written out.

    Examples
    --------
    >>> spelling("2\u2011Ethylhexanoic\u00a0acid"), spelling("\u03b1-lipoic acid") == spelling("alpha-Lipoic acid")
    ('2-ethylhexanoic acid', True)
    >>> spelling("Oleyl amine"), spelling("benzene sulphonic acid"), spelling("phenyl acetate")
    ('oleylamine', 'benzenesulfonic acid', 'phenyl acetate')
    """
    text = name.casefold() if name.isascii() else _in_plain_letters(name)
    text = " ".join(text.split()).replace("sulph", "sulf").replace("cesium", "caesium")
    return _PARTED.sub("", text) if " " in text else text


def _in_plain_letters(name: str) -> str:
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", name))
    text = _PRIMES.sub("'", _HYPHENS.sub("-", text)).casefold().translate(_UMLAUTS)
    # Final sigma is a sigma; casefold has made it one.
    return _GREEK.sub(lambda found: unicodedata.name(found[0]).rsplit(maxsplit=1)[-1].lower(), text)


def partner_names(
    partners: Iterable[Partner],
    products: Iterable[Product],
    known: Iterable[str] = (),
    abbreviations: Iterable[tuple[str, str]] = (),
) -> Mapping[str, frozenset[str]]:
    """Every name by which a partner may be called.

    Its own names come first; then abbreviations, and names of the product that it is made from (the amine, the oxide)
    or of a salt that brings it and no other cation.

    Parameters
    ----------
    partners : iterable of Partner
    products : iterable of Product
        Among which amines and salts are looked up.
    known : iterable of str
        Further identifiers that stand for themselves.
    abbreviations : iterable of (str, str)
        Each with the identifier of the partner or product that it stands for; others are passed over.

    Returns
    -------
    mapping of str to frozenset of str
        Identifiers of the partners that the :func:`spelling` of a name could mean.

    Examples
    --------
    >>> from ligandkb.catalogue.catalogue import read_catalogue
    >>> from ligandkb.resources import data_directory
    >>> catalogue = read_catalogue([data_directory()], [])
    >>> names = partner_names(catalogue.partners, catalogue.products)
    >>> [*names["decylamine"], *names["ddab"]]
    ['decylammonium', 'didodecyldimethylammonium']
    """
    every, products = tuple(partners), tuple(products)
    own = {spelling(name): frozenset({name}) for name in known}
    for partner in every:
        for name in (partner.id, partner.name, *partner.aliases):
            own.setdefault(spelling(name), frozenset({partner.id}))
    makers = {partner.made_from: partner.id for partner in every if partner.made_from}
    ions = {partner.smiles: partner.id for partner in every}
    brought: dict[str, str] = {partner.id: partner.id for partner in every}
    called: dict[str, frozenset[str]] = {}
    for product in products:
        cations = [species for species in product.species if species.kind.is_cation]
        ion = ions.get(cations[0].smiles) if len(cations) == 1 else None
        partner_id = makers.get(product.id) or ion
        if partner_id is not None:
            brought[product.id] = partner_id
            for name in filter(None, (product.id, product.name, *product.aliases, product.cas)):
                called[spelling(name)] = called.get(spelling(name), frozenset()) | {partner_id}
    for name, meant in abbreviations:
        if meant in brought:
            called[spelling(name)] = called.get(spelling(name), frozenset()) | {brought[meant]}
    return {**called, **own}
