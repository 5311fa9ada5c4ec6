"""What has been written so far, from what?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any

from ligandkb import __version__
from ligandkb.problems import UsageError, counted
from ligandkb.screening.folder import Folder, pieces
from ligandkb.screening.inputs import open_source
from ligandkb.screening.options import ScreenOptions

NAME = "manifest.json"
_LAYOUT = 1


@dataclass(frozen=True)
class Source:
    """One file of the input.

    Attributes
    ----------
    name : str
        Without its folder: a file may move.
    size_bytes : int
    sha256 : str
    """

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Part:
    """One part that was written.

    Attributes
    ----------
    file, sha256 : str
        Its rows.
    first_line, last_line : int
        Lines of the input that it holds, numbered from 1 over all files.
    rows : int
    rejected : int
        Lines that have none.
    rejected_file : str
        Where these stand until all parts are there; blank where there are none.
    wrong_numbers : int
        Lines with rows in whose column of CAS numbers stands something else, such as a wrong digit or a date.
    """

    file: str
    sha256: str
    first_line: int
    last_line: int
    rows: int
    rejected: int
    rejected_file: str = ""
    wrong_numbers: int = 0


@dataclass(frozen=True)
class Manifest:
    """What a folder holds.

    Attributes
    ----------
    made_with : mapping of str to str
        Versions of what decides an answer.
    sources : tuple of Source
    options : mapping
        What was asked for.
    content : str
        Hash of data and rules.
    parts : tuple of Part
        In the order of lines.
    is_complete : bool
        Whether these are all.
    """

    made_with: Mapping[str, str]
    sources: tuple[Source, ...]
    options: Mapping[str, Any]
    content: str
    parts: tuple[Part, ...] = ()
    is_complete: bool = False
    layout: int = field(default=_LAYOUT, repr=False)

    @property
    def lines(self) -> int:
        """Lines that the parts hold."""
        return self.parts[-1].last_line if self.parts else 0

    @property
    def rows(self) -> int:
        """Rows in all parts."""
        return sum(part.rows for part in self.parts)

    @property
    def rejected(self) -> int:
        """Lines that have no rows."""
        return sum(part.rejected for part in self.parts)

    @property
    def wrong_numbers(self) -> int:
        """Lines whose CAS number isn't one."""
        return sum(part.wrong_numbers for part in self.parts)

    def with_part(self, part: Part) -> Manifest:
        """The manifest with one part more."""
        return replace(self, parts=(*self.parts, part))

    def write(self, folder: Folder) -> None:
        """Write it into its folder."""
        folder.write(NAME, (json.dumps(asdict(self), indent=1) + "\n").encode())


def begun(sources: Iterable[str], options: ScreenOptions, content: str) -> Manifest:
    """Manifest of a screen of which nothing is written yet.

    Parameters
    ----------
    sources : iterable of str
        Paths or addresses; each is read once for its hash.
    options : ScreenOptions
    content : str
        Hash of data and rules.

    Returns
    -------
    Manifest

    Raises
    ------
    InputError
        If a file can't be read.
    """
    asked = json.loads(json.dumps(asdict(options)))  # as it will be read, to be compared with
    del asked["chunk_lines"]  # how work is cut changes no row
    made_with = {"ligandkb": __version__, "rdkit": version("rdkit")}
    return Manifest(made_with, tuple(map(_source, sources)), asked, content)


def read_manifest(folder: Folder) -> Manifest | None:
    """Manifest of a folder; None where none was begun.

    Raises
    ------
    UsageError
        If it can't be read, or something else lies in the folder.
    """
    names = folder.names()
    if NAME not in names:
        others = sorted(name for name in names if not name.startswith(".") and not name.endswith(".lock"))
        if others:
            raise UsageError(
                f"{folder.name} holds {counted(len(others), 'file')} of something else, such as {others[0]}, "
                f"and no {NAME}: name a folder that is new or empty"
            )
        return None
    try:
        with folder.open(NAME) as stream:
            found = json.loads(stream.read())
        if found["layout"] != _LAYOUT:
            raise UsageError(f"{folder.path(NAME)} was written by another version: name another folder")
        found["sources"] = tuple(Source(**one) for one in found["sources"])
        found["parts"] = tuple(Part(**one) for one in found["parts"])
        return Manifest(**found)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{folder.path(NAME)} can't be read ({error}): name another folder, or remove this one"
        ) from error


def refuse_differences(folder: Folder, before: Manifest, now: Manifest) -> None:
    """Refuse to go on with a run that was begun from something else, or whose parts are no longer what was written.

    Raises
    ------
    UsageError
        With everything that differs.
    """
    said = [
        *_sources_differ(before.sources, now.sources),
        *_differ("made with", before.made_with, now.made_with),
        *_differ("asked for", before.options, now.options),
    ]
    if before.content != now.content:
        said.append(f"rules or data: their hash was {before.content} and is {now.content}")
    said += [
        f"{part.file}: it is gone, or isn't what was written"
        for part in before.parts
        if _is_changed(folder, part)
    ]
    if not before.is_complete:  # afterwards they stand in one file
        there = folder.names()
        lists = [part.rejected_file for part in before.parts if part.rejected_file]
        said += [f"{name}: it is gone" for name in lists if name not in there]
    if said:
        listed = "".join(f"\n- {one}" for one in said)
        raise UsageError(
            f"{folder.name} was begun differently, so that its parts would not fit together:{listed}\n"
            "Give the same as before, or name another folder"
        )


def sha256_of(chunks: Iterable[bytes]) -> str:
    """SHA-256 of what comes in pieces, as hexadecimal digits."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _source(name: str) -> Source:
    with open_source(name) as raw:
        digest = sha256_of(pieces(raw))
        return Source(PurePosixPath(name.replace("\\", "/")).name, raw.tell(), digest)


def _sources_differ(before: Sequence[Source], now: Sequence[Source]) -> list[str]:
    if len(before) != len(now):
        return [f"input: {counted(len(before), 'file')} then, {counted(len(now), 'file')} now"]
    return [
        f"input: {new.name} holds something else than before ({new.size_bytes:,} bytes, {old.size_bytes:,} then)"
        if new.name == old.name
        else f"input: {new.name} in the place of {old.name}"
        for old, new in zip(before, now, strict=True)
        if old.sha256 != new.sha256
    ]


def _differ(what: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    names = sorted(before.keys() | now.keys())
    return [
        f"{what}: {name} was {before.get(name)!r} and is {now.get(name)!r}"
        for name in names
        if before.get(name) != now.get(name)
    ]


def _is_changed(folder: Folder, part: Part) -> bool:
    try:
        with folder.open(part.file) as stream:
            return sha256_of(pieces(stream)) != part.sha256
    except OSError:
        return True
