"""As what does a supplier sell this?

A list sells solvents, reagents and mixtures beside ligands, and amines as their salts with trifluoroacetic or
hydrochloric acid. Nobody who looks for trifluoroacetate buys it like that.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ligandkb.assessment.pairs import Pair
from ligandkb.catalogue.catalogue import Catalogue
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.acids import BASES
from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.species import SpeciesKind, formula_unit
from ligandkb.chemistry.structure import parse

SALT_FORMERS: Mapping[str, str] = MappingProxyType(
    {
        "hydrogen chloride": "Cl",
        "hydrogen bromide": "Br",
        "hydrogen iodide": "I",
        "perchloric acid": "OCl(=O)(=O)=O",
        "nitric acid": "O[N+](=O)[O-]",
        "sulfuric acid": "OS(=O)(=O)O",
        "phosphoric acid": "OP(=O)(O)O",
        "carbonic acid": "OC(=O)O",
        "tetrafluoroboric acid": "[H+].F[B-](F)(F)F",
        "hexafluorophosphoric acid": "[H+].F[P-](F)(F)(F)(F)F",
        "methanesulfonic acid": "CS(=O)(=O)O",
        "trifluoromethanesulfonic acid": "OS(=O)(=O)C(F)(F)F",
        "benzenesulfonic acid": "OS(=O)(=O)c1ccccc1",
        "4-toluenesulfonic acid": "Cc1ccc(S(=O)(=O)O)cc1",
        "trifluoroacetic acid": "OC(=O)C(F)(F)F",
        "formic acid": "OC=O",
        "acetic acid": "CC(=O)O",
        "lactic acid": "CC(O)C(=O)O",
        "benzoic acid": "OC(=O)c1ccccc1",
        "salicylic acid": "OC(=O)c1ccccc1O",
        "oxalic acid": "OC(=O)C(=O)O",
        "malonic acid": "OC(=O)CC(=O)O",
        "succinic acid": "OC(=O)CCC(=O)O",
        "maleic acid": r"OC(=O)/C=C\C(=O)O",
        "fumaric acid": "OC(=O)/C=C/C(=O)O",
        "maleic or fumaric acid": "OC(=O)C=CC(=O)O",
        "malic acid": "OC(=O)CC(O)C(=O)O",
        "L-malic acid": "OC(=O)C[C@H](O)C(=O)O",
        "D-malic acid": "OC(=O)C[C@@H](O)C(=O)O",
        "tartaric acid": "OC(=O)C(O)C(O)C(=O)O",
        "L-tartaric acid": "OC(=O)[C@H](O)[C@@H](O)C(=O)O",
        "D-tartaric acid": "OC(=O)[C@@H](O)[C@H](O)C(=O)O",
        "citric acid": "OC(=O)CC(O)(CC(=O)O)C(=O)O",
    }
)
"""Acids with which bases are sold as salts. Ours: common counter-ions of drugs, as doi 10.1021/jm701032y counts them;
what chromatography leaves, trifluoroacetic and formic acid; and what building blocks are sold with, oxalic acid."""

_METALS = frozenset({SpeciesKind.ALKALI, SpeciesKind.METAL})
_PROTONATED = frozenset({SpeciesKind.AMMONIUM, SpeciesKind.AMIDINIUM})
"""Cations that a base becomes when it takes a proton."""
_OF_MOLECULES = frozenset({SpeciesKind.NEUTRAL, SpeciesKind.ZWITTERION})


def sold_as(product: Product) -> str | None:
    """Say what a product is if it isn't sold as one compound to bind.

    Parameters
    ----------
    product : Product

    Returns
    -------
    str or None
        Its role in the catalogue where that isn't ``ligand``; ``mixture`` where several molecules, or a molecule
        beside ions, make it up (the water of a hydrate isn't counted); else None.

    Examples
    --------
    >>> from ligandkb.catalogue.products import product_from_smiles
    >>> sold_as(product_from_smiles("CCO.CC(=O)O")), sold_as(product_from_smiles("O.O=C([O-])C.[Na+]"))
    ('mixture', None)
    """
    if product.role != "ligand":
        return product.role
    molecules = sum(part.kind in _OF_MOLECULES for part in product.species)
    ions = any(part.charge for part in product.species)
    return "mixture" if molecules + ions > 1 else None


def is_counter_ion(pair: Pair, catalogue: Catalogue) -> bool:
    """Whether a form is no more than the acid with which a base is sold.

    Parameters
    ----------
    pair : Pair
    catalogue : Catalogue
        A salt of the catalogue is an offer of both its ions, and so is one of a partner of the catalogue.

    Returns
    -------
    bool
        True where the form comes from one of :data:`SALT_FORMERS` and stands beside a base: a cation that has
        donors of its own, or one that took a proton and is no partner of the catalogue, or an amine that nobody drew
        as a cation. It is no verdict on the form: another product may offer it.

    Examples
    --------
    >>> import ligandkb as lk
    >>> kb = lk.load()
    >>> salts = "[Cl-].[NH3+]Cc1ccncc1", "OC(=O)C(F)(F)F.NCc1ccccc1F", "[Br-].CCCCCCCC[N+](C)(C)C"
    >>> [is_counter_ion(kb.assess(salt).pair, kb.catalogue) for salt in salts]
    [True, True, False]
    """
    product, form = pair.product, pair.form.form
    if len(product.species) == 1 or form.smiles not in _usual_counter_ions():
        return False
    if formula_unit(product.species) in catalogue.structures.products:
        return False
    return any(_is_base(part.smiles, part.kind, catalogue) for part in product.species)


def _is_base(smiles: str, kind: SpeciesKind, catalogue: Catalogue) -> bool:
    if kind is SpeciesKind.NEUTRAL:
        return any(parse(smiles).HasSubstructMatch(base.pattern) for base in BASES)
    if not kind.is_cation or kind in _METALS:
        return False
    if smiles in catalogue.partners_by_smiles:
        return False
    return kind in _PROTONATED or bool(binding_forms(smiles))


@cache
def _usual_counter_ions() -> frozenset[str]:
    return frozenset(form.smiles for acid in SALT_FORMERS.values() for form in binding_forms(acid))
