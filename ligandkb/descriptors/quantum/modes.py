"""On which scale does a form stand, and what are its binding modes called?"""

from __future__ import annotations

from collections import Counter

from ligandkb.chemistry.forms import BindingForm
from ligandkb.chemistry.motifs import LigandClass


def hardness_scale(form: BindingForm) -> str:
    """On which of the scales a form's hardness stands.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> hardness_scale(form_of("CC(=O)[O-]")), hardness_scale(form_of("CN"))
    ('X radical', 'L molecule')
    """
    if form.ligand_class is LigandClass.ZWITTERION:
        return "zwitterion"
    if form.charge == 0:
        return "L molecule"
    return "X radical" if form.charge == -1 else "X2 neutral"


def mode_names(form: BindingForm) -> tuple[str, ...]:
    """Name of each binding mode: its donor group, numbered where a group occurs more than once.

    Examples
    --------
    >>> from ligandkb.chemistry.forms import form_of
    >>> mode_names(form_of("[S-]C#N"))
    ('thiocyanate-S', 'thiocyanate-N')
    """
    seen: Counter[str] = Counter()
    names = []
    for mode in form.modes:
        seen[mode.group] += 1
        names.append(mode.group if seen[mode.group] == 1 else f"{mode.group} ({seen[mode.group]})")
    return tuple(names)
