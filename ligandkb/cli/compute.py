"""Which descriptors are still to be computed?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from ligandkb.descriptors.quantum.compute import Limits, Progress, Summary, compute_acceptors
from ligandkb.descriptors.quantum.levels import METHODS, SOLVENTS, Level
from ligandkb.descriptors.quantum.matching import HALIDES, SITES
from ligandkb.descriptors.quantum.table import write_table
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import UsageError, did_you_mean
from ligandkb.resources import data_directory
from ligandkb.surface.published import Lattice, lattice


def chosen_levels(methods: Sequence[str], solvents: Sequence[str]) -> tuple[Level, ...]:
    """Levels by the names of methods and surroundings, however they are capitalised.

    Raises
    ------
    UsageError
        If a name is not one of them.
    """

    def named(text: str, known: Sequence[str]) -> str:
        for name in known:
            if text.casefold() in (name.casefold(), name.casefold().partition("-")[0].partition("/")[0]):
                return name
        raise UsageError(f"{text!r} is not one of {', '.join(known)}: {did_you_mean(text, known)}")

    return tuple(
        Level(named(method, METHODS), named(solvent, SOLVENTS)) for method in methods for solvent in solvents
    )


def run_compute(
    kb: KnowledgeBase, levels: Sequence[Level], *, full: bool, workers: int, limits: Limits, write: bool
) -> int:
    """Compute what is missing, list failures by reason, and write the shipped table if asked to.

    Returns
    -------
    int
        Species that failed.
    """
    species = [*kb.species_to_compute(), *(kb.uncut_forms() if full else ())]
    with progress_bar() as show:
        summary = kb.compute(species, levels, workers=workers, limits=limits, progress=show)
    print(f"{summary.computed} computed, {summary.stored_before} were there before")
    failed = print_failures(summary)
    cells = {halide: lattice(f"CsPb{halide}3") for halide in HALIDES}
    edges_nm = {
        halide: cell.lattice_constant_nm for halide, cell in cells.items() if isinstance(cell, Lattice)
    }
    sites = compute_acceptors(levels, edges_nm, lookup=kb.computed.lookup, store=kb.computed.store)
    print(f"models of lead: {sites.computed} computed, {sites.stored_before} levels were there before")
    failed += print_failures(sites)
    if write:
        path = data_directory() / "computed" / "descriptors.csv"
        rows = write_table(kb.computed.records(), path, species={*species, *SITES.values()})
        print(f"wrote {rows} rows to {path}")
    return failed


def print_failures(summary: Summary) -> int:
    """List what failed by its reason, on stderr; how many that were."""
    for reason, species in sorted(summary.failures.items()):
        print(f"failed: {reason}: {', '.join(species)}", file=sys.stderr)
    return sum(len(species) for species in summary.failures.values())


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None] | None]:
    """A bar with rate and time left on a terminal's stderr, nothing where it is piped."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only terminals need it
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    columns = (
        TextColumn("computing", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f}/min", markup=False),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True, markup=False)) as bar:
        task = bar.add_task("computing", total=None, rate=0.0)

        def show(state: Progress) -> None:
            bar.update(task, total=state.total, completed=state.done, rate=state.per_minute)

        yield show
        bar.console.print(Text("done"))
