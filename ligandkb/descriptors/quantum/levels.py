"""By which method was this number computed?

A level is a method and a surrounding; geometries are always GFN2-xTB in the gas phase, whatever the level of
the energies, so that levels differ in nothing but the energies.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from ligandkb.arguments import Several, name, several
from ligandkb.problems import LigandkbError, UsageError, did_you_mean
from ligandkb.provenance import Source

HARTREE_EV = 27.211386245988
"""Hartree in eV, CODATA 2018 (https://physics.nist.gov/cgi-bin/cuu/Value?hrev)."""

GFN2, GFN1, PBE0 = "GFN2-xTB", "GFN1-xTB", "PBE0/def2-SVPD"
METHODS = (GFN2, GFN1, PBE0)
SOLVENTS = ("gas", "toluene")


@dataclass(frozen=True, order=True)
class Level:
    """Method and surrounding of an energy.

    Attributes
    ----------
    method : str
        One of :data:`METHODS`.
    solvent : str
        ``gas`` or ``toluene`` (ALPB, doi 10.1021/acs.jctc.1c00471; vertical: at the gas-phase geometry).
    """

    method: str = GFN2
    solvent: str = "gas"

    def __str__(self) -> str:
        return f"{self.method}, {self.solvent}"


def read_levels(given: Several[Level | str]) -> tuple[Level, ...]:
    """Read levels: each a method, and a surrounding where it isn't the gas phase.

    Parameters
    ----------
    given : Level, str, or iterable of them
        Such as ``GFN2-xTB`` or ``GFN2-xTB, toluene``.

    Returns
    -------
    tuple of Level

    Raises
    ------
    UsageError
        If there is no such method or surrounding.

    Examples
    --------
    >>> read_levels("GFN1-xTB, toluene")
    (Level(method='GFN1-xTB', solvent='toluene'),)
    """
    every: tuple[object, ...] = several(given)
    return tuple(one if isinstance(one, Level) else _read_level(name("levels", one)) for one in every)


def _read_level(text: str) -> Level:
    method, _, solvent = (part.strip() for part in text.partition(","))
    level = Level(method, solvent or "gas")
    for word, known in ((level.method, METHODS), (level.solvent, SOLVENTS)):
        if word not in known:
            hint = did_you_mean(word, known) or f"name one of {', '.join(known)}"
            raise UsageError(f"levels: {word!r} is neither a method nor a surrounding: {hint}")
    return level


DEFAULT_LEVEL = Level()
XTB_LEVELS = tuple(Level(method, solvent) for method in (GFN2, GFN1) for solvent in SOLVENTS)
DFT_LEVEL = Level(PBE0, "gas")

IPEA_SHIFT_EV = {GFN2: 0.1 * 1.78069 * HARTREE_EV, GFN1: 0.1 * 1.78069 * HARTREE_EV, PBE0: 0.0}
"""What ``xtb --vipea`` takes off I and A alike, in eV (4.8455); none for PBE0.

The constant is ``ipeashift`` in ``src/xtb/gfn2.f90`` and ``src/xtb/gfn1.f90`` of github.com/grimme-lab/xtb,
scaled by 0.1 Hartree where the parameters are read and subtracted from both differences in
``src/prog/main.F90``. The program cites Asgeirsson, Bauer and Grimme, Chem. Sci. 2017, 8, 4879. It cancels
in the hardness.
"""

SOURCES = {
    GFN2: Source("10.1021/acs.jctc.8b01176"),
    GFN1: Source("10.1021/acs.jctc.7b00118"),
    PBE0: Source("10.1063/1.478522"),
}
IPEA_SHIFT = Source("10.1039/c7sc00601b")


class ComputationError(LigandkbError):
    """A computation that was tried without success; the message is the reason."""


def library_versions(method: str) -> str:
    """Libraries that decide a computed value, with their versions, for the record.

    Examples
    --------
    >>> "rdkit" in library_versions("GFN2-xTB")
    True
    """
    names = ["rdkit", "ase", "tblite"] + (["pyscf"] if method == PBE0 else [])
    return "; ".join(f"{name} {_version(name)}" for name in names)


def element_versions() -> str:
    """Name the library that decides a value taken from the elements."""
    return f"mendeleev {_version('mendeleev')}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
