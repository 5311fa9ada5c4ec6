"""Where does this fact come from?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SCHEMA_VERSION = 2
"""Of the JSON answers: raised when a key or a verdict goes or changes its meaning, not when one is added."""

_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")
_ADDRESS = re.compile(r"https?://[^\s\"<>]{1,400}")


@dataclass(frozen=True, order=True)
class Source:
    """A published source with the place in it.

    Attributes
    ----------
    doi : str
        Digital object identifier without resolver, e.g. ``10.1021/jacs.8b11035``; empty where it has none.
    locator : str
        Where in it: a table, figure, page or section.
    address : str
        Of a source without a DOI, such as a regulation.

    Examples
    --------
    >>> print(Source("10.1021/jacs.8b11035", "Table 1"))
    doi 10.1021/jacs.8b11035, Table 1
    >>> Source(locator="Annex VI", address="https://eur-lex.europa.eu/eli/reg/2008/1272/oj").name
    'https://eur-lex.europa.eu/eli/reg/2008/1272/oj'
    """

    doi: str = ""
    locator: str = ""
    address: str = ""

    @property
    def url(self) -> str:
        """Address, of the resolver where there is a DOI."""
        return f"https://doi.org/{self.doi}" if self.doi else self.address

    @property
    def name(self) -> str:
        """What readers look it up by."""
        return f"doi {self.doi}" if self.doi else self.address

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.locator)))


def is_doi(text: str) -> bool:
    """Tell whether a text has the form of a DOI.

    Examples
    --------
    >>> is_doi("10.1021/jacs.8b11035"), is_doi("https://doi.org/10.1021/jacs.8b11035")
    (True, False)
    """
    return _DOI.fullmatch(text) is not None


def address_in(locator: str) -> str:
    """Address that a locator names, as one does where no DOI was printed; empty if it names none.

    Examples
    --------
    >>> address_in("Abstract of 'Thermal Aging', https://example.org/aging?page=2, first paragraph")
    'https://example.org/aging?page=2'
    >>> address_in("notebook 7, page 12")
    ''
    """
    found = _ADDRESS.search(locator)
    return found.group().rstrip(".,;:") if found else ""


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
