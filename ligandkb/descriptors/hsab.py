"""Is this donor hard, borderline or soft in Pearson's classification?

The classification is the field's own and knows whole groups of bases, not substituents: it calls every
carboxylate hard, and phosphonates and sulfonates don't stand in it. Pb2+ is a borderline acid in it, where
the paper speaks of a relatively soft one.
"""

from __future__ import annotations

from ligandkb.chemistry.forms import BindingForm
from ligandkb.descriptors.contract import Descriptors
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.provenance import Source

PEARSON_TABLE = Source("10.1021/cr900134a", "Table 3")

HSAB: Descriptors[BindingForm] = Descriptors()

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


@HSAB.define(
    "hsab_class",
    "text",
    "class of the donor group in Pearson's classification of bases; missing for groups that the cited "
    "table doesn't hold",
    allowed=("hard", "borderline", "soft"),
    tier="measured",
    method="look-up by donor group and, for halides, element",
    source=PEARSON_TABLE,
)
def hsab_class(form: BindingForm) -> Known[str]:
    """Class of the donor of a form's first mode.

    Parameters
    ----------
    form : BindingForm

    Returns
    -------
    str, Missing or NotApplicable
        ``hard``, ``borderline`` or ``soft``; not applicable to forms without a donor, such as Z-type ligands.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> hsab_class(form_of("CCCCCCCCP(CCCCCCCC)CCCCCCCC"))
    'soft'
    >>> str(hsab_class(form_of("CS(=O)(=O)[O-]")))
    "missing (sulfonate is not in Pearson's table)"
    """
    mode = form.mode
    if mode is None:
        return NotApplicable("no donor atom")
    key = f"halide {mode.element}" if mode.group == "halide" else mode.group
    return _CLASSES.get(key) or Missing(f"{mode.group} is not in Pearson's table")
