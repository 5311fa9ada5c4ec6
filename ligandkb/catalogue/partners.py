"""Which co-ion comes along, and what is bought to bring it?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ligandkb.catalogue.ambiguity import refuse_misleading_names
from ligandkb.catalogue.products import slug
from ligandkb.chemistry.species import A_SITE_KINDS, SpeciesKind, split
from ligandkb.chemistry.structure import canonical
from ligandkb.problems import Problem, StructureError, did_you_mean
from ligandkb.provenance import Source
from ligandkb.tables import Row, choice, doi, identifier, names
from ligandkb.tables.rows import shown

REQUIRED_COLUMNS = ("name", "smiles", "route")
OPTIONAL_COLUMNS = ("id", "aliases", "made_from", "doi", "locator", "note")


class Route(StrEnum):
    """How what is bought becomes the partner."""

    PROTON_TRANSFER = "proton_transfer"
    """An amine takes the acid's proton."""
    ACID_BASE = "acid_base"
    """An oxide or carbonate dissolves in the acid."""
    AS_BOUGHT = "as_bought"
    """It comes only inside a salt."""


@dataclass(frozen=True)
class Partner:
    """A cation that keeps the pair neutral.

    Attributes
    ----------
    id, name : str
        Identifier and name, e.g. ``oleylammonium``.
    aliases : tuple of str
        Other names.
    smiles : str
        Canonical SMILES of the cation.
    charge : int
        In e.
    kind : SpeciesKind
        Ammonium, quaternary ammonium, alkali metal ion, metal ion, ...
    made_from : str
        Identifier of the product that brings it; empty if it only comes inside a salt.
    route : Route
        How that product becomes the partner.
    source : Source or None
        Where it is described.
    note : str
        What a reader must know besides.
    """

    id: str
    name: str
    smiles: str
    charge: int
    kind: SpeciesKind
    aliases: tuple[str, ...] = ()
    made_from: str = ""
    route: Route = Route.AS_BOUGHT
    source: Source | None = None
    note: str = ""

    @property
    def can_sit_in_a_site(self) -> bool:
        """Whether it can take the place of caesium at the surface: ammonium-type ions and Cs+ only."""
        return self.kind in A_SITE_KINDS or self.smiles == "[Cs+]"


def read_partner(
    row: Row, problems: list[Problem], *, products: Collection[str] | None = None
) -> Partner | None:
    """Make a partner of one row of ``partners.csv``, or collect what is wrong with it.

    Parameters
    ----------
    row : Row
        A record of ``partners.csv``; a blank identifier is made of the name.
    problems : list of Problem
        Everything that is wrong with the row is appended.
    products : collection of str, optional
        Identifiers of all products. Where they are given, a partner that is made from another one is a
        problem: nobody could buy it.

    Returns
    -------
    Partner or None
        None if the row can't be used.

    Examples
    --------
    >>> from ligandkb.tables import Cell
    >>> texts = {"name": "caesium", "smiles": "[Cs+]", "route": "as_bought"}
    >>> row = Row("partners.csv", 2, {name: Cell(text, 2, 1) for name, text in texts.items()})
    >>> read_partner(row, []).can_sit_in_a_site
    True
    """
    before = len(problems)
    name = row["name"].strip()
    partner_id = identifier(row, "id", problems) if row["id"].strip() else slug(name)
    if not partner_id and not row["id"].strip() and "name" in row.cells:
        what = f"no id can be made of {name!r}" if name else "the name is empty, and so is the id"
        problems.append(row.problem("name", what, "give the row an id, e.g. octylammonium"))
    route = choice(row, "route", tuple(Route), problems) or Route.AS_BOUGHT
    source_doi, place = doi(row, "doi", problems), row["locator"].strip()
    made_from = row["made_from"].strip()
    if products is not None and made_from and made_from not in products:
        fix = did_you_mean(made_from, products) or "write the id of a row of ligands.csv, or add that row"
        problems.append(row.problem("made_from", f"{shown(made_from)} is not the id of a product", fix))
    try:
        partner = partner_from_smiles(row["smiles"].strip())
    except StructureError as error:
        problems.append(row.problem("smiles", error.what, error.fix))
        return None
    for field, texts in (
        ("id", [row["id"].strip()]),
        ("name", [name]),
        ("aliases", names(row, "aliases")),
    ):
        refuse_misleading_names(row, field, texts, {partner.smiles}, problems)
    if len(problems) > before or not partner_id:
        return None
    return Partner(
        id=partner_id,
        name=name or partner_id,
        smiles=partner.smiles,
        charge=partner.charge,
        kind=partner.kind,
        aliases=tuple(names(row, "aliases")),
        made_from=made_from,
        route=Route(route),
        source=Source(source_doi or "", place) if source_doi or place else None,
        note=row["note"].strip(),
    )


def partner_from_smiles(smiles: str) -> Partner:
    """Make a partner of a cation that no file names.

    Parameters
    ----------
    smiles : str
        One cation.

    Returns
    -------
    Partner

    Raises
    ------
    StructureError
        If the SMILES is not one cation.

    Examples
    --------
    >>> partner_from_smiles("[K+]").kind.value
    'alkali metal ion'
    """
    species = split(smiles)
    if len(species) != 1 or not species[0].kind.is_cation:
        raise StructureError(f"{smiles!r} is not one cation", "write the ion with its charge, e.g. [Cs+]")
    text = canonical(smiles)
    return Partner(id=text, name=text, smiles=text, charge=species[0].charge, kind=species[0].kind)
