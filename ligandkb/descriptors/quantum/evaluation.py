"""What are all quantum chemical descriptors of one species?

One geometry serves every level. The neutral ligand of the covalent bond classification (see
``definitions``) gives the global values, the form that binds gives charges, Fukui functions and frontier
levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from rdkit import Chem

from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.structure import canonical, parse
from ligandkb.descriptors.quantum.atoms import ion_reactivity, monatomic_anion_element
from ligandkb.descriptors.quantum.definitions import GLOBAL, LOCAL, NO_DONOR, key
from ligandkb.descriptors.quantum.geometry import Geometry, optimised
from ligandkb.descriptors.quantum.global_ import Reactivity
from ligandkb.descriptors.quantum.levels import (
    DEFAULT_LEVEL,
    IPEA_SHIFT_EV,
    ComputationError,
    Level,
    element_versions,
    library_versions,
)
from ligandkb.descriptors.quantum.local import donor_values
from ligandkb.descriptors.quantum.modes import hardness_scale, mode_names
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.descriptors.quantum.singlepoint import lowest_state, single_point
from ligandkb.descriptors.quantum.state import SinglePoint
from ligandkb.missing import Failed, Known, NotApplicable

_ATOM = re.compile(r"\[([A-Z][a-z]?)\]")
DIGITS = 6
"""Decimals kept: far below the method's error, above what a different processor changes."""

_EXPERIMENTAL = NotApplicable("a lone atom: its hardness is the element's measured one, in the gas phase")
_NO_ORBITALS = NotApplicable(
    "a lone atom: electron_affinity_ev, measured, is what it costs to take an electron from it"
)


def evaluate(
    species: str, levels: Sequence[Level], *, geometry: Callable[[str], Geometry] = optimised
) -> list[DescriptorRecord]:
    """All descriptors of one species at some levels.

    Parameters
    ----------
    species : str
        Canonical SMILES of a form that binds, a head or an uncut form, or of a neutral molecule that doesn't.
    levels : sequence of Level
        Each costs some six single points.
    geometry : callable
        From SMILES to geometry, :func:`ligandkb.descriptors.quantum.geometry.optimised` unless compared.

    Returns
    -------
    list of DescriptorRecord
        One for each descriptor, mode and level; failed ones carry their reason.

    Raises
    ------
    ExtraMissingError
        If a program is not installed.
    """
    # Donor atoms are counted in the SMILES from which a form is made, and the geometry in the canonical one.
    form = form_of(canonical(species))
    if form is None or not form.modes:
        form = _molecule_without_donor(canonical(species))
    if form is None:
        return list(_all(canonical(species), None, levels, NotApplicable("no donor")))
    if monatomic_anion_element(form.smiles):
        return [record for level in levels for record in _monatomic(form, level)]
    try:
        found = geometry(form.smiles)
    except ComputationError as error:
        return list(_all(form.smiles, form, levels, Failed(f"geometry: {error}")))
    return [record for level in levels for record in _polyatomic(form, found, level)]


def _molecule_without_donor(smiles: str) -> BindingForm | None:
    """One neutral molecule that doesn't bind, such as an undissociated acid: it has I and A all the same."""
    if "." in smiles or Chem.GetFormalCharge(parse(smiles)):
        return None
    return BindingForm(smiles, 0, LigandClass.NONE, (), None, "")


def neutral_reactivity(
    species: str, level: Level = DEFAULT_LEVEL, *, geometry: Callable[[str], Geometry] = optimised
) -> Reactivity:
    """I and A of a neutral molecule or atom as it stands, donor or not; for comparison with published values.

    Parameters
    ----------
    species : str
        Canonical SMILES, or an element symbol in brackets such as ``[F]``.
    level : Level
    geometry : callable
        From SMILES to geometry.

    Returns
    -------
    Reactivity

    Raises
    ------
    ComputationError, ExtraMissingError
    """
    atom = _ATOM.fullmatch(species)
    if atom:
        numbers: Sequence[int] = (Chem.GetPeriodicTable().GetAtomicNumber(atom.group(1)),)
        positions: Sequence[Sequence[float]] = ((0.0, 0.0, 0.0),)
    else:
        found = geometry(species)
        numbers, positions = found.numbers, found.positions_angstrom
    energies = {
        charge: lowest_state(numbers, positions, charge=charge, level=level).energy_ev
        for charge in (-1, 0, 1)
    }
    return Reactivity(energies[1] - energies[0], energies[0] - energies[-1], IPEA_SHIFT_EV[level.method])


def failed(species: str, levels: Sequence[Level], reason: str) -> list[DescriptorRecord]:
    """Make records that say why a species has no values at all."""
    return list(_all(species, form_of(canonical(species)), levels, Failed(reason)))


def _polyatomic(form: BindingForm, geometry: Geometry, level: Level) -> Iterator[DescriptorRecord]:
    def state(charge: int) -> SinglePoint:
        where = (geometry.numbers, geometry.positions_angstrom)
        if charge == form.charge:
            # The form as drawn is a closed shell: radicals are refused where SMILES are read.
            return single_point(*where, charge=charge, unpaired=0, level=level)
        return lowest_state(*where, charge=charge, level=level)

    try:
        states = {charge: state(charge) for charge in sorted({form.charge, form.charge + 1, -1, 0, 1})}
    except ComputationError as error:
        yield from _all(form.smiles, form, [level], Failed(str(error)))
        return
    bound, oxidised = states[form.charge], states[form.charge + 1]
    reactivity = Reactivity(
        states[1].energy_ev - states[0].energy_ev,
        states[0].energy_ev - states[-1].energy_ev,
        IPEA_SHIFT_EV[level.method],
    )
    if reactivity.hardness_ev <= 0:
        yield from _all(
            form.smiles, form, [level], Failed("negative hardness: a density converged to another state")
        )
        return
    values: dict[str, Known[float | str]] = {
        "hardness_scale": hardness_scale(form) if form.modes else NO_DONOR,
        **reactivity.values(),
        "homo_energy_ev": bound.homo_ev,
        "lumo_energy_ev": bound.lumo_ev,
    }
    yield from _records(form.smiles, "", level, values)
    for name, mode in zip(mode_names(form), form.modes, strict=True):
        local = donor_values(
            bound.charges_e, oxidised.charges_e, mode.donor_atoms, reactivity.softness_per_ev
        )
        yield from _records(form.smiles, name, level, local)


def _monatomic(form: BindingForm, level: Level) -> Iterator[DescriptorRecord]:
    """Measured I and A of the element; the one atom carries the whole charge and the whole Fukui function."""
    element = monatomic_anion_element(form.smiles)
    (mode,) = mode_names(form)
    if level.solvent != "gas":
        yield from _all(form.smiles, form, [level], _EXPERIMENTAL)
        return
    try:
        reactivity = ion_reactivity(str(element))
    except LookupError as error:
        yield from _all(form.smiles, form, [level], Failed(str(error)))
        return
    values: dict[str, Known[float | str]] = {
        "hardness_scale": hardness_scale(form),
        **reactivity.values(),
        "homo_energy_ev": _NO_ORBITALS,
        "lumo_energy_ev": _NO_ORBITALS,
    }
    yield from _records(form.smiles, "", level, values, made_by=element_versions())
    local: dict[str, Known[float | str]] = {
        "donor_charge_mulliken_e": float(form.charge),
        "fukui_minus_donor_sum": 1.0,
        "fukui_minus_donor_largest": 1.0,
        "local_softness_per_ev": reactivity.softness_per_ev,
    }
    yield from _records(form.smiles, mode, level, local, made_by=element_versions())


def _records(
    species: str,
    mode: str,
    level: Level,
    values: Mapping[str, Known[float | str]],
    *,
    made_by: str = "",
) -> Iterator[DescriptorRecord]:
    made_by = made_by or library_versions(level.method)
    for name, value in values.items():
        rounded = round(value, DIGITS) if isinstance(value, float) else value
        yield DescriptorRecord(key(name, species, mode, level), rounded, made_by)


def _all(
    species: str, form: BindingForm | None, levels: Sequence[Level], reason: Failed | NotApplicable
) -> Iterator[DescriptorRecord]:
    for level in levels:
        yield from _records(species, "", level, {definition.name: reason for definition in GLOBAL})
        for name in mode_names(form) if form else ():
            yield from _records(species, name, level, {definition.name: reason for definition in LOCAL})
