"""What do the quantum chemical numbers mean, and when is a stored one still valid?

One convention holds for all ligands: the *neutral ligand* as the covalent bond classification counts it, at
the geometry of the form that binds. For an anion X- that is the radical X·, Pearson's convention for anions
(J. Am. Chem. Soc. 1985, 107, 6801): A = E(X·) - E(X-), I = E(X+) - E(X·). For a molecule L it is the
molecule. For a dianion, an X2 ligand, it is the neutral species two electrons short. These are three
scales; values are compared within one only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.descriptors.contract import Descriptor
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, GFN2, IPEA_SHIFT, SOURCES, Level
from ligandkb.descriptors.quantum.matching import SITES
from ligandkb.descriptors.quantum.modes import mode_names
from ligandkb.descriptors.quantum.records import AtHand, DescriptorKey
from ligandkb.descriptors.subject import Ligand
from ligandkb.missing import Known, Missing, NotApplicable
from ligandkb.provenance import Source

PEARSON_ANIONS = Source(
    "10.1021/ic00277a030", "values of anions; convention of J. Am. Chem. Soc. 1985, 107, 6801"
)
PARR_PEARSON = Source("10.1021/ja00364a005")
ELECTROPHILICITY = Source("10.1021/ja983494x")
FUKUI = Source("10.1021/ja00326a036")
LOCAL_SOFTNESS = Source("10.1073/pnas.82.20.6723", "local softness; matching: J. Phys. Chem. 1994, 98, 4591")

COMPUTE = "run: ligandkb compute"
NO_DONOR = NotApplicable("no donor atom")
_NOT_COMPUTED = Missing(COMPUTE)
SCALES = ("X radical", "L molecule", "X2 neutral", "zwitterion")
_GEOMETRY = "GFN2-xTB gas-phase geometry, ETKDG conformers with a fixed seed, lowest by GFN2-xTB"
VERTICAL = (
    "GFN2-xTB (tblite) unless another method is named; spin-polarised, 300 K electronic temperature, each "
    "charge state but the closed-shell form itself at the lower of singlet and triplet; vertical, at the "
    f"{_GEOMETRY}"
)


Column: TypeAlias = Known[float | str]


def of_head(name: str, ligand: Ligand) -> Column:
    """Stored value of a ligand's head as a whole, or of its uncut form where that is wanted."""
    if ligand.form.mode is None:
        return NO_DONOR
    return _stored(name, ligand.computed_of(ligand.form.smiles), "", ligand)


def of_donors(name: str, ligand: Ligand) -> Column:
    """Stored value of the first binding mode of a ligand's head."""
    species = _computed_form(ligand)
    if not isinstance(species, BindingForm):
        return species
    return _stored(name, species.smiles, mode_names(species)[0], ligand)


def of_site(name: str, ligand: Ligand) -> Column:
    """Stored value of the model of lead that a ligand meets."""
    return _stored(name, SITES[ligand.site], "", ligand) if isinstance(ligand.site, str) else ligand.site


def _computed_form(ligand: Ligand) -> BindingForm | NotApplicable:
    if ligand.form.mode is None:
        return NO_DONOR
    computed = form_of(ligand.computed_of(ligand.form.smiles))
    return computed if computed is not None and computed.modes else NotApplicable("no donor")


def _stored(name: str, species: str, mode: str, ligand: Ligand) -> Column:
    computed = ligand.computed
    if isinstance(computed, AtHand) and not computed.has(species, ligand.level):
        return _NOT_COMPUTED
    record = computed(key(name, species, mode, ligand.level))
    return _NOT_COMPUTED if record is None else record.value


def _number(
    of: Callable[[str, Ligand], Column],
    name: str,
    meaning: str,
    unit: str,
    between: tuple[float, float],
    source: Source,
) -> Descriptor[Ligand]:
    return Descriptor(
        name,
        "number",
        meaning,
        partial(of, name),
        unit=unit,
        minimum=between[0],
        maximum=between[1],
        tier="quantum",
        method=VERTICAL,
        structure="head",
        source=source,
    )


GLOBAL: tuple[Descriptor[Ligand], ...] = (
    Descriptor(
        "hardness_scale",
        "text",
        "which neutral ligand the hardness belongs to: the radical of an X-type anion, the molecule of an L "
        "type, the species two electrons short of a dianion, a zwitterion; compare within one scale only",
        partial(of_head, "hardness_scale"),
        allowed=SCALES,
        tier="quantum",
        structure="head",
        source=PEARSON_ANIONS,
    ),
    _number(
        of_head,
        "ionization_energy_raw_ev",
        "vertical ionization energy of the neutral ligand, difference of total energies",
        "eV",
        (0, 40),
        SOURCES[GFN2],
    ),
    _number(
        of_head,
        "electron_affinity_raw_ev",
        "vertical electron affinity of the neutral ligand, difference of total energies",
        "eV",
        (-20, 30),
        SOURCES[GFN2],
    ),
    _number(
        of_head,
        "ionization_energy_ev",
        "ionization energy less the method's published empirical shift (4.8455 eV for GFN1 and GFN2, none "
        "for PBE0)",
        "eV",
        (0, 40),
        IPEA_SHIFT,
    ),
    _number(
        of_head,
        "electron_affinity_ev",
        "electron affinity less the same shift; for an X-type anion this is what it costs to take an "
        "electron from it",
        "eV",
        (-20, 30),
        IPEA_SHIFT,
    ),
    _number(
        of_head,
        "electronegativity_ev",
        "Mulliken electronegativity (I + A)/2 of the neutral ligand from the shifted I and A",
        "eV",
        (-20, 40),
        PARR_PEARSON,
    ),
    _number(
        of_head,
        "hardness_ev",
        "Pearson's hardness (I - A)/2 of the neutral ligand; the shift cancels",
        "eV",
        (0, 20),
        PARR_PEARSON,
    ),
    _number(of_head, "softness_per_ev", "softness 1/(2 hardness)", "1/eV", (0, 10), PARR_PEARSON),
    _number(
        of_head,
        "electrophilicity_ev",
        "electrophilicity index of Parr, (I + A)²/(8 (I - A)), from the shifted I and A",
        "eV",
        (0, 100),
        ELECTROPHILICITY,
    ),
    _number(
        of_head,
        "homo_energy_ev",
        "highest occupied orbital energy of the form that binds (the anion, not its radical)",
        "eV",
        (-30, 20),
        SOURCES[GFN2],
    ),
    _number(
        of_head,
        "lumo_energy_ev",
        "lowest unoccupied orbital energy of the form that binds",
        "eV",
        (-30, 40),
        SOURCES[GFN2],
    ),
)
"""Descriptors of a species as a whole."""

LOCAL: tuple[Descriptor[Ligand], ...] = (
    _number(
        of_donors,
        "donor_charge_mulliken_e",
        "Mulliken charge of a donor atom in the form that binds, averaged over the mode's equivalent donors",
        "e",
        (-3, 3),
        SOURCES[GFN2],
    ),
    _number(
        of_donors,
        "fukui_minus_donor_sum",
        "condensed Fukui function f- between the form that binds (N electrons) and the same with N - 1: "
        "q(N - 1) - q(N), summed over the mode's equivalent donors; over all atoms it adds up to 1",
        "",
        (-2, 3),
        FUKUI,
    ),
    _number(
        of_donors,
        "fukui_minus_donor_largest",
        "the largest f- among the mode's equivalent donors",
        "",
        (-2, 2),
        FUKUI,
    ),
    _number(
        of_donors,
        "local_softness_per_ev",
        "softness times f- summed over the mode's donors",
        "1/eV",
        (-5, 10),
        LOCAL_SOFTNESS,
    ),
)
"""Descriptors of one binding mode."""

ACCEPTOR: tuple[Descriptor[Ligand], ...] = (
    _number(
        of_site,
        "acceptor_electronegativity_ev",
        "electronegativity of a model of under-coordinated Pb, shifted",
        "eV",
        (-20, 40),
        PARR_PEARSON,
    ),
    _number(
        of_site,
        "acceptor_hardness_ev",
        "hardness of a model of under-coordinated Pb",
        "eV",
        (0, 20),
        PARR_PEARSON,
    ),
    _number(
        of_site,
        "acceptor_fukui_plus_pb",
        "condensed Fukui function f+ of the Pb atom: q(N) - q(N + 1)",
        "",
        (-2, 2),
        FUKUI,
    ),
    _number(
        of_site,
        "acceptor_local_softness_per_ev",
        "softness times f+ of the Pb atom",
        "1/eV",
        (-5, 10),
        LOCAL_SOFTNESS,
    ),
)
"""Values of a site model, the species of their key."""

STORED = GLOBAL + LOCAL + ACCEPTOR
BY_NAME = {descriptor.name: descriptor for descriptor in STORED}


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
