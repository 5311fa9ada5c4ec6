"""Is this the CAS number of another structure?

A wrong number is ordered, and its safety data sheet read, for another chemical. So the numbers of a lab's own rows are
held against what the catalogue has verified, and against the structures of the lists; where a row's number is that of
another structure, the dangers of both count (:class:`ligandkb.catalogue.known_hazards.KnownHazards`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ligandkb.catalogue.hazard_parents import drawings
from ligandkb.catalogue.hazard_tables import HazardTables
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.inchi import inchi_key
from ligandkb.chemistry.species import formula_unit
from ligandkb.problems import Problem, counted
from ligandkb.tables import Row

MOST_NOTES = 20
"""Of one table; a column of numbers that has slipped by a row is wrong in every row."""
_NO_STEREO = "UHFFFAOYSA"
_FIX = "compare number and structure with the label; until then the dangers of both are shown"


def cas_conflicts(
    rows: Sequence[Row], products: Iterable[Product], known: Iterable[Product], lists: HazardTables | None
) -> list[Problem]:
    """Note the rows of a table whose CAS number is that of another structure, as far as anybody here knows it.

    Parameters
    ----------
    rows : sequence of Row
        Rows of the table.
    products : iterable of Product
        What was made of them.
    known : iterable of Product
        Products whose numbers were verified.
    lists : HazardTables or None

    Returns
    -------
    list of Problem
        One for each such row, the first twenty; the last says how many more there are.
    """
    numbered = {cas: product for product in known for cas in (product.cas, *product.other_cas) if cas}
    at = {f"{row.file}:{row.line}": row for row in rows}
    found = []
    for product in products:
        row = at.get(product.origin)
        meant = _another_structure(product, numbered, lists) if product.cas and row is not None else ""
        if meant and row is not None:
            what = f"{product.cas} is the CAS number of {meant}, not of {product.name} as it is drawn here"
            found.append(row.problem("cas", what, _FIX))
    if len(found) <= MOST_NOTES:
        return found
    more = f"; {counted(len(found) - MOST_NOTES, 'more row')} below have numbers of other structures, too"
    last = found[MOST_NOTES - 1]
    return [*found[: MOST_NOTES - 1], Problem(last.file, last.line, last.column, last.what + more, last.fix)]


def _another_structure(product: Product, numbered: dict[str, Product], lists: HazardTables | None) -> str:
    """What bears a product's CAS number, if it is another structure; empty where nobody knows one."""
    unit = formula_unit(product.species)
    verified = numbered.get(product.cas)
    listed = lists.inchi_keys(product.cas) if lists is not None else ()
    if verified is None and not listed:
        return ""
    own = [inchi_key(smiles) for smiles in (unit, *drawings(unit))]
    if verified is not None:
        if formula_unit(verified.species) == unit or _alike(own, [inchi_key(verified.smiles)]):
            return ""
        return verified.name
    if not any(own) or _alike(own, listed):
        return ""
    named = lists.named(product.cas) if lists is not None else ()
    return named[0][2] if named and named[0][2] != product.cas else "another structure"


def structures_of_numbers(product: Product, lists: HazardTables) -> tuple[str, ...]:
    """Structures that the lists have for the CAS numbers of a product, where they are another one than its own.

    Parameters
    ----------
    product : Product
    lists : HazardTables

    Returns
    -------
    tuple of str
        SMILES as the lists draw them.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> from ligandkb.resources import data_directory
    >>> lists = HazardTables(data_directory() / "hazards")
    >>> mislabelled = replace(product_from_smiles("CCCC(=O)O"), cas="26628-22-8")
    >>> structures_of_numbers(mislabelled, lists)
    ('[N-]=[N+]=[N-].[Na+]',)
    """
    numbers = [cas for cas in (product.cas, *product.other_cas) if cas and lists.inchi_keys(cas)]
    if not numbers:
        return ()
    unit = formula_unit(product.species)
    own = [lists.inchi_key(smiles) for smiles in (unit, *drawings(unit))]
    others = [cas for cas in numbers if not _alike(own, lists.inchi_keys(cas))]
    return tuple(dict.fromkeys(filter(None, map(lists.drawn, others))))


def _alike(keys: Iterable[str], others: Sequence[str]) -> bool:
    """Same skeleton and charge, and no stereochemistry that contradicts the other's."""
    return any(
        one[:14] == other[:14] and one[-1:] == other[-1:] and _parts(one, other)
        for one in keys
        for other in others
    )


def _parts(one: str, other: str) -> bool:
    return one[15:25] == other[15:25] or _NO_STEREO in (one[15:25], other[15:25])
