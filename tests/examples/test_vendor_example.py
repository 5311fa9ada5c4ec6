"""The recipe for a supplier's list runs on a list, and says what it set aside and why."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LIBRARY = Path(__file__).resolve().parents[2] / "../shared/library/emolecules_carboxylic_acids.smi.gz"
LINES = """\
OC(=O)c1ccc(Br)cc1F a-name that-some-suppliers-give
OC(=O)CCCC(C)CC
OC(=O)c1cc2ccc(Br)cc2n1

OC(=O)CCCCCF
OC(=O)c1cc(c[nH]1)S(=O)(=O)N=[N+]=[N-]
OC(=O)C(=O)N1CC=CC1
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLES / "vendor.py"), *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=EXAMPLES.parent
    )


def test_a_list_is_ranked_and_nothing_is_dropped_in_silence(tmp_path: Path) -> None:
    library = tmp_path / "list.smi"
    library.write_text(LINES, encoding="utf-8")
    folder = tmp_path / "vendor"
    done = run(library, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "6 lines sampled with seed 2018; 1 cannot be read" in done.stdout
    with (folder / "rejected.csv").open(encoding="utf-8", newline="") as stream:
        (rejected,) = csv.DictReader(stream)
    assert (rejected["line"], rejected["smiles"]) == ("3", "OC(=O)c1cc2ccc(Br)cc2n1")
    assert "write the hydrogen on an aromatic nitrogen" in rejected["reason"]
    vetoed = done.stdout.split("Vetoed, whatever their score:\n")[1].split("\n\n")[0].splitlines()
    assert len(vetoed) == 2
    assert any("CCCCCF" in line and "--allow lethal" in line for line in vetoed)
    assert any("N=[N+]=[N-]" in line and "nothing lifts this" in line for line in vetoed)
    # The folder is an overlay like any other afterwards.
    command = [
        sys.executable,
        "-m",
        "ligandkb",
        "explain",
        "vendor-line-1",
        "--no-compute",
        "--data",
        str(folder),
    ]
    explained = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "OC(=O)c1ccc(Br)cc1F" in explained.stdout


def test_a_library_that_is_not_there(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere.smi.gz", tmp_path / "vendor")
    assert done.returncode == 1
    assert "nowhere.smi.gz is not there: name a SMILES file" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_seed_draws_the_same_lines(tmp_path: Path) -> None:
    if not LIBRARY.exists():
        pytest.skip("../shared/library is not here")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        assert run(LIBRARY, folder, "--lines", "20").returncode == 0
    one, two = ((folder / "ligands.csv").read_text(encoding="utf-8") for folder in folders)
    assert one == two
    assert len(one.splitlines()) == 21


def test_what_the_catalogue_has_already_is_reported_all_the_same(tmp_path: Path) -> None:
    library = tmp_path / "two.smi"
    library.write_text("OC(=O)CF\nOC(=O)c1ccccc1\n", encoding="utf-8")
    done = run(library, tmp_path / "vendor")
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 pairs of the supplier's" in done.stdout
    vetoed = done.stdout.split("Vetoed, whatever their score:\n")[1].split("\n\n")[0]
    assert "OC(=O)CF" in vetoed or "O=C(O)CF" in vetoed
