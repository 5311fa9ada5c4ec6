"""Does the acid's proton move to the amine that it is paired with?

By the difference of their aqueous pKa, each measured, predicted, or that of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from ligandkb.catalogue.partners import Partner, Route
from ligandkb.chemistry.acids import (
    ALKYLAMMONIUM_PKA,
    AMINE,
    BASES,
    AcidKind,
    ProtonTransfer,
    kind_of_carboxylate,
    most_acidic,
    pka_range,
    proton_transfer,
)
from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.chemistry.neutral import neutral_molecule
from ligandkb.chemistry.outline import outline_of
from ligandkb.chemistry.protonated import lone_carboxylate
from ligandkb.chemistry.structure import conjugate_acid, parse
from ligandkb.descriptors.aqueous import AqueousConstants
from ligandkb.descriptors.contract import Value
from ligandkb.descriptors.lead_scale import Sourced
from ligandkb.missing import Known, Missing, NotApplicable

PkaRange: TypeAlias = tuple[float, float]

ALKYLAMINE: PkaRange = (ALKYLAMMONIUM_PKA, ALKYLAMMONIUM_PKA)
"""What takes the proton where nothing better is known of the partner."""
_ERRORS = 2
"""Standard errors of a predicted pKa, up and down, within which the word must be the same."""
_NO_AMINE = NotApplicable("no amine takes a proton to become this partner")


def partner_pka(partner: Partner | None, aqueous: AqueousConstants) -> Known[Sourced]:
    """Aqueous pKa of a partner, which is the conjugate acid of the amine that it is made from.

    Parameters
    ----------
    partner : Partner or None
    aqueous : AqueousConstants

    Returns
    -------
    Sourced, Missing or NotApplicable
        Measured on it or on its head, else predicted.
    """
    base = neutral_molecule(partner.smiles) if partner is not None else _NO_AMINE
    if not isinstance(base, str):
        return _NO_AMINE
    form = form_of(base)
    return Missing("no donor in the amine") if form is None else aqueous.conjugate_acid_pka(form)


def base_range(partner: Partner | None, pka: Known[Sourced]) -> PkaRange:
    """Range of the pKa against which an acid is held.

    Parameters
    ----------
    partner : Partner or None
    pka : Sourced, Missing or NotApplicable
        As from :func:`partner_pka`.

    Returns
    -------
    tuple of float
        Of an amine nobody measured or predicted, and of what is no nitrogen base, that of an alkylamine; of other
        bases that of their kind.
    """
    if partner is None or partner.route is not Route.PROTON_TRANSFER:
        return ALKYLAMINE
    if isinstance(pka, Sourced):
        return _around(pka.estimate.value, pka.estimate.error)
    base = neutral_molecule(partner.smiles)
    mol = parse(base) if isinstance(base, str) else None
    kind = next((kind for kind in BASES if mol is not None and mol.HasSubstructMatch(kind.pattern)), AMINE)
    return ALKYLAMINE if kind is AMINE or kind.pka is None else kind.pka


def transfer_to(
    base: PkaRange, form: BindingForm, values: Mapping[str, Known[Value]]
) -> ProtonTransfer | None:
    """Whether the acid of a form gives its proton to a base.

    Parameters
    ----------
    base : tuple of float
        As from :func:`base_range`.
    form : BindingForm
    values : mapping
        Its descriptors, of which ``conjugate_acid_pka`` and its error are read.

    Returns
    -------
    ProtonTransfer or None
        By the acid's own pKa where it was measured, or where the prediction leaves one word; else by its kind's.
        None where no proton has to move.
    """
    by_kind = form.proton_transfer
    if by_kind is None:
        return None
    pka, error = (values.get(f"conjugate_acid_pka{which}") for which in ("", "_error"))
    if isinstance(pka, float):
        own = proton_transfer(*_around(pka, error if isinstance(error, float) else 0.0), base)
        if own is not ProtonTransfer.UNKNOWN or not isinstance(error, float):
            return own
    return by_kind if base == ALKYLAMINE else _by_kind(base, form, by_kind)


def _by_kind(base: PkaRange, form: BindingForm, to_alkylamine: ProtonTransfer) -> ProtonTransfer:
    acid = _kind_of_acid(form.smiles) if form.charge == -1 else None
    # Of an amino acid the ammonium's proton has to move, which its acid's kind says nothing of.
    pka = pka_range(acid) if acid is not None and acid.transfer is to_alkylamine else None
    found = ProtonTransfer.UNKNOWN if pka is None else proton_transfer(*pka, base)
    assert AMINE.pka is not None
    keeps = to_alkylamine is ProtonTransfer.NOT_EXPECTED and base[1] <= AMINE.pka[1]
    return ProtonTransfer.NOT_EXPECTED if keeps else found


def _kind_of_acid(anion: str) -> AcidKind | None:
    """Kind of the strongest acid in an anion's conjugate acid, which is drawn only where the anion doesn't tell."""
    mol = parse(anion)
    if lone_carboxylate(outline_of(mol)) is not None:
        return kind_of_carboxylate(mol)
    found = most_acidic(conjugate_acid(mol))
    return None if found is None else found[0]


def range_text(pka: PkaRange) -> str:
    """Write a range, a point as one number.

    Examples
    --------
    >>> range_text((4.596, 4.596)), range_text((10.0, 10.84))
    ('4.6', '10.0 to 10.8')
    """
    low, high = (f"{end:.1f}" for end in pka)
    return low if low == high else f"{low} to {high}"


def _around(pka: float, error: float) -> PkaRange:
    return pka - _ERRORS * error, pka + _ERRORS * error
