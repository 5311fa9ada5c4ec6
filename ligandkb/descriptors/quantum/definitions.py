"""What do the quantum chemical numbers mean, and when is a stored one still valid?

One convention holds for all ligands: the *neutral ligand* as the covalent bond classification counts it, at
the geometry of the form that binds. For an anion X- that is the radical X·, Pearson's convention for anions
(J. Am. Chem. Soc. 1985, 107, 6801): A = E(X·) - E(X-), I = E(X+) - E(X·). For a molecule L it is the
molecule. For a dianion, an X2 ligand, it is the neutral species two electrons short. These are three
scales; values are compared within one only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ligandkb.descriptors.definitions import Definition
from ligandkb.descriptors.quantum.levels import ALPB, DEFAULT_LEVEL, GFN2, IPEA_SHIFT, SOURCES, Level
from ligandkb.missing import Known
from ligandkb.provenance import Source

PEARSON_ANIONS = Source(
    "10.1021/ic00277a030", "values of anions; convention of J. Am. Chem. Soc. 1985, 107, 6801"
)
PARR_PEARSON = Source("10.1021/ja00364a005")
ELECTROPHILICITY = Source("10.1021/ja983494x")
FUKUI = Source("10.1021/ja00326a036")
LOCAL_SOFTNESS = Source("10.1073/pnas.82.20.6723", "local softness; matching: J. Phys. Chem. 1994, 98, 4591")

SCALES = ("X radical", "L molecule", "X2 neutral", "zwitterion")
_GEOMETRY = "GFN2-xTB gas-phase geometry, ETKDG conformers with a fixed seed, lowest by GFN2-xTB"
_VERTICAL = (
    "GFN2-xTB (tblite) unless another method is named; spin-polarised, 300 K electronic temperature, each "
    "charge state but the closed-shell form itself at the lower of singlet and triplet; vertical, at the "
    f"{_GEOMETRY}"
)


def _number(name: str, meaning: str, unit: str, between: tuple[float, float], source: Source) -> Definition:
    return Definition(
        name,
        "number",
        meaning,
        unit=unit,
        minimum=between[0],
        maximum=between[1],
        tier="quantum",
        method=_VERTICAL,
        structure="head",
        source=source,
    )


GLOBAL: tuple[Definition, ...] = (
    Definition(
        "hardness_scale",
        "text",
        "which neutral ligand the hardness belongs to: the radical of an X-type anion, the molecule of an L "
        "type, the species two electrons short of a dianion, a zwitterion; compare within one scale only",
        allowed=SCALES,
        tier="quantum",
        structure="head",
        source=PEARSON_ANIONS,
    ),
    _number(
        "ionization_energy_raw_ev",
        "vertical ionization energy of the neutral ligand, difference of total energies",
        "eV",
        (0, 40),
        SOURCES[GFN2],
    ),
    _number(
        "electron_affinity_raw_ev",
        "vertical electron affinity of the neutral ligand, difference of total energies",
        "eV",
        (-20, 30),
        SOURCES[GFN2],
    ),
    _number(
        "ionization_energy_ev",
        "ionization energy less the method's published empirical shift (4.8455 eV for GFN1 and GFN2, none "
        "for PBE0)",
        "eV",
        (0, 40),
        IPEA_SHIFT,
    ),
    _number(
        "electron_affinity_ev",
        "electron affinity less the same shift; for an X-type anion this is what it costs to take an "
        "electron from it",
        "eV",
        (-20, 30),
        IPEA_SHIFT,
    ),
    _number(
        "electronegativity_ev",
        "Mulliken electronegativity (I + A)/2 of the neutral ligand from the shifted I and A",
        "eV",
        (-20, 40),
        PARR_PEARSON,
    ),
    _number(
        "hardness_ev",
        "Pearson's hardness (I - A)/2 of the neutral ligand; the shift cancels",
        "eV",
        (0, 20),
        PARR_PEARSON,
    ),
    _number("softness_per_ev", "softness 1/(2 hardness)", "1/eV", (0, 10), PARR_PEARSON),
    _number(
        "electrophilicity_ev",
        "electrophilicity index of Parr, (I + A)²/(8 (I - A)), from the shifted I and A",
        "eV",
        (0, 100),
        ELECTROPHILICITY,
    ),
    _number(
        "homo_energy_ev",
        "highest occupied orbital energy of the form that binds (the anion, not its radical)",
        "eV",
        (-30, 20),
        SOURCES[GFN2],
    ),
    _number(
        "lumo_energy_ev",
        "lowest unoccupied orbital energy of the form that binds",
        "eV",
        (-30, 40),
        SOURCES[GFN2],
    ),
)
"""Descriptors of a species as a whole."""

LOCAL: tuple[Definition, ...] = (
    _number(
        "donor_charge_mulliken_e",
        "Mulliken charge of a donor atom in the form that binds, averaged over the mode's equivalent donors",
        "e",
        (-3, 3),
        SOURCES[GFN2],
    ),
    _number(
        "fukui_minus_donor_sum",
        "condensed Fukui function f- between the form that binds (N electrons) and the same with N - 1: "
        "q(N - 1) - q(N), summed over the mode's equivalent donors; over all atoms it adds up to 1",
        "",
        (-2, 3),
        FUKUI,
    ),
    _number(
        "fukui_minus_donor_largest",
        "the largest f- among the mode's equivalent donors",
        "",
        (-2, 2),
        FUKUI,
    ),
    _number(
        "local_softness_per_ev",
        "softness times f- summed over the mode's donors",
        "1/eV",
        (-5, 10),
        LOCAL_SOFTNESS,
    ),
)
"""Descriptors of one binding mode."""

ACCEPTOR: tuple[Definition, ...] = (
    _number(
        "acceptor_electronegativity_ev",
        "electronegativity of a model of under-coordinated Pb, shifted",
        "eV",
        (-20, 40),
        PARR_PEARSON,
    ),
    _number(
        "acceptor_hardness_ev", "hardness of a model of under-coordinated Pb", "eV", (0, 20), PARR_PEARSON
    ),
    _number(
        "acceptor_fukui_plus_pb",
        "condensed Fukui function f+ of the Pb atom: q(N) - q(N + 1)",
        "",
        (-2, 2),
        FUKUI,
    ),
    _number(
        "acceptor_local_softness_per_ev",
        "softness times f+ of the Pb atom",
        "1/eV",
        (-5, 10),
        LOCAL_SOFTNESS,
    ),
)
"""Values of a site model, the species of their key."""

MATCHING: tuple[Definition, ...] = (
    _number(
        "charge_transfer_e",
        "electrons that flow from ligand to Pb by Parr and Pearson, (χ_Pb - χ_L)/(2 (η_Pb + η_L)), both "
        "shifted",
        "e",
        (-5, 5),
        PARR_PEARSON,
    ),
    _number(
        "charge_transfer_energy_ev",
        "energy of that flow, -(χ_Pb - χ_L)²/(4 (η_Pb + η_L))",
        "eV",
        (-50, 0),
        PARR_PEARSON,
    ),
    _number(
        "local_softness_gap_per_ev",
        "how far the donors' local softness is from that of Pb, |s+(Pb) - s-(donors)|; small is a good match",
        "1/eV",
        (0, 10),
        LOCAL_SOFTNESS,
    ),
    _number(
        "hardness_above_reference_ev",
        "hardness less that of the reference of the same class: oleate for X, oleylamine for L",
        "eV",
        (-20, 20),
        PARR_PEARSON,
    ),
    _number(
        "donor_charge_mulliken_above_reference_e",
        "Mulliken donor charge less that of the reference of the same donor group: oleate or oleylamine",
        "e",
        (-5, 5),
        SOURCES[GFN2],
    ),
)
"""Columns derived from the others when a ligand meets a site or a reference; never stored."""

STORED = GLOBAL + LOCAL + ACCEPTOR
DEFINITIONS = GLOBAL + LOCAL + MATCHING
"""What a rule can name; acceptor values enter through the matching columns."""
BY_NAME = {definition.name: definition for definition in STORED + MATCHING}
SOLVATION = ALPB


@dataclass(frozen=True, order=True)
class DescriptorKey:
    """Everything that a stored value depends on.

    Attributes
    ----------
    name : str
        Name of its definition.
    version : int
        Version of the definition by which it was computed.
    species : str
        Canonical SMILES of the head, of the uncut form, or of a site model.
    mode : str
        Binding mode, see :func:`ligandkb.descriptors.quantum.modes.mode_names`; empty for the whole species.
    level : Level
        Method and surrounding.
    """

    name: str
    version: int
    species: str
    mode: str = ""
    level: Level = DEFAULT_LEVEL


@dataclass(frozen=True)
class DescriptorRecord:
    """One value with what made it.

    Attributes
    ----------
    key : DescriptorKey
    value : float, str or a reason for absence
    provenance : str
        Libraries with their versions.
    """

    key: DescriptorKey
    value: Known[float | str]
    provenance: str


Lookup = Callable[[DescriptorKey], DescriptorRecord | None]
"""Where values are kept, seen from outside: from key to record, None if there is none."""
Store = Callable[[Sequence[DescriptorRecord]], None]
"""How values are handed to where they are kept; one call is one transaction."""


def key(name: str, species: str, mode: str = "", level: Level = DEFAULT_LEVEL) -> DescriptorKey:
    """Key of a value by the definition as it stands today.

    Examples
    --------
    >>> key("hardness_ev", "CC(=O)[O-]").version
    1
    """
    return DescriptorKey(name, BY_NAME[name].version, species, mode, level)


def is_current(stored: DescriptorKey) -> bool:
    """Whether a stored value belongs to a definition that still stands.

    Examples
    --------
    >>> is_current(DescriptorKey("hardness_ev", 0, "CC(=O)[O-]"))
    False
    """
    return stored.name in BY_NAME and BY_NAME[stored.name].version == stored.version
