"""Where are recorded outcomes kept?

Nothing here imports SQL: whether there is a database at all must be cheap to ask.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from ligandkb.problems import InputError, Problem, UsageError

ENVIRONMENT_VARIABLE = "LIGANDKB_DB"
FILE_NAME = "outcomes.sqlite"
NO_DATABASE = "none"
"""In place of a path: leave recorded outcomes out."""

_SQLITE_FILE = re.compile(r"sqlite(?:\+pysqlite)?:///(?P<path>[^?]+)")
# Up to the last @: a password in which it was not written as %40 is hidden whole.
_PASSWORD = re.compile(r"(?<=://)(?P<user>[^/@:]*):.*@")
_SERVER = re.compile(r"(?:postgres|postgresql|mysql|mariadb|mssql|oracle)(?:\+\w+)?:", re.IGNORECASE)
_SECRET = re.compile(r"(?P<name>[?&][^=&]*(?:password|passwd|pwd|secret|token)[^=&]*=)[^&]*", re.IGNORECASE)


@dataclass(frozen=True)
class Location:
    """A database of recorded outcomes, which may not exist yet.

    Attributes
    ----------
    path : Path or None
        SQLite file; None for a database on a server, and for none at all.
    url : str
        SQLAlchemy URL of a database on a server, else empty.
    is_default : bool
        Whether nobody named it, so that its folder may be made.
    """

    path: Path | None
    url: str = ""
    is_default: bool = False

    def __str__(self) -> str:
        """Path, or URL without its password."""
        if self.path is not None:
            return str(self.path)
        if not self.url:
            return "no database"
        return _SECRET.sub(r"\g<name>***", _PASSWORD.sub(r"\g<user>:***@", self.url))

    def problem(self, what: str, fix: str) -> InputError:
        """Make the error that something is wrong with this database."""
        return InputError([Problem(str(self), 0, 0, what, fix)])

    def is_absent(self) -> bool:
        """Whether there is no database file; a server is asked only when it is read.

        Raises
        ------
        InputError
            If the path is a folder, or can't be looked at.
        """
        if self.path is None:
            return not self.url
        try:
            if self.path.is_file():
                return False
            if self.path.exists():
                raise self.problem(
                    "this is not an ordinary file", "name a file, such as my-lab/outcomes.sqlite"
                )
        except PermissionError as error:
            fix = "ask its owner, or name another file with --db"
            raise self.problem("you may not look into its folder", fix) from error
        except OSError as error:  # such as a name that is too long
            raise self.problem(
                f"it can't be looked at: {error.strerror}", "name another file with --db"
            ) from error
        return True


def locate(url: str | None = None) -> Location:
    """Find the database that is meant.

    Parameters
    ----------
    url : str, optional
        Path of a SQLite file, any SQLAlchemy URL, or ``none`` to leave recorded outcomes out. By default
        what ``LIGANDKB_DB`` says, else ``outcomes.sqlite`` in the user's data directory.

    Returns
    -------
    Location

    Raises
    ------
    UsageError
        If it is a URL of SQLite without an ordinary file, a URL without its //, or in the home folder of nobody.

    Examples
    --------
    >>> locate("sqlite:///my-lab/outcomes.sqlite").path.as_posix()
    'my-lab/outcomes.sqlite'
    >>> print(locate("postgresql://ada:secret@db.example/lab"))
    postgresql://ada:***@db.example/lab
    """
    text = (url if url is not None else os.environ.get(ENVIRONMENT_VARIABLE, "")).strip()
    if not text:
        return Location(user_data_path("ligandkb", appauthor=False) / FILE_NAME, is_default=True)
    if "\0" in text:
        raise UsageError("a path can't hold a NUL character: write the path of a file")
    if text == NO_DATABASE:
        return Location(None)
    if "://" not in text:
        if _SERVER.match(text):  # its password must not be taken for part of a path, and shown
            raise UsageError("this URL lacks its //: write it like postgresql://ada@db.example/lab")
        try:
            return Location(Path(text).expanduser())
        except RuntimeError as error:
            name = text.partition("/")[0]
            raise UsageError(
                f"{name} has no home folder: write the whole path, or ./{name} for a folder of that name"
            ) from error
    if not text.startswith("sqlite"):
        return Location(None, text)
    match = _SQLITE_FILE.fullmatch(text)
    if match is None or match["path"].startswith(("file:", ":memory:")):
        shown = str(Location(None, text))  # some drivers of SQLite take a password
        raise UsageError(
            f"{shown[:200]!r} is no SQLite file in which outcomes would last: write its path, or sqlite:///PATH"
        )
    return Location(Path(match["path"]))
