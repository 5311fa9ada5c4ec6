"""Are the best of a list kept where nobody reads what is printed?"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_the_best_are_kept_though_the_reader_has_gone(tmp_path, unbuffered):
    pytest.importorskip("pyarrow")
    (tmp_path / "list.smi").write_text("OC(=O)c1ccccc1 a\nCCCCN b\n")
    read, write = os.pipe()
    os.close(read)
    command = ["screen", str(tmp_path / "list.smi"), "-o", str(tmp_path / "out"), "--workers", "0"]
    done = subprocess.run(
        [sys.executable, "-m", "ligandkb", *command, "--top", "2", "--duplicates"],
        stdout=write,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
        check=False,
        text=True,
    )
    os.close(write)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert {"top.html", "top.csv", "top.parquet", "duplicates.parquet"} <= {
        path.name for path in (tmp_path / "out").iterdir()
    }
