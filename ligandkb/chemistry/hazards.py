"""What in this vial could hurt, going by structure alone?

A product is judged by the structural alerts of :mod:`ligandkb.chemistry.alerts`, a mixture by its
products and by what they give together; the crystal's Pb2+ is always part of the mixture. A structure
without alert is not thereby safe: most dangers don't show in a structure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from rdkit import Chem

from ligandkb.chemistry.acids import most_acidic
from ligandkb.chemistry.alerts import ALERTS, Alert
from ligandkb.chemistry.alerts.search import AlertSearch
from ligandkb.chemistry.inchi import atoms_formula
from ligandkb.chemistry.lasting import lasting
from ligandkb.chemistry.proton_shifts import internal_salt
from ligandkb.chemistry.remembered import remembered
from ligandkb.chemistry.species import formula_unit, split
from ligandkb.chemistry.structure import parse
from ligandkb.problems import StructureError

__all__ = [
    "ALERTS",
    "MIXTURE_ALERTS",
    "RELEASES",
    "Alert",
    "Release",
    "alerts_of",
    "mixture_alerts",
    "released_by",
]

_EXPLOSIVE_WITH_LEAD = frozenset(
    {
        "contains_azide",
        "contains_fulminate",
        "contains_polynitrophenol",
        "contains_perchlorate",
        "contains_chlorate",
        "contains_acetylide",
        "contains_energetic_tetrazole",
    }
)
_ACIDS = frozenset({"contains_acid_proton"})
# HCN and H2S are acids about as weak as an ammonium ion, and gases that leave the equilibrium.
_ACIDS_AND_AMMONIUM = _ACIDS | {"contains_ammonium_proton"}


@dataclass(frozen=True)
class Release:
    """A gas that two kinds of product give off only together.

    Attributes
    ----------
    name : str
        Name of the flag, a column of the rules.
    sources, acids : frozenset of str
        Alerts: one of each is needed, on the same product or on two.
    meaning : str
        In words.
    """

    name: str
    sources: frozenset[str]
    acids: frozenset[str]
    meaning: str


RELEASES: tuple[Release, ...] = (
    Release(
        "could_release_hydrogen_fluoride",
        frozenset({"contains_fluoride", "contains_fluoroanion", "contains_hydrogen_fluoride"}),
        _ACIDS,
        "fluoride or a complex fluoroanion together with an acid",
    ),
    Release(
        "could_release_hydrogen_cyanide",
        frozenset({"contains_cyanide", "contains_cyanide_source"}),
        _ACIDS_AND_AMMONIUM,
        "cyanide together with an acid or an N-H ammonium ion",
    ),
    Release(
        "could_release_hydrogen_sulfide",
        frozenset({"contains_sulfide", "contains_hydrogen_sulfide"}),
        _ACIDS_AND_AMMONIUM,
        "sulfide together with an acid or an N-H ammonium ion",
    ),
    Release(
        "could_release_carbon_disulfide",
        frozenset({"contains_xanthate", "contains_dithiocarbamate"}),
        _ACIDS,
        "xanthate or dithiocarbamate together with an acid",
    ),
)
MIXTURE_ALERTS: Mapping[str, str] = MappingProxyType(
    {"forms_explosive_with_lead": "an anion whose lead salt is explosive meets the crystal's lead"}
    | {release.name: release.meaning for release in RELEASES}
)
"""Names of the alerts that :func:`mixture_alerts` raises, with their meaning."""


@remembered(65536)
@lasting
def alerts_of(smiles: str) -> frozenset[str]:
    """Names of the alerts that a product or species raises.

    Parameters
    ----------
    smiles : str
        Product or species; salts may be drawn with ions or with bonds.

    Returns
    -------
    frozenset of str
        Names out of :data:`ALERTS`.

    Raises
    ------
    StructureError
        If the SMILES can't be read.

    Examples
    --------
    >>> sorted(alerts_of("OC(=O)CF"))
    ['contains_acid_proton', 'contains_fluoroacetyl']
    """
    drawn = parse(smiles)
    unit, species = _species(smiles, drawn)
    raised = set(_search(of_drawings=False).raised(species, atoms_formula(unit)))
    if species is not drawn and "[" in smiles:  # a metal stands in brackets
        raised.update(_search(of_drawings=True).raised(drawn))
    if not raised.isdisjoint(_OF_FREE_MOLECULES):
        in_the_vial = _with_internal_salts(smiles, species)
        raised.difference_update(
            alert.name
            for alert in ALERTS
            if alert.name in _OF_FREE_MOLECULES & raised and not alert.matches_molecule(in_the_vial)
        )
    return frozenset(raised)


@cache
def _search(*, of_drawings: bool) -> AlertSearch:
    """Made only when asked for: reading the patterns takes a tenth of a second."""
    return AlertSearch(alert for alert in ALERTS if alert.as_drawn or not of_drawings)


def mixture_alerts(smiles: Iterable[str]) -> frozenset[str]:
    """Names of the alerts that products raise only together, or with the lead of the crystal.

    Parameters
    ----------
    smiles : iterable of str
        Everything that goes into the vial besides the crystal.

    Returns
    -------
    frozenset of str
        Names out of :data:`MIXTURE_ALERTS`.

    Raises
    ------
    StructureError
        If a SMILES can't be read.

    Examples
    --------
    >>> sorted(mixture_alerts(["[NH4+].F[P-](F)(F)(F)(F)F", "CC(=O)O"]))
    ['could_release_hydrogen_fluoride']
    """
    return released_by(frozenset().union(*map(alerts_of, smiles)))


@lru_cache(maxsize=4096)
def released_by(alerts: frozenset[str]) -> frozenset[str]:
    """Names of the alerts that follow where others are raised in one vial.

    Parameters
    ----------
    alerts : frozenset of str
        Names out of :data:`ALERTS`, of everything that goes into the vial besides the crystal.

    Returns
    -------
    frozenset of str
        Names out of :data:`MIXTURE_ALERTS`.

    Examples
    --------
    >>> sorted(released_by(frozenset({"contains_sulfide", "contains_acid_proton"})))
    ['could_release_hydrogen_sulfide']
    """
    found = {release.name for release in RELEASES if alerts & release.sources and alerts & release.acids}
    if alerts & _EXPLOSIVE_WITH_LEAD:
        found.add("forms_explosive_with_lead")
    return frozenset(found)


# What burns or smells is the molecule, not the zwitterion that taurine and cysteine are. Whether something is set
# free in a mixture is still judged as if every acid kept its proton.
_OF_FREE_MOLECULES = frozenset({"contains_strong_acid", "contains_thiol"})


def _species(smiles: str, drawn: Chem.Mol) -> tuple[str, Chem.Mol]:
    """Draw the product as the species that it consists of; leave it as drawn where it can't be split."""
    try:
        unit = formula_unit(split(smiles))
        return unit, parse(unit)
    except StructureError:
        return smiles, drawn


def _with_internal_salts(smiles: str, species: Chem.Mol) -> Chem.Mol:
    """Draw the amino acids among the species of a product as zwitterions."""
    try:
        parts = split(smiles)
    except StructureError:
        return species
    salts = [salt for part in parts if (salt := _internal_salt(part.smiles)) is not None]
    others = [part.smiles for part in parts if _internal_salt(part.smiles) is None]
    return parse(".".join((*salts, *others))) if salts else species


@remembered(65536)
def _internal_salt(smiles: str) -> str | None:
    mol = parse(smiles)
    acid = most_acidic(mol)
    salt = internal_salt(mol, *acid) if acid is not None else None
    return str(Chem.MolToSmiles(salt[0])) if salt is not None else None
