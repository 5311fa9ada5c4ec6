"""Which pairs are meant?"""

from __future__ import annotations

from collections.abc import Sequence

from ligandkb.arguments import Several, names, several
from ligandkb.assessment.pairs import Pair, all_partner_ids, lay_out_pairs, unbound_pair
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.finding import find, find_partner
from ligandkb.catalogue.match import Match
from ligandkb.evidence.outcomes import NO_PARTNER
from ligandkb.problems import NotFoundError, UsageError, did_you_mean

PLUS = " + "
"""Between ligand and partner in the name of a pair."""

CLASSES = ("X", "L", "Z", "zwitterion", "none", "all")
"""Classes to choose from; none is for what has no donor group that this software knows."""


def chosen_pairs(
    catalogue: Catalogue,
    *,
    partners: Several[str] | None = None,
    all_partners: bool = False,
    ligand_class: Several[str] = "all",
) -> tuple[Pair, ...]:
    """Pairs of everything that is ranked.

    Parameters
    ----------
    catalogue : Catalogue
    partners : str or iterable of str, optional
        Names of the wanted partners; none for the usual view.
    all_partners : bool
        Pair everything with every partner that it can be made with.
    ligand_class : str or iterable of str
        Of :data:`CLASSES`.

    Returns
    -------
    tuple of Pair

    Raises
    ------
    UsageError
        If a partner or the class doesn't exist.
    """
    classes = names("ligand_class", ligand_class)
    for one in classes:
        if one not in CLASSES:
            hint = did_you_mean(one, CLASSES)
            raise UsageError(f"{one!r} is not a class of ligand: {hint or ', '.join(CLASSES)}")
    known = (*all_partner_ids(catalogue, catalogue.ligands), NO_PARTNER)
    wanted = known if all_partners else wanted_partners(catalogue, partners)
    pairs = lay_out_pairs(catalogue, catalogue.ligands, wanted)
    if not classes or "all" in classes:
        return pairs
    return tuple(pair for pair in pairs if pair.form.form.ligand_class.value in classes)


def named_pair(
    catalogue: Catalogue, text: str, partners: Several[str] | None = None
) -> tuple[Match, Several[str] | None]:
    """Find a ligand, or a pair by the name that rankings print: ``bromide + didodecyldimethylammonium``.

    Parameters
    ----------
    catalogue : Catalogue
    text : str
        As :func:`ligandkb.catalogue.finding.find` takes it, or ligand and partner with a plus between blanks. What
        bears the whole text as its name goes first.
    partners : str or iterable of str, optional
        Names of the wanted partners.

    Returns
    -------
    Match
        The ligand.
    str, iterable of str, or None
        The partner that was named, else ``partners``.

    Raises
    ------
    NotFoundError
        If nothing has the ligand's name.
    UsageError
        If nothing has the partner's name, or ``partners`` are others.

    Examples
    --------
    >>> import ligandkb as lk
    >>> match, partner = named_pair(lk.load().catalogue, "hexylphosphonate + oleylamine")
    >>> match.form.name, partner
    ('hexylphosphonate', 'oleylammonium')
    """
    try:
        return find(catalogue, text), partners
    except NotFoundError:
        ligand, plus, partner = text.rpartition(PLUS)
        if not plus:
            raise
    match = find(catalogue, ligand)
    (named,) = wanted_partners(catalogue, partner) or ()
    wanted = wanted_partners(catalogue, partners)
    if wanted is not None and set(wanted) != {named}:
        raise UsageError(
            f"{text[:80]!r} names its partner, which isn't {' or '.join(wanted)}: leave one of them out"
        )
    return match, named


def pairs_of(catalogue: Catalogue, match: Match, partners: Several[str] | None = None) -> tuple[Pair, ...]:
    """Pairs of one ligand with the wanted partners, or in the usual view; a form that was named comes first.

    Parameters
    ----------
    catalogue : Catalogue
    match : Match
        The ligand.
    partners : str or iterable of str, optional
        Names of the wanted partners.

    Returns
    -------
    tuple of Pair
        At least one; a ligand in which nothing can bind stands alone.

    Raises
    ------
    UsageError
        If a partner doesn't exist, or the ligand pairs with none of them.
    """
    if not match.product.forms:
        return (unbound_pair(match.product),)
    wanted = wanted_partners(catalogue, partners)
    if wanted is None:
        return _usual_pairs(catalogue, match)
    every = _possible_pairs(catalogue, match)
    chosen = tuple(pair for pair in every if pair.partner_id in wanted)
    if not chosen:
        possible = sorted({pair.partner_id for pair in every})
        raise UsageError(
            f"{match.form.name if match.form else match.product.name} does not pair with "
            f"{' or '.join(several(partners))}: it pairs with {', '.join(possible)}"
        )
    return chosen


def wanted_partners(catalogue: Catalogue, partners: Several[str] | None) -> tuple[str, ...] | None:
    """Identifiers of partners by whatever they are called; None where none was named.

    Raises
    ------
    UsageError
        If there is no such partner.
    """
    called = names("partners", partners)
    if not called:
        return None
    known = (*all_partner_ids(catalogue, catalogue.ligands), NO_PARTNER)
    return tuple(find_partner(catalogue, one, known) for one in called)


def _usual_pairs(catalogue: Catalogue, match: Match) -> tuple[Pair, ...]:
    pairs = lay_out_pairs(catalogue, [match.product], None)
    if match.form is None:
        return pairs
    named = [pair for pair in pairs if pair.form.form == match.form.form]
    # Also where the usual view leaves it out (lead nitrate's nitrate).
    named = named or [
        pair for pair in _possible_pairs(catalogue, match) if pair.product.id == match.product.id
    ]
    return (*named, *(pair for pair in pairs if pair not in named))


def _possible_pairs(catalogue: Catalogue, match: Match) -> Sequence[Pair]:
    """Every pair of a product, or of a named form whichever product brings it."""
    products = [match.product]
    if match.form is not None:
        form = match.form.form
        products += [
            product
            for product in catalogue.ligands
            if product.id != match.product.id
            and any(named.form.smiles == form.smiles for named in product.forms)
        ]
    partners = (*all_partner_ids(catalogue, products), NO_PARTNER)
    pairs = lay_out_pairs(catalogue, products, partners)
    if match.form is None:
        return pairs
    return tuple(pair for pair in pairs if pair.form.form.smiles == match.form.form.smiles)
