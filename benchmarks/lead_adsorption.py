"""What is left of a model's opinion on neutral donors once size is taken out?

Fits the linear model of :mod:`ligandkb.descriptors.lead_adsorption` on the adsorption energies of perov-passivator
(MIT licence; the table itself is not shipped). Molecules are labelled by our motifs; dropped are energies below -2 eV,
which are reactions, acids, what isn't neutral, and donor groups with fewer than ten molecules. Prints R² with and
without donor group and bulk, by leaving out clusters of structures (Butina, and Murcko scaffolds), and how the part
that is scored orders energies that were corrected for size, group by group.

Run: python benchmarks/lead_adsorption.py TABLE [--write]
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rdkit import DataStructs
from rdkit.Chem.rdFingerprintGenerator import GetMorganGenerator
from rdkit.Chem.Scaffolds.MurckoScaffold import MurckoScaffoldSmiles
from rdkit.ML.Cluster.Butina import ClusterData
from scipy.stats import spearmanr

from ligandkb.chemistry.forms import BindingForm, form_of
from ligandkb.chemistry.structure import canonical, parse
from ligandkb.descriptors.lead_adsorption import BULK, FILE, SIZE, out_of_range, terms_of
from ligandkb.problems import StructureError
from ligandkb.resources import data_directory

LOWEST_EV = -2.0
"""Energies below are reactions and failures, not binding."""
FEWEST = 10
"""Molecules that a donor group must have."""
FOLDS, SEED = 10, 2018
DISTANCE = 0.7
"""Tanimoto distance (Morgan, radius 2) within which Butina puts molecules into one cluster."""
COVERED = 0.9


@dataclass(frozen=True)
class Molecules:
    """Molecules of the fit.

    Attributes
    ----------
    forms : list of BindingForm
    energies_ev : ndarray of shape (n,)
    groups : ndarray of shape (n,)
        Donor group of each.
    names : list of str
        Donor groups, the most frequent first.
    """

    forms: list[BindingForm]
    energies_ev: NDArray[np.float64]
    groups: NDArray[np.str_]
    names: list[str]

    @property
    def size(self) -> NDArray[np.float64]:
        """Terms of size, shape (n, 3)."""
        return np.array([[terms_of(form)[name] for name in SIZE] for form in self.forms], dtype=float)

    @property
    def at_donor(self) -> NDArray[np.float64]:
        """Donor groups, one column each, and terms of bulk."""
        bulk = np.array([[terms_of(form)[name] for name in BULK] for form in self.forms], dtype=float)
        return np.column_stack([*(self.groups == name for name in self.names), bulk]).astype(float)


def read(path: Path) -> tuple[Molecules, Counter[str]]:
    """Molecules of the table, and how many were dropped for which reason."""
    kept: list[tuple[BindingForm, float]] = []
    dropped: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [(row["smiles"], float(row["adsorption_energy_ev"])) for row in csv.DictReader(stream)]
    for smiles, energy in rows:
        reason, form = _label(smiles, energy)
        if form is None:
            dropped[reason] += 1
        else:
            kept.append((form, energy))
    counts = Counter(_group(form) for form, _ in kept)
    names = [name for name, count in counts.most_common() if count >= FEWEST]
    dropped["rare donor group"] = sum(count for name, count in counts.items() if name not in names)
    kept = [(form, energy) for form, energy in kept if _group(form) in names]
    forms = [form for form, _ in kept]
    return Molecules(
        forms, np.array([energy for _, energy in kept]), np.array(list(map(_group, forms))), names
    ), dropped


def _label(smiles: str, energy_ev: float) -> tuple[str, BindingForm | None]:
    if energy_ev < LOWEST_EV:
        return "below -2 eV", None
    try:
        form = form_of(canonical(smiles))
    except StructureError:
        return "unreadable", None
    if form is None:
        return "no donor", None
    reason = out_of_range(form)
    return (str(reason), None) if reason else ("", form)


def _group(form: BindingForm) -> str:
    return form.mode.group if form.mode else ""


def butina(forms: Sequence[BindingForm]) -> NDArray[np.int_]:
    """Number of the cluster of each molecule."""
    prints = [GetMorganGenerator(radius=2).GetFingerprint(parse(form.smiles)) for form in forms]
    distances = np.concatenate(
        [
            1 - np.array(DataStructs.BulkTanimotoSimilarity(one, prints[:number]))
            for number, one in enumerate(prints)
        ]
    )
    labels = np.empty(len(prints), dtype=int)
    for number, members in enumerate(ClusterData(distances, len(prints), DISTANCE, isDistData=True)):
        labels[list(members)] = number
    return labels


def scaffolds(forms: Sequence[BindingForm]) -> NDArray[np.int_]:
    """Number of the Murcko scaffold of each molecule; open chains are clusters of their own."""
    names = [MurckoScaffoldSmiles(mol=parse(form.smiles)) or form.smiles for form in forms]
    return np.unique(names, return_inverse=True)[1]


def folds(clusters: NDArray[np.int_]) -> NDArray[np.int_]:
    """Fold of each molecule; a cluster is never split."""
    order = np.random.default_rng(SEED).permutation(clusters.max() + 1)
    return order[clusters] % FOLDS


def fit(terms: NDArray[np.float64], energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """Least squares."""
    return np.asarray(np.linalg.lstsq(terms, energies, rcond=None)[0], dtype=np.float64)


def left_out(
    terms: NDArray[np.float64], energies: NDArray[np.float64], fold: NDArray[np.int_]
) -> NDArray[np.float64]:
    """Coefficients for each molecule from the folds that it isn't in, shape (n, number of terms)."""
    found = np.empty_like(terms)
    for number in range(FOLDS):
        found[fold == number] = fit(terms[fold != number], energies[fold != number])
    return found


def r_squared(predicted: NDArray[np.float64], energies: NDArray[np.float64]) -> float:
    """Share of the variance that a prediction explains."""
    return float(1 - ((energies - predicted) ** 2).sum() / ((energies - energies.mean()) ** 2).sum())


def report(molecules: Molecules, clusters: dict[str, NDArray[np.int_]]) -> Iterator[str]:
    """Lines of the figures."""
    energies, size, at_donor = molecules.energies_ev, molecules.size, molecules.at_donor
    constant = np.ones((len(energies), 1))
    models = {
        "heavy atoms": np.column_stack([constant, size.sum(axis=1)]),
        "size": np.column_stack([constant, size]),
        "size and donor group": np.column_stack([size, at_donor[:, : len(molecules.names)]]),
        "size, donor group, bulk": np.column_stack([size, at_donor]),
    }
    for name, labels in clusters.items():
        yield f"R², leaving out clusters ({name}, {labels.max() + 1} clusters):"
        fold = folds(labels)
        for what, terms in models.items():
            predicted = (terms * left_out(terms, energies, fold)).sum(axis=1)
            error = np.abs(energies - predicted).mean()
            yield (
                f"  {what:24} {r_squared(predicted, energies):.3f}  mean error {error:.3f} eV, "
                f"{terms.shape[1]} coefficients"
            )
        scored, corrected = _scored_and_corrected(molecules, labels)
        yield f"  scored part against energies corrected for size: rho {spearmanr(scored, corrected)[0]:.2f}"
    yield "scored part against energies corrected for size, by donor group (leaving out the clusters named last):"
    for name in molecules.names:
        here = molecules.groups == name
        yield (
            f"  {name:16} n {here.sum():5d}  rho {spearmanr(scored[here], corrected[here])[0]:+.2f}  "
            f"median {np.median(corrected[here]):+.3f} eV, scored {np.median(scored[here]):+.3f} eV"
        )
    medians = [
        [np.median(part[molecules.groups == name]) for name in molecules.names]
        for part in (scored, corrected)
    ]
    yield f"  medians of the groups: rho {spearmanr(*medians)[0]:.2f} (n = {len(molecules.names)})"


def _scored_and_corrected(
    molecules: Molecules, clusters: NDArray[np.int_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What donor group and bulk bring, and the energy less what size brings, both in eV from other folds."""
    terms = np.column_stack([molecules.size, molecules.at_donor])
    parts = terms * left_out(terms, molecules.energies_ev, folds(clusters))
    count = len(SIZE)
    return parts[:, count:].sum(axis=1), molecules.energies_ev - parts[:, :count].sum(axis=1)


def coefficients(molecules: Molecules, clusters: NDArray[np.int_]) -> dict[str, Any]:
    """What is shipped, in eV."""
    energies = molecules.energies_ev
    terms = np.column_stack([molecules.size, molecules.at_donor])
    values = fit(terms, energies)
    variance = ((energies - terms @ values) ** 2).sum() / (len(energies) - len(values))
    errors = np.sqrt(variance * np.diag(np.linalg.inv(terms.T @ terms)))
    scored, corrected = _scored_and_corrected(molecules, clusters)
    missed = np.abs(corrected - scored)
    names = [*SIZE, *molecules.names, *BULK]
    found = {
        name: {"value": round(float(value), 4), "error": round(float(error), 4)}
        for name, value, error in zip(names, values, errors, strict=True)
    }
    for name, column in zip(names, terms.T, strict=True):
        if name in molecules.names:
            here = molecules.groups == name
            found[name] |= {
                "n": int(here.sum()),
                "within": round(float(np.quantile(missed[here], COVERED)), 3),
            }
        else:
            found[name] |= {"lowest": int(column.min()), "highest": int(column.max())}
    return {
        "what": "Adsorption energy of neutral donors on under-coordinated Pb of FAPbI3 in vacuum, eV: linear model of "
        "one model's opinion. within: 90 % of the molecules lie so near to their prediction from other clusters.",
        "source": "combined_data.csv of https://github.com/kevin-ymx/perov-passivator (MIT licence), a random 80 %",
        "command": "python benchmarks/lead_adsorption.py TABLE --write",
        "n": len(energies),
        "size": {name: found[name] for name in SIZE},
        "bulk": {name: found[name] for name in BULK},
        "donor_groups": {name: found[name] for name in molecules.names},
    }


def main() -> None:
    """Print the figures, and write the coefficients if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write data/{FILE}")
    options = parser.parse_args()
    molecules, dropped = read(options.table)
    print(f"{len(molecules.forms)} molecules; dropped: ", end="")
    print(", ".join(f"{count} {reason}" for reason, count in dropped.most_common()))
    clusters = {"Murcko scaffolds": scaffolds(molecules.forms), "Butina": butina(molecules.forms)}
    print("\n".join(report(molecules, clusters)))
    found = coefficients(molecules, clusters["Butina"])
    if options.write:
        path = data_directory() / FILE
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    main()
