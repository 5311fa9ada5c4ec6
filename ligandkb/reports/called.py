"""What is a ligand called where people read?

A name where it has one. A structure that nobody named is called what it is to the reader, since a SMILES of two hundred
characters in each sentence hides what the sentence says; the SMILES itself stands once, where it can be copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LONGEST = 40
"""Longest name in characters that is shown whole; what a lab calls its row may be longer."""
_SHORT = 12
"""A SMILES up to this many characters is as good as a name."""
UNNAMED_PRODUCT = "this structure"
_MOLECULE = "the molecule"
_OF_A_CLASS = {"X": "its anion", "Z": "the salt", "zwitterion": "the zwitterion"}
UNNAMED = frozenset({*_OF_A_CLASS.values(), _MOLECULE})
"""What a form is called that has no name."""


def shortened(text: str, longest: int = LONGEST) -> str:
    """Text up to the last whole word that fits, and an ellipsis.

    Parameters
    ----------
    text : str
    longest : int
        In characters, the ellipsis included.

    Returns
    -------
    str

    Examples
    --------
    >>> shortened("added as octylphosphonic acid; above 90 %", 30)
    'added as octylphosphonic acid…'
    >>> shortened("anhydrous")
    'anhydrous'
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    words = kept if text[longest - 1] in " ,;:" else kept.rpartition(" ")[0]
    return f"{(words if len(words) > longest // 2 else kept).rstrip(' ,;:(')}…"


def product_called(product: Mapping[str, Any], unnamed: str = UNNAMED_PRODUCT) -> str:
    """Name of a product to buy, or what it is where it has none.

    Parameters
    ----------
    product : mapping
        With ``name`` and ``smiles``, as in ``to_buy`` of an explanation.
    unnamed : str
        What it is called without a name; where several stand side by side each needs its own.

    Returns
    -------
    str

    Examples
    --------
    >>> product_called({"name": "benzoic acid", "smiles": "OC(=O)c1ccccc1"})
    'benzoic acid'
    >>> product_called({"name": "OC(=O)c1ccc(CCC)cc1Br", "smiles": "OC(=O)c1ccc(CCC)cc1Br"})
    'this structure'
    """
    name, smiles = str(product["name"]), str(product["smiles"])
    return unnamed if name == smiles and len(name) > _SHORT else shortened(name)


def form_called(explained: Mapping[str, Any]) -> str:
    """Name of what binds, or what it is of the product where it has none.

    Examples
    --------
    >>> form_called({"binding_form": "benzoate", "binding_form_smiles": "O=C([O-])c1ccccc1"})
    'benzoate'
    >>> bromide = {"binding_form": "CCCc1ccc(C(=O)[O-])c(Br)c1", "binding_form_smiles": "CCCc1ccc(C(=O)[O-])c(Br)c1"}
    >>> form_called(bromide | {"ligand_class": "X"})
    'its anion'
    """
    name = str(explained["binding_form"])
    if len(name) <= _SHORT or name not in (explained["binding_form_smiles"], explained.get("smiles")):
        return shortened(name)
    return _OF_A_CLASS.get(str(explained["ligand_class"]), _MOLECULE)


def partner_called(explained: Mapping[str, Any]) -> str:
    """Name of the partner, or what it is of the product; ``none`` without one."""
    name, smiles = explained["partner_name"], explained["partner_smiles"]
    if name is None:
        return str(explained["partner"])
    return "its own cation" if name == smiles and len(name) > _SHORT else shortened(str(name))


def pair_called(explained: Mapping[str, Any]) -> str:
    """Name of the pair.

    Examples
    --------
    >>> benzoate = {"binding_form": "benzoate", "binding_form_smiles": "O=C([O-])c1ccccc1"}
    >>> partner = {"partner": "oleylammonium", "partner_name": "oleylammonium", "partner_smiles": "CCC[NH3+]"}
    >>> pair_called(benzoate | partner)
    'benzoate + oleylammonium'
    """
    form = form_called(explained)
    return form if explained["partner"] == "none" else f"{form} + {partner_called(explained)}"
