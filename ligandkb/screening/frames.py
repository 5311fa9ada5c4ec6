"""How does a screen come into a notebook?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from ligandkb.arguments import Several, name, names
from ligandkb.cells import visible
from ligandkb.chemistry.composition import Composition, parse_composition
from ligandkb.knowledge_base import KnowledgeBase
from ligandkb.problems import UsageError, counted
from ligandkb.screening.chunk import screener_from
from ligandkb.screening.inputs import chunks_of, read_lines, smiles_text, with_columns_found
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.rows import Line
from ligandkb.screening.run import Screens, crew_of
from ligandkb.screening.schema import schema_of

Offered: TypeAlias = str | tuple[str, str] | Line
"""One structure: its SMILES, a pair of SMILES and what it is called by, or a line."""


def frames_of(
    kb: KnowledgeBase,
    what: str | Path | Iterable[Offered],
    *,
    workers: int,
    composition: str | Composition,
    columns: Several[str] | None,
    allow: Several[str],
    smiles_column: str,
    id_column: str,
    cas_column: str,
    carry: Several[str] | None,
    chunk_lines: int,
) -> Iterator[pd.DataFrame]:
    """Screen a file or a stream of structures, a data frame at a time; all as in ``KnowledgeBase.screen``.

    Returns
    -------
    iterator of pandas.DataFrame
        One for each chunk of lines; what is wrong with arguments is said at once, and processes are started when the
        first is asked for.
    """
    options = ScreenOptions(
        composition=str(parse_composition(composition)),
        columns=None if columns is None else names("columns", columns),
        allow=names("allow", allow),
        smiles_column=name("smiles_column", smiles_column),
        id_column=name("id_column", id_column),
        cas_column=name("cas_column", cas_column),
        carry=None if carry is None else names("carry", carry),
        chunk_lines=chunk_lines,
    )
    if isinstance(what, str | os.PathLike):
        sources = [os.fspath(what)]
        options = with_columns_found(sources, options)
        lines = read_lines(sources, options)
    elif _is_stream(what):
        if any((options.smiles_column, options.id_column, options.cas_column)):
            raise UsageError(
                "smiles_column, id_column and cas_column name columns of a file, and a stream of structures has none: "
                "leave them out, or give ligandkb.screening.rows.Line objects, which hold a CAS number"
            )
        lines = _numbered(what, len(options.carry or ()))
    else:
        column = ": give its column of structures" if isinstance(what, pd.DataFrame) else ""
        shown = " ".join(repr(what).split())[:60]
        raise UsageError(
            f"what takes a path or an iterable of SMILES, not {shown} ({type(what).__name__}){column}"
        )
    # Rows don't depend on what this machine has computed: they are those of a screen into files.
    kb = replace(kb, computed=kb.computed.without_cache())
    schema_of(screener_from(kb, options).kinds)
    return _frames(crew_of(workers)(kb, options), lines, options.chunk_lines, kb)


def _frames(
    hired: AbstractContextManager[Screens], lines: Iterable[Line], chunk_lines: int, kb: KnowledgeBase
) -> Iterator[pd.DataFrame]:
    with hired as crew:
        for chunk in crew.screen(chunks_of(lines, chunk_lines)):
            frame = chunk.rows.to_pandas()
            frame.attrs = kb.meta() | {"rejected": [asdict(one) for one in chunk.rejected]}
            yield frame


def _is_stream(what: object) -> bool:
    # What comes of these one after the other are numbers, and names of columns.
    return isinstance(what, Iterable) and not isinstance(what, bytes | Mapping | pd.DataFrame)


def _numbered(offered: Iterable[Offered], carried: int) -> Iterator[Line]:
    for number, one in enumerate(offered, 1):
        if isinstance(one, Line):
            if len(one.carried) != carried:
                raise UsageError(
                    f"line {one.number} carries {counted(len(one.carried), 'cell')}, and carry names "
                    f"{counted(carried, 'column')}: give one cell for each"
                )
            yield one
            continue
        pair = (one, "") if isinstance(one, str) else one
        if not (isinstance(pair, tuple) and len(pair) == 2 and all(isinstance(text, str) for text in pair)):
            raise UsageError(
                f"structure {number} is {one!r:.60}: give SMILES as texts, or pairs of SMILES and what it is called by"
            )
        smiles, called = pair
        yield Line(number, smiles_text(smiles), visible(called), carried=("",) * carried)
