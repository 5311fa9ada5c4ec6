"""What does a supplier's whole list hold for my nanocrystals?

Samples lines of a SMILES file, writes them as a lab's own ``ligands.csv``, sets aside with its reason every line that
cannot be read, ranks the rest beside the shipped catalogue, and says how the answer came about.

    python examples/vendor.py LIBRARY.smi.gz my-vendor/ --lines 2000

Afterwards ``ligandkb rank --data my-vendor/`` and ``ligandkb explain vendor-line-63143 --data my-vendor/`` work, too.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rdkit import Chem

import ligandkb as lk

PREFIX = "vendor-line-"
SEED = 2018


def main() -> None:
    """Sample, write, load, rank, report."""
    options = _options()
    try:
        sampled = sample(options.library, options.lines, options.seed)
        started = time.process_time()
        kb, rejected = load_what_can_be_read(options.folder, sampled)
        loaded = time.process_time()
        ranking = kb.rank(composition=options.composition)
        ranked = time.process_time()
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is not there: name a SMILES file, one structure a line")
    except (OSError, UnicodeDecodeError, lk.LigandkbError) as error:
        sys.exit(str(error))
    print(f"{len(sampled)} lines sampled with seed {options.seed}; {len(rejected)} cannot be read", end="")
    print(f", see {options.folder / 'rejected.csv'}" if rejected else "")
    print("\n".join(report(ranking, options.top)))
    reading, judging = loaded - started, ranked - loaded
    print(
        f"\nProcessor time: {reading:.1f} s to read and find binding forms ({len(sampled) / reading:.0f} lines/s), "
        f"{judging:.1f} s to rank ({len(ranking) / judging:.0f} pairs/s); "
        f"both together {len(sampled) / (reading + judging):.0f} lines/s."
    )


def sample(library: Path, count: int, seed: int) -> dict[int, str]:
    """Draw lines of a SMILES file, compressed or not.

    Returns
    -------
    dict
        Line number (1-based) to SMILES, in the order of the file.
    """
    opened = gzip.open if library.suffix == ".gz" else open
    with opened(library, "rt", encoding="utf-8") as stream:
        # What stands behind the SMILES, if anything, is a name that not every supplier gives.
        lines = {
            number: fields[0] for number, line in enumerate(stream, 1) if (fields := line.split(maxsplit=1))
        }
    drawn = random.Random(seed).sample(sorted(lines), min(count, len(lines)))
    return {number: lines[number] for number in sorted(drawn)}


def load_what_can_be_read(folder: Path, lines: Mapping[int, str]) -> tuple[lk.KnowledgeBase, list[list[str]]]:
    """Lay the lines over the catalogue; those with a problem go to ``rejected.csv``, each with its reason.

    A lab's own table is refused as long as anything in it is wrong. A supplier's list is nobody's to fix, so what
    the refusal names is set aside, and nothing is dropped in silence.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "ligands.csv"
    numbers = list(lines)
    _write(table, ["name", "smiles"], ([f"{PREFIX}{number}", lines[number]] for number in numbers))
    try:
        return lk.load(data=[folder]), []
    except lk.InputError as error:
        if any(problem.file != str(table) or problem.line < 2 for problem in error.problems):
            raise
        # Line 1 names the columns.
        reasons = {numbers[problem.line - 2]: f"{problem.what}: {problem.fix}" for problem in error.problems}
    rejected = [[str(number), lines[number], reason] for number, reason in sorted(reasons.items())]
    _write(folder / "rejected.csv", ["line", "smiles", "reason"], rejected)
    readable = ([f"{PREFIX}{number}", lines[number]] for number in numbers if number not in reasons)
    _write(table, ["name", "smiles"], readable)
    return lk.load(data=[folder]), rejected


def report(ranking: Any, top: int) -> list[str]:
    """What came out on top of the supplier's lines, and why, as lines of text."""
    vendor = [row for row in ranking.to_dict("records") if _is_supplied(row["products"])]
    lines = [
        "",
        f"{len(vendor)} pairs of the supplier's, of {len(ranking)}. Verdicts (from prediction alone):",
    ]
    if not vendor:
        return [*lines, "  none"]
    lines += _counted(str(row["verdict"]) for row in vendor)
    lines += ["", "Scores, rounded to 0.1, and how many pairs tie at each:"]
    scores = Counter(round(row["score"], 1) for row in vendor)
    lines += [f"  {score:+.1f}  {count:6}" for score, count in sorted(scores.items(), reverse=True)]
    lines += ["", "Rules that moved a score, and on how many pairs:"]
    lines += _counted(reason for row in vendor for reason in row["reasons"])
    lines += ["", "Safety tags (no tag is not a clearance):"]
    lines += _counted(tag for row in vendor for tag in row["safety"]["tags"])
    lines += ["", "Vetoed, whatever their score:"]
    lines += [
        f"  {row['smiles']}: {row['verdict_reason']}" for row in vendor if row["verdict"] == "vetoed"
    ] or ["  none"]
    best = [row for row in vendor if row["verdict"] == "recommended"]
    highest = max((round(row["score"], 1) for row in best), default=0.0)
    tied = [row for row in best if round(row["score"], 1) == highest]
    tied.sort(key=lambda row: (_heavy_atoms(row["smiles"]), row["rank"]))
    lines += [
        "",
        f"The highest score recommended, {highest:+.1f}, is shared by {len(tied)} pairs, which the rules",
    ]
    lines += ["can't part. Those of the smallest molecules, safety tags behind:"]
    lines += [
        f"  {row['ligand']:22} {row['smiles']:40} {', '.join(row['safety']['tags'])}" for row in tied[:top]
    ]
    return lines


def _is_supplied(recipes: Sequence[Sequence[str]]) -> bool:
    """Whether a line of the list makes the pair, alone or beside a product that the catalogue has already."""
    return any(product.startswith(PREFIX) for recipe in recipes for product in recipe)


def _counted(items: Iterable[str]) -> list[str]:
    return [f"  {count:6}  {item}" for item, count in Counter(items).most_common()] or ["  none"]


def _heavy_atoms(smiles: str) -> int:
    return int(Chem.MolFromSmiles(smiles).GetNumHeavyAtoms())


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("library", type=Path, help="SMILES file, one structure a line, .gz or not")
    parser.add_argument("folder", type=Path, help="folder for ligands.csv and rejected.csv")
    parser.add_argument("--lines", type=int, default=2000, help="lines to sample (default 2000)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"seed of the sample (default {SEED})")
    parser.add_argument("--composition", default="CsPbBr3", help="crystal (default CsPbBr3)")
    parser.add_argument("--top", type=int, default=15, help="structures to show (default 15)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
