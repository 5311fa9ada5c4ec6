"""Which ligand and which partner does this name mean?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ligandkb.assessment.choosing import PLUS, named_pair, pairs_of
from ligandkb.catalogue import finding
from ligandkb.catalogue.ambiguity import structure_of
from ligandkb.catalogue.names import spelling
from ligandkb.catalogue.partners import partner_from_smiles
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.evidence.outcomes import NO_PARTNER, UNKNOWN_PARTNER, Outcome
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import LigandkbError, StructureError, UsageError
from ligandkb.storage.outcome_files import Names


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
    product, forms = match.product, [match.form] if match.form else list(match.product.forms)
    if not forms:
        return product.name, formula_unit(product.species)
    if len(forms) > 1:
        same = spelling(text)
        meant = [one for one in forms if spelling(one.name) == same or one.form.smiles == structure_of(text)]
        if not meant:
            named = " or ".join(f"{one.name} ({one.form.smiles})" for one in forms)
            raise UsageError(f"{product.name} binds as {named}: name the one that was there")
        forms = meant
    return forms[0].name, forms[0].form.smiles


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
    try:
        smiles = partner_from_smiles(text.strip()).smiles
    except StructureError:
        return finding.find_partner(kb.catalogue, text, (NO_PARTNER, UNKNOWN_PARTNER))
    return next((partner.id for partner in kb.catalogue.partners if partner.smiles == smiles), smiles)


def brought_partner(kb: KnowledgeBase, text: str) -> tuple[str, str] | None:
    """Ligand and partner, where what was typed says both: a salt that brings one cation, or the name of a pair.

    Parameters
    ----------
    kb : KnowledgeBase
    text : str
        As for :func:`find_form`, or ligand and partner with a plus between blanks.

    Returns
    -------
    tuple of str, or None
        None where the partner has to be asked for, as of an acid.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> brought_partner(kb, "DDAB"), brought_partner(kb, "benzoic acid"), brought_partner(kb, "benzoate + Cs")
    (('DDAB', 'didodecyldimethylammonium'), None, ('benzoate', 'caesium'))
    """
    try:
        match, named = named_pair(kb.catalogue, text)
    except LigandkbError:
        return None
    if isinstance(named, str):
        return text.rpartition(PLUS)[0], named
    if match.form is not None:
        return None  # bromide says nothing of the cation
    pairs = pairs_of(kb.catalogue, match)
    brought = {pair.partner_id if len(pair.recipes[0].products) == 1 else "" for pair in pairs}
    return (text, brought.pop()) if len(brought) == 1 and not brought & {"", NO_PARTNER} else None


def find_product(kb: KnowledgeBase, text: str) -> tuple[str, str]:
    """Name and SMILES of the product as bought that is meant, both blank where a name says only what binds.

    Raises
    ------
    NotFoundError, StructureError
        If nothing has that name and it isn't a SMILES.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> find_product(kb, "benzoic acid"), find_product(kb, "benzoate"), find_product(kb, "[S-]C#N")
    (('benzoic acid', 'O=C(O)c1ccccc1'), ('', ''), ('', ''))
    """
    match = kb.find(text)
    product = match.product
    # Nobody buys an ion alone.
    charge_e = sum(ion.charge * ion.count for ion in product.species)
    if match.form is not None or charge_e:
        return "", ""
    return product.name, formula_unit(product.species)


def names_of(kb: KnowledgeBase | None, typed: Collection[str] | None = None) -> Names:
    """Names of the catalogue; of a correction only what was typed is looked up, the rest stays as recorded."""

    def form(text: str) -> tuple[str, str]:
        if kb is not None and (typed is None or "binding_form" in typed):
            return find_form(kb, text)
        return (formula_unit(split(text)),) * 2

    def partner(text: str) -> str:
        return find_partner(kb, text) if kb is not None and (typed is None or "partner" in typed) else text

    return Names(form, partner, lambda text: find_product(kb, text) if kb is not None else ("", ""))


def in_the_vial(kb: KnowledgeBase, outcome: Outcome) -> list[str]:
    """Cations of the salt that was added which are neither its partner nor part of what binds, in words.

    Examples
    --------
    >>> import ligandkb as lk
    >>> from dataclasses import replace
    >>> kb = lk.load()
    >>> bromide = replace(kb.outcomes[0], binding_form="bromide", binding_form_smiles="[Br-]", partner="caesium")
    >>> in_the_vial(kb, replace(bromide, added_as="potassium bromide", added_as_smiles="[Br-].[K+]"))
    ['in the vial: potassium, from potassium bromide, beside caesium']
    """
    if not outcome.added_as_smiles:
        return []
    partners = {partner.id: partner for partner in kb.catalogue.partners}
    named = {partner.smiles: partner.name for partner in partners.values()}
    meant = partners[outcome.partner].smiles if outcome.partner in partners else outcome.partner
    expected = {meant, *(ion.smiles for ion in split(outcome.binding_form_smiles))}
    ions = [ion.smiles for ion in split(outcome.added_as_smiles) if ion.charge > 0]
    others = " and ".join(named.get(smiles, smiles) for smiles in ions if smiles not in expected)
    if not others:
        return []
    is_known = outcome.partner not in (NO_PARTNER, UNKNOWN_PARTNER)
    beside = f"beside {outcome.partner}" if is_known else f"though the partner is {outcome.partner!r}"
    return [f"in the vial: {others}, from {outcome.added_as}, {beside}"]


def vetoes_of(kb: KnowledgeBase, outcomes: Iterable[Outcome]) -> list[str]:
    """What must be said first of outcomes on ligands that are vetoed, whatever they did to the PLQY."""
    said = []
    for outcome in outcomes:
        try:
            vetoes = kb.assess(outcome.binding_form_smiles).safety.vetoes
        except LigandkbError:
            said.append(f"{outcome.binding_form}: its safety could not be assessed")
            continue
        if vetoes:
            said.append(f"VETO, {outcome.binding_form}: {', '.join(vetoes)}; recorded, not recommended")
    return list(dict.fromkeys(said))
