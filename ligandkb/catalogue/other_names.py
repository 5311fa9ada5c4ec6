"""What is meant by a name that no row of the catalogue bears: an abbreviation, or a name or number from elsewhere?

Nothing is guessed: where several chemicals could be meant they are named, and what is found outside the catalogue says
where its structure comes from. It is judged by its structure as everything else, dangers first.
"""

from __future__ import annotations

from dataclasses import replace

from ligandkb.catalogue.abbreviations import Abbreviation, is_ion_of
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.elsewhere import Named, named_elsewhere
from ligandkb.catalogue.match import Match
from ligandkb.catalogue.names import spelling
from ligandkb.catalogue.partners import Partner
from ligandkb.catalogue.products import Product, product_from_smiles, rename_forms
from ligandkb.chemistry.inchi import inchi_key
from ligandkb.chemistry.species import formula_unit
from ligandkb.problems import NotFoundError, StructureError, UsageError


def by_abbreviation(catalogue: Catalogue, text: str) -> Match | None:
    """What an abbreviation stands for.

    Parameters
    ----------
    catalogue : Catalogue
    text : str
        A name that no row bears.

    Returns
    -------
    Match or None
        None where the table of abbreviations doesn't have it.

    Raises
    ------
    UsageError
        If it stands for several chemicals; names them.
    NotFoundError
        If it stands for a partner alone.

    Examples
    --------
    >>> import ligandkb as lk
    >>> by_abbreviation(lk.load().catalogue, "EDA").product.smiles
    'NCCN'
    """
    products = {product.id: product for product in catalogue.products}
    partners = {partner.id: partner for partner in catalogue.partners}
    meanings = catalogue.abbreviations.meanings(text)
    chemicals = [one for one in meanings if one.stands_for not in partners]
    ions = [partners[one.stands_for] for one in meanings if one.stands_for in partners]
    meant_products = [products[one.stands_for] for one in chemicals if one.stands_for in products]
    ions = [ion for ion in ions if not any(is_ion_of(ion, product) for product in meant_products)]
    if len(chemicals) + len(ions) > 1:
        known = [
            products[one.stands_for].name if one.stands_for in products else one.stands_for
            for one in chemicals
        ]
        meant = [*known, *(f"the ion {ion.name}" for ion in ions)]
        raise UsageError(f"{text!r} is short for {_or(meant)}: write the name or the SMILES")
    if ions:
        raise NotFoundError(is_a_partner(catalogue, ions[0]))
    for meaning in chemicals:
        note = f"{text} is read as {meaning.stands_for}; {meaning.note}" if meaning.note else ""
        if meaning.stands_for in products:
            return Match(products[meaning.stands_for], None, True, (note,) if note else ())
        if meaning.smiles:
            return _drawn(
                catalogue,
                meaning,
                f"{text} is short for {meaning.stands_for} ({meaning.source}), which",
                note,
            )
    return None


def by_full_name(catalogue: Catalogue, text: str) -> Match | None:
    """The chemical outside the catalogue that the table of abbreviations has this name in full for; None if none is."""
    meaning = catalogue.abbreviations.drawn(text)
    return _drawn(catalogue, meaning, text) if meaning is not None else None


def _drawn(catalogue: Catalogue, meaning: Abbreviation, what: str, note: str = "") -> Match:
    """A structure drawn from its name, with the CAS number that lists have for it."""
    product = product_from_smiles(meaning.smiles, meaning.stands_for)
    lists = catalogue.hazards.tables
    listed = lists.cas_numbers(meaning.smiles) if lists is not None else ()
    key = inchi_key(meaning.smiles) if listed else ""
    numbers = [
        cas for cas in listed if lists is not None and key in lists.inchi_keys(cas)
    ]  # no stereoisomer's
    if len(numbers) == 1:
        product = replace(product, cas=numbers[0], cas_source="data/hazards/structures.csv")
    where = f"{what} is not in the catalogue: its structure is drawn from its name"
    return _outside(catalogue, product, meaning.stands_for, "its structure", where, note)


def by_lists(catalogue: Catalogue, text: str) -> Match | None:
    """What the lists of governments or the package ``chemicals`` have under a name or CAS number.

    Parameters
    ----------
    catalogue : Catalogue
    text : str
        A name or number that no row bears.

    Returns
    -------
    Match or None
        None where they have no structure for it.

    Raises
    ------
    UsageError
        If substances of several structures bear it; names them.
    NotFoundError
        If no structure that they have can be used.
    """
    found = [one for one in named_elsewhere(text, catalogue.hazards.tables) if one.smiles]
    own = [one for one in found if spelling(one.name) == spelling(text)]
    products: dict[str, tuple[Named, Product]] = {}
    refused = ""
    # Tartaric acid before the tartaric acids of left and right, which are called so, too.
    for one in own if len(own) == 1 else found:
        numbered = _numbered(catalogue, one.cas)
        try:
            product = numbered or product_from_smiles(one.smiles, one.name)
        except StructureError as error:
            drawn = f"{one.source} draws {text!r} as {one.smiles}"
            refused = f"{drawn}, which can't be used ({error.what}): give its SMILES"
            continue
        if numbered is None:
            product = replace(product, cas=one.cas, cas_source=one.source)
        products.setdefault(formula_unit(product.species), (one, product))
    if len(products) > 1:
        meant = _or([f"{one.name} ({one.cas})" for one, _ in products.values()])
        raise UsageError(f"{text!r} could be {meant}: write the CAS number or the SMILES")
    if not products and refused:
        alarm, danger = said_by_lists(catalogue, text)
        raise NotFoundError(f"{alarm}{refused}{danger}")
    for one, product in products.values():
        called = "" if spelling(text) in (spelling(one.name), one.cas) else f" as a name of {one.name}"
        where = f"{text} is not in the catalogue: its structure is from {one.source}, where it stands{called}"
        return _outside(catalogue, product, text, one.source, f"{where} (CAS {one.cas})")
    return None


def said_by_lists(catalogue: Catalogue, text: str) -> tuple[str, str]:
    """What lists say of a name or number whose structure nobody has.

    Parameters
    ----------
    catalogue : Catalogue
    text : str

    Returns
    -------
    tuple of str
        The beginning of a message, where it is fatal or explosive, and the end of one: all that they say.

    Examples
    --------
    >>> import ligandkb as lk
    >>> said_by_lists(lk.load().catalogue, "Isodrin")[0][:61]
    'FATAL by what lists say of it (CAS 465-73-6), and vetoed: H30'
    """
    alarms, said = [], []
    for cas in dict.fromkeys(one.cas for one in named_elsewhere(text, catalogue.hazards.tables)):
        if (label := catalogue.hazards.of_cas_number(cas)) is not None:
            which = "this number" if cas == spelling(text) else f"it (CAS {cas})"
            alarms += [f"{alarm}. "] if (alarm := label.alarm(which)) else []
            said.append(f". Lists say of {which}: {label}")
    return "".join(alarms), "".join(said)


def _numbered(catalogue: Catalogue, cas: str) -> Product | None:
    return next((one for one in catalogue.products if cas in (one.cas, *one.other_cas)), None)


def is_a_partner(catalogue: Catalogue, partner: Partner) -> str:
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


def _outside(
    catalogue: Catalogue, product: Product, text: str, source: str, where: str, note: str = ""
) -> Match:
    """What was found elsewhere; where a row has its structure under another name, that row."""
    smiles = formula_unit(product.species)
    for known in catalogue.products:
        if formula_unit(known.species) == smiles:
            said = f"{text} is read as {known.name}, by {source}"
            return Match(known, None, True, tuple(filter(None, (said, note))))
    (named,) = rename_forms([product], catalogue.products)
    return Match(named, None, False, tuple(filter(None, (where, note))))


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
