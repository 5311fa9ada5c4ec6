"""Where does this fact come from?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SCHEMA_VERSION = 1
"""Of the JSON answers: raised when a key goes or changes its meaning, not when one is added."""

_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")


@dataclass(frozen=True, order=True)
class Source:
    """A published source with the place in it.

    Attributes
    ----------
    doi : str
        Digital object identifier without resolver, e.g. ``10.1021/jacs.8b11035``.
    locator : str
        Where in it: a table, figure, page or section.
    """

    doi: str
    locator: str = ""

    @property
    def url(self) -> str:
        """Resolver address of the DOI."""
        return f"https://doi.org/{self.doi}"

    def __str__(self) -> str:
        return f"doi {self.doi}" + (f", {self.locator}" if self.locator else "")


def is_doi(text: str) -> bool:
    """Tell whether a text has the form of a DOI.

    Examples
    --------
    >>> is_doi("10.1021/jacs.8b11035"), is_doi("https://doi.org/10.1021/jacs.8b11035")
    (True, False)
    """
    return _DOI.fullmatch(text) is not None


def content_hash(paths: Iterable[Path], texts: Iterable[str] = ()) -> str:
    """Hash the names and contents of files, so that an output can say which data it came from.

    Parameters
    ----------
    paths : iterable of Path
        Files. Of files with different names the order doesn't matter; of those with the same name, which
        lie one over the other, it does.
    texts : iterable of str
        What stands for data that are in no file.

    Returns
    -------
    str
        First 12 hexadecimal digits of a SHA-256.
    """
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which checking rules doesn't need

    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda path: path.name):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    for text in texts:
        digest.update(f"{len(text)}\0{text}".encode())
    return digest.hexdigest()[:12]
