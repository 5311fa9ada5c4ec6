"""Where does the time of a screen go, and how much memory does it take?

``python benchmarks/screening.py LIBRARY.smi.gz`` prints one table: each stage in microseconds a line and as a multiple
of bare ``Chem.MolFromSmiles`` over the same lines in the same process; then the whole command with one and two workers
and for two sizes of the list: processor time of all its processes over that of reading and parsing the same lines in
one process, its rate, and the most memory that any of its processes held. Every figure is a median.

``start-up`` is the command on a list of one line; the rows below it are without it. ``--no-command`` leaves the command
out, ``--sizes`` and ``--repeat`` make it shorter. A busy machine lengthens both times, not always alike: judge by the
ratios of a quiet one. It runs on Linux.
"""

from __future__ import annotations

import argparse
import ctypes
import gzip
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

SEED = 2018
COMPOSITION = "CsPbBr3"
_CHILD_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of Linux, prctl(2)."""
BARE = "--bare"
"""By which this script runs itself in a process of its own, only to parse."""


@dataclass(frozen=True)
class Row:
    """One row of the table; None where there is no such figure."""

    what: str
    microseconds: float
    ratio: float | None
    lines_per_s: float | None = None
    peak_mb: float | None = None


@dataclass(frozen=True)
class Run:
    """One finished process with all that it started: processor and wall time in s, and the most that any held in MB."""

    processor: float
    wall: float
    peak_mb: float


def main() -> None:
    options = _options()
    if options.bare:
        parse_all(options.library)
        return
    _refuse_too_few(options)
    # The command first, while this process is small: the system charges what it starts with its size.
    rows = whole_command(options) if options.command else []
    from screening_stages import stages  # noqa: PLC0415

    columns = None if options.columns is None else options.columns.split(",")
    found = stages(drawn(options.library, options.lines), options.chunk, columns)
    rows = [*(Row(name, *figures) for name, figures in found.items()), *rows]
    print(f"{'':44}{'µs a line':>11}{'× bare parse':>14}{'lines/s':>9}{'peak MB':>9}")
    for row in rows:
        rate = "" if row.lines_per_s is None else f"{row.lines_per_s:.0f}"
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        peak = "" if row.peak_mb is None else f"{row.peak_mb:.0f}"
        print(f"{row.what:44}{row.microseconds:11.1f}{ratio:>14}{rate:>9}{peak:>9}")


def _refuse_too_few(options: argparse.Namespace) -> None:
    """The stages are timed on every other chunk, and the first two only warm up."""
    count = min(options.lines, sum(1 for line in _lines_of(options.library) if line.strip()))
    if count < 4 * options.chunk:
        raise SystemExit(
            f"{count} lines are too few to time stages on chunks of {options.chunk}: four chunks are the least; give "
            f"--lines {4 * options.chunk} or more of a list that has them, or --chunk {max(count // 4, 1)} or less"
        )


def drawn(library: Path, count: int) -> list[str]:
    """Lines drawn with a fixed seed, in the order of the file; all of them where it has no more."""
    lines = [line for line in _lines_of(library) if line.strip()]
    if count >= len(lines):
        return lines
    return [lines[place] for place in sorted(random.Random(SEED).sample(range(len(lines)), count))]


def _lines_of(path: Path) -> Iterator[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as stream:
        yield from stream


def parse_all(path: Path) -> None:
    """Parse each line of a file and do nothing else."""
    from rdkit import Chem, rdBase  # noqa: PLC0415 - this process stays small until the commands have run

    rdBase.DisableLog("rdApp.*")
    for line in _lines_of(path):
        Chem.MolFromSmiles(line.split()[0])


def whole_command(options: argparse.Namespace) -> list[Row]:
    """Run ``ligandkb screen`` on lists of several lengths, with one worker and with several."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        one = _listed(options, folder, 1)
        start = [_screened(one, folder, 1, options.columns) for _ in range(options.repeat)]
        processor, wall = (
            statistics.median(getattr(run, kind) for run in start) for kind in ("processor", "wall")
        )
        rows.append(Row("start-up (ms, not µs a line)", processor * 1e3, None, None, _peak(start)))
        for size in options.sizes:
            listed = _listed(options, folder, size)
            bare = [timed([sys.executable, __file__, str(listed), BARE]) for _ in range(options.repeat)]
            nothing = [timed([sys.executable, __file__, str(one), BARE]) for _ in range(options.repeat)]
            parsing = statistics.median(run.processor for run in bare) - statistics.median(
                run.processor for run in nothing
            )
            for workers in options.workers:
                runs = [_screened(listed, folder, workers, options.columns) for _ in range(options.repeat)]
                spent = statistics.median(run.processor for run in runs) - processor
                lasted = statistics.median(run.wall for run in runs) - wall
                what = f"{size:,} lines, {workers} worker{'s' if workers > 1 else ''}"
                rows.append(Row(what, spent / size * 1e6, spent / parsing, size / lasted, _peak(runs)))
    return rows


def _peak(runs: Sequence[Run]) -> float:
    return statistics.median(run.peak_mb for run in runs)


def _listed(options: argparse.Namespace, folder: Path, size: int) -> Path:
    path = folder / f"{size}.smi.gz"
    path.write_bytes(gzip.compress("".join(drawn(options.library, size)).encode()))
    return path


def _screened(listed: Path, folder: Path, workers: int, columns: str | None) -> Run:
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    chosen = [] if columns is None else ["--columns", columns]
    command = [sys.executable, "-m", "ligandkb", "screen", str(listed), "-o", str(out)]
    return timed([*command, "--composition", COMPOSITION, "--workers", str(workers), *chosen])


def timed(command: Sequence[str]) -> Run:
    """Run a command to its end, and to that of all that it started; what it says is shown where it fails."""
    _adopt_orphans()
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        processor, peak_kb, wall, code = 0.0, 0, 0.0, 0
        while True:
            try:
                pid, status, used = os.wait4(-1, 0)
            except ChildProcessError:
                break
            processor += used.ru_utime + used.ru_stime
            peak_kb = max(peak_kb, used.ru_maxrss)
            if pid == process.pid:
                wall = time.perf_counter() - start
                process.returncode = code = os.waitstatus_to_exitcode(status)
        if code:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}\n{said.read().decode()}")
    return Run(processor, wall, peak_kb / 1024)


def _adopt_orphans() -> None:
    """Let processes whose parent ended become children of this one, so that what they took is counted, too."""
    ctypes.CDLL(None).prctl(_CHILD_SUBREAPER, 1, 0, 0, 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("library", type=Path, help="SMILES file, one structure a line, .gz or not")
    parser.add_argument(
        "--lines", type=int, default=5500, help="lines that the stages are timed on (default 5500)"
    )
    parser.add_argument("--chunk", type=int, default=500, help="lines of one figure of a stage (default 500)")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[40_000, 400_000], help="lines of whole commands"
    )
    parser.add_argument(
        "--workers", type=int, nargs="+", default=[1, 2], help="of whole commands (default 1 2)"
    )
    parser.add_argument("--columns", help="as of ligandkb screen; all by default")
    parser.add_argument("--repeat", type=int, default=3, help="runs of one figure of a command (default 3)")
    parser.add_argument("--no-command", dest="command", action="store_false", help="time the stages alone")
    parser.add_argument(BARE, action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
