"""How does a stream of bytes become records?

Whatever stands there, no record and no line of text grows beyond a bound.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import IO

from ligandkb.catalogue.supplier_headings import heading_of
from ligandkb.export import unescape_cell
from ligandkb.screening.headings import OFFERED, Places, Wanted, cas_among, id_among
from ligandkb.screening.molfiles import END_OF_STRUCTURE, holds_several

LONGEST_LINE = 100_000
"""Characters of a line of text; what is longer is cut off, and no structure that this software reads."""
MOST_LINES_OF_A_MOLECULE = 100_000
_TITLES = frozenset({"smiles", "isosmiles", "isomeric_smiles", "canonical_smiles", "can_smiles"})
"""What a first line of a SMILES file that only names its columns begins with."""
_END_OF_MOLECULE = "$$$$"


class _Semicolons(csv.excel):
    delimiter = ";"


class _Tabs(csv.excel_tab):
    # A quote is a quote here: that of 5"-membered would swallow all that follows. See _bare.
    quoting = csv.QUOTE_NONE


_DIALECTS: Mapping[str, type[csv.Dialect]] = {",": csv.excel, ";": _Semicolons, "\t": _Tabs}


@dataclass(frozen=True)
class Record:
    """What stands in one record.

    Attributes
    ----------
    smiles : str
        The structure: a SMILES, or the text of a molfile.
    id, cas : str
    carried : tuple of str
        Cells in the order in which they were asked for.
    is_molfile : bool
    """

    smiles: str
    id: str = ""
    cas: str = ""
    carried: tuple[str, ...] = ()
    is_molfile: bool = False


def smiles_records(raw: IO[bytes], wanted: Wanted, file: str) -> Iterator[Record | None]:
    """Records of a SMILES file: a structure and, behind blanks or a tab, its name; None for a line without any.

    Parameters
    ----------
    raw : binary stream
    wanted : Wanted
        Columns that are carried along stay blank.
    file : str
        For messages.

    Yields
    ------
    Record or None
        None for what is no record: a blank line, or a first line that names columns.
    """
    del file
    carried = ("",) * len(wanted.carry)
    with _text(raw) as text:
        for position, line in enumerate(_lines(text)):
            smiles, _, name = line.strip().replace("\t", " ", 1).partition(" ")
            is_title = position == 0 and smiles.casefold() in _TITLES
            yield Record(smiles, name, carried=carried) if smiles and not is_title else None


def table_records(raw: IO[bytes], wanted: Wanted, file: str, separator: str) -> Iterator[Record | None]:
    """Records of a table whose first line names its columns.

    Parameters
    ----------
    raw : binary stream
    wanted : Wanted
    file : str
        For messages.
    separator : str
        Between cells; blank for whichever of comma, semicolon and tab the first line has most of.

    Yields
    ------
    Record or None
        None for a row without a structure and without anything else.

    Raises
    ------
    InputError
        If it has no column of structures.
    """
    with _text(raw) as text:
        lines = _lines(text)
        first = next(lines, "")
        dialect = _DIALECTS[separator or max(_DIALECTS, key=first.count)]
        headings = next(csv.reader([first], dialect), [])
        places = wanted.places(_bare(headings) if dialect is _Tabs else headings, file)
        for row in _rows(lines, dialect):
            yield _of_row(_bare(row) if dialect is _Tabs else row, places)


def _bare(row: list[str]) -> list[str]:
    """Cells without the quotes that some put around each of them, between tabs, too."""
    return [
        text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text
        for text in row
    ]


def _rows(lines: Iterator[str], dialect: type[csv.Dialect]) -> Iterator[list[str]]:
    """Rows of a table; a quote that isn't closed as it should be swallows no line: each of them is a row then."""
    taken: list[str] = []

    def noted() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    strict = csv.reader(noted(), dialect, strict=True)
    while True:
        taken.clear()
        try:
            row = next(strict, None)
        except csv.Error:
            for line in tuple(taken):
                yield from csv.reader([line.rstrip("\r\n")], dialect)
            continue
        if row is None:
            return
        yield row


def _of_row(row: list[str], places: Places) -> Record | None:
    if not any(row):
        return None
    return Record(
        _cell(row, places.smiles),
        _cell(row, places.id),
        _cell(row, places.cas),
        tuple(_cell(row, place) for place in places.carried),
    )


def _cell(row: list[str], place: int | None) -> str:
    if place is None or place >= len(row):
        return ""
    text = row[place]
    return unescape_cell(text) if text[:1] == "'" else text


def sd_records(raw: IO[bytes], wanted: Wanted, file: str) -> Iterator[Record | None]:
    """Records of an SD file: the molfile, its title or the field that was named as its name, and fields.

    Parameters, errors: as in :func:`table_records`.

    Yields
    ------
    Record or None
        None for a record without a line.
    """
    del file
    with _text(raw) as text:
        lines = (line.rstrip("\r\n") for line in _lines(text))
        for first in lines:
            rest = takewhile(lambda line: line.rstrip() != _END_OF_MOLECULE, lines)
            if first.rstrip() == _END_OF_MOLECULE:
                yield None
            elif (molecule := _molecule(first, rest)) is not None:
                molfile, fields = molecule
                for name in fields:
                    if name not in wanted.known:
                        wanted.known[name] = heading_of(name) in OFFERED
                is_molfile = not wanted.smiles or holds_several(molfile)
                yield Record(
                    molfile if is_molfile else _named(fields, wanted.smiles),
                    _named(fields, wanted.id) if wanted.id else first.strip() or _found(fields, id_among),
                    _named(fields, wanted.cas) if wanted.cas else _found(fields, cas_among),
                    tuple(fields.get(name, "") for name in wanted.carry),
                    is_molfile=is_molfile,
                )


def _named(fields: Mapping[str, str], name: str) -> str:
    """The field of a name that somebody gave, in whatever case, as with the headings of a table."""
    if name in fields:
        return fields[name]
    folded = name.strip().casefold()
    return next((value for field, value in fields.items() if field.casefold() == folded), "")


def _found(fields: Mapping[str, str], among: Callable[[Sequence[str]], int | None]) -> str:
    names = tuple(fields)
    place = _place(names, among)
    return "" if place is None else fields[names[place]]


@lru_cache(maxsize=256)
def _place(names: tuple[str, ...], among: Callable[[Sequence[str]], int | None]) -> int | None:
    """Most records of a file have the same fields."""
    return among(names)


def _molecule(first: str, rest: Iterator[str]) -> tuple[str, dict[str, str]] | None:
    """Molfile and fields of one record; None for blank lines behind the last one."""
    molfile, fields, name, is_value = [first], dict[str, str](), "", False
    for line in rest:
        is_value = is_value and bool(line.strip())
        if line.startswith(">") and "<" in line:
            name = line.partition("<")[2].rpartition(">")[0].strip()
            fields[name] = next(rest, "").strip()
            is_value = bool(fields[name])
        elif line.startswith(END_OF_STRUCTURE) and not is_value:
            molfile.append(line)  # a second one tells that two molecules stand here
        elif name and line.strip():  # a second number, say
            fields[name] = f"{fields[name]} {line.strip()}"[:LONGEST_LINE].strip()
        elif not fields and len(molfile) < MOST_LINES_OF_A_MOLECULE:
            molfile.append(line)
    if not fields and not any(line.strip() for line in molfile):
        return None
    return "\n".join(molfile), fields


def _text(raw: IO[bytes]) -> io.TextIOWrapper:
    """Text of a stream: UTF-8, or UTF-16 where it says so; bytes that are neither are read as Western Europe's."""
    buffered = io.BufferedReader(raw)  # type: ignore[type-var]
    is_wide = buffered.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "utf-16" if is_wide else "utf-8-sig"
    errors = "replace" if is_wide else _WESTERN
    return io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline=None)


def _western(error: UnicodeError) -> tuple[str, int]:
    """What the older spreadsheets wrote, in which a heading such as Stückpreis is one, too."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


_WESTERN = "ligandkb.western"
codecs.register_error(_WESTERN, _western)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and line[-1] != "\n":
            line = text.readline(LONGEST_LINE)
