"""What do heads, de-duplication and worker processes save?

    python benchmarks/quantum.py heads   [--ligands N]            heads once each against every ligand uncut
    python benchmarks/quantum.py workers [--heads N] [--pairs N]  two workers against one

Both print ratios of runs made side by side; nothing is asserted. Use an idle machine with two cores.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from ligandkb.chemistry.forms import binding_forms
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.structure import canonical
from ligandkb.descriptors.quantum.atoms import monatomic_anion_element
from ligandkb.descriptors.quantum.compute import compute
from ligandkb.descriptors.quantum.evaluation import evaluate
from ligandkb.descriptors.quantum.geometry import atom_count
from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL

ROOT = Path(__file__).resolve().parents[1]
LEVELS = (DEFAULT_LEVEL,)
SEED = 2018


def catalogue_forms() -> list[str]:
    """First binding form of each ligand of the catalogue that has a donor; one entry a product."""
    forms = []
    with (ROOT / "data" / "ligands.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["role"] == "ligand":
                forms += [form.smiles for form in binding_forms(row["smiles"]) if form.modes][:1]
    return forms


def homologous_heads(count: int) -> list[str]:
    """Make distinct small heads: substituted acetates, benzoates, amines and pyridines."""
    groups = ("F", "Cl", "Br", "O", "OC", "C#N", "N", "S", "C", "CC", "C=C", "C(F)(F)F", "SC", "C(C)C")
    frames = (
        "[O-]C(=O)C{}",
        "[O-]C(=O)C({})C",
        "[O-]C(=O)C=C{}",
        "NC{}",
        "NCC{}",
        "[O-]S(=O)(=O)C{}",
        "OP(=O)([O-])C{}",
        "n1ccc({})cc1",
        "n1cccc({})c1",
        "SC{}",
        "SCC{}",
        "CSC{}",
        "CP(C)C{}",
        "O=P(C)(C)C{}",
        "[S-]C{}",
        "[O-]C(=O)C(F){}",
    )
    found = dict.fromkeys(canonical(frame.format(group)) for frame in frames for group in groups)
    return sorted(found, key=lambda one: (atom_count(one), one))[:count]


def compare_heads(ligands: int) -> None:
    forms = [form for form in catalogue_forms() if monatomic_anion_element(form) is None]
    sample = random.Random(SEED).sample(forms, min(ligands, len(forms)))
    evaluate("CO", LEVELS)  # libraries are loaded outside the clock
    # Processor time, head and whole ligand in turn: one thread, so that other users of the machine don't count.
    seconds = {"cut": 0.0, "uncut": 0.0}
    slowest: list[tuple[float, str]] = []
    seen: set[str] = set()
    for form in sample:
        head = head_of(form)
        for name, species in (("cut", head), ("uncut", form)):
            if name == "cut" and head in seen:
                continue
            start = time.process_time()
            evaluate(species, LEVELS)
            spent = time.process_time() - start
            seconds[name] += spent
            slowest.append((spent, f"{species} ({name})"))
        seen.add(head)
    cut, uncut = seconds["cut"], seconds["uncut"]
    print(f"{len(sample)} ligands, {len(seen)} distinct heads, processor seconds")
    print(f"heads once each {cut:.1f} s, every ligand uncut {uncut:.1f} s: ratio {uncut / cut:.1f}")
    for spent, species in sorted(slowest, reverse=True)[:8]:
        print(f"  {spent:6.1f} s  {species}")


def compare_workers(heads: int, pairs: int) -> None:
    species = homologous_heads(heads)
    ratios = []
    print(f"load before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} cores")
    for number in range(pairs):
        seconds = {}
        for workers in (1, 2) if number % 2 == 0 else (2, 1):
            start = time.perf_counter()
            compute(species, LEVELS, lookup=lambda _: None, store=lambda _: None, workers=workers)
            seconds[workers] = time.perf_counter() - start
        ratios.append(seconds[1] / seconds[2])
        print(
            f"pair {number + 1}: one {seconds[1]:.1f} s, two {seconds[2]:.1f} s, ratio {ratios[-1]:.2f}",
            flush=True,
        )
    print(f"{len(species)} heads, median ratio of {pairs} interleaved pairs: {statistics.median(ratios):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Ratios of the quantum tier, runs side by side.")
    commands = parser.add_subparsers(dest="command", required=True)
    heads = commands.add_parser("heads")
    heads.add_argument("--ligands", type=int, default=10_000)
    workers = commands.add_parser("workers")
    workers.add_argument("--heads", type=int, default=200)
    workers.add_argument("--pairs", type=int, default=5)
    arguments = parser.parse_args()
    if arguments.command == "heads":
        compare_heads(arguments.ligands)
    else:
        compare_workers(arguments.heads, arguments.pairs)


if __name__ == "__main__":
    main()
