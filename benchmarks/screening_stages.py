"""How long does each stage of a screen take? Timed for ``benchmarks/screening.py``.

A stage is what it adds: what an earlier one has worked out is at hand, as it is in a screen. No line is met twice, and
what is remembered of molecules is forgotten between chunks, as in a screen.
"""

from __future__ import annotations

import gzip
import io
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow
import pyarrow.parquet
from rdkit import Chem, rdBase

from ligandkb import load
from ligandkb.catalogue.products import product_from_smiles
from ligandkb.chemistry.hazards import alerts_of
from ligandkb.chemistry.heads import head_of
from ligandkb.chemistry.structure import forget
from ligandkb.descriptors.registry import STRUCTURAL, structural_values
from ligandkb.problems import LigandkbError
from ligandkb.screening.rows import Line, ReadLine, Screener
from ligandkb.screening.schema import schema_of

COMPOSITION = "CsPbBr3"
AT_ONCE = "a line at once, all of it"


def stages(
    lines: Sequence[str], size: int, columns: Sequence[str] | None = None
) -> dict[str, tuple[float, float]]:
    """Time each stage on one chunk of lines after the other, and on others all of it at once.

    Parameters
    ----------
    lines : sequence of str
        Lines of a SMILES file.
    size : int
        Lines of a chunk; the first two only warm up.
    columns : sequence of str, optional
        Of the rows; all by default.

    Returns
    -------
    dict
        By stage, medians over the chunks: microseconds a line, and the ratio to bare parsing of the same lines.
    """
    rdBase.DisableLog("rdApp.*")
    screener = Screener(load(), COMPOSITION, columns)
    chunks = [lines[start : start + size] for start in range(0, len(lines) - size + 1, size)]
    found: list[dict[str, float]] = []
    for staged, at_once in zip(chunks[::2], chunks[1::2], strict=False):
        took = _staged(screener, staged)
        whole = _at_once(screener, at_once)
        # Its own lines are other lines: brought to the bare parse of the staged ones, it can stand beside them.
        took[AT_ONCE] = whole[AT_ONCE] / whole["bare parse"] * took["bare parse"]
        found.append(took)
    return {
        name: (
            statistics.median(took[name] for took in found[1:]) / size * 1e6,
            statistics.median(took[name] / took["bare parse"] for took in found[1:]),
        )
        for name in found[0]
    }


@contextmanager
def _stage(took: dict[str, float], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    took[name] = time.process_time() - start


def _staged(screener: Screener, chunk: Sequence[str]) -> dict[str, float]:
    """Screen a chunk stage by stage; processor seconds of each."""
    took: dict[str, float] = {}
    read = _parsed(took, chunk)
    forget()
    with _stage(took, "species and forms"):
        products = []
        for smiles in read:
            try:
                products.append(product_from_smiles(smiles))
            except LigandkbError:
                continue
    forms = [named.form for one in products for named in one.forms]
    with _stage(took, "heads"):
        for form in forms:
            head_of(form.smiles)
    with _stage(took, "alerts"):
        for one in products:
            alerts_of(one.smiles)
    with _stage(took, "descriptors without logP"):
        for form in forms:
            values = structural_values(form)
            for name in STRUCTURAL.by_name:
                if name != "logp_neutral":
                    values[name]
    with _stage(took, "logP"):
        for form in forms:
            structural_values(form)["logp_neutral"]
    with _stage(took, "what else a line needs"):
        lines = _read(screener, read)
    _written(took, screener, lines)
    took["all stages"] = sum(took.values()) - took["bare parse"]
    return took


def _at_once(screener: Screener, chunk: Sequence[str]) -> dict[str, float]:
    """Screen a chunk as a screen does."""
    took: dict[str, float] = {}
    read = _parsed(took, chunk)
    forget()
    with _stage(took, "reading a line"):
        lines = _read(screener, read)
    _written(took, screener, lines)
    took[AT_ONCE] = sum(took.values()) - took["bare parse"]
    return took


def _parsed(took: dict[str, float], chunk: Sequence[str]) -> list[str]:
    packed = gzip.compress("".join(chunk).encode())
    with _stage(took, "reading gzip"), gzip.open(io.BytesIO(packed), "rt", encoding="utf-8") as stream:
        read = [line.split()[0] for line in stream]
    with _stage(took, "bare parse"):
        for smiles in read:
            Chem.MolFromSmiles(smiles)
    return read


def _read(screener: Screener, chunk: Sequence[str]) -> list[ReadLine]:
    found = []
    for number, smiles in enumerate(chunk, 1):
        try:
            found.append(screener.read(Line(number, smiles)))
        except LigandkbError:
            continue
    return found


def _written(took: dict[str, float], screener: Screener, read: Sequence[ReadLine]) -> None:
    with _stage(took, "rules and rows"):
        columns = screener.rows(read)
    with _stage(took, "writing"):
        schema = schema_of(screener.kinds)
        table = pyarrow.table(
            [pyarrow.array(columns[field.name], field.type) for field in schema], schema=schema
        )
        pyarrow.parquet.write_table(table, pyarrow.BufferOutputStream(), compression="zstd")
