"""Where does a screen's answer lie?

A folder on this machine, or one that fsspec reaches by an address with ``://``. A file is there whole or not at all.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from ligandkb.export import UNFINISHED, write_atomically
from ligandkb.problems import ExtraMissingError, LigandkbError, UsageError

PIECE_BYTES = 1 << 20
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_LOCK = "being-written.lock"


class NoRoomError(LigandkbError):
    """The disk that is written to is full."""


class Folder(Protocol):
    """Files by their names."""

    name: str

    def names(self) -> frozenset[str]:
        """Names of the files in it."""

    def path(self, name: str) -> str:
        """Path or address of a file."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file for reading."""

    def write(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Write a file, whole or not at all."""

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    def held(self) -> contextlib.AbstractContextManager[bool]:
        """Keep others from writing into it; gives whether that is certain: a network disk may have no locks."""


def folder_at(name: str) -> Folder:
    """The folder of a path or an address; it is made where it isn't there.

    Parameters
    ----------
    name : str
        A path, or an address such as ``s3://bucket/run-1`` that fsspec knows.

    Returns
    -------
    Folder

    Raises
    ------
    UsageError
        If it can't be made, or is a file.
    ExtraMissingError
        If an address is given and fsspec, or what it needs for that address, is not installed.
    """
    return _Remote(name) if "://" in name else _Local(name)


def remove_unfinished(folder: Folder) -> None:
    """Remove what processes that were killed left behind; for who holds the folder, and knows that nobody else writes.

    Parameters
    ----------
    folder : Folder
    """
    for name in folder.names():
        if UNFINISHED.fullmatch(name):
            folder.remove(name)


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Read a file piece by piece."""
    while piece := stream.read(PIECE_BYTES):
        yield piece


class _Local:
    def __init__(self, name: str) -> None:
        self.name, self._path = name, Path(name)
        try:
            self._path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(name, error) from error

    def names(self) -> frozenset[str]:
        return frozenset(entry.name for entry in os.scandir(self._path))

    def path(self, name: str) -> str:
        return str(self._path / name)

    def open(self, name: str) -> IO[bytes]:
        return (self._path / name).open("rb")

    def write(self, name: str, content: bytes | Iterable[bytes]) -> None:
        try:
            write_atomically(self._path / name, content)
        except UsageError as error:
            if isinstance(error.__cause__, OSError):
                raise _refused(self.path(name), error.__cause__) from error
            raise

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the folder itself, so that no file tells of a process that died: the system lets go with the process."""
        if sys.platform == "win32":
            # Vanishes with the process that has it open.
            flags, place = os.O_CREAT | os.O_EXCL | os.O_TEMPORARY, self._path / _LOCK
        else:
            flags, place = os.O_RDONLY, self._path
        try:
            descriptor = os.open(place, flags)
        except FileExistsError as error:
            raise _in_use(self.name) from error
        try:
            yield sys.platform == "win32" or _lock(descriptor, self.name)
        finally:
            os.close(descriptor)


def _lock(descriptor: int, name: str) -> bool:
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise _in_use(name) from error
    except OSError:
        return False  # a network disk that has no locks
    return True


class _Remote:
    def __init__(self, name: str) -> None:
        self.name = name
        self._files, self._path = file_system(name)
        try:
            self._files.makedirs(self._path, exist_ok=True)
        except (OSError, NotImplementedError) as error:
            raise UsageError(f"can't write into {name}: {error}") from error

    def names(self) -> frozenset[str]:
        self._files.invalidate_cache(self._path)
        found = self._files.ls(self._path, detail=False)
        return frozenset(str(entry).rstrip("/").rpartition("/")[2] for entry in found)

    def path(self, name: str) -> str:
        return f"{self.name.rstrip('/')}/{name}"

    def open(self, name: str) -> IO[bytes]:
        opened: IO[bytes] = self._files.open(f"{self._path}/{name}", "rb")
        return opened

    def write(self, name: str, content: bytes | Iterable[bytes]) -> None:
        try:
            # What a transaction writes appears when it ends: an upload is completed, a file gets its name.
            with self._files.transaction, self._files.open(f"{self._path}/{name}", "wb") as stream:
                stream.writelines([content] if isinstance(content, bytes) else content)
        except OSError as error:
            raise _refused(self.path(name), error) from error

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            self._files.rm_file(f"{self._path}/{name}")

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold it by a file that says who does: no object store has locks that end with a process."""
        import socket  # noqa: PLC0415

        if _LOCK in self.names():
            with self.open(_LOCK) as stream:
                holder = stream.read(200).decode(errors="replace")
            host, _, process = holder.rpartition(" ")
            if host != socket.gethostname() or not process.isdecimal() or _is_alive(int(process)):
                raise _in_use(
                    self.name, f"by process {process} of {host}; if it has died, remove {_LOCK} there"
                )
        self.write(_LOCK, f"{socket.gethostname()} {os.getpid()}".encode())
        try:
            yield False
        finally:
            self.remove(_LOCK)


def file_system(name: str) -> tuple[Any, str]:
    """The fsspec file system of an address, and the path in it.

    Raises
    ------
    UsageError
        If there is no such kind of address.
    ExtraMissingError
        If fsspec is not installed.
    """
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("fsspec", "screen") from error
    try:
        files, path = url_to_fs(name)
    except (ValueError, ImportError, OSError) as error:
        raise UsageError(f"{name}: {error}") from error
    return files, str(path).rstrip("/")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _in_use(name: str, by: str = "") -> UsageError:
    return UsageError(
        f"another screen is writing into {name}{f' ({by})' if by else ''}: wait for it, or name another folder"
    )


def _refused(name: str, error: OSError) -> LigandkbError:
    if error.errno in _NO_ROOM:
        return NoRoomError(
            f"can't write {name}: {error.strerror}: all parts before it are whole; make room, "
            "and the same command goes on from there"
        )
    return UsageError(f"can't write {name}: {error.strerror or error}: name a folder that you may change")
