"""What must be kept from air and moisture, and why?

By the product's own hazard statements, and by classes of compounds that take up oxygen readily or ignite. What is
not listed here has not been assessed: that is no word that it bears air.
"""

from __future__ import annotations

from collections.abc import Iterable

from ligandkb.assessment.dangers import ProductDanger
from ligandkb.catalogue.products import Product
from ligandkb.chemistry.alerts.alert import METAL, Alert
from ligandkb.chemistry.structure import parse

PYROPHORIC_CLASSES = (
    "University of Minnesota Duluth, Pyrophoric Chemicals, Table 5-3 (d.umn.edu/ehso/Pyrophoric.html)"
)
"""Names these classes, and that they are stored and handled under an inert atmosphere."""

STATEMENTS = {
    "H250": "catches fire spontaneously if exposed to air",
    "H251": "self-heating; may catch fire",
    "H252": "self-heating in large quantities; may catch fire",
    "H260": "in contact with water releases flammable gases which may ignite spontaneously",
    "H261": "in contact with water releases flammable gases",
    "EUH014": "reacts violently with water",
}
"""Hazard statements that ask for inert gas, with the wording of the Globally Harmonised System (EUH: Regulation (EC)
1272/2008)."""

CLASSES: tuple[Alert, ...] = (
    Alert(
        "alkylphosphine",
        "[#15,#33;X3;+0;$(*([CX4])[CX4])]",  # three-bonded P or As with two saturated carbons
        "a phosphine or arsine with alkyl groups, which takes up oxygen; short ones ignite in air",
        ("CCCCP(CCCC)CCCC", "CP(C)C", "CCPCC", "CCCCCCCCP(CCCCCCCC)CCCCCCCC", "CP(C)c1ccccc1"),
        ("c1ccccc1P(c1ccccc1)CCP(c1ccccc1)c1ccccc1", "CCCCP(=O)(CCCC)CCCC", "CCP(=O)(O)O", "COP(OC)OC"),
    ),
    Alert(
        "phosphine_hydride",
        "[#15,#33;H1,H2,H3;X3;+0]",
        "a hydride of phosphorus or arsenic, which takes up oxygen and may ignite in air",
        ("P", "Pc1ccccc1", "c1ccccc1Pc1ccccc1", "CC(C)(C)[AsH2]"),
        ("c1ccccc1P(c1ccccc1)c1ccccc1", "O=[PH](OCC)OCC", "OP=O"),
    ),
    Alert(
        "alkylborane",
        "[BX3;+0;$(B[CX4]);!$(B[O,N])]",
        "a trialkylborane or alkylhaloborane, which takes up oxygen or ignites in air",
        ("CCB(CC)CC",),
        ("OB(O)CCCC", "c1ccc(cc1)B(c1ccccc1)c1ccccc1", "F[B-](F)(F)F"),
    ),
    Alert(
        "metal_alkyl",
        # a metal on a carbon that bears no oxygen: no cyanide, carbonyl or carboxylate
        f"{METAL[:-1]};!#50;!#80;!#82;!#83]~[#6;!$(C#N);!$(C~O)]",
        "a bond between a reactive metal and carbon, which ignites in air or reacts with water",
        ("C[Al](C)C", "CC[Zn]CC", "CCCC[Li]", "C[Mg]Br"),
        ("CCCC[Sn](CCCC)(CCCC)CCCC", "[Na+].CC(=O)[O-]", "[K+].[C-]#N"),
    ),
    Alert(
        "hydride",
        "[#1-,$([#5;+0;H1,H2,H3;!$([#5]~[#6,#7,#8])]),$([#13;H1,H2,H3,H4])]",
        "a hydride of boron, aluminium or a metal, which ignites in air or reacts with water",
        ("[Na+].[H-]", "[Li+].[AlH4-]", "B"),
        ("OB(O)c1ccccc1", "OBO", "CCO", "[Na+].[BH4-]"),
    ),
)
"""Classes that ask for inert gas, each with what it is."""


def inert_gas_reasons(products: Iterable[Product], dangers: Iterable[ProductDanger]) -> tuple[str, ...]:
    """Say which products must be weighed in and dissolved under inert gas.

    Parameters
    ----------
    products : iterable of Product
        That are weighed in.
    dangers : iterable of ProductDanger
        What is known of them.

    Returns
    -------
    tuple of str
        One sentence for each product; empty where nothing asks for it.

    Examples
    --------
    >>> import ligandkb as lk
    >>> found = lk.load().assess("C[Al](C)C")
    >>> inert_gas_reasons([found.pair.product], [])[0][:89]
    'C[Al](C)C: weigh in and dissolve it under nitrogen or argon, in degassed, dried solvents:'
    """
    labels = {danger.product: danger.label for danger in dangers}
    said = []
    for product in products:
        label = labels.get(product.id)
        codes = label.codes if label is not None else frozenset()
        reasons = [f"{code}: {meaning}" for code, meaning in STATEMENTS.items() if code in codes]
        mol = parse(product.smiles)
        reasons += [
            f"{alert.meaning} ({PYROPHORIC_CLASSES})" for alert in CLASSES if alert.matches_molecule(mol)
        ]
        if reasons:
            said.append(
                f"{product.name}: weigh in and dissolve it under nitrogen or argon, in degassed, dried solvents: "
                f"{'; '.join(reasons)}."
            )
    return tuple(said)
