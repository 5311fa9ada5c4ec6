"""Is this donor hard, borderline or soft in Pearson's classification?

The classification is the field's own and knows whole groups of bases, not substituents: it calls every
carboxylate hard, and phosphonates and sulfonates don't stand in it. Pb2+ is a borderline acid in it, where
the paper speaks of a relatively soft one.
"""

from __future__ import annotations

from ligandkb.chemistry.motifs import BindingMode
from ligandkb.descriptors.definitions import Definition
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.provenance import Source

PEARSON_TABLE = Source("10.1021/cr900134a", "Table 3")

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "hsab_class",
        "text",
        "class of the donor group in Pearson's classification of bases; missing for groups that the cited "
        "table doesn't hold",
        allowed=("hard", "borderline", "soft"),
        tier="measured",
        method="look-up by donor group and, for halides, element",
        source=PEARSON_TABLE,
    ),
)

# Group, or group and element, to class, as the cited table prints it: CH3CO2-, CO3 2-, NO3-, OH-, O 2-,
# SO4 2-, PO4 3-, ClO4-, RO-, ROH, R2O, RNH2, F-, Cl- hard; NO2-, Br-, N3-, C6H5NH2, pyridine, imidazole
# borderline; RSH, RS-, R2S, S 2-, HS-, CN-, RNC, I-, R3P soft.
_CLASSES: dict[str, str] = {
    "carboxylate": "hard",
    "carbonate": "hard",
    "nitrate": "hard",
    "hydroxide": "hard",
    "oxide": "hard",
    "perchlorate": "hard",
    "alkoxide": "hard",
    "alcohol": "hard",
    "ether": "hard",
    "amine": "hard",
    "halide F": "hard",
    "halide Cl": "hard",
    "nitrite": "borderline",
    "halide Br": "borderline",
    "azide": "borderline",
    "aromatic amine": "borderline",
    "pyridine": "borderline",
    "azole": "borderline",
    "thiol": "soft",
    "thiolate": "soft",
    "thioether": "soft",
    "sulfide": "soft",
    "cyanide": "soft",
    "isocyanide": "soft",
    "halide I": "soft",
    "phosphine": "soft",
}


def hsab_class(mode: BindingMode | None) -> Known[str]:
    """Class of a binding mode's donor.

    Parameters
    ----------
    mode : BindingMode or None
        None for Z-type ligands.

    Returns
    -------
    str, Missing or NotApplicable
        ``hard``, ``borderline`` or ``soft``.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> hsab_class(form_of("CCCCCCCCP(CCCCCCCC)CCCCCCCC").mode)
    'soft'
    >>> str(hsab_class(form_of("CS(=O)(=O)[O-]").mode))
    "missing (sulfonate is not in Pearson's table)"
    """
    if mode is None:
        return NotApplicable("no donor atom")
    key = f"halide {mode.element}" if mode.group == "halide" else mode.group
    return _CLASSES.get(key) or Missing(f"{mode.group} is not in Pearson's table")
