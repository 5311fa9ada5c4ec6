"""Which product or partner is meant by this name or structure?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ligandkb.catalogue.ambiguity import formula_remark, refuse_shared_abbreviation, structure_of
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.misspelling import likely_names
from ligandkb.catalogue.names import partner_names, spelling
from ligandkb.catalogue.partners import Partner
from ligandkb.catalogue.products import NamedForm, Product, product_from_smiles
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.problems import NotFoundError, UsageError

ADD_A_PARTNER = (
    "add it as a row of partners.csv in a folder of your own (ligandkb init) and give that by --data"
)
_LIKE_A_CAS_NUMBER = re.compile(r"\d{2,7}-\d{2}-\d", re.ASCII)


@dataclass(frozen=True)
class Match:
    """What a name or SMILES stands for.

    Attributes
    ----------
    product : Product
        The product as bought, or one made up from an unseen SMILES.
    form : NamedForm or None
        The binding form, where the name or SMILES was one.
    in_catalogue : bool
        Whether the product is in the catalogue.
    remarks : tuple of str
        What a reader must know of how the text was read, such as that it was taken for a SMILES though it looks like
        a formula.
    """

    product: Product
    form: NamedForm | None
    in_catalogue: bool
    remarks: tuple[str, ...] = ()

    @property
    def read_as(self) -> str | None:
        """The remarks in one line; None where there is nothing to remark."""
        return "; ".join(self.remarks) or None


def find(catalogue: Catalogue, what: str) -> Match:
    """Find a ligand by SMILES, identifier, name, alias, CAS number, or name of its binding form.

    What the catalogue lacks and the lists of governments call fatal, toxic or pyrophoric is found by its name or CAS
    number all the same, so that a poison isn't an unknown word.

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
        If two products have that name but for its capitals, or it is short for several chemicals.
    StructureError
        If it is plainly meant as a SMILES but can't be used.
    """
    text = what.strip()
    key = spelling(text)
    smiles = structure_of(text)
    if smiles is not None:
        return _find_structure(catalogue, text, smiles)
    for product in catalogue.products:
        if text and text in _names(product):
            return Match(product, None, in_catalogue=True)
    called = [product for product in catalogue.products if key and key in _keys(product)]
    if len({product.smiles for product in called}) > 1:
        # A lab's tBP (4-tert-butylpyridine) and TBP (tributylphosphine), typed tbp.
        raise UsageError(
            f"{text[:80]!r} could be {' or '.join(product.name for product in called)}: write one of these"
        )
    for product in called[:1]:
        return Match(product, None, in_catalogue=True)
    brings = [
        (product, form)
        for product in catalogue.products
        for form in product.forms
        if key == spelling(form.name)
    ]
    # Bromide is first of all that of an ammonium bromide, not of lead bromide, which binds whole.
    for product, form in sorted(brings, key=lambda pair: pair[0].forms[0] != pair[1])[:1]:
        return Match(product, form, in_catalogue=True)
    if (listed := catalogue.hazards.named(text)) is not None:
        return Match(listed, None, in_catalogue=False)
    if _looks_like_a_smiles(text):
        split(text)  # says what is wrong with it
    refuse_shared_abbreviation(text)
    raise _not_found(catalogue, text)


def find_partner(catalogue: Catalogue, name: str, known: Iterable[str]) -> str:
    """Find a partner by identifier, name or alias, or by what is bought to bring it (an amine, a salt).

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
        If there is none; offers the nearest names, and says how to add one.
    """
    ids = partner_names(catalogue.partners, catalogue.products, known=known)
    found = ids.get(spelling(name))
    if found is None:
        near = near_names(name, ids) or f"name one of {', '.join(sorted(set(ids.values())))}."
        raise UsageError(f"{name[:80]!r} is not a partner: {near} Or {ADD_A_PARTNER}")
    return found


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
    if _is_like_a_cas_number(text):
        return ""
    near = likely_names(text, (name for name in known if not _is_like_a_cas_number(name)))
    return f"did you mean {' or '.join(map(repr, near))}?" if near else ""


def _is_like_a_cas_number(text: str) -> bool:
    return _LIKE_A_CAS_NUMBER.fullmatch(spelling(text)) is not None


def _find_structure(catalogue: Catalogue, text: str, smiles: str) -> Match:
    remarks = (remark,) if (remark := formula_remark(text)) else ()
    same = [product for product in catalogue.products if formula_unit(product.species) == smiles]
    for product in sorted(same, key=lambda one: spelling(text) not in _keys(one))[:1]:
        return Match(product, None, True, remarks)
    brings = [
        (product, form)
        for product in catalogue.products
        for form in product.forms
        if form.form.smiles == smiles
    ]
    for product, form in sorted(brings, key=lambda pair: pair[0].forms[0] != pair[1])[:1]:
        return Match(product, form, True, remarks)
    return Match(product_from_smiles(text), None, False, remarks)


def _names(product: Product) -> tuple[str, ...]:
    return (product.id, product.name, *product.aliases, product.cas)


def _keys(product: Product) -> frozenset[str]:
    return frozenset(spelling(name) for name in _names(product) if name)


def _not_found(catalogue: Catalogue, text: str) -> NotFoundError:
    for partner in catalogue.partners:
        if spelling(text) in map(spelling, (partner.id, partner.name, *partner.aliases)):
            return NotFoundError(_is_a_partner(catalogue, partner))
    names = {
        name
        for product in catalogue.products
        for name in (*_names(product), *(form.name for form in product.forms))
        if name
    }
    if _is_like_a_cas_number(text):
        listed = catalogue.hazards.of_cas_number(spelling(text))
        asked = f"the catalogue has no CAS number {text}: write its name or its SMILES"
        if listed is None:
            return NotFoundError(asked)
        fatal = (
            "FATAL by what lists say of this number, and vetoed"
            if listed.codes & {"H300", "H310", "H330"}
            else "Lists say of this number"
        )
        return NotFoundError(f"{asked}. {fatal}: {listed}")
    hint = near_names(text, sorted(names))
    fix = "its SMILES, or its CAS number in case it stands there under another name"
    return NotFoundError(
        f"{text[:80]!r} is not in the catalogue: {f'{hint} Or give' if hint else 'give'} {fix}"
    )


def _is_a_partner(catalogue: Catalogue, partner: Partner) -> str:
    """Say of a partner's name that it is no ligand, and what is bought to bring it."""
    brought = [
        product.name
        for product in catalogue.products
        if product.id == partner.made_from
        or any(species.smiles == partner.smiles for species in product.species)
    ]
    bottles = f", or what brings it: {', '.join(brought[:5])}" if brought else ""
    return (
        f"{partner.name} is a partner, an ion that comes along with a ligand: name the ligand, "
        f"with --partner {partner.id}{bottles}"
    )


def _looks_like_a_smiles(text: str) -> bool:
    return any(character in text for character in "=#()[]@\\/") and " " not in text
