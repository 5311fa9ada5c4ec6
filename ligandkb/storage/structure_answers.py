"""What was worked out of the structures of the tables when they were ranked last time?

One file in the folder of the cache; deleting it loses nothing but time. It is used only where all of this holds:

- It was written by this very code: its first line names a hash of the sources of :mod:`ligandkb.chemistry`, of the
  fitted table that they read, and of the versions of ligandkb, Python and RDKit.
- It is whole: the first line names a hash of the rest.
- Nobody else could have written it: it is the user's own, and writable by no one else.
- It is no larger than :data:`MOST_BYTES`.

Answers stand below the text of the structure that they are about, so that a changed table asks for others and finds
none. They are plain data (JSON), read as what the functions' annotations say (:mod:`ligandkb.chemistry.plain_values`).
A file that can't be used is put in order by the next ranking; where the folder can't be written, each run works
everything out.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from rdkit import rdBase

from ligandkb import __version__
from ligandkb.chemistry import lasting
from ligandkb.chemistry.linear_free_energy import FILE as FITTED
from ligandkb.export import write_atomically
from ligandkb.problems import UsageError
from ligandkb.resources import data_directory
from ligandkb.storage.computed_values import cache_path

NAME = "structures.json"
MOST_BYTES = 8_000_000
"""Of the file; the shipped tables take about a twentieth. What would make it larger starts it anew."""
_FORMAT = "ligandkb structures 1"
_SOURCES = Path(lasting.__file__).parent
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def answers_path() -> Path:
    """File of the answers, beside the cache of computed values."""
    return cache_path().with_name(NAME)


@cache
def code_hash() -> str:
    """Hash of all that answers hang on besides the structure: sources, the fitted table, and versions."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    digest = hashlib.sha256(f"{__version__}\0{sys.version}\0{rdBase.rdkitVersion}\0".encode())
    for path in (*sorted(_SOURCES.rglob("*.py")), _SOURCES.parent / "missing.py", data_directory() / FITTED):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def read_answers() -> None:
    """Take over what an earlier ranking left, if there is a file that can be used.

    Examples
    --------
    >>> read_answers()
    """
    with contextlib.suppress(OSError, ValueError, RecursionError):
        # JSON that is nested too deeply, or has another shape, was not written here.
        lasting.take_over(_read(answers_path()))


def _read(path: Path) -> dict[str, dict[str, Any]]:
    # Without waiting: whoever puts a pipe there would stop us.
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as stream:
        if not _is_own(os.fstat(stream.fileno())):
            return {}
        content = stream.read(MOST_BYTES + 1)
    head, _, body = content.partition(b"\n")
    if len(content) > MOST_BYTES or head != _head(body):
        return {}
    answers = json.loads(body)
    holds = isinstance(answers, dict) and all(isinstance(kept, dict) for kept in answers.values())
    return answers if holds else {}


def _is_own(status: os.stat_result) -> bool:
    """Whether it is an ordinary file that nobody else can have written; Windows keeps users' folders apart itself."""
    if not stat.S_ISREG(status.st_mode):
        return False
    return os.name == "nt" or (status.st_uid == os.getuid() and not status.st_mode & _OTHERS_MAY_WRITE)


def _head(body: bytes) -> bytes:
    import hashlib  # noqa: PLC0415 - loads OpenSSL

    return f"{_FORMAT} {code_hash()} {hashlib.sha256(body).hexdigest()}".encode()


@contextlib.contextmanager
def kept_answers() -> Iterator[None]:
    """Keep what is worked out inside for later runs, unless it ends in an error.

    Examples
    --------
    >>> from ligandkb.chemistry.species import split
    >>> with kept_answers():
    ...     len(split("[Na+].[Br-]"))
    2
    """
    lasting.note(on=True)
    try:
        yield
    finally:
        lasting.note(on=False)
    if lasting.has_noted():
        with contextlib.suppress(OSError, UsageError):
            _write(answers_path())


def _write(path: Path) -> None:
    """Write all that is known, or what this run found where that would be too much."""
    if path.is_symlink() or (path.exists() and not _is_own(path.stat())):
        return  # somebody else's: a group may share the folder
    for everything in (True, False):
        known = lasting.plain(everything=everything)
        body = json.dumps(known, separators=(",", ":")).encode()
        content = _head(body) + b"\n" + body
        if len(content) <= MOST_BYTES:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
            lasting.take_over(known)
            return
