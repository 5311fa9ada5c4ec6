"""How are many species computed without one of them stopping the rest?

What is stored is skipped, so that the same command resumes a run that was interrupted in any way. The loop
knows neither files nor databases: it asks ``lookup`` and tells ``store``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ligandkb.descriptors.quantum.acceptors import acceptor_records
from ligandkb.descriptors.quantum.definitions import ACCEPTOR, GLOBAL, key
from ligandkb.descriptors.quantum.evaluation import evaluate, failed
from ligandkb.descriptors.quantum.geometry import atom_count
from ligandkb.descriptors.quantum.levels import Level
from ligandkb.descriptors.quantum.matching import HALIDES, LEAD_ION, SITES, lead_halide_site, pyramid_site
from ligandkb.descriptors.quantum.records import DescriptorRecord, Lookup, Store
from ligandkb.descriptors.quantum.workers import Run, run_in_workers
from ligandkb.missing import Failed
from ligandkb.problems import ExtraMissingError


@dataclass(frozen=True)
class Task:
    """A species and the levels that it lacks.

    Attributes
    ----------
    species : str
        Canonical SMILES of a form that binds.
    levels : tuple of Level
    """

    species: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Limits:
    """Bounds on one task.

    Attributes
    ----------
    atoms : int
        Species with more atoms, hydrogen included, are not tried.
    seconds : float
        Longer tasks are killed.
    """

    atoms: int = 150
    seconds: float = 600.0


@dataclass(frozen=True)
class Progress:
    """State of a run after a task has ended.

    Attributes
    ----------
    done, total : int
        Tasks ended and planned in this run.
    seconds : float
        Since the start.
    species : str
        The one that has just ended.
    """

    done: int
    total: int
    seconds: float
    species: str

    @property
    def per_minute(self) -> float:
        """Tasks a minute so far."""
        return 60 * self.done / self.seconds if self.seconds > 0 else 0.0


@dataclass
class Summary:
    """What a run did.

    Attributes
    ----------
    computed : int
        Tasks that ended with values.
    stored_before : int
        Species and levels that were skipped because they were there.
    failures : dict of str to list of str
        Species by reason.
    """

    computed: int = 0
    stored_before: int = 0
    failures: dict[str, list[str]] = field(default_factory=dict)


def plan(species: Iterable[str], levels: Sequence[Level], lookup: Lookup) -> tuple[list[Task], int]:
    """Tasks that are still to do, small species first, and how many species-levels are there already.

    Parameters
    ----------
    species : iterable of str
        Canonical SMILES; repetitions are computed once.
    levels : sequence of Level
    lookup : callable
        From key to record, or None.

    Returns
    -------
    list of Task, int
    """
    tasks, there = [], 0
    for one in dict.fromkeys(species):
        lacking = tuple(level for level in levels if not _is_stored(one, level, lookup))
        there += len(levels) - len(lacking)
        if lacking:
            tasks.append(Task(one, lacking))
    return sorted(tasks, key=lambda task: (atom_count(task.species), task.species)), there


def compute(
    species: Iterable[str],
    levels: Sequence[Level],
    *,
    lookup: Lookup,
    store: Store,
    workers: int = 1,
    limits: Limits | None = None,
    progress: Callable[[Progress], None] | None = None,
    run: Run = run_in_workers,
) -> Summary:
    """Compute what is not stored yet.

    Parameters
    ----------
    species : iterable of str
        Canonical SMILES of forms that bind, usually heads.
    levels : sequence of Level
    lookup, store : callable
        Where values are kept. ``store`` is called once a task, in this process. Values that failed for a
        reason of their own are stored as failed; a time limit or a dead worker is reported and tried again
        next time.
    workers : int
        Processes.
    limits : Limits, optional
    progress : callable, optional
        Called after each task.
    run : Run
        What does the tasks.

    Returns
    -------
    Summary

    Raises
    ------
    ExtraMissingError
        If a program is not installed.
    """
    limits = limits or Limits()
    tasks, there = plan(species, levels, lookup)
    summary = Summary(stored_before=there)
    started = time.monotonic()
    jobs = run(partial(run_task, limits), tasks, workers=workers, seconds=limits.seconds)
    for done, (task, outcome) in enumerate(jobs, 1):
        if isinstance(outcome, ExtraMissingError):
            raise outcome
        if isinstance(outcome, Failed):
            summary.failures.setdefault(outcome.reason, []).append(task.species)
        else:
            store(outcome)
            reasons = {record.value.reason for record in outcome if isinstance(record.value, Failed)}
            for reason in sorted(reasons):
                summary.failures.setdefault(reason, []).append(task.species)
            summary.computed += not reasons
        if progress:
            progress(Progress(done, len(tasks), time.monotonic() - started, task.species))
    return summary


def compute_acceptors(
    levels: Sequence[Level],
    lattice_constants_nm: Mapping[str, float],
    *,
    lookup: Lookup,
    store: Store,
    seconds: float = 3600.0,
) -> Summary:
    """Compute the models of under-coordinated lead that are not stored yet.

    Parameters
    ----------
    levels : sequence of Level
    lattice_constants_nm : mapping of str to float
        Edge of the cube with one Pb in CsPbX3 by halide, in nm.
    lookup, store : callable
        As in :func:`compute`.
    seconds : float
        Time limit of one level.

    Returns
    -------
    Summary
        Levels are counted.
    """
    sites = [SITES[LEAD_ION], *(SITES[lead_halide_site(halide)] for halide in HALIDES)]
    sites += [SITES[pyramid_site(halide)] for halide in lattice_constants_nm]
    lacking = [
        level
        for level in levels
        if any(lookup(key(one.name, site, "", level)) is None for one in ACCEPTOR for site in sites)
    ]
    summary = Summary(stored_before=len(levels) - len(lacking))
    job = partial(_acceptors, dict(lattice_constants_nm))
    for level, outcome in run_in_workers(job, lacking, seconds=seconds):
        if isinstance(outcome, ExtraMissingError):
            raise outcome
        if isinstance(outcome, Failed):
            summary.failures.setdefault(outcome.reason, []).append(str(level))
        else:
            store(outcome)
            summary.computed += 1
    return summary


def _acceptors(
    lattice_constants_nm: dict[str, float], level: Level
) -> list[DescriptorRecord] | ExtraMissingError:
    try:
        return list(acceptor_records([level], lattice_constants_nm))
    except ExtraMissingError as error:
        return error


def run_task(limits: Limits, task: Task) -> list[DescriptorRecord] | ExtraMissingError:
    """One task in this process, without its time limit."""
    if atom_count(task.species) > limits.atoms:
        return failed(task.species, task.levels, f"more than {limits.atoms} atoms")
    try:
        return evaluate(task.species, task.levels)
    except ExtraMissingError as error:
        return error


def _is_stored(species: str, level: Level, lookup: Lookup) -> bool:
    return all(lookup(key(definition.name, species, "", level)) is not None for definition in GLOBAL)
