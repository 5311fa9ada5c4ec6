"""What does quantum chemistry cost for the best of a screen, and what does it change?

The rows of a screen are made with shipped values alone, so that they are the same on every machine. For the best few
what lacks can be computed: the price is told first, the values stay in the cache, and these rows are made anew.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from ligandkb.descriptors.quantum.columns import species_to_compute
from ligandkb.descriptors.quantum.compute import Limits, Progress, Summary, Task, compute, plan, run_task
from ligandkb.descriptors.quantum.geometry import atom_count
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL
from ligandkb.descriptors.quantum.records import DescriptorRecord
from ligandkb.descriptors.quantum.workers import Run, run_in_workers
from ligandkb.missing import Failed
from ligandkb.problems import ExtraMissingError, counted
from ligandkb.screening.best import FORM, Best, best
from ligandkb.screening.chunk import screen_with, screener_from
from ligandkb.screening.rows import CAS_IN_LIST, Line

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.screening.options import ScreenOptions

GROWTH = 3.0
"""Power of its number of atoms with which the time of a species grows: over 17 heads of 7 to 65 atoms from a supplier's
list it was 2.8, above 15 atoms 3.0, each head within a factor of 1.3 (GFN2-xTB, one thread)."""


@dataclass(frozen=True)
class Price:
    """What is still to be computed, and how long that may take.

    Attributes
    ----------
    species : int
        Heads of binding forms, and the neutral molecules whose electron affinity is asked for.
    there : int
        Those whose values are there already.
    seconds : float
        Estimated, for one worker: by the time of the one that was computed first, which is of middle size.
    workers : int
    """

    species: int
    there: int
    seconds: float
    workers: int

    def __str__(self) -> str:
        """Say it in one line.

        Examples
        --------
        >>> print(Price(180, 12, 2400.0, 2))
        180 heads and molecules by GFN2-xTB, about 20 min with 2 workers; 12 are there already
        """
        if not self.species:
            return f"nothing to compute: all {self.there} heads and molecules are there already"
        minutes = self.seconds / self.workers / 60
        time_needed = f"{minutes:.0f} min" if minutes >= 1 else "a minute or less"
        there = f"; {self.there} are there already" if self.there else ""
        what = "head or molecule" if self.species == 1 else "heads and molecules"
        return (
            f"{self.species} {what} by GFN2-xTB, about {time_needed} "
            f"with {counted(self.workers, 'worker')}{there}"
        )


def compute_best(
    kb: KnowledgeBase,
    options: ScreenOptions,
    found: Best,
    *,
    workers: int = 1,
    run: Run = run_in_workers,
    limits: Limits | None = None,
    told: Callable[[Price], None],
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Best, Summary]:
    """Compute what the best rows of a screen lack, and put them into their order anew.

    Rows below them stay what they were: nobody has computed what these would gain or lose.

    Parameters
    ----------
    kb : KnowledgeBase
        Keeps the values (:meth:`~ligandkb.storage.computed_values.ComputedValues.store`).
    options : ScreenOptions
        Of the screen.
    found : Best
    workers : int
    run : Run
        What does the work: processes of this machine, or a cluster.
    limits : Limits, optional
        Bounds on one species.
    told : callable
        Is told the price before the work begins; one species of middle size has been computed by then. What it raises
        ends the work.
    progress : callable, optional
        Called after each species.

    Returns
    -------
    Best, Summary
        The same binding forms; bands are those among them, and their sizes count these forms' lines.

    Raises
    ------
    ExtraMissingError
        Without the extra ``[quantum]``.
    """
    limits = limits or Limits()
    lines = _lines(options, found)
    species = _species(kb, options, lines, found)
    tasks, there = plan(species, (DEFAULT_LEVEL,), kb.computed.lookup)
    seconds, done = _seconds(kb, tasks, run, limits)
    told(Price(len(tasks), there, seconds, workers))
    summary = compute(
        species,
        (DEFAULT_LEVEL,),
        lookup=kb.computed.lookup,
        store=kb.computed.store,
        workers=workers,
        limits=limits,
        progress=progress,
        run=run,
    )
    summary.computed += done
    summary.stored_before -= done
    return _anew(kb, options, lines, found), summary


def _lines(options: ScreenOptions, found: Best) -> list[Line]:
    """The lines in which the best rows stand."""
    return [
        Line(
            row.cells["line"],
            row.cells["smiles"],
            row.cells["id"] or "",
            row.cells.get(CAS_IN_LIST, row.cells["cas"]) or "",
            tuple(row.cells[name] or "" for name in options.carry or ()),
        )
        for row in found.rows
    ]


def _species(
    kb: KnowledgeBase, options: ScreenOptions, lines: Sequence[Line], found: Best
) -> tuple[str, ...]:
    """What is computed for the rows themselves: other forms of the same products are nobody's question."""
    screener = screener_from(kb, options)
    keys = {_key(row.cells) for row in found.rows}
    pairs = [seen.pair for line in lines for seen in screener.read(line).pairs if seen.pair.key in keys]
    return species_to_compute(
        (pair.form.form for pair in pairs), (pair.partner.smiles for pair in pairs if pair.partner)
    )


def _seconds(kb: KnowledgeBase, tasks: Sequence[Task], run: Run, limits: Limits) -> tuple[float, int]:
    """Estimate what tasks take, by computing the one of middle size; how many are done by that."""
    sizes = [atom_count(task.species) for task in tasks]
    possible = [(size, task) for size, task in zip(sizes, tasks, strict=True) if size <= limits.atoms]
    if not possible:
        return 0.0, 0
    size, middle = possible[len(possible) // 2]
    seconds = limits.seconds
    for _, outcome in run(partial(_timed, limits), [middle], workers=1, seconds=limits.seconds):
        if isinstance(outcome, ExtraMissingError):
            raise outcome
        if isinstance(outcome, Failed):
            return limits.seconds * len(possible), 0  # the dearest case: it took too long, or died
        kb.computed.store(outcome.records)
        seconds = outcome.seconds
    others = (seconds * float((other / size) ** GROWTH) for other, _ in possible)
    return sum(min(other, limits.seconds) for other in others), 1


@dataclass(frozen=True)
class _Timed:
    records: list[DescriptorRecord]
    seconds: float


def _timed(limits: Limits, task: Task) -> _Timed | ExtraMissingError:
    started = time.perf_counter()
    outcome = run_task(limits, task)
    return (
        outcome if isinstance(outcome, ExtraMissingError) else _Timed(outcome, time.perf_counter() - started)
    )


def _anew(kb: KnowledgeBase, options: ScreenOptions, lines: Sequence[Line], found: Best) -> Best:
    """The same rows by today's values, in the order of these."""
    before = {_key(row.cells): row for row in found.rows}
    rows = screen_with(screener_from(kb, options), lines).rows
    keys = zip(*(rows[name].to_pylist() for name in ("line", FORM, "partner")), strict=True)
    wanted = {(row.cells["line"], *key) for key, row in before.items()}
    rows = rows.filter([key in wanted for key in keys])
    again = best(lambda columns: [rows.select(columns)], len(before), rows.column_names, options.carry or ())
    ordered, sizes = [], Counter[int]()
    for row in again.rows:
        old = before[_key(row.cells)]
        ordered.append(replace(row, offered=old.offered, lines=old.lines))
        sizes[row.band] += old.lines
    return replace(found, rows=tuple(ordered), band_sizes=dict(sizes))


def _key(cells: Mapping[str, Any]) -> tuple[str, str]:
    return cells[FORM], cells["partner"]
