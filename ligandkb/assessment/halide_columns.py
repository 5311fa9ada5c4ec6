"""Whose halide is it, and what does it do to the crystal?"""

from __future__ import annotations

from ligandkb.assessment.pair_on_crystal import PairOnCrystal
from ligandkb.chemistry.composition import HALIDES, Composition
from ligandkb.descriptors.contract import Descriptors
from ligandkb.missing import Known, Missing, NotApplicable


def _halides(row: PairOnCrystal) -> tuple[Composition, frozenset[str], frozenset[str]]:
    return row.composition, row.bound_halides, row.brought_halides


HALIDE: Descriptors[PairOnCrystal] = Descriptors(alike=_halides)

_NO_HALIDE_BINDS = NotApplicable("no halide binds")
_HALIDE_NOT_STATED = Missing("the composition does not state the halide")


@HALIDE.define(
    "crystal_halide",
    "text",
    "halide of the crystal, mixed where it has several",
    allowed=(*HALIDES, "mixed"),
    tier="structure",
)
def crystal_halide(row: PairOnCrystal) -> Known[str]:
    """Halide of the crystal."""
    if row.composition.is_family:
        return _HALIDE_NOT_STATED
    return next(iter(row.composition.amounts)) if row.composition.is_pure else "mixed"


@HALIDE.define(
    "bound_halide",
    "text",
    "halide that binds or that a metal halide brings, mixed where it brings several",
    allowed=("F", *HALIDES, "mixed"),
    tier="structure",
)
def bound_halide(row: PairOnCrystal) -> Known[str]:
    """Halide that binds."""
    if not row.bound_halides:
        return _NO_HALIDE_BINDS
    return next(iter(row.bound_halides)) if len(row.bound_halides) == 1 else "mixed"


@HALIDE.define(
    "binds_halide",
    "flag",
    "whether a halide binds, by itself or out of a metal halide",
    tier="structure",
)
def binds_halide(row: PairOnCrystal) -> bool:
    """Whether a halide binds."""
    return bool(row.bound_halides)


@HALIDE.define(
    "halide_is_own",
    "flag",
    "whether what binds is the crystal's only halide; missing on a crystal of several",
    tier="structure",
)
def halide_is_own(row: PairOnCrystal) -> Known[bool]:
    """Whether what binds heals a vacancy and changes nothing else: credit for passivation hangs on it."""
    if not row.bound_halides:
        return _NO_HALIDE_BINDS
    if not row.bound_halides <= row.composition.halides:
        return False
    if row.composition.is_family:
        return _HALIDE_NOT_STATED
    if not row.composition.is_pure:
        return Missing("one halide of several heals a vacancy and shifts the crystal's ratio at once")
    return True


@HALIDE.define(
    "brings_foreign_halide",
    "flag",
    "whether a halide that the crystal doesn't have comes into the vial, as ion or easily set free",
    tier="structure",
)
def brings_foreign_halide(row: PairOnCrystal) -> Known[bool]:
    """Whether a halide that the crystal doesn't have comes into the vial."""
    foreign = bool(row.brought_halides - row.composition.halides)
    unclear = row.composition.is_family and row.brought_halides and not foreign
    return _HALIDE_NOT_STATED if unclear else foreign


@HALIDE.define(
    "shifts_halide_ratio",
    "flag",
    "whether a halide comes to a crystal of several halides, whose ratio it can shift",
    tier="structure",
)
def shifts_halide_ratio(row: PairOnCrystal) -> Known[bool]:
    """Whether a halide comes to a crystal of several."""
    shifts = bool(row.brought_halides) and not row.composition.is_pure
    unclear = row.composition.is_family and row.composition.halides == frozenset(HALIDES)
    return _HALIDE_NOT_STATED if shifts and unclear else shifts
