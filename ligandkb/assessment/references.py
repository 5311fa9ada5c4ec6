"""What is every pair held against?

The yardsticks are fixed structures, not rows of the catalogue: a lab's own rows must not be able to move them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from ligandkb.assessment.pairs import NATIVE_PARTNER, Pair, Recipe
from ligandkb.catalogue.partners import Partner, partner_from_smiles
from ligandkb.catalogue.products import NamedForm, product_from_smiles
from ligandkb.chemistry.composition import Composition
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.native import OLEIC_ACID, OLEYLAMINE, OLEYLAMMONIUM

_HALIDES = {"Cl": ("chloride", "[Cl-]"), "Br": ("bromide", "[Br-]"), "I": ("iodide", "[I-]")}


@lru_cache(maxsize=1)
def reference_pairs() -> Mapping[LigandClass, Pair]:
    """The pair that each class of ligands is compared with.

    Returns
    -------
    mapping of LigandClass to Pair
        Oleylammonium-oleate for X, the control of Nenon et al. (doi 10.1021/jacs.8b11035, Table 1), and
        oleylamine for L. Zwitterions bind as X, and Z-type salts are held against the paper's control, too.

    Examples
    --------
    >>> {str(kind): pair.form.name for kind, pair in reference_pairs().items()}
    {'X': 'oleate', 'L': 'oleylamine'}
    """
    acid, amine = product_from_smiles(OLEIC_ACID, "oleic acid"), product_from_smiles(OLEYLAMINE, "oleylamine")
    return MappingProxyType(
        {
            LigandClass.X: Pair(
                acid.forms[0], _oleylammonium(), 1, 1, (Recipe((acid, amine), "oleic acid with oleylamine"),)
            ),
            LigandClass.L: Pair(amine.forms[0], None, 1, 0, (Recipe((amine,), "as bought"),)),
        }
    )


def native_halide_pair(composition: Composition) -> Pair | None:
    """The other yardstick: oleylammonium with the crystal's own halide.

    Parameters
    ----------
    composition : Composition

    Returns
    -------
    Pair or None
        None where the crystal has several halides, or its halide is not stated.

    Examples
    --------
    >>> from ligandkb.chemistry.composition import parse_composition
    >>> native_halide_pair(parse_composition("CsPbBr3")).form.name
    'bromide'
    """
    if not composition.is_pure:
        return None
    name, anion = _HALIDES[next(iter(composition.amounts))]
    salt = product_from_smiles(f"{OLEYLAMMONIUM}.{anion}", f"oleylammonium {name}")
    form = next(named.form for named in salt.forms if named.form.smiles == anion)
    return Pair(NamedForm(name, form), _oleylammonium(), 1, 1, (Recipe((salt,), "as bought"),))


def _oleylammonium() -> Partner:
    return replace(partner_from_smiles(OLEYLAMMONIUM), id=NATIVE_PARTNER, name=NATIVE_PARTNER)
