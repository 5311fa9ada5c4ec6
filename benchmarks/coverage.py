"""How much of the catalogue had an earlier release verified?

Counts the coverage of the data of a commit with today's code and writes it down, so that ``validate catalogue`` can
show it beside today's. Tables that the release didn't have are empty there; what hangs on
rules of today, and not on its own, is left out.

    python benchmarks/coverage.py 224adac 0.1.0     # the commit whose data are those of release 0.1.0
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from ligandkb.assessment.pairs import all_partner_ids
from ligandkb.catalogue.catalogue import FILES, read_catalogue
from ligandkb.descriptors.measured import read_pka
from ligandkb.evidence.reading import read_outcomes
from ligandkb.problems import InputError, Problem
from ligandkb.resources import data_directory
from ligandkb.validation.catalogue import Coverage, counts_of, coverage

BY_RULES_OF_TODAY = (
    "pairs of the usual view",
    "solubility measured",
    "solubility judged",
    "solubility unknown",
)


def coverage_at(commit: str) -> Coverage:
    """Coverage of the data of a commit."""
    archive = subprocess.run(["git", "archive", commit, "data"], check=True, capture_output=True).stdout
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as content:
            content.extractall(folder, filter="data")
        data = Path(folder) / "data"
        for name in FILES:
            if not (data / name).exists():
                header = (data_directory() / name).read_text(encoding="utf-8").splitlines()[0]
                (data / name).write_text(f"{header}\n", encoding="utf-8")
        catalogue = read_catalogue([data], problems)
        partners = all_partner_ids(catalogue, catalogue.products)
        outcomes = read_outcomes([data / "outcomes.csv"], problems, partners=partners)
        pka = read_pka(data / "conjugate_acid_pka.csv", problems)
        if problems:
            raise InputError(problems)
        return coverage(catalogue, outcomes, pka)


def main() -> None:
    """Write the file."""
    commit, release = sys.argv[1:]
    path = data_directory() / "computed" / f"coverage-{release}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("measure", "count", "of"))
        for one in counts_of(coverage_at(commit)):
            if one.measure not in BY_RULES_OF_TODAY:
                writer.writerow((one.measure, one.count, "" if one.of is None else one.of))


if __name__ == "__main__":
    main()
