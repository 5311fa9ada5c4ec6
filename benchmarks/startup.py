"""How long does a chemist wait for ``ligandkb rank``, ``check`` and ``--help``?

Whole processes, each timed in turn with its baseline so that a drifting machine hits both alike; printed are
medians and the median of the pairwise ratios.

Run at the top of a checkout: python benchmarks/startup.py [PAIRS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RANK_BASELINE = [sys.executable, "-c", "import rdkit.Chem, pandas, sqlmodel, typer"]
CHECK_BASELINE = [sys.executable, "-c", "import yaml"]
EMPTY_APP = "import typer\napp = typer.Typer()\n@app.command()\ndef main() -> None: ...\napp()\n"


def seconds(command: list[str]) -> float:
    """Wall time of one finished run."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def compare(name: str, command: list[str], baseline: list[str], limit: float, pairs: int) -> None:
    """Time a command against its baseline in turn and print medians and ratio."""
    seconds(command)
    seconds(baseline)
    timed = [(seconds(command), seconds(baseline)) for _ in range(pairs)]
    ratio = statistics.median(a / b for a, b in timed)
    ours, theirs = (statistics.median(column) for column in zip(*timed, strict=True))
    print(
        f"{name:30} {ours:7.3f} s   baseline {theirs:7.3f} s   ratio {ratio:5.2f}   (wanted: at most {limit})"
    )


def main() -> None:
    """Print one line for each command."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    run = [sys.executable, "-m", "ligandkb"]
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "empty_app.py"
        app.write_text(EMPTY_APP, encoding="utf-8")
        compare("ligandkb rank", [*run, "rank"], RANK_BASELINE, 2.5, pairs)
        compare(
            "ligandkb check --rules rules", [*run, "check", "--rules", "rules"], CHECK_BASELINE, 3.0, pairs
        )
        compare("ligandkb --help", [*run, "--help"], [sys.executable, str(app), "--help"], 2.0, pairs)


if __name__ == "__main__":
    main()
