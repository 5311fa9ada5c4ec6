"""How well does computed hardness follow measurement and published density functional theory?

    python benchmarks/hardness_reference.py experiment ../shared/reference/experimental_hardness.csv
    python benchmarks/hardness_reference.py sample ../shared/reference/carboxylic_acids_cdft.csv --count 500

The first compares molecules with (I - A)/2 as measured, and the halogen atoms with theirs. The second draws
molecules at random and compares with a table whose convention is I - A in Hartree; its values are kept line by
line in --out, so that the same command goes on where it was stopped. Nothing here is speed: the figures stand in
docs/quantum.md.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from neutral_hardness import (
    agreement,
    halogen_hardness,
    misordered_halogens,
    neutral_hardness,
    read_dft_sample,
    read_experiment,
)

from ligandkb.descriptors.quantum.levels import DEFAULT_LEVEL, Level
from ligandkb.missing import Failed

METHODS = ("GFN2-xTB", "GFN1-xTB", "PBE0/def2-SVPD")


def compare_with_experiment(path: Path, methods: list[str]) -> None:
    for method in methods:
        for name, measured in (
            ("molecules (L)", read_experiment(path)),
            ("halogen atoms (X)", halogen_hardness()),
        ):
            found = neutral_hardness(measured, Level(method, "gas"), seconds=3600)
            values = {species: value for species, value in found.items() if isinstance(value, float)}
            print(f"{method}, {name}: {agreement(values, measured)}", flush=True)
            for species, value in sorted(found.items()):
                told = f"{value:.2f}" if isinstance(value, float) else f"failed: {value.reason}"
                print(f"  {species}: computed {told}, measured {measured[species]:.2f}")
        by_symbol = {species.strip("[]"): value for species, value in values.items()}
        print(f"{method}, neighbouring halogens misordered: {misordered_halogens(by_symbol) or 'none'}")


def compare_with_sample(path: Path, count: int, relaxation: str, seconds: float, out: Path) -> None:
    reference = read_dft_sample(path, count)
    found: dict[str, float | None] = {}
    if out.exists():
        for line in out.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            found[entry["smiles"]] = entry["hardness_ev"]
    todo = [smiles for smiles in reference if smiles not in found]
    with out.open("a", encoding="utf-8") as file:

        def keep(smiles: str, value: float | Failed) -> None:
            failed = isinstance(value, Failed)
            found[smiles] = None if failed else value
            entry = {
                "smiles": smiles,
                "hardness_ev": found[smiles],
                "failed": value.reason if failed else None,
            }
            file.write(json.dumps(entry) + "\n")
            file.flush()

        neutral_hardness(todo, DEFAULT_LEVEL, relaxation=relaxation, seconds=seconds, told=keep)
    values = {smiles: value for smiles, value in found.items() if value is not None and smiles in reference}
    print(f"{path.name}, {relaxation} geometry, {DEFAULT_LEVEL}: {agreement(values, reference)}")
    print(f"failed: {sum(found.get(smiles) is None for smiles in reference)} of {len(reference)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    experiment = commands.add_parser("experiment")
    experiment.add_argument("file", type=Path)
    experiment.add_argument("--methods", nargs="+", choices=METHODS, default=["GFN2-xTB", "GFN1-xTB"])
    sample = commands.add_parser("sample")
    sample.add_argument("file", type=Path)
    sample.add_argument("--count", type=int, default=500)
    sample.add_argument("--geometry", choices=("force field", "GFN2-xTB"), default="GFN2-xTB")
    sample.add_argument("--seconds", type=float, default=180.0, help="limit on one molecule")
    sample.add_argument("--out", type=Path, default=Path("hardness_sample.jsonl"))
    arguments = parser.parse_args()
    if arguments.command == "experiment":
        compare_with_experiment(arguments.file, arguments.methods)
    else:
        compare_with_sample(
            arguments.file, arguments.count, arguments.geometry, arguments.seconds, arguments.out
        )


if __name__ == "__main__":
    main()
