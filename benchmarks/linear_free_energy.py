"""Fit pKa on structure and log K1 of lead on pKa, print what each fit says of the values left out.

python benchmarks/linear_free_energy.py            # print
python benchmarks/linear_free_energy.py --write    # write data/linear_free_energy.json, too
python benchmarks/linear_free_energy.py --time FILE  # and how long 20,000 acids of a gzipped file of SMILES take
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import time
from pathlib import Path

import numpy as np
from rdkit import Chem
from rdkit.Chem.rdFingerprintGenerator import GetMorganGenerator
from rdkit.DataStructs import BulkTanimotoSimilarity
from rdkit.ML.Cluster import Butina

from ligandkb.chemistry.acidity import FAMILY
from ligandkb.chemistry.linear_free_energy import FILE, Estimate, shipped_models
from ligandkb.chemistry.predicted_pka import predict_pka
from ligandkb.chemistry.structure import parse
from ligandkb.descriptors.lead_table import read_lead_affinity
from ligandkb.descriptors.measured import FILES, PkaTable, read_pka
from ligandkb.problems import InputError, Problem
from ligandkb.resources import data_directory
from ligandkb.validation.least_squares import Fit
from ligandkb.validation.linear_free_energy import as_json, family_values, fit_all

ACIDS = 20_000


def show(fit: Fit) -> None:
    model = fit.model
    print(
        f"\n{model.name}: n = {model.n}, leaving out one at a time mean absolute error "
        f"{model.mean_absolute_error:.3f} (a constant {model.of_a_constant:.3f}), root mean square "
        f"{model.root_mean_square_error:.3f}, Spearman {fit.spearman:.3f}"
    )
    for term, one in model.coefficients.items():
        print(f"  {term:32} {one.value:+.3f} ± {one.error:.3f}   ({one.lowest:.2f} to {one.highest:.2f})")
    for value in sorted(fit.values, key=lambda value: -abs(value.measured - value.without))[:5]:
        print(f"    {value.name}: {value.measured:.2f}, without it {value.without:.2f}")


def show_clusters(pka: PkaTable) -> None:
    """Leave out whole clusters of similar acids: what to expect of acids that are like none of the fit."""
    family = FAMILY["carboxylic acid"]
    known = family_values(family, pka)
    prints = [GetMorganGenerator(2, fpSize=2048).GetFingerprint(parse(smiles)) for smiles in known.smiles]
    apart = [
        1 - similar
        for position in range(1, len(prints))
        for similar in BulkTanimotoSimilarity(prints[position], prints[:position])
    ]
    print("\ncarboxylic acids, leaving out clusters (Butina, Morgan fingerprints of radius 2):")
    matrix = np.array([[1.0, *(terms[term] for term in family.terms)] for terms in known.terms])
    measured = np.array(known.pka)
    for cutoff in (0.5, 0.6, 0.7):
        errors = np.empty(len(measured))
        for cluster in Butina.ClusterData(apart, len(prints), cutoff, isDistData=True):
            left = np.isin(np.arange(len(measured)), cluster)
            coefficients = np.linalg.lstsq(matrix[~left], measured[~left], rcond=None)[0]
            errors[left] = measured[left] - matrix[left] @ coefficients
        print(
            f"  distance {cutoff}: mean absolute error {np.abs(errors).mean():.2f}, root mean square "
            f"{np.sqrt((errors**2).mean()):.2f}"
        )


def time_acids(path: Path) -> None:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        lines = [line.split()[0] for line in itertools.islice(stream, 0, None, 21) if line.strip()][:ACIDS]
    start = time.process_time()  # other processes share the machine
    mols = [mol for mol in map(Chem.MolFromSmiles, lines) if mol is not None]
    parsed = time.process_time()
    models = shipped_models().acidity
    found = [predict_pka(mol, FAMILY["carboxylic acid"], models) for mol in mols]
    done = time.process_time()
    known = sum(isinstance(one, Estimate) for one in found)
    print(
        f"\n{len(mols)} acids: parsing {1e6 * (parsed - start) / len(mols):.0f} µs an acid, pKa "
        f"{1e6 * (done - parsed) / len(mols):.0f} µs ({(done - parsed) / (parsed - start):.2f} of it); "
        f"{known / len(mols):.0%} inside the domain"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--time", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    problems: list[Problem] = []
    folder = data_directory()
    pka = read_pka([folder / name for name in FILES], problems)
    lead = read_lead_affinity(folder / "lead_affinity.csv", problems)
    if problems:
        raise InputError(problems)
    found = fit_all(pka, lead)
    for fit in (*found.acidity, found.lead_line):
        show(fit)
    show_clusters(pka)
    print(f"\nscatter of log K1 between ionic strengths: {lead.scatter:.3f}")
    for donor in found.second_donors:
        one = donor.increment
        print(f"  {donor.kind:26} {one.value:+.2f} ± {one.error:.2f}, n = {one.n}")
        for smiles, value in donor.ligands:
            print(f"    {smiles}: {value:+.2f}")
    if arguments.write:
        text = json.dumps(as_json(found.models), indent=1)
        (folder / FILE).write_text(f"{text}\n", encoding="utf-8")
    if arguments.time:
        time_acids(arguments.time)


if __name__ == "__main__":
    main()
