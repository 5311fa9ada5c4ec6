"""How much longer does a cold ``ligandkb rank`` take because it looks products up in the tables of governments?

Whole processes with and without the tables, in pairs whose order alternates, so that a drifting machine hits both
alike; printed are medians and the median of the pairwise ratios with its quartiles, of the wall clock and of processor
time, which other people's work on the machine disturbs less.

Run at the top of a checkout: python benchmarks/hazard_tables.py [PAIRS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

LIMIT = 1.05
_RANK = "import sys; from ligandkb.cli import main; sys.argv = ['ligandkb', 'rank']; main()"
_LABELS_ONLY = (
    "from ligandkb.catalogue import catalogue; catalogue.HazardTables = lambda folder: None; " + _RANK
)


def seconds(program: str) -> tuple[float, float]:
    """Wall and processor time of one finished run."""
    start, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    after = os.times()
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - start, spent


def pair(number: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Times with and without the tables, every second time in the other order."""
    if number % 2:
        without = seconds(_LABELS_ONLY)
        return seconds(_RANK), without
    return seconds(_RANK), seconds(_LABELS_ONLY)


def main() -> None:
    """Print medians and ratios."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    pair(0)  # fills the file cache
    timed = [pair(number) for number in range(pairs)]
    for clock, name in enumerate(("wall clock", "processor")):
        ours, theirs = ([one[side][clock] for one in timed] for side in (0, 1))
        low, middle, high = statistics.quantiles((a / b for a, b in zip(ours, theirs, strict=True)), n=4)
        print(
            f"{name:10}  cold rank {statistics.median(ours):.3f} s with the tables, {statistics.median(theirs):.3f} s "
            f"without: ratio {middle:.3f} (quartiles {low:.3f} to {high:.3f}, {pairs} pairs; wanted: at most {LIMIT})"
        )


if __name__ == "__main__":
    main()
