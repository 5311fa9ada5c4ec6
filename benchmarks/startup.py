"""How long does a chemist wait for ``ligandkb rank``, ``check`` and ``--help``?

Whole processes with compiled bytecode (the package is compiled first, and PYTHONDONTWRITEBYTECODE cleared for both
sides), each timed in turn with its baseline so that a drifting machine hits both alike. Printed are medians of wall and
processor time and the median of the pairwise ratios, with the half of them that lie in the middle. What others do on
the machine lengthens both times and makes ratios of wall time meaningless: judge by those of a quiet machine, of which
the ratio of processor time tells the same.

Run at the top of a checkout on a POSIX system: python benchmarks/startup.py [PAIRS]
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "ligandkb"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
RANK_BASELINE = [sys.executable, "-c", "import rdkit.Chem, pandas, sqlmodel, typer"]
OWN_IMPORTS = "import ligandkb.cli.rank, ligandkb.loading, ligandkb.reports.ranking_screen"
CHECK_BASELINE = [sys.executable, "-c", "import yaml"]
EMPTY_APP = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()\n"


@dataclass(frozen=True)
class Run:
    """What one finished process took, in s."""

    wall: float
    processor: float


def timed(command: list[str], *, forgetting: Path | None = None) -> Run:
    """Run a command to its end, without what earlier runs left in a folder where one is named."""
    if forgetting is not None:
        shutil.rmtree(forgetting, ignore_errors=True)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(wall, used.ru_utime + used.ru_stime)


def compare(
    name: str,
    command: list[str],
    baseline: list[str],
    limit: float | None,
    pairs: int,
    forgetting: Path | None = None,
) -> None:
    """Time a command against its baseline in turn and print medians and ratios."""
    timed(baseline)
    timed(command)
    runs = [(timed(command, forgetting=forgetting), timed(baseline)) for _ in range(pairs)]
    print(f"\n{name}" + (f"   wanted: at most {limit} times the baseline" if limit is not None else ""))
    for kind in ("wall", "processor"):
        both = [(getattr(ours, kind), getattr(theirs, kind)) for ours, theirs in runs]
        ours, theirs = (statistics.median(column) for column in zip(*both, strict=True))
        low, ratio, high = statistics.quantiles([a / b for a, b in both], n=4)
        told = "" if limit is None else "   held" if ratio <= limit else "   MISSED"
        print(
            f"  {kind:9} {ours:6.3f} s   baseline {theirs:6.3f} s   "
            f"ratio {ratio:5.2f} ({low:.2f} to {high:.2f}){told}"
        )


def main() -> None:
    """Print a few lines for each command."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    compileall.compile_dir(PACKAGE, quiet=1)
    run = [sys.executable, "-m", "ligandkb"]
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        ENVIRONMENT["LIGANDKB_CACHE"] = str(cache)
        app = Path(folder) / "empty_app.py"
        app.write_text(EMPTY_APP, encoding="utf-8")
        empty = [sys.executable, str(app), "--help"]
        rank, own = [*run, "rank"], [sys.executable, "-c", OWN_IMPORTS]
        compare("ligandkb rank, the first time", rank, RANK_BASELINE, 1.8, pairs, forgetting=cache)
        compare("ligandkb rank, again", rank, RANK_BASELINE, 1.3, pairs)
        compare("ligandkb rank, again, beside what it imports", rank, own, None, pairs)
        compare("ligandkb --help", [*run, "--help"], empty, 0.9, pairs)
        compare(
            "ligandkb check --rules rules", [*run, "check", "--rules", "rules"], CHECK_BASELINE, 3.0, pairs
        )
        compare("ligandkb rank --format json", [*run, "rank", "--format", "json"], RANK_BASELINE, None, pairs)
        compare("ligandkb explain benzoate", [*run, "explain", "benzoate"], RANK_BASELINE, None, pairs)
        compare("ligandkb outcomes --help", [*run, "outcomes", "--help"], empty, None, pairs)


if __name__ == "__main__":
    main()
