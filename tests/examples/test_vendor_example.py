"""The recipe for a supplier's list runs on a list, and says what it set aside and why."""

from __future__ import annotations

import csv
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Vendor = Callable[..., tuple[str, str]]
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


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Vendor:
    """Run the script as it is run from a shell."""

    def vendor(*arguments: str | Path) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["vendor.py", *map(str, arguments)])
        capfd.readouterr()
        runpy.run_path(str(EXAMPLES / "vendor.py"), run_name="__main__")
        return capfd.readouterr()

    return vendor


def test_a_list_is_ranked_and_nothing_is_dropped_in_silence(
    vendor: Vendor, run: Callable[..., Any], tmp_path: Path
) -> None:
    library = tmp_path / "list.smi"
    library.write_text(LINES, encoding="utf-8")
    folder = tmp_path / "vendor"
    printed, said = vendor(library, folder)
    assert said == ""
    assert "6 lines sampled with seed 2018; 1 cannot be read" in printed
    with (folder / "rejected.csv").open(encoding="utf-8", newline="") as stream:
        (rejected,) = csv.DictReader(stream)
    assert (rejected["line"], rejected["smiles"]) == ("3", "OC(=O)c1cc2ccc(Br)cc2n1")
    assert "write the hydrogen on an aromatic nitrogen" in rejected["reason"]
    vetoed = printed.split("Vetoed, whatever their score:\n")[1].split("\n\n")[0].splitlines()
    assert len(vetoed) == 2
    assert any("CCCCCF" in line and "--allow lethal" in line for line in vetoed)
    assert any("N=[N+]=[N-]" in line and "nothing lifts this" in line for line in vetoed)
    # The folder is an overlay like any other afterwards.
    explained = run("explain", "vendor-line-1", "--no-compute", "--data", folder)
    assert explained.code == 0
    assert "OC(=O)c1ccc(Br)cc1F" in explained.out


def test_a_library_that_is_not_there(vendor: Vendor, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"nowhere\.smi\.gz is not there: name a SMILES file"):
        vendor(tmp_path / "nowhere.smi.gz", tmp_path / "vendor")


def test_the_same_seed_draws_the_same_lines(vendor: Vendor, tmp_path: Path) -> None:
    if not LIBRARY.exists():
        pytest.skip("../shared/library is not here")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        vendor(LIBRARY, folder, "--lines", "20")
    one, two = ((folder / "ligands.csv").read_text(encoding="utf-8") for folder in folders)
    assert one == two
    assert len(one.splitlines()) == 21


def test_what_the_catalogue_has_already_is_reported_all_the_same(vendor: Vendor, tmp_path: Path) -> None:
    library = tmp_path / "two.smi"
    library.write_text("OC(=O)CF\nOC(=O)c1ccccc1\n", encoding="utf-8")
    printed, said = vendor(library, tmp_path / "vendor")
    assert said == ""
    assert "2 pairs of the supplier's" in printed
    vetoed = printed.split("Vetoed, whatever their score:\n")[1].split("\n\n")[0]
    assert "OC(=O)CF" in vetoed or "O=C(O)CF" in vetoed
