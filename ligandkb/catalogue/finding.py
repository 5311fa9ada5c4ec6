"""Which product or partner is meant by this name or structure?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches

from ligandkb.catalogue.ambiguity import formula_remark, structure_of
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.elsewhere import INSTALL_NAMES, LONGEST_NAME, knows_the_package
from ligandkb.catalogue.match import Match
from ligandkb.catalogue.misspelling import likely_names, other_writings
from ligandkb.catalogue.names import partner_names, spelling
from ligandkb.catalogue.other_names import (
    by_abbreviation,
    by_full_name,
    by_lists,
    is_a_partner,
    said_by_lists,
)
from ligandkb.catalogue.products import Product, product_from_smiles
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import NotFoundError, UsageError

ADD_A_PARTNER = (
    "add it as a row of partners.csv in a folder of your own (ligandkb init) and give that by --data"
)
_MOST = 8
"""Partners that one message names."""
_USUAL = ("oleylammonium", "caesium", "didodecyldimethylammonium", "lead", "none")
_LIKE_A_CAS_NUMBER = re.compile(r"\d{2,7}-\d{2}-\d", re.ASCII)


def find(catalogue: Catalogue, what: str) -> Match:
    """Find a ligand by SMILES, identifier, name, alias, abbreviation, CAS number, or name of its binding form.

    What the catalogue lacks is found by its name or CAS number all the same where the lists of governments or the
    package ``chemicals`` know its structure, so that a poison isn't an unknown word.

    A text that can be read as a SMILES is one, however short: ``P`` is phosphine and ``CN`` methylamine, whatever
    a row is called, so that no name can hide a structure and what it does. Names of a row that spell the row's own
    structure are found all the same; those that spell another one are refused when the row is read
    (:mod:`ligandkb.catalogue.ambiguity`). Of several products with the structure the one that bears the text as
    a name is preferred, then the first.

    Parameters
    ----------
    catalogue : Catalogue
    what : str
        As bought or as bound.

    Returns
    -------
    Match

    Raises
    ------
    NotFoundError
        If nothing has that name and it isn't a SMILES, or if it is a partner's; offers a name that differs by a typo.
    UsageError
        If products of several structures have that name, or it is short for several chemicals.
    StructureError
        If it is plainly meant as a SMILES but can't be used.
    """
    text = what.strip()
    smiles = structure_of(text)
    if smiles is not None:
        return _find_structure(catalogue, text, smiles)
    found = (
        _called(catalogue, text)
        or _binding_form(catalogue, spelling(text))
        or by_abbreviation(catalogue, text)
        or by_lists(catalogue, text)
        or by_full_name(catalogue, text)
    )
    if found is not None:
        return found
    if _looks_like_a_smiles(text):
        split(text)  # says what is wrong with it
    raise _not_found(catalogue, text)


def _called(catalogue: Catalogue, text: str) -> Match | None:
    """The product that bears a name, as it is written, else in any spelling."""
    key = spelling(text)
    exact = [product for product in catalogue.products if text and text in _names(product)]
    called = exact or [product for product in catalogue.products if key and key in _keys(product)]
    if len({formula_unit(product.species) for product in called}) > 1:
        # A lab's tBP (4-tert-butylpyridine) and TBP (tributylphosphine), typed tbp.
        names = [product.name for product in called]
        shown = names if len(set(names)) == len(names) else [product.id for product in called]
        raise UsageError(f"{text[:80]!r} could be {' or '.join(shown)}: write one of these")
    if not called:
        return None
    product = called[0]
    notes = dict.fromkeys(
        f"{text} is read as {product.name}; {meaning.note}"
        for meaning in catalogue.abbreviations.meanings(text)
        if meaning.stands_for == product.id and meaning.note
    )
    if key in product.other_cas:
        notes[f"{text} is another CAS number of {product.name}, beside {product.cas}: {product.note}"] = None
    return Match(product, None, True, tuple(notes))


def _binding_form(catalogue: Catalogue, key: str) -> Match | None:
    brings = [
        (product, form)
        for product in catalogue.products
        for form in product.forms
        if key == spelling(form.name)
    ]
    # Bromide is first of all that of an ammonium bromide, not of lead bromide, which binds whole.
    first = sorted(brings, key=lambda pair: pair[0].forms[0] != pair[1])[:1]
    return next((Match(product, form, True) for product, form in first), None)


def find_partner(catalogue: Catalogue, name: str, known: Iterable[str]) -> str:
    """Find a partner by identifier, name, alias or abbreviation, or by what is bought to bring it (an amine, a salt).

    Parameters
    ----------
    catalogue : Catalogue
    name : str
        What was written; ``none`` is a partner, too.
    known : iterable of str
        Identifiers of every partner that could be meant, also of cations that only a salt brings, and what
        stands for none.

    Returns
    -------
    str
        Its identifier.

    Raises
    ------
    UsageError
        If there is none or several could be meant; offers the nearest names, and says how to add one.
    """
    short = ((one.text, one.stands_for) for one in catalogue.abbreviations.rows)
    ids = partner_names(catalogue.partners, catalogue.products, known, short)
    found = ids.get(spelling(name), frozenset())
    if len(found) > 1:
        raise UsageError(f"{name[:80]!r} could be {' or '.join(sorted(found))}: write one of these")
    if not found:
        near = near_names(name, ids) or _likely_partners(name, ids)
        raise UsageError(f"{name[:80]!r} is not a partner: {near} Or {ADD_A_PARTNER}")
    return next(iter(found))


def _likely_partners(name: str, ids: Mapping[str, frozenset[str]]) -> str:
    """The partners whose names are like a text, of which there are few; else some of all."""
    called = [key for key in ids if not _is_like_a_cas_number(key)]
    like = (
        []
        if _is_like_a_cas_number(name)
        else get_close_matches(spelling(name)[:LONGEST_NAME], called, _MOST, 0.6)
    )
    near = list(dict.fromkeys(partner for key in like for partner in sorted(ids[key])))[:_MOST]
    if near:
        near.sort(key=lambda one: one not in _USUAL)
        return f"did you mean {' or '.join(map(repr, near))}?"
    every = list(dict.fromkeys(partner for key in ids for partner in ids[key]))
    usual = sorted(every, key=lambda one: (one not in _USUAL, one))
    more = len(usual) - _MOST
    return f"name e.g. {', '.join(usual[:_MOST])}{f' ({more} more)' if more > 0 else ''}."


def near_names(text: str, known: Iterable[str]) -> str:
    """Offer names that a text is with a typo; none for a CAS number, whose neighbours are other chemicals.

    Parameters
    ----------
    text : str
        What was typed.
    known : iterable of str
        Names that could have been meant. Of these, too, CAS numbers are left out.

    Returns
    -------
    str
        ``"did you mean 'a' or 'b'?"``, or an empty string.

    Examples
    --------
    >>> near_names("acetc acid", ["acetic acid", "64-19-7"]), near_names("64-19-9", ["64-19-7"])
    ("did you mean 'acetic acid'?", '')
    """
    if len(text) > LONGEST_NAME or _is_like_a_cas_number(text):
        return ""
    return _offered(likely_names(text, (name for name in known if not _is_like_a_cas_number(name))))


def did_you_mean_ligand(catalogue: Catalogue, text: str) -> str:
    """Offer ligands, as bought or as bound, whose names a text most likely is; empty where there are none.

    Examples
    --------
    >>> import ligandkb as lk
    >>> did_you_mean_ligand(lk.load().catalogue, "benzoic aicd")
    "did you mean 'benzoic acid'?"
    """
    names = {
        name
        for product in catalogue.products
        for name in (*_names(product), *(form.name for form in product.forms))
        if name
    }
    hint = near_names(text, sorted(names))
    if hint or len(text) > LONGEST_NAME or _is_like_a_cas_number(text):
        return hint
    own = {product.name for product in catalogue.products}
    own |= {form.name for product in catalogue.products for form in product.forms}
    return _offered(other_writings(text, sorted(own)) or other_writings(text, sorted(names)))


def _offered(near: Iterable[str]) -> str:
    said = " or ".join(map(repr, near))
    return f"did you mean {said}?" if said else ""


def _is_like_a_cas_number(text: str) -> bool:
    return _LIKE_A_CAS_NUMBER.fullmatch(spelling(text)) is not None


def _find_structure(catalogue: Catalogue, text: str, smiles: str) -> Match:
    short = [one.stands_for for one in catalogue.abbreviations.meanings(text) if one.text == text]
    remarks = tuple(
        filter(None, [f"{text!r} was read as SMILES, not as short for {' or '.join(short)}" if short else ""])
    ) or tuple(filter(None, [formula_remark(text)]))
    match = find_structure(catalogue, smiles, text)
    return (
        Match(product_from_smiles(text), None, False, remarks)
        if match is None
        else replace(match, remarks=remarks)
    )


def find_structure(catalogue: Catalogue, smiles: str, text: str = "") -> Match | None:
    """Find the product that has a structure, else the one that brings it as a binding form.

    Parameters
    ----------
    catalogue : Catalogue
    smiles : str
        Canonical SMILES of a formula unit.
    text : str, optional
        As somebody wrote it: of several products with the structure the one that bears this as a name is preferred.

    Returns
    -------
    Match or None
        None where the catalogue lacks it.

    Examples
    --------
    >>> import ligandkb as lk
    >>> catalogue = lk.load().catalogue
    >>> find_structure(catalogue, "CC(=O)[O-]").product.name, find_structure(catalogue, "CCCCCCCCCCCCC")
    ('acetic acid', None)
    """
    same = catalogue.structures.products.get(smiles, ())
    for product in sorted(same, key=lambda one: spelling(text) not in _keys(one))[:1]:
        return Match(product, None, True)
    if smiles not in catalogue.structures.forms:
        return None
    product, form = catalogue.structures.forms[smiles]
    return Match(product, form, True)


def _names(product: Product) -> tuple[str, ...]:
    return (product.id, product.name, *product.aliases, product.cas, *product.other_cas)


def _keys(product: Product) -> frozenset[str]:
    return frozenset(spelling(name) for name in _names(product) if name)


def _not_found(catalogue: Catalogue, text: str) -> NotFoundError:
    key = spelling(text)
    for partner in catalogue.partners:
        if key in map(spelling, (partner.id, partner.name, *partner.aliases)):
            return NotFoundError(is_a_partner(catalogue, partner))
    alarm, danger = said_by_lists(catalogue, text)
    more = "" if knows_the_package() else f"{'.' if danger else ';'} {INSTALL_NAMES}"
    if _is_like_a_cas_number(text):
        asked = (
            f"{'The' if alarm else 'the'} catalogue has no CAS number {text}: write its name or its SMILES"
        )
        return NotFoundError(f"{alarm}{asked}{danger}{more}")
    hint = did_you_mean_ligand(catalogue, text)
    fix = "its SMILES, or its CAS number in case it stands there under another name"
    asked = f"{text[:80]!r} is not in the catalogue: {f'{hint} Or give' if hint else 'give'} {fix}"
    return NotFoundError(f"{alarm}{asked}{danger}{more}")


def _looks_like_a_smiles(text: str) -> bool:
    return any(character in text for character in "=#()[]@\\/") and " " not in text
