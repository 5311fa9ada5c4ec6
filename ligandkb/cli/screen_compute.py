"""What is computed for the best of a list, and at which price?"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
from typing import TYPE_CHECKING

from ligandkb.cli.output import put_and_go_on, say
from ligandkb.problems import ExtraMissingError, UsageError

if TYPE_CHECKING:
    from ligandkb.knowledge_base import KnowledgeBase
    from ligandkb.screening.compute import Price
    from ligandkb.screening.run import ScreenResult


def refuse_what_can_t_be_computed(top: int | None) -> None:
    """Say before a list is screened, which may take hours, what would fail after it.

    Raises
    ------
    UsageError
        If nobody said how many are computed.
    ExtraMissingError
        Without the extra ``[quantum]``.
    """
    if top is None:
        raise UsageError("--compute is for the best of a list: say how many with --top, for example --top 50")
    for package in ("tblite", "ase"):
        if importlib.util.find_spec(package) is None:
            raise ExtraMissingError(package, "quantum")


def compute_top(
    kb: KnowledgeBase, result: ScreenResult, count: int, *, workers: int, dask: str | None
) -> None:
    """Compute what the best of a screen lack, the price told first, and keep these in their order anew.

    Parameters
    ----------
    kb : KnowledgeBase
        Keeps the values.
    result : ScreenResult
        Of a finished screen.
    count : int
        Binding forms.
    workers : int
        Processes of this machine.
    dask : str or None
        Address of a cluster that does it instead.
    """
    from ligandkb.cli.compute import print_failures, progress_bar  # noqa: PLC0415 - only who computes waits for these
    from ligandkb.descriptors.quantum.workers import run_in_workers  # noqa: PLC0415
    from ligandkb.screening.compute import compute_best  # noqa: PLC0415
    from ligandkb.screening.kept import keep_best, write_best  # noqa: PLC0415

    found = keep_best(result.folder, result.manifest, count)
    with contextlib.ExitStack() as stack:
        run = run_in_workers
        if dask is not None:
            from ligandkb.screening.heads_on_dask import run_on  # noqa: PLC0415
            from ligandkb.screening.on_dask import connected, threads_of  # noqa: PLC0415

            client = stack.enter_context(connected(dask))
            run, workers = run_on(client), threads_of(client)
        show = stack.enter_context(progress_bar())
        again, summary = compute_best(
            kb, result.options, found, workers=max(workers, 1), run=run, told=_told, progress=show
        )
    write_best(result.folder, again, count)
    put_and_go_on(
        f"{summary.computed} computed for the best {len(again.rows)}, which stand in their order by these values"
    )
    print_failures(summary)


def _told(price: Price) -> None:
    say(str(price) + ("; what is computed stays, so that Ctrl-C loses nothing" if price.species else ""))
    sys.stderr.flush()
