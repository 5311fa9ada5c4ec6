"""Which lines stand in these files?

Every file is read as a stream, so that memory doesn't grow with its length. A line is a record: in a SMILES file the
structure and, behind blanks, its name; in a table a row; in an SD file a molecule. A table's columns are found by
their headings.
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO, TypeAlias, TypeVar

from ligandkb.cells import visible
from ligandkb.problems import InputError, Problem, UsageError, did_you_mean
from ligandkb.screening.folder import file_system
from ligandkb.screening.headings import Wanted, wanted_of
from ligandkb.screening.options import ScreenOptions
from ligandkb.screening.records import Record, sd_records, smiles_records, table_records
from ligandkb.screening.rows import Line

_GZIP = ".gz"
_ASKED_FOR_FIELDS = 1_000
"""Molecules of an SD file that are asked which fields they have: not each has all."""
_Item = TypeVar("_Item")
Reader: TypeAlias = Callable[[IO[bytes], Wanted, str], Iterator[Record | None]]


def _parquet(raw: IO[bytes], wanted: Wanted, name: str) -> Iterator[Record | None]:
    from ligandkb.screening.parquet_records import parquet_records  # noqa: PLC0415 - loads pyarrow

    return parquet_records(raw, wanted, name)


def _comma(raw: IO[bytes], wanted: Wanted, name: str) -> Iterator[Record | None]:
    return table_records(raw, wanted, name, "")


def _tab(raw: IO[bytes], wanted: Wanted, name: str) -> Iterator[Record | None]:
    return table_records(raw, wanted, name, "\t")


READERS: Mapping[str, Reader] = {
    ".smi": smiles_records,
    ".smiles": smiles_records,
    ".ism": smiles_records,
    ".csv": _comma,
    ".tsv": _tab,
    ".sdf": sd_records,
    ".sd": sd_records,
    ".parquet": _parquet,
    ".pq": _parquet,
}
"""How a file is read, by the ending of its name; each also with ``.gz`` behind it."""


class Stream:
    """The lines of files, numbered from 1 over all of them.

    Parameters
    ----------
    sources : iterable of str
        Paths, or addresses that fsspec knows.
    options : ScreenOptions
        With its columns found: see :func:`with_columns_found`.

    Raises
    ------
    UsageError
        If the name of a file doesn't say its kind.
    InputError
        If a file isn't there.
    """

    def __init__(self, sources: Iterable[str], options: ScreenOptions) -> None:
        self._sources = tuple(sources)
        self._wanted = wanted_of(options)
        for source in self._sources:
            reader_of(source)
        self._sizes = [size_of(source) for source in self._sources]
        self._before = 0
        self._raw: IO[bytes] | None = None

    @property
    def share_read(self) -> float:
        """How much of all files has been read, from 0 to 1, by their bytes."""
        here = 0 if self._raw is None or self._raw.closed else self._raw.tell()
        return min(1.0, (self._before + here) / max(1, sum(self._sizes)))

    def __iter__(self) -> Iterator[Line]:
        number = 0
        for source, size in zip(self._sources, self._sizes, strict=True):
            self._raw = open_source(source)
            with self._raw, closing(_records(self._raw, self._wanted, source)) as records:
                for record in records:
                    number += 1
                    if record is not None:
                        yield line_of(number, record)
            self._before += size


def read_lines(sources: Iterable[str], options: ScreenOptions) -> Iterator[Line]:
    """Stream the lines of files; parameters and errors as in :class:`Stream`."""
    return iter(Stream(sources, options))


def with_columns_found(sources: Sequence[str], options: ScreenOptions) -> ScreenOptions:
    """Options that name the columns to carry along, once the files were asked which they have.

    Where nobody named any, these are the columns of a supplier's offers: packs, prices, purity, catalogue numbers.

    Parameters
    ----------
    sources : sequence of str
    options : ScreenOptions

    Returns
    -------
    ScreenOptions

    Raises
    ------
    InputError
        If a file can't be read, or lacks a column that was named.
    UsageError
        If no file has a column that shall be carried along.
    """
    wanted = wanted_of(options)
    named = {
        "--smiles-column": wanted.smiles,
        "--id-column": wanted.id,
        "--cas-column": wanted.cas,
    }
    readers = {reader_of(source) for source in sources}
    if any(named.values()) and readers == {smiles_records}:
        option = next(option for option, name in named.items() if name)
        raise UsageError(f"{option}: a SMILES file has no columns: leave this out, or give a table")
    for source in sources:
        here, has_fields = wanted_of(options), reader_of(source) is sd_records
        with open_source(source) as raw, closing(_records(raw, here, source)) as records:
            for _ in islice(records, _ASKED_FOR_FIELDS if has_fields else 1):
                pass
        if has_fields:
            here.refuse_lacking(source)
        for name, is_offered in here.known.items():
            wanted.known.setdefault(name, is_offered)
    return with_carried(options, wanted)


def with_carried(options: ScreenOptions, wanted: Wanted) -> ScreenOptions:
    """Options that name the columns to carry along, by the headings that were found.

    Parameters
    ----------
    options : ScreenOptions
    wanted : Wanted
        After it was asked for the places of columns.

    Returns
    -------
    ScreenOptions

    Raises
    ------
    UsageError
        If there is no column of a name that shall be carried along.
    """
    if options.carry is None:
        return replace(options, carry=tuple(name for name, is_offered in wanted.known.items() if is_offered))
    for name in options.carry:
        if name not in wanted.known:
            fix = did_you_mean(name, wanted.known) or f"there are {', '.join(wanted.known) or 'none'}"
            raise UsageError(f"no column is called {name!r}, so that it can't be carried along: {fix}")
    return options


class UntilAnError(Iterator[_Item]):
    """A stream that ends where it raises, so that what was made of it before can be given first.

    Parameters
    ----------
    stream : iterable
        Ctrl-C goes through it at once, and so does whatever else is no error.

    Examples
    --------
    >>> def lines():
    ...     yield "CCO"
    ...     raise OSError("the disk is gone")
    >>> stream = UntilAnError(lines())
    >>> list(stream)
    ['CCO']
    >>> stream.raise_error()
    Traceback (most recent call last):
    OSError: the disk is gone
    """

    def __init__(self, stream: Iterable[_Item]) -> None:
        self._stream = iter(stream)
        self._error: Exception | None = None

    def __next__(self) -> _Item:
        """The next item; the end of the stream where there is an error in its place."""
        try:
            return next(self._stream)
        except StopIteration:
            raise
        except Exception as error:
            self._error = error
            raise StopIteration from None

    def raise_error(self) -> None:
        """Raise the error that ended the stream, if one did."""
        if self._error is not None:
            raise self._error


def chunks_of(lines: Iterable[Line], size: int) -> Iterator[tuple[Line, ...]]:
    """Cut a stream into chunks of so many lines; an error comes behind the lines that stood before it."""
    stream = UntilAnError(lines)
    while chunk := tuple(islice(stream, size)):
        yield chunk
    stream.raise_error()


def reader_of(source: str) -> Reader:
    """How a file is read.

    Raises
    ------
    UsageError
        If its name ends in none of :data:`READERS`.
    """
    ending = os.path.splitext(source.lower().removesuffix(_GZIP))[1]  # noqa: PTH122 - may be an address
    if ending not in READERS:
        raise UsageError(
            f"{source}: can't tell what kind of file this is: its name must end in {', '.join(READERS)}, or in one of "
            f"these and {_GZIP}"
        )
    return READERS[ending]


def open_source(source: str) -> IO[bytes]:
    """Open a file as it lies there, by its path or an address.

    Raises
    ------
    InputError
        If it can't be read.
    """
    try:
        if "://" in source:
            files, path = file_system(source)
            opened: IO[bytes] = files.open(path, "rb")
            return opened
        return Path(source).open("rb")
    except OSError as error:
        raise _unreadable(source, error) from error


def size_of(source: str) -> int:
    """Bytes of a file.

    Raises
    ------
    InputError
        If it isn't there.
    """
    with open_source(source) as raw:
        return raw.seek(0, io.SEEK_END)


def _records(raw: IO[bytes], wanted: Wanted, source: str) -> Generator[Record | None, None, None]:
    reader = reader_of(source)
    try:
        if source.lower().endswith(_GZIP):
            with gzip.open(raw, "rb") as inside:
                yield from reader(inside, wanted, source)  # type: ignore[arg-type]
        else:
            yield from reader(raw, wanted, source)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(source, error) from error


def line_of(number: int, record: Record) -> Line:
    """A record as a line, without what would not show."""
    smiles = record.smiles if record.is_molfile else smiles_text(record.smiles)
    carried = tuple(map(visible, record.carried))
    return Line(number, smiles, visible(record.id.strip()), visible(record.cas.strip()), carried)


def smiles_text(text: str) -> str:
    r"""What stands where a SMILES is expected, on one line.

    A line break in it is no break any more, but a blank, behind which no SMILES goes on: made visible as ``\n``, it
    would be a bond and an aromatic nitrogen.

    Examples
    --------
    >>> smiles_text(" CCO "), smiles_text("c1c\nc\nc1")
    ('CCO', 'c1c c c1')
    """
    return visible(" ".join(text.split()))


def _unreadable(source: str, error: Exception) -> InputError:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if isinstance(error, FileNotFoundError):
        return InputError([Problem(source, 0, 0, "there is no such file", "check its name")])
    fix = "get it anew, if it was cut off on its way" if source.lower().endswith(_GZIP) else "check the file"
    return InputError([Problem(source, 0, 0, f"this file can't be read: {why}", fix)])
