"""How is the hardness of neutral molecules computed, and how far does it follow reference values?

For hardness_reference.py: reads its tables, computes molecules in killable workers, and compares.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from ligandkb.chemistry.structure import canonical
from ligandkb.descriptors.quantum.atoms import ion_reactivity
from ligandkb.descriptors.quantum.evaluation import neutral_reactivity
from ligandkb.descriptors.quantum.geometry import atom_count, force_field, optimised
from ligandkb.descriptors.quantum.levels import HARTREE_EV, ComputationError, Level
from ligandkb.descriptors.quantum.workers import run_in_workers
from ligandkb.missing import Failed

RESAMPLES = 2000
CONFIDENCE = 0.95
HALOGENS = ("F", "Cl", "Br", "I")
Relaxation = Literal["force field", "GFN2-xTB"]
_FEWEST_FOR_AN_INTERVAL = 10
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
class RankAgreement:
    """How well computed values follow reference values.

    Attributes
    ----------
    n : int
        Substances with both values.
    without_value : tuple of str
        Substances of the reference that have no computed value.
    spearman : float
        Rank correlation; NaN where one side does not vary.
    low, high : float or None
        95 % interval of it by resampling substances; None below ten of them.
    mean_absolute_error_ev, mean_signed_error_ev : float
        Computed less reference.
    """

    n: int
    without_value: tuple[str, ...]
    spearman: float
    low: float | None
    high: float | None
    mean_absolute_error_ev: float
    mean_signed_error_ev: float

    def __str__(self) -> str:
        interval = "" if self.low is None else f" [{self.low:.2f}, {self.high:.2f}]"
        return (
            f"rho {self.spearman:.2f}{interval}, n = {self.n}, mean absolute error "
            f"{self.mean_absolute_error_ev:.2f} eV, mean signed error {self.mean_signed_error_ev:+.2f} eV"
        )


def agreement(
    computed_ev: Mapping[str, float], reference_ev: Mapping[str, float], *, seed: int = 0
) -> RankAgreement:
    """Compare computed with reference values.

    Parameters
    ----------
    computed_ev, reference_ev : mapping of str to float
        By substance, in eV and in one convention; substances without a computed value are counted, not
        guessed.
    seed : int
        Of the resampling.

    Returns
    -------
    RankAgreement

    Examples
    --------
    >>> agreement({"a": 1.0, "b": 2.0, "c": 4.0}, {"a": 1.5, "b": 2.0, "c": 3.0, "d": 9.0}).without_value
    ('d',)
    """
    names = [name for name in reference_ev if name in computed_ev]
    computed = np.array([computed_ev[name] for name in names])
    reference = np.array([reference_ev[name] for name in names])
    low = high = None
    if len(names) >= _FEWEST_FOR_AN_INTERVAL:
        generator = np.random.default_rng(seed)
        picks = generator.integers(0, len(names), size=(RESAMPLES, len(names)))
        found = np.array([spearman(computed[pick], reference[pick]) for pick in picks])
        tail = (1 - CONFIDENCE) / 2
        low, high = (float(value) for value in np.nanquantile(found, [tail, 1 - tail]))
    return RankAgreement(
        n=len(names),
        without_value=tuple(name for name in reference_ev if name not in computed_ev),
        spearman=spearman(computed, reference),
        low=low,
        high=high,
        mean_absolute_error_ev=float(np.mean(np.abs(computed - reference))) if names else float("nan"),
        mean_signed_error_ev=float(np.mean(computed - reference)) if names else float("nan"),
    )


def spearman(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Rank correlation with mean ranks for ties; NaN where one side does not vary.

    Examples
    --------
    >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0]))
    0.5
    """
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(spearmanr(one, other).statistic)


def misordered_halogens(hardness_ev: Mapping[str, float]) -> tuple[str, ...]:
    """Neighbouring pairs of halogens that a method orders against experiment (hardness falls from F to I).

    Parameters
    ----------
    hardness_ev : mapping of str to float
        Hardness of the halogen atoms by element symbol.

    Returns
    -------
    tuple of str
        Such as ``Cl<Br``; where there is one, the method compares nothing across elements.

    Examples
    --------
    >>> misordered_halogens({"F": 7.0, "Cl": 4.7, "Br": 4.9, "I": 3.7})
    ('Cl<Br',)
    """
    there = [symbol for symbol in HALOGENS if symbol in hardness_ev]
    return tuple(f"{one}<{other}" for one, other in pairwise(there) if hardness_ev[one] <= hardness_ev[other])
