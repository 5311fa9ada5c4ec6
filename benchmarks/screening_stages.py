"""How long does each stage of a screen take? Timed for ``benchmarks/screening.py``.

A stage is what it adds: what an earlier one has worked out is at hand, as it is in a screen. No line is met twice.
"""

from __future__ import annotations

import gzip
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow
import pyarrow.parquet
from rdkit import Chem, rdBase

from ligandkb import KnowledgeBase, load
from ligandkb.assessment.pairs import lay_out_pairs
from ligandkb.assessment.records import record
from ligandkb.catalogue.products import product_from_smiles
from ligandkb.chemistry.composition import parse_composition
from ligandkb.chemistry.hazards import alerts_of
from ligandkb.chemistry.heads import head_of
from ligandkb.descriptors.registry import STRUCTURAL, structural_values
from ligandkb.problems import StructureError

COMPOSITION = "CsPbBr3"


def stages(lines: Sequence[str], size: int) -> dict[str, tuple[float, float]]:
    """Time each stage on one chunk of lines after the other.

    Parameters
    ----------
    lines : sequence of str
        Lines of a SMILES file.
    size : int
        Lines of a chunk; the first one only warms up.

    Returns
    -------
    dict
        By stage, medians over the chunks: microseconds a line, and the ratio to bare parsing of the same lines.
    """
    rdBase.DisableLog("rdApp.*")
    kb = load()
    first, *chunks = [lines[start : start + size] for start in range(0, len(lines) - size + 1, size)]
    _timed(kb, first)  # what a process works out once
    found = [_timed(kb, chunk) for chunk in chunks]
    return {
        name: (
            statistics.median(took[name] for took in found) / size * 1e6,
            statistics.median(took[name] / took["bare parse"] for took in found),
        )
        for name in found[0]
    }


def _timed(kb: KnowledgeBase, chunk: Sequence[str]) -> dict[str, float]:
    """Screen a chunk stage by stage; processor seconds of each."""
    took: dict[str, float] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        took[name] = time.process_time() - start

    with tempfile.TemporaryDirectory() as folder:
        packed, written = Path(folder) / "chunk.smi.gz", Path(folder) / "chunk.parquet"
        packed.write_bytes(gzip.compress("".join(chunk).encode()))
        with stage("reading gzip"), gzip.open(packed, "rt", encoding="utf-8") as stream:
            read = [line.split()[0] for line in stream]
        with stage("bare parse"):
            for smiles in read:
                Chem.MolFromSmiles(smiles)
        with stage("species and forms"):
            products = []
            for smiles in read:
                try:
                    products.append(product_from_smiles(smiles))
                except StructureError:
                    continue
        forms = [named.form for one in products for named in one.forms]
        with stage("heads"):
            for form in forms:
                head_of(form.smiles)
        with stage("alerts"):
            for one in products:
                alerts_of(one.smiles)
        with stage("descriptors without logP"):
            for form in forms:
                values = structural_values(form)
                for name in STRUCTURAL.by_name:
                    if name != "logp_neutral":
                        values[name]
        with stage("logP"):
            for form in forms:
                structural_values(form)["logp_neutral"]
        with stage("rules and rows"):
            pairs = lay_out_pairs(kb.catalogue, products, None)
            rows = [record(item, 1) for item in kb.judge().assess(pairs, parse_composition(COMPOSITION))]
        with stage("writing"):
            texts = [{name: repr(value) for name, value in row.items()} for row in rows]
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(texts), written)
    took["all of it"] = sum(took.values()) - took["bare parse"]
    return took
