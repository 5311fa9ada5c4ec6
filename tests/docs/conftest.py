from __future__ import annotations

import csv
import gzip
import re
import shutil
from importlib import util
from pathlib import Path

import numpy as np
import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXTS = {
    "quote.csv": "Name,CAS,Price,Currency,Date\nBenzoic acid,65-85-0,12.50,EUR,2026-03-01\n",
    "shelf.csv": "name,cas\nOleylamine,112-90-3\n",
    "list.smi": "OC(=O)c1cnc(cn1)C#N A-1\nOC(=O)c1ccccc1 A-2\nCCCCCCP(=O)(O)O A-3\n",
    "measured.csv": "binding_form_smiles,partner,composition,effect\n[O-]C(=O)c1ccccc1,oleylammonium,CsPbBr3,improved\n",
    "series.csv": "nanocrystal_concentration_um,plqy,plqy_sigma\n1.0,0.95,0.02\n0.3,0.88,0.02\n0.1,0.74,0.02\n",
    "linewidths.csv": "sample,observed_hz,observed_sigma_hz,bound_hz,bound_sigma_hz\nA,10.7,0.2,290,30\n",
}
CORRECTIONS = {"carboxilate": "carboxylate", "chain_length <": "chain_length_carbons <", "-week": "-weak"}


@pytest.fixture(scope="session")
def theirs(tmp_path_factory, record):
    """The database of another laboratory."""
    place = tmp_path_factory.mktemp("another")
    (place / "measured.csv").write_text(TEXTS["measured.csv"], encoding="utf-8")
    record(place / "measured.csv", place / "theirs.sqlite")
    return place / "theirs.sqlite"


@pytest.fixture
def folder(tmp_path, monkeypatch, theirs):
    """The folder of somebody who reads the pages: a quote, a shelf, a list, measurements, rules of their own."""
    shutil.copy(theirs, tmp_path)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "acids.smi.gz").write_bytes(gzip.compress(TEXTS["list.smi"].encode()))
    guide = (DOCS / "rules-language.md").read_text(encoding="utf-8")
    rule = next(
        block for block in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "carboxilate" in block
    )
    for wrong, right in CORRECTIONS.items():
        rule = rule.replace(wrong, right)
    (tmp_path / "my-rules").mkdir()
    (tmp_path / "my-rules" / "short.yaml").write_text(rule, encoding="utf-8")
    time = np.arange(0.0, 100.0, 0.25)
    counts = np.random.default_rng(0).poisson(np.where(time < 10, 0, 8000 * np.exp((10 - time) / 3)) + 4.0)
    decay = "".join(f"{t},{n}\n" for t, n in zip(time, counts, strict=True))
    (tmp_path / "decay.csv").write_text("time_ns,counts\n" + decay, encoding="utf-8")
    (tmp_path / "decay.txt").write_text(f"Time[ns],Decay[Cnts]\n{decay}", encoding="utf-8")
    pulse = np.random.default_rng(1).poisson(2e5 * np.exp(-0.5 * ((time - 10) / 0.3) ** 2))
    response = "".join(f"{t}\t{n}\n" for t, n in zip(time, pulse, strict=True))
    (tmp_path / "response.txt").write_text(f"Time[ns]\tIRF[Cnts]\n{response}", encoding="utf-8")
    if util.find_spec("openpyxl"):
        import openpyxl

        book = openpyxl.Workbook()
        for row in csv.reader(TEXTS["quote.csv"].splitlines()):
            book.active.append(row)
        book.save(tmp_path / "quote.xlsx")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIGANDKB_DB", str(tmp_path / "outcomes.sqlite"))
    return tmp_path
