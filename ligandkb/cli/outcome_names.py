"""Which ligand and which partner does this name mean?"""

from __future__ import annotations

from collections.abc import Iterable

from ligandkb.catalogue.finding import ADD_A_PARTNER, near_names
from ligandkb.catalogue.names import partner_names, spelling
from ligandkb.catalogue.partners import partner_from_smiles
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.evidence.outcomes import NO_PARTNER, UNKNOWN_PARTNER, Outcome
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import LigandkbError, StructureError, UsageError


def find_form(kb: KnowledgeBase, text: str) -> tuple[str, str]:
    """Name and SMILES of the binding form that is meant by a ligand's name or SMILES.

    Parameters
    ----------
    kb : KnowledgeBase
    text : str
        Identifier, name, alias, CAS number or SMILES, as bought or as bound.

    Returns
    -------
    tuple of str

    Raises
    ------
    NotFoundError, StructureError
        If nothing has that name and it isn't a SMILES.
    UsageError
        If the product binds in more than one form.

    Examples
    --------
    >>> import ligandkb as lk
    >>> find_form(lk.load(), "benzoic acid")[0]
    'benzoate'
    """
    match = kb.find(text)
    if match.form is not None:
        return match.form.name, match.form.form.smiles
    product = match.product
    try:
        typed = formula_unit(split(text.strip()))
    except StructureError:
        typed = ""
    meant = [
        form for form in product.forms if form.form.smiles == typed or form.name.casefold() == text.casefold()
    ]
    if not product.forms:
        return product.name, formula_unit(product.species)
    if not meant and len(product.forms) > 1:
        forms = " or ".join(f"{form.name} ({form.form.smiles})" for form in product.forms)
        raise UsageError(f"{product.name} binds as {forms}: name the one that was there")
    form = (meant or list(product.forms))[0]
    return form.name, form.form.smiles


def find_partner(kb: KnowledgeBase, text: str) -> str:
    """Identifier of the partner that is meant by its name, its amine's or its salt's, or SMILES.

    ``none`` and ``unknown`` stay.

    Raises
    ------
    UsageError
        If nothing has that name and it isn't the SMILES of a cation.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> find_partner(kb, "Cs+"), find_partner(kb, "none"), find_partner(kb, "DDAB")
    ('caesium', 'none', 'didodecyldimethylammonium')
    """
    names = partner_names(kb.catalogue.partners, kb.catalogue.products, known=(NO_PARTNER, UNKNOWN_PARTNER))
    found = names.get(spelling(text))
    if found is not None:
        return found
    try:
        smiles = partner_from_smiles(text.strip()).smiles
    except StructureError as error:
        near = near_names(text, names)
        mend = f"write its name or SMILES, {NO_PARTNER} or {UNKNOWN_PARTNER}; or {ADD_A_PARTNER}"
        raise UsageError(f"{text[:80]!r} is not a partner: {near and near + ' Or '}{mend}") from error
    known = (partner.id for partner in kb.catalogue.partners if partner.smiles == smiles)
    return next(known, smiles)


def vetoes_of(kb: KnowledgeBase, outcomes: Iterable[Outcome]) -> list[str]:
    """What must be said first of outcomes on ligands that are vetoed, whatever they did to the PLQY."""
    said: dict[str, None] = {}
    for outcome in outcomes:
        try:
            safety = kb.assess(outcome.binding_form_smiles).safety
        except LigandkbError:
            said[f"{outcome.binding_form}: its safety could not be assessed"] = None
            continue
        if safety.vetoes:
            said[f"VETO, {outcome.binding_form}: {', '.join(safety.vetoes)}; recorded, not recommended"] = (
                None
            )
    return list(said)
