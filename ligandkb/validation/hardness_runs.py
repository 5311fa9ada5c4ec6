"""Which values does the validation of hardness need, and how are they computed?

Reads the reference tables, computes neutral molecules in killable workers, and gathers what Table 1 is held
against from stored descriptors. The reports themselves are in :mod:`ligandkb.validation.hardness`.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from ligandkb.chemistry.forms import form_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.motifs import LigandClass
from ligandkb.chemistry.structure import canonical
from ligandkb.descriptors.quantum.atoms import ion_reactivity
from ligandkb.descriptors.quantum.columns import QUANTUM
from ligandkb.descriptors.quantum.evaluation import neutral_reactivity
from ligandkb.descriptors.quantum.geometry import atom_count, force_field, optimised
from ligandkb.descriptors.quantum.levels import (
    DFT_LEVEL,
    HARTREE_EV,
    XTB_LEVELS,
    ComputationError,
    Level,
)
from ligandkb.descriptors.quantum.records import Lookup
from ligandkb.descriptors.quantum.workers import run_in_workers
from ligandkb.descriptors.subject import Ligand
from ligandkb.missing import Failed
from ligandkb.validation.hardness import HALOGENS

Relaxation = Literal["force field", "GFN2-xTB"]
COMMITTED = {"hardness_ev": -1, "donor_charge_mulliken_e": +1, "charge_transfer_e": +1, "homo_energy_ev": +1}
"""Descriptors and the direction expected of the improved heads, committed to in docs/quantum.md
beforehand."""
COMMITTED_SITE = "PbBr2"
_SEED = 2018


def read_experiment(path: Path) -> dict[str, float]:
    """Measured hardness of neutral molecules in eV, (I - A)/2, by canonical SMILES.

    Parameters
    ----------
    path : Path
        CSV file with the columns ``smiles`` and ``hardness_ev``.
    """
    with path.open(encoding="utf-8", newline="") as file:
        return {canonical(row["smiles"]): float(row["hardness_ev"]) for row in csv.DictReader(file)}


def halogen_hardness() -> dict[str, float]:
    """Measured hardness of the halogen atoms in eV, by bracketed element symbol."""
    return {f"[{symbol}]": ion_reactivity(symbol).hardness_ev for symbol in HALOGENS}


def read_dft_sample(path: Path, count: int, *, seed: int = _SEED) -> dict[str, float]:
    """Draw molecules with their published density functional hardness.

    Parameters
    ----------
    path : Path
        CSV file with the columns ``smiles`` and ``hardness_hartree``, whose convention is I - A.
    count : int
        How many to draw at random; all if there are fewer.
    seed : int
        Of the draw.

    Returns
    -------
    dict of str to float
        Hardness (I - A)/2 in eV by canonical SMILES, in the order of the draw.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    drawn = random.Random(seed).sample(rows, min(count, len(rows)))
    return {canonical(row["smiles"]): float(row["hardness_hartree"]) * HARTREE_EV / 2 for row in drawn}


@dataclass(frozen=True)
class NeutralJob:
    """Hardness of a neutral molecule to be computed.

    Attributes
    ----------
    species : str
        Canonical SMILES or a bracketed element symbol.
    level : Level
    relaxation : str
        How the geometry is made.
    """

    species: str
    level: Level
    relaxation: Relaxation


def neutral_hardness(
    species: Iterable[str],
    level: Level,
    *,
    relaxation: Relaxation = "GFN2-xTB",
    workers: int = 1,
    seconds: float = 600.0,
    max_atoms: int = 150,
    told: Callable[[str, float | Failed], None] | None = None,
) -> dict[str, float | Failed]:
    """Hardness of neutral molecules and atoms, one failure never stopping the rest.

    Parameters
    ----------
    species : iterable of str
        Canonical SMILES, or bracketed element symbols of atoms.
    level : Level
    relaxation : {"force field", "GFN2-xTB"}
    workers, seconds, max_atoms : int, float, int
        Processes, and limits of one molecule.
    told : callable, optional
        Called with each molecule and its value as it ends, so that a long run can be kept.

    Returns
    -------
    dict of str to float or Failed
        In eV, (I - A)/2.
    """
    jobs = [NeutralJob(one, level, relaxation) for one in species]
    found: dict[str, float | Failed] = {}
    for job, value in run_in_workers(
        partial(_neutral_hardness, max_atoms), jobs, workers=workers, seconds=seconds
    ):
        found[job.species] = value
        if told:
            told(job.species, value)
    return found


def _neutral_hardness(max_atoms: int, job: NeutralJob) -> float | Failed:
    is_molecule = job.species not in {f"[{symbol}]" for symbol in HALOGENS}
    if is_molecule and atom_count(job.species) > max_atoms:
        return Failed(f"more than {max_atoms} atoms")
    geometry = force_field if job.relaxation == "force field" else optimised
    try:
        return neutral_reactivity(job.species, job.level, geometry=geometry).hardness_ev
    except ComputationError as error:
        return Failed(str(error))


@dataclass(frozen=True)
class TableOneHeads:
    """X-type heads of Table 1 with the uncut forms that stand for each.

    Attributes
    ----------
    improved, not_improved : mapping of str to tuple of str
        Canonical SMILES of a head to those of its forms.
    """

    improved: Mapping[str, tuple[str, ...]]
    not_improved: Mapping[str, tuple[str, ...]]


def table_one_heads(entries: Iterable[tuple[str, bool]]) -> TableOneHeads:
    """Gather entries of Table 1 by distinct X-type head.

    Parameters
    ----------
    entries : iterable of tuple of str and bool
        SMILES of the binding form and whether it stands in the improved column; forms that aren't X-type (a
        phosphine, lead oleate as a whole) are left out.

    Returns
    -------
    TableOneHeads

    Raises
    ------
    ValueError
        If a head stands in both columns.

    Examples
    --------
    >>> table_one_heads([("CCCC(=O)[O-]", False), ("CC(=O)[O-]", False), ("CP(C)C", True)]).not_improved
    {'CC(=O)[O-]': ('CC(=O)[O-]', 'CCCC(=O)[O-]')}
    """
    columns: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for smiles, is_improved in entries:
        if "." in smiles:
            continue
        form = form_of(smiles)
        if form is not None and form.ligand_class is LigandClass.X:
            columns[is_improved].setdefault(head_of(form.smiles), set()).add(form.smiles)
    both = set(columns[True]) & set(columns[False])
    if both:
        raise ValueError(f"heads in both columns of Table 1: {', '.join(sorted(both))}")
    improved, not_improved = (
        {head: tuple(sorted(forms)) for head, forms in sorted(columns[side].items())}
        for side in (True, False)
    )
    return TableOneHeads(improved, not_improved)


def table_one_family(heads: TableOneHeads, lookup: Lookup) -> dict[str, tuple[int, dict[str, float]]]:
    """Everything that was committed to: four descriptors by nine levels and structures.

    Parameters
    ----------
    heads : TableOneHeads
    lookup : callable
        From key to record, or None; heads and uncut forms.

    Returns
    -------
    dict
        Descriptor with level and structure to its expected direction and its values by head; the values of
        several uncut forms of one head are averaged. Heads without a value are absent.
    """
    forms = {**heads.improved, **heads.not_improved}
    family: dict[str, tuple[int, dict[str, float]]] = {}
    variants = [(level, cut) for level in XTB_LEVELS for cut in (True, False)] + [(DFT_LEVEL, True)]
    for level, cut in variants:
        for name, expected in COMMITTED.items():
            values = {
                head: sum(found) / len(found)
                for head, members in forms.items()
                if (found := _values(name, (head,) if cut else members, level, lookup))
            }
            family[f"{name}, {level}, {'heads' if cut else 'uncut'}"] = (expected, values)
    return family


def _values(name: str, species: Iterable[str], level: Level, lookup: Lookup) -> list[float]:
    found = []
    for one in species:
        form = form_of(one)
        if form is None:
            continue
        ligand = Ligand(form, COMMITTED_SITE, lookup, level=level, is_uncut=True)
        value = QUANTUM.by_name[name].function(ligand)
        if isinstance(value, float):
            found.append(value)
    return found
