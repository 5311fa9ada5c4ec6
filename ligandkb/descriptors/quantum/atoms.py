"""What are I and A of a lone atom, by experiment?

GFN2-xTB does not order the halogens, so monatomic anions take the elements' measured values, from the
``mendeleev`` package, which cites its sources.
"""

from __future__ import annotations

import re

from ligandkb.descriptors.quantum.global_ import Reactivity
from ligandkb.problems import ExtraMissingError

_MONATOMIC_ANION = re.compile(r"\[([A-Z][a-z]?)-\d?\]")


def monatomic_anion_element(species: str) -> str | None:
    """Element symbol of a monatomic anion, None for anything else.

    Examples
    --------
    >>> monatomic_anion_element("[Br-]"), monatomic_anion_element("[S-2]"), monatomic_anion_element("[OH-]")
    ('Br', 'S', None)
    """
    match = _MONATOMIC_ANION.fullmatch(species)
    return match.group(1) if match else None


def ion_reactivity(symbol: str, charge: int = 0) -> Reactivity:
    """Experimental I and A of an atom or of its cation.

    Parameters
    ----------
    symbol : str
        Element.
    charge : int
        0 for the atom, 2 for Pb2+: then I is the third and A the second ionization energy.

    Returns
    -------
    Reactivity
        Without shift.

    Raises
    ------
    ExtraMissingError
        If mendeleev is not installed.
    LookupError
        If the element has no such measured value.

    Examples
    --------
    >>> round(ion_reactivity("Pb", 2).hardness_ev, 2), round(ion_reactivity("Cl").hardness_ev, 2)
    (8.45, 4.68)
    """
    try:
        from mendeleev.mendeleev import element  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissingError("mendeleev", "quantum") from error
    found = element(symbol)
    ionization = found.ionenergies.get(charge + 1)
    affinity = found.ionenergies.get(charge) if charge else found.electron_affinity
    if ionization is None or affinity is None:
        raise LookupError(
            f"no measured ionization energy and electron affinity for {symbol} with charge {charge:+d}"
        )
    return Reactivity(float(ionization), float(affinity))
