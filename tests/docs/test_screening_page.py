"""Are the results of a screened list written into their page by one command?"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

DOCS = Path(__file__).resolve().parents[2] / "docs"
LIST = """\
OC(=O)c1cnc(cn1)C#N
OC(=O)c1ccccc1
OC(=O)CF
OC(=O)C1CCCN1S(=O)(=O)c1ccccc1
O=C(O)c1cc2ccc(Br)cc2n1
CCCCCCP(=O)(O)O
OC(=O)C(F)(F)F.NCc1ccccn1
"""


def test_the_page_is_filled_and_stays_as_it_is_when_filled_again(run, tmp_path: Path) -> None:
    for file in DOCS.glob("screening*"):
        shutil.copy(file, tmp_path)
    (tmp_path / "images").mkdir()
    (tmp_path / "list.smi").write_text(LIST, "utf-8")
    done = run("screen", tmp_path / "list.smi", "-o", tmp_path / "out", "--workers", "0")
    assert done.code == 0, done.err
    command = [sys.executable, str(tmp_path / "screening_results.py"), str(tmp_path / "out")]
    pages = []
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True, text=True)
        pages.append((tmp_path / "screening.md").read_text("utf-8"))
    page, again = pages
    assert page == again
    assert "Not filled yet" not in page
    assert "| lines read | 7 |" in page
    assert "| never among the best: vetoed | 1 |" in page
    assert "`OC(=O)CF`" in page
    assert "| five-membered heteroarene |" in page
    for name in ("scores", "size", "best"):
        for theme in ("light", "dark"):
            assert (tmp_path / "images" / f"screening-{name}-{theme}.png").stat().st_size > 1000
