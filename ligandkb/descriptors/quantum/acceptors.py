"""How hard is the lead that the ligand meets?

Three models of under-coordinated Pb: the bare Pb2+ ion (measured ionization energies), a PbX2 molecule, and
the square pyramid [PbX5]3- that a halide vacancy leaves in the crystal's geometry. Bare Pb2+ shares no
electrons with its neighbours and ranks ligands by their charge more than by anything else: it is there to
be compared, not to be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from rdkit import Chem

from ligandkb.descriptors.quantum.atoms import ion_reactivity
from ligandkb.descriptors.quantum.definitions import ACCEPTOR, key
from ligandkb.descriptors.quantum.evaluation import DIGITS
from ligandkb.descriptors.quantum.geometry import relax
from ligandkb.descriptors.quantum.global_ import Reactivity
from ligandkb.descriptors.quantum.levels import (
    IPEA_SHIFT_EV,
    ComputationError,
    Level,
    element_versions,
    library_versions,
)
from ligandkb.descriptors.quantum.local import fukui_plus
from ligandkb.descriptors.quantum.matching import HALIDES, LEAD_ION, SITES, lead_halide_site, pyramid_site
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.descriptors.quantum.singlepoint import lowest_state
from ligandkb.missing import Failed, Known, NotApplicable

_TRIANION = NotApplicable("a free trianion: its electronegativity is the field of its own charge")
_GAS_ONLY = NotApplicable("measured ionization energies, gas phase only")


def acceptor_records(
    levels: Sequence[Level], lattice_constants_nm: Mapping[str, float]
) -> Iterator[DescriptorRecord]:
    """Acceptor values of every site model at some levels.

    Parameters
    ----------
    levels : sequence of Level
    lattice_constants_nm : mapping of str to float
        Edge of the cube with one Pb in CsPbX3 by halide, in nm: half of it is the Pb-X distance of [PbX5]3-.

    Yields
    ------
    DescriptorRecord
    """
    for level in levels:
        yield from _ion(level)
        for halide in HALIDES:
            yield from _cluster(lead_halide_site(halide), *_lead_halide(halide), charge=0, level=level)
            if halide in lattice_constants_nm:
                numbers, positions = _pyramid(halide, lattice_constants_nm[halide])
                yield from _cluster(pyramid_site(halide), numbers, positions, charge=-3, level=level)


def _ion(level: Level) -> Iterator[DescriptorRecord]:
    if level.solvent != "gas":
        yield from _records(SITES[LEAD_ION], level, {definition.name: _GAS_ONLY for definition in ACCEPTOR})
        return
    lead = ion_reactivity("Pb", 2)
    yield from _records(
        SITES[LEAD_ION],
        level,
        {
            "acceptor_electronegativity_ev": lead.electronegativity_ev,
            "acceptor_hardness_ev": lead.hardness_ev,
            "acceptor_fukui_plus_pb": 1.0,
            "acceptor_local_softness_per_ev": lead.softness_per_ev,
        },
        made_by=element_versions(),
    )


def _cluster(
    site: str, numbers: list[int], positions: np.ndarray, *, charge: int, level: Level
) -> Iterator[DescriptorRecord]:
    try:
        less, same, more = (
            lowest_state(numbers, positions, charge=charge + step, level=level) for step in (+1, 0, -1)
        )
    except ComputationError as error:
        yield from _failed(site, level, str(error))
        return
    reactivity = Reactivity(
        less.energy_ev - same.energy_ev, same.energy_ev - more.energy_ev, IPEA_SHIFT_EV[level.method]
    )
    if reactivity.hardness_ev <= 0:
        yield from _failed(site, level, "negative hardness: a density converged to another state")
        return
    fukui = fukui_plus(same.charges_e, more.charges_e)[0]
    yield from _records(
        SITES[site],
        level,
        {
            "acceptor_electronegativity_ev": _TRIANION if charge else reactivity.electronegativity_ev,
            "acceptor_hardness_ev": reactivity.hardness_ev,
            "acceptor_fukui_plus_pb": fukui,
            "acceptor_local_softness_per_ev": reactivity.softness_per_ev * fukui,
        },
    )


def _failed(site: str, level: Level, reason: str) -> Iterator[DescriptorRecord]:
    yield from _records(SITES[site], level, {definition.name: Failed(reason) for definition in ACCEPTOR})


def _records(
    species: str, level: Level, values: Mapping[str, Known[float | str]], *, made_by: str = ""
) -> Iterator[DescriptorRecord]:
    for name, value in values.items():
        rounded = round(value, DIGITS) if isinstance(value, float) else value
        yield DescriptorRecord(
            key(name, species, "", level), rounded, made_by or library_versions(level.method)
        )


def _lead_halide(halide: str) -> tuple[list[int], np.ndarray]:
    """PbX2, bent, optimised by GFN2-xTB from covalent radii."""
    table = Chem.GetPeriodicTable()
    numbers = [82, table.GetAtomicNumber(halide), table.GetAtomicNumber(halide)]
    length = table.GetRcovalent(82) + table.GetRcovalent(numbers[1])
    start = np.array([[0.0, 0.0, 0.0], [length, 0.0, 0.0], [0.0, length, 0.0]])
    return numbers, relax(numbers, start, 0)


def _pyramid(halide: str, lattice_constant_nm: float) -> tuple[list[int], np.ndarray]:
    """[PbX5]3-: the octahedron of the cubic crystal without one halide."""
    numbers = [82] + [Chem.GetPeriodicTable().GetAtomicNumber(halide)] * 5
    directions = np.array([[0, 0, 0], [1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, -1]], dtype=float)
    return numbers, directions * lattice_constant_nm * 10 / 2
